//! Row choice, before anything is built on it.

use super::*;

/// A row as a policy file writes it: `status = "retired", from_age = 70, values = ["90%"]`.
fn row(text: &str) -> Row {
    let text = format!("{{ {text} }}");
    let value = toml::de::DeValue::parse(&text).unwrap_or_else(|e| panic!("{text}: {e}"));
    Row::deserialize(crate::tree::Value(&value)).unwrap_or_else(|e| panic!("{text}: {e}"))
}

fn rows(texts: &[&str]) -> Vec<Row> {
    texts.iter().map(|text| row(text)).collect()
}

fn date(text: &str) -> Option<NaiveDate> {
    Some(text.parse().unwrap_or_else(|e| panic!("{text}: {e}")))
}

/// The ladder as "above cell", joined by "; ", or the choice that failed.
fn chosen(class: &[&str], rows: &[Row], at: &str, facts: &RowFacts) -> String {
    let class: Vec<String> = class.iter().map(|c| (*c).to_owned()).collect();
    match Table::of(&class, rows).ladder(at, facts) {
        Ok(ladder) => ladder
            .iter()
            .map(|(above, cell, _)| format!("{above} {cell}"))
            .collect::<Vec<_>>()
            .join("; "),
        Err(Choice::Missing(fact)) => format!("missing {fact}"),
        Err(choice) => format!("{choice:?}"),
    }
}

fn retired() -> RowFacts {
    RowFacts {
        plan: "with_account".into(),
        status: "retired".into(),
        special: "none".into(),
        ..RowFacts::default()
    }
}

fn active() -> RowFacts {
    RowFacts {
        status: "active".into(),
        ..retired()
    }
}

/// 上海 2023 年的样子：旧人不分年龄，新人 70 岁起另有一行。
fn cohorts() -> Vec<Row> {
    rows(&[
        r#"status = "active", values = ["70%"]"#,
        r#"status = "retired", from_retirement = 1900-01-01, from_age = 0, values = ["90%"]"#,
        r#"status = "retired", from_retirement = 2001-01-01, from_age = 0, values = ["80%"]"#,
        r#"status = "retired", from_retirement = 2001-01-01, from_age = 70, values = ["85%"]"#,
    ])
}

#[test]
fn cohort_comes_before_age() {
    let table = cohorts();
    for (retired_on, age, expected) in [
        ("2000-06-01", 80, "0.00 90%"),
        ("2000-12-31", 70, "0.00 90%"),
        ("2001-01-01", 69, "0.00 80%"),
        ("2001-01-01", 70, "0.00 85%"),
        ("2020-01-01", 71, "0.00 85%"),
        ("1899-12-31", 90, "0.00 90%"),
    ] {
        let facts = RowFacts {
            retired_on: date(retired_on),
            age: Some(age),
            ..retired()
        };
        let found = chosen(&["any"], &table, "tertiary", &facts);
        assert_eq!(found, expected, "retired {retired_on}, aged {age}");
    }
}

