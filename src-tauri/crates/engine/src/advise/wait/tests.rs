//! 甲地：门诊每年起付 300，退休报 80%，2027-01-01 起 90%；退休每月 97.00，次月 5 日到。

use gongji_domain::{EmploymentStatus, MemberId, Overdraft};

use super::*;
use crate::project::tests::{Family, day, exact, library, rule};
use crate::sample::{self, ACCOUNT, COUNTERS, OUTPATIENT};

/// A retired father with `balance` on `from`, who has paid `deductible` of this year's 300.
fn father(from: &str, balance: &str, deductible: &str) -> Family {
    let mut family = Family::default();
    let father = family.member("父亲", "1958-05-20", EmploymentStatus::Retired, balance);
    family.credit_day(father, 5);
    family.state_counter(father, "op_deductible", from, deductible);
    family.state_counter(father, "own_share", from, "0.00");
    family
}

fn ask(library: &Library, family: &Family, from: &str, on: &str) -> WaitComparison {
    let plan = &family.household.plans[0];
    wait(
        library,
        &family.household,
        &family.balances,
        day(from),
        plan,
        day(on),
    )
    .expect("a comparison")
}

fn codes(comparison: &WaitComparison) -> Vec<(String, &str)> {
    let rows = comparison.rows.iter();
    rows.map(|row| (row.on.to_string(), row.why.code.as_str()))
        .collect()
}

fn said(comparison: &WaitComparison) -> (WaitVerdict, &str, Option<&str>) {
    let what = &comparison.what;
    (
        comparison.verdict,
        what.code.as_str(),
        what.params.get("amount").map(String::as_str),
    )
}

use WaitVerdict::{Cheaper, LessCash, Never, NoDifference, NotKnown, OnlyMoves, PlannedIsBest};

#[test]
fn the_deductible_and_the_ratio_of_both_years_decide() {
    for (deductible, from, planned, fund, other, verdict) in [
        // 今年的起付已经付满：今年 1000 × 20% = 200；明年 300 + 700 × 10% = 370
        (
            "300.00",
            "2026-11-10",
            "2027-01-15",
            "630.00",
            ("2026-12-31", "wait.this_year", "800.00"),
            (Cheaper, "wait.cheaper.deductible", Some("170.00")),
        ),
        (
            "300.00",
            "2026-11-10",
            "2026-12-20",
            "800.00",
            ("2027-01-01", "wait.next_year", "630.00"),
            (
                PlannedIsBest,
                "wait.planned_is_best.deductible",
                Some("170.00"),
            ),
        ),
        // 今年一分没付：今年 300 + 700 × 20% = 440，明年 370
        (
            "0.00",
            "2026-11-10",
            "2026-12-20",
            "560.00",
            ("2027-01-01", "wait.next_year", "630.00"),
            (Cheaper, "wait.cheaper.rate", Some("70.00")),
        ),
        // 付了 212.50：87.50 + 912.50 × 20% = 270.00，明年 370
        (
            "212.50",
            "2026-11-10",
            "2027-01-15",
            "630.00",
            ("2026-12-31", "wait.this_year", "730.00"),
            (Cheaper, "wait.cheaper.deductible", Some("100.00")),
        ),
        // 付了 87.50：212.50 + 787.50 × 20% = 370.00，正好一样
        (
            "87.50",
            "2026-11-10",
            "2027-01-15",
            "630.00",
            ("2026-12-31", "wait.this_year", "630.00"),
            (NoDifference, "wait.no_difference", None),
        ),
    ] {
        let mut family = father(from, "5000.00", deductible);
        family.plan(MemberId(1), planned, "1000.00", None);
        let compared = ask(&library(), &family, from, planned);
        assert_eq!(said(&compared), verdict, "{deductible} {planned}");
        let row = compared.rows.iter().find(|row| row.on == day(other.0));
        let row = row.unwrap_or_else(|| panic!("{:?}", codes(&compared)));
        assert_eq!(compared.rows[0].fund_paid, exact(fund));
        assert_eq!(
            (row.why.code.as_str(), row.fund_paid),
            (other.1, exact(other.2))
        );
        assert_eq!(row.cash_paid, exact("0.00"));
        let better = (verdict.0 == Cheaper).then(|| day(other.0));
        assert_eq!(compared.better, better);
    }
}

