//! 一格 — days, months and amounts as this program writes them, and as spreadsheets write them back.

use chrono::NaiveDate;
use gongji_domain::{Month, Yuan};

/// A cell that was kept from being a formula.
pub(super) fn words(cell: &str) -> &str {
    cell.strip_prefix('\'').unwrap_or(cell)
}

/// `2025-03-05`, `2025/3/5`, `2025年3月5日`.
pub(super) fn day(cell: &str) -> Option<NaiveDate> {
    let (year, month, day) = match cell.trim().strip_suffix('日') {
        Some(cell) => {
            let (year, rest) = cell.split_once('年')?;
            let (month, day) = rest.split_once('月')?;
            (year, month, day)
        }
        None => {
            let mark = |c: char| matches!(c, '-' | '/');
            let (year, rest) = cell.trim().split_once(mark)?;
            let (month, day) = rest.split_once(mark)?;
            (year, month, day)
        }
    };
    let year = i32::try_from(number(year, 4..=4)?).ok()?;
    NaiveDate::from_ymd_opt(year, number(month, 1..=2)?, number(day, 1..=2)?)
}

/// `2025-03`, `2025/3`, `2025年3月`; `2025/3/1` and `Mar-25`, which spreadsheets make of it. Only its
/// first day stands for a month.
pub(super) fn month(cell: &str) -> Option<Month> {
    let cell = cell.trim();
    let ymd = |year: u32, month: u32| format!("{year:04}-{month:02}").parse().ok();
    if let Ok(plain) = cell.parse() {
        return Some(plain);
    }
    if let Some(day) = day(cell) {
        let month = Month::of(day);
        return (month.first_day() == day).then_some(month);
    }
    if let Some((name, year)) = cell.split_once('-')
        && let Some(at) = NAMES.iter().position(|known| *known == name)
    {
        let month = u32::try_from(at).ok()? + 1;
        return ymd(2000 + number(year, 2..=2)?, month);
    }
    let (year, month) = match cell.strip_suffix('月') {
        Some(cell) => cell.split_once('年')?,
        None => cell.split_once(['-', '/'])?,
    };
    ymd(number(year, 4..=4)?, number(month, 1..=2)?)
}

const NAMES: [&str; 12] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
];

/// `1234.50`, `-1234.5`, `1,234.50`, `¥1234.50`, `-¥1,234.50`, `￥-1234`.
pub(super) fn amount(cell: &str) -> Option<Yuan> {
    let cell = cell.trim();
    if let Ok(plain) = cell.parse() {
        return Some(plain);
    }
    let is_yuan = |c: char| matches!(c, '¥' | '￥');
    let (negative, rest) = match cell.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, cell),
    };
    let rest = rest.strip_prefix(is_yuan).unwrap_or(rest).trim_start();
    let (negative, rest) = match rest.strip_prefix('-') {
        Some(rest) if !negative => (true, rest),
        _ => (negative, rest),
    };
    let (whole, part) = rest.split_once('.').unwrap_or((rest, "0"));
    let (first, groups) = whole.split_once(',').unwrap_or((whole, ""));
    let grouped = whole.len() > first.len();
    let in_threes = groups.split(',').all(|group| group.len() == 3);
    if grouped && (!in_threes || first.is_empty() || first.len() > 3) {
        return None;
    }
    let digits = whole.replace(',', "");
    let amount: Yuan = format!("{digits}.{part}").parse().ok()?;
    match (digits.starts_with('-'), negative) {
        // Two signs are none.
        (true, _) => None,
        (false, true) => Some(-amount),
        (false, false) => Some(amount),
    }
}

/// Digits alone, this many.
fn number(text: &str, length: std::ops::RangeInclusive<usize>) -> Option<u32> {
    let plain = text.bytes().all(|byte| byte.is_ascii_digit());
    (plain && length.contains(&text.len()))
        .then(|| text.parse().ok())
        .flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_read_as_spreadsheets_write_them() {
        for (cell, read) in [
            ("2025-03-05", Some("2025-03-05")),
            (" 2025-3-5 ", Some("2025-03-05")),
            ("2025/3/5", Some("2025-03-05")),
            ("2025/03/05", Some("2025-03-05")),
            ("2025年3月5日", Some("2025-03-05")),
            ("2025-02-30", None),
            ("25-3-5", None),
            ("3/5/2025", None),
            ("20250305", None),
            ("2025-003-05", None),
            ("", None),
        ] {
            let expected = read.map(|day| day.parse().unwrap());
            assert_eq!(day(cell), expected, "{cell}");
        }
    }

    #[test]
    fn months_are_read_as_spreadsheets_write_them() {
        for (cell, read) in [
            ("2025-03", Some("2025-03")),
            ("2025-3", Some("2025-03")),
            (" 2025/3 ", Some("2025-03")),
            ("2025年3月", Some("2025-03")),
            ("2025/3/1", Some("2025-03")),
            ("2025/3/2", None),
            ("Mar-25", Some("2025-03")),
            ("Dec-19", Some("2019-12")),
            ("2025-13", None),
            ("25-3", None),
            ("3", None),
        ] {
            let expected = read.map(|month| month.parse().unwrap());
            assert_eq!(month(cell), expected, "{cell}");
        }
    }

    #[test]
    fn amounts_are_read_as_spreadsheets_write_them() {
        for (cell, read) in [
            ("1240.00", Some("1240.00")),
            ("1,240.00", Some("1240.00")),
            ("-1,234,567.8", Some("-1234567.80")),
            ("¥240.00", Some("240.00")),
            ("￥240", Some("240.00")),
            ("-¥240.00", Some("-240.00")),
            ("¥-240.00", Some("-240.00")),
            (" ￥ 1,240.05 ", Some("1240.05")),
            ("1,24.00", None),
            ("12,40", None),
            ("1234,567", None),
            (",240", None),
            ("--240", None),
            ("-¥-240", None),
            ("¥¥240", None),
            ("1.005", None),
            ("1e3", None),
            ("¥", None),
            ("", None),
        ] {
            let expected = read.map(|amount| amount.parse().unwrap());
            assert_eq!(amount(cell), expected, "{cell}");
        }
    }
}
