//! 工作簿 — the entries, and the balance of every account at the end of every month, as XLSX.

use std::collections::BTreeMap;

use gongji_domain::{AccountId, EntryKind, Household, Month, Yuan};
use rust_xlsxwriter::{Format, Workbook, Worksheet, XlsxError};

use crate::table::{AMOUNT, COLUMNS, lines};

/// Why the workbook could not be written.
#[derive(Debug, thiserror::Error)]
pub enum WorkbookProblem {
    /// The writer gave up: more lines than a sheet has, a text longer than a cell holds.
    #[error("写不成工作簿：{0}")]
    Xlsx(#[from] XlsxError),
    /// An amount that the file could not hold to the fen.
    #[error("{0} 元写进工作簿会走样")]
    Inexact(Yuan),
}

/// 各表的名称
#[derive(Clone, Debug)]
pub struct SheetNames {
    /// 分录
    pub entries: String,
    /// 月末余额
    pub balances: String,
}

/// The record as a workbook of two sheets.
///
/// # Errors
/// Where a text is too long for a cell, there are too many lines, or an amount would not be exact.
pub fn workbook(
    household: &Household,
    names: &SheetNames,
    word: impl Fn(EntryKind) -> String,
) -> Result<Vec<u8>, WorkbookProblem> {
    let mut book = Workbook::new();
    let money = Format::new().set_num_format("#,##0.00");
    let head = Format::new().set_bold();
    entries(
        book.add_worksheet().set_name(&names.entries)?,
        household,
        (&head, &money),
        word,
    )?;
    balances(
        book.add_worksheet().set_name(&names.balances)?,
        household,
        (&head, &money),
    )?;
    Ok(book.save_to_buffer()?)
}

fn entries(
    sheet: &mut Worksheet,
    household: &Household,
    (head, money): (&Format, &Format),
    word: impl Fn(EntryKind) -> String,
) -> Result<(), WorkbookProblem> {
    for (column, name) in (0..).zip(COLUMNS) {
        sheet.write_string_with_format(0, column, name, head)?;
    }
    for (row, line) in (1..).zip(lines(household, word)) {
        for (column, text) in line.texts.iter().enumerate() {
            let place = u16::try_from(column).unwrap_or(u16::MAX);
            if column == AMOUNT {
                sheet.write_number_with_format(row, place, exact(line.amount)?, money)?;
            } else {
                sheet.write_string(row, place, text)?;
            }
        }
    }
    sheet.set_freeze_panes(1, 0)?;
    Ok(())
}

fn balances(
    sheet: &mut Worksheet,
    household: &Household,
    (head, money): (&Format, &Format),
) -> Result<(), WorkbookProblem> {
    for (column, name) in (0..).zip(["account_number", "account", "month", "balance"]) {
        sheet.write_string_with_format(0, column, name, head)?;
    }
    let closings = closings(household);
    for (row, (account, month, balance)) in (1..).zip(closings) {
        let name = household.accounts.iter().find(|one| one.id == account);
        sheet.write_string(row, 0, account.to_string())?;
        sheet.write_string(row, 1, name.map_or("", |one| one.name.as_str()))?;
        sheet.write_string(row, 2, month.to_string())?;
        sheet.write_number_with_format(row, 3, exact(balance)?, money)?;
    }
    sheet.set_freeze_panes(1, 0)?;
    Ok(())
}

/// 月末余额 — of each account in each month from its first entry to the record's last one.
fn closings(household: &Household) -> Vec<(AccountId, Month, Yuan)> {
    let mut changes: BTreeMap<AccountId, BTreeMap<Month, Yuan>> = BTreeMap::new();
    let mut last = None;
    for entry in &household.entries {
        let month = Month::of(entry.on);
        last = last.max(Some(month));
        for leg in &entry.legs {
            let of_account = changes.entry(leg.account).or_default();
            *of_account.entry(month).or_default() += leg.amount;
        }
    }
    let mut closings = Vec::new();
    for (account, months) in changes {
        let mut balance = Yuan::ZERO;
        let mut month = months.keys().next().copied();
        while let Some(at) = month.filter(|at| Some(*at) <= last) {
            balance += months.get(&at).copied().unwrap_or_default();
            closings.push((account, at, balance));
            month = Some(at.plus(1));
        }
    }
    closings
}

/// A workbook knows binary numbers only. Up to what a household holds the nearest one is written with
/// the very digits of the amount; that is looked at for each, and nothing is reckoned with it.
fn exact(amount: Yuan) -> Result<f64, WorkbookProblem> {
    let digits = amount.to_string();
    let nearest: f64 = digits
        .parse()
        .map_err(|_| WorkbookProblem::Inexact(amount))?;
    match format!("{nearest:.2}") == digits || amount.is_zero() {
        true => Ok(nearest),
        false => Err(WorkbookProblem::Inexact(amount)),
    }
}

#[cfg(test)]
mod tests {
    use calamine::{Data, Reader, Xlsx};

    use super::*;
    use crate::sample::{family, word, yuan};

    fn names() -> SheetNames {
        SheetNames {
            entries: "分录".to_owned(),
            balances: "月末余额".to_owned(),
        }
    }

    #[test]
    fn a_workbook_reads_back_as_it_was_written() {
        let mut household = family();
        household.entries[3].memo = "=1+1".to_owned();
        let bytes = workbook(&household, &names(), word).unwrap();
        let mut book = Xlsx::new(std::io::Cursor::new(bytes)).unwrap();
        assert_eq!(book.sheet_names(), ["分录", "月末余额"]);
        let entries = book.worksheet_range("分录").unwrap();
        assert_eq!(entries.height(), 8);
        let spending: Vec<String> = entries
            .rows()
            .nth(3)
            .unwrap()
            .iter()
            .map(Data::to_string)
            .collect();
        assert_eq!(spending[9..11], ["-120", "'=1+1"]);
        let balances = book.worksheet_range("月末余额").unwrap();
        let lines: Vec<String> = balances
            .rows()
            .skip(1)
            .map(|row| {
                row.iter()
                    .map(Data::to_string)
                    .collect::<Vec<_>>()
                    .join(" ")
            })
            .collect();
        assert_eq!(
            lines,
            [
                "1 北京市 2026-01 360",
                "1 北京市 2026-02 310",
                "2 微信 零钱 2026-01 -30.5",
                "2 微信 零钱 2026-02 19.5",
            ]
        );
    }

    #[test]
    fn amounts_keep_their_digits() {
        for text in [
            "0.01",
            "-0.10",
            "0.00",
            "1234567.89",
            "10000000000.00",
            "-9999999999.99",
        ] {
            let number = exact(yuan(text)).unwrap();
            assert_eq!(format!("{number:.2}"), text);
        }
    }
}
