//! 补充层 — each with its threshold, ladder and caps, in the order in which they pay.

use gongji_domain::{Payer, Yuan};
use gongji_policy::{AdjustOn, Body, EdgesOn, InForce, LayerRules, Settled};

use super::adjust::Adjusting;
use super::caps::Cap;
use super::counters::{CounterAt, Numbers};
use super::resolve::{Cite, Resolving};
use super::tree::Tree;
use crate::settle::matrix::{SliceRow, SliceSet};
use crate::settle::walk::Rung;

/// 补充层
#[derive(Clone, Debug)]
pub(crate) struct Layer {
    pub(crate) cite: Cite,
    /// The block by which it is asked for where its figures are not known.
    pub(crate) open_cite: Cite,
    pub(crate) fund: String,
    pub(crate) payer: Option<Payer>,
    /// What it counts, each name by itself: the last named is paid first.
    pub(crate) counts: Vec<SliceSet>,
    /// It counts cash only and therefore comes after the payers.
    pub(crate) after_payers: bool,
    /// It pays a share of what the pool would have paid above its caps, not of the cost.
    pub(crate) of_payment: bool,
    pub(crate) settled: Settled,
    pub(crate) settled_key: String,
    /// It leaves out something that no bill tells apart.
    pub(crate) excludes: bool,
    pub(crate) excludes_key: String,
    pub(crate) counter: CounterAt,
    /// `None`: it has none.
    pub(crate) threshold: Option<(Cite, Tree<Option<Yuan>>)>,
    pub(crate) rate: Option<LayerRate>,
    pub(crate) caps: Vec<Cap>,
}

/// 补充层的支付比例
#[derive(Clone, Debug)]
pub(crate) struct LayerRate {
    /// The edges are measured from zero and not from the threshold.
    pub(crate) from_zero: bool,
    /// The number of parts of a whole, and the rungs in such parts.
    pub(crate) ladder: Tree<(i64, Vec<Rung>)>,
}

impl<'a> Resolving<'a, '_> {
    pub(super) fn layers(&mut self, numbers: &mut Numbers) -> Vec<Layer> {
        let mut layers = Vec::new();
        for rules in self.rules.layers() {
            layers.extend(self.layer(&rules, numbers));
        }
        layers
    }

    pub(super) fn layer(&mut self, rules: &LayerRules<'a>, numbers: &mut Numbers) -> Option<Layer> {
        let Body::Layer(layer) = &rules.layer.block.body else {
            return None;
        };
        if !layer.of.iter().any(|part| part == self.part()) {
            return None;
        }
        let block = |name: &str| rules.blocks.iter().find(|held| held.block.name == name);
        let (rate, threshold) = (block("rate").copied(), block("threshold").copied());
        let of_caps = self.adjusts_among(&rules.blocks, AdjustOn::Cap);
        let of_rate = self.adjusts_among(&rules.blocks, AdjustOn::Rate);
        let mut caps = Vec::new();
        for held in rules.blocks.iter().filter(|held| held.block.name == "cap") {
            caps.extend(self.cap(*held, SliceRow::above_cap(0), &of_caps, numbers));
        }
        let mut payers = Payer::ALL.into_iter();
        let cite = self.cite(rules.layer);
        Some(Layer {
            cite,
            settled_key: format!("{}.settled", self.cited[cite].key),
            open_cite: self.cite(rate.or(threshold).unwrap_or(rules.layer)),
            fund: layer.fund.clone(),
            payer: payers.find(|payer| payer.word() == layer.fund),
            counts: layer
                .counts
                .iter()
                .map(|name| SliceSet::named(name, &self.caps))
                .collect(),
            after_payers: layer.paid_by == ["cash"],
            of_payment: layer.share_of == gongji_policy::TakenFrom::FundAmount,
            settled: layer.settled,
            counter: numbers.of(&layer.counter),
            threshold: threshold.map(|held| {
                let amount = self.amount_tree(&held);
                (self.cite(held), amount)
            }),
            rate: rate.and_then(|held| self.layer_rate(held, &of_rate)),
            excludes: !layer.excludes.is_empty(),
            excludes_key: format!("{}.excludes", self.cited[cite].key),
            caps,
        })
    }

    fn layer_rate(&self, held: InForce<'a>, adjusts: &[Adjusting<'a>]) -> Option<LayerRate> {
        let Body::Rate(rule) = &held.block.body else {
            return None;
        };
        let ladder = self.rates(&held, adjusts);
        Some(LayerRate {
            from_zero: rule.edges_on == EdgesOn::Zero,
            ladder,
        })
    }
}
