//! 计划支出 — one planned bill, settled by the real rules of its day.

use std::rc::Rc;
use std::sync::Arc;

use gongji_domain::{
    AccountId, Message, Open, Overdraft, Payer, PlannedSpending, PoolId, SubAccountId, Yuan,
};

use super::agenda::Item;
use super::behind::NOT_INSURED;
use super::booking::{Paid, Split, about};
use super::donors::Donor;
use super::outcome::{Spent, plain};
use super::people::{Person, Spell};
use super::ready::Ready;
use super::run::Run;
use crate::open::{About, OpenPoint};
use crate::projection::EventKind;
use crate::settle::{Case, EngineError, Slip, Tally, Terms, Trace};

/// The balances that could pay one bill, at this moment of one run.
struct AtHand {
    own: Vec<(SubAccountId, Yuan)>,
    /// 本人说的可透支额 — lent by the part that pays last.
    overdraft: Yuan,
    aid: Vec<Yuan>,
}

impl AtHand {
    /// By the order of the terms.
    fn own(&self, terms: &Terms<'_>) -> Vec<Yuan> {
        let held = |sub: &SubAccountId| {
            let held = self.own.iter().find(|(known, _)| known == sub);
            held.map_or(Yuan::ZERO, |(_, balance)| *balance)
        };
        let mut own: Vec<Yuan> = terms.subs().iter().map(held).collect();
        if let Some(last) = own.last_mut() {
            *last = (*last + self.overdraft).min(Yuan::LIMIT);
        }
        own
    }
}

