//! 凭哪条规则 — what stands behind an event that moves no money: a year that ends, rules or rows that
//! begin.

use chrono::{Datelike, Days};
use gongji_domain::{Message, SourceRef};
use gongji_policy::{Body, InForce, Rules};

use super::agenda::Item;
use super::run::Stage;

impl Stage<'_> {
    /// 医保年度的出处 — of the years that were in force on the last day.
    pub(super) fn behind_year(&self, item: &Item<'_>) -> Vec<SourceRef> {
        let is_year = |held: &InForce<'_>| matches!(held.block.body, Body::BenefitYear(_));
        let last = item.on - Days::new(1);
        self.rules_of(item, last, |rules| sources(rules, is_year))
    }

    /// 变化的出处 — of the blocks that begin on the day, or that have a row from this age on.
    pub(super) fn behind_change(&self, item: &Item<'_>, what: &Message) -> Vec<SourceRef> {
        let day = item.on;
        match what.code.as_str() {
            "project.rules_change" => self.rules_of(item, day, |rules| {
                sources(rules, |held| held.block.head.from == day)
            }),
            "project.age_reached" => {
                let born = self.people[item.person].member.born;
                let age = born.and_then(|born| u32::try_from(day.year() - born.year()).ok());
                self.rules_of(item, day, |rules| {
                    sources(rules, |held| turns(held, age.unwrap_or_default()))
                })
            }
            _ => Vec::new(),
        }
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

/// Whether a row of the block's table begins at this age.
fn turns(held: &InForce<'_>, age: u32) -> bool {
    let table = held.block.body.table();
    table.is_some_and(|table| table.rows.iter().any(|row| row.from_age == Some(age)))
}

/// The sources of the blocks, each once.
fn sources(rules: &Rules<'_>, is: impl Fn(&InForce<'_>) -> bool) -> Vec<SourceRef> {
    let mut found: Vec<SourceRef> = Vec::new();
    for held in rules.blocks.iter().filter(|held| !held.off && is(held)) {
        let source = held.source().filter(|source| !found.contains(source));
        found.extend(source);
    }
    found
}
