//! 一次推演 — the days in order, under one combination of readings.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use super::Balances;
use super::account_turn::Accrued;
use super::agenda::{Expected, Item, What, Window};
use super::counters::{Running, Starting};
use super::outcome::{Low, Outcome, Purse, Record, Row, Seen, plain};
use super::people::Person;
use super::ready::{Bases, Ready, SharedTerms};
use crate::aid::Allowed;
use crate::credit::{PostingKind, shortfall};
use crate::open::{OpenPoint, Readings};
use crate::projection::EventKind;
use crate::rulebook::RuleBook;
use crate::settle::Slip;
use chrono::NaiveDate;
use gongji_domain::{
    AccountId, BindingId, Household, MemberId, Message, Month, PoolId, Scheme, SubAccountId, Yuan,
};
use gongji_policy::Shortfall;

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
    /// What the rules say of each binding, by the stretches of time on which it rests.
    pub(super) verdicts: RefCell<Verdicts>,
    /// What every run needs for one item of the agenda, and what several items share.
    pub(super) ready: RefCell<BTreeMap<usize, Rc<Ready<'a>>>>,
    pub(super) terms: RefCell<SharedTerms<'a>>,
    pub(super) bases: RefCell<Bases>,
}

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
    pub(super) counters: BTreeMap<(usize, PoolId, Scheme), Running>,
    pub(super) outcome: Outcome,
    /// The slip of the bill before, to be written anew.
    pub(super) slip: Slip,
    /// The place in the agenda.
    pub(super) at: usize,
    /// 清算不足，由下一次预划补
    pub(super) shortfalls: BTreeMap<AccountId, Yuan>,
    /// 计息的积数，到哪天（不含）为止
    pub(super) accrued: BTreeMap<(AccountId, SubAccountId), Accrued>,
    pub(super) accrued_to: NaiveDate,
    /// Credits that have arrived before their latest day.
    early: Vec<usize>,
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
        let purses = purses(stage);
        let accrued = purses.iter().flat_map(|(account, purse)| {
            let subs = purse.subs.iter();
            subs.map(|(sub, held)| ((*account, sub.clone()), Accrued::from(*held)))
        });
        Run {
            stage,
            group,
            readings,
            shortfalls: BTreeMap::new(),
            accrued: accrued.collect(),
            accrued_to: stage.window.first(),
            purses,
            counters: counters(stage),
            outcome,
            slip: Slip::default(),
            at: 0,
            early: Vec::new(),
            month: None,
        }
    }

    /// Goes through the days.
    pub(super) fn play(mut self) -> Outcome {
        self.turn_to(Month::of(self.stage.window.first()));
        for person in self.group {
            let balance = self.balance(*person);
            self.low_point(*person, self.stage.window.from, balance);
        }
        for at in 0..self.stage.agenda.len() {
            let stage = self.stage;
            let item = &stage.agenda[at];
            // What may come after the end only matters for whether it comes before.
            if !self.group.contains(&item.person) || item.on > stage.window.until {
                continue;
            }
            self.at = at;
            if item.on > stage.window.from {
                self.turn_to(Month::of(item.on));
                self.accrue(item.on);
            }
            self.happen(item);
        }
        self.turn_to(Month::of(self.stage.window.until));
        self.close_month();
        self.outcome
    }

    fn happen(&mut self, item: &'r Item<'a>) {
        match &item.what {
            What::YearEnd => self.year_end(item),
            What::YearLeftBehind(spell) => self.layers_left_behind(item, spell),
            What::Turn(turn) => self.turn(item, *turn),
            What::Change(what) => {
                let balance = self.balance(item.person);
                let mut record = plain(EventKind::Change, what.clone(), Some(Yuan::ZERO), balance);
                record.sources = self.stage.behind_change(item, what).into();
                self.record(0, record);
            }
            What::CreditsUnknown(_, what) => {
                for account in &self.stage.people[item.person].accounts {
                    self.purses.entry(account.id).or_default().known = false;
                }
                if let Some(what) = what {
                    self.record(0, plain(EventKind::Credit, what.clone(), None, None));
                }
                // What is there from here on is not known, so neither is how low it will get.
                self.low_point(item.person, item.on, None);
                if let Some(row) = self.row(item.person) {
                    row.credited = None;
                }
            }
            What::Credit(expected) => self.credit(item, expected),
            What::Spending(plan) => self.spending(item, plan),
        }
    }

    /// The yearly counters of the member return to zero by themselves (see [`Running::value`]); the
    /// layers that are settled once a year are paid out of what they stood at.
    fn year_end(&mut self, item: &Item<'a>) {
        let balance = self.balance(item.person);
        let what = Message::new("project.year_end")
            .with("name", &self.stage.people[item.person].member.name)
            .with("day", item.on);
        let mut record = plain(EventKind::YearEnd, what, Some(Yuan::ZERO), balance);
        record.sources = self.stage.behind_year(item).into();
        self.record(0, record);
        self.yearly_layers(item);
    }

    fn credit(&mut self, item: &Item<'a>, expected: &Expected) {
        let due = &expected.due;
        let net = self.net(item, expected);
        let came_early = self.early.contains(&self.at);
        let in_balance =
            !expected.overdue && expected.may_be_in_balance && self.arrives_early(item, expected);
        let mut change = net;
        if in_balance {
            change = Yuan::ZERO;
        } else if !came_early && !expected.overdue {
            change = self.post(item, expected, item.on);
        }
        // The balance leaves out what no settlement can take.
        if self.is_free_cash(item, expected) {
            change = Yuan::ZERO;
        }
        let code = match (expected.overdue, due.kind) {
            (true, _) => "project.overdue_credit",
            (false, PostingKind::Credit | PostingKind::Advance) if due.learned => {
                "project.credit_learned"
            }
            (false, PostingKind::Credit) => "project.credit",
            (false, PostingKind::TrueUp) => "project.true_up",
            (false, PostingKind::Withheld) => "project.withheld",
            (false, PostingKind::Advance) => "project.advance",
            (false, PostingKind::TakenBack) => "project.taken_back",
            (false, PostingKind::OneOff) => "project.one_off",
        };
        let what = Message::new(code)
            .with("name", &self.stage.people[item.person].member.name)
            .with("month", due.for_month)
            .with("months", due.months);
        let kind = if expected.overdue {
            EventKind::OverdueCredit
        } else {
            EventKind::Credit
        };
        let balance = self.balance(item.person);
        let mut record = plain(kind, what, Some(change), balance);
        record.formula.clone_from(&due.formula);
        record.sources = Rc::clone(&expected.sources);
        record.assumed = due.assumed;
        self.record(0, record);
        if !expected.overdue {
            self.outcome.use_rules(&due.rules, due.grade);
        }
        if kind == EventKind::Credit && due.kind.is_regular() {
            self.outcome.seen[item.person].credit_came = true;
        }
    }

    /// 净额 — under the reading that is gone on with, where the rules leave two.
    fn net(&mut self, item: &Item<'a>, expected: &Expected) -> Yuan {
        let due = &expected.due;
        let range = due.net.min().zip(due.net.max());
        let ask = expected.ask.as_deref();
        range.map_or(Yuan::ZERO, |range| {
            self.as_read(item, due.for_month, range, ask)
        })
    }

    /// The least or the most of what a member is credited for a month, where the rules leave both.
    pub(super) fn as_read(
        &mut self,
        item: &Item<'a>,
        for_month: Month,
        (least, most): (Yuan, Yuan),
        ask: Option<&str>,
    ) -> Yuan {
        if least == most {
            return least;
        }
        let name = self.name(item.person);
        let member = self.stage.people[item.person].member.id;
        let key = format!("credit:{member}:{for_month}");
        let chosen = self.readings.choose(&key, || OpenPoint {
            key: key.clone(),
            what: Message::new("open.credit_amount")
                .with("name", name)
                .with("month", for_month),
            ask: ask.map(str::to_owned),
            readings: vec![
                Message::new("reading.credit_least").with("amount", least),
                Message::new("reading.credit_most").with("amount", most),
            ],
        });
        if chosen == 0 { least } else { most }
    }

    /// Books a credit, and says by how much the balance has changed.
    fn post(&mut self, item: &Item<'a>, expected: &Expected, on: NaiveDate) -> Yuan {
        let person = item.person;
        let mut net = self.net(item, expected);
        if expected.due.kind == PostingKind::TakenBack {
            net = self.taken_back(item, expected, net);
        }
        let purse = self.purses.entry(expected.account).or_default();
        *purse.subs.entry(expected.due.sub.clone()).or_default() += net;
        let assumed = expected.due.assumed;
        if !self.is_free_cash(item, expected)
            && let Some(row) = self.row(person)
        {
            row.credited = row.credited.map(|sum| sum + net);
            row.assumed |= assumed;
        }
        let balance = self.balance(person);
        self.low_point(person, on, balance);
        net
    }

    fn is_free_cash(&self, item: &Item<'a>, expected: &Expected) -> bool {
        let person = &self.stage.people[item.person];
        person.free_cash.contains(&expected.due.sub)
    }

    /// 不够收回的 — what is taken back beyond what is there stays as a debt or is paid in cash, as the
    /// advance of the place says; where it does not, the least and the most of it.
    fn taken_back(&mut self, item: &Item<'a>, expected: &Expected, net: Yuan) -> Yuan {
        let held = self
            .held_in(expected.account, &expected.due.sub.0)
            .or_zero();
        let person = &self.stage.people[item.person];
        let spell = person.in_month(expected.due.for_month.plus(-1));
        let rules = spell.and_then(|spell| {
            let enrollment = spell.enrollment;
            let book = &self.stage.book;
            book.on(
                &enrollment.pool,
                enrollment.scheme,
                expected.due.for_month.first_day(),
            )
        });
        let Some(rules) = rules.filter(|_| (held + net).is_negative()) else {
            return net;
        };
        match shortfall(&rules) {
            Shortfall::StaysNegative | Shortfall::NetFromNextCurrent => net,
            Shortfall::Repaid => {
                let in_cash = -(held + net);
                if let Some(row) = self.row(item.person) {
                    row.cash_paid = row.cash_paid.map(|sum| sum + in_cash);
                }
                -held
            }
            Shortfall::Unknown => self.as_read(
                item,
                expected.due.for_month,
                (net, -held),
                expected.ask.as_deref(),
            ),
        }
    }

    /// Before money leaves an account: credits that may have arrived by `day` inside their window.
    /// The window matters only here, so only here it is an open point.
    pub(super) fn settle_windows(&mut self, account: AccountId, day: NaiveDate) {
        let stage = self.stage;
        for at in stage.windows.get(&account).map_or(&[][..], Vec::as_slice) {
            let item = &stage.agenda[*at];
            let What::Credit(expected) = &item.what else {
                continue;
            };
            let inside = *at > self.at && expected.earliest <= day && day < item.on;
            if inside && !self.early.contains(at) && self.arrives_early(item, expected) {
                self.early.push(*at);
                self.post(item, expected, day);
            }
        }
    }

    /// The reading for a pool: its credits arrive on the first day of their window, or on the last.
    fn arrives_early(&mut self, item: &Item<'a>, expected: &Expected) -> bool {
        if expected.earliest == item.on {
            return false;
        }
        let person = &self.stage.people[item.person];
        let Some(spell) = person.in_month(expected.due.for_month) else {
            return false;
        };
        let pool = &spell.enrollment.pool;
        let place = self
            .stage
            .book
            .library
            .pool(pool)
            .map_or(pool.0.as_str(), |pool| &pool.name);
        let key = format!("arrival:{pool}");
        let chosen = self.readings.choose(&key, || OpenPoint {
            key: key.clone(),
            what: Message::new("open.arrival_window").with("place", place),
            ask: expected.ask.clone(),
            readings: vec![
                Message::new("reading.arrival_latest"),
                Message::new("reading.arrival_earliest"),
            ],
        });
        chosen == 1
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
        self.outcome.records.insert((self.at, number), record);
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
        self.outcome
            .months
            .last_mut()
            .map(|(_, rows)| &mut rows[person])
    }

    /// Opens months up to `month`, closing those before it.
    fn turn_to(&mut self, month: Month) {
        while self.month.is_none_or(|now| now < month) {
            self.close_month();
            let next = self.month.map_or(month, |now| now.plus(1));
            let rows = (0..self.stage.people.len())
                .map(|person| self.opened(person))
                .collect();
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
        for person in 0..self.stage.people.len() {
            let closing = self.balance(person);
            if let Some(row) = self.row(person) {
                row.closing = closing;
                row.lowest = closing.and(row.lowest);
            }
        }
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
fn purses(stage: &Stage<'_>) -> BTreeMap<AccountId, Purse> {
    let accounts = stage.people.iter().flat_map(|person| &person.accounts);
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

fn counters(stage: &Stage<'_>) -> BTreeMap<(usize, PoolId, Scheme), Running> {
    let of = |(index, starting): (usize, &Vec<Starting>)| -> Vec<_> {
        let running = starting.iter().map(|(pool, scheme, counters)| {
            let key = (index, pool.clone(), *scheme);
            (key, Running::starting(counters))
        });
        running.collect()
    };
    stage.counters.iter().enumerate().flat_map(of).collect()
}
