use std::fmt;

use chrono::{Datelike, NaiveDate, Weekday};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use specta::Type;

mod days;
mod read;

pub use days::Days;

/// 重复方式 — how often something recurs, as a rule of iCalendar (RFC 5545) without its beginning:
/// the first day stands beside it. On the wire it is the rule's text, `FREQ=WEEKLY;BYDAY=MO,WE,FR`.
///
/// What such a rule may say is larger than what a household plans in days. Hours, numbered weeks and
/// numbered days of the year are refused by name instead of being passed over.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Type)]
pub struct Recurrence(#[specta(type = String)] RuleParts);

/// 重复方式的各部分 — lists are in order and without repetitions; an empty one limits nothing.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct RuleParts {
    /// 每天、每周、每月、每年 (`FREQ`)
    pub frequency: Frequency,
    /// 每隔几个 (`INTERVAL`)
    pub interval: u32,
    /// 哪几个月 (`BYMONTH`)
    pub months: Vec<u32>,
    /// 几日，负数从月末数起 (`BYMONTHDAY`)
    pub month_days: Vec<i32>,
    /// 星期几 (`BYDAY`)
    pub weekdays: Vec<OnWeekday>,
    /// 一轮里取第几个，负数从最后数起 (`BYSETPOS`)
    pub positions: Vec<i32>,
    /// 一周从星期几算起 (`WKST`)
    pub week_start: Weekday,
    /// 到什么时候为止
    pub ends: RuleEnd,
}

/// 一轮有多长
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Frequency {
    /// 天
    Daily,
    /// 周
    Weekly,
    /// 月
    Monthly,
    /// 年
    Yearly,
}

/// 星期几 — in a month or a year perhaps only one of them, such as the first or the last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct OnWeekday {
    /// 第几个，负数从最后数起；无则每一个
    pub nth: Option<i32>,
    /// 星期几
    pub weekday: Weekday,
}

/// 到什么时候为止
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RuleEnd {
    /// 一直
    Never,
    /// 一共几次 (`COUNT`)
    Count(u32),
    /// 到哪天为止（含）(`UNTIL`)
    Until(NaiveDate),
}

/// Why something is no recurrence that can be planned with.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RecurrenceProblem {
    /// The text is no rule at all.
    #[error("「{0}」不是重复方式：要写成 FREQ=WEEKLY;BYDAY=MO,WE,FR 这样")]
    NotARule(String),
    /// A part that a rule may have and that is not planned with.
    #[error("重复方式里的「{0}」这里不会算")]
    NotSupported(String),
    /// A part that stands there twice.
    #[error("重复方式里「{0}」写了两次")]
    Twice(String),
    /// A number or a word that its part cannot have.
    #[error("重复方式里的 {part} 不能是「{found}」")]
    Value {
        /// The part.
        part: &'static str,
        /// What stands there.
        found: String,
    },
    /// Both a number of times and a last day.
    #[error("重复方式里 COUNT 和 UNTIL 只能写一个")]
    TwoEnds,
    /// A part that says nothing at this frequency.
    #[error("重复方式里「{part}」不能和 FREQ={frequency} 一起写")]
    DoesNotFit {
        /// The part.
        part: &'static str,
        /// The frequency's word.
        frequency: &'static str,
    },
    /// `BYSETPOS` chooses among the days of other parts.
    #[error("重复方式里 BYSETPOS 要和 BYDAY、BYMONTHDAY 或 BYMONTH 一起写")]
    PositionOfNothing,
}

/// The largest `INTERVAL`: ten years of days.
const LONGEST: u32 = 3_660;
/// The largest `COUNT`: a hundred years of days.
const MOST: u32 = 36_525;

