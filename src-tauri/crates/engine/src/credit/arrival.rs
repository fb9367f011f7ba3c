//! 到账 — on which day a month's credit arrives.

use chrono::NaiveDate;
use gongji_domain::{EmploymentStatus, Message, Month};
use gongji_policy::{Arrival, ArrivalKind, Body, Holiday, InForce, Rules};

use super::work_days::{Between, WorkDays};
use super::{Course, CreditDue, CreditStep};
use crate::projection::DayKnown;

/// When it arrives, and which rule says so.
pub(super) struct Arrives<'r, 'a> {
    pub(super) earliest: Option<NaiveDate>,
    pub(super) latest: Option<NaiveDate>,
    pub(super) day: DayKnown,
    pub(super) held: Option<&'r InForce<'a>>,
    code: &'static str,
    rule: Option<&'r Arrival>,
}

impl Arrives<'_, '_> {
    /// How the day was found, as a step tells it.
    pub(super) fn said(&self) -> Message {
        let Some(day) = self.latest else {
            return Message::new(self.code);
        };
        said(self.code, day, self.rule)
    }
}

/// The day for `for_month`: as the member stated, else as the rule says. A rule that looks at rest
/// days gives a range where the arrangement of the year is not at hand; one that does not say what
/// happens on them is taken by its day.
pub(super) fn arrives<'r, 'a>(
    rules: &'r Rules<'a>,
    status: EmploymentStatus,
    for_month: Month,
    stated_day: Option<u32>,
) -> Arrives<'r, 'a> {
    let rule = rule(rules, status);
    let held = rule.map(|(held, _)| held);
    let by_day = rule.filter(|(_, rule)| on_a_day(rule.kind));
    if let Some(stated) = stated_day {
        // A window that begins in the month itself holds the day there, or in the month after.
        let in_itself = |rule: &Arrival| rule.earliest_day.is_some_and(|day| day <= stated);
        let offset = by_day.map_or(0, |(_, rule)| match in_itself(rule) {
            true => 0,
            false => rule.month_offset,
        });
        let on = for_month.plus(offset).day(stated);
        return Arrives {
            earliest: Some(on),
            latest: Some(on),
            day: DayKnown::Stated,
            held,
            code: "credit.day_stated",
            rule: rule.map(|(_, rule)| rule),
        };
    }
    let Some((between, code, rule)) = rule.and_then(|(_, rule)| by_rule(rules, for_month, rule))
    else {
        return Arrives {
            earliest: None,
            latest: None,
            day: DayKnown::Unknown,
            held,
            code: "credit.day_unknown",
            rule: None,
        };
    };
    Arrives {
        earliest: Some(between.earliest),
        latest: Some(between.latest),
        day: if between.earliest == between.latest {
            DayKnown::Rule
        } else {
            DayKnown::Range
        },
        held,
        code,
        rule: Some(rule),
    }
}

/// Nothing arrives before somebody is insured: of who joins inside the month the window begins on that
/// day, and where it would have closed by then it must have come by the end of the month after.
pub(super) fn not_before_joining(
    due: &mut CreditDue,
    course: &Course<'_>,
    for_month: Month,
    explains: bool,
) {
    let earliest = due.earliest.unwrap_or(for_month.first_day());
    let since = earliest.min(for_month.first_day());
    let days = since
        .iter_days()
        .take_while(|day| *day <= for_month.last_day());
    let joined = days.into_iter().find(|day| course(*day).is_some());
    let Some(joined) = joined.filter(|joined| earliest < *joined) else {
        return;
    };
    due.earliest = Some(joined);
    let latest = due.latest.filter(|latest| *latest >= joined);
    let latest = latest.unwrap_or_else(|| for_month.plus(1).last_day());
    due.latest = Some(latest);
    due.day = match latest == joined {
        true => due.day,
        false => DayKnown::Range,
    };
    if explains {
        due.steps.push(CreditStep {
            what: Message::new("credit.not_before_joining").with("day", joined),
            formula: None,
            result: None,
            rule: None,
            source: None,
            note: None,
            assumed: false,
        });
    }
}

fn on_a_day(kind: ArrivalKind) -> bool {
    matches!(kind, ArrivalKind::DayOfMonth | ArrivalKind::Date)
}

/// The rule for this status, else the one for everybody.
fn rule<'r, 'a>(
    rules: &'r Rules<'a>,
    status: EmploymentStatus,
) -> Option<(&'r InForce<'a>, &'r Arrival)> {
    let of = |named: bool| {
        rules.blocks.iter().find_map(move |held| {
            let Body::Arrival(arrival) = &held.block.body else {
                return None;
            };
            let own = arrival.status.as_deref().filter(|word| *word != "any");
            let fits = match own {
                Some(word) => named && word == status.word(),
                None => !named,
            };
            (fits && !held.off).then_some((held, &**arrival))
        })
    };
    of(true).or_else(|| of(false))
}

fn by_rule<'r>(
    rules: &Rules<'_>,
    for_month: Month,
    rule: &'r Arrival,
) -> Option<(Between, &'static str, &'r Arrival)> {
    let days = WorkDays::of(rules);
    let month = for_month.plus(rule.month_offset);
    if rule.kind == ArrivalKind::WorkingDaysAfterContribution {
        // The contribution is paid on some day of the month.
        let soonest = match rule.latest {
            true => month.first_day(),
            false => days.after(month.first_day(), rule.day?).earliest,
        };
        let between = Between {
            earliest: soonest,
            latest: days.after(month.last_day(), rule.day?).latest,
        };
        return Some((between, "credit.day_after_contribution", rule));
    }
    if !on_a_day(rule.kind) {
        return None;
    }
    let on = month.day(rule.day?);
    let mut between = match rule.holiday {
        Holiday::Before => days.not_after(on),
        Holiday::Earlier => days.some_day_before(on),
        Holiday::After => days.not_before(on),
        Holiday::None | Holiday::Unknown => Between {
            earliest: on,
            latest: on,
        },
    };
    if rule.latest {
        let first = match rule.earliest_day {
            Some(day) => for_month.day(day),
            None => month.first_day(),
        };
        between.earliest = between.earliest.min(first);
        return Some((between, "credit.day_at_latest", rule));
    }
    Some((between, "credit.day_by_rule", rule))
}

fn said(code: &str, day: NaiveDate, rule: Option<&Arrival>) -> Message {
    let holiday = match rule.map(|rule| rule.holiday) {
        Some(Holiday::Before) => "before",
        Some(Holiday::Earlier) => "earlier",
        Some(Holiday::After) => "after",
        Some(Holiday::None) => "none",
        Some(Holiday::Unknown) | None => "unknown",
    };
    Message::new(code).with("day", day).with("holiday", holiday)
}
