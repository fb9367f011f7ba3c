//! 读分录表 — the table that this program writes, or the lines of a double-entry program: number of the
//! transaction, date, payee, note, account, fen. Nothing is guessed: a line that cannot be read is told
//! with its number.

mod cells;
mod form;
mod names;

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;
use gongji_domain::{AccountId, EntryKind, MemberId, Message, Month, SubAccountId, Yuan};
use serde::Deserialize;
use serde::de::IntoDeserializer;
use serde::de::value::{Error, StrDeserializer};

use cells::{amount, day, month, words};
use form::Form;
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
    /// 有读不了的行的各笔，按文件里的号码
    pub broken: HashSet<String>,
}

/// Where the money of a transaction came from or went to that is no account of the household.
const OUTSIDE: [&str; 4] = ["Income:", "Expenses:", "Equity:", "Liabilities:"];

/// Reads `text`, whose names are those of the household.
pub fn read_table(text: &str, names: Names<'_>) -> ReadTable {
    let text = text.trim_start_matches('\u{feff}');
    let form = match Form::of(text) {
        Ok(form) => form,
        Err(fault) => {
            return ReadTable {
                faults: vec![fault],
                ..ReadTable::default()
            };
        }
    };
    // Most entries have two lines, and none is moved about while the table grows.
    let expected = text.bytes().filter(|byte| *byte == b'\n').count() / 2;
    let mut reading = Reading {
        names: Bearers::of(names),
        table: ReadTable {
            entries: Vec::with_capacity(expected),
            ..ReadTable::default()
        },
        at: None,
        highest: None,
        sums: Vec::with_capacity(expected),
        last: None,
    };
    let mut reader = form::reader(text);
    let mut record = csv::StringRecord::new();
    let mut heading = form.has_heading;
    loop {
        let line = reader.position().line();
        match reader.read_record(&mut record) {
            Ok(false) => break,
            Ok(true) => {}
            Err(error) => {
                let line = error.position().map_or(line, csv::Position::line);
                let what = Message::new("import.unreadable").with("detail", error);
                reading.fault(line, what);
                continue;
            }
        }
        if form::is_blank(&record) {
            continue;
        }
        if heading {
            heading = false;
            continue;
        }
        let line = record.position().map_or(line, csv::Position::line);
        let read = form.fits(&record).and_then(|()| match form.is_own {
            true => reading.own_line(line, &record),
            false => reading.bare_line(line, &record),
        });
        if let Err(what) = read {
            let number = record.get(0).unwrap_or_default().to_owned();
            reading.table.broken.insert(number);
            reading.fault(line, what);
        }
    }
    reading.finish(form.is_own)
}

struct Reading<'a> {
    names: Bearers<'a>,
    table: ReadTable,
    /// Where the entry with each number stands; looked up only where they do not simply rise.
    at: Option<HashMap<String, usize>>,
    /// The highest number so far, as long as they rise.
    highest: Option<u64>,
    /// By entry, the sum over all its lines.
    sums: Vec<Yuan>,
    last: Option<usize>,
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
        let place = self.known(number).unwrap_or_else(|| {
            let place = self.table.entries.len();
            self.table.entries.push(new());
            self.sums.push(Yuan::ZERO);
            if let Some(at) = &mut self.at {
                at.insert(number.to_owned(), place);
            }
            place
        });
        self.last = Some(place);
        place
    }

    /// The entry that was begun with this number before. A number above all so far is a new one.
    fn known(&mut self, number: &str) -> Option<usize> {
        if self.at.is_none() {
            let plain = number.parse().ok();
            let plain = plain.filter(|_| number == "0" || !number.starts_with(['0', '+']));
            if self.table.entries.is_empty() || plain > self.highest && self.highest.is_some() {
                self.highest = plain;
                return None;
            }
            let entries = self.table.entries.iter().enumerate();
            self.at = Some(
                entries
                    .map(|(at, entry)| (entry.number.clone(), at))
                    .collect(),
            );
        }
        self.at.as_ref()?.get(number).copied()
    }

    /// A line of our own export.
    fn own_line(&mut self, line: u64, cells: &csv::StringRecord) -> Result<(), Message> {
        let cell = |at: usize| cells.get(at).unwrap_or_default();
        let on = day(cell(1)).ok_or_else(|| bad("import.bad_day", cell(1)))?;
        let for_month = match cell(2).trim() {
            "" => None,
            text => Some(month(text).ok_or_else(|| bad("import.bad_month", text))?),
        };
        let kind = kind_of(cell(3).trim()).ok_or_else(|| bad("import.bad_kind", cell(3)))?;
        let amount = amount(cell(9)).ok_or_else(|| bad("import.bad_amount", cell(9)))?;
        let owner = words(cell(5)).trim();
        let account = self.names.account(owner, words(cell(6)).trim(), cell(7))?;
        let sub = match words(cell(8)).trim() {
            "" => None,
            sub => Some(SubAccountId::from(sub)),
        };
        let corrects = match cell(11).trim() {
            "" => None,
            number => Some(number.to_owned()),
        };
        let for_member = match words(cell(12)).trim() {
            "" => None,
            name => Some(self.names.member(name, cell(13))?),
        };
        let number = cell(0).trim();
        let place = self.entry(number, || ReadEntry {
            line,
            number: number.to_owned(),
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
            memo: both(words(cell(2)).trim_start(), words(cell(3)).trim_end()),
            legs: Vec::with_capacity(1),
            corrects: None,
            for_member: None,
        });
        if self.table.entries[place].on != on {
            return Err(Message::new("import.other_head").with("number", cell(0)));
        }
        let name = words(cell(4)).trim();
        let account = match OUTSIDE.iter().any(|root| name.starts_with(root)) {
            true => self.names.only(name),
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

    /// In double entry, what the lines of one entry come to.
    fn finish(mut self, is_own: bool) -> ReadTable {
        if is_own {
            return self.table;
        }
        for (entry, sum) in self.table.entries.iter().zip(self.sums) {
            if self.table.broken.contains(&entry.number) {
                continue;
            }
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
                self.table.broken.insert(entry.number.clone());
                self.table.faults.push(LineFault { line, what });
            }
        }
        self.table
    }
}

/// Payee and note as one memo.
fn both(payee: &str, note: &str) -> String {
    match (payee.trim_end(), note.trim_start()) {
        ("", note) => note.to_owned(),
        (payee, "") => payee.to_owned(),
        _ => [payee, " ", note].concat(),
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
