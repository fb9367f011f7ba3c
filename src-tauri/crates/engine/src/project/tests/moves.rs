//! 换地方、换险种、退休、规则半路开始 — in the middle of the projection and of the year.

use super::*;

/// 甲地 as everywhere, with further files.
fn with(more: &[(&str, &str)]) -> Library {
    let mut files = vec![
        ("personal-account", ACCOUNT),
        ("mutual-aid", AID),
        ("counters", COUNTERS),
        ("general-outpatient", OUTPATIENT),
        ("layer-serious-illness", YEARLY),
    ];
    files.extend(more);
    sample::library(&files)
}

/// A father of 甲地.
fn father(status: EmploymentStatus) -> (Family, MemberId) {
    let mut family = Family::default();
    let father = family.member("父亲", "1960-05-20", status, "0.00");
    (family, father)
}

impl Family {
    /// The last enrollment ends before `from`, and another begins on it.
    fn moves(&mut self, from: &str, pool: &str, scheme: Scheme) {
        let before = self
            .household
            .enrollments
            .last_mut()
            .expect("an enrollment");
        let next = Enrollment {
            id: EnrollmentId(before.id.0 + 1),
            from: day(from),
            pool: PoolId::from(pool),
            scheme,
            ..before.clone()
        };
        before.until = before.until.or(day(from).pred_opt());
        self.household.enrollments.push(next);
    }
}

/// 换年度和一年一结的补充层，各在哪天。
fn years(projection: &Projection) -> Vec<String> {
    let kinds = [EventKind::YearEnd, EventKind::YearlyLayer];
    let events = projection.events.iter();
    let said = events
        .filter(|event| kinds.contains(&event.kind))
        .map(|event| {
            let paid = event
                .split
                .as_ref()
                .and_then(|split| split.fund_paid.exact());
            let paid = paid.map_or(String::new(), |paid| format!(" {paid}"));
            let code = event.what.code.trim_start_matches("project.");
            format!("{} {code}{paid}", event.on)
        });
    said.collect()
}

fn funds(projection: &Projection) -> Vec<Amount> {
    let events = of_kind(projection, EventKind::Spending).into_iter();
    let paid = events.filter_map(|event| event.split.as_ref().map(|split| split.fund_paid));
    paid.collect()
}

#[test]
fn the_year_is_that_of_the_place_in_which_the_member_is_insured_by_then() {
    let bingdi = COUNTERS
        .replace("990100", "980100")
        .replace("01-01\"", "07-01\"")
        .replace("2019-01-01", "2018-07-01");
    let library = with(&[("counters", &bingdi)]);
    for (moves, expected) in [
        (
            "2026-03-01",
            vec!["2026-07-01 year_end", "2027-07-01 year_end"],
        ),
        ("2026-07-01", vec!["2027-07-01 year_end"]),
        (
            "2027-01-01",
            vec!["2027-01-01 year_end", "2027-07-01 year_end"],
        ),
    ] {
        let (mut family, _) = father(EmploymentStatus::Retired);
        family.moves(moves, "980100", Scheme::Employee);
        let projection = family.project_by(&library, "2026-01-10", "2027-12-31");
        assert_eq!(years(&projection), expected, "{moves}");
    }
}

#[test]
fn rules_that_begin_later_are_used_from_their_day_on() {
    let begins = |text: &str| text.replace("2019-01-01", "2026-06-01");
    let library = sample::library(&[
        ("personal-account", ACCOUNT),
        ("counters", &begins(COUNTERS)),
        ("general-outpatient", &begins(OUTPATIENT)),
        ("layer-serious-illness", &begins(YEARLY)),
    ]);
    let (mut family, father) = father(EmploymentStatus::Retired);
    for (on, total) in [
        ("2026-05-20", "500.00"),
        ("2026-06-20", "9000.00"),
        ("2026-07-20", "500.00"),
        ("2027-01-20", "500.00"),
    ] {
        family.plan(father, on, total, None);
    }
    let projection = family.project_by(&library, "2026-01-10", "2027-12-31");
    // 8700 × 80%；500 × 80%；新年度 200 × 90%。
    assert_eq!(
        funds(&projection),
        [
            Amount::UNKNOWN,
            exact("6960.00"),
            exact("400.00"),
            exact("180.00")
        ]
    );
    // 2040 + 100 − 1000 = 1140：500 × 60% + 640 × 70% = 748
    assert_eq!(
        years(&projection),
        ["2027-01-01 year_end", "2027-01-01 yearly_layer 748.00"]
    );
}

