//! 各段的字段 — each does something, or is asked for.

use super::*;

/// 甲地的住院，起付线从基金该付的钱里扣。
fn off_payment(standard: &str, more: &str) -> Library {
    let (_, rate) = INPATIENT.split_once("[[rate]]").unwrap();
    let text = format!(
        r#"
pool = "990100"
scheme = "employee"
part = "inpatient"
[[deductible]]
from = 2019-01-01
source = "S 起付线"
counter = "deductibles"
taken_from = "fund_amount"
class = ["any"]
rows = [{{ values = ["{standard}"] }}]
ask = "扣多少？"
[[rate]]{rate}{more}"#
    );
    crate::sample::library(&[("counters", COUNTERS), ("inpatient", &text)])
}

#[test]
fn a_deductible_may_come_off_what_the_fund_pays() {
    let cap = r#"
[[cap]]
id = "year"
from = 2019-01-01
source = "S 限额"
basis = "fund_paid"
counter = "paid"
class = ["any"]
rows = [{ values = ["400.00"] }]
"#;
    for (standard, cap, total, before, paid, off, over) in [
        // 1000×80% = 800，扣 10。
        ("10.00", "", "1000.00", "0.00", "790.00", "10.00", "0.00"),
        ("10.00", "", "1000.00", "4.00", "794.00", "6.00", "0.00"),
        ("10.00", "", "1000.00", "10.00", "800.00", "0.00", "0.00"),
        // 12.50×80% = 10，正好扣完；少一点也只扣到零。
        ("10.00", "", "12.50", "0.00", "0.00", "10.00", "0.00"),
        ("10.00", "", "10.00", "0.00", "0.00", "8.00", "0.00"),
        ("10.00", "", "13.75", "0.00", "1.00", "10.00", "0.00"),
        // 限额 400 是扣完以后付的：410÷80% = 512.50，以上 487.50。
        ("10.00", cap, "1000.00", "0.00", "400.00", "10.00", "487.50"),
        ("10.00", cap, "512.50", "0.00", "400.00", "10.00", "0.00"),
        (
            "unknown",
            "",
            "1000.00",
            "0.00",
            "0.00..800.00",
            "0.00..800.00",
            "0.00",
        ),
    ] {
        let request = with(stay(total), "deductibles", before);
        let estimate = settled(&off_payment(standard, cap), &request);
        let name = format!("{standard} {total} {before}");
        assert_eq!(pool(&estimate), paid, "{name}");
        assert_eq!(deductible(&estimate), off, "{name}");
        assert_eq!(text(estimate.lines.over_cap), over, "{name}");
    }
}

#[test]
fn what_a_counter_may_add_up_is_carried_as_not_known() {
    let counter = |fields: &str| {
        format!(
            r#"
[[counter]]
id = "own"
name = "自付"
from = 2019-01-01
source = "S"
{fields}
of = ["inpatient"]
per = "year"
year = "employee"
"#
        )
    };
    // 2000 元：起付线 1000，自付 200，超限价 100 另计。
    for (fields, expected) in [
        ("adds = [\"deductible\"]\npaid_by = [\"any\"]", "1000.00"),
        (
            "adds = [\"deductible\"]\nadds_undecided = [\"coinsurance\"]\npaid_by = [\"any\"]",
            "unknown",
        ),
        // 没写明的那一样，这张单里没有。
        (
            "adds = [\"deductible\"]\nadds_undecided = [\"over_cap\"]\npaid_by = [\"any\"]",
            "1000.00",
        ),
        (
            "adds = [\"deductible\"]\npaid_by = [\"own_account\"]\npaid_by_undecided = [\"cash\"]",
            "unknown",
        ),
        (
            "adds = [\"deductible\"]\npaid_by = [\"own_account\"]\npaid_by_undecided = [\"mutual_aid\"]",
            "0.00",
        ),
    ] {
        let counters = format!("{COUNTERS}{}", counter(fields));
        let library = crate::sample::library(&[("counters", &counters), ("inpatient", INPATIENT)]);
        let estimate = settle(&library, &stay("2000.00")).unwrap();
        assert_eq!(estimate.so_far["own"], expected, "{fields}");
        assert_eq!(pool(&estimate), "800.00", "{fields}");
    }
}

#[test]
fn care_away_of_which_nobody_knows_what_changes_is_a_range() {
    let library = inpatient(
        r#"
[[away]]
from = 2019-01-01
source = "S 异地"
change = "unknown"
ask = "异地住院付几成？"
rows = [{ away = "any", values = ["unknown"] }]
"#,
    );
    let mut request = stay("2000.00");
    assert_eq!(pool(&settled(&library, &request)), "800.00");
    request.visit.away = Some("filed".to_owned());
    let estimate = settled(&library, &request);
    assert_eq!(pool(&estimate), "0.00..1000.00");
    assert_eq!(keys(&estimate), ["cell:inpatient.rate"]);
}

fn serious(layer: &str, more: &str) -> Library {
    let text = format!(
        r#"
pool = "990100"
scheme = "employee"
part = "layer"
[[layer]]
id = "serious"
from = 2019-01-01
source = "S 大病"
order = 20
fund = "serious_illness"
counts = ["deductible", "coinsurance"]
of = ["inpatient"]
counter = "this_bill"
settled = "with_bill"
{layer}
[[rate]]
from = 2019-01-01
source = "S 比例"
edges_on = "none"
class = ["any"]
rows = [{{ values = ["50%"] }}]
[[cap]]
id = "year"
from = 2019-01-01
source = "S 限额"
basis = "fund_paid"
counter = "this_bill"
class = ["any"]
rows = [{{ values = ["650.00"] }}]
{more}"#
    );
    crate::sample::library(&[
        ("counters", COUNTERS),
        ("inpatient", INPATIENT),
        ("layer-serious", &text),
    ])
}

