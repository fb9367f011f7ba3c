//! 到账 — on which day a month's credit arrives.

use chrono::NaiveDate;
use gongji_domain::{Message, Month};
use gongji_policy::{Arrival, ArrivalKind, Body, Holiday, InForce, Rules};

use crate::projection::DayKnown;

/// When it arrives, and which rule says so.
pub(super) struct Arrives<'r, 'a> {
    pub(super) earliest: Option<NaiveDate>,
    pub(super) latest: Option<NaiveDate>,
    pub(super) day: DayKnown,
    pub(super) held: Option<&'r InForce<'a>>,
    pub(super) what: Message,
}

/// The day for `for_month`: as the member stated, else as the rule says. A holiday rule is mentioned,
/// never computed: no calendar of holidays is shipped.
pub(super) fn arrives<'r, 'a>(
    rules: &'r Rules<'a>,
    for_month: Month,
    stated_day: Option<u32>,
) -> Arrives<'r, 'a> {
    let rule = rules.blocks.iter().find_map(|held| match &held.block.body {
        Body::Arrival(arrival) if !held.off => Some((held, &**arrival)),
        _ => None,
    });
    let held = rule.map(|(held, _)| held);
    let by_day = rule.filter(|(_, rule)| rule.kind == ArrivalKind::DayOfMonth);
    let month = for_month.plus(by_day.map_or(0, |(_, rule)| rule.month_offset));
    let known = |earliest, latest, day, code: &str| Arrives {
        earliest: Some(earliest),
        latest: Some(latest),
        day,
        held,
        what: Message::new(code)
            .with("day", latest)
            .with("holiday", holiday(rule.map(|(_, rule)| rule))),
    };
    if let Some(stated) = stated_day {
        let on = month.day(stated);
        return known(on, on, DayKnown::Stated, "credit.day_stated");
    }
    match by_day.and_then(|(_, rule)| Some((rule, rule.day?))) {
        Some((rule, day)) if rule.latest => known(
            month.first_day(),
            month.day(day),
            DayKnown::Range,
            "credit.day_at_latest",
        ),
        Some((_, day)) => {
            let on = month.day(day);
            known(on, on, DayKnown::Rule, "credit.day_by_rule")
        }
        None => Arrives {
            earliest: None,
            latest: None,
            day: DayKnown::Unknown,
            held,
            what: Message::new("credit.day_unknown"),
        },
    }
}

fn holiday(rule: Option<&Arrival>) -> &'static str {
    match rule.map(|rule| rule.holiday) {
        Some(Holiday::Before) => "before",
        Some(Holiday::After) => "after",
        Some(Holiday::None) => "none",
        Some(Holiday::Unknown) | None => "unknown",
    }
}
