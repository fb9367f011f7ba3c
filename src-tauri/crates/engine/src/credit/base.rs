//! 缴费基数 — the member's own base between the floor and the cap of the month.

use chrono::{Days, NaiveDate};
use gongji_domain::{Month, PoolId, Scheme, Yuan};
use gongji_policy::{Base, Body, Cell, InForce, Rules};

use super::Insured;
use crate::rulebook::RuleBook;

/// The limits by which a month is credited. A side that is not known does not clamp.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Limits<'a> {
    pub(super) floor: Option<Yuan>,
    pub(super) cap: Option<Yuan>,
    /// Where they stand.
    pub(super) held: Option<InForce<'a>>,
    near: Near,
}

/// 相近年份的上下限 — of a side that is not known, what the nearest years that have one say: the floor before,
/// and the lower of the caps before and after. They are no limits of this year; they show whether a base
/// can be one that a limit would have moved.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Near {
    floor: Option<Yuan>,
    cap: Option<Yuan>,
}

/// A clamped base.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Clamped {
    pub(super) base: Yuan,
    /// Whether both limits are known, so that the clamp is complete.
    pub(super) sure: bool,
}

impl<'a> Limits<'a> {
    fn of(book: &RuleBook<'a>, insured: &Insured, rules: &Rules<'a>) -> Limits<'a> {
        let limits = Limits::printed(rules);
        if limits.floor.is_some() && limits.cap.is_some() {
            return limits;
        }
        let place = (insured.pool.clone(), insured.scheme, rules.day);
        let mut known = book.near_limits.borrow_mut();
        let near = *known
            .entry(place)
            .or_insert_with_key(|(pool, scheme, day)| near(book, pool, *scheme, *day));
        Limits { near, ..limits }
    }

    /// As the rules of the day print them.
    fn printed(rules: &Rules<'a>) -> Limits<'a> {
        let Some((held, base)) = in_force(rules) else {
            return Limits::default();
        };
        let side = |cell| match cell {
            Cell::Yuan(yuan) if !held.off => Some(yuan),
            _ => None,
        };
        Limits {
            floor: side(base.floor),
            cap: side(base.cap),
            held: Some(*held),
            near: Near::default(),
        }
    }

    /// The limits with a side that is not known taken from the years around, where it would move the base
    /// that was stated.
    pub(super) fn as_near(&self, stated: Option<Yuan>) -> Option<Limits<'a>> {
        let stated = stated?;
        let floor = self.near.floor.filter(|floor| stated < *floor);
        let cap = self.near.cap.filter(|cap| *cap < stated);
        let near = Limits {
            floor: self.floor.or(floor),
            cap: self.cap.or(cap),
            ..*self
        };
        (near.floor != self.floor || near.cap != self.cap).then_some(near)
    }

    pub(super) fn clamp(&self, stated: Yuan) -> Clamped {
        let base = stated.max(self.floor.unwrap_or(stated));
        Clamped {
            base: base.min(self.cap.unwrap_or(base)),
            sure: self.floor.is_some() && self.cap.is_some(),
        }
    }
}

/// What a month is credited on, and what a retroactive base still owes in it.
#[derive(Clone)]
pub(super) struct MonthBase<'a> {
    /// Limits of the regular credit.
    pub(super) limits: Limits<'a>,
    /// In the month of the true-up: the months that were credited on the former limits, with those.
    pub(super) owed: Option<(Vec<Month>, Limits<'a>)>,
}

impl<'a> MonthBase<'a> {
    /// The same with limits of the years around: see [`Limits::as_near`].
    pub(super) fn as_near(&self, stated: Option<Yuan>) -> Option<MonthBase<'a>> {
        let limits = self.limits.as_near(stated);
        let former = (self.owed.as_ref()).and_then(|(_, former)| former.as_near(stated));
        if limits.is_none() && former.is_none() {
            return None;
        }
        let owed = (self.owed.clone()).map(|(months, known)| (months, former.unwrap_or(known)));
        Some(MonthBase {
            limits: limits.unwrap_or(self.limits),
            owed,
        })
    }
}

/// A base that was published late is billed in its `trued_up_in` month: until then the months since
/// its `from` are credited on the former limits, and the difference arrives with that month's credit.
pub(super) fn month_base<'a>(
    book: &RuleBook<'a>,
    insured: &Insured,
    rules: &Rules<'a>,
    for_month: Month,
) -> MonthBase<'a> {
    let limits = Limits::of(book, insured, rules);
    let late =
        in_force(rules).and_then(|(held, base)| Some((held.block.head.from, base.trued_up_in?)));
    let Some((from, billed)) = late else {
        return MonthBase { limits, owed: None };
    };
    let (from, billed) = (Month::of(from), Month::of(billed));
    if for_month > billed {
        return MonthBase { limits, owed: None };
    }
    let former = former_limits(book, insured, from.first_day());
    if for_month < billed {
        return MonthBase {
            limits: former,
            owed: None,
        };
    }
    let months = (0..)
        .map(|n| from.plus(n))
        .take_while(|month| *month < billed);
    MonthBase {
        limits,
        owed: Some((months.collect(), former)),
    }
}

fn former_limits<'a>(book: &RuleBook<'a>, insured: &Insured, from: NaiveDate) -> Limits<'a> {
    book.on(&insured.pool, insured.scheme, from - Days::new(1))
        .map_or_else(Limits::default, |rules| Limits::of(book, insured, &rules))
}

/// What the nearest stretches before and after `day` say. Limits rise over the years: a base below a later
/// floor may well have stood above this year's.
fn near(book: &RuleBook<'_>, pool: &PoolId, scheme: Scheme, day: NaiveDate) -> Near {
    let printed = |start: &NaiveDate| {
        let rules = book.on(pool, scheme, *start);
        rules
            .map(|rules| Limits::printed(&rules))
            .unwrap_or_default()
    };
    let stretches = book.stretches(pool, scheme);
    let (before, after) = stretches.split_at(stretches.partition_point(|start| *start <= day));
    let before: Vec<Limits<'_>> = before.iter().rev().map(printed).collect();
    let mut after = after.iter().map(printed);
    let caps = [
        before.iter().find_map(|limits| limits.cap),
        after.find_map(|limits| limits.cap),
    ];
    Near {
        floor: before.iter().find_map(|limits| limits.floor),
        cap: caps.into_iter().flatten().min(),
    }
}

fn in_force<'r, 'a>(rules: &'r Rules<'a>) -> Option<(&'r InForce<'a>, &'a Base)> {
    rules.blocks.iter().find_map(|held| match &held.block.body {
        Body::Base(base) => Some((held, &**base)),
        _ => None,
    })
}
