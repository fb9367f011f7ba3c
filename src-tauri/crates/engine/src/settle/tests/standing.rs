//! 停缴、等待期、首次参保 — the gate where the contributions are stated.

use gongji_domain::Contributions;

use super::*;

/// 甲地：次月 1 日停；等 3 个月，按五成享受。
const RULE: &str = r#"
pool = "990100"
scheme = "employee"
part = "membership"
[[status_rule]]
from = 2019-01-01
source = "S 第九条"
pooling_stops = "next_month_first"
waiting_months = 3
during_waiting = "50%"
retirement_takes_effect = "unknown"
ask = "退休待遇从哪个月起？"
"#;

fn library(rule: &str) -> Library {
    crate::sample::library(&[
        ("counters", COUNTERS),
        ("inpatient", INPATIENT),
        ("membership", rule),
    ])
}

fn lapsed(stopped_in: &str, resumed_in: Option<&str>) -> EstimateRequest {
    let mut request = stay("2000.01");
    request.member.contributions = Some(Contributions {
        stopped_in: Some(stopped_in.parse().unwrap()),
        resumed_in: resumed_in.map(|month| month.parse().unwrap()),
        ..Contributions::default()
    });
    request
}

#[test]
fn the_pool_pays_nothing_once_the_contributions_stopped() {
    // The bill is of 2026-03-10: (2000.01 − 1000) × 80% = 800.01.
    for (stopped, resumed, paid, not_paid) in [
        ("2026-04", None, "800.01", "0.00"),
        ("2026-03", None, "800.01", "0.00"),
        ("2026-02", None, "0.00", "2000.01"),
        ("2025-10", Some("2026-04"), "0.00", "2000.01"),
        ("2025-08", Some("2025-12"), "800.01", "0.00"),
    ] {
        let estimate = settled(&library(RULE), &lapsed(stopped, resumed));
        assert_eq!(pool(&estimate), paid, "{stopped}");
        assert_eq!(text(estimate.lines.not_paid), not_paid, "{stopped}");
        assert_eq!(keys(&estimate), [""; 0], "{stopped}");
    }
    let estimate = settled(&library(RULE), &lapsed("2026-02", None));
    let mut steps = estimate.steps.iter();
    let said = steps.find(|step| step.what.code == "step.not_in_good_standing");
    assert!(said.is_some_and(|step| step.source.is_some()));
}

#[test]
fn a_waiting_period_may_pay_half_and_the_rest_is_the_members() {
    // 800.01 × 50% = 400.005 → 400.01.
    let estimate = settled(&library(RULE), &lapsed("2025-08", Some("2026-01")));
    assert_eq!(pool(&estimate), "400.01");
    assert_eq!(text(estimate.lines.coinsurance), "600.00");
    assert_eq!(text(estimate.payers.patient_paid), "1600.00");
    assert_eq!(estimate.so_far["paid"], "400.01");
    let none = RULE.replace("\"50%\"", "\"none\"");
    let estimate = settled(&library(&none), &lapsed("2025-08", Some("2026-01")));
    assert_eq!(pool(&estimate), "0.00");
}

#[test]
fn what_the_place_does_not_say_gives_both() {
    let silent = RULE.replace("waiting_months = 3\nduring_waiting = \"50%\"\n", "");
    let estimate = settled(&library(&silent), &lapsed("2025-08", Some("2026-01")));
    assert_eq!(pool(&estimate), "0.00..800.01");
    assert_eq!(keys(&estimate), ["cell:membership.waiting_months"]);
    let estimate = settled(&inpatient(""), &lapsed("2026-02", None));
    assert_eq!(pool(&estimate), "0.00..800.01");
    assert_eq!(keys(&estimate), ["rule:status_rule"]);
    let mut request = stay("2000.01");
    request.member.contributions = Some(Contributions::default());
    assert_eq!(pool(&settled(&inpatient(""), &request)), "800.01");
}
