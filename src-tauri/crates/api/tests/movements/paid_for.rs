//! 替家人付的 — one account's spending for somebody else, as the app shows it under 共济支出.

use super::*;

fn spends(family: &Family, by: &str, whom: Option<&str>) -> Movement {
    Movement::Plain {
        account: family.book(by),
        sub: Some(SubAccountId::from("book")),
        kind: EntryKind::Spending,
        for_month: None,
        amount: yuan("-80.00"),
        for_member: whom.map(|whom| family.id(whom)),
    }
}

/// 儿子绑定给妈妈（父母，北京允许）；没有绑定给奶奶；爸爸在福州，账户只能给同省的家人用。
#[test]
fn what_was_paid_for_a_relative_is_recorded_with_what_the_rules_say() {
    let family = Family::new();
    let same_place = "aid.same_province_only";
    for (by, whom, expected) in [
        ("儿子", None, vec![]),
        ("儿子", Some("儿子"), vec![]),
        ("儿子", Some("妈妈"), vec![]),
        ("儿子", Some("奶奶"), vec!["movement.not_bound"]),
        ("爸爸", Some("妈妈"), vec!["movement.not_bound", same_place]),
    ] {
        let view = family.look(spends(&family, by, whom)).unwrap();
        assert_eq!(view.refused, None, "{by} {whom:?}");
        assert_eq!(notes(&view), expected, "{by} {whom:?}");
        let has_reason = expected.contains(&same_place);
        assert_eq!(view.source.is_some(), has_reason, "{by} {whom:?}");
    }
    let cash = Movement::Plain {
        account: family.account("妈妈", AccountKind::Cash),
        sub: None,
        kind: EntryKind::Spending,
        for_month: None,
        amount: yuan("-80.00"),
        for_member: Some(family.id("奶奶")),
    };
    assert_eq!(notes(&family.look(cash).unwrap()), Vec::<&str>::new());
}

/// A binding that does not hold on the day is none.
#[test]
fn a_binding_counts_only_on_its_days() {
    let mut family = Family::new();
    let binding = family.household().bindings[0].id;
    family
        .gongji
        .binding_end(today(), binding, day("2026-11-20"))
        .unwrap();
    let seen = |on: &str| {
        let draft = family.draft(on, spends(&family, "儿子", Some("妈妈")));
        let view = family.gongji.movement_preview(today(), &draft).unwrap();
        notes(&view).len()
    };
    assert_eq!((seen("2026-11-19"), seen("2026-11-20")), (0, 1));
}

#[test]
fn it_is_seen_from_both_sides_and_corrected_with_them() {
    let mut family = Family::new();
    let (son, mother) = (family.book("儿子"), family.id("妈妈"));
    family
        .record(spends(&family, "儿子", Some("妈妈")))
        .unwrap();
    let row = |family: &Family| family.gongji.entries(son, None, 0, 10).unwrap().rows[0].clone();
    let paid_for = |family: &Family, name: &str| {
        let detail = family.gongji.member_detail(today(), family.id(name));
        let rows = detail.unwrap().paid_for.into_iter();
        rows.map(|row| (row.by, row.amount)).collect::<Vec<_>>()
    };
    let by_son = |amount: &str| vec![("儿子".to_owned(), yuan(amount))];
    assert_eq!(row(&family).for_member, Some(mother));
    assert_eq!(row(&family).for_whom.as_deref(), Some("妈妈"));
    assert_eq!(paid_for(&family, "妈妈"), by_son("-80.00"));

    // Another sum, then for another one, then for the owner.
    for (amount, whom, mothers, grandmothers) in [
        ("-90.00", "妈妈", by_son("-90.00"), vec![]),
        ("-90.00", "奶奶", vec![], by_son("-90.00")),
        ("-90.00", "儿子", vec![], vec![]),
    ] {
        let anew = EntryDraft {
            account: son,
            sub: Some(SubAccountId::from("book")),
            on: day("2026-11-20"),
            for_month: None,
            kind: EntryKind::Spending,
            memo: String::new(),
            amount: yuan(amount),
            for_member: Some(family.id(whom)),
        };
        let id = row(&family).id;
        family.gongji.entry_correct(today(), id, &anew).unwrap();
        let shown = row(&family).for_whom;
        assert_eq!(shown.as_deref(), Some(whom).filter(|name| *name != "儿子"));
        assert_eq!(paid_for(&family, "妈妈"), mothers, "{whom}");
        assert_eq!(paid_for(&family, "奶奶"), grandmothers, "{whom}");
    }
    let nobody = Movement::Plain {
        account: son,
        sub: Some(SubAccountId::from("book")),
        kind: EntryKind::Spending,
        for_month: None,
        amount: yuan("-1.00"),
        for_member: Some(MemberId(99)),
    };
    assert_eq!(refused(family.look(nobody)).as_deref(), Some("error.gone"));
}
