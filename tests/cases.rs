//! Every case in `tests/cases` holds on the real engine and the shipped rules; a file that expects
//! nothing is an error.

use std::path::{Path, PathBuf};

use gongji_api::{lay_over, shipped_files, shipped_library};
use gongji_cases::{Kind, SettlementCase, read, run};
use gongji_policy::Library;

fn case_files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).expect("the folder of cases") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            files.extend(case_files(&path));
        } else if path.extension().is_some_and(|ending| ending == "toml") {
            files.push(path);
        }
    }
    files.sort();
    files
}

#[test]
fn every_case_holds() {
    let library = shipped_library(false);
    let with_leads = shipped_library(true);
    let files = case_files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("cases"));
    let mut failed = Vec::new();
    let mut passed = 0;
    for file in &files {
        let text = std::fs::read_to_string(file).expect("a readable case file");
        let cases = read(&text).unwrap_or_else(|problem| panic!("{}: {problem}", file.display()));
        let beside = |name: &str| std::fs::read_to_string(file.with_file_name(name)).ok();
        let library = match cases.with_claimed {
            true => &with_leads,
            false => &library,
        };
        for outcome in run(library, &cases, &beside) {
            if outcome.passed() {
                passed += 1;
            } else {
                failed.push(format!(
                    "{} · {}: {:?}",
                    file.display(),
                    outcome.name,
                    outcome.differs
                ));
            }
        }
    }
    assert!(
        failed.is_empty(),
        "{} cases fail:\n{}",
        failed.len(),
        failed.join("\n")
    );
    assert!(
        passed >= 3000,
        "only {passed} cases ran: some file was not found"
    );
}

#[test]
fn what_is_open_is_still_open() {
    let library = shipped_library(false);
    let files = case_files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("open"));
    for file in &files {
        let text = std::fs::read_to_string(file).expect("a readable case file");
        let cases = read(&text).unwrap_or_else(|problem| panic!("{}: {problem}", file.display()));
        let beside = |name: &str| std::fs::read_to_string(file.with_file_name(name)).ok();
        let outcomes = run(&library, &cases, &beside);
        assert!(
            outcomes.iter().any(|outcome| !outcome.passed()),
            "{} holds now: move it to tests/cases",
            file.display()
        );
    }
}

/// Three towns by somebody who had read `policies/README.md` and nothing else, with the examples that
/// were published about them: a folder from anywhere is as good as what is shipped.
#[test]
fn towns_described_from_the_guide_alone_settle_their_published_examples() {
    let towns = Path::new(env!("CARGO_MANIFEST_DIR")).join("towns");
    let mut rules = shipped_files();
    lay_over(&mut rules, &towns.join("policies")).expect("readable policy files");
    let library = Library::read(rules, false);
    assert!(library.problems.is_empty(), "{:?}", library.problems);
    let files = case_files(&towns.join("cases"));
    assert_eq!(files.len(), 3);
    for file in files {
        let text = std::fs::read_to_string(&file).expect("a readable case file");
        let cases = read(&text).expect("a sound case file");
        let outcomes = run(&library, &cases, &|_| None);
        for outcome in &outcomes {
            assert!(outcome.passed(), "{}: {:?}", outcome.name, outcome.differs);
        }
        let published = |case: &SettlementCase| case.kind == Kind::Copy;
        assert!(cases.cases.iter().any(published), "{}", file.display());
    }
}

#[test]
fn a_case_that_expects_nothing_is_an_error() {
    let head = "pool = \"110000\"\nscheme = \"employee\"\npart = \"general_outpatient\"\n";
    let case = "[[case]]\nname = \"甲\"\nkind = \"derived\"\nwhy = \"0\"\nmember = { status = \"active\" }\n\
                visit = { settled_on = 2025-03-10, class = \"hospital\" }\nbill = { total = \"1.00\" }\n";
    for (fault, text) in [
        ("no case at all", head.to_owned()),
        ("an empty expect", format!("{head}{case}expect = {{}}\n")),
        (
            "no fund expected",
            format!("{head}{case}expect = {{ total = \"1.00\" }}\n"),
        ),
        (
            "an unknown key",
            format!(
                "{head}{case}expect = {{ total = \"1.00\", fund_paid = \"0.00\" }}\ntolerance = 1\n"
            ),
        ),
        (
            "an unknown key in the member",
            format!(
                "{head}{}expect = {{ total = \"1.00\", fund_paid = \"0.00\" }}\n",
                case.replace("\"active\"", "\"active\", wage = 1")
            ),
        ),
        (
            "no hand line",
            format!(
                "{head}{}expect = {{ total = \"1.00\", fund_paid = \"0.00\" }}\n",
                case.replace("why = \"0\"\n", "")
            ),
        ),
        (
            "a date that does not exist",
            format!(
                "{head}{}expect = {{ total = \"1.00\", fund_paid = \"0.00\" }}\n",
                case.replace("2025-03-10", "2025-02-30")
            ),
        ),
        (
            "an unquoted amount",
            format!(
                "{head}{}expect = {{ total = \"1.00\", fund_paid = \"0.00\" }}\n",
                case.replace("\"1.00\"", "1.00")
            ),
        ),
    ] {
        assert!(read(&text).is_err(), "{fault} was accepted");
    }
    read(&format!(
        "{head}{case}expect = {{ total = \"1.00\", fund_paid = \"0.00\" }}\n"
    ))
    .expect("the sound case");
}

#[test]
fn a_wrong_figure_fails() {
    let text = "pool = \"110000\"\nscheme = \"employee\"\npart = \"general_outpatient\"\n[[case]]\nname = \"甲\"\nkind = \"derived\"\nwhy = \"起付线内\"\n\
                member = { status = \"active\" }\nvisit = { settled_on = 2025-03-10, class = \"hospital\" }\nbill = { total = \"100.00\" }\n\
                expect = { total = \"100.00\", fund_paid = \"0.01\" }\n";
    let cases = read(text).expect("a sound file");
    let outcomes = run(&shipped_library(false), &cases, &|_| None);
    assert!(!outcomes[0].passed(), "a figure that is one fen off passed");
}
