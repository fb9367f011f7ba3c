//! 年度之交 — what an account does by itself on a day: clearing, interest, roll-over, sweep.

use chrono::{Datelike, NaiveDate};
use gongji_domain::Month;
use gongji_policy::{Body, Rules};

use super::agenda::{Expectations, What};
use crate::credit::{clearing_rule, day_in, interest_rows};

/// 账户自己的变化. On the day they stand in the order of the variants, roll-over and sweep before
/// anything is credited or spent, clearing and interest after.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Turn {
    /// 并入
    RollOver,
    /// 余额划转
    Sweep,
    /// 清算
    Clearing,
    /// 计息
    Interest,
}

impl Expectations<'_, '_, '_> {
    /// Every day in the window on which the account of the member turns.
    pub(super) fn turns(&mut self, with_interest: bool) {
        let last = Month::of(self.window.until);
        let mut month = Month::of(self.window.first());
        while month <= last {
            for (turn, on) in self.turns_of(month) {
                if self.window.holds(on) && (turn != Turn::Interest || with_interest) {
                    self.push(on, What::Turn(turn));
                }
            }
            month = month.plus(1);
        }
    }

    /// By the enrollment and the rules of each day of the month: both may change inside it.
    fn turns_of(&self, month: Month) -> Vec<(Turn, NaiveDate)> {
        let mut turns = Vec::new();
        let mut day = month.first_day();
        while day <= month.last_day() {
            let next = self.next_change(day).unwrap_or(NaiveDate::MAX);
            let found = self.turns_by(day, month).into_iter();
            turns.extend(found.filter(|(_, on)| (day..next).contains(on)));
            day = next;
        }
        turns.sort_by_key(|(turn, on)| (*on, *turn as u8));
        turns.dedup();
        turns
    }

    /// The days in `month` by what holds on `day`.
    fn turns_by(&self, day: NaiveDate, month: Month) -> Vec<(Turn, NaiveDate)> {
        let Some(enrollment) = self.person.on(day).map(|spell| spell.enrollment) else {
            return Vec::new();
        };
        let rules = self.book.on(&enrollment.pool, enrollment.scheme, day);
        let (Some(rules), Some(_)) = (rules, self.person.account(enrollment)) else {
            return Vec::new();
        };
        let mut days = Vec::new();
        for held in &rules.blocks {
            match &held.block.body {
                Body::SubAccount(sub) if sub.rolls_into != "none" => {
                    days.extend(turn_day(&rules, month, &sub.on).map(|on| (Turn::RollOver, on)));
                }
                Body::Sweep(sweep) => {
                    let on = sweep.on.as_deref().unwrap_or("year_start");
                    days.extend(turn_day(&rules, month, on).map(|on| (Turn::Sweep, on)));
                }
                _ => {}
            }
        }
        if let Some((_, clearing)) = clearing_rule(&rules) {
            days.extend(day_in(month, &clearing.on).map(|on| (Turn::Clearing, on)));
        }
        for (_, interest, _) in interest_rows(&rules) {
            days.extend(posted(month, &interest.posted).map(|on| (Turn::Interest, on)));
        }
        days
    }
}

/// "MM-DD", or the start of the account's year, where it lies in `month`.
pub(super) fn turn_day(rules: &Rules<'_>, month: Month, text: &str) -> Option<NaiveDate> {
    match text {
        "year_start" => day_in(month, year_start(rules)?),
        text => day_in(month, text),
    }
}

/// 账户年度 — the day of the advance where there is one, else the first benefit year of the place.
fn year_start<'a>(rules: &Rules<'a>) -> Option<&'a str> {
    let advance = rules.blocks.iter().find_map(|held| match &held.block.body {
        Body::Advance(advance) if !held.off => Some(advance.on.as_str()),
        _ => None,
    });
    advance.or_else(|| {
        rules.blocks.iter().find_map(|held| match &held.block.body {
            Body::BenefitYear(year) => Some(year.starts.as_str()),
            _ => None,
        })
    })
}

/// The day in `month` on which interest is posted.
pub(super) fn posted(month: Month, text: &str) -> Option<NaiveDate> {
    let ends = match text {
        "quarter_end" | "quarterly" => month.number().is_multiple_of(3),
        "year_end" => month.number() == 12,
        text => return day_in(month, text),
    };
    ends.then(|| month.last_day())
}

/// The first day of the stretch whose interest is posted on `on`.
pub(super) fn interest_since(text: &str, on: NaiveDate) -> NaiveDate {
    let month = Month::of(on);
    match text {
        "quarter_end" | "quarterly" => month.plus(-2).first_day(),
        "year_end" => month.plus(-11).first_day(),
        _ => {
            let last = month.plus(-12).day(on.day());
            last.succ_opt().unwrap_or(last)
        }
    }
}
