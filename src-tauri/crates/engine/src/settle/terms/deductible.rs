//! 起付线 — its standard for this member and class, and what changes it.

use gongji_domain::{Rate, Yuan};
use gongji_policy::{AdjustOn, Body, Cell, Change, InForce, OfWhat, TakenFrom};

use super::adjust::{Adjusted, Adjusting, Times};
use super::counters::{CounterAt, Numbers};
use super::resolve::{Cite, Known, Read, Resolving};
use super::tree::{Figure, Tree};
use crate::exact::{fen, share, to_fen};

/// 起付线
#[derive(Clone, Debug)]
pub(crate) enum Deductible {
    /// No block says anything: asked for under this key.
    Unwritten(String),
    /// As a block says.
    Written(Box<Written>),
    /// A share of the bill.
    Share(ShareOfBill),
}

/// 按比例起付
#[derive(Clone, Debug)]
pub(crate) struct ShareOfBill {
    pub(crate) cite: Cite,
    pub(crate) at_least: Yuan,
    pub(crate) share: Tree<Rate>,
}

/// 写明的起付线
#[derive(Clone, Debug)]
pub(crate) struct Written {
    pub(crate) cite: Cite,
    pub(crate) counter: CounterAt,
    pub(crate) nth_counter: Option<CounterAt>,
    /// 从基金该付的钱里扣 — after the ratio, not before it.
    pub(crate) from_fund: bool,
    pub(crate) again_after_days: Option<u32>,
    pub(crate) due: Tree<Due>,
    /// What is due of the items of the bill for which the table has rows of their own.
    pub(crate) of_items: Vec<(usize, Tree<Due>)>,
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
        let part = self.part();
        let unwritten = || Deductible::Unwritten(format!("cell:{part}.deductible"));
        let Some(held) = self.block("deductible") else {
            return self
                .share_of_bill()
                .map_or_else(unwritten, Deductible::Share);
        };
        let Body::Deductible(rule) = &held.block.body else {
            return unwritten();
        };
        let column = held
            .block
            .body
            .table()
            .and_then(|table| self.column_of(table));
        let nth = rule.nth_counter.as_ref();
        let nth_counter = nth
            .and_then(|names| names.at(column?))
            .map(|id| numbers.of(id));
        self.counts_nth = nth_counter.is_some();
        let adjusts = self.adjusts(AdjustOn::Deductible);
        // Nothing says how a sum and a share of the bill would go together.
        let both = self.block("deductible_share").is_some();
        let due = match both {
            true => Tree::Unknown,
            false => self.grow(&|known| self.due(&held, &adjusts, known)),
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
            from_fund: rule.taken_from == TakenFrom::FundAmount,
            again_after_days: rule.again_after_days,
            of_items: self.due_of_items(&held, &adjusts),
            due,
            limit,
        }))
    }

    fn due_of_items(
        &self,
        held: &InForce<'a>,
        adjusts: &[Adjusting<'a>],
    ) -> Vec<(usize, Tree<Due>)> {
        let rows = held.block.body.table().map_or(&[][..], |table| table.rows);
        let named = |item: &&String| rows.iter().any(|row| row.item.as_ref() == Some(*item));
        let items = self.request.bill.by_item.keys().enumerate();
        items
            .filter(|(_, item)| named(item))
            .map(|(number, item)| {
                let due = |known: &Known| self.due(held, adjusts, &known.of_item(Some(item)));
                (number, self.grow(&due))
            })
            .collect()
    }

    fn share_of_bill(&mut self) -> Option<ShareOfBill> {
        let held = self.block("deductible_share")?;
        let Body::DeductibleShare(rule) = &held.block.body else {
            return None;
        };
        // Nothing says what lowers or limits a share of the bill.
        let changed = !self.adjusts(AdjustOn::Deductible).is_empty()
            || self.block("deductible_limit").is_some()
            || !self.away("deductible").is_empty();
        let known = rule.of == "total" && !changed;
        let share = self.grow(&|facts| {
            let cell = self.cell(&held, facts)?.filter(|_| known);
            Ok(cell.and_then(|(rung, weakest)| match rung.cell {
                Cell::Rate(value) => Some(Figure { value, weakest }),
                _ => None,
            }))
        });
        Some(ShareOfBill {
            cite: self.cite(held),
            at_least: rule.at_least.unwrap_or_default(),
            share,
        })
    }

    fn due(
        &self,
        held: &InForce<'a>,
        adjusts: &[Adjusting<'a>],
        known: &Known,
    ) -> Read<Figure<Due>> {
        // Away from home another standard may hold.
        let away = self.away("deductible");
        let held = away.first().map_or(held, |(away, _)| away);
        let Some((rung, weakest)) = self.cell(held, known)? else {
            return Ok(None);
        };
        let Some(Some(standard)) = self.amount(&rung, held.block.body.measured_in()) else {
            return Ok(None);
        };
        let Some((adjusted, grade)) = self.adjusted(adjusts, known)? else {
            return Ok(None);
        };
        let adjustments = adjusted
            .iter()
            .map(|adjusted| adjustment(adjusted, standard));
        let Some(adjustments) = adjustments.collect() else {
            return Ok(None);
        };
        let value = Due {
            standard,
            adjustments,
        };
        Ok(Some(Figure {
            value,
            weakest: weakest.max(grade),
        }))
    }
}

/// `None` where the block cannot be made on a deductible.
fn adjustment(adjusted: &Adjusted, standard: Yuan) -> Option<Adjustment> {
    let less = match (adjusted.change, adjusted.cell, adjusted.of) {
        (Change::MinusYuan, Cell::Yuan(yuan), _) => Less::Yuan(yuan),
        (Change::MinusPercent, Cell::Rate(rate), OfWhat::Standard) => Less::OfStandard(rate),
        (Change::MinusPercent, Cell::Rate(rate), OfWhat::Previous) => Less::OfPrevious(rate),
        // 「减半」 is the half that goes, as the half that stays.
        (Change::Times, Cell::Rate(rate), _) if rate <= Rate::WHOLE => {
            Less::OfPrevious(rate.rest())
        }
        _ => return None,
    };
    let bound = |cell: Option<Cell>| match cell {
        Some(Cell::Yuan(yuan)) => Some(yuan),
        Some(Cell::Rate(rate)) => Some(to_fen(fen(standard) * share(rate))),
        _ => None,
    };
    Some(Adjustment {
        cite: adjusted.cite,
        times: adjusted.times,
        less,
        at_least: bound(adjusted.at_least).unwrap_or_default(),
        at_most: bound(adjusted.at_most),
    })
}
