//! What then: credits that did not come, a visit now or later, and the files for others.
//! 北京: 9500 × 2% = 190.00 a month, in the account by the 5th of the month after.

#![allow(clippy::unwrap_used)] // a bad sample fails the test

use chrono::NaiveDate;
use gongji_api::{
    AccountId, Bill, CreditAnswer, EmploymentStatus, EnrollmentDraft, EntryDraft, EntryKind,
    ExportFormat, GapKind, Gongji, Language, MemberCard, MemberDraft, Message, Part, PlanDraft,
    PoolId, Repeat, Scheme, SetupDraft, Shelf, Special, SubAccountId, WaitVerdict, Yuan, text,
};

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn yuan(text: &str) -> Yuan {
    text.parse().unwrap()
}

fn book() -> SubAccountId {
    SubAccountId::from("book")
}

/// Somebody in service with a base of 9,500 and 500.00 in the account on 2026-06-10.
fn one() -> (Gongji, AccountId) {
    let mut gongji = Gongji::in_memory(Shelf::shipped(false));
    let draft = SetupDraft {
        name: "家".to_owned(),
        members: vec![MemberDraft {
            name: "甲".to_owned(),
            born: Some(day("1985-06-01")),
            enrollment: Some(EnrollmentDraft {
                pool: PoolId::from("110000"),
                scheme: Scheme::Employee,
                plan: "with_account".to_owned(),
                status: EmploymentStatus::Active,
                // Nothing of the year was used before.
                from: day("2026-02-01"),
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
            }),
            balances: [(book(), yuan("500.00"))].into(),
            balances_as_of: Some(day("2026-06-10")),
            cash: None,
            counters: Default::default(),
            counters_as_of: None,
            credit_day: None,
        }],
        bindings: Vec::new(),
    };
    gongji.setup_save(day("2026-06-10"), &draft).unwrap();
    let account = card(&gongji, "2026-06-10").account.unwrap();
    (gongji, account)
}

fn card(gongji: &Gongji, today: &str) -> MemberCard {
    gongji.overview(day(today)).unwrap().cards.remove(0)
}

fn credit(gongji: &mut Gongji, account: AccountId, on: &str, month: &str, amount: &str) {
    let draft = EntryDraft {
        account,
        sub: Some(book()),
        on: day(on),
        for_month: Some(month.parse().unwrap()),
        kind: EntryKind::Credit,
        memo: String::new(),
        amount: yuan(amount),
        for_member: None,
    };
    gongji.entry_record(day("2026-09-10"), &draft).unwrap();
}

/// Every sentence has its text in both languages, and every place in it is filled in.
fn is_told(message: &Message) {
    for language in [Language::Chinese, Language::English] {
        let said = text(language, message);
        assert_ne!(said, message.code);
        assert!(!said.contains('{'), "{said}");
    }
}

#[test]
fn a_credit_that_did_not_come_is_asked_about_until_it_came() {
    let (mut gongji, account) = one();
    credit(&mut gongji, account, "2026-07-03", "2026-06", "190.00");
    credit(&mut gongji, account, "2026-08-04", "2026-07", "190.00");
    let due = card(&gongji, "2026-09-10").due;
    let seen: Vec<(String, bool)> =
        (due.iter().map(|due| (due.month.to_string(), due.missing))).collect();
    assert_eq!(seen, [("2026-08".to_owned(), false)]);
    assert_eq!(due[0].net.exact(), Some(yuan("190.00")));
    let kinds: Vec<GapKind> = due[0].causes.iter().map(|cause| cause.kind).collect();
    // 9 月 5 日是周六，规定没有写遇休息日怎样。
    assert_eq!(
        kinds,
        [GapKind::ComesLate, GapKind::PaidLate, GapKind::Stopped]
    );
    for cause in &due[0].causes {
        is_told(&cause.what);
        is_told(&cause.action);
        cause.evidence.iter().for_each(is_told);
        assert!(cause.source.is_some(), "{cause:?}");
    }
    let mut answer = CreditAnswer {
        account,
        sub: book(),
        month: due[0].month,
        arrived_on: None,
        amount: None,
    };
    gongji.credit_answer(day("2026-09-10"), &answer).unwrap();
    let still = card(&gongji, "2026-09-12").due;
    assert!(still.len() == 1 && still[0].missing && !still[0].causes.is_empty());
    answer.arrived_on = Some(day("2026-09-11"));
    answer.amount = Some(yuan("190.00"));
    gongji.credit_answer(day("2026-09-12"), &answer).unwrap();
    assert_eq!(card(&gongji, "2026-09-12").due, []);
}

