//! 本人别的钱 — what may be drawn from the account, what it may lend, and what should have come already.

use std::collections::BTreeSet;

use gongji_domain::{Amount, Enrollment, Message, SubAccountId, Yuan};
use gongji_policy::{Body, InForce, Rules};

use super::{Adviser, cite, option};
use crate::advice::OptionKind;
use crate::project::amounts::plus;
use crate::projection::{EventKind, ProjectedEvent};

impl Adviser<'_, '_> {
    /// 透支 — by the member's own word, and only as far as it is not used yet. The bill in question has
    /// drawn on it already where it emptied the account.
    pub(super) fn overdraft(&mut self, enrollment: &Enrollment) {
        let account = self.people[self.person].account(enrollment);
        let said = account.and_then(|account| account.overdraft.as_ref());
        let Some(said) = said.filter(|said| said.stated_on <= self.on && !self.paid_already) else {
            return;
        };
        let balance = self.balance(self.person);
        let left = |balance: Yuan| (said.limit + balance.min(Yuan::ZERO)).or_zero();
        let (amount, how) = self.takes(match balance.min().zip(balance.max()) {
            Some((least, most)) => Amount::between(left(least), left(most)),
            None => Amount::between(Yuan::ZERO, said.limit),
        });
        if amount == Amount::Exact(Yuan::ZERO) {
            return;
        }
        let what = Message::new("advice.overdraft")
            .with("limit", said.limit)
            .with("source", &said.source)
            .with("day", said.stated_on);
        let mut option = option(OptionKind::Overdraft, what, amount);
        option.how = how;
        option.earliest = Some(self.on);
        option.latest = Some(self.on);
        option.condition = Some(match said.repay_within {
            Some(months) => Message::new("advice.overdraft_repaid").with("months", months),
            None => Message::new("advice.overdraft_filled"),
        });
        self.options.push(option);
    }

    /// 可以取出来的部分 — no settlement takes it; drawn, it is cash.
    pub(super) fn withdrawable(&mut self, rules: &Rules<'_>) {
        let parts: BTreeSet<&SubAccountId> = self.people[self.person].free_cash.iter().collect();
        for sub in parts {
            let held = self.opening_of(self.person, sub);
            let Some(held) = held.filter(|held| *held > Yuan::ZERO) else {
                continue;
            };
            // What has come to it since is not counted day by day.
            let (amount, how) = self.takes(Amount::Exact(held));
            if amount == Amount::Exact(Yuan::ZERO) {
                continue;
            }
            let what = Message::new("advice.withdrawable").with("part", rules.name(&sub.0));
            let mut option = option(OptionKind::Withdraw, what, amount);
            option.how = how;
            option.earliest = Some(self.on);
            let is_it = |held: &&InForce<'_>| {
                held.block.head.id.as_deref() == Some(sub.0.as_str())
                    && matches!(held.block.body, Body::SubAccount(_))
            };
            if let Some(held) = rules.blocks.iter().find(is_it) {
                cite(&mut option, held);
            }
            self.options.push(option);
        }
    }

    /// 该到没到的划入 — in no balance yet; where it has come, it pays.
    pub(super) fn overdue(&mut self) {
        let member = self.people[self.person].member.id;
        let overdue = |event: &&ProjectedEvent| {
            event.member == member && event.kind == EventKind::OverdueCredit && event.on <= self.on
        };
        let events: Vec<&ProjectedEvent> = self.projection.events.iter().filter(overdue).collect();
        let (Some(first), Some(last)) = (events.first(), events.last()) else {
            return;
        };
        let zero = Amount::Exact(Yuan::ZERO);
        let sum = events
            .iter()
            .fold(zero, |sum, event| plus(sum, event.change));
        let (amount, how) = self.could_give(sum);
        if amount == zero {
            return;
        }
        let month = first.for_month.map(|month| month.to_string());
        let what = Message::new(match events.len() {
            1 => "advice.overdue_credit",
            _ => "advice.overdue_credits",
        });
        let what = what
            .with("month", month.unwrap_or_default())
            .with("n", events.len());
        let mut option = option(OptionKind::OverdueCredit, what, amount);
        option.how = how;
        option.condition = Some(Message::new("advice.overdue_credit_look"));
        option.source = last.sources.first().cloned();
        option.grade = last.sources.iter().map(|source| source.grade).max();
        self.options.push(option);
    }
}
