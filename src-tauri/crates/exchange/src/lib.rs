//! 别的程序的文件 — the household record as plain-text accounting, tables and a calendar. Values in,
//! text or bytes out; nothing here touches the disk or reads a clock.

mod beancount;
mod books;
mod calendar;
mod decoding;
mod hledger;
mod read_table;
mod safe_text;
mod table;
mod workbook;

#[cfg(test)]
mod sample;

pub use beancount::beancount;
pub use books::{BookAccount, Books, BooksProblem, Check, Posting, Transaction};
pub use calendar::{CalendarEvent, calendar};
pub use decoding::decoded;
pub use hledger::hledger;
pub use read_table::{LineFault, Names, ReadEntry, ReadLeg, ReadTable, read_table};
pub use table::{TableProblem, csv_table};
pub use workbook::{SheetNames, WorkbookProblem, workbook};

/// 货币 — the only one there is.
const CURRENCY: &str = "CNY";
