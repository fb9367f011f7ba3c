//! 照旧 — most months are credited just as the month before, on another day: worked out once as long as
//! nothing that a credit depends on has changed.

use std::rc::Rc;

use gongji_domain::{Month, Open};
use gongji_policy::{Body, Period, Rules};

use super::arrival::arrives;
use super::{Course, CreditDue, Credits, HangsOn, Insured, PostingKind};
use crate::projection::DayKnown;
use crate::rulebook::RuleBook;
use crate::settle::age_on;

/// A month whose credits may come again.
pub(crate) struct Steady<'a> {
    rules: Rc<Rules<'a>>,
    insured: Insured,
    year: i32,
    age: Option<u32>,
    due: Vec<CreditDue>,
    open: Vec<Open>,
}

impl<'a> Steady<'a> {
    /// The credits of a month as those of the next ones, where nothing about them belongs to this month.
    pub(crate) fn of(
        book: &RuleBook<'a>,
        insured: Insured,
        course: &Course<'_>,
        month: Month,
        credits: &Credits,
    ) -> Option<Steady<'a>> {
        let exact = |due: &CreditDue| {
            let is_one_sum = due.net.exact().is_some() && due.hangs_on == HangsOn::Posting;
            due.kind == PostingKind::Credit && is_one_sum && due.day != DayKnown::Unknown
        };
        let is_plain = credits.known && !credits.advanced && credits.due.iter().all(exact);
        // Nobody reads the steps; who joins in the month may be credited later.
        let is_settled = !book.explains && course(month.first_day()).is_some();
        let rules = of_month(book, &insured, month)?;
        if !is_plain || !is_settled || !is_monthly(&rules, month) {
            return None;
        }
        Some(Steady {
            age: one_age(&insured, month)?,
            year: month.year(),
            due: credits.due.clone(),
            open: credits.open.clone(),
            rules,
            insured,
        })
    }

    /// What `month` is credited, where it is the same for the same reasons.
    pub(crate) fn again(
        &self,
        book: &RuleBook<'a>,
        insured: &Insured,
        month: Month,
    ) -> Option<Credits> {
        let rules = of_month(book, insured, month)?;
        let same = Rc::ptr_eq(&rules, &self.rules)
            && self.year == month.year()
            && self.insured == *insured
            && one_age(insured, month) == Some(self.age);
        let arrives = arrives(&rules, insured.status, month, insured.stated_day);
        if !same || arrives.day == DayKnown::Unknown {
            return None;
        }
        let due = self.due.iter().map(|due| CreditDue {
            for_month: month,
            earliest: arrives.earliest,
            latest: arrives.latest,
            day: arrives.day,
            ..due.clone()
        });
        Some(Credits {
            due: due.collect(),
            open: self.open.clone(),
            advanced: false,
            known: true,
        })
    }
}

/// The rules of a month in which none begins.
fn of_month<'a>(book: &RuleBook<'a>, insured: &Insured, month: Month) -> Option<Rc<Rules<'a>>> {
    let on = |day| book.on(&insured.pool, insured.scheme, day);
    let (first, last) = (on(month.first_day())?, on(month.last_day())?);
    Rc::ptr_eq(&first, &last).then_some(first)
}

/// The age of somebody who has no birthday inside the month.
fn one_age(insured: &Insured, month: Month) -> Option<Option<u32>> {
    let on = |day| insured.born.and_then(|born| age_on(born, day));
    let (first, last) = (on(month.first_day()), on(month.last_day()));
    (first == last).then_some(first)
}

/// Whether every month by these rules is like the next: nothing is advanced, paid once, withheld on a day
/// of the year or trued up.
fn is_monthly(rules: &Rules<'_>, month: Month) -> bool {
    rules.blocks.iter().all(|held| match &held.block.body {
        Body::Advance(_) | Body::OneOff(_) => false,
        Body::Withheld(withheld) => withheld.per == Period::Month,
        Body::Base(base) => base
            .trued_up_in
            .is_none_or(|in_month| Month::of(in_month) < month),
        _ => true,
    })
}
