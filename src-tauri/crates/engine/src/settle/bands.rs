//! 支付比例与封顶线 — what the pool pays of what lies above the deductible.

use gongji_domain::{Message, Payer, Rate, Slice, StepName, Yuan};

use super::matrix::SliceRow;
use super::run::{CutOff, Run, open};
use super::terms::{Bands, Beyond, Portion, Rounding, Start};
use super::trace::{Notes, Said};
use super::walk::{Axis, Rung, Walk, divide};

/// The readings of a rate that is not known.
const EXTREMES: [&str; 2] = ["reading.rate_nothing", "reading.rate_everything"];

/// What a walk came to, in fen.
#[derive(Clone, Copy, Debug, Default)]
struct Paid {
    pooled: i64,
    own: i64,
    /// The tightest cap that was reached, and the cost above it.
    over: Option<(usize, SliceRow, i64)>,
}

impl Rounding {
    /// `parts` of a payment, so many to a fen, as a printed sum.
    pub(crate) fn round(self, parts: i128, to_a_fen: i128) -> i64 {
        divide(parts, to_a_fen * i128::from(self.unit), self.mode).saturating_mul(self.unit)
    }
}

impl Paid {
    fn of(walk: &Walk, rounding: Rounding) -> Paid {
        let pooled = rounding.round(walk.printed(), walk.parts());
        Paid {
            pooled,
            own: rounding.round(walk.own(), walk.parts()).min(pooled),
            over: walk.over(),
        }
    }

    fn over(self) -> i64 {
        self.over.map_or(0, |(.., cost)| cost)
    }

    fn since(self, before: Paid) -> Paid {
        let over = self
            .over
            .map(|(cap, row, cost)| (cap, row, cost - before.over()));
        Paid {
            pooled: self.pooled - before.pooled,
            own: self.own - before.own,
            over,
        }
    }
}

