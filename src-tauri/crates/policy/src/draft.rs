//! 草稿 — one file as it was written, before it is known whether its blocks are sound.

use std::collections::BTreeMap;
use std::ops::Range;

use chrono::NaiveDate;
use gongji_domain::{Grade, PoolId, SourceRef};
use serde::Deserialize;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::body::{Block, Body, Head};
use crate::library::{OWN, own_layer};
use crate::lines::Lines;
use crate::problem::{Code, Problem, Severity};
use crate::tree::{Fault, Keys, Value};

/// A block with the lines of what stands in it.
pub(crate) struct Draft {
    pub(crate) block: Block,
    /// Line of each key of the block.
    pub(crate) keys: BTreeMap<String, usize>,
    /// Line of each row of its table.
    pub(crate) rows: Vec<usize>,
    /// Line of the first `"unknown"`.
    pub(crate) unknown: Option<usize>,
    /// Whether nothing was found against it.
    pub(crate) sound: bool,
}

/// 读不懂的一段 — it has a name and perhaps an identity, but no content that may be used.
pub(crate) struct Broken {
    pub(crate) name: String,
    pub(crate) id: Option<String>,
    pub(crate) from: Option<NaiveDate>,
}

pub(crate) struct FileDraft<'t> {
    pub(crate) path: &'t str,
    pub(crate) pool: PoolId,
    pub(crate) scheme: String,
    pub(crate) part: String,
    pub(crate) sources: BTreeMap<String, SourceRef>,
    pub(crate) drafts: Vec<Draft>,
    pub(crate) broken: Vec<Broken>,
    /// Whether the header is one under which blocks can be found again.
    pub(crate) loadable: bool,
    pub(crate) lines: Lines<'t>,
    pub(crate) problems: Vec<Problem>,
}

/// A notice restated as tables has a few hundred lines; what is far larger is something else.
const LARGEST: usize = 1_000_000;
/// So many faults of one kind are listed; the rest of a hopeless text would only hide them.
const LISTED: usize = 20;

const HEAD_KEYS: [&str; 8] = [
    "id",
    "from",
    "source",
    "ended",
    "note",
    "ask",
    "grade",
    "renewed_yearly",
];

/// Blocks that are always one of several, so that they cannot do without an `id`.
const NEED_ID: [&str; 8] = [
    "benefit_year",
    "counter",
    "layer",
    "plan",
    "class",
    "sub_account",
    "aid",
    "constant",
];

