//! Every fault has a reproducer in `tests/samples/invalid`, named for the fault, with the problems
//! it must give in `expected.txt`; everything in `tests/samples/valid` must read without any.

#![allow(clippy::unwrap_used)] // a sample that cannot be read fails the test

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use gongji_policy::{Code, Library, Severity};

fn samples(kind: &str) -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../tests/samples");
    let mut found: Vec<PathBuf> = fs::read_dir(root.join(kind))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    found.sort();
    assert!(!found.is_empty(), "no {kind} samples");
    found
}

fn files(at: &Path, root: &Path, found: &mut Vec<(String, String)>) {
    for entry in fs::read_dir(at).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, root, found);
        } else {
            let name = path.strip_prefix(root).unwrap();
            let name: Vec<&str> = name.iter().map(|part| part.to_str().unwrap()).collect();
            found.push((name.join("/"), fs::read_to_string(&path).unwrap()));
        }
    }
}

fn library(sample: &Path) -> Library {
    let mut found = Vec::new();
    files(sample, sample, &mut found);
    Library::read(found, false)
}

/// The problems of a library as `path:line code`, one a line.
fn told(library: &Library) -> String {
    let lines = library.problems.iter();
    lines
        .map(|problem| format!("{}:{} {}\n", problem.file, problem.line, problem.code))
        .collect()
}

#[test]
fn every_fault_is_found_where_it_is() {
    let mut wrong = Vec::new();
    let mut codes: BTreeSet<Code> = BTreeSet::new();
    for sample in samples("invalid") {
        let library = library(&sample);
        let expected = fs::read_to_string(sample.join("expected.txt")).unwrap();
        let found = told(&library);
        let name = sample.file_name().unwrap().to_string_lossy().into_owned();
        if found != expected {
            let sentences: Vec<String> = library
                .problems
                .iter()
                .map(|p| p.sentence.clone())
                .collect();
            wrong.push(format!(
                "{name}: expected\n{expected}found\n{found}{sentences:#?}"
            ));
        }
        codes.extend(library.problems.iter().map(|problem| problem.code));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let all = [
        Code::P01,
        Code::P02,
        Code::P03,
        Code::P04,
        Code::P05,
        Code::P06,
        Code::P07,
        Code::P09,
        Code::P10,
        Code::P11,
        Code::P12,
        Code::P13,
        Code::P14,
        Code::P15,
        Code::P16,
        Code::P17,
        Code::P18,
        Code::P19,
        Code::P20,
        Code::P21,
    ];
    assert_eq!(codes, BTreeSet::from(all), "a code without a reproducer");
}

#[test]
fn what_is_sound_gives_no_problem() {
    for sample in samples("valid") {
        let library = library(&sample);
        assert!(
            library.problems.is_empty(),
            "{}:\n{:#?}",
            sample.display(),
            library.problems
        );
    }
}

#[test]
fn every_problem_speaks_chinese_and_shows_its_line() {
    for sample in samples("invalid") {
        for problem in library(&sample).problems {
            let chinese = problem.sentence.chars().any(|c| ('一'..='龥').contains(&c));
            assert!(chinese && problem.sentence.ends_with('。'), "{problem}");
            if problem.line > 0 {
                let text = fs::read_to_string(sample.join(&problem.file)).unwrap();
                let line = text.lines().nth(problem.line - 1).unwrap();
                assert_eq!(problem.excerpt, line.trim_end(), "{problem}");
            }
        }
    }
}

#[test]
fn a_block_with_an_error_is_not_loaded() {
    for sample in samples("invalid") {
        let library = library(&sample);
        for problem in library
            .problems
            .iter()
            .filter(|p| p.severity == Severity::Error)
        {
            let file = library.files.iter().find(|file| file.path == problem.file);
            let Some(file) = file.filter(|_| problem.line > 0) else {
                continue;
            };
            // Blocks follow one another: the last that begins at or before the line holds it.
            let text = fs::read_to_string(sample.join(&problem.file)).unwrap();
            let begins = |line: &&usize| **line <= problem.line;
            let heads: Vec<usize> = text
                .lines()
                .enumerate()
                .filter(|(_, line)| line.starts_with("[["))
                .map(|(at, _)| at + 1)
                .collect();
            if let Some(head) = heads.iter().rev().find(begins) {
                let loaded = file.blocks.iter().any(|block| block.line == *head);
                assert!(!loaded, "{}: {problem}", sample.display());
            }
        }
    }
}
