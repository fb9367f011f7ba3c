//! 划入在哪一天算数。

use super::*;

fn credit_entry(id: u32, on: &str, for_month: Option<&str>) -> Entry {
    Entry {
        id: EntryId(id),
        on: day(on),
        for_month: for_month.map(|month| month.parse().expect("a month")),
        kind: EntryKind::Credit,
        memo: String::new(),
        legs: vec![Leg {
            account: AccountId(1),
            sub: Some(SubAccountId::from("book")),
            amount: yuan("97.00"),
        }],
        corrects: None,
        settlement: None,
        for_member: None,
    }
}

#[test]
fn the_day_matters_only_where_something_is_spent_inside_the_window() {
    let outlook = |first_on: &str| {
        let mut family = Family::default();
        let father = family.member("父亲", "1960-05-20", EmploymentStatus::Retired, "0.00");
        family.fresh(father, "2026-01-10");
        family.household.stated_counters[0].value = "300.00".to_owned();
        family.plan(father, first_on, "400.00", None);
        let projection = family.project("2026-01-10", "2026-02-28");
        let event = of_kind(&projection, EventKind::Spending)[0].clone();
        let split = event.split.expect("a split");
        (
            split.own_account_paid,
            split.cash_paid,
            month(&projection, father, "2026-02").closing,
            projection.unknown.len(),
        )
    };
    // 个人 80。窗口 2 月 1 日到 5 日，97 元。
    assert_eq!(
        outlook("2026-01-31"),
        (exact("0.00"), exact("80.00"), exact("97.00"), 0)
    );
    assert_eq!(
        outlook("2026-02-01"),
        (
            range("0.00", "80.00"),
            range("0.00", "80.00"),
            range("17.00", "97.00"),
            1
        )
    );
    assert_eq!(
        outlook("2026-02-04"),
        (
            range("0.00", "80.00"),
            range("0.00", "80.00"),
            range("17.00", "97.00"),
            1
        )
    );
    assert_eq!(
        outlook("2026-02-05"),
        (exact("80.00"), exact("0.00"), exact("17.00"), 0)
    );
}

#[test]
fn a_credit_is_counted_on_its_last_day_and_not_before() {
    let mut family = Family::default();
    let father = family.member("父亲", "1960-05-20", EmploymentStatus::Retired, "10.00");
    family.fresh(father, "2026-01-10");
    let projection = family.project("2026-01-10", "2026-02-04");
    assert!(of_kind(&projection, EventKind::Credit).is_empty());
    assert_eq!(
        projection.members[0].lowest.as_ref().map(|low| low.amount),
        Some(exact("10.00"))
    );
    let projection = family.project("2026-01-10", "2026-02-05");
    let credit = of_kind(&projection, EventKind::Credit)[0];
    assert_eq!(
        (credit.earliest, credit.on),
        (day("2026-02-01"), day("2026-02-05"))
    );
    assert_eq!(
        (credit.change, credit.balance),
        (exact("97.00"), exact("107.00"))
    );
    assert_eq!(
        (credit.gross, credit.withheld),
        (Some(exact("100.00")), Some(exact("3.00")))
    );
}

#[test]
fn a_credit_that_never_came_is_pointed_out_and_not_counted() {
    let mut family = Family::default();
    family.member("父亲", "1960-05-20", EmploymentStatus::Retired, "10.00");
    family
        .household
        .entries
        .push(credit_entry(1, "2026-02-03", Some("2026-01")));
    let overdue = |family: &Family| -> Vec<(String, Amount, Amount)> {
        let projection = family.project("2026-04-10", "2026-05-31");
        let closing = month(&projection, MemberId(1), "2026-05").closing;
        assert_eq!(closing, exact("107.00"), "only May's credit is counted");
        of_kind(&projection, EventKind::OverdueCredit)
            .iter()
            .map(|event| (event.on.to_string(), event.change, event.balance))
            .collect()
    };
    let shown = |on: &str| (on.to_owned(), exact("97.00"), exact("10.00"));
    assert_eq!(overdue(&family), [shown("2026-03-05"), shown("2026-04-05")]);
    // Without a month, a credit inside the window is that month's.
    family
        .household
        .entries
        .push(credit_entry(2, "2026-03-04", None));
    assert_eq!(overdue(&family), [shown("2026-04-05")]);
    family.household.missing_credits.push(MissingCredit {
        account: AccountId(1),
        month: "2026-03".parse().expect("a month"),
        noted_on: day("2026-04-09"),
    });
    assert_eq!(overdue(&family), []);
}