#[test]
fn what_is_saved_here_and_paid_elsewhere_is_not_saved() {
    let mut family = father("2026-11-10", "5000.00", "0.00");
    family.plan(MemberId(1), "2026-12-20", "1000.00", None);
    family.plan(MemberId(1), "2027-03-10", "1000.00", None);
    let compared = ask(&library(), &family, "2026-11-10", "2026-12-20");
    // 不挪：440 + 370 = 810。挪到 1 月 1 日：370 + 1000 × 10% = 470，两次共用一个起付。
    assert_eq!(compared.rows[0].patient_in_all, exact("810.00"));
    assert_eq!(
        said(&compared),
        (Cheaper, "wait.cheaper.with_others", Some("340.00"))
    );
    // 今年还有一次 1000：不挪，440 + 200 = 640；挪走，另一次付起付，440 + 370 = 810。
    let mut family = father("2026-11-10", "5000.00", "0.00");
    family.plan(MemberId(1), "2026-12-10", "1000.00", None);
    family.plan(MemberId(1), "2026-12-20", "1000.00", None);
    let compared = ask(&library(), &family, "2026-11-10", "2026-12-10");
    assert_eq!(
        said(&compared),
        (
            PlannedIsBest,
            "wait.planned_is_best.with_others",
            Some("170.00")
        )
    );
}

#[test]
fn the_next_credit_may_save_cash_or_only_move_it() {
    // 2 月 5 日到 97：2 月 10 日 147，自付 300 + 100 × 20% = 320，现金 173；3 月 5 日 244，现金 76。
    let mut family = father("2026-01-10", "50.00", "0.00");
    family.plan(MemberId(1), "2026-02-10", "400.00", None);
    let compared = ask(&library(), &family, "2026-01-10", "2026-02-10");
    let expected = [
        ("2026-02-10".to_owned(), "wait.planned"),
        ("2026-03-05".to_owned(), "wait.next_credit"),
    ];
    assert_eq!(codes(&compared), expected);
    let cash: Vec<Amount> = compared.rows.iter().map(|row| row.cash_paid).collect();
    assert_eq!(cash, [exact("173.00"), exact("76.00")]);
    assert_eq!(said(&compared), (LessCash, "wait.less_cash", Some("97.00")));
    assert_eq!(compared.better, Some(day("2026-03-05")));
    // 3 月 10 日另有 1000，自付 200：不挪现金 173 + 103，挪了 76 + 200，都是 276。
    family.plan(MemberId(1), "2026-03-10", "1000.00", None);
    let compared = ask(&library(), &family, "2026-01-10", "2026-02-10");
    assert_eq!(compared.rows[0].cash_in_all, exact("276.00"));
    assert_eq!(compared.rows[1].cash_in_all, exact("276.00"));
    assert_eq!(
        said(&compared),
        (OnlyMoves, "wait.only_moves", Some("97.00"))
    );
    // 账户里够，哪天都一样。
    let mut family = father("2026-01-10", "5000.00", "0.00");
    family.plan(MemberId(1), "2026-02-10", "400.00", None);
    let compared = ask(&library(), &family, "2026-01-10", "2026-02-10");
    assert_eq!(said(&compared), (NoDifference, "wait.no_difference", None));
}

#[test]
fn the_other_days_of_a_plan_stay_where_they_are() {
    let mut family = father("2026-01-10", "5000.00", "0.00");
    family.plan(
        MemberId(1),
        "2026-02-10",
        "400.00",
        rule("FREQ=MONTHLY;COUNT=3"),
    );
    let compared = ask(&library(), &family, "2026-01-10", "2026-03-10");
    // 320 + 80 + 80
    assert_eq!(compared.rows[0].patient_in_all, exact("480.00"));
    assert_eq!(compared.rows[0].fund_paid, exact("320.00"));
    assert_eq!(said(&compared), (NoDifference, "wait.no_difference", None));
}

