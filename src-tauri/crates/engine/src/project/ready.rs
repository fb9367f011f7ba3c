//! 一次就诊的准备 — what does not change from run to run: the terms, the periods of the counters, the
//! relatives who may pay, and on what a settlement rests.

use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Arc;

use chrono::{Datelike, NaiveDate};
use gongji_domain::{BlockRef, EstimateRequest, Grade, Message, PlannedSpending, SourceRef, Visit};
use gongji_policy::{InForce, Rules};

use super::Steps;
use super::agenda::Item;
use super::counters::definitions;
use super::donors::Donors;
use super::people::Spell;
use super::period::period;
use super::run::Stage;
use crate::settle::{EngineError, Grounds, Terms, age_on};

/// What every run needs for one planned bill on its day.
#[derive(Debug)]
pub(super) struct Ready<'a> {
    /// `None`: the pool is not in the list.
    pub(super) terms: Option<Result<Rc<Terms<'a>>, EngineError>>,
    /// When the period of each counter began, by the order of the terms; `None` where it returns to
    /// zero with every visit.
    pub(super) periods: Vec<Option<NaiveDate>>,
    pub(super) donors: Donors<'a>,
}

/// By place in the agenda, the sentences about it.
pub(super) type Said = BTreeMap<usize, Vec<Arc<Message>>>;

/// On what the terms of a plan depend: the plan, the enrollment, the stretch of time in which no rule
/// changes, the age, the calendar year, and the day itself where a waiting period may end on any.
type Depends = (
    (usize, usize),
    NaiveDate,
    NaiveDate,
    Option<u32>,
    i32,
    Option<NaiveDate>,
);

/// The terms by what they depend on.
pub(super) type SharedTerms<'a> = BTreeMap<Depends, Result<Rc<Terms<'a>>, EngineError>>;

/// 依据 — of settlements that rest on the same blocks.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Basis {
    pub(super) sources: Arc<[SourceRef]>,
    pub(super) rules: Vec<BlockRef>,
    pub(super) assumed: bool,
    pub(super) weakest: Option<Grade>,
}

/// By the places of the blocks in memory, whether one of them is carried forward by then, and the weakest
/// grade of a row.
pub(super) type Bases = BTreeMap<(Vec<usize>, bool, Option<Grade>), Rc<Basis>>;

impl<'a> Stage<'a> {
    /// Whether the steps of this bill are to be told.
    pub(super) fn in_words(&self, item: &Item<'a>, plan: &PlannedSpending) -> bool {
        match self.steps {
            Steps::Months | Steps::None => false,
            Steps::Of(asked, on) => asked == plan.id && on == item.on,
            Steps::All => true,
        }
    }

    /// What is the same in every run for the item at `at` of the agenda.
    pub(super) fn ready(
        &self,
        at: usize,
        item: &Item<'a>,
        plan: &'a PlannedSpending,
        spell: &Spell<'a>,
    ) -> Rc<Ready<'a>> {
        if let Some(held) = self.ready.borrow().get(&at) {
            return Rc::clone(held);
        }
        let enrollment = spell.enrollment;
        let rules = self.book.on(&enrollment.pool, enrollment.scheme, item.on);
        let terms = rules
            .as_ref()
            .map(|rules| self.terms_of(item, plan, spell, rules));
        let periods = rules.as_ref().map(|rules| {
            let starts = |counter| period(rules, counter, item.on).map(|span| span.starts);
            definitions(rules)
                .map(|(_, counter)| starts(counter))
                .collect()
        });
        let known = terms.as_ref().and_then(|terms| terms.as_deref().ok());
        let ready = Rc::new(Ready {
            donors: self.donors(item.person, item.on, known),
            periods: periods.unwrap_or_default(),
            terms,
        });
        self.ready.borrow_mut().insert(at, Rc::clone(&ready));
        ready
    }

    fn terms_of(
        &self,
        item: &Item<'a>,
        plan: &'a PlannedSpending,
        spell: &Spell<'a>,
        rules: &Rules<'a>,
    ) -> Result<Rc<Terms<'a>>, EngineError> {
        let person = &self.people[item.person];
        let age = person.member.born.and_then(|born| age_on(born, item.on));
        let plans = self.household.plans.iter();
        let place = plans.take_while(|other| other.id != plan.id).count();
        let facts = spell.facts(person, item.on);
        let waited = facts.contributions.is_some().then_some(item.on);
        let key = (
            (item.person, place),
            spell.from,
            rules.day,
            age,
            item.on.year(),
            waited,
        );
        if let Some(held) = self.terms.borrow().get(&key) {
            return held.clone();
        }
        let request = EstimateRequest {
            pool: spell.enrollment.pool.clone(),
            scheme: spell.enrollment.scheme,
            plan: spell.enrollment.plan.clone(),
            part: plan.part,
            member: facts,
            visit: Visit {
                settled_on: item.on,
                class: plan.class.clone(),
                admitted_on: None,
                contract: false,
                away: None,
                use_account: true,
                first_of_period: None,
            },
            so_far: None,
            bill: plan.bill.clone(),
            payers: None,
        };
        let terms = Terms::of(self.book.library, rules, &request).map(Rc::new);
        self.terms.borrow_mut().insert(key, terms.clone());
        terms
    }

    /// The one basis of all settlements that rest on the same blocks.
    pub(super) fn basis(&self, grounds: &Grounds<'a>) -> Rc<Basis> {
        let places = grounds.blocks.iter();
        let places = places.map(|held| std::ptr::from_ref(held.block).addr());
        let assumed = grounds.blocks.iter().any(|held| held.assumed);
        let key = (places.collect(), assumed, grounds.weakest);
        if let Some(held) = self.bases.borrow().get(&key) {
            return Rc::clone(held);
        }
        let mut sources: Vec<SourceRef> = Vec::new();
        for source in grounds.blocks.iter().filter_map(InForce::source) {
            if !sources.contains(&source) {
                sources.push(source);
            }
        }
        let basis = Rc::new(Basis {
            sources: sources.into(),
            rules: grounds.blocks.iter().map(InForce::reference).collect(),
            assumed,
            weakest: grounds.weakest,
        });
        self.bases.borrow_mut().insert(key, Rc::clone(&basis));
        basis
    }
}
