//! 别的记账程序读我们的导出 — the real hledger and beancount accept it, and come to our balances.
//!
//! Where they are not installed these tests are not run: `cargo xtask test` says so.

#![allow(
    clippy::unwrap_used,
    reason = "helpers of tests stop at the first thing that is not as it should be"
)]

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

use chrono::NaiveDate;
use gongji_api::{ExportFormat, Gongji, Language, Shelf};
use gongji_domain::Yuan;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// The made-up family, with what such a record holds besides: a correction, and odd characters.
fn family(folder: &Path) -> Gongji {
    let file = folder.join("household.sqlite");
    let mut gongji = Gongji::open_file(file.clone(), Shelf::shipped(false));
    gongji.fill_demo(day("2026-11-20")).unwrap();
    let text = String::from_utf8(
        gongji
            .export(ExportFormat::Json, Language::Chinese, day("2026-11-20"))
            .unwrap(),
    )
    .unwrap();
    let mut record: serde_json::Value = serde_json::from_str(&text).unwrap();
    let entries = record["entries"].as_array_mut().unwrap();
    let mut odd = entries[0].clone();
    odd["id"] = serde_json::json!(9001);
    odd["kind"] = serde_json::json!("spending");
    odd["memo"] = serde_json::json!("=1+1; \"引号\" \\ | 王(敏) {x} #tag ^link");
    odd["legs"][0]["amount"] = serde_json::json!("-0.01");
    let mut mended = odd.clone();
    mended["id"] = serde_json::json!(9002);
    mended["kind"] = serde_json::json!("correction");
    mended["corrects"] = serde_json::json!(9001);
    mended["legs"][0]["amount"] = serde_json::json!("-1234567.88");
    entries.extend([odd, mended]);
    drop(gongji);
    let copy = folder.join("copy.sqlite");
    Gongji::import_text(
        Some(copy.clone()),
        Shelf::shipped(false),
        day("2026-11-20"),
        &record.to_string(),
    )
    .unwrap();
    Gongji::open_file(copy, Shelf::shipped(false))
}

/// What our own record comes to, by account.
fn ours(gongji: &Gongji) -> BTreeMap<String, i64> {
    let mut balances = BTreeMap::new();
    for (account, _, balance) in gongji.monthly_closings().unwrap() {
        balances.insert(account.to_string(), balance.fen());
    }
    balances
}

/// `Assets:…:A<account>-…` → the account's number.
fn account_of(name: &str) -> Option<String> {
    let part = name.split(':').nth(3)?.strip_prefix('A')?;
    Some(part.split('-').next()?.to_owned())
}

fn said(program: &str, words: &[&str]) -> String {
    let output = Command::new(program).args(words).output().unwrap();
    assert!(
        output.status.success(),
        "{program} {words:?}\n{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8(output.stdout).unwrap()
}

fn written(gongji: &Gongji, folder: &Path, format: ExportFormat) -> String {
    let path = folder.join(format!("record.{}", format.word()));
    let bytes = gongji
        .export(format, Language::Chinese, day("2026-11-20"))
        .unwrap();
    std::fs::write(&path, bytes).unwrap();
    path.display().to_string()
}

fn sums(lines: impl Iterator<Item = (String, Yuan)>) -> BTreeMap<String, i64> {
    let mut sums = BTreeMap::new();
    for (name, amount) in lines {
        if let Some(account) = account_of(&name) {
            *sums.entry(account).or_default() += amount.fen();
        }
    }
    sums
}

#[test]
#[ignore = "needs hledger"]
fn hledger_comes_to_the_same_balances() {
    let folder = tempfile::tempdir().unwrap();
    let gongji = family(folder.path());
    let journal = written(&gongji, folder.path(), ExportFormat::Hledger);
    said(
        "hledger",
        &["check", "--strict", "ordereddates", "-f", &journal],
    );
    let balances = said(
        "hledger",
        &[
            "balance",
            "-f",
            &journal,
            "--flat",
            "--empty",
            "--no-total",
            "-O",
            "csv",
            "Assets",
        ],
    );
    let lines = balances.lines().skip(1).map(|line| {
        let (name, amount) = line.trim_matches('"').split_once("\",\"").unwrap();
        let amount = amount.trim_end_matches(" CNY");
        (name.to_owned(), amount.parse().unwrap_or(Yuan::ZERO))
    });
    let ours = ours(&gongji);
    assert!(ours.values().any(|balance| *balance != 0));
    assert_eq!(sums(lines), ours);
}

#[test]
#[ignore = "needs beancount"]
fn beancount_comes_to_the_same_balances() {
    let folder = tempfile::tempdir().unwrap();
    let gongji = family(folder.path());
    let ledger = written(&gongji, folder.path(), ExportFormat::Beancount);
    said("bean-check", &[&ledger]);
    let balances = said(
        "bean-query",
        &[
            "-f",
            "csv",
            &ledger,
            "SELECT account, sum(number) WHERE account ~ '^Assets' GROUP BY account",
        ],
    );
    let lines = balances.lines().skip(1).map(|line| {
        let (name, amount) = line.split_once(',').unwrap();
        (name.trim().to_owned(), amount.trim().parse().unwrap())
    });
    let ours = ours(&gongji);
    assert!(ours.values().any(|balance| *balance != 0));
    assert_eq!(sums(lines), ours);
}
