//! 一次性划入：年度改期时的几个月、一笔钱、补到以前的月份。

use super::*;

fn account(one_off: &str, rows: &str) -> String {
    let rows = for_everybody(rows);
    format!(
        r#"
pool = "990100"
scheme = "employee"
part = "personal_account"
[[base]]
from = 2022-09-01
source = "S"
floor = "4000.00"
cap = "20000.00"
[[credit]]
from = 2022-09-01
source = "S 划入"
into = "book"
per = "month"
rows = [{rows}]
[[arrival]]
from = 2022-09-01
source = "S"
kind = "day_of_month"
day = 20
holiday = "none"
[[one_off]]
from = 2023-09-01
source = "S 一次性"
{one_off}
ask = "一次性划入多少？"
"#
    )
}

const FIXED: &str = r#"{ status = "active", of = "base", values = ["2%"] },
  { status = "retired", of = "fixed", values = ["100.00"] }"#;

/// The one-off postings of a month.
fn extra(text: &str, insured: &Insured, for_month: &str) -> Vec<(String, u32, Amount)> {
    let credits = due(text, insured, for_month);
    let one_offs = credits
        .due
        .iter()
        .filter(|due| due.kind == PostingKind::OneOff);
    one_offs
        .map(|due| (due.latest.expect("a day").to_string(), due.months, due.net))
        .collect()
}

#[test]
fn several_months_at_once_when_the_year_moves() {
    let text = account("on = 2023-09-15\nmonths = 3", FIXED);
    let three = |net| vec![("2023-09-15".to_owned(), 3, exact(net))];
    assert_eq!(
        extra(&text, &active("10000.00"), "2023-09"),
        three("600.00")
    );
    assert_eq!(extra(&text, &active("3999.99"), "2023-09"), three("240.00"));
    assert_eq!(
        extra(&text, &retired("1960-01-01"), "2023-09"),
        three("300.00")
    );
    for for_month in ["2023-08", "2023-10"] {
        assert_eq!(
            extra(&text, &active("10000.00"), for_month),
            [],
            "{for_month}"
        );
    }
    let regular = due(&text, &active("10000.00"), "2023-09").due.remove(0);
    assert_eq!(
        (regular.kind, regular.net),
        (PostingKind::Credit, exact("200.00"))
    );
}

#[test]
fn a_sum_for_one_status_into_one_account() {
    let text = account(
        "on = 2023-09-01\namount = \"400.00\"\nstatus = \"retired\"\ninto = \"health\"",
        FIXED,
    ) + "[[sub_account]]\nid = \"health\"\nfrom = 2022-09-01\nsource = \"S\"\nname = \"健康账户\"\nrolls_into = \"none\"\non = \"never\"\n";
    assert_eq!(extra(&text, &active("10000.00"), "2023-09"), []);
    let credits = due(&text, &retired("1960-01-01"), "2023-09");
    let one_off = credits
        .due
        .iter()
        .find(|due| due.kind == PostingKind::OneOff)
        .expect("one");
    assert_eq!(
        (one_off.sub.to_string(), one_off.net),
        ("health".to_owned(), exact("400.00"))
    );
    let open = account("on = 2023-09-01", FIXED);
    assert_eq!(
        extra(&open, &active("10000.00"), "2023-09")[0].2,
        Amount::UNKNOWN
    );
}

#[test]
fn a_rise_of_the_pension_is_paid_back_to_january() {
    // 4%，60 岁以下封顶 170。养老金由 4000 调到 4100，9 月一次补 1 至 8 月。
    let rows = r#"{ status = "retired", of = "pension", at_most = "170.00", values = ["4%"] }"#;
    let text =
        account("on = 2023-09-20\nback_to = 2023-01-01", rows).replace("2022-09-01", "2022-01-01");
    let text = text.replace("back_to = 2023-01-01", "back_to = \"2023-01\"");
    let with = |pension: &str, before: Option<&str>| Insured {
        pension: Some(yuan(pension)),
        pension_before: before.map(yuan),
        ..retired("1960-01-01")
    };
    for (pension, before, expected) in [
        ("4100.00", "4000.00", "32.00"), // (164 − 160) × 8
        ("4250.00", "4240.00", "3.20"),  // (170 − 169.60) × 8
        ("4260.00", "4240.00", "3.20"),  // 封顶
        ("4100.25", "4100.00", "0.08"),  // (164.01 − 164.00) × 8
    ] {
        let found = extra(&text, &with(pension, Some(before)), "2023-09");
        assert_eq!(
            found,
            [("2023-09-20".to_owned(), 8, exact(expected))],
            "{pension} {before}"
        );
    }
    let seven = text.replace("back_to", "months = 7\nback_to");
    let found = extra(&seven, &with("4100.00", Some("4000.00")), "2023-09");
    assert_eq!(found, [("2023-09-20".to_owned(), 7, exact("28.00"))]);
    assert_eq!(
        extra(&text, &with("4100.00", Some("4100.00")), "2023-09"),
        []
    );
    let credits = due(&text, &with("4100.00", None), "2023-09");
    let one_off = credits
        .due
        .iter()
        .find(|due| due.kind == PostingKind::OneOff)
        .expect("one");
    assert_eq!(one_off.net, Amount::UNKNOWN);
    assert_eq!(credits.open[0].key, "fact:pension_before");
}

#[test]
fn a_table_that_came_late_is_paid_back_by_the_difference() {
    // 7 月起 110，9 月才执行，补 7、8 月。
    let text = account("on = 2023-09-20\nback_to = \"2023-07\"", FIXED)
        + "[[credit]]\nfrom = 2023-09-01\nsource = \"S\"\ninto = \"book\"\nper = \"month\"\nrows = [{ status = \"active\", of = \"base\", values = [\"2%\"] }, { status = \"retired\", of = \"fixed\", values = [\"110.00\"] }]\n";
    let found = extra(&text, &retired("1960-01-01"), "2023-09");
    assert_eq!(found, [("2023-09-20".to_owned(), 2, exact("20.00"))]);
    assert_eq!(extra(&text, &active("10000.00"), "2023-09"), []);
}
