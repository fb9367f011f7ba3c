//! 计划支出 — one planned bill, settled by the real rules of its day.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use gongji_domain::{
    AidOffer, EstimateRequest, Message, Open, Payer, PayersAtHand, PlannedSpending, SubAccountId,
    Visit, Yuan,
};
use gongji_policy::{AidKind, Cell, Rules};

use super::agenda::Item;
use super::counters::definitions;
use super::people::Spell;
use super::period::period;
use super::run::{Low, Record, Run, Short, plain};
use crate::aid::{AidParty, Allowed, aid_blocks, aid_verdict_under};
use crate::open::OpenPoint;
use crate::projection::EventKind;
use crate::settle::{EngineError, Settled, counter_text, is_count, settle_once};

/// 一次支出的分担；`None` = 不知道
#[derive(Clone, Debug)]
pub(super) struct Spent {
    pub(super) total: Yuan,
    pub(super) fund: Option<Yuan>,
    pub(super) own: Option<Yuan>,
    pub(super) aid: Option<Yuan>,
    /// By donor: what was paid, and the balance afterwards.
    pub(super) donors: Vec<(usize, Option<Yuan>, Option<Yuan>)>,
    pub(super) cash: Option<Yuan>,
}

/// A donor who may pay on this day.
struct Donor {
    person: usize,
    account: gongji_domain::AccountId,
    subs: Vec<SubAccountId>,
    reserve: Yuan,
}

/// What left the accounts.
#[derive(Default)]
struct Paid {
    own: BTreeMap<SubAccountId, Yuan>,
    donors: Vec<Yuan>,
}

