//! 何时参保 — as what a member is insured on a day and in a month, as the enrollments say it.

use chrono::NaiveDate;
use gongji_domain::{EmploymentStatus, Enrollment, MemberId, Month, PoolId, SubAccountId};
use gongji_engine::{Insured, Stay, retirement_takes_effect};
use gongji_policy::{Body, Rules};

use crate::family::{Home, SHIPPED};

/// The enrollment that holds on `day`: the last that began, while it lasts.
pub(crate) fn enrollment_on(home: &Home, member: MemberId, day: NaiveDate) -> Option<&Enrollment> {
    let enrollments = home.household.enrollments.iter();
    let begun = enrollments.filter(|one| one.member == member && one.from <= day);
    let last = begun.max_by_key(|enrollment| enrollment.from)?;
    let lasts = last.until.is_none_or(|until| day <= until);
    lasts.then_some(last)
}

/// The enrollment by which `month` is credited.
pub(crate) fn in_month(home: &Home, member: MemberId, month: Month) -> Option<&Enrollment> {
    let first = enrollment_on(home, member, month.first_day());
    first.or_else(|| enrollment_on(home, member, month.last_day()))
}

/// Whether the member was out of insurance on a day between the two.
pub(crate) fn lapsed(home: &Home, member: MemberId, from: NaiveDate, to: NaiveDate) -> bool {
    let days = from.iter_days().skip(1).take_while(|day| *day < to);
    days.into_iter()
        .any(|day| enrollment_on(home, member, day).is_none())
}

pub(crate) fn status_on(enrollment: &Enrollment, day: NaiveDate) -> EmploymentStatus {
    let retired_on = enrollment
        .retired_on
        .filter(|_| enrollment.status == EmploymentStatus::Active);
    let effective = retired_on.and_then(|retired_on| {
        // Where no rule says otherwise: from the month after.
        let ruled =
            retirement_takes_effect(&SHIPPED, &enrollment.pool, enrollment.scheme, retired_on);
        ruled.or_else(|| Some(Month::of(retired_on).plus(1).first_day()))
    });
    match effective {
        Some(effective) if effective <= day => EmploymentStatus::Retired,
        _ => enrollment.status,
    }
}

/// What the credits of a month depend on.
pub(crate) fn insured(home: &Home, enrollment: &Enrollment, month: Month) -> Insured {
    let members = &home.household.members;
    let stated = home.household.credit_days.iter();
    let mut stated = stated.filter(|stated| stated.member == enrollment.member);
    Insured {
        pool: enrollment.pool.clone(),
        scheme: enrollment.scheme,
        plan: enrollment.plan.clone(),
        status: status_on(enrollment, month.first_day()),
        special: enrollment.special,
        born: members[enrollment.member.0 as usize - 1].born,
        retired_on: enrollment.retired_on,
        insured_months: enrollment.insured_months,
        base: enrollment.contribution_base,
        pension: enrollment.pension,
        pension_before: None,
        missing_years: None,
        employer: None,
        entered: enrollment.frozen_credit,
        stated_day: stated.next().map(|stated| stated.day),
    }
}

/// How long the member stays in the place and scheme of `enrollment`, by the months that are credited there:
/// a gap in which no month is missed is none, unless what is advanced comes in it.
pub(crate) fn stay(home: &Home, enrollment: &Enrollment) -> Stay {
    let member = enrollment.member;
    let all = home.household.enrollments.iter();
    let all: Vec<_> = all.filter(|one| one.member == member).collect();
    let last_day = |at: usize| {
        let next = all.get(at + 1).and_then(|next| next.from.pred_opt());
        all[at].until.or(next)
    };
    let at = all.iter().position(|one| one.id == enrollment.id).unwrap();
    let mut stay = Stay {
        from: Some(enrollment.from),
        until: last_day(at),
    };
    let [first, then] = all[..] else { return stay };
    let is_one_place = first.pool == then.pool && first.scheme == then.scheme;
    let ends = last_day(0).unwrap();
    let away = ends.iter_days().skip(1).take_while(|day| *day < then.from);
    let mut away = away.into_iter();
    let scheme = enrollment.scheme.word();
    let rules = SHIPPED.rules(&enrollment.pool, scheme, ends);
    let advances = rules.and_then(|rules| advanced_on(&rules));
    let misses = away.any(|day| {
        let advances = advances.as_deref() == Some(&*day.format("%m-%d").to_string());
        advances || in_month(home, member, Month::of(day)).is_none()
    });
    if is_one_place && !misses {
        stay = Stay {
            from: Some(first.from),
            until: then.until,
        };
    } else if at == 1 && !is_one_place && ends.succ_opt() == Some(then.from) {
        // The month in which somebody moves is credited where it began.
        let month = Month::of(then.from);
        let begun = month.first_day() < then.from;
        stay.from = Some(month.plus(i32::from(begun)).first_day());
    }
    stay
}

/// The day of the year on which the place advances, where it does.
pub(crate) fn advanced_on(rules: &Rules<'_>) -> Option<String> {
    let mut blocks = rules.blocks.iter();
    blocks.find_map(|held| match &held.block.body {
        Body::Advance(advance) => Some(advance.on.clone()),
        _ => None,
    })
}

/// Whether this part of an account of the place is free cash.
pub(crate) fn is_withdrawable(pool: &PoolId, sub: &SubAccountId, day: NaiveDate) -> bool {
    let rules = SHIPPED.rules(pool, "employee", day).unwrap();
    rules.blocks.iter().any(|held| match &held.block.body {
        Body::SubAccount(part) => {
            part.withdrawable == Some(true) && held.block.head.id.as_ref() == Some(&sub.0)
        }
        _ => false,
    })
}
