//! 年度结束后一次结的补充层 — shown after the close of the year, never netted in a visit.

use std::rc::Rc;

use chrono::{Days, NaiveDate};
use gongji_domain::{Bill, EstimateRequest, Message, Part, PlannedSpending, Visit, Yuan};
use gongji_policy::{Body, Layer, Settled};

use super::agenda::{Item, What};
use super::counters::definitions;
use super::outcome::{Spent, plain};
use super::people::{Person, Spell};
use super::period::{Span, closed};
use super::run::Run;
use crate::projection::EventKind;
use crate::settle::{Terms, YearPayment};

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
            let counted = self.counted(item.person, enrollment);
            let counted = counted.map_or(Some(0), |running| {
                running.value(&layer.counter, span.starts)
            });
            let mut known = stage.layers.borrow_mut();
            let terms = known.entry((self.at, number)).or_insert_with(|| {
                let request = yearly_request(spell, &stage.people[item.person], layer, last);
                let library = stage.book.library;
                let terms = Terms::of_layer(library, &rules, &request, &layer_rules);
                terms.ok().map(Rc::new)
            });
            let terms = terms.clone();
            drop(known);
            let counted = counted.map(Yuan::from_fen);
            let payment = terms
                .zip(counted)
                .and_then(|(terms, counted)| terms.yearly(counted, last));
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
        payment: Option<YearPayment<'a>>,
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
                total: Some(payment.amount),
                fund: Some(payment.amount),
                own: zero,
                aid: zero,
                donors: Vec::new(),
                cash: zero,
            });
            let basis = self.stage.basis(&payment.grounds);
            record.formula = Some(payment.formula);
            record.sources = basis.sources.clone();
            record.assumed = basis.assumed;
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

/// The member on the last day of the year, before a layer for which nothing else of a bill matters.
fn yearly_request(
    spell: &Spell<'_>,
    person: &Person<'_>,
    layer: &Layer,
    on: NaiveDate,
) -> EstimateRequest {
    let mut parts = Part::ALL.into_iter();
    let part = parts.find(|part| layer.of.iter().any(|word| word == part.word()));
    EstimateRequest {
        pool: spell.enrollment.pool.clone(),
        scheme: spell.enrollment.scheme,
        plan: spell.enrollment.plan.clone(),
        part: part.unwrap_or(Part::Inpatient),
        member: spell.facts(person, on),
        visit: Visit {
            settled_on: on,
            class: None,
            admitted_on: None,
            contract: false,
            away: None,
            use_account: true,
            first_of_period: None,
        },
        so_far: None,
        bill: Bill::default(),
        payers: None,
    }
}

/// The part of a period before the enrollment ends.
fn while_insured(span: Span, spell: &Spell<'_>) -> Span {
    let next = spell.until.map_or(span.next, |until| until.min(span.next));
    Span { next, ..span }
}
