//! 合起来的几样小结 — cash, shared money, money to return, what is open and what it rests on.

use std::collections::BTreeSet;

use gongji_domain::{Amount, MemberId, Month, Open, PolicyUsed};

use super::merge::{Cases, ZERO};
use crate::project::cash::CashMonth;
use crate::project::shared::SharedMoney;
use crate::project::to_return::MoneyToReturn;
use crate::projection::{MemberOutlook, Projection};

impl Cases {
    pub(super) fn to_return(&self, all: &[&MemberOutlook]) -> Vec<MoneyToReturn> {
        let told = || all.iter().flat_map(|one| &one.to_return);
        let months: BTreeSet<Month> = told().map(|told| told.month).collect();
        let of = |one: &&MemberOutlook, month| {
            let mut told = one.to_return.iter();
            told.find(|told| told.month == month)
                .map_or(ZERO, |told| told.amount)
        };
        let months = months.into_iter();
        months
            .map(|month| {
                let first = told().find(|told| told.month == month);
                MoneyToReturn {
                    month,
                    amount: self.amount(all.iter().map(|one| of(one, month))),
                    formula: first.and_then(|first| first.formula.clone()),
                    sources: first.map_or_else(Vec::new, |first| first.sources.clone()),
                }
            })
            .collect()
    }

    pub(super) fn cash(&self) -> Vec<CashMonth> {
        let told = self.projections().flat_map(|run| &run.cash);
        let months: BTreeSet<Month> = told.map(|told| told.month).collect();
        let of = |run: &Projection, month: Month| {
            let mut so_far = run.cash.iter().filter(|told| told.month <= month);
            let last = so_far.next_back();
            let now = last.filter(|told| told.month == month);
            (
                now.map_or(ZERO, |told| told.cash),
                last.map_or(ZERO, |told| told.so_far),
            )
        };
        let months = months.into_iter();
        months
            .map(|month| CashMonth {
                month,
                cash: self.amount(self.projections().map(|run| of(run, month).0)),
                of: Vec::new(),
                so_far: self.amount(self.projections().map(|run| of(run, month).1)),
            })
            .collect()
    }

    pub(super) fn shared(&self) -> Vec<SharedMoney> {
        let told = self.projections().flat_map(|run| &run.shared);
        let pairs: BTreeSet<(MemberId, MemberId)> =
            told.map(|one| (one.donor, one.recipient)).collect();
        let paid = |run: &Projection, pair| {
            let mut told = run.shared.iter();
            told.find(|one| (one.donor, one.recipient) == pair)
                .map_or(ZERO, |one| one.paid)
        };
        let pairs = pairs.into_iter();
        pairs
            .map(|pair| SharedMoney {
                donor: pair.0,
                recipient: pair.1,
                paid: self.amount(self.projections().map(|run| paid(run, pair))),
                of: Vec::new(),
            })
            .collect()
    }

    pub(super) fn unknown(&self, mut unknown: Vec<Open>) -> Vec<Open> {
        for open in self.projections().flat_map(|run| &run.unknown) {
            let is_same = |known: &Open| known.key == open.key && known.what == open.what;
            if !unknown.iter().any(is_same) {
                unknown.push(open.clone());
            }
        }
        unknown
    }

    pub(super) fn policy(&self) -> PolicyUsed {
        let blocks = self.projections().flat_map(|run| &run.policy.blocks);
        let blocks: BTreeSet<_> = blocks.cloned().collect();
        let mut policies = self.projections().map(|run| &run.policy);
        PolicyUsed {
            blocks: blocks.into_iter().collect(),
            weakest: policies.clone().filter_map(|policy| policy.weakest).max(),
            hash: policies
                .next()
                .map_or_else(String::new, |policy| policy.hash.clone()),
        }
    }
}

/// The one with the most; what is not known may be more than all of them.
pub(super) fn most(peaks: impl Iterator<Item = CashMonth>) -> Option<CashMonth> {
    let peaks: Vec<CashMonth> = peaks.collect();
    let unknown = peaks.iter().find(|peak| peak.cash == Amount::UNKNOWN);
    match unknown {
        Some(unknown) => Some(unknown.clone()),
        None => peaks.into_iter().max_by_key(|peak| peak.cash.max()),
    }
}
