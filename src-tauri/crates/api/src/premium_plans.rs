//! 计划缴费

use chrono::{Datelike, NaiveDate};
use gongji_domain::{
    AccountKind, Enrollment, Household, MemberId, Message, PlannedPremium, PlannedPremiumId,
};
use gongji_engine::Allowed;
use gongji_store::planned_premium;

use crate::bindings::name_of;
use crate::premiums::resident_in;
use crate::{
    ApiError, ErrorCode, Gongji, PremiumDraft, PremiumPayerTold, PremiumTold, PremiumView, Status,
};

/// The most years ahead a plan may begin.
const AHEAD: i32 = 10;

/// A number that is given when the row is written.
const NOT_YET: PlannedPremiumId = PlannedPremiumId(0);

impl Gongji {
    /// 计划缴一个人的居民医保费
    ///
    /// # Errors
    /// Where a field is wrong, the rules forbid that account, the day has passed, or the file cannot be
    /// written.
    pub fn premium_add(
        &mut self,
        today: NaiveDate,
        draft: &PremiumDraft,
    ) -> Result<PlannedPremium, ApiError> {
        let plan = planned(NOT_YET, draft);
        let household = self.check_premium(today, &plan, None)?;
        let label =
            Message::new("step_name.premium_add").with("name", name_of(&household, plan.member));
        let plan = self.store_mut()?.command(&label, |tx| {
            let id = planned_premium::next_id(tx)?;
            let plan = PlannedPremium { id, ..plan };
            planned_premium::insert(tx, &plan)?;
            Ok(plan)
        })?;
        Ok(plan)
    }

    /// 改一项计划缴费 — a first year and a day that have passed may stay as they were.
    ///
    /// # Errors
    /// Where it is not there any more, a field is wrong, the rules forbid that account, or the file cannot be
    /// written.
    pub fn premium_save(
        &mut self,
        today: NaiveDate,
        id: PlannedPremiumId,
        draft: &PremiumDraft,
    ) -> Result<PlannedPremium, ApiError> {
        let plan = planned(id, draft);
        let before = self.premium_plan(id)?;
        let household = self.check_premium(today, &plan, Some(&before))?;
        let label =
            Message::new("step_name.premium_save").with("name", name_of(&household, plan.member));
        self.store_mut()?
            .command(&label, |tx| planned_premium::update(tx, &plan))?;
        Ok(plan)
    }

    /// 去掉一项计划缴费
    ///
    /// # Errors
    /// Where it is not there any more, or the file cannot be written.
    pub fn premium_remove(
        &mut self,
        today: NaiveDate,
        id: PlannedPremiumId,
    ) -> Result<Status, ApiError> {
        let plan = self.premium_plan(id)?;
        let household = self.store()?.household_without_entries()?;
        let label =
            Message::new("step_name.premium_remove").with("name", name_of(&household, plan.member));
        self.store_mut()?
            .command(&label, |tx| planned_premium::delete(tx, id))?;
        self.status(today)
    }

    /// 一个年度，照填的 — what the rules say of the first year of a draft, before it is sent.
    ///
    /// # Errors
    /// Where the member is no resident in that year, or the file cannot be read.
    pub fn premium_look(
        &self,
        today: NaiveDate,
        draft: &PremiumDraft,
    ) -> Result<PremiumTold, ApiError> {
        let household = self.store()?.household_without_entries()?;
        let plan = planned(NOT_YET, draft);
        let insured = resident(&household, &plan)?;
        Ok(self.premium_told(&household, insured, &plan, plan.from_year, today))
    }

    /// 这位成员的计划缴费；接下来要缴哪个年度 — `household` holds the entries of premiums.
    pub(crate) fn premium_views(
        &self,
        household: &Household,
        member: MemberId,
        today: NaiveDate,
    ) -> (Vec<PremiumView>, Option<i32>) {
        let this_year = today.year();
        let insured = resident_in(household, member, this_year + 1)
            .or_else(|| resident_in(household, member, this_year));
        let next = insured.map(|insured| self.premium_year(household, insured, today));
        let plans = household.premiums.iter();
        let views = plans.filter(|plan| plan.member == member).map(|plan| {
            let year = next.map(|year| year.max(plan.from_year));
            let year = year.filter(|year| plan.years().contains(year));
            let told = insured.zip(year).map(|(insured, year)| {
                let insured = resident_in(household, member, year).unwrap_or(insured);
                self.premium_told(household, insured, plan, year, today)
            });
            PremiumView {
                plan: plan.clone(),
                payer: plan.paid_by.map(|payer| name_of(household, payer)),
                next: told,
            }
        });
        (views.collect(), next)
    }

    fn premium_plan(&self, id: PlannedPremiumId) -> Result<PlannedPremium, ApiError> {
        let found = planned_premium::find(self.store()?, id)?;
        found.ok_or_else(|| ApiError::gone("plan"))
    }

