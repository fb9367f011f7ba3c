//! 起付线 — what the member bears before the pool pays.

use gongji_domain::{Message, Slice, StepName, Yuan};
use gongji_policy::{AdjustOn, Body, Change, Deductible, Each, InForce, TakenFrom};

use super::run::{Run, step};
use crate::exact::{fen, share, to_fen};
use crate::open::Readings;

impl Run<'_> {
    /// Cuts the deductible from `scope` and returns what is left for the pool and the member.
    /// Due = max(0, standard − counter), for every wording of the rules.
    pub(crate) fn deductible(&mut self, scope: Yuan, readings: &mut Readings) -> Yuan {
        let Some(held) = self.blocks("deductible").next() else {
            return self.unwritten_deductible(scope, readings);
        };
        let Body::Deductible(rule) = &held.block.body else {
            return scope;
        };
        let nth = rule
            .nth_counter
            .as_ref()
            .map(|counter| self.counters.before(counter, readings) + 1);
        self.facts.nth = nth.map(|nth| u32::try_from(nth).unwrap_or(u32::MAX));
        let printed = self.ladder(&rule.class, &rule.rows, held, readings);
        let known = printed
            .first()
            .ok_or(())
            .and_then(|rung| self.amount(rung, rule.measured_in.as_ref()));
        let Ok(Some(standard)) = known else {
            return self.unknown_deductible(scope, held, readings);
        };
        if rule.taken_from == TakenFrom::FundAmount {
            return self.unknown_deductible(scope, held, readings);
        }
        let Some(standard) = self.adjusted(standard, nth, readings) else {
            return self.unknown_deductible(scope, held, readings);
        };
        let times = self.times(rule);
        if let (Some(days), None) = (rule.again_after_days, self.request.visit.admitted_on) {
            let what = Message::new("step.stay_assumed_short").with("days", days);
            self.steps.push(step(StepName::Facts, what));
        }
        let before = Yuan::from_fen(self.counters.before(&rule.counter, readings));
        let mut due = (Yuan::from_fen(standard.fen().saturating_mul(times)) - before).or_zero();
        let mut step = self.cite(
            StepName::Deductible,
            self.deductible_message(rule, nth, times),
            held,
        );
        if let Some(left) = self.under_yearly_limit(readings) {
            due = due.min(left);
        }
        let taken = scope.min(due);
        self.matrix.cut(Slice::Deductible, taken);
        step.formula = Some(match (rule.counter.as_str(), before.is_zero()) {
            ("this_bill", _) | (_, true) => format!("min({scope}, {due})"),
            _ => format!("min({scope}, {standard} − {before})"),
        });
        step.result = Some(taken);
        self.steps.push(step);
        scope - taken
    }

    fn deductible_message(&self, rule: &Deductible, nth: Option<i64>, times: i64) -> Message {
        match nth {
            Some(nth) if times > 1 => Message::new("step.deductible_again")
                .with("nth", nth)
                .with("times", times),
            Some(nth) => Message::new("step.deductible_nth").with("nth", nth),
            None if rule.counter == "this_bill" => Message::new("step.deductible"),
            None => Message::new("step.deductible_year"),
        }
    }

    /// 连续住院每满若干天再付一次
    fn times(&self, rule: &Deductible) -> i64 {
        match (rule.again_after_days, self.request.visit.admitted_on) {
            (Some(days), Some(admitted)) if days > 0 => {
                let stayed = (self.request.visit.settled_on - admitted).num_days();
                1 + (stayed - 1).max(0) / i64::from(days)
            }
            _ => 1,
        }
    }

    fn under_yearly_limit(&mut self, readings: &mut Readings) -> Option<Yuan> {
        let held = self.blocks("deductible_limit").next()?;
        let Body::DeductibleLimit(rule) = &held.block.body else {
            return None;
        };
        let printed = self.ladder(&rule.class, &rule.rows, held, readings);
        let limit = self.amount(printed.first()?, None).ok()??;
        let used = Yuan::from_fen(self.counters.before(&rule.counter, readings));
        self.cite(
            StepName::Deductible,
            Message::new("step.deductible_limit"),
            held,
        );
        Some((limit - used).or_zero())
    }

    /// Applies the `adjust` blocks on the deductible in their order; `None` where one of them is of
    /// a kind that this bill gives no fact for.
    fn adjusted(
        &mut self,
        standard: Yuan,
        nth: Option<i64>,
        readings: &mut Readings,
    ) -> Option<Yuan> {
        let mut blocks: Vec<&InForce<'_>> = self
            .blocks("adjust")
            .filter(|held| matches!(&held.block.body, Body::Adjust(adjust) if adjust.on == AdjustOn::Deductible))
            .collect();
        blocks.sort_by_key(|held| match &held.block.body {
            Body::Adjust(adjust) => adjust.order,
            _ => 0,
        });
        let mut adjusted = standard;
        for held in blocks {
            let Body::Adjust(adjust) = &held.block.body else {
                continue;
            };
            let count = match adjust.each {
                Each::Once => 1,
                Each::LaterStay => (nth? - 1).max(0),
                Each::MissingYear | Each::YearOfAge | Each::YearBelowDeductible | Each::Month => {
                    return None;
                }
            };
            let printed = self.ladder(&adjust.class, &adjust.rows, held, readings);
            let cell = printed.first()?.cell;
            let class = self.request.visit.class.as_deref().unwrap_or("any");
            let column = gongji_policy::Table::of(&adjust.class, &adjust.rows).column(class);
            let floor = match (adjust.at_least.as_ref()).and_then(|limit| limit.at(column?)) {
                Some(gongji_policy::Cell::Yuan(yuan)) => yuan,
                Some(gongji_policy::Cell::Rate(rate)) => to_fen(fen(standard) * share(rate)),
                _ => Yuan::ZERO,
            };
            let less = match (adjust.change, cell) {
                (Change::MinusYuan, gongji_policy::Cell::Yuan(yuan)) => {
                    Yuan::from_fen(yuan.fen() * count)
                }
                (Change::MinusPercent, gongji_policy::Cell::Rate(rate))
                    if adjust.of == gongji_policy::OfWhat::Standard =>
                {
                    to_fen(
                        fen(standard)
                            * share(rate)
                            * crate::exact::Fraction::from_integer(i128::from(count)),
                    )
                }
                _ => return None,
            };
            if count > 0 {
                adjusted = (adjusted - less).max(floor);
                let mut step = self.cite(
                    StepName::Deductible,
                    Message::new("step.deductible_adjusted"),
                    held,
                );
                step.result = Some(adjusted);
                self.steps.push(step);
            }
        }
        Some(adjusted)
    }

    fn unwritten_deductible(&mut self, scope: Yuan, readings: &mut Readings) -> Yuan {
        let key = format!("cell:{}.deductible", self.request.part.word());
        let chosen = readings.choose(&key, || crate::open::OpenPoint {
            key: key.clone(),
            what: Message::new("open.no_deductible_rule"),
            ask: None,
            readings: vec![
                Message::new("reading.deductible_none"),
                Message::new("reading.deductible_all"),
            ],
        });
        self.take_open_deductible(scope, chosen)
    }

    fn unknown_deductible(
        &mut self,
        scope: Yuan,
        held: &InForce<'_>,
        readings: &mut Readings,
    ) -> Yuan {
        let extremes = [
            Message::new("reading.deductible_none"),
            Message::new("reading.deductible_all"),
        ];
        let chosen = self.open_cell(held, readings, extremes);
        self.take_open_deductible(scope, chosen)
    }

    fn take_open_deductible(&mut self, scope: Yuan, chosen: usize) -> Yuan {
        let taken = if chosen == 0 { Yuan::ZERO } else { scope };
        self.matrix.cut(Slice::Deductible, taken);
        self.steps.push(step(
            StepName::Deductible,
            Message::new("step.deductible_unknown"),
        ));
        scope - taken
    }
}
