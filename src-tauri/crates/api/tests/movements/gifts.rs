//! 家人之间转钱、取现 — by the rules of the place, counted, seen from both sides.

use super::*;

/// 福州：转出以后至少留 2000，一个月一次；钱包：每笔 2000，一天三次，22 点到 6 点不办；北京没有收进这种规则。
#[test]
fn what_relatives_give_is_checked_by_the_rules_of_the_place() {
    let family = Family::new();
    let at = |movement: Movement, hour: &str| match movement {
        Movement::Give {
            from,
            sub,
            to,
            relation,
            way,
            amount,
            ..
        } => Movement::Give {
            from,
            sub,
            to,
            relation,
            way,
            amount,
            at: Some(hour.to_owned()),
        },
        other => other,
    };
    let (wallet, shared) = (GiveWay::Wallet, GiveWay::FamilyAccount);
    let give = |from, to, way, amount| family.give(from, to, way, amount);
    for (movement, why) in [
        (give("爸爸", "儿子", shared, "3000.00"), None),
        (
            give("爸爸", "儿子", shared, "3000.01"),
            Some("transfer.keeps_back"),
        ),
        (give("爸爸", "儿子", wallet, "2000.00"), None),
        (
            give("爸爸", "儿子", wallet, "2000.01"),
            Some("transfer.each"),
        ),
        (
            at(give("爸爸", "儿子", wallet, "1.00"), "22:00"),
            Some("transfer.closed"),
        ),
        (at(give("爸爸", "儿子", wallet, "1.00"), "21:59"), None),
        (
            at(give("爸爸", "儿子", wallet, "1.00"), "9点"),
            Some("error.hour"),
        ),
        (give("爸爸", "儿子", wallet, "0.00"), Some("error.zero")),
        (
            give("爸爸", "儿子", wallet, "-1.00"),
            Some("error.negative"),
        ),
        (give("妈妈", "儿子", shared, "500.00"), None),
        (
            give("妈妈", "儿子", shared, "500.01"),
            Some("error.over_balance"),
        ),
        (
            give("妈妈", "妈妈", shared, "1.00"),
            Some("error.gives_to_itself"),
        ),
    ] {
        let said = format!("{movement:?}");
        assert_eq!(refused(family.look(movement)).as_deref(), why, "{said}");
    }
    // A rule that refuses is named; nothing is invented where there is none.
    let over = family
        .look(give("爸爸", "儿子", wallet, "2000.01"))
        .unwrap();
    assert!(over.source.unwrap().title.contains("钱包"));
    assert!(over.changes.is_empty());
    let free = family.look(give("妈妈", "儿子", shared, "500.00")).unwrap();
    assert_eq!(notes(&free), ["movement.no_transfer_rule"]);
    assert_eq!(
        changes(&free),
        [
            "妈妈 book 500.00 -500.00 0.00",
            "儿子 book 2000.00 500.00 2500.00"
        ]
    );
    // In the same province the wallet is not the way.
    let near = family.look(give("妈妈", "儿子", wallet, "1.00")).unwrap();
    let near = near.refused.unwrap();
    assert!(
        near.message.code.starts_with("aid."),
        "{}",
        near.message.code
    );
}

#[test]
fn gifts_are_counted_and_seen_from_both_sides() {
    let mut family = Family::new();
    let before = family.json();
    let wallet = family.give("爸爸", "儿子", GiveWay::Wallet, "100.00");
    for _ in 0..3 {
        family.record(wallet.clone()).unwrap();
    }
    let fourth = family.record(wallet).unwrap_err();
    assert_eq!(fourth.message.code, "transfer.times_a_day");
    assert_eq!(fourth.hint.unwrap().code, "hint.by_rule");
    let shared = family.give("爸爸", "奶奶", GiveWay::FamilyAccount, "1000.00");
    family.record(shared.clone()).unwrap();
    let again = family.record(shared).unwrap_err();
    assert_eq!(again.message.code, "transfer.times_a_month");
    assert_eq!(
        family.balances(),
        [
            "妈妈 passbook 100.00",
            "妈妈 book 500.00",
            "妈妈 cash 1000.00",
            "儿子 book 2000.00",
            "儿子 wallet 300.00",
            "爸爸 book 3700.00",
            "爸爸 family 1000.00",
        ]
    );
    let page = |name: &str| {
        let account = family.book(name);
        family.gongji.entries(account, None, 0, 10).unwrap().rows
    };
    let given = page("爸爸");
    assert_eq!(given[0].for_whom.as_deref(), Some("奶奶"));
    let side = &given[2].others[0];
    assert_eq!(
        (side.member.as_str(), side.amount),
        ("儿子", yuan("100.00"))
    );
    let got = page("儿子");
    let side = &got[0].others[0];
    assert_eq!(
        (side.member.as_str(), side.amount, side.same_member),
        ("爸爸", yuan("-100.00"), false)
    );
    for _ in 0..4 {
        family.gongji.undo(today()).unwrap();
    }
    assert_eq!(family.json(), before);
    assert_eq!(family.balances(), BEGINNING);
}

#[test]
fn cash_comes_only_from_what_may_be_drawn() {
    let mut family = Family::new();
    for (sub, amount, why) in [
        ("passbook", "100.00", None),
        ("passbook", "100.01", Some("error.over_balance")),
        ("book", "1.00", Some("error.not_withdrawable")),
        ("passbook", "0.00", Some("error.zero")),
    ] {
        let movement = family.withdraw(sub, amount);
        assert_eq!(
            refused(family.look(movement)).as_deref(),
            why,
            "{sub} {amount}"
        );
    }
    let movement = family.withdraw("passbook", "60.00");
    family.record(movement).unwrap();
    assert!(
        family
            .balances()
            .contains(&"妈妈 passbook 40.00".to_owned())
    );
    assert!(family.balances().contains(&"妈妈 cash 1060.00".to_owned()));
    let status = family.gongji.status(today()).unwrap();
    assert_eq!(status.undo.unwrap().code, "step_name.withdrawal");
}

/// 没有哪条规则说，替别人付钱的账户自己不能有人替：儿子付妈妈的，妈妈付奶奶的。儿子的钱到不了奶奶那里。
#[test]
fn a_chain_of_bindings_is_no_way_for_money() {
    let mut family = Family::new();
    let draft = gongji_api::BindingDraft {
        donor: family.id("妈妈"),
        recipient: family.id("奶奶"),
        relation: Relation::Parent,
        bound_on: day("2026-11-01"),
    };
    family.gongji.binding_add(today(), &draft).unwrap();
    let prefill = family
        .gongji
        .estimate_prefill(family.id("奶奶"), Part::GeneralOutpatient, today())
        .unwrap();
    let names: Vec<_> = prefill
        .aid
        .iter()
        .map(|offer| offer.name.as_str())
        .collect();
    assert_eq!(names, ["妈妈"]);
}
