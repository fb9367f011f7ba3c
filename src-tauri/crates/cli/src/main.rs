//! `gongji`: the ledger without a window.
//!
//! Exit codes: 0 fine, 1 the answer is no, 2 wrong use, 3 the input cannot be read.

mod args;
mod cases;
mod estimate;
mod input;
mod policies;
mod words;

use std::process::ExitCode;

use clap::Parser;

use args::{Args, CasesVerb, PoliciesVerb, Verb};

fn main() -> ExitCode {
    let args = Args::parse();
    let done = match &args.verb {
        Verb::Policies(PoliciesVerb::Check { folders }) => policies::check(&args, folders),
        Verb::Policies(_) => Err(input::Stop::not_yet("policies coverage / diff")),
        Verb::Cases(CasesVerb::Run { paths }) => cases::run_all(&args, paths),
        Verb::Estimate(request) => estimate::estimate(&args, request),
        Verb::Explain(request) => estimate::explain(&args, request),
        _ => Err(input::Stop::not_yet("…")),
    };
    match done {
        Ok(code) => ExitCode::from(code),
        Err(stop) => {
            eprintln!("{}", stop.sentence);
            ExitCode::from(stop.code)
        }
    }
}
