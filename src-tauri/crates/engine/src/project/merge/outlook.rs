//! 前景 — what every run agrees on about one member: when money comes, how low it gets, when it runs out.

use std::sync::Arc;

use chrono::NaiveDate;
use gongji_domain::{Amount, MemberId, Message, Month, SourceRef, Yuan};

use super::{Merging, amount};
use crate::credit::CreditDue;
use crate::project::agenda::{Expected, Item, What};
use crate::project::because;
use crate::project::cash;
use crate::project::outcome::{Low, Place, Seen, Short};
use crate::project::to_return::to_return;
use crate::projection::{
    Because, EventKind, LowPoint, MemberOutlook, NextCredit, ProjectedEvent, RunOut,
};

impl Merging<'_, '_> {
    pub(super) fn outlook(&self, person: usize) -> MemberOutlook {
        let of_person = &self.stage.people[person];
        let opening = self.runs().map(|run| {
            run.months
                .first()
                .and_then(|(_, rows)| rows.of(person).opening)
        });
        let seen: Vec<&Seen> = self.runs().map(|run| &run.seen[person]).collect();
        let next = self.next_regular(person);
        let window = self.stage.window;
        let (first, last) = (Month::of(window.first()), Month::of(window.until));
        MemberOutlook {
            member: of_person.member.id,
            account: of_person.account_on(self.stage.window.first()),
            balance: amount(true, opening),
            next_credit: self.next_credit(person, next.map(|(_, expected)| expected)),
            lowest_before_credit: low(
                next.map_or(self.is_whole(), |(place, _)| self.is_whole_at(place)),
                seen.iter().map(|seen| seen.lowest_before_credit),
            ),
            lowest: low(self.is_whole(), seen.iter().map(|seen| seen.lowest)),
            run_out: self.run_out(person, &seen),
            first_cash: self.first(seen.iter().map(|seen| seen.first_cash)),
            cash: amount(
                self.is_whole_cash(&[person], first, last),
                self.runs().map(|run| {
                    let months = run.months.iter();
                    months.map(|(_, rows)| rows.of(person).cash_paid).sum()
                }),
            ),
            cash_of: Vec::new(),
            cash_peak: cash::peak(&self.cash(&[person])),
            to_return: to_return(&self.stage.book, of_person, self.stage.window),
        }
    }

    /// The first of what comes by itself: of a credit that nobody knows the size of the day may be known.
    fn next_credit(&self, person: usize, next: Option<&Expected>) -> Option<NextCredit> {
        let of_unknown_size = self.stage.of_unknown_size[person].as_ref();
        let first = self.stage.window.first();
        match (next.map(|next| &next.due), of_unknown_size) {
            (Some(known), Some(unknown)) if unknown.for_month < known.for_month => {
                Some(shown(unknown, Arc::clone(&unknown.sources), first))
            }
            (None, Some(unknown)) => Some(shown(unknown, Arc::clone(&unknown.sources), first)),
            (Some(known), _) => {
                let sources = next.map(|next| Arc::clone(&next.sources));
                Some(shown(known, sources.unwrap_or_default(), first))
            }
            (None, None) => None,
        }
    }

    /// The next credit that comes by itself, and its place in the agenda.
    fn next_regular(&self, person: usize) -> Option<(usize, &Expected)> {
        let items = self.stage.agenda.iter().enumerate();
        items
            .filter(|(_, item)| item.person == person)
            .find_map(|(place, item)| match &item.what {
                What::Credit(expected) if !expected.overdue && expected.due.kind.is_regular() => {
                    Some((place, &**expected))
                }
                _ => None,
            })
    }

    /// The earliest of the days and the range of the amounts.
    fn first(&self, points: impl Iterator<Item = Option<Low>>) -> Option<LowPoint> {
        let points: Vec<Option<Low>> = points.collect();
        let earliest = points.iter().flatten().map(|low| low.on).min()?;
        let is_whole = |low: &Option<Low>| low.is_some_and(|low| self.is_whole_on(low.on));
        Some(LowPoint {
            on: earliest,
            amount: amount(
                self.is_whole() || points.iter().all(is_whole),
                points.into_iter().map(amount_or_nothing),
            ),
            because: None,
        })
    }

