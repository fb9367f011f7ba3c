//! 年度与累计周期 — when a counter returns to zero.

use chrono::NaiveDate;
use gongji_domain::Month;
use gongji_policy::{BenefitYear, Body, Counter, Per, Rules};

use super::counters::definitions;

/// A period of a counter: its first day, and the first day of the next one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Span {
    pub(crate) starts: NaiveDate,
    pub(crate) next: NaiveDate,
}

/// The period of `counter` in which `day` lies; `None` where it returns to zero with every visit, or
/// where the rules do not say when its year begins.
pub(crate) fn period(rules: &Rules<'_>, counter: &Counter, day: NaiveDate) -> Option<Span> {
    match counter.per {
        Per::Stay | Per::Visit | Per::DayProvider => None,
        Per::Month => {
            let month = Month::of(day);
            Some(Span {
                starts: month.first_day(),
                next: month.plus(1).first_day(),
            })
        }
        Per::Year => benefit_year(rules, counter.year.as_deref(), day),
    }
}

/// The first days after the yearly periods in which `day` lies.
pub(crate) fn benefit_years(rules: &Rules<'_>, day: NaiveDate) -> Vec<NaiveDate> {
    let yearly = definitions(rules).filter(|(_, counter)| counter.per == Per::Year);
    yearly
        .filter_map(|(_, counter)| Some(period(rules, counter, day)?.next))
        .collect()
}

/// By what the counters of a part add up.
pub(crate) fn per_of(rules: &Rules<'_>, part: &str) -> Vec<Per> {
    definitions(rules)
        .filter(|(_, counter)| counter.of.iter().any(|of| of == part))
        .map(|(_, counter)| counter.per)
        .collect()
}

/// 上一期 — the period of a yearly counter that closed with the day before `day`: because it was over, or
/// because the rules of `day` lay the year anew and cut it short. `before`: the rules of the last day.
pub(crate) fn closed(
    before: &Rules<'_>,
    after: Option<&Rules<'_>>,
    (id, counter): (&str, &Counter),
    day: NaiveDate,
) -> Option<Span> {
    if counter.per != Per::Year {
        return None;
    }
    let span = period(before, counter, day.pred_opt()?)?;
    let laid_anew = || {
        let (_, counter) = definitions(after?).find(|(known, _)| *known == id)?;
        Some(period(after?, counter, day)?.starts == day)
    };
    let over = span.next == day || laid_anew().unwrap_or(false);
    over.then_some(Span { next: day, ..span })
}

/// 年度 — of the given kind, or the only one.
fn benefit_year(rules: &Rules<'_>, id: Option<&str>, day: NaiveDate) -> Option<Span> {
    rules.blocks.iter().find_map(|held| match &held.block.body {
        Body::BenefitYear(year) if id.is_none() || held.block.head.id.as_deref() == id => {
            span(year, held.block.head.from, day)
        }
        _ => None,
    })
}

/// The year beginning on `from` ends on `first_year_ends`, or the day before the next `starts`; every
/// later one begins on `starts`.
fn span(year: &BenefitYear, from: NaiveDate, day: NaiveDate) -> Option<Span> {
    let (month, date) = year.starts.split_once('-')?;
    let (month, date): (u32, u32) = (month.parse().ok()?, date.parse().ok()?);
    let start_in = |calendar_year| NaiveDate::from_ymd_opt(calendar_year, month, date);
    let after = |day: NaiveDate| {
        let year = Month::of(day).year();
        start_in(year)
            .filter(|start| *start > day)
            .or_else(|| start_in(year + 1))
    };
    let second = match year.first_year_ends {
        Some(ends) => ends.succ_opt()?,
        None => after(from)?,
    };
    if day < second {
        return Some(Span {
            starts: from,
            next: second,
        });
    }
    let next = after(day)?;
    let calendar_year = Month::of(day).year();
    let starts = start_in(calendar_year)
        .filter(|start| *start <= day)
        .or_else(|| start_in(calendar_year - 1))?;
    Some(Span {
        starts: starts.max(second),
        next,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_the_year_of_a_day() {
        let day = |text: &str| -> NaiveDate { text.parse().unwrap() };
        for (starts, first_ends, from, on, expected) in [
            (
                "01-01",
                None,
                "2019-01-01",
                "2026-02-28",
                ("2026-01-01", "2027-01-01"),
            ),
            (
                "01-01",
                None,
                "2019-01-01",
                "2025-12-31",
                ("2025-01-01", "2026-01-01"),
            ),
            (
                "01-01",
                None,
                "2019-01-01",
                "2026-01-01",
                ("2026-01-01", "2027-01-01"),
            ),
            (
                "07-01",
                None,
                "2016-07-01",
                "2026-06-30",
                ("2025-07-01", "2026-07-01"),
            ),
            (
                "07-01",
                None,
                "2016-07-01",
                "2026-07-01",
                ("2026-07-01", "2027-07-01"),
            ),
            // A stretched transition year of 18 months.
            (
                "01-01",
                Some("2022-12-31"),
                "2021-07-01",
                "2022-01-01",
                ("2021-07-01", "2023-01-01"),
            ),
            (
                "01-01",
                Some("2022-12-31"),
                "2021-07-01",
                "2023-01-01",
                ("2023-01-01", "2024-01-01"),
            ),
            // A year that is cut short by the first `starts` after `from`.
            (
                "01-01",
                None,
                "2022-12-01",
                "2022-12-31",
                ("2022-12-01", "2023-01-01"),
            ),
        ] {
            let year = BenefitYear {
                starts: starts.to_owned(),
                first_year_ends: first_ends.map(day),
            };
            let found = span(&year, day(from), day(on)).unwrap();
            assert_eq!(
                (found.starts, found.next),
                (day(expected.0), day(expected.1)),
                "{starts} {on}"
            );
        }
    }
}
