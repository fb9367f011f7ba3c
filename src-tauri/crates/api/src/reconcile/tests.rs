//! 对账 — what was withheld from a credit is told once, and not again where it was recorded.

use chrono::NaiveDate;
use gongji_domain::{
    AccountId, EmploymentStatus, EntryKind, MemberId, Month, PoolId, Scheme, Special, SubAccountId,
    Yuan,
};

use crate::{
    BalanceDraft, EnrollmentDraft, EntryDraft, Gongji, MemberDraft, Movement, MovementDraft,
    SetupDraft, Shelf,
};

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a date")
}

fn yuan(text: &str) -> Yuan {
    text.parse().expect("yuan")
}

fn today() -> NaiveDate {
    day("2026-08-20")
}

const ACCOUNT: AccountId = AccountId(1);

/// 北京退休，75 岁：每月 110 元，代扣大额互助 3 元，到账 107 元（110000 employee/personal-account.toml）。2026-06-10 起
/// 记账，500 元；6 月、7 月的都按毛额 110 元记了。
fn retired() -> Gongji {
    let enrollment = EnrollmentDraft {
        pool: PoolId::from("110000"),
        scheme: Scheme::Employee,
        plan: "with_account".to_owned(),
        status: EmploymentStatus::Retired,
        from: day("2026-01-01"),
        until: None,
        contribution_base: None,
        retired_on: Some(day("2011-05-31")),
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
            born: Some(day("1951-05-05")),
            enrollment: Some(enrollment),
            balances: [("book".into(), yuan("500.00"))].into(),
            balances_as_of: Some(day("2026-06-10")),
            cash: None,
            counters: Default::default(),
            counters_as_of: None,
            credit_day: None,
        }],
        bindings: Vec::new(),
    };
    let mut gongji = Gongji::in_memory(Shelf::shipped(false));
    gongji.setup_save(today(), &draft).expect("a household");
    for (on, month) in [("2026-07-03", "2026-06"), ("2026-08-04", "2026-07")] {
        record(&mut gongji, EntryKind::Credit, on, Some(month), "110.00");
    }
    gongji
}

fn record(gongji: &mut Gongji, kind: EntryKind, on: &str, month: Option<&str>, amount: &str) {
    let draft = MovementDraft {
        on: day(on),
        memo: String::new(),
        movement: Movement::Plain {
            account: ACCOUNT,
            sub: Some(SubAccountId::from("book")),
            kind,
            for_month: month.map(|month| month.parse().expect("a month")),
            amount: yuan(amount),
            for_member: None,
        },
    };
    gongji.movement_record(today(), &draft).expect("recorded");
}

/// What came with another sum than the rules say, by the overview.
fn other_sums(gongji: &Gongji) -> Vec<(String, Option<Yuan>)> {
    let overview = gongji.overview(today()).expect("an overview");
    let sums = overview.cards[0].other_sums.iter();
    sums.map(|gap| (gap.month.to_string(), gap.came)).collect()
}

/// The reasons that are offered once the app shows `amount`.
fn reasons(gongji: &mut Gongji, amount: &str) -> Vec<(String, Option<Yuan>)> {
    let seen = BalanceDraft {
        account: ACCOUNT,
        sub: Some(SubAccountId::from("book")),
        as_of: today(),
        amount: yuan(amount),
        book_difference: false,
    };
    gongji.balance_state(today(), &seen).expect("stated");
    let detail = gongji
        .member_detail(today(), MemberId(1))
        .expect("a member");
    let explained = detail.accounts[0].checks[0].explained.clone();
    gongji.undo(today()).expect("not stated");
    let reasons = explained.map(|explained| explained.reasons);
    let reasons = reasons.into_iter().flatten();
    reasons
        .map(|reason| (reason.what.code, reason.amount.exact()))
        .collect()
}

#[test]
fn what_was_withheld_and_recorded_raises_no_alarm() {
    let forgotten = ("check.withheld".to_owned(), Some(yuan("-3.00")));
    let july = ("2026-07".to_owned(), Some(yuan("110.00")));
    let mut gongji = retired();
    // 500 + 2 × 110 = 720，App 上是 500 + 2 × 107 = 714。
    assert_eq!(other_sums(&gongji), [july]);
    assert_eq!(
        reasons(&mut gongji, "714.00"),
        [forgotten.clone(), forgotten.clone()]
    );
    // 7 月的代扣记了，没有写月份，和那一笔划入同一天；6 月的写了月份，晚记几天。
    let withheld = EntryKind::Withheld;
    record(&mut gongji, withheld, "2026-08-04", None, "-3.00");
    assert_eq!(other_sums(&gongji), []);
    assert_eq!(reasons(&mut gongji, "714.00"), [forgotten]);
    record(
        &mut gongji,
        withheld,
        "2026-07-10",
        Some("2026-06"),
        "-3.00",
    );
    assert_eq!(other_sums(&gongji), []);
    assert_eq!(reasons(&mut gongji, "714.00"), []);
    assert_eq!(reasons(&mut gongji, "711.00"), []);
}

/// A withheld sum that was corrected counts as it stands.
#[test]
fn a_corrected_withheld_sum_counts_as_it_stands() {
    let mut gongji = retired();
    let withheld = EntryKind::Withheld;
    record(&mut gongji, withheld, "2026-08-04", None, "-30.00");
    assert_eq!(
        other_sums(&gongji),
        [("2026-07".to_owned(), Some(yuan("80.00")))]
    );
    let entries = gongji.entries(ACCOUNT, None, 0, 10).expect("a page");
    let typed = entries.rows.iter().find(|row| row.kind == withheld);
    let anew = EntryDraft {
        account: ACCOUNT,
        sub: Some(SubAccountId::from("book")),
        on: day("2026-08-04"),
        for_month: Some("2026-07".parse::<Month>().expect("a month")),
        kind: withheld,
        memo: String::new(),
        amount: yuan("-3.00"),
        for_member: None,
    };
    gongji
        .entry_correct(today(), typed.expect("an entry").id, &anew)
        .expect("corrected");
    assert_eq!(other_sums(&gongji), []);
    let account = &gongji
        .member_detail(today(), MemberId(1))
        .expect("a member")
        .accounts[0];
    let latest = account.last_credited.map(|month| month.to_string());
    assert_eq!(latest.as_deref(), Some("2026-07"));
}
