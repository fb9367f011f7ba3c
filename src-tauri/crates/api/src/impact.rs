//! 换一套规则会怎样 — which settlements that were recorded, which spending and premiums that are planned, which
//! credits that are expected and which balances come out otherwise, and by how much.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Months, NaiveDate};
use gongji_domain::{
    Amount, EstimateRequest, Household, MemberId, Month, PlanItemId, PlannedPremiumId,
};
use gongji_engine::{EventKind, ProjectedEvent, Projection, project, settle};
use gongji_policy::Library;

use crate::{ApiError, Gongji, Impact, ImpactFigure, ImpactKind, Shelf};

/// How far ahead planned spending and credits are compared.
const MONTHS: u32 = 12;

/// 付多少 — the funds and cash; of a premium all of it and cash.
type Paid = (Amount, Amount);

impl Gongji {
    /// 换一套规则会怎样 — for this household, from the rules of one shelf to those of another; what the
    /// household added itself counts with both.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn impacts_between(
        &self,
        today: NaiveDate,
        old: &Shelf,
        new: &Shelf,
    ) -> Result<Vec<Impact>, ApiError> {
        let (old, new) = (old.library(&self.added), new.library(&self.added));
        self.impacts(today, &old, &new)
    }

    /// The same between two libraries; planned spending, premiums, credits and balances of the coming
    /// twelve months.
    pub(crate) fn impacts(
        &self,
        today: NaiveDate,
        old: &Library,
        new: &Library,
    ) -> Result<Vec<Impact>, ApiError> {
        let (household, balances) = self.starting_point(today)?;
        let mut found = recorded(&household, old, new);
        let until = today
            .checked_add_months(Months::new(MONTHS))
            .unwrap_or(today);
        let project = |library| project(library, &household, &balances, today, until);
        let (before, after) = (project(old)?, project(new)?);
        found.extend(expected(&household, &before, &after));
        found.extend(balances_of(&household, &before, &after));
        found.retain(|impact| impact.before != impact.after);
        found.sort_by(|a, b| (a.kind, a.on, &a.member).cmp(&(b.kind, b.on, &b.member)));
        Ok(found)
    }
}

/// What the rules give for the bills that were recorded; the record itself does not change.
fn recorded(household: &Household, old: &Library, new: &Library) -> Vec<Impact> {
    let paid = |library: &Library, request: &EstimateRequest| -> Paid {
        match settle(library, request) {
            Ok(estimate) => (estimate.payers.fund_paid, estimate.payers.cash_paid),
            Err(_) => (Amount::UNKNOWN, Amount::UNKNOWN),
        }
    };
    let settlements = household.settlements.iter().flat_map(|settlement| {
        let request = &settlement.request;
        let of = Impact::of(
            ImpactKind::Recorded,
            name_of(household, settlement.member),
            request.visit.settled_on,
            request.part.word().to_owned(),
        );
        of_paid(&of, paid(old, request), paid(new, request))
    });
    settlements.collect()
}

fn of_paid(of: &Impact, before: Paid, after: Paid) -> [Impact; 2] {
    [
        of.changes(ImpactFigure::Fund, before.0, after.0),
        of.changes(ImpactFigure::Cash, before.1, after.1),
    ]
}

/// What makes two projected events the same one: whose, of which plan on which day, of which planned premium
/// and year, or of which month, and which of several. New rules may move the day of a premium, not its year.
type Key = (
    MemberId,
    Option<(PlanItemId, NaiveDate)>,
    Option<PlannedPremiumId>,
    Option<Month>,
    usize,
);

