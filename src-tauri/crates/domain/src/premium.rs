use std::ops::RangeInclusive;

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};
use specta::Type;

use crate::{MemberId, PlannedPremiumId, Relation, Yuan};

/// 计划缴费 — the premium of a resident's insurance that is to be paid for every year of a span, each time
/// before the year begins or soon after: in the payment window of the place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(deny_unknown_fields)]
pub struct PlannedPremium {
    /// 编号
    pub id: PlannedPremiumId,
    /// 给谁缴
    pub member: MemberId,
    /// 用谁的个人账户缴；无则付现金
    #[serde(default)]
    pub paid_by: Option<MemberId>,
    /// 参保的人是缴费人的什么人 — only where somebody else pays.
    #[serde(default)]
    pub relation: Option<Relation>,
    /// 第一个年度
    pub from_year: i32,
    /// 最后一个年度；无则一直缴
    #[serde(default)]
    pub until_year: Option<i32>,
    /// 第一个年度的，打算哪天缴；以后每年同一天。无则缴费期的最后一天
    #[serde(default)]
    pub pay_on: Option<NaiveDate>,
    /// 每年缴多少，本人填写的；只用在规则没有写明的年度。无则不知道
    #[serde(default)]
    pub amount: Option<Yuan>,
}

impl PlannedPremium {
    /// 计划那一年的 — the plan that pays the premium of this member for `year`.
    pub fn of(plans: &[PlannedPremium], member: MemberId, year: i32) -> Option<&PlannedPremium> {
        let mut plans = plans.iter();
        plans.find(|plan| plan.member == member && plan.years().contains(&year))
    }

    /// 年度 — every year that it is for.
    pub fn years(&self) -> RangeInclusive<i32> {
        self.from_year..=self.until_year.unwrap_or(i32::MAX)
    }

    /// 打算哪天缴 — the premium of `year`; the 29th of February is the 28th in a year without one.
    pub fn day_of(&self, year: i32) -> Option<NaiveDate> {
        let first = self.pay_on?;
        let in_year = first
            .year()
            .checked_add(year.checked_sub(self.from_year)?)?;
        first
            .with_year(in_year)
            .or_else(|| NaiveDate::from_ymd_opt(in_year, 2, 28))
    }

    /// Whether the stated day belongs to its year: a premium is paid in the year before, or in the year.
    pub fn day_fits(&self) -> bool {
        let years = self.from_year.saturating_sub(1)..=self.from_year;
        self.pay_on.is_none_or(|day| years.contains(&day.year()))
    }

    /// Whether the sum, where one is stated, is something to pay.
    pub fn amount_fits(&self) -> bool {
        self.amount.is_none_or(|amount| amount > Yuan::ZERO)
    }

    /// Whether a relation is stated exactly where somebody else pays.
    pub fn relation_fits(&self) -> bool {
        let another = self.paid_by.is_some_and(|payer| payer != self.member);
        another == self.relation.is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect(text)
    }

    fn planned(from_year: i32, pay_on: Option<&str>) -> PlannedPremium {
        PlannedPremium {
            id: PlannedPremiumId(1),
            member: MemberId(1),
            paid_by: None,
            relation: None,
            from_year,
            until_year: None,
            pay_on: pay_on.map(day),
            amount: None,
        }
    }

    #[test]
    fn every_year_has_its_day() {
        for (pay_on, year, expected) in [
            (None, 2027, None),
            (Some("2026-11-20"), 2027, Some("2026-11-20")),
            (Some("2026-11-20"), 2030, Some("2029-11-20")),
            (Some("2027-01-15"), 2028, Some("2028-01-15")),
            (Some("2028-02-29"), 2029, Some("2029-02-28")),
        ] {
            let from_year = if pay_on == Some("2028-02-29") {
                2028
            } else {
                2027
            };
            let found = planned(from_year, pay_on).day_of(year);
            assert_eq!(found, expected.map(day), "{pay_on:?} {year}");
        }
    }

    #[test]
    fn the_day_is_of_the_year_or_of_the_one_before() {
        for (pay_on, fits) in [
            (None, true),
            (Some("2025-12-31"), false),
            (Some("2026-01-01"), true),
            (Some("2027-12-31"), true),
            (Some("2028-01-01"), false),
        ] {
            assert_eq!(planned(2027, pay_on).day_fits(), fits, "{pay_on:?}");
        }
    }

    #[test]
    fn a_stated_sum_is_above_nothing() {
        for (amount, fits) in [
            (None, true),
            (Some("0.01"), true),
            (Some("0.00"), false),
            (Some("-400.00"), false),
        ] {
            let plan = PlannedPremium {
                amount: amount.map(|amount| amount.parse().expect(amount)),
                ..planned(2027, None)
            };
            assert_eq!(plan.amount_fits(), fits, "{amount:?}");
        }
    }

    #[test]
    fn a_relation_is_stated_where_somebody_else_pays() {
        for (paid_by, relation, fits) in [
            (None, None, true),
            (Some(1), None, true),
            (Some(2), None, false),
            (Some(2), Some(Relation::Child), true),
            (Some(1), Some(Relation::Child), false),
            (None, Some(Relation::Child), false),
        ] {
            let plan = PlannedPremium {
                paid_by: paid_by.map(MemberId),
                relation,
                ..planned(2027, None)
            };
            assert_eq!(plan.relation_fits(), fits, "{paid_by:?} {relation:?}");
        }
    }
}
