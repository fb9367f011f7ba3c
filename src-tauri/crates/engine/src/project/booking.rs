//! 记入推演 — a settled bill taken off the accounts and into the month's rows.

use chrono::NaiveDate;
use gongji_domain::{Message, Payer, PlannedSpending, Step, SubAccountId, Yuan};

use super::agenda::Item;
use super::donors::Donor;
use super::outcome::{Low, Planned, Record, Short, Spent, plain};
use super::ready::Basis;
use super::run::Run;
use crate::projection::EventKind;
use crate::settle::{Slip, Terms};
use std::rc::Rc;
use std::sync::Arc;

/// A bill for which the account goes below zero, as far as the member said it may.
pub(super) const OVERDRAWN: &str = "project.spending_overdrawn";

/// What left the accounts.
pub(super) struct Paid<'p> {
    pub(super) own: Vec<(&'p SubAccountId, Yuan)>,
    pub(super) donors: Vec<Yuan>,
    /// What relatives and cash had to pay because the own account did not hold enough.
    pub(super) short: Option<Yuan>,
    /// In words, where somebody asked for them.
    pub(super) steps: Arc<[Step]>,
}

impl<'p> Paid<'p> {
    pub(super) fn of(terms: &'p Terms<'_>, slip: &Slip) -> Paid<'p> {
        Paid {
            own: terms
                .subs()
                .iter()
                .zip(slip.own().iter().copied())
                .collect(),
            donors: slip.aid().to_vec(),
            short: None,
            steps: Arc::default(),
        }
    }
}

/// The sums of one bill.
pub(super) struct Split {
    pub(super) total: Yuan,
    pub(super) fund: Yuan,
    pub(super) cash: Yuan,
    /// Whether the rules determine them.
    pub(super) known: bool,
}

impl Split {
    pub(super) fn of(slip: &Slip) -> Split {
        let funds = Payer::ALL.into_iter().filter(|payer| payer.is_fund());
        Split {
            total: slip.total(),
            fund: funds.map(|payer| slip.paid_by(payer)).sum(),
            cash: slip.paid_by(Payer::Cash),
            known: true,
        }
    }
}

