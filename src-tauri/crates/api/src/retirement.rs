//! 预计退休 — stated as an enrollment to come, which the projection goes both ways about.

use chrono::NaiveDate;
use gongji_domain::{EmploymentStatus, Enrollment, MemberId, Message, Month, Scheme};
use gongji_engine::retirement_takes_effect;
use gongji_store::enrollment;

use crate::bindings::{enrolled, name_of};
use crate::{ApiError, Gongji, RetirementDraft, Status};

impl Gongji {
    /// 填、改、去掉预计的退休年月 — there is one at most; the enrollment that holds today stays as it is.
    ///
    /// # Errors
    /// Where the member is not in service, the month has passed, or the file cannot be written.
    pub fn retirement_expect(
        &mut self,
        today: NaiveDate,
        member: MemberId,
        draft: &RetirementDraft,
    ) -> Result<Status, ApiError> {
        let household = self.store()?.household_without_entries()?;
        if !household.members.iter().any(|known| known.id == member) {
            return Err(ApiError::gone("member"));
        }
        let now = enrolled(&household, member, today).filter(|enrollment| {
            enrollment.status == EmploymentStatus::Active && enrollment.scheme == Scheme::Employee
        });
        let now =
            now.ok_or_else(|| ApiError::input("on", Message::new("error.scenario_not_working")))?;
        let expected = draft.on.map(Month::of);
        let coming = expected.map(|month| self.as_retiree(now, month, draft));
        if coming.as_ref().is_some_and(|coming| coming.from <= today) {
            let what = Message::new("error.retirement_in_past");
            return Err(ApiError::input("on", what));
        }
        if draft.pension.is_some_and(gongji_domain::Yuan::is_negative) {
            return Err(ApiError::input("pension", Message::new("error.negative")));
        }
        let before: Vec<&Enrollment> = household
            .enrollments
            .iter()
            .filter(|known| known.member == member && known.from > today)
            .filter(|known| known.status == EmploymentStatus::Retired)
            .collect();
        let code = match coming {
            Some(_) => "step_name.retirement_expect",
            None => "step_name.retirement_forget",
        };
        let label = Message::new(code).with("name", name_of(&household, member));
        self.store_mut()?.command(&label, |tx| {
            for known in before {
                enrollment::delete(tx, known.id)?;
            }
            if let Some(coming) = coming {
                let id = enrollment::next_id(tx)?;
                enrollment::insert(tx, &Enrollment { id, ..coming })?;
            }
            Ok(())
        })?;
        self.status(today)
    }

    /// The enrollment that follows `now`, where somebody retires in `month`; from the day on which the
    /// place lets it take effect, the month after where no rule says otherwise.
    fn as_retiree(&self, now: &Enrollment, month: Month, draft: &RetirementDraft) -> Enrollment {
        let retired_on = month.last_day();
        let effective = retirement_takes_effect(&self.library, &now.pool, now.scheme, retired_on);
        Enrollment {
            from: effective.unwrap_or_else(|| month.plus(1).first_day()),
            until: None,
            status: EmploymentStatus::Retired,
            contribution_base: None,
            retired_on: Some(retired_on),
            insured_months: draft.insured_months.or(now.insured_months),
            pension: draft.pension.or(now.pension),
            ..now.clone()
        }
    }
}
