//! 转到外地、账户注销、可透支额 — what happens to an account as a whole.

use super::*;

#[test]
fn an_account_moves_with_everything_on_it() {
    let mut family = Family::new();
    let before = family.json();
    let old = family.book("妈妈");
    let to = |pool: &str| Movement::MoveAway {
        from: old,
        pool: PoolId::from(pool),
    };
    for (pool, why) in [
        (BEIJING, "error.same_place"),
        ("999999", "error.no_such_pool"),
    ] {
        assert_eq!(refused(family.look(to(pool))).as_deref(), Some(why));
    }
    let view = family.look(to(GUANGZHOU)).unwrap();
    assert_eq!(
        changes(&view),
        [
            "妈妈 book 500.00 -500.00 0.00",
            "妈妈 book 0.00 500.00 500.00",
            "妈妈 passbook 100.00 -100.00 0.00",
            "妈妈 book 0.00 100.00 100.00",
        ]
    );
    assert_eq!(notes(&view), ["movement.not_insured_there"]);
    family.record(to(GUANGZHOU)).unwrap();
    assert_eq!(
        family.balances(),
        [
            "妈妈 cash 1000.00",
            "妈妈 book 600.00",
            "儿子 book 2000.00",
            "爸爸 book 5000.00",
        ]
    );
    // From the day of the new insurance on, the new account is the one that pays.
    let moved = EnrollmentDraft {
        from: day("2026-11-20"),
        ..enrolled(GUANGZHOU, Scheme::Employee)
    };
    let mother = family.id("妈妈");
    family
        .gongji
        .enrollment_add(today(), mother, &moved)
        .unwrap();
    let prefill = family
        .gongji
        .estimate_prefill(mother, Part::Pharmacy, today())
        .unwrap();
    let own: Yuan = prefill.own.values().copied().sum();
    assert_eq!(own, yuan("600.00"));
    family.gongji.undo(today()).unwrap();
    family.gongji.undo(today()).unwrap();
    assert_eq!(family.json(), before);
}

#[test]
fn an_account_is_closed_with_all_that_hangs_on_it() {
    let mut family = Family::new();
    let before = family.json();
    let cash = family.account("妈妈", AccountKind::Cash);
    let close = Movement::Close {
        member: family.id("儿子"),
        why: CloseWhy::Emigrated,
        to: Some(cash),
    };
    let view = family.look(close.clone()).unwrap();
    assert_eq!(
        changes(&view),
        [
            "儿子 book 2000.00 -2000.00 0.00",
            "妈妈 cash 1000.00 2000.00 3000.00",
        ]
    );
    assert_eq!(
        notes(&view),
        ["movement.insurance_ends", "movement.bindings_end"]
    );
    family.record(close.clone()).unwrap();
    let after = family.household();
    let son = family.id("儿子");
    let insured = after.enrollments.iter().find(|one| one.member == son);
    assert_eq!(insured.unwrap().until, Some(day("2026-11-20")));
    assert_eq!(after.bindings[0].ended_on, Some(day("2026-11-20")));
    assert_eq!(
        refused(family.look(close)).as_deref(),
        Some("error.nothing_left")
    );
    let status = family.gongji.undo(today()).unwrap();
    assert_eq!(status.redo.unwrap().code, "step_name.closed_emigrated");
    assert_eq!(family.json(), before);
}

#[test]
fn an_overdraft_is_what_the_member_says() {
    let mut family = Family::new();
    let account = family.book("妈妈");
    let said = |limit: &str, source: &str| OverdraftDraft {
        limit: yuan(limit),
        source: source.to_owned(),
        repay_within: None,
    };
    let within = |months| OverdraftDraft {
        repay_within: Some(months),
        ..said("300.00", "窗口")
    };
    for (draft, field) in [
        (within(0), "repay_within"),
        (within(13), "repay_within"),
        (said("0.00", "窗口"), "limit"),
        (said("-1.00", "窗口"), "limit"),
        (said("300.00", " "), "source"),
    ] {
        let error = family
            .gongji
            .overdraft_state(today(), account, Some(&draft))
            .unwrap_err();
        assert_eq!(error.field.as_deref(), Some(field));
    }
    let draft = said("300.00", "窗口的人说的");
    family
        .gongji
        .overdraft_state(today(), account, Some(&draft))
        .unwrap();
    let give = |amount: &str, family: &Family| {
        let give = family.give("妈妈", "儿子", GiveWay::FamilyAccount, amount);
        let draft = MovementDraft {
            on: today(),
            memo: String::new(),
            movement: give,
        };
        refused(family.gongji.movement_preview(today(), &draft))
    };
    assert_eq!(give("800.00", &family), None);
    assert_eq!(
        give("800.01", &family).as_deref(),
        Some("error.over_balance")
    );
    let detail = family
        .gongji
        .member_detail(today(), family.id("妈妈"))
        .unwrap();
    let shown = detail.accounts[0].overdraft.as_ref().unwrap();
    assert_eq!((shown.limit, shown.stated_on), (yuan("300.00"), today()));
    family
        .gongji
        .overdraft_state(today(), account, None)
        .unwrap();
    assert_eq!(
        give("500.01", &family).as_deref(),
        Some("error.over_balance")
    );
}

/// 说了一个月内补上的：记下的透支从它低于零的那天算起，预测在满一个月的那天算现金。
#[test]
fn a_recorded_overdraft_is_made_good_from_the_day_it_went_below_zero() {
    let mut family = Family::new();
    let account = family.book("妈妈");
    let said = OverdraftDraft {
        limit: yuan("300.00"),
        source: "窗口的人说的".to_owned(),
        repay_within: Some(1),
    };
    family
        .gongji
        .overdraft_state(today(), account, Some(&said))
        .unwrap();
    let give = family.give("妈妈", "儿子", GiveWay::FamilyAccount, "700.00");
    let draft = family.draft("2026-11-22", give);
    family.gongji.movement_record(today(), &draft).unwrap();
    let repayment = |family: &Family, on: &str| {
        let request = ProjectionRequest {
            from: day(on),
            until: day("2027-02-28"),
            with_interest: false,
            steps: Steps::None,
            beside: false,
        };
        let projection = family.gongji.projection_with(request).unwrap();
        let mut events = projection.events.into_iter();
        let event = events.find(|event| event.what.code.starts_with("project.overdraft"))?;
        Some((event.on, event.what.params["since"].clone()))
    };
    let expected = Some((day("2026-12-22"), "2026-11-22".to_owned()));
    for on in ["2026-11-22", "2026-12-01"] {
        assert_eq!(repayment(&family, on), expected, "{on}");
    }
    let json = family.json();
    assert!(json.contains("\"repay_within\": 1"), "{json}");
    assert!(!json.contains("below_since"), "{json}");
    family
        .gongji
        .overdraft_state(
            today(),
            account,
            Some(&OverdraftDraft {
                repay_within: None,
                ..said
            }),
        )
        .unwrap();
    assert_eq!(repayment(&family, "2026-12-01"), None);
}
