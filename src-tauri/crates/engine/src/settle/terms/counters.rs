//! 累计数 — which the rules know, and what a bill of this benefit adds to each.

use gongji_domain::Payer;
use gongji_policy::Body;

use super::resolve::{Cite, Resolving};
use crate::settle::counters::is_count;
use crate::settle::matrix::{PayerSet, SliceSet};
use crate::settle::walk::Counts;

/// 哪个累计数 — its number among the pool's counters; `None` is `this_bill`, always at zero.
pub(crate) type CounterAt = Option<usize>;

/// 累计数 — resolved for one benefit and class.
#[derive(Clone, Debug)]
pub(crate) struct Counter {
    pub(crate) id: String,
    pub(crate) name: String,
    /// `None`: blocks name it, but no rule defines it.
    pub(crate) cite: Option<Cite>,
    pub(crate) is_count: bool,
    /// Whether a bill of this benefit and class is counted at all.
    pub(crate) here: bool,
    /// Whether inpatient care is counted.
    pub(crate) at_inpatient: bool,
    pub(crate) slices: SliceSet,
    pub(crate) payers: PayerSet,
    /// Which fund's payments it adds up.
    pub(crate) counts: Counts,
    /// The rule does not say whether the supplement's payments count.
    pub(crate) supplement_open: bool,
    /// The rule leaves open if it adds up anything at all: it is carried as if it did, and looked at
    /// under both readings.
    pub(crate) may_start_anew: bool,
    /// The keys under which its value and what it counts are asked for.
    pub(crate) value_key: String,
    pub(crate) counts_key: String,
}

/// The counters by number; a name that no rule defines gets a number behind them.
pub(super) struct Numbers(pub(super) Vec<Counter>);

impl Numbers {
    pub(super) fn of(&mut self, id: &str) -> CounterAt {
        if id == "this_bill" {
            return None;
        }
        let known = self.0.iter().position(|counter| counter.id == id);
        Some(known.unwrap_or_else(|| {
            self.0.push(Counter {
                name: id.to_owned(),
                cite: None,
                is_count: false,
                here: false,
                at_inpatient: false,
                slices: SliceSet::default(),
                payers: PayerSet::default(),
                counts: Counts {
                    pool: true,
                    supplement: true,
                },
                supplement_open: false,
                may_start_anew: false,
                value_key: format!("counter:{id}"),
                counts_key: format!("undecided:{id}"),
                id: id.to_owned(),
            });
            self.0.len() - 1
        }))
    }
}

impl Resolving<'_, '_> {
    /// Every counter that the rules define, in their order.
    pub(super) fn counters(&mut self) -> Vec<Counter> {
        let mut counters = Vec::new();
        for held in self.rules.blocks.clone() {
            let Body::Counter(rule) = &held.block.body else {
                continue;
            };
            let Some(id) = held.block.head.id.clone() else {
                continue;
            };
            let class = self.request.visit.class.as_ref();
            let class_fits = rule.at_class.is_empty()
                || class.is_some_and(|class| rule.at_class.contains(class));
            let may_start_anew = rule.paid_by.is_empty() && !rule.paid_by_undecided.is_empty();
            let named = PayerSet::any_of(&rule.paid_by);
            let undecided = PayerSet::any_of(&rule.paid_by_undecided);
            counters.push(Counter {
                is_count: is_count(rule),
                here: class_fits && rule.of.iter().any(|part| part == self.part()),
                at_inpatient: class_fits && rule.of.iter().any(|part| part == "inpatient"),
                slices: self.slices(&rule.adds),
                payers: if may_start_anew { undecided } else { named },
                counts: Counts {
                    pool: named.holds(Payer::Pool),
                    supplement: named.holds(Payer::RetireeSupplement),
                },
                supplement_open: !rule.paid_by_undecided.iter().any(|payer| payer == "any")
                    && undecided.holds(Payer::RetireeSupplement),
                may_start_anew,
                value_key: format!("counter:{id}"),
                counts_key: format!("undecided:{id}"),
                name: rule.name.clone(),
                cite: Some(self.cite(held)),
                id,
            });
        }
        counters
    }
}