impl<'t> FileDraft<'t> {
    /// Reads `text`; never fails.
    pub(crate) fn read(path: &'t str, text: &'t str) -> FileDraft<'t> {
        let mut file = FileDraft {
            path,
            pool: PoolId::from(""),
            scheme: String::new(),
            part: String::new(),
            sources: BTreeMap::new(),
            drafts: Vec::new(),
            broken: Vec::new(),
            loadable: true,
            lines: Lines::of(if text.len() > LARGEST { "" } else { text }),
            problems: Vec::new(),
        };
        if let Some(root) = parse(text, &mut file.problems, path, &file.lines) {
            file.document(root);
        } else {
            file.loadable = false;
        }
        file
    }

    /// Records a problem at `line`.
    pub(crate) fn report(&mut self, line: usize, code: Code, severity: Severity, sentence: String) {
        self.problems.push(Problem {
            file: self.path.to_owned(),
            line,
            code,
            severity,
            excerpt: self.lines.excerpt(line),
            sentence,
        });
    }

    fn fault(&mut self, fault: Fault, around: &Range<usize>) {
        let line = self.lines.line(fault.span.as_ref().unwrap_or(around));
        self.report(line, fault.code, Severity::Error, fault.sentence);
    }

    fn document(&mut self, root: DeTable<'t>) {
        let mut found: Vec<(String, Spanned<DeValue<'t>>)> = Vec::new();
        for (key, value) in root {
            let name = key.get_ref().to_string();
            match (name.as_str(), value.get_ref()) {
                ("pool" | "scheme" | "part", _) => self.header(&name, &value),
                ("sources", DeValue::Table(table)) => self.sources(table),
                (_, DeValue::Array(_)) if Body::NAMES.contains(&name.as_str()) => {
                    if let DeValue::Array(blocks) = value.into_inner() {
                        found.extend(blocks.into_iter().map(|block| (name.clone(), block)));
                    }
                }
                _ if Body::NAMES.contains(&name.as_str()) => {
                    let line = self.lines.line(&key.span());
                    let sentence = format!("「{name}」要写成 [[{name}]]，每一段写一次。");
                    self.report(line, Code::P01, Severity::Error, sentence);
                }
                _ => {
                    let line = self.lines.line(&key.span());
                    let sentence = format!("不认识的段「{name}」，段名见规则段目录。");
                    self.report(line, Code::P01, Severity::Error, sentence);
                }
            }
        }
        found.sort_by_key(|(_, block)| block.span().start);
        for (name, block) in found {
            self.block(name, block);
        }
        let missing = [
            ("pool", self.pool.0.is_empty()),
            ("scheme", self.scheme.is_empty()),
            ("part", self.part.is_empty()),
        ];
        for (key, _) in missing.into_iter().filter(|(_, missing)| *missing) {
            let sentence = format!("文件开头缺少「{key}」。");
            self.report(0, Code::P01, Severity::Error, sentence);
            self.loadable = false;
        }
    }

    fn header(&mut self, key: &str, value: &Spanned<DeValue<'_>>) {
        match String::deserialize(Value(value)) {
            Ok(word) => match key {
                "pool" => {
                    let place = PoolId(word);
                    let own = self.path.starts_with(OWN);
                    self.pool = if own { own_layer(&place) } else { place };
                }
                "scheme" => self.scheme = word,
                _ => self.part = word,
            },
            Err(fault) => self.fault(fault, &value.span()),
        }
    }

    fn sources(&mut self, table: &DeTable<'_>) {
        for (key, value) in table {
            match SourceRef::deserialize(Value(value)) {
                Ok(source) if source.article.is_some() => self.fault(
                    Fault::new(
                        Code::P01,
                        "条款写在各段的 source 里，不写在出处里。".to_owned(),
                    ),
                    &key.span(),
                ),
                Ok(source) if source.grade == Grade::Stated && !self.path.starts_with(OWN) => self
                    .fault(
                        Fault::new(
                            Code::P01,
                            "出处的 grade 可以写：official、copy、claimed。".to_owned(),
                        ),
                        &key.span(),
                    ),
                Ok(source) => {
                    self.sources.insert(key.get_ref().to_string(), source);
                }
                Err(fault) => self.fault(fault, &key.span()),
            }
        }
    }

    fn block(&mut self, name: String, value: Spanned<DeValue<'t>>) {
        let span = value.span();
        let line = self.lines.line(&span);
        let DeValue::Table(mut table) = value.into_inner() else {
            let sentence = format!("「{name}」要写成 [[{name}]] 下面的一组键。");
            self.report(line, Code::P01, Severity::Error, sentence);
            return;
        };
        let keys = self.key_lines(&table);
        let rows = self.row_lines(&table);
        let unknowns = unknowns(&table);
        let first = unknowns.iter().min_by_key(|span| span.start);
        let unknown = first.map(|at| self.lines.line(at));
        let broken = Broken::of(&name, &table);
        let (read, faults) = repair_and_read(&name, &mut table, &span);
        let sound = faults.is_empty();
        for fault in faults {
            self.fault(fault, &span);
        }
        match read {
            Some((head, body)) if sound => self.drafts.push(Draft {
                block: Block {
                    name,
                    head,
                    body,
                    line,
                    unknown: unknowns.len(),
                },
                keys,
                rows,
                unknown,
                sound,
            }),
            _ => self.broken.push(broken),
        }
    }

    fn key_lines(&self, table: &DeTable<'_>) -> BTreeMap<String, usize> {
        let line = |key: &Spanned<toml::de::DeString<'_>>| self.lines.line(&key.span());
        let keys = table.keys();
        keys.map(|key| (key.get_ref().to_string(), line(key)))
            .collect()
    }

    fn row_lines(&self, table: &DeTable<'_>) -> Vec<usize> {
        let rows = table.get("rows").map(Spanned::get_ref);
        let Some(DeValue::Array(rows)) = rows else {
            return Vec::new();
        };
        rows.iter()
            .map(|row| self.lines.line(&row.span()))
            .collect()
    }
}

impl Broken {
    fn of(name: &str, table: &DeTable<'_>) -> Broken {
        let text = |key: &str| table.get(key).and_then(|value| value.get_ref().as_str());
        let from = table.get("from").and_then(|value| match value.get_ref() {
            DeValue::Datetime(at) => at.date?.to_string().parse().ok(),
            _ => None,
        });
        let mut id = text("id").map(str::to_owned);
        if let ("constant" | "calendar", Some(DeValue::Integer(year))) =
            (name, table.get("year").map(Spanned::get_ref))
        {
            id = Some(format!("{}:{}", id.unwrap_or_default(), year.as_str()));
        }
        Broken {
            name: name.to_owned(),
            id,
            from,
        }
    }
}

/// The TOML of a file; a text that is none yields only problems, for a broken quotation mark may
/// have swallowed any number of blocks.
fn parse<'t>(
    text: &'t str,
    problems: &mut Vec<Problem>,
    path: &str,
    lines: &Lines<'_>,
) -> Option<DeTable<'t>> {
    let mut problem = |line, sentence| {
        problems.push(Problem {
            file: path.to_owned(),
            line,
            code: Code::P01,
            severity: Severity::Error,
            excerpt: lines.excerpt(line),
            sentence,
        });
    };
    if text.len() > LARGEST {
        let sentence = format!(
            "文件有 {} 字节，超过 {LARGEST} 字节，不是政策文件。",
            text.len()
        );
        problem(0, sentence);
        return None;
    }
    let (root, faults) = DeTable::parse_recoverable(text);
    let sound = faults.is_empty();
    for fault in faults.into_iter().take(LISTED) {
        let line = fault.span().map_or(0, |span| lines.line(&span));
        let sentence = match fault.message() {
            "duplicate key" => "这个键在同一段里写了两遍。".to_owned(),
            message => format!("这里不是正确的 TOML：{message}。整个文件没有读入。"),
        };
        problem(line, sentence);
    }
    sound.then(|| root.into_inner())
}

