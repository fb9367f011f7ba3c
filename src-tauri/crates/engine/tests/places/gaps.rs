//! 断缴、补缴、首次参保 — what is recorded of them is what the rules of a place ask.

use gongji_domain::{EmploymentStatus, Enrollment, EnrollmentId, MemberId, Scheme};
use gongji_engine::{Standing, member_facts, standing};

use crate::family::{Family, day, shipped};

/// What is recorded of the enrollments is what the rules of a place ask.
///
/// 泉州（350500 employee/membership.toml，status_rule，2022 年起）：首次参保头三个月按 50%，waits_after 只有
/// first_enrollment；断缴以后等多久没有核对。深圳（440300 employee/membership.toml，2025 年起）：停缴次月 1 日停；
/// 停多久可以补缴没有查到，所以补缴了的问补缴，没有补缴的问等待期。恢复满 6 个月，医保办发〔2021〕43号的上限到了。
#[test]
fn what_is_recorded_of_gaps_is_what_a_place_asks() {
    let library = shipped();
    let first = |pool: &str| {
        let mut family = Family::default();
        family.member(pool, "1990-01-01", EmploymentStatus::Active, "0.00");
        family.household.enrollments[0].from = day("2025-03-01");
        family.household.enrollments[0].first_enrollment = true;
        family
    };
    // 2024-11 到 2025-02 断缴，2025-03 恢复，4 月 20 日补缴或者没有补缴。
    let gap = |paid: Option<bool>| {
        let mut family = first("440300");
        let again = &mut family.household.enrollments[0];
        again.first_enrollment = false;
        again.back_paid = paid;
        again.back_paid_on = paid.filter(|paid| *paid).map(|_| day("2025-04-20"));
        let before = Enrollment {
            id: EnrollmentId(2),
            from: day("2023-01-01"),
            until: Some(day("2024-10-31")),
            back_paid: None,
            back_paid_on: None,
            ..again.clone()
        };
        family.household.enrollments.push(before);
        family
    };
    let half = Standing::Waiting {
        until: day("2025-06-01"),
        share: "50%".parse().expect("a rate"),
    };
    for (family, on, expected, open) in [
        (first("350500"), "2025-03-01", half, ""),
        (first("350500"), "2025-05-31", half, ""),
        (first("350500"), "2025-06-01", Standing::Insured, ""),
        (
            gap(Some(true)),
            "2025-04-19",
            Standing::Unknown,
            "cell:membership.waiting_months",
        ),
        (
            gap(Some(true)),
            "2025-04-20",
            Standing::Unknown,
            "cell:membership.back_pay_months",
        ),
        (
            gap(Some(false)),
            "2025-08-31",
            Standing::Unknown,
            "cell:membership.waiting_months",
        ),
        (gap(Some(false)), "2025-09-01", Standing::Insured, ""),
        (gap(None), "2025-09-01", Standing::Insured, ""),
    ] {
        let facts = member_facts(&library, &family.household, MemberId(1), day(on));
        let stated = facts.and_then(|facts| facts.contributions);
        let stated = stated.expect("something is recorded");
        let pool = &family.household.enrollments[0].pool;
        let verdict = standing(&library, pool, Scheme::Employee, &stated, day(on));
        assert_eq!(verdict.standing, expected, "{pool} {on} {stated:?}");
        let keys: Vec<&str> = verdict.open.iter().map(|open| open.key.as_str()).collect();
        assert_eq!(keys.join(" "), open, "{pool} {on} {stated:?}");
    }
}
