//! 划入多少：常数的份额、年龄、养老金、本人填写、上下限，暂定的数。

use super::*;

fn with_rows(head: &str, rows: &str, more: &str) -> String {
    let rows = for_everybody(rows);
    format!(
        r#"
pool = "990100"
scheme = "employee"
part = "personal_account"
[[credit]]
from = 2022-09-01
source = "S 划入"
into = "book"
per = "month"
{head}
rows = [{rows}]
ask = "多少？"
[[arrival]]
from = 2022-09-01
source = "S"
kind = "day_of_month"
day = 5
holiday = "none"
{more}"#
    )
}

fn pensioner(born: &str, pension: &str) -> Insured {
    Insured {
        pension: Some(yuan(pension)),
        ..retired(born)
    }
}

fn net(text: &str, insured: &Insured, for_month: &str) -> Amount {
    due(text, insured, for_month).due[0].net
}

#[test]
fn a_share_of_a_yearly_constant_is_rounded_after_all_multiplications() {
    const CONSTANTS: &str = r#"
pool = "990100"
scheme = "employee"
part = "constants"
[[constant]]
id = "average_pension"
from = 2022-01-01
source = "S"
year = 2021
value = "6038.57"
[[constant]]
id = "average_pension"
from = 2023-01-01
source = "S"
year = 2022
value = "6100.00"
"#;
    let rows = r#"{ status = "retired", from_age = 0, of = "fixed", values = ["2.8%"] },
      { status = "retired", from_age = 70, of = "fixed", times = "110%", values = ["2.8%"] }"#;
    let head = |to: &str, mode: &str| {
        format!(
            r#"measured_in = {{ constant = "average_pension", years_back = 1, to = "{to}", mode = "{mode}" }}"#
        )
    };
    // 6038.57 × 2.8% = 169.07996；× 110% = 185.987956。
    for (to, mode, born, for_month, expected) in [
        ("fen", "half_up", "1960-01-01", "2022-12", "169.08"),
        ("fen", "down", "1960-01-01", "2022-12", "169.07"),
        ("yuan", "up", "1960-01-01", "2022-12", "170.00"),
        ("jiao", "half_up", "1950-01-01", "2022-12", "186.00"),
        ("fen", "half_up", "1950-01-01", "2022-12", "185.99"),
        ("fen", "half_up", "1960-01-01", "2023-01", "170.80"),
    ] {
        let text = with_rows(&head(to, mode), rows, "");
        let library = sample::library(&[("personal-account", &text), ("constants", CONSTANTS)]);
        let credits = credit_case(&library, &retired(born), Stay::default(), month(for_month));
        assert_eq!(
            credits.due[0].net,
            exact(expected),
            "{to} {mode} {born} {for_month}"
        );
    }
    let text = with_rows(&head("fen", "half_up"), rows, "");
    let library = sample::library(&[("personal-account", &text), ("constants", CONSTANTS)]);
    let missing = credit_case(
        &library,
        &retired("1960-01-01"),
        Stay::default(),
        month("2024-06"),
    );
    assert_eq!(
        missing.due[0].net,
        Amount::UNKNOWN,
        "the constant of 2023 is not there"
    );
}

#[test]
fn a_share_of_the_pension_keeps_within_its_limits() {
    // 济南 2023 年以前的写法：4%，不到 50 按 50，超过 170 按 170；60 岁起 60 / 190。
    let text = with_rows(
        "",
        r#"{ status = "retired", from_age = 0, of = "pension", at_least = "50.00", at_most = "170.00", values = ["4%"] },
      { status = "retired", from_age = 60, of = "pension", at_least = "60.00", at_most = "190.00", values = ["4%"] }"#,
        "",
    );
    for (born, pension, expected) in [
        ("1965-01-01", "1249.75", "50.00"),
        ("1965-01-01", "1250.00", "50.00"),
        ("1965-01-01", "1250.25", "50.01"),
        ("1965-01-01", "4250.00", "170.00"),
        ("1965-01-01", "4250.25", "170.00"),
        ("1965-01-01", "4249.75", "169.99"),
        ("1963-01-01", "1499.00", "60.00"),
        ("1963-01-01", "4750.25", "190.00"),
        ("1963-02-01", "4750.25", "170.00"),
    ] {
        assert_eq!(
            net(&text, &pensioner(born, pension), "2023-01"),
            exact(expected),
            "{born} {pension}"
        );
    }
    let without = due(&text, &retired("1960-01-01"), "2023-01");
    assert_eq!(without.open[0].key, "fact:pension");
}

#[test]
fn two_shares_by_the_former_employer() {
    let text = with_rows(
        "",
        r#"{ status = "retired", employer = "enterprise", of = "pension", values = ["7%"] },
      { status = "retired", employer = "public_sector", of = "pension", values = ["4%"] }"#,
        "",
    );
    let mut member = pensioner("1955-05-15", "4000.00");
    assert_eq!(due(&text, &member, "2023-01").open[0].key, "fact:employer");
    for (employer, expected) in [("enterprise", "280.00"), ("public_sector", "160.00")] {
        member.employer = Some(employer.to_owned());
        assert_eq!(
            net(&text, &member, "2023-01"),
            exact(expected),
            "{employer}"
        );
    }
}

