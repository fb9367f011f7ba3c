//! 读分录表 — the table that this program writes, or the lines of a double-entry program: number of the
//! transaction, date, payee, note, account, fen. Nothing is guessed: a line that cannot be read is told
//! with its number.

mod names;

use std::collections::HashMap;

use chrono::NaiveDate;
use gongji_domain::{AccountId, EntryKind, MemberId, Message, Month, SubAccountId, Yuan};
use serde::Deserialize;
use serde::de::IntoDeserializer;
use serde::de::value::{Error, StrDeserializer};

use crate::table::COLUMNS;
use names::Bearers;
pub use names::Names;

/// 一行有什么不对
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineFault {
    /// 文件里第几行
    pub line: u64,
    /// 什么不对，怎么办
    pub what: Message,
}

/// 读到的一笔 — the lines with one number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadEntry {
    /// 第一行在文件里第几行
    pub line: u64,
    /// 文件里的号码
    pub number: String,
    /// 到账（发生）日
    pub on: NaiveDate,
    /// 所属月份
    pub for_month: Option<Month>,
    /// 种类
    pub kind: EntryKind,
    /// 摘要
    pub memo: String,
    /// 家里的账户各增减多少
    pub legs: Vec<ReadLeg>,
    /// 更正的是文件里的哪一笔
    pub corrects: Option<String>,
    /// 替谁付的；替户主自己付的则无
    pub for_member: Option<MemberId>,
}

/// 一个账户的增减
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadLeg {
    /// 第几行
    pub line: u64,
    /// 账户
    pub account: AccountId,
    /// 子账户；没有写则无
    pub sub: Option<SubAccountId>,
    /// 增（正）减（负）
    pub amount: Yuan,
}

/// 读到的分录表
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReadTable {
    /// 各笔，按第一次出现的先后
    pub entries: Vec<ReadEntry>,
    /// 读不了的行
    pub faults: Vec<LineFault>,
}

/// Where the money of a transaction came from or went to that is no account of the household.
const OUTSIDE: [&str; 4] = ["Income:", "Expenses:", "Equity:", "Liabilities:"];

/// Reads `text`, whose names are those of the household.
pub fn read_table(text: &str, names: Names<'_>) -> ReadTable {
    let text = text.trim_start_matches('\u{feff}');
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes());
    let mut reading = Reading {
        names: Bearers::of(names),
        table: ReadTable::default(),
        at: HashMap::new(),
        sums: Vec::new(),
        last: None,
        columns: COLUMNS.len(),
    };
    let mut record = csv::StringRecord::new();
    let mut own = None;
    loop {
        let line = reader.position().line();
        match reader.read_record(&mut record) {
            Ok(false) => break,
            Ok(true) => {}
            Err(error) => {
                let line = error.position().map_or(line, csv::Position::line);
                reading.fault(
                    line,
                    Message::new("import.unreadable").with("detail", error),
                );
                continue;
            }
        }
        let line = record.position().map_or(line, csv::Position::line);
        if own.is_none() {
            let is_own = is_heading(&record);
            own = Some(is_own);
            reading.columns = record.len();
            // Some programs write the names of the columns above them.
            let heading = is_own
                || record.get(1).is_some_and(|cell| {
                    day(cell).is_none()
                        && record
                            .get(5)
                            .is_some_and(|cell| cell.parse::<i64>().is_err())
                });
            if heading {
                continue;
            }
        }
        let read = match own {
            Some(true) => reading.own_line(line, &record),
            _ => reading.bare_line(line, &record),
        };
        if let Err(what) = read {
            reading.fault(line, what);
        }
    }
    reading.finish(own == Some(true))
}

struct Reading<'a> {
    names: Bearers<'a>,
    table: ReadTable,
    /// Where the entry with each number stands.
    at: HashMap<String, usize>,
    /// By entry, the sum over all its lines.
    sums: Vec<Yuan>,
    last: Option<usize>,
    /// How many columns a line of our own has.
    columns: usize,
}

/// Tables from before the last two columns were written are read as well.
fn is_heading(record: &csv::StringRecord) -> bool {
    let earlier = COLUMNS.len() - 2;
    record.len() >= earlier && COLUMNS.starts_with(&record.iter().collect::<Vec<_>>())
}

fn day(cell: &str) -> Option<NaiveDate> {
    cell.trim().parse().ok()
}

/// A cell that was kept from being a formula.
fn words(cell: &str) -> &str {
    cell.strip_prefix('\'').unwrap_or(cell)
}

