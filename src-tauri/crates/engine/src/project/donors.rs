//! 家人与账户 — whose accounts may pay on a day, and what is in them.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use gongji_domain::{AccountId, AidOffer, Binding, Message, SubAccountId, Yuan};
use gongji_policy::{AidKind, Cell, Rules};

use super::people::Spell;
use super::run::Run;
use crate::aid::{Allowed, aid_blocks, aid_verdict_under};
use crate::open::OpenPoint;

/// A donor who may pay on this day.
pub(super) struct Donor {
    pub(super) person: usize,
    pub(super) account: AccountId,
    pub(super) subs: Vec<SubAccountId>,
    pub(super) reserve: Yuan,
}

impl Run<'_, '_> {
    /// The own sub-accounts at hand. Where the balance is not known: what is certainly there, or enough.
    pub(super) fn at_hand(
        &mut self,
        person: usize,
        account: AccountId,
    ) -> BTreeMap<SubAccountId, Yuan> {
        let Some(purse) = self.purses.get(&account) else {
            return BTreeMap::new();
        };
        let (mut subs, known) = (purse.subs.clone(), purse.known);
        if !known && self.balance_enough(person) {
            let account_use = self.named_subs(person);
            for sub in subs
                .keys()
                .cloned()
                .collect::<Vec<_>>()
                .into_iter()
                .chain(account_use)
            {
                subs.insert(sub, Yuan::LIMIT);
            }
        }
        subs
    }

    /// The sub-accounts that the member's place knows, for an account of which nothing is recorded.
    fn named_subs(&self, person: usize) -> Vec<SubAccountId> {
        let day = self.stage.agenda[self.at].on;
        let Some(spell) = self.stage.people[person].on(day) else {
            return Vec::new();
        };
        let Some(rules) = self
            .stage
            .book
            .on(&spell.enrollment.pool, spell.enrollment.scheme, day)
        else {
            return Vec::new();
        };
        rules
            .blocks
            .iter()
            .filter(|held| held.block.name == "sub_account")
            .filter_map(|held| held.block.head.id.clone().map(SubAccountId))
            .collect()
    }

    fn balance_enough(&mut self, person: usize) -> bool {
        let name = self.name(person);
        let key = format!("balance:{}", self.stage.people[person].member.id);
        let chosen = self.readings.choose(&key, || OpenPoint {
            key: key.clone(),
            what: Message::new("open.member_balance").with("name", name),
            ask: None,
            readings: vec![
                Message::new("reading.balance_least"),
                Message::new("reading.balance_enough"),
            ],
        });
        chosen == 1
    }

    /// The relatives whose accounts may pay on this day, in the order of registration.
    pub(super) fn donors(
        &mut self,
        recipient: usize,
        day: NaiveDate,
    ) -> (Vec<Donor>, Vec<AidOffer>) {
        let stage = self.stage;
        let member = stage.people[recipient].member.id;
        let mut bindings: Vec<_> = stage
            .household
            .bindings
            .iter()
            .filter(|binding| binding.recipient == member && binding.bound_on <= day)
            .filter(|binding| binding.ended_on.is_none_or(|ended| day < ended))
            .collect();
        bindings.sort_by_key(|binding| (binding.rank, binding.id));
        let mut donors = Vec::new();
        let mut offers = Vec::new();
        for binding in bindings {
            let Some(person) = self.index_of(binding.donor) else {
                continue;
            };
            let (Some(donor), Some(to)) = (
                stage.people[person].on(day),
                stage.people[recipient].on(day),
            ) else {
                continue;
            };
            let Some(account) = stage.people[person].account(donor.enrollment) else {
                continue;
            };
            let rules = stage
                .book
                .on(&donor.enrollment.pool, donor.enrollment.scheme, day);
            let (allowed, reason) = self.verdict(binding, donor, to, rules.as_deref(), day);
            if allowed == Allowed::Unknown {
                self.note_open(&format!("aid:{}", binding.id), reason);
                continue;
            }
            let Some(rules) = rules.filter(|_| allowed == Allowed::Yes) else {
                continue;
            };
            let rule = aid_blocks(&rules, AidKind::Binding)
                .next()
                .map(|(_, aid)| aid);
            donors.push(Donor {
                person,
                account: account.id,
                subs: rule
                    .map(|aid| aid.pays_from.iter().cloned().map(SubAccountId).collect())
                    .unwrap_or_default(),
                reserve: match rule.map(|aid| aid.reserve) {
                    Some(Cell::Yuan(reserve)) => reserve,
                    _ => Yuan::ZERO,
                },
            });
            offers.push(AidOffer {
                name: stage.people[person].member.name.clone(),
                relation: binding.relation,
                pool: donor.enrollment.pool.clone(),
                balance: Yuan::ZERO,
                bound_on: binding.bound_on,
                rank: binding.rank,
            });
        }
        (donors, offers)
    }

    /// Whether the rules let a binding pay; asked once for each stretch in which nothing it rests on
    /// changes.
    fn verdict(
        &self,
        binding: &Binding,
        donor: &Spell<'_>,
        recipient: &Spell<'_>,
        rules: Option<&Rules<'_>>,
        day: NaiveDate,
    ) -> (Allowed, Message) {
        let since = rules.map(|rules| rules.day);
        let key = (binding.id, donor.from, recipient.from, since);
        if let Some(held) = self.stage.verdicts.borrow().get(&key) {
            return held.clone();
        }
        let (donor, recipient) = (donor.party(Some(true)), recipient.party(None));
        let library = self.stage.book.library;
        let verdict = aid_verdict_under(library, rules, &donor, &recipient, binding.relation, day);
        let found = (verdict.allowed, verdict.reason);
        self.stage.verdicts.borrow_mut().insert(key, found.clone());
        found
    }

    /// Fills in the donors' balances of this moment.
    pub(super) fn offered(&mut self, donors: &[Donor], mut offers: Vec<AidOffer>) -> Vec<AidOffer> {
        for (donor, offer) in donors.iter().zip(&mut offers) {
            let subs = self.at_hand(donor.person, donor.account);
            let payable = subs
                .iter()
                .filter(|(sub, _)| donor.subs.is_empty() || donor.subs.contains(sub));
            offer.balance = payable
                .map(|(_, balance)| (*balance).or_zero().min(Yuan::LIMIT))
                .max()
                .unwrap_or_default();
            if offer.balance < Yuan::LIMIT {
                offer.balance = subs
                    .iter()
                    .filter(|(sub, _)| donor.subs.is_empty() || donor.subs.contains(sub))
                    .map(|(_, balance)| (*balance).or_zero())
                    .sum();
            }
        }
        offers
    }

    pub(super) fn donate(&mut self, donor: &Donor, amount: Yuan) {
        let Some(purse) = self.purses.get_mut(&donor.account) else {
            return;
        };
        let mut left = amount;
        let named = donor
            .subs
            .iter()
            .filter(|sub| purse.subs.contains_key(*sub))
            .cloned();
        let named: Vec<SubAccountId> = match donor.subs.is_empty() {
            true => purse.subs.keys().cloned().collect(),
            false => named.collect(),
        };
        for sub in named {
            let held = purse.subs.entry(sub).or_default();
            let gives = left.min((*held).or_zero());
            *held -= gives;
            left -= gives;
        }
    }
}
