//! 哪一种表 — what the first lines of a file say it is: our own table, the lines of a double-entry
//! program, or no table of entries at all.

use gongji_domain::Message;

use super::LineFault;
use super::cells::day;
use crate::table::COLUMNS;

/// How many cells a line of a double-entry program has.
const BARE: usize = 6;

/// 哪一种表
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Form {
    pub(super) is_own: bool,
    /// Whether the first line names the columns.
    pub(super) has_heading: bool,
    columns: usize,
}

pub(super) fn reader(text: &str) -> csv::Reader<&[u8]> {
    csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes())
}

/// Spreadsheets leave lines of commas where something was deleted.
pub(super) fn is_blank(record: &csv::StringRecord) -> bool {
    record.iter().all(|cell| cell.trim().is_empty())
}

impl Form {
    /// The form of the table that `text` begins with.
    pub(super) fn of(text: &str) -> Result<Form, LineFault> {
        let mut records = reader(text).into_records().flatten();
        let mut next = || records.find(|record| !is_blank(record));
        let first = next().unwrap_or_default();
        if let Some(columns) = heading(first.iter()) {
            return Ok(Form {
                is_own: true,
                has_heading: true,
                columns,
            });
        }
        // Some programs write the names of the columns above them.
        let has_heading = first.len() == BARE && !is_bare(&first);
        let begins = match has_heading {
            true => next().is_some_and(|record| is_bare(&record)),
            false => is_bare(&first),
        };
        if begins {
            return Ok(Form {
                is_own: false,
                has_heading,
                columns: BARE,
            });
        }
        let line = first.position().map_or(1, csv::Position::line);
        let what = other_mark(&first).unwrap_or_else(|| Message::new("import.no_table"));
        let what = what.with("columns", COLUMNS.join(","));
        Err(LineFault { line, what })
    }

    /// A line has as many cells as there are columns; a spreadsheet may add empty ones.
    pub(super) fn fits(&self, record: &csv::StringRecord) -> Result<(), Message> {
        if record.len() == self.columns {
            return Ok(());
        }
        let mut more = record.iter().skip(self.columns);
        if record.len() < self.columns || more.any(|cell| !cell.trim().is_empty()) {
            let what = Message::new("import.columns").with("found", record.len());
            return Err(what.with("expected", self.columns));
        }
        Ok(())
    }
}

/// How many columns a heading of ours names. Tables from before the last two were written are read too.
fn heading<'c>(cells: impl Iterator<Item = &'c str>) -> Option<usize> {
    let mut cells: Vec<&str> = cells.map(str::trim).collect();
    while cells.last().is_some_and(|cell| cell.is_empty()) {
        cells.pop();
    }
    let earlier = COLUMNS.len() - 2;
    (cells.len() >= earlier && COLUMNS.starts_with(&cells)).then_some(cells.len())
}

/// A line of double entry has a day in its place, or at least fen.
fn is_bare(record: &csv::StringRecord) -> bool {
    let has_day = record.get(1).and_then(day).is_some();
    let fen = record.get(BARE - 1).map(|cell| cell.trim().parse::<i64>());
    has_day || (record.len() == BARE && matches!(fen, Some(Ok(_))))
}

/// Our own heading, its cells parted by something else than commas.
fn other_mark(first: &csv::StringRecord) -> Option<Message> {
    let line = first.iter().collect::<Vec<_>>().join(",");
    let marks = [(';', ";"), ('\t', "Tab"), ('；', "；"), ('，', "，")];
    let (_, shown) = marks.into_iter().find(|(mark, _)| {
        let cells = line.split(*mark);
        heading(cells.map(|cell| cell.trim_matches('"'))).is_some()
    })?;
    Some(Message::new("import.separator").with("found", shown))
}
