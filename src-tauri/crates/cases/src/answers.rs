//! Cases that ask a rule alone.

use chrono::{NaiveDate, NaiveTime};
use gongji_domain::{Amount, EmploymentStatus, Open, Payer, Scheme, SubAccountId, Yuan};
use gongji_engine::{
    Arrangement, Classified, Institution, PremiumAsked, PremiumDue, Standing, TransferAsked,
    arrangement, class_of, premium, refund, retirement_takes_effect, settle, standing,
    transfer_verdict,
};
use gongji_policy::{Library, RowFacts, Window};

use super::asked::{CalendarCase, ClassCase, PremiumCase, RefundCase, StandingCase, TransferCase};
use super::file::CaseFile;
use super::flat::Flat;
use super::run::{CaseOutcome, compare};

pub(super) fn run(library: &Library, file: &CaseFile) -> Vec<CaseOutcome> {
    let mut outcomes = Vec::new();
    for case in &file.premiums {
        outcomes.push(CaseOutcome {
            name: case.name.clone(),
            differs: of_premium(library, file, case),
        });
    }
    for case in &file.transfers {
        outcomes.push(CaseOutcome {
            name: case.name.clone(),
            differs: of_transfer(library, file, case),
        });
    }
    for case in &file.standings {
        outcomes.push(CaseOutcome {
            name: case.name.clone(),
            differs: of_standing(library, file, case),
        });
    }
    for case in &file.classes {
        outcomes.push(CaseOutcome {
            name: case.name.clone(),
            differs: of_class(library, file, case),
        });
    }
    for case in &file.calendars {
        outcomes.push(CaseOutcome {
            name: case.name.clone(),
            differs: of_calendar(library, file, case),
        });
    }
    for case in &file.refunds {
        outcomes.push(CaseOutcome {
            name: case.name.clone(),
            differs: of_refund(library, file, case),
        });
    }
    outcomes
}

/// What should have been left open and was not. A projection says of which member or place it is open,
/// after an `@`; a case need not.
pub(crate) fn not_open(expected: &[String], open: &[Open]) -> Vec<String> {
    let is = |open: &Open, key: &str| {
        open.key == key
            || open
                .key
                .split_once('@')
                .is_some_and(|(what, _)| what == key)
    };
    expected
        .iter()
        .filter(|key| !open.iter().any(|open| is(open, key)))
        .map(|key| format!("{key} 应当未定，却是确定的"))
        .collect()
}

fn of_premium(library: &Library, file: &CaseFile, case: &PremiumCase) -> Vec<String> {
    let Some(pool) = case.pool.clone().or_else(|| file.pool.clone()) else {
        return vec!["没有写 pool".to_owned()];
    };
    let asked = match (case.year, case.on) {
        (None, None) => return vec!["year 和 on 至少写一个".to_owned()],
        (Some(year), None) => PremiumAsked::of_year(year),
        (year, Some(on)) => PremiumAsked { year, on },
    };
    let scheme = case.scheme.or(file.scheme).unwrap_or(Scheme::Resident);
    let due = premium(library, &pool, scheme, &facts(file, case), asked);
    let mut differs = compare(&case.expect, &|name| found(&due, name));
    differs.extend(not_open(&case.unknown, &due.open));
    differs
}

fn facts(file: &CaseFile, case: &PremiumCase) -> RowFacts {
    let member = &case.member;
    let plan = case.plan.clone().or_else(|| file.plan.clone());
    RowFacts {
        plan: plan.unwrap_or_else(|| "resident".to_owned()),
        status: member
            .status
            .unwrap_or(EmploymentStatus::Active)
            .word()
            .to_owned(),
        special: member.special.word().to_owned(),
        born: member.born,
        tier: member.tier.clone(),
        employer: member.employer.clone(),
        continuing: member.continuing,
        continuous_years: member.continuous_years,
        ..RowFacts::default()
    }
}

