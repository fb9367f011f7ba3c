//! 谁看着这个数 — every figure of a policy file is changed by one, and some case has to notice.
//! What nobody notices is a figure that could be wrong without anybody knowing.

use std::collections::{BTreeMap, BTreeSet};

use gongji_policy::{Library, Severity};
use serde::Serialize;

use crate::file::CaseFile;
use crate::run::run;
use figure::figures;

mod explained;
mod figure;

pub use explained::{Explained, Explanations, read_explanations};

/// 算例文件与它旁边的文件
pub struct Guards<'c> {
    /// The cases.
    pub cases: &'c CaseFile,
    /// Its text, by which the places it speaks of are found.
    pub text: &'c str,
    /// Reads a file that lies beside it.
    pub beside: &'c dyn Fn(&str) -> Option<String>,
}

/// 改动一个数 — where, from what to what, and who noticed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Change {
    /// 文件
    pub file: String,
    /// 行，从 1 起
    pub line: usize,
    /// 哪一段的哪个键，如 `cap[year] 2024-01-01 rows`
    pub at: String,
    /// 原来的数
    pub found: String,
    /// 改成
    pub changed: String,
    /// 谁发觉了；没有人发觉则无
    pub noticed: Option<String>,
}

/// Changes each figure of the file `name` in turn and runs the cases of its place.
pub fn guard(files: &BTreeMap<String, String>, name: &str, guards: &[Guards<'_>]) -> Vec<Change> {
    let Some(text) = files.get(name) else {
        return Vec::new();
    };
    let pool = pool_of(name);
    let of_pool: Vec<&Guards<'_>> = guards
        .iter()
        .filter(|guards| pool.starts_with("000000") || guards.text.contains(&quoted(pool)))
        .collect();
    let near = neighbourhood(files, pool, &of_pool);
    let before = verdicts(&Read::of(&near, &of_pool), &of_pool);
    figures(text)
        .into_iter()
        .map(|figure| {
            let mut changed = near.clone();
            changed.insert(name.to_owned(), figure.apply(text));
            let library = Read::of(&changed, &of_pool);
            let refused = library
                .plain
                .problems
                .iter()
                .find(|problem| problem.file == name && problem.severity == Severity::Error);
            let noticed = match refused {
                Some(problem) => Some(format!("{:?}", problem.code)),
                None => first_new_failure(&library, &of_pool, &before),
            };
            Change {
                file: name.to_owned(),
                line: figure.line,
                at: figure.at,
                found: figure.found,
                changed: figure.changed,
                noticed,
            }
        })
        .collect()
}

/// The files as read, and once more with the figures that are only leads where some case asks for it.
struct Read {
    plain: Library,
    with_leads: Option<Library>,
}

impl Read {
    fn of(files: &BTreeMap<String, String>, guards: &[&Guards<'_>]) -> Read {
        let asked = guards.iter().any(|guards| guards.cases.with_claimed);
        Read {
            plain: Library::read(files.clone(), false),
            with_leads: asked.then(|| Library::read(files.clone(), true)),
        }
    }

    fn library(&self, cases: &CaseFile) -> &Library {
        match &self.with_leads {
            Some(library) if cases.with_claimed => library,
            _ => &self.plain,
        }
    }
}

/// The first part of a file's path, without the pinyin: the pool.
fn pool_of(name: &str) -> &str {
    let folder = name.split('/').next().unwrap_or(name);
    match folder.rsplit_once('-') {
        Some((pool, _)) => pool,
        None => folder,
    }
}

fn quoted(pool: &str) -> String {
    format!("\"{pool}\"")
}

/// The files that can matter to these cases: of their places, and of the layers above.
fn neighbourhood(
    files: &BTreeMap<String, String>,
    pool: &str,
    guards: &[&Guards<'_>],
) -> BTreeMap<String, String> {
    let matters = |name: &str| {
        let of = pool_of(name);
        !name.contains('/')
            || of == pool
            || of.get(2..6) == Some("0000")
            || guards
                .iter()
                .any(|guards| guards.text.contains(&quoted(of)))
    };
    files
        .iter()
        .filter(|(name, _)| matters(name))
        .map(|(name, text)| (name.clone(), text.clone()))
        .collect()
}

/// Which cases pass, by file and number.
fn verdicts(read: &Read, guards: &[&Guards<'_>]) -> BTreeSet<(usize, usize)> {
    let mut passing = BTreeSet::new();
    for (file, guards) in guards.iter().enumerate() {
        let library = read.library(guards.cases);
        let outcomes = run(library, guards.cases, guards.beside);
        let passed = outcomes
            .iter()
            .enumerate()
            .filter(|(_, case)| case.passed());
        passing.extend(passed.map(|(number, _)| (file, number)));
    }
    passing
}

fn first_new_failure(
    read: &Read,
    guards: &[&Guards<'_>],
    before: &BTreeSet<(usize, usize)>,
) -> Option<String> {
    guards.iter().enumerate().find_map(|(file, guards)| {
        run(read.library(guards.cases), guards.cases, guards.beside)
            .into_iter()
            .enumerate()
            .find(|(number, case)| !case.passed() && before.contains(&(file, *number)))
            .map(|(_, case)| case.name)
    })
}

#[cfg(test)]
mod tests;
