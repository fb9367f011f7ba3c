//! Running the cases of a file: each gets a verdict and, where it fails, what differs.

use std::collections::BTreeMap;

use gongji_domain::{Amount, Bill, EstimateRequest, SettlementEstimate, StepName, Yuan};
use gongji_engine::{AidParty, aid_verdict, settle};
use gongji_policy::{Body, EdgesOn, InForce, Library, Per};
use serde::Serialize;

use super::answers::not_open;
use super::file::{AidCase, AidSide, CaseFile, Expected, SettlementCase};
use super::flat::{Flat, flat};
use super::identities::broken_identities;

/// 一例的结果 — passed where nothing differs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CaseOutcome {
    /// 名称
    pub name: String,
    /// What differs, each in words: name, expected, found.
    pub differs: Vec<String>,
}

impl CaseOutcome {
    /// Whether the case passed.
    pub fn passed(&self) -> bool {
        self.differs.is_empty()
    }
}

/// Runs every case of `file` on the real engine. `beside` reads a file that lies beside the case
/// file: the record of a household.
pub fn run(
    library: &Library,
    file: &CaseFile,
    beside: &dyn Fn(&str) -> Option<String>,
) -> Vec<CaseOutcome> {
    let mut outcomes = Vec::new();
    for case in &file.cases {
        outcomes.push(CaseOutcome {
            name: case.name.clone(),
            differs: settlement(library, file, case),
        });
    }
    for case in &file.aids {
        outcomes.push(CaseOutcome {
            name: case.name.clone(),
            differs: aid(library, case),
        });
    }
    outcomes.extend(super::money_in::run(library, file));
    outcomes.extend(super::answers::run(library, file));
    outcomes.extend(super::household::run(library, file, beside));
    outcomes
}

fn settlement(library: &Library, file: &CaseFile, case: &SettlementCase) -> Vec<String> {
    let request = match case.request(file) {
        Ok(request) => request,
        Err(problem) => return vec![problem.to_string()],
    };
    let estimate = match settle(library, &request) {
        Ok(estimate) => estimate,
        Err(error) => return vec![error.to_string()],
    };
    let found = flat(&estimate);
    let mut differs = compare(&case.expect, &|name| found.get(name).cloned());
    differs.extend(not_open(&case.unknown, &estimate.unknown));
    differs.extend(broken_identities(&request, &estimate));
    differs.extend(split_differs(library, &request, &estimate));
    differs
}

/// What differs between the expected figures and those found under the same names.
pub(super) fn compare(
    expect: &BTreeMap<String, Expected>,
    found: &dyn Fn(&str) -> Option<Flat>,
) -> Vec<String> {
    let mut differs = Vec::new();
    for (name, expected) in expect {
        let Some(found) = found(name) else {
            differs.push(format!("{name}：结果里没有这个数"));
            continue;
        };
        let same = match (expected, &found) {
            (Expected::Exact(text), Flat::Text(found)) => text == found,
            (Expected::Exact(text), Flat::Amount(found)) if text == "unknown" => {
                *found == Amount::UNKNOWN
            }
            (Expected::Exact(text), Flat::Amount(found)) => text
                .parse::<Yuan>()
                .is_ok_and(|yuan| *found == Amount::Exact(yuan)),
            (Expected::Range { min, max }, Flat::Amount(found)) => {
                *found == Amount::between(*min, *max)
            }
            (Expected::Range { .. }, Flat::Text(_)) => false,
        };
        if !same {
            differs.push(format!(
                "{name}：应为 {}，得到 {}",
                expected_text(expected),
                flat_text(&found)
            ));
        }
    }
    differs
}

pub(super) fn expected_text(expected: &Expected) -> String {
    match expected {
        Expected::Exact(text) => text.clone(),
        Expected::Range { min, max } => format!("{min} ～ {max}"),
    }
}

pub(super) fn flat_text(found: &Flat) -> String {
    match found {
        Flat::Text(text) => text.clone(),
        Flat::Amount(Amount::Exact(yuan)) => yuan.to_string(),
        Flat::Amount(Amount::Range { min, max }) => format!("{min} ～ {max}"),
        Flat::Amount(Amount::Unknown(_)) => "unknown".to_owned(),
    }
}

