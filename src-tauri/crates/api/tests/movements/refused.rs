//! What cannot be is refused with a sentence, and what belongs together is corrected together.

use super::*;

fn entry(family: &Family, kind: EntryKind, amount: &str) -> EntryDraft {
    EntryDraft {
        account: family.book("妈妈"),
        sub: Some(SubAccountId::from("book")),
        on: day("2026-11-20"),
        for_month: (kind == EntryKind::Credit).then(|| "2026-10".parse().unwrap()),
        kind,
        memo: String::new(),
        amount: yuan(amount),
        for_member: None,
    }
}

#[test]
fn an_entry_that_cannot_be_is_refused_with_a_sentence() {
    let mut family = Family::new();
    let credit = entry(&family, EntryKind::Credit, "200.00");
    let recorded = family.gongji.entry_record(today(), &credit).unwrap();
    let of = |kind, amount| entry(&family, kind, amount);
    let early = EntryDraft {
        on: day("2026-10-31"),
        ..of(EntryKind::Spending, "-1.00")
    };
    let later = EntryDraft {
        on: day("2026-11-23"),
        ..of(EntryKind::Spending, "-1.00")
    };
    let table = [
        (early, "on", "error.before_opening"),
        (later, "on", "error.in_future"),
        (
            of(EntryKind::Credit, "1.00"),
            "for_month",
            "error.credited_already",
        ),
        (of(EntryKind::TakeBack, "1.00"), "amount", "error.sign"),
        (of(EntryKind::Refund, "-1.00"), "amount", "error.sign"),
        (of(EntryKind::Interest, "-1.00"), "amount", "error.sign"),
        (of(EntryKind::Clearing, "0.00"), "amount", "error.zero"),
        (
            of(EntryKind::Withdrawal, "-1.00"),
            "kind",
            "error.two_sides",
        ),
        (of(EntryKind::RollOver, "-1.00"), "kind", "error.two_sides"),
        (of(EntryKind::Closing, "-1.00"), "kind", "error.two_sides"),
        // 100 亿是能记的最大的数；账户里已经有 800。
        (
            of(EntryKind::Interest, "9999999200.01"),
            "amount",
            "error.too_large",
        ),
    ];
    for (draft, field, code) in table {
        let error = family.gongji.entry_record(today(), &draft).unwrap_err();
        let found = (error.field.as_deref(), error.message.code.as_str());
        assert_eq!(found, (Some(field), code), "{draft:?}");
    }
    for kind in [EntryKind::Clearing, EntryKind::Interest] {
        let draft = entry(&family, kind, "9999999000.00");
        family.gongji.entry_record(today(), &draft).unwrap();
        family.gongji.undo(today()).unwrap();
    }
    // The same month may be corrected, another one's entry may not become it.
    let spending = entry(&family, EntryKind::Spending, "-1.00");
    let spent = family.gongji.entry_record(today(), &spending).unwrap();
    let twice = family
        .gongji
        .entry_correct(today(), spent.id, &credit)
        .unwrap_err();
    assert_eq!(twice.message.code, "error.credited_already");
    let changed = entry(&family, EntryKind::Credit, "210.00");
    let changed = family
        .gongji
        .entry_correct(today(), recorded.id, &changed)
        .unwrap();
    assert_eq!(
        (changed.amount, changed.was),
        (yuan("210.00"), Some(yuan("200.00")))
    );
    // What no amount can be, is refused where it is read.
    for text in ["92233720368547758.07", "-92233720368547758.08", "1e30"] {
        assert!(text.parse::<Yuan>().is_err(), "{text}");
    }
    let huge = Yuan::from_fen(i64::MAX);
    let draft = EntryDraft {
        amount: huge,
        ..entry(&family, EntryKind::Interest, "1.00")
    };
    let error = family.gongji.entry_record(today(), &draft).unwrap_err();
    assert_eq!(error.message.code, "error.too_large");
    let movement = Movement::Withdraw {
        from: family.book("妈妈"),
        sub: SubAccountId::from("passbook"),
        amount: huge,
    };
    assert_eq!(
        refused(family.look(movement)).as_deref(),
        Some("error.too_large")
    );
}

#[test]
fn what_touches_several_accounts_is_corrected_together() {
    let mut family = Family::new();
    let movement = family.withdraw("passbook", "60.00");
    family.record(movement).unwrap();
    let cash = family.account("妈妈", AccountKind::Cash);
    let row = family.gongji.entries(cash, None, 0, 1).unwrap().rows[0].clone();
    let drawn = |amount: &str| EntryDraft {
        account: cash,
        sub: None,
        on: day("2026-11-19"),
        for_month: None,
        kind: EntryKind::Withdrawal,
        memo: String::new(),
        amount: yuan(amount),
        for_member: None,
    };
    for (draft, code) in [
        (drawn("-60.00"), "error.correct_direction"),
        (drawn("100.01"), "error.over_balance"),
        (
            EntryDraft {
                kind: EntryKind::Interest,
                ..drawn("60.00")
            },
            "error.correct_together",
        ),
    ] {
        let error = family
            .gongji
            .entry_correct(today(), row.id, &draft)
            .unwrap_err();
        assert_eq!(error.message.code, code);
    }
    family
        .gongji
        .entry_correct(today(), row.id, &drawn("100.00"))
        .unwrap();
    let balances = family.balances();
    assert!(
        balances.contains(&"妈妈 cash 1100.00".to_owned()),
        "{balances:?}"
    );
    assert!(!balances.iter().any(|one| one.contains("passbook")));
    // Where an account began, its other part stays as it was.
    let book = family.book("妈妈");
    let rows = family.gongji.entries(book, None, 0, 10).unwrap().rows;
    let opening = rows
        .iter()
        .find(|row| row.kind == EntryKind::Opening && row.sub == Some("book".into()))
        .unwrap();
    let changed = EntryDraft {
        on: opening.on,
        ..entry(&family, EntryKind::Opening, "450.00")
    };
    let opening = opening.id;
    family
        .gongji
        .entry_correct(today(), opening, &changed)
        .unwrap();
    assert!(family.balances().contains(&"妈妈 book 450.00".to_owned()));
    assert!(family.balances().contains(&"妈妈 cash 1100.00".to_owned()));
    // A bill's own entry is corrected by its slip.
    family.bill();
    let rows = family.gongji.entries(book, None, 0, 10).unwrap().rows;
    let billed = rows.iter().find(|row| row.settlement.is_some()).unwrap();
    let settled = entry(&family, EntryKind::Spending, "-1.00");
    let error = family
        .gongji
        .entry_correct(today(), billed.id, &settled)
        .unwrap_err();
    assert_eq!(error.message.code, "error.correct_settled");
}

#[test]
fn people_are_not_born_after_they_were_insured() {
    let mut family = Family::new();
    let mut mother = family.household().members[0].clone();
    for (born, code) in [
        ("2026-11-23", "error.born"),
        ("1899-12-31", "error.born"),
        ("2025-01-02", "error.born_after_insured"),
    ] {
        mother.born = Some(day(born));
        let error = family
            .gongji
            .member_save(today(), mother.clone())
            .unwrap_err();
        assert_eq!(error.message.code, code, "{born}");
    }
    mother.born = Some(day("2025-01-01"));
    family.gongji.member_save(today(), mother).unwrap();
    let early = EnrollmentDraft {
        from: day("2024-12-31"),
        ..enrolled(BEIJING, Scheme::Employee)
    };
    let id = family.id("妈妈");
    let error = family
        .gongji
        .enrollment_add(today(), id, &early)
        .unwrap_err();
    assert_eq!(error.message.code, "error.before_birth");
}
