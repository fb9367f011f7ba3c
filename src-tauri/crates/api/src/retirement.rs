//! 预计退休 — stated as an enrollment to come, which the projection goes both ways about.

use chrono::NaiveDate;
use gongji_domain::{EmploymentStatus, Enrollment, Household, MemberId, Message, Month, Scheme};
use gongji_engine::retirement_takes_effect;
use gongji_store::{StoreError, Tx, enrollment};

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
        let before = expected_of(&household, member, today);
        let code = match coming {
            Some(_) => "step_name.retirement_expect",
            None => "step_name.retirement_forget",
        };
        let label = Message::new(code).with("name", name_of(&household, member));
        self.store_mut()?
            .command(&label, |tx| replace(tx, &before, coming))?;
        self.status(today)
    }

    /// What becomes of an expected retirement once another enrollment is stated: it follows one in
    /// service, and is gone with any other, which says more than was expected.
    pub(crate) fn expected_after(
        &self,
        household: &Household,
        today: NaiveDate,
        added: &Enrollment,
    ) -> (Vec<Enrollment>, Option<Enrollment>) {
        let before = expected_of(household, added.member, today);
        let works = added.status == EmploymentStatus::Active && added.scheme == Scheme::Employee;
        let coming = before.first().filter(|_| works).and_then(|expected| {
            let on = expected.retired_on?;
            let draft = RetirementDraft {
                on: Some(on),
                insured_months: expected.insured_months,
                pension: expected.pension,
            };
            Some(self.as_retiree(added, Month::of(on), &draft))
        });
        let coming = coming.filter(|coming| coming.from > today.max(added.from));
        (before, coming)
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
            first_enrollment: false,
            back_paid: None,
            back_paid_on: None,
            ..now.clone()
        }
    }
}

/// What is stated of a member's retirement to come.
pub(crate) fn expected_of(
    household: &Household,
    member: MemberId,
    today: NaiveDate,
) -> Vec<Enrollment> {
    let theirs = household.enrollments.iter();
    let coming = theirs.filter(|known| known.member == member && known.from > today);
    let coming = coming.filter(|known| known.status == EmploymentStatus::Retired);
    coming.cloned().collect()
}

/// Puts `coming` in the place of what was expected before.
pub(crate) fn replace(
    tx: &Tx<'_>,
    before: &[Enrollment],
    coming: Option<Enrollment>,
) -> Result<(), StoreError> {
    for known in before {
        enrollment::delete(tx, known.id)?;
    }
    if let Some(coming) = coming {
        let id = enrollment::next_id(tx)?;
        enrollment::insert(tx, &Enrollment { id, ..coming })?;
    }
    Ok(())
}
