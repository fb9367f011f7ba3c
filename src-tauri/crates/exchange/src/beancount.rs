//! beancount 的账 — a stated balance that agrees is asserted at the beginning of the next day, as
//! beancount reads a balance.

use std::fmt::Write as _;

use chrono::Days;
use gongji_domain::{EntryKind, Household};

use crate::CURRENCY;
use crate::books::{Books, BooksProblem, Check, Transaction};
use crate::safe_text::one_line;

/// The record as a ledger of beancount. `word` names the kinds of entry.
///
/// # Errors
/// Where the record cannot be written as books.
pub fn beancount(
    household: &Household,
    word: impl Fn(EntryKind) -> String,
) -> Result<String, BooksProblem> {
    let books = Books::of(household)?;
    let mut text = String::new();
    let mut line = |line: String| {
        text.push_str(&line);
        text.push('\n');
    };
    line(format!("option \"title\" {}", quoted(&household.name)));
    line(format!("option \"operating_currency\" \"{CURRENCY}\""));
    line(String::new());
    for account in &books.accounts {
        line(format!(
            "{} open {} {CURRENCY}",
            account.opened_on, account.name
        ));
    }
    for transaction in &books.transactions {
        line(booked(transaction, &word));
    }
    for check in &books.checks {
        line(checked(check));
    }
    Ok(text)
}

fn booked(transaction: &Transaction<'_>, word: impl Fn(EntryKind) -> String) -> String {
    let entry = transaction.entry;
    let kind = quoted(&word(entry.kind));
    let mut text = format!("\n{} * {kind} {}", entry.on, quoted(&entry.memo));
    let _ = write!(text, "\n  entry: {}", entry.id);
    if let Some(month) = entry.for_month {
        let _ = write!(text, "\n  for-month: \"{month}\"");
    }
    if let Some(corrected) = entry.corrects {
        let _ = write!(text, "\n  corrects: {corrected}");
    }
    for posting in &transaction.postings {
        let _ = write!(
            text,
            "\n  {}  {} {CURRENCY}",
            posting.account, posting.amount
        );
    }
    text
}

fn checked(check: &Check) -> String {
    let Check {
        on,
        account,
        stated,
        recorded,
    } = check;
    match (stated == recorded, on.checked_add_days(Days::new(1))) {
        (true, Some(next)) => format!("\n{next} balance {account}  {stated} {CURRENCY}"),
        _ => format!("\n; {on} {account}: 看到 {stated}，记下 {recorded}"),
    }
}

fn quoted(text: &str) -> String {
    let text = one_line(text).replace('\\', "\\\\").replace('"', "\\\"");
    format!("\"{text}\"")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::{family, word};

    #[test]
    fn a_ledger() {
        let ledger = beancount(&family(), word).unwrap();
        let expected = "\
option \"title\" \"我们家\"
option \"operating_currency\" \"CNY\"

2026-01-01 open Assets:Cash:M2-王敏:A2-微信-零钱 CNY
2025-12-31 open Assets:Medical:M1-王敏:A1-北京市 CNY
2026-01-01 open Assets:Medical:M1-王敏:A1-北京市:S-book CNY
2026-01-01 open Equity:Opening CNY
2026-01-09 open Expenses:Medical CNY
2026-01-05 open Income:Credit CNY

2026-01-01 * \"期初余额\" \"\"
  entry: 1
  Assets:Medical:M1-王敏:A1-北京市:S-book  300.00 CNY
  Equity:Opening  -300.00 CNY

2026-01-05 * \"划入\" \"\"
  entry: 2
  for-month: \"2025-12\"
  Assets:Medical:M1-王敏:A1-北京市:S-book  190.00 CNY
  Income:Credit  -190.00 CNY

2026-01-09 * \"看病购药\" \"感冒; \\\"复诊\\\" 取药\"
  entry: 3
  Assets:Medical:M1-王敏:A1-北京市:S-book  -120.00 CNY
  Assets:Cash:M2-王敏:A2-微信-零钱  -30.50 CNY
  Expenses:Medical  150.50 CNY

2026-01-12 * \"更正\" \"\"
  entry: 4
  corrects: 2
  Assets:Medical:M1-王敏:A1-北京市:S-book  -10.00 CNY
  Income:Credit  10.00 CNY

2026-02-01 * \"转账\" \"\"
  entry: 5
  Assets:Medical:M1-王敏:A1-北京市:S-book  -50.00 CNY
  Assets:Cash:M2-王敏:A2-微信-零钱  50.00 CNY

2026-01-11 balance Assets:Medical:M1-王敏:A1-北京市  370.00 CNY

; 2026-01-31 Assets:Medical:M1-王敏:A1-北京市:S-book: 看到 365.00，记下 360.00
";
        assert_eq!(ledger, expected);
    }
}
