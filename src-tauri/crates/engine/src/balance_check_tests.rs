//! 甲地：在职每月 10000 × 2% = 200.00，退休每月 100.00 扣 3.00，次月 5 日前到。

use gongji_domain::{AccountId, EmploymentStatus, EntryId, Leg, MemberId};

use super::*;
use crate::project::tests::{Family, day, exact, library, yuan};

fn entry(id: u32, kind: EntryKind, on: &str, month: Option<&str>, amount: &str) -> Entry {
    Entry {
        id: EntryId(id),
        on: day(on),
        for_month: month.map(|month| month.parse().expect("a month")),
        kind,
        memo: String::new(),
        legs: vec![Leg {
            account: AccountId(1),
            sub: Some(SubAccountId::from("book")),
            amount: yuan(amount),
        }],
        corrects: None,
        settlement: None,
        for_member: None,
    }
}

/// What explains `difference` on 2026-04-10 of a balance that was right on 2026-01-10.
fn explained(family: &Family, difference: &str) -> BalanceExplained {
    let checked = CheckedBalance {
        account: &family.household.accounts[0],
        sub: &SubAccountId::from("book"),
        since: day("2026-01-10"),
        as_of: day("2026-04-10"),
        difference: yuan(difference),
    };
    explain_balance(&library(), &family.household, &family.balances, checked).expect("an answer")
}

fn said(explained: &BalanceExplained) -> Vec<(String, Amount)> {
    let reasons = explained.reasons.iter();
    reasons
        .map(|reason| (reason.what.code.clone(), reason.amount))
        .collect()
}

fn one(code: &str, amount: &str) -> (String, Amount) {
    (code.to_owned(), exact(amount))
}

/// 父亲，1、2、3 月的钱在 2、3、4 月 5 日前到；记了其中几笔
fn father(recorded: &[(&str, &str, &str)]) -> Family {
    let mut family = Family::default();
    let father = family.member("父亲", "1960-05-20", EmploymentStatus::Retired, "500.00");
    family.fresh(father, "2026-01-10");
    family.household.entries = (1..)
        .zip(recorded)
        .map(|(id, (on, month, amount))| entry(id, EntryKind::Credit, on, Some(month), amount))
        .collect();
    family
}

const ALL: [(&str, &str, &str); 3] = [
    ("2026-02-04", "2026-01", "97.00"),
    ("2026-03-04", "2026-02", "97.00"),
    ("2026-04-03", "2026-03", "97.00"),
];

#[test]
fn a_credit_that_was_not_recorded_is_the_reason() {
    let explained = explained(&father(&ALL[..2]), "97.00");
    assert_eq!(said(&explained), [one("check.missing_credit", "97.00")]);
    assert_eq!((explained.together, explained.left), (1, Yuan::ZERO));
    let reason = &explained.reasons[0];
    assert_eq!(
        reason.what.params.get("month").map(String::as_str),
        Some("2026-03")
    );
    assert_eq!(reason.on, Some(day("2026-04-05")));
    assert!(!reason.sources.is_empty());
}

#[test]
fn what_is_withheld_was_forgotten() {
    // 每次记了毛额 100.00，其实扣 3.00：三个月差 −9.00。
    let gross = ALL.map(|(on, month, _)| (on, month, "100.00"));
    let explained = explained(&father(&gross), "-9.00");
    assert_eq!(said(&explained), vec![one("check.withheld", "-3.00"); 3]);
    assert_eq!(explained.together, 3);
}

