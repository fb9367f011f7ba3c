//! 分段与重演 — projecting in two parts comes to the same as projecting at once, and what was recorded is
//! what would have been projected.

use std::cell::Cell;

use chrono::{Days, NaiveDate};
use gongji_domain::{AccountId, Month, PlanItemId, PlannedSpending, Yuan};
use gongji_engine::{EventKind, Projection};
use proptest::prelude::*;
use proptest::test_runner::TestRunner;

use crate::family::{Family, Home, ONE_BOOK, cases, family};
use crate::record::{held, record};

/// Whether the projection knows every balance and every bill to the fen.
fn determined(projection: &Projection) -> bool {
    let months = projection.months.iter();
    let rows = months.flat_map(|row| [row.opening, row.credited, row.closing, row.cash_paid]);
    let bills = projection
        .events
        .iter()
        .filter_map(|event| event.split.as_ref());
    let bills = bills.flat_map(|split| [split.fund_paid, split.own_account_paid, split.cash_paid]);
    rows.chain(bills).all(|amount| amount.exact().is_some())
}

/// What is in the accounts at the end, by member.
fn closing(home: &Home, projection: &Projection) -> Vec<(AccountId, Option<Yuan>)> {
    let last = projection.months.last().unwrap().month;
    let rows = projection.months.iter().filter(|row| row.month == last);
    let account = |member| {
        let mut accounts = home.household.accounts.iter();
        accounts.find(|account| account.owner == member).unwrap().id
    };
    rows.map(|row| (account(row.member), row.closing.exact()))
        .collect()
}

/// The events of a day after `day` that move money, without what is only said about them.
fn moves_after(projection: &Projection, day: NaiveDate) -> Vec<String> {
    let events = projection.events.iter();
    let events = events.filter(|event| {
        event.on > day && matches!(event.kind, EventKind::Credit | EventKind::Spending)
    });
    let told = events.map(|event| {
        serde_json::to_string(&(
            (
                event.on,
                event.member,
                event.kind,
                event.for_month,
                event.plan,
            ),
            (event.change, event.balance, event.gross, event.withheld),
            &event.split,
        ))
    });
    told.map(Result::unwrap).collect()
}

/// The past as it was recorded comes to what was projected: balances, and every bill to the fen.
fn comes_to_the_same(home: &Home, whole: &Projection, day: NaiveDate) -> Option<Home> {
    let recorded = record(home, day)?;
    let projected = home.between(home.from, day);
    // A credit whose window holds the day may or may not be there by its close.
    if !determined(&projected) {
        return None;
    }
    let expected: Vec<_> = held(&recorded.home.balances)
        .into_iter()
        .map(|(account, balance)| (account, Some(balance)))
        .collect();
    let mut found = closing(home, &projected);
    found.sort_unstable();
    assert_eq!(found, expected, "balances at the close of {day}");
    let splits = whole.events.iter().filter_map(|event| {
        let split = event
            .split
            .as_ref()
            .filter(|_| event.kind == EventKind::Spending)?;
        Some((event.on, event.member, split))
    });
    for ((on, member, estimate), (their_on, theirs, split)) in recorded.bills.iter().zip(splits) {
        assert_eq!((*on, *member), (their_on, theirs));
        let payers = &estimate.payers;
        let settled = [
            payers.fund_paid,
            payers.own_account_paid,
            payers.mutual_aid_paid,
            payers.cash_paid,
        ];
        let expected = [
            split.fund_paid,
            split.own_account_paid,
            split.mutual_aid_paid,
            split.cash_paid,
        ];
        assert_eq!(settled, expected, "{on} {member}");
    }
    Some(recorded.home)
}

fn split_at(home: &Home, whole: &Projection, day: NaiveDate) -> Option<()> {
    let later = comes_to_the_same(home, whole, day)?;
    let rest = later.between(day, home.until);
    assert_eq!(
        moves_after(whole, day),
        moves_after(&rest, day),
        "cut at the close of {day}"
    );
    let month = Month::of(day);
    let rows = |projection: &Projection| -> Vec<String> {
        let rows = projection.months.iter().filter(|row| row.month > month);
        rows.map(|row| {
            serde_json::to_string(&(
                row.month,
                row.member,
                row.opening,
                row.credited,
                row.own_paid,
                row.aid_given,
                row.aid_taken,
                row.cash_paid,
                row.closing,
            ))
            .unwrap()
        })
        .collect()
    };
    assert_eq!(rows(whole), rows(&rest), "months after {day}");
    assert_eq!(closing(home, whole), closing(home, &rest));
    Some(())
}

/// Runs `check` on `usual` drawn households, and says how many of them were determined.
fn on_families(name: &str, usual: u32, check: impl Fn(&Family, u64) -> Option<()>) {
    let met = Cell::new([0_u32; 2]);
    let drawn = (family(&ONE_BOOK, true), any::<u64>());
    let outcome = TestRunner::new(cases(usual)).run(&drawn, |(family, by)| {
        let [all, determined] = met.get();
        let done = u32::from(check(&family, by).is_some());
        met.set([all + 1, determined + done]);
        Ok(())
    });
    let [all, determined] = met.get();
    println!("{name}: {determined} of {all} households were determined");
    if let Err(error) = outcome {
        panic!("{error}");
    }
    assert!(
        determined * 4 >= all,
        "too few are determined: {determined} of {all}"
    );
}

/// Any day of the time, the close of a month and that of a year.
#[test]
fn the_time_may_be_cut_anywhere() {
    on_families("cut anywhere", 32, |family, by| {
        let home = family.home();
        let whole = home.project();
        if !determined(&whole) {
            return None;
        }
        let length = (home.until - home.from).num_days().unsigned_abs();
        let any = home.from + Days::new(by % length);
        let month_end = Month::of(any).last_day();
        let year_end = Month::of(home.from)
            .plus(12 - i32::try_from(Month::of(home.from).number()).unwrap())
            .last_day();
        for day in [any, month_end, year_end] {
            if home.from <= day && day < home.until {
                split_at(&home, &whole, day)?;
            }
        }
        Some(())
    });
}

/// A projection that starts in the past, planning what was really billed, comes to the present: also
/// where the record goes on after the day from which it starts.
#[test]
fn the_past_replayed_is_the_present() {
    on_families("replay", 32, |family, _| {
        let home = family.home();
        if !determined(&home.project()) {
            return None;
        }
        let present = record(&home, home.until)?.home;
        let mut past = present.clone();
        past.balances = home.balances.clone();
        past.household.plans = (1..)
            .zip(&present.household.settlements)
            .map(|(number, settlement)| PlannedSpending {
                id: PlanItemId(number),
                member: settlement.member,
                title: String::new(),
                part: settlement.request.part,
                class: settlement.request.visit.class.clone(),
                bill: settlement.request.bill.clone(),
                first_on: settlement.request.visit.settled_on,
                recurrence: None,
                urgent: false,
            })
            .collect();
        let replayed = past.between(home.from, home.until);
        let mut found = closing(&past, &replayed);
        found.sort_unstable();
        let expected: Vec<_> = held(&present.balances)
            .into_iter()
            .map(|(account, balance)| (account, Some(balance)))
            .collect();
        assert_eq!(found, expected);
        Some(())
    });
}
