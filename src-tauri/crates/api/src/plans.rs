//! 计划支出

use chrono::NaiveDate;
use gongji_domain::{Message, PlanItemId, PlannedSpending, Yuan};
use gongji_store::planned_spending;

use crate::bindings::enrolled;
use crate::places::classes;
use crate::{ApiError, Gongji, PlanDraft, Status};

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
        self.check_plan(today, draft)?;
        let label = Message::new("step_name.plan_add").with("name", draft.title.trim());
        let plan = self.store_mut()?.command(&label, |tx| {
            let plan = planned(planned_spending::next_id(tx)?, draft);
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
        self.check_plan(today.min(before.first_on), draft)?;
        let label = Message::new("step_name.plan_save").with("name", draft.title.trim());
        let plan = planned(id, draft);
        self.store_mut()?
            .command(&label, |tx| planned_spending::update(tx, &plan))?;
        Ok(plan)
    }

    /// `earliest` is the first day on which it may begin.
    fn check_plan(&self, earliest: NaiveDate, draft: &PlanDraft) -> Result<(), ApiError> {
        if draft.title.trim().is_empty() {
            return Err(ApiError::input("title", Message::new("error.blank")));
        }
        if draft.first_on < earliest {
            return Err(ApiError::input(
                "first_on",
                Message::new("error.plan_in_past"),
            ));
        }
        if draft.until.is_some_and(|until| until < draft.first_on) {
            return Err(ApiError::input(
                "until",
                Message::new("error.ends_before_start"),
            ));
        }
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
        Ok(())
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

/// The draft as it is kept.
fn planned(id: PlanItemId, draft: &PlanDraft) -> PlannedSpending {
    PlannedSpending {
        id,
        member: draft.member,
        title: draft.title.trim().to_owned(),
        part: draft.part,
        class: draft.class.clone(),
        bill: draft.bill.clone(),
        first_on: draft.first_on,
        recurrence: draft.recurrence,
        until: draft.until,
        urgent: draft.urgent,
    }
}
