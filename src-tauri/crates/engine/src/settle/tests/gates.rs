//! 不予支付、起付线年度合计、不知道何时结的补充层。

use super::*;

fn not_paid(fields: &str) -> String {
    format!(
        r#"
[[not_paid]]
from = 2026-03-10
reason = "work_injury"
parts = ["inpatient"]
{fields}
"#
    )
}

#[test]
fn what_is_not_paid_is_the_members_and_says_why() {
    let library = inpatient(&not_paid("source = \"S 不予支付\""));
    for (day, paid, not_paid) in [
        ("2026-03-09", "800.00", "0.00"),
        ("2026-03-10", "0.00", "2000.00"),
        ("2026-03-11", "0.00", "2000.00"),
    ] {
        let mut request = stay("2000.00");
        request.visit.settled_on = day.parse().unwrap();
        let estimate = settled(&library, &request);
        assert_eq!(pool(&estimate), paid, "{day}");
        assert_eq!(text(estimate.lines.not_paid), not_paid, "{day}");
        assert_eq!(keys(&estimate), [""; 0], "{day}");
    }
    let estimate = settled(&library, &stay("2000.00"));
    let said = estimate
        .steps
        .iter()
        .find(|step| step.what.code == "step.not_paid");
    let said = said.expect("it says why");
    assert_eq!(said.what.params["reason"], "work_injury");
    assert!(said.source.is_some());
    assert_eq!(text(estimate.payers.cash_paid), "2000.00");
    let cells: Vec<_> = estimate
        .matrix
        .iter()
        .map(|cell| (cell.slice, cell.payer))
        .collect();
    assert_eq!(cells, [(Slice::NotPaid, Payer::Cash)]);
}

#[test]
fn another_plan_is_paid_and_a_lead_only_gives_both() {
    let other = inpatient(&not_paid("source = \"S\"\nplan = \"pooled_only\""));
    assert_eq!(pool(&settled(&other, &stay("2000.00"))), "800.00");
    let mut request = stay("2000.00");
    request.plan = "pooled_only".to_owned();
    assert_eq!(pool(&settled(&other, &request)), "0.00");
    let lead = settled(&inpatient(&not_paid("source = \"C\"")), &stay("2000.00"));
    assert_eq!(pool(&lead), "0.00..800.00");
}

#[test]
fn the_deductibles_of_a_year_have_a_limit() {
    let library = inpatient(
        r#"
[[deductible_limit]]
from = 2019-01-01
source = "S 年度合计"
counter = "deductibles"
class = ["any"]
rows = [{ status = "any", values = ["1500.00"] }]
"#,
    );
    for (before, expected) in [
        ("0.00", "1000.00"),
        ("499.99", "1000.00"),
        ("500.00", "1000.00"),
        ("500.01", "999.99"),
        ("1499.99", "0.01"),
        ("1500.00", "0.00"),
        ("1500.01", "0.00"),
    ] {
        let request = with(stay("5000.00"), "deductibles", before);
        assert_eq!(
            deductible(&settled(&library, &request)),
            expected,
            "{before}"
        );
    }
}

fn layer(settled: &str, share_of: &str) -> String {
    format!(
        r#"
pool = "990100"
scheme = "employee"
part = "layer"
[[layer]]
id = "large"
from = 2019-01-01
source = "S 大额"
order = 10
fund = "large_expense_subsidy"
counts = ["over_cap:year"]
share_of = "{share_of}"
of = ["inpatient"]
counter = "this_bill"
settled = "{settled}"
ask = "大额是当场结还是年底结？"
[[rate]]
from = 2019-01-01
source = "S 大额比例"
edges_on = "none"
class = ["any"]
rows = [{{ status = "any", values = ["90%"] }}]
"#
    )
}

/// 统筹年度最高支付 400：起付线以上 500 的 80%。
const CAP: &str = r#"
[[cap]]
id = "year"
from = 2019-01-01
source = "S 限额"
basis = "fund_paid"
counter = "paid"
class = ["any"]
rows = [{ status = "any", values = ["400.00"] }]
"#;

fn with_layer(settled: &str, share_of: &str) -> Library {
    let (text, layer) = (format!("{INPATIENT}{CAP}"), layer(settled, share_of));
    crate::sample::library(&[
        ("counters", COUNTERS),
        ("inpatient", &text),
        ("layer-large-expense", &layer),
    ])
}

