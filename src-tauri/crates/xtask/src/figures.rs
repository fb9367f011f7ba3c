//! 漏抄的数 — compares rule sheets in Markdown with the policy files: which line of a place's section
//! is marked A or B and has a figure that stands neither in a file of that place nor in
//! `policies/left-out.toml`.
//!
//! It compares digits, not meaning: a figure that happens to stand elsewhere in the place's files
//! hides one that was forgotten. What it lists was certainly not copied; what it does not list was
//! perhaps copied.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use crate::step::{Failure, Outcome};
use crate::tree::{below, files};

/// Lists the lines of the sheets below `folder`; the last line counts them.
pub fn left_out(folder: &str) -> Outcome {
    let sheets = files(Path::new(folder), ".md");
    let sheets = sheets
        .iter()
        .filter(|sheet| name_of(sheet).starts_with("policy-cities"));
    let places = places();
    let (mut lines, mut missing) = (0, 0);
    for sheet in sheets {
        let text = fs::read_to_string(sheet).map_err(|source| Failure::Io {
            step: "reading the rule sheets".to_owned(),
            what: sheet.display().to_string(),
            source,
        })?;
        let mut here: Vec<&Place> = Vec::new();
        for (number, line) in text.lines().enumerate() {
            if let Some(heading) = line.strip_prefix('#') {
                here = places.iter().filter(|place| place.is_in(heading)).collect();
                continue;
            }
            if here.is_empty() || !is_graded(line) {
                continue;
            }
            lines += 1;
            let absent: Vec<String> = figures_of(line)
                .into_iter()
                .filter(|figure| !here.iter().any(|place| place.has(figure)))
                .collect();
            if !absent.is_empty() {
                missing += 1;
                println!("{}:{}  {}", name_of(sheet), number + 1, absent.join(" "));
            }
        }
    }
    println!("{lines} lines marked A or B, {missing} with a figure that stands nowhere");
    Ok(())
}

fn name_of(path: &Path) -> String {
    path.file_name()
        .map(|name| name.to_string_lossy().into_owned())
        .unwrap_or_default()
}

/// A place with every figure of its files and of what was left out on purpose.
struct Place {
    /// Without 市, as headings write it.
    name: String,
    figures: BTreeSet<String>,
}

impl Place {
    fn is_in(&self, heading: &str) -> bool {
        heading.contains(&self.name)
    }

    fn has(&self, figure: &str) -> bool {
        self.figures.contains(figure)
    }
}

/// The places that have files. A pool of a province (`…-benji`) answers to its city's heading too.
fn places() -> Vec<Place> {
    let pools = fs::read_to_string(below("policies/pools.toml")).unwrap_or_default();
    let left_out = fs::read_to_string(below("policies/left-out.toml")).unwrap_or_default();
    let mut known: BTreeMap<String, String> = BTreeMap::new();
    let mut id = String::new();
    for line in pools.lines() {
        match value(line) {
            Some(("id", value)) => value.clone_into(&mut id),
            Some(("name", value)) => {
                let bare = value.split('（').next().unwrap_or(value);
                let bare = bare.trim_end_matches('市').trim_end_matches('省');
                known.insert(id.clone(), bare.to_owned());
            }
            _ => {}
        }
    }
    known
        .into_iter()
        .filter_map(|(id, name)| {
            let mut figures = BTreeSet::new();
            for folder in folders(&id) {
                for file in toml_below(&folder) {
                    figures.extend(numbers(&fs::read_to_string(file).unwrap_or_default()));
                }
            }
            if figures.is_empty() {
                return None;
            }
            let owned = format!("\"{id}\"");
            for entry in left_out
                .split("[[left_out]]")
                .filter(|entry| entry.contains(&owned))
            {
                figures.extend(numbers(entry));
            }
            Some(Place { name, figures })
        })
        .collect()
}

fn value(line: &str) -> Option<(&str, &str)> {
    let (key, value) = line.split_once('=')?;
    Some((key.trim(), value.trim().trim_matches('"')))
}