#[test]
fn every_lower_bound_includes_its_edge() {
    type Set = fn(&mut RowFacts, &str);
    let selectors: [(&str, &str, [&str; 4], Set); 7] = [
        (
            "from_retirement",
            "2001-01-01",
            ["1990-05-05", "2000-12-31", "2001-01-01", "2001-01-02"],
            |facts, text| facts.retired_on = date(text),
        ),
        (
            "from_birth",
            "1956-01-01",
            ["1930-01-01", "1955-12-31", "1956-01-01", "1956-01-02"],
            |facts, text| facts.born = date(text),
        ),
        (
            "from_hired",
            "1996-07-01",
            ["1980-01-01", "1996-06-30", "1996-07-01", "1996-07-02"],
            |facts, text| facts.hired_on = date(text),
        ),
        ("from_age", "70", ["0", "69", "70", "71"], |facts, text| {
            facts.age = text.parse().ok();
        }),
        (
            "from_insured_months",
            "72",
            ["0", "71", "72", "73"],
            |facts, text| facts.insured_months = text.parse().ok(),
        ),
        (
            "from_continuous_years",
            "6",
            ["0", "5", "6", "7"],
            |facts, text| facts.continuous_years = text.parse().ok(),
        ),
        ("from_nth", "2", ["0", "1", "2", "3"], |facts, text| {
            facts.nth = text.parse().ok();
        }),
    ];
    for (selector, bound, at, set) in selectors {
        let table = rows(&[
            r#"status = "any", values = ["10%"]"#,
            &format!(r#"status = "any", {selector} = {bound}, values = ["20%"]"#),
        ]);
        let expected = ["0.00 10%", "0.00 10%", "0.00 20%", "0.00 20%"];
        for (value, expected) in at.iter().zip(expected) {
            let mut facts = retired();
            set(&mut facts, value);
            let found = chosen(&["any"], &table, "any", &facts);
            assert_eq!(found, expected, "{selector} {value}");
        }
        let found = chosen(&["any"], &table, "any", &retired());
        assert!(found.starts_with("missing "), "{selector}: {found}");
    }
}

#[test]
fn an_unknown_fact_is_asked_for_only_where_it_matters() {
    let by_cohort = cohorts();
    // Not retired: neither the day of retirement nor the age changes anything.
    assert_eq!(chosen(&["any"], &by_cohort, "any", &active()), "0.00 70%");
    // 旧人: the age changes nothing.
    let old = RowFacts {
        retired_on: date("2000-01-01"),
        ..retired()
    };
    assert_eq!(chosen(&["any"], &by_cohort, "any", &old), "0.00 90%");
    let new = RowFacts {
        retired_on: date("2010-01-01"),
        ..retired()
    };
    assert_eq!(chosen(&["any"], &by_cohort, "any", &new), "missing age");
    assert_eq!(
        chosen(&["any"], &by_cohort, "any", &retired()),
        "missing retired_on"
    );
    // 北京 community: both age bands print 90 %, the hospital's do not.
    let bands = rows(&[
        r#"status = "retired", from_age = 0, values = ["90%", "85%"]"#,
        r#"status = "retired", from_age = 70, values = ["90%", "90%"]"#,
    ]);
    let class = ["community", "hospital"];
    assert_eq!(chosen(&class, &bands, "community", &retired()), "0.00 90%");
    assert_eq!(
        chosen(&class, &bands, "hospital", &retired()),
        "missing age"
    );
    // Nobody below the first bound: not knowing it may mean that there is no row at all.
    let from_16 = rows(&[r#"status = "any", from_age = 16, values = ["1%"]"#]);
    assert_eq!(chosen(&["any"], &from_16, "any", &retired()), "missing age");
    let child = RowFacts {
        age: Some(15),
        ..retired()
    };
    assert_eq!(chosen(&["any"], &from_16, "any", &child), "NoRow");
}

#[test]
fn exact_selectors_and_columns() {
    let table = rows(&[
        r#"plan = "tier_1", status = "any", contract = false, values = ["1%", "2%"]"#,
        r#"plan = "tier_1", status = "any", contract = true, values = ["3%", "4%"]"#,
        r#"plan = "tier_2", status = "retired", special = "hardship", values = ["5%", "6%"]"#,
    ]);
    let class = ["community", "any"];
    let facts = |plan: &str, status: &str, special: &str, contract| RowFacts {
        plan: plan.into(),
        status: status.into(),
        special: special.into(),
        contract,
        ..RowFacts::default()
    };
    for (plan, status, special, contract, at, expected) in [
        ("tier_1", "active", "none", false, "community", "0.00 1%"),
        ("tier_1", "retired", "none", false, "tertiary", "0.00 2%"),
        ("tier_1", "active", "hardship", true, "community", "0.00 3%"),
        ("tier_2", "retired", "hardship", true, "primary", "0.00 6%"),
        ("tier_2", "retired", "none", true, "primary", "NoRow"),
        ("tier_2", "active", "hardship", true, "primary", "NoRow"),
        ("tier_3", "active", "none", false, "primary", "NoRow"),
    ] {
        let facts = facts(plan, status, special, contract);
        assert_eq!(chosen(&class, &table, at, &facts), expected, "{facts:?}");
    }
    let facts = facts("tier_1", "active", "none", false);
    assert_eq!(
        chosen(&["community", "primary"], &table, "tertiary", &facts),
        "NoRow"
    );
}

#[test]
fn open_selectors_ask_only_where_rows_differ() {
    let table = rows(&[
        r#"status = "any", tier = "high", values = ["70%"]"#,
        r#"status = "any", tier = "low", values = ["60%"]"#,
    ]);
    let with = |tier: Option<&str>| RowFacts {
        tier: tier.map(str::to_owned),
        ..active()
    };
    for (tier, expected) in [
        (Some("high"), "0.00 70%"),
        (Some("low"), "0.00 60%"),
        (Some("middle"), "NoRow"),
        (None, "missing tier"),
    ] {
        let found = chosen(&["any"], &table, "any", &with(tier));
        assert_eq!(found, expected, "{tier:?}");
    }
    let continuing = rows(&[
        r#"status = "any", continuing = true, values = ["70%"]"#,
        r#"status = "any", continuing = false, values = ["70%"]"#,
    ]);
    let known = RowFacts {
        continuing: Some(true),
        ..active()
    };
    assert_eq!(chosen(&["any"], &continuing, "any", &known), "0.00 70%");
}

#[test]
fn a_situation_of_the_bill_has_its_own_rows() {
    let items = rows(&[
        r#"status = "any", values = ["50%"]"#,
        r#"status = "any", item = "essential_drug", values = ["60%"]"#,
    ]);
    let aways = rows(&[
        r#"status = "any", values = ["50%"]"#,
        r#"status = "any", away = "filed", values = ["45%"]"#,
    ]);
    let of = |item: Option<&str>, away: Option<&str>| RowFacts {
        item: item.map(str::to_owned),
        away: away.map(str::to_owned),
        ..active()
    };
    for (table, facts, expected) in [
        (&items, of(None, None), "0.00 50%"),
        (&items, of(Some("essential_drug"), None), "0.00 60%"),
        (&items, of(Some("tcm"), None), "0.00 50%"),
        (&items, of(None, Some("filed")), "0.00 50%"),
        (&aways, of(None, None), "0.00 50%"),
        (&aways, of(None, Some("filed")), "0.00 45%"),
        // A table that tells situations apart does not lend its local row to another one.
        (&aways, of(None, Some("unfiled")), "NoRow"),
    ] {
        assert_eq!(
            chosen(&["any"], table, "any", &facts),
            expected,
            "{facts:?}"
        );
    }
}

#[test]
fn what_is_left_is_the_ladder() {
    let table = rows(&[
        r#"status = "any", above = "40000.00", values = ["97%"]"#,
        r#"status = "any", values = ["90%"]"#,
        r#"status = "any", above = "30000.00", values = ["unknown"]"#,
    ]);
    assert_eq!(
        chosen(&["any"], &table, "any", &active()),
        "0.00 90%; 30000.00 unknown; 40000.00 97%"
    );
    let twice = rows(&[
        r#"status = "any", values = ["90%"]"#,
        r#"status = "active", values = ["80%"]"#,
    ]);
    assert_eq!(chosen(&["any"], &twice, "any", &active()), "Overlap");
    assert_eq!(chosen(&["any"], &twice, "any", &retired()), "0.00 90%");
    let short = rows(&[r#"status = "any", values = ["90%"]"#]);
    assert_eq!(
        chosen(&["community", "primary"], &short, "primary", &active()),
        "NoRow"
    );
    assert_eq!(chosen(&[], &[], "any", &active()), "NoRow");
}
