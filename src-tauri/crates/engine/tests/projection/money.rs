//! 一分不少 — every month and every event of a projection adds up.

use std::collections::BTreeMap;

use chrono::{Months, NaiveDate};
use gongji_domain::{Amount, MemberId, Month, Yuan};
use gongji_engine::{Addend, EventKind, Ground, MonthRow, Projection, RunOut};

use crate::family::{ANY, Family, PARTS, family};
use crate::many::{Met, on_families};

/// Sum of ranges: between the sum of the least and the sum of the most. `None`: not known.
fn sum(amounts: &[(i8, Amount)]) -> Option<(Yuan, Yuan)> {
    let mut range = (Yuan::ZERO, Yuan::ZERO);
    for &(sign, amount) in amounts {
        let (min, max) = (amount.min()?, amount.max()?);
        let (min, max) = if sign < 0 { (-max, -min) } else { (min, max) };
        range = (range.0 + min, range.1 + max);
    }
    Some(range)
}

/// Whether `amount` is what the others come to: to the fen where they are exact, within what they leave
/// where they are ranges.
fn fits(amount: Amount, others: &[(i8, Amount)]) -> bool {
    let (Some((least, most)), Some(min), Some(max)) = (sum(others), amount.min(), amount.max())
    else {
        return true;
    };
    least <= min && max <= most
}

/// opening + credited − own − given = closing, and each month opens with what the one before closed with.
fn months_add_up(projection: &Projection) {
    let mut before: BTreeMap<MemberId, Amount> = BTreeMap::new();
    let mut aid: BTreeMap<Month, Vec<(i8, Amount)>> = BTreeMap::new();
    for row in &projection.months {
        let parts = [
            (1, row.opening),
            (1, row.credited),
            (-1, row.own_paid),
            (-1, row.aid_given),
        ];
        assert!(fits(row.closing, &parts), "{row:?}");
        if let Some(closed) = before.insert(row.member, row.closing) {
            assert_eq!(closed, row.opening, "{row:?}");
        }
        let lowest = row.lowest.max().zip(row.closing.max());
        assert!(lowest.is_none_or(|(low, last)| low <= last), "{row:?}");
        let of_month = aid.entry(row.month).or_default();
        of_month.extend([(1, row.aid_given), (-1, row.aid_taken)]);
    }
    for (month, shares) in aid {
        let nothing = Amount::Exact(Yuan::ZERO);
        assert!(fits(nothing, &shares), "{month}: {shares:?}");
    }
}

/// The same from event to event: to the fen where all three are exact. Where they are ranges, a credit that
/// may have come early stands at its last day, and is counted there or was before: in `before`, or among
/// what was on its way.
fn follows(after: Amount, before: Amount, sign: i8, change: Amount, on_its_way: Amount) -> bool {
    let exact = [after, before, change].map(Amount::exact);
    if !exact.contains(&None) {
        return fits(after, &[(1, before), (sign, change)]);
    }
    let nothing_or = |amount: Amount| {
        let ends = amount.min().zip(amount.max());
        ends.map_or(amount, |(min, max)| {
            Amount::between(min.min(Yuan::ZERO), max.max(Yuan::ZERO))
        })
    };
    fits(
        after,
        &[
            (1, before),
            (sign, nothing_or(change)),
            (1, nothing_or(on_its_way)),
        ],
    )
}

/// The credits of a member whose window holds `day`.
fn on_its_way(projection: &Projection, member: MemberId, day: NaiveDate) -> Amount {
    let events = projection.events.iter();
    let mut pending = events.filter(|event| {
        event.kind == EventKind::Credit
            && event.member == member
            && event.earliest <= day
            && day < event.on
    });
    // What may come after the end is not shown.
    let open_end = day + Months::new(3) > projection.until;
    let none = Amount::Exact(Yuan::ZERO);
    let sum = pending.try_fold(none, |sum, event| {
        let ends = [event.change.min()?, event.change.max()?];
        let [min, max] = [
            sum.min()? + ends[0].min(Yuan::ZERO),
            sum.max()? + ends[1].max(Yuan::ZERO),
        ];
        Some(Amount::between(min, max))
    });
    sum.filter(|_| !open_end).unwrap_or(Amount::UNKNOWN)
}

