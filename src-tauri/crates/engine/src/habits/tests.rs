//! 平时的花费：照手算的表。

use gongji_domain::EmploymentStatus;

use super::*;
use crate::project::tests::{Family, day, exact, rule, yuan};

fn recorded(first: &str, spent: &[&str]) -> BTreeMap<Month, Yuan> {
    let first = Month::of(day(first));
    let months = (0..).map(|n| first.plus(n));
    months.zip(spent.iter().map(|text| yuan(text))).collect()
}

#[test]
fn the_middle_of_the_latest_twelve_recorded_months() {
    for (first, spent, months, usual, missing) in [
        // 六个月：从小到大 0、10、20、30、40、500，中间两个是 20 和 30。
        (
            "2025-07-01",
            &["30.00", "0.00", "500.00", "10.00", "40.00", "20.00"][..],
            6,
            Some("25.00"),
            0,
        ),
        // 七个月：中间一个是第四个。
        (
            "2025-06-01",
            &["7.00", "1.00", "3.00", "2.00", "5.00", "4.00", "6.00"],
            7,
            Some("4.00"),
            0,
        ),
        // 半分进一：(0.01 + 0.02) ÷ 2 = 0.015。
        (
            "2025-07-01",
            &["0.01", "0.01", "0.01", "0.02", "0.02", "0.02"],
            6,
            Some("0.02"),
            0,
        ),
        // 五个月不够，还差一个。
        (
            "2025-08-01",
            &["30.00", "30.00", "30.00", "30.00", "30.00"],
            5,
            None,
            1,
        ),
        // 十四个月只看最近的十二个：最早的两个 900 不算，其余都是 50。
        (
            "2024-11-01",
            &[
                "900.00", "900.00", "50.00", "50.00", "50.00", "50.00", "50.00", "50.00", "50.00",
                "50.00", "50.00", "50.00", "50.00", "50.00",
            ],
            12,
            Some("50.00"),
            0,
        ),
        // 这个月还没有过完，不算；24 个月以前的也不算。
        ("2026-01-01", &["80.00"], 0, None, 6),
        ("2023-12-01", &["80.00"], 0, None, 6),
        ("2024-01-01", &["80.00"], 1, None, 5),
    ] {
        let habit = habit(MemberId(1), &recorded(first, spent), day("2026-01-10"));
        assert_eq!(habit.months.len(), months, "{first}");
        assert_eq!(habit.usual, usual.map(yuan), "{first}");
        assert_eq!(habit.missing, missing, "{first}");
    }
}

fn usual(member: MemberId, amount: &str) -> Habit {
    Habit {
        member,
        months: Vec::new(),
        missing: 0,
        usual: Some(yuan(amount)),
    }
}

fn told(outlook: &HabitOutlook) -> Vec<(String, [Amount; 4])> {
    let rows = outlook.months.iter();
    rows.map(|row| {
        (
            row.month.to_string(),
            [row.planned, row.more, row.cash, row.closing],
        )
    })
    .collect()
}

#[test]
fn a_habit_is_laid_over_the_plan_and_not_counted_twice() {
    let mut family = Family::default();
    let father = family.member("父亲", "1960-05-20", EmploymentStatus::Retired, "100.00");
    family.fresh(father, "2026-01-10");
    family.credit_day(father, 5);
    family.plan(father, "2026-03-15", "400.00", None);
    let projection = family.project("2026-01-10", "2026-05-15");
    let before = projection.clone();
    let outlook = with_habit(&projection, usual(father, "150.00"));
    assert_eq!(projection, before, "the scheduled figures stay as they are");
    let row = |month: &str, figures: [&str; 4]| (month.to_owned(), figures.map(exact));
    assert_eq!(
        told(&outlook),
        [
            // 1 月过了一半，不加。
            row("2026-01", ["0.00", "0.00", "0.00", "100.00"]),
            // 100 + 97 = 197，平时的 150 从账户付，剩 47。
            row("2026-02", ["0.00", "150.00", "0.00", "47.00"]),
            // 计划：个人 320，账户里有 100 + 97 × 2 = 294，现金 26，剩 0。平时的 150 都在计划里了；但二月的
            // 150 已经从账户花掉，要拿现金补上：26 + 150 = 176。
            row("2026-03", ["320.00", "0.00", "176.00", "0.00"]),
            // 到账 97，平时的 150 付掉 97，现金 53。
            row("2026-04", ["0.00", "150.00", "53.00", "0.00"]),
            // 5 月只看到 15 日，不加；计划里这时有 97 × 2 = 194，平时的花掉了 97。
            row("2026-05", ["0.00", "0.00", "0.00", "97.00"]),
        ]
    );
    assert_eq!(
        (outlook.cash, outlook.closing),
        (exact("229.00"), exact("97.00"))
    );
    assert_eq!(outlook.short_in, Some(Month::of(day("2026-03-01"))));
    // 计划里有的减掉：每月 400，第一次个人 320，以后 80，平时的 100 还剩 20。
    family.household.plans.clear();
    family.plan(father, "2026-02-15", "400.00", rule("FREQ=MONTHLY"));
    let projection = family.project("2026-01-10", "2026-03-31");
    let outlook = with_habit(&projection, usual(father, "100.00"));
    // 2 月：197 不够 320，现金 123，剩 0。3 月：97 − 80 − 20 = −3，现金 3。
    let more: Vec<Amount> = outlook.months.iter().map(|row| row.more).collect();
    assert_eq!(more, [exact("0.00"), exact("0.00"), exact("20.00")]);
    assert_eq!(outlook.cash, exact("126.00"));
}

#[test]
fn what_is_not_known_stays_so_and_without_a_habit_there_is_no_line() {
    let mut family = Family::default();
    let father = family.member("父亲", "1960-05-20", EmploymentStatus::Retired, "100.00");
    let elsewhere = gongji_domain::PoolId::from("980100");
    family.household.accounts[0].pool = Some(elsewhere.clone());
    family.household.enrollments[0].pool = elsewhere;
    let projection = family.project("2026-01-10", "2026-03-31");
    let outlook = with_habit(&projection, usual(father, "150.00"));
    let closing: Vec<Amount> = outlook.months.iter().map(|row| row.closing).collect();
    assert_eq!(closing[1..], [Amount::UNKNOWN, Amount::UNKNOWN]);
    assert_eq!(outlook.closing, Amount::UNKNOWN);
    let none = with_habit(
        &projection,
        Habit {
            usual: None,
            missing: 2,
            ..usual(father, "0.00")
        },
    );
    assert!(none.months.is_empty());
}