fn found(due: &PremiumDue, name: &str) -> Option<Flat> {
    let day = |window: Option<&Window>, of: fn(&Window) -> NaiveDate| {
        window.map_or_else(|| "unknown".to_owned(), |window| of(window).to_string())
    };
    let (window, extension) = (due.window.as_ref(), due.extension.as_ref());
    Some(Flat::Text(match name {
        "amount" => return Some(Flat::Amount(due.amount)),
        "year" => due.year.to_string(),
        "window_from" => day(window, |window| window.from),
        "window_until" => day(window, |window| window.until),
        "extension_from" => day(extension, |window| window.from),
        "extension_until" => day(extension, |window| window.until),
        "wait_after" => due
            .wait_after
            .map_or_else(|| "unknown".to_owned(), |months| months.to_string()),
        "assumed" => due.assumed.to_string(),
        "known" => due.known().to_string(),
        _ => return None,
    }))
}

fn of_transfer(library: &Library, file: &CaseFile, case: &TransferCase) -> Vec<String> {
    let Some(pool) = case.pool.clone().or_else(|| file.pool.clone()) else {
        return vec!["没有写 pool".to_owned()];
    };
    let at = case
        .at
        .as_deref()
        .map(|at| NaiveTime::parse_from_str(at, "%H:%M"));
    let Ok(at) = at.transpose() else {
        return vec!["at 要写成 \"21:59\"".to_owned()];
    };
    let scheme = case.scheme.or(file.scheme).unwrap_or(Scheme::Employee);
    let asked = TransferAsked {
        of: case.of,
        balance: case.balance.map_or(Amount::UNKNOWN, Amount::Exact),
        wished: case.wished,
        done: case.done,
        at,
        quotas: case.quotas.clone(),
    };
    let verdict = transfer_verdict(library, &pool, scheme, &asked, case.on);
    let mut differs = compare(&case.expect, &|name| {
        Some(match name {
            "allowed" => Flat::Amount(verdict.allowed),
            "in_period" => Flat::Amount(verdict.in_period),
            "available" => Flat::Amount(verdict.available),
            "reason" => Flat::Text(verdict.reason.code.clone()),
            "if_not_accepted" => {
                let then = verdict.if_not_accepted.as_deref();
                Flat::Text(then.unwrap_or("unknown").to_owned())
            }
            _ => return None,
        })
    });
    differs.extend(not_open(&case.unknown, &verdict.open));
    differs
}

fn of_standing(library: &Library, file: &CaseFile, case: &StandingCase) -> Vec<String> {
    let Some(pool) = case.pool.clone().or_else(|| file.pool.clone()) else {
        return vec!["没有写 pool".to_owned()];
    };
    let scheme = case.scheme.or(file.scheme).unwrap_or(Scheme::Employee);
    let verdict = standing(library, &pool, scheme, &case.contributions, case.on);
    let retired =
        (case.retired_on).and_then(|day| retirement_takes_effect(library, &pool, scheme, day));
    let mut differs = compare(&case.expect, &|name| {
        let text = match (name, verdict.standing) {
            ("standing", Standing::Insured) => Some("insured".to_owned()),
            ("standing", Standing::Stopped { .. }) => Some("stopped".to_owned()),
            ("standing", Standing::Waiting { .. }) => Some("waiting".to_owned()),
            ("standing", Standing::Unknown) => None,
            ("since", Standing::Stopped { since }) => Some(since.to_string()),
            ("until", Standing::Waiting { until, .. }) => Some(until.to_string()),
            ("share", Standing::Waiting { share, .. }) => Some(share.to_string()),
            ("resets", _) => verdict.resets.map(|resets| resets.to_string()),
            ("retired_from", _) => retired.map(|day| day.to_string()),
            _ => return None,
        };
        Some(Flat::Text(text.unwrap_or_else(|| "unknown".to_owned())))
    });
    differs.extend(not_open(&case.unknown, &verdict.open));
    differs
}

