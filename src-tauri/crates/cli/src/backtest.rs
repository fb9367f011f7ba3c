//! `gongji backtest`

use std::path::Path;

use gongji_api::{Amount, BacktestLine, Compared, Language, Message, label, text};

use crate::args::Args;
use crate::household::open;
use crate::input::{self, Stop};
use crate::output::out;
use crate::words;

pub(crate) fn run(args: &Args, file: &Path) -> Result<u8, Stop> {
    let gongji = open(args, file)?;
    let backtest = gongji.backtest().map_err(|error| Stop::api(args, &error))?;
    if args.json {
        words::json(&backtest)?;
        return Ok(0);
    }
    let names = gongji
        .member_names()
        .map_err(|error| Stop::api(args, &error))?;
    let language = input::language(args);
    for line in &backtest.lines {
        let name = names.get(&line.member).map_or("", String::as_str);
        let told = line.figures.iter().map(|one| figure(language, one));
        out!(
            "{}  {}  {name}  {}",
            mark(line),
            line.on,
            told.collect::<Vec<_>>().join("  ")
        );
    }
    let summary = Message::new("backtest.summary")
        .with("compared", backtest.compared)
        .with("agreed", backtest.agreed)
        .with("not_known", backtest.not_known);
    out!("{}", text(language, &summary));
    Ok(0)
}

fn mark(line: &BacktestLine) -> &'static str {
    let known = line.figures.iter().all(|one| one.difference.is_some());
    match (line.agrees, known) {
        (true, _) => "=",
        (false, true) => "≠",
        (false, false) => "？",
    }
}

fn figure(language: Language, one: &Compared) -> String {
    let name = match one.figure {
        "credited" => label(language, "backtest.credited"),
        figure => label(language, &format!("line.{figure}")),
    };
    let expected = match one.expected {
        Some(Amount::Exact(yuan)) => yuan.to_string(),
        Some(amount) => words::amount(language, amount),
        None => label(language, "backtest.not_said"),
    };
    match one.difference {
        Some(difference) if difference.is_zero() => format!("{name} {}", one.recorded),
        _ => format!("{name} {} ({expected})", one.recorded),
    }
}