#[test]
fn so_much_for_each_year_of_age() {
    let text = with_rows(
        "",
        r#"{ status = "retired", of = "age", values = ["1.50"] }"#,
        "",
    );
    for (born, for_month, expected) in [
        ("1960-03-01", "2023-02", "93.00"),
        ("1960-03-01", "2023-03", "94.50"),
        ("1960-04-01", "2023-03", "93.00"),
    ] {
        assert_eq!(
            net(&text, &retired(born), for_month),
            exact(expected),
            "{born} {for_month}"
        );
    }
    let mut ageless = retired("1960-03-01");
    ageless.born = None;
    let credits = due(&text, &ageless, "2023-03");
    assert_eq!(
        (credits.due[0].net, credits.open[0].key.as_str()),
        (Amount::UNKNOWN, "fact:age")
    );
}

#[test]
fn what_only_the_member_knows_is_asked() {
    let text = with_rows(
        "",
        r#"{ status = "retired", of = "entered", at_most = "400.00", values = ["entered"] }"#,
        "",
    );
    let mut member = retired("1960-01-01");
    assert_eq!(due(&text, &member, "2023-01").open[0].key, "fact:entered");
    for (entered, expected) in [
        ("399.99", "399.99"),
        ("400.00", "400.00"),
        ("400.01", "400.00"),
    ] {
        member.entered = Some(yuan(entered));
        assert_eq!(net(&text, &member, "2023-01"), exact(expected));
    }
}

#[test]
fn an_adjustment_does_not_pass_its_limits() {
    let adjust = |change: &str, cell: &str, limits: &str| {
        format!(
            "[[adjust]]\nid = \"less\"\nfrom = 2022-09-01\nsource = \"S\"\non = \"credit\"\norder = 1\nchange = \"{change}\"\n{limits}\nclass = [\"any\"]\nrows = [{{ status = \"any\", values = [\"{cell}\"] }}]\n"
        )
    };
    let rows = r#"{ status = "retired", of = "fixed", values = ["100.00"] }"#;
    for (change, cell, limits, expected) in [
        ("minus_yuan", "30.00", "", "70.00"),
        ("minus_yuan", "30.00", "at_least = \"70.01\"", "70.01"),
        ("minus_yuan", "30.00", "at_least = [\"80.00\"]", "80.00"),
        ("minus_percent", "10%", "at_least = \"95%\"", "95.00"),
        ("times", "120%", "at_most = \"119.99\"", "119.99"),
        ("times", "120%", "at_most = \"120.01\"", "120.00"),
    ] {
        let text = with_rows("", rows, &adjust(change, cell, limits));
        assert_eq!(
            net(&text, &retired("1960-01-01"), "2023-01"),
            exact(expected),
            "{change} {limits}"
        );
    }
    let open = with_rows(
        "",
        rows,
        &adjust("minus_yuan", "30.00", "at_least = \"unknown\"")
            .replace("class", "ask = \"？\"\nclass"),
    );
    assert_eq!(
        net(&open, &retired("1960-01-01"), "2023-01"),
        Amount::UNKNOWN
    );
}

#[test]
fn so_much_less_for_each_missing_year() {
    let rows = r#"{ status = "active", of = "base", values = ["2%"] },
      { status = "retired", of = "fixed", values = ["60.00"] }"#;
    let less = "[[adjust]]\nid = \"missing\"\nfrom = 2022-09-01\nsource = \"S\"\non = \"credit\"\norder = 1\nchange = \"minus_percent\"\neach = \"missing_year\"\nclass = [\"any\"]\nrows = [{ status = \"active\", values = [\"0%\"] }, { status = \"retired\", values = [\"3%\"] }]\n";
    let text = with_rows("", rows, less);
    let mut pensioner = retired("1960-01-01");
    // 缺两年：60 × (1 − 6%) = 56.40。
    for (years, expected) in [(0, "60.00"), (1, "58.20"), (2, "56.40"), (33, "0.60")] {
        pensioner.missing_years = Some(years);
        assert_eq!(
            net(&text, &pensioner, "2023-01"),
            exact(expected),
            "{years}"
        );
    }
    pensioner.missing_years = None;
    assert_eq!(
        due(&text, &pensioner, "2023-01").open[0].key,
        "fact:missing_years"
    );
    // 在职的 0% 减多少年都是零。
    assert_eq!(net(&text, &active("5000.00"), "2023-01"), exact("100.00"));
}

