//! 一分不少 — every month and every event of a projection adds up.

use std::collections::BTreeMap;

use gongji_domain::{Amount, MemberId, Month, Yuan};
use gongji_engine::{EventKind, Projection};
use proptest::prelude::*;

use crate::family::{ANY, cases, family};

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

/// The same from event to event, where all three are exact: a credit that may have come early stands at its
/// last day, and what was spent of it before.
fn follows(after: Amount, before: Amount, sign: i8, change: Amount) -> bool {
    let exact = [after, before, change].map(Amount::exact);
    exact.contains(&None) || fits(after, &[(1, before), (sign, change)])
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
                let adds_up = follows(share.balance, before, -1, share.paid);
                assert!(adds_up, "{before:?} {event:?}");
                held.insert(share.donor, share.balance);
            }
        }
        // Shown, and not counted.
        if matches!(event.kind, EventKind::RunOut | EventKind::OverdueCredit) {
            continue;
        }
        let before = held[&event.member];
        let adds_up = follows(event.balance, before, 1, event.change);
        assert!(adds_up, "{before:?} {event:?}");
        held.insert(event.member, event.balance);
    }
}

/// What the months say is what their events say.
fn months_are_their_events(projection: &Projection) {
    for row in &projection.months {
        let in_month = projection.events.iter();
        let in_month = in_month.filter(|event| Month::of(event.on) == row.month);
        let (mut own, mut taken, mut given) = (Vec::new(), Vec::new(), Vec::new());
        for event in in_month {
            let Some(split) = &event.split else { continue };
            let of_donor = split.aid.iter().filter(|share| share.donor == row.member);
            given.extend(of_donor.map(|share| (1, share.paid)));
            if event.member == row.member {
                own.push((1, split.own_account_paid));
                taken.push((1, split.mutual_aid_paid));
            }
        }
        assert!(fits(row.own_paid, &own), "{row:?} {own:?}");
        assert!(fits(row.aid_taken, &taken), "{row:?} {taken:?}");
        assert!(fits(row.aid_given, &given), "{row:?} {given:?}");
    }
}

proptest! {
    #![proptest_config(cases(48))]

    #[test]
    fn no_fen_is_lost(family in any::<bool>().prop_flat_map(|stated| family(&ANY, stated))) {
        let projection = family.home().project();
        months_add_up(&projection);
        events_add_up(&projection);
        months_are_their_events(&projection);
    }
}
