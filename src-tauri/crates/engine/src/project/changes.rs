//! 身份、年龄、规则与年度的变化 — what bends the curve besides money.

use chrono::{Datelike, Days, NaiveDate};
use gongji_domain::Message;
use gongji_policy::{Per, Rules};

use super::agenda::{Expectations, What};
use super::counters::definitions;
use super::period::{Span, period};

impl Expectations<'_, '_, '_> {
    /// Enrollments that begin, ages at which rows turn, and rules that begin.
    pub(super) fn changes(&mut self) {
        for spell in &self.person.spells {
            if self.window.holds(spell.from) {
                let place = self.book.library.pool(&spell.enrollment.pool);
                let what = Message::new("project.enrollment_changes")
                    .with("name", &self.person.member.name)
                    .with(
                        "place",
                        place.map_or(spell.enrollment.pool.0.as_str(), |pool| &pool.name),
                    )
                    .with("status", spell.status.word());
                self.push(spell.from, What::Change(what));
            }
            if let Some(until) = spell.until
                && self.window.holds(until)
                && self.person.on(until).is_none()
            {
                let what =
                    Message::new("project.enrollment_ends").with("name", &self.person.member.name);
                self.push(until, What::Change(what));
            }
        }
        self.birthdays();
        for day in self.rule_changes() {
            let what = Message::new("project.rules_change")
                .with("name", &self.person.member.name)
                .with("day", day);
            self.push(day, What::Change(what));
        }
    }

    fn birthdays(&mut self) {
        let Some(born) = self.person.member.born else {
            return;
        };
        for age in 1..=120_u32 {
            let Some(birthday) = birthday(born, age).filter(|day| self.window.holds(*day)) else {
                continue;
            };
            let Some(spell) = self.person.on(birthday) else {
                continue;
            };
            let enrollment = spell.enrollment;
            let Some(rules) = self.book.on(&enrollment.pool, enrollment.scheme, birthday) else {
                continue;
            };
            if turns_at_age(&rules, age, spell.status.word()) {
                let what = Message::new("project.age_reached")
                    .with("name", &self.person.member.name)
                    .with("age", age);
                self.push(birthday, What::Change(what));
            }
        }
    }

    fn rule_changes(&self) -> Vec<NaiveDate> {
        let mut days = Vec::new();
        for spell in &self.person.spells {
            let enrollment = spell.enrollment;
            let from = self.window.first().max(spell.from);
            let last = spell.until.map_or(self.window.until, |until| {
                (until - Days::new(1)).min(self.window.until)
            });
            if from <= last {
                days.extend(
                    self.book
                        .begins(&enrollment.pool, enrollment.scheme, from, last),
                );
            }
        }
        days.sort_unstable();
        days.dedup();
        days
    }

    /// The days on which yearly counters return to zero: as their year runs out, or because a rule lets
    /// another year begin before that.
    pub(super) fn year_ends(&mut self) {
        let until = self.window.until;
        let mut turns = self.rule_changes();
        turns.extend(self.person.spells.iter().map(|spell| spell.from));
        turns.sort_unstable();
        let mut day = self.window.from;
        loop {
            let next = self.next_year(day);
            let before = |turn: &&NaiveDate| **turn > day && next.is_none_or(|next| **turn < next);
            day = match (turns.iter().find(before).copied(), next) {
                (Some(turn), _) if turn > until => break,
                (Some(turn), _) => {
                    if self.begins_anew(turn) {
                        self.push(turn, What::YearEnd);
                    }
                    turn
                }
                (None, Some(next)) if next <= until => {
                    self.push(next, What::YearEnd);
                    next
                }
                (None, _) => break,
            };
        }
    }

    fn next_year(&self, day: NaiveDate) -> Option<NaiveDate> {
        let years = self.years(day)?;
        years.into_iter().map(|(_, span)| span.next).min()
    }

    /// Whether the rules of `day` let a year begin on it while another one was running.
    fn begins_anew(&self, day: NaiveDate) -> bool {
        let (Some(before), Some(now)) = (self.years(day - Days::new(1)), self.years(day)) else {
            return false;
        };
        let ran = |id: &String| before.iter().any(|(known, _)| known == id);
        now.iter().any(|(id, span)| span.starts == day && ran(id))
    }

    /// The yearly counters of somebody insured on `day`, with their years.
    fn years(&self, day: NaiveDate) -> Option<Vec<(String, Span)>> {
        let enrollment = self.person.on(day)?.enrollment;
        let rules = self.book.on(&enrollment.pool, enrollment.scheme, day)?;
        let yearly = definitions(&rules).filter(|(_, counter)| counter.per == Per::Year);
        let years = yearly.filter_map(|(id, counter)| {
            let place = format!("{}:{id}", enrollment.pool);
            Some((place, period(&rules, counter, day)?))
        });
        Some(years.collect())
    }
}

/// 满多少周岁的那一天 — 29 February counts as 1 March in common years.
fn birthday(born: NaiveDate, age: u32) -> Option<NaiveDate> {
    let year = born.year() + i32::try_from(age).ok()?;
    NaiveDate::from_ymd_opt(year, born.month(), born.day())
        .or_else(|| NaiveDate::from_ymd_opt(year, 3, 1))
}

/// Whether any table in force has a row that begins at this age for this status.
fn turns_at_age(rules: &Rules<'_>, age: u32, status: &str) -> bool {
    rules.blocks.iter().filter(|held| !held.off).any(|held| {
        held.block.body.table().is_some_and(|table| {
            table.rows.iter().any(|row| {
                row.from_age == Some(age)
                    && row
                        .status
                        .as_deref()
                        .is_none_or(|word| word == "any" || word == status)
            })
        })
    })
}
