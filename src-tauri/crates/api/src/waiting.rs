//! 现在看还是等等 — a plan on its next day, and on the days that may matter instead.

use chrono::{Days, NaiveDate};
use gongji_domain::{Message, PlanItemId};
use gongji_engine::{WaitComparison, wait};

use crate::plans::LAST_DAY;
use crate::{ApiError, Gongji};

impl Gongji {
    /// 现在看还是等等 — of the next day of a plan after `today`; nothing is written.
    ///
    /// # Errors
    /// Where the plan is not there any more, has no day to come, or the file cannot be read.
    pub fn plan_wait(
        &self,
        today: NaiveDate,
        plan: PlanItemId,
    ) -> Result<WaitComparison, ApiError> {
        let (household, balances) = self.starting_point(today)?;
        let plan = household
            .plans
            .iter()
            .find(|known| known.id == plan)
            .ok_or_else(|| ApiError::gone("plan"))?;
        let next = plan.days(today + Days::new(1), LAST_DAY).next();
        let Some(on) = next else {
            return Err(ApiError::input("plan", Message::new("error.plan_over")));
        };
        let library = &self.library;
        Ok(wait(library, &household, &balances, today, plan, on)?)
    }
}
