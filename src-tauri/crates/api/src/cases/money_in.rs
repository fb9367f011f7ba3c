//! Cases of what comes in: credits, and the limits of a day.

use gongji_domain::Scheme;
use gongji_engine::{CreditDue, Insured, credit_case, limits};
use gongji_policy::Library;

use super::file::{CaseFile, CreditCase, LimitCase};
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
        special: gongji_domain::Special::None,
        born: member.born,
        retired_on: member.retired_on,
        insured_months: None,
        base: member.base,
        pension: member.pension,
        pension_before: None,
        entered: None,
        stated_day: member.credit_day,
    };
    let credits = credit_case(library, &insured, case.for_month);
    let due: Vec<&CreditDue> = credits
        .due
        .iter()
        .filter(|due| due.kind.is_regular())
        .collect();
    let mut differs = compare(&case.expect, &|name| match due.as_slice() {
        [due] => figure(due, name),
        [] if name == "known" => Some(Flat::Text(credits.known.to_string())),
        several => several.iter().find_map(|due| {
            let of_sub = name.strip_prefix(&format!("{}.", due.sub))?;
            figure(due, of_sub)
        }),
    });
    for key in &case.unknown {
        if !credits.open.iter().any(|open| open.key == *key) {
            differs.push(format!("{key} 应当未定，却是确定的"));
        }
    }
    differs
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