#[test]
fn a_limit_of_the_month_begins_anew_in_the_next() {
    let counters = format!(
        r#"{COUNTERS}[[counter]]
id = "of_month"
name = "本月已报"
from = 2019-01-01
source = "S"
adds = ["pooled"]
paid_by = ["pool"]
of = ["general_outpatient"]
per = "month"
"#
    );
    let outpatient = format!(
        r#"{OUTPATIENT}[[cap]]
id = "month"
from = 2019-01-01
source = "S 月限额"
basis = "fund_paid"
counter = "of_month"
class = ["any"]
rows = [{{ status = "any", values = ["100.00"] }}]
"#
    );
    let library = sample::library(&[
        ("personal-account", ACCOUNT),
        ("counters", &counters),
        ("general-outpatient", &outpatient),
    ]);
    let mut family = father("2026-01-20", "5000.00", "300.00");
    family.state_counter(MemberId(1), "of_month", "2026-01-20", "60.00");
    family.plan(MemberId(1), "2026-01-28", "100.00", None);
    let compared = ask(&library, &family, "2026-01-20", "2026-01-28");
    // 100 × 80% = 80：本月只剩 40，2 月又有 100。
    assert_eq!(compared.rows[0].fund_paid, exact("40.00"));
    assert_eq!(compared.rows[1].fund_paid, exact("80.00"));
    assert_eq!(
        said(&compared),
        (Cheaper, "wait.cheaper.over_cap", Some("40.00"))
    );
    assert_eq!(compared.better, Some(day("2026-02-01")));
}

#[test]
fn urgent_and_prescribed_care_is_never_compared() {
    let mut family = father("2026-01-10", "50.00", "0.00");
    family.plan(MemberId(1), "2026-02-10", "400.00", None);
    family.household.plans[0].urgent = true;
    let compared = ask(&library(), &family, "2026-01-10", "2026-02-10");
    assert_eq!(said(&compared), (Never, "wait.never", None));
    assert!(compared.rows.is_empty() && compared.better.is_none());
    family.household.plans[0].urgent = false;
    family.household.plans[0].part = Part::ChronicOutpatient;
    let compared = ask(&library(), &family, "2026-01-10", "2026-02-10");
    assert_eq!(said(&compared), (Never, "wait.never_prescribed", None));
}

#[test]
fn where_the_rules_are_not_known_neither_is_the_difference() {
    let mut family = father("2026-01-10", "50.00", "0.00");
    family.plan(MemberId(1), "2026-02-10", "400.00", None);
    family.household.enrollments[0].pool = "980100".into();
    family.household.accounts[0].pool = Some("980100".into());
    let compared = ask(&library(), &family, "2026-01-10", "2026-02-10");
    assert_eq!(said(&compared), (NotKnown, "wait.not_known", None));
    assert_eq!(compared.rows[0].fund_paid, Amount::UNKNOWN);
}

/// 账户 50，自付 200 透支到 −150；1 月 5 日划入 97，还差 53，1 月 20 日用现金补上。一共自己付 200，不是 253。
#[test]
fn cash_that_makes_good_what_was_overdrawn_is_not_paid_twice() {
    let mut family = father("2026-12-10", "50.00", "300.00");
    family.household.accounts[0].overdraft = Some(Overdraft {
        limit: "1000.00".parse().expect("an amount"),
        source: "窗口的人说的".to_owned(),
        stated_on: day("2026-12-01"),
        repay_within: Some(1),
        below_since: None,
    });
    family.plan(MemberId(1), "2026-12-20", "1000.00", None);
    let compared = ask(&library(), &family, "2026-12-10", "2026-12-20");
    let planned = &compared.rows[0];
    let paid = (planned.own_account_paid, planned.cash_paid);
    assert_eq!(paid, (exact("200.00"), exact("0.00")));
    let in_all = (planned.patient_in_all, planned.cash_in_all);
    assert_eq!(in_all, (exact("200.00"), exact("53.00")));
}