impl Recurrence {
    /// A rule of these parts.
    ///
    /// # Errors
    /// Where a part has a value that it cannot have, or does not fit beside the others.
    pub fn new(mut parts: RuleParts) -> Result<Recurrence, RecurrenceProblem> {
        parts.months.sort_unstable();
        parts.months.dedup();
        parts.month_days.sort_unstable();
        parts.month_days.dedup();
        parts.weekdays.sort_unstable_by_key(|on| on.order());
        parts.weekdays.dedup();
        parts.positions.sort_unstable();
        parts.positions.dedup();
        parts.check()?;
        Ok(Recurrence(parts))
    }

    /// 每隔若干天
    ///
    /// # Errors
    /// Where the number of days is zero or more than ten years.
    pub fn every_days(days: u32) -> Result<Recurrence, RecurrenceProblem> {
        Recurrence::new(RuleParts::every(days, Frequency::Daily))
    }

    /// 每月同一日，没有这一日的月份取月末 — the same day of the month as `first_on`.
    pub fn monthly(first_on: NaiveDate) -> Recurrence {
        let monthly = RuleParts::every(1, Frequency::Monthly);
        Recurrence(match first_on.day() {
            // What is left to the first day moves with it.
            1..=28 => monthly,
            number => monthly.on_day_or_last(number),
        })
    }

    /// Its parts.
    pub fn parts(&self) -> &RuleParts {
        &self.0
    }

    /// Its parts with what it leaves to the first day: `FREQ=MONTHLY` recurs on that day's number.
    pub fn spelled_out(&self, first_on: NaiveDate) -> RuleParts {
        let mut parts = self.0.clone();
        let no_days = parts.month_days.is_empty() && parts.weekdays.is_empty();
        match parts.frequency {
            Frequency::Weekly if parts.weekdays.is_empty() => {
                parts.weekdays = vec![OnWeekday::every(first_on.weekday())];
            }
            Frequency::Monthly if no_days => parts.month_days = vec![day_number(first_on)],
            Frequency::Yearly if no_days => {
                if parts.months.is_empty() {
                    parts.months = vec![first_on.month()];
                }
                parts.month_days = vec![day_number(first_on)];
            }
            _ => {}
        }
        parts
    }

    /// The days from `from` to `until`, both included, of what began on `first_on`. They are found
    /// one after the other; of what lies before `from` only a `COUNT` needs to know.
    pub fn days(&self, first_on: NaiveDate, from: NaiveDate, until: NaiveDate) -> Days {
        Days::of(&self.spelled_out(first_on), first_on, from, until)
    }
}

fn day_number(day: NaiveDate) -> i32 {
    day.day() as i32
}

impl RuleParts {
    /// Every so many days, weeks, months or years, without an end.
    pub fn every(interval: u32, frequency: Frequency) -> RuleParts {
        RuleParts {
            frequency,
            interval,
            months: Vec::new(),
            month_days: Vec::new(),
            weekdays: Vec::new(),
            positions: Vec::new(),
            week_start: Weekday::Mon,
            ends: RuleEnd::Never,
        }
    }

    /// On a day of the month, or on its last one where the month is shorter: every month has the
    /// first 28 days, and of those up to the wanted one the last that there is is the one meant.
    pub fn on_day_or_last(mut self, number: u32) -> RuleParts {
        let number = number.clamp(1, 31) as i32;
        self.month_days = (number.min(28)..=number).collect();
        self.positions = if number > 28 { vec![-1] } else { Vec::new() };
        self
    }

