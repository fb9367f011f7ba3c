//! Amounts against what proves them: `check` (P15), and the days and amounts outside tables (P04).

use chrono::{Datelike, NaiveDate, Weekday};
use gongji_domain::{Rate, Yuan};
use rust_decimal::{Decimal, RoundingStrategy};

use super::{At, Finding};
use crate::cells::Cell;
use crate::problem::Code;
use crate::{Body, Check, RoundMode, RoundTo};

pub(super) fn check(at: &At<'_, '_>, found: &mut Vec<Finding>) {
    if let Some(check) = at.draft.block.body.check() {
        proof(at, check, found);
    }
    shape(at, found);
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
            if !(1..=24).contains(&b.covers) {
                let sentence = "「covers」要在 1 到 24 个月之间。".to_owned();
                found.push(at.error(draft.line_of("covers"), Code::P04, sentence));
            }
        }
        Body::Clearing(b) => day("on", &b.on, &[]),
        Body::Withheld(b) => day("on", &b.on, &["with_credit"]),
        Body::SubAccount(b) => day("on", &b.on, &["year_start", "never", "unknown"]),
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
        Body::OneOff(b) if b.amount.is_some() && (b.months.is_some() || b.back_to.is_some()) => {
            let sentence = "amount 是一笔金额，不能与 months、back_to 一起写。".to_owned();
            found.push(at.error(draft.block.line, Code::P01, sentence));
        }
        Body::Calendar(b) => {
            for (key, days) in [("off", &b.off), ("works", &b.works)] {
                if let Some(other) = days.iter().find(|day| day.year() != b.year) {
                    let sentence = format!("「{key}」里的 {other} 不在 {} 年。", b.year);
                    found.push(at.error(draft.line_of(key), Code::P04, sentence));
                }
                if let Some(pair) = days.windows(2).find(|pair| pair[0] >= pair[1]) {
                    let sentence = format!(
                        "「{key}」里的日子要从早到晚各写一次，{} 写在 {} 后面。",
                        pair[1], pair[0]
                    );
                    found.push(at.error(draft.line_of(key), Code::P04, sentence));
                }
            }
            let weekday = |day: &&NaiveDate| !matches!(day.weekday(), Weekday::Sat | Weekday::Sun);
            if let Some(day) = b.works.iter().find(weekday) {
                let sentence = format!("调休上班的是周末，{day} 本来就上班。");
                found.push(at.error(draft.line_of("works"), Code::P04, sentence));
            }
            if let Some(day) = b.works.iter().find(|day| b.off.contains(day)) {
                let sentence = format!("{day} 又放假又上班。");
                found.push(at.error(draft.line_of("works"), Code::P04, sentence));
            }
        }
        Body::Arrival(b) if b.day.is_some_and(|day| day == 0 || day > 31) => {
            let sentence = "「day」要在 1 到 31 之间。".to_owned();
            found.push(at.error(draft.line_of("day"), Code::P04, sentence));
        }
        Body::Arrival(b)
            if b.earliest_day
                .is_some_and(|day| day == 0 || day > 31 || !b.latest) =>
        {
            let sentence =
                "「earliest_day」要在 1 到 31 之间，并且只与 latest = true 一起写。".to_owned();
            found.push(at.error(draft.line_of("earliest_day"), Code::P04, sentence));
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
    text.len() == 5 && format!("2000-{text}").parse::<NaiveDate>().is_ok()
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
