//! 补充层 — 大额、大病、公务员、救助……, each taking its share of what the earlier ones left.

use gongji_domain::{Message, Payer, StepName, Yuan};
use gongji_policy::{Basis, Body, Cell, EdgesOn, InForce, Layer, RateTable, Settled};

use super::run::{Run, step};
use super::walk::{Axis, Counts, Room, Rung, payment, walk};
use crate::exact::{Fraction, fen, share, to_fen};
use crate::open::Readings;

/// One layer's file: the layer itself and the blocks that belong to it.
struct LayerRules<'a> {
    held: &'a InForce<'a>,
    layer: &'a Layer,
    own: Vec<&'a InForce<'a>>,
}

impl<'a> LayerRules<'a> {
    fn block(&self, name: &str) -> Option<&'a InForce<'a>> {
        self.own
            .iter()
            .copied()
            .find(|held| held.block.name == name)
    }
}

impl<'a> Run<'a> {
    /// Lets every layer that is settled with the bill pay, in order. A layer that counts cash only
    /// comes after the payers (`after_payers`), all others before them.
    pub(crate) fn layers(&mut self, after_payers: bool, readings: &mut Readings) {
        let rules = self.rules;
        let mut layers: Vec<LayerRules<'a>> = rules
            .blocks
            .iter()
            .filter_map(|held| match &held.block.body {
                Body::Layer(layer) => Some(LayerRules {
                    held,
                    layer,
                    own: rules
                        .blocks
                        .iter()
                        .filter(|other| other.file.path == held.file.path)
                        .collect(),
                }),
                _ => None,
            })
            .filter(|rules| {
                rules
                    .layer
                    .of
                    .iter()
                    .any(|part| part == self.request.part.word())
            })
            .filter(|rules| (rules.layer.paid_by == ["cash"]) == after_payers)
            .collect();
        layers.sort_by_key(|rules| rules.layer.order);
        for layer in layers {
            let base: Yuan = layer
                .layer
                .counts
                .iter()
                .map(|slice| self.matrix.unpaid(slice))
                .sum();
            if !base.is_zero() {
                self.layer(&layer, base, readings);
            }
        }
    }

    fn layer(&mut self, rules: &LayerRules<'a>, base: Yuan, readings: &mut Readings) {
        let name = if rules.layer.paid_by == ["cash"] {
            StepName::CashLayers
        } else {
            StepName::Layers
        };
        if rules.layer.settled == Settled::Yearly {
            let mut said = self.cite(
                name,
                Message::new("step.layer_yearly").with("fund", &rules.layer.fund),
                rules.held,
            );
            said.formula = Some(base.to_string());
            self.steps.push(said);
            return;
        }
        let Some(payer) = Payer::ALL
            .into_iter()
            .find(|payer| payer.word() == rules.layer.fund)
        else {
            return;
        };
        let Some(rate_held) = rules.block("rate") else {
            self.unknown_layer(rules, base, payer, name, readings);
            return;
        };
        let Body::Rate(rate) = &rate_held.block.body else {
            return;
        };
        let Some(threshold) = self.threshold(rules, readings) else {
            self.unknown_layer(rules, base, payer, name, readings);
            return;
        };
        let counter = Yuan::from_fen(self.counters.before(&rules.layer.counter, readings));
        let above = (counter + base - threshold).or_zero() - (counter - threshold).or_zero();
        let Some(rungs) = self.layer_rungs(rate, rate_held, readings) else {
            self.unknown_layer(rules, base, payer, name, readings);
            return;
        };
        let start = match rate.edges_on {
            EdgesOn::Zero => fen(counter.max(threshold)),
            _ => fen((counter - threshold).or_zero()),
        };
        let mut rooms = self.layer_rooms(rules, readings);
        let walked = walk(&rungs, Axis::Cost, start, fen(above), &mut rooms);
        let paid = self.pay_layer(rules, payer, to_fen(payment(&walked.pieces)));
        for piece in &walked.pieces {
            let what = Message::new("step.layer").with("fund", &rules.layer.fund);
            let mut said = self.cite(name, what, rate_held);
            said.formula = Some(format!(
                "{} × {}",
                to_fen(piece.cost),
                rate_text(piece.printed)
            ));
            said.result = Some(to_fen(piece.cost * piece.printed));
            self.steps.push(said);
        }
        if walked.over.is_some() {
            let mut said = step(
                name,
                Message::new("step.layer_cap").with("fund", &rules.layer.fund),
            );
            said.result = Some(paid);
            self.steps.push(said);
        }
    }

