//! 来由 — each figure of an outlook told from the event that it comes from, whose steps and sources are its own.

use std::sync::Arc;

use chrono::NaiveDate;
use gongji_domain::{Amount, MemberId, Month, Yuan};

use super::addends::{add, given_by};
use crate::projection::{Because, EventKind, EventSplit, LowPoint, ProjectedEvent, Projection};

/// Tells where the figures of every member come from.
pub(super) fn told(projection: &mut Projection) {
    let events = &projection.events;
    for outlook in &mut projection.members {
        let member = outlook.member;
        let lows = [&mut outlook.lowest, &mut outlook.lowest_before_credit];
        for low in lows.into_iter().flatten() {
            low.because = of_balance(events, member, low).map(because);
        }
        if let Some(low) = &mut outlook.first_cash {
            let bill = of_day(events, low.on).find(|event| {
                let cash = event.split.as_ref().map(|split| split.cash_paid);
                event.member == member && cash.is_some_and(|cash| cash.max() != Some(Yuan::ZERO))
            });
            low.because = bill.map(because);
        }
        if let Some(run_out) = &mut outlook.run_out {
            let told = of_day(events, run_out.earliest)
                .find(|event| event.member == member && event.kind == EventKind::RunOut);
            run_out.because = told.map(because).or(run_out.because.take());
        }
    }
}

/// Tells what the sums over several events are made of.
pub(super) fn sums(projection: &mut Projection) {
    for event in &projection.events {
        let Some(split) = &event.split else { continue };
        let cash = split.cash_paid;
        let month = Month::of(event.on);
        let mut outlooks = projection.members.iter_mut();
        if let Some(outlook) = outlooks.find(|outlook| outlook.member == event.member) {
            add(&mut outlook.cash_of, event, cash);
            if let Some(peak) = &mut outlook.cash_peak
                && peak.month == month
            {
                add(&mut peak.of, event, cash);
            }
        }
        let of_month = projection
            .cash
            .binary_search_by_key(&month, |told| told.month);
        if let Ok(at) = of_month {
            add(&mut projection.cash[at].of, event, cash);
        }
        for shared in &mut projection.shared {
            if shared.recipient == event.member
                && let Some(given) = given_by(split, shared.donor).or(unnamed(split))
            {
                add(&mut shared.of, event, given);
            }
        }
    }
    if let Some(peak) = &mut projection.cash_peak {
        let mut months = projection.cash.iter();
        let told = months.find(|told| told.month == peak.month);
        peak.of = told.map_or_else(Vec::new, |told| told.of.clone());
    }
}

/// Where nobody knows what relatives paid, each of them may have.
fn unnamed(split: &EventSplit) -> Option<Amount> {
    (split.aid.is_empty() && split.mutual_aid_paid == Amount::UNKNOWN).then_some(Amount::UNKNOWN)
}

/// What relatives and cash pay of the bill, where that is what is missing.
pub(super) fn missing(bill: &ProjectedEvent, short: Amount) -> Option<String> {
    let split = bill.split.as_ref()?;
    let shares = split.aid.iter().map(|share| share.paid);
    let paid = shares.chain([split.cash_paid]);
    let paid: Option<Vec<_>> = paid.map(Amount::exact).collect();
    let paid: Vec<_> = paid?.into_iter().filter(|paid| !paid.is_zero()).collect();
    let short = short.exact()?;
    if paid.len() < 2 || paid.iter().copied().sum::<Yuan>() != short {
        return None;
    }
    let paid: Vec<String> = paid.iter().map(ToString::to_string).collect();
    Some(format!("{} = {short}", paid.join(" + ")))
}

fn because(event: &ProjectedEvent) -> Because {
    Because {
        what: Arc::clone(&event.what),
        formula: event.formula.clone(),
        sources: Arc::clone(&event.sources),
    }
}

fn of_day(events: &[ProjectedEvent], day: NaiveDate) -> impl Iterator<Item = &ProjectedEvent> {
    let first = events.partition_point(|event| event.on < day);
    events[first..]
        .iter()
        .take_while(move |event| event.on == day)
}

/// The event after which the account of the member stood there: the member's own, or a relative's bill.
fn of_balance<'e>(
    events: &'e [ProjectedEvent],
    member: MemberId,
    low: &LowPoint,
) -> Option<&'e ProjectedEvent> {
    let balance = |event: &ProjectedEvent| {
        if event.member == member {
            return Some(event.balance);
        }
        let mut shares = event.split.iter().flat_map(|split| &split.aid);
        let share = shares.find(|share| share.donor == member)?;
        Some(share.balance)
    };
    let of_day = || of_day(events, low.on).filter(|event| event.kind != EventKind::RunOut);
    let exactly = of_day().find(|event| balance(event) == Some(low.amount));
    // Under another reading it gets as low on another day: then this one at least gets there.
    let least = low.amount.min();
    exactly.or_else(|| {
        let mut reaches = of_day().filter(|_| least.is_some());
        reaches.find(|event| balance(event).is_some_and(|balance| balance.min() == least))
    })
}
