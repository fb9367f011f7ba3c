//! 因为什么 — why one day is cheaper than another: of the bill itself settled on both days, the reason
//! that differs most. Said only where these settlements come to what was projected.

use chrono::NaiveDate;
use gongji_domain::{Amount, EstimateRequest, Message, SettlementEstimate, Visit, Yuan};

use super::{Scene, WaitRow};
use crate::project::counters_of;
use crate::settle::{settle, text_of};

/// What stands behind the difference.
pub(super) struct Because {
    code: &'static str,
    amount: Option<Yuan>,
}

impl Because {
    /// The verdict's sentence with its reason.
    pub(super) fn join(&self, what: Message) -> Message {
        let code = format!("{}.{}", what.code, self.code);
        let what = Message { code, ..what };
        match self.amount {
            Some(amount) => what.with("part_amount", amount),
            None => what,
        }
    }
}

impl Scene<'_, '_> {
    /// Why the two days differ, in either order.
    pub(super) fn because(&self, one: &WaitRow, other: &WaitRow) -> Because {
        let unknown = Because {
            code: "otherwise",
            amount: None,
        };
        // What this bill differs by is not what all of them differ by: the others change with it.
        let own =
            (one.fund_paid.exact().zip(other.fund_paid.exact())).map(|(one, other)| one - other);
        let all = (one.patient_in_all.exact().zip(other.patient_in_all.exact()))
            .map(|(one, other)| other - one);
        if own.is_some() && own != all {
            return Because {
                code: "with_others",
                amount: None,
            };
        }
        let settled = |row: &WaitRow| {
            self.settled(row.on)
                .filter(|settled| settled.payers.fund_paid == row.fund_paid)
        };
        let (Some(one), Some(other)) = (settled(one), settled(other)) else {
            return unknown;
        };
        let differences = [
            (
                "deductible",
                one.reasons.deductible,
                other.reasons.deductible,
            ),
            ("over_cap", one.reasons.over_cap, other.reasons.over_cap),
            ("rate", one.reasons.coinsurance, other.reasons.coinsurance),
            (
                "scope",
                one.reasons.upfront_copay,
                other.reasons.upfront_copay,
            ),
            ("not_paid", one.reasons.not_paid, other.reasons.not_paid),
        ];
        let apart = |one: Amount, other: Amount| {
            let (one, other) = one.exact().zip(other.exact())?;
            Some(if one > other {
                one - other
            } else {
                other - one
            })
        };
        // A higher deductible leaves less to be shared by the rate: of several the largest is behind it.
        let most = differences
            .into_iter()
            .filter_map(|(code, one, other)| Some((code, apart(one, other)?)))
            .max_by_key(|(_, amount)| *amount);
        match most {
            Some((code, amount)) if amount > Yuan::ZERO => Because {
                code,
                amount: Some(amount),
            },
            _ => unknown,
        }
    }

    /// The bill settled on `day`, with the counters as far as the record knows them.
    fn settled(&self, day: NaiveDate) -> Option<SettlementEstimate> {
        let person = self.person()?;
        let spell = person.on(day)?;
        let counters = counters_of(self.book, self.household, &person, day, self.from);
        let so_far = counters.into_iter().filter_map(|counter| {
            let value = text_of(counter.is_count, counter.value?);
            Some((counter.id, value))
        });
        let request = EstimateRequest {
            pool: spell.enrollment.pool.clone(),
            scheme: spell.enrollment.scheme,
            plan: spell.enrollment.plan.clone(),
            part: self.plan.part,
            member: spell.facts(&person, day),
            visit: Visit {
                settled_on: day,
                class: self.plan.class.clone(),
                admitted_on: None,
                contract: false,
                away: None,
                use_account: true,
                first_of_period: Some(false),
            },
            so_far: Some(so_far.collect()),
            bill: self.plan.bill.clone(),
            payers: None,
        };
        settle(self.book.library, &request).ok()
    }
}
