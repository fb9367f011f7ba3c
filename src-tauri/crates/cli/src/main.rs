//! `gongji`: the ledger without a window.
//!
//! Exit codes: 0 fine, 1 the answer is no, 2 wrong use, 3 the input cannot be read.

#![deny(clippy::print_stdout, clippy::print_stderr)] // `output` is where things are said

mod args;
mod backtest;
mod batch;
mod cases;
mod estimate;
mod household;
mod input;
mod outlook;
mod output;
mod policies;
mod print;
mod sample;
mod slip;
mod words;

use std::process::ExitCode;

use chrono::{Local, NaiveDate};
use clap::Parser;

use gongji_api::{ProjectionRequest, Steps};

use args::{Args, CasesVerb, Mode, PoliciesVerb, PrintVerb, SelftestVerb, Verb};
use input::Stop;
use output::aside;

/// A projection makes and drops thousands of small values; with the allocator of the C library it takes a
/// third longer.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let args = Args::parse();
    // The only clock of the command line; everything below takes the day as an argument.
    #[expect(
        clippy::disallowed_methods,
        reason = "main is where the day comes from"
    )]
    let today = Local::now().date_naive();
    match run(&args, today) {
        Ok(code) => ExitCode::from(code),
        Err(stop) => {
            aside!("{}", stop.sentence);
            ExitCode::from(stop.code)
        }
    }
}

fn run(args: &Args, today: NaiveDate) -> Result<u8, Stop> {
    match &args.verb {
        Verb::Policies(PoliciesVerb::Check { folders }) => policies::check(args, folders),
        Verb::Policies(PoliciesVerb::Show { place, scheme, on }) => {
            policies::show(args, place, scheme, on.unwrap_or(today))
        }
        Verb::Policies(PoliciesVerb::Sample { seed, each }) => sample::draw(args, seed, *each),
        Verb::Policies(PoliciesVerb::Coverage { on }) => {
            policies::coverage(args, on.unwrap_or(today))
        }
        Verb::Policies(PoliciesVerb::Diff {
            old,
            new,
            household,
        }) => policies::diff(args, old, new, household.as_deref(), today),
        Verb::Cases(CasesVerb::Run { paths }) => cases::run_all(args, paths),
        Verb::Estimate(asked) => match (&asked.slip, &asked.request.batch) {
            (Some(slip), _) => slip::compare(args, &asked.request, slip),
            (None, Some(batch)) => batch::estimate(args, &asked.request, batch),
            (None, None) => estimate::estimate(args, &asked.request),
        },
        Verb::Explain(request) => estimate::explain(args, request),
        Verb::Household(verb) => household::run(args, verb, today),
        Verb::Project {
            file,
            until,
            from,
            beyond_30_years,
            interest,
            mode,
            scenario,
            csv,
        } => {
            let asked = outlook::Asked {
                file,
                request: ProjectionRequest {
                    from: from.unwrap_or(today),
                    until: *until,
                    with_interest: *interest,
                    steps: match (args.json, *csv && *mode == Mode::Scheduled) {
                        (true, _) => Steps::All,
                        (false, true) => Steps::Months,
                        (false, false) => Steps::None,
                    },
                    beside: !*csv,
                },
                mode: *mode,
                scenario: scenario.as_deref(),
                csv: *csv,
                beyond_30_years: *beyond_30_years,
            };
            outlook::project(args, &asked)
        }
        Verb::Advise {
            file,
            member,
            need,
            on,
        } => outlook::advise(args, file, member, *need, *on),
        Verb::Print(PrintVerb::Estimate {
            request,
            out,
            counter,
        }) => print::estimate(args, request, out, *counter, today),
        Verb::Selftest(SelftestVerb::Writer { file }) => {
            gongji_api::selftest_writer(file, std::io::stdout())
                .map_err(|error| Stop::api(args, &error))?;
            Ok(0)
        }
        Verb::Backtest { file } => backtest::run(args, file),
    }
}
