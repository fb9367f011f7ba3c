//! `gongji policies …`

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use gongji_api::{
    Gongji, Impact, ImpactKind, Language, Message, PolicyBlock, PolicyChange, Scheme, Shelf, label,
    policy_changes, shipped_files, text,
};
use gongji_policy::{ChangeKind, Covered, Library, Severity};

use crate::args::Args;
use crate::input::{self, NO, Stop};
use crate::output::out;
use crate::{household, words};

pub(crate) fn check(args: &Args, folders: &[PathBuf]) -> Result<u8, Stop> {
    let mut files = if folders.is_empty() {
        shipped_files()
    } else {
        BTreeMap::new()
    };
    input::overlay(&mut files, folders)?;
    input::overlay(&mut files, &args.overlays)?;
    let library = Library::read(files, args.with_claimed);
    let errors = library
        .problems
        .iter()
        .filter(|problem| problem.severity == Severity::Error)
        .count();
    if args.json {
        let rows: Vec<_> = library
            .problems
            .iter()
            .map(|problem| {
                serde_json::json!({
                    "code": problem.code.to_string(),
                    "severity": if problem.severity == Severity::Error { "error" } else { "warning" },
                    "file": problem.file,
                    "line": problem.line,
                    "excerpt": problem.excerpt,
                    "sentence": problem.sentence,
                })
            })
            .collect();
        out!(
            "{:#}",
            serde_json::json!({ "files": library.files.len(), "problems": rows })
        );
    } else {
        for problem in &library.problems {
            out!("{problem}\n");
        }
        let warnings = library.problems.len() - errors;
        let sum = Message::new("policies.checked")
            .with("files", library.files.len())
            .with("errors", errors)
            .with("warnings", warnings);
        out!("{}", text(input::language(args), &sum));
    }
    Ok(if errors == 0 { 0 } else { NO })
}

pub(crate) fn show(args: &Args, place: &str, scheme: &str, on: NaiveDate) -> Result<u8, Stop> {
    let scheme = match scheme {
        "employee" => Scheme::Employee,
        "resident" => Scheme::Resident,
        _ => {
            return Err(Stop::wrong_use(
                "--scheme 只能是 employee（职工）或 resident（居民）。".to_owned(),
            ));
        }
    };
    let language = input::language(args);
    let gongji = Gongji::in_memory(input::shelf(args)?);
    let known = gongji.places();
    let Some(found) = known
        .iter()
        .find(|known| known.pool.0 == place || known.name == place)
    else {
        let unknown = Message::new("policies.no_such_place").with("place", place);
        return Err(Stop::wrong_use(text(language, &unknown)));
    };
    let view = gongji
        .policy(&found.pool, scheme, on, language)
        .map_err(|error| Stop::api(args, &error))?;
    if args.json {
        words::json(&view)?;
        return Ok(0);
    }
    out!(
        "{} · {} · {on}",
        view.name,
        label(language, &format!("scheme.{}", scheme.word()))
    );
    if !view.has_rules {
        out!("{}", label(language, "policy.no_rules"));
        return Ok(NO);
    }
    for part in &view.parts {
        out!("\n== {}", label(language, &format!("part.{}", part.part)));
        for block in &part.blocks {
            show_block(language, block);
        }
    }
    Ok(0)
}

fn show_block(language: Language, block: &PolicyBlock) {
    let head = Message::new("policies.show_block")
        .with("title", &block.title)
        .with("from", block.reference.from)
        .with("layer", &block.layer);
    out!("\n{}", text(language, &head));
    for fact in &block.facts {
        let line = Message::new("policies.show_fact")
            .with("name", &fact.name)
            .with("value", &fact.value);
        out!("  {}", text(language, &line));
    }
    if !block.open.is_empty() {
        let between = label(language, "policies.show_between");
        let line =
            Message::new("policies.show_open").with("names", block.open.join(between.as_str()));
        out!("  {}", text(language, &line));
    }
    if !block.heads.is_empty() {
        out!("  {}", block.heads.join(" | "));
    }
    for row in &block.rows {
        out!("  {}", row.join(" | "));
    }
    if let Some(source) = &block.source {
        out!("  {}", words::source(language, source));
    }
}

pub(crate) fn coverage(args: &Args, on: NaiveDate) -> Result<u8, Stop> {
    let library = input::library(args)?;
    let rows = gongji_policy::coverage(&library, on);
    let without_rules: Vec<_> = library
        .pools
        .iter()
        .filter(|pool| rows.iter().all(|row| row.pool != pool.id))
        .collect();
    if args.json {
        words::json(&serde_json::json!({
            "on": on,
            "rows": rows,
            "without_rules": without_rules.iter().map(|pool| &pool.id).collect::<Vec<_>>(),
        }))?;
        return Ok(0);
    }
    let language = input::language(args);
    let mut place = None;
    for row in &rows {
        let of = (&row.pool, &row.scheme);
        if place.replace(of) != Some(of) {
            let scheme = match row.scheme.as_str() {
                "any" => label(language, "policies.any_scheme"),
                scheme => label(language, &format!("scheme.{scheme}")),
            };
            let head = Message::new("policies.place")
                .with("place", &row.place)
                .with("pool", &row.pool)
                .with("scheme", scheme);
            out!("\n{}", text(language, &head));
        }
        out!("  {}", covered(language, row));
    }
    if !without_rules.is_empty() {
        let more = Message::new("policies.names_only").with("n", without_rules.len());
        out!("\n{}", text(language, &more));
    }
    Ok(0)
}