impl Reading<'_> {
    fn fault(&mut self, line: u64, what: Message) {
        self.table.faults.push(LineFault { line, what });
    }

    /// The entry that a line belongs to; lines of one entry mostly follow one another.
    fn entry(&mut self, number: &str, new: impl FnOnce() -> ReadEntry) -> usize {
        if let Some(last) = self.last
            && self.table.entries[last].number == number
        {
            return last;
        }
        let place = match self.at.get(number) {
            Some(known) => *known,
            None => {
                let place = self.table.entries.len();
                self.table.entries.push(new());
                self.sums.push(Yuan::ZERO);
                self.at.insert(number.to_owned(), place);
                place
            }
        };
        self.last = Some(place);
        place
    }

    /// A line of our own export.
    fn own_line(&mut self, line: u64, cells: &csv::StringRecord) -> Result<(), Message> {
        let cell = |at: usize| cells.get(at).unwrap_or_default();
        if cells.len() != self.columns {
            let what = Message::new("import.columns").with("found", cells.len());
            return Err(what.with("expected", self.columns));
        }
        let on = day(cell(1)).ok_or_else(|| bad("import.bad_day", cell(1)))?;
        let for_month = match cell(2) {
            "" => None,
            text => Some(text.parse().map_err(|_| bad("import.bad_month", text))?),
        };
        let kind = kind_of(cell(3)).ok_or_else(|| bad("import.bad_kind", cell(3)))?;
        let amount: Yuan = cell(9)
            .parse()
            .map_err(|_| bad("import.bad_amount", cell(9)))?;
        let account = self
            .names
            .account(words(cell(5)), words(cell(6)), cell(7))?;
        let sub = match words(cell(8)) {
            "" => None,
            sub => Some(SubAccountId::from(sub)),
        };
        let corrects = match cell(11) {
            "" => None,
            number => Some(number.to_owned()),
        };
        let for_member = match words(cell(12)) {
            "" => None,
            name => Some(self.names.member(name, cell(13))?),
        };
        let place = self.entry(cell(0), || ReadEntry {
            line,
            number: cell(0).to_owned(),
            on,
            for_month,
            kind,
            memo: words(cell(10)).to_owned(),
            legs: Vec::new(),
            corrects,
            for_member,
        });
        let entry = &mut self.table.entries[place];
        if entry.on != on || entry.kind != kind {
            return Err(Message::new("import.other_head").with("number", cell(0)));
        }
        entry.legs.push(ReadLeg {
            line,
            account,
            sub,
            amount,
        });
        Ok(())
    }

    /// A line of a double-entry program.
    fn bare_line(&mut self, line: u64, cells: &csv::StringRecord) -> Result<(), Message> {
        let cell = |at: usize| cells.get(at).unwrap_or_default();
        if cells.len() != 6 {
            let what = Message::new("import.columns");
            return Err(what.with("found", cells.len()).with("expected", 6));
        }
        let on = day(cell(1)).ok_or_else(|| bad("import.bad_day", cell(1)))?;
        let fen: i64 = cell(5)
            .trim()
            .parse()
            .map_err(|_| bad("import.bad_fen", cell(5)))?;
        let amount = Yuan::from_fen(fen);
        let place = self.entry(cell(0), || ReadEntry {
            line,
            number: cell(0).to_owned(),
            on,
            for_month: None,
            kind: EntryKind::Transfer,
            memo: format!("{} {}", words(cell(2)), words(cell(3)))
                .trim()
                .to_owned(),
            legs: Vec::new(),
            corrects: None,
            for_member: None,
        });
        if self.table.entries[place].on != on {
            return Err(Message::new("import.other_head").with("number", cell(0)));
        }
        let name = words(cell(4));
        let account = match OUTSIDE.iter().any(|root| name.starts_with(root)) {
            true => self.names.named(name).ok(),
            false => Some(self.names.named(name)?),
        };
        let sum = self.sums[place].fen().checked_add(fen);
        self.sums[place] = Yuan::from_fen(sum.ok_or_else(|| bad("import.bad_fen", cell(5)))?);
        match account {
            Some(account) => self.table.entries[place].legs.push(ReadLeg {
                line,
                account,
                sub: None,
                amount,
            }),
            None => self.table.entries[place].kind = by_other_side(name),
        }
        Ok(())
    }

    fn finish(mut self, own: bool) -> ReadTable {
        if own || !self.table.faults.is_empty() {
            return self.table;
        }
        for (entry, sum) in self.table.entries.iter().zip(self.sums) {
            let fault = if !sum.is_zero() {
                let what = Message::new("import.uneven").with("number", &entry.number);
                Some(what.with("sum", sum))
            } else if entry.legs.is_empty() {
                Some(Message::new("import.nothing_ours").with("number", &entry.number))
            } else {
                None
            };
            if let Some(what) = fault {
                let line = entry.line;
                self.table.faults.push(LineFault { line, what });
            }
        }
        self.table
    }
}

fn bad(code: &str, found: &str) -> Message {
    Message::new(code).with("found", found)
}

fn kind_of(word: &str) -> Option<EntryKind> {
    let word: StrDeserializer<'_, Error> = word.into_deserializer();
    EntryKind::deserialize(word).ok()
}

/// What an entry is, by the name of its other side.
fn by_other_side(outside: &str) -> EntryKind {
    match outside {
        "Income:Refill" | "Income:Credit" => EntryKind::Credit,
        "Income:Interest" => EntryKind::Interest,
        "Expenses:Premium" => EntryKind::Premium,
        "Expenses:Withheld" => EntryKind::Withheld,
        "Equity:Opening" => EntryKind::Opening,
        name if name.starts_with("Expenses:") => EntryKind::Spending,
        _ => EntryKind::Transfer,
    }
}

#[cfg(test)]
mod tests;
