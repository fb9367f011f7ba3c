//! 参保经过 — each change is one step, and keeps the gaps that it was not told to fill.

use super::*;
use gongji_domain::{Bill, EmploymentStatus, Part, PoolId, Special, Yuan};

use crate::{EstimateDraft, MemberDraft, SetupDraft, Shelf};

const ME: MemberId = MemberId(1);

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a date")
}

fn today() -> NaiveDate {
    day("2026-03-01")
}

fn working(from: &str) -> EnrollmentDraft {
    EnrollmentDraft {
        pool: PoolId::from("320200"),
        scheme: Scheme::Employee,
        plan: "with_account".to_owned(),
        status: EmploymentStatus::Active,
        from: day(from),
        until: None,
        contribution_base: None,
        retired_on: None,
        insured_months: None,
        special: Special::None,
        pension: None,
        frozen_credit: None,
        employer: None,
        first_enrollment: false,
        back_paid: None,
        back_paid_on: None,
    }
}

fn suspended(from: &str, until: Option<&str>) -> EnrollmentDraft {
    EnrollmentDraft {
        status: EmploymentStatus::Suspended,
        until: until.map(day),
        ..working(from)
    }
}

/// In service from 2020-01-01 to 2022-07-31, and again from 2023-01-01: five months are missing.
fn with_a_gap() -> Gongji {
    let draft = SetupDraft {
        name: "家".to_owned(),
        members: vec![MemberDraft {
            name: "甲".to_owned(),
            born: Some(day("1985-05-05")),
            enrollment: Some(working("2020-01-01")),
            balances: [("book".into(), Yuan::ZERO)].into(),
            balances_as_of: Some(day("2020-01-01")),
            cash: None,
            counters: Default::default(),
            counters_as_of: None,
            credit_day: None,
        }],
        bindings: Vec::new(),
    };
    let mut gongji = Gongji::in_memory(Shelf::shipped(false));
    gongji.setup_save(today(), &draft).expect("a household");
    gongji
        .enrollment_add(today(), ME, &working("2023-01-01"))
        .expect("an enrollment");
    gongji
        .enrollment_end(today(), EnrollmentId(1), day("2022-07-31"))
        .expect("ended");
    gongji
}

/// Each enrollment as its first day, its last one, and its status.
fn spans(gongji: &Gongji) -> Vec<String> {
    let household = gongji.store().expect("a store").household().expect("read");
    let said = of(&household, ME).into_iter().map(|row| {
        let until = row.until.map_or(String::new(), |until| until.to_string());
        format!("{}..{until} {}", row.from, row.status.word())
    });
    said.collect()
}

const BEFORE: [&str; 2] = ["2020-01-01..2022-07-31 active", "2023-01-01.. active"];

/// The whole course after one step; taken back, it is as it was.
fn one_step(gongji: &mut Gongji, expected: &[&str], what: &str) {
    assert_eq!(spans(gongji), expected, "{what}");
    gongji.undo(today()).expect("undone");
    assert_eq!(spans(gongji), BEFORE, "{what}");
}

#[test]
fn an_enrollment_of_the_past_fills_no_gap() {
    let mut gongji = with_a_gap();
    for (draft, expected) in [
        // Before everything: up to the next one, or to its own end.
        (
            working("2018-01-01"),
            &["2018-01-01..2019-12-31 active", BEFORE[0], BEFORE[1]][..],
        ),
        (
            EnrollmentDraft {
                until: Some(day("2019-06-30")),
                ..working("2018-01-01")
            },
            &["2018-01-01..2019-06-30 active", BEFORE[0], BEFORE[1]],
        ),
        // Inside an earlier one: it lasts as long as that one did, and the gap stays.
        (
            working("2021-01-01"),
            &[
                "2020-01-01..2020-12-31 active",
                "2021-01-01..2022-07-31 active",
                BEFORE[1],
            ],
        ),
        // With an end inside that one: that one goes on after it.
        (
            suspended("2021-01-01", Some("2021-03-31")),
            &[
                "2020-01-01..2020-12-31 active",
                "2021-01-01..2021-03-31 suspended",
                "2021-04-01..2022-07-31 active",
                BEFORE[1],
            ],
        ),
        // In the gap: up to the next one.
        (
            working("2022-10-01"),
            &[BEFORE[0], "2022-10-01..2022-12-31 active", BEFORE[1]],
        ),
        // After all.
        (
            working("2026-02-01"),
            &[
                BEFORE[0],
                "2023-01-01..2026-01-31 active",
                "2026-02-01.. active",
            ],
        ),
        (
            suspended("2026-02-01", Some("2026-02-28")),
            &[
                BEFORE[0],
                "2023-01-01..2026-01-31 active",
                "2026-02-01..2026-02-28 suspended",
                "2026-03-01.. active",
            ],
        ),
    ] {
        let added = gongji
            .enrollment_add(today(), ME, &draft)
            .expect("an enrollment");
        assert_eq!(added.from, draft.from);
        one_step(&mut gongji, expected, &draft.from.to_string());
    }
}

