//! Both languages say the same things, and every sentence the Rust code can utter has a text.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use gongji_api::{Language, keys, label};

fn placeholders(text: &str) -> BTreeSet<String> {
    text.split('{')
        .skip(1)
        .filter_map(|rest| rest.split_once('}'))
        .map(|(name, _)| name.to_owned())
        .collect()
}

#[test]
fn both_languages_have_the_same_keys_and_placeholders() {
    let chinese: BTreeSet<&str> = keys(Language::Chinese).collect();
    let english: BTreeSet<&str> = keys(Language::English).collect();
    assert!(chinese.len() > 200, "the text files were not read");
    let only: Vec<_> = chinese.symmetric_difference(&english).collect();
    assert!(only.is_empty(), "in one language only: {only:?}");
    for key in chinese {
        let (zh, en) = (label(Language::Chinese, key), label(Language::English, key));
        assert_eq!(placeholders(&zh), placeholders(&en), "{key}");
    }
}

fn rust_files(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("a folder of sources") {
        let path = entry.expect("an entry").path();
        if path.is_dir() && path.file_name().is_some_and(|name| name != "target") {
            rust_files(&path, files);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            files.push(path);
        }
    }
}

/// The codes written as `Message::new("…")` outside tests, and every word that looks like a code of a
/// reading, a step, an advice or something open.
fn codes(source: &str) -> BTreeSet<String> {
    let without_tests = source.split("#[cfg(test)]").next().unwrap_or_default();
    let written = without_tests
        .split("Message::new(")
        .skip(1)
        .filter_map(|rest| rest.trim_start().strip_prefix('"')?.split_once('"'))
        .map(|(code, _)| code.to_owned());
    let words = without_tests.split('"').skip(1).step_by(2);
    let listed = words.filter(|word| {
        let known = ["reading.", "step.", "open.", "advice."];
        known.iter().any(|kind| word.starts_with(kind)) && !word.contains([' ', '{'])
    });
    written.chain(listed.map(str::to_owned)).collect()
}

#[test]
fn every_code_has_a_text() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .expect("the project");
    let mut files = Vec::new();
    for folder in [
        "src-tauri/crates/engine/src",
        "src-tauri/crates/api/src",
        "src-tauri/src",
    ] {
        rust_files(&root.join(folder), &mut files);
    }
    let known: BTreeSet<&str> = keys(Language::Chinese).collect();
    let mut missing = Vec::new();
    let mut seen = 0;
    for file in files
        .iter()
        .filter(|file| !file.to_string_lossy().contains("test"))
    {
        let source = std::fs::read_to_string(file).expect("a readable source");
        for code in codes(&source) {
            seen += 1;
            if !known.contains(code.as_str()) {
                missing.push(format!(
                    "{code} ({})",
                    file.file_name().expect("a name").to_string_lossy()
                ));
            }
        }
    }
    assert!(seen > 80, "only {seen} codes were found in the sources");
    assert!(missing.is_empty(), "no text for: {}", missing.join(", "));
}
