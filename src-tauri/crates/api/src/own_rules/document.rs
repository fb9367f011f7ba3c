//! The household's own policy files as documents: blocks are copied, put in and taken out, and what a
//! person typed becomes a cell.

use chrono::{Datelike, NaiveDate};
use gongji_domain::{BlockRef, Grade, Message};
use gongji_policy::{Cell, InForce};
use toml::{Table, Value};

use crate::{ApiError, OwnRuleDraft};

/// Keys of a block that are about the document it was copied from.
const OF_THE_DOCUMENT: [&str; 4] = ["note", "grade", "renewed_yearly", "check"];

/// One thing that the household says.
pub(super) struct Statement {
    /// The block; its file is not known here.
    pub(super) block: BlockRef,
    /// 到哪天（含）为止
    pub(super) until: Option<NaiveDate>,
    /// 从哪里知道的
    pub(super) source: String,
}

pub(super) fn read(text: &str) -> Result<Table, ApiError> {
    text.parse()
        .map_err(|error: toml::de::Error| unreadable(&error))
}

pub(super) fn written(document: &Table) -> Result<String, ApiError> {
    toml::to_string(document).map_err(|error| unreadable(&error))
}

fn unreadable(error: &dyn std::fmt::Display) -> ApiError {
    let message = Message::new("error.rules_unreadable").with("detail", error);
    ApiError::input("figure", message)
}

/// The beginning of a file of the household's own.
pub(super) fn head(draft: &OwnRuleDraft, held: &InForce<'_>) -> Table {
    Table::from_iter([
        ("pool".to_owned(), draft.pool.0.as_str().into()),
        ("scheme".to_owned(), draft.scheme.word().into()),
        ("part".to_owned(), held.file.part.as_str().into()),
    ])
}

/// Pool, scheme and part of a file.
pub(super) fn place(document: &Table) -> (String, String, String) {
    let word = |key| text(document.get(key)).unwrap_or_default();
    (word("pool"), word("scheme"), word("part"))
}

fn text(value: Option<&Value>) -> Option<String> {
    value.and_then(Value::as_str).map(str::to_owned)
}

fn day(value: Option<&Value>) -> Option<NaiveDate> {
    value?.as_datetime()?.to_string().parse().ok()
}

/// Every block with its name.
fn blocks(document: &Table) -> impl Iterator<Item = (&String, &Table)> {
    document.iter().flat_map(|(name, value)| {
        let blocks = value.as_array().into_iter().flatten();
        blocks.filter_map(move |block| Some((name, block.as_table()?)))
    })
}

fn is(block: &Table, wanted: &BlockRef) -> bool {
    text(block.get("id")) == wanted.id && day(block.get("from")) == Some(wanted.from)
}

/// Whether a block only says that another one is over.
fn ends(block: &Table) -> bool {
    block.get("ended").and_then(Value::as_bool) == Some(true)
}

/// What the household says in a file. A statement and its end have a source of their own, by which
/// they belong together.
pub(super) fn statements(document: &Table) -> Vec<Statement> {
    let said = blocks(document).filter(|(_, block)| !ends(block));
    let said = said.filter_map(|(name, block)| {
        let source = block.get("source")?;
        let of_it = |(of, end): &(&String, &Table)| {
            *of == name && ends(end) && end.get("source") == Some(source)
        };
        let end = blocks(document).find(of_it);
        let end = end.and_then(|(_, end)| day(end.get("from")));
        let sources = document.get("sources").and_then(Value::as_table);
        let known = sources.and_then(|sources| sources.get(source.as_str()?));
        Some(Statement {
            block: BlockRef {
                file: String::new(),
                block: name.clone(),
                id: text(block.get("id")),
                from: day(block.get("from"))?,
            },
            until: end.and_then(|end| end.pred_opt()),
            source: text(known.and_then(|known| known.get("title"))).unwrap_or_default(),
        })
    });
    said.collect()
}

/// Takes a statement out, with its end and its source; whether it was there.
pub(super) fn take_out(document: &mut Table, gone: &BlockRef) -> bool {
    let found = blocks(document)
        .find(|(name, block)| **name == gone.block && !ends(block) && is(block, gone))
        .and_then(|(_, block)| block.get("source").cloned());
    let Some(source) = found else {
        return false;
    };
    if let Some(blocks) = document.get_mut(&gone.block).and_then(Value::as_array_mut) {
        blocks.retain(|block| block.get("source") != Some(&source));
        if blocks.is_empty() {
            document.remove(&gone.block);
        }
    }
    let sources = document.get_mut("sources").and_then(Value::as_table_mut);
    if let (Some(sources), Some(key)) = (sources, source.as_str()) {
        sources.remove(key);
    }
    true
}

/// Puts a statement in, with where it is known from, and with its end.
pub(super) fn put_in(document: &mut Table, mut block: Table, draft: &OwnRuleDraft) {
    let sources = document
        .entry("sources")
        .or_insert_with(|| Table::new().into());
    let Some(sources) = sources.as_table_mut() else {
        return;
    };
    let free = (1..).map(|number| format!("H{number}"));
    let mut free = free.filter(|key| !sources.contains_key(key));
    let key = free.next().unwrap_or_default();
    let stated = Table::from_iter([
        ("title".to_owned(), draft.source.trim().into()),
        ("grade".to_owned(), Grade::Stated.word().into()),
    ]);
    sources.insert(key.clone(), stated.into());

    let head = |block: &mut Table, from| {
        block.insert("from".to_owned(), date(from));
        block.insert("source".to_owned(), key.as_str().into());
    };
    head(&mut block, draft.from);
    let mut put = vec![block];
    if let Some(after) = draft.until.and_then(|until| until.succ_opt()) {
        let mut end = Table::from_iter([("ended".to_owned(), true.into())]);
        head(&mut end, after);
        end.extend(
            draft
                .block
                .id
                .clone()
                .map(|id| ("id".to_owned(), id.into())),
        );
        put.push(end);
    }
    let blocks = document
        .entry(draft.block.block.clone())
        .or_insert_with(|| Value::Array(Vec::new()));
    if let Some(blocks) = blocks.as_array_mut() {
        blocks.extend(put.into_iter().map(Value::from));
    }
}

