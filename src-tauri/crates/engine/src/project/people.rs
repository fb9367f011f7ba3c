//! 成员随时间 — which enrollment holds on a day, and the account it pays into.

use std::collections::BTreeSet;
use std::rc::Rc;

use chrono::NaiveDate;
use gongji_domain::{
    Account, AccountId, AccountKind, Contributions, EmploymentStatus, Enrollment, Household,
    Member, MemberFacts, MemberId, Month, Scheme, SubAccountId, Yuan,
};
use gongji_policy::{Body, Library, RowFacts, Rules};

use crate::aid::AidParty;
use crate::credit::Insured;
use crate::rulebook::RuleBook;
use crate::settle::age_on;

/// 成员 — with the stretches of time in which one enrollment and one status hold.
#[derive(Clone, Debug)]
pub(crate) struct Person<'h> {
    pub(crate) member: &'h Member,
    pub(crate) spells: Vec<Spell<'h>>,
    /// 医保账户
    pub(crate) accounts: Vec<&'h Account>,
    /// 可以取现的子账户 — no settlement charges them, so they are not counted in the balance.
    pub(crate) free_cash: BTreeSet<SubAccountId>,
    /// 本人填写的到账日
    pub(crate) stated_day: Option<u32>,
}

/// 一段参保 — `from` included, `until` not.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Spell<'h> {
    pub(crate) from: NaiveDate,
    pub(crate) until: Option<NaiveDate>,
    pub(crate) enrollment: &'h Enrollment,
    pub(crate) status: EmploymentStatus,
}

impl<'h> Person<'h> {
    pub(crate) fn of(
        book: &RuleBook<'_>,
        household: &'h Household,
        member: &'h Member,
    ) -> Person<'h> {
        let accounts = household
            .accounts
            .iter()
            .filter(|account| account.owner == member.id && account.kind == AccountKind::Insurance);
        let stated = household
            .credit_days
            .iter()
            .find(|stated| stated.member == member.id);
        let spells = spells(book, household, member);
        Person {
            member,
            free_cash: free_cash(book, &spells),
            spells,
            accounts: accounts.collect(),
            stated_day: stated.map(|stated| stated.day),
        }
    }

    /// The enrollment in force on `day`.
    pub(crate) fn on(&self, day: NaiveDate) -> Option<&Spell<'h>> {
        self.spells.iter().find(|spell| spell.holds(day))
    }

    /// The enrollment by which `month` is credited: that of its first day, or one that begins in it.
    pub(crate) fn in_month(&self, month: Month) -> Option<&Spell<'h>> {
        self.on(month.first_day())
            .or_else(|| self.on(month.last_day()))
    }

    /// As what the member is insured on `day` in the pool and scheme of `enrollment`, for what is credited
    /// there; nothing where they are elsewhere or not in good standing, nor in the rest of a month that
    /// another place credits.
    pub(crate) fn insured_on(&self, enrollment: &Enrollment, day: NaiveDate) -> Option<Insured> {
        let here = |spell: &Spell<'_>| {
            let held = spell.enrollment;
            held.pool == enrollment.pool && held.scheme == enrollment.scheme
        };
        let spell = self.on(day)?;
        let same = here(spell) && spell.status.in_good_standing();
        let credits = self.in_month(Month::of(day)).is_some_and(here);
        (same && credits).then(|| spell.insured(self))
    }

    /// The insurance account of an enrollment: that of its pool, or one that names no pool.
    pub(crate) fn account(&self, enrollment: &Enrollment) -> Option<&'h Account> {
        let of = |named: bool| {
            self.accounts
                .iter()
                .copied()
                .find(move |account| match &account.pool {
                    Some(pool) => named && *pool == enrollment.pool,
                    None => !named,
                })
        };
        of(true).or_else(|| of(false))
    }

    /// 调整以前的养老金 — the one stated with the enrollment before, in the same place and scheme.
    fn pension_before(&self, enrollment: &Enrollment) -> Option<Yuan> {
        let spells = self.spells.iter().map(|spell| spell.enrollment);
        spells
            .filter(|other| other.from < enrollment.from)
            .filter(|other| other.pool == enrollment.pool && other.scheme == enrollment.scheme)
            .filter(|other| other.pension != enrollment.pension)
            .max_by_key(|other| other.from)
            .and_then(|other| other.pension)
    }

    /// 参保与缴费的经过 — the last gap before `spell` and the first enrollment of all, as recorded by `day`.
    pub(crate) fn contributions(&self, spell: &Spell<'_>, day: NaiveDate) -> Option<Contributions> {
        let gap = self.interruption_before(spell, day);
        let first_insured = self.first_insured(spell);
        if gap.is_none() && first_insured.is_none() {
            return None;
        }
        Some(Contributions {
            first_insured,
            ..gap.unwrap_or_default()
        })
    }

    /// 首次参保的日子 — in the scheme of `spell`, where an enrollment up to it is said to be the first.
    fn first_insured(&self, spell: &Spell<'_>) -> Option<NaiveDate> {
        let enrollments = self.spells.iter().map(|spell| spell.enrollment);
        enrollments
            .filter(|known| known.first_enrollment && known.from <= spell.from)
            .filter(|known| known.scheme == spell.enrollment.scheme)
            .map(|known| known.from)
            .min()
    }

    /// 断缴 — the months without a contribution before `spell`, as the enrollments show them. What is paid
    /// afterwards counts from the day on which it is paid. Retirees pay nothing and miss nothing.
    fn interruption_before(&self, spell: &Spell<'_>, day: NaiveDate) -> Option<Contributions> {
        let pays = |spell: &&Spell<'_>| {
            spell.status.in_good_standing()
                && spell.status != EmploymentStatus::Retired
                && spell.enrollment.scheme == Scheme::Employee
        };
        let paying: Vec<&Spell<'_>> = self.spells.iter().filter(pays).collect();
        let at = paying.iter().position(|other| other.from == spell.from)?;
        let gaps = paying[..=at].windows(2).rev();
        gaps.filter_map(|pair| {
            let stopped_in = match pair[0].until? {
                until if until == Month::of(until).first_day() => Month::of(until),
                until => Month::of(until).plus(1),
            };
            let resumed = pair[1].enrollment;
            let resumed_in = Month::of(pair[1].from);
            let by_day = |paid: bool| paid && resumed.back_paid_on.is_none_or(|on| on <= day);
            (stopped_in < resumed_in).then(|| Contributions {
                first_insured: None,
                stopped_in: Some(stopped_in),
                resumed_in: Some(resumed_in),
                back_paid: resumed.back_paid.map(by_day),
            })
        })
        .next()
    }

    /// 从哪天起不再正常参保 — the first day after `from` and before `to` on which the member was not.
    pub(crate) fn lapsed_between(&self, from: NaiveDate, to: NaiveDate) -> Option<NaiveDate> {
        let ends = self.spells.iter().filter_map(|spell| spell.until);
        let begins = self.spells.iter().map(|spell| spell.from);
        let mut turns: Vec<NaiveDate> = ends
            .chain(begins)
            .filter(|day| from < *day && *day < to)
            .collect();
        turns.sort_unstable();
        turns.into_iter().find(|day| {
            self.on(*day)
                .is_none_or(|spell| !spell.status.in_good_standing())
        })
    }

    /// The account that stands for the member on screen: that of the enrollment on `day`, else any.
    pub(crate) fn account_on(&self, day: NaiveDate) -> Option<AccountId> {
        let of_spell = self
            .on(day)
            .and_then(|spell| self.account(spell.enrollment));
        of_spell
            .or_else(|| self.accounts.first().copied())
            .map(|account| account.id)
    }
}