#[test]
fn who_comes_back_in_the_same_year_finds_the_counters_as_they_were() {
    for (stated, expected) in [
        (Some("300.00"), exact("400.00")),
        (Some("0.00"), exact("160.00")),
        // 起付线没用过：160；已用满：400。
        (None, range("160.00", "400.00")),
    ] {
        let (mut family, father) = father(EmploymentStatus::Retired);
        if let Some(value) = stated {
            family.state_counter(father, "op_deductible", "2026-02-20", value);
        }
        family.state_counter(father, "own_share", "2026-02-20", "0.00");
        family.moves("2026-03-01", "980100", Scheme::Employee);
        family.moves("2026-05-01", "990100", Scheme::Employee);
        family.plan(father, "2026-05-10", "500.00", None);
        let projection = family.project("2026-03-15", "2026-06-30");
        assert_eq!(funds(&projection), [expected], "{stated:?}");
    }
}

#[test]
fn another_scheme_counts_anew_and_has_its_own_year() {
    let resident = |text: &str| text.replace("scheme = \"employee\"", "scheme = \"resident\"");
    let (counters, outpatient) = (resident(COUNTERS), resident(OUTPATIENT));
    let library = with(&[("counters", &counters), ("general-outpatient", &outpatient)]);
    let (mut family, father) = father(EmploymentStatus::Active);
    family.fresh(father, "2026-06-01");
    family.moves("2026-07-01", "990100", Scheme::Resident);
    let monthly = rule("FREQ=MONTHLY;UNTIL=20260831");
    family.plan(father, "2026-06-10", "500.00", monthly);
    let projection = family.project_by(&library, "2026-06-01", "2027-01-31");
    // 200 × 70%；居民从 0 起：200 × 70%；500 × 70%。
    assert_eq!(
        funds(&projection),
        [exact("140.00"), exact("140.00"), exact("350.00")]
    );
    assert_eq!(years(&projection), ["2027-01-01 year_end"]);
    // What was stated while they were among the employees says nothing of the residents' counter.
    family.state_counter(father, "op_deductible", "2026-06-20", "250.00");
    let later = family.project_by(&library, "2026-07-05", "2026-07-31");
    assert_eq!(funds(&later), [exact("140.00")]);
}

#[test]
fn whether_a_layer_pays_after_somebody_has_left_in_the_middle_of_the_year_is_not_known() {
    let pays = "2027-01-01 yearly_layer 678.00";
    let unknown = "2027-01-01 yearly_layer_unknown";
    let year = "2027-01-01 year_end";
    // 起付 300 + 8700 × 20% = 2040，超过 1000；起付 300 + 3500 × 20% = 1000，正好。
    for (total, leaves, back, expected) in [
        ("9000.00", "2026-12-01", None, vec![unknown]),
        ("3800.00", "2026-12-01", None, vec![]),
        ("9000.00", "2026-12-31", None, vec![unknown]),
        ("9000.00", "2027-01-01", None, vec![year, pays]),
        (
            "9000.00",
            "2026-12-01",
            Some("2026-12-20"),
            vec![year, pays],
        ),
        ("9000.00", "2026-12-01", Some("2027-01-01"), vec![unknown]),
    ] {
        let (mut family, father) = father(EmploymentStatus::Retired);
        family.fresh(father, "2026-11-01");
        family.plan(father, "2026-11-10", total, None);
        family.moves(leaves, "980100", Scheme::Employee);
        if let Some(back) = back {
            family.moves(back, "990100", Scheme::Employee);
        }
        let projection = family.project("2026-11-01", "2027-06-30");
        assert_eq!(years(&projection), expected, "{total} {leaves} {back:?}");
    }
}

#[test]
fn the_layer_of_a_place_left_before_the_projection_is_not_forgotten() {
    for (own_share, expected) in [
        ("1000.00", vec![]),
        ("1000.01", vec!["2027-01-01 yearly_layer_unknown"]),
    ] {
        let (mut family, father) = father(EmploymentStatus::Retired);
        family.state_counter(father, "own_share", "2026-10-20", own_share);
        family.moves("2026-11-01", "980100", Scheme::Employee);
        let projection = family.project("2026-11-15", "2027-12-31");
        assert_eq!(years(&projection), expected, "{own_share}");
        // Nor where they come back, after the year or with the next one.
        for (from, back) in [("2026-11-15", "2027-02-01"), ("2026-12-31", "2027-01-01")] {
            let mut family = family.clone();
            family.moves(back, "990100", Scheme::Employee);
            let projection = family.project(from, "2027-12-31");
            assert_eq!(years(&projection), expected, "{own_share} {back}");
        }
    }
}