#[test]
fn a_balance_stated_inside_the_window_may_already_hold_the_credit() {
    let mut family = Family::default();
    let father = family.member("父亲", "1960-05-20", EmploymentStatus::Retired, "10.00");
    family.household.accounts[0].opened_on = day("2026-02-03");
    let projection = family.project("2026-02-03", "2026-03-31");
    assert_eq!(
        month(&projection, father, "2026-02").closing,
        range("10.00", "107.00")
    );
    assert_eq!(
        month(&projection, father, "2026-03").closing,
        range("107.00", "204.00")
    );
    assert_eq!(projection.unknown[0].key, "arrival_stated:1");
    family.credit_day(father, 3);
    let projection = family.project("2026-02-03", "2026-03-31");
    assert_eq!(
        month(&projection, father, "2026-02").closing,
        exact("10.00"),
        "it had come that day"
    );
}

#[test]
fn retirement_and_the_seventieth_birthday_change_the_credit() {
    let mut family = Family::default();
    let father = family.member("父亲", "1956-04-01", EmploymentStatus::Active, "0.00");
    family.household.enrollments[0].retired_on = Some(day("2026-02-11"));
    family.credit_day(father, 5);
    let projection = family.project("2026-01-10", "2026-06-30");
    let credits: Vec<(String, Amount)> = of_kind(&projection, EventKind::Credit)
        .iter()
        .map(|event| (event.for_month.expect("a month").to_string(), event.change))
        .collect();
    // 2 月仍在职 10000 × 2%；3 月 1 日 69 岁退休 100 − 3；4 月 1 日已满 70：110 − 3。
    let expected = [
        ("2026-01", "200.00"),
        ("2026-02", "200.00"),
        ("2026-03", "97.00"),
        ("2026-04", "107.00"),
        ("2026-05", "107.00"),
    ];
    assert_eq!(
        credits,
        expected.map(|(month, net)| (month.to_owned(), exact(net)))
    );
    let changes: Vec<(NaiveDate, String)> = of_kind(&projection, EventKind::Change)
        .iter()
        .map(|event| (event.on, event.what.code.clone()))
        .collect();
    assert!(changes.contains(&(day("2026-03-01"), "project.enrollment_changes".to_owned())));
    assert!(changes.contains(&(day("2026-04-01"), "project.age_reached".to_owned())));
    let credit_changes = (day("2026-04-01"), "project.credit_changes".to_owned());
    assert!(changes.contains(&credit_changes));
    // Also where the month before is all record.
    let begins_there = family.project("2026-03-31", "2026-06-30");
    let change = of_kind(&begins_there, EventKind::Change)[0];
    assert_eq!((change.on, change.what.code.clone()), credit_changes);
    assert_eq!(change.what.params["before"], "97.00");
}

#[test]
fn what_comes_in_is_unknown_in_every_month_in_which_an_unknown_credit_may_come() {
    let (known, open) = ("990100", "980100");
    // 甲地每月 97，次月 5 日到账；丙地没有规则，次月底以前都可能到账。
    for (pools, expected) in [
        ([known, known], ["0.00", "97.00", "97.00", "97.00", "97.00"]),
        ([open, open], ["?", "?", "?", "?", "?"]),
        ([known, open], ["0.00", "97.00", "?", "?", "?"]),
        ([open, known], ["?", "?", "?", "97.00", "97.00"]),
    ] {
        let mut family = Family::default();
        let father = family.member("父亲", "1960-05-20", EmploymentStatus::Retired, "10.00");
        family.household.accounts[0].pool = None;
        family.credit_day(father, 5);
        let mut moved = family.household.enrollments[0].clone();
        moved.id = EnrollmentId(2);
        moved.from = day("2026-03-01");
        moved.pool = PoolId::from(pools[1]);
        family.household.enrollments[0].pool = PoolId::from(pools[0]);
        family.household.enrollments.push(moved);
        let projection = family.project("2026-01-10", "2026-05-31");
        let credited = ["2026-01", "2026-02", "2026-03", "2026-04", "2026-05"].map(|number| {
            let amount = month(&projection, father, number).credited;
            amount
                .exact()
                .map_or("?".to_owned(), |yuan| yuan.to_string())
        });
        assert_eq!(credited, expected, "{pools:?}");
        let said = of_kind(&projection, EventKind::Credit)
            .iter()
            .filter(|event| event.what.code == "project.credit_unknown")
            .count();
        assert_eq!(said, usize::from(pools.contains(&open)), "said once");
    }
}

#[test]
fn what_is_missing_for_a_credit_is_named() {
    let mut family = Family::default();
    let mother = family.member("母亲", "1990-03-20", EmploymentStatus::Active, "0.00");
    family.credit_day(mother, 5);
    family.household.enrollments[0].contribution_base = None;
    let projection = family.project("2026-01-10", "2026-03-31");
    let said = of_kind(&projection, EventKind::Credit)[0].what.clone();
    assert_eq!(said.code, "project.credit_unknown_fact");
    assert_eq!(said.params["fact"], "contribution_base");
}