impl Spell<'_> {
    fn holds(&self, day: NaiveDate) -> bool {
        self.from <= day && self.until.is_none_or(|until| day < until)
    }

    pub(crate) fn insured(&self, person: &Person<'_>) -> Insured {
        let enrollment = self.enrollment;
        Insured {
            pool: enrollment.pool.clone(),
            scheme: enrollment.scheme,
            plan: enrollment.plan.clone(),
            status: self.status,
            special: enrollment.special,
            born: person.member.born,
            retired_on: enrollment.retired_on,
            insured_months: enrollment.insured_months,
            base: enrollment.contribution_base,
            pension: enrollment.pension,
            pension_before: person.pension_before(enrollment),
            missing_years: None,
            employer: enrollment.employer.clone(),
            entered: enrollment.frozen_credit,
            stated_day: person.stated_day,
        }
    }

    /// As one side of mutual aid.
    pub(crate) fn party(&self, has_account: Option<bool>) -> AidParty {
        AidParty {
            pool: self.enrollment.pool.clone(),
            scheme: self.enrollment.scheme,
            plan: self.enrollment.plan.clone(),
            status: self.status,
            has_account,
        }
    }

    /// What rows of tables select on, on `day`.
    pub(crate) fn row_facts(&self, person: &Person<'_>, day: NaiveDate) -> RowFacts {
        let born = person.member.born;
        RowFacts {
            plan: self.enrollment.plan.clone(),
            status: self.status.word().to_owned(),
            special: self.enrollment.special.word().to_owned(),
            retired_on: self.enrollment.retired_on,
            born,
            age: born.and_then(|born| age_on(born, day)),
            insured_months: self.enrollment.insured_months,
            employer: self.enrollment.employer.clone(),
            ..RowFacts::default()
        }
    }

    pub(crate) fn facts(&self, person: &Person<'_>, day: NaiveDate) -> MemberFacts {
        MemberFacts {
            status: self.status,
            born: person.member.born,
            retired_on: self.enrollment.retired_on,
            insured_months: self.enrollment.insured_months,
            special: self.enrollment.special,
            tier: None,
            employer: self.enrollment.employer.clone(),
            continuous_years: None,
            contributions: person.contributions(self, day),
        }
    }
}

