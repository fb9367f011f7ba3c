//! 补充层 — 大额、大病、公务员、救助……, each taking its share of what the earlier ones left.

use gongji_domain::{Message, Payer, Rate, StepName, Yuan};
use gongji_policy::Settled;

use super::bands::NOT_KNOWN;
use super::run::{Run, open};
use super::terms::Layer;
use super::trace::{Notes, Said};
use super::walk::{Axis, Counts, Rung};
use crate::open::OpenPoint;

/// The readings of a layer of which something is not known.
const EXTREMES: [&str; 2] = ["reading.layer_nothing", "reading.layer_everything"];

/// A layer's own payments are the only ones its caps look at.
const OWN: Counts = Counts {
    pool: true,
    supplement: false,
};

/// What a layer looks at: what its counter stood at, what this bill adds, and its threshold.
#[derive(Clone, Copy)]
struct Base {
    before: Yuan,
    added: Yuan,
    threshold: Yuan,
}

impl<'r, 'n, N: Notes<'n>> Run<'r, 'n, N> {
    /// Lets every layer that is settled with the bill pay, in order. A layer that counts cash only
    /// comes after the payers (`after_payers`), all others before them.
    pub(crate) fn layers(&mut self, after_payers: bool) {
        let terms = self.terms;
        for layer in &terms.layers {
            if layer.after_payers != after_payers {
                continue;
            }
            let unpaid = layer.counts.iter();
            let base = unpaid
                .map(|slices| self.slip.matrix.unpaid(*slices))
                .sum::<Yuan>();
            if !base.is_zero() && self.with_bill(layer, base) {
                self.layer(layer, base);
            }
        }
    }

    /// Whether the layer is settled with the bill. Where nobody knows it is reckoned so, and asked:
    /// what it pays does not change, only when.
    fn with_bill(&mut self, layer: &'r Layer, base: Yuan) -> bool {
        let held = self.held(layer.cite);
        match layer.settled {
            Settled::WithBill => true,
            Settled::Yearly => {
                self.notes.step(step_name(layer), Some(held), || {
                    let what = Message::new("step.layer_counted")
                        .with("fund", &layer.fund)
                        .with("counted", base);
                    Said::new(what).formula(base.to_string())
                });
                false
            }
            Settled::Unknown => {
                let key = &layer.settled_key;
                self.readings.choose(key, || OpenPoint {
                    key: key.clone(),
                    what: Message::new("open.layer_settled").with("fund", &layer.fund),
                    ask: held.block.head.ask.clone(),
                    readings: vec![Message::new("reading.layer_with_bill")],
                });
                true
            }
        }
    }

    fn layer(&mut self, layer: &'r Layer, unpaid: Yuan) {
        let Some(payer) = layer.payer else {
            return;
        };
        let Some(threshold) = self.threshold(layer) else {
            return self.unknown_layer(layer, payer, unpaid);
        };
        let base = self.base(layer, unpaid, threshold);
        if layer.excludes {
            // No bill says how much of it that is: it is counted, and asked.
            let key = &layer.excludes_key;
            let ask = self.held(layer.cite).block.head.ask.clone();
            self.readings.choose(key, || OpenPoint {
                key: key.clone(),
                what: Message::new("open.layer_excludes").with("fund", &layer.fund),
                ask,
                readings: vec![Message::new("reading.nothing_excluded")],
            });
        }
        // Of a ladder that is not known at all every rung is: nothing, or everything above the threshold.
        let ladder = layer
            .rate
            .as_ref()
            .and_then(|rate| self.figure(&rate.ladder));
        let (parts, rungs) = ladder.map_or((1, &NOT_KNOWN[..]), |(parts, rungs)| (*parts, rungs));
        // As the pool's own payment: a share of it is reckoned anew where that is.
        let running = layer.of_payment && self.terms.rounding.running;
        let paid = self.climb_layer(layer, (parts, rungs), base, running);
        let paid = self.pay_layer(layer, payer, paid);
        if self.walk.over().is_some() {
            self.notes.step(step_name(layer), None, || {
                Said::new(Message::new("step.layer_cap").with("fund", &layer.fund)).result(paid)
            });
        }
    }

    /// What a layer pays for a whole year in which `counted` was counted; `None` where its threshold or
    /// its ladder is not known.
    pub(crate) fn of_year(&mut self, layer: &'r Layer, counted: Yuan) -> Option<Yuan> {
        let threshold = self.threshold(layer)?;
        let (parts, rungs) = self.figure(&layer.rate.as_ref()?.ladder)?;
        let base = Base {
            before: Yuan::ZERO,
            added: counted,
            threshold,
        };
        Some(self.climb_layer(layer, (*parts, rungs), base, false))
    }

    /// What it looks at, above `threshold`.
    fn base(&mut self, layer: &'r Layer, unpaid: Yuan, threshold: Yuan) -> Base {
        let cut_off = self.slip.cut_off;
        if layer.of_payment {
            return Base {
                before: cut_off.before,
                added: cut_off.after - cut_off.before,
                threshold,
            };
        }
        Base {
            before: Yuan::from_fen(self.before(layer.counter)),
            added: unpaid,
            threshold,
        }
    }

    fn climb_layer(
        &mut self,
        layer: &'r Layer,
        (parts, rungs): (i64, &'r [Rung]),
        base: Base,
        running: bool,
    ) -> Yuan {
        let above = |counter: Yuan| (counter - base.threshold).or_zero();
        let (from, to) = (above(base.before), above(base.before + base.added));
        let from_zero = layer.rate.as_ref().is_some_and(|rate| rate.from_zero);
        let origin = if from_zero {
            base.threshold
        } else {
            Yuan::ZERO
        };
        self.walk.begin(parts);
        for cap in &layer.caps {
            if let Some(limit) = self.cap_limit(cap) {
                let used = if running { 0 } else { self.before(cap.counter) };
                let left = limit.fen() - used;
                self.walk.cap(0, cap.row, OWN, left);
            }
        }
        let rounding = self.terms.rounding;
        let (terms, readings) = (self.terms, &mut *self.readings);
        let mut everything = || open(terms, layer.open_cite, EXTREMES, readings) == 1;
        let mut before = 0;
        if running {
            self.walk.start(Axis::Cost, origin.fen());
            self.walk
                .go(rungs, Axis::Cost, from.fen(), &mut everything, |_| {});
            before = rounding.round(self.walk.printed(), self.walk.parts());
        } else {
            self.walk.start(Axis::Cost, (origin + from).fen());
        }
        let known = rungs.iter().all(|rung| rung.printed.is_some());
        let notes = &mut *self.notes;
        let cost = (to - from).fen();
        self.walk.go(rungs, Axis::Cost, cost, everything, |piece| {
            if known {
                let held = &terms.cited[layer.open_cite].held;
                notes.step(step_name(layer), Some(held), || {
                    let rate = Rate::from_millionths(piece.millionths());
                    let what = Message::new("step.layer").with("fund", &layer.fund);
                    Said::new(what)
                        .formula(format!("{} × {rate}", Yuan::from_fen(piece.cost())))
                        .result(Yuan::from_fen(piece.paid()))
                });
            }
        });
        if !known && cost > 0 {
            self.say_unknown(layer);
        }
        let after = rounding.round(self.walk.printed(), self.walk.parts());
        Yuan::from_fen(after - before)
    }

    /// The fund takes what it pays off the slices it counts, the last named first.
    fn pay_layer(&mut self, layer: &'r Layer, payer: Payer, amount: Yuan) -> Yuan {
        let mut left = amount;
        for slices in layer.counts.iter().rev() {
            left -= self.slip.matrix.pay(payer, *slices, left);
        }
        amount - left
    }

    /// Nobody knows from where on it pays: between nothing and the most that its ladder gives of this
    /// bill from any threshold, or everything where its ladder is not known either; within its caps.
    fn unknown_layer(&mut self, layer: &'r Layer, payer: Payer, unpaid: Yuan) {
        let ladder = (layer.rate.as_ref()).and_then(|rate| self.figure(&rate.ladder));
        let known = |rungs: &&(i64, Vec<Rung>)| rungs.1.iter().all(|rung| rung.printed.is_some());
        let (mut most, cite) = match (ladder.filter(known), &layer.threshold) {
            (Some((parts, rungs)), Some((cite, _))) => {
                let base = self.base(layer, unpaid, Yuan::ZERO);
                let from_zero = layer.rate.as_ref().is_some_and(|rate| rate.from_zero);
                let most = most_of(rungs, base, from_zero);
                let rounded = self.terms.rounding.round(most, i128::from(*parts));
                (Yuan::from_fen(rounded).min(unpaid), *cite)
            }
            _ => (unpaid, layer.open_cite),
        };
        for cap in &layer.caps {
            if let Some(limit) = self.cap_limit(cap) {
                let used = Yuan::from_fen(self.before(cap.counter));
                most = most.min((limit - used).or_zero());
            }
        }
        if !most.is_zero() && self.open(cite, EXTREMES) == 1 {
            self.pay_layer(layer, payer, most);
        }
        self.say_unknown(layer);
    }

    fn say_unknown(&mut self, layer: &'r Layer) {
        let held = self.held(layer.cite);
        self.notes.step(step_name(layer), Some(held), || {
            Said::new(Message::new("step.layer_unknown").with("fund", &layer.fund))
        });
    }

    /// The layer's threshold; nothing where the layer has none, `None` where it is not known.
    fn threshold(&mut self, layer: &'r Layer) -> Option<Yuan> {
        let Some((cite, threshold)) = &layer.threshold else {
            return Some(Yuan::ZERO);
        };
        let amount = (*self.figure(threshold)?)?;
        let held = self.held(*cite);
        self.notes.cite(held);
        Some(amount)
    }
}

