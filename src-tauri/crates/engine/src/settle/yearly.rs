//! 年度结束后一次结的补充层 — what such a layer pays for everything that was counted in a year.

use chrono::NaiveDate;
use gongji_domain::{Bill, Yuan};

use super::run::{Case, Run, Slip};
use super::terms::Terms;
use super::trace::Trace;
use super::{Grounds, Tally};
use crate::open::Readings;

/// 一年付的 — the sum, its arithmetic, and what it rests on.
#[derive(Debug)]
pub(crate) struct YearPayment<'a> {
    pub(crate) amount: Yuan,
    pub(crate) formula: String,
    pub(crate) grounds: Grounds<'a>,
}

impl<'a> Terms<'a> {
    /// What the one layer of these terms pays for `counted`, up its ladder and within its caps; `None`
    /// where a figure that it needs is not known.
    pub(crate) fn yearly(&self, counted: Yuan, on: NaiveDate) -> Option<YearPayment<'a>> {
        let layer = self.layers.first()?;
        let (bill, tally) = (Bill::default(), Tally::new(self));
        let case = Case::new(&bill, on, &tally, None);
        let (mut slip, mut readings, mut trace) =
            (Slip::default(), Readings::default(), Trace::default());
        let mut walk = Default::default();
        let mut run = Run {
            terms: self,
            case: &case,
            slip: &mut slip,
            readings: &mut readings,
            notes: &mut trace,
            walk: &mut walk,
            of_fund: Yuan::ZERO,
            nth: None,
            lapsed: false,
        };
        let amount = run.of_year(layer, counted)?;
        let formulas = trace.steps.into_iter().filter_map(|step| step.formula);
        (!readings.met_any()).then(|| YearPayment {
            amount,
            formula: formulas.collect::<Vec<_>>().join(" + "),
            grounds: trace.grounds,
        })
    }
}
