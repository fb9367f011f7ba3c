use super::*;
use crate::sample;

/// 甲地：次月 1 日停，3 个月内可补缴，否则等 6 个月；2020 年退休的次月生效。
const RULE: &str = r#"
pool = "990100"
scheme = "employee"
part = "membership"
[[status_rule]]
from = 2020-01-01
source = "S 第九条"
pooling_stops = "next_month_first"
back_pay_months = 3
waiting_months = 6
during_waiting = "none"
retirement_takes_effect = "month_after"
after_gap_resets_months = 3
ask = "停缴以后怎样？"
"#;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn ask(rule: &str, stated: &Contributions, on: &str) -> StandingVerdict {
    let library = sample::library(&[("membership", rule)]);
    standing(
        &library,
        &PoolId::from("990100"),
        Scheme::Employee,
        stated,
        day(on),
    )
}

fn gap(stopped_in: &str, resumed_in: Option<&str>, back_paid: Option<bool>) -> Contributions {
    Contributions {
        stopped_in: Some(stopped_in.parse().unwrap()),
        resumed_in: resumed_in.map(|month| month.parse().unwrap()),
        back_paid,
        first_insured: None,
    }
}

fn waiting(until: &str, share: &str) -> Standing {
    Standing::Waiting {
        until: day(until),
        share: share.parse().unwrap(),
    }
}

#[test]
fn pooling_stops_the_month_after_and_comes_back_after_the_waiting_period() {
    let stopped = Standing::Stopped {
        since: day("2025-06-01"),
    };
    let long = gap("2025-05", Some("2025-09"), None);
    for (stated, on, expected) in [
        (gap("2025-05", None, None), "2025-04-30", Standing::Insured),
        (gap("2025-05", None, None), "2025-05-31", Standing::Insured),
        (gap("2025-05", None, None), "2025-06-01", stopped),
        (long.clone(), "2025-08-31", stopped),
        (long.clone(), "2025-09-01", waiting("2026-03-01", "0%")),
        (long.clone(), "2026-02-28", waiting("2026-03-01", "0%")),
        (long, "2026-03-01", Standing::Insured),
    ] {
        let verdict = ask(RULE, &stated, on);
        assert_eq!(verdict.standing, expected, "{on}");
        assert!(verdict.open.is_empty(), "{on}");
    }
}

#[test]
fn months_paid_later_in_time_are_covered() {
    for (resumed, back_paid, on, expected, key) in [
        ("2025-08", Some(true), "2025-07-10", Standing::Insured, ""),
        ("2025-08", Some(true), "2025-08-01", Standing::Insured, ""),
        (
            "2025-09",
            Some(true),
            "2025-09-01",
            waiting("2026-03-01", "0%"),
            "",
        ),
        (
            "2025-08",
            Some(false),
            "2025-08-01",
            waiting("2026-02-01", "0%"),
            "",
        ),
        (
            "2025-08",
            None,
            "2025-08-01",
            Standing::Unknown,
            "fact:back_paid",
        ),
    ] {
        let verdict = ask(RULE, &gap("2025-05", Some(resumed), back_paid), on);
        assert_eq!(verdict.standing, expected, "{resumed} {back_paid:?}");
        let open: Vec<_> = verdict.open.iter().map(|open| open.key.as_str()).collect();
        assert_eq!(open.join(" "), key, "{resumed} {back_paid:?}");
    }
}

#[test]
fn a_gap_longer_than_said_starts_the_months_anew() {
    for (resumed, resets) in [("2025-08", Some(false)), ("2025-09", Some(true))] {
        let stated = gap("2025-05", Some(resumed), Some(false));
        assert_eq!(ask(RULE, &stated, "2026-06-01").resets, resets, "{resumed}");
    }
    assert_eq!(
        ask(RULE, &gap("2025-05", None, None), "2025-06-01").resets,
        None
    );
}

