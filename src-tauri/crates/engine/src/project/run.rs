//! 一次推演 — the days in order, under one combination of readings.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Arc;

use super::account_turn::Accrued;
use super::agenda::{Item, What, Window};
use super::counters::{Running, Starting};
use super::outcome::{Low, Outcome, Purse, Record, Row, Rows, Seen, plain};
use super::people::Person;
use super::ready::{Bases, Ready, Said, SharedTerms};
use super::repayment::{Debts, debts};
use super::{Balances, Steps};
use crate::aid::Allowed;
use crate::credit::CreditDue;
use crate::open::Readings;
use crate::projection::EventKind;
use crate::rulebook::RuleBook;
use crate::settle::{Slip, Terms};
use chrono::NaiveDate;
use gongji_domain::{
    AccountId, BindingId, Enrollment, Household, MemberId, Message, Month, PlanItemId, PoolId,
    Scheme, SourceRef, SubAccountId, Yuan,
};

/// What every run starts from.
pub(super) struct Stage<'a> {
    pub(super) book: RuleBook<'a>,
    pub(super) household: &'a Household,
    pub(super) people: Vec<Person<'a>>,
    pub(super) agenda: Vec<Item<'a>>,
    /// By account the credits that can come on more than one day.
    pub(super) windows: BTreeMap<AccountId, Vec<usize>>,
    pub(super) balances: &'a Balances,
    /// By member.
    pub(super) counters: Vec<Vec<Starting>>,
    pub(super) window: Window,
    /// 算不算利息
    pub(super) with_interest: bool,
    pub(super) steps: Steps,
    /// By member, the first credit to come of which nobody knows the size.
    pub(super) of_unknown_size: Vec<Option<CreditDue>>,
    /// What the rules say of each binding, by the stretches of time on which it rests.
    pub(super) verdicts: RefCell<Verdicts>,
    /// What every run needs for one item of the agenda, and what several items share.
    pub(super) ready: RefCell<BTreeMap<usize, Rc<Ready<'a>>>>,
    pub(super) terms: RefCell<SharedTerms<'a>>,
    /// Of the layers that are settled when a year closes.
    pub(super) layers: RefCell<YearlyTerms<'a>>,
    pub(super) bases: RefCell<Bases>,
    pub(super) said: RefCell<Said>,
    pub(super) said_of_plan: RefCell<BTreeMap<PlanItemId, Arc<Message>>>,
    pub(super) behind: RefCell<BTreeMap<usize, Arc<[SourceRef]>>>,
    /// The sentence where none is told.
    pub(super) unsaid: Arc<Message>,
}

/// By place in the agenda and number of the layer; none where it cannot be settled.
pub(super) type YearlyTerms<'a> = BTreeMap<(usize, usize), Option<Rc<Terms<'a>>>>;

/// By binding, the beginnings of both enrollments, and that of the rules.
pub(super) type Verdicts =
    BTreeMap<(BindingId, NaiveDate, NaiveDate, Option<NaiveDate>), (Allowed, Message)>;

/// One run.
pub(super) struct Run<'r, 'a> {
    pub(super) stage: &'r Stage<'a>,
    /// The members of this run: those who share money with one another.
    pub(super) group: &'r [usize],
    pub(super) readings: &'r mut Readings,
    pub(super) purses: BTreeMap<AccountId, Purse>,
    counters: Vec<((usize, PoolId, Scheme), Running)>,
    pub(super) outcome: Outcome,
    /// The slip of the bill before, to be written anew.
    pub(super) slip: Slip,
    /// The place in the agenda.
    pub(super) at: usize,
    /// 清算不足，由下一次预划补
    pub(super) shortfalls: BTreeMap<AccountId, Yuan>,
    /// 低于零、要用现金补上的账户，从哪天起
    pub(super) debts: Debts,
    /// 计息的积数，到哪天（不含）为止
    pub(super) accrued: BTreeMap<(AccountId, SubAccountId), Accrued>,
    pub(super) accrued_to: NaiveDate,
    /// Credits that have arrived before their latest day.
    pub(super) early: Vec<usize>,
    month: Option<Month>,
}

