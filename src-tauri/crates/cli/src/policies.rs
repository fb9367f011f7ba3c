//! `gongji policies …`

use std::collections::BTreeMap;
use std::path::PathBuf;

use chrono::NaiveDate;
use gongji_api::{Gongji, Language, PolicyBlock, Scheme, label, shipped_files};
use gongji_policy::{Library, Severity};

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
