//! 规则没有写明的，照自己以往到账的算。

use super::*;
use crate::projection::DayKnown;

/// 甲地的规则，去掉到账日；灵活就业每月划多少本来就没有查到
fn silent_about_days() -> Library {
    let account = ACCOUNT.split("[[arrival]]").next().expect("a head");
    library_with(account)
}

fn library_with(account: &str) -> Library {
    sample::library(&[
        ("personal-account", account),
        ("mutual-aid", AID),
        ("counters", COUNTERS),
        ("general-outpatient", OUTPATIENT),
    ])
}

/// 灵活就业的女儿，这几笔已经到账：日子、所属月份、金额
fn daughter(credits: &[(&str, &str, &str)]) -> Family {
    let mut family = Family::default();
    family.member("女儿", "1990-05-20", EmploymentStatus::Active, "500.00");
    family.household.enrollments[0].plan = "flexible".to_owned();
    family.household.accounts[0].opened_on = day("2025-10-01");
    for (number, (on, month, amount)) in (1..).zip(credits) {
        family.household.entries.push(Entry {
            id: EntryId(number),
            on: day(on),
            for_month: Some(month.parse().expect("a month")),
            kind: EntryKind::Credit,
            memo: String::new(),
            legs: vec![Leg {
                account: AccountId(1),
                sub: Some(SubAccountId::from("book")),
                amount: yuan(amount),
            }],
            corrects: None,
            settlement: None,
            for_member: None,
        });
    }
    family
}

const THREE: [(&str, &str, &str); 3] = [
    ("2026-01-12", "2025-12", "120.00"),
    ("2026-02-14", "2026-01", "120.00"),
    ("2026-03-11", "2026-02", "120.00"),
];

#[test]
fn three_credits_tell_the_sum_and_the_days_of_the_next() {
    let projection = daughter(&THREE).project_by(&silent_about_days(), "2026-03-20", "2026-05-31");
    let next = projection.members[0].next_credit.clone().expect("a credit");
    assert_eq!(next.net, exact("120.00"));
    assert_eq!(
        (next.gross, next.withheld),
        (Amount::UNKNOWN, exact("0.00"))
    );
    assert_eq!(
        (next.day, next.learned, next.assumed),
        (DayKnown::Learned, true, true)
    );
    // 以往在次月 11 日到 14 日之间
    assert_eq!(
        (next.earliest, next.latest),
        (Some(day("2026-04-11")), Some(day("2026-04-14")))
    );
    // 500 + 120 + 120
    assert_eq!(
        month(&projection, MemberId(1), "2026-05").closing,
        exact("740.00")
    );
    let credits = of_kind(&projection, EventKind::Credit);
    assert_eq!(credits[0].what.code, "project.credit_learned");
    // The question stays: what was learned is not what is known.
    assert!(
        projection
            .unknown
            .iter()
            .any(|open| open.ask.as_deref() == Some("每月划入多少？"))
    );
}

#[test]
fn two_credits_tell_nothing() {
    let projection =
        daughter(&THREE[1..]).project_by(&silent_about_days(), "2026-03-20", "2026-05-31");
    assert_eq!(
        month(&projection, MemberId(1), "2026-05").closing,
        Amount::UNKNOWN
    );
}

#[test]
fn sums_that_differ_are_a_range() {
    let mut credits = THREE;
    credits[1].2 = "125.50";
    let projection =
        daughter(&credits).project_by(&silent_about_days(), "2026-03-20", "2026-04-30");
    let next = projection.members[0].next_credit.clone().expect("a credit");
    assert_eq!(next.net, range("120.00", "125.50"));
    assert_eq!(
        month(&projection, MemberId(1), "2026-04").closing,
        range("620.00", "625.50")
    );
}

#[test]
fn what_the_rules_say_is_not_learned() {
    // 甲地写明次月 5 日前；在职按 10000 × 2% = 200.00
    let mut family = daughter(&THREE);
    family.household.enrollments[0].plan = "with_account".to_owned();
    let projection = family.project("2026-03-20", "2026-04-30");
    let next = projection.members[0].next_credit.clone().expect("a credit");
    assert_eq!(
        (next.net, next.day, next.learned),
        (exact("200.00"), DayKnown::Range, false)
    );
    assert_eq!(next.latest, Some(day("2026-04-05")));
}

#[test]
fn a_day_alone_is_learned_where_only_the_day_is_open() {
    let mut family = daughter(&THREE);
    family.household.enrollments[0].plan = "with_account".to_owned();
    let projection = family.project_by(&silent_about_days(), "2026-03-20", "2026-04-30");
    let next = projection.members[0].next_credit.clone().expect("a credit");
    assert_eq!(
        (next.net, next.day, next.learned),
        (exact("200.00"), DayKnown::Learned, false)
    );
    assert_eq!(next.latest, Some(day("2026-04-14")));
}

#[test]
fn a_corrected_credit_counts_as_corrected() {
    let mut family = daughter(&THREE);
    // 三月那笔先记成 210.00，后来更正为 120.00。
    family.household.entries[2].legs[0].amount = yuan("210.00");
    let wrong = family.household.entries[2].clone();
    let mut reversal = wrong.clone();
    reversal.id = EntryId(4);
    reversal.kind = EntryKind::Correction;
    reversal.corrects = Some(wrong.id);
    reversal.legs[0].amount = yuan("-210.00");
    let mut anew = wrong.clone();
    anew.id = EntryId(5);
    anew.corrects = Some(wrong.id);
    anew.legs[0].amount = yuan("120.00");
    family.household.entries.extend([reversal, anew]);
    let projection = family.project_by(&silent_about_days(), "2026-03-20", "2026-04-30");
    let next = projection.members[0].next_credit.clone().expect("a credit");
    assert_eq!(next.net, exact("120.00"));
}

#[test]
fn a_place_without_rules_goes_on_as_it_went() {
    let without = sample::library(&[("general-outpatient", OUTPATIENT), ("counters", COUNTERS)]);
    let family = daughter(&THREE);
    let projection = family.project_by(&without, "2026-03-20", "2026-05-31");
    assert_eq!(
        month(&projection, MemberId(1), "2026-05").closing,
        exact("740.00")
    );
    // Nothing for half a year: it does not go on.
    let projection = family.project_by(&without, "2026-09-20", "2026-11-30");
    assert_eq!(
        month(&projection, MemberId(1), "2026-11").closing,
        Amount::UNKNOWN
    );
}
