//! 断缴、等待期 — as the enrollments show them.

use super::*;

/// 甲地：断缴以后等 3 个月，等的时候统筹不付。
const WAITING: &str = r#"
pool = "990100"
scheme = "employee"
part = "membership"
[[status_rule]]
from = 2019-01-01
source = "S 等待期"
pooling_stops = "next_month_first"
back_pay_months = 3
waiting_months = 3
waits_after = ["gap"]
during_waiting = "none"
retirement_takes_effect = "month_after"
"#;

fn with_waiting() -> Library {
    sample::library(&[
        ("personal-account", ACCOUNT),
        ("counters", COUNTERS),
        ("general-outpatient", OUTPATIENT),
        ("membership", WAITING),
    ])
}

/// Somebody in service up to `until`, and again from 2026-02-01.
fn comes_back(until: &str) -> (Family, MemberId) {
    let mut family = Family::default();
    let member = family.member("母亲", "1980-05-20", EmploymentStatus::Active, "0.00");
    family.fresh(member, "2026-01-10");
    let before = &mut family.household.enrollments[0];
    before.until = Some(day(until));
    let again = Enrollment {
        id: EnrollmentId(2),
        from: day("2026-02-01"),
        until: None,
        ..before.clone()
    };
    family.household.enrollments.push(again);
    (family, member)
}

fn funds(projection: &Projection) -> Vec<Amount> {
    let events = of_kind(projection, EventKind::Spending).into_iter();
    let paid = events.filter_map(|event| event.split.as_ref().map(|split| split.fund_paid));
    paid.collect()
}

/// 断 2025-10 到 2026-01，4 个月，超过可以补缴的 3 个月：等到 2026-05-01（不含）。同一个计划，4 月不报，
/// 5 月起 (1000 − 300) × 70% = 490，6 月 1000 × 70% = 700：等待期在规则不变的日子里结束。
#[test]
fn a_waiting_period_ends_in_the_middle_of_a_plan() {
    let (mut family, member) = comes_back("2025-09-30");
    family.plan(member, "2026-04-10", "1000.00", rule("FREQ=MONTHLY"));
    let projection = family.project_by(&with_waiting(), "2026-03-10", "2026-06-30");
    assert_eq!(
        funds(&projection),
        [exact("0.00"), exact("490.00"), exact("700.00")]
    );
}

/// 断 2025-11 到 2026-01，3 个月，可以补缴：补缴的那天起照报，(1000 − 300) × 70% = 490、1000 × 70% = 700；没有
/// 补缴的等到 2026-05-01；没有写的，两样都可能。
#[test]
fn months_paid_afterwards_count_from_the_day_they_are_paid() {
    for (paid, on, expected) in [
        (Some(true), None, ["490.00", "700.00"].map(exact)),
        (
            Some(true),
            Some("2026-04-10"),
            ["490.00", "700.00"].map(exact),
        ),
        (
            Some(true),
            Some("2026-04-11"),
            ["0.00", "490.00"].map(exact),
        ),
        (Some(false), None, ["0.00", "0.00"].map(exact)),
        (
            None,
            None,
            [range("0.00", "490.00"), range("0.00", "700.00")],
        ),
    ] {
        let (mut family, member) = comes_back("2025-10-31");
        let again = &mut family.household.enrollments[1];
        again.back_paid = paid;
        again.back_paid_on = on.map(day);
        family.plan(member, "2026-04-10", "1000.00", None);
        family.plan(member, "2026-04-20", "1000.00", None);
        let projection = family.project_by(&with_waiting(), "2026-03-10", "2026-06-30");
        assert_eq!(funds(&projection), expected, "{paid:?} {on:?}");
    }
}

/// 甲地第一次参保的等 3 个月，等的时候按一半：2026-03-01 参保，(1000 − 300) × 70% × 50% = 245；6 月 1 日起全额 700。
/// 以后改了基数，日子还是从头一次参保算；没有写首次参保的，不问。
#[test]
fn the_first_months_after_the_first_enrollment_pay_a_share() {
    let first = WAITING
        .replace("[\"gap\"]", "[\"first_enrollment\"]")
        .replace("\"none\"", "\"50%\"");
    let library = sample::library(&[
        ("personal-account", ACCOUNT),
        ("counters", COUNTERS),
        ("general-outpatient", OUTPATIENT),
        ("membership", &first),
    ]);
    for (is_first, expected) in [(true, ["245.00", "700.00"]), (false, ["490.00", "700.00"])] {
        let mut family = Family::default();
        let member = family.member("母亲", "1980-05-20", EmploymentStatus::Active, "0.00");
        family.fresh(member, "2026-03-01");
        let enrolled = &mut family.household.enrollments[0];
        enrolled.from = day("2026-03-01");
        enrolled.first_enrollment = is_first;
        let dearer = Enrollment {
            id: EnrollmentId(2),
            from: day("2026-05-01"),
            first_enrollment: false,
            ..enrolled.clone()
        };
        family.household.enrollments.push(dearer);
        family.plan(member, "2026-05-31", "1000.00", None);
        family.plan(member, "2026-06-01", "1000.00", None);
        let projection = family.project_by(&library, "2026-03-10", "2026-06-30");
        assert_eq!(funds(&projection), expected.map(exact), "{is_first}");
    }
}
