//! Both languages say the same things, and every sentence the Rust code can utter has a text.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use gongji_api::{Language, keys, label, place, policy_keys, policy_text, shipped_library, text};
use gongji_domain::{Grade, Message};
use gongji_policy::{Described, InForce, Phrase, describe, vocabulary};

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

#[test]
fn the_rules_are_told_in_both_languages_with_the_same_places() {
    let chinese: BTreeSet<&str> = policy_keys(Language::Chinese).collect();
    let english: BTreeSet<&str> = policy_keys(Language::English).collect();
    assert!(chinese.len() > 400, "the text files were not read");
    let only: Vec<_> = chinese.symmetric_difference(&english).collect();
    assert!(only.is_empty(), "in one language only: {only:?}");
    for key in chinese {
        let both = [Language::Chinese, Language::English];
        let [zh, en] = both.map(|language| policy_text(language, key).unwrap_or_default());
        assert_eq!(placeholders(zh), placeholders(en), "{key}");
        let singular = key.strip_suffix(".one").and_then(|many| {
            let text = policy_text(Language::English, many)?;
            Some(placeholders(text).is_superset(&placeholders(en)))
        });
        assert_ne!(
            singular,
            Some(false),
            "{key} has places that its plural lacks"
        );
    }
}

fn phrases(described: &Described) -> impl Iterator<Item = &Phrase> {
    let facts = described.facts.iter().chain(&described.remarks);
    let facts = facts.flat_map(|(name, value)| [name, value]);
    let cells = described
        .heads
        .iter()
        .chain(described.rows.iter().flatten());
    std::iter::once(&described.title).chain(facts).chain(cells)
}

/// Every block of the shipped files on the day on which it begins: a word that the files use for the
/// first time, or a new word of the format, needs a text in both languages.
#[test]
fn every_word_of_the_rules_has_a_text() {
    let mut wanted: Vec<(String, String)> = vocabulary()
        .into_iter()
        .map(|key| (key, "the format".to_owned()))
        .collect();
    let library = shipped_library(false);
    for file in &library.files {
        for block in &file.blocks {
            let rules = library.rules(&file.pool, &file.scheme, block.head.from);
            let name = |word: &str| match &rules {
                Some(rules) => rules.name(word),
                None => word.to_owned(),
            };
            // Off and carried forward, so that this too is said.
            let held = InForce {
                file,
                block,
                grade: Grade::Claimed,
                assumed: true,
                off: true,
            };
            let described = describe(&held, &name);
            for key in phrases(&described).flat_map(Phrase::keys) {
                wanted.push((key, format!("{}:{}", file.path, block.line)));
            }
        }
    }
    assert!(wanted.len() > 10_000, "only {} phrases", wanted.len());
    let mut missing = BTreeSet::new();
    for (key, place) in &wanted {
        for language in [Language::Chinese, Language::English] {
            if policy_text(language, key).is_none() {
                missing.insert(format!("{key} ({place})"));
            }
        }
    }
    assert!(missing.is_empty(), "no text for: {missing:#?}");
}

/// A text that nothing says any more is a text too many.
#[test]
fn no_text_of_the_rules_is_idle() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .expect("the project");
    let mut files = Vec::new();
    for folder in ["src-tauri/crates/policy/src", "src-tauri/crates/api/src"] {
        rust_files(&root.join(folder), &mut files);
    }
    let sources: String = files
        .iter()
        .map(|file| std::fs::read_to_string(file).expect("a readable source"))
        .collect();
    let spoken: BTreeSet<String> = vocabulary().into_iter().collect();
    let built = ["word.", "share_of.", "transfer_of.", "times_per."];
    let idle: Vec<&str> = policy_keys(Language::Chinese)
        .filter(|key| !spoken.contains(*key))
        .filter(|key| !built.iter().any(|family| key.starts_with(family)))
        .filter(|key| {
            let key = key.strip_suffix(".one").unwrap_or(key);
            let field = key.strip_prefix("field.").unwrap_or(key);
            ![key, field]
                .iter()
                .any(|key| sources.contains(&format!("\"{key}\"")))
        })
        .collect();
    assert!(idle.is_empty(), "said nowhere: {idle:?}");
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

/// Every place that can be chosen is called by a name that an English reader can read and type; what
/// stands on papers stays beside it.
#[test]
fn every_place_has_an_english_name() {
    let library = shipped_library(false);
    let names = library.pools.iter().map(|pool| &pool.name);
    let names = names.chain(library.provinces.values());
    let without: Vec<_> = names
        .filter(|name| **name != "全国")
        .filter(|name| {
            let english = place(Language::English, name);
            assert_eq!(place(Language::Chinese, name), **name);
            english == **name || !english.ends_with(&format!(" ({name})"))
        })
        .collect();
    assert!(without.is_empty(), "no English name: {without:?}");
}

/// So is every counter, class, plan and part of an account that a form shows.
#[test]
fn what_forms_show_of_a_place_has_an_english_word() {
    let library = shipped_library(false);
    let mut without = BTreeSet::new();
    for block in library.files.iter().flat_map(|file| &file.blocks) {
        let is_shown = ["counter", "class", "plan", "sub_account"].contains(&block.name.as_str());
        let Some(id) = block.head.id.as_deref().filter(|_| is_shown) else {
            continue;
        };
        if policy_text(Language::English, &format!("word.{id}")).is_none() {
            without.insert(id);
        }
    }
    assert!(without.is_empty(), "no English word: {without:?}");
}

/// A counter and a place in a sentence stand there in the language, too.
#[test]
fn a_sentence_names_places_and_counters_in_its_language() {
    let counter = Message::new("open.counter")
        .with("name", "门诊起付线已累计")
        .with("counter", "op_deductible");
    assert_eq!(
        text(Language::Chinese, &counter),
        "「门诊起付线已累计」到现在是多少没有填"
    );
    let english = text(Language::English, &counter);
    assert!(
        english.contains("Outpatient deductible so far (门诊起付线已累计)"),
        "{english}"
    );
    let aid = Message::new("aid.allowed")
        .with("donor_place", "北京市")
        .with("relation", "parent");
    assert!(text(Language::English, &aid).contains("Beijing (北京市)"));
}