#[test]
fn retiring_in_the_middle_of_the_year_keeps_the_counters() {
    let (mut family, father) = father(EmploymentStatus::Active);
    family.household.enrollments[0].retired_on = Some(day("2026-06-15"));
    family.fresh(father, "2026-06-01");
    let monthly = rule("FREQ=MONTHLY;UNTIL=20260731");
    family.plan(father, "2026-06-10", "500.00", monthly);
    let projection = family.project("2026-06-01", "2026-08-31");
    // 6 月在职：200 × 70%；7 月 1 日起退休，起付线已满：500 × 80%。
    assert_eq!(funds(&projection), [exact("140.00"), exact("400.00")]);
    // 5、6 月 10000 × 2% = 200，7 月 100 − 3 = 97，次月 5 日到。
    let credits = of_kind(&projection, EventKind::Credit);
    let credits: Vec<(String, Amount)> = credits
        .iter()
        .map(|event| (event.on.to_string(), event.change))
        .collect();
    let expected = [
        ("2026-06-05", "200.00"),
        ("2026-07-05", "200.00"),
        ("2026-08-05", "97.00"),
    ];
    assert_eq!(
        credits,
        expected.map(|(on, net)| (on.to_owned(), exact(net)))
    );
}

#[test]
fn whoever_has_retired_stays_retired_in_the_next_place() {
    for moves in ["2026-06-20", "2026-07-01", "2026-08-01"] {
        let (mut family, father) = father(EmploymentStatus::Active);
        family.household.enrollments[0].pool = PoolId::from("980100");
        family.household.enrollments[0].retired_on = Some(day("2026-06-15"));
        family.moves(moves, "990100", Scheme::Employee);
        family.plan(father, "2026-09-10", "500.00", None);
        let projection = family.project("2026-06-01", "2026-09-30");
        // 退休：200 × 80%
        assert_eq!(funds(&projection), [exact("160.00")], "{moves}");
    }
}

#[test]
fn an_account_turns_by_the_rules_of_the_day_in_the_month_of_a_move() {
    let rolling = |pool: &str, on: &str| {
        let history = ACCOUNT.replace("[[account_use]]", "[[sub_account]]\nid = \"history\"\nfrom = 2022-09-01\nsource = \"S\"\nname = \"历年\"\nrolls_into = \"none\"\non = \"never\"\nwithdrawable = false\n[[account_use]]");
        history.replace("990100", pool).replacen(
            "rolls_into = \"none\"\non = \"never\"",
            &format!("rolls_into = \"history\"\non = \"{on}\""),
            1,
        )
    };
    for (here, there, expected) in [
        ("06-10", "06-25", vec!["2026-06-10"]),
        ("06-25", "06-10", vec![]),
        ("06-14", "06-10", vec!["2026-06-14"]),
        ("06-25", "06-15", vec!["2026-06-15"]),
        ("06-15", "06-14", vec![]),
    ] {
        let (jiadi, bingdi) = (rolling("990100", here), rolling("980100", there));
        let library =
            sample::library(&[("personal-account", &jiadi), ("personal-account", &bingdi)]);
        let (mut family, father) = father(EmploymentStatus::Retired);
        family.household.accounts[0].pool = None;
        let book = (AccountId(1), SubAccountId::from("book"));
        family.balances.insert(book, yuan("50.00"));
        family.credit_day(father, 28);
        family.moves("2026-06-15", "980100", Scheme::Employee);
        let projection = family.project_by(&library, "2026-06-01", "2026-06-27");
        let rolled = projection.events.iter();
        let rolled = rolled.filter(|event| event.what.code == "project.rolled_over");
        let rolled: Vec<String> = rolled.map(|event| event.on.to_string()).collect();
        assert_eq!(rolled, expected, "{here} {there}");
    }
}

#[test]
fn credits_that_are_not_known_are_said_of_every_place_and_from_the_day_on_which_it_begins() {
    let places = |projection: &Projection| -> Vec<String> {
        let events = projection.events.iter();
        let unknown = events.filter(|event| event.what.code == "project.credit_unknown");
        unknown
            .map(|event| format!("{} {}", event.on, event.what.params["place"]))
            .collect()
    };
    let (mut family, _) = father(EmploymentStatus::Retired);
    family.household.enrollments[0].pool = PoolId::from("990200");
    family.household.accounts[0].pool = None;
    family.moves("2026-03-10", "980100", Scheme::Employee);
    let projection = family.project("2026-01-10", "2026-06-30");
    assert_eq!(places(&projection), ["2026-01-11 乙地", "2026-04-01 丙地"]);
    family.household.enrollments.remove(0);
    let projection = family.project("2026-01-10", "2026-06-30");
    assert_eq!(places(&projection), ["2026-03-10 丙地"]);
    let march = month(&projection, MemberId(1), "2026-03");
    assert_eq!(
        (march.opening, march.closing),
        (exact("0.00"), Amount::UNKNOWN)
    );
}

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
