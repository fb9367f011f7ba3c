//! `gongji household …`

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use gongji_api::{CheckReport, ExportFormat, Gongji, Language, Message, Shelf, text};

use crate::args::{Args, HouseholdVerb};
use crate::input::{self, NO, Stop};
use crate::output::{aside, out};
use crate::words;

pub(crate) fn run(args: &Args, verb: &HouseholdVerb, today: NaiveDate) -> Result<u8, Stop> {
    match verb {
        HouseholdVerb::New { file } => new(args, file, today),
        HouseholdVerb::Demo { file } => demo(args, file, today),
        HouseholdVerb::Check { file } => check(args, file, today),
        HouseholdVerb::Export { file, format, out } => export(args, file, format, out, today),
        HouseholdVerb::Import {
            file,
            format,
            from,
            dry_run,
        } => import(args, file, format, from, *dry_run, today),
        HouseholdVerb::Balances { file, monthly, csv } => balances(args, file, *monthly, *csv),
        HouseholdVerb::Backup { file, out } => backup(args, file, out),
        HouseholdVerb::Verify { path } => verify(args, path),
        HouseholdVerb::Restore { file, from } => restore(args, file, from, today),
    }
}

/// The household of an existing file; a missing one is not made on the way.
pub(crate) fn open(args: &Args, file: &Path) -> Result<Gongji, Stop> {
    open_with(file, input::shelf(args)?)
}

/// The record for what needs no rules: reading them takes longer than adding up its balances.
fn open_record(file: &Path) -> Result<Gongji, Stop> {
    open_with(file, Shelf::of(BTreeMap::new(), false))
}

fn open_with(file: &Path, shelf: Shelf) -> Result<Gongji, Stop> {
    if !file.exists() {
        return Err(Stop::unreadable(
            file,
            &"没有这个文件（新建用 gongji household new）",
        ));
    }
    Ok(Gongji::open_file(file.to_path_buf(), shelf))
}

fn create(args: &Args, file: &Path) -> Result<Gongji, Stop> {
    if file.exists() {
        return Err(Stop::wrong_use(format!(
            "{} 已经有了，不会盖掉；请换一个名字。",
            file.display()
        )));
    }
    Ok(Gongji::open_file(file.to_path_buf(), input::shelf(args)?))
}

fn new(args: &Args, file: &Path, today: NaiveDate) -> Result<u8, Stop> {
    let gongji = create(args, file)?;
    let status = gongji
        .status(today)
        .map_err(|error| Stop::api(args, &error))?;
    out!("{}", status.file);
    Ok(0)
}

fn demo(args: &Args, file: &Path, today: NaiveDate) -> Result<u8, Stop> {
    let mut gongji = create(args, file)?;
    gongji
        .fill_demo(today)
        .map_err(|error| Stop::api(args, &error))?;
    out!("{}", file.display());
    Ok(0)
}

fn check(args: &Args, file: &Path, today: NaiveDate) -> Result<u8, Stop> {
    let language = input::language(args);
    let stop = |error| Stop::api(args, &error);
    let gongji = open(args, file)?;
    let report = gongji.check().map_err(stop)?;
    // What cannot be read as it stands is told by what is wrong with it.
    let doubts = gongji.doubts(today).map_err(stop)?;
    let doubts: Vec<String> = doubts.iter().map(|doubt| text(language, doubt)).collect();
    if args.json {
        let faults = faults(&report);
        out!(
            "{:#}",
            serde_json::json!({
                "sound": report.is_sound(),
                "faults": faults,
                "doubts": doubts,
                "entries": report.entries,
            })
        );
        return Ok(if report.is_sound() { 0 } else { NO });
    }
    out!("{}", text(language, &Message::new("check.verified")));
    say_doubts(language, &doubts);
    Ok(say(&report))
}

fn say_doubts(language: Language, doubts: &[String]) {
    if !doubts.is_empty() {
        out!("{}", text(language, &Message::new("check.doubts")));
    }
    for doubt in doubts {
        out!("  {doubt}");
    }
}

/// What is wrong, a line each; the number of entries last.
fn say(report: &CheckReport) -> u8 {
    for fault in faults(report) {
        out!("{fault}");
    }
    out!("{}", report.entries);
    if report.is_sound() { 0 } else { NO }
}

fn faults(report: &CheckReport) -> Vec<String> {
    let mut faults: Vec<String> = report
        .integrity
        .iter()
        .map(|fault| format!("SQLite：{fault}"))
        .collect();
    faults.extend(
        report
            .dangling
            .iter()
            .map(|table| format!("{table} 指向不存在的记录")),
    );
    faults.extend(
        report
            .without_legs
            .iter()
            .map(|id| format!("第 {id} 笔没有增减")),
    );
    faults.extend(
        report
            .astray_legs
            .iter()
            .map(|id| format!("第 {id} 笔的日期与它的增减不同")),
    );
    faults.extend(
        report
            .unequal_balances
            .iter()
            .map(|id| format!("第 {id} 号账户按日与按月相加不等")),
    );
    faults.extend(
        report
            .unequal_settlements
            .iter()
            .map(|id| format!("第 {id} 号结算与分录不等")),
    );
    faults
}

