//! 计划支出

use chrono::NaiveDate;
use gongji_domain::{Message, PlanItemId, PlannedSpending, Recurrence, Yuan, planned_days};
use gongji_store::planned_spending;

use crate::bindings::enrolled;
use crate::often::often;
use crate::places::classes;
use crate::{ApiError, Gongji, PlanDays, PlanDraft, PlanView, Repeat, Status, heading};

/// The last day that can be kept.
pub(crate) const LAST_DAY: NaiveDate = match NaiveDate::from_ymd_opt(2199, 12, 31) {
    Some(day) => day,
    None => NaiveDate::MAX,
};

/// How many days a form shows of what it says.
const SHOWN: usize = 5;

impl Gongji {
    /// 加一项计划支出
    ///
    /// # Errors
    /// Where a field is wrong, the visit lies before the enrollment or in the past, or the file
    /// cannot be written.
    pub fn plan_add(
        &mut self,
        today: NaiveDate,
        draft: &PlanDraft,
    ) -> Result<PlannedSpending, ApiError> {
        let recurrence = self.check_plan(today, draft)?;
        let label = Message::new("step_name.plan_add").with("name", draft.title.trim());
        let plan = self.store_mut()?.command(&label, |tx| {
            let plan = planned(planned_spending::next_id(tx)?, draft, recurrence);
            planned_spending::insert(tx, &plan)?;
            Ok(plan)
        })?;
        Ok(plan)
    }

    /// 改一项计划支出 — a first day that has passed may stay as it was.
    ///
    /// # Errors
    /// Where it is not there any more, a field is wrong, or the file cannot be written.
    pub fn plan_save(
        &mut self,
        today: NaiveDate,
        id: PlanItemId,
        draft: &PlanDraft,
    ) -> Result<PlannedSpending, ApiError> {
        let household = self.store()?.household_without_entries()?;
        let mut plans = household.plans.iter();
        let before = plans
            .find(|plan| plan.id == id)
            .ok_or_else(|| ApiError::gone("plan"))?;
        let recurrence = self.check_plan(today.min(before.first_on), draft)?;
        let label = Message::new("step_name.plan_save").with("name", draft.title.trim());
        let plan = planned(id, draft, recurrence);
        self.store_mut()?
            .command(&label, |tx| planned_spending::update(tx, &plan))?;
        Ok(plan)
    }

    /// 接下来的几天 — what a form means by how often, from `today` or the first day on.
    ///
    /// # Errors
    /// Where a field is wrong, or no day is meant at all.
    pub fn plan_days(
        &self,
        today: NaiveDate,
        first_on: NaiveDate,
        repeat: &Repeat,
    ) -> Result<PlanDays, ApiError> {
        let rule = meant(repeat, first_on)?;
        let from = today.max(first_on);
        let mut coming = days(rule.as_ref(), first_on, from);
        let days: Vec<NaiveDate> = coming.by_ref().take(SHOWN).collect();
        Ok(PlanDays {
            often: heading(self.language(), &often(rule.as_ref(), first_on)),
            days,
            goes_on: coming.next().is_some(),
        })
    }

    /// A plan as it is listed and as its form begins.
    pub(crate) fn plan_view(&self, plan: &PlannedSpending) -> PlanView {
        let recurrence = plan.recurrence.as_ref();
        PlanView {
            plan: plan.clone(),
            often: heading(self.language(), &often(recurrence, plan.first_on)),
            repeat: Repeat::of(recurrence, plan.first_on),
        }
    }

    /// The rule of a draft in which nothing is wrong; `earliest` is the first day on which it may begin.
    fn check_plan(
        &self,
        earliest: NaiveDate,
        draft: &PlanDraft,
    ) -> Result<Option<Recurrence>, ApiError> {
        if draft.title.trim().is_empty() {
            return Err(ApiError::input("title", Message::new("error.blank")));
        }
        if draft.first_on < earliest {
            return Err(ApiError::input(
                "first_on",
                Message::new("error.plan_in_past"),
            ));
        }
        let recurrence = meant(&draft.repeat, draft.first_on)?;
        if draft.bill.total <= Yuan::ZERO {
            return Err(ApiError::input("bill.total", Message::new("error.zero")));
        }
        draft.bill.in_scope().map_err(|problem| {
            ApiError::input("bill", Message::new("error.bill").with("detail", problem))
        })?;
        let household = self.store()?.household_without_entries()?;
        let Some(enrollment) = enrolled(&household, draft.member, draft.first_on) else {
            return Err(ApiError::input(
                "first_on",
                Message::new("error.not_insured_then"),
            ));
        };
        let rules = self
            .library
            .rules(&enrollment.pool, enrollment.scheme.word(), draft.first_on);
        let known = rules
            .as_ref()
            .map(|rules| classes(rules, draft.part))
            .unwrap_or_default();
        let fits = |class: &String| known.iter().any(|known| known.id == *class);
        if !known.is_empty() && !draft.class.as_ref().is_some_and(fits) {
            let names: Vec<String> = known.into_iter().map(|class| class.name).collect();
            return Err(ApiError::input(
                "class",
                Message::new("error.class").with("detail", names.join("、")),
            ));
        }
        Ok(recurrence)
    }

    /// 去掉一项计划支出
    ///
    /// # Errors
    /// Where it is not there any more, or the file cannot be written.
    pub fn plan_remove(&mut self, today: NaiveDate, id: PlanItemId) -> Result<Status, ApiError> {
        let household = self.store()?.household_without_entries()?;
        let plan = household
            .plans
            .iter()
            .find(|plan| plan.id == id)
            .ok_or_else(|| ApiError::gone("plan"))?;
        let label = Message::new("step_name.plan_remove").with("name", &plan.title);
        self.store_mut()?
            .command(&label, |tx| planned_spending::delete(tx, id))?;
        self.status(today)
    }
}

/// The rule of a form, which has at least one day.
fn meant(repeat: &Repeat, first_on: NaiveDate) -> Result<Option<Recurrence>, ApiError> {
    let rule = repeat.rule(first_on)?;
    let first = days(rule.as_ref(), first_on, first_on).next();
    match first {
        Some(_) => Ok(rule),
        None => Err(ApiError::input("repeat", Message::new("error.plan_never"))),
    }
}

/// The days from `from` on, as far as days can be kept.
fn days(
    rule: Option<&Recurrence>,
    first_on: NaiveDate,
    from: NaiveDate,
) -> impl Iterator<Item = NaiveDate> {
    planned_days(first_on, rule, from, LAST_DAY)
}

/// The draft as it is kept.
fn planned(id: PlanItemId, draft: &PlanDraft, recurrence: Option<Recurrence>) -> PlannedSpending {
    PlannedSpending {
        id,
        member: draft.member,
        title: draft.title.trim().to_owned(),
        part: draft.part,
        class: draft.class.clone(),
        bill: draft.bill.clone(),
        first_on: draft.first_on,
        recurrence,
        urgent: draft.urgent,
    }
}