#[test]
fn an_enrollment_is_changed_in_its_place() {
    let mut gongji = with_a_gap();
    let retired = EnrollmentDraft {
        status: EmploymentStatus::Retired,
        retired_on: Some(day("2022-12-31")),
        ..working("2023-01-01")
    };
    for (id, draft, expected) in [
        // Something else, from the same day on.
        (2, retired, &[BEFORE[0], "2023-01-01.. retired"][..]),
        // Its days: the gap becomes shorter, longer, or is gone.
        (
            2,
            working("2022-11-01"),
            &[BEFORE[0], "2022-11-01.. active"],
        ),
        (
            2,
            working("2022-06-01"),
            &["2020-01-01..2022-05-31 active", "2022-06-01.. active"],
        ),
        (
            1,
            EnrollmentDraft {
                until: Some(day("2022-12-31")),
                ..working("2020-03-01")
            },
            &["2020-03-01..2022-12-31 active", BEFORE[1]],
        ),
        // Without an end it lasts up to the next one.
        (
            1,
            working("2020-01-01"),
            &["2020-01-01..2022-12-31 active", BEFORE[1]],
        ),
    ] {
        gongji
            .enrollment_save(today(), EnrollmentId(id), &draft)
            .expect("changed");
        one_step(&mut gongji, expected, &format!("{id} {draft:?}"));
    }
    // One that ended the day before it began follows its first day.
    let since = working("2026-01-01");
    gongji.enrollment_add(today(), ME, &since).expect("added");
    for (from, ended) in [("2026-02-01", "2026-01-31"), ("2025-11-01", "2025-10-31")] {
        gongji
            .enrollment_save(today(), EnrollmentId(3), &working(from))
            .expect("changed");
        let expected = [
            BEFORE[0].to_owned(),
            format!("2023-01-01..{ended} active"),
            format!("{from}.. active"),
        ];
        assert_eq!(spans(&gongji), expected);
    }
}

#[test]
fn an_enrollment_ends_and_goes() {
    let mut gongji = with_a_gap();
    gongji
        .enrollment_end(today(), EnrollmentId(2), day("2025-12-31"))
        .expect("ended");
    let ended = [BEFORE[0], "2023-01-01..2025-12-31 active"];
    one_step(&mut gongji, &ended, "ended");
    // After a gap nothing else changes with it.
    gongji
        .enrollment_remove(today(), EnrollmentId(2))
        .expect("removed");
    one_step(&mut gongji, &BEFORE[..1], "removed");
    gongji
        .enrollment_remove(today(), EnrollmentId(1))
        .expect("removed");
    one_step(&mut gongji, &BEFORE[1..], "removed");
    // What was added inside another one leaves that one as it was.
    let inside = working("2021-01-01");
    gongji.enrollment_add(today(), ME, &inside).expect("added");
    gongji
        .enrollment_remove(today(), EnrollmentId(3))
        .expect("removed");
    assert_eq!(spans(&gongji), BEFORE);
}

#[test]
fn what_cannot_be_is_refused_at_its_field() {
    let mut gongji = with_a_gap();
    let first = EnrollmentDraft {
        first_enrollment: true,
        ..working("2020-01-01")
    };
    gongji
        .enrollment_save(
            today(),
            EnrollmentId(1),
            &EnrollmentDraft {
                until: Some(day("2022-07-31")),
                ..first.clone()
            },
        )
        .expect("the first of all");
    let into = suspended("2021-01-01", Some("2023-01-01"));
    let reversed = suspended("2021-02-01", Some("2021-01-31"));
    let paid_later = EnrollmentDraft {
        back_paid: Some(true),
        back_paid_on: Some(day("2026-03-02")),
        ..working("2023-01-01")
    };
    let not_paid = EnrollmentDraft {
        back_paid: Some(false),
        ..paid_later.clone()
    };
    let also_first = EnrollmentDraft {
        from: day("2023-01-01"),
        ..first
    };
    for (id, draft, field, code) in [
        (
            None,
            working("2020-01-01"),
            "from",
            "error.enrollment_same_day",
        ),
        (
            Some(2),
            working("2020-01-01"),
            "from",
            "error.enrollment_same_day",
        ),
        (None, working("2026-03-02"), "from", "error.in_future"),
        (None, into.clone(), "until", "error.enrollment_runs_into"),
        (Some(1), into, "until", "error.enrollment_runs_into"),
        (None, reversed, "until", "error.ends_before_start"),
        (Some(2), also_first, "first_enrollment", "error.not_first"),
        (None, working("2018-01-01"), "from", "error.before_first"),
        (Some(2), paid_later, "back_paid_on", "error.in_future"),
        (Some(2), not_paid, "back_paid_on", "error.not_back_paid"),
    ] {
        let before = spans(&gongji);
        let refused = match id {
            Some(id) => gongji
                .enrollment_save(today(), EnrollmentId(id), &draft)
                .map(drop),
            None => gongji.enrollment_add(today(), ME, &draft).map(drop),
        };
        let error = refused.expect_err(code);
        assert_eq!(error.field.as_deref(), Some(field), "{code}");
        assert_eq!(error.message.code, code);
        assert_eq!(spans(&gongji), before, "{code}");
    }
    for (until, code) in [
        ("2019-12-31", "error.ends_before_start"),
        ("2023-01-01", "error.enrollment_runs_into"),
    ] {
        let refused = gongji.enrollment_end(today(), EnrollmentId(1), day(until));
        assert_eq!(refused.expect_err(code).message.code, code);
    }
    let gone = gongji.enrollment_end(today(), EnrollmentId(9), today());
    assert_eq!(gone.expect_err("gone").message.code, "error.gone");
}

