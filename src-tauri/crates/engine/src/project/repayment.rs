//! 补上透支 — by the member's own statement an account that went below zero is made good in cash, at the
//! latest so many months afterwards.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use gongji_domain::{Account, AccountId, Message, Overdraft, Yuan};

use super::agenda::{Expectations, Item, What};
use super::outcome::{Low, Spent, plain};
use super::run::{Run, Stage};
use crate::projection::EventKind;

/// 低于零的账户，从哪天起 — in one run.
pub(super) type Debts = BTreeMap<AccountId, NaiveDate>;

/// What the member says of the account, where it is to be made good in cash.
fn repaid(account: &Account) -> Option<&Overdraft> {
    let said = account.overdraft.as_ref();
    said.filter(|said| said.repay_within.is_some())
}

impl Expectations<'_, '_, '_> {
    /// 补上透支 — every day on which it may be due: so many months after anything that can take the account
    /// below zero. Which of them it is, each run knows.
    pub(super) fn repayments(&mut self) {
        let first = self.window.first();
        for account in &self.person.accounts {
            let Some(said) = repaid(account) else {
                continue;
            };
            let of_agenda = self.items.iter().map(|item| item.on);
            let since = of_agenda.chain(said.below_since);
            let due: BTreeSet<NaiveDate> = since
                .filter_map(|day| Some(said.repay_by(day)?.max(first)))
                .filter(|day| self.window.holds(*day))
                .collect();
            for day in due {
                self.push(day, What::Repayment(account.id));
            }
        }
    }
}

impl<'a> Run<'_, 'a> {
    /// Notes of the member's accounts which went below zero with what has just happened, and which are no
    /// longer. What may have been drawn on a balance that is not known is noted too.
    pub(super) fn note_debts(&mut self, item: &Item<'a>) {
        let accounts = &self.stage.people[item.person].accounts;
        for account in accounts.iter().filter(|account| repaid(account).is_some()) {
            let owes = match self.knows(account.id) {
                true => self.owed(item.person, account.id) > Yuan::ZERO,
                false => {
                    let drawn = matches!(item.what, What::Spending(_));
                    drawn || self.debts.contains_key(&account.id)
                }
            };
            if owes {
                self.debts.entry(account.id).or_insert(item.on);
            } else {
                self.debts.remove(&account.id);
            }
        }
    }

    /// By how much the account is below zero; what is free cash is not in it.
    fn owed(&self, person: usize, account: AccountId) -> Yuan {
        let free = &self.stage.people[person].free_cash;
        let purse = self.purses.get(&account);
        let parts = purse.into_iter().flat_map(|purse| &purse.subs);
        let held: Yuan = parts
            .filter(|(sub, _)| !free.contains(*sub))
            .map(|(_, held)| *held)
            .sum();
        (-held).or_zero()
    }

    /// 补上透支 — what is left of it on the last day for it, in cash.
    pub(super) fn repayment(&mut self, item: &Item<'a>, id: AccountId) {
        let stage = self.stage;
        let mut accounts = stage.people[item.person].accounts.iter();
        let account = accounts.find(|account| account.id == id);
        let Some(said) = account.and_then(|account| repaid(account)) else {
            return;
        };
        let Some(since) = self.debts.get(&id).copied() else {
            return;
        };
        if said.repay_by(since).is_none_or(|last| last > item.on) {
            return;
        }
        let cash = self.knows(id).then(|| self.owed(item.person, id));
        self.debts.remove(&id);
        let before = self.balance(item.person);
        if let Some(cash) = cash {
            self.fill(id, cash);
        }
        let row = self.row(item.person);
        if let Some(row) = row {
            row.credited = row.credited.zip(cash).map(|(sum, cash)| sum + cash);
            row.cash_paid = row.cash_paid.zip(cash).map(|(sum, cash)| sum + cash);
        }
        let seen = &mut self.outcome.seen[item.person];
        if seen.first_cash.is_none() {
            seen.first_cash = Some(Low {
                on: item.on,
                amount: cash,
            });
        }
        let balance = self.balance(item.person);
        let code = match cash {
            Some(_) => "project.overdraft_repaid",
            None => "project.overdraft_maybe_repaid",
        };
        let what = Message::new(code)
            .with("name", self.name(item.person))
            .with("since", since)
            .with("months", said.repay_within.unwrap_or_default())
            .with("source", &said.source)
            .with("day", said.stated_on);
        let mut record = plain(EventKind::Repayment, what, cash, balance);
        record.formula = before
            .zip(cash)
            .map(|(before, cash)| format!("{before} + {cash} = {}", before + cash));
        // Funds and relatives have no part in it, and the account does not pay: it is paid into.
        let nothing = Some(Yuan::ZERO);
        record.spent = Some(Spent {
            total: cash,
            fund: nothing,
            own: nothing,
            aid: nothing,
            donors: Vec::new(),
            cash,
        });
        self.record(0, record);
    }

    /// Puts cash into the parts that are below zero.
    fn fill(&mut self, account: AccountId, mut cash: Yuan) {
        let purse = self.purses.entry(account).or_default();
        for held in purse.subs.values_mut() {
            let part = cash.min((-*held).or_zero());
            *held += part;
            cash -= part;
        }
    }
}

/// What every run begins with: accounts that are below zero already.
pub(super) fn debts(stage: &Stage<'_>, group: &[usize]) -> Debts {
    let people = group.iter().map(|person| &stage.people[*person]);
    let accounts = people.flat_map(|person| &person.accounts);
    accounts
        .filter_map(|account| Some((account.id, repaid(account)?.below_since?)))
        .collect()
}
