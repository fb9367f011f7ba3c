//! 增减 — what the `adjust` blocks do to a deductible, a rate or a cap of this member.

use gongji_domain::Grade;
use gongji_policy::{Adjust, AdjustOn, Body, Cell, Change, Each, InForce, OfWhat};
use num_rational::Ratio;

use super::resolve::{Cite, Known, Missing, Read, Resolving};
use crate::exact::{Fraction, share};

/// An `adjust` block and its number.
pub(super) type Adjusting<'a> = (Cite, InForce<'a>, &'a Adjust);

/// How often an adjustment is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Times {
    /// So many times.
    Fixed(u32),
    /// Once for every stay after the first.
    LaterStay,
}

/// 一次增减 — as it stands for this member.
#[derive(Clone, Copy, Debug)]
pub(super) struct Adjusted {
    pub(super) cite: Cite,
    pub(super) change: Change,
    pub(super) cell: Cell,
    pub(super) times: Times,
    pub(super) of: OfWhat,
    pub(super) at_least: Option<Cell>,
    pub(super) at_most: Option<Cell>,
}

impl<'a> Resolving<'a, '_> {
    /// The `adjust` blocks on one thing, in their order.
    pub(super) fn adjusts(&mut self, on: AdjustOn) -> Vec<Adjusting<'a>> {
        let blocks = self.blocks("adjust");
        self.adjusts_among(&blocks, on)
    }

    /// The same among the blocks of a layer.
    pub(super) fn adjusts_among(
        &mut self,
        blocks: &[InForce<'a>],
        on: AdjustOn,
    ) -> Vec<Adjusting<'a>> {
        let mut found: Vec<Adjusting<'a>> = Vec::new();
        for held in blocks.iter().copied() {
            if let Body::Adjust(adjust) = &held.block.body
                && adjust.on == on
            {
                found.push((self.cite(held), held, adjust));
            }
        }
        found.sort_by_key(|(_, _, adjust)| adjust.order);
        found
    }

    /// All of them for these facts, and the weakest grade of their rows; `None` where one of them is
    /// of a kind for which no fact is ever at hand.
    pub(super) fn adjusted(
        &self,
        adjusts: &[Adjusting<'a>],
        known: &Known,
    ) -> Read<(Vec<Adjusted>, Option<Grade>)> {
        let mut all = Vec::new();
        let mut weakest = None;
        for (cite, held, adjust) in adjusts {
            let Some((rung, grade)) = self.cell(held, known)? else {
                return Ok(None);
            };
            weakest = weakest.max(grade);
            // Nothing, however often.
            if matches!(rung.cell, Cell::Rate(rate) | Cell::Points(rate) if rate.millionths() == 0)
            {
                continue;
            }
            let Some(times) = times(adjust, known)? else {
                return Ok(None);
            };
            let column = held
                .block
                .body
                .table()
                .and_then(|table| self.column_of(table));
            let bound = |cells: &Option<gongji_policy::Cells>| cells.as_ref()?.at(column?);
            all.push(Adjusted {
                cite: *cite,
                change: change(*cite, adjust, known)?,
                cell: rung.cell,
                times,
                of: adjust.of,
                at_least: bound(&adjust.at_least),
                at_most: bound(&adjust.at_most),
            });
        }
        Ok(Some((all, weakest)))
    }
}

/// The change; where the rule has several readings, the one that is looked at.
fn change(cite: Cite, adjust: &Adjust, known: &Known) -> Result<Change, Missing> {
    if adjust.change != Change::Unknown || adjust.one_of.is_empty() {
        return Ok(adjust.change);
    }
    match known.changes.get(&cite) {
        Some(change) => Ok(*change),
        None => Err(Missing::Change(cite, adjust.one_of.clone())),
    }
}

fn times(adjust: &Adjust, known: &Known) -> Read<Times> {
    Ok(match adjust.each {
        Each::Once => Some(Times::Fixed(1)),
        Each::LaterStay => Some(Times::LaterStay),
        Each::YearOfAge => Some(Times::Fixed(known.facts.age.ok_or(Missing::Fact("age"))?)),
        Each::MissingYear => Some(Times::Fixed(missing(adjust, known)?)),
        Each::YearBelowDeductible => Some(Times::Fixed(known.years("years_below_deductible")?)),
        Each::Month => Some(Times::Fixed(
            (known.facts.insured_months).ok_or(Missing::Fact("insured_months"))?,
        )),
    })
}

