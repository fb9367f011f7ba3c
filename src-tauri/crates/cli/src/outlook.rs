//! `gongji project` and `gongji advise`

use std::fmt::Write;
use std::path::Path;

use chrono::{Datelike, Months, NaiveDate};
use gongji_api::{
    Amount, Comparison, Gongji, HabitOutlook, MemberId, Message, Projection, ProjectionAnswer,
    ProjectionMode, ProjectionRequest, Scenario, Yuan, text,
};

use crate::args::{Args, Mode};
use crate::household::open;
use crate::input::{self, NO, Stop};
use crate::output::out;
use crate::words;

pub(crate) struct Asked<'a> {
    pub(crate) file: &'a Path,
    pub(crate) request: ProjectionRequest,
    pub(crate) mode: Mode,
    pub(crate) scenario: Option<&'a Path>,
    pub(crate) csv: bool,
    pub(crate) beyond_30_years: bool,
}

pub(crate) fn project(args: &Args, asked: &Asked<'_>) -> Result<u8, Stop> {
    ahead(args, asked)?;
    let scenario = scenario(args, asked)?;
    let gongji = open(args, asked.file)?;
    let mode = match asked.mode {
        Mode::Scheduled => ProjectionMode::Scheduled,
        Mode::Habits => ProjectionMode::Habits,
        Mode::Scenario => ProjectionMode::Scenario,
    };
    let answer = gongji
        .projection_by(asked.request, mode, scenario.as_ref())
        .map_err(|error| Stop::api(args, &error))?;
    match (args.json, asked.csv) {
        (true, _) if mode == ProjectionMode::Scheduled => words::json(&answer.projection)?,
        (true, _) => words::json(&answer)?,
        (false, true) => csv(&answer),
        (false, false) => table(args, &gongji, &answer)?,
    }
    Ok(0)
}

/// How far a projection reaches, in months.
const FARTHEST: u32 = 30 * 12;

/// A projection goes forward, and no farther than thirty years unless that is asked for.
fn ahead(args: &Args, asked: &Asked<'_>) -> Result<(), Stop> {
    let ProjectionRequest { from, until, .. } = asked.request;
    let refused = |message: Message| Err(Stop::wrong_use(text(input::language(args), &message)));
    if until < from {
        let message = Message::new("project.until_before_from").with("from", from);
        return refused(message.with("until", until));
    }
    let storable = 1900..=2199;
    if !storable.contains(&from.year()) || !storable.contains(&until.year()) {
        return refused(Message::new("project.no_such_years"));
    }
    let last = from.checked_add_months(Months::new(FARTHEST));
    let last = last.filter(|last| *last < until && !asked.beyond_30_years);
    match last {
        Some(last) => refused(Message::new("project.too_far").with("day", last)),
        None => Ok(()),
    }
}

/// What is supposed, from its file; there with `--mode scenario` and only there.
fn scenario(args: &Args, asked: &Asked<'_>) -> Result<Option<Scenario>, Stop> {
    match (asked.mode, asked.scenario) {
        (Mode::Scenario, Some(path)) => input::json(args, path).map(Some),
        (Mode::Scenario, None) => Err(Stop::wrong_use(
            "--mode scenario 要用 --scenario 给出「如果……」的文件。".to_owned(),
        )),
        (_, Some(_)) => Err(Stop::wrong_use(
            "--scenario 只和 --mode scenario 一起用。".to_owned(),
        )),
        (_, None) => Ok(None),
    }
}

fn csv(answer: &ProjectionAnswer) {
    match (answer.mode, &answer.comparison) {
        (ProjectionMode::Habits, _) => habits_csv(&answer.habits),
        (_, Some(comparison)) => {
            let planned = months_csv(&answer.projection, "scheduled,");
            let supposed = months_csv(&comparison.projection, "scenario,");
            out!("line,{COLUMNS}{planned}{supposed}");
        }
        (_, None) => out!("{COLUMNS}{}", months_csv(&answer.projection, "")),
    }
}

const COLUMNS: &str =
    "month,member,opening,credited,own_paid,aid_given,aid_taken,cash_paid,closing,lowest";

/// A line a month and member, each begun on a new one.
fn months_csv(projection: &Projection, line: &str) -> String {
    let mut lines = String::with_capacity(projection.months.len() * 96);
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
        ];
        // Writing to a text cannot fail.
        let _ = write!(lines, "\n{line}{},{}", row.month, row.member);
        for cell in cells {
            let _ = match cell {
                Amount::Exact(yuan) => write!(lines, ",{yuan}"),
                Amount::Range { min, max } => write!(lines, ",{min}..{max}"),
                Amount::Unknown(_) => write!(lines, ",unknown"),
            };
        }
    }
    lines
}