impl<'r, 'a> Run<'r, 'a> {
    pub(super) fn new(
        stage: &'r Stage<'a>,
        group: &'r [usize],
        readings: &'r mut Readings,
    ) -> Run<'r, 'a> {
        let zero = Some(Yuan::ZERO);
        let outcome = Outcome {
            seen: vec![Seen::default(); stage.people.len()],
            fund_paid: zero,
            patient_paid: zero,
            ..Outcome::default()
        };
        let purses = purses(stage, group);
        let accrued = purses.iter().flat_map(|(account, purse)| {
            let subs = purse.subs.iter();
            subs.map(|(sub, held)| ((*account, sub.clone()), Accrued::from(*held)))
        });
        Run {
            stage,
            group,
            readings,
            shortfalls: BTreeMap::new(),
            debts: debts(stage, group),
            accrued: accrued.collect(),
            accrued_to: stage.window.first(),
            purses,
            counters: counters(stage, group),
            outcome,
            slip: Slip::default(),
            at: 0,
            early: Vec::new(),
            month: None,
        }
    }

    /// Goes through the days, on which `items` of the agenda happen.
    pub(super) fn play(mut self, items: &[usize]) -> Outcome {
        let window = self.stage.window;
        self.outcome.records.reserve(items.len());
        let months = Month::of(window.until).since(Month::of(window.first())) + 1;
        self.outcome
            .months
            .reserve(usize::try_from(months).unwrap_or_default());
        self.turn_to(Month::of(self.stage.window.first()));
        for person in self.group {
            let balance = self.balance(*person);
            self.low_point(*person, self.stage.window.from, balance);
        }
        for &at in items {
            let stage = self.stage;
            let item = &stage.agenda[at];
            self.at = at;
            self.readings.move_to(at);
            if item.on > stage.window.from {
                self.turn_to(Month::of(item.on));
                self.accrue(item.on);
            }
            let before = self.parts(item.person);
            self.happen(item);
            self.note_debts(item);
            self.note_parts(item.person, before);
        }
        self.turn_to(Month::of(self.stage.window.until));
        self.close_month();
        self.outcome
    }

    /// What the parts of the member's accounts hold, where that is to be told; `None` where it is not known.
    fn parts(&self, person: usize) -> Option<BTreeMap<SubAccountId, Option<Yuan>>> {
        if self.stage.steps != Steps::All {
            return None;
        }
        let mut parts = BTreeMap::new();
        for account in &self.stage.people[person].accounts {
            let purse = self.purses.get(&account.id);
            for (sub, held) in purse.iter().flat_map(|purse| &purse.subs) {
                let known = purse.is_some_and(|purse| purse.known);
                parts.insert(sub.clone(), known.then_some(*held));
            }
        }
        Some(parts)
    }

    fn note_parts(&mut self, person: usize, before: Option<BTreeMap<SubAccountId, Option<Yuan>>>) {
        let (Some(before), Some(after)) = (before, self.parts(person)) else {
            return;
        };
        let held = |parts: &BTreeMap<SubAccountId, Option<Yuan>>, sub| {
            parts.get(sub).copied().unwrap_or(Some(Yuan::ZERO))
        };
        let changes = after.keys().filter_map(|sub| {
            let (before, after) = (held(&before, sub), held(&after, sub));
            let change = before.zip(after).map(|(before, after)| after - before);
            (change != Some(Yuan::ZERO)).then(|| (sub.clone(), change))
        });
        let changes: Vec<_> = changes.collect();
        if !changes.is_empty() {
            self.outcome.parts.insert(self.at, changes);
        }
    }

