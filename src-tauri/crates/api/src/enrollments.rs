//! 参保经过 — enrollments added, changed, ended and removed, one step each, and the gaps between them.

use chrono::NaiveDate;
use gongji_domain::{
    Account, AccountKind, Enrollment, EnrollmentId, Household, MemberId, Message, Month, Scheme,
};
use gongji_store::{StoreError, Tx, account, enrollment};

use crate::{ApiError, EnrollmentDraft, EnrollmentGap, Gongji, Status, checks, retirement, setup};

impl Gongji {
    /// 记一段参保 — today's or an earlier one. The one in which it begins ends the day before; without an
    /// end of its own it lasts as long as that one did, or up to the one that follows, so that no gap is
    /// filled. With an end inside that one, that one goes on after it.
    ///
    /// # Errors
    /// Where a field is wrong, an enrollment begins on the same day, it would run into the next one, or the
    /// file cannot be written.
    pub fn enrollment_add(
        &mut self,
        today: NaiveDate,
        of: MemberId,
        draft: &EnrollmentDraft,
    ) -> Result<Enrollment, ApiError> {
        let household = self.store()?.household_without_entries()?;
        self.sound(&household, today, of, draft)?;
        let meant = setup::drafted(EnrollmentId(0), of, draft);
        let course = Course::of(&household, of, today).with(meant)?;
        self.keep_course(&household, today, &course, "step_name.enrollment_add")?;
        let rows = enrollment::all(self.store()?)?.into_iter();
        let mut added = rows.filter(|row| row.member == of && row.from == draft.from);
        added.next().ok_or_else(|| ApiError::gone("enrollment"))
    }

    /// 改一段参保 — everything, its days too. One that ended the day before it began follows its first day.
    ///
    /// # Errors
    /// As [`Gongji::enrollment_add`], and where it is not there any more.
    pub fn enrollment_save(
        &mut self,
        today: NaiveDate,
        id: EnrollmentId,
        draft: &EnrollmentDraft,
    ) -> Result<Status, ApiError> {
        let household = self.store()?.household_without_entries()?;
        let was = find(&household, id)?;
        self.sound(&household, today, was.member, draft)?;
        let meant = setup::drafted(id, was.member, draft);
        let course = Course::of(&household, was.member, today).changed(was, meant)?;
        self.keep_course(&household, today, &course, "step_name.enrollment_save")?;
        self.status(today)
    }

    /// 结束一段参保 — `until` is its last day; a gap follows until another one begins.
    ///
    /// # Errors
    /// Where the day lies before its beginning or in the next one, it is not there any more, or the file
    /// cannot be written.
    pub fn enrollment_end(
        &mut self,
        today: NaiveDate,
        id: EnrollmentId,
        until: NaiveDate,
    ) -> Result<Status, ApiError> {
        let household = self.store()?.household_without_entries()?;
        let was = find(&household, id)?;
        if until < was.from {
            let message = Message::new("error.ends_before_start");
            return Err(ApiError::input("until", message));
        }
        let meant = Enrollment {
            until: Some(until),
            ..was.clone()
        };
        let course = Course::of(&household, was.member, today).changed(was, meant)?;
        self.keep_course(&household, today, &course, "step_name.enrollment_end")?;
        self.status(today)
    }

    /// 去掉一段参保 — the one that ended the day before it began goes on in its place, as before it was
    /// recorded.
    ///
    /// # Errors
    /// Where settlements were recorded in its time, the record of its account rests on it, it is not there
    /// any more, or the file cannot be written.
    pub fn enrollment_remove(
        &mut self,
        today: NaiveDate,
        id: EnrollmentId,
    ) -> Result<Status, ApiError> {
        let household = self.store()?.household_without_entries()?;
        let gone = find(&household, id)?;
        self.nothing_rests_on(&household, gone)?;
        let course = Course::of(&household, gone.member, today).without(gone);
        self.keep_course(&household, today, &course, "step_name.enrollment_remove")?;
        self.status(today)
    }

    /// What is wrong with the form by itself.
    fn sound(
        &self,
        household: &Household,
        today: NaiveDate,
        of: MemberId,
        draft: &EnrollmentDraft,
    ) -> Result<(), ApiError> {
        let mut members = household.members.iter();
        let found = members.find(|member| member.id == of);
        let born = found.ok_or_else(|| ApiError::gone("member"))?.born;
        let faults = checks::enrollment(&self.library, today, born, draft, "");
        faults.into_iter().next().map_or(Ok(()), Err)
    }

