//! Tables: width (P10), cells (P04), every member exactly one ladder (P05, P06, P13).

use std::collections::{BTreeMap, BTreeSet};

use gongji_domain::{Rate, Yuan};

use super::{At, Finding};
use crate::cells::{Cell, Cells};
use crate::problem::Code;
use crate::table::{BOUNDS, LowerBound, Row};
use crate::{Adjust, Body, Change, Each, EdgesOn};

pub(super) fn check(at: &At<'_, '_>, found: &mut Vec<Finding>) {
    let draft = at.draft;
    let Some(table) = draft.block.body.table() else {
        return;
    };
    if table.rows.is_empty() {
        let sentence = "表里一行也没有；未查到的写 \"unknown\"。".to_owned();
        found.push(at.error(draft.line_of("rows"), Code::P06, sentence));
    }
    let heads: BTreeSet<&String> = table.class.iter().collect();
    if heads.len() < table.class.len() || (heads.len() > 1 && heads.iter().any(|h| *h == "any")) {
        let sentence = "列头有重复，或 \"any\" 与具体的类别并列，同一机构会有两列。".to_owned();
        found.push(at.error(draft.line_of("class"), Code::P06, sentence));
    }
    let width = table.class.len().max(1);
    for (index, row) in table.rows.iter().enumerate() {
        let line = draft.line_of_row(index);
        if row.values.len() != width {
            let sentence = format!("这一行有 {} 格，列头有 {width} 列。", row.values.len());
            found.push(at.error(line, Code::P10, sentence));
        }
        if let Some(sentence) = strange_cell(&draft.block.body, row) {
            found.push(at.error(line, Code::P04, sentence));
        }
    }
    if let Body::Adjust(adjust) = &draft.block.body {
        limits(at, adjust, width, found);
    }
    let mut by_situation: BTreeMap<(Option<&str>, Option<&str>), Vec<usize>> = BTreeMap::new();
    for (index, row) in table.rows.iter().enumerate() {
        let situation = (named_word(&row.away), named_word(&row.item));
        by_situation.entry(situation).or_default().push(index);
    }
    for rows in by_situation.into_values() {
        let ladders = Ladders {
            at,
            rows: table.rows,
            found,
            seen: BTreeSet::new(),
        };
        ladders.every_member(rows);
    }
}

/// What an adjustment may not pass: one cell, or one a column, each an amount or a share.
fn limits(at: &At<'_, '_>, adjust: &Adjust, width: usize, found: &mut Vec<Finding>) {
    let ascending = adjust.enough_months.windows(2).all(|two| two[0] < two[1]);
    let by_year = adjust.each == Each::MissingYear || adjust.enough_months.is_empty();
    if !ascending || !by_year || adjust.enough_months.contains(&0) {
        let sentence =
            "「enough_months」从少到多写月数，只用在 each = \"missing_year\" 的增减里。".to_owned();
        let line = at.draft.line_of("enough_months");
        found.push(at.error(line, Code::P04, sentence));
    }
    for (key, limit) in [("at_least", &adjust.at_least), ("at_most", &adjust.at_most)] {
        let line = at.draft.line_of(key);
        if let Some(Cells::Each(cells)) = limit
            && cells.len() != width
        {
            let sentence = format!("「{key}」有 {} 格，列头有 {width} 列。", cells.len());
            found.push(at.error(line, Code::P10, sentence));
        }
        let fits = |cell: &Cell| match cell {
            Cell::Yuan(yuan) => !yuan.is_negative(),
            Cell::Rate(_) | Cell::Unknown => true,
            Cell::Points(_) | Cell::NoLimit | Cell::Entered => false,
        };
        let cells = limit.iter().flat_map(Cells::all);
        if let Some(strange) = cells.into_iter().find(|cell| !fits(cell)) {
            let sentence = format!("「{key}」应为不为负的金额或比例，写的是「{strange}」。");
            found.push(at.error(line, Code::P04, sentence));
        }
    }
}

fn named_word(word: &Option<String>) -> Option<&str> {
    word.as_deref().filter(|word| *word != "any")
}

/// An exact selector: its key and what a row writes, `None` where it does not tell apart.
type Exact = (&'static str, fn(&Row) -> Option<&str>);

const EXACT: [Exact; 8] = [
    ("plan", |row| named_word(&row.plan)),
    ("status", |row| named_word(&row.status)),
    ("special", |row| named_word(&row.special)),
    ("contract", |row| row.contract.map(yes_or_no)),
    ("tier", |row| named_word(&row.tier)),
    ("employer", |row| named_word(&row.employer)),
    ("continuing", |row| row.continuing.map(yes_or_no)),
    ("sub", |row| row.sub.as_deref()),
];

/// Of what everybody is one or the other: where some rows name one, the others need a row, too.
fn everybody(selector: &str, scheme: &str) -> &'static [&'static str] {
    match (selector, scheme) {
        ("status", "employee") => &["active", "retired"],
        ("status", _) => &["active"],
        ("special", _) => &["none", "hardship"],
        ("contract" | "continuing", _) => &["false", "true"],
        _ => &[],
    }
}