    /// The fund takes what it pays off the slices it counts, the last named first.
    fn pay_layer(&mut self, rules: &LayerRules<'a>, payer: Payer, amount: Yuan) -> Yuan {
        let mut left = amount;
        for slice in rules.layer.counts.iter().rev() {
            left -= self.matrix.pay(payer, slice, left);
        }
        amount - left
    }

    fn unknown_layer(
        &mut self,
        rules: &LayerRules<'a>,
        base: Yuan,
        payer: Payer,
        name: StepName,
        readings: &mut Readings,
    ) {
        let held = rules
            .block("rate")
            .or_else(|| rules.block("threshold"))
            .unwrap_or(rules.held);
        let extremes = [
            Message::new("reading.layer_nothing"),
            Message::new("reading.layer_everything"),
        ];
        if self.open_cell(held, readings, extremes) == 1 {
            self.pay_layer(rules, payer, base);
        }
        let what = Message::new("step.layer_unknown").with("fund", &rules.layer.fund);
        let said = self.cite(name, what, rules.held);
        self.steps.push(said);
    }

    /// The layer's threshold; nothing where the layer has none, `None` where it is not known.
    fn threshold(&mut self, rules: &LayerRules<'a>, readings: &mut Readings) -> Option<Yuan> {
        let Some(held) = rules.block("threshold") else {
            return Some(Yuan::ZERO);
        };
        let Body::Threshold(threshold) = &held.block.body else {
            return Some(Yuan::ZERO);
        };
        let printed = self.ladder(&threshold.class, &threshold.rows, held, readings);
        let amount = self.amount(printed.first()?, None).ok()??;
        self.cite(StepName::Layers, Message::new("step.layer_threshold"), held);
        Some(amount)
    }

    fn layer_rungs(
        &mut self,
        rate: &RateTable,
        held: &InForce<'_>,
        readings: &mut Readings,
    ) -> Option<Vec<Rung>> {
        self.ladder(&rate.class, &rate.rows, held, readings)
            .iter()
            .map(|rung| match rung.cell {
                Cell::Rate(rate) => Some(Rung {
                    edge: fen(rung.above),
                    printed: share(rate),
                    own: share(rate),
                }),
                _ => None,
            })
            .collect()
    }

    fn layer_rooms(&mut self, rules: &LayerRules<'a>, readings: &mut Readings) -> Vec<Room> {
        let caps: Vec<&InForce<'a>> = rules
            .own
            .iter()
            .copied()
            .filter(|held| held.block.name == "cap")
            .collect();
        let mut rooms = Vec::new();
        for held in caps {
            let Body::Cap(cap) = &held.block.body else {
                continue;
            };
            let printed = self.ladder(&cap.class, &cap.rows, held, readings);
            let amount = printed
                .first()
                .ok_or(())
                .and_then(|rung| self.amount(rung, cap.measured_in.as_ref()));
            let limit = match amount {
                Ok(None) => continue,
                Ok(Some(limit)) => limit,
                Err(()) => {
                    let extremes = [
                        Message::new("reading.cap_not_reached"),
                        Message::new("reading.cap_used_up"),
                    ];
                    if self.open_cell(held, readings, extremes) == 0 {
                        continue;
                    }
                    Yuan::ZERO
                }
            };
            debug_assert!(
                cap.basis == Basis::FundPaid,
                "checked when the file is read"
            );
            let used = Yuan::from_fen(self.counters.before(&cap.counter, readings));
            let counts = Counts {
                pool: true,
                supplement: false,
            };
            rooms.push(Room {
                cap: held.block.head.id.clone().unwrap_or_default(),
                left: fen((limit - used).or_zero()),
                counts,
            });
        }
        rooms
    }
}

fn rate_text(rate: Fraction) -> String {
    let millionths = (rate * Fraction::from_integer(1_000_000))
        .round()
        .to_integer();
    gongji_domain::Rate::from_millionths(i64::try_from(millionths).unwrap_or(i64::MAX)).to_string()
}