fn habits_csv(habits: &[HabitOutlook]) {
    out!("month,member,planned,more,cash,closing");
    for outlook in habits {
        for row in &outlook.months {
            let cells = [row.planned, row.more, row.cash, row.closing].map(plain);
            out!("{},{},{}", row.month, outlook.habit.member, cells.join(","));
        }
    }
}

fn plain(amount: Amount) -> String {
    match amount {
        Amount::Exact(yuan) => yuan.to_string(),
        Amount::Range { min, max } => format!("{min}..{max}"),
        Amount::Unknown(_) => "unknown".to_owned(),
    }
}

fn table(args: &Args, gongji: &Gongji, answer: &ProjectionAnswer) -> Result<(), Stop> {
    let language = input::language(args);
    let projection = &answer.projection;
    let names = gongji
        .member_names()
        .map_err(|error| Stop::api(args, &error))?;
    let name = |member| names.get(&member).map_or("", String::as_str);
    out!("{}", text(language, &span(answer)));
    for event in &projection.events {
        let day = match event.earliest == event.on {
            true => event.on.to_string(),
            false => format!("{}～{}", event.earliest, event.on),
        };
        let only = event.only.as_ref();
        let only = only.map_or_else(String::new, |only| format!("  {}", text(language, only)));
        out!(
            "{day}  {}  {}  {}  {}{only}",
            name(event.member),
            text(language, &event.what),
            words::amount(language, event.change),
            words::amount(language, event.balance),
        );
    }
    for open in &projection.unknown {
        out!("？ {}", text(language, &open.what));
    }
    for fork in &projection.forks {
        out!("{}", text(language, &fork.what));
        for line in &fork.lines {
            let what = Message::new("project.fork_line")
                .with("line", text(language, &line.what))
                .with("closing", words::amount(language, line.closing))
                .with("cash", words::amount(language, line.cash));
            out!("  {}", text(language, &what));
        }
    }
    for outlook in &answer.habits {
        out!("{}", text(language, &habit(args, name, outlook)));
    }
    if let Some(comparison) = &answer.comparison {
        compared(args, name, comparison);
    }
    Ok(())
}

fn span(answer: &ProjectionAnswer) -> Message {
    let from = answer.projected_from;
    match answer.actual_until {
        Some(actual) => Message::new("project.span")
            .with("actual", actual)
            .with("from", from),
        None => Message::new("project.span_nothing").with("from", from),
    }
}

fn habit<'n>(args: &Args, name: impl Fn(MemberId) -> &'n str, outlook: &HabitOutlook) -> Message {
    let language = input::language(args);
    let habit = &outlook.habit;
    let said = |code: &str| Message::new(code).with("name", name(habit.member));
    let Some(usual) = habit.usual else {
        return said("project.habit_missing").with("months", habit.missing);
    };
    said("project.habit")
        .with("months", habit.months.len())
        .with("usual", usual)
        .with("closing", words::amount(language, outlook.closing))
        .with("cash", words::amount(language, outlook.cash))
}

fn compared<'n>(args: &Args, name: impl Fn(MemberId) -> &'n str, comparison: &Comparison) {
    let language = input::language(args);
    for difference in &comparison.differences {
        let day =
            |day: Option<NaiveDate>| day.map_or_else(|| "—".to_owned(), |day| day.to_string());
        let what = Message::new("project.compared")
            .with("name", name(difference.member))
            .with("run_out", day(difference.run_out))
            .with("run_out_then", day(difference.run_out_then))
            .with("cash", words::amount(language, difference.cash))
            .with("cash_then", words::amount(language, difference.cash_then))
            .with("lowest", words::amount(language, difference.lowest))
            .with(
                "lowest_then",
                words::amount(language, difference.lowest_then),
            );
        out!("{}", text(language, &what));
    }
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
    let language = input::language(args);
    if need.is_negative() {
        let message = Message::new("error.need_negative").with("amount", need);
        return Err(Stop::wrong_use(text(language, &message)));
    }
    let gongji = open(args, file)?;
    let member = member(args, &gongji, name)?;
    let advice = gongji
        .advice(on, member, need, on)
        .map_err(|error| Stop::api(args, &error))?;
    if args.json {
        words::json(&advice)?;
        return Ok(0);
    }
    for (number, option) in advice.options.iter().enumerate() {
        out!(
            "{}. {}  {}",
            number + 1,
            text(language, &option.what),
            words::amount(language, option.amount)
        );
        if let Some(how) = &option.how {
            out!("   {}", text(language, how));
        }
        if let Some(condition) = &option.condition {
            out!("   {}", text(language, condition));
        }
        if let Some(source) = &option.source {
            out!("   {}", words::source(language, source));
        }
    }
    Ok(0)
}
