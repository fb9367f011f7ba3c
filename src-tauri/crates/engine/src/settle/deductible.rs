//! 起付线 — what the member bears before the pool pays.

use gongji_domain::{Message, Slice, StepName, Yuan};

use super::run::Run;
use super::terms::{Adjustment, Deductible, Due, Less, ShareOfBill, Times, Written};
use super::trace::{Notes, Said};
use crate::exact::{fen, share, to_fen};
use crate::open::OpenPoint;

/// The readings of a deductible that is not known.
const EXTREMES: [&str; 2] = ["reading.deductible_none", "reading.deductible_all"];

impl<'r, 'n, N: Notes<'n>> Run<'r, 'n, N> {
    /// Cuts the deductible from `scope` and returns what is left for the pool and the member.
    /// Due = max(0, standard − counter), for every wording of the rules.
    pub(crate) fn deductible(&mut self, scope: Yuan) -> Yuan {
        let terms = self.terms;
        match &terms.deductible {
            Deductible::Unwritten(key) => {
                let chosen = self.readings.choose(key, || OpenPoint {
                    key: key.clone(),
                    what: Message::new("open.no_deductible_rule"),
                    ask: None,
                    readings: EXTREMES.map(Message::new).to_vec(),
                });
                self.take_open(scope, chosen)
            }
            Deductible::Written(written) => self.written(written, scope),
            Deductible::Share(share) => self.share_of_bill(share, scope),
        }
    }

    fn written(&mut self, rule: &'r Written, scope: Yuan) -> Yuan {
        let nth = rule.nth_counter.map(|counter| self.before(counter) + 1);
        self.nth = nth.map(|nth| u32::try_from(nth).unwrap_or(u32::MAX));
        let exempt = self.exempt(rule);
        // Where no part of the bill has a deductible, it does not matter what the others' is.
        if exempt.is_some_and(|(exempt, _)| exempt >= scope) {
            let held = self.held(rule.cite);
            self.notes.step(StepName::Deductible, Some(held), || {
                Said::new(Message::new("step.deductible")).result(Yuan::ZERO)
            });
            return scope;
        }
        let due = self.figure(&rule.due);
        // Nothing says how two deductibles would go together.
        let fits =
            |due: &Due| exempt.filter(|(_, other)| other.is_none_or(|other| other == due.standard));
        let (Some(due), Some((exempt, _))) = (due, due.and_then(fits)) else {
            let chosen = self.open(rule.cite, EXTREMES);
            if rule.from_fund {
                self.of_fund = if chosen == 0 { Yuan::ZERO } else { scope };
                return scope;
            }
            let exempt = exempt.map_or(Yuan::ZERO, |(exempt, _)| exempt);
            return exempt + self.take_open(scope - exempt, chosen);
        };
        let standard = self.adjusted(due);
        let times = self.times(rule);
        if let (Some(days), None) = (rule.again_after_days, self.case.admitted_on) {
            self.notes.step(StepName::Facts, None, || {
                Said::new(Message::new("step.stay_assumed_short").with("days", days))
            });
        }
        let before = Yuan::from_fen(self.before(rule.counter));
        let mut due = (Yuan::from_fen(standard.fen().saturating_mul(times)) - before).or_zero();
        let held = self.held(rule.cite);
        self.notes.cite(held);
        if !due.is_zero()
            && let Some(left) = self.under_yearly_limit(rule)
        {
            due = due.min(left);
        }
        if rule.from_fund {
            self.of_fund = due;
            return scope;
        }
        let bearing = (scope - exempt).or_zero();
        let taken = bearing.min(due);
        self.slip.matrix.cut(Slice::Deductible, taken);
        self.notes.step(StepName::Deductible, Some(held), || {
            let formula = match (rule.counter, before.is_zero()) {
                (None, _) | (_, true) => format!("min({bearing}, {due})"),
                // More was borne than this place asks for: what is left to bear is nothing, not less.
                _ if before > standard => format!("min({bearing}, {due})"),
                _ => format!("min({bearing}, {standard} − {before})"),
            };
            Said::new(what(rule, nth, times))
                .formula(formula)
                .result(taken)
        });
        scope - taken
    }

    /// What of the bill has no deductible, by its item, and the deductible of the other items that have
    /// one of their own; `None` where one is not known, or where two of them differ.
    fn exempt(&mut self, rule: &'r Written) -> Option<(Yuan, Option<Yuan>)> {
        let mut exempt = Yuan::ZERO;
        let mut other: Option<Yuan> = None;
        for (item, due) in &rule.of_items {
            let amount = self.slip.items.get(*item).copied().unwrap_or_default();
            if amount.is_zero() {
                continue;
            }
            let standard = self.figure(due)?.standard;
            if standard.is_zero() {
                exempt += amount;
            } else if *other.get_or_insert(standard) != standard {
                return None;
            }
        }
        Some((exempt, other))
    }

    /// 按比例起付 — of the whole bill, at least the printed sum.
    fn share_of_bill(&mut self, rule: &'r ShareOfBill, scope: Yuan) -> Yuan {
        let Some(rate) = self.figure(&rule.share).copied() else {
            let chosen = self.open(rule.cite, EXTREMES);
            return self.take_open(scope, chosen);
        };
        let total = self.slip.total;
        let due = to_fen(fen(total) * share(rate)).max(rule.at_least);
        let taken = scope.min(due);
        self.slip.matrix.cut(Slice::Deductible, taken);
        let held = self.held(rule.cite);
        self.notes.step(StepName::Deductible, Some(held), || {
            let formula = format!("min({scope}, max({total} × {rate}, {}))", rule.at_least);
            Said::new(Message::new("step.deductible"))
                .formula(formula)
                .result(taken)
        });
        scope - taken
    }

    /// 连续住院每满若干天再付一次
    fn times(&self, rule: &Written) -> i64 {
        match (rule.again_after_days, self.case.admitted_on) {
            (Some(days), Some(admitted)) if days > 0 => {
                let stayed = (self.case.settled_on - admitted).num_days();
                1 + (stayed - 1).max(0) / i64::from(days)
            }
            _ => 1,
        }
    }

    fn under_yearly_limit(&mut self, rule: &'r Written) -> Option<Yuan> {
        let (cite, counter, limit) = rule.limit.as_ref()?;
        let Some(limit) = self.figure(limit) else {
            // Nobody knows where the year's sum ends: not yet, or already.
            let extremes = ["reading.cap_not_reached", "reading.cap_used_up"];
            return (self.open(*cite, extremes) == 1).then_some(Yuan::ZERO);
        };
        let limit = (*limit)?;
        let used = Yuan::from_fen(self.before(*counter));
        let held = self.held(*cite);
        self.notes.cite(held);
        Some((limit - used).or_zero())
    }

    /// Applies the `adjust` blocks on the deductible in their order.
    fn adjusted(&mut self, due: &'r Due) -> Yuan {
        let mut adjusted = due.standard;
        for adjustment in &due.adjustments {
            let times = match adjustment.times {
                Times::Fixed(times) => times,
                Times::LaterStay => self.nth.map_or(0, |nth| nth.saturating_sub(1)),
            };
            if times == 0 {
                continue;
            }
            adjusted = less(adjusted, due.standard, adjustment, times);
            let held = self.held(adjustment.cite);
            self.notes.step(StepName::Deductible, Some(held), || {
                Said::new(Message::new("step.deductible_adjusted")).result(adjusted)
            });
        }
        adjusted
    }

    /// 从基金该付的钱里扣 — what of a payment of `pooled` the fund keeps back; the member bears it.
    pub(crate) fn off_payment(&mut self, pooled: Yuan) -> Yuan {
        let taken = self.of_fund.min(pooled);
        if taken.is_zero() {
            return taken;
        }
        self.slip.matrix.cut(Slice::Deductible, taken);
        self.notes.step(StepName::Deductible, None, || {
            Said::new(Message::new("step.deductible_off_payment"))
                .formula(format!("{pooled} − {taken}"))
                .result(taken)
        });
        taken
    }

    fn take_open(&mut self, scope: Yuan, chosen: usize) -> Yuan {
        let taken = if chosen == 0 { Yuan::ZERO } else { scope };
        self.slip.matrix.cut(Slice::Deductible, taken);
        self.notes.step(StepName::Deductible, None, || {
            Said::new(Message::new("step.deductible_unknown"))
        });
        scope - taken
    }
}

