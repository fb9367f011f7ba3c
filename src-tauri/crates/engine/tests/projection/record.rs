//! 记下来 — plays the plans of a household day by day as a family would record them: the credits of each
//! month by the credit rules, each bill by `settle` with the counters and balances as recorded so far.
//! It knows nothing of the projection.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use gongji_domain::{
    Account, AccountId, AidOffer, EmploymentStatus, Enrollment, Entry, EntryId, EntryKind,
    EstimateRequest, Leg, MemberFacts, MemberId, Month, PayersAtHand, PlannedSpending,
    RecordedSettlement, SettlementEstimate, SettlementId, StatedCounter, StatementId, Visit, Yuan,
};
use gongji_engine::{
    Balances, Insured, Stay, counters_at, credit_case, retirement_takes_effect, settle,
};

use crate::family::{Home, SHIPPED, book};

/// What was recorded between two days.
pub(crate) struct Recorded {
    /// The same household with the entries and settlements.
    pub(crate) home: Home,
    /// By plan and day what each bill came to.
    pub(crate) bills: Vec<(NaiveDate, MemberId, SettlementEstimate)>,
    /// By member and counter: when its period began, and what it stood at then.
    counters: BTreeMap<(MemberId, String), (NaiveDate, i64)>,
}

/// Plays the days after `home.from` up to `to`; `None` where something is not determined.
pub(crate) fn record(home: &Home, to: NaiveDate) -> Option<Recorded> {
    let mut recorded = Recorded {
        home: home.clone(),
        bills: Vec::new(),
        counters: BTreeMap::new(),
    };
    for member in &home.household.members {
        for counter in counters_at(&SHIPPED, &home.household, member.id, home.from) {
            let value = (counter.year_from, counter.value?);
            recorded.counters.insert((member.id, counter.id), value);
        }
    }
    let mut credits = credits(home, to)?;
    credits.sort_by_key(|credit| credit.on);
    let mut bills: Vec<(NaiveDate, &PlannedSpending)> = Vec::new();
    for plan in &home.household.plans {
        let days = plan.days(home.from.succ_opt()?, to);
        bills.extend(days.map(|day| (day, plan)));
    }
    bills.sort_by_key(|(day, plan)| (*day, plan.id));
    let mut credits = credits.into_iter().peekable();
    for (day, plan) in bills {
        while let Some(credit) = credits.next_if(|credit| credit.on <= day) {
            recorded.credit(credit);
        }
        recorded.bill(day, plan)?;
    }
    for credit in credits {
        recorded.credit(credit);
    }
    recorded.state_counters(to);
    recorded.home.from = to;
    Some(recorded)
}

struct Credit {
    on: NaiveDate,
    account: AccountId,
    month: Month,
    amount: Yuan,
    regular: bool,
}

/// What comes in after `home.from` and up to `to`.
fn credits(home: &Home, to: NaiveDate) -> Option<Vec<Credit>> {
    let mut found = Vec::new();
    for (enrollment, account) in home
        .household
        .enrollments
        .iter()
        .zip(&home.household.accounts)
    {
        let mut month = Month::of(home.from).plus(-3);
        while month <= Month::of(to).plus(1) {
            let insured = insured(home, enrollment, month);
            let stay = Stay {
                from: Some(enrollment.from),
                until: None,
            };
            let credits = credit_case(&SHIPPED, &insured, stay, month);
            for due in credits.due {
                // A day nobody knows: by the end of the month after it must have come.
                let on = due.latest.unwrap_or_else(|| month.plus(1).last_day());
                if home.from < on && on <= to {
                    found.push(Credit {
                        on,
                        account: account.id,
                        month,
                        amount: due.net.exact().filter(|_| due.sub == book())?,
                        regular: due.kind.is_regular(),
                    });
                }
            }
            if !credits.known {
                return None;
            }
            month = month.plus(1);
        }
    }
    Some(found)
}