/// Reads head and body; every fault is taken out of the table and the rest read again, so that one
/// look at a file shows all that is wrong with it.
fn repair_and_read(
    name: &str,
    table: &mut DeTable<'_>,
    span: &Range<usize>,
) -> (Option<(Head, Body)>, Vec<Fault>) {
    let mut faults: Vec<Fault> = Vec::new();
    let mut taken_out: Vec<String> = Vec::new();
    loop {
        let fault = match read_block(name, table, span) {
            Ok(read) => return (Some(read), faults),
            Err(fault) => fault,
        };
        if let Some(missing) = fault.missing {
            if !taken_out.iter().any(|key| key == missing) {
                faults.push(fault);
            }
            return (None, faults);
        }
        let seen = |at: &Range<usize>| faults.iter().any(|held| held.span.as_ref() == Some(at));
        if fault.span.as_ref().is_some_and(seen) {
            return (None, faults);
        }
        let at = fault.span.clone();
        faults.push(fault);
        let again = at.is_some_and(|at| take_out(table, &at, &mut taken_out));
        if !again || faults.len() >= LISTED {
            return (None, faults);
        }
    }
}

fn read_block(name: &str, table: &DeTable<'_>, span: &Range<usize>) -> Result<(Head, Body), Fault> {
    let is_head: fn(&str) -> bool = |key| HEAD_KEYS.contains(&key);
    let is_body: fn(&str) -> bool = |key| !HEAD_KEYS.contains(&key);
    let keys = |takes| Keys {
        table,
        span: span.clone(),
        takes,
    };
    let head = Head::deserialize(keys(is_head)).map_err(|mut fault| {
        if fault.missing == Some("source") {
            fault.code = Code::P03;
            fault.sentence = "缺少出处：每一段都要写 source = \"出处 条款\"。".to_owned();
        }
        fault
    })?;
    if head.id.is_none() && NEED_ID.contains(&name) {
        let mut fault = Fault::new(Code::P01, format!("「{name}」必须写 id。"));
        fault.missing = Some("id");
        return Err(fault);
    }
    if head.ended {
        let more = table.keys().find(|key| is_body(key.get_ref()));
        return match more {
            Some(key) => {
                let sentence = format!("ended = true 的一段不能再写「{}」。", key.get_ref());
                let mut fault = Fault::new(Code::P01, sentence);
                fault.span = Some(key.span());
                Err(fault)
            }
            None => Ok((head, Body::Ended)),
        };
    }
    let no_such = || Fault::new(Code::P01, format!("不认识的段「{name}」。"));
    let body = Body::read(name, keys(is_body)).ok_or_else(no_such)??;
    Ok((head, body))
}

/// Takes what stands at `at` out of the table; a cell is put to `unknown` so that its row keeps its
/// width. `false` where nothing stands there.
fn take_out(table: &mut DeTable<'_>, at: &Range<usize>, taken_out: &mut Vec<String>) -> bool {
    let hit = table
        .iter()
        .find(|(key, value)| key.span() == *at || value.span() == *at)
        .map(|(key, _)| key.get_ref().to_string());
    if let Some(key) = hit {
        table.remove(key.as_str());
        taken_out.push(key);
        return true;
    }
    table
        .iter_mut()
        .any(|(_, value)| take_out_of_value(value.get_mut(), at, taken_out))
}

fn take_out_of_value(
    value: &mut DeValue<'_>,
    at: &Range<usize>,
    taken_out: &mut Vec<String>,
) -> bool {
    match value {
        DeValue::Table(table) => take_out(table, at, taken_out),
        DeValue::Array(items) => items.iter_mut().any(|item| {
            if item.span() == *at {
                *item.get_mut() = DeValue::String("unknown".into());
                return true;
            }
            take_out_of_value(item.get_mut(), at, taken_out)
        }),
        _ => false,
    }
}

/// Where each `"unknown"` of a table stands.
fn unknowns(table: &DeTable<'_>) -> Vec<Range<usize>> {
    table.values().flat_map(unknowns_in).collect()
}

fn unknowns_in(value: &Spanned<DeValue<'_>>) -> Vec<Range<usize>> {
    match value.get_ref() {
        DeValue::String(word) if word == "unknown" => vec![value.span()],
        DeValue::Array(items) => items.iter().flat_map(unknowns_in).collect(),
        DeValue::Table(table) => unknowns(table),
        _ => Vec::new(),
    }
}

impl Draft {
    /// The line of `key`, or of the block where it is not written.
    pub(crate) fn line_of(&self, key: &str) -> usize {
        self.keys.get(key).copied().unwrap_or(self.block.line)
    }

    /// The line of a row of the table.
    pub(crate) fn line_of_row(&self, row: usize) -> usize {
        self.rows.get(row).copied().unwrap_or(self.line_of("rows"))
    }
}