impl<'a> Run<'_, 'a> {
    pub(super) fn book_settled(
        &mut self,
        item: &Item<'a>,
        plan: &PlannedSpending,
        donors: &[Donor],
        paid: &Paid<'_>,
        split: Split,
        basis: &Rc<Basis>,
    ) {
        let mut record = self.book(item, plan, donors, paid, split);
        record.steps = Arc::clone(&paid.steps);
        record.sources = Arc::clone(&basis.sources);
        record.assumed = basis.assumed;
        if let Some(row) = self.row(item.person) {
            row.assumed |= basis.assumed;
        }
        let person = &self.stage.people[item.person];
        let account = person
            .on(item.on)
            .and_then(|spell| person.account(spell.enrollment))
            .map(|account| account.id);
        let overdrawn = record.balance.is_some_and(Yuan::is_negative);
        if let Some(said) = self.overdraft(item, account).filter(|_| overdrawn) {
            let what = about(plan, OVERDRAWN)
                .with("limit", said.limit)
                .with("source", &said.source);
            record.what = what.into();
        }
        self.record(0, record);
        self.outcome.rest_on(basis);
        if let Some(short) = paid.short {
            self.ran_out(item.person, item.on, Planned::Spending(plan.id), short);
        }
    }

    /// The account of this member cannot pay what it is asked for; only the first time is news.
    pub(super) fn ran_out(&mut self, person: usize, on: NaiveDate, bill: Planned, short: Yuan) {
        let seen = &mut self.outcome.seen[person];
        if seen.run_out.is_none() {
            seen.run_out = Some(Short { on, bill, short });
        }
    }

    /// Takes the payments off the accounts and notes them in the month's rows.
    pub(super) fn book(
        &mut self,
        item: &Item<'a>,
        plan: &PlannedSpending,
        donors: &[Donor],
        paid: &Paid<'_>,
        split: Split,
    ) -> Record {
        let person = &self.stage.people[item.person];
        let account = person
            .on(item.on)
            .and_then(|spell| person.account(spell.enrollment));
        let own: Yuan = paid.own.iter().map(|(_, paid)| *paid).sum();
        // Where a balance is not known, each reading of it pays exactly.
        let known = split.known;
        if let Some(purse) = account.and_then(|account| self.purses.get_mut(&account.id)) {
            for (sub, amount) in &paid.own {
                if !purse.subs.contains_key(*sub) {
                    purse.subs.insert((*sub).clone(), Yuan::ZERO);
                }
                let Some(held) = purse.subs.get_mut(*sub) else {
                    continue;
                };
                *held = if purse.known {
                    *held - *amount
                } else {
                    (*held - *amount).or_zero()
                };
            }
        }
        let mut shares = Vec::new();
        let asked = paid.donors.iter().copied();
        let asked = asked.chain(std::iter::repeat(Yuan::ZERO));
        for (donor, amount) in donors.iter().zip(asked) {
            self.donate(donor, amount);
            let balance = self.balance(donor.person);
            // Also whoever pays nothing in this run: in another it may be otherwise.
            let share = Some(amount).filter(|amount| known || amount.is_zero());
            shares.push((donor.person, share, balance));
            if !amount.is_zero() {
                self.low_point(donor.person, item.on, balance);
            }
            if let Some(row) = self.row(donor.person) {
                row.aid_given = row.aid_given.map(|sum| sum + amount);
            }
        }
        let aid: Yuan = paid.donors.iter().copied().sum();
        let balance = self.balance(item.person);
        self.low_point(item.person, item.on, balance);
        self.sums(item, own, aid, &split);
        let mut record = plain(
            EventKind::Spending,
            self.spent_on(plan),
            known.then_some(-own),
            balance,
        );
        record.spent = Some(Spent {
            total: Some(split.total),
            fund: known.then_some(split.fund),
            own: known.then_some(own),
            aid: known.then_some(aid),
            donors: shares,
            cash: known.then_some(split.cash),
        });
        record
    }

    /// The sentence about a bill of the plan, the same for all of them.
    fn spent_on(&self, plan: &PlannedSpending) -> Arc<Message> {
        let mut said = self.stage.said_of_plan.borrow_mut();
        let held = said.entry(plan.id);
        Arc::clone(held.or_insert_with(|| Arc::new(about(plan, "project.spending"))))
    }

    pub(super) fn sums(&mut self, item: &Item<'a>, own: Yuan, aid: Yuan, split: &Split) {
        if let Some(row) = self.row(item.person) {
            row.own_paid = row.own_paid.map(|sum| sum + own);
            row.aid_taken = row.aid_taken.map(|sum| sum + aid);
            row.cash_paid = row.cash_paid.map(|sum| sum + split.cash);
        }
        let seen = &mut self.outcome.seen[item.person];
        if seen.first_cash.is_none() && !split.cash.is_zero() {
            seen.first_cash = Some(Low {
                on: item.on,
                amount: split.known.then_some(split.cash),
            });
        }
        let outcome = &mut self.outcome;
        outcome.fund_paid = outcome.fund_paid.map(|sum| sum + split.fund);
        outcome.patient_paid = outcome.patient_paid.map(|sum| sum + own + aid + split.cash);
    }

    /// Cash that is paid back to the fund.
    pub(super) fn repaid(&mut self, item: &Item<'a>, in_cash: Yuan) {
        let split = Split {
            total: in_cash,
            fund: Yuan::ZERO,
            cash: in_cash,
            known: true,
        };
        self.sums(item, Yuan::ZERO, Yuan::ZERO, &split);
    }

    pub(super) fn unknown_sums(&mut self, item: &Item<'a>) {
        if let Some(row) = self.row(item.person) {
            row.own_paid = None;
            row.aid_taken = None;
            row.cash_paid = None;
        }
        self.outcome.fund_paid = None;
        self.outcome.patient_paid = None;
    }
}

/// The sentence of `code` about a planned bill.
pub(super) fn about(plan: &PlannedSpending, code: &str) -> Message {
    Message::new(code)
        .with("title", &plan.title)
        .with("part", plan.part.word())
}
