//! `gongji estimate` and `gongji explain`

use gongji_api::{Language, text};
use gongji_domain::{EstimateRequest, SettlementEstimate};
use gongji_engine::{EngineError, settle};

use crate::args::{Args, RequestArgs};
use crate::input::{self, Stop};
use crate::words;

pub(crate) fn request(path: &std::path::Path) -> Result<EstimateRequest, Stop> {
    serde_json::from_str(&input::read(path)?).map_err(|error| Stop::unreadable(path, &error))
}

/// The file of the one request; the other ways to ask are not there yet.
pub(crate) fn file(asked: &RequestArgs) -> Result<&std::path::Path, Stop> {
    match (&asked.request, &asked.batch, &asked.household) {
        (Some(path), None, None) => Ok(path),
        _ => Err(Stop::not_yet("estimate --batch / --household")),
    }
}

/// A request that cannot be settled.
pub(crate) fn faulty(path: &std::path::Path, error: &EngineError) -> Stop {
    Stop {
        code: input::UNREADABLE,
        sentence: format!("{}：{error}", path.display()),
    }
}

fn settled(
    args: &Args,
    request_args: &RequestArgs,
) -> Result<(EstimateRequest, SettlementEstimate), Stop> {
    let path = file(request_args)?;
    let request = request(path)?;
    let library = input::library(args)?;
    match settle(&library, &request) {
        Ok(estimate) => Ok((request, estimate)),
        Err(error) => Err(faulty(path, &error)),
    }
}

pub(crate) fn estimate(args: &Args, request_args: &RequestArgs) -> Result<u8, Stop> {
    let (_, estimate) = settled(args, request_args)?;
    if args.json {
        words::json(&estimate)?;
    } else {
        let language = input::language(args);
        words::table(&figures(&estimate, language));
        open(&estimate, language);
    }
    // What is not known is an answer too.
    Ok(0)
}

pub(crate) fn explain(args: &Args, request_args: &RequestArgs) -> Result<u8, Stop> {
    let (_, estimate) = settled(args, request_args)?;
    if args.json {
        words::json(&estimate.steps)?;
        return Ok(0);
    }
    let language = input::language(args);
    for (number, step) in estimate.steps.iter().enumerate() {
        let result = step
            .result
            .map(|yuan| format!(" = {yuan}"))
            .unwrap_or_default();
        let formula = step.formula.as_deref().unwrap_or("");
        println!("{:>2}. {}", number + 1, text(language, &step.what));
        if !formula.is_empty() || !result.is_empty() {
            println!("      {formula}{result}");
        }
        if let Some(source) = &step.source {
            println!("      {}", words::source(language, source));
        }
        if let Some(note) = &step.note {
            println!("      {note}");
        }
    }
    open(&estimate, language);
    Ok(0)
}

fn figures(estimate: &SettlementEstimate, language: Language) -> Vec<(String, String)> {
    let (lines, payers) = (&estimate.lines, &estimate.payers);
    [
        ("line.total", lines.total),
        ("line.full_self_pay", lines.full_self_pay),
        ("line.over_limit", lines.over_limit),
        ("line.upfront_copay", lines.upfront_copay),
        ("line.in_scope", lines.in_scope),
        ("line.deductible_paid", lines.deductible_paid),
        ("line.coinsurance", lines.coinsurance),
        ("line.over_cap", lines.over_cap),
        ("payer.pool", payers.pool_paid),
        ("payer.retiree_supplement", payers.retiree_supplement_paid),
        (
            "payer.large_expense_subsidy",
            payers.large_expense_subsidy_paid,
        ),
        ("line.fund_paid", payers.fund_paid),
        ("line.patient_paid", payers.patient_paid),
        ("payer.own_account", payers.own_account_paid),
        ("payer.mutual_aid", payers.mutual_aid_paid),
        ("payer.cash", payers.cash_paid),
    ]
    .into_iter()
    .map(|(key, amount)| {
        (
            gongji_api::label(language, key),
            words::amount(language, amount),
        )
    })
    .collect()
}

fn open(estimate: &SettlementEstimate, language: Language) {
    for open in &estimate.unknown {
        println!("？ {}", text(language, &open.what));
        if let Some(ask) = &open.ask {
            println!("   {ask}");
        }
        for reading in &open.readings {
            println!(
                "   · {}：{} {}，{} {}",
                text(language, &reading.what),
                gongji_api::label(language, "line.fund_paid"),
                words::amount(language, reading.fund_paid),
                gongji_api::label(language, "line.patient_paid"),
                words::amount(language, reading.patient_paid),
            );
        }
    }
}
