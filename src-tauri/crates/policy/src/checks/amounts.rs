//! Amounts against what proves or bounds them: `check` (P15), `bound` (P07).

use chrono::Datelike;
use gongji_domain::{Rate, Yuan};
use rust_decimal::{Decimal, RoundingStrategy};

use super::{At, Finding};
use crate::cells::Cell;
use crate::problem::Code;
use crate::{Body, Bound, Check, RoundMode, RoundTo};

pub(super) fn check(at: &At<'_, '_>, found: &mut Vec<Finding>) {
    if let Some(check) = at.draft.block.body.check() {
        proof(at, check, found);
    }
    shape(at, found);
    bounds(at, found);
}

/// P04 for the days and amounts outside tables.
fn shape(at: &At<'_, '_>, found: &mut Vec<Finding>) {
    let draft = at.draft;
    let mut day = |key: &str, text: &str, other: &[&str]| {
        if !is_day_of_year(text) && !other.contains(&text) {
            let sentence = format!(
                "「{key}」写的是「{text}」，应为月日，如 \"01-01\"{}。",
                or(other)
            );
            found.push(at.error(draft.line_of(key), Code::P04, sentence));
        }
    };
    match &draft.block.body {
        Body::BenefitYear(b) => day("starts", &b.starts, &[]),
        Body::Advance(b) => {
            day("on", &b.on, &[]);
            if !(1..=12).contains(&b.covers) {
                let sentence = "「covers」要在 1 到 12 个月之间。".to_owned();
                found.push(at.error(draft.line_of("covers"), Code::P04, sentence));
            }
        }
        Body::Clearing(b) => day("on", &b.on, &[]),
        Body::Withheld(b) => day("on", &b.on, &["with_credit"]),
        Body::SubAccount(b) => day("on", &b.on, &["year_start", "never"]),
        Body::Interest(b) => {
            day(
                "posted",
                &b.posted,
                &["quarter_end", "quarterly", "year_end", "unknown"],
            );
        }
        Body::Sweep(b) => {
            if let Some(on) = &b.on {
                day("on", on, &[]);
            }
        }
        Body::OneOff(b) => {
            let said = [b.months.is_some(), b.amount.is_some(), b.back_to.is_some()];
            if said.into_iter().filter(|said| *said).count() > 1 {
                let sentence =
                    "months、amount、back_to 只能写一个：几个月的数、一笔金额，或者追溯到哪个月。";
                found.push(at.error(draft.block.line, Code::P01, sentence.to_owned()));
            }
        }
        Body::Calendar(b) => {
            for (key, days) in [("off", &b.off), ("works", &b.works)] {
                if let Some(other) = days.iter().find(|day| day.year() != b.year) {
                    let sentence = format!("「{key}」里的 {other} 不在 {} 年。", b.year);
                    found.push(at.error(draft.line_of(key), Code::P04, sentence));
                }
            }
        }
        Body::Arrival(b) if b.day.is_some_and(|day| day == 0 || day > 31) => {
            let sentence = "「day」要在 1 到 31 之间。".to_owned();
            found.push(at.error(draft.line_of("day"), Code::P04, sentence));
        }
        Body::Base(b) => {
            for (key, cell) in [("floor", b.floor), ("cap", b.cap)] {
                if !matches!(cell, Cell::Unknown | Cell::NoLimit | Cell::Yuan(_)) {
                    let sentence = format!("「{key}」应为金额，写的是「{cell}」。");
                    found.push(at.error(draft.line_of(key), Code::P04, sentence));
                }
            }
            if let (Cell::Yuan(floor), Cell::Yuan(cap)) = (b.floor, b.cap)
                && floor > cap
            {
                let sentence = format!("下限 {floor} 比上限 {cap} 还高。");
                found.push(at.error(draft.line_of("floor"), Code::P04, sentence));
            }
        }
        _ => {}
    }
}

fn is_day_of_year(text: &str) -> bool {
    // A leap year, so that 02-29 is a day.
    text.len() == 5 && format!("2000-{text}").parse::<chrono::NaiveDate>().is_ok()
}

/// The other words that a day may be.
fn or(words: &[&str]) -> String {
    words
        .iter()
        .map(|word| format!("，或 \"{word}\""))
        .collect()
}

