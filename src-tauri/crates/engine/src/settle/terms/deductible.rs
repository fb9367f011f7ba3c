//! 起付线 — its standard for this member and class, and what changes it.

use gongji_domain::{Rate, Yuan};
use gongji_policy::{
    Adjust, AdjustOn, Body, Cell, Change, Each, InForce, OfWhat, RowFacts, TakenFrom,
};

use super::counters::{CounterAt, Numbers};
use super::resolve::{Cite, Read, Resolving};
use super::tree::{Figure, Tree};
use crate::exact::{fen, share, to_fen};

/// 起付线
#[derive(Clone, Debug)]
pub(crate) enum Deductible {
    /// No block says anything: asked for under this key.
    Unwritten(String),
    /// As a block says.
    Written(Box<Written>),
}

/// 写明的起付线
#[derive(Clone, Debug)]
pub(crate) struct Written {
    pub(crate) cite: Cite,
    pub(crate) counter: CounterAt,
    pub(crate) nth_counter: Option<CounterAt>,
    pub(crate) again_after_days: Option<u32>,
    pub(crate) due: Tree<Due>,
    /// 年度合计的上限
    pub(crate) limit: Option<(Cite, CounterAt, Tree<Option<Yuan>>)>,
}

/// What is due: the printed standard, then the adjustments in their order.
#[derive(Clone, Debug)]
pub(crate) struct Due {
    pub(crate) standard: Yuan,
    pub(crate) adjustments: Vec<Adjustment>,
}

/// 增减
#[derive(Clone, Debug)]
pub(crate) struct Adjustment {
    pub(crate) cite: Cite,
    pub(crate) times: Times,
    pub(crate) less: Less,
    pub(crate) at_least: Yuan,
    pub(crate) at_most: Option<Yuan>,
}

/// How often it is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Times {
    /// So many times.
    Fixed(u32),
    /// Once for every stay after the first.
    LaterStay,
}

/// What it takes off each time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Less {
    /// 元
    Yuan(Yuan),
    /// 标准的百分比
    OfStandard(Rate),
    /// 上一次的百分比
    OfPrevious(Rate),
}

impl<'a> Resolving<'a, '_> {
    pub(super) fn deductible(&mut self, numbers: &mut Numbers) -> Deductible {
        let unwritten = || Deductible::Unwritten(format!("cell:{}.deductible", self.part()));
        let Some(held) = self.block("deductible") else {
            return unwritten();
        };
        let Body::Deductible(rule) = &held.block.body else {
            return unwritten();
        };
        let nth_counter = rule.nth_counter.as_ref().map(|id| numbers.of(id));
        self.counts_nth = nth_counter.is_some();
        let adjusts = self.adjusts(AdjustOn::Deductible);
        let due = match rule.taken_from {
            TakenFrom::Cost => self.grow(&|facts| self.due(&held, &adjusts, facts)),
            TakenFrom::FundAmount => Tree::Unknown,
        };
        let limit = self.block("deductible_limit").and_then(|held| {
            let Body::DeductibleLimit(rule) = &held.block.body else {
                return None;
            };
            let counter = numbers.of(&rule.counter);
            let amount = self.amount_tree(&held);
            Some((self.cite(held), counter, amount))
        });
        Deductible::Written(Box::new(Written {
            cite: self.cite(held),
            counter: numbers.of(&rule.counter),
            nth_counter,
            again_after_days: rule.again_after_days,
            due,
            limit,
        }))
    }

    /// The `adjust` blocks on one thing, in their order.
    pub(super) fn adjusts(&mut self, on: AdjustOn) -> Vec<(Cite, InForce<'a>, &'a Adjust)> {
        let mut found: Vec<(Cite, InForce<'a>, &'a Adjust)> = Vec::new();
        for held in self.blocks("adjust") {
            if let Body::Adjust(adjust) = &held.block.body
                && adjust.on == on
            {
                found.push((self.cite(held), held, adjust));
            }
        }
        found.sort_by_key(|(_, _, adjust)| adjust.order);
        found
    }

    fn due(
        &self,
        held: &InForce<'a>,
        adjusts: &[(Cite, InForce<'a>, &'a Adjust)],
        facts: &RowFacts,
    ) -> Read<Figure<Due>> {
        let Some((rung, mut weakest)) = self.cell(held, facts)? else {
            return Ok(None);
        };
        let Some(Some(standard)) = self.amount(&rung, held.block.body.measured_in()) else {
            return Ok(None);
        };
        let mut adjustments = Vec::new();
        for (cite, held, adjust) in adjusts {
            let Some((rung, grade)) = self.cell(held, facts)? else {
                return Ok(None);
            };
            weakest = weakest.max(grade);
            match adjustment(*cite, adjust, rung.cell, standard) {
                Some(adjustment) => adjustments.push(adjustment),
                None => return Ok(None),
            }
        }
        let value = Due {
            standard,
            adjustments,
        };
        Ok(Some(Figure { value, weakest }))
    }
}

/// `None` where the block is of a kind for which a bill gives no fact.
fn adjustment(cite: Cite, adjust: &Adjust, cell: Cell, standard: Yuan) -> Option<Adjustment> {
    let times = match adjust.each {
        Each::Once => Times::Fixed(1),
        Each::LaterStay => Times::LaterStay,
        Each::MissingYear | Each::YearOfAge | Each::YearBelowDeductible | Each::Month => {
            return None;
        }
    };
    let less = match (adjust.change, cell, adjust.of) {
        (Change::MinusYuan, Cell::Yuan(yuan), _) => Less::Yuan(yuan),
        (Change::MinusPercent, Cell::Rate(rate), OfWhat::Standard) => Less::OfStandard(rate),
        (Change::MinusPercent, Cell::Rate(rate), OfWhat::Previous) => Less::OfPrevious(rate),
        _ => return None,
    };
    let bound = |cell: Option<Cell>| match cell {
        Some(Cell::Yuan(yuan)) => Some(yuan),
        Some(Cell::Rate(rate)) => Some(to_fen(fen(standard) * share(rate))),
        _ => None,
    };
    Some(Adjustment {
        cite,
        times,
        less,
        at_least: bound(adjust.at_least).unwrap_or_default(),
        at_most: bound(adjust.at_most),
    })
}
