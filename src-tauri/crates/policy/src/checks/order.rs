//! Blocks beside one another: one identity a day (P02), one place in the order (P14), one period a
//! year (P18).

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Bound;

use chrono::{Datelike, NaiveDate};

use super::Finding;
use super::world::{Found, Named, World};
use crate::library::OWN;
use crate::problem::{Code, Severity};
use crate::{Body, Per};

pub(super) fn check(world: &World<'_, '_>, found: &mut Vec<Finding>) {
    for group in world.groups() {
        let mut by_identity: BTreeMap<(&str, &str, Option<String>), Vec<&Named<'_>>> =
            BTreeMap::new();
        for held in group {
            let within = if held.part == "layer" { held.path } else { "" };
            let id = match held.draft {
                Some(draft) => draft.block.identity(),
                None => held.id.map(str::to_owned),
            };
            by_identity
                .entry((held.part, within, id))
                .or_default()
                .push(held);
        }
        for blocks in by_identity.values_mut() {
            blocks.sort_by_key(|held| (held.from, held.at));
            same_day(blocks, found);
            same_period(world, blocks, found);
        }
        same_order(group, found);
    }
}

fn error(held: &Named<'_>, line: usize, code: Code, sentence: String) -> Option<Finding> {
    held.draft?;
    Some(Finding {
        file: held.at.0,
        draft: Some(held.at.1),
        line,
        code,
        severity: Severity::Error,
        sentence,
    })
}

/// P02: neither of the two is in force; there is no 「后一条为准」.
fn same_day(blocks: &[&Named<'_>], found: &mut Vec<Finding>) {
    let mut day = |one: &Named<'_>, other: &Named<'_>| {
        let (Some(draft), Some(from)) = (one.draft, one.from) else {
            return;
        };
        let line = draft.line_of("from");
        let place = match other.draft {
            Some(held) if other.path == one.path => format!("第 {} 行", held.block.line),
            Some(held) => format!("{} 第 {} 行", other.path, held.block.line),
            None => "同一文件另一处".to_owned(),
        };
        let name = &draft.block.name;
        let sentence =
            format!("「{name}」在 {from} 已有同一标识的一段（{place}），同一天只能有一段。");
        found.extend(error(one, line, Code::P02, sentence));
    };
    // The household's own word may end on the day on which its next one begins.
    let ends = |held: &Named<'_>| held.draft.is_some_and(|draft| draft.block.head.ended);
    let follows =
        |pair: &[&Named<'_>]| pair[0].path.starts_with(OWN) && ends(pair[0]) != ends(pair[1]);
    for pair in blocks.windows(2) {
        if pair[0].from.is_some() && pair[0].from == pair[1].from && !follows(pair) {
            day(pair[0], pair[1]);
            day(pair[1], pair[0]);
        }
    }
}

/// P18: a running sum may not change what it is a sum of.
fn same_period(world: &World<'_, '_>, blocks: &[&Named<'_>], found: &mut Vec<Finding>) {
    for pair in blocks.windows(2) {
        let (Some(before), Some(after)) = (pair[0].draft, pair[1].draft) else {
            continue;
        };
        let (Body::Counter(old), Body::Counter(new)) = (&before.block.body, &after.block.body)
        else {
            continue;
        };
        if (old.per, &old.year) == (new.per, &new.year) {
            continue;
        }
        let day = after.block.head.from;
        let between = match old.per {
            Per::Stay | Per::Visit | Per::DayProvider => true,
            Per::Month => day.day() == 1,
            Per::Year => begins_a_year(world, pair[0], old.year.as_deref(), day),
        };
        if !between {
            let key = if old.per == new.per { "year" } else { "per" };
            let sentence = format!(
                "累计数「{}」在 {day} 改了周期，而这一天不是旧周期的第一天。",
                after.block.head.id.as_deref().unwrap_or_default()
            );
            found.extend(error(pair[1], after.line_of(key), Code::P18, sentence));
        }
    }
}

fn begins_a_year(
    world: &World<'_, '_>,
    counter: &Named<'_>,
    year: Option<&str>,
    day: NaiveDate,
) -> bool {
    let file = &world.files[counter.at.0];
    let eve = day.pred_opt().unwrap_or(day);
    let Found::Draft(draft) = world.stands(file, "benefit_year", eve, |held| held.id == year)
    else {
        return true;
    };
    let Body::BenefitYear(year) = &draft.block.body else {
        return true;
    };
    match year.first_year_ends {
        Some(ends) if day <= ends => false,
        Some(ends) if eve == ends => true,
        _ => year.starts == day.format("%m-%d").to_string(),
    }
}

/// P14: two adjustments of one thing on one place of the order, on any day.
fn same_order(group: &[Named<'_>], found: &mut Vec<Finding>) {
    let mut adjusts: Vec<(&Named<'_>, (crate::AdjustOn, u32))> = Vec::new();
    for held in group {
        if let Some(Body::Adjust(adjust)) = held.draft.map(|draft| &draft.block.body) {
            adjusts.push((held, (adjust.on, adjust.order)));
        }
    }
    let mut days: BTreeMap<(&str, Option<&str>), BTreeSet<NaiveDate>> = BTreeMap::new();
    for held in group {
        days.entry((held.part, held.id))
            .or_default()
            .extend(held.from);
    }
    let until = |held: &Named<'_>| {
        let after = (Bound::Excluded(held.from?), Bound::Unbounded);
        days.get(&(held.part, held.id))?
            .range(after)
            .next()
            .copied()
    };
    adjusts.sort_by_key(|(held, place)| (held.part, *place, held.from, held.at));
    for (at, (held, place)) in adjusts.iter().enumerate() {
        let earlier = adjusts[..at]
            .iter()
            .rev()
            .take_while(|(other, same)| (other.part, *same) == (held.part, *place));
        let clash = earlier
            .filter(|(other, _)| other.id != held.id && other.at.0 == held.at.0)
            .find(|(other, _)| until(other).is_none_or(|until| Some(until) > held.from));
        let (Some((other, _)), Some(draft)) = (clash, held.draft) else {
            continue;
        };
        let line = other.draft.map_or(0, |draft| draft.block.line);
        let sentence = format!(
            "order = {} 已被第 {line} 行的另一段用了，先后要分得清。",
            place.1
        );
        found.extend(error(held, draft.line_of("order"), Code::P14, sentence));
    }
}
