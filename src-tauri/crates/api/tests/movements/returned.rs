//! 退回 — a wallet transfer that was not accepted; and somebody who is removed with what set-up wrote.

use super::*;
use gongji_api::EntryId;

fn newest(family: &Family, by: &str) -> EntryId {
    let page = family.gongji.entries(family.book(by), None, 0, 1).unwrap();
    page.rows[0].id
}

fn transfer() -> (Family, EntryId) {
    let mut family = Family::new();
    let gift = family.give("爸爸", "儿子", GiveWay::Wallet, "300.00");
    family.record(gift).unwrap();
    let id = newest(&family, "爸爸");
    (family, id)
}

/// 爸爸（福州）11 月 20 日转 300 到儿子（北京）的钱包，没有接收，22 日退回来：原来那一笔反过来记，一分不差。
#[test]
fn a_transfer_that_was_not_accepted_comes_back() {
    let (mut family, id) = transfer();
    let row = family
        .gongji
        .entries(family.book("爸爸"), None, 0, 1)
        .unwrap()
        .rows[0]
        .clone();
    assert!(row.others[0].in_wallet);
    let away = family.balances();
    assert!(away.contains(&"儿子 wallet 300.00".to_owned()), "{away:?}");
    let returned = family.draft("2026-11-22", Movement::Returned { entry: id });
    let view = family.gongji.movement_preview(today(), &returned).unwrap();
    assert_eq!(view.refused, None);
    assert_eq!(changes(&view).len(), 2);
    family.gongji.movement_record(today(), &returned).unwrap();
    assert_eq!(family.balances(), BEGINNING);
    // Nothing was overwritten, and it was away for two days.
    let entries = family.household().entries;
    let back = entries.last().unwrap();
    assert_eq!(
        (back.kind, back.corrects),
        (EntryKind::Correction, Some(id))
    );
    assert_eq!(back.on, day("2026-11-22"));
    family.gongji.undo(today()).unwrap();
    assert_eq!(family.balances(), away);
}

#[test]
fn only_a_wallet_transfer_comes_back_and_only_once() {
    let (mut family, id) = transfer();
    let opening = EntryId(1);
    let looked = |family: &Family, on: &str, entry| {
        let draft = family.draft(on, Movement::Returned { entry });
        refused(family.gongji.movement_preview(today(), &draft))
    };
    for (on, entry, code) in [
        ("2026-11-19", id, "error.returned_early"),
        ("2026-11-20", opening, "error.not_a_wallet_transfer"),
        ("2026-11-20", EntryId(99), "error.gone"),
    ] {
        assert_eq!(looked(&family, on, entry).as_deref(), Some(code));
    }
    let gift = family.give("爸爸", "儿子", GiveWay::FamilyAccount, "300.00");
    family.record(gift).unwrap();
    let shared = newest(&family, "爸爸");
    let code = "error.not_a_wallet_transfer";
    assert_eq!(looked(&family, "2026-11-21", shared).as_deref(), Some(code));
    let returned = family.draft("2026-11-20", Movement::Returned { entry: id });
    family.gongji.movement_record(today(), &returned).unwrap();
    let code = "error.returned_already";
    assert_eq!(looked(&family, "2026-11-21", id).as_deref(), Some(code));
}

/// What was spent out of the wallet was accepted.
#[test]
fn what_was_spent_does_not_come_back() {
    let (mut family, id) = transfer();
    let spent = Movement::Plain {
        account: family.book("儿子"),
        sub: Some(SubAccountId::from("wallet")),
        kind: EntryKind::Spending,
        for_month: None,
        amount: yuan("-0.01"),
        for_member: None,
    };
    family.record(spent).unwrap();
    let draft = family.draft("2026-11-22", Movement::Returned { entry: id });
    let seen = family.gongji.movement_preview(today(), &draft);
    assert_eq!(refused(seen).as_deref(), Some("error.over_balance"));
}

/// 爸爸 has what set-up wrote and nothing else; 奶奶 has no account; 妈妈 and 儿子 are bound.
#[test]
fn somebody_of_whom_only_set_up_wrote_is_removed() {
    let mut family = Family::new();
    let before = family.json();
    for name in ["爸爸", "奶奶"] {
        let id = family.id(name);
        family.gongji.member_remove(today(), id).unwrap();
        assert!(family.gongji.members_named(name).unwrap().is_empty());
        let household = family.household();
        assert!(household.accounts.iter().all(|account| account.owner != id));
        family.gongji.undo(today()).unwrap();
        assert_eq!(family.json(), before, "{name}");
    }
    let mut refused = |name: &str| {
        let id = family.id(name);
        let error = family.gongji.member_remove(today(), id).unwrap_err();
        error.message.code
    };
    assert_eq!(refused("妈妈"), "error.member_has_records");
    // One entry, or one balance that was looked up, and it is not only set-up any more.
    let seen = gongji_api::BalanceDraft {
        account: family.book("爸爸"),
        sub: Some(SubAccountId::from("book")),
        as_of: today(),
        amount: yuan("5000.00"),
        book_difference: false,
    };
    family.gongji.balance_state(today(), &seen).unwrap();
    let id = family.id("爸爸");
    let error = family.gongji.member_remove(today(), id).unwrap_err();
    assert_eq!(error.message.code, "error.member_has_records");
}