    fn happen(&mut self, item: &'r Item<'a>) {
        match &item.what {
            What::YearEnd => self.year_end(item),
            What::YearLeftBehind(spell) => self.layers_left_behind(item, spell),
            What::Turn(turn) => self.turn(item, *turn),
            What::Change(what) => {
                let balance = self.balance(item.person);
                let said = self.said(&what.code, || what.clone());
                let mut record = plain(EventKind::Change, said, Some(Yuan::ZERO), balance);
                record.sources = self.behind(|stage| stage.behind_change(item, what));
                self.record(0, record);
            }
            What::CreditsUnknown(_, what) => {
                for account in &self.stage.people[item.person].accounts {
                    self.purses.entry(account.id).or_default().known = false;
                }
                if let Some(what) = what {
                    let mut record = plain(EventKind::Credit, what.clone(), None, None);
                    record.sources = self.behind(|stage| stage.behind_credits(item));
                    self.record(0, record);
                }
                // What is there from here on is not known, so neither is how low it will get.
                self.low_point(item.person, item.on, None);
                if let Some(row) = self.row(item.person) {
                    row.credited = None;
                }
            }
            What::Credit(expected) => self.credit(item, expected),
            What::Repayment(account) => self.repayment(item, *account),
            What::Spending(plan) => self.spending(item, plan),
            What::Premium(due) => self.premium(item, due),
        }
    }

    /// The yearly counters of the member return to zero by themselves (see [`Running::value`]); the
    /// layers that are settled once a year are paid out of what they stood at.
    fn year_end(&mut self, item: &Item<'a>) {
        let balance = self.balance(item.person);
        let what = self.said("project.year_end", || {
            Message::new("project.year_end")
                .with("name", self.name(item.person))
                .with("day", item.on)
        });
        let mut record = plain(EventKind::YearEnd, what, Some(Yuan::ZERO), balance);
        record.sources = self.behind(|stage| stage.behind_year(item));
        self.record(0, record);
        self.yearly_layers(item);
    }

    /// The balance of a member: all sub-accounts but those that are free cash.
    pub(super) fn balance(&self, person: usize) -> Option<Yuan> {
        let person = &self.stage.people[person];
        let mut sum = Yuan::ZERO;
        for account in &person.accounts {
            let purse = self.purses.get(&account.id)?;
            if !purse.known {
                return None;
            }
            let bound = purse
                .subs
                .iter()
                .filter(|(sub, _)| !person.free_cash.contains(*sub));
            sum += bound.map(|(_, balance)| *balance).sum();
        }
        Some(sum)
    }

    pub(super) fn record(&mut self, number: usize, record: Record) {
        if self.stage.steps == Steps::Months {
            return;
        }
        self.outcome.record((self.at, number), record);
    }

    /// The sentence about this item of the agenda, the same in every run; `code` tells it from others.
    pub(super) fn said(&self, code: &str, sentence: impl FnOnce() -> Message) -> Arc<Message> {
        if self.stage.steps == Steps::Months {
            return Arc::clone(&self.stage.unsaid);
        }
        let mut said = self.stage.said.borrow_mut();
        let of_item = said.entry(self.at).or_default();
        if let Some(held) = of_item.iter().find(|held| held.code == code) {
            return Arc::clone(held);
        }
        let sentence = Arc::new(sentence());
        of_item.push(Arc::clone(&sentence));
        sentence
    }

