//! 从更早的日子记起 — what was recorded stays, and what does not meet is told.

use super::*;
use gongji_domain::{
    AccountId, EmploymentStatus, EntryId, MemberId, PoolId, Scheme, Special, SubAccountId, Yuan,
};

use crate::{
    BeginningBalance, EnrollmentDraft, EntryDraft, MemberDraft, SetupDraft, Shelf, SubBalance,
};

const ACCOUNT: AccountId = AccountId(1);

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a date")
}

fn yuan(text: &str) -> Yuan {
    text.parse().expect("yuan")
}

fn today() -> NaiveDate {
    day("2026-09-10")
}

/// 北京在职，基数 9500：每月 190.00，次月 5 日前到。6 月 10 日起记账：个人账户 500.00，存折 30.00。
fn since_june() -> Gongji {
    let enrollment = EnrollmentDraft {
        pool: PoolId::from("110000"),
        scheme: Scheme::Employee,
        plan: "with_account".to_owned(),
        status: EmploymentStatus::Active,
        from: day("2024-01-01"),
        until: None,
        contribution_base: Some(yuan("9500.00")),
        retired_on: None,
        insured_months: None,
        special: Special::None,
        pension: None,
        frozen_credit: None,
        employer: None,
        first_enrollment: false,
        back_paid: None,
        back_paid_on: None,
    };
    let draft = SetupDraft {
        name: "家".to_owned(),
        members: vec![MemberDraft {
            name: "甲".to_owned(),
            born: Some(day("1985-05-05")),
            enrollment: Some(enrollment),
            balances: [
                ("book".into(), yuan("500.00")),
                ("passbook".into(), yuan("30.00")),
            ]
            .into(),
            balances_as_of: Some(day("2026-06-10")),
            cash: Some(yuan("200.00")),
            counters: Default::default(),
            counters_as_of: None,
            credit_day: None,
        }],
        bindings: Vec::new(),
    };
    let mut gongji = Gongji::in_memory(Shelf::shipped(false));
    gongji.setup_save(today(), &draft).expect("a household");
    gongji
}

fn begins(on: &str, book: &str, passbook: &str) -> BeginningDraft {
    let balance = |sub: &str, amount: &str| BeginningBalance {
        sub: Some(SubAccountId::from(sub)),
        amount: yuan(amount),
    };
    BeginningDraft {
        account: ACCOUNT,
        on: day(on),
        balances: vec![balance("book", book), balance("passbook", passbook)],
    }
}

fn record(gongji: &mut Gongji, kind: EntryKind, on: &str, month: Option<&str>, amount: &str) {
    let draft = EntryDraft {
        account: ACCOUNT,
        sub: Some(SubAccountId::from("book")),
        on: day(on),
        for_month: month.map(|month| month.parse().expect("a month")),
        kind,
        memo: String::new(),
        amount: yuan(amount),
        for_member: None,
    };
    gongji.entry_record(today(), &draft).expect("recorded");
}

/// The part, the day, and by how much what was seen differs from the record.
fn checks(gongji: &Gongji) -> Vec<(String, String, Yuan)> {
    let detail = gongji
        .member_detail(today(), MemberId(1))
        .expect("a member");
    let checks = detail.accounts[0].checks.iter().map(|check| {
        let sub = check
            .sub
            .as_ref()
            .map_or(String::new(), |sub| sub.0.clone());
        (sub, check.as_of.to_string(), check.difference)
    });
    let mut checks: Vec<_> = checks.collect();
    checks.sort();
    checks
}

fn balances(gongji: &Gongji) -> Vec<Yuan> {
    let detail = gongji
        .member_detail(today(), MemberId(1))
        .expect("a member");
    let held = |sub: &SubBalance| sub.balance;
    detail.accounts[0].subs.iter().map(held).collect()
}