fn of_calendar(library: &Library, file: &CaseFile, case: &CalendarCase) -> Vec<String> {
    let Some(pool) = case.pool.clone().or_else(|| file.pool.clone()) else {
        return vec!["没有写 pool".to_owned()];
    };
    let scheme = case.scheme.or(file.scheme).unwrap_or(Scheme::Employee);
    let rules = library.rules(&pool, scheme.word(), case.on);
    let known = rules.and_then(|rules| arrangement(&rules, case.year));
    let days = |of: fn(&Arrangement) -> &[NaiveDate]| {
        known.as_ref().map_or_else(
            || "unknown".to_owned(),
            |known| {
                let days = of(known).iter().map(|day| day.format("%m-%d").to_string());
                days.collect::<Vec<_>>().join(" ")
            },
        )
    };
    compare(&case.expect, &|name| {
        Some(Flat::Text(match name {
            "off" => days(|known| &known.off),
            "works" => days(|known| &known.works),
            "known" => known.is_some().to_string(),
            _ => return None,
        }))
    })
}

fn of_class(library: &Library, file: &CaseFile, case: &ClassCase) -> Vec<String> {
    let Some(pool) = case.pool.clone().or_else(|| file.pool.clone()) else {
        return vec!["没有写 pool".to_owned()];
    };
    let Some(part) = case.part.or(file.part) else {
        return vec!["没有写 part".to_owned()];
    };
    let scheme = case.scheme.or(file.scheme).unwrap_or(Scheme::Employee);
    let given = case.institution.clone();
    let institution = Institution {
        name: given.name,
        kind: given.kind,
        level: given.level,
        owner: given.owner,
        grade: given.grade,
        price_class: given.price_class,
        tcm: given.tcm,
        children: given.children,
        prescriber: given.prescriber,
    };
    let verdict = class_of(library, &pool, scheme, part, &institution, case.on);
    let mut differs = compare(&case.expect, &|name| {
        Some(Flat::Text(match (name, &verdict.class) {
            ("class", Classified::As(class)) => class.clone(),
            ("class", Classified::AsPrescriber) => "as_prescriber".to_owned(),
            ("class", Classified::Unknown) => "unknown".to_owned(),
            ("candidates", _) => verdict.candidates.join(" "),
            _ => return None,
        }))
    });
    differs.extend(not_open(&case.unknown, &verdict.open));
    differs
}

fn of_refund(library: &Library, file: &CaseFile, case: &RefundCase) -> Vec<String> {
    let Some(settled) = file.cases.iter().find(|other| other.name == case.of) else {
        return vec![format!("文件里没有「{}」这一题", case.of)];
    };
    let request = match settled.request(file) {
        Ok(request) => request,
        Err(problem) => return vec![problem.to_string()],
    };
    let settlement = match settle(library, &request) {
        Ok(settlement) => settlement,
        Err(error) => return vec![error.to_string()],
    };
    let on = case.on.unwrap_or(request.visit.settled_on);
    let refund = refund(library, &request, &settlement, case.amount, on);
    let nothing = Amount::Exact(Yuan::ZERO);
    let mut differs = compare(&case.expect, &|name| {
        let sub = name
            .strip_prefix("own.")
            .map(|sub| SubAccountId(sub.to_owned()));
        let back = match (name.split_once('.'), sub) {
            (_, Some(sub)) => refund.own.get(&sub),
            (Some(("aid", donor)), _) => refund.aid.get(donor),
            (Some(("so_far", counter)), _) => {
                return refund.so_far.get(counter).cloned().map(Flat::Text);
            }
            (None, _) if name == "beyond" => {
                return Some(Flat::Amount(Amount::Exact(refund.beyond)));
            }
            _ => {
                let payer = Payer::ALL.into_iter().find(|payer| payer.word() == name)?;
                refund.to.get(&payer)
            }
        };
        Some(Flat::Amount(back.copied().unwrap_or(nothing)))
    });
    differs.extend(not_open(&case.unknown, &refund.open));
    differs
}