    fn check(&self) -> Result<(), RecurrenceProblem> {
        let value = |part, found: String| RecurrenceProblem::Value { part, found };
        if !(1..=LONGEST).contains(&self.interval) {
            return Err(value("INTERVAL", self.interval.to_string()));
        }
        if let Some(month) = self.months.iter().find(|month| !(1..=12).contains(*month)) {
            return Err(value("BYMONTH", month.to_string()));
        }
        for (part, numbers, limit) in [
            ("BYMONTHDAY", &self.month_days, 31),
            ("BYSETPOS", &self.positions, 366),
        ] {
            let outside = |number: &&i32| **number == 0 || number.abs() > limit;
            if let Some(number) = numbers.iter().find(outside) {
                return Err(value(part, number.to_string()));
            }
        }
        let of_month = self.frequency == Frequency::Monthly || !self.months.is_empty();
        let most = if of_month { 5 } else { 53 };
        let outside = |on: &&OnWeekday| on.nth.is_some_and(|nth| nth == 0 || nth.abs() > most);
        if let Some(on) = self.weekdays.iter().find(outside) {
            return Err(value("BYDAY", on.to_string()));
        }
        self.fits()?;
        match self.ends {
            RuleEnd::Count(count) if !(1..=MOST).contains(&count) => {
                Err(value("COUNT", count.to_string()))
            }
            RuleEnd::Until(day) if !(1900..=2199).contains(&day.year()) => {
                Err(value("UNTIL", day.to_string()))
            }
            _ => Ok(()),
        }
    }

    fn fits(&self) -> Result<(), RecurrenceProblem> {
        let numbered = self.weekdays.iter().any(|on| on.nth.is_some());
        let short = matches!(self.frequency, Frequency::Daily | Frequency::Weekly);
        let frequency = self.frequency.word();
        if numbered && short {
            let part = "BYDAY";
            return Err(RecurrenceProblem::DoesNotFit { part, frequency });
        }
        if self.frequency == Frequency::Weekly && !self.month_days.is_empty() {
            let part = "BYMONTHDAY";
            return Err(RecurrenceProblem::DoesNotFit { part, frequency });
        }
        let others =
            !(self.months.is_empty() && self.month_days.is_empty() && self.weekdays.is_empty());
        if !self.positions.is_empty() && !others {
            return Err(RecurrenceProblem::PositionOfNothing);
        }
        Ok(())
    }
}

impl Frequency {
    pub(crate) fn word(self) -> &'static str {
        match self {
            Frequency::Daily => "DAILY",
            Frequency::Weekly => "WEEKLY",
            Frequency::Monthly => "MONTHLY",
            Frequency::Yearly => "YEARLY",
        }
    }
}

impl OnWeekday {
    /// Every such day.
    pub fn every(weekday: Weekday) -> OnWeekday {
        OnWeekday { nth: None, weekday }
    }

    fn order(self) -> (Option<i32>, u32) {
        (self.nth, self.weekday.num_days_from_monday())
    }
}

impl fmt::Display for OnWeekday {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(nth) = self.nth {
            write!(f, "{nth}")?;
        }
        f.write_str(read::weekday_word(self.weekday))
    }
}

impl fmt::Display for Recurrence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let parts = &self.0;
        write!(f, "FREQ={}", parts.frequency.word())?;
        if parts.interval != 1 {
            write!(f, ";INTERVAL={}", parts.interval)?;
        }
        list(f, "BYMONTH", &parts.months)?;
        list(f, "BYMONTHDAY", &parts.month_days)?;
        list(f, "BYDAY", &parts.weekdays)?;
        list(f, "BYSETPOS", &parts.positions)?;
        if parts.week_start != Weekday::Mon {
            write!(f, ";WKST={}", read::weekday_word(parts.week_start))?;
        }
        match parts.ends {
            RuleEnd::Never => Ok(()),
            RuleEnd::Count(count) => write!(f, ";COUNT={count}"),
            RuleEnd::Until(day) => write!(f, ";UNTIL={}", day.format("%Y%m%d")),
        }
    }
}

fn list(f: &mut fmt::Formatter<'_>, part: &str, values: &[impl fmt::Display]) -> fmt::Result {
    for (at, value) in values.iter().enumerate() {
        match at {
            0 => write!(f, ";{part}={value}")?,
            _ => write!(f, ",{value}")?,
        }
    }
    Ok(())
}

impl Serialize for Recurrence {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Recurrence {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Recurrence, D::Error> {
        String::deserialize(deserializer)?
            .parse()
            .map_err(de::Error::custom)
    }
}

#[cfg(test)]
mod tests;
