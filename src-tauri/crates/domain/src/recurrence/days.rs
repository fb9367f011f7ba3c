//! The days of a rule, one period after the other: in each, the days that every part lets through,
//! and of those the ones at the wanted positions.

use chrono::{Datelike, NaiveDate, TimeDelta};

use super::{Frequency, OnWeekday, RuleEnd, RuleParts};
use crate::Month;

/// 一次次的日子 — see [`super::Recurrence::days`].
#[derive(Clone, Debug)]
pub struct Days {
    frequency: Frequency,
    interval: i64,
    filter: Filter,
    positions: Vec<i32>,
    first_on: NaiveDate,
    from: NaiveDate,
    until: NaiveDate,
    /// The first day of the period in which `first_on` lies.
    anchor: NaiveDate,
    /// Which period comes next, counted from the anchor's.
    period: i64,
    /// How many times are left, where they are counted.
    left: Option<u32>,
    /// The days of the present period, and how many of them were looked at.
    found: Vec<NaiveDate>,
    seen: usize,
}

impl Days {
    pub(super) fn of(
        parts: &RuleParts,
        first_on: NaiveDate,
        from: NaiveDate,
        until: NaiveDate,
    ) -> Days {
        let anchor = match parts.frequency {
            Frequency::Daily => first_on,
            Frequency::Weekly => {
                let passed = first_on.weekday().days_since(parts.week_start);
                first_on - TimeDelta::days(i64::from(passed))
            }
            Frequency::Monthly => Month::of(first_on).first_day(),
            Frequency::Yearly => Month::of(first_on).first_of_year(),
        };
        let (left, last) = match parts.ends {
            RuleEnd::Never => (None, until),
            RuleEnd::Count(count) => (Some(count), until),
            RuleEnd::Until(day) => (None, until.min(day)),
        };
        let interval = i64::from(parts.interval.max(1));
        // What is counted is counted from the beginning.
        let period = match left {
            Some(_) => 0,
            None => periods_between(parts.frequency, anchor, from).max(0) / interval,
        };
        Days {
            frequency: parts.frequency,
            interval,
            filter: Filter::of(parts),
            positions: parts.positions.clone(),
            first_on,
            from,
            until: last,
            anchor,
            period,
            left,
            found: Vec::new(),
            seen: 0,
        }
    }

    /// Finds the days of the next period; says whether there may be one.
    fn advance(&mut self) -> bool {
        let passed = self.period * self.interval;
        let Some(start) = nth_period(self.frequency, self.anchor, passed) else {
            return false;
        };
        if start > self.until {
            return false;
        }
        self.period += 1;
        self.seen = 0;
        self.found.clear();
        match self.frequency {
            Frequency::Daily => self.take_days(start, 1),
            Frequency::Weekly => self.take_days(start, 7),
            Frequency::Monthly => self.take_month(Month::of(start)),
            Frequency::Yearly => {
                let january = Month::of(start);
                (0..12).for_each(|number| self.take_month(january.plus(number)));
            }
        }
        if !self.positions.is_empty() {
            let count = self.found.len() as i32;
            let mut at = 0;
            let positions = &self.positions;
            self.found.retain(|_| {
                at += 1;
                positions.contains(&at) || positions.contains(&(at - count - 1))
            });
        }
        true
    }

    fn take_days(&mut self, start: NaiveDate, count: usize) {
        let filter = &self.filter;
        let days = start.iter_days().take(count);
        self.found.extend(days.filter(|day| filter.lets(*day)));
    }

    fn take_month(&mut self, month: Month) {
        if self.filter.months != 0 && self.filter.months & 1 << month.number() == 0 {
            return;
        }
        let first = month.first_day();
        let length = length_of(month);
        // Numbered weekdays are those of the month, or of the year where no month is named.
        let span = match (self.frequency, self.filter.months) {
            (Frequency::Yearly, 0) => (first.ordinal0(), length_of_year(month.year())),
            _ => (0, length),
        };
        let mut bits = self.filter.of_month(first, length, span);
        while bits != 0 {
            let number = bits.trailing_zeros();
            bits &= bits - 1;
            self.found.extend(first.with_day(number));
        }
    }
}

impl Iterator for Days {
    type Item = NaiveDate;

    fn next(&mut self) -> Option<NaiveDate> {
        loop {
            while let Some(day) = self.found.get(self.seen).copied() {
                self.seen += 1;
                if day < self.first_on {
                    continue;
                }
                if day > self.until {
                    return None;
                }
                if let Some(left) = &mut self.left {
                    *left = left.checked_sub(1)?;
                }
                if day >= self.from {
                    return Some(day);
                }
            }
            if self.left == Some(0) || !self.advance() {
                return None;
            }
        }
    }
}