    /// Where a combination that was not looked at may run out earlier, it may from there on.
    fn run_out(&self, person: usize, seen: &[&Seen]) -> Option<RunOut> {
        let found: Vec<Option<Short>> = seen.iter().map(|seen| seen.run_out).collect();
        let first = found.iter().flatten().min_by_key(|short| short.on);
        let sure = first.is_some_and(|short| self.is_whole_on(short.on));
        if let Some((_, left)) = self.left_out().filter(|_| !sure) {
            let mut items = self.stage.agenda.iter();
            let spends = items.any(|item| left <= item.on && self.asks(person, item));
            return spends.then_some(RunOut {
                earliest: left,
                latest: None,
                plan: None,
                premium: None,
                short: Amount::UNKNOWN,
                because: Some(Because {
                    what: Arc::new(Message::new("open.too_many").with("day", left)),
                    formula: None,
                    sources: Arc::default(),
                }),
            });
        }
        let first = first?;
        let latest: Option<Vec<Short>> = found.iter().copied().collect();
        let latest = latest.and_then(|shorts| shorts.iter().map(|short| short.on).max());
        let latest = latest.filter(|day| self.is_whole_on(*day));
        Some(RunOut {
            earliest: first.on,
            latest,
            plan: first.bill.spending(),
            premium: first.bill.premium(),
            short: amount(
                self.is_whole() || latest.is_some(),
                found.iter().flatten().map(|short| Some(short.short)),
            ),
            because: None,
        })
    }

    /// Whether the account of the member is asked for money.
    fn asks(&self, person: usize, item: &Item<'_>) -> bool {
        match &item.what {
            What::Spending(_) => item.person == person,
            What::Premium(due) => due.plan.paid_by == Some(self.stage.people[person].member.id),
            _ => false,
        }
    }

    /// The day the account runs out stands in the table right after the bill that empties it.
    pub(super) fn run_out_shown(
        &self,
        outlook: &MemberOutlook,
        events: &[(Place, ProjectedEvent)],
    ) -> Option<(Place, ProjectedEvent)> {
        let run_out = outlook.run_out.as_ref()?;
        // That it may run out from a day on, by nothing that is told, is no line of that day.
        run_out.plan.map(drop).or(run_out.premium.map(drop))?;
        let bill = events.iter().find(|(_, event)| {
            let is_it = match run_out.premium {
                Some(premium) => event.premium == Some(premium),
                None => event.member == outlook.member && event.plan == run_out.plan,
            };
            is_it && event.on == run_out.earliest
        });
        let (place, bill) = bill?;
        let code = match (run_out.premium, run_out.latest) {
            (None, Some(_)) => "project.run_out",
            (None, None) => "project.may_run_out",
            (Some(_), Some(_)) => "project.run_out_by_premium",
            (Some(_), None) => "project.may_run_out_by_premium",
        };
        let event = ProjectedEvent {
            member: outlook.member,
            balance: balance_of(bill, outlook.member),
            earliest: run_out.earliest,
            on: run_out.earliest,
            kind: EventKind::RunOut,
            what: Arc::new(Message {
                code: code.to_owned(),
                ..Message::clone(&bill.what)
            }),
            change: Amount::Exact(Yuan::ZERO),
            split: None,
            gross: None,
            withheld: None,
            formula: because::missing(bill, run_out.short),
            parts: Vec::new(),
            steps: Arc::default(),
            ..bill.clone()
        };
        Some(((place.0, usize::MAX), event))
    }
}

/// What the account of the member holds after a bill, their own or a relative's.
fn balance_of(bill: &ProjectedEvent, member: MemberId) -> Amount {
    let mut shares = bill.split.iter().flat_map(|split| &split.aid);
    match shares.find(|share| share.donor == member) {
        Some(share) if bill.member != member => share.balance,
        _ => bill.balance,
    }
}

/// It has not come yet, so it comes from the first projected day on.
fn shown(due: &CreditDue, sources: Arc<[SourceRef]>, first: NaiveDate) -> NextCredit {
    NextCredit {
        sub: due.sub.clone(),
        for_month: due.for_month,
        earliest: due.earliest.map(|day| day.max(first)),
        latest: due.latest,
        day: due.day,
        gross: due.gross,
        withheld: due.withheld,
        net: due.net,
        formula: due.formula.clone(),
        sources,
        assumed: due.assumed,
        learned: due.learned,
    }
}

/// The first of the days and the range of the amounts; a run without such a point counts as zero
/// where others have one.
fn low(is_whole: bool, points: impl Iterator<Item = Option<Low>>) -> Option<LowPoint> {
    let points: Vec<Option<Low>> = points.collect();
    let lowest = points
        .iter()
        .flatten()
        .min_by_key(|low| (low.amount, low.on))?;
    Some(LowPoint {
        on: lowest.on,
        amount: amount(is_whole, points.iter().copied().map(amount_or_nothing)),
        because: None,
    })
}

fn amount_or_nothing(low: Option<Low>) -> Option<Yuan> {
    low.map_or(Some(Yuan::ZERO), |low| low.amount)
}
