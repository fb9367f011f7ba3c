//! 要备的现金 — month by month, with what it comes to so far, and the month that asks for most.

use gongji_domain::{Amount, Month, Yuan};
use serde::{Deserialize, Serialize};
use specta::Type;

use super::addends::Addend;
use super::amounts::plus;
use super::outcome::Outcome;

/// 一个月要付的现金
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct CashMonth {
    /// 哪个月
    pub month: Month,
    /// 当月要付
    pub cash: Amount,
    /// 当月的，是哪几样加起来的
    pub of: Vec<Addend>,
    /// 从预测开始到这个月底一共
    pub so_far: Amount,
}

/// The cash of some members together in every run; `amount` merges what the runs say of the
/// months from one to another.
pub(super) fn months<'r>(
    runs: impl Iterator<Item = &'r Outcome> + Clone,
    people: &[usize],
    amount: impl Fn(Month, Month, &mut dyn Iterator<Item = Option<Yuan>>) -> Amount,
) -> Vec<CashMonth> {
    let Some(first) = runs.clone().next() else {
        return Vec::new();
    };
    let of_run = |run: &Outcome| -> Vec<(Option<Yuan>, Option<Yuan>)> {
        let mut so_far = Some(Yuan::ZERO);
        let months = run.months.iter().map(|(_, rows)| {
            let cash: Option<Yuan> = people.iter().map(|person| rows.of(*person).cash_paid).sum();
            so_far = so_far.zip(cash).map(|(before, now)| before + now);
            (cash, so_far)
        });
        months.collect()
    };
    let sums: Vec<Vec<(Option<Yuan>, Option<Yuan>)>> = runs.map(of_run).collect();
    let Some((begin, _)) = first.months.first() else {
        return Vec::new();
    };
    let months = first.months.iter().enumerate();
    months
        .map(|(at, (month, _))| CashMonth {
            month: *month,
            cash: amount(*month, *month, &mut sums.iter().map(|run| run[at].0)),
            of: Vec::new(),
            so_far: amount(*begin, *month, &mut sums.iter().map(|run| run[at].1)),
        })
        .collect()
}

/// Adds the months of others, which are the same ones.
pub(super) fn add(sum: &mut Vec<CashMonth>, others: Vec<CashMonth>) {
    if sum.is_empty() {
        *sum = others;
        return;
    }
    for (held, other) in sum.iter_mut().zip(others) {
        held.cash = plus(held.cash, other.cash);
        held.so_far = plus(held.so_far, other.so_far);
    }
}

/// 现金最多的一个月 — the first of those with the most; a month of which nothing is known may be it,
/// and then nobody can say how much. None where no cash is needed.
pub(crate) fn peak(months: &[CashMonth]) -> Option<CashMonth> {
    if let Some(unknown) = months.iter().find(|month| month.cash == Amount::UNKNOWN) {
        return Some(unknown.clone());
    }
    let most = months.iter().filter_map(|month| month.cash.max()).max()?;
    let mut months = months.iter();
    months
        .find(|month| most > Yuan::ZERO && month.cash.max() == Some(most))
        .cloned()
}

/// Only the months in which there is something to pay, or may be.
pub(super) fn paying(months: Vec<CashMonth>) -> Vec<CashMonth> {
    let nothing = Amount::Exact(Yuan::ZERO);
    let mut months = months;
    months.retain(|month| month.cash != nothing);
    months
}
