//! 退费、缴保费 — back as it was paid, and for whom it was paid.

use super::*;

/// 北京：先退现金，再退本人账户，最后退家人的。统筹付的 1400 整张退时一起退。
#[test]
fn a_refund_goes_back_as_it_was_paid() {
    let mut family = Family::new();
    let before = family.json();
    let settlement = family.bill();
    assert_eq!(family.counter("op_fund").as_deref(), Some("1400.00"));
    let refund = |back| Movement::Refund { settlement, back };
    let part = |amount: &str| {
        refund(RefundBack::Part {
            amount: yuan(amount),
        })
    };
    let own = |amount: &str| format!("妈妈 book 0.00 {amount} {amount}");
    let aid = |amount: &str, after: &str| format!("儿子 book 1900.00 {amount} {after}");
    for (amount, expected) in [
        ("0.01", vec![own("0.01")]),
        ("500.00", vec![own("500.00")]),
        ("500.01", vec![own("500.00"), aid("0.01", "1900.01")]),
        ("600.00", vec![own("500.00"), aid("100.00", "2000.00")]),
    ] {
        let view = family.look(part(amount)).unwrap();
        assert_eq!(changes(&view), expected, "{amount}");
        assert!(view.source.is_some());
    }
    for (movement, why) in [
        (part("600.01"), "error.refund_too_much"),
        (part("0.00"), "error.zero"),
        (
            refund(RefundBack::Stated {
                legs: vec![Leg {
                    account: family.book("儿子"),
                    sub: Some(SubAccountId::from("book")),
                    amount: yuan("100.01"),
                }],
            }),
            "error.refund_too_much",
        ),
    ] {
        assert_eq!(refused(family.look(movement)).as_deref(), Some(why));
    }
    let whole = refund(RefundBack::Whole);
    let early = family.draft("2026-11-17", whole.clone());
    let early = family.gongji.movement_preview(today(), &early).unwrap_err();
    assert_eq!(early.message.code, "error.refund_early");
    let view = family.look(whole.clone()).unwrap();
    let fund = view.counters.iter().find(|one| one.before == "1400.00");
    assert_eq!(fund.unwrap().after.as_deref(), Some("0.00"));
    family.record(whole.clone()).unwrap();
    assert_eq!(family.balances(), BEGINNING);
    assert_eq!(family.counter("op_fund").as_deref(), Some("0.00"));
    assert_eq!(family.counter("op_deductible").as_deref(), Some("1800.00"));
    assert_eq!(
        refused(family.look(whole)).as_deref(),
        Some("error.nothing_left")
    );
    assert_eq!(
        refused(family.look(part("1.00"))).as_deref(),
        Some("error.refund_again")
    );
    // What the accounts paid for the bill is still compared with the estimate alone.
    assert!(family.gongji.check().unwrap().is_sound());
    family.gongji.undo(today()).unwrap();
    family.gongji.undo(today()).unwrap();
    assert_eq!(family.json(), before);
}

#[test]
fn a_premium_is_seen_by_whom_it_was_paid_for() {
    let mut family = Family::new();
    let pay = |family: &Family, relation, amount: &str| Movement::Premium {
        from: family.book("儿子"),
        sub: SubAccountId::from("book"),
        for_member: family.id("奶奶"),
        relation,
        premium: PremiumKind::LongTermCare,
        year: None,
        amount: yuan(amount),
    };
    for (relation, amount, why) in [
        (Relation::Grandparent, "90.00", None),
        (Relation::Grandparent, "2000.01", Some("error.over_balance")),
        (Relation::Other, "90.00", Some("aid.relation_not_listed")),
    ] {
        let found = refused(family.look(pay(&family, relation, amount)));
        assert_eq!(found.as_deref(), why, "{relation:?} {amount}");
    }
    let movement = pay(&family, Relation::Grandparent, "90.00");
    family.record(movement).unwrap();
    let detail = family
        .gongji
        .member_detail(today(), family.id("奶奶"))
        .unwrap();
    let paid = &detail.paid_for[0];
    assert_eq!(
        (paid.by.as_str(), paid.kind, paid.amount),
        ("儿子", EntryKind::Premium, yuan("-90.00"))
    );
    // Whoever was paid for has a record that is kept.
    let kept = family
        .gongji
        .member_remove(today(), family.id("奶奶"))
        .unwrap_err();
    assert_eq!(kept.message.code, "error.member_has_records");
}

/// 结算的清单里看得到退了哪些：每次哪天、多少；改过的照改了的，去掉的没有。
#[test]
fn a_settlement_lists_what_came_back() {
    let mut family = Family::new();
    let settlement = family.bill();
    let mother = family.id("妈妈");
    let refunds = |family: &Family| -> Vec<(chrono::NaiveDate, Yuan)> {
        let rows = family.gongji.settlements(mother).unwrap();
        let of = rows.iter().find(|row| row.id == settlement).unwrap();
        of.refunds.iter().map(|one| (one.on, one.amount)).collect()
    };
    assert_eq!(refunds(&family), []);
    let back = |account: AccountId, amount: &str| {
        let leg = Leg {
            account,
            sub: Some(SubAccountId::from("book")),
            amount: yuan(amount),
        };
        let back = RefundBack::Stated { legs: vec![leg] };
        Movement::Refund { settlement, back }
    };
    for (on, whose, amount) in [
        ("2026-11-21", "妈妈", "200.00"),
        ("2026-11-20", "儿子", "40.00"),
    ] {
        let draft = family.draft(on, back(family.book(whose), amount));
        family.gongji.movement_record(today(), &draft).unwrap();
    }
    assert_eq!(
        refunds(&family),
        [
            (day("2026-11-20"), yuan("40.00")),
            (day("2026-11-21"), yuan("200.00"))
        ]
    );
    // 从别处读来的账里，退费也可能更正过：还剩多少就是多少，没有剩的不列。
    let mut household = family.household();
    for (left, expected) in [
        (
            "-20.00",
            vec![("2026-11-20", "40.00"), ("2026-11-21", "180.00")],
        ),
        ("-180.00", vec![("2026-11-20", "40.00")]),
    ] {
        let first = household
            .entries
            .iter()
            .find(|entry| entry.kind == EntryKind::Refund)
            .unwrap();
        let mut less = first.clone();
        less.corrects = Some(first.id);
        less.kind = EntryKind::Correction;
        less.id = EntryId(household.entries.len() as u32 + 1);
        less.legs[0].amount = yuan(left);
        household.entries.push(less);
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("h.json");
        std::fs::write(&path, serde_json::to_string(&household).unwrap()).unwrap();
        family.gongji.import_json(today(), &path).unwrap();
        let expected: Vec<_> = expected
            .into_iter()
            .map(|(on, amount)| (day(on), yuan(amount)))
            .collect();
        assert_eq!(refunds(&family), expected);
    }
}
