//! 累计数 — which the rules know, and what a bill of this benefit adds to each.

use gongji_domain::{Message, Payer, Slice};
use gongji_policy::{Basis, Body, Cap};

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
    /// The same with what the rule leaves open.
    pub(crate) at_most: (SliceSet, PayerSet),
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

impl Counter {
    /// A sentence about it: by the name that the place gave, and by its word for other languages.
    pub(crate) fn said_in(&self, code: &str) -> Message {
        Message::new(code)
            .with("name", &self.name)
            .with("counter", &self.id)
    }
}

/// 已经用了多少 — between what two counters a cap stands under one reading of its basis. The fund pays a
/// part of the cost above the deductible, and that is a part of the whole cost.
#[derive(Clone, Debug)]
pub(crate) struct Used {
    /// `None`: no counter tells, so perhaps nothing.
    pub(crate) least: Option<CounterAt>,
    /// `None`: no counter tells, so perhaps everything.
    pub(crate) most: Option<CounterAt>,
    /// By which it is asked for where the two differ.
    pub(crate) key: String,
}

/// From the least to the most that they may come to.
const BASES: [Basis; 3] = [Basis::FundPaid, Basis::CostAboveDeductible, Basis::Cost];

fn word(basis: Basis) -> &'static str {
    match basis {
        Basis::FundPaid => "fund_paid",
        Basis::Cost => "cost",
        Basis::CostAboveDeductible => "cost_above_deductible",
        Basis::Unknown => "unknown",
    }
}

/// 结转额度 — what the counter of a carry-over is called.
const CARRIED: &str = "上年结转的额度";

impl Counter {
    /// One that nothing adds to.
    fn undefined(id: String) -> Counter {
        Counter {
            name: id.clone(),
            cite: None,
            is_count: false,
            here: false,
            at_inpatient: false,
            slices: SliceSet::default(),
            payers: PayerSet::default(),
            at_most: (SliceSet::default(), PayerSet::default()),
            counts: Counts {
                pool: true,
                supplement: true,
            },
            supplement_open: false,
            may_start_anew: false,
            value_key: format!("counter:{id}"),
            counts_key: format!("undecided:{id}"),
            id,
        }
    }

    /// What of a benefit it adds up; `None` where that is none of the things a cap may be on.
    fn basis(&self) -> Option<Basis> {
        let holds = |slice| self.slices.holds(slice);
        match (
            holds(Slice::Pooled),
            holds(Slice::Coinsurance),
            holds(Slice::Deductible),
        ) {
            (true, true, true) => Some(Basis::Cost),
            (true, true, false) => Some(Basis::CostAboveDeductible),
            (true, false, false) => Some(Basis::FundPaid),
            _ => None,
        }
    }
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
            self.0.push(Counter::undefined(id.to_owned()));
            self.0.len() - 1
        }))
    }

    /// What was used of a cap under every reading of its basis: by the counter that is named for the
    /// reading, else as far as the others tell.
    pub(super) fn readings(&mut self, cap: &Cap) -> [(Basis, Used); 3] {
        let main = self.of(&cap.counter);
        let counts = main.map_or(Some(Basis::Unknown), |number| self.0[number].basis());
        let named = BASES.map(|basis| {
            let by = cap.by_basis.as_ref().and_then(|by| match basis {
                Basis::FundPaid => by.fund_paid.as_ref(),
                Basis::CostAboveDeductible => by.cost_above_deductible.as_ref(),
                Basis::Cost | Basis::Unknown => by.cost.as_ref(),
            });
            // This bill alone, or what is none of the three, stands for all of them.
            let fits = counts.is_none_or(|counts| counts == basis || counts == Basis::Unknown);
            let by = by.map(|id| self.of(id));
            by.or(fits.then_some(main))
        });
        let used = |place: usize| Used {
            least: named[..=place].iter().rev().find_map(|named| *named),
            most: named[place..].iter().find_map(|named| *named),
            key: format!("counter:{}:{}", cap.counter, word(BASES[place])),
        };
        [0, 1, 2].map(|place| (BASES[place], used(place)))
    }
}

impl Resolving<'_, '_> {
    /// Every counter that the rules define, in their order; behind them what may be carried over from
    /// last year, which is stated like a counter and to which no bill adds.
    pub(super) fn counters(&mut self) -> Vec<Counter> {
        let mut counters = self.defined();
        for held in self.rules.blocks.clone() {
            let carries = matches!(held.block.body, Body::Carry(_)) && !held.off;
            if let (true, Some(id)) = (carries, held.block.head.id.clone()) {
                counters.push(Counter {
                    cite: Some(self.cite(held)),
                    name: CARRIED.to_owned(),
                    ..Counter::undefined(id)
                });
            }
        }
        counters
    }

    fn defined(&mut self) -> Vec<Counter> {
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
                at_most: (
                    self.slices(&[&rule.adds[..], &rule.adds_undecided].concat()),
                    PayerSet::any_of(&[&rule.paid_by[..], &rule.paid_by_undecided].concat()),
                ),
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