    /// Settlements on its days, and what is recorded on an account that nothing else would account for.
    fn nothing_rests_on(&self, household: &Household, gone: &Enrollment) -> Result<(), ApiError> {
        let theirs = of(household, gone.member);
        let next = theirs
            .iter()
            .map(|row| row.from)
            .find(|from| *from > gone.from);
        let within = |day: NaiveDate| {
            gone.from <= day
                && gone.until.is_none_or(|until| day <= until)
                && next.is_none_or(|next| day < next)
        };
        let settlements = household.settlements.iter().filter(|settlement| {
            settlement.member == gone.member && within(settlement.request.visit.settled_on)
        });
        let count = settlements.count();
        if count > 0 {
            let message = Message::new("error.enrollment_settled").with("n", count);
            return Err(ApiError::input("id", message).hint("hint.enrollment_change"));
        }
        let elsewhere = theirs
            .iter()
            .any(|row| row.id != gone.id && row.pool == gone.pool);
        let mut accounts = household.accounts.iter().filter(|account| {
            account.owner == gone.member && account.pool.as_ref() == Some(&gone.pool)
        });
        if let Some(account) = accounts.next().filter(|_| !elsewhere)
            && crate::members::has_record(self.store()?, account.id)?
        {
            let name = self.place_named(&account.name);
            let message = Message::new("error.enrollment_account").with("name", name);
            return Err(ApiError::input("id", message).hint("hint.enrollment_change"));
        }
        Ok(())
    }

    /// Writes what has changed, with what becomes of an expected retirement and of the account.
    fn keep_course(
        &mut self,
        household: &Household,
        today: NaiveDate,
        course: &Course,
        step: &str,
    ) -> Result<(), ApiError> {
        let (mut expected, mut coming) = (Vec::new(), None);
        if course.before.last() != course.after.last() {
            let last = course.after.last();
            expected = retirement::expected_of(household, course.member, today);
            // A stated end says more than what was expected after it.
            coming = last
                .filter(|last| last.until.is_none())
                .and_then(|last| self.expected_after(household, today, last).1);
        }
        let opens = course.after.iter().find(|row| {
            let lasts = row.until.is_none_or(|until| until >= today);
            row.scheme == Scheme::Employee && lasts && !has_account(household, row)
        });
        let opens = opens.map(|row| (row, self.place_name(&row.pool)));
        let name = crate::bindings::name_of(household, course.member);
        let label = Message::new(step).with("name", name);
        self.store_mut()?.command(&label, |tx| {
            course.write(tx)?;
            retirement::replace(tx, &expected, coming)?;
            opens.map_or(Ok(()), |(row, name)| open_account(tx, row, name))
        })?;
        Ok(())
    }
}

/// 参保经过 of one member, the earliest first, as it was and as it is to be; without what is only expected.
struct Course {
    member: MemberId,
    before: Vec<Enrollment>,
    after: Vec<Enrollment>,
}

impl Course {
    fn of(household: &Household, member: MemberId, today: NaiveDate) -> Course {
        let expected = retirement::expected_of(household, member, today);
        let mut rows = of(household, member);
        rows.retain(|row| !expected.contains(row));
        Course {
            member,
            before: rows.clone(),
            after: rows,
        }
    }

    /// A further one.
    fn with(mut self, mut meant: Enrollment) -> Result<Course, ApiError> {
        self.fits(&meant)?;
        let next = self.next(&meant).map(|row| row.from);
        let cut = self.previous(&meant);
        let cut = cut.filter(|row| row.until.is_none_or(|until| until >= meant.from));
        let cut = cut.cloned();
        let lasted = cut.as_ref().and_then(|cut| cut.until).or(day_before(next));
        let goes_on = match (cut, meant.until) {
            (Some(cut), Some(until)) if lasted.is_none_or(|lasted| until < lasted) => {
                until.succ_opt().map(|from| Enrollment {
                    id: EnrollmentId(0),
                    from,
                    until: lasted,
                    first_enrollment: false,
                    back_paid: None,
                    back_paid_on: None,
                    ..cut
                })
            }
            _ => None,
        };
        meant.until = meant.until.or(lasted);
        self.end_before(meant.from);
        self.after.push(meant);
        self.after.extend(goes_on);
        self.sort();
        Ok(self)
    }

    /// One of them as it is to be.
    fn changed(mut self, was: &Enrollment, mut meant: Enrollment) -> Result<Course, ApiError> {
        self.after.retain(|row| row.id != was.id);
        self.fits(&meant)?;
        let adjoining = was.from.pred_opt();
        let mut rows = self.after.iter_mut();
        let adjoins = rows.find(|row| row.until == adjoining && row.from < meant.from);
        if let Some(row) = adjoins {
            row.until = meant.from.pred_opt();
        }
        let next = self.next(&meant).map(|row| row.from);
        meant.until = meant.until.or(day_before(next));
        self.end_before(meant.from);
        self.after.push(meant);
        self.sort();
        Ok(self)
    }

    /// Without one of them.
    fn without(mut self, gone: &Enrollment) -> Course {
        self.after.retain(|row| row.id != gone.id);
        let next = self.next(gone).map(|row| row.from);
        let adjoining = gone.from.pred_opt();
        let adjoins = self.after.iter_mut().find(|row| row.until == adjoining);
        if let Some(row) = adjoins {
            row.until = gone.until.or(day_before(next));
        }
        self
    }

