//! 计划缴费 — a resident's premium, year by year: when it is to be paid, and how much it is.

use std::collections::BTreeSet;

use chrono::{Datelike, Days, NaiveDate};
use gongji_domain::{BlockRef, Message, Month, Open, PlannedPremium, Scheme};

use super::agenda::{Expectations, What};
use super::people::Spell;
use crate::premium::{PremiumAsked, PremiumDue, premium, premiums_recorded};

/// 计划缴费的一年
#[derive(Clone, Debug)]
pub(super) struct PremiumToPay<'h> {
    pub(super) plan: &'h PlannedPremium,
    /// As what the member is insured in that year, or at the end of the one before.
    pub(super) spell: Spell<'h>,
    pub(super) due: PremiumDue,
}

impl PremiumToPay<'_> {
    /// 那个年度的第一个月
    pub(super) fn first_month(&self) -> Month {
        Month::of(first_of(self.due.year))
    }

    /// What the sum comes from.
    pub(super) fn rules(&self) -> &[BlockRef] {
        self.due.rule.as_slice()
    }
}

fn first_of(year: i32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, 1, 1).unwrap_or(NaiveDate::MAX)
}

impl<'h> Expectations<'_, 'h, '_> {
    /// 计划缴费 — every year whose day lies in the projected time and that was not recorded.
    pub(super) fn premiums(&mut self) {
        let plans = self.household.premiums.iter();
        let of_member = plans.filter(|plan| plan.member == self.person.member.id);
        for plan in of_member {
            // A premium is paid in its year or in the year before.
            let (first, last) = (self.window.from.year(), self.window.until.year() + 1);
            let years = first.max(plan.from_year)..=last.min(*plan.years().end());
            for year in years {
                self.premium_of(plan, year);
            }
        }
    }

    fn premium_of(&mut self, plan: &'h PlannedPremium, year: i32) {
        let stated = plan.day_of(year);
        let begins = first_of(year);
        let before = begins - Days::new(1);
        let days = [Some(begins), stated, Some(before)].into_iter().flatten();
        let Some(spell) = days.filter_map(|day| self.person.on(day)).next().copied() else {
            return;
        };
        if spell.enrollment.scheme != Scheme::Resident {
            return;
        }
        let due = self.due(&spell, year, PremiumAsked::of_year(year));
        let due = due.or_stated(plan.amount);
        let Some(day) = stated.or(due.deadline()) else {
            // By the end of the year before it should have been paid.
            if self.window.holds(before) {
                self.say(plan, "open.premium_no_day", year, None);
            }
            return;
        };
        let from = self.window.from;
        let on = match day > from {
            true => Some(day),
            // What was not paid on the day is still paid while it can be.
            false => [due.deadline(), due.last_day()]
                .into_iter()
                .flatten()
                .find(|last| *last > from),
        };
        if on.is_some_and(|on| on > self.window.until) || self.premiums_paid(&spell).contains(&year)
        {
            return;
        }
        let Some(on) = on else {
            if day > from - Days::new(366) {
                self.say(plan, "open.premium_not_recorded", year, Some(day));
            }
            return;
        };
        if due.window.is_none() {
            self.say(plan, "open.premium_no_window", year, None);
        }
        if due.last_day().is_some_and(|last| on > last) {
            self.say(plan, "open.premium_after_window", year, due.last_day());
        }
        for open in due.open.iter().filter(|_| !due.known()) {
            self.leave_open(open.clone());
        }
        self.push(
            on,
            What::Premium(Box::new(PremiumToPay { plan, spell, due })),
        );
    }

    fn due(&self, spell: &Spell<'h>, year: i32, asked: PremiumAsked) -> PremiumDue {
        let enrollment = spell.enrollment;
        let facts = spell.row_facts(self.person, first_of(year));
        let library = self.book.library;
        premium(library, &enrollment.pool, enrollment.scheme, &facts, asked)
    }

    fn premiums_paid(&self, spell: &Spell<'h>) -> BTreeSet<i32> {
        let member = self.person.member.id;
        premiums_recorded(self.household, member, self.window.from, |day| {
            let due = self.due(spell, day.year(), PremiumAsked::on(day));
            let plan = PlannedPremium::of(&self.household.premiums, member, due.year);
            due.or_stated(plan.and_then(|plan| plan.amount))
        })
    }

    /// Said once of each plan, with the first and the last year of which it is so.
    fn say(&mut self, plan: &PlannedPremium, code: &str, year: i32, day: Option<NaiveDate>) {
        let mut what = Message::new(code)
            .with("name", &self.person.member.name)
            .with("year", year);
        if let Some(day) = day {
            what = what.with("day", day);
        }
        let (_, about) = code.split_once('.').unwrap_or_default();
        let key = format!("{about}:{}", plan.id);
        if let Some(known) = self.open.iter_mut().find(|known| known.key == key) {
            if let Some(years) = known.what.params.get_mut("year") {
                let first = years.split('–').next().unwrap_or_default();
                *years = format!("{first}–{year}");
            }
            return;
        }
        self.leave_open(Open {
            key,
            what,
            ask: None,
            readings: Vec::new(),
        });
    }

    fn leave_open(&mut self, open: Open) {
        if !self.open.iter().any(|known| known.key == open.key) {
            self.open.push(open);
        }
    }
}
