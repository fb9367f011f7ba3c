//! hledger 的账 — accounts and the currency declared, so that the strict checks pass; stated balances
//! that agree are asserted, those that do not stand as a comment.

use std::fmt::Write as _;

use gongji_domain::{EntryKind, Household};

use crate::CURRENCY;
use crate::books::{Books, BooksProblem, Check, Transaction};
use crate::safe_text::one_line;

/// The record as a journal of hledger. `word` names the kinds of entry.
///
/// # Errors
/// Where the record cannot be written as books.
pub fn hledger(
    household: &Household,
    word: impl Fn(EntryKind) -> String,
) -> Result<String, BooksProblem> {
    let books = Books::of(household)?;
    let mut text = String::new();
    let mut line = |line: String| {
        text.push_str(&line);
        text.push('\n');
    };
    line(format!("; {}", one_line(&household.name)));
    line("decimal-mark .".to_owned());
    line(format!("commodity 1000.00 {CURRENCY}"));
    line(String::new());
    for account in &books.accounts {
        line(format!("account {}", account.name));
    }
    let mut checks = books.checks.iter().peekable();
    for transaction in &books.transactions {
        while let Some(check) = checks.next_if(|check| check.on < transaction.entry.on) {
            line(checked(check));
        }
        line(booked(transaction, &word));
    }
    for check in checks {
        line(checked(check));
    }
    Ok(text)
}

fn booked(transaction: &Transaction<'_>, word: impl Fn(EntryKind) -> String) -> String {
    let entry = transaction.entry;
    let memo = one_line(&entry.memo).replace([';', '|'], "-");
    let said = match memo.as_str() {
        "" => one_line(&word(entry.kind)),
        memo => memo.to_owned(),
    };
    let mut tags = format!("entry:{}, kind:{}", entry.id, one_line(&word(entry.kind)));
    if let Some(month) = entry.for_month {
        let _ = write!(tags, ", for_month:{month}");
    }
    if let Some(corrected) = entry.corrects {
        let _ = write!(tags, ", corrects:{corrected}");
    }
    let mut text = format!("\n{} * {said}  ; {tags}", entry.on);
    for posting in &transaction.postings {
        let _ = write!(
            text,
            "\n    {}  {} {CURRENCY}",
            posting.account, posting.amount
        );
    }
    text
}

/// A posting of nothing that asserts the balance of the account with all its parts.
fn checked(check: &Check) -> String {
    let Check {
        on,
        account,
        stated,
        recorded,
    } = check;
    match stated == recorded {
        true => format!("\n{on} * 核对余额\n    {account}  0.00 {CURRENCY} =* {stated} {CURRENCY}"),
        false => format!("\n; {on} {account}: 看到 {stated}，记下 {recorded}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::{family, word};

    #[test]
    fn a_journal() {
        let journal = hledger(&family(), word).unwrap();
        let expected = "\
; 我们家
decimal-mark .
commodity 1000.00 CNY

account Assets:Cash:M2-王敏:A2-微信-零钱
account Assets:Medical:M1-王敏:A1-北京市
account Assets:Medical:M1-王敏:A1-北京市:S-book
account Equity:Opening
account Expenses:Medical
account Income:Credit

2026-01-01 * 期初余额  ; entry:1, kind:期初余额
    Assets:Medical:M1-王敏:A1-北京市:S-book  300.00 CNY
    Equity:Opening  -300.00 CNY

2026-01-05 * 划入  ; entry:2, kind:划入, for_month:2025-12
    Assets:Medical:M1-王敏:A1-北京市:S-book  190.00 CNY
    Income:Credit  -190.00 CNY

2026-01-09 * 感冒- \"复诊\" 取药  ; entry:3, kind:看病购药
    Assets:Medical:M1-王敏:A1-北京市:S-book  -120.00 CNY
    Assets:Cash:M2-王敏:A2-微信-零钱  -30.50 CNY
    Expenses:Medical  150.50 CNY

2026-01-10 * 核对余额
    Assets:Medical:M1-王敏:A1-北京市  0.00 CNY =* 370.00 CNY

2026-01-12 * 更正  ; entry:4, kind:更正, corrects:2
    Assets:Medical:M1-王敏:A1-北京市:S-book  -10.00 CNY
    Income:Credit  10.00 CNY

; 2026-01-31 Assets:Medical:M1-王敏:A1-北京市:S-book: 看到 365.00，记下 360.00

2026-02-01 * 转账  ; entry:5, kind:转账
    Assets:Medical:M1-王敏:A1-北京市:S-book  -50.00 CNY
    Assets:Cash:M2-王敏:A2-微信-零钱  50.00 CNY
";
        assert_eq!(journal, expected);
    }
}
