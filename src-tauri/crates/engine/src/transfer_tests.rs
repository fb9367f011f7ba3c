use super::*;
use crate::sample::{self, AID, WALLET};

/// 甲地：家庭账户只转 2000 元以上的，每月一次。
const FAMILY: &str = r#"
[[transfer]]
id = "family"
from = 2023-01-01
source = "S 第三条"
of = "family_account"
keeps_back = "2000.00"
at_most_each = "none"
times_per = "month"
times = 1
[[quota]]
id = "reservation"
from = 2026-01-09
source = "S 第四条"
release = "at_end_of_relation"
"#;

fn library(wallet: &str) -> Library {
    let family = format!("{AID}{FAMILY}");
    sample::library(&[("mutual-aid", &family), ("mutual-aid", wallet)])
}

fn exact(text: &str) -> Amount {
    Amount::Exact(text.parse().unwrap())
}

fn to(text: &str) -> Amount {
    Amount::between(Yuan::ZERO, text.parse().unwrap())
}

fn ask(asked: &TransferAsked, on: &str, wallet: &str) -> TransferVerdict {
    let on = on.parse().unwrap();
    transfer_verdict(
        &library(wallet),
        &PoolId::from("990100"),
        Scheme::Employee,
        asked,
        on,
    )
}

fn family(balance: &str, wished: Option<&str>, done: u32) -> TransferAsked {
    TransferAsked {
        wished: wished.map(|wished| wished.parse().unwrap()),
        done,
        ..TransferAsked::of(AidKind::FamilyAccount, exact(balance))
    }
}

#[test]
fn a_family_account_takes_what_is_above_the_rest_once_a_month() {
    for (balance, wished, done, allowed, reason) in [
        ("1999.99", None, 0, "0.00", "transfer.keeps_back"),
        ("2000.00", None, 0, "0.00", "transfer.keeps_back"),
        ("2000.01", None, 0, "0.01", "transfer.keeps_back"),
        ("3500.00", Some("1500.00"), 0, "1500.00", "transfer.allowed"),
        (
            "3500.00",
            Some("1500.01"),
            0,
            "1500.00",
            "transfer.keeps_back",
        ),
        (
            "3500.00",
            Some("100.00"),
            1,
            "0.00",
            "transfer.times_a_month",
        ),
        ("-10.00", None, 0, "0.00", "transfer.keeps_back"),
    ] {
        let verdict = ask(&family(balance, wished, done), "2023-06-01", WALLET);
        assert_eq!(
            verdict.allowed,
            exact(allowed),
            "{balance} {wished:?} {done}"
        );
        assert_eq!(verdict.reason.code, reason, "{balance} {wished:?} {done}");
        assert!(verdict.open.is_empty());
    }
}

#[test]
fn a_wallet_takes_so_much_at_once_so_often_and_not_at_night() {
    for (wished, done, at, allowed, in_period, reason) in [
        (
            "2000.00",
            0,
            "21:59",
            "2000.00",
            "2000.00",
            "transfer.allowed",
        ),
        ("2000.01", 0, "12:00", "2000.00", "2000.01", "transfer.each"),
        ("9000.00", 1, "12:00", "2000.00", "4000.00", "transfer.each"),
        ("100.00", 2, "06:00", "100.00", "100.00", "transfer.allowed"),
        ("100.00", 3, "12:00", "0.00", "0.00", "transfer.times_a_day"),
        ("100.00", 0, "22:00", "0.00", "0.00", "transfer.closed"),
        ("100.00", 0, "05:59", "0.00", "0.00", "transfer.closed"),
    ] {
        let asked = TransferAsked {
            wished: Some(wished.parse().unwrap()),
            done,
            at: Some(NaiveTime::parse_from_str(at, "%H:%M").unwrap()),
            ..TransferAsked::of(AidKind::WalletTransfer, exact("50000.00"))
        };
        let verdict = ask(&asked, "2025-06-01", WALLET);
        let found = (
            verdict.allowed,
            verdict.in_period,
            verdict.reason.code.as_str(),
        );
        assert_eq!(
            found,
            (exact(allowed), exact(in_period), reason),
            "{wished} {done} {at}"
        );
        assert!(verdict.if_not_accepted.is_some());
    }
}

#[test]
fn a_limit_that_is_not_known_leaves_it_open_and_is_asked() {
    let kept = WALLET.replace(
        "keeps_back = \"0.00\"",
        "keeps_back = \"unknown\"\nask = \"留多少？\"",
    );
    let asked = TransferAsked::of(AidKind::WalletTransfer, exact("5000.00"));
    let verdict = ask(&asked, "2025-06-01", &kept);
    assert_eq!(
        (verdict.allowed, verdict.in_period),
        (to("2000.00"), to("5000.00"))
    );
    assert_eq!(verdict.open[0].key, "cell:mutual_aid.keeps_back");
    assert_eq!(verdict.open[0].ask.as_deref(), Some("留多少？"));
    let often = WALLET.replace(
        "times_per = \"day\"\ntimes = 3",
        "times_per = \"unknown\"\nask = \"几次？\"",
    );
    let first = ask(&asked, "2025-06-01", &often);
    assert_eq!(
        (first.allowed, first.in_period),
        (
            exact("2000.00"),
            Amount::between("2000.00".parse().unwrap(), "5000.00".parse().unwrap())
        )
    );
    let second = ask(&TransferAsked { done: 1, ..asked }, "2025-06-01", &often);
    assert_eq!(
        (second.allowed, second.open[0].key.as_str()),
        (to("2000.00"), "cell:mutual_aid.times")
    );
}

#[test]
fn without_a_rule_or_a_balance_nothing_is_promised() {
    let before = ask(
        &TransferAsked::of(AidKind::WalletTransfer, exact("5000.00")),
        "2024-12-01",
        WALLET,
    );
    assert_eq!(
        (before.allowed, before.open[0].key.as_str()),
        (Amount::UNKNOWN, "rule")
    );
    let nobody = TransferAsked::of(AidKind::FamilyAccount, Amount::UNKNOWN);
    let verdict = ask(&nobody, "2025-06-01", WALLET);
    assert_eq!(
        (verdict.allowed, verdict.open[0].key.as_str()),
        (Amount::UNKNOWN, "balance")
    );
    let wallet = ask(
        &TransferAsked::of(AidKind::WalletTransfer, Amount::UNKNOWN),
        "2025-06-01",
        WALLET,
    );
    assert_eq!(wallet.allowed, to("2000.00"));
}

#[test]
fn what_is_reserved_for_others_is_not_available() {
    let asked = |quotas: &[&str]| TransferAsked {
        quotas: quotas.iter().map(|quota| quota.parse().unwrap()).collect(),
        ..family("5000.00", None, 0)
    };
    for (quotas, on, available, allowed) in [
        (&[][..], "2026-01-09", exact("5000.00"), exact("3000.00")),
        (
            &["1000.00", "650.00"],
            "2026-01-09",
            exact("3350.00"),
            exact("1350.00"),
        ),
        (&["6000.00"], "2026-01-09", exact("0.00"), exact("0.00")),
        (
            &["1000.00"],
            "2026-01-08",
            Amount::between("4000.00".parse().unwrap(), "5000.00".parse().unwrap()),
            Amount::between("2000.00".parse().unwrap(), "3000.00".parse().unwrap()),
        ),
    ] {
        let verdict = ask(&asked(quotas), on, WALLET);
        assert_eq!(
            (verdict.available, verdict.allowed),
            (available, allowed),
            "{quotas:?} {on}"
        );
    }
}