#[test]
fn a_credit_of_another_sum_is_explained() {
    let (mut gongji, account) = one();
    credit(&mut gongji, account, "2026-07-03", "2026-06", "190.00");
    assert_eq!(card(&gongji, "2026-07-10").other_sums, []);
    // 8550 × 2% = 171.00
    credit(&mut gongji, account, "2026-08-04", "2026-07", "171.00");
    let sums = card(&gongji, "2026-08-10").other_sums;
    assert_eq!(sums.len(), 1);
    assert_eq!(sums[0].came, Some(yuan("171.00")));
    assert_eq!(sums[0].expected.exact(), Some(yuan("190.00")));
    let cause = &sums[0].causes[0];
    assert_eq!(cause.kind, GapKind::Base);
    assert_eq!(cause.evidence[0].params["base"], "8550.00");
    assert!(cause.source.is_some());
    cause.evidence.iter().for_each(is_told);
}

#[test]
fn a_plan_is_compared_with_the_days_that_may_matter() {
    let (mut gongji, _) = one();
    let (today, member) = (day("2026-06-10"), card(&gongji, "2026-06-10").member.id);
    let mut draft = PlanDraft {
        member,
        title: "拔牙".to_owned(),
        part: Part::GeneralOutpatient,
        class: Some("hospital".to_owned()),
        bill: Bill::of_total(yuan("600.00")),
        first_on: day("2026-06-20"),
        repeat: Repeat::Once,
        urgent: false,
    };
    let plan = gongji.plan_add(today, &draft).unwrap();
    // 600 不到起付线，都自己付：账户 500.00，现金 100.00。6 月的 190.00 最晚 7 月 5 日到，那时就够了。
    let found = gongji.plan_wait(today, plan.id).unwrap();
    let cash = |on: &str| {
        let row = found.rows.iter().find(|row| row.on == day(on));
        row.and_then(|row| row.cash_paid.exact())
    };
    assert_eq!(found.rows[0].on, day("2026-06-20"));
    assert_eq!(cash("2026-06-20"), Some(yuan("100.00")));
    assert_eq!(cash("2026-07-05"), Some(yuan("0.00")));
    assert_eq!(found.better, Some(day("2026-07-05")));
    assert_eq!(found.verdict, WaitVerdict::LessCash);
    assert_eq!(found.what.params["amount"], "100.00");
    is_told(&found.what);
    found.rows.iter().for_each(|row| is_told(&row.why));
    // 急的不比；什么都没有写下。
    draft.urgent = true;
    gongji.plan_save(today, plan.id, &draft).unwrap();
    let found = gongji.plan_wait(today, plan.id).unwrap();
    assert_eq!((found.verdict, found.rows.len()), (WaitVerdict::Never, 0));
    is_told(&found.what);
    // 过了就没有可比的。
    assert!(gongji.plan_wait(day("2026-06-20"), plan.id).is_err());
}

#[test]
fn every_format_is_written_beside_the_ledger() {
    let folder = tempfile::tempdir().unwrap();
    let mut gongji = Gongji::open_file(
        folder.path().join("household.sqlite"),
        Shelf::shipped(false),
    );
    let today = day("2026-11-22");
    gongji.fill_demo(today).unwrap();
    for (format, begins) in [
        (ExportFormat::Json, "{"),
        (ExportFormat::Xlsx, "PK"),
        (ExportFormat::Ics, "BEGIN:VCALENDAR"),
    ] {
        let saved = gongji.export_file(today, format).unwrap();
        let bytes = std::fs::read(&saved.path).unwrap();
        assert!(bytes.starts_with(begins.as_bytes()), "{format:?}");
        assert!(
            saved
                .path
                .ends_with(&format!("gongji-2026-11-22.{}", format.word()))
        );
    }
    for format in ExportFormat::ALL {
        let saved = gongji.export_file(today, format).unwrap();
        assert!(
            std::fs::metadata(&saved.path).unwrap().len() > 0,
            "{format:?}"
        );
    }
}