fn expected(household: &Household, before: &Projection, after: &Projection) -> Vec<Impact> {
    let (before, after) = (by_key(before), by_key(after));
    let keys: BTreeSet<&Key> = before.keys().chain(after.keys()).collect();
    let impacts = keys.into_iter().filter_map(|key| {
        let (one, other) = (before.get(key).copied(), after.get(key).copied());
        let event = other.or(one)?;
        let kind = match event.kind {
            EventKind::Spending => ImpactKind::Planned,
            EventKind::Premium => ImpactKind::Premium,
            _ => ImpactKind::Expected,
        };
        let whose = name_of(household, event.member);
        let of = Impact::of(kind, whose, event.on, what(household, event));
        Some(match kind {
            ImpactKind::Planned => of_paid(&of, paid(one), paid(other)).to_vec(),
            ImpactKind::Premium => {
                let ((total, cash), (later, later_cash)) = (premium(one), premium(other));
                vec![
                    of.changes(ImpactFigure::Premium, total, later),
                    of.changes(ImpactFigure::Cash, cash, later_cash),
                ]
            }
            _ => {
                let change = |event: Option<&ProjectedEvent>| {
                    event.map_or(Amount::UNKNOWN, |event| event.change)
                };
                vec![of.changes(ImpactFigure::Credit, change(one), change(other))]
            }
        })
    });
    impacts.flatten().collect()
}

/// What is not there under one set of rules is not known under it.
fn paid(event: Option<&ProjectedEvent>) -> Paid {
    let split = event.and_then(|event| event.split.as_ref());
    split.map_or((Amount::UNKNOWN, Amount::UNKNOWN), |split| {
        (split.fund_paid, split.cash_paid)
    })
}

/// What is due and what of it is cash.
fn premium(event: Option<&ProjectedEvent>) -> Paid {
    let split = event.and_then(|event| event.split.as_ref());
    split.map_or((Amount::UNKNOWN, Amount::UNKNOWN), |split| {
        (split.total, split.cash_paid)
    })
}

fn by_key(projection: &Projection) -> BTreeMap<Key, &ProjectedEvent> {
    let mut found = BTreeMap::new();
    for event in &projection.events {
        let plan = event.plan.map(|plan| (plan, event.on));
        let counts = matches!(event.kind, EventKind::Credit | EventKind::Premium);
        if plan.is_none() && !counts {
            continue;
        }
        let premium = event.premium.filter(|_| event.kind == EventKind::Premium);
        let mut key = (event.member, plan, premium, event.for_month, 0);
        while found.contains_key(&key) {
            key.4 += 1;
        }
        found.insert(key, event);
    }
    found
}

/// The title of the plan, the year of a premium, or the month that a credit is for.
fn what(household: &Household, event: &ProjectedEvent) -> String {
    let plan = household
        .plans
        .iter()
        .find(|plan| Some(plan.id) == event.plan);
    match (plan, event.for_month) {
        (Some(plan), _) => plan.title.clone(),
        (None, Some(month)) if event.kind == EventKind::Premium => month.year().to_string(),
        (None, Some(month)) => month.to_string(),
        (None, None) => String::new(),
    }
}

/// Each member's balance at the end.
fn balances_of(household: &Household, before: &Projection, after: &Projection) -> Vec<Impact> {
    let closing = |projection: &Projection, member: MemberId| {
        let mut rows = projection.months.iter().rev();
        let last = rows.find(|row| row.member == member);
        last.map_or(Amount::UNKNOWN, |row| row.closing)
    };
    let members = household.members.iter().map(|member| {
        let of = Impact::of(
            ImpactKind::Expected,
            member.name.clone(),
            after.until,
            String::new(),
        );
        let (before, after) = (closing(before, member.id), closing(after, member.id));
        of.changes(ImpactFigure::Balance, before, after)
    });
    members.collect()
}

fn name_of(household: &Household, id: MemberId) -> String {
    let member = household.members.iter().find(|member| member.id == id);
    member.map_or_else(String::new, |member| member.name.clone())
}

impl Impact {
    fn of(kind: ImpactKind, member: String, on: NaiveDate, what: String) -> Impact {
        Impact {
            kind,
            member,
            on,
            what,
            figure: ImpactFigure::Fund,
            before: Amount::UNKNOWN,
            after: Amount::UNKNOWN,
            by: None,
        }
    }

    fn changes(&self, figure: ImpactFigure, before: Amount, after: Amount) -> Impact {
        Impact {
            figure,
            before,
            after,
            by: before
                .exact()
                .zip(after.exact())
                .map(|(one, other)| other - one),
            ..self.clone()
        }
    }
}
