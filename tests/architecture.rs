//! The shape of the project: what `ARCHITECTURE.md` says of it is compared with what is there.
#![allow(
    clippy::unwrap_used,
    reason = "a test stops at the first thing that is not as it should be"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

type Edges = BTreeMap<String, BTreeSet<String>>;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .unwrap()
        .to_path_buf()
}

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

// ── Who may use whom

/// The packages of the workspace with the dependencies that `wanted` picks.
fn packages(wanted: impl Fn(&Value) -> bool) -> Edges {
    let output = Command::new(env!("CARGO"))
        .args([
            "metadata",
            "--no-deps",
            "--offline",
            "--format-version",
            "1",
        ])
        .current_dir(root())
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let metadata: Value = serde_json::from_slice(&output.stdout).unwrap();
    let name = |value: &Value| value["name"].as_str().unwrap().to_owned();
    let packages = metadata["packages"].as_array().unwrap();
    packages
        .iter()
        .map(|package| {
            let dependencies = package["dependencies"].as_array().unwrap();
            (
                name(package),
                dependencies
                    .iter()
                    .filter(|d| wanted(d))
                    .map(name)
                    .collect(),
            )
        })
        .collect()
}

fn is_ours(dependency: &Value) -> bool {
    dependency["path"].is_string()
}

fn only_for_tests(dependency: &Value) -> bool {
    dependency["kind"] == "dev"
}

/// The table of `ARCHITECTURE.md`: `| crate | uses | in tests also |`, names in backticks.
fn table(column: usize) -> Edges {
    let text = read("ARCHITECTURE.md");
    let rows = text
        .lines()
        .skip_while(|line| !line.contains("<!-- edges -->"))
        .take_while(|line| !line.contains("<!-- /edges -->"))
        .filter(|line| line.starts_with("| `"));
    let edges: Edges = rows
        .map(|row| {
            let cells: Vec<&str> = row.split('|').collect();
            let crate_name = quoted(cells[1]).into_iter().next().unwrap();
            (crate_name, quoted(cells[column]))
        })
        .collect();
    assert!(!edges.is_empty(), "ARCHITECTURE.md has no table of edges");
    edges
}

fn quoted(cell: &str) -> BTreeSet<String> {
    cell.split('`')
        .skip(1)
        .step_by(2)
        .map(str::to_owned)
        .collect()
}

#[test]
fn the_crates_use_each_other_as_the_document_says() {
    assert_eq!(packages(|d| is_ours(d) && !only_for_tests(d)), table(2));
    assert_eq!(packages(|d| is_ours(d) && only_for_tests(d)), table(3));
}

#[test]
fn each_heavy_library_has_one_home() {
    let used = packages(|d| !is_ours(d));
    let homes = |prefix: &str| -> Vec<&str> {
        let uses = |names: &BTreeSet<String>| names.iter().any(|name| name.starts_with(prefix));
        used.iter()
            .filter(|(_, names)| uses(names))
            .map(|(home, _)| home.as_str())
            .collect()
    };
    assert_eq!(homes("rusqlite"), ["gongji-store"]);
    assert_eq!(homes("tauri"), ["gongji-shell"]);
    assert_eq!(homes("typst"), ["gongji-print"]);
}

// ── What the files may say