fn status_on(enrollment: &Enrollment, day: NaiveDate) -> EmploymentStatus {
    let retired_on = enrollment
        .retired_on
        .filter(|_| enrollment.status == EmploymentStatus::Active);
    let effective = retired_on.and_then(|retired_on| {
        // Where no rule says otherwise: from the month after.
        let ruled =
            retirement_takes_effect(&SHIPPED, &enrollment.pool, enrollment.scheme, retired_on);
        ruled.or_else(|| Some(Month::of(retired_on).plus(1).first_day()))
    });
    match effective {
        Some(effective) if effective <= day => EmploymentStatus::Retired,
        _ => enrollment.status,
    }
}

fn insured(home: &Home, enrollment: &Enrollment, month: Month) -> Insured {
    let members = &home.household.members;
    let stated = home.household.credit_days.iter();
    let mut stated = stated.filter(|stated| stated.member == enrollment.member);
    Insured {
        pool: enrollment.pool.clone(),
        scheme: enrollment.scheme,
        plan: enrollment.plan.clone(),
        status: status_on(enrollment, month.first_day()),
        special: enrollment.special,
        born: members[enrollment.member.0 as usize - 1].born,
        retired_on: enrollment.retired_on,
        insured_months: enrollment.insured_months,
        base: enrollment.contribution_base,
        pension: enrollment.pension,
        pension_before: None,
        missing_years: None,
        employer: None,
        entered: None,
        stated_day: stated.next().map(|stated| stated.day),
    }
}

