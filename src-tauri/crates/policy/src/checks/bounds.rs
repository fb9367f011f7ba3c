//! P07: a figure outside what the layer above allows, from the day the bound holds; a note that says why
//! settles it.

use super::world::Found;
use super::{At, Finding};
use crate::cells::Cell;
use crate::problem::Code;
use crate::{Body, Bound};

pub(super) fn check(at: &At<'_, '_>, found: &mut Vec<Finding>) {
    let block = &at.draft.block;
    if block.head.note.is_some() {
        return;
    }
    for bound in in_force(at) {
        let Some(key) = about(bound, at) else {
            continue;
        };
        let told = |figure: &dyn std::fmt::Display| {
            let range = range(bound);
            format!("「{figure}」不在上一层规定的界限内（{range}）；确实如此请在 note 里写明。")
        };
        let rows = block.body.table();
        for (index, row) in rows.iter().flat_map(|table| table.rows).enumerate() {
            if let Some(cell) = row.values.iter().find(|cell| outside(bound, cell)) {
                found.push(at.warning(at.draft.line_of_row(index), Code::P07, told(cell)));
            }
        }
        for (name, months) in months(&block.body) {
            let meant = key.is_none_or(|key| key == name);
            if let Some(months) = months.filter(|months| meant && too_many(bound, *months)) {
                let figure = format!("{months} 个月");
                found.push(at.warning(at.draft.line_of(name), Code::P07, told(&figure)));
            }
        }
    }
}

/// The bounds in force on the day from which the block holds, each once.
fn in_force<'w>(at: &At<'w, '_>) -> Vec<&'w Bound> {
    let mut seen = Vec::new();
    let mut bounds = Vec::new();
    for held in at.world.named(&at.file.pool, &at.file.scheme, "bound") {
        let identity = (held.part, held.id);
        if seen.contains(&identity) {
            continue;
        }
        seen.push(identity);
        let day = at.draft.block.head.from;
        let stands = at.world.stands(at.file, "bound", day, |held| {
            (held.part, held.id) == identity
        });
        if let Found::Draft(draft) = stands
            && let Body::Bound(bound) = &draft.block.body
        {
            bounds.push(&**bound);
        }
    }
    bounds
}

/// Whether the bound is about this block. `on` names part and block: `"general_outpatient.rate"`, with
/// `.id` if need be, or with the key of a number of months, which is given back.
fn about<'b>(bound: &'b Bound, at: &At<'_, '_>) -> Option<Option<&'b str>> {
    let mut words = bound.on.split('.');
    let same = words.next() == Some(&at.file.part) && words.next() == Some(&at.draft.block.name);
    let last = words.next();
    let is_key = |last: &str| {
        months(&at.draft.block.body)
            .iter()
            .any(|(key, _)| *key == last)
    };
    match last.filter(|_| same) {
        None => same.then_some(None),
        Some(key) if is_key(key) => Some(Some(key)),
        Some(id) => (at.draft.block.head.id.as_deref() == Some(id)).then_some(None),
    }
}

/// The numbers of months that a block may be bounded in.
fn months(body: &Body) -> Vec<(&'static str, Option<u32>)> {
    match body {
        Body::StatusRule(rule) => vec![
            ("back_pay_months", rule.back_pay_months),
            ("waiting_months", rule.waiting_months),
            ("after_gap_resets_months", rule.after_gap_resets_months),
        ],
        Body::Premium(premium) => vec![("wait_after", premium.wait_after)],
        _ => Vec::new(),
    }
}

fn too_many(bound: &Bound, months: u32) -> bool {
    bound.at_least_months.is_some_and(|least| months < least)
        || bound.at_most_months.is_some_and(|most| months > most)
}

fn outside(bound: &Bound, cell: &Cell) -> bool {
    let below = |least: &Cell| match (cell, least) {
        (Cell::Yuan(cell), Cell::Yuan(least)) => cell < least,
        (Cell::Rate(cell), Cell::Rate(least)) | (Cell::Points(cell), Cell::Points(least)) => {
            cell < least
        }
        _ => false,
    };
    let above = |most: &Cell| match (cell, most) {
        (Cell::Yuan(cell), Cell::Yuan(most)) => cell > most,
        (Cell::Rate(cell), Cell::Rate(most)) | (Cell::Points(cell), Cell::Points(most)) => {
            cell > most
        }
        (Cell::NoLimit, Cell::Yuan(_)) => true,
        _ => false,
    };
    bound.at_least.as_ref().is_some_and(below) || bound.at_most.as_ref().is_some_and(above)
}

fn range(bound: &Bound) -> String {
    let least = bound.at_least.map(|cell| format!("不低于 {cell}"));
    let most = bound.at_most.map(|cell| format!("不高于 {cell}"));
    let shortest = bound.at_least_months.map(|n| format!("不短于 {n} 个月"));
    let longest = bound.at_most_months.map(|n| format!("不长于 {n} 个月"));
    let all = [least, most, shortest, longest];
    all.into_iter().flatten().collect::<Vec<_>>().join("、")
}
