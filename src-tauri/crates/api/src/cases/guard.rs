//! 谁看着这个数 — every figure of a policy file is changed by one, and some case has to notice.
//! What nobody notices is a figure that could be wrong without anybody knowing.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use gongji_policy::{Library, Severity};
use serde::Serialize;

use super::file::CaseFile;
use super::run::run;

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
    /// 原来的数
    pub found: String,
    /// 改成
    pub changed: String,
    /// 谁发觉了；没有人发觉则无
    pub noticed: Option<String>,
}

/// Changes each figure of the file `name` in turn and runs the cases of its place.
pub fn guard(
    files: &BTreeMap<String, String>,
    name: &str,
    guards: &[Guards<'_>],
    with_claimed: bool,
) -> Vec<Change> {
    let Some(text) = files.get(name) else {
        return Vec::new();
    };
    let pool = pool_of(name);
    let of_pool: Vec<&Guards<'_>> = guards
        .iter()
        .filter(|guards| pool.starts_with("000000") || guards.text.contains(&quoted(pool)))
        .collect();
    let near = neighbourhood(files, pool, &of_pool);
    let before = verdicts(&Read::of(&near, &of_pool, with_claimed), &of_pool);
    figures(text)
        .into_iter()
        .map(|figure| {
            let mut changed = near.clone();
            changed.insert(name.to_owned(), figure.apply(text));
            let library = Read::of(&changed, &of_pool, with_claimed);
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
    fn of(files: &BTreeMap<String, String>, guards: &[&Guards<'_>], with_claimed: bool) -> Read {
        let asked = !with_claimed && guards.iter().any(|guards| guards.cases.with_claimed);
        Read {
            plain: Library::read(files.clone(), with_claimed),
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

/// 一个数 — where it stands in a file, and what it is changed to.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Figure {
    line: usize,
    start: usize,
    end: usize,
    found: String,
    changed: String,
}

impl Figure {
    fn apply(&self, text: &str) -> String {
        let mut changed = text.to_owned();
        changed.replace_range(self.start..self.end, &self.changed);
        changed
    }
}

/// Keys whose values are words for people, or say where a figure comes from.
const NO_FIGURES: [&str; 14] = [
    "note",
    "ask",
    "title",
    "name",
    "number",
    "issuer",
    "url",
    "published",
    "checked_on",
    "source",
    "grade",
    "pool",
    "id",
    "order",
];

/// The figures of a policy file: amounts, shares, points, whole numbers and days.
fn figures(text: &str) -> Vec<Figure> {
    let mut figures = Vec::new();
    let mut key = String::new();
    let mut start = 0;
    for (number, line) in text.split_inclusive('\n').enumerate() {
        let bare = line.trim_start();
        let is_key = |word: &str| {
            !word.is_empty() && word.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
        };
        if let Some((word, _)) = bare.split_once('=')
            && is_key(word.trim())
        {
            word.trim().clone_into(&mut key);
        }
        let is_head = bare.starts_with('[') && !bare.starts_with("[\"");
        if !is_head && !bare.starts_with('#') && !NO_FIGURES.contains(&key.as_str()) {
            figures.extend(in_line(line, number + 1, start));
        }
        start += line.len();
    }
    figures
}

fn in_line(line: &str, number: usize, offset: usize) -> Vec<Figure> {
    let mut found = Vec::new();
    let mut at = 0;
    let mut note = |start: usize, word: &str, changed: Option<String>| {
        if let Some(changed) = changed {
            found.push(Figure {
                line: number,
                start: offset + start,
                end: offset + start + word.len(),
                found: word.to_owned(),
                changed,
            });
        }
    };
    for (index, piece) in line.split('"').enumerate() {
        if index % 2 == 1 {
            note(at, piece, one_more(piece));
        } else {
            let piece = piece.split('#').next().unwrap_or(piece);
            let mut rest = at;
            let is_part = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
            for word in piece.split_inclusive(|c: char| !is_part(c)) {
                let bare = word.trim_end_matches(|c: char| !is_part(c));
                note(rest, bare, a_day_or_one_more(bare));
                rest += word.len();
            }
        }
        at += piece_len(line, at);
    }
    found
}

/// The length of the piece that starts at `at`, with the quote that ends it.
fn piece_len(line: &str, at: usize) -> usize {
    let rest = line.get(at..).unwrap_or_default();
    rest.find('"').map_or(rest.len(), |quote| quote + 1)
}

/// An amount one yuan, a share or some points one hundredth up; a whole down.
fn one_more(text: &str) -> Option<String> {
    if let Some(share) = text.strip_suffix('%') {
        return match share {
            "100" => Some("99%".to_owned()),
            _ => plus_one(share).map(|share| format!("{share}%")),
        };
    }
    if let Some(points) = text.strip_suffix("pt") {
        return plus_one(points).map(|points| format!("{points}pt"));
    }
    let (_, fen) = text.split_once('.')?;
    (fen.len() == 2).then(|| plus_one(text)).flatten()
}

/// One more in front of the point; what stands behind it stays.
fn plus_one(text: &str) -> Option<String> {
    let (whole, rest) = match text.split_once('.') {
        Some((whole, rest)) => (whole, format!(".{rest}")),
        None => (text, String::new()),
    };
    let whole: u64 = whole.parse().ok()?;
    let digits = rest.trim_start_matches('.');
    digits
        .chars()
        .all(|digit| digit.is_ascii_digit())
        .then(|| format!("{}{rest}", whole + 1))
}

fn a_day_or_one_more(word: &str) -> Option<String> {
    if let Ok(day) = word.parse::<NaiveDate>() {
        return day.succ_opt().map(|next| next.to_string());
    }
    word.parse::<u32>()
        .ok()
        .map(|number| (number + 1).to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cases::read;
    use crate::shipped_files;

    #[test]
    fn figures_are_found_and_words_are_not() {
        let text = "# 第 3 条 \"1.00\"\n[sources.S1]\ntitle = \"2019 年 3 号\"\n[[cap]]\nid = \"12\"\nfrom = 2022-09-30\n\
                    note = \"按 30% 计\"\nrows = [{ from_age = 70, above = \"1300.00\", values = [\"85%\", \"100%\", \"none\"] }] # 9\n\
                    [[adjust]]\nvalues = [\"5pt\", \"0.2%\"]\n";
        let found: Vec<_> = figures(text)
            .into_iter()
            .map(|figure| (figure.line, figure.found, figure.changed))
            .collect();
        let expected = [
            (6, "2022-09-30", "2022-10-01"),
            (8, "70", "71"),
            (8, "1300.00", "1301.00"),
            (8, "85%", "86%"),
            (8, "100%", "99%"),
            (10, "5pt", "6pt"),
            (10, "0.2%", "1.2%"),
        ];
        let expected = expected.map(|(line, a, b)| (line, a.to_owned(), b.to_owned()));
        assert_eq!(found, expected);
    }

    #[test]
    fn a_figure_with_a_case_is_noticed_and_one_without_survives() {
        let text = "pool = \"110000\"\nscheme = \"employee\"\npart = \"general_outpatient\"\n[[case]]\nname = \"起付线\"\nkind = \"derived\"\nwhy = \"(1900−1800)×70%\"\n\
                    member = { status = \"active\", born = 1985-03-01 }\nvisit = { settled_on = 2025-03-10, class = \"hospital\" }\nbill = { total = \"1900.00\" }\n\
                    payers = { own = {} }\nexpect = { total = \"1900.00\", deductible_paid = \"1800.00\", fund_paid = \"70.00\" }\n";
        let cases = read(text).expect("a sound case");
        let guards = [Guards {
            cases: &cases,
            text,
            beside: &|_| None,
        }];
        let name = "110000-beijing/employee/general-outpatient.toml";
        let changes = guard(&shipped_files(), name, &guards, false);
        let noticed = |found: &str| {
            changes
                .iter()
                .filter(|change| change.found == found)
                .any(|change| change.noticed.as_deref() == Some("起付线"))
        };
        assert!(noticed("1800.00"), "the deductible in service");
        assert!(noticed("70%"), "the share in service");
        assert!(!noticed("1300.00"), "nobody here is retired: {changes:?}");
    }
}
