//! `gongji estimate --slip`

use std::path::Path;

use gongji_api::{
    Language, contradictions, explained, label, line_name, line_names, text, verdict,
};
use gongji_domain::{Slip, Yuan};
use gongji_engine::{DifferenceReport, LineDifference, difference};

use crate::args::{Args, RequestArgs};
use crate::estimate::{faulty, file, request};
use crate::input::{self, Stop};
use crate::output::out;
use crate::words;

/// The slip beside the estimate. That they differ is an answer, too.
pub(crate) fn compare(args: &Args, asked: &RequestArgs, slip: &Path) -> Result<u8, Stop> {
    let path = file(asked)?;
    let request = request(args, path)?;
    let printed: Slip = input::json(args, slip)?;
    let library = input::library(args)?;
    let report = difference(&library, &request, &printed).map_err(|error| faulty(path, &error))?;
    if args.json {
        words::json(&report)?;
    } else {
        tell(&report, input::language(args));
    }
    Ok(0)
}

fn tell(report: &DifferenceReport, language: Language) {
    let say = |key: &str| label(language, key);
    let heads = ["line", "ours", "slip", "difference"].map(|of| say(&format!("print.slip_{of}")));
    let rows = report.lines.iter().map(|line| cells(line, language));
    let rows: Vec<[String; 4]> = std::iter::once(heads).chain(rows).collect();
    words::columns_of(&rows);
    for one in contradictions(&report.contradictions) {
        out!("！ {}", text(language, &one));
    }
    if !report.not_compared.is_empty() {
        let lines = line_names(language, &report.not_compared);
        out!(
            "？ {}",
            say("explain.not_compared").replace("{lines}", &lines)
        );
    }
    if let Some(code) = verdict(report) {
        out!("{}", say(code));
    }
    for (number, explanation) in (1..).zip(&report.explanations) {
        out!("{number}. {}", explained(language, explanation));
        let lines = line_names(language, &explanation.agreeing);
        out!("   {}", say("explain.agreeing").replace("{lines}", &lines));
    }
    if let Some(ask) = &report.ask {
        out!("{}: {}", say("explain.ask_title"), text(language, ask));
    }
}

fn cells(line: &LineDifference, language: Language) -> [String; 4] {
    let signed = |by: Yuan| match by > Yuan::ZERO {
        true => format!("+{by}"),
        false => by.to_string(),
    };
    [
        line_name(language, line.line),
        match line.estimated {
            Some(amount) => words::amount(language, amount),
            None => label(language, "print.slip_not_estimated"),
        },
        line.slip.to_string(),
        line.difference.map(signed).unwrap_or_default(),
    ]
}
