//! 一年里的日子 — days of one year as runs: 「1 月 28 日至 2 月 4 日、4 月 4 日」.

use chrono::{Datelike, NaiveDate};

use super::phrase::Phrase;
use super::say::listed;

/// Days in the order of the calendar, whose year is said elsewhere.
pub(super) fn runs(days: &[NaiveDate]) -> Phrase {
    let together = |one: &NaiveDate, other: &NaiveDate| one.succ_opt() == Some(*other);
    listed(days.chunk_by(together).filter_map(|run| {
        let (first, last) = (run.first()?, run.last()?);
        Some(match first == last {
            true => of_year(*first),
            false => Phrase::text("days.run")
                .with("first", of_year(*first))
                .with("last", of_year(*last)),
        })
    }))
}

fn of_year(day: NaiveDate) -> Phrase {
    Phrase::DayOfYear {
        month: day.month(),
        day: day.day(),
    }
}