/// 拆单不变 — where everything adds up over the year, one bill settled as two on one day is paid
/// the same. The first part is a round sum below every edge, so that it is exact to the fen.
fn split_differs(
    library: &Library,
    request: &EstimateRequest,
    whole: &SettlementEstimate,
) -> Vec<String> {
    let one_band = whole
        .steps
        .iter()
        .filter(|step| step.name == StepName::Bands)
        .count()
        == 1;
    let yearly = request.part == gongji_domain::Part::GeneralOutpatient
        && adds_up_over_the_year(library, request);
    let counters_known = request.so_far.is_some() || request.visit.first_of_period != Some(false);
    let simple = request.bill.by_item.is_empty() && request.bill.not_account_payable.is_zero();
    let bill = &request.bill;
    let in_scope_only = bill.outside().is_zero();
    if !(one_band
        && yearly
        && counters_known
        && simple
        && in_scope_only
        && whole.unknown.is_empty())
    {
        return Vec::new();
    }
    let first_fen = bill.total.fen() / 2 / 10_000 * 10_000;
    if first_fen == 0 {
        return Vec::new();
    }
    let first = EstimateRequest {
        bill: Bill::of_total(Yuan::from_fen(first_fen)),
        payers: None,
        ..request.clone()
    };
    let Ok(one) = settle(library, &first) else {
        return vec!["拆单后第一张算不出".to_owned()];
    };
    let so_far = one.so_far.clone();
    if so_far.values().any(|value| value == "unknown") {
        return Vec::new();
    }
    let second = EstimateRequest {
        bill: Bill::of_total(bill.total - Yuan::from_fen(first_fen)),
        so_far: Some(so_far),
        payers: None,
        ..request.clone()
    };
    let Ok(two) = settle(library, &second) else {
        return vec!["拆单后第二张算不出".to_owned()];
    };
    match (
        one.payers.fund_paid,
        two.payers.fund_paid,
        whole.payers.fund_paid,
    ) {
        (Amount::Exact(one), Amount::Exact(two), Amount::Exact(whole)) if one + two != whole => {
            vec![format!("拆成两张：{one} + {two} ≠ {whole}")]
        }
        _ => Vec::new(),
    }
}

/// Whether every counter that the benefit stands on returns to zero with the year, and no table
/// looks at a single bill.
fn adds_up_over_the_year(library: &Library, request: &EstimateRequest) -> bool {
    let day = request.visit.settled_on;
    let Some(rules) = library.rules(&request.pool, request.scheme.word(), day) else {
        return false;
    };
    let per_year = |id: &str| {
        rules.blocks.iter().any(|held| match &held.block.body {
            Body::Counter(counter) => {
                held.block.head.id.as_deref() == Some(id) && counter.per == Per::Year
            }
            _ => false,
        })
    };
    let of_part = |held: &&InForce<'_>| held.file.part == request.part.word();
    rules
        .blocks
        .iter()
        .filter(of_part)
        .all(|held| match &held.block.body {
            Body::Deductible(block) => per_year(&block.counter),
            Body::Cap(block) => per_year(&block.counter),
            Body::Rate(block) => {
                block.edges_on == EdgesOn::None || block.counter.as_deref().is_some_and(per_year)
            }
            _ => true,
        })
}

fn aid(library: &Library, case: &AidCase) -> Vec<String> {
    let verdict = aid_verdict(
        library,
        &side(&case.donor),
        &side(&case.recipient),
        case.relation,
        case.on,
    );
    let allowed = match verdict.allowed {
        gongji_engine::Allowed::Yes => "yes",
        gongji_engine::Allowed::No => "no",
        gongji_engine::Allowed::Unknown => "unknown",
    };
    let kind = match (&verdict.instead, verdict.allowed) {
        (Some(_), _) => "wallet_transfer",
        (None, gongji_engine::Allowed::Yes) => match verdict.kind {
            Some(gongji_policy::AidKind::FamilyAccount) => "family_account",
            _ => "binding",
        },
        (None, _) => "none",
    };
    compare(&case.expect, &|name| {
        let text = match name {
            "allowed" => allowed,
            "reason" => verdict.reason.code.as_str(),
            "kind" => kind,
            _ => return None,
        };
        Some(Flat::Text(text.to_owned()))
    })
}

fn side(side: &AidSide) -> AidParty {
    AidParty {
        pool: side.pool.clone(),
        scheme: side.scheme,
        plan: side
            .plan
            .clone()
            .unwrap_or_else(|| "with_account".to_owned()),
        status: side.status,
        has_account: side.has_account,
    }
}