#[test]
fn a_layer_pays_with_the_bill_after_the_year_or_nobody_knows_when() {
    for (when, large, cash, open) in [
        ("with_bill", "450.00", "1150.00", &[][..]),
        ("yearly", "0.00", "1600.00", &[][..]),
        // Only when it pays is not known, not what.
        (
            "unknown",
            "450.00",
            "1150.00",
            &["cell:layer-large-expense.layer:large.settled"][..],
        ),
    ] {
        // 2,000 − 1,000; the pool pays 400.00 of 500.00, and 500.00 lie above the cap.
        let estimate = settled(&with_layer(when, "cost"), &stay("2000.00"));
        assert_eq!(
            text(estimate.payers.large_expense_subsidy_paid),
            large,
            "{when}"
        );
        assert_eq!(text(estimate.payers.cash_paid), cash, "{when}");
        assert_eq!(keys(&estimate), open, "{when}");
        assert_eq!(pool(&estimate), "400.00", "{when}");
    }
}

#[test]
fn a_layer_may_pay_a_share_of_what_the_cap_cut_off() {
    let library = with_layer("with_bill", "fund_amount");
    for (total, before, large) in [
        // Above the cap lie 0, 0.01, 500 and 1,000; the pool would have paid 80 % of it.
        ("1500.00", "0.00", "0.00"),
        ("1500.01", "0.00", "0.01"),
        ("2000.00", "0.00", "360.00"),
        ("2000.00", "400.00", "720.00"),
        ("1000.01", "400.00", "0.01"),
        ("1000.00", "400.00", "0.00"),
    ] {
        let request = with(stay(total), "paid", before);
        let estimate = settled(&library, &request);
        let paid = text(estimate.payers.large_expense_subsidy_paid);
        assert_eq!(paid, large, "{total} {before}");
    }
}

#[test]
fn an_unknown_rate_of_a_layer_is_bounded_by_its_threshold_and_its_cap() {
    let blocks = r#"
[[threshold]]
from = 2019-01-01
source = "S 起付"
rows = [{ status = "any", values = ["300.00"] }]
[[cap]]
id = "large"
from = 2019-01-01
source = "S 封顶"
basis = "fund_paid"
counter = "this_bill"
class = ["any"]
rows = [{ status = "any", values = ["150.00"] }]
"#;
    let text = format!("{INPATIENT}{CAP}");
    let unknown = layer("with_bill", "cost").replace("\"90%\"", "\"unknown\"");
    let library = crate::sample::library(&[
        ("counters", COUNTERS),
        ("inpatient", &text),
        ("layer-large-expense", &format!("{unknown}{blocks}")),
    ]);
    for (total, large) in [
        // Above the cap lie 300.00, 300.01, 450.00 and 500.00.
        ("1800.00", "0.00"),
        ("1800.01", "0.00..0.01"),
        ("1950.00", "0.00..150.00"),
        ("2000.00", "0.00..150.00"),
    ] {
        let estimate = settled(&library, &stay(total));
        let paid = text_of_large(&estimate);
        assert_eq!(paid, large, "{total}");
    }
}

fn text_of_large(estimate: &SettlementEstimate) -> String {
    text(estimate.payers.large_expense_subsidy_paid)
}

#[test]
fn an_item_may_have_no_deductible() {
    let text = INPATIENT.replace(
        "rows = [{ status = \"any\", values = [\"600.00\", \"1000.00\"] }]",
        "rows = [\n  { status = \"any\", values = [\"600.00\", \"1000.00\"] },\n  \
         { status = \"any\", item = \"essential_drug\", values = [\"600.00\", \"0.00\"] },\n]",
    );
    let library = crate::sample::library(&[("counters", COUNTERS), ("inpatient", &text)]);
    for (total, item, expected) in [
        ("500.00", "500.00", "0.00"),
        ("1500.00", "499.99", "1000.00"),
        ("1500.00", "500.00", "1000.00"),
        ("1500.00", "500.01", "999.99"),
        ("1500.00", "1500.00", "0.00"),
    ] {
        let mut request = stay(total);
        let items = &mut request.bill.by_item;
        items.insert("essential_drug".to_owned(), yuan(item));
        assert_eq!(
            deductible(&settled(&library, &request)),
            expected,
            "{total} {item}"
        );
    }
}

#[test]
fn a_fact_nobody_states_is_looked_at_in_each_of_its_values() {
    for (row, key) in [
        ("from_continuous_years = 5", "fact:continuous_years"),
        ("tier = \"two\"", "fact:tier"),
        ("continuing = true", "fact:continuing"),
        ("employer = \"company\"", "fact:employer"),
    ] {
        let other = match row.split_once(" = ") {
            Some(("from_continuous_years", _)) => "from_continuous_years = 0",
            Some(("tier", _)) => "tier = \"one\"",
            Some(("continuing", _)) => "continuing = false",
            _ => "employer = \"office\"",
        };
        let rate = format!(
            r#"
[[rate]]
from = 2020-01-01
source = "S 比例"
edges_on = "none"
class = ["any"]
rows = [
  {{ {other}, values = ["60%"] }},
  {{ {row}, values = ["70%"] }},
]
"#
        );
        let estimate = settled(&inpatient(&rate), &stay("2000.00"));
        assert_eq!(pool(&estimate), "600.00..700.00", "{row}");
        assert_eq!(keys(&estimate), [key], "{row}");
    }
}