/// 改成 3 月 1 日起，那天 120.00；3 月到 5 月的划入 3 × 190 = 570，看病花了 190：120 + 570 − 190 = 500，正好接上。
#[test]
fn the_record_begins_earlier_and_meets_what_it_began_with() {
    let mut gongji = since_june();
    let before = gongji.export_text().expect("a text");
    gongji
        .account_begin(today(), &begins("2026-03-01", "120.00", "30.00"))
        .expect("begun");
    let june =
        |sub: &str, difference: &str| (sub.to_owned(), "2026-06-10".to_owned(), yuan(difference));
    assert_eq!(
        checks(&gongji),
        [june("book", "380.00"), june("passbook", "0.00")]
    );
    for (on, month) in [
        ("2026-03-04", "2026-02"),
        ("2026-04-03", "2026-03"),
        ("2026-05-06", "2026-04"),
    ] {
        record(&mut gongji, EntryKind::Credit, on, Some(month), "190.00");
    }
    record(
        &mut gongji,
        EntryKind::Spending,
        "2026-05-20",
        None,
        "-190.00",
    );
    assert_eq!(
        checks(&gongji),
        [june("book", "0.00"), june("passbook", "0.00")]
    );
    let mut held = balances(&gongji);
    held.sort();
    assert_eq!(held, [yuan("30.00"), yuan("500.00")]);

    // Nothing was overwritten: the opening stands as it was, reversed, and anew.
    let household = gongji.store().expect("a store").household().expect("read");
    let opening: Vec<(String, EntryKind, Yuan)> = household
        .entries
        .iter()
        .filter(|entry| entry.root() == EntryId(1))
        .map(|entry| (entry.on.to_string(), entry.kind, entry.legs[0].amount))
        .collect();
    let old = "2026-06-10".to_owned();
    assert_eq!(
        opening,
        [
            (old.clone(), EntryKind::Opening, yuan("500.00")),
            (old, EntryKind::Correction, yuan("-500.00")),
            ("2026-03-01".to_owned(), EntryKind::Opening, yuan("120.00")),
        ]
    );
    assert!(
        gongji
            .store()
            .expect("a store")
            .check()
            .expect("a report")
            .is_sound()
    );
    for _ in 0..5 {
        gongji.undo(today()).expect("undone");
    }
    assert_eq!(gongji.export_text().expect("a text"), before);
}

/// Where it does not meet, the balance check looks back to the new beginning for the reason.
#[test]
fn what_is_missing_in_between_is_looked_for() {
    let mut gongji = since_june();
    gongji
        .account_begin(today(), &begins("2026-04-10", "310.00", "30.00"))
        .expect("begun");
    let detail = gongji
        .member_detail(today(), MemberId(1))
        .expect("a member");
    let checks = &detail.accounts[0].checks;
    let check = checks.iter().find(|check| !check.difference.is_zero());
    // 4 月的 190 在 5 月 5 日前到，5 月的在 6 月 5 日前到；310 + 190 = 500 正好是一笔。
    let explained = check.and_then(|check| check.explained.clone());
    let explained = explained.expect("a difference");
    assert_eq!((explained.together, explained.left), (1, Yuan::ZERO));
    assert_eq!(explained.reasons[0].what.code, "check.missing_credit");
    // And it may be put earlier once more; a check of the first beginning is not kept twice.
    gongji
        .account_begin(today(), &begins("2026-01-01", "0.00", "0.00"))
        .expect("begun");
    let detail = gongji
        .member_detail(today(), MemberId(1))
        .expect("a member");
    let days: Vec<String> = detail.accounts[0]
        .checks
        .iter()
        .filter(|check| check.sub.as_ref().is_some_and(|sub| sub.0 == "book"))
        .map(|check| check.as_of.to_string())
        .collect();
    assert_eq!(days, ["2026-06-10", "2026-04-10"]);
    assert_eq!(detail.accounts[0].opened_on, day("2026-01-01"));
}

#[test]
fn what_cannot_be_is_refused_at_its_field() {
    let mut gongji = since_june();
    let none = BeginningDraft {
        balances: Vec::new(),
        ..begins("2026-03-01", "0.00", "0.00")
    };
    let mut part = begins("2026-03-01", "0.00", "0.00");
    part.balances.pop();
    let gone = BeginningDraft {
        account: AccountId(9),
        ..begins("2026-03-01", "0.00", "0.00")
    };
    for (draft, field, code) in [
        (
            begins("2026-06-10", "1.00", "0.00"),
            Some("on"),
            "error.not_earlier",
        ),
        (
            begins("1985-05-04", "1.00", "0.00"),
            Some("on"),
            "error.before_birth",
        ),
        (
            begins("2026-03-01", "1.00", "-0.01"),
            Some("balances.1"),
            "error.negative",
        ),
        (none, Some("balances"), "error.every_part"),
        (part, Some("balances"), "error.every_part"),
        (gone, None, "error.gone"),
    ] {
        let error = gongji.account_begin(today(), &draft).expect_err(code);
        assert_eq!(
            (error.field.as_deref(), error.message.code.as_str()),
            (field, code)
        );
    }
}

/// An account of cash, and one of which nothing was recorded.
#[test]
fn any_account_may_begin_earlier() {
    let mut gongji = since_june();
    let cash = BeginningDraft {
        account: AccountId(2),
        on: day("2026-05-01"),
        balances: vec![BeginningBalance {
            sub: None,
            amount: yuan("50.00"),
        }],
    };
    gongji.account_begin(today(), &cash).expect("begun");
    let detail = gongji
        .member_detail(today(), MemberId(1))
        .expect("a member");
    let cash = &detail.accounts[1];
    assert_eq!((cash.balance, cash.checks.len()), (yuan("50.00"), 1));
    assert_eq!(cash.checks[0].difference, yuan("150.00"));
}