/// 参保人的情况 — what a bill of `member` on `day` is settled by, as recorded: the status of that day, and
/// the contributions that decide whether the pool pays. `None` where the member is not insured then.
pub fn member_facts(
    library: &Library,
    household: &Household,
    member: MemberId,
    day: NaiveDate,
) -> Option<MemberFacts> {
    let book = RuleBook::new(library);
    let mut members = household.members.iter();
    let member = members.find(|known| known.id == member)?;
    let person = Person::of(&book, household, member);
    let facts = person.on(day)?.facts(&person, day);
    Some(facts)
}

fn spells<'h>(book: &RuleBook<'_>, household: &'h Household, member: &Member) -> Vec<Spell<'h>> {
    let mut enrollments: Vec<&Enrollment> = household
        .enrollments
        .iter()
        .filter(|enrollment| enrollment.member == member.id)
        .collect();
    enrollments.sort_by_key(|enrollment| (enrollment.from, enrollment.id));
    let mut spells = Vec::new();
    for (index, enrollment) in enrollments.iter().enumerate() {
        let ended = enrollment.until.and_then(|last| last.succ_opt());
        let next = enrollments.get(index + 1).map(|next| next.from);
        let whole = Spell {
            from: enrollment.from,
            until: ended.into_iter().chain(next).min(),
            enrollment,
            status: enrollment.status,
        };
        spells.extend(split_at_retirement(book, whole));
    }
    spells
}

/// Somebody recorded as in service with a retirement day becomes a retiree on the day that the place
/// lets it take effect, the month after where no rule says otherwise; from the beginning where that day
/// has passed by then.
fn split_at_retirement<'h>(book: &RuleBook<'_>, whole: Spell<'h>) -> Vec<Spell<'h>> {
    let enrollment = whole.enrollment;
    let Some(retired_on) = enrollment
        .retired_on
        .filter(|_| whole.status == EmploymentStatus::Active)
    else {
        return vec![whole];
    };
    let effective = retirement_takes_effect(book, enrollment, retired_on);
    if whole.until.is_some_and(|until| until <= effective) {
        return vec![whole];
    }
    let retired = Spell {
        from: effective.max(whole.from),
        status: EmploymentStatus::Retired,
        ..whole
    };
    let before = Spell {
        until: Some(effective),
        ..whole
    };
    let spells = [before, retired].into_iter();
    spells
        .filter(|spell| spell.until.is_none_or(|until| spell.from < until))
        .collect()
}

fn retirement_takes_effect(
    book: &RuleBook<'_>,
    enrollment: &Enrollment,
    retired_on: NaiveDate,
) -> NaiveDate {
    let rules = book.on(&enrollment.pool, enrollment.scheme, retired_on);
    let year_after = rules.is_some_and(|rules| {
        rules.blocks.iter().any(|held| {
            matches!(&held.block.body, Body::StatusRule(rule) if rule.retirement_takes_effect == "year_after")
        })
    });
    let month = Month::of(retired_on);
    if year_after {
        month
            .plus(13 - i32::try_from(month.number()).unwrap_or(1))
            .first_day()
    } else {
        month.plus(1).first_day()
    }
}

/// The sub-accounts that the rules of any of the enrollments, at their latest, call withdrawable.
fn free_cash(book: &RuleBook<'_>, spells: &[Spell<'_>]) -> BTreeSet<SubAccountId> {
    let latest = |spell: &Spell<'_>| {
        let enrollment = spell.enrollment;
        book.on(
            &enrollment.pool,
            enrollment.scheme,
            spell.until.unwrap_or(NaiveDate::MAX),
        )
    };
    let of = |rules: Rc<Rules<'_>>| -> Vec<SubAccountId> {
        let named = rules
            .blocks
            .iter()
            .filter_map(|held| match &held.block.body {
                Body::SubAccount(sub) if sub.withdrawable == Some(true) => {
                    held.block.head.id.clone().map(SubAccountId)
                }
                _ => None,
            });
        named.collect()
    };
    spells.iter().filter_map(latest).flat_map(of).collect()
}