    /// The household in which nothing of the plan is wrong; `before` is what it was.
    fn check_premium(
        &self,
        today: NaiveDate,
        plan: &PlannedPremium,
        before: Option<&PlannedPremium>,
    ) -> Result<Household, ApiError> {
        let household = self.store()?.household_without_entries()?;
        for id in [Some(plan.member), plan.paid_by].into_iter().flatten() {
            if !household.members.iter().any(|member| member.id == id) {
                return Err(ApiError::gone("member"));
            }
        }
        years(today, plan, before)?;
        sum(plan)?;
        once(&household, plan)?;
        let insured = resident(&household, plan)?;
        payer(&household, plan)?;
        let told = self.premium_told(&household, insured, plan, plan.from_year, today);
        let refuses = |judged: &&PremiumPayerTold| judged.allowed == Allowed::No;
        if let Some(judged) = told.payer.as_ref().filter(refuses) {
            let by = judged.source.as_ref();
            let by = by.map(|source| Message::new("hint.by_rule").with("title", &source.title));
            return Err(ApiError {
                code: ErrorCode::Forbidden,
                field: Some("paid_by".to_owned()),
                message: judged.reason.clone(),
                hint: by,
            });
        }
        let same_day = before.is_some_and(|before| {
            before.pay_on == plan.pay_on && before.from_year == plan.from_year
        });
        if !same_day {
            day(today, plan, &told)?;
        }
        Ok(household)
    }
}

fn years(
    today: NaiveDate,
    plan: &PlannedPremium,
    before: Option<&PlannedPremium>,
) -> Result<(), ApiError> {
    let as_before = before.is_some_and(|before| before.from_year == plan.from_year);
    let (first, last) = (today.year(), today.year() + AHEAD);
    if !as_before && !(first..=last).contains(&plan.from_year) {
        let message = Message::new("error.premium_year")
            .with("from", first)
            .with("until", last);
        return Err(ApiError::input("from_year", message));
    }
    let until = plan.until_year.unwrap_or(plan.from_year);
    if until < plan.from_year || until > crate::plans::LAST_DAY.year() {
        return Err(ApiError::input(
            "until_year",
            Message::new("error.premium_until"),
        ));
    }
    Ok(())
}

/// What is not known is left out; it is not nothing.
fn sum(plan: &PlannedPremium) -> Result<(), ApiError> {
    if plan.amount_fits() {
        return Ok(());
    }
    Err(ApiError::input(
        "amount",
        Message::new("error.premium_amount"),
    ))
}

/// No other plan pays one of the years.
fn once(household: &Household, plan: &PlannedPremium) -> Result<(), ApiError> {
    let meets = |other: &&PlannedPremium| {
        other.id != plan.id
            && other.member == plan.member
            && other.years().start() <= plan.years().end()
            && plan.years().start() <= other.years().end()
    };
    match household.premiums.iter().find(meets) {
        Some(_) => Err(ApiError::input(
            "from_year",
            Message::new("error.premium_planned_already"),
        )),
        None => Ok(()),
    }
}

fn resident<'h>(
    household: &'h Household,
    plan: &PlannedPremium,
) -> Result<&'h Enrollment, ApiError> {
    resident_in(household, plan.member, plan.from_year).ok_or_else(|| {
        let message = Message::new("error.not_a_resident")
            .with("name", name_of(household, plan.member))
            .with("year", plan.from_year);
        ApiError::input("member", message)
    })
}

fn payer(household: &Household, plan: &PlannedPremium) -> Result<(), ApiError> {
    if !plan.relation_fits() {
        return Err(ApiError::input(
            "relation",
            Message::new("error.premium_relation"),
        ));
    }
    let Some(payer) = plan.paid_by else {
        return Ok(());
    };
    let mut accounts = household.accounts.iter();
    let has_account =
        accounts.any(|account| account.owner == payer && account.kind == AccountKind::Insurance);
    if has_account {
        return Ok(());
    }
    let message = Message::new("error.premium_no_account").with("name", name_of(household, payer));
    Err(ApiError::input("paid_by", message))
}

/// The first day is to come, and lies in the payment window where that is known.
fn day(today: NaiveDate, plan: &PlannedPremium, told: &PremiumTold) -> Result<(), ApiError> {
    let at = |code: &str| Message::new(code).with("year", plan.from_year);
    if !plan.day_fits() {
        return Err(ApiError::input("pay_on", at("error.premium_day_year")));
    }
    let last = told.extension.or(told.window).map(|window| window.until);
    if last.is_some_and(|last| last < today) {
        let message = at("error.premium_window_over");
        return Err(ApiError::input("from_year", message));
    }
    let Some(day) = plan.pay_on else {
        return Ok(());
    };
    if day < today {
        return Err(ApiError::input(
            "pay_on",
            Message::new("error.plan_in_past"),
        ));
    }
    if let Some((window, last)) = told.window.zip(last)
        && !(window.from..=last).contains(&day)
    {
        let message = at("error.premium_day_outside")
            .with("first_day", window.from)
            .with("last_day", last);
        return Err(ApiError::input("pay_on", message));
    }
    Ok(())
}

fn planned(id: PlannedPremiumId, draft: &PremiumDraft) -> PlannedPremium {
    PlannedPremium {
        id,
        member: draft.member,
        paid_by: draft.paid_by,
        relation: draft.relation,
        from_year: draft.from_year,
        until_year: draft.until_year,
        pay_on: draft.pay_on,
        amount: draft.amount,
    }
}