fn export(
    args: &Args,
    file: &Path,
    format: &str,
    out: &Path,
    today: NaiveDate,
) -> Result<u8, Stop> {
    let known = ExportFormat::ALL.into_iter();
    let format = known
        .clone()
        .find(|known| known.word() == format)
        .ok_or_else(|| {
            let words: Vec<&str> = known.map(ExportFormat::word).collect();
            Stop::wrong_use(format!(
                "没有「{format}」这种格式；可以写 {}。",
                words.join("、")
            ))
        })?;
    let bytes = open(args, file)?
        .export(format, input::language(args), today)
        .map_err(|error| Stop::api(args, &error))?;
    std::fs::write(out, bytes).map_err(|error| Stop::cannot_write(args, out, &error))?;
    Ok(0)
}

fn import(
    args: &Args,
    file: &Path,
    format: &str,
    from: &Path,
    dry_run: bool,
    today: NaiveDate,
) -> Result<u8, Stop> {
    match format {
        "json" => {}
        "csv" => return import_table(args, file, from, dry_run, today),
        other => {
            return Err(Stop::wrong_use(format!(
                "没有「{other}」这种格式；可以写 json、csv。"
            )));
        }
    }
    let document = input::words(args, from)?;
    let target: Option<PathBuf> = (!dry_run).then(|| file.to_path_buf());
    let members = Gongji::import_text(target, input::shelf(args)?, today, &document)
        .map_err(|error| Stop::of_document(args, from, &error))?;
    out!("{members} 位成员");
    if !dry_run {
        let language = input::language(args);
        let doubts = open(args, file)?.doubts(today);
        let doubts = doubts.map_err(|error| Stop::api(args, &error))?;
        let doubts: Vec<String> = doubts.iter().map(|doubt| text(language, doubt)).collect();
        say_doubts(language, &doubts);
    }
    Ok(0)
}

/// Entries out of a table: all of them as one step, or none.
fn import_table(
    args: &Args,
    file: &Path,
    from: &Path,
    dry_run: bool,
    today: NaiveDate,
) -> Result<u8, Stop> {
    let document = input::words(args, from)?;
    let imported = open(args, file)?
        .import_table(today, &document, dry_run)
        .map_err(|error| Stop::api(args, &error))?;
    let language = input::language(args);
    let faults = imported.faults.iter();
    let faults: Vec<(u64, String)> = faults
        .map(|fault| (fault.line, fault.sentence(language)))
        .collect();
    let doubts = imported.doubts.iter();
    let doubts: Vec<(u64, String)> = doubts
        .map(|doubt| (doubt.line, doubt.sentence(language)))
        .collect();
    if args.json {
        let lines = |told: &[(u64, String)]| -> Vec<_> {
            told.iter()
                .map(|(line, what)| serde_json::json!({ "line": line, "what": what }))
                .collect()
        };
        words::json(&serde_json::json!({
            "entries": imported.entries,
            "duplicates": imported.duplicates,
            "faults": lines(&faults),
            "doubts": lines(&doubts),
        }))?;
        return Ok(if faults.is_empty() { 0 } else { NO });
    }
    if !faults.is_empty() {
        for (line, what) in &faults {
            let told = Message::new("import.line").with("line", line);
            aside!("{}", text(language, &told.with("what", what)));
        }
        let none = Message::new("import.none").with("faults", faults.len());
        aside!("{}", text(language, &none));
        return Ok(NO);
    }
    for number in &imported.duplicates {
        let told = Message::new("import.duplicate").with("line", number);
        out!("{}", text(language, &told));
    }
    if !doubts.is_empty() {
        out!("{}", text(language, &Message::new("import.doubts")));
        for (line, what) in &doubts {
            let told = Message::new("import.line").with("line", line);
            out!("  {}", text(language, &told.with("what", what)));
        }
    }
    let code = if dry_run {
        "import.would"
    } else {
        "import.done"
    };
    let done = Message::new(code)
        .with("entries", imported.entries)
        .with("duplicates", imported.duplicates.len());
    out!("{}", text(language, &done));
    Ok(0)
}

/// Only a sound ledger is put in the place of another, which stays beside it.
fn restore(args: &Args, file: &Path, from: &Path, today: NaiveDate) -> Result<u8, Stop> {
    let report = Gongji::verify(from).map_err(|error| Stop::api(args, &error))?;
    if !report.is_sound() {
        for fault in faults(&report) {
            aside!("{fault}");
        }
        return Ok(NO);
    }
    let kept = Gongji::restore(from, file, today).map_err(|error| Stop::api(args, &error))?;
    let said = match &kept {
        Some(path) => Message::new("restore.kept").with("path", path.display()),
        None => Message::new("restore.done"),
    };
    out!("{}", text(input::language(args), &said));
    Ok(0)
}

fn balances(args: &Args, file: &Path, monthly: bool, csv: bool) -> Result<u8, Stop> {
    if !monthly {
        return Err(Stop::wrong_use(
            "要写 --monthly（每账户每月的月末余额）。".to_owned(),
        ));
    }
    let closings = open_record(file)?
        .monthly_closings()
        .map_err(|error| Stop::api(args, &error))?;
    for (account, month, balance) in closings {
        if csv {
            out!("{account},{month},{}", balance.fen());
        } else {
            out!("{account:>6}  {month}  {balance:>14}");
        }
    }
    Ok(0)
}

fn backup(args: &Args, file: &Path, out: &Path) -> Result<u8, Stop> {
    open_record(file)?
        .backup_to(out)
        .map_err(|error| Stop::api(args, &error))?;
    out!("{}", out.display());
    Ok(0)
}

fn verify(args: &Args, path: &Path) -> Result<u8, Stop> {
    let report = Gongji::verify(path).map_err(|error| Stop::api(args, &error))?;
    Ok(say(&report))
}