/// Every bill is paid once, and every balance is the one before with the change made.
fn events_add_up(projection: &Projection) {
    let outlooks = projection.members.iter();
    let mut held: BTreeMap<MemberId, Amount> = outlooks
        .map(|outlook| (outlook.member, outlook.balance))
        .collect();
    for event in &projection.events {
        if let Some(split) = &event.split {
            let payers = [
                (1, split.fund_paid),
                (1, split.own_account_paid),
                (1, split.mutual_aid_paid),
                (1, split.cash_paid),
            ];
            assert!(fits(split.total, &payers), "{event:?}");
            let shares: Vec<_> = split.aid.iter().map(|share| (1, share.paid)).collect();
            assert!(fits(split.mutual_aid_paid, &shares), "{event:?}");
            for share in &split.aid {
                let before = held[&share.donor];
                let pending = on_its_way(projection, share.donor, event.on);
                let adds_up = follows(share.balance, before, -1, share.paid, pending);
                assert!(adds_up, "{before:?} {event:?}");
                held.insert(share.donor, share.balance);
            }
        }
        // Shown, and not counted.
        if matches!(event.kind, EventKind::RunOut | EventKind::OverdueCredit) {
            continue;
        }
        let before = held[&event.member];
        let pending = on_its_way(projection, event.member, event.on);
        let adds_up = follows(event.balance, before, 1, event.change, pending);
        assert!(adds_up, "{before:?} {event:?}");
        // What moves nothing may happen under one reading alone, and then tells the balance of that one.
        if event.change != Amount::Exact(Yuan::ZERO) || event.plan.is_some() {
            held.insert(event.member, event.balance);
        }
    }
}

/// What the months say is what their events say. Of the credits only where the sum is certain: one that may
/// come in either of two months is an event of the later one.
fn months_are_their_events(projection: &Projection) {
    for row in &projection.months {
        let in_month = projection.events.iter();
        let in_month = in_month.filter(|event| Month::of(event.on) == row.month);
        let (mut own, mut taken, mut given) = (Vec::new(), Vec::new(), Vec::new());
        let (mut credited, mut cash) = (Vec::new(), Vec::new());
        for event in in_month {
            if event.kind == EventKind::Credit && event.member == row.member {
                credited.push((1, event.change));
            }
            let Some(split) = &event.split else { continue };
            let of_donor = split.aid.iter().filter(|share| share.donor == row.member);
            given.extend(of_donor.map(|share| (1, share.paid)));
            if event.member == row.member {
                own.push((1, split.own_account_paid));
                taken.push((1, split.mutual_aid_paid));
                cash.push((1, split.cash_paid));
            }
        }
        let is_certain = row.credited.exact().is_some();
        assert!(
            !is_certain || fits(row.credited, &credited),
            "{row:?} {credited:?}"
        );
        assert!(fits(row.own_paid, &own), "{row:?} {own:?}");
        assert!(fits(row.aid_taken, &taken), "{row:?} {taken:?}");
        assert!(fits(row.aid_given, &given), "{row:?} {given:?}");
        assert!(fits(row.cash_paid, &cash), "{row:?} {cash:?}");
    }
}

/// What is said of the whole time is what its months say: cash by month, by member, and by who pays for
/// whom.
fn sums_are_their_months(projection: &Projection) {
    let nothing = Amount::Exact(Yuan::ZERO);
    let mut by_month: BTreeMap<Month, Vec<(i8, Amount)>> = BTreeMap::new();
    for row in &projection.months {
        by_month
            .entry(row.month)
            .or_default()
            .push((1, row.cash_paid));
    }
    let mut so_far = Vec::new();
    for (month, rows) in by_month {
        let told = projection.cash.iter().find(|told| told.month == month);
        assert!(
            fits(told.map_or(nothing, |told| told.cash), &rows),
            "{month}"
        );
        so_far.extend(rows);
        assert!(
            told.is_none_or(|told| fits(told.so_far, &so_far)),
            "{month}"
        );
    }
    for outlook in &projection.members {
        let rows = projection.months.iter();
        let rows = rows.filter(|row| row.member == outlook.member);
        let of_member = |amount: fn(&MonthRow) -> Amount| -> Vec<(i8, Amount)> {
            rows.clone().map(|row| (1, amount(row))).collect()
        };
        assert!(
            fits(outlook.cash, &of_member(|row| row.cash_paid)),
            "{outlook:?}"
        );
        let shared = projection.shared.iter();
        let given = shared.clone().filter(|one| one.donor == outlook.member);
        let mut given: Vec<_> = given.map(|one| (-1, one.paid)).collect();
        given.extend(of_member(|row| row.aid_given));
        assert!(fits(nothing, &given), "{outlook:?} {given:?}");
        let taken = shared.filter(|one| one.recipient == outlook.member);
        let mut taken: Vec<_> = taken.map(|one| (-1, one.paid)).collect();
        taken.extend(of_member(|row| row.aid_taken));
        assert!(fits(nothing, &taken), "{outlook:?} {taken:?}");
    }
}