impl<'a> Run<'_, 'a> {
    pub(super) fn spending(&mut self, item: &Item<'a>, plan: &'a PlannedSpending) {
        let stage = self.stage;
        let person = &stage.people[item.person];
        let Some(spell) = person.on(item.on) else {
            self.not_settled(item, plan, "project.spending_not_insured", None);
            return;
        };
        let enrollment = spell.enrollment;
        let rules = stage.book.on(&enrollment.pool, enrollment.scheme, item.on);
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
        let payers = PayersAtHand { own: own.clone().unwrap_or_default(), aid: offers };
        let Some(rules) = rules else {
            self.without_rule(item, plan, spell, &donors, &payers);
            return;
        };
        let mut request = self.request(item, plan, spell, &rules, payers);
        match self.settled(item, &rules, spell, &mut request) {
            Ok(settled) if settled.has_rule => {
                self.count(item, spell, &rules, &settled);
                let short = own.and_then(|own| self.short(&rules, &request, &settled, &own));
                self.book_settled(item, plan, &donors, &settled, short);
            }
            Ok(_) => {
                let payers = request.payers.take().unwrap_or_default();
                self.without_rule(item, plan, spell, &donors, &payers);
            }
            Err(error) => self.not_settled(item, plan, "project.spending_cannot", Some(&error)),
        }
    }

    /// The own sub-accounts at hand. Where the balance is not known: what is certainly there, or enough.
    fn at_hand(&mut self, person: usize, account: gongji_domain::AccountId) -> BTreeMap<SubAccountId, Yuan> {
        let Some(purse) = self.purses.get(&account) else { return BTreeMap::new() };
        let (mut subs, known) = (purse.subs.clone(), purse.known);
        if !known && self.balance_enough(person) {
            let account_use = self.named_subs(person);
            for sub in subs.keys().cloned().collect::<Vec<_>>().into_iter().chain(account_use) {
                subs.insert(sub, Yuan::LIMIT);
            }
        }
        subs
    }

    /// The sub-accounts that the member's place knows, for an account of which nothing is recorded.
    fn named_subs(&self, person: usize) -> Vec<SubAccountId> {
        let day = self.stage.agenda[self.at].on;
        let Some(spell) = self.stage.people[person].on(day) else { return Vec::new() };
        let Some(rules) = self.stage.book.on(&spell.enrollment.pool, spell.enrollment.scheme, day) else {
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
            readings: vec![Message::new("reading.balance_least"), Message::new("reading.balance_enough")],
        });
        chosen == 1
    }

    /// The relatives whose accounts may pay on this day, in the order of registration.
    fn donors(&mut self, recipient: usize, day: NaiveDate) -> (Vec<Donor>, Vec<AidOffer>) {
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
            let Some(person) = self.index_of(binding.donor) else { continue };
            let (Some(donor), Some(to)) = (stage.people[person].on(day), stage.people[recipient].on(day)) else {
                continue;
            };
            let Some(account) = stage.people[person].account(donor.enrollment) else { continue };
            let rules = stage.book.on(&donor.enrollment.pool, donor.enrollment.scheme, day);
            let verdict = aid_verdict_under(
                stage.book.library,
                rules.as_deref(),
                &party(donor, Some(true)),
                &party(to, None),
                binding.relation,
                day,
            );
            if verdict.allowed == Allowed::Unknown {
                self.note_open(&format!("aid:{}", binding.id), verdict.reason);
                continue;
            }
            let Some(rules) = rules.filter(|_| verdict.allowed == Allowed::Yes) else { continue };
            let rule = aid_blocks(&rules, AidKind::Binding).next().map(|(_, aid)| aid);
            donors.push(Donor {
                person,
                account: account.id,
                subs: rule.map(|aid| aid.pays_from.iter().cloned().map(SubAccountId).collect()).unwrap_or_default(),
                reserve: match rule.map(|aid| aid.reserve) {
                    Some(Cell::Yuan(reserve)) => reserve,
                    _ => Yuan::ZERO,
                },
            });
            offers.push(AidOffer {
                name: binding.donor.to_string(),
                relation: binding.relation,
                pool: donor.enrollment.pool.clone(),
                balance: Yuan::ZERO,
                bound_on: binding.bound_on,
                rank: binding.rank,
            });
        }
        (donors, offers)
    }

    /// Fills in the donors' balances of this moment.
    fn offered(&mut self, donors: &[Donor], mut offers: Vec<AidOffer>) -> Vec<AidOffer> {
        for (donor, offer) in donors.iter().zip(&mut offers) {
            let subs = self.at_hand(donor.person, donor.account);
            let payable = subs.iter().filter(|(sub, _)| donor.subs.is_empty() || donor.subs.contains(sub));
            offer.balance = payable.map(|(_, balance)| (*balance).or_zero().min(Yuan::LIMIT)).max().unwrap_or_default();
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

    fn request(
        &self,
        item: &Item<'a>,
        plan: &PlannedSpending,
        spell: &Spell<'a>,
        rules: &Rules<'_>,
        payers: PayersAtHand,
    ) -> EstimateRequest {
        let key = (item.person, spell.enrollment.pool.clone(), spell.enrollment.scheme);
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
        let mut resolved = Vec::new();
        for (id, counter) in definitions(rules) {
            let known = request.so_far.as_ref().is_some_and(|so_far| so_far.contains_key(id));
            let key = format!("counter:{id}");
            if known || !self.readings.has_met(&key) {
                continue;
            }
            let Some(span) = period(rules, counter, item.on) else { continue };
            let chosen = self.readings.choose(&key, || OpenPoint {
                key: key.clone(),
                what: Message::new("open.counter").with("name", &counter.name),
                ask: None,
                readings: Vec::new(),
            });
            let most = if is_count(counter) { i64::from(u32::MAX) } else { Yuan::LIMIT.fen() };
            resolved.push((id, counter, span.starts, if chosen == 0 { 0 } else { most }));
        }
        if resolved.is_empty() {
            return Ok(settled);
        }
        let key = (item.person, spell.enrollment.pool.clone(), spell.enrollment.scheme);
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
        let key = (item.person, spell.enrollment.pool.clone(), spell.enrollment.scheme);
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
        payers.own = settled.own().keys().map(|sub| (sub.clone(), Yuan::LIMIT)).collect();
        let wanted = settle_once(self.stage.book.library, rules, &rich, self.readings).ok()?;
        let wanted: Yuan = wanted.own().values().copied().sum();
        Some(wanted - paid).filter(|short| *short > Yuan::ZERO)
    }

    fn book_settled(
        &mut self,
        item: &Item<'a>,
        plan: &PlannedSpending,
        donors: &[Donor],
        settled: &Settled,
        short: Option<Yuan>,
    ) {
        let fund = Payer::ALL.into_iter().filter(|payer| payer.is_fund());
        let fund: Yuan = fund.map(|payer| settled.paid_by(payer)).sum();
        let paid = Paid { own: settled.own().clone(), donors: settled.aid().collect() };
        let split = Split { total: settled.total(), fund, cash: settled.paid_by(Payer::Cash), known: true };
        let mut record = self.book(item, plan, donors, &paid, split);
        let cited = settled.steps.iter().filter(|step| step.source.is_some());
        for step in cited {
            record.assumed |= step.assumed;
            if let Some(source) = &step.source
                && !record.sources.contains(source)
            {
                record.sources.push(source.clone());
            }
        }
        if let Some(row) = self.row(item.person) {
            row.assumed |= record.assumed;
        }
        self.record(0, record);
        self.outcome.used.extend(settled.used.iter().cloned());
        self.outcome.weakest = self.outcome.weakest.max(settled.weakest);
        if let Some(short) = short {
            self.ran_out(item, plan, short);
        }
    }

    fn ran_out(&mut self, item: &Item<'a>, plan: &PlannedSpending, short: Yuan) {
        let seen = &mut self.outcome.seen[item.person];
        if seen.run_out.is_none() {
            seen.run_out = Some(Short { on: item.on, plan: plan.id, short });
        }
    }

    /// Takes the payments off the accounts and notes them in the month's rows.
    fn book(
        &mut self,
        item: &Item<'a>,
        plan: &PlannedSpending,
        donors: &[Donor],
        paid: &Paid,
        split: Split,
    ) -> Record {
        let person = &self.stage.people[item.person];
        let account = person.on(item.on).and_then(|spell| person.account(spell.enrollment));
        let own: Yuan = paid.own.values().copied().sum();
        let mut own_known = split.known;
        if let Some(purse) = account.and_then(|account| self.purses.get_mut(&account.id)) {
            own_known &= purse.known;
            for (sub, amount) in &paid.own {
                let held = purse.subs.entry(sub.clone()).or_default();
                *held = if purse.known { *held - *amount } else { (*held - *amount).or_zero() };
            }
        }
        let mut shares = Vec::new();
        let mut aid_known = split.known;
        for (donor, amount) in donors.iter().zip(&paid.donors) {
            self.donate(donor, *amount);
            let known = self.purses.get(&donor.account).is_some_and(|purse| purse.known);
            aid_known &= known || amount.is_zero();
            let balance = self.balance(donor.person, item.on);
            if !amount.is_zero() {
                shares.push((donor.person, split.known.then_some(*amount), balance));
                self.low_point(donor.person, item.on, balance);
            }
            if let Some(row) = self.row(donor.person) {
                row.aid_given = row.aid_given.map(|sum| sum + *amount);
            }
        }
        let aid: Yuan = paid.donors.iter().copied().sum();
        let all_known = own_known && aid_known;
        let balance = self.balance(item.person, item.on);
        self.low_point(item.person, item.on, balance);
        self.sums(item, own, aid, &split);
        let mut record = plain(EventKind::Spending, self.said(plan, "project.spending"), own_known.then_some(-own), balance);
        record.spent = Some(Spent {
            total: split.total,
            fund: split.known.then_some(split.fund),
            own: own_known.then_some(own),
            aid: aid_known.then_some(aid),
            donors: shares,
            cash: all_known.then_some(split.cash),
        });
        record
    }

    fn sums(&mut self, item: &Item<'a>, own: Yuan, aid: Yuan, split: &Split) {
        if let Some(row) = self.row(item.person) {
            row.own_paid = row.own_paid.map(|sum| sum + own);
            row.aid_taken = row.aid_taken.map(|sum| sum + aid);
            row.cash_paid = row.cash_paid.map(|sum| sum + split.cash);
        }
        let seen = &mut self.outcome.seen[item.person];
        if seen.first_cash.is_none() && !split.cash.is_zero() {
            seen.first_cash = Some(Low { on: item.on, amount: split.known.then_some(split.cash) });
        }
        let outcome = &mut self.outcome;
        outcome.fund_paid = outcome.fund_paid.map(|sum| sum + split.fund);
        outcome.patient_paid = outcome.patient_paid.map(|sum| sum + own + aid + split.cash);
    }

    fn donate(&mut self, donor: &Donor, amount: Yuan) {
        let Some(purse) = self.purses.get_mut(&donor.account) else { return };
        let mut left = amount;
        let named = donor.subs.iter().filter(|sub| purse.subs.contains_key(*sub)).cloned();
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
        let place = self.stage.book.library.pool(pool).map_or(pool.0.as_str(), |pool| &pool.name).to_owned();
        let what = Message::new("open.no_rule").with("place", &place).with("part", plan.part.word());
        let has_money = !donors.is_empty() || !payers.own.is_empty();
        let mut paid = Paid { own: BTreeMap::new(), donors: vec![Yuan::ZERO; donors.len()] };
        let mut fund = plan.bill.total;
        if has_money && self.nothing_from_the_fund(pool, plan, what.clone()) {
            let mut left = (plan.bill.in_scope().unwrap_or_default() - plan.bill.not_account_payable).or_zero();
            fund = Yuan::ZERO;
            for (sub, balance) in &payers.own {
                let gives = left.min((*balance).or_zero());
                left -= gives;
                paid.own.insert(sub.clone(), gives);
            }
            for (index, donor) in donors.iter().enumerate() {
                let able = payers.aid.get(index).map_or(Yuan::ZERO, |offer| offer.balance - donor.reserve);
                paid.donors[index] = left.min(able.or_zero());
                left -= paid.donors[index];
            }
        } else {
            self.note_open("rule", what);
        }
        let gone: Yuan = paid.own.values().chain(&paid.donors).copied().sum();
        let split = Split { total: plan.bill.total, fund, cash: plan.bill.total - fund - gone, known: false };
        let mut record = self.book(item, plan, donors, &paid, split);
        record.what = self.said(plan, "project.spending_no_rule").with("place", place);
        self.record(0, record);
        self.unknown_sums(item);
    }

    fn nothing_from_the_fund(&mut self, pool: &gongji_domain::PoolId, plan: &PlannedSpending, what: Message) -> bool {
        let key = format!("rule:{pool}:{}", plan.part.word());
        let chosen = self.readings.choose(&key, || OpenPoint {
            key: key.clone(),
            what,
            ask: None,
            readings: vec![Message::new("reading.fund_pays_nothing"), Message::new("reading.fund_pays_all")],
        });
        chosen == 0
    }

    /// A plan that cannot be settled at all: it is shown, and what it takes is not known.
    fn not_settled(&mut self, item: &Item<'a>, plan: &PlannedSpending, code: &str, error: Option<&EngineError>) {
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

    fn unknown_sums(&mut self, item: &Item<'a>) {
        if let Some(row) = self.row(item.person) {
            row.own_paid = None;
            row.aid_taken = None;
            row.cash_paid = None;
        }
        self.outcome.fund_paid = None;
        self.outcome.patient_paid = None;
    }

    fn said(&self, plan: &PlannedSpending, code: &str) -> Message {
        Message::new(code).with("title", &plan.title).with("part", plan.part.word())
    }

    pub(super) fn note_open(&mut self, key: &str, what: Message) {
        if !self.outcome.open.iter().any(|open| open.key == key && open.what == what) {
            let open = Open { key: key.to_owned(), what, ask: None, readings: Vec::new() };
            self.outcome.open.push(open);
        }
    }
}

/// The sums of one bill.
struct Split {
    total: Yuan,
    fund: Yuan,
    cash: Yuan,
    /// Whether the rules determine them.
    known: bool,
}

fn party(spell: &Spell<'_>, has_account: Option<bool>) -> AidParty {
    AidParty {
        pool: spell.enrollment.pool.clone(),
        scheme: spell.enrollment.scheme,
        plan: spell.enrollment.plan.clone(),
        status: spell.status,
        has_account,
    }
}
