//! `gongji estimate` and `gongji explain`

use std::path::Path;

use gongji_api::{Gongji, Language, text};
use gongji_domain::{EstimateRequest, MemberId, SettlementEstimate};
use gongji_engine::{EngineError, settle};
use gongji_policy::Library;

use crate::args::{Args, RequestArgs};
use crate::input::{self, Stop};
use crate::output::out;
use crate::words;

pub(crate) fn request(args: &Args, path: &Path) -> Result<EstimateRequest, Stop> {
    input::json(args, path)
}

/// The file of the one request.
pub(crate) fn file(asked: &RequestArgs) -> Result<&Path, Stop> {
    match (&asked.request, &asked.batch) {
        (Some(path), None) => Ok(path),
        _ => Err(Stop::wrong_use(
            "要写 --request FILE.json；成批的只能用 estimate --batch。".to_owned(),
        )),
    }
}

/// By whose rules requests are settled: the shipped ones, or those of a household.
pub(crate) enum Ground {
    Shipped(Box<Library>),
    Household(Box<Gongji>, Option<MemberId>),
}

impl Ground {
    pub(crate) fn of(args: &Args, asked: &RequestArgs) -> Result<Ground, Stop> {
        let Some(path) = &asked.household else {
            return Ok(Ground::Shipped(Box::new(input::library(args)?)));
        };
        let gongji = crate::household::open(args, path)?;
        let member = match &asked.member {
            Some(name) => Some(crate::outlook::member(args, &gongji, name)?),
            // A file that cannot be read must not pass for one without rules of its own.
            None => gongji
                .member_names()
                .map(|_| None)
                .map_err(|error| Stop::api(args, &error))?,
        };
        Ok(Ground::Household(Box::new(gongji), member))
    }

    pub(crate) fn library(&self) -> &Library {
        match self {
            Ground::Shipped(library) => library,
            Ground::Household(gongji, _) => gongji.library(),
        }
    }

    /// What the request leaves out and the household knows of the member.
    pub(crate) fn fill(&self, args: &Args, request: &mut EstimateRequest) -> Result<(), Stop> {
        match self {
            Ground::Household(gongji, Some(member)) => gongji
                .fill_request(*member, request)
                .map_err(|error| Stop::api(args, &error)),
            Ground::Household(_, None) | Ground::Shipped(_) => Ok(()),
        }
    }
}

/// A request that cannot be settled.
pub(crate) fn faulty(path: &Path, error: &EngineError) -> Stop {
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
    let mut request = request(args, path)?;
    let ground = Ground::of(args, request_args)?;
    ground.fill(args, &mut request)?;
    match settle(ground.library(), &request) {
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
        out!("{:>2}. {}", number + 1, text(language, &step.what));
        if !formula.is_empty() || !result.is_empty() {
            out!("      {formula}{result}");
        }
        if let Some(source) = &step.source {
            out!("      {}", words::source(language, source));
        }
        if let Some(note) = &step.note {
            out!("      {note}");
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
        out!("？ {}", text(language, &open.what));
        if let Some(ask) = &open.ask {
            out!("   {ask}");
        }
        for reading in &open.readings {
            out!(
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