impl<'a> Run<'_, 'a> {
    pub(super) fn spending(&mut self, item: &Item<'a>, plan: &'a PlannedSpending) {
        let stage = self.stage;
        let person = &stage.people[item.person];
        let Some(spell) = person.on(item.on) else {
            self.not_settled(item, plan, NOT_INSURED, None);
            return;
        };
        let ready = stage.ready(self.at, item, plan, spell);
        let account = person.account(spell.enrollment).map(|account| account.id);
        if let Some(account) = account {
            self.settle_windows(account, item.on);
        }
        for (key, reason) in &ready.donors.open {
            self.note_open(key, reason.clone());
        }
        for donor in &ready.donors.who {
            self.settle_windows(donor.account, item.on);
        }
        // Balances after the windows.
        let at_hand = AtHand {
            aid: self.offered(&ready.donors.who),
            own: self.own_at_hand(item, account),
            overdraft: self
                .overdraft(item, account)
                .map_or(Yuan::ZERO, |said| said.limit),
        };
        match &ready.terms {
            None => self.without_rule(item, plan, spell, &ready.donors.who, &at_hand),
            Some(Err(error)) => {
                self.not_settled(item, plan, "project.spending_cannot", Some(error));
            }
            Some(Ok(terms)) => {
                self.readings.turn_to(Some(about_bill(person, spell)));
                self.settle(item, plan, spell, (&ready, terms), account, &at_hand);
                self.readings.turn_to(None);
            }
        }
    }

    fn own_at_hand(
        &mut self,
        item: &Item<'a>,
        account: Option<AccountId>,
    ) -> Vec<(SubAccountId, Yuan)> {
        let own = account.map(|account| self.at_hand(item.person, account));
        own.into_iter().flatten().collect()
    }

    /// 本人说的可透支额 — from the day on which it was said.
    pub(super) fn overdraft(
        &self,
        item: &Item<'a>,
        account: Option<AccountId>,
    ) -> Option<&'a Overdraft> {
        let mut accounts = self.stage.people[item.person].accounts.iter();
        let account = accounts.find(|known| Some(known.id) == account)?;
        let said = account.overdraft.as_ref();
        said.filter(|said| said.stated_on <= item.on)
    }

    fn settle(
        &mut self,
        item: &Item<'a>,
        plan: &'a PlannedSpending,
        spell: &Spell<'a>,
        (ready, terms): (&Ready<'a>, &Rc<Terms<'a>>),
        account: Option<AccountId>,
        at_hand: &AtHand,
    ) {
        let own = at_hand.own(terms);
        let mut tally = self.tally(item, spell, ready, terms);
        let mut slip = std::mem::take(&mut self.slip);
        let in_words = self.stage.in_words(item, plan);
        let settle = |run: &mut Self, own: &[Yuan], tally: &Tally, slip: &mut Slip| {
            let case = Case {
                donors: &ready.donors.how,
                aid: &at_hand.aid,
                owns_more: at_hand.own.iter().any(|(_, balance)| !balance.is_zero()),
                ..Case::new(&plan.bill, item.on, tally, Some(own))
            };
            let mut trace = Trace::default();
            match in_words {
                true => terms.settle_noting(&case, run.readings, &mut trace, slip),
                false => terms.settle_noting(&case, run.readings, &mut trace.grounds, slip),
            }
            trace
        };
        let mut trace = settle(self, &own, &tally, &mut slip);
        if self.go_on_from_readings(item, spell, (ready, terms), &mut tally) {
            trace = settle(self, &own, &tally, &mut slip);
        }
        if !slip.has_rule {
            self.slip = slip;
            self.without_rule(item, plan, spell, &ready.donors.who, at_hand);
            return;
        }
        self.count(item, spell, (ready, terms), &slip);
        let basis = self.stage.basis(&trace.grounds);
        let mut paid = Paid::of(terms, &slip);
        paid.steps = trace.steps.into();
        // Only the first time is news.
        let first = self.outcome.seen[item.person].run_out.is_none();
        let wants = first && account.is_some() && was_emptied(&slip, &own);
        let split = Split::of(&slip);
        if wants {
            // A full account may pay in place of a fund: only what others had to pay is missing.
            let rich = vec![Yuan::LIMIT; own.len()];
            let missing = elsewhere(&slip);
            settle(self, &rich, &tally, &mut slip);
            let short = missing - elsewhere(&slip);
            paid.short = Some(short).filter(|short| *short > Yuan::ZERO);
        }
        self.slip = slip;
        self.book_settled(item, plan, &ready.donors.who, &paid, split, &basis);
    }

    /// The counters as they stand in this run.
    fn tally(
        &self,
        item: &Item<'a>,
        spell: &Spell<'a>,
        ready: &Ready<'a>,
        terms: &Terms<'_>,
    ) -> Tally {
        let running = self.counted(item.person, spell.enrollment);
        let value = |(id, starts): (&str, &Option<_>)| match (starts, running) {
            (Some(starts), Some(running)) => running.value(id, *starts),
            (Some(_), None) | (None, _) => Some(0),
        };
        let known: Vec<Option<i64>> = terms.counter_ids().zip(&ready.periods).map(value).collect();
        Tally {
            rest_is_zero: known.iter().all(Option::is_some),
            known,
        }
    }

    /// A counter that was not known goes on, in this run, from the reading it was given: otherwise
    /// every visit of the year would begin anew. Whether there was any.
    fn go_on_from_readings(
        &mut self,
        item: &Item<'a>,
        spell: &Spell<'a>,
        (ready, terms): (&Ready<'a>, &Terms<'_>),
        tally: &mut Tally,
    ) -> bool {
        if tally.rest_is_zero {
            return false;
        }
        let mut any = false;
        for (number, counter) in terms.counters.iter().enumerate() {
            let Some(Some(starts)) = ready.periods.get(number) else {
                continue;
            };
            let key = &counter.value_key;
            if tally.known[number].is_some() || !self.readings.has_met(key) {
                continue;
            }
            let chosen = self.readings.choose(key, || OpenPoint {
                key: key.clone(),
                what: counter.said_in("open.counter"),
                ask: None,
                readings: Vec::new(),
            });
            let most = if counter.is_count {
                i64::from(u32::MAX)
            } else {
                Yuan::LIMIT.fen()
            };
            let value = if chosen == 0 { 0 } else { most };
            tally.known[number] = Some(value);
            let running = self.counted_mut(item.person, spell.enrollment);
            running.set(&counter.id, *starts, value);
            any = true;
        }
        any
    }

    /// Carries the counters on.
    fn count(
        &mut self,
        item: &Item<'a>,
        spell: &Spell<'a>,
        (ready, terms): (&Ready<'a>, &Terms<'_>),
        slip: &Slip,
    ) {
        let running = self.counted_mut(item.person, spell.enrollment);
        for (number, value) in &slip.after {
            if let (Some(Some(starts)), Some(value)) = (ready.periods.get(*number), value) {
                // Beyond every edge stays beyond every edge.
                let value = (*value).min(Yuan::LIMIT.fen());
                running.set(&terms.counters[*number].id, *starts, value);
            }
        }
    }

    /// A bill for which the place has no rule: between everything from the fund and nothing from it.
    /// The event itself stays unknown; only what it may take out of the accounts is bounded.
    fn without_rule(
        &mut self,
        item: &Item<'a>,
        plan: &PlannedSpending,
        spell: &Spell<'a>,
        donors: &[Donor],
        at_hand: &AtHand,
    ) {
        let pool = &spell.enrollment.pool;
        let place = self
            .stage
            .book
            .library
            .pool(pool)
            .map_or(pool.0.as_str(), |pool| &pool.name)
            .to_owned();
        let what = Message::new("open.no_rule")
            .with("place", &place)
            .with("part", plan.part.word());
        let has_money = !donors.is_empty() || !at_hand.own.is_empty();
        let mut paid = Paid {
            own: Vec::new(),
            donors: vec![Yuan::ZERO; donors.len()],
            short: None,
            steps: Arc::default(),
        };
        let mut fund = plan.bill.total;
        if has_money && self.nothing_from_the_fund(pool, plan, what.clone()) {
            let mut left = (plan.bill.in_scope().unwrap_or_default()
                - plan.bill.not_account_payable)
                .or_zero();
            fund = Yuan::ZERO;
            for (number, (sub, balance)) in at_hand.own.iter().enumerate() {
                let is_last = number + 1 == at_hand.own.len();
                let lent = if is_last {
                    at_hand.overdraft
                } else {
                    Yuan::ZERO
                };
                let gives = left.min((*balance + lent).or_zero());
                left -= gives;
                paid.own.push((sub, gives));
            }
            for (index, donor) in donors.iter().enumerate() {
                let able = at_hand
                    .aid
                    .get(index)
                    .map_or(Yuan::ZERO, |balance| *balance - donor.reserve);
                paid.donors[index] = left.min(able.or_zero());
                left -= paid.donors[index];
            }
        } else {
            self.note_open("rule", what);
        }
        let own = paid.own.iter().map(|(_, paid)| *paid);
        let gone: Yuan = own.chain(paid.donors.iter().copied()).sum();
        let split = Split {
            total: plan.bill.total,
            fund,
            cash: plan.bill.total - fund - gone,
            known: false,
        };
        let mut record = self.book(item, plan, donors, &paid, split);
        let what = about(plan, "project.spending_no_rule").with("place", place);
        record.what = what.into();
        self.record(0, record);
        self.unknown_sums(item);
    }

    fn nothing_from_the_fund(
        &mut self,
        pool: &PoolId,
        plan: &PlannedSpending,
        what: Message,
    ) -> bool {
        let key = format!("rule:{pool}:{}", plan.part.word());
        let chosen = self.readings.choose(&key, || OpenPoint {
            key: key.clone(),
            what,
            ask: None,
            readings: vec![
                Message::new("reading.fund_pays_nothing"),
                Message::new("reading.fund_pays_all"),
            ],
        });
        chosen == 0
    }

    /// A plan that cannot be settled at all: it is shown, and what it takes is not known.
    fn not_settled(
        &mut self,
        item: &Item<'a>,
        plan: &PlannedSpending,
        code: &str,
        error: Option<&EngineError>,
    ) {
        let mut what = about(plan, code);
        if let Some(error) = error {
            what = what.with("reason", error);
        }
        self.note_open(&format!("plan:{}", plan.id), what.clone());
        let person = &self.stage.people[item.person];
        for account in &person.accounts {
            self.purses.entry(account.id).or_default().known = false;
        }
        let mut record = plain(EventKind::Spending, what, None, None);
        record.spent = Some(Spent {
            total: Some(plan.bill.total),
            fund: None,
            own: None,
            aid: None,
            donors: Vec::new(),
            cash: None,
        });
        self.record(0, record);
        self.unknown_sums(item);
        self.low_point(item.person, item.on, None);
    }

    pub(super) fn note_open(&mut self, key: &str, what: Message) {
        if !self
            .outcome
            .open
            .iter()
            .any(|open| open.key == key && open.what == what)
        {
            let open = Open {
                key: key.to_owned(),
                what,
                ask: None,
                readings: Vec::new(),
            };
            self.outcome.open.push(open);
        }
    }
}

/// Whether the own account could have paid more, had it held more: it was emptied, and something was
/// left to the relatives or to be paid in cash.
fn was_emptied(slip: &Slip, own: &[Yuan]) -> bool {
    let mut paid = slip.own().iter().zip(own);
    !elsewhere(slip).is_zero() && paid.any(|(paid, balance)| (*balance).or_zero() <= *paid)
}

/// What the patient's side pays beside the own account.
fn elsewhere(slip: &Slip) -> Yuan {
    slip.paid_by(Payer::MutualAid) + slip.paid_by(Payer::Cash)
}

/// What is open about a bill of this member.
pub(super) fn about_bill(person: &Person<'_>, spell: &Spell<'_>) -> About {
    About {
        member: person.member.id.to_string(),
        name: person.member.name.clone(),
        pool: spell.enrollment.pool.to_string(),
    }
}
