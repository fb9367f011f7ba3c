//! `gongji policies …`

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use gongji_api::{Gongji, Language, PolicyBlock, Scheme, label, shipped_files};
use gongji_policy::{BlockChange, ChangeKind, Covered, Library, Severity};

use crate::args::Args;
use crate::input::{self, NO, Stop};
use crate::words;

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
        println!(
            "{:#}",
            serde_json::json!({ "files": library.files.len(), "problems": rows })
        );
    } else {
        for problem in &library.problems {
            println!("{problem}\n");
        }
        let warnings = library.problems.len() - errors;
        println!(
            "{} 个文件，{errors} 个错误，{warnings} 个警告",
            library.files.len()
        );
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
    let gongji = Gongji::in_memory(input::library(args)?);
    let known = gongji.places();
    let Some(found) = known
        .iter()
        .find(|known| known.pool.0 == place || known.name == place)
    else {
        return Err(Stop::wrong_use(format!(
            "没有「{place}」这个统筹区；写代码（110000）或名称（北京市）。"
        )));
    };
    let view = gongji
        .policy(&found.pool, scheme, on)
        .map_err(|error| Stop::api(args, &error))?;
    if args.json {
        words::json(&view)?;
        return Ok(0);
    }
    let language = input::language(args);
    println!(
        "{} · {} · {on}",
        view.name,
        label(language, &format!("scheme.{}", scheme.word()))
    );
    if !view.has_rules {
        println!("{}", label(language, "policy.no_rules"));
        return Ok(NO);
    }
    for part in &view.parts {
        println!("\n== {}", label(language, &format!("part.{}", part.part)));
        for block in &part.blocks {
            show_block(language, block);
        }
    }
    Ok(0)
}

fn show_block(language: Language, block: &PolicyBlock) {
    println!(
        "\n{}（{} 起，{}）",
        block.title, block.reference.from, block.layer
    );
    for fact in &block.facts {
        println!("  {}：{}", fact.name, fact.value);
    }
    if !block.heads.is_empty() {
        println!("  {}", block.heads.join(" | "));
    }
    for row in &block.rows {
        println!("  {}", row.join(" | "));
    }
    if let Some(source) = &block.source {
        println!("  {}", words::source(language, source));
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
                "any" => "各险种".to_owned(),
                scheme => label(language, &format!("scheme.{scheme}")),
            };
            println!("\n{}（{}） · {scheme}", row.place, row.pool);
        }
        println!("  {}", covered(language, row));
    }
    if !without_rules.is_empty() {
        println!("\n另有 {} 个统筹区只有名称，没有规则", without_rules.len());
    }
    Ok(0)
}

fn covered(language: Language, row: &Covered) -> String {
    let part = match row.part.as_str() {
        "layer" => row.file.rsplit('/').next().unwrap_or_default().to_owned(),
        part => label(language, &format!("part.{part}")),
    };
    if !row.readable {
        return format!("{part} | 读不进");
    }
    let day = |day: Option<NaiveDate>| day.map_or("—".to_owned(), |day| day.to_string());
    let grade = row.weakest.map_or("—".to_owned(), |grade| {
        label(language, &format!("grade.{}", grade.word()))
    });
    let unsound = match row.unsound {
        0 => String::new(),
        unsound => format!("，{unsound} 段不能用"),
    };
    format!(
        "{part} | {} 段（{} 段生效{unsound}） | {} 至 {} | {grade} | 未查到 {} 处 | 核对过 {}/{}",
        row.blocks,
        row.in_force,
        day(row.earliest),
        day(row.newest),
        row.unknown,
        row.checked,
        row.sources,
    )
}

pub(crate) fn diff(args: &Args, old: &Path, new: &Path) -> Result<u8, Stop> {
    let changes = gongji_policy::diff(&of_folder(args, old)?, &of_folder(args, new)?);
    if args.json {
        words::json(&changes)?;
        return Ok(0);
    }
    let mut file = "";
    for change in &changes {
        if change.block.file != file {
            file = &change.block.file;
            println!("\n{file}");
        }
        show_change(change);
    }
    let count = |kind| changes.iter().filter(|change| change.kind == kind).count();
    println!(
        "\n增加 {} 段，删去 {} 段，改动 {} 段",
        count(ChangeKind::Added),
        count(ChangeKind::Removed),
        count(ChangeKind::Changed)
    );
    Ok(0)
}

fn of_folder(args: &Args, folder: &Path) -> Result<Library, Stop> {
    let mut files = BTreeMap::new();
    input::overlay(&mut files, &[folder.to_path_buf()])?;
    Ok(Library::read(files, args.with_claimed))
}

fn show_change(change: &BlockChange) {
    let kind = match change.kind {
        ChangeKind::Added => "增加",
        ChangeKind::Removed => "删去",
        ChangeKind::Changed => "改动",
    };
    let id = change.block.id.as_deref().unwrap_or_default();
    let name = [change.block.block.as_str(), id].join(" ");
    println!(
        "  {kind} {}（{}，{} 起）",
        change.title,
        name.trim_end(),
        change.block.from
    );
    for field in &change.changes {
        let side = |side: &Option<String>| side.clone().unwrap_or_else(|| "（没有写）".to_owned());
        println!(
            "    {}：{} → {}",
            field.what,
            side(&field.before),
            side(&field.after)
        );
    }
}