/// 缴费年限差几年 — from the months paid, where the rule says how many are enough.
fn missing(adjust: &Adjust, known: &Known) -> Result<u32, Missing> {
    let fact = "missing_years";
    known.years(fact).or_else(|asked| {
        let months = known.facts.insured_months;
        let Some(possible) = months.map(|months| years_short(&adjust.enough_months, months)) else {
            return Err(asked);
        };
        match possible.as_slice() {
            [] => Err(asked),
            [years] => Ok(*years),
            several => Err(Missing::Years(fact, several.to_vec())),
        }
    })
}

/// How many years somebody who has paid for `months` may be short of what is enough: one figure a
/// limit, and two where nothing says if a part of a year counts as one. Ascending.
pub(crate) fn years_short(enough: &[u32], months: u32) -> Vec<u32> {
    let short = enough.iter().map(|enough| enough.saturating_sub(months));
    let mut years: Vec<u32> = short
        .flat_map(|short| [short / 12, short.div_ceil(12)])
        .collect();
    years.sort_unstable();
    years.dedup();
    years
}

impl Adjusted {
    /// Made once, on what is left, without limits.
    pub(super) fn once(cite: Cite, change: Change, cell: Cell) -> Adjusted {
        Adjusted {
            cite,
            change,
            cell,
            times: Times::Fixed(1),
            of: OfWhat::Previous,
            at_least: None,
            at_most: None,
        }
    }

    /// A rate after the adjustment, between nothing and the whole; `None` where the block cannot be
    /// made on a rate.
    pub(super) fn rate(&self, rate: Fraction) -> Option<Fraction> {
        let Times::Fixed(times) = self.times else {
            return None;
        };
        let count = Ratio::from_integer(i128::from(times));
        let (zero, whole) = (Ratio::from_integer(0), Ratio::from_integer(1));
        let (Cell::Points(by) | Cell::Rate(by)) = self.cell else {
            return None;
        };
        let by = share(by);
        let once = |rate: Fraction| match self.change {
            Change::MinusPercent => Some(rate * (whole - by)),
            Change::Times => Some(rate * by),
            Change::OwnShareTimes => Some(whole - (whole - rate) * by),
            _ => None,
        };
        let changed = match (self.change, self.of) {
            (Change::PlusPoints, _) => rate + by * count,
            (Change::MinusPoints, _) => rate - by * count,
            (Change::MinusPercent, OfWhat::Standard) => rate * (whole - by * count),
            // What is made on what is left each time is made no more than some dozens of times.
            _ => (0..times.min(60)).try_fold(rate, |rate, _| once(rate))?,
        };
        let bound = |cell: Option<Cell>| match cell {
            Some(Cell::Rate(rate)) => Some(share(rate)),
            _ => None,
        };
        let least = bound(self.at_least).unwrap_or(zero).max(zero);
        let most = bound(self.at_most).unwrap_or(whole).min(whole);
        Some(changed.min(most).max(least))
    }

    /// An amount (in fen) after the adjustment of a limit; `None` where the block cannot be made on
    /// one.
    pub(super) fn limit(&self, limit: Fraction) -> Option<Fraction> {
        let Times::Fixed(times) = self.times else {
            return None;
        };
        let count = Ratio::from_integer(i128::from(times));
        let whole = Ratio::from_integer(1);
        let changed = match (self.change, self.cell) {
            (Change::MinusYuan, Cell::Yuan(yuan)) => limit - crate::exact::fen(yuan) * count,
            (Change::MinusPercent, Cell::Rate(rate)) => limit * (whole - share(rate) * count),
            (Change::Times, Cell::Rate(rate)) if times == 1 => limit * share(rate),
            _ => return None,
        };
        let bound = |cell: Option<Cell>| match cell {
            Some(Cell::Yuan(yuan)) => Some(crate::exact::fen(yuan)),
            Some(Cell::Rate(rate)) => Some(limit * share(rate)),
            _ => None,
        };
        let least = bound(self.at_least).unwrap_or_default();
        let changed = changed.max(least);
        Some(bound(self.at_most).map_or(changed, |most| changed.min(most)))
    }
}