#[test]
fn what_the_member_stated_is_what_is_credited() {
    let (before, rest) = ACCOUNT
        .split_once("  { status = \"retired\", from_age = 0,")
        .expect("the rows of retirees");
    let (_, after) = rest.split_once("]\nask").expect("the end of the rows");
    let rules = |rows: &str| {
        let account = format!("{before}{rows}]\nask{after}");
        sample::library(&[("personal-account", &account)])
    };
    let by_pension = rules(
        "{ status = \"retired\", employer = \"enterprise\", of = \"pension\", values = [\"7%\"] },
         { status = \"retired\", employer = \"public_sector\", of = \"pension\", values = [\"4%\"] },",
    );
    let frozen = rules("{ status = \"retired\", of = \"entered\", values = [\"entered\"] },");
    // 3000 × 7% − 3 = 207；3000 × 4% − 3 = 117；126.40 − 3 = 123.40。
    for (library, pension, employer, frozen_credit, net) in [
        (
            &by_pension,
            Some("3000.00"),
            Some("enterprise"),
            None,
            "207.00",
        ),
        (
            &by_pension,
            Some("3000.00"),
            Some("public_sector"),
            None,
            "117.00",
        ),
        (&by_pension, Some("3000.00"), None, None, "?"),
        (&by_pension, None, Some("enterprise"), None, "?"),
        (&frozen, None, None, Some("126.40"), "123.40"),
        (&frozen, None, None, Some("0.00"), "-3.00"),
        (&frozen, Some("3000.00"), Some("enterprise"), None, "?"),
    ] {
        let mut family = Family::default();
        let father = family.member("父亲", "1960-05-20", EmploymentStatus::Retired, "10.00");
        family.credit_day(father, 5);
        let enrollment = &mut family.household.enrollments[0];
        enrollment.pension = pension.map(yuan);
        enrollment.employer = employer.map(str::to_owned);
        enrollment.frozen_credit = frozen_credit.map(yuan);
        let projection = project(
            library,
            &family.household,
            &family.balances,
            day("2026-01-10"),
            day("2026-02-28"),
        )
        .expect("a projection");
        let credited = month(&projection, father, "2026-02").credited.exact();
        assert_eq!(
            credited.map_or("?".to_owned(), |yuan| yuan.to_string()),
            net,
            "{pension:?} {employer:?} {frozen_credit:?}"
        );
    }
}

/// 记在以后的划入，起点的余额里还没有：从起点往后照样预计，不能当作已经到账。
#[test]
fn what_is_recorded_of_later_days_is_still_expected() {
    let mut family = Family::default();
    let father = family.member("父亲", "1960-05-20", EmploymentStatus::Retired, "0.00");
    family.credit_day(father, 5);
    family.household.entries.push(Entry {
        id: EntryId(1),
        on: day("2026-02-05"),
        for_month: Some("2026-01".parse().expect("a month")),
        kind: EntryKind::Credit,
        memo: String::new(),
        legs: vec![Leg {
            account: AccountId(1),
            sub: Some(SubAccountId::from("book")),
            amount: yuan("97.00"),
        }],
        corrects: None,
        settlement: None,
        for_member: None,
    });
    for (from, credited) in [("2026-01-10", "97.00"), ("2026-02-05", "0.00")] {
        let projection = family.project(from, "2026-02-28");
        assert_eq!(
            month(&projection, father, "2026-02").credited,
            exact(credited),
            "{from}"
        );
    }
}

/// 从当月还是次月换档，是一个地方的一件事：两个人的生日只问一次，同一种答案算到底。
#[test]
fn from_when_an_age_counts_is_one_question_for_a_place() {
    let mut family = Family::default();
    let father = family.member("父亲", "1956-02-20", EmploymentStatus::Retired, "0.00");
    let mother = family.member("母亲", "1956-04-10", EmploymentStatus::Retired, "0.00");
    for member in [father, mother] {
        family.fresh(member, "2026-01-10");
        family.credit_day(member, 5);
    }
    let projection = family.project("2026-01-10", "2026-07-31");
    let closing = |member, at: &str| month(&projection, member, at).closing;
    // 97 + 97 或 107，再 107 一个月
    assert_eq!(closing(father, "2026-03"), range("194.00", "204.00"));
    assert_eq!(closing(father, "2026-06"), range("515.00", "525.00"));
    assert_eq!(closing(mother, "2026-05"), range("388.00", "398.00"));
    let asked = projection.unknown.iter();
    let keys: Vec<&str> = asked.map(|open| open.key.as_str()).collect();
    assert_eq!(
        keys.iter()
            .filter(|key| key.starts_with("age_band"))
            .count(),
        1,
        "{keys:?}"
    );
    let changes = of_kind(&projection, EventKind::Change);
    let told = changes.iter().map(|event| event.what.code.as_str());
    assert_eq!(
        told.filter(|code| *code == "project.credit_changes")
            .count(),
        2
    );
}