fn yes_or_no(yes: bool) -> &'static str {
    if yes { "true" } else { "false" }
}

/// A selector, by its place in [`EXACT`], and the word chosen for it.
type Chosen<'c> = (usize, Option<&'c str>);

/// So many comparisons of rows and combinations are made; a table that asks for more is not one
/// that a person has read.
const MOST: usize = 1_000_000;

struct Ladders<'c, 'w, 't> {
    at: &'c At<'w, 't>,
    rows: &'c [Row],
    found: &'c mut Vec<Finding>,
    /// One problem a line and code is enough.
    seen: BTreeSet<(usize, Code)>,
}

impl<'c> Ladders<'c, '_, '_> {
    fn tell(&mut self, line: usize, code: Code, sentence: String) {
        if self.seen.insert((line, code)) {
            self.found.push(self.at.error(line, code, sentence));
        }
    }

    /// Each combination of the words that the rows name must have exactly one ladder.
    fn every_member(mut self, rows: Vec<usize>) {
        let table = self.rows;
        let scheme = self.at.file.scheme.as_str();
        let words: Vec<(usize, Vec<Option<&'c str>>)> = EXACT
            .iter()
            .enumerate()
            .map(|(at, (_, of_row))| {
                let words = rows.iter().map(|row| of_row(&table[*row]));
                let mut words: BTreeSet<_> = words.collect();
                let everybody = everybody(EXACT[at].0, scheme);
                if words.iter().flatten().any(|word| everybody.contains(word)) {
                    words.extend(everybody.iter().copied().map(Some));
                }
                (at, words.into_iter().collect::<Vec<_>>())
            })
            .filter(|(_, words)| words.iter().any(Option::is_some))
            .collect();
        let combinations = words.iter().try_fold(1_usize, |product, (_, words)| {
            product.checked_mul(words.len())
        });
        if combinations.is_none_or(|count| count.saturating_mul(rows.len()) > MOST) {
            let line = self.at.draft.line_of("rows");
            let sentence = "表太大：条件的组合多到无法一一核对。".to_owned();
            self.tell(line, Code::P06, sentence);
            return;
        }
        let mut combination = Vec::new();
        self.combinations(&words, &mut combination, rows);
    }

    fn combinations(
        &mut self,
        left: &[(usize, Vec<Option<&'c str>>)],
        chosen: &mut Vec<Chosen<'c>>,
        rows: Vec<usize>,
    ) {
        let Some(((selector, words), left)) = left.split_first() else {
            self.one_combination(chosen, rows);
            return;
        };
        let (_, of_row) = EXACT[*selector];
        for word in words {
            let written = |row: &usize| of_row(&self.rows[*row]);
            let fits = |row: &&usize| written(row).is_none_or(|own| Some(own) == *word);
            let fitting: Vec<usize> = rows.iter().filter(fits).copied().collect();
            chosen.push((*selector, *word));
            self.combinations(left, chosen, fitting);
            chosen.pop();
        }
    }

    /// The rows for one combination: at least one, and none of them general where another is not.
    fn one_combination(&mut self, chosen: &[Chosen<'c>], rows: Vec<usize>) {
        if rows.is_empty() {
            // Words that no row names need no row.
            let named = chosen.iter().map(|(selector, word)| {
                word.as_deref()
                    .map(|word| format!("{} = {word}", EXACT[*selector].0))
            });
            if let Some(words) = named.collect::<Option<Vec<_>>>().filter(|w| !w.is_empty()) {
                let line = self.at.draft.line_of("rows");
                let words = words.join("、");
                let sentence = format!("{words} 没有任何一行；未查到的写 \"unknown\"。");
                self.tell(line, Code::P06, sentence);
            }
            return;
        }
        for (selector, word) in chosen {
            let (key, of_row) = EXACT[*selector];
            let general = rows.iter().find(|row| of_row(&self.rows[**row]).is_none());
            let named = rows.iter().find(|row| of_row(&self.rows[**row]).is_some());
            if let (Some(general), Some(named)) = (general, named) {
                let line = self.at.draft.line_of_row(*general.max(named));
                let word = word.unwrap_or_default();
                let sentence =
                    format!("「{key}」不分的一行与 {key} = \"{word}\" 的一行同时适用于同一个人。");
                self.tell(line, Code::P06, sentence);
                return;
            }
        }
        self.bounds(&BOUNDS, rows);
    }

    /// Below every lower bound there must be a row, and above each exactly one ladder.
    fn bounds(&mut self, left: &[LowerBound], rows: Vec<usize>) {
        let Some((bound, left)) = left.split_first() else {
            self.ladder(rows);
            return;
        };
        let mut by_bound: BTreeMap<Option<i64>, Vec<usize>> = BTreeMap::new();
        for row in rows {
            by_bound
                .entry(bound.of_row(&self.rows[row]))
                .or_default()
                .push(row);
        }
        if let Some((Some(_), rows)) = by_bound.first_key_value() {
            let line = self.at.draft.line_of_row(rows[0]);
            let key = bound.key();
            let sentence = format!("{key} 比这一行更小的人没有任何一行；未查到的写 \"unknown\"。");
            self.tell(line, Code::P06, sentence);
        }
        for rows in by_bound.into_values() {
            self.bounds(left, rows);
        }
    }

    /// What is left must differ in `above` alone, ascending from nothing.
    fn ladder(&mut self, rows: Vec<usize>) {
        let above = |row: usize| self.rows[row].above.unwrap_or_default();
        let unordered = rows
            .windows(2)
            .find(|pair| above(pair[1]) <= above(pair[0]));
        let twice = |pair: &&[usize]| above(pair[1]) == above(pair[0]);
        if let Some(pair) = unordered {
            let line = self.at.draft.line_of_row(pair[1]);
            let (low, high) = (above(pair[0]), above(pair[1]));
            let sentence = if unordered.filter(twice).is_some() {
                format!("同一个人有两行都从 {high} 元起。")
            } else {
                format!("下限没有递增：{low} 之后是 {high}。")
            };
            self.tell(line, Code::P05, sentence);
            return;
        }
        let Some(first) = rows.first().copied() else {
            return;
        };
        let start = above(first);
        if start != Yuan::ZERO && !self.starts_at_threshold(start) {
            let line = self.at.draft.line_of_row(first);
            let sentence = format!("阶梯从 {start} 元起，应从 \"0.00\" 起（或从本层的起付线起）。");
            self.tell(line, Code::P13, sentence);
        }
    }

    /// A layer whose edges are measured from zero may leave out what lies below its threshold.
    fn starts_at_threshold(&self, start: Yuan) -> bool {
        let from_zero = matches!(
            &self.at.draft.block.body,
            Body::Rate(rate) if rate.edges_on == EdgesOn::Zero
        );
        from_zero
            && self
                .at
                .file
                .drafts
                .iter()
                .any(|draft| match &draft.block.body {
                    Body::Threshold(threshold) => threshold
                        .rows
                        .iter()
                        .any(|row| row.values.contains(&Cell::Yuan(start))),
                    _ => false,
                })
    }
}

/// A cell that this kind of block cannot hold, told in one sentence.
fn strange_cell(body: &Body, row: &Row) -> Option<String> {
    let negative = |amount: &Option<Yuan>| amount.is_some_and(Yuan::is_negative);
    if negative(&row.above) || negative(&row.at_least) || negative(&row.at_most) {
        return Some("above、at_least、at_most 不能是负数。".to_owned());
    }
    let (wanted, fits) = wanted_cell(body, row);
    let strange = row
        .values
        .iter()
        .find(|cell| **cell != Cell::Unknown && !fits(cell))?;
    Some(format!("这里的格应为{wanted}，写的是「{strange}」。"))
}

type Fits = fn(&Cell) -> bool;

fn wanted_cell(body: &Body, row: &Row) -> (&'static str, Fits) {
    let amount: (&str, Fits) = (
        "不为负的金额，如 \"600.00\"",
        |cell| matches!(cell, Cell::Yuan(yuan) if !yuan.is_negative()),
    );
    let limit: (&str, Fits) = ("金额或不限（\"none\"）", |cell| {
        matches!(cell, Cell::Yuan(yuan) if !yuan.is_negative()) || *cell == Cell::NoLimit
    });
    let share: (&str, Fits) = (
        "0% 到 100% 的比例，如 \"85%\"",
        |cell| matches!(cell, Cell::Rate(rate) if *rate <= Rate::WHOLE),
    );
    let rate: (&str, Fits) = ("比例，如 \"85%\"", |cell| matches!(cell, Cell::Rate(_)));
    let points: (&str, Fits) = ("百分点，如 \"5pt\"", |cell| {
        matches!(cell, Cell::Points(_))
    });
    let any: (&str, Fits) = ("金额、比例或百分点", |_| true);
    if body.measured_in().is_some() {
        return match body {
            Body::Cap(_) => ("比例或不限（\"none\"）", |cell| {
                matches!(cell, Cell::Rate(_) | Cell::NoLimit)
            }),
            _ => rate,
        };
    }
    match body {
        Body::Deductible(_) | Body::Threshold(_) | Body::Premium(_) => amount,
        Body::Cap(_) | Body::DeductibleLimit(_) => limit,
        Body::Rate(_) | Body::DeductibleShare(_) | Body::Upfront(_) | Body::Interest(_) => share,
        Body::Adjust(adjust) => match adjust.change {
            Change::MinusYuan => amount,
            Change::MinusPercent => share,
            Change::PlusPoints | Change::MinusPoints => points,
            Change::Times | Change::OwnShareTimes => rate,
            Change::Unknown => any,
        },
        Body::Credit(_) | Body::Withheld(_) => match row.of.as_deref() {
            Some("fixed") => amount,
            Some("entered") => ("本人填写（\"entered\"）", |cell| {
                *cell == Cell::Entered
            }),
            Some("age") => any,
            _ => rate,
        },
        _ => any,
    }
}
