//! 本人账户 — what the own account still gives, and which of its parts do not pay for every benefit.

use std::collections::BTreeSet;

use gongji_domain::{Amount, Enrollment, Message, SubAccountId, Yuan};
use gongji_policy::{Body, InForce, Rules};

use super::{Adviser, cite, option};
use crate::advice::OptionKind;

impl Adviser<'_, '_> {
    pub(super) fn own_account(
        &mut self,
        enrollment: &Enrollment,
        rules: &Rules<'_>,
        held: Option<&InForce<'_>>,
    ) {
        let person = &self.people[self.person];
        if self.paid_already || person.account(enrollment).is_none() {
            return;
        }
        let balance = self.balance(self.person);
        let shut = shut_parts(rules);
        let by_benefit = balance != Amount::Exact(Yuan::ZERO) && self.may_hold(&shut);
        let (amount, how) = self.takes(match by_benefit {
            true => self.without(balance, &shut),
            false => balance,
        });
        if amount == Amount::Exact(Yuan::ZERO) {
            return;
        }
        let what = Message::new("advice.own_account").with("place", &rules.pool.name);
        let mut option = option(OptionKind::OwnAccount, what, amount);
        option.how = how;
        option.condition = by_benefit.then(|| {
            let names: Vec<String> = shut.iter().map(|sub| rules.name(&sub.0)).collect();
            Message::new("advice.own_account_by_benefit").with("parts", names.join("、"))
        });
        option.earliest = Some(self.on);
        option.latest = Some(self.on);
        if let Some(held) = held {
            cite(&mut option, held);
        }
        self.options.push(option);
    }

    /// Whether money may stand in one of these parts of the own account when that is to be paid.
    fn may_hold(&self, parts: &BTreeSet<SubAccountId>) -> bool {
        let held = |sub: &SubAccountId| {
            self.opening_of(self.person, sub)
                .is_none_or(|held| held > Yuan::ZERO)
        };
        parts
            .iter()
            .any(|sub| self.has_moved(self.person) || held(sub))
    }

    /// What is there for every benefit: without these parts, as far as they are known.
    fn without(&self, balance: Amount, parts: &BTreeSet<SubAccountId>) -> Amount {
        let (Some(least), Some(most)) = (balance.min(), balance.max()) else {
            return balance;
        };
        let held: Option<Yuan> = parts
            .iter()
            .map(|sub| self.opening_of(self.person, sub))
            .sum();
        match held.filter(|_| !self.has_moved(self.person)) {
            Some(held) => Amount::between((least - held.or_zero()).or_zero().min(most), most),
            None => Amount::between(Yuan::ZERO.min(most), most),
        }
    }

    /// What these parts of somebody's account hold of its balance when that is to be paid: known as long as
    /// nothing has happened to it.
    pub(super) fn in_parts(
        &self,
        person: usize,
        balance: Amount,
        parts: &[SubAccountId],
    ) -> Amount {
        let Some(most) = balance.max() else {
            return balance;
        };
        if self.has_moved(person) {
            return Amount::between(Yuan::ZERO, most.or_zero());
        }
        let held = parts.iter().filter_map(|sub| self.opening_of(person, sub));
        Amount::Exact(held.sum())
    }

    /// Whether anything has happened to the account since the balances were taken.
    fn has_moved(&self, person: usize) -> bool {
        let member = self.people[person].member.id;
        let mut projected = self.before.iter();
        projected.any(|event| {
            let is_own = event.member == member && event.change != Amount::Exact(Yuan::ZERO);
            event.on > self.projection.from && (is_own || self.gives(event, member))
        })
    }

    /// What a part held when the balances were taken, in whichever account; none where nothing of it is recorded.
    pub(super) fn opening_of(&self, person: usize, sub: &SubAccountId) -> Option<Yuan> {
        let accounts = &self.people[person].accounts;
        let of_part = self.balances.iter().filter(|((account, part), _)| {
            part == sub && accounts.iter().any(|known| known.id == *account)
        });
        of_part
            .map(|(_, held)| *held)
            .reduce(|sum, held| sum + held)
    }
}

/// The parts of the account that pay for some benefits and not for others; for which one is to be paid is
/// not said.
fn shut_parts(rules: &Rules<'_>) -> BTreeSet<SubAccountId> {
    let uses = rules.blocks.iter().filter(|held| !held.off);
    let uses = uses.filter_map(|held| match &held.block.body {
        Body::AccountUse(account_use) => Some(account_use),
        _ => None,
    });
    let of_uses: Vec<BTreeSet<SubAccountId>> = uses
        .map(|one| {
            let subs = one.order.iter().map(|turn| turn.sub.as_str());
            subs.map(SubAccountId::from).collect()
        })
        .collect();
    let any: BTreeSet<SubAccountId> = of_uses.iter().flatten().cloned().collect();
    let in_all = |sub: &SubAccountId| of_uses.iter().all(|subs| subs.contains(sub));
    any.into_iter().filter(|sub| !in_all(sub)).collect()
}

/// Whether the account has another part for medical care than these.
pub(super) fn has_others(rules: &Rules<'_>, parts: &[SubAccountId]) -> bool {
    let mut subs = rules
        .blocks
        .iter()
        .filter_map(|held| match &held.block.body {
            Body::SubAccount(sub) if sub.withdrawable != Some(true) => {
                held.block.head.id.as_deref()
            }
            _ => None,
        });
    subs.any(|id| parts.iter().all(|part| part.0 != id))
}