#[test]
fn the_first_months_may_pay_a_share() {
    let rule = RULE
        .replace(
            "waiting_months = 6",
            "waiting_months = 3\nwaits_after = [\"first_enrollment\"]",
        )
        .replace("during_waiting = \"none\"", "during_waiting = \"50%\"");
    let since = |first: &str| Contributions {
        first_insured: Some(day(first)),
        ..Contributions::default()
    };
    for (first, on, expected) in [
        ("2025-03-01", "2025-05-31", waiting("2025-06-01", "50%")),
        ("2025-03-01", "2025-06-01", Standing::Insured),
        ("2025-03-15", "2025-05-31", waiting("2025-06-15", "50%")),
        ("2025-03-15", "2025-06-01", Standing::Unknown),
        ("2025-03-15", "2025-06-14", Standing::Unknown),
        ("2025-03-15", "2025-06-15", Standing::Insured),
    ] {
        assert_eq!(
            ask(&rule, &since(first), on).standing,
            expected,
            "{first} {on}"
        );
    }
    // What follows from a gap is another matter, and not said.
    let verdict = ask(&rule, &gap("2025-05", Some("2025-10"), None), "2025-10-01");
    assert_eq!(verdict.open[0].key, "cell:membership.waiting_months");
    assert_eq!(
        ask(RULE, &since("2025-03-01"), "2025-03-01").standing,
        Standing::Insured
    );
}

#[test]
fn what_is_not_said_is_not_known_and_nothing_stated_changes_nothing() {
    let silent = RULE
        .replace(
            "back_pay_months = 3\nwaiting_months = 6\nduring_waiting = \"none\"\n",
            "",
        )
        .replace("\"next_month_first\"", "\"unknown\"");
    for (stated, on, key) in [
        (
            gap("2025-05", None, None),
            "2025-05-01",
            "cell:membership.pooling_stops",
        ),
        (
            gap("2025-05", Some("2025-08"), Some(true)),
            "2025-08-01",
            "cell:membership.back_pay_months",
        ),
        (
            gap("2025-05", Some("2025-08"), None),
            "2025-08-01",
            "cell:membership.waiting_months",
        ),
    ] {
        let verdict = ask(&silent, &stated, on);
        assert_eq!(verdict.standing, Standing::Unknown);
        assert_eq!(verdict.open[0].key, key);
        assert_eq!(verdict.open[0].ask.as_deref(), Some("停缴以后怎样？"));
    }
    let none = Contributions::default();
    assert_eq!(
        ask(&silent, &none, "2025-05-01").standing,
        Standing::Insured
    );
    let before = ask(RULE, &gap("2019-05", None, None), "2019-06-01");
    assert_eq!(
        (before.standing, before.open[0].key.as_str()),
        (Standing::Unknown, "rule:status_rule")
    );
    assert_eq!(ask(RULE, &none, "2019-06-01").standing, Standing::Insured);
}

#[test]
fn retirement_takes_effect_as_the_place_says() {
    for (word, expected) in [
        ("same_month", Some("2025-03-01")),
        ("month_after", Some("2025-04-01")),
        ("year_after", Some("2026-01-01")),
        ("unknown", None),
    ] {
        let rule = RULE.replace("\"month_after\"", &format!("\"{word}\""));
        let library = sample::library(&[("membership", &rule)]);
        let pool = PoolId::from("990100");
        let found = retirement_takes_effect(&library, &pool, Scheme::Employee, day("2025-03-15"));
        assert_eq!(found, expected.map(day), "{word}");
    }
}

#[test]
fn nobody_waits_longer_than_the_layer_above_allows() {
    let silent = RULE.replace("waiting_months = 6\nduring_waiting = \"none\"\n", "");
    let bound = r#"
pool = "990100"
scheme = "employee"
part = "membership"
[[bound]]
id = "waiting"
from = 2021-11-01
source = "S 第十条"
on = "membership.status_rule.waiting_months"
at_most_months = 6
"#;
    let library = sample::library(&[("membership", &silent), ("membership", bound)]);
    let stated = gap("2025-05", Some("2025-09"), None);
    for (on, expected) in [
        ("2025-09-01", Standing::Unknown),
        ("2026-02-28", Standing::Unknown),
        ("2026-03-01", Standing::Insured),
    ] {
        let pool = PoolId::from("990100");
        let verdict = standing(&library, &pool, Scheme::Employee, &stated, day(on));
        assert_eq!(verdict.standing, expected, "{on}");
        let of_bound = verdict.rule.is_some_and(|rule| rule.block == "bound");
        assert_eq!(of_bound, expected == Standing::Insured, "{on}");
    }
}