impl<'r, 'n, N: Notes<'n>> Run<'r, 'n, N> {
    /// Divides `cost` (in scope, above the account segment and the deductible that took `before`)
    /// between the pool, the member's share under the ratio, and what lies above a cap.
    pub(crate) fn bands(&mut self, cost: Yuan, before: Yuan) {
        let terms = self.terms;
        let Some(bands) = &terms.bands else {
            return;
        };
        // What the fund has paid is no place on a ladder of costs that could be walked anew.
        let running =
            terms.rounding.running && self.slip.items.is_empty() && bands.start != Start::FundPaid;
        let cost = self.caps(bands, cost, before, running);
        let start = match bands.start {
            Start::Nothing => 0,
            Start::Cost => self.before(bands.counter) + before.fen(),
            Start::CostAbove | Start::FundPaid => self.before(bands.counter),
        };
        let axis = match bands.start {
            Start::FundPaid => Axis::Fund(self.counts(bands.counter)),
            _ => Axis::Cost,
        };
        let paid = if running {
            self.running(bands, axis, start, cost.fen())
        } else {
            self.this_bill(bands, axis, start, cost)
        };
        self.divide(bands, cost, paid);
    }

    /// The bill by itself, from where it begins on the ladder.
    fn this_bill(&mut self, bands: &'r Bands, axis: Axis, start: i64, cost: Yuan) -> Paid {
        self.walk.start(axis, start);
        let items: Yuan = self.slip.items.iter().copied().sum();
        // The deductible comes off what belongs to no item first.
        let plain = (cost - items).or_zero();
        if !plain.is_zero() {
            self.climb(bands, &bands.plain, axis, plain.fen(), true);
        }
        let mut left = cost - plain;
        for (item, tree) in bands.items.iter().enumerate() {
            let portion = left.min(self.slip.items.get(item).copied().unwrap_or_default());
            left -= portion;
            if !portion.is_zero() {
                self.climb(bands, tree, axis, portion.fen(), true);
            }
        }
        let paid = Paid::of(self.walk, self.terms.rounding);
        if paid.over() > 0 && self.asks_for_cut_off() {
            let uncapped = self.uncapped(bands, axis, start, cost.fen());
            self.slip.cut_off.after = (uncapped - Yuan::from_fen(paid.pooled)).or_zero();
        }
        paid
    }

    /// Lets the walk go on over `cost` of the ladder of `tree`.
    fn climb(&mut self, bands: &'r Bands, tree: &'r Portion, axis: Axis, cost: i64, said: bool) {
        let rungs = self.figure(tree).map_or(&NOT_KNOWN[..], Vec::as_slice);
        let held = self.held(bands.cite);
        for cite in &bands.adjusted_by {
            self.notes.cite(&self.terms.cited[*cite].held);
        }
        let (terms, readings, notes) = (self.terms, &mut *self.readings, &mut *self.notes);
        let everything = || open(terms, bands.cite, EXTREMES, readings) == 1;
        self.walk.go(rungs, axis, cost, everything, |piece| {
            if said {
                notes.step(StepName::Bands, Some(held), || {
                    let rate = Rate::from_millionths(piece.millionths());
                    Said::new(Message::new("step.band"))
                        .formula(format!("{} × {rate}", Yuan::from_fen(piece.cost())))
                        .result(Yuan::from_fen(piece.paid()))
                });
            }
        });
    }

    /// 累计重算 — the year's bills as one bill: what is paid for them with this bill, less what was
    /// paid for them without it. The caps stand at their limits, for the walk begins at nothing.
    fn running(&mut self, bands: &'r Bands, axis: Axis, start: i64, cost: i64) -> Paid {
        self.walk.start(axis, 0);
        self.climb(bands, &bands.plain, axis, start, false);
        let before = Paid::of(self.walk, self.terms.rounding);
        self.climb(bands, &bands.plain, axis, cost, true);
        let after = Paid::of(self.walk, self.terms.rounding);
        if after.over() > 0 && self.asks_for_cut_off() {
            self.slip.cut_off = CutOff {
                before: self.cut_off(bands, axis, start, before),
                after: self.cut_off(bands, axis, start + cost, after),
            };
        }
        after.since(before)
    }

    fn cut_off(&mut self, bands: &'r Bands, axis: Axis, cost: i64, paid: Paid) -> Yuan {
        if paid.over() == 0 {
            return Yuan::ZERO;
        }
        (self.uncapped(bands, axis, 0, cost) - Yuan::from_fen(paid.pooled)).or_zero()
    }

    /// Whether a layer pays a share of what the caps cut off.
    fn asks_for_cut_off(&self) -> bool {
        self.terms.layers.iter().any(|layer| layer.of_payment)
    }

    /// What the ladder gives where no cap ends it.
    fn uncapped(&mut self, bands: &'r Bands, axis: Axis, start: i64, cost: i64) -> Yuan {
        self.walk.begin(bands.denominator);
        self.walk.start(axis, start);
        self.climb(bands, &bands.plain, axis, cost, false);
        Yuan::from_fen(Paid::of(self.walk, self.terms.rounding).pooled)
    }

    /// Cuts the slices: 统筹支付、超封顶线、按比例自付（余数）.
    fn divide(&mut self, bands: &'r Bands, cost: Yuan, paid: Paid) {
        let pooled = Yuan::from_fen(paid.pooled).or_zero().min(cost);
        let own = Yuan::from_fen(paid.own).or_zero().min(pooled);
        let off = self.off_payment(pooled);
        let (pooled, own) = (pooled - off, (own - off).or_zero());
        let cost = cost - off;
        let matrix = &mut self.slip.matrix;
        matrix.cut(Slice::Pooled, pooled);
        matrix.pay(Payer::Pool, Slice::Pooled, own);
        matrix.pay(Payer::RetireeSupplement, Slice::Pooled, pooled - own);
        let mut above = Yuan::ZERO;
        if let Some((cap, row, over)) = paid.over {
            above = Yuan::from_fen(over).or_zero().min(cost - pooled);
            let cap = self.terms.caps.get(cap);
            let held = cap.map(|cap| self.held(cap.cite));
            self.notes.step(StepName::FundCaps, held, || {
                Said::new(Message::new("step.above_cap")).result(above)
            });
            match self.terms.beyond.as_ref() {
                Some(beyond) if cap.is_some_and(|cap| cap.then_inpatient) => {
                    self.as_inpatient(beyond, above);
                }
                _ => self.slip.matrix.cut(row, above),
            }
        }
        self.slip
            .matrix
            .cut(Slice::Coinsurance, cost - pooled - above);
        let held = (!pooled.is_zero()).then(|| self.held(bands.cite));
        self.notes.step(StepName::Round, held, || {
            let own_share = cost - pooled - above;
            let above = (!above.is_zero()).then(|| format!(" − {above}"));
            let formula = format!("{cost} − {own_share}{}", above.unwrap_or_default());
            Said::new(Message::new("step.pooled"))
                .formula(formula)
                .result(pooled)
        });
        if let Some(cite) = bands.embedded.filter(|_| own < pooled) {
            let held = self.held(cite);
            self.notes.step(StepName::Round, Some(held), || {
                let rest = pooled - own;
                Said::new(Message::new("step.embedded"))
                    .formula(format!("{pooled} = {own} + {rest}"))
                    .result(rest)
            });
        }
    }

    /// 超过限额以后按住院 — divides what lies above the cap by the inpatient ratio, within its caps.
    fn as_inpatient(&mut self, beyond: &'r Beyond, cost: Yuan) {
        let ladder = self.figure(&beyond.ladder);
        let (parts, rungs) = ladder.map_or((1, &NOT_KNOWN[..]), |(parts, rungs)| (*parts, rungs));
        self.walk.begin(parts);
        for (number, cap) in beyond.caps.iter().enumerate() {
            if let Some(limit) = self.cap_limit(cap) {
                let left = limit.fen() - self.before(cap.counter);
                let counts = self.counts(cap.counter);
                self.walk.cap(number, cap.row, counts, left);
            }
        }
        let start = self.before(beyond.counter);
        self.walk.start(Axis::Cost, start);
        let (terms, readings) = (self.terms, &mut *self.readings);
        let everything = || open(terms, beyond.cite, EXTREMES, readings) == 1;
        self.walk
            .go(rungs, Axis::Cost, cost.fen(), everything, |_| {});
        let paid = Paid::of(self.walk, terms.rounding);
        let pooled = Yuan::from_fen(paid.pooled).min(cost);
        let over = Yuan::from_fen(paid.over()).or_zero().min(cost - pooled);
        let matrix = &mut self.slip.matrix;
        matrix.cut(Slice::Pooled, pooled);
        matrix.pay(Payer::Pool, Slice::Pooled, pooled);
        matrix.cut(Slice::OverCap, over);
        matrix.cut(Slice::Coinsurance, cost - pooled - over);
        self.slip.as_inpatient = pooled;
        let held = self.held(beyond.cite);
        self.notes.step(StepName::Bands, Some(held), || {
            Said::new(Message::new("step.as_inpatient")).result(pooled)
        });
    }
}

/// The ladder of which nothing is known.
pub(crate) const NOT_KNOWN: [Rung; 1] = [Rung {
    edge: 0,
    printed: None,
    own: 0,
}];
