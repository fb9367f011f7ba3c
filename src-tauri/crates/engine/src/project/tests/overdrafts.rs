//! 本人说的透支：用到哪里，怎么补上。

use super::*;

/// 本人说可以透支 100：钱用完以后接着付到 −100，以后的划入先补上；没有说的那一天还不算。
#[test]
fn a_stated_overdraft_is_drawn_on_last_and_filled_by_the_next_credits() {
    let mut family = Family::default();
    let father = family.member("父亲", "1960-05-20", EmploymentStatus::Retired, "50.00");
    family.fresh(father, "2026-01-10");
    family.credit_day(father, 28);
    for on in ["2026-01-15", "2026-02-15"] {
        family.plan(father, on, "300.00", None);
    }
    let spent = |family: &Family| -> Vec<(Amount, Amount, String)> {
        let projection = family.project("2026-01-10", "2026-02-27");
        let events = of_kind(&projection, EventKind::Spending).into_iter();
        events
            .map(|event| {
                let cash = event.split.as_ref().map(|split| split.cash_paid);
                (
                    cash.expect("a split"),
                    event.balance,
                    event.what.code.clone(),
                )
            })
            .collect()
    };
    let of = |cash: &str, balance: &str, code: &str| {
        (exact(cash), exact(balance), format!("project.{code}"))
    };
    // 起付线 300 没用过：第一次 300 全自付，账户 50、现金 250。1 月划入 100 − 3 = 97。第二次起付线已满，
    // 付 20% = 60，账户剩 37。
    assert_eq!(
        spent(&family),
        [
            of("250.00", "0.00", "spending"),
            of("0.00", "37.00", "spending")
        ]
    );
    // 透支到 −100，划入 97 补到 −3，第二次再付 60。
    family.household.accounts[0].overdraft = Some(Overdraft {
        limit: yuan("100.00"),
        source: "医保窗口的人说的".to_owned(),
        stated_on: day("2026-01-12"),
        repay_within: None,
        below_since: None,
    });
    assert_eq!(
        spent(&family),
        [
            of("150.00", "-100.00", "spending_overdrawn"),
            of("0.00", "-63.00", "spending_overdrawn")
        ]
    );
    let projection = family.project("2026-01-10", "2026-02-27");
    let drawn = of_kind(&projection, EventKind::Spending)[0];
    assert_eq!(
        drawn.what.params.get("source"),
        Some(&"医保窗口的人说的".to_owned())
    );
    family.household.accounts[0].overdraft = Some(Overdraft {
        limit: yuan("100.00"),
        source: "听说".to_owned(),
        stated_on: day("2026-03-01"),
        repay_within: None,
        below_since: None,
    });
    assert_eq!(spent(&family)[0], of("250.00", "0.00", "spending"));
}

/// 一次 400 元的看病（起付线 300 没用过：个人 300 + 100 × 20% = 320）和每月 28 日的划入（100 − 3 = 97），余额 50、
/// 可以透支 100，2026-01-15 透支到 −100。
fn overdrawn(balance: &str, repay_within: Option<u32>) -> (Family, MemberId) {
    let mut family = Family::default();
    let father = family.member("父亲", "1960-05-20", EmploymentStatus::Retired, balance);
    family.fresh(father, "2026-01-10");
    family.credit_day(father, 28);
    family.plan(father, "2026-01-15", "400.00", None);
    family.household.accounts[0].overdraft = Some(said(repay_within));
    (family, father)
}

fn said(repay_within: Option<u32>) -> Overdraft {
    Overdraft {
        limit: yuan("100.00"),
        source: "医保窗口的人说的".to_owned(),
        stated_on: day("2026-01-12"),
        repay_within,
        below_since: None,
    }
}

/// 每笔补上：哪天、多少、之后的余额。
fn repayments(projection: &Projection) -> Vec<(String, MemberId, Amount, Amount)> {
    let events = of_kind(projection, EventKind::Repayment).into_iter();
    events
        .map(|event| {
            let cash = event.split.as_ref().map(|split| split.cash_paid);
            (
                event.on.to_string(),
                event.member,
                cash.expect("a split"),
                event.balance,
            )
        })
        .collect()
}

/// 说了最迟几个月补上的，到那天还差多少就付多少现金；之前的划入先补。
#[test]
fn what_is_left_of_an_overdraft_is_made_good_in_cash_on_its_last_day() {
    // 1-28 划入 97，还差 3；2-28 再划入 97，补上了。
    for (repay_within, also, expected) in [
        // 没有说的：由划入补。
        (None, None, vec![]),
        // 2-15 还差 3。
        (Some(1), None, vec![("2026-02-15", "3.00")]),
        // 3-15 以前补上了。
        (Some(2), None, vec![]),
        // 2-15 当天先补 3，再看病（2-15：1000 × 20% = 200，透支到 −100），一个月以后还差 100 − 97 = 3。
        (
            Some(1),
            Some("2026-02-15"),
            vec![("2026-02-15", "3.00"), ("2026-03-15", "3.00")],
        ),
        // 2-10 又透支：还是从 1-15 算起，2-15 一次补上 100。
        (Some(1), Some("2026-02-10"), vec![("2026-02-15", "100.00")]),
    ] {
        let (mut family, father) = overdrawn("50.00", repay_within);
        if let Some(on) = also {
            family.plan(father, on, "1000.00", None);
        }
        let projection = family.project("2026-01-10", "2026-06-30");
        let found = repayments(&projection);
        let expected: Vec<_> = expected
            .into_iter()
            .map(|(on, cash)| (on.to_owned(), father, exact(cash), exact("0.00")))
            .collect();
        assert_eq!(found, expected, "{repay_within:?} {also:?}");
    }
}

