//! An estimate as a flat list of names and figures, as cases and batch files write them.

use std::collections::BTreeMap;

use gongji_domain::{Amount, SettlementEstimate};

/// Every figure of the estimate under its name of the slip; sub-accounts as `own.<sub>`, donors as
/// `aid.<name>`, counters as `so_far.<counter>`.
pub fn flat(estimate: &SettlementEstimate) -> BTreeMap<String, Flat> {
    let lines = &estimate.lines;
    let payers = &estimate.payers;
    let mut all: BTreeMap<String, Flat> = [
        ("total", lines.total),
        ("full_self_pay", lines.full_self_pay),
        ("over_limit", lines.over_limit),
        ("upfront_copay", lines.upfront_copay),
        ("not_paid", lines.not_paid),
        ("in_scope", lines.in_scope),
        ("account_segment", lines.account_segment),
        ("deductible_paid", lines.deductible_paid),
        ("coinsurance", lines.coinsurance),
        ("over_cap", lines.over_cap),
        ("pool_paid", payers.pool_paid),
        ("retiree_supplement_paid", payers.retiree_supplement_paid),
        (
            "large_expense_subsidy_paid",
            payers.large_expense_subsidy_paid,
        ),
        ("serious_illness_paid", payers.serious_illness_paid),
        (
            "civil_servant_subsidy_paid",
            payers.civil_servant_subsidy_paid,
        ),
        ("employer_supplement_paid", payers.employer_supplement_paid),
        ("medical_assistance_paid", payers.medical_assistance_paid),
        ("fund_paid", payers.fund_paid),
        ("patient_paid", payers.patient_paid),
        ("own_account_paid", payers.own_account_paid),
        ("mutual_aid_paid", payers.mutual_aid_paid),
        ("accounts_paid", payers.accounts_paid),
        ("cash_paid", payers.cash_paid),
    ]
    .into_iter()
    .map(|(name, amount)| (name.to_owned(), Flat::Amount(amount)))
    .collect();
    all.extend(
        payers
            .own
            .iter()
            .map(|(sub, amount)| (format!("own.{sub}"), Flat::Amount(*amount))),
    );
    for donor in &payers.aid {
        all.insert(format!("aid.{}", donor.name), Flat::Amount(donor.paid));
    }
    all.extend(
        estimate
            .so_far
            .iter()
            .map(|(counter, text)| (format!("so_far.{counter}"), Flat::Text(text.clone()))),
    );
    all
}

/// One figure of the flat list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Flat {
    /// An amount, a range, or unknown.
    Amount(Amount),
    /// A counter's value or another word.
    Text(String),
}
