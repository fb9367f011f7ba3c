//! `gongji project` and `gongji advise`

use std::path::Path;

use chrono::NaiveDate;
use gongji_api::{Amount, Gongji, MemberId, Projection, ProjectionRequest, Yuan, text};

use crate::args::Args;
use crate::household::open;
use crate::input::{self, NO, Stop};
use crate::words;

pub(crate) struct Asked<'a> {
    pub(crate) file: &'a Path,
    pub(crate) request: ProjectionRequest,
    pub(crate) mode: &'a str,
    pub(crate) csv: bool,
}

pub(crate) fn project(args: &Args, asked: &Asked<'_>) -> Result<u8, Stop> {
    if asked.mode != "scheduled" {
        return Err(Stop::not_yet(&format!("project --mode {}", asked.mode)));
    }
    let gongji = open(args, asked.file)?;
    let projection = gongji
        .projection_with(asked.request)
        .map_err(|error| Stop::api(args, &error))?;
    if args.json {
        words::json(&projection)?;
    } else if asked.csv {
        csv(&projection);
    } else {
        table(args, &gongji, &projection)?;
    }
    Ok(0)
}

fn csv(projection: &Projection) {
    println!("month,member,opening,credited,own_paid,aid_given,aid_taken,cash_paid,closing,lowest");
    for row in &projection.months {
        let cells = [
            row.opening,
            row.credited,
            row.own_paid,
            row.aid_given,
            row.aid_taken,
            row.cash_paid,
            row.closing,
            row.lowest,
        ]
        .map(plain);
        println!("{},{},{}", row.month, row.member, cells.join(","));
    }
}

fn plain(amount: Amount) -> String {
    match amount {
        Amount::Exact(yuan) => yuan.to_string(),
        Amount::Range { min, max } => format!("{min}..{max}"),
        Amount::Unknown(_) => "unknown".to_owned(),
    }
}

fn table(args: &Args, gongji: &Gongji, projection: &Projection) -> Result<(), Stop> {
    let language = input::language(args);
    let names = gongji
        .member_names()
        .map_err(|error| Stop::api(args, &error))?;
    for event in &projection.events {
        let day = match event.earliest == event.on {
            true => event.on.to_string(),
            false => format!("{}～{}", event.earliest, event.on),
        };
        println!(
            "{day}  {}  {}  {}  {}",
            names.get(&event.member).map_or("", String::as_str),
            text(language, &event.what),
            words::amount(language, event.change),
            words::amount(language, event.balance),
        );
    }
    for open in &projection.unknown {
        println!("？ {}", text(language, &open.what));
    }
    Ok(())
}

/// The one member of that name.
pub(crate) fn member(args: &Args, gongji: &Gongji, name: &str) -> Result<MemberId, Stop> {
    let members = gongji
        .members_named(name)
        .map_err(|error| Stop::api(args, &error))?;
    match members.as_slice() {
        [one] => Ok(*one),
        [] => Err(Stop {
            code: NO,
            sentence: format!("家里没有叫「{name}」的成员。"),
        }),
        _ => Err(Stop::wrong_use(format!(
            "有 {} 位成员都叫「{name}」，请先改一个名字。",
            members.len()
        ))),
    }
}

pub(crate) fn advise(
    args: &Args,
    file: &Path,
    name: &str,
    need: Yuan,
    on: NaiveDate,
) -> Result<u8, Stop> {
    let gongji = open(args, file)?;
    let member = member(args, &gongji, name)?;
    let advice = gongji
        .advice(on, member, need, on)
        .map_err(|error| Stop::api(args, &error))?;
    if args.json {
        words::json(&advice)?;
        return Ok(0);
    }
    let language = input::language(args);
    for (number, option) in advice.options.iter().enumerate() {
        println!(
            "{}. {}  {}",
            number + 1,
            text(language, &option.what),
            words::amount(language, option.amount)
        );
        if let Some(condition) = &option.condition {
            println!("   {}", text(language, condition));
        }
        if let Some(source) = &option.source {
            println!("   {}", words::source(language, source));
        }
    }
    Ok(0)
}
