//! 记下来 — plays the plans of a household day by day as a family would record them: what comes to the
//! accounts by itself, each bill by `settle` with the counters and balances as recorded so far. It knows
//! nothing of the projection.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use gongji_domain::{
    Account, AccountId, AidOffer, Contributions, EmploymentStatus, Enrollment, Entry, EntryId,
    EntryKind, EstimateRequest, Leg, MemberFacts, MemberId, Month, PayersAtHand, PlannedSpending,
    PoolId, RecordedSettlement, Scheme, SettlementEstimate, SettlementId, StatedCounter,
    StatementId, SubAccountId, Visit, Yuan,
};
use gongji_engine::{clearing_case, counters_at, settle};
use gongji_policy::{Aid, AidKind, Body, InForce};

use crate::family::{Home, SHIPPED};
use crate::income::{Income, Lands, year_cleared};
use crate::insured::{enrollment_on, is_withdrawable, lapsed, status_on};

/// What was recorded between two days.
pub(crate) struct Recorded {
    /// The same household with the entries and settlements.
    pub(crate) home: Home,
    /// By plan and day what each bill came to.
    pub(crate) bills: Vec<(NaiveDate, MemberId, SettlementEstimate)>,
    /// By member, place and counter: when its period began, and what it stood at then.
    counters: BTreeMap<Counted, (NaiveDate, i64)>,
}

type Counted = (MemberId, PoolId, Scheme, String);

