//! 没有查到的 — a limit of which nobody knows what it is on, a threshold that is not known, and what is
//! not asked because it makes no difference.

use super::*;

/// 限额 4000，按什么算没有查到；`by_basis` 写每种读法看哪个累计数。
fn cap(by_basis: &str) -> String {
    format!(
        r#"
[[cap]]
id = "year"
from = 2019-01-01
source = "S 限额"
basis = "unknown"
counter = "paid"
{by_basis}
class = ["any"]
rows = [{{ status = "any", values = ["4000.00"] }}]
ask = "4000 元是费用还是支付？"
"#
    )
}

/// 政策范围内的费用
const COSTS: &str = r#"
[[counter]]
id = "costs"
name = "费用"
from = 2019-01-01
source = "S"
adds = ["in_scope"]
paid_by = ["any"]
of = ["inpatient"]
per = "year"
year = "employee"
"#;

fn rules(counters: &str, inpatient: &str) -> Library {
    let counters = format!("{COUNTERS}{counters}");
    let inpatient = format!("{INPATIENT}{inpatient}");
    crate::sample::library(&[("counters", &counters), ("inpatient", &inpatient)])
}

#[test]
fn a_limit_on_nobody_knows_what_is_looked_at_as_far_as_the_counters_tell() {
    let one = rules(COSTS, &cap(""));
    let both = rules(
        COSTS,
        &cap("by_basis = { fund_paid = \"paid\", cost = \"costs\" }"),
    );
    // 起付线 1000，80%。
    for (library, total, paid, costs, expected, open) in [
        // 3000 元的费用怎样算都没有到 4000。
        (&one, "3000.00", None, None, "1600.00", &[][..]),
        (&one, "4000.00", None, None, "2400.00", &[]),
        // 5000：按支付 4000×80% = 3200；按起付线以上 3200；按费用 (4000−1000)×80% = 2400。
        (
            &one,
            "5000.00",
            None,
            None,
            "2400.00..3200.00",
            &["cell:inpatient.cap_basis:year"],
        ),
        // 已付 2000，费用至少 2000：按支付剩 2000；按费用 (2000−1000)×80% = 800 到 0。
        (
            &one,
            "5000.00",
            Some("2000.00"),
            None,
            "0.00..2000.00",
            &[
                "cell:inpatient.cap_basis:year",
                "counter:paid:cost_above_deductible",
                "counter:paid:cost",
            ],
        ),
        // 费用 2500：按费用 (4000−2500−1000)×80% = 400；按起付线以上在 2000、2500 之间，1600 到 1200。
        (
            &both,
            "5000.00",
            Some("2000.00"),
            Some("2500.00"),
            "400.00..2000.00",
            &[
                "cell:inpatient.cap_basis:year",
                "counter:paid:cost_above_deductible",
            ],
        ),
        // 已付满 4000：怎样算都没有了。
        (&one, "5000.00", Some("4000.00"), None, "0.00", &[]),
        (
            &one,
            "5000.00",
            Some("3999.99"),
            None,
            "0.00..0.01",
            &[
                "cell:inpatient.cap_basis:year",
                "counter:paid:cost_above_deductible",
            ],
        ),
    ] {
        let mut request = with(stay(total), "stays", "1");
        request.visit.first_of_period = None;
        if paid.is_none() {
            request = with(request, "paid", "0.00");
        }
        for (counter, value) in [("paid", paid), ("costs", costs)] {
            if let Some(value) = value {
                request = with(request, counter, value);
            }
        }
        let estimate = settled(library, &request);
        assert_eq!(pool(&estimate), expected, "{total} {paid:?} {costs:?}");
        assert_eq!(keys(&estimate), open, "{total} {paid:?} {costs:?}");
    }
}

fn serious_illness(threshold: &str, rate: &str) -> Library {
    let layer = format!(
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
counter = "deductibles"
settled = "with_bill"
[[threshold]]
from = 2019-01-01
source = "S 起付"
class = ["any"]
rows = [{{ values = ["{threshold}"] }}]
ask = "起付多少？"
[[rate]]
from = 2019-01-01
source = "S 比例"
edges_on = "none"
class = ["any"]
rows = [{{ values = ["{rate}"] }}]
ask = "付几成？"
"#
    );
    crate::sample::library(&[
        ("counters", COUNTERS),
        ("inpatient", INPATIENT),
        ("layer-serious", &layer),
    ])
}

