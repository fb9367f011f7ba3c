//! 缴费基数 — the member's own base between the floor and the cap of the month.

use chrono::{Days, NaiveDate};
use gongji_domain::{Month, Yuan};
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
}

/// A clamped base.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Clamped {
    pub(super) base: Yuan,
    /// Whether both limits are known, so that the clamp is complete.
    pub(super) sure: bool,
}

impl<'a> Limits<'a> {
    fn of(rules: &Rules<'a>) -> Limits<'a> {
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
        }
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
pub(super) struct MonthBase<'a> {
    /// Limits of the regular credit.
    pub(super) limits: Limits<'a>,
    /// In the month of the true-up: the months that were credited on the former limits, with those.
    pub(super) owed: Option<(Vec<Month>, Limits<'a>)>,
}

/// A base that was published late is billed in its `trued_up_in` month: until then the months since
/// its `from` are credited on the former limits, and the difference arrives with that month's credit.
pub(super) fn month_base<'a>(
    book: &RuleBook<'a>,
    insured: &Insured,
    rules: &Rules<'a>,
    for_month: Month,
) -> MonthBase<'a> {
    let limits = Limits::of(rules);
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
        .map_or_else(Limits::default, |rules| Limits::of(&rules))
}

fn in_force<'r, 'a>(rules: &'r Rules<'a>) -> Option<(&'r InForce<'a>, &'a Base)> {
    rules.blocks.iter().find_map(|held| match &held.block.body {
        Body::Base(base) => Some((held, &**base)),
        _ => None,
    })
}
