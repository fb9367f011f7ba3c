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
                    let what = Message::new("step.layer_yearly").with("fund", &layer.fund);
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
        let cut_off = self.slip.cut_off;
        let base = if layer.of_payment {
            Base {
                before: cut_off.before,
                added: cut_off.after - cut_off.before,
                threshold,
            }
        } else {
            Base {
                before: Yuan::from_fen(self.before(layer.counter)),
                added: unpaid,
                threshold,
            }
        };
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

    /// Nobody knows from where on it pays: between nothing and everything that its caps leave.
    fn unknown_layer(&mut self, layer: &'r Layer, payer: Payer, base: Yuan) {
        let mut most = base;
        for cap in &layer.caps {
            if let Some(limit) = self.cap_limit(cap) {
                let used = Yuan::from_fen(self.before(cap.counter));
                most = most.min((limit - used).or_zero());
            }
        }
        if !most.is_zero() && self.open(layer.open_cite, EXTREMES) == 1 {
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