/// What a sum is told to be made of comes to it, and every event says what it rests on.
fn sums_are_their_addends(projection: &Projection) {
    let told = |figure: Amount, of: &[Addend]| {
        let sums: Vec<_> = of.iter().map(|addend| (1, addend.sum)).collect();
        assert!(fits(figure, &sums), "{figure:?} {of:?}");
    };
    for month in projection.cash.iter().chain(&projection.cash_peak) {
        told(month.cash, &month.of);
    }
    for shared in &projection.shared {
        told(shared.paid, &shared.of);
    }
    for outlook in &projection.members {
        told(outlook.cash, &outlook.cash_of);
        if let Some(peak) = &outlook.cash_peak {
            told(peak.cash, &peak.of);
        }
    }
    for outlook in &projection.members {
        let lows = [
            &outlook.lowest,
            &outlook.lowest_before_credit,
            &outlook.first_cash,
        ];
        for low in lows.into_iter().flatten() {
            let is_told = low.because.is_some() || low.on <= projection.from;
            assert!(is_told || low.amount == Amount::UNKNOWN, "{low:?}");
        }
        let run_out = outlook.run_out.as_ref();
        let is_known = |out: &&RunOut| out.plan.is_some() || out.premium.is_some();
        let told = run_out.filter(is_known).map(|out| out.because.is_some());
        assert_ne!(told, Some(false), "{run_out:?}");
    }
    for event in &projection.events {
        let has_sources = !event.sources.is_empty();
        assert_eq!(has_sources, event.ground == Ground::Rule, "{event:?}");
    }
}

/// What of a hundred amounts of the months must be known, at least as a range: what is not known fits all.
const KNOWN: usize = 75;

fn no_fen_is_lost(family: &Family, _: u64) -> Met {
    let home = family.home();
    let projection = home.project();
    let alone = home.months_alone();
    assert_eq!(alone.months, projection.months);
    assert!(alone.forks.is_empty());
    months_add_up(&projection);
    sums_are_their_months(&projection);
    // Of two lines each has events of its own, and what stands beside them is that of both.
    if projection.forks.is_empty() {
        events_add_up(&projection);
        months_are_their_events(&projection);
        sums_are_their_addends(&projection);
    }
    let rows = projection.months.iter();
    let amounts = rows.flat_map(|row| [row.credited, row.own_paid, row.cash_paid, row.closing]);
    let amounts: Vec<Amount> = amounts.collect();
    let known = amounts
        .iter()
        .filter(|amount| Amount::min(**amount).is_some())
        .count();
    let events = projection.events.iter();
    let met = events.map(|event| event.what.code.clone());
    (known * 100 >= amounts.len() * KNOWN).then(|| met.collect())
}

#[test]
fn no_fen_is_lost_where_everything_is_stated() {
    let happens = ["run_out", "enrollment_changes", "enrollment_ends"];
    on_families(
        "money, stated",
        family(&ANY, true),
        (32, 75),
        &happens,
        no_fen_is_lost,
    );
}

#[test]
fn no_fen_is_lost_between_the_parts_of_an_account() {
    let happens = ["advance", "clearing", "rolled_over", "taken_back"];
    on_families(
        "money, parts",
        family(&PARTS, true),
        (32, 75),
        &happens,
        no_fen_is_lost,
    );
}

#[test]
fn no_fen_is_lost_where_much_is_open() {
    let happens = ["enrollment_changes", "spending_not_insured"];
    on_families(
        "money, open",
        family(&ANY, false),
        (32, 60),
        &happens,
        no_fen_is_lost,
    );
}
