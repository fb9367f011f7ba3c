//! 增减 — what later stays, years, readings, limits and care away from home change.

use super::*;

/// An `adjust` block; the class heads are those of the tables.
fn adjust(fields: &str, cells: &str) -> String {
    format!(
        r#"
[[adjust]]
from = 2019-01-01
source = "S 增减"
order = 1
{fields}
class = ["secondary", "tertiary"]
rows = [{{ status = "any", values = {cells} }}]
"#
    )
}

fn deductibles(library: &Library, class: &str, stays: &[&str]) -> Vec<String> {
    let of = |before: &&str| {
        let mut request = with(stay("5000.00"), "stays", before);
        request.visit.class = Some(class.to_owned());
        deductible(&settled(library, &request))
    };
    stays.iter().map(of).collect()
}

#[test]
fn later_stays_lower_the_deductible_down_to_the_limit_of_the_class() {
    let percent = |of: &str| {
        let fields = format!(
            "on = \"deductible\"\nchange = \"minus_percent\"\neach = \"later_stay\"\nof = \"{of}\"\n\
             at_least = [\"500.00\", \"750.00\"]"
        );
        inpatient(&adjust(&fields, r#"["10%", "10%"]"#))
    };
    let stays = ["0", "1", "2", "3", "4"];
    for (of, class, expected) in [
        (
            "standard",
            "tertiary",
            ["1000.00", "900.00", "800.00", "750.00", "750.00"],
        ),
        (
            "previous",
            "tertiary",
            ["1000.00", "900.00", "810.00", "750.00", "750.00"],
        ),
        (
            "standard",
            "secondary",
            ["600.00", "540.00", "500.00", "500.00", "500.00"],
        ),
        (
            "previous",
            "secondary",
            ["600.00", "540.00", "500.00", "500.00", "500.00"],
        ),
    ] {
        assert_eq!(
            deductibles(&percent(of), class, &stays),
            expected,
            "{of} {class}"
        );
    }
    let yuan = inpatient(&adjust(
        "on = \"deductible\"\nchange = \"minus_yuan\"\neach = \"later_stay\"\nat_least = \"75%\"",
        r#"["100.00", "100.00"]"#,
    ));
    let expected = ["1000.00", "900.00", "800.00", "750.00", "750.00"];
    assert_eq!(deductibles(&yuan, "tertiary", &stays), expected);
    let expected = ["600.00", "500.00", "450.00", "450.00", "450.00"];
    assert_eq!(deductibles(&yuan, "secondary", &stays), expected);
}

#[test]
fn a_year_of_age_adds_to_the_rate_up_to_the_limit() {
    let fields = "on = \"rate\"\nchange = \"plus_points\"\neach = \"year_of_age\"";
    let cells = r#"["0.2pt", "0.2pt"]"#;
    let plain = inpatient(&adjust(fields, cells));
    let limited = inpatient(&adjust(&format!("{fields}\nat_most = \"89.1%\""), cells));
    for (day, born, without, with) in [
        // 80 % + 0.2 × 45, 46, 47 of 1,000.00
        ("2026-03-09", Some("1980-03-10"), "890.00", "890.00"),
        ("2026-03-10", Some("1980-03-10"), "892.00", "891.00"),
        ("2027-03-10", Some("1980-03-10"), "894.00", "891.00"),
        // Never above the whole.
        ("2026-03-10", Some("1920-01-01"), "1000.00", "891.00"),
        // Somebody of whom no age is known is between 0 and 120.
        ("2026-03-10", None, "800.00..1000.00", "800.00..891.00"),
    ] {
        let mut request = stay("2000.00");
        request.visit.settled_on = day.parse().unwrap();
        request.member.born = born.map(|born| born.parse().unwrap());
        assert_eq!(pool(&settled(&plain, &request)), without, "{day} {born:?}");
        assert_eq!(pool(&settled(&limited, &request)), with, "{day} {born:?}");
    }
}

#[test]
fn missing_years_and_two_readings_give_a_range_and_no_cut_is_exact() {
    let fields = "on = \"rate\"\nchange = \"unknown\"\n\
                  one_of = [\"minus_points\", \"minus_percent\"]\neach = \"missing_year\"\nask = \"缺几年？\"";
    let cells = r#"["0%", "0%"] }, { status = "retired", values = ["3%", "3%"]"#;
    let text = adjust(fields, cells).replace("status = \"any\"", "status = \"active\"");
    let library = inpatient(&text);
    let mut request = stay("2000.00");
    assert_eq!(pool(&settled(&library, &request)), "800.00");
    request.member.status = EmploymentStatus::Retired;
    let estimate = settled(&library, &request);
    // 85 % as it stands; thirty years less, nothing or 85 % × 10 %.
    assert_eq!(pool(&estimate), "0.00..850.00");
    assert_eq!(
        keys(&estimate),
        ["fact:missing_years", "cell:inpatient.adjust.change"]
    );
}

#[test]
fn years_short_of_enough_follow_from_the_months_paid() {
    let fields = "on = \"rate\"\nchange = \"minus_points\"\neach = \"missing_year\"\nenough_months = [300, 360]";
    let library = inpatient(&adjust(fields, r#"["3pt", "3pt"]"#));
    // 80% of 1,000; a year short takes 30.00.
    for (months, paid) in [
        (Some(480), "800.00"),
        (Some(360), "800.00"),
        // 差一个月：不满一年算不算一年。
        (Some(359), "770.00..800.00"),
        (Some(300), "650.00..800.00"),
        // 女差 1 到 2 年（13 个月），男差 6 到 7 年。
        (Some(287), "590.00..770.00"),
        (None, "0.00..800.00"),
    ] {
        let mut request = stay("2000.00");
        request.member.insured_months = months;
        let estimate = settled(&library, &request);
        assert_eq!(pool(&estimate), paid, "{months:?}");
    }
}

#[test]
fn years_below_the_deductible_and_months_paid_bound_it() {
    let fields = |each: &str| {
        format!(
            "on = \"deductible\"\nchange = \"minus_yuan\"\neach = \"{each}\"\nat_least = \"700.00\""
        )
    };
    let cells = r#"["100.00", "100.00"]"#;
    let estimate = settled(
        &inpatient(&adjust(&fields("year_below_deductible"), cells)),
        &stay("5000.00"),
    );
    assert_eq!(deductible(&estimate), "700.00..1000.00");
    assert_eq!(keys(&estimate), ["fact:years_below_deductible"]);
    // 每多缴一个月少 100，不少于 700。
    let by_month = inpatient(&adjust(&fields("month"), cells));
    for (months, expected, asked) in [
        (Some(0), "1000.00", &[][..]),
        (Some(1), "900.00", &[]),
        (Some(3), "700.00", &[]),
        (Some(4), "700.00", &[]),
        (None, "700.00..1000.00", &["fact:insured_months"]),
    ] {
        let mut request = stay("5000.00");
        request.member.insured_months = months;
        let estimate = settled(&by_month, &request);
        assert_eq!(deductible(&estimate), expected, "{months:?}");
        assert_eq!(keys(&estimate), asked, "{months:?}");
    }
}

/// 统筹年度最高支付 500。
const CAP: &str = r#"
[[cap]]
id = "year"
from = 2019-01-01
source = "S 限额"
basis = "fund_paid"
counter = "paid"
class = ["any"]
rows = [{ status = "any", values = ["500.00"] }]
"#;

#[test]
fn a_cap_is_adjusted_before_it_is_rounded() {
    let raised = adjust("on = \"cap\"\nchange = \"times\"", r#"["110%", "110%"]"#);
    let library = inpatient(&format!("{CAP}{raised}"));
    for (total, paid, over) in [
        // 687.50 × 80 % = 550.00
        ("1687.49", "549.99", "0.00"),
        ("1687.50", "550.00", "0.00"),
        ("1687.51", "550.00", "0.01"),
    ] {
        let estimate = settled(&library, &stay(total));
        assert_eq!(pool(&estimate), paid, "{total}");
        assert_eq!(text(estimate.lines.over_cap), over, "{total}");
    }
    let request = with(stay("1687.50"), "paid", "549.99");
    assert_eq!(pool(&settled(&library, &request)), "0.01");
}

/// 异地：备案与未备案。
fn away(change: &str, filed: &str, unfiled: &str) -> String {
    format!(
        r#"
[[away]]
id = "{change}"
from = 2019-01-01
source = "S 异地"
change = "{change}"
class = ["any"]
rows = [
  {{ away = "filed", values = ["{filed}"] }},
  {{ away = "unfiled", values = ["{unfiled}"] }},
]
"#
    )
}

#[test]
fn care_away_from_home_changes_what_the_block_says() {
    let own_table = r#"
[[rate]]
from = 2020-01-01
source = "S 比例"
edges_on = "none"
class = ["any"]
rows = [
  { values = ["80%"] },
  { away = "filed", values = ["80%"] },
  { away = "unfiled", values = ["50%"] },
]
"#;
    for (blocks, at_home, filed, unfiled) in [
        (
            away("minus_points", "0pt", "10pt"),
            "800.00",
            "800.00",
            "700.00",
        ),
        (away("times", "100%", "90%"), "800.00", "800.00", "720.00"),
        // 2,000.00 × 10 % first; (1,800.00 − 1,000.00) × 80 %
        (away("first_pay", "0%", "10%"), "800.00", "800.00", "640.00"),
        (
            away("deductible", "1000.00", "1500.00"),
            "800.00",
            "800.00",
            "400.00",
        ),
        (own_table.to_owned(), "800.00", "800.00", "500.00"),
    ] {
        let library = inpatient(&blocks);
        for (situation, expected) in [
            (None, at_home),
            (Some("filed"), filed),
            (Some("unfiled"), unfiled),
        ] {
            let mut request = stay("2000.00");
            request.visit.away = situation.map(str::to_owned);
            assert_eq!(
                pool(&settled(&library, &request)),
                expected,
                "{situation:?} {blocks}"
            );
        }
        // A situation of which the table knows nothing is not that of somebody at home.
        let mut request = stay("2000.00");
        request.visit.away = Some("emergency".to_owned());
        assert!(
            pool(&settled(&library, &request)).contains(".."),
            "{blocks}"
        );
    }
}

#[test]
fn what_is_paid_first_of_an_item_comes_off_before_the_ratio() {
    let upfront = |then_rate: bool| {
        format!(
            r#"
[[upfront]]
from = 2019-01-01
source = "S 先行自付"
then_rate = {then_rate}
rows = [
  {{ item = "class_b_drug", values = ["10%"] }},
  {{ item = "material", values = ["unknown"] }},
]
ask = "先付几成？"
"#
        )
    };
    let bill = |item: &str, amount: &str, stated: &str| {
        let mut request = stay("3000.00");
        request.bill.by_item.insert(item.to_owned(), yuan(amount));
        request.bill.upfront_copay = Some(yuan(stated));
        request
    };
    for (then_rate, item, amount, stated, first, paid) in [
        // (3,000 − 100 − 1,000) × 80 %
        (true, "class_b_drug", "1000.00", "0.00", "100.00", "1520.00"),
        (true, "class_b_drug", "0.04", "0.00", "0.00", "1600.00"),
        (true, "class_b_drug", "0.05", "0.00", "0.01", "1599.99"),
        // Of 1,000.00 the fund pays 900.00; (2,000 − 1,000) × 80 % of the rest.
        (
            false,
            "class_b_drug",
            "1000.00",
            "0.00",
            "100.00",
            "1700.00",
        ),
        // The slip's own figure stands.
        (
            true,
            "class_b_drug",
            "1000.00",
            "150.00",
            "150.00",
            "1480.00",
        ),
        (true, "other", "1000.00", "0.00", "0.00", "1600.00"),
        // Nothing of it, or all of it.
        (
            true,
            "material",
            "1000.00",
            "0.00",
            "0.00..1000.00",
            "800.00..1600.00",
        ),
    ] {
        let estimate = settled(&inpatient(&upfront(then_rate)), &bill(item, amount, stated));
        assert_eq!(text(estimate.lines.upfront_copay), first, "{item} {amount}");
        assert_eq!(pool(&estimate), paid, "{item} {amount}");
    }
}

#[test]
fn a_share_of_the_bill_is_the_deductible() {
    let text = INPATIENT.replace("[[deductible]]", "[[deductible_share]]");
    let text = text
        .replace(
            "counter = \"this_bill\"\nnth_counter = \"stays\"",
            "of = \"total\"\nat_least = \"200.00\"",
        )
        .replace("[\"600.00\", \"1000.00\"]", "[\"5%\", \"10%\"]");
    let library = crate::sample::library(&[("counters", COUNTERS), ("inpatient", &text)]);
    for (total, expected) in [
        ("150.00", "150.00"),
        ("1999.99", "200.00"),
        ("2000.00", "200.00"),
        ("2000.04", "200.00"),
        ("2000.05", "200.01"),
        ("5000.00", "500.00"),
    ] {
        assert_eq!(
            deductible(&settled(&library, &stay(total))),
            expected,
            "{total}"
        );
    }
}
