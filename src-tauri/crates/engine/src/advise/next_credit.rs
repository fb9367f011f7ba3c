//! 等下一次划入 — when it comes, how much of the need it meets, and whether waiting only moves the gap.

use chrono::NaiveDate;
use gongji_domain::{Amount, MemberId, Message, SourceRef, Yuan};
use gongji_policy::{Body, InForce};

use super::{Adviser, option};
use crate::advice::OptionKind;
use crate::projection::{DayKnown, EventKind, ProjectedEvent};

impl Adviser<'_, '_> {
    pub(super) fn next_credit(&mut self) {
        let member = self.people[self.person].member.id;
        let found = self.projection.events.iter().find(|event| {
            event.member == member
                && event.kind == EventKind::Credit
                && event.on > self.on
                && event.gross.is_some()
        });
        if self.of_unknown_size(found) {
            return;
        }
        let Some(event) = found else { return };
        let (amount, how) = self.could_give(event.change);
        if amount == Amount::Exact(Yuan::ZERO) {
            return;
        }
        let what = self.waiting(event, amount);
        let mut option = option(OptionKind::WaitForCredit, what, amount);
        option.how = how;
        if self.credit_day_known() {
            option.earliest = Some(event.earliest);
            option.latest = Some(event.on);
        }
        option.condition = Some(self.condition_of_waiting(Some(event.on)));
        option.source = self.why_then(&event.sources);
        option.grade = event.sources.iter().map(|source| source.grade).max();
        self.options.push(option);
    }

    /// Never for what cannot wait; and whoever waits into another year begins with its thresholds anew.
    fn condition_of_waiting(&self, until: Option<NaiveDate>) -> Message {
        let member = self.people[self.person].member.id;
        let waits = |day: NaiveDate| self.on < day && until.is_some_and(|until| day <= until);
        let mut years = self.projection.events.iter().filter(|event| {
            event.kind == EventKind::YearEnd && event.member == member && waits(event.on)
        });
        match years.next() {
            Some(year) => Message::new("advice.wait_into_new_year").with("day", year.on),
            None => Message::new("advice.never_wait_when_urgent"),
        }
    }

    /// What says when the credit comes; where nothing does, what it rests on last.
    fn why_then(&self, sources: &[SourceRef]) -> Option<SourceRef> {
        let rules = self.people[self.person].on(self.on).and_then(|spell| {
            let enrollment = spell.enrollment;
            self.book.on(&enrollment.pool, enrollment.scheme, self.on)
        });
        let blocks = rules.iter().flat_map(|rules| &rules.blocks);
        let mut dated = blocks
            .filter(|held| matches!(held.block.body, Body::Arrival(_) | Body::Advance(_)))
            .filter_map(InForce::source);
        let said = dated.find(|source| sources.contains(source));
        said.or_else(|| sources.last().cloned())
    }

    /// Where the next credit comes sooner than the first of which the size is known: that it comes.
    fn of_unknown_size(&mut self, known: Option<&ProjectedEvent>) -> bool {
        let member = self.people[self.person].member.id;
        let mut outlooks = self.projection.members.iter();
        let outlook = outlooks.find(|outlook| outlook.member == member);
        let Some(next) = outlook.and_then(|outlook| outlook.next_credit.as_ref()) else {
            return false;
        };
        let sooner = known.is_none_or(|known| known.for_month > Some(next.for_month));
        let later = next.latest.is_none_or(|latest| latest > self.on);
        let waits = next.net == Amount::UNKNOWN && sooner && later && self.left.max > Yuan::ZERO;
        if waits {
            let what = Message::new("advice.wait_for_credit_unknown").with("month", next.for_month);
            let mut option = option(OptionKind::WaitForCredit, what, Amount::UNKNOWN);
            option.earliest = next.earliest;
            option.latest = next.latest;
            let comes = next.latest.or(next.earliest);
            option.condition = Some(self.condition_of_waiting(comes));
            option.source = self.why_then(&next.sources);
            option.grade = next.sources.iter().map(|source| source.grade).max();
            self.options.push(option);
        }
        waits
    }

    /// What waiting for the credit comes to: enough, a part only, or a gap that is moved on.
    fn waiting(&self, credit: &ProjectedEvent, amount: Amount) -> Message {
        let month = credit.for_month.map(|month| month.to_string());
        let said = |code: &str| Message::new(code).with("month", month.clone().unwrap_or_default());
        let partly = amount.max().is_some_and(|most| most < self.left.max);
        match amount
            .exact()
            .and_then(|used| self.short_later(credit, used))
        {
            Some((day, short)) => said(match partly {
                true => "advice.wait_partly_moves_gap",
                false => "advice.wait_moves_gap",
            })
            .with("on", day)
            .with("short", short),
            None if partly => said("advice.wait_for_credit_partly"),
            None => said("advice.wait_for_credit"),
        }
    }

    /// Where `used` of what the credit brings is missing at a later bill: the day, and by how much that
    /// bill then takes more than it would.
    fn short_later(&self, credit: &ProjectedEvent, used: Yuan) -> Option<(NaiveDate, Yuan)> {
        let member = self.people[self.person].member.id;
        let bills = self.projection.events.iter().filter(|event| {
            event.on > credit.on
                && matches!(event.kind, EventKind::Spending | EventKind::Premium)
                && (event.member == member || self.gives(event, member))
        });
        bills
            .filter_map(|event| Some((event.on, self.after(event, member)?)))
            .find(|(_, left)| *left < used)
            .map(|(on, left)| (on, used - left.or_zero()))
    }

    /// The balance of the member's account after a bill, their own or a relative's.
    fn after(&self, event: &ProjectedEvent, member: MemberId) -> Option<Yuan> {
        if event.member == member {
            return event.balance.exact();
        }
        let mut shares = event.split.iter().flat_map(|split| &split.aid);
        let share = shares.find(|share| share.donor == member)?;
        share.balance.exact()
    }

    pub(super) fn gives(&self, event: &ProjectedEvent, member: MemberId) -> bool {
        let mut shares = event.split.iter().flat_map(|split| &split.aid);
        shares.any(|share| share.donor == member)
    }

    fn credit_day_known(&self) -> bool {
        let member = self.people[self.person].member.id;
        let outlook = self
            .projection
            .members
            .iter()
            .find(|outlook| outlook.member == member);
        outlook
            .and_then(|outlook| outlook.next_credit.as_ref())
            .is_some_and(|next| next.day != DayKnown::Unknown)
    }
}
