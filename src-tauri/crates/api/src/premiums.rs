//! 居民医保缴费 — what a year costs by the rules, when it is to be paid, and what the record has of it.

use std::collections::BTreeSet;

use chrono::{Days, NaiveDate};
use gongji_domain::{
    Enrollment, Entry, EntryKind, Household, MemberId, PlannedPremium, Relation, Scheme,
};
use gongji_engine::{
    AidVerdict, PremiumAsked, PremiumDue, PremiumPayer, premium, premiums_recorded,
};
use gongji_policy::{RowFacts, Window};
use gongji_store::entry;

use crate::bindings::{enrolled, insurance_account};
use crate::movements::net;
use crate::{ApiError, Gongji, PaymentWindow, PremiumKind, PremiumPayerTold, PremiumTold};

/// How many years ahead the next one to pay is looked for.
const YEARS_AHEAD: i32 = 3;

/// 居民参保 — as what the member is insured in that year: at its beginning, or just before.
pub(crate) fn resident_in(
    household: &Household,
    member: MemberId,
    year: i32,
) -> Option<&Enrollment> {
    let begins = NaiveDate::from_ymd_opt(year, 1, 1)?;
    let days = [begins, begins - Days::new(1)];
    let mut found = days
        .into_iter()
        .filter_map(|day| enrolled(household, member, day));
    found
        .next()
        .filter(|insured| insured.scheme == Scheme::Resident)
}

impl Gongji {
    /// 缴费的分录，照现在的样子 — those that were corrected away are left out.
    pub(crate) fn premium_entries(&self) -> Result<Vec<Entry>, ApiError> {
        let store = self.store()?;
        let paid = entry::of_kind(store, EntryKind::Premium)?;
        if paid.is_empty() {
            return Ok(paid);
        }
        let corrections = entry::of_kind(store, EntryKind::Correction)?;
        let now = paid.into_iter().map(|mut first| {
            let of = |other: &&Entry| other.corrects == Some(first.id);
            let legs = net([&first].into_iter().chain(corrections.iter().filter(of)));
            first.legs = legs;
            first
        });
        Ok(now.filter(|entry| !entry.legs.is_empty()).collect())
    }

    /// 一个年度缴多少 — of somebody insured as a resident like this.
    pub(crate) fn premium_due(
        &self,
        household: &Household,
        insured: &Enrollment,
        asked: PremiumAsked,
    ) -> PremiumDue {
        let mut members = household.members.iter();
        let born = members
            .find(|known| known.id == insured.member)
            .and_then(|known| known.born);
        let facts = RowFacts {
            plan: insured.plan.clone(),
            status: insured.status.word().to_owned(),
            special: insured.special.word().to_owned(),
            born,
            ..RowFacts::default()
        };
        premium(&self.library, &insured.pool, insured.scheme, &facts, asked)
    }

    /// 缴过的年度 — `household` holds the entries of premiums.
    pub(crate) fn premium_years(
        &self,
        household: &Household,
        insured: &Enrollment,
        today: NaiveDate,
    ) -> BTreeSet<i32> {
        premiums_recorded(household, insured.member, today, |day| {
            let due = self.premium_due(household, insured, PremiumAsked::on(day));
            let plan = PlannedPremium::of(&household.premiums, insured.member, due.year);
            due.or_stated(plan.and_then(|plan| plan.amount))
        })
    }

    /// 接下来要缴的年度 — the one that is being collected, or the first after it: not recorded, and not past
    /// its last day.
    pub(crate) fn premium_year(
        &self,
        household: &Household,
        insured: &Enrollment,
        today: NaiveDate,
    ) -> i32 {
        let collected = self
            .premium_due(household, insured, PremiumAsked::on(today))
            .year;
        let paid = self.premium_years(household, insured, today);
        let open = |year: &i32| {
            let due = self.premium_due(household, insured, PremiumAsked::of_year(*year));
            !paid.contains(year) && due.last_day().is_none_or(|last| last >= today)
        };
        let mut years = collected..collected + YEARS_AHEAD;
        years.find(open).unwrap_or(collected)
    }

    /// 家人的账户能不能缴居民医保费 — as it is judged when it is recorded.
    pub(crate) fn premium_payer(
        &self,
        household: &Household,
        payer: MemberId,
        (member, relation): (MemberId, Relation),
        on: NaiveDate,
    ) -> PremiumPayer {
        let mut verdict = self.verdict(household, payer, member, relation, on);
        let Some(account) = insurance_account(household, payer, on) else {
            verdict = AidVerdict::not_insured();
            return PremiumPayer::of(verdict, None, relation, PremiumKind::Resident.word());
        };
        let rules = self.account_rules(household, account, on);
        PremiumPayer::of(
            verdict,
            rules.as_ref(),
            relation,
            PremiumKind::Resident.word(),
        )
    }

    /// 一个年度，照规则和计划
    pub(crate) fn premium_told(
        &self,
        household: &Household,
        insured: &Enrollment,
        plan: &PlannedPremium,
        year: i32,
        today: NaiveDate,
    ) -> PremiumTold {
        let due = self.premium_due(household, insured, PremiumAsked::of_year(year));
        let due = due.or_stated(plan.amount.filter(|_| plan.amount_fits()));
        let on = plan.day_of(year).or(due.deadline());
        let payer = plan.paid_by.zip(plan.relation).map(|(payer, relation)| {
            let day = on.unwrap_or(today);
            let judged = self.premium_payer(household, payer, (plan.member, relation), day);
            PremiumPayerTold {
                allowed: judged.allowed,
                reason: judged.reason,
                keeps: judged.keeps,
                source: judged.source,
                grade: judged.grade,
            }
        });
        PremiumTold {
            year,
            amount: due.amount,
            on,
            window: due.window.as_ref().map(shown),
            extension: due.extension.as_ref().map(shown),
            wait_after: due.wait_after,
            assumed: due.assumed,
            stated: due.stated,
            source: due.source,
            grade: due.grade,
            unknown: due.open,
            payer,
        }
    }
}

fn shown(window: &Window) -> PaymentWindow {
    PaymentWindow {
        from: window.from,
        until: window.until,
    }
}