/// What happens on a day, in the order of the day.
enum Happens<'h> {
    Income(&'h Income),
    Bill(&'h PlannedSpending),
}

/// Plays the days after `home.from` up to `to`, with what comes of `incomes` by then; `None` where something
/// is not determined.
pub(crate) fn record(
    home: &Home,
    incomes: &[(NaiveDate, Income)],
    to: NaiveDate,
) -> Option<Recorded> {
    let mut recorded = Recorded {
        home: home.clone(),
        bills: Vec::new(),
        counters: BTreeMap::new(),
    };
    for member in &home.household.members {
        for counter in counters_at(&SHIPPED, &home.household, member.id, home.from) {
            let value = (counter.year_from, counter.value?);
            let key = recorded.counted(member.id, counter.id, home.from)?;
            recorded.counters.insert(key, value);
        }
    }
    let mut days: Vec<(NaiveDate, u8, u32, Happens<'_>)> = Vec::new();
    for (on, income) in incomes.iter().filter(|(on, _)| *on <= to) {
        days.push((*on, income.rank(), 0, Happens::Income(income)));
    }
    for plan in &home.household.plans {
        let on = plan.days(home.from.succ_opt()?, to);
        days.extend(on.map(|day| (day, 6, plan.id.0, Happens::Bill(plan))));
    }
    days.sort_by_key(|(on, rank, plan, _)| (*on, *rank, *plan));
    for (on, _, _, happens) in days {
        match happens {
            Happens::Income(income) => recorded.income(on, income)?,
            Happens::Bill(plan) => recorded.bill(on, plan)?,
        }
    }
    recorded.state_counters(to);
    recorded.home.from = to;
    Some(recorded)
}

impl Recorded {
    fn enter(&mut self, on: NaiveDate, kind: EntryKind, month: Option<Month>, legs: Vec<Leg>) {
        let legs = legs.into_iter().filter(|leg| !leg.amount.is_zero());
        let legs: Vec<Leg> = legs.collect();
        if legs.is_empty() {
            return;
        }
        for leg in &legs {
            let key = (leg.account, leg.sub.clone().unwrap());
            *self.home.balances.entry(key).or_default() += leg.amount;
        }
        let id = EntryId(self.home.household.entries.len() as u32 + 1);
        self.home.household.entries.push(Entry {
            id,
            on,
            for_month: month,
            kind,
            memo: String::new(),
            legs,
            corrects: None,
            settlement: None,
            for_member: None,
        });
    }

    fn income(&mut self, on: NaiveDate, income: &Income) -> Option<()> {
        let Income { account, lands } = income;
        let account = *account;
        let leg = |sub, amount| Leg {
            account,
            sub: Some(sub),
            amount,
        };
        match lands {
            Lands::Credit(credit) => {
                let month = credit.regular.then_some(credit.month);
                let legs = vec![leg(credit.sub.clone(), credit.amount)];
                self.enter(on, credit.kind, month, legs);
            }
            Lands::RollOver { from, into } => {
                let amount = self.held(account, from).or_zero();
                let legs = vec![leg(from.clone(), -amount), leg(into.clone(), amount)];
                self.enter(on, EntryKind::RollOver, None, legs);
            }
            Lands::Clearing {
                member,
                into,
                takes,
            } => {
                let enrollment = enrollment_on(&self.home, *member, on)?.clone();
                let mut terms = year_cleared(&self.home, *member, account, on)?;
                terms.closing_balance = takes.iter().map(|sub| self.held(account, sub)).sum();
                let (pool, scheme) = (&enrollment.pool, enrollment.scheme);
                let cleared = clearing_case(&SHIPPED, pool, scheme, on, &terms)?;
                let current = takes.iter().find(|sub| *sub != into)?;
                let mut legs = Vec::new();
                for sub in takes {
                    legs.push(leg(sub.clone(), -self.held(account, sub)));
                }
                let is_short = !cleared.carried_shortfall.is_zero();
                let into = if is_short { current } else { into };
                legs.push(leg(into.clone(), cleared.sum));
                self.enter(on, EntryKind::Clearing, None, legs);
            }
        }
        Some(())
    }

    fn account(&self, member: MemberId, pool: &PoolId) -> Option<&Account> {
        let mut accounts = self.home.household.accounts.iter();
        accounts.find(|account| account.owner == member && account.pool.as_ref() == Some(pool))
    }

    fn held(&self, account: AccountId, sub: &SubAccountId) -> Yuan {
        let key = (account, sub.clone());
        self.home.balances.get(&key).copied().unwrap_or_default()
    }

    fn bill(&mut self, day: NaiveDate, plan: &PlannedSpending) -> Option<()> {
        let request = self.request(day, plan)?;
        let estimate = settle(&SHIPPED, &request).ok()?;
        let mut legs = Vec::new();
        let own = self.account(plan.member, &request.pool);
        if let Some(own) = own.map(|account| account.id) {
            for (sub, paid) in &estimate.payers.own {
                legs.push((own, sub.clone(), paid.exact()?));
            }
        }
        for share in &estimate.payers.aid {
            let members = &self.home.household.members;
            let donor = members.iter().find(|member| member.name == share.name)?;
            let mut left = share.paid.exact()?;
            for (account, sub, held) in self.given(donor.id, day)? {
                let gives = left.min(held);
                left -= gives;
                legs.push((account, sub, gives));
            }
        }
        estimate.payers.cash_paid.exact()?;
        let counters: Vec<_> = self.counters_on(plan.member, day).collect();
        for (id, is_count, starts, _) in counters {
            let after = match is_count {
                true => estimate.so_far.get(&id)?.parse().ok()?,
                false => estimate.so_far.get(&id)?.parse::<Yuan>().ok()?.fen(),
            };
            let key = self.counted(plan.member, id, day)?;
            self.counters.insert(key, (starts, after));
        }
        let legs = legs.into_iter().map(|(account, sub, paid)| Leg {
            account,
            sub: Some(sub),
            amount: -paid,
        });
        self.enter(day, EntryKind::Spending, None, legs.collect());
        self.bills.push((day, plan.member, estimate.clone()));
        let settlements = &mut self.home.household.settlements;
        settlements.push(RecordedSettlement {
            id: SettlementId(settlements.len() as u32 + 1),
            member: plan.member,
            request,
            estimate,
            slip: None,
        });
        Some(())
    }

    fn counted(&self, member: MemberId, counter: String, day: NaiveDate) -> Option<Counted> {
        let enrollment = enrollment_on(&self.home, member, day)?;
        Some((member, enrollment.pool.clone(), enrollment.scheme, counter))
    }

    /// Each counter of the member on `day`, with the day from which it counts: zero where its period
    /// began since it was last looked at.
    fn counters_on(
        &self,
        member: MemberId,
        day: NaiveDate,
    ) -> impl Iterator<Item = (String, bool, NaiveDate, i64)> {
        let counters = counters_at(&SHIPPED, &self.home.household, member, day).into_iter();
        counters.map(move |counter| {
            let key = self.counted(member, counter.id.clone(), day).unwrap();
            let held = self.counters.get(&key);
            let held = held.filter(|(starts, _)| *starts == counter.year_from);
            let value = held.map_or(0, |(_, value)| *value);
            // What the record adds up by itself says the same, where it says anything.
            assert_eq!(
                counter.value.unwrap_or(value),
                value,
                "{} {day}",
                counter.id
            );
            (counter.id, counter.is_count, counter.year_from, value)
        })
    }

    /// The counters as they would be read off at the close of `day`, or of the last day on which they
    /// could be read.
    fn state_counters(&mut self, day: NaiveDate) {
        let mut stated = Vec::new();
        for enrollment in &self.home.household.enrollments {
            let member = enrollment.member;
            let as_of = enrollment.until.map_or(day, |until| until.min(day));
            let here = enrollment_on(&self.home, member, as_of);
            let mut others = self.home.household.enrollments.iter();
            let is_back = others.any(|other| {
                let of_place = other.pool == enrollment.pool && other.scheme == enrollment.scheme;
                let later = enrollment.from < other.from && other.from <= day;
                other.member == member && of_place && later
            });
            if is_back || here.is_none_or(|here| here.id != enrollment.id) {
                continue;
            }
            for (counter, is_count, _, value) in self.counters_on(member, as_of) {
                stated.push(StatedCounter {
                    id: StatementId(1_000 + stated.len() as u32),
                    member,
                    pool: enrollment.pool.clone(),
                    counter,
                    as_of,
                    value: text(is_count, value),
                });
            }
        }
        self.home.household.stated_counters.extend(stated);
    }

    /// What is in the parts of the donor's account that pay for others, in their order.
    fn given(
        &self,
        donor: MemberId,
        day: NaiveDate,
    ) -> Option<Vec<(AccountId, SubAccountId, Yuan)>> {
        let enrollment = enrollment_on(&self.home, donor, day)?;
        let account = self.account(donor, &enrollment.pool)?.id;
        let rules = SHIPPED.rules(&enrollment.pool, enrollment.scheme.word(), day)?;
        let aid = |kind: AidKind| rules.blocks.iter().find_map(move |held| aid_of(held, kind));
        let rule = aid(AidKind::Binding).or_else(|| aid(AidKind::FamilyAccount));
        let named = rule.iter().flat_map(|aid| &aid.pays_from);
        let mut parts: Vec<SubAccountId> = named.cloned().map(SubAccountId).collect();
        if parts.is_empty() {
            let held = self.home.balances.keys();
            let held = held.filter(|(of, _)| *of == account);
            parts = held.map(|(_, sub)| sub.clone()).collect();
        }
        let parts = parts.into_iter().map(|sub| {
            let held = self.held(account, &sub).or_zero();
            (account, sub, held)
        });
        Some(parts.collect())
    }

    fn request(&self, day: NaiveDate, plan: &PlannedSpending) -> Option<EstimateRequest> {
        let household = &self.home.household;
        let enrollment = enrollment_on(&self.home, plan.member, day)?;
        let so_far = self.counters_on(plan.member, day);
        let so_far = so_far.map(|(id, is_count, _, value)| (id, text(is_count, value)));
        let so_far: BTreeMap<String, String> = so_far.collect();
        let bound = household.bindings.iter();
        let mut bound: Vec<_> = bound
            .filter(|binding| binding.recipient == plan.member && binding.bound_on <= day)
            .collect();
        bound.sort_by_key(|binding| binding.rank);
        let mut offers = Vec::new();
        for binding in bound {
            // Whether a binding outlives a gap is the place's own rule.
            let sides = [binding.donor, binding.recipient];
            if sides
                .iter()
                .any(|side| lapsed(&self.home, *side, binding.bound_on, day))
            {
                return None;
            }
            let Some(parts) = self.given(binding.donor, day) else {
                continue;
            };
            let donor = enrollment_on(&self.home, binding.donor, day)?;
            offers.push(AidOffer {
                name: household.members[binding.donor.0 as usize - 1].name.clone(),
                relation: binding.relation,
                pool: donor.pool.clone(),
                scheme: donor.scheme,
                status: status_on(donor, day),
                balance: parts.into_iter().map(|(.., held)| held).sum(),
                bound_on: binding.bound_on,
                rank: binding.rank,
            });
        }
        let account = self.account(plan.member, &enrollment.pool);
        let account = account.map(|account| account.id);
        let balances = self.home.balances.iter();
        let own = balances.filter(|((of, _), _)| Some(*of) == account);
        Some(EstimateRequest {
            pool: enrollment.pool.clone(),
            scheme: enrollment.scheme,
            plan: enrollment.plan.clone(),
            part: plan.part,
            member: MemberFacts {
                status: status_on(enrollment, day),
                born: household.members[plan.member.0 as usize - 1].born,
                retired_on: enrollment.retired_on,
                insured_months: enrollment.insured_months,
                special: enrollment.special,
                tier: None,
                employer: None,
                continuous_years: None,
                contributions: self.interruption(plan.member, day),
            },
            visit: Visit {
                settled_on: day,
                class: plan.class.clone(),
                admitted_on: None,
                contract: false,
                away: None,
                use_account: true,
                first_of_period: None,
            },
            so_far: Some(so_far),
            bill: plan.bill.clone(),
            payers: Some(PayersAtHand {
                own: own.map(|((_, sub), held)| (sub.clone(), *held)).collect(),
                aid: offers,
            }),
        })
    }

    /// The months without a contribution between two enrollments of somebody in service.
    fn interruption(&self, member: MemberId, day: NaiveDate) -> Option<Contributions> {
        let all = self.home.household.enrollments.iter();
        let all: Vec<_> = all.filter(|one| one.member == member).collect();
        let [first, then] = all[..] else { return None };
        let works = |enrollment: &Enrollment, day| {
            enrollment.scheme == Scheme::Employee
                && status_on(enrollment, day) == EmploymentStatus::Active
        };
        let until = first.until?;
        if day < then.from || !works(first, until) || !works(then, then.from) {
            return None;
        }
        let stopped_in = Month::of(until).plus(1);
        let resumed_in = Month::of(then.from);
        (stopped_in < resumed_in).then(|| Contributions {
            stopped_in: Some(stopped_in),
            resumed_in: Some(resumed_in),
            ..Contributions::default()
        })
    }
}

fn aid_of<'a>(held: &InForce<'a>, kind: AidKind) -> Option<&'a Aid> {
    match &held.block.body {
        Body::Aid(aid) if aid.kind == kind => Some(aid),
        _ => None,
    }
}

fn text(is_count: bool, value: i64) -> String {
    match is_count {
        true => value.to_string(),
        false => Yuan::from_fen(value).to_string(),
    }
}

/// The balance of every member: all parts of all accounts but those that are free cash.
pub(crate) fn held(home: &Home) -> BTreeMap<MemberId, Yuan> {
    let members = home.household.members.iter();
    let mut held: BTreeMap<MemberId, Yuan> =
        members.map(|member| (member.id, Yuan::ZERO)).collect();
    for ((account, sub), balance) in &home.balances {
        let mut accounts = home.household.accounts.iter();
        let account = accounts.find(|known| known.id == *account).unwrap();
        if !is_withdrawable(account.pool.as_ref().unwrap(), sub, home.until) {
            *held.entry(account.owner).or_default() += *balance;
        }
    }
    held
}