/// What is left of `amount` after `times` adjustments.
fn less(amount: Yuan, standard: Yuan, adjustment: &Adjustment, times: u32) -> Yuan {
    let bounded = |amount: Yuan| {
        let amount = amount.max(adjustment.at_least);
        adjustment.at_most.map_or(amount, |most| amount.min(most))
    };
    let whole = crate::exact::Fraction::from_integer(i128::from(times));
    match adjustment.less {
        Less::Yuan(each) => {
            let off = each.fen().saturating_mul(i64::from(times));
            bounded(Yuan::from_fen(amount.fen().saturating_sub(off)))
        }
        Less::OfStandard(rate) => bounded(amount - to_fen(fen(standard) * share(rate) * whole)),
        Less::OfPrevious(rate) => {
            let mut left = amount;
            for _ in 0..times {
                let next = bounded(left - to_fen(fen(left) * share(rate)));
                // From here on nothing changes any more, however often.
                if next == left {
                    break;
                }
                left = next;
            }
            left
        }
    }
}

fn what(rule: &Written, nth: Option<i64>, times: i64) -> Message {
    match nth {
        Some(nth) if times > 1 => Message::new("step.deductible_again")
            .with("nth", nth)
            .with("times", times),
        Some(nth) => Message::new("step.deductible_nth").with("nth", nth),
        None if rule.counter.is_none() => Message::new("step.deductible"),
        None => Message::new("step.deductible_year"),
    }
}