fn covered(language: Language, row: &Covered) -> String {
    let part = match row.part.as_str() {
        "layer" => row.file.rsplit('/').next().unwrap_or_default().to_owned(),
        part => label(language, &format!("part.{part}")),
    };
    if !row.readable {
        return format!("{part} | {}", label(language, "policies.unreadable"));
    }
    let day = |day: Option<NaiveDate>| day.map_or("—".to_owned(), |day| day.to_string());
    let grade = row.weakest.map_or("—".to_owned(), |grade| {
        label(language, &format!("grade.{}", grade.word()))
    });
    let blocks = match row.unsound {
        0 => Message::new("policies.blocks"),
        unsound => Message::new("policies.blocks_unsound").with("unsound", unsound),
    };
    let said = [
        blocks
            .with("blocks", row.blocks)
            .with("in_force", row.in_force),
        Message::new("policies.days")
            .with("from", day(row.earliest))
            .with("until", day(row.newest)),
        Message::new("policies.unknown").with("n", row.unknown),
        Message::new("policies.compared")
            .with("checked", row.checked)
            .with("sources", row.sources),
    ];
    let [blocks, days, unknown, compared] = said.map(|message| text(language, &message));
    [part, blocks, days, grade, unknown, compared].join(" | ")
}

pub(crate) fn diff(
    args: &Args,
    old: &Path,
    new: &Path,
    household: Option<&Path>,
    today: NaiveDate,
) -> Result<u8, Stop> {
    let language = input::language(args);
    let (old, new) = (of_folder(old)?, of_folder(new)?);
    let read = |files: &Files| Library::read(files.clone(), args.with_claimed);
    let changes = gongji_policy::diff(&read(&old), &read(&new));
    let changes = policy_changes(language, &changes);
    let impacts = household.map(|file| {
        let shelf = |files| Shelf::of(files, args.with_claimed);
        household::open(args, file)?
            .impacts_between(today, &shelf(old), &shelf(new))
            .map_err(|error| Stop::api(args, &error))
    });
    let impacts = impacts.transpose()?;
    if args.json {
        match impacts {
            None => words::json(&changes)?,
            Some(impacts) => {
                words::json(&serde_json::json!({ "changes": changes, "impacts": impacts }))?;
            }
        }
        return Ok(0);
    }
    let mut file = "";
    for change in &changes {
        if change.block.file != file {
            file = &change.block.file;
            out!("\n{file}");
        }
        show_change(language, change);
    }
    let count = |kind| changes.iter().filter(|change| change.kind == kind).count();
    let sum = Message::new("policies.diff_sum")
        .with("added", count(ChangeKind::Added))
        .with("removed", count(ChangeKind::Removed))
        .with("changed", count(ChangeKind::Changed));
    out!("\n{}", text(language, &sum));
    if let Some(impacts) = impacts {
        show_impacts(language, &impacts);
    }
    Ok(0)
}

/// Policy files by their path.
type Files = BTreeMap<String, String>;

/// A library by itself; a folder without a list of places is laid over the shipped files.
fn of_folder(folder: &Path) -> Result<Files, Stop> {
    let mut files = match folder.join("pools.toml").is_file() {
        true => Files::new(),
        false => shipped_files(),
    };
    input::overlay(&mut files, &[folder.to_path_buf()])?;
    Ok(files)
}

fn show_impacts(language: Language, impacts: &[Impact]) {
    let head = match impacts.is_empty() {
        true => "policies.impact_none",
        false => "policies.impacts",
    };
    out!("\n{}", label(language, head));
    for impact in impacts {
        let line = match impact.by {
            None => Message::new("policies.impact"),
            Some(by) if by.is_negative() => Message::new("policies.impact_by").with("by", by),
            Some(by) => Message::new("policies.impact_by").with("by", format!("+{by}")),
        };
        let line = line
            .with("impact_kind", impact.kind.word())
            .with("on", impact.on)
            .with("member", &impact.member)
            .with("what", what(language, impact))
            .with("impact_figure", impact.figure.word())
            .with("before", words::amount(language, impact.before))
            .with("after", words::amount(language, impact.after));
        out!("  {}", text(language, &line));
    }
}

fn what(language: Language, impact: &Impact) -> String {
    match impact.kind {
        ImpactKind::Recorded => label(language, &format!("part.{}", impact.what)),
        ImpactKind::Premium => {
            let of_year = Message::new("policies.impact_premium").with("year", &impact.what);
            text(language, &of_year)
        }
        ImpactKind::Planned | ImpactKind::Expected => impact.what.clone(),
    }
}

fn show_change(language: Language, change: &PolicyChange) {
    let kind = match change.kind {
        ChangeKind::Added => "policies.added",
        ChangeKind::Removed => "policies.removed",
        ChangeKind::Changed => "policies.changed",
    };
    let id = change.block.id.as_deref().unwrap_or_default();
    let name = [change.block.block.as_str(), id].join(" ");
    let head = Message::new("policies.diff_block")
        .with("kind", label(language, kind))
        .with("title", &change.title)
        .with("name", name.trim_end())
        .with("from", change.block.from);
    out!("  {}", text(language, &head));
    let side = |side: &Option<String>| {
        let absent = || label(language, "policies.absent");
        side.clone().unwrap_or_else(absent)
    };
    for field in &change.changes {
        let line = Message::new("policies.diff_field")
            .with("what", &field.what)
            .with("before", side(&field.before))
            .with("after", side(&field.after));
        out!("    {}", text(language, &line));
    }
}
