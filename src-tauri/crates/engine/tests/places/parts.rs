//! 当年、历年 — a difference in one of two parts of an account, explained by what moves that part.

use gongji_domain::{AccountId, Amount, EmploymentStatus, SubAccountId};
use gongji_engine::{BalanceExplained, CheckedBalance, explain_balance};

use crate::family::{Family, day, exact, shipped, yuan};

/// 宁波，2025-12-20 两部分都对得上：当年 45.00，历年 30.00。元旦当年余下的并入历年，再一次预划 12 个月：
/// 满 45 岁以前 340，以后 370，5 月 10 日满 45，代扣 45：340 × 5 + 370 × 7 − 45 = 4245。1 月 6 日的小病 900，当年账户付。
fn family() -> Family {
    let mut family = Family::default();
    let member = family.member("330200", "1981-06-01", EmploymentStatus::Active, "0.00");
    family.household.accounts[0].opened_on = day("2025-12-20");
    family.balances.clear();
    for (sub, balance) in [("current", "45.00"), ("past", "30.00")] {
        let part = (AccountId(1), SubAccountId::from(sub));
        family.balances.insert(part, yuan(balance));
    }
    family.nothing_used(&shipped(), member, "2025-12-20");
    family.visit(member, "community", "2026-01-06", "900.00");
    family.household.plans[0].recurrence = None;
    family
}

fn explained(family: &Family, sub: &str, difference: &str) -> BalanceExplained {
    let checked = CheckedBalance {
        account: &family.household.accounts[0],
        sub: &SubAccountId::from(sub),
        since: day("2025-12-20"),
        as_of: day("2026-01-31"),
        difference: yuan(difference),
    };
    let (household, balances) = (&family.household, &family.balances);
    explain_balance(&shipped(), household, balances, checked).expect("an answer")
}

fn said(explained: &BalanceExplained) -> Vec<(&str, Amount)> {
    let reasons = explained.reasons.iter();
    reasons
        .map(|reason| (reason.what.code.as_str(), reason.amount))
        .collect()
}

#[test]
fn what_rolled_over_is_missing_in_both_parts() {
    let family = family();
    let past = explained(&family, "past", "45.00");
    assert_eq!(said(&past), [("check.roll_over", exact("45.00"))]);
    assert_eq!((past.together, past.left), (1, yuan("0.00")));
    assert!(!past.reasons[0].sources.is_empty());
}

#[test]
fn three_things_together_explain_the_current_part() {
    let family = family();
    // −45.00 结转 + 4245.00 预划 − 900.00 看病 = 3300.00
    let current = explained(&family, "current", "3300.00");
    let expected = [
        ("check.roll_over", exact("-45.00")),
        ("check.missing_credit", exact("4245.00")),
        ("check.planned", exact("-900.00")),
    ];
    assert_eq!(said(&current), expected);
    assert_eq!((current.together, current.left), (3, yuan("0.00")));
}