/// 补上的算现金，写明从哪天起、几个月、谁说的；账户回到零，以后的划入留得住。
#[test]
fn a_repayment_counts_as_cash_and_says_whose_word_it_is() {
    let (mut family, father) = overdrawn("50.00", Some(1));
    // 个人 320：账户 50 + 透支 100，现金 170。
    let without = {
        family.household.accounts[0].overdraft = Some(said(None));
        family.project("2026-01-10", "2026-03-31")
    };
    family.household.accounts[0].overdraft = Some(said(Some(1)));
    let projection = family.project("2026-01-10", "2026-03-31");
    let february = month(&projection, father, "2026-02");
    // −3 + 3 + 97 = 97
    assert_eq!(
        [
            february.opening,
            february.credited,
            february.cash_paid,
            february.closing
        ],
        ["-3.00", "100.00", "3.00", "97.00"].map(exact)
    );
    assert_eq!(
        (without.members[0].cash, projection.members[0].cash),
        (exact("170.00"), exact("173.00"))
    );
    let event = of_kind(&projection, EventKind::Repayment)[0];
    assert_eq!(event.what.code, "project.overdraft_repaid");
    assert_eq!(event.ground, Ground::Record);
    assert_eq!(
        (event.change, event.formula.as_deref()),
        (exact("3.00"), Some("-3.00 + 3.00 = 0.00"))
    );
    for (key, value) in [
        ("since", "2026-01-15"),
        ("months", "1"),
        ("source", "医保窗口的人说的"),
        ("day", "2026-01-12"),
    ] {
        assert_eq!(event.what.params.get(key).map(String::as_str), Some(value));
    }
}

/// 记账里已经低于零的，从那天算起；早该补的，算在第一天。
#[test]
fn an_account_that_is_below_zero_already_is_made_good_in_its_time() {
    for (since, on, cash) in [
        ("2025-12-20", "2026-01-20", "40.00"),
        // 1-28 的 97 先补上。
        ("2026-01-05", "", ""),
        ("2025-11-01", "2026-01-11", "40.00"),
    ] {
        let (mut family, father) = overdrawn("-40.00", Some(1));
        family.household.plans.clear();
        let mut overdraft = said(Some(1));
        overdraft.below_since = Some(day(since));
        family.household.accounts[0].overdraft = Some(overdraft);
        let found = repayments(&family.project("2026-01-10", "2026-06-30"));
        let expected: Vec<_> = Some((on.to_owned(), father, cash))
            .filter(|(on, ..)| !on.is_empty())
            .map(|(on, father, cash)| (on, father, exact(cash), exact("0.00")))
            .into_iter()
            .collect();
        assert_eq!(found, expected, "{since}");
    }
}

/// 两个人各按各的说法；余额不知道的，要不要补也不知道。
#[test]
fn everybody_is_made_good_by_their_own_statement() {
    let (mut family, father) = overdrawn("50.00", Some(1));
    let mother = family.member("母亲", "1961-05-20", EmploymentStatus::Retired, "0.00");
    family.fresh(mother, "2026-01-10");
    family.credit_day(mother, 28);
    family.plan(mother, "2026-01-20", "1000.00", None);
    family.plan(mother, "2026-03-10", "1000.00", None);
    family.household.accounts[1].overdraft = Some(said(Some(3)));
    // 母亲 1-20 到 −100，1-28、2-28 各划入 97，3-1 起有 94：3-10 的 200 用到 −100，6-10 以前 3-28、4-28 补上了。
    let projection = family.project("2026-01-10", "2026-06-30");
    let found: Vec<_> = repayments(&projection)
        .into_iter()
        .map(|(on, member, cash, _)| (on, member, cash))
        .collect();
    assert_eq!(found, [("2026-02-15".to_owned(), father, exact("3.00"))]);
    family.household.accounts[1].overdraft = Some(said(Some(1)));
    let projection = family.project("2026-01-10", "2026-06-30");
    let of_mother: Vec<_> = repayments(&projection)
        .into_iter()
        .filter(|(_, member, ..)| *member == mother)
        .map(|(on, _, cash, _)| (on, cash))
        .collect();
    // 2-20 还差 3；3-10 那天有 97，透支到 −100，4-10 还差 3。
    assert_eq!(
        of_mother,
        [
            ("2026-02-20".to_owned(), exact("3.00")),
            ("2026-04-10".to_owned(), exact("3.00"))
        ]
    );
    family.balances.retain(|(account, _), _| account.0 != 1);
    let projection = family.project("2026-01-10", "2026-03-31");
    let event = of_kind(&projection, EventKind::Repayment)[0];
    assert_eq!(
        (event.member, event.what.code.as_str(), event.change),
        (father, "project.overdraft_maybe_repaid", Amount::UNKNOWN)
    );
    assert_eq!(
        month(&projection, father, "2026-02").cash_paid,
        Amount::UNKNOWN
    );
}
