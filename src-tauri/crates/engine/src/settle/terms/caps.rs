//! 封顶线 — the limits of a benefit, what raises them, and how they are rounded.

use gongji_domain::{Rate, Yuan};
use gongji_policy::{AdjustOn, Basis, Body, Cell, InForce, MeasuredIn, RoundAt, Then};

use super::adjust::Adjusting;
use super::counters::{CounterAt, Numbers, Used};
use super::resolve::{Cite, Resolving, printed_sum};
use super::tree::{Figure, Tree};
use crate::exact::{Fraction, round};
use crate::settle::matrix::SliceRow;

/// 封顶线
#[derive(Clone, Debug)]
pub(crate) struct Cap {
    pub(crate) cite: Cite,
    pub(crate) row: SliceRow,
    pub(crate) basis: Basis,
    pub(crate) basis_key: String,
    pub(crate) counter: CounterAt,
    /// What was used under each reading of a basis that is not known.
    pub(crate) readings: Option<Box<[(Basis, Used); 3]>>,
    /// `None` in it: no limit.
    pub(crate) limit: Tree<Option<Yuan>>,
    /// 额度结转 — what other limits left unused last year raises it.
    pub(crate) raised: Vec<Raised>,
    /// Above it the benefit goes on as inpatient care.
    pub(crate) then_inpatient: bool,
}

/// 额度结转 — what may be left of another limit.
#[derive(Clone, Debug)]
pub(crate) struct Raised {
    pub(crate) cite: Cite,
    /// Under which it is stated.
    pub(crate) counter: CounterAt,
    /// The most of a year; `None`: nobody knows, or it goes on adding up.
    pub(crate) most: Option<Tree<Option<Yuan>>>,
}

impl<'a> Resolving<'a, '_> {
    pub(super) fn caps(&mut self, numbers: &mut Numbers) -> Vec<Cap> {
        let adjusts = self.adjusts(AdjustOn::Cap);
        let mut caps = Vec::new();
        for (number, held) in self.blocks("cap").into_iter().enumerate() {
            caps.extend(self.cap(held, SliceRow::above_cap(number), &adjusts, numbers));
        }
        caps
    }

    pub(super) fn cap(
        &mut self,
        held: InForce<'a>,
        row: SliceRow,
        adjusts: &[Adjusting<'a>],
        numbers: &mut Numbers,
    ) -> Option<Cap> {
        let Body::Cap(rule) = &held.block.body else {
            return None;
        };
        let id = held.block.head.id.as_deref().unwrap_or_default();
        Some(Cap {
            cite: self.cite(held),
            row,
            basis: rule.basis,
            basis_key: format!("cell:{}.cap_basis:{id}", self.part()),
            counter: numbers.of(&rule.counter),
            readings: (rule.basis == Basis::Unknown).then(|| Box::new(numbers.readings(rule))),
            limit: self.limit_tree(&held, adjusts),
            raised: self.raised(held, id, numbers),
            then_inpatient: rule.then == Then::Inpatient,
        })
    }

    /// 最低的支付比例 — of all that the table of the benefit prints: what the fund has paid is at least
    /// that share of the cost. `None` where one is not known, or something may lower it.
    pub(super) fn least_rate(&mut self) -> Option<Rate> {
        let held = self.block("rate").filter(|held| !held.off)?;
        let lowered = !self.adjusts(AdjustOn::Rate).is_empty() || self.facts.away.is_some();
        let rows = held.block.body.table().map(|table| table.rows)?;
        let cells = rows.iter().flat_map(|row| &row.values);
        let rates: Option<Vec<Rate>> = cells
            .map(|cell| match cell {
                Cell::Rate(rate) if *rate > Rate::ZERO => Some(*rate),
                _ => None,
            })
            .collect();
        rates?.into_iter().min().filter(|_| !lowered)
    }

    /// The carry-overs that raise the limit called `id` of the part in which `held` stands.
    fn raised(&mut self, held: InForce<'a>, id: &str, numbers: &mut Numbers) -> Vec<Raised> {
        let named = format!("{}.{id}", held.file.part);
        let rules = self.rules;
        let mut found = Vec::new();
        for carry in rules.blocks.iter().filter(|held| !held.off) {
            let Body::Carry(rule) = &carry.block.body else {
                continue;
            };
            let own = carry
                .block
                .head
                .id
                .as_deref()
                .filter(|_| rule.raises == named);
            let Some(own) = own else {
                continue;
            };
            let (part, cap) = rule.unused_of.split_once('.').unwrap_or_default();
            let ours = |held: &&InForce<'a>| held.block.head.id.as_deref() == Some(cap);
            let unused = rules
                .all(part, "cap")
                .find(ours)
                .filter(|_| !rule.accumulates);
            found.push(Raised {
                cite: self.cite(*carry),
                counter: numbers.of(own),
                most: unused.map(|held| self.amount_tree(held)),
            });
        }
        found
    }

    /// A limit after the adjustments; rounded once, after all of them.
    fn limit_tree(&self, held: &InForce<'a>, adjusts: &[Adjusting<'a>]) -> Tree<Option<Yuan>> {
        if adjusts.is_empty() {
            return self.amount_tree(held);
        }
        self.grow(&|known| {
            let Some((rung, weakest)) = self.cell(held, known)? else {
                return Ok(None);
            };
            let measured_in = held.block.body.measured_in();
            let Some((adjusted, grade)) = self.adjusted(adjusts, known)? else {
                return Ok(None);
            };
            let limit = match self.exact_amount(&rung, measured_in) {
                Some(Some(limit)) => {
                    let limit = adjusted.iter().try_fold(limit, |limit, by| by.limit(limit));
                    limit.map(|limit| Some(self.limit_sum(limit, measured_in)))
                }
                other => other.map(|_| None),
            };
            let weakest = weakest.max(grade);
            Ok(limit.map(|value| Figure { value, weakest }))
        })
    }

    /// A limit as it is printed: rounded as its block says, else as the rules say of limits.
    fn limit_sum(&self, limit: Fraction, measured_in: Option<&MeasuredIn>) -> Yuan {
        let of_limits = || {
            let mut written = self.rules.blocks.iter().filter(|held| !held.off);
            written.find_map(|held| match &held.block.body {
                Body::Rounding(rule) if rule.at == RoundAt::Limit => Some((rule.to, rule.mode)),
                _ => None,
            })
        };
        match (measured_in, of_limits()) {
            (None, Some((to, mode))) => round(limit, to, mode),
            _ => printed_sum(limit, measured_in),
        }
    }
}