/// 1、2、3 月都记毛额 100.00；代扣 3.00 另记了的，不再说一遍：写了月份的看月份，没有写的看同一天的划入。
#[test]
fn what_is_withheld_and_recorded_is_no_reason() {
    let gross = ALL.map(|(on, month, _)| (on, month, "100.00"));
    for (recorded, difference, expected) in [
        (&[("2026-03-04", None)][..], "-6.00", 2),
        (&[("2026-03-20", Some("2026-02"))], "-6.00", 2),
        (&[("2026-02-04", None), ("2026-03-04", None)], "-3.00", 1),
        (
            &[
                ("2026-02-04", None),
                ("2026-03-04", None),
                ("2026-04-03", None),
            ],
            "-3.00",
            0,
        ),
    ] {
        let mut family = father(&gross);
        let withheld = (9..)
            .zip(recorded)
            .map(|(id, (on, month))| entry(id, EntryKind::Withheld, on, *month, "-3.00"));
        family.household.entries.extend(withheld);
        let explained = explained(&family, difference);
        assert_eq!(
            said(&explained),
            vec![one("check.withheld", "-3.00"); expected],
            "{recorded:?}"
        );
    }
    // Another sum than what is withheld is told as another sum.
    let mut family = father(&[gross[0], ALL[1], ALL[2]]);
    let more = entry(9, EntryKind::Withheld, "2026-02-04", None, "-5.00");
    family.household.entries.push(more);
    let explained = explained(&family, "2.00");
    assert_eq!(said(&explained), [one("check.other_credit", "2.00")]);
}

#[test]
fn as_few_reasons_as_possible_explain_it() {
    // 差 97.00：少记一笔就够，不用再说另一笔多了 3.00。
    let mut recorded = vec![ALL[0]];
    recorded.push(("2026-04-03", "2026-03", "100.00"));
    let explained = explained(&father(&recorded), "97.00");
    assert_eq!(said(&explained), [one("check.missing_credit", "97.00")]);
}

#[test]
fn two_reasons_together_explain_it() {
    // 97.00 少记，另一笔按毛额多记 3.00：94.00。
    let recorded = [ALL[0], ("2026-04-03", "2026-03", "100.00")];
    let explained = explained(&father(&recorded), "94.00");
    assert_eq!(
        said(&explained),
        [
            one("check.missing_credit", "97.00"),
            one("check.withheld", "-3.00")
        ]
    );
    assert_eq!((explained.together, explained.left), (2, Yuan::ZERO));
}

#[test]
fn planned_spending_that_was_not_recorded_is_a_reason() {
    let mut family = father(&ALL);
    // 起付线 300 以内全由个人付。
    family.plan(MemberId(1), "2026-02-20", "80.00", None);
    let explained_by = explained(&family, "-80.00");
    assert_eq!(said(&explained_by), [one("check.planned", "-80.00")]);
    // Recorded a few days later, it is no reason any more.
    let spent = entry(9, EntryKind::Spending, "2026-02-23", None, "-80.00");
    family.household.entries.push(spent);
    let explained = explained(&family, "-80.00");
    assert_eq!(said(&explained), []);
    assert_eq!((explained.together, explained.left), (0, yuan("-80.00")));
}

#[test]
fn what_nothing_explains_is_left() {
    let explained = explained(&father(&ALL[..2]), "-41.50");
    // 少记的进账只会让差额往上，说明不了少了钱。
    assert_eq!(said(&explained), []);
    assert_eq!((explained.together, explained.left), (0, yuan("-41.50")));
}

#[test]
fn a_part_of_it_may_have_a_reason() {
    let explained = explained(&father(&ALL[..2]), "120.00");
    assert_eq!(said(&explained), [one("check.missing_credit", "97.00")]);
    assert_eq!((explained.together, explained.left), (0, yuan("120.00")));
}

#[test]
fn an_agreeing_balance_has_no_reasons() {
    assert_eq!(
        explained(&father(&ALL), "0.00"),
        BalanceExplained::default()
    );
}

/// 一个账户有两部分：各说各的。
#[test]
fn of_several_parts_each_is_told_by_itself() {
    let mut family = father(&ALL[..2]);
    let mut past = entry(8, EntryKind::Opening, "2026-01-10", None, "100.00");
    past.legs[0].sub = Some(SubAccountId::from("past"));
    family.household.entries.push(past);
    let explained = explained(&family, "97.00");
    assert_eq!(said(&explained), [one("check.missing_credit", "97.00")]);
    assert_eq!((explained.together, explained.left), (1, yuan("0.00")));
}
