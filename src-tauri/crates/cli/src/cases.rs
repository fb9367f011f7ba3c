//! `gongji cases run`

use std::cell::OnceCell;
use std::path::{Path, PathBuf};

use gongji_cases::{CaseFile, CaseOutcome, read, run};
use gongji_policy::Library;
use serde::Serialize;

use crate::args::Args;
use crate::input::{self, NO, Stop};
use crate::output::out;

#[derive(Serialize)]
struct FileOutcome {
    file: String,
    problem: Option<String>,
    cases: Vec<CaseOutcome>,
}

pub(crate) fn run_all(args: &Args, paths: &[PathBuf]) -> Result<u8, Stop> {
    let library = input::library(args)?;
    let with_leads = OnceCell::new();
    let mut files = Vec::new();
    for path in paths {
        find(path, &mut files)?;
    }
    files.sort();
    if files.is_empty() {
        return Err(Stop {
            code: NO,
            sentence: "这里一个算例文件（.toml）也没有。".to_owned(),
        });
    }
    let mut outcomes = Vec::new();
    for file in &files {
        let outcome = match read(&input::read(file)?) {
            Ok(cases) => {
                let beside = |name: &str| std::fs::read_to_string(file.with_file_name(name)).ok();
                FileOutcome {
                    file: file.display().to_string(),
                    problem: None,
                    cases: run(of(args, &library, &with_leads, &cases)?, &cases, &beside),
                }
            }
            Err(problem) => FileOutcome {
                file: file.display().to_string(),
                problem: Some(problem.to_string()),
                cases: Vec::new(),
            },
        };
        outcomes.push(outcome);
    }
    let failed = outcomes
        .iter()
        .map(|file| {
            usize::from(file.problem.is_some())
                + file.cases.iter().filter(|case| !case.passed()).count()
        })
        .sum::<usize>();
    let passed = outcomes
        .iter()
        .flat_map(|file| &file.cases)
        .filter(|case| case.passed())
        .count();
    if args.json {
        let document = serde_json::json!({ "passed": passed, "failed": failed, "files": outcomes });
        out!("{document:#}");
    } else {
        report(&outcomes);
        out!("{passed} passed, {failed} failed");
    }
    Ok(if failed == 0 { 0 } else { NO })
}

/// The library that a file's cases are about: some are about figures that are only leads.
fn of<'l>(
    args: &Args,
    library: &'l Library,
    with_leads: &'l OnceCell<Library>,
    cases: &CaseFile,
) -> Result<&'l Library, Stop> {
    if !cases.with_claimed || args.with_claimed {
        return Ok(library);
    }
    if let Some(read) = with_leads.get() {
        return Ok(read);
    }
    let read = input::library_with(args, true)?;
    Ok(with_leads.get_or_init(|| read))
}

fn report(outcomes: &[FileOutcome]) {
    for file in outcomes {
        if let Some(problem) = &file.problem {
            out!("{}\n  {problem}", file.file);
        }
        for case in file.cases.iter().filter(|case| !case.passed()) {
            out!("{}\n  {}", file.file, case.name);
            for line in &case.differs {
                out!("    {line}");
            }
        }
    }
}

/// Case files below `path`.
pub(crate) fn find(path: &Path, files: &mut Vec<PathBuf>) -> Result<(), Stop> {
    if !path.is_dir() {
        files.push(path.to_path_buf());
        return Ok(());
    }
    let entries = std::fs::read_dir(path).map_err(|error| Stop::unreadable(path, &error))?;
    for entry in entries {
        let at = entry
            .map_err(|error| Stop::unreadable(path, &error))?
            .path();
        if at.is_dir() || at.extension().is_some_and(|ending| ending == "toml") {
            find(&at, files)?;
        }
    }
    Ok(())
}
