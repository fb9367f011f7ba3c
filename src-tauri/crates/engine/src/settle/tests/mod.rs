//! 结算 — tables on small honest rules of 甲地, each figure at, below and above its edge.

mod aid;
mod changes;
mod facts;
mod fields;
mod gates;
mod standing;
mod unknowns;

use std::collections::BTreeMap;

use gongji_domain::{
    AidOffer, Amount, Bill, EmploymentStatus, EstimateRequest, MemberFacts, Part, Payer,
    PayersAtHand, PoolId, Relation, Scheme, SettlementEstimate, Slice, Special, Visit, Yuan,
};
use gongji_policy::Library;

use super::settle;

/// 甲地的年度与累计数：门诊起付线、统筹已支付、住院次数。
const COUNTERS: &str = r#"
pool = "990100"
scheme = "employee"
part = "counters"
[[benefit_year]]
id = "employee"
from = 2019-01-01
source = "S"
starts = "01-01"
[[counter]]
id = "paid"
name = "统筹已支付"
from = 2019-01-01
source = "S"
adds = ["pooled"]
paid_by = ["pool"]
of = ["general_outpatient", "inpatient"]
per = "year"
year = "employee"
[[counter]]
id = "deductibles"
name = "起付线已累计"
from = 2019-01-01
source = "S"
adds = ["deductible"]
paid_by = ["any"]
of = ["general_outpatient", "inpatient"]
per = "year"
year = "employee"
[[counter]]
id = "stays"
name = "住院次数"
from = 2019-01-01
source = "S"
adds = ["stay"]
paid_by = ["any"]
of = ["inpatient"]
per = "year"
year = "employee"
"#;

/// 甲地的住院：起付线 1000，在职 80%，两级；后面接着写别的段。
const INPATIENT: &str = r#"
pool = "990100"
scheme = "employee"
part = "inpatient"
[[deductible]]
from = 2019-01-01
source = "S 起付线"
counter = "this_bill"
nth_counter = "stays"
class = ["secondary", "tertiary"]
rows = [{ status = "any", values = ["600.00", "1000.00"] }]
[[rate]]
from = 2019-01-01
source = "S 比例"
edges_on = "none"
class = ["secondary", "tertiary"]
rows = [
  { status = "active", values = ["90%", "80%"] },
  { status = "retired", values = ["95%", "85%"] },
]
"#;

fn yuan(text: &str) -> Yuan {
    text.parse().unwrap()
}

/// The rules of 甲地 with `more` blocks about inpatient care.
fn inpatient(more: &str) -> Library {
    let text = format!("{INPATIENT}{more}");
    crate::sample::library(&[("counters", COUNTERS), ("inpatient", &text)])
}

/// A stay of somebody in service in 甲地, on 2026-03-10 in a tertiary hospital, the first of the year.
fn stay(total: &str) -> EstimateRequest {
    EstimateRequest {
        pool: PoolId::from("990100"),
        scheme: Scheme::Employee,
        plan: "with_account".to_owned(),
        part: Part::Inpatient,
        member: MemberFacts {
            status: EmploymentStatus::Active,
            born: "1980-03-10".parse().ok(),
            retired_on: None,
            insured_months: None,
            special: Special::None,
            tier: None,
            employer: None,
            continuous_years: None,
            contributions: None,
        },
        visit: Visit {
            settled_on: "2026-03-10".parse().unwrap(),
            class: Some("tertiary".to_owned()),
            admitted_on: None,
            contract: false,
            away: None,
            use_account: true,
            first_of_period: Some(true),
        },
        so_far: None,
        bill: Bill::of_total(yuan(total)),
        payers: Some(PayersAtHand::default()),
    }
}

/// The same with a counter before the bill.
fn with(mut request: EstimateRequest, counter: &str, value: &str) -> EstimateRequest {
    let so_far = request.so_far.get_or_insert_default();
    so_far.insert(counter.to_owned(), value.to_owned());
    request
}

fn settled(library: &Library, request: &EstimateRequest) -> SettlementEstimate {
    let settled = settle(library, request).unwrap();
    if settled.unknown.is_empty() {
        // Every fen is found by line and by payer.
        let cells = settled.matrix.iter();
        let sum: Yuan = cells.map(|cell| cell.amount.exact().unwrap()).sum();
        assert_eq!(sum, request.bill.total);
    }
    settled
}

/// A range is written `least..most`.
fn text(amount: Amount) -> String {
    match amount {
        Amount::Exact(yuan) => yuan.to_string(),
        Amount::Range { min, max } => format!("{min}..{max}"),
        Amount::Unknown(_) => "unknown".to_owned(),
    }
}

fn deductible(estimate: &SettlementEstimate) -> String {
    text(estimate.lines.deductible_paid)
}

fn pool(estimate: &SettlementEstimate) -> String {
    text(estimate.payers.pool_paid)
}

fn keys(estimate: &SettlementEstimate) -> Vec<&str> {
    let open = estimate.unknown.iter();
    open.map(|open| open.key.as_str()).collect()
}
