//! 超过限额以后按住院 — where a benefit does not end above its cap but goes on as inpatient care: by the
//! inpatient ratio, within the inpatient caps, and counted there.

use gongji_policy::{AdjustOn, Basis, Body, EdgesOn, InForce, Then};

use super::caps::Cap;
use super::counters::{CounterAt, Numbers};
use super::resolve::{Cite, Resolving};
use super::tree::Tree;
use crate::settle::matrix::SliceRow;
use crate::settle::walk::Rung;

const INPATIENT: &str = "inpatient";

/// 按住院 — what is paid of the cost above the cap.
#[derive(Clone, Debug)]
pub(crate) struct Beyond {
    /// By which its rates are asked for.
    pub(crate) cite: Cite,
    pub(crate) counter: CounterAt,
    /// The number of parts of a whole, and the rungs in such parts.
    pub(crate) ladder: Tree<(i64, Vec<Rung>)>,
    pub(crate) caps: Vec<Cap>,
}

impl<'a> Resolving<'a, '_> {
    /// `None` where no cap of the benefit changes it into inpatient care.
    pub(super) fn beyond(&mut self, numbers: &mut Numbers) -> Option<Beyond> {
        let changes = |held: &&InForce<'a>| matches!(&held.block.body, Body::Cap(cap) if cap.then == Then::Inpatient);
        let rules = self.rules;
        let cap = rules.all(self.part(), "cap").find(changes).copied()?;
        let held = rules.get(INPATIENT, "rate").copied();
        let limits: Vec<InForce<'a>> = rules.all(INPATIENT, "cap").copied().collect();
        let (mut ladder, mut counter) = (Tree::Unknown, None);
        if let Some(held) = held
            && let Body::Rate(rule) = &held.block.body
            && self.is_plain(rule.edges_on, &limits)
        {
            ladder = self.rates(&held, &[]);
            counter = rule.counter.as_deref().and_then(|id| numbers.of(id));
        }
        let mut caps = Vec::new();
        for limit in limits {
            // What lies above them lies above every cap of the benefit, too.
            let row = SliceRow::from(gongji_domain::Slice::OverCap);
            caps.extend(self.cap(limit, row, &[], numbers));
        }
        Some(Beyond {
            cite: self.cite(held.unwrap_or(cap)),
            counter,
            ladder,
            caps,
        })
    }

    /// Whether the inpatient rules can be read from outside a stay: nothing in them looks at what the
    /// fund paid before, at other caps than those on its payment, or at an adjustment.
    fn is_plain(&self, edges_on: EdgesOn, limits: &[InForce<'a>]) -> bool {
        let on_payment = |held: &InForce<'a>| matches!(&held.block.body, Body::Cap(cap) if cap.basis == Basis::FundPaid);
        let changes = |held: &InForce<'a>| matches!(&held.block.body, Body::Adjust(adjust) if adjust.on != AdjustOn::Deductible);
        edges_on != EdgesOn::FundPaid
            && limits.iter().all(on_payment)
            && !self.rules.all(INPATIENT, "adjust").any(changes)
    }
}
