//! 年度结束后一次结的补充层 — shown after the close of the year, never netted in a visit.

use chrono::Days;
use gongji_domain::{Message, PlannedSpending, SourceRef, Yuan};
use gongji_policy::{Basis, Body, Cell, EdgesOn, InForce, LayerRules, RowFacts, Settled, Table};

use super::agenda::{Item, What};
use super::counters::definitions;
use super::outcome::{Spent, plain};
use super::people::Spell;
use super::period::{Span, closed};
use super::run::Run;
use crate::exact::{Fraction, fen, share, to_fen};
use crate::projection::EventKind;

/// What a layer pays for a year.
struct Payment {
    amount: Yuan,
    formula: String,
    sources: Vec<SourceRef>,
    assumed: bool,
}

impl<'a> Run<'_, 'a> {
    /// The yearly layers of the year that ends with the day before `item`.
    pub(super) fn yearly_layers(&mut self, item: &Item<'a>) {
        if let Some(spell) = self.stage.people[item.person].on(item.on - Days::new(1)) {
            self.layers_of(item, spell, true);
        }
    }

    /// Those of a year in whose middle the member left the pool or the scheme: no rule says whether
    /// they still pay.
    pub(super) fn layers_left_behind(&mut self, item: &Item<'a>, spell: &Spell<'a>) {
        self.layers_of(item, spell, false);
    }

    fn layers_of(&mut self, item: &Item<'a>, spell: &Spell<'a>, insured: bool) {
        let last = item.on - Days::new(1);
        let stage = self.stage;
        let enrollment = spell.enrollment;
        let on = |day| stage.book.on(&enrollment.pool, enrollment.scheme, day);
        let (Some(rules), after) = (on(last), on(item.on)) else {
            return;
        };
        for (number, layer_rules) in rules.layers().into_iter().enumerate() {
            let Body::Layer(layer) = &layer_rules.layer.block.body else {
                continue;
            };
            if layer.settled != Settled::Yearly {
                continue;
            }
            let counter = definitions(&rules).find(|(id, _)| *id == layer.counter);
            let span = counter.and_then(|known| closed(&rules, after.as_deref(), known, item.on));
            let Some(span) = span else {
                continue;
            };
            let key = (item.person, enrollment.pool.clone(), enrollment.scheme);
            let counted = self.counters.get(&key).map_or(Some(0), |running| {
                running.value(&layer.counter, span.starts)
            });
            let facts = spell.row_facts(&stage.people[item.person], last);
            let payment =
                counted.and_then(|counted| pays(&layer_rules, &facts, Yuan::from_fen(counted)));
            match payment {
                Some(payment) if payment.amount.is_zero() => {}
                Some(payment) => {
                    let payment = insured.then_some(payment);
                    self.yearly_event(item, number + 1, &layer.fund, span, payment);
                }
                None if self.spends(item.person, while_insured(span, spell), &layer.of) => {
                    self.yearly_event(item, number + 1, &layer.fund, span, None);
                }
                None => {}
            }
        }
    }

    fn yearly_event(
        &mut self,
        item: &Item<'a>,
        number: usize,
        fund: &str,
        span: Span,
        payment: Option<Payment>,
    ) {
        let code = if payment.is_some() {
            "project.yearly_layer"
        } else {
            "project.yearly_layer_unknown"
        };
        let what = Message::new(code)
            .with("name", self.name(item.person))
            .with("fund", fund)
            .with("from", span.starts)
            .with("until", span.next - Days::new(1));
        let balance = self.balance(item.person);
        let mut record = plain(EventKind::YearlyLayer, what, Some(Yuan::ZERO), balance);
        if let Some(payment) = payment {
            let zero = Some(Yuan::ZERO);
            record.spent = Some(Spent {
                total: payment.amount,
                fund: Some(payment.amount),
                own: zero,
                aid: zero,
                donors: Vec::new(),
                cash: zero,
            });
            record.formula = Some(payment.formula);
            record.sources = payment.sources.into();
            record.assumed = payment.assumed;
        }
        self.record(number, record);
    }

    /// Whether the member plans anything in the year that the layer looks at.
    fn spends(&self, person: usize, span: Span, of: &[String]) -> bool {
        self.stage.agenda.iter().any(|item| {
            let planned = |plan: &PlannedSpending| of.iter().any(|part| part == plan.part.word());
            item.person == person
                && (span.starts..span.next).contains(&item.on)
                && matches!(item.what, What::Spending(plan) if planned(plan))
        })
    }
}

/// The part of a period before the enrollment ends.
fn while_insured(span: Span, spell: &Spell<'_>) -> Span {
    let next = spell.until.map_or(span.next, |until| until.min(span.next));
    Span { next, ..span }
}

/// The layer's ladder over what was counted; `None` where a figure it needs is not known.
fn pays(layer: &LayerRules<'_>, facts: &RowFacts, counted: Yuan) -> Option<Payment> {
    let block = |name: &str| layer.blocks.iter().find(|held| held.block.name == name);
    let threshold_held = block("threshold");
    let threshold = match threshold_held.map(|held| (held, &held.block.body)) {
        Some((held, Body::Threshold(threshold))) => {
            let cell = first_cell(held, Table::of(&threshold.class, &threshold.rows), facts)?;
            let Cell::Yuan(threshold) = cell else {
                return None;
            };
            threshold
        }
        _ => Yuan::ZERO,
    };
    let rate_held = block("rate")?;
    let Body::Rate(rate) = &rate_held.block.body else {
        return None;
    };
    if rate_held.off {
        return None;
    }
    let ladder = Table::of(&rate.class, &rate.rows)
        .ladder("any", facts)
        .ok()?;
    // Where on the printed ladder the part above the threshold begins and ends.
    let origin = if rate.edges_on == EdgesOn::Zero {
        Yuan::ZERO
    } else {
        threshold
    };
    let (from, to) = ((threshold - origin).or_zero(), (counted - origin).or_zero());
    let mut sum = Fraction::from_integer(0);
    let mut terms = Vec::new();
    for (index, (above, cell, _)) in ladder.iter().enumerate() {
        let end = ladder.get(index + 1).map_or(to, |(next, ..)| to.min(*next));
        let cost = end - from.max(*above);
        if cost <= Yuan::ZERO {
            continue;
        }
        let Cell::Rate(rate) = cell else { return None };
        sum += fen(cost) * share(*rate);
        terms.push(format!("{cost} × {rate}"));
    }
    let mut amount = to_fen(sum);
    for held in layer.blocks.iter().filter(|held| held.block.name == "cap") {
        let Body::Cap(cap) = &held.block.body else {
            continue;
        };
        match first_cell(held, Table::of(&cap.class, &cap.rows), facts)? {
            Cell::NoLimit => {}
            Cell::Yuan(limit) if cap.basis == Basis::FundPaid => amount = amount.min(limit),
            _ => return None,
        }
    }
    let cited: Vec<&InForce<'_>> = threshold_held.into_iter().chain([rate_held]).collect();
    Some(Payment {
        amount,
        formula: terms.join(" + "),
        sources: cited.iter().filter_map(|held| held.source()).collect(),
        assumed: cited.iter().any(|held| held.assumed),
    })
}

fn first_cell(held: &InForce<'_>, table: Table<'_>, facts: &RowFacts) -> Option<Cell> {
    let ladder = table.ladder("any", facts).ok().filter(|_| !held.off)?;
    ladder.first().map(|(_, cell, _)| *cell)
}
