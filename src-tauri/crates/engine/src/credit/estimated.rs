//! 估算的合计 — what the months of an advance come to by each estimate, and what all of them agree on.

use std::collections::BTreeMap;

use gongji_domain::{Amount, SubAccountId, Yuan};

use super::HangsOn;
use super::ground::Ground;

/// What several months come to, with the monthly sums for the formula.
#[derive(Default)]
pub(super) struct Sum {
    pub(super) total: Option<Yuan>,
    pub(super) monthly: Vec<Yuan>,
    pub(super) yearly: Yuan,
    ground: Ground,
}

impl Sum {
    fn formula(&self) -> Option<String> {
        self.total?;
        let mut terms: Vec<(Yuan, usize)> = Vec::new();
        for amount in &self.monthly {
            match terms.last_mut() {
                Some((same, count)) if same == amount => *count += 1,
                _ => terms.push((*amount, 1)),
            }
        }
        let mut said: Vec<String> = terms
            .into_iter()
            .map(|(amount, count)| format!("{amount} × {count}"))
            .collect();
        if !self.yearly.is_zero() {
            said.push(self.yearly.to_string());
        }
        Some(said.join(" + "))
    }
}

impl Sum {
    pub(super) fn zero() -> Sum {
        Sum {
            total: Some(Yuan::ZERO),
            ..Sum::default()
        }
    }

    /// A further month; what it rests on is told once as long as it comes to the same.
    pub(super) fn add(&mut self, amount: Option<Yuan>, ground: Ground) {
        if amount.is_none() || self.monthly.last() != amount.as_ref() {
            self.ground.take(ground);
        } else {
            self.ground.assumed |= ground.assumed;
        }
        self.total = self.total.zip(amount).map(|(sum, more)| sum + more);
    }
}

/// What the months come to, by one estimate.
pub(super) struct Estimated {
    pub(super) by_near: bool,
    pub(super) at_close: bool,
    pub(super) sums: BTreeMap<SubAccountId, Sum>,
}

impl Estimated {
    fn total(&self, sub: &SubAccountId) -> Option<Yuan> {
        let sum = self.sums.get(sub);
        sum.map_or(Some(Yuan::ZERO), |sum| sum.total)
    }
}

/// One figure a sub-account.
pub(super) struct Merged {
    pub(super) gross: Amount,
    pub(super) hangs_on: HangsOn,
    pub(super) formula: Option<String>,
    pub(super) ground: Ground,
}

/// What all estimates come to: exact where they agree, a range where they do not. What it rests on is told
/// of the first.
pub(super) fn merged(mut estimated: Vec<Estimated>) -> BTreeMap<SubAccountId, Merged> {
    let subs = estimated.iter().flat_map(|one| one.sums.keys().cloned());
    let mut subs: Vec<SubAccountId> = subs.collect();
    subs.sort_unstable();
    subs.dedup();
    let mut merge = |sub: SubAccountId| {
        let gross = among(&estimated, &sub, |_| true);
        let formula = gross.min().and_then(|_| formula(&estimated, &sub));
        let hangs_on = hangs_on(&estimated, &sub);
        let told = estimated.iter_mut().find_map(|one| one.sums.remove(&sub));
        let merged = Merged {
            gross,
            hangs_on,
            formula,
            ground: told.unwrap_or_default().ground,
        };
        (sub, merged)
    };
    subs.into_iter().map(&mut merge).collect()
}

/// The least and the most of the estimates that `counts` picks.
fn among(
    estimated: &[Estimated],
    sub: &SubAccountId,
    counts: impl Fn(&Estimated) -> bool,
) -> Amount {
    let counted = estimated.iter().filter(|one| counts(one));
    let totals: Option<Vec<Yuan>> = counted.map(|one| one.total(sub)).collect();
    let ends = totals.and_then(|totals| Some((*totals.iter().min()?, *totals.iter().max()?)));
    ends.map_or(Amount::UNKNOWN, |(min, max)| Amount::between(min, max))
}

/// Whether the estimates differ by unknown limits alone, or by the day of a birthday alone.
fn hangs_on(estimated: &[Estimated], sub: &SubAccountId) -> HangsOn {
    let by_age = among(estimated, sub, |one| !one.by_near);
    let by_limits = among(estimated, sub, |one| !one.at_close);
    let neither = among(estimated, sub, |one| !one.by_near && !one.at_close);
    match (neither.exact(), by_age.exact(), by_limits.exact()) {
        (Some(_), Some(_), None) => HangsOn::Limits,
        (Some(young), None, Some(_)) => HangsOn::Age {
            more: by_age.min() == Some(young),
        },
        _ => HangsOn::Posting,
    }
}

/// How the figure comes about; of a range, how its least and its most do.
fn formula(estimated: &[Estimated], sub: &SubAccountId) -> Option<String> {
    let mut said: Vec<(Yuan, String)> = Vec::new();
    for one in estimated {
        let told = one.sums.get(sub);
        let nothing = || Yuan::ZERO.to_string();
        let formula = told.map_or_else(|| Some(nothing()), Sum::formula)?;
        said.push((told.and_then(|sum| sum.total).unwrap_or_default(), formula));
    }
    let least = said.iter().min_by_key(|(total, _)| *total)?;
    let most = said.iter().rev().max_by_key(|(total, _)| *total)?;
    Some(match least.0 == most.0 {
        true => said.first()?.1.clone(),
        false => format!("{} ～ {}", least.1, most.1),
    })
}