    /// Whether it begins on a day of its own, ends before the next one, and is the first if it says so.
    fn fits(&self, meant: &Enrollment) -> Result<(), ApiError> {
        let wrong = |field: &str, code: &str, day: NaiveDate| {
            Err(ApiError::input(field, Message::new(code).with("day", day)))
        };
        if self.after.iter().any(|row| row.from == meant.from) {
            return wrong("from", "error.enrollment_same_day", meant.from);
        }
        if let (Some(next), Some(until)) = (self.next(meant), meant.until)
            && until >= next.from
        {
            return wrong("until", "error.enrollment_runs_into", next.from);
        }
        let mut same = self.after.iter().filter(|row| row.scheme == meant.scheme);
        let earlier = same.clone().find(|row| row.from < meant.from);
        if let Some(earlier) = earlier.filter(|_| meant.first_enrollment) {
            return wrong("first_enrollment", "error.not_first", earlier.from);
        }
        match same.find(|row| row.first_enrollment && row.from > meant.from) {
            Some(first) => wrong("from", "error.before_first", first.from),
            None => Ok(()),
        }
    }

    fn next(&self, meant: &Enrollment) -> Option<&Enrollment> {
        self.after.iter().find(|row| row.from > meant.from)
    }

    fn previous(&self, meant: &Enrollment) -> Option<&Enrollment> {
        self.after.iter().rfind(|row| row.from < meant.from)
    }

    /// Whatever lasted until `day` or longer ends the day before it.
    fn end_before(&mut self, day: NaiveDate) {
        let earlier = self.after.iter_mut().filter(|row| row.from < day);
        for row in earlier.filter(|row| row.until.is_none_or(|until| until >= day)) {
            row.until = day.pred_opt();
        }
    }

    fn sort(&mut self) {
        self.after.sort_by_key(|row| row.from);
    }

    /// All that is not as it was goes first, so that nothing overlaps on the way.
    fn write(&self, tx: &Tx<'_>) -> Result<(), StoreError> {
        for row in self.before.iter().filter(|row| !self.after.contains(row)) {
            enrollment::delete(tx, row.id)?;
        }
        let new = self.after.iter().filter(|row| !self.before.contains(row));
        let (added, changed): (Vec<_>, Vec<_>) = new.partition(|row| row.id == EnrollmentId(0));
        for row in changed {
            enrollment::insert(tx, row)?;
        }
        for row in added {
            let id = enrollment::next_id(tx)?;
            enrollment::insert(tx, &Enrollment { id, ..row.clone() })?;
        }
        Ok(())
    }
}

/// The enrollments of a member, the earliest first.
pub(crate) fn of(household: &Household, member: MemberId) -> Vec<Enrollment> {
    let all = household.enrollments.iter();
    let mut theirs: Vec<Enrollment> = all.filter(|row| row.member == member).cloned().collect();
    theirs.sort_by_key(|row| (row.from, row.id));
    theirs
}

/// 断开的各段 — whole months without an enrollment: between two of `theirs`, or since the last one ended.
pub(crate) fn gaps(theirs: &[Enrollment], today: NaiveDate) -> Vec<EnrollmentGap> {
    let followed = theirs.iter().zip(theirs.iter().skip(1).map(Some));
    let last = theirs.last().map(|last| (last, None));
    let ended = followed.chain(last).filter_map(|(row, next)| {
        let from = row.until?.succ_opt()?;
        let resumed = next.map_or(today, |next| next.from);
        let stopped_in = match Month::of(from) {
            month if month.first_day() == from => month,
            month => month.plus(1),
        };
        let months = Month::of(resumed).since(stopped_in);
        let is_gap = match next {
            Some(_) => months > 0,
            None => from <= today,
        };
        is_gap.then(|| EnrollmentGap {
            from,
            until: next.and_then(|next| next.from.pred_opt()),
            months: u32::try_from(months).unwrap_or_default(),
            before: next.map(|next| next.id),
        })
    });
    ended.collect()
}

fn find(household: &Household, id: EnrollmentId) -> Result<&Enrollment, ApiError> {
    let mut rows = household.enrollments.iter();
    rows.find(|row| row.id == id)
        .ok_or_else(|| ApiError::gone("enrollment"))
}

fn day_before(day: Option<NaiveDate>) -> Option<NaiveDate> {
    day.and_then(|day| day.pred_opt())
}

fn has_account(household: &Household, row: &Enrollment) -> bool {
    household.accounts.iter().any(|account| {
        account.owner == row.member
            && account.kind == AccountKind::Insurance
            && account.pool.as_ref() == Some(&row.pool)
    })
}

/// An employee has an account where they are insured; what is on it is not known.
fn open_account(tx: &Tx<'_>, row: &Enrollment, name: String) -> Result<(), StoreError> {
    let id = account::next_id(tx)?;
    account::insert(
        tx,
        &Account {
            id,
            owner: row.member,
            kind: AccountKind::Insurance,
            pool: Some(row.pool.clone()),
            name,
            opened_on: row.from,
            overdraft: None,
        },
    )
}

#[cfg(test)]
mod tests;
