//! 今天 — the only place of the window that reads a clock.

use std::env;

use chrono::NaiveDate;

/// The variable that sets the day for tests, as `2026-03-01`.
const TODAY: &str = "GONGJI_TODAY";

/// The day set for tests is no date.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("{TODAY} must be a date like 2026-03-01, and is `{0}`")]
pub struct NotADate(String);

/// 时钟 — the computer's, or one that stands still for a test.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Clock {
    /// The computer's own
    Computer,
    /// Standing still
    Fixed(NaiveDate),
}

impl Clock {
    /// The computer's clock, unless the environment names a day.
    pub fn from_environment() -> Result<Self, NotADate> {
        match env::var_os(TODAY) {
            None => Ok(Self::Computer),
            Some(day) => Self::fixed(&day.to_string_lossy()),
        }
    }

    fn fixed(day: &str) -> Result<Self, NotADate> {
        day.parse()
            .map(Self::Fixed)
            .map_err(|_| NotADate(day.to_owned()))
    }

    /// 今天 — the day it is for the person at the computer.
    #[expect(
        clippy::disallowed_methods,
        reason = "the window's one reading of the clock"
    )]
    pub fn today(self) -> NaiveDate {
        match self {
            Self::Computer => chrono::Local::now().date_naive(),
            Self::Fixed(day) => day,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fixed_clock_stands_still_and_nonsense_is_refused() {
        let day = NaiveDate::from_ymd_opt(2026, 3, 1).unwrap();
        assert_eq!(Clock::fixed("2026-03-01"), Ok(Clock::Fixed(day)));
        assert_eq!(Clock::Fixed(day).today(), day);
        for nonsense in ["", "2026-02-30", "tomorrow", "2026/03/01"] {
            assert_eq!(Clock::fixed(nonsense), Err(NotADate(nonsense.to_owned())));
        }
    }
}