#[test]
fn what_is_withheld_once_a_year_with_no_month_said_leaves_the_net_open() {
    let rows = r#"{ status = "any", of = "fixed", values = ["100.00"] }"#;
    let care = "[[withheld]]\nid = \"care\"\nfrom = 2022-09-01\nsource = \"S\"\nname = \"长护险\"\nper = \"year\"\non = \"with_credit\"\nrows = [{ status = \"active\", of = \"fixed\", values = [\"0.00\"] }, { status = \"retired\", of = \"fixed\", values = [\"45.00\"] }]\n";
    let text = with_rows("", rows, care);
    let pensioner = due(&text, &retired("1960-01-01"), "2023-01");
    let posted = &pensioner.due[0];
    assert_eq!(
        (posted.gross, posted.net),
        (exact("100.00"), Amount::UNKNOWN)
    );
    assert_eq!(pensioner.open[0].key, "cell:personal_account.advance");
    assert_eq!(net(&text, &active("5000.00"), "2023-01"), exact("100.00"));
}

#[test]
fn a_row_that_is_only_a_lead_is_not_used() {
    let rows = r#"{ status = "active", of = "base", values = ["2%"] },
      { status = "retired", of = "fixed", values = ["105.00"], grade = "claimed" }"#;
    let text = with_rows("", rows, "");
    let lead = due(&text, &retired("1960-01-01"), "2023-01");
    assert_eq!(lead.due[0].net, Amount::UNKNOWN);
    assert_eq!(lead.open[0].ask.as_deref(), Some("多少？"));
    assert_eq!(net(&text, &active("5000.00"), "2023-01"), exact("100.00"));
}

#[test]
fn a_provisional_sum_is_marked() {
    let rows = r#"{ status = "retired", of = "fixed", values = ["100.00"] }"#;
    for (head, provisional) in [("", false), ("provisional = true", true)] {
        let credits = due(
            &with_rows(head, rows, ""),
            &retired("1960-01-01"),
            "2023-01",
        );
        let due = &credits.due[0];
        let said = due
            .steps
            .iter()
            .any(|step| step.what.code == "credit.provisional");
        assert_eq!(
            (due.net, due.assumed, said),
            (exact("100.00"), provisional, provisional)
        );
    }
}

/// 没有上下限的年份：填写的基数高过前后年份的上限，或者低过前一年的下限，是两个数之间。
#[test]
fn a_base_outside_the_limits_of_the_years_around_leaves_two_sums() {
    let gap = "[[base]]\nfrom = 2024-07-01\nsource = \"S\"\nfloor = \"6821.00\"\ncap = \"35283.00\"\n\
               [[base]]\nfrom = 2025-01-01\nsource = \"S\"\nfloor = \"unknown\"\ncap = \"unknown\"\n\
               [[base]]\nfrom = 2026-01-01\nsource = \"S\"\nfloor = \"7162.00\"\ncap = \"35811.00\"\n";
    let base = ACCOUNT.find("[[base]]").expect("a base");
    let credit = ACCOUNT.find("[[credit]]").expect("a credit");
    let text = format!("{}{gap}{}", &ACCOUNT[..base], &ACCOUNT[credit..]);
    let two = |least: &str, most: &str| Amount::between(yuan(least), yuan(most));
    for (for_month, base, expected) in [
        // 低过后来的下限，不说明那时也低
        ("2024-06", "7000.00", exact("140.00")),
        ("2024-06", "40000.00", two("705.66", "800.00")),
        ("2024-12", "40000.00", exact("705.66")),
        ("2025-06", "40000.00", two("705.66", "800.00")),
        ("2025-06", "35300.00", two("705.66", "706.00")),
        ("2025-06", "35283.00", exact("705.66")),
        ("2025-06", "7000.00", exact("140.00")),
        ("2025-06", "6000.00", two("120.00", "136.42")),
        ("2026-06", "40000.00", exact("716.22")),
    ] {
        let credits = due(&text, &active(base), for_month);
        let due = &credits.due[0];
        assert_eq!(due.net, expected, "{for_month} {base}");
        let is_open = due.net.exact().is_none();
        assert_eq!(
            due.hangs_on == HangsOn::Limits,
            is_open,
            "{for_month} {base}"
        );
        assert_eq!(
            credits.open.is_empty(),
            ["2024-12", "2026-06"].contains(&for_month)
        );
    }
}

/// 一行自己的等级比它那一段的弱，划入的等级就是这一行的。
#[test]
fn the_grade_of_a_row_is_that_of_its_credit() {
    let text = with_rows(
        "",
        r#"{ status = "retired", from_age = 0, of = "fixed", values = ["100.00"] },
           { status = "retired", from_age = 70, of = "fixed", grade = "copy", values = ["110.00"] }"#,
        "",
    );
    for (born, grade) in [("1960-01-01", Grade::Official), ("1950-01-01", Grade::Copy)] {
        let credits = due(&text, &retired(born), "2023-03");
        let due = &credits.due[0];
        assert_eq!(due.grade, Some(grade), "{born}");
        let addend = due.sources.iter().find(|source| source.grade == grade);
        assert!(addend.is_some(), "{born}: {:?}", due.sources);
    }
}
