use super::*;
use crate::sample;

/// 甲地居民：2024 年沿用，2026 年在 2025-11-01 开始收。
const PREMIUMS: &str = r#"
pool = "990100"
scheme = "resident"
part = "premium"
[[premium]]
from = 2023-01-01
source = "S 第一条"
year = 2023
rows = [{ plan = "adult", values = ["300.00"] }, { plan = "student", values = ["200.00"] }]
[[premium]]
from = 2024-01-01
source = "S 第一条"
year = 2024
renewed_yearly = true
rows = [
  { plan = "adult", from_age = 0, values = ["400.00"] },
  { plan = "adult", from_age = 60, values = ["350.00"] },
  { plan = "student", tier = "poor", values = ["0.00"] },
  { plan = "student", tier = "other", values = ["250.00"] },
]
[[premium]]
from = 2026-01-01
source = "S 第二条"
year = 2026
window = { from = 2025-11-01, until = 2025-12-31 }
extension = { from = 2026-01-01, until = 2026-02-28 }
wait_after = 3
rows = [
  { plan = "adult", values = ["450.00"] },
  { plan = "student", values = ["260.00"], grade = "claimed" },
]
"#;

fn asked(plan: &str, born: Option<&str>, tier: Option<&str>, asked: PremiumAsked) -> PremiumDue {
    let library = sample::library(&[("premium", PREMIUMS)]);
    let facts = RowFacts {
        plan: plan.to_owned(),
        status: "active".to_owned(),
        special: "none".to_owned(),
        born: born.map(day),
        tier: tier.map(str::to_owned),
        ..RowFacts::default()
    };
    premium(
        &library,
        &PoolId::from("990100"),
        Scheme::Resident,
        &facts,
        asked,
    )
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn exact(text: &str) -> Amount {
    Amount::Exact(text.parse().unwrap())
}

#[test]
fn a_year_has_its_own_sum_and_its_dates() {
    let due = asked("adult", None, None, PremiumAsked::of_year(2026));
    assert_eq!((due.amount, due.assumed), (exact("450.00"), false));
    assert_eq!(due.window.unwrap().until, day("2025-12-31"));
    assert_eq!(due.extension.unwrap().until, day("2026-02-28"));
    assert_eq!(due.wait_after, Some(3));
    let former = asked(
        "adult",
        None,
        None,
        PremiumAsked {
            year: Some(2023),
            on: day("2026-05-01"),
        },
    );
    assert_eq!((former.amount, former.wait_after), (exact("300.00"), None));
    assert!(former.window.is_none());
}

#[test]
fn the_day_says_which_year_is_collected() {
    for (on, year) in [
        ("2023-12-31", 2023),
        ("2025-10-31", 2025),
        ("2025-11-01", 2026),
        ("2026-12-31", 2026),
        ("2027-01-01", 2027),
    ] {
        assert_eq!(
            asked("adult", None, None, PremiumAsked::on(day(on))).year,
            year,
            "{on}"
        );
    }
}

#[test]
fn an_earlier_year_answers_only_where_it_is_republished() {
    let carried = asked(
        "adult",
        Some("1990-01-01"),
        None,
        PremiumAsked::of_year(2025),
    );
    assert_eq!((carried.amount, carried.assumed), (exact("400.00"), true));
    let later = asked("adult", None, None, PremiumAsked::of_year(2027));
    assert_eq!(
        (later.amount, later.open[0].key.as_str()),
        (Amount::UNKNOWN, "rule")
    );
    assert!(!later.known());
    let before = asked("adult", None, None, PremiumAsked::of_year(2022));
    assert_eq!(before.amount, Amount::UNKNOWN);
}

#[test]
fn the_age_is_that_of_the_year_and_a_birthday_in_it_leaves_it_open() {
    for (born, amount) in [
        ("1964-01-01", exact("350.00")),
        (
            "1964-01-02",
            Amount::between("350.00".parse().unwrap(), "400.00".parse().unwrap()),
        ),
        (
            "1964-12-31",
            Amount::between("350.00".parse().unwrap(), "400.00".parse().unwrap()),
        ),
        ("1965-01-01", exact("400.00")),
        ("2024-06-01", exact("400.00")),
    ] {
        let due = asked("adult", Some(born), None, PremiumAsked::of_year(2024));
        assert_eq!(due.amount, amount, "{born}");
    }
}

#[test]
fn what_is_missing_is_asked() {
    for (plan, tier, year, key) in [
        ("adult", None, 2024, "fact:age"),
        ("student", None, 2024, "fact:tier"),
        ("student", None, 2026, "cell:premium.premium"),
        ("nobody", None, 2023, "cell:premium.premium"),
    ] {
        let due = asked(plan, None, tier, PremiumAsked::of_year(year));
        assert_eq!(due.amount, Amount::UNKNOWN);
        assert_eq!(due.open[0].key, key, "{plan} {year}");
    }
    let poor = asked("student", None, Some("poor"), PremiumAsked::of_year(2024));
    assert_eq!(poor.amount, exact("0.00"), "nothing to pay is known");
}

/// 有规则的年度照规则；没有规则、缺情况、只是沿用的，才用本人填写的。
#[test]
fn a_stated_sum_stands_only_where_the_rules_have_none() {
    let stated = |due: PremiumDue| due.or_stated(Some("412.00".parse().unwrap()));
    for (plan, born, year, amount, is_stated) in [
        ("adult", Some("1990-01-01"), 2024, exact("400.00"), false),
        // 两个数之间，也是规则说的。
        (
            "adult",
            Some("1964-06-01"),
            2024,
            Amount::between("350.00".parse().unwrap(), "400.00".parse().unwrap()),
            false,
        ),
        ("adult", None, 2024, exact("412.00"), true),
        ("student", None, 2026, exact("412.00"), true),
        ("adult", Some("1990-01-01"), 2019, exact("412.00"), true),
    ] {
        let due = stated(asked(plan, born, None, PremiumAsked::of_year(year)));
        assert_eq!(
            (due.amount, due.stated),
            (amount, is_stated),
            "{plan} {year}"
        );
        assert_eq!(due.grade == Some(Grade::Stated), is_stated, "{plan} {year}");
        assert!(due.open.is_empty() || !is_stated, "{plan} {year}");
    }
    // 不用交的是知道的，填写的改不了。
    let poor = asked("student", None, Some("poor"), PremiumAsked::of_year(2024));
    assert_eq!(stated(poor).amount, exact("0.00"));
    let nothing = asked("student", None, None, PremiumAsked::of_year(2026));
    assert_eq!(nothing.clone().or_stated(None), nothing);
}

#[test]
fn a_block_that_could_not_be_taken_over_leaves_it_unknown() {
    let broken = PREMIUMS.replace("year = 2026", "year = \"2026\"");
    let library = sample::library_with_faults(&[("premium", &broken)]);
    let facts = RowFacts {
        plan: "adult".to_owned(),
        born: Some(day("1990-01-01")),
        ..RowFacts::default()
    };
    let due = premium(
        &library,
        &PoolId::from("990100"),
        Scheme::Resident,
        &facts,
        PremiumAsked::of_year(2026),
    );
    assert_eq!((due.amount, due.rule), (Amount::UNKNOWN, None));
}