fn length_of(month: Month) -> u32 {
    match month.number() {
        2 => length_of_year(month.year()) - 337,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

fn length_of_year(year: i32) -> u32 {
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    365 + u32::from(leap)
}

/// How many whole periods lie between the anchor and the period of `day`.
fn periods_between(frequency: Frequency, anchor: NaiveDate, day: NaiveDate) -> i64 {
    let days = (day - anchor).num_days();
    match frequency {
        Frequency::Daily => days,
        Frequency::Weekly => days.div_euclid(7),
        Frequency::Monthly => {
            let months = |day: NaiveDate| i64::from(day.year()) * 12 + i64::from(day.month0());
            months(day) - months(anchor)
        }
        Frequency::Yearly => i64::from(day.year()) - i64::from(anchor.year()),
    }
}

/// The first day of the period that is `passed` periods after the anchor's.
fn nth_period(frequency: Frequency, anchor: NaiveDate, passed: i64) -> Option<NaiveDate> {
    match frequency {
        Frequency::Daily => anchor.checked_add_signed(TimeDelta::try_days(passed)?),
        Frequency::Weekly => anchor.checked_add_signed(TimeDelta::try_weeks(passed)?),
        Frequency::Monthly => {
            let months = chrono::Months::new(u32::try_from(passed).ok()?);
            anchor.checked_add_months(months)
        }
        Frequency::Yearly => {
            let months = u32::try_from(passed.checked_mul(12)?).ok()?;
            anchor.checked_add_months(chrono::Months::new(months))
        }
    }
}

/// A week's pattern times this stands five times side by side, from bit 1 on.
const FIVE_WEEKS: u64 = 0x2040_8102;

/// Which days the parts let through, as bits: nothing set lets everything through.
#[derive(Clone, Debug)]
struct Filter {
    months: u16,
    numbers: u32,
    from_end: u32,
    weekdays: u8,
    numbered: Vec<OnWeekday>,
}

impl Filter {
    fn of(parts: &RuleParts) -> Filter {
        let bits = |numbers: &mut dyn Iterator<Item = u32>| -> u32 {
            numbers.fold(0, |bits, number| bits | 1 << number)
        };
        let (ahead, back): (Vec<i32>, Vec<i32>) = parts.month_days.iter().partition(|n| **n > 0);
        let (plain, numbered): (Vec<OnWeekday>, Vec<OnWeekday>) =
            parts.weekdays.iter().partition(|on| on.nth.is_none());
        let weekdays = plain.iter().map(|on| on.weekday.num_days_from_monday());
        Filter {
            months: bits(&mut parts.months.iter().copied()) as u16,
            numbers: bits(&mut ahead.iter().map(|number| number.unsigned_abs())),
            from_end: bits(&mut back.iter().map(|number| number.unsigned_abs())),
            weekdays: bits(&mut weekdays.into_iter()) as u8,
            numbered,
        }
    }

    /// The days of a month as bits, the first of it as bit 1; `span` is where the month begins in
    /// what numbered weekdays are counted in, and how long that is.
    fn of_month(&self, first: NaiveDate, length: u32, span: (u32, u32)) -> u32 {
        let mut days = u32::MAX << 1 & u32::MAX >> (31 - length);
        if (self.numbers | self.from_end) != 0 {
            // The first from the end is the day `length`.
            let back = (u64::from(self.from_end.reverse_bits()) << 1 >> (31 - length)) as u32;
            days &= self.numbers | back;
        }
        if self.weekdays != 0 || !self.numbered.is_empty() {
            let begins = first.weekday().num_days_from_monday();
            days &= self.plain(begins) | self.nth(begins, length, span);
        }
        days
    }

    /// Every wanted weekday of a month that begins on that weekday.
    fn plain(&self, begins: u32) -> u32 {
        let week = u64::from(self.weekdays);
        let week = (week | week << 7) >> begins & 0x7f;
        (week * FIVE_WEEKS) as u32
    }

    /// The numbered ones.
    fn nth(&self, begins: u32, length: u32, (before, span): (u32, u32)) -> u32 {
        let (before, span) = (before as i32, span as i32);
        let mut days = 0;
        for on in &self.numbered {
            let weekday = on.weekday.num_days_from_monday() as i32;
            // The first such weekday of what they are counted in, and how many there are.
            let first = (weekday - begins as i32 + before).rem_euclid(7) + 1;
            let count = (span - first) / 7 + 1;
            let place = match on.nth {
                Some(nth) if nth < 0 => count + nth,
                nth => nth.unwrap_or_default() - 1,
            };
            let day = first + place * 7 - before;
            if (0..count).contains(&place) && (1..=length as i32).contains(&day) {
                days |= 1 << day;
            }
        }
        days
    }

    /// The same of a day by itself, where no weekday is numbered.
    fn lets(&self, day: NaiveDate) -> bool {
        let has = |bits: u32, number: u32| bits & 1 << number != 0;
        let numbered = (self.numbers | self.from_end) == 0
            || has(self.numbers, day.day())
            || has(self.from_end, length_of(Month::of(day)) + 1 - day.day());
        let weekday = day.weekday().num_days_from_monday();
        numbered
            && (self.months == 0 || has(u32::from(self.months), day.month()))
            && (self.weekdays == 0 || has(u32::from(self.weekdays), weekday))
    }
}
