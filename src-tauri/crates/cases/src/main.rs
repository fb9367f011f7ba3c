//! `guard`: changes every figure of the policy files by one and lists those that no case notices.
//!
//! ```text
//! guard [POOL…]      in the folder that holds policies/ and tests/; without a pool, all of them
//! ```
//!
//! Exit codes: 0 every change was noticed or is explained below `tests/explained`; 1 some was
//! not; 3 something could not be read.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Mutex;

use gongji_cases::{CaseFile, Change, Explanations, Guards, guard, read, read_explanations};

const POLICIES: &str = "policies";
const CASES: &str = "tests/cases";
const EXPLAINED: &str = "tests/explained";

fn main() -> ExitCode {
    let pools: Vec<String> = std::env::args().skip(1).collect();
    match run(&pools) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(1),
        Err(sentence) => {
            eprintln!("{sentence}");
            ExitCode::from(3)
        }
    }
}

/// A case file with its text and the folder that it lies in.
struct Held {
    path: PathBuf,
    text: String,
    cases: CaseFile,
}

fn run(pools: &[String]) -> Result<bool, String> {
    let policies: BTreeMap<String, String> = texts(Path::new(POLICIES))?
        .into_iter()
        .map(|(path, text)| (name_below(POLICIES, &path), text))
        .collect();
    let explained = explanations()?;
    let cases = texts(Path::new(CASES))?
        .into_iter()
        .map(|(path, text)| match read(&text) {
            Ok(cases) => Ok(Held { path, text, cases }),
            Err(problem) => Err(format!("{}：{problem}", path.display())),
        })
        .collect::<Result<Vec<Held>, String>>()?;
    let wanted: Vec<&String> = policies
        .keys()
        .filter(|name| name.contains('/') && is_of(name, pools))
        .collect();
    if wanted.is_empty() {
        return Err(format!("{POLICIES} 里没有这个统筹区的文件。"));
    }
    let mut changes = all(&policies, &wanted, &cases);
    changes.sort_by(|a, b| (&a.file, a.line).cmp(&(&b.file, b.line)));
    Ok(report(&changes, &explained))
}

/// Goes through the files on every core.
fn all(policies: &BTreeMap<String, String>, wanted: &[&String], cases: &[Held]) -> Vec<Change> {
    let waiting = Mutex::new(wanted.iter());
    let found = Mutex::new(Vec::new());
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let next = || waiting.lock().ok()?.next().copied();
    let work = || {
        while let Some(name) = next() {
            let beside: Vec<_> = cases
                .iter()
                .map(|held| |name: &str| fs::read_to_string(held.path.with_file_name(name)).ok())
                .collect();
            let guards: Vec<Guards<'_>> = cases
                .iter()
                .zip(&beside)
                .map(|(held, beside)| Guards {
                    cases: &held.cases,
                    text: &held.text,
                    beside,
                })
                .collect();
            let changes = guard(policies, name, &guards);
            if let Ok(mut found) = found.lock() {
                found.extend(changes);
            }
        }
    };
    std::thread::scope(|scope| {
        for _ in 0..cores {
            scope.spawn(work);
        }
    });
    found.into_inner().unwrap_or_default()
}

fn report(changes: &[Change], explained: &Explanations) -> bool {
    let survivors = explained.unexplained(changes);
    for change in &survivors {
        println!(
            "{}:{}  {}  {} → {}",
            change.file, change.line, change.at, change.found, change.changed
        );
    }
    let idle = explained.idle(changes);
    for one in &idle {
        println!(
            "{EXPLAINED}：{} 的 {} 已经有算例看着，或者没有了，这一条要删",
            one.file, one.at
        );
    }
    let noticed = changes
        .iter()
        .filter(|change| change.noticed.is_some())
        .count();
    println!(
        "改动 {} 处：{noticed} 处有算例或检查发觉，{} 处说明了原因，{} 处没有",
        changes.len(),
        changes.len() - noticed - survivors.len(),
        survivors.len()
    );
    survivors.is_empty() && idle.is_empty()
}

fn explanations() -> Result<Explanations, String> {
    let mut all = Explanations::default();
    for (path, text) in texts(Path::new(EXPLAINED))? {
        let read =
            read_explanations(&text).map_err(|error| format!("{}：{error}", path.display()))?;
        all.explained.extend(read.explained);
    }
    Ok(all)
}

fn is_of(name: &str, pools: &[String]) -> bool {
    pools.is_empty()
        || pools
            .iter()
            .any(|pool| name.starts_with(&format!("{pool}-")))
}

fn name_below(folder: &str, path: &Path) -> String {
    let name = path.strip_prefix(folder).unwrap_or(path);
    name.to_string_lossy().replace('\\', "/")
}

/// The TOML files below a folder.
fn texts(folder: &Path) -> Result<Vec<(PathBuf, String)>, String> {
    let unreadable = |path: &Path, error| format!("{}：{error}", path.display());
    let mut found = Vec::new();
    let mut waiting = vec![folder.to_path_buf()];
    while let Some(at) = waiting.pop() {
        for entry in fs::read_dir(&at).map_err(|error| unreadable(&at, error))? {
            let path = entry.map_err(|error| unreadable(&at, error))?.path();
            if path.is_dir() {
                waiting.push(path);
            } else if path.extension().is_some_and(|ending| ending == "toml") {
                let text = fs::read_to_string(&path).map_err(|error| unreadable(&path, error))?;
                found.push((path, text));
            }
        }
    }
    found.sort();
    Ok(found)
}