    /// What stands behind this item of the agenda, the same in every run.
    fn behind(&self, sources: impl FnOnce(&Stage<'a>) -> Vec<SourceRef>) -> Arc<[SourceRef]> {
        let mut behind = self.stage.behind.borrow_mut();
        let held = behind.entry(self.at);
        Arc::clone(held.or_insert_with(|| sources(self.stage).into()))
    }

    /// Notes a new balance as a possible low.
    pub(super) fn low_point(&mut self, person: usize, on: NaiveDate, amount: Option<Yuan>) {
        if let Some(row) = self.row(person) {
            row.lowest = row
                .lowest
                .zip(amount)
                .map(|(lowest, amount)| lowest.min(amount));
        }
        let seen = &mut self.outcome.seen[person];
        let lower = |held: Option<Low>| match held {
            Some(held)
                if held.amount.is_none() || amount.is_some_and(|now| Some(now) >= held.amount) =>
            {
                Some(held)
            }
            _ => Some(Low { on, amount }),
        };
        seen.lowest = lower(seen.lowest);
        if !seen.credit_came {
            seen.lowest_before_credit = lower(seen.lowest_before_credit);
        }
    }

    /// The current month's row of a member.
    pub(super) fn row(&mut self, person: usize) -> Option<&mut Row> {
        let (_, rows) = self.outcome.months.last_mut()?;
        let mut rows = rows.0.iter_mut();
        rows.find(|(of, _)| *of == person).map(|(_, row)| row)
    }

    /// Opens months up to `month`, closing those before it.
    fn turn_to(&mut self, month: Month) {
        while self.month.is_none_or(|now| now < month) {
            self.close_month();
            let next = self.month.map_or(month, |now| now.plus(1));
            let rows = self
                .group
                .iter()
                .map(|person| (*person, self.opened(*person)));
            let rows = Rows(rows.collect());
            self.outcome.months.push((next, rows));
            self.month = Some(next);
        }
    }

    fn opened(&self, person: usize) -> Row {
        let zero = Some(Yuan::ZERO);
        let balance = self.balance(person);
        Row {
            opening: balance,
            credited: zero,
            own_paid: zero,
            aid_given: zero,
            aid_taken: zero,
            cash_paid: zero,
            closing: balance,
            lowest: balance,
            assumed: false,
        }
    }

    fn close_month(&mut self) {
        for person in self.group {
            let closing = self.balance(*person);
            if let Some(row) = self.row(*person) {
                row.closing = closing;
                row.lowest = closing.and(row.lowest);
            }
        }
    }

    /// The counters of a member where they are enrolled.
    pub(super) fn counted(&self, person: usize, at: &Enrollment) -> Option<&Running> {
        let mut counters = self.counters.iter();
        let is_it = |(of, pool, scheme): &(usize, PoolId, Scheme)| {
            *of == person && *scheme == at.scheme && *pool == at.pool
        };
        counters
            .find(|(key, _)| is_it(key))
            .map(|(_, running)| running)
    }

    pub(super) fn counted_mut(&mut self, person: usize, at: &Enrollment) -> &mut Running {
        let is_it = |((of, pool, scheme), _): &((usize, PoolId, Scheme), Running)| {
            *of == person && *scheme == at.scheme && *pool == at.pool
        };
        let place = self.counters.iter().position(is_it).unwrap_or_else(|| {
            let key = (person, at.pool.clone(), at.scheme);
            self.counters.push((key, Running::default()));
            self.counters.len() - 1
        });
        &mut self.counters[place].1
    }

    /// The name of a member.
    pub(super) fn name(&self, person: usize) -> &'a str {
        &self.stage.people[person].member.name
    }
}

impl Stage<'_> {
    pub(super) fn index_of(&self, member: MemberId) -> Option<usize> {
        self.people
            .iter()
            .position(|person| person.member.id == member)
    }
}

/// The balances at the start; an account of which nothing was ever recorded is not known.
fn purses(stage: &Stage<'_>, group: &[usize]) -> BTreeMap<AccountId, Purse> {
    let accounts = group
        .iter()
        .flat_map(|person| &stage.people[*person].accounts);
    accounts
        .map(|account| {
            let subs: BTreeMap<SubAccountId, Yuan> = stage
                .balances
                .iter()
                .filter(|((of, _), _)| *of == account.id)
                .map(|((_, sub), balance)| (sub.clone(), *balance))
                .collect();
            let known = !subs.is_empty();
            (account.id, Purse { subs, known })
        })
        .collect()
}

fn counters(stage: &Stage<'_>, group: &[usize]) -> Vec<((usize, PoolId, Scheme), Running)> {
    let of = |(index, starting): (usize, &Vec<Starting>)| -> Vec<_> {
        let running = starting.iter().map(|(pool, scheme, counters)| {
            let key = (index, pool.clone(), *scheme);
            (key, Running::starting(counters))
        });
        running.collect()
    };
    let people = group
        .iter()
        .map(|person| (*person, &stage.counters[*person]));
    people.flat_map(of).collect()
}
