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