#[test]
fn a_layer_has_adjustments_of_its_own_and_asks_what_it_leaves_out() {
    let adjust = |on: &str, change: &str, cell: &str| {
        format!(
            r#"
[[adjust]]
id = "more"
from = 2019-01-01
source = "S 增减"
on = "{on}"
order = 1
change = "{change}"
class = ["any"]
rows = [{{ status = "active", values = ["{cell}"] }}, {{ status = "retired", values = ["{cell}"] }}]
"#
        )
    };
    // 2000 元：个人负担 1200，50% = 600；限额 650。
    for (layer, more, paid, asked) in [
        ("", String::new(), "600.00", &[][..]),
        // 55% = 660，到限额为止。
        ("", adjust("rate", "plus_points", "5pt"), "650.00", &[]),
        ("", adjust("rate", "minus_points", "5pt"), "540.00", &[]),
        // 650×90% = 585。
        ("", adjust("cap", "times", "90%"), "585.00", &[]),
        (
            "excludes = [\"cut:unreferred\"]\nask = \"没转诊的少报多少？\"",
            String::new(),
            "600.00",
            &["cell:layer-serious.layer:serious.excludes"],
        ),
    ] {
        let estimate = settled(&serious(layer, &more), &stay("2000.00"));
        let found = text(estimate.payers.serious_illness_paid);
        assert_eq!(found, paid, "{layer} {more}");
        assert_eq!(keys(&estimate), asked, "{layer} {more}");
    }
}

#[test]
fn an_adjusted_limit_is_rounded_as_limits_are() {
    let cap = r#"
[[cap]]
id = "year"
from = 2019-01-01
source = "S 限额"
basis = "fund_paid"
counter = "paid"
class = ["any"]
rows = [{ values = ["501.00"] }]
[[adjust]]
id = "more"
from = 2019-01-01
source = "S 增减"
on = "cap"
order = 1
change = "times"
class = ["any"]
rows = [{ status = "any", values = ["110%"] }]
"#;
    let text = format!("{INPATIENT}{cap}");
    let rounding = r#"
pool = "990100"
scheme = "employee"
part = "rounding"
[[rounding]]
from = 2019-01-01
source = "S 取整"
at = "limit"
to = "yuan"
mode = "half_up"
running = "this_bill"
"#;
    let plain = [("counters", COUNTERS), ("inpatient", text.as_str())];
    let rounded = [plain[0], plain[1], ("rounding", rounding)];
    // 501×110% = 551.10。
    for (files, paid) in [(&plain[..], "551.10"), (&rounded[..], "551.00")] {
        let estimate = settled(&crate::sample::library(files), &stay("5000.00"));
        assert_eq!(pool(&estimate), paid);
    }
}

#[test]
fn what_was_left_of_another_limit_raises_this_one() {
    let outpatient = |accumulates: bool| {
        format!(
            r#"
pool = "990100"
scheme = "employee"
part = "general_outpatient"
[[cap]]
id = "year"
from = 2019-01-01
source = "S 门诊限额"
basis = "fund_paid"
counter = "paid"
class = ["any"]
rows = [{{ values = ["300.00"] }}]
[[carry]]
id = "carried"
from = 2019-01-01
source = "S 结转"
unused_of = "general_outpatient.year"
raises = "inpatient.year"
accumulates = {accumulates}
ask = "去年门诊额度剩了多少？"
"#
        )
    };
    let cap = r#"
[[cap]]
id = "year"
from = 2019-01-01
source = "S 限额"
basis = "fund_paid"
counter = "paid"
class = ["any"]
rows = [{ values = ["800.00"] }]
"#;
    let text = format!("{INPATIENT}{cap}");
    // 起付线 1000，80%，限额 800，去年门诊至多剩 300。
    for (accumulates, total, carried, paid, asked) in [
        // 费用没有到 800，不用问。
        (false, "800.00", None, "0.00", &[][..]),
        (false, "2000.00", None, "800.00", &[]),
        (false, "2500.00", Some("0.00"), "800.00", &[]),
        (false, "2500.00", Some("100.00"), "900.00", &[]),
        (false, "2500.00", Some("400.00"), "1200.00", &[]),
        (false, "2500.00", Some("399.99"), "1199.99", &[]),
        (
            false,
            "2500.00",
            None,
            "800.00..1100.00",
            &["counter:carried"],
        ),
        (
            true,
            "2500.00",
            None,
            "800.00..1200.00",
            &["counter:carried"],
        ),
    ] {
        let library = crate::sample::library(&[
            ("counters", COUNTERS),
            ("inpatient", &text),
            ("general-outpatient", &outpatient(accumulates)),
        ]);
        let mut request = stay(total);
        if let Some(carried) = carried {
            request = with(request, "carried", carried);
        }
        let estimate = settled(&library, &request);
        assert_eq!(pool(&estimate), paid, "{total} {carried:?}");
        assert_eq!(keys(&estimate), asked, "{total} {carried:?}");
    }
}
