//! 计划支出 — one planned bill, settled by the real rules of its day.

use std::collections::BTreeMap;

use gongji_domain::{
    EstimateRequest, Message, Open, Payer, PayersAtHand, PlannedSpending, PoolId, SubAccountId,
    Visit, Yuan,
};
use gongji_policy::Rules;

use super::agenda::Item;
use super::booking::{Paid, Split};
use super::counters::definitions;
use super::donors::Donor;
use super::outcome::{Spent, plain};
use super::people::Spell;
use super::period::period;
use super::run::Run;
use crate::open::OpenPoint;
use crate::projection::EventKind;
use crate::settle::{EngineError, Settled, counter_text, is_count, settle_once};

impl<'a> Run<'_, 'a> {
    pub(super) fn spending(&mut self, item: &Item<'a>, plan: &'a PlannedSpending) {
        let stage = self.stage;
        let person = &stage.people[item.person];
        let Some(spell) = person.on(item.on) else {
            self.not_settled(item, plan, "project.spending_not_insured", None);
            return;
        };
        let enrollment = spell.enrollment;
        let rules = stage
            .book
            .dated(&enrollment.pool, enrollment.scheme, item.on);
        let account = person.account(enrollment).map(|account| account.id);
        if let Some(account) = account {
            self.settle_windows(account, item.on);
        }
        let (donors, offers) = self.donors(item.person, item.on);
        for donor in &donors {
            self.settle_windows(donor.account, item.on);
        }
        // Balances after the windows.
        let offers = self.offered(&donors, offers);
        let own = account.map(|account| self.at_hand(item.person, account));
        let payers = PayersAtHand {
            own: own.clone().unwrap_or_default(),
            aid: offers,
        };
        let Some(rules) = rules else {
            self.without_rule(item, plan, spell, &donors, &payers);
            return;
        };
        let mut request = self.request(item, plan, spell, &rules, payers);
        match self.settled(item, &rules, spell, &mut request) {
            Ok(settled) if settled.has_rule => {
                self.count(item, spell, &rules, &settled);
                // Only the first time is news.
                let first = self.outcome.seen[item.person].run_out.is_none();
                let short = own
                    .filter(|_| first)
                    .and_then(|own| self.short(&rules, &request, &settled, &own));
                self.book_settled(item, plan, &donors, &settled, short);
            }
            Ok(_) => {
                let payers = request.payers.take().unwrap_or_default();
                self.without_rule(item, plan, spell, &donors, &payers);
            }
            Err(error) => self.not_settled(item, plan, "project.spending_cannot", Some(&error)),
        }
    }

    fn request(
        &self,
        item: &Item<'a>,
        plan: &PlannedSpending,
        spell: &Spell<'a>,
        rules: &Rules<'_>,
        payers: PayersAtHand,
    ) -> EstimateRequest {
        let key = (
            item.person,
            spell.enrollment.pool.clone(),
            spell.enrollment.scheme,
        );
        let running = self.counters.get(&key);
        let mut all_known = true;
        let mut so_far = BTreeMap::new();
        for (id, counter) in definitions(rules) {
            let value = match (period(rules, counter, item.on), running) {
                (Some(span), Some(running)) => running.value(id, span.starts),
                (Some(_), None) | (None, _) => Some(0),
            };
            match value {
                Some(value) => {
                    so_far.insert(id.to_owned(), counter_text(counter, value));
                }
                None => all_known = false,
            }
        }
        EstimateRequest {
            pool: spell.enrollment.pool.clone(),
            scheme: spell.enrollment.scheme,
            plan: spell.enrollment.plan.clone(),
            part: plan.part,
            member: spell.facts(&self.stage.people[item.person]),
            visit: Visit {
                settled_on: item.on,
                class: plan.class.clone(),
                admitted_on: None,
                contract: false,
                away: None,
                use_account: true,
                first_of_period: Some(all_known),
            },
            so_far: Some(so_far),
            bill: plan.bill.clone(),
            payers: Some(payers),
        }
    }

    /// Settles once. A counter that was not known goes on, in this run, from the reading it was given:
    /// otherwise every visit of the year would begin anew.
    fn settled(
        &mut self,
        item: &Item<'a>,
        rules: &Rules<'_>,
        spell: &Spell<'a>,
        request: &mut EstimateRequest,
    ) -> Result<Settled, EngineError> {
        let library = self.stage.book.library;
        let settled = settle_once(library, rules, request, self.readings)?;
        if request.visit.first_of_period == Some(true) {
            return Ok(settled);
        }
        let mut resolved = Vec::new();
        for (id, counter) in definitions(rules) {
            let known = request
                .so_far
                .as_ref()
                .is_some_and(|so_far| so_far.contains_key(id));
            let key = format!("counter:{id}");
            if known || !self.readings.has_met(&key) {
                continue;
            }
            let Some(span) = period(rules, counter, item.on) else {
                continue;
            };
            let chosen = self.readings.choose(&key, || OpenPoint {
                key: key.clone(),
                what: Message::new("open.counter").with("name", &counter.name),
                ask: None,
                readings: Vec::new(),
            });
            let most = if is_count(counter) {
                i64::from(u32::MAX)
            } else {
                Yuan::LIMIT.fen()
            };
            resolved.push((id, counter, span.starts, if chosen == 0 { 0 } else { most }));
        }
        if resolved.is_empty() {
            return Ok(settled);
        }
        let key = (
            item.person,
            spell.enrollment.pool.clone(),
            spell.enrollment.scheme,
        );
        let running = self.counters.entry(key).or_default();
        let so_far = request.so_far.get_or_insert_default();
        for (id, counter, starts, value) in resolved {
            running.set(id, starts, value);
            so_far.insert(id.to_owned(), counter_text(counter, value));
        }
        settle_once(library, rules, request, self.readings)
    }

    /// Carries the counters on.
    fn count(&mut self, item: &Item<'a>, spell: &Spell<'a>, rules: &Rules<'_>, settled: &Settled) {
        let key = (
            item.person,
            spell.enrollment.pool.clone(),
            spell.enrollment.scheme,
        );
        let running = self.counters.entry(key).or_default();
        for (id, counter) in definitions(rules) {
            let span = period(rules, counter, item.on);
            if let (Some(span), Some(Some(value))) = (span, settled.counters.get(id)) {
                // Beyond every edge stays beyond every edge.
                running.set(id, span.starts, (*value).min(Yuan::LIMIT.fen()));
            }
        }
    }

    /// What the own account would still have paid, had it held enough. Asked only where it was emptied.
    fn short(
        &mut self,
        rules: &Rules<'_>,
        request: &EstimateRequest,
        settled: &Settled,
        own: &BTreeMap<SubAccountId, Yuan>,
    ) -> Option<Yuan> {
        let paid: Yuan = settled.own().values().copied().sum();
        let left = settled.paid_by(Payer::MutualAid) + settled.paid_by(Payer::Cash);
        let emptied = settled
            .own()
            .iter()
            .any(|(sub, paid)| own.get(sub).copied().unwrap_or_default().or_zero() <= *paid);
        if left.is_zero() || !emptied {
            return None;
        }
        let mut rich = request.clone();
        let payers = rich.payers.get_or_insert_default();
        payers.own = settled
            .own()
            .keys()
            .map(|sub| (sub.clone(), Yuan::LIMIT))
            .collect();
        let wanted = settle_once(self.stage.book.library, rules, &rich, self.readings).ok()?;
        let wanted: Yuan = wanted.own().values().copied().sum();
        Some(wanted - paid).filter(|short| *short > Yuan::ZERO)
    }

    /// A bill for which the place has no rule: between everything from the fund and nothing from it.
    /// The event itself stays unknown; only what it may take out of the accounts is bounded.
    fn without_rule(
        &mut self,
        item: &Item<'a>,
        plan: &PlannedSpending,
        spell: &Spell<'a>,
        donors: &[Donor],
        payers: &PayersAtHand,
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
        let has_money = !donors.is_empty() || !payers.own.is_empty();
        let mut paid = Paid {
            own: BTreeMap::new(),
            donors: vec![Yuan::ZERO; donors.len()],
        };
        let mut fund = plan.bill.total;
        if has_money && self.nothing_from_the_fund(pool, plan, what.clone()) {
            let mut left = (plan.bill.in_scope().unwrap_or_default()
                - plan.bill.not_account_payable)
                .or_zero();
            fund = Yuan::ZERO;
            for (sub, balance) in &payers.own {
                let gives = left.min((*balance).or_zero());
                left -= gives;
                paid.own.insert(sub.clone(), gives);
            }
            for (index, donor) in donors.iter().enumerate() {
                let able = payers
                    .aid
                    .get(index)
                    .map_or(Yuan::ZERO, |offer| offer.balance - donor.reserve);
                paid.donors[index] = left.min(able.or_zero());
                left -= paid.donors[index];
            }
        } else {
            self.note_open("rule", what);
        }
        let gone: Yuan = paid.own.values().chain(&paid.donors).copied().sum();
        let split = Split {
            total: plan.bill.total,
            fund,
            cash: plan.bill.total - fund - gone,
            known: false,
        };
        let mut record = self.book(item, plan, donors, &paid, split);
        record.what = self
            .said(plan, "project.spending_no_rule")
            .with("place", place);
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
        let mut what = self.said(plan, code);
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
            total: plan.bill.total,
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
