//! 身份、年龄、规则与年度的变化 — what bends the curve besides money.

use chrono::{Datelike, Days, NaiveDate};
use gongji_domain::{Enrollment, Message};
use gongji_policy::{Per, Rules};

use super::agenda::{Expectations, What};
use super::counters::definitions;
use super::period::{closed, period};

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
        let mut day = self.window.from;
        while let Some(next) = self
            .next_change(day)
            .filter(|next| *next <= self.window.until)
        {
            if self.a_year_closes(next) {
                self.push(next, What::YearEnd);
            }
            day = next;
        }
    }

    /// The first day after `day` on which one of the years is over, the rules or the enrollment change.
    /// Who is not insured has no year until the next enrollment begins.
    pub(super) fn next_change(&self, day: NaiveDate) -> Option<NaiveDate> {
        let Some(spell) = self.person.on(day) else {
            let begins = self.person.spells.iter().map(|spell| spell.from);
            return begins.filter(|from| *from > day).min();
        };
        let next = self.next_year_or_rule(spell.enrollment, day);
        next.into_iter().chain(spell.until).min()
    }

    /// The same by the rules of one enrollment, whether or not it still holds.
    fn next_year_or_rule(&self, enrollment: &Enrollment, day: NaiveDate) -> Option<NaiveDate> {
        let (pool, scheme) = (&enrollment.pool, enrollment.scheme);
        let rules = self.book.on(pool, scheme, day);
        let years = rules.as_deref().into_iter().flat_map(|rules| {
            let yearly = definitions(rules).filter(|(_, counter)| counter.per == Per::Year);
            yearly.filter_map(move |(_, counter)| Some(period(rules, counter, day)?.next))
        });
        years.chain(self.book.next_change(pool, scheme, day)).min()
    }

    /// Years that close after the member has left the pool or the scheme in the middle of them.
    pub(super) fn years_left_behind(&mut self) {
        let person = self.person;
        let here = |day, left: &Enrollment| {
            let held = person.on(day).map(|spell| spell.enrollment);
            held.is_some_and(|held| held.pool == left.pool && held.scheme == left.scheme)
        };
        let mut seen = Vec::new();
        for spell in &person.spells {
            let left = spell.enrollment;
            let Some(until) = spell.until.filter(|until| !here(*until, left)) else {
                continue;
            };
            let mut day = until;
            // The year may close with the last day itself: then it is a year end like any other.
            while !self.closes_by(left, day) {
                match self.next_year_or_rule(left, day) {
                    Some(next) if next <= self.window.until => day = next,
                    _ => break,
                }
            }
            let closed = day > until && self.closes_by(left, day) && self.window.holds(day);
            let key = (left.pool.clone(), left.scheme, day);
            if closed && !here(day - Days::new(1), left) && !seen.contains(&key) {
                seen.push(key);
                self.push(day, What::YearLeftBehind(*spell));
            }
        }
    }

    /// Whether a year closed with the day before `day`, where the member was insured on that day.
    fn a_year_closes(&self, day: NaiveDate) -> bool {
        let spell = self.person.on(day - Days::new(1));
        spell.is_some_and(|spell| self.closes_by(spell.enrollment, day))
    }

    fn closes_by(&self, enrollment: &Enrollment, day: NaiveDate) -> bool {
        let on = |day| self.book.on(&enrollment.pool, enrollment.scheme, day);
        let (before, after) = (on(day - Days::new(1)), on(day));
        before.is_some_and(|before| {
            definitions(&before)
                .any(|known| closed(&before, after.as_deref(), known, day).is_some())
        })
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