/// P15: each printed amount is the constant of so many years back, times the share, rounded.
fn proof(at: &At<'_, '_>, check: &Check, found: &mut Vec<Finding>) {
    let draft = at.draft;
    let line = draft.line_of("check");
    let year = draft.block.head.from.year().checked_sub(check.years_back);
    let Some((year, value)) =
        year.and_then(|year| Some((year, constant(at, &check.constant, year)?)))
    else {
        let sentence = format!(
            "验算要用常数「{}」{} 年前的数，constants 里没有。",
            check.constant, check.years_back
        );
        found.push(at.error(line, Code::P15, sentence));
        return;
    };
    let rows = draft.block.body.table().map_or(&[][..], |table| table.rows);
    let width = rows.first().map_or(0, |row| row.values.len());
    let by_row = match check.times.by_row(rows.len(), width) {
        Ok(by_row) => by_row,
        Err(written) => {
            let sentence = format!(
                "验算的 times 写了 {written} 项，与表（{} 行 {width} 列）对不上：每行写一个列表，只有一行或一列时可以只写一个。",
                rows.len()
            );
            found.push(at.error(line, Code::P15, sentence));
            return;
        }
    };
    for (index, (row, times)) in rows.iter().zip(&by_row).enumerate() {
        let line = draft.line_of_row(index);
        if times.len() != row.values.len() {
            let sentence = format!(
                "验算的 times 在这一行有 {} 个，格有 {} 个，要一一对应。",
                times.len(),
                row.values.len()
            );
            found.push(at.error(line, Code::P15, sentence));
            continue;
        }
        for (cell, share) in row.values.iter().zip(times) {
            let Cell::Yuan(printed) = cell else {
                continue;
            };
            let computed = computed(value, *share, row.times, check.to, check.mode);
            if computed != Some(*printed) {
                let computed =
                    computed.map_or("无法计算".to_owned(), |amount| amount.to_string());
                let sentence = format!(
                    "写的是 {printed}，而 {year} 年「{}」{value} × {share} 取整后是 {computed}。",
                    check.constant
                );
                found.push(at.error(line, Code::P15, sentence));
            }
        }
    }
}

/// The constant of a year, from the place itself or a layer above.
fn constant(at: &At<'_, '_>, id: &str, year: i32) -> Option<Yuan> {
    let named = at.world.named(&at.file.pool, &at.file.scheme, "constant");
    named
        .iter()
        .filter(|held| held.id == Some(id))
        .find_map(|held| match &held.draft?.block.body {
            Body::Constant(constant) if constant.year == year => match constant.value {
                Cell::Yuan(value) => Some(value),
                _ => None,
            },
            _ => None,
        })
}

fn computed(
    value: Yuan,
    share: Rate,
    times: Option<Rate>,
    to: RoundTo,
    mode: RoundMode,
) -> Option<Yuan> {
    let exact = value
        .to_decimal()
        .checked_mul(share.to_decimal())?
        .checked_mul(times.unwrap_or(Rate::WHOLE).to_decimal())?;
    let unit = match to {
        RoundTo::Fen => Decimal::new(1, 2),
        RoundTo::Jiao => Decimal::new(1, 1),
        RoundTo::Yuan => Decimal::ONE,
        RoundTo::Yuan10 => Decimal::TEN,
    };
    let strategy = match mode {
        RoundMode::HalfUp => RoundingStrategy::MidpointAwayFromZero,
        RoundMode::Down => RoundingStrategy::ToZero,
        RoundMode::Up => RoundingStrategy::AwayFromZero,
    };
    let units = exact.checked_div(unit)?.round_dp_with_strategy(0, strategy);
    let fen = units.checked_mul(unit)?.checked_mul(Decimal::ONE_HUNDRED)?;
    i64::try_from(fen).ok().map(Yuan::from_fen)
}

/// P07: a figure outside what the layer above allows, from the day the bound holds; a note that
/// says why settles it. `on` names part and block: `"general_outpatient.rate"`, with `.id` if need be.
fn bounds(at: &At<'_, '_>, found: &mut Vec<Finding>) {
    let block = &at.draft.block;
    let Some(table) = block.body.table().filter(|_| block.head.note.is_none()) else {
        return;
    };
    for held in at.world.named(&at.file.pool, &at.file.scheme, "bound") {
        let Some(Body::Bound(bound)) = held.draft.map(|draft| &draft.block.body) else {
            continue;
        };
        if held.from > Some(block.head.from) || !is_about(bound, at) {
            continue;
        }
        for (index, row) in table.rows.iter().enumerate() {
            if let Some(cell) = row.values.iter().find(|cell| outside(bound, cell)) {
                let range = range(bound);
                let sentence = format!(
                    "「{cell}」不在上一层规定的界限内（{range}）；确实如此请在 note 里写明。"
                );
                found.push(at.warning(at.draft.line_of_row(index), Code::P07, sentence));
            }
        }
    }
}

fn is_about(bound: &Bound, at: &At<'_, '_>) -> bool {
    let mut words = bound.on.split('.');
    let same = words.next() == Some(&at.file.part) && words.next() == Some(&at.draft.block.name);
    same && words
        .next()
        .is_none_or(|id| at.draft.block.head.id.as_deref() == Some(id))
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
    least.into_iter().chain(most).collect::<Vec<_>>().join("、")
}
