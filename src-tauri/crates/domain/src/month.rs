use std::fmt;
use std::str::FromStr;

use chrono::{Datelike, Days, NaiveDate};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use specta::Type;

/// 月份 — a calendar month, written `2025-03`. Years 1900 to 2199.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Type)]
pub struct Month(#[specta(type = String)] i32);

/// A text that is no month.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("「{0}」不是月份：要写成 2025-03 这样，年份在 1900 到 2199 之间")]
pub struct MonthProblem(pub String);

impl Month {
    /// The month in which `day` lies.
    pub fn of(day: NaiveDate) -> Month {
        Month(day.year() * 12 + day.month0() as i32)
    }

    /// The calendar year.
    pub fn year(self) -> i32 {
        self.0.div_euclid(12)
    }

    /// 1 to 12.
    pub fn number(self) -> u32 {
        self.0.rem_euclid(12) as u32 + 1
    }

    /// The month `count` months later (earlier where negative).
    pub fn plus(self, count: i32) -> Month {
        Month(self.0 + count)
    }

    /// 几个月以后 — how many months this one lies after `earlier`; negative where it lies before.
    pub fn since(self, earlier: Month) -> i32 {
        self.0 - earlier.0
    }

    /// The first day.
    pub fn first_day(self) -> NaiveDate {
        NaiveDate::from_ymd_opt(self.year(), self.number(), 1).unwrap_or(NaiveDate::MAX)
    }

    /// The first day of its year.
    pub fn first_of_year(self) -> NaiveDate {
        self.plus(1 - self.number() as i32).first_day()
    }

    /// The last day.
    pub fn last_day(self) -> NaiveDate {
        self.plus(1).first_day() - Days::new(1)
    }

    /// Day `number` of the month, or its last day where the month is shorter.
    pub fn day(self, number: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(self.year(), self.number(), number.max(1))
            .unwrap_or_else(|| self.last_day())
    }
}

impl FromStr for Month {
    type Err = MonthProblem;

    fn from_str(text: &str) -> Result<Month, MonthProblem> {
        let problem = || MonthProblem(text.to_owned());
        let (year, number) = text.split_once('-').ok_or_else(problem)?;
        if year.len() != 4 || number.len() != 2 {
            return Err(problem());
        }
        let year: i32 = year.parse().map_err(|_| problem())?;
        let number: i32 = number.parse().map_err(|_| problem())?;
        if !(1900..=2199).contains(&year) || !(1..=12).contains(&number) {
            return Err(problem());
        }
        Ok(Month(year * 12 + number - 1))
    }
}

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.year(), self.number())
    }
}

impl Serialize for Month {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Month {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Month, D::Error> {
        String::deserialize(deserializer)?
            .parse()
            .map_err(de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_its_days_and_neighbours() {
        let february: Month = "2024-02".parse().expect("a month");
        assert_eq!(february.last_day().to_string(), "2024-02-29");
        assert_eq!(february.day(31), february.last_day());
        assert_eq!(february.plus(-2).to_string(), "2023-12");
        assert_eq!(Month::of(february.last_day()), february);
    }

    #[test]
    fn refuses_what_is_no_month() {
        for text in [
            "2024", "2024-13", "2024-00", "24-01", "2024-1", "1899-12", "2200-01", "2024/01",
        ] {
            assert!(text.parse::<Month>().is_err(), "{text}");
        }
    }
}
