//! Cases of what comes in: credits, and the limits of a day.

use gongji_domain::{Amount, Scheme};
use gongji_engine::{
    ClearingTerms, CreditDue, Credits, Insured, PostingKind, Stay, clearing_case, credit_case,
    limits,
};
use gongji_policy::Library;

use super::answers::not_open;
use super::file::{CaseFile, ClearingCase, CreditCase, LimitCase};
use super::flat::Flat;
use super::run::{CaseOutcome, compare};

pub(super) fn run(library: &Library, file: &CaseFile) -> Vec<CaseOutcome> {
    let mut outcomes = Vec::new();
    for case in &file.credits {
        outcomes.push(CaseOutcome {
            name: case.name.clone(),
            differs: credit(library, file, case),
        });
    }
    for case in &file.clearings {
        outcomes.push(CaseOutcome {
            name: case.name.clone(),
            differs: clearing(library, file, case),
        });
    }
    for case in &file.limits {
        outcomes.push(CaseOutcome {
            name: case.name.clone(),
            differs: limit(library, file, case),
        });
    }
    outcomes
}

fn credit(library: &Library, file: &CaseFile, case: &CreditCase) -> Vec<String> {
    let Some(pool) = case.pool.clone().or_else(|| file.pool.clone()) else {
        return vec!["没有写 pool".to_owned()];
    };
    let member = &case.member;
    let plan = member.plan.clone().or_else(|| file.plan.clone());
    let insured = Insured {
        pool,
        scheme: case.scheme.or(file.scheme).unwrap_or(Scheme::Employee),
        plan: plan.unwrap_or_else(|| "with_account".to_owned()),
        status: member.status,
        special: member.special,
        born: member.born,
        retired_on: member.retired_on,
        insured_months: member.insured_months,
        base: member.base,
        pension: member.pension,
        pension_before: member.pension_before,
        missing_years: member.missing_years,
        employer: member.employer.clone(),
        entered: member.entered,
        stated_day: member.credit_day,
    };
    let stay = Stay {
        from: member.joined,
        until: member.left,
    };
    let credits = credit_case(library, &insured, stay, case.for_month);
    let mut differs = compare(&case.expect, &|name| found(&credits, name));
    differs.extend(not_open(&case.unknown, &credits.open));
    differs
}

/// A figure of the month: of its one regular posting, `<sub-account>.<figure>` where there are several,
/// `true_up.`, `withheld_apart.`, `taken_back.` and `one_off.` of the others.
fn found(credits: &Credits, name: &str) -> Option<Flat> {
    if name == "known" {
        let sums = credits.due.iter().all(|due| due.net != Amount::UNKNOWN);
        return Some(Flat::Text((credits.known && sums).to_string()));
    }
    for (prefix, kind) in [
        ("true_up.", PostingKind::TrueUp),
        ("withheld_apart.", PostingKind::Withheld),
        ("taken_back.", PostingKind::TakenBack),
        ("one_off.", PostingKind::OneOff),
    ] {
        if let Some(name) = name.strip_prefix(prefix) {
            let due = credits.due.iter().find(|due| due.kind == kind)?;
            return figure(due, name);
        }
    }
    let regular: Vec<&CreditDue> = (credits.due.iter())
        .filter(|due| due.kind.is_regular())
        .collect();
    match regular.as_slice() {
        [due] => figure(due, name),
        several => several.iter().find_map(|due| {
            let of_sub = name.strip_prefix(&format!("{}.", due.sub))?;
            figure(due, of_sub)
        }),
    }
}

fn clearing(library: &Library, file: &CaseFile, case: &ClearingCase) -> Vec<String> {
    let Some(pool) = file.pool.clone() else {
        return vec!["没有写 pool".to_owned()];
    };
    let scheme = file.scheme.unwrap_or(Scheme::Employee);
    let given = case.given;
    let terms = ClearingTerms {
        own_contributions: given.own_contributions,
        employer_part: given.employer_part,
        closing_balance: given.closing_balance,
        adjustment: given.adjustment,
        moved_in: given.moved_in,
        advance: given.advance,
        carried_shortfall: given.carried_shortfall,
    };
    let Some(outcome) = clearing_case(library, &pool, scheme, case.on, &terms) else {
        return vec![format!("{} 没有清算的规则", case.on)];
    };
    compare(&case.expect, &|name| {
        Some(match name {
            "sum" => Flat::Amount(Amount::Exact(outcome.sum)),
            "interest" => Flat::Amount(outcome.interest),
            "lands" => Flat::Amount(outcome.lands),
            "sub" => Flat::Text(outcome.sub.to_string()),
            "carried_shortfall" => Flat::Amount(Amount::Exact(outcome.carried_shortfall)),
            _ => return None,
        })
    })
}

fn figure(due: &CreditDue, name: &str) -> Option<Flat> {
    let day = |day: Option<chrono::NaiveDate>| {
        Flat::Text(day.map_or_else(|| "unknown".to_owned(), |day| day.to_string()))
    };
    Some(match name {
        "gross" => Flat::Amount(due.gross),
        "withheld" => Flat::Amount(due.withheld),
        "net" => Flat::Amount(due.net),
        "sub" => Flat::Text(due.sub.to_string()),
        "months" => Flat::Text(due.months.to_string()),
        "earliest" => day(due.earliest),
        "latest" => day(due.latest),
        _ => return None,
    })
}

fn limit(library: &Library, file: &CaseFile, case: &LimitCase) -> Vec<String> {
    let Some(pool) = case.pool.clone().or_else(|| file.pool.clone()) else {
        return vec!["没有写 pool".to_owned()];
    };
    let scheme = case.scheme.or(file.scheme).unwrap_or(Scheme::Employee);
    let found = limits(library, &pool, scheme, case.on);
    compare(&case.expect, &|name| {
        found.get(name).cloned().map(Flat::Text)
    })
}