/// What rests on an enrollment keeps it: a settlement of its days, or the record of an account that no
/// other enrollment accounts for.
#[test]
fn an_enrollment_on_which_something_rests_stays() {
    let mut gongji = with_a_gap();
    let visit = EstimateDraft {
        member: ME,
        part: Part::GeneralOutpatient,
        class: Some("tertiary".to_owned()),
        settled_on: day("2024-08-01"),
        admitted_on: None,
        contract: false,
        use_account: true,
        bill: Bill {
            full_self_pay: Some(Yuan::ZERO),
            over_limit: Some(Yuan::ZERO),
            upfront_copay: Some(Yuan::ZERO),
            ..Bill::of_total("1500.00".parse().expect("yuan"))
        },
        so_far: [("op_deductible", "0.00"), ("op_cost", "0.00")]
            .map(|(id, value)| (id.to_owned(), value.to_owned()))
            .into(),
    };
    gongji
        .settlement_record(today(), &visit, None)
        .expect("recorded");
    let refused = |gongji: &mut Gongji, id: u32| {
        let refused = gongji.enrollment_remove(today(), EnrollmentId(id));
        let error = refused.expect_err("something rests on it");
        assert_eq!(
            error.hint.map(|hint| hint.code).as_deref(),
            Some("hint.enrollment_change")
        );
        error.message.code
    };
    assert_eq!(refused(&mut gongji, 2), "error.enrollment_settled");
    // The other one holds no settlement, and the account is accounted for without it.
    gongji
        .enrollment_remove(today(), EnrollmentId(1))
        .expect("removed");
    gongji.undo(today()).expect("undone");
    gongji.undo(today()).expect("the settlement undone");
    gongji
        .enrollment_remove(today(), EnrollmentId(2))
        .expect("removed");
    assert_eq!(refused(&mut gongji, 1), "error.enrollment_account");
}

#[test]
fn gaps_are_told_with_their_months() {
    let mut gongji = with_a_gap();
    let told = |gongji: &Gongji| -> Vec<(String, String, u32)> {
        let detail = gongji.member_detail(today(), ME).expect("a member");
        let gaps = detail.gaps.into_iter().map(|gap| {
            let until = gap.until.map_or(String::new(), |until| until.to_string());
            (gap.from.to_string(), until, gap.months)
        });
        gaps.collect()
    };
    let gap = |from: &str, until: &str, months| (from.to_owned(), until.to_owned(), months);
    let five = gap("2022-08-01", "2022-12-31", 5);
    assert_eq!(told(&gongji), std::slice::from_ref(&five));
    for (until, open) in [
        ("2025-12-31", Some(gap("2026-01-01", "", 2))),
        ("2026-02-28", Some(gap("2026-03-01", "", 0))),
        ("2026-03-31", None),
    ] {
        gongji
            .enrollment_end(today(), EnrollmentId(2), day(until))
            .expect("ended");
        let expected: Vec<_> = [five.clone()].into_iter().chain(open).collect();
        assert_eq!(told(&gongji), expected, "{until}");
    }
    // Some days inside a month are no month without a contribution.
    let days = EnrollmentDraft {
        until: Some(day("2022-12-10")),
        ..working("2020-01-01")
    };
    gongji
        .enrollment_save(today(), EnrollmentId(1), &days)
        .expect("changed");
    assert_eq!(told(&gongji), []);
}

/// An expected retirement follows who goes on working, and is gone where the work has a stated end.
#[test]
fn an_expected_retirement_follows_the_last_enrollment() {
    let mut gongji = with_a_gap();
    let expected = crate::RetirementDraft {
        on: Some(day("2030-05-01")),
        insured_months: None,
        pension: None,
    };
    gongji
        .retirement_expect(today(), ME, &expected)
        .expect("expected");
    let coming = "2030-06-01.. retired".to_owned();
    let last = |gongji: &Gongji| spans(gongji).pop();
    gongji
        .enrollment_add(today(), ME, &suspended("2021-01-01", Some("2021-03-31")))
        .expect("added");
    assert_eq!(last(&gongji), Some(coming.clone()));
    gongji
        .enrollment_save(today(), EnrollmentId(2), &working("2023-02-01"))
        .expect("changed");
    assert_eq!(last(&gongji), Some(coming));
    gongji
        .enrollment_end(today(), EnrollmentId(2), day("2026-02-28"))
        .expect("ended");
    assert_eq!(
        last(&gongji).as_deref(),
        Some("2023-02-01..2026-02-28 active")
    );
}
