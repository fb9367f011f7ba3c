//! Our days beside those that the `rrule` crate finds, which others wrote from the same standard.
//!
//! Three things are left out because there it says something else than the standard: numbered weekdays
//! beside plain ones, of which it wants both at once; a fifth weekday from the end, which it refuses; and
//! positions in weeks, which it counts in the first week from the first day only.

use chrono::{NaiveDate, TimeZone};
use gongji_domain::Recurrence;
use proptest::prelude::*;
use rrule::{RRuleSet, Tz};

fn day(text: &str) -> NaiveDate {
    text.parse().expect(text)
}

fn rule(text: &str) -> Recurrence {
    text.parse()
        .unwrap_or_else(|error| panic!("{text}: {error}"))
}

fn as_others_say(text: &str, first_on: NaiveDate, until: NaiveDate) -> Vec<NaiveDate> {
    // It wants both ends of the time in one form.
    let text = match text.split_once("UNTIL=") {
        Some(_) => format!("{text}T000000Z"),
        None => text.to_owned(),
    };
    let text = format!(
        "DTSTART:{}T000000Z\nRRULE:{text}",
        first_on.format("%Y%m%d")
    );
    let set: RRuleSet = text
        .parse()
        .unwrap_or_else(|error| panic!("{text}: {error}"));
    let end = Tz::UTC.from_utc_datetime(&until.and_hms_opt(0, 0, 0).expect("midnight"));
    let days = set.before(end).all(60_000).dates;
    days.into_iter().map(|time| time.date_naive()).collect()
}

fn some<T: Clone + std::fmt::Debug + 'static>(
    values: impl Strategy<Value = T> + 'static,
) -> BoxedStrategy<Vec<T>> {
    prop_oneof![3 => Just(Vec::new()), 2 => prop::collection::vec(values, 1..5)].boxed()
}

fn joined<T: ToString>(part: &str, values: &[T]) -> String {
    let values: Vec<String> = values.iter().map(ToString::to_string).collect();
    match values.is_empty() {
        true => String::new(),
        false => format!(";{part}={}", values.join(",")),
    }
}

/// Rules of every kind that is planned with.
fn rules() -> impl Strategy<Value = String> {
    let frequency = prop::sample::select(vec!["DAILY", "WEEKLY", "MONTHLY", "YEARLY"]);
    let weekday = prop::sample::select(vec!["MO", "TU", "WE", "TH", "FR", "SA", "SU"]);
    let on = (-4..=5i32, weekday.clone());
    let ends = prop_oneof![
        2 => Just(String::new()),
        1 => (1..40u32).prop_map(|count| format!(";COUNT={count}")),
        1 => (2031..2034i32, 1..13u32, 1..29u32)
            .prop_map(|(year, month, day)| format!(";UNTIL={year}{month:02}{day:02}")),
    ];
    (
        frequency,
        1..15u32,
        some(1..13u32),
        some(prop_oneof![1..32i32, -31..0i32]),
        some(on),
        some(prop_oneof![1..4i32, -3..0i32]),
        weekday,
        ends,
    )
        .prop_map(
            |(frequency, interval, months, numbers, on, positions, start, ends)| {
                let short = matches!(frequency, "DAILY" | "WEEKLY");
                let plain = short || on.iter().any(|(nth, _)| *nth == 0);
                let on: Vec<String> = on
                    .iter()
                    .map(|(nth, weekday)| match plain {
                        true => (*weekday).to_owned(),
                        false => format!("{nth}{weekday}"),
                    })
                    .collect();
                let numbers = if frequency == "WEEKLY" {
                    Vec::new()
                } else {
                    numbers
                };
                let nothing = months.is_empty() && numbers.is_empty() && on.is_empty();
                let positions = match nothing || frequency == "WEEKLY" {
                    true => Vec::new(),
                    false => positions,
                };
                format!(
                    "FREQ={frequency};INTERVAL={interval}{}{}{}{};WKST={start}{ends}",
                    joined("BYMONTH", &months),
                    joined("BYMONTHDAY", &numbers),
                    joined("BYDAY", &on),
                    joined("BYSETPOS", &positions),
                )
            },
        )
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_days_are_those_that_others_find(
        text in rules(),
        first in 0..700u64,
        look in 0..1_500u64,
    ) {
        let first_on = day("2029-01-01") + chrono::Days::new(first);
        let until = first_on + chrono::Days::new(1_500);
        let others = as_others_say(&text, first_on, until);
        let rule = rule(&text);
        let found: Vec<NaiveDate> = rule.days(first_on, first_on, until).collect();
        prop_assert_eq!(&found, &others, "{} {}", text, first_on);
        let from = first_on + chrono::Days::new(look);
        let left: Vec<NaiveDate> = rule.days(first_on, from, until).collect();
        let kept: Vec<NaiveDate> = found.into_iter().filter(|day| *day >= from).collect();
        prop_assert_eq!(left, kept, "{} {} from {}", text, first_on, from);
        prop_assert_eq!(&rule.to_string().parse::<Recurrence>(), &Ok(rule));
    }
}