#[test]
fn of_a_layer_whose_threshold_is_not_known_its_rate_says_the_most() {
    // 2000 元：起付线 1000，自付 200，个人负担 1200。
    for (threshold, rate, expected, open) in [
        ("1200.00", "60%", "0.00", &[][..]),
        ("1000.00", "60%", "120.00", &[]),
        (
            "unknown",
            "60%",
            "0.00..720.00",
            &["cell:layer-serious.threshold"],
        ),
        (
            "unknown",
            "unknown",
            "0.00..1200.00",
            &["cell:layer-serious.rate"],
        ),
        (
            "1000.00",
            "unknown",
            "0.00..200.00",
            &["cell:layer-serious.rate"],
        ),
        // 没有到起付线，付几成没有查到也不要紧。
        ("1200.00", "unknown", "0.00", &[]),
        (
            "1199.99",
            "unknown",
            "0.00..0.01",
            &["cell:layer-serious.rate"],
        ),
    ] {
        let estimate = settled(&serious_illness(threshold, rate), &stay("2000.00"));
        let paid = text(estimate.payers.serious_illness_paid);
        assert_eq!(paid, expected, "{threshold} {rate}");
        assert_eq!(keys(&estimate), open, "{threshold} {rate}");
    }
}

#[test]
fn a_bill_of_items_without_a_deductible_does_not_ask_for_the_others() {
    let (before, after) = INPATIENT.split_once("rows = [{ status").unwrap();
    let (_, after) = after.split_once("}]\n").unwrap();
    let rows = "rows = [{ values = [\"unknown\", \"unknown\"] }, \
                { item = \"drg\", values = [\"0.00\", \"0.00\"] }]\nask = \"起付线？\"\n";
    let text = format!("{before}{rows}{after}");
    let library = crate::sample::library(&[("counters", COUNTERS), ("inpatient", &text)]);
    for (drg, expected, paid, open) in [
        ("2000.00", "0.00", "1600.00", &[][..]),
        // 另外 1 元从没有起付线到全在起付线里。
        (
            "1999.00",
            "0.00..1.00",
            "1599.20..1600.00",
            &["cell:inpatient.deductible"],
        ),
    ] {
        let mut request = stay("2000.00");
        request.bill.by_item.insert("drg".to_owned(), yuan(drg));
        let estimate = settled(&library, &request);
        assert_eq!(deductible(&estimate), expected, "{drg}");
        assert_eq!(pool(&estimate), paid, "{drg}");
        assert_eq!(keys(&estimate), open, "{drg}");
    }
}

#[test]
fn a_limit_of_the_years_deductibles_that_nobody_knows_is_asked() {
    let limit = |cell: &str| {
        inpatient(&format!(
            r#"
[[deductible_limit]]
from = 2019-01-01
source = "S 年度合计"
counter = "deductibles"
class = ["any"]
rows = [{{ status = "any", values = ["{cell}"] }}]
ask = "一年最多多少？"
"#
        ))
    };
    for (cell, expected, asked) in [
        ("none", "1000.00", &[][..]),
        (
            "unknown",
            "0.00..1000.00",
            &["cell:inpatient.deductible_limit"],
        ),
    ] {
        let estimate = settled(&limit(cell), &stay("5000.00"));
        assert_eq!(deductible(&estimate), expected, "{cell}");
        assert_eq!(keys(&estimate), asked, "{cell}");
    }
}

#[test]
fn what_the_own_account_may_pay_is_asked_where_no_rule_says_it() {
    let account = r#"
pool = "990100"
scheme = "employee"
part = "personal_account"
[[sub_account]]
id = "book"
from = 2019-01-01
source = "S"
name = "个人账户"
rolls_into = "none"
on = "never"
"#;
    let library = crate::sample::library(&[
        ("counters", COUNTERS),
        ("inpatient", INPATIENT),
        ("personal-account", account),
    ]);
    let own = |balance: &str| PayersAtHand {
        own: BTreeMap::from([("book".into(), yuan(balance))]),
        aid: Vec::new(),
    };
    // 2000 元：个人负担 1200。
    for (plan, payers, paid, cash, asked) in [
        (
            "with_account",
            Some(PayersAtHand::default()),
            "0.00",
            "1200.00",
            false,
        ),
        ("with_account", Some(own("0.00")), "0.00", "1200.00", false),
        (
            "with_account",
            Some(own("300.00")),
            "0.00..300.00",
            "900.00..1200.00",
            true,
        ),
        (
            "with_account",
            Some(own("1500.00")),
            "0.00..1200.00",
            "0.00..1200.00",
            true,
        ),
        ("with_account", None, "0.00..1200.00", "0.00..1200.00", true),
        ("pooled_only", Some(own("300.00")), "0.00", "1200.00", false),
        (
            "some_plan",
            Some(own("300.00")),
            "0.00..300.00",
            "900.00..1200.00",
            true,
        ),
    ] {
        let mut request = stay("2000.00");
        request.plan = plan.to_owned();
        request.payers = payers.clone();
        let estimate = settled(&library, &request);
        let name = format!("{plan} {payers:?}");
        assert_eq!(text(estimate.payers.own_account_paid), paid, "{name}");
        assert_eq!(text(estimate.payers.cash_paid), cash, "{name}");
        let key = "cell:personal_account.account_use";
        assert_eq!(keys(&estimate).contains(&key), asked, "{name}");
    }
}
