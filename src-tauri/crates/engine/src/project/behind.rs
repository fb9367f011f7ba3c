//! 凭哪条规则 — what stands behind an event that moves no money: a year that ends, rules or rows that
//! begin.

use chrono::{Datelike, Days};
use gongji_domain::{Message, SourceRef};
use gongji_policy::{Body, InForce, Rules};

use super::agenda::Item;
use super::run::Stage;
use crate::projection::{EventKind, Ground};

/// A premium of which the household itself says the sum.
const STATED_PREMIUM: &str = "project.premium_stated";

/// A credit by what came before.
pub(super) const LEARNED: &str = "project.credit_learned";

/// A bill of somebody who is not insured that day, as the record has it.
pub(super) const NOT_INSURED: &str = "project.spending_not_insured";

impl Ground {
    /// What an event rests on that no source is told of.
    pub(super) fn of(kind: EventKind, code: &str, sources: &[SourceRef]) -> Ground {
        match (kind, code) {
            _ if !sources.is_empty() => Ground::Rule,
            (EventKind::Change | EventKind::Repayment, _) | (_, NOT_INSURED) => Ground::Record,
            (EventKind::Premium, code) if code.starts_with(STATED_PREMIUM) => Ground::Record,
            (EventKind::Credit, LEARNED) => Ground::Learned,
            _ => Ground::NoRule,
        }
    }
}

impl Stage<'_> {
    /// 医保年度的出处 — of the years that were in force on the last day.
    pub(super) fn behind_year(&self, item: &Item<'_>) -> Vec<SourceRef> {
        let is_year =
            |held: &InForce<'_>| !held.off && matches!(held.block.body, Body::BenefitYear(_));
        let last = item.on - Days::new(1);
        self.rules_of(item, last, |rules| sources(rules, is_year))
    }

    /// 变化的出处 — of the blocks that begin on the day, or that have a row from this age on.
    pub(super) fn behind_change(&self, item: &Item<'_>, what: &Message) -> Vec<SourceRef> {
        let day = item.on;
        match what.code.as_str() {
            "project.rules_change" => self.rules_of(item, day, |rules| {
                let begun = |off: bool| {
                    sources(rules, move |held| {
                        held.off == off && held.block.head.from == day
                    })
                };
                // A lead that is not followed begins as well.
                Some(begun(false))
                    .filter(|found| !found.is_empty())
                    .unwrap_or_else(|| begun(true))
            }),
            "project.age_reached" => {
                let born = self.people[item.person].member.born;
                let age = born.and_then(|born| u32::try_from(day.year() - born.year()).ok());
                self.rules_of(item, day, |rules| {
                    sources(rules, |held| turns(held, age.unwrap_or_default()))
                })
            }
            "project.credit_changes" => {
                self.rules_of(item, day, |rules| sources(rules, is_about_credits))
            }
            _ => Vec::new(),
        }
    }

    /// 划入的出处 — of the blocks by which a credit comes, also where they leave its size open.
    pub(super) fn behind_credits(&self, item: &Item<'_>) -> Vec<SourceRef> {
        self.rules_of(item, item.on, |rules| sources(rules, is_about_credits))
    }

    fn rules_of(
        &self,
        item: &Item<'_>,
        day: chrono::NaiveDate,
        of: impl Fn(&Rules<'_>) -> Vec<SourceRef>,
    ) -> Vec<SourceRef> {
        let spell = self.people[item.person].on(day);
        let rules = spell.and_then(|spell| {
            let enrollment = spell.enrollment;
            self.book.on(&enrollment.pool, enrollment.scheme, day)
        });
        rules.map_or_else(Vec::new, |rules| of(&rules))
    }
}

/// Whether the block says what is credited: of which base, and how much of it.
fn is_about_credits(held: &InForce<'_>) -> bool {
    matches!(
        held.block.body,
        Body::Credit(_) | Body::Base(_) | Body::Advance(_) | Body::Withheld(_)
    )
}

/// Whether a row of the block's table begins at this age.
fn turns(held: &InForce<'_>, age: u32) -> bool {
    let table = held.block.body.table().filter(|_| !held.off);
    table.is_some_and(|table| table.rows.iter().any(|row| row.from_age == Some(age)))
}

/// The sources of the blocks, each once.
fn sources(rules: &Rules<'_>, is: impl Fn(&InForce<'_>) -> bool) -> Vec<SourceRef> {
    let mut found: Vec<SourceRef> = Vec::new();
    for held in rules.blocks.iter().filter(|held| is(held)) {
        let source = held.source().filter(|source| !found.contains(source));
        found.extend(source);
    }
    found
}