impl Recorded {
    fn enter(&mut self, on: NaiveDate, kind: EntryKind, month: Option<Month>, legs: Vec<Leg>) {
        for leg in &legs {
            let sub = leg.sub.clone().unwrap_or_else(book);
            *self.home.balances.entry((leg.account, sub)).or_default() += leg.amount;
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

    fn credit(&mut self, credit: Credit) {
        // What is withheld on its own day, or paid later for earlier months, is not the month's credit.
        let kind = match credit.regular {
            true => EntryKind::Credit,
            false => EntryKind::Transfer,
        };
        let leg = Leg {
            account: credit.account,
            sub: Some(book()),
            amount: credit.amount,
        };
        let month = credit.regular.then_some(credit.month);
        self.enter(credit.on, kind, month, vec![leg]);
    }

    fn account(&self, member: MemberId) -> &Account {
        let mut accounts = self.home.household.accounts.iter();
        accounts.find(|account| account.owner == member).unwrap()
    }

    fn balance(&self, member: MemberId) -> Yuan {
        let key = (self.account(member).id, book());
        self.home.balances.get(&key).copied().unwrap_or_default()
    }

    fn enrollment(&self, member: MemberId) -> &Enrollment {
        let mut enrollments = self.home.household.enrollments.iter();
        enrollments
            .find(|enrollment| enrollment.member == member)
            .unwrap()
    }

    fn bill(&mut self, day: NaiveDate, plan: &PlannedSpending) -> Option<()> {
        let request = self.request(day, plan)?;
        let estimate = settle(&SHIPPED, &request).ok()?;
        let mut legs = Vec::new();
        let own = self.account(plan.member).id;
        for (sub, paid) in &estimate.payers.own {
            legs.push((own, sub.clone(), paid.exact()?));
        }
        for share in &estimate.payers.aid {
            let members = &self.home.household.members;
            let donor = members.iter().find(|member| member.name == share.name)?;
            legs.push((self.account(donor.id).id, book(), share.paid.exact()?));
        }
        estimate.payers.cash_paid.exact()?;
        let counters: Vec<_> = self.counters_on(plan.member, day).collect();
        for (id, is_count, _) in counters {
            let after = match is_count {
                true => estimate.so_far.get(&id)?.parse().ok()?,
                false => estimate.so_far.get(&id)?.parse::<Yuan>().ok()?.fen(),
            };
            let starts = self.period_of(plan.member, &id, day)?;
            self.counters.insert((plan.member, id), (starts, after));
        }
        let legs = legs.into_iter().filter(|(.., paid)| !paid.is_zero());
        let legs: Vec<Leg> = legs
            .map(|(account, sub, paid)| Leg {
                account,
                sub: Some(sub),
                amount: -paid,
            })
            .collect();
        if !legs.is_empty() {
            self.enter(day, EntryKind::Spending, None, legs);
        }
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

    /// Each counter of the member on `day`: zero where its period began since it was last looked at.
    fn counters_on(
        &self,
        member: MemberId,
        day: NaiveDate,
    ) -> impl Iterator<Item = (String, bool, i64)> {
        let counters = counters_at(&SHIPPED, &self.home.household, member, day).into_iter();
        counters.map(move |counter| {
            let held = self.counters.get(&(member, counter.id.clone()));
            let held = held.filter(|(starts, _)| *starts == counter.year_from);
            let value = held.map_or(0, |(_, value)| *value);
            // What the record adds up by itself says the same, where it says anything.
            assert_eq!(
                counter.value.unwrap_or(value),
                value,
                "{} {day}",
                counter.id
            );
            (counter.id, counter.is_count, value)
        })
    }

    fn period_of(&self, member: MemberId, id: &str, day: NaiveDate) -> Option<NaiveDate> {
        let mut counters = counters_at(&SHIPPED, &self.home.household, member, day).into_iter();
        let found = counters.find(|counter| counter.id == id)?;
        Some(found.year_from)
    }

    /// The counters as they would be read off at the close of `day`.
    fn state_counters(&mut self, day: NaiveDate) {
        let mut stated = Vec::new();
        for enrollment in &self.home.household.enrollments {
            for (counter, is_count, value) in self.counters_on(enrollment.member, day) {
                stated.push(StatedCounter {
                    id: StatementId(1_000 + stated.len() as u32),
                    member: enrollment.member,
                    pool: enrollment.pool.clone(),
                    counter,
                    as_of: day,
                    value: text(is_count, value),
                });
            }
        }
        self.home.household.stated_counters.extend(stated);
    }

    fn request(&self, day: NaiveDate, plan: &PlannedSpending) -> Option<EstimateRequest> {
        let household = &self.home.household;
        let enrollment = self.enrollment(plan.member);
        let so_far = self.counters_on(plan.member, day);
        let so_far = so_far.map(|(id, is_count, value)| (id, text(is_count, value)));
        let so_far: BTreeMap<String, String> = so_far.collect();
        let bound = household.bindings.iter();
        let mut bound: Vec<_> = bound
            .filter(|binding| binding.recipient == plan.member && binding.bound_on <= day)
            .collect();
        bound.sort_by_key(|binding| binding.rank);
        let offers = bound.into_iter().map(|binding| {
            let donor = self.enrollment(binding.donor);
            AidOffer {
                name: household.members[binding.donor.0 as usize - 1].name.clone(),
                relation: binding.relation,
                pool: donor.pool.clone(),
                scheme: donor.scheme,
                status: status_on(donor, day),
                balance: self.balance(binding.donor).or_zero(),
                bound_on: binding.bound_on,
                rank: binding.rank,
            }
        });
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
                contributions: None,
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
                own: BTreeMap::from([(book(), self.balance(plan.member))]),
                aid: offers.collect(),
            }),
        })
    }
}

fn text(is_count: bool, value: i64) -> String {
    match is_count {
        true => value.to_string(),
        false => Yuan::from_fen(value).to_string(),
    }
}

/// The balance of every account that is one book.
pub(crate) fn held(balances: &Balances) -> BTreeMap<AccountId, Yuan> {
    let mut held: BTreeMap<AccountId, Yuan> = BTreeMap::new();
    for ((account, _sub), balance) in balances {
        *held.entry(*account).or_default() += *balance;
    }
    held
}
