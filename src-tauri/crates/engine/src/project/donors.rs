//! 家人与账户 — whose accounts may pay on a day, and what is in them.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use gongji_domain::{AccountId, Binding, Message, SubAccountId, Yuan};
use gongji_policy::{Cell, Rules};

use super::people::Spell;
use super::run::{Run, Stage};
use crate::aid::{Allowed, aid_verdict_under, family_blocks};
use crate::open::OpenPoint;
use crate::settle::{self, Terms};

/// A donor who may pay on this day.
#[derive(Debug)]
pub(super) struct Donor {
    pub(super) person: usize,
    pub(super) account: AccountId,
    pub(super) subs: Vec<SubAccountId>,
    /// 账户至少留多少，不知道的不留 — what a bill without rules may take from the donor at most.
    pub(super) reserve: Yuan,
}

/// 某日的授权人
#[derive(Debug, Default)]
pub(super) struct Donors<'a> {
    pub(super) who: Vec<Donor>,
    /// By which rules each of them pays; empty where the patient's place has none.
    pub(super) how: Vec<settle::Donor<'a>>,
    /// Bindings of which nobody can say whether they may pay.
    pub(super) open: Vec<(String, Message)>,
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

    /// The donors' balances of this moment.
    pub(super) fn offered(&mut self, donors: &[Donor]) -> Vec<Yuan> {
        let mut balances = Vec::with_capacity(donors.len());
        for donor in donors {
            let subs = self.at_hand(donor.person, donor.account);
            let payable = || {
                let named = |sub| donor.subs.is_empty() || donor.subs.contains(sub);
                let payable = subs.iter().filter(move |(sub, _)| named(sub));
                payable.map(|(_, balance)| (*balance).or_zero())
            };
            // Enough is enough: two of them would leave the range of amounts.
            let most = payable().max().unwrap_or_default();
            balances.push(if most < Yuan::LIMIT {
                payable().sum()
            } else {
                Yuan::LIMIT
            });
        }
        balances
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

impl<'a> Stage<'a> {
    /// The relatives whose accounts may pay on this day, in the order of registration.
    pub(super) fn donors(
        &self,
        recipient: usize,
        day: NaiveDate,
        terms: Option<&Terms<'a>>,
    ) -> Donors<'a> {
        let member = self.people[recipient].member.id;
        let mut bindings: Vec<&Binding> = self
            .household
            .bindings
            .iter()
            .filter(|binding| binding.recipient == member && binding.bound_on <= day)
            .filter(|binding| binding.ended_on.is_none_or(|ended| day < ended))
            .collect();
        bindings.sort_by_key(|binding| (binding.rank, binding.id));
        let mut donors = Donors::default();
        for binding in bindings {
            self.donor(binding, recipient, day, terms, &mut donors);
        }
        donors
    }

    fn donor(
        &self,
        binding: &Binding,
        recipient: usize,
        day: NaiveDate,
        terms: Option<&Terms<'a>>,
        donors: &mut Donors<'a>,
    ) -> Option<()> {
        let person = self.index_of(binding.donor)?;
        let (donor, to) = (
            self.people[person].on(day)?,
            self.people[recipient].on(day)?,
        );
        let account = self.people[person].account(donor.enrollment)?;
        let rules = self
            .book
            .on(&donor.enrollment.pool, donor.enrollment.scheme, day);
        if self.ended_by_itself(binding, person, recipient, day) {
            return None;
        }
        let (allowed, reason) = self.verdict(binding, donor, to, rules.as_deref(), day);
        if allowed == Allowed::Unknown {
            donors.open.push((format!("aid:{}", binding.id), reason));
            return None;
        }
        let rules = rules.filter(|_| allowed == Allowed::Yes)?;
        let rule = family_blocks(&rules).next().map(|(_, aid)| aid);
        let subs = rule.iter().flat_map(|aid| &aid.pays_from);
        donors.who.push(Donor {
            person,
            account: account.id,
            subs: subs.cloned().map(SubAccountId).collect(),
            reserve: match rule.map(|aid| aid.reserve) {
                Some(Cell::Yuan(reserve)) => reserve,
                _ => Yuan::ZERO,
            },
        });
        donors.how.extend(terms.map(|terms| {
            let name = self.people[person].member.name.as_str();
            let registered = (name, binding.rank, binding.bound_on);
            settle::Donor::of(terms, Some(&rules), to.enrollment.scheme, registered)
        }));
        Some(())
    }

    /// 自动终止 — whether one side was out of insurance since the day of the binding, in a place where
    /// that ends it for good: insured again, they must bind anew.
    fn ended_by_itself(
        &self,
        binding: &Binding,
        donor: usize,
        recipient: usize,
        day: NaiveDate,
    ) -> bool {
        let sides = [
            (donor, "donor_not_in_good_standing"),
            (recipient, "user_not_in_good_standing"),
        ];
        sides.into_iter().any(|(side, word)| {
            let Some(lapsed) = self.people[side].lapsed_between(binding.bound_on, day) else {
                return false;
            };
            let keeper = &self.people[donor];
            let before = lapsed.pred_opt().and_then(|before| keeper.on(before));
            let rules = before.and_then(|spell| {
                let enrollment = spell.enrollment;
                self.book.on(&enrollment.pool, enrollment.scheme, lapsed)
            });
            rules.is_some_and(|rules| {
                family_blocks(&rules).any(|(_, aid)| aid.ends_when.iter().any(|when| when == word))
            })
        })
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
        if let Some(held) = self.verdicts.borrow().get(&key) {
            return held.clone();
        }
        let (donor, recipient) = (donor.party(Some(true)), recipient.party(None));
        let library = self.book.library;
        let verdict = aid_verdict_under(library, rules, &donor, &recipient, binding.relation, day);
        let found = (verdict.allowed, verdict.reason);
        self.verdicts.borrow_mut().insert(key, found.clone());
        found
    }
}
