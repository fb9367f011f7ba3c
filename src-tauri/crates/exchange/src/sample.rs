//! 测试用的一家 — two members of one name, a correction, a transfer, a check that agrees and one that does not.

use chrono::NaiveDate;
use gongji_domain::{
    Account, AccountId, AccountKind, Entry, EntryId, EntryKind, Household, Leg, Member, MemberId,
    Month, StatedBalance, StatementId, SubAccountId, Yuan,
};

pub(crate) fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

pub(crate) fn yuan(text: &str) -> Yuan {
    text.parse().unwrap()
}

pub(crate) fn word(kind: EntryKind) -> String {
    let word = match kind {
        EntryKind::Opening => "期初余额",
        EntryKind::Credit => "划入",
        EntryKind::Spending => "看病购药",
        EntryKind::Transfer => "转账",
        EntryKind::Correction => "更正",
        _ => "别的",
    };
    word.to_owned()
}

fn leg(account: u32, sub: Option<&str>, amount: &str) -> Leg {
    Leg {
        account: AccountId(account),
        sub: sub.map(|sub| SubAccountId(sub.to_owned())),
        amount: yuan(amount),
    }
}

fn entry(id: u32, on: &str, kind: EntryKind, legs: Vec<Leg>) -> Entry {
    Entry {
        id: EntryId(id),
        on: day(on),
        for_month: None,
        kind,
        memo: String::new(),
        legs,
        corrects: None,
        settlement: None,
        for_member: None,
    }
}

pub(crate) fn family() -> Household {
    let book = Some("book");
    let member = |id| Member {
        id: MemberId(id),
        name: "王敏".to_owned(),
        born: None,
        note: String::new(),
    };
    let account = |id, kind, name: &str, opened_on| Account {
        id: AccountId(id),
        owner: MemberId(id),
        kind,
        pool: None,
        name: name.to_owned(),
        opened_on: day(opened_on),
        overdraft: None,
    };
    let mut entries = vec![
        entry(
            5,
            "2026-02-01",
            EntryKind::Transfer,
            vec![leg(1, book, "-50.00"), leg(2, None, "50.00")],
        ),
        entry(
            1,
            "2026-01-01",
            EntryKind::Opening,
            vec![leg(1, book, "300.00")],
        ),
        entry(
            2,
            "2026-01-05",
            EntryKind::Credit,
            vec![leg(1, book, "190.00")],
        ),
        entry(
            3,
            "2026-01-09",
            EntryKind::Spending,
            vec![leg(1, book, "-120.00"), leg(2, None, "-30.50")],
        ),
        entry(
            4,
            "2026-01-12",
            EntryKind::Correction,
            vec![leg(1, book, "-10.00")],
        ),
    ];
    entries[2].for_month = Some(Month::of(day("2025-12-01")));
    entries[3].memo = "感冒; \"复诊\"\n取药".to_owned();
    entries[3].for_member = Some(MemberId(2));
    entries[4].corrects = Some(EntryId(2));
    let stated = |id, sub: Option<&str>, as_of, amount| StatedBalance {
        id: StatementId(id),
        account: AccountId(1),
        sub: sub.map(|sub| SubAccountId(sub.to_owned())),
        as_of: day(as_of),
        amount: yuan(amount),
    };
    Household {
        name: "我们家".to_owned(),
        members: vec![member(1), member(2)],
        accounts: vec![
            account(1, AccountKind::Insurance, "北京市", "2025-12-31"),
            account(2, AccountKind::Cash, "微信 零钱", "2026-01-01"),
        ],
        entries,
        stated_balances: vec![
            stated(2, book, "2026-01-31", "365.00"),
            stated(1, None, "2026-01-10", "370.00"),
        ],
        ..Household::default()
    }
}