fn step_name(layer: &Layer) -> StepName {
    if layer.after_payers {
        StepName::CashLayers
    } else {
        StepName::Layers
    }
}

/// The most that the rungs give of a bill, wherever its threshold lies: in parts of their denominator.
/// A threshold moves the bill along the ladder, from where the year stands down to its beginning; the
/// most is found where the bill begins or ends on an edge, or at one of the two ends.
fn most_of(rungs: &[Rung], base: Base, from_zero: bool) -> i128 {
    let (before, added) = (base.before.fen(), base.added.fen());
    let sum = |from: i64| {
        let over = |(index, rung): (usize, &Rung)| {
            let end = rungs.get(index + 1).map_or(i64::MAX, |next| next.edge);
            let cost = (from + added).min(end) - from.max(rung.edge);
            i128::from(cost.max(0)) * i128::from(rung.printed.unwrap_or(0))
        };
        rungs.iter().enumerate().map(over).sum::<i128>()
    };
    if from_zero {
        return sum(before);
    }
    let edges = rungs.iter().flat_map(|rung| [rung.edge, rung.edge - added]);
    let starts = edges
        .chain([before])
        .filter(|from| (0..=before).contains(from));
    starts.map(sum).max().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 60 % up to 100 yuan above the threshold, 50 % up to 200, then 80 %.
    const LADDER: [(i64, i64); 3] = [(0, 60), (100, 50), (200, 80)];

    #[test]
    fn the_most_of_an_unknown_threshold_lies_on_an_edge() {
        let rungs = LADDER.map(|(edge, percent)| Rung {
            edge: edge * 100,
            printed: Some(percent),
            own: percent,
        });
        for (before, added, from_zero, expected) in [
            // 没有花过：50 元都在第一段，50 × 60% = 30。
            (0, 50, false, 30),
            // 已有 150：从起付线正好在本单之前量，50 × 60% = 30；接着量是 50 × 50%。
            (150, 50, false, 30),
            // 已有 250：接着量，50 × 80% = 40。
            (250, 50, false, 40),
            // 从零量的阶梯不随起付线移动：150 到 200，50 × 50% = 25。
            (150, 50, true, 25),
            // 100 元：80 到 180 → 从 0 到 100 量最多，60。
            (80, 100, false, 60),
        ] {
            let base = Base {
                before: Yuan::from_fen(before * 100),
                added: Yuan::from_fen(added * 100),
                threshold: Yuan::ZERO,
            };
            let most = most_of(&rungs, base, from_zero);
            assert_eq!(most, expected * 100 * 100, "{before} {added}");
        }
    }
}