/// 甲地的门诊：没有起付线，50%，全年最多 600，以后按住院（三级 80%，全年最多 1000）。
const OUTPATIENT: &str = r#"
pool = "990100"
scheme = "employee"
part = "general_outpatient"
[[deductible]]
from = 2019-01-01
source = "S"
counter = "this_bill"
class = ["any"]
rows = [{ status = "any", values = ["0.00"] }]
[[rate]]
from = 2019-01-01
source = "S"
edges_on = "none"
class = ["secondary", "tertiary"]
rows = [{ status = "any", values = ["60%", "50%"] }]
[[cap]]
id = "year"
from = 2019-01-01
source = "S"
basis = "fund_paid"
counter = "op_paid"
then = "inpatient"
class = ["any"]
rows = [{ status = "any", values = ["600.00"] }]
"#;

#[test]
fn above_its_limit_outpatient_care_may_go_on_as_inpatient() {
    let of = |id: &str, part: &str| {
        format!(
            r#"
[[counter]]
id = "{id}"
name = "已支付"
from = 2019-01-01
source = "S"
adds = ["pooled"]
paid_by = ["pool"]
of = ["{part}"]
per = "year"
year = "employee"
"#
        )
    };
    let (op, ip) = (
        of("op_paid", "general_outpatient"),
        of("ip_paid", "inpatient"),
    );
    let inpatient = format!("{INPATIENT}{CAP}")
        .replace("counter = \"paid\"", "counter = \"ip_paid\"")
        .replace("400.00", "1000.00");
    let library = crate::sample::library(&[
        ("counters", &format!("{COUNTERS}{op}{ip}")),
        ("inpatient", &inpatient),
        ("general-outpatient", OUTPATIENT),
    ]);
    for (op_paid, ip_paid, paid, over, after) in [
        // 1,000.00 × 50 %, and what of it is left at 80 %.
        ("100.00", "0.00", "500.00", "0.00", ("600.00", "0.00")),
        // 999.98 × 50 % + 0.02 × 80 %
        ("100.01", "0.00", "500.01", "0.00", ("600.00", "0.02")),
        ("600.00", "0.00", "800.00", "0.00", ("600.00", "800.00")),
        ("600.00", "200.00", "800.00", "0.00", ("600.00", "1000.00")),
        ("600.00", "200.01", "799.99", "0.01", ("600.00", "1000.00")),
        (
            "600.00",
            "1000.00",
            "0.00",
            "1000.00",
            ("600.00", "1000.00"),
        ),
    ] {
        let mut request = with(stay("1000.00"), "op_paid", op_paid);
        request = with(request, "ip_paid", ip_paid);
        request.part = Part::GeneralOutpatient;
        let estimate = settled(&library, &request);
        assert_eq!(pool(&estimate), paid, "{op_paid} {ip_paid}");
        assert_eq!(text(estimate.lines.over_cap), over, "{op_paid} {ip_paid}");
        let so_far = &estimate.so_far;
        let counted = (so_far["op_paid"].as_str(), so_far["ip_paid"].as_str());
        assert_eq!(counted, after, "{op_paid} {ip_paid}");
    }
}

#[test]
fn a_block_that_cannot_be_taken_over_is_no_rule_that_is_absent() {
    let cap = |basis: &str| {
        let rows = "class = [\"any\"]\nrows = [{ status = \"any\", values = [\"1000.00\"] }]\n";
        format!(
            "{INPATIENT}\n[[cap]]\nid = \"year\"\nfrom = 2026-03-10\nsource = \"S\"\nbasis = \"{basis}\"\n\
             counter = \"paid\"\n{rows}"
        )
    };
    for (basis, day, paid, open) in [
        ("fund_paid", "2026-03-09", "7200.00", &[][..]),
        ("fund_paid", "2026-03-10", "1000.00", &[]),
        ("fund_piad", "2026-03-09", "7200.00", &[]),
        ("fund_piad", "2026-03-10", "unknown", &["rule"]),
    ] {
        let text = cap(basis);
        let files = [("counters", COUNTERS), ("inpatient", text.as_str())];
        let mut request = stay("10000.00");
        request.visit.settled_on = day.parse().unwrap();
        let estimate = settled(&crate::sample::library_with_faults(&files), &request);
        assert_eq!(pool(&estimate), paid, "{basis} {day}");
        assert_eq!(keys(&estimate), open, "{basis} {day}");
    }
}