fn date(day: NaiveDate) -> Value {
    let date = toml::value::Date {
        year: u16::try_from(day.year()).unwrap_or_default(),
        month: u8::try_from(day.month()).unwrap_or_default(),
        day: u8::try_from(day.day()).unwrap_or_default(),
    };
    Value::Datetime(date.into())
}

/// The block of a text that is in force, with the stated figure in it.
///
/// # Errors
/// Where the block, its table or the cell is not there, or the figure cannot be read.
pub(super) fn copy(
    text: &str,
    held: &InForce<'_>,
    draft: &OwnRuleDraft,
) -> Result<Table, ApiError> {
    let document = read(text)?;
    let named = |(name, block): &(&String, &Table)| {
        **name == draft.block.block && !ends(block) && is(block, &draft.block)
    };
    let found = blocks(&document).find(named);
    let (_, block) = found.ok_or_else(|| ApiError::gone("rule"))?;
    let mut block = block.clone();
    for key in OF_THE_DOCUMENT {
        block.remove(key);
    }
    fill(&mut block, held, draft)?;
    // The question stands as long as something else is open.
    if !block.values().any(is_open) {
        block.remove("ask");
    }
    Ok(block)
}

fn is_open(value: &Value) -> bool {
    match value {
        Value::String(word) => word == "unknown",
        Value::Array(items) => items.iter().any(is_open),
        Value::Table(table) => table.values().any(is_open),
        _ => false,
    }
}

/// Writes the figure into its cell. Leads among the other figures stay leads: who knows one figure has
/// not confirmed its neighbours.
fn fill(block: &mut Table, held: &InForce<'_>, draft: &OwnRuleDraft) -> Result<(), ApiError> {
    let no_cell = || ApiError::gone("cell");
    let (at, column) = (draft.row as usize, draft.column as usize);
    let table = held.block.body.table().ok_or_else(no_cell)?;
    let like = table.rows.get(at).and_then(|row| row.values.get(column));
    let like = *like.ok_or_else(no_cell)?;
    let stated = cell(&draft.figure, like).ok_or_else(|| {
        let message = Message::new("error.rule_cell").with("typed", draft.figure.trim());
        ApiError::input("figure", message)
    })?;
    let rows = block.get_mut("rows").and_then(Value::as_array_mut);
    for (number, row) in rows.ok_or_else(no_cell)?.iter_mut().enumerate() {
        let row = row.as_table_mut().ok_or_else(no_cell)?;
        let lead = held.grade == Grade::Claimed
            || text(row.get("grade")).as_deref() == Some(Grade::Claimed.word());
        if number != at {
            if lead {
                row.insert("grade".to_owned(), Grade::Claimed.word().into());
            }
            continue;
        }
        row.remove("grade");
        let cells = row.get_mut("values").and_then(Value::as_array_mut);
        for (number, cell) in cells.ok_or_else(no_cell)?.iter_mut().enumerate() {
            if number == column {
                *cell = stated.to_string().into();
            } else if lead {
                *cell = Cell::Unknown.to_string().into();
            }
        }
    }
    Ok(())
}

/// What a person typed into a cell: with its unit, or without where the cell before had one.
fn cell(typed: &str, like: Cell) -> Option<Cell> {
    let plain: String = typed
        .chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, ',' | '，' | '元' | '¥'))
        .map(|c| match c {
            '％' => '%',
            '０'..='９' => char::from_digit(u32::from(c) - u32::from('０'), 10).unwrap_or(c),
            _ => c,
        })
        .collect();
    let named = match plain.to_lowercase().as_str() {
        "不限" | "nolimit" => Some(Cell::NoLimit),
        "未知" | "不知道" | "未查到" => Some(Cell::Unknown),
        _ => None,
    };
    let bare = plain.chars().all(|c| c.is_ascii_digit() || c == '.') && !plain.is_empty();
    let with_unit = match like {
        Cell::Rate(_) if bare => format!("{plain}%"),
        Cell::Points(_) if bare => format!("{plain}pt"),
        _ if bare => match plain.split_once('.') {
            None => format!("{plain}.00"),
            Some((whole, tail)) if tail.len() == 1 => format!("{whole}.{tail}0"),
            Some(_) => plain.clone(),
        },
        _ => plain.clone(),
    };
    named.or_else(|| Cell::read(&with_unit))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_read_as_people_write_them() {
        let rate = Cell::read("70%").expect("a share");
        let yuan = Cell::read("600.00").expect("an amount");
        for (typed, like, expected) in [
            ("85", rate, "85%"),
            ("85%", yuan, "85%"),
            (" 85 ％", rate, "85%"),
            ("８５", rate, "85%"),
            ("1,300元", yuan, "1300.00"),
            ("1300.5", yuan, "1300.50"),
            ("不限", yuan, "none"),
            ("No limit", yuan, "none"),
            ("不知道", rate, "unknown"),
            ("unknown", rate, "unknown"),
        ] {
            let read = cell(typed, like).map(|cell| cell.to_string());
            assert_eq!(read.as_deref(), Some(expected), "{typed}");
        }
        for typed in ["", "很多", "85.5.5", "0.001"] {
            assert_eq!(cell(typed, yuan), None, "{typed}");
        }
    }
}