/// Files under `folder` with one of these endings; generated folders left out.
fn files(folder: &str, endings: &[&str]) -> Vec<PathBuf> {
    let mut waiting = vec![root().join(folder)];
    let mut found = Vec::new();
    while let Some(at) = waiting.pop() {
        for entry in fs::read_dir(&at).unwrap_or_else(|e| panic!("{}: {e}", at.display())) {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            if path.is_dir() {
                let generated = [
                    "target",
                    "node_modules",
                    "dist",
                    "dist-double",
                    "gen",
                    ".git",
                ];
                if !generated.contains(&name.as_str()) && !name.starts_with("target-") {
                    waiting.push(path);
                }
            } else if endings.iter().any(|ending| name.ends_with(ending)) {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

/// The places, as `path:line`, where a line of these files fulfils `is_wrong`.
fn places(files: &[PathBuf], is_wrong: impl Fn(&str) -> bool) -> Vec<String> {
    let mut wrong = Vec::new();
    for file in files {
        // What is no text has no lines.
        let Ok(text) = fs::read_to_string(file) else {
            continue;
        };
        let shown = shown(file);
        let lines = text.lines().enumerate().filter(|(_, line)| is_wrong(line));
        wrong.extend(lines.map(|(at, line)| format!("{shown}:{}: {}", at + 1, line.trim())));
    }
    wrong
}

fn shown(file: &Path) -> String {
    file.strip_prefix(root())
        .unwrap()
        .to_string_lossy()
        .replace('\\', "/")
}

#[test]
fn the_core_reads_no_file_no_network_and_no_clock() {
    let banned = [
        "std::fs",
        "std::net",
        "std::env",
        "std::process",
        "std::thread",
        "std::io",
        "SystemTime",
        "Instant::now",
        "Utc::now",
        "Local::now",
    ];
    for crate_name in ["domain", "policy", "engine"] {
        let sources = files(&format!("src-tauri/crates/{crate_name}/src"), &[".rs"]);
        assert!(!sources.is_empty());
        let wrong = places(&sources, |line| {
            banned.iter().any(|word| line.contains(word))
        });
        assert_eq!(wrong, [""; 0]);
    }
}

#[test]
fn only_the_store_writes_sql() {
    let elsewhere: Vec<PathBuf> = files("src-tauri", &[".rs"])
        .into_iter()
        .filter(|file| !shown(file).starts_with("src-tauri/crates/store/"))
        .collect();
    let words = [
        "SELECT ",
        "INSERT INTO ",
        "DELETE FROM ",
        "CREATE TABLE ",
        "PRAGMA ",
    ];
    let wrong = places(&elsewhere, |line| {
        words.iter().any(|word| line.contains(word))
    });
    assert_eq!(wrong, [""; 0]);
}

#[test]
fn one_file_of_the_front_end_talks_to_rust() {
    let others: Vec<PathBuf> = files("ui/src", &[".ts", ".tsx"])
        .into_iter()
        .filter(|file| shown(file) != "ui/src/api/client.ts")
        .collect();
    assert!(!others.is_empty());
    assert_eq!(
        places(&others, |line| line.contains("@tauri-apps/")),
        [""; 0]
    );
}

/// Every text file somebody wrote: lock files and licences are not.
fn written() -> Vec<PathBuf> {
    let endings = [
        ".rs", ".toml", ".md", ".json", ".ts", ".tsx", ".mjs", ".css", ".html", ".svg", ".typ",
        ".sql", ".txt", "/run",
    ];
    let mut all = files(".", &endings);
    all.push(root().join(".ci/run"));
    // Sample screens and texts show a folder as somebody's computer would have it.
    let excused = ["package-lock.json", "ui/dev/", "ui/src/i18n/"];
    all.retain(|file| !excused.iter().any(|part| shown(file).contains(part)));
    all
}

#[test]
fn nothing_committed_names_a_machine() {
    // Written in two halves, so that this file is not the first finding.
    let homes = [
        ["/ro", "ot/"],
        ["/ho", "me/"],
        ["/Us", "ers/"],
        ["C:\\Us", "ers\\"],
        ["/wo", "rk/"],
    ];
    let hosts = [
        ["registry.npm", "js.org"],
        ["npmmir", "ror"],
        ["index.crat", "es.io"],
    ];
    let words: Vec<String> = homes
        .iter()
        .chain(&hosts)
        .map(|halves| halves.concat())
        .collect();
    let at_a_boundary = |line: &str, word: &str| {
        line.match_indices(word).any(|(at, _)| {
            let before = line[..at].chars().next_back();
            before.is_none_or(|letter| !letter.is_alphanumeric() && !"./-_}*".contains(letter))
        })
    };
    let wrong = places(&written(), |line| {
        words.iter().any(|word| at_a_boundary(line, word))
    });
    assert_eq!(wrong, [""; 0]);
    let lock = read("ui/package-lock.json");
    assert!(
        !lock.contains("\"resolved\""),
        "the lock file of the front end names a registry"
    );
}

#[test]
fn files_stay_small() {
    const WARN: usize = 400;
    const FAIL: usize = 600;
    let generated = ["ui/src/api/bindings.ts"];
    let mut too_long = Vec::new();
    for file in files(".", &[".rs", ".ts", ".tsx", ".mjs", ".css", ".typ", ".sql"]) {
        let name = shown(&file);
        let lines = fs::read_to_string(&file).unwrap().lines().count();
        if generated.contains(&name.as_str()) || lines <= WARN {
            continue;
        }
        match lines > FAIL {
            true => too_long.push(format!("{name}: {lines} lines")),
            false => println!("warning: {name}: {lines} lines"),
        }
    }
    assert_eq!(too_long, [""; 0]);
}

#[test]
fn nothing_is_called_by_an_empty_name() {
    let empty = [
        "manager", "service", "helper", "util", "utils", "common", "models",
    ];
    let named: Vec<String> = files(".", &[".rs", ".ts", ".tsx", ".mjs"])
        .iter()
        .filter(|file| {
            let stem = file.file_stem().unwrap().to_string_lossy().to_lowercase();
            empty.contains(&stem.as_str())
        })
        .map(|file| shown(file))
        .collect();
    assert_eq!(named, [""; 0]);
}

// ── What the window may open

/// The hosts in quotes after `url` in the policy files.
fn cited_hosts() -> BTreeSet<String> {
    let mut hosts = BTreeSet::new();
    for file in files("policies", &[".toml"]) {
        let text = fs::read_to_string(&file).unwrap();
        let addresses = text.split('"').filter(|word| word.starts_with("http"));
        hosts.extend(addresses.map(host));
    }
    hosts
}

/// `https://ybj.beijing.gov.cn` of a longer address.
fn host(address: &str) -> String {
    address.split('/').take(3).collect::<Vec<_>>().join("/")
}

#[test]
fn the_window_opens_the_pages_that_policies_cite_and_no_others() {
    let capability: Value =
        serde_json::from_str(&read("src-tauri/capabilities/main.json")).unwrap();
    let permissions = capability["permissions"].as_array().unwrap();
    let allowed: BTreeSet<String> = permissions
        .iter()
        .filter(|permission| permission["identifier"] == "opener:allow-open-url")
        .flat_map(|permission| permission["allow"].as_array().unwrap())
        .map(|entry| {
            let pattern = entry["url"].as_str().unwrap();
            assert_eq!(
                pattern,
                format!("{}/*", host(pattern)),
                "one whole host a line"
            );
            assert!(
                !host(pattern).contains('*'),
                "no pattern in a host: {pattern}"
            );
            host(pattern)
        })
        .collect();
    assert_eq!(
        allowed,
        cited_hosts(),
        "src-tauri/capabilities/main.json against policies/"
    );
}