fn folders(id: &str) -> Vec<std::path::PathBuf> {
    let prefix = format!("{id}-");
    fs::read_dir(below("policies"))
        .into_iter()
        .flatten()
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| name_of(path).starts_with(&prefix))
        .collect()
}

fn toml_below(folder: &Path) -> Vec<std::path::PathBuf> {
    let mut found = files(folder, ".toml");
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        if entry.path().is_dir() {
            found.extend(toml_below(&entry.path()));
        }
    }
    found
}

/// Whether the line carries a mark A or B: a capital standing alone, perhaps with a minus.
fn is_graded(line: &str) -> bool {
    let words = line.split(|c: char| !(c.is_ascii_alphanumeric() || c == '-'));
    words
        .into_iter()
        .any(|word| matches!(word, "A" | "A-" | "B" | "B-"))
}

/// The figures of a sheet's line: no days, years, document numbers, addresses.
fn figures_of(line: &str) -> BTreeSet<String> {
    let mut plain = String::new();
    for word in line.split_inclusive(' ') {
        let is_address = word.contains("http") || word.contains('〔') || word.contains("WE-");
        plain.push_str(if is_address { " " } else { word });
    }
    numbers(&plain)
        .into_iter()
        .filter(|number| {
            let whole = number.split('.').next().unwrap_or(number);
            let is_year = whole.len() == 4 && (whole.starts_with("19") || whole.starts_with("20"));
            number.contains('.') || (whole.len() > 1 && !is_year)
        })
        .collect()
}

/// Every number of a text: without the commas of thousands and the noughts behind the point, and 万
/// put into figures. Days (`2023-04-10`, `2023-04`) are left out.
fn numbers(text: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let inside = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',' | '-' | '万');
    for run in text.split(|c: char| !inside(c)) {
        let parts: Vec<&str> = run.split('-').collect();
        if is_day(&parts) {
            continue;
        }
        for part in parts {
            let ten_thousands = part.ends_with('万');
            let digits = part.trim_matches(|c: char| !c.is_ascii_digit());
            if !digits.is_empty() {
                found.insert(bare(&digits.replace(',', ""), ten_thousands));
            }
        }
    }
    found
}

fn is_day(parts: &[&str]) -> bool {
    let of = |part: &str, length: usize| {
        let digits = part.trim_matches(|c: char| !c.is_ascii_digit());
        digits.len() == length && digits.chars().all(|digit| digit.is_ascii_digit())
    };
    match parts {
        [year, rest @ ..] if !rest.is_empty() => {
            of(year, 4)
                && (year.starts_with("19") || year.starts_with("20"))
                && rest.iter().all(|part| of(part, 2))
        }
        _ => false,
    }
}

fn bare(word: &str, ten_thousands: bool) -> String {
    let (whole, rest) = word.split_once('.').unwrap_or((word, ""));
    if ten_thousands {
        let moved = format!("{rest:0<4}");
        let (into, beyond) = moved.split_at(4);
        return trimmed(&format!("{whole}{into}"), beyond);
    }
    trimmed(whole, rest)
}

fn trimmed(whole: &str, rest: &str) -> String {
    let rest = rest.trim_end_matches('0');
    match rest {
        "" => whole.to_owned(),
        _ => format!("{whole}.{rest}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_read_as_people_write_them() {
        for (text, expected) in [
            ("cap 3,500.00 and 24万", vec!["240000", "3500"]),
            ("57.5万", vec!["575000"]),
            ("from 2023-04-10: 80/75.0", vec!["75", "80"]),
            ("\"1680.50\" 7310–36549", vec!["1680.5", "36549", "7310"]),
        ] {
            let found: Vec<_> = numbers(text).into_iter().collect();
            assert_eq!(found, expected, "{text}");
        }
    }

    #[test]
    fn only_lines_with_a_mark_count() {
        for (line, graded) in [
            ("cap 1,800 (B (copy))", true),
            ("95 / 90 / 85 % (**A**, notice)", true),
            ("| 合肥 | A- cap |", true),
            ("old ratio 60 (C)", false),
            ("class A1", false),
        ] {
            assert_eq!(is_graded(line), graded, "{line}");
        }
    }
}
