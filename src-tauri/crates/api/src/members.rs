//! 成员

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};
use gongji_domain::{Entry, EntryKind, Member, MemberId, Message, PoolId};
use gongji_store::{account, credit_day, enrollment, entry, member};

use crate::{ApiError, Gongji, MemberDetail, Status, enrollments};

impl Gongji {
    /// 成员详情
    ///
    /// # Errors
    /// Where the member is not there any more, or the file cannot be read.
    pub fn member_detail(&self, today: NaiveDate, id: MemberId) -> Result<MemberDetail, ApiError> {
        let household = self.store()?.household_without_entries()?;
        let member = household
            .members
            .iter()
            .find(|member| member.id == id)
            .ok_or_else(|| ApiError::gone("member"))?;
        let enrollments = enrollments::of(&household, id);
        let places: BTreeMap<PoolId, String> = enrollments
            .iter()
            .map(|enrollment| (enrollment.pool.clone(), self.place_shown(&enrollment.pool)))
            .collect();
        let mut accounts = Vec::new();
        for account in household
            .accounts
            .iter()
            .filter(|account| account.owner == id)
        {
            accounts.push(self.account_view(&household, account, today)?);
        }
        let mut recorded = household.clone();
        recorded.entries = self.premium_entries()?;
        let (premiums, premium_year) = self.premium_views(&recorded, id, today);
        Ok(MemberDetail {
            premiums,
            premium_year,
            member: member.clone(),
            gaps: enrollments::gaps(&enrollments, today),
            enrollments,
            places,
            accounts,
            counters: self.counters_now(&household, id, today),
            credit_day: household
                .credit_days
                .iter()
                .find(|stated| stated.member == id)
                .map(|stated| stated.day),
            plans: household
                .plans
                .iter()
                .filter(|plan| plan.member == id)
                .map(|plan| self.plan_view(plan))
                .collect(),
            paid_for: self.paid_for(&household, id)?,
        })
    }

    /// 改姓名、出生日期、备注
    ///
    /// # Errors
    /// Where a field is wrong, the member is not there any more, or the file cannot be written.
    pub fn member_save(&mut self, today: NaiveDate, changed: Member) -> Result<Member, ApiError> {
        if changed.name.trim().is_empty() {
            return Err(ApiError::input("name", Message::new("error.blank")));
        }
        let possible = |born: NaiveDate| born <= today && born.year() >= 1900;
        if changed.born.is_some_and(|born| !possible(born)) {
            return Err(ApiError::input("born", Message::new("error.born")));
        }
        let enrollments = enrollment::all(self.store()?)?;
        let mut insured = enrollments
            .iter()
            .filter(|known| known.member == changed.id);
        let before = |from: NaiveDate| changed.born.is_some_and(|born| from < born);
        if let Some(early) = insured.find(|known| before(known.from)) {
            let message = Message::new("error.born_after_insured").with("day", early.from);
            return Err(ApiError::input("born", message));
        }
        let label = Message::new("step_name.member_save").with("name", &changed.name);
        self.store_mut()?
            .command(&label, |tx| member::update(tx, &changed))?;
        Ok(changed)
    }

    /// 删除成员 — only one on whom no records hang but what set-up itself made: the enrollment, the accounts
    /// with what was on them, the counters.
    ///
    /// # Errors
    /// Where records hang on the member, or the file cannot be written.
    pub fn member_remove(&mut self, today: NaiveDate, id: MemberId) -> Result<Status, ApiError> {
        let household = self.store()?.household()?;
        let found = household
            .members
            .iter()
            .find(|member| member.id == id)
            .ok_or_else(|| ApiError::gone("member"))?;
        let owns: Vec<_> = household
            .accounts
            .iter()
            .filter(|account| account.owner == id)
            .map(|account| account.id)
            .collect();
        let touches = |entry: &&Entry| {
            entry.for_member == Some(id) || entry.legs.iter().any(|leg| owns.contains(&leg.account))
        };
        let entries: Vec<&Entry> = household.entries.iter().filter(touches).collect();
        let has_entries = entries.iter().any(|entry| {
            entry.kind != EntryKind::Opening
                || entry.for_member.is_some()
                || entry.corrects.is_some()
        });
        let mut seen = household.stated_balances.iter();
        let has_checks = seen.any(|stated| owns.contains(&stated.account));
        let mut noted = household.missing_credits.iter();
        let has_notes = noted.any(|noted| owns.contains(&noted.account));
        let is_bound = household
            .bindings
            .iter()
            .any(|bound| bound.donor == id || bound.recipient == id);
        let mut premiums = household.premiums.iter();
        let pays = premiums.any(|plan| plan.member == id || plan.paid_by == Some(id));
        let planned = pays || household.plans.iter().any(|plan| plan.member == id);
        let settled = household
            .settlements
            .iter()
            .any(|settlement| settlement.member == id);
        if has_entries || has_checks || has_notes || is_bound || planned || settled {
            return Err(ApiError::input(
                "id",
                Message::new("error.member_has_records").with("name", &found.name),
            )
            .hint("hint.member_has_records"));
        }
        let label = Message::new("step_name.member_remove").with("name", &found.name);
        self.store_mut()?.command(&label, |tx| {
            for counter in household
                .stated_counters
                .iter()
                .filter(|stated| stated.member == id)
            {
                gongji_store::stated_counter::delete(tx, counter.id)?;
            }
            credit_day::set(tx, id, None)?;
            for of in household
                .enrollments
                .iter()
                .filter(|enrollment| enrollment.member == id)
            {
                enrollment::delete(tx, of.id)?;
            }
            for opening in &entries {
                entry::delete(tx, opening.id)?;
            }
            for own in &owns {
                account::delete(tx, *own)?;
            }
            member::delete(tx, id)
        })?;
        self.status(today)
    }

    /// 存本人填写的到账日
    ///
    /// # Errors
    /// Where the day is not 1 to 31, or the file cannot be written.
    pub fn credit_day_save(
        &mut self,
        today: NaiveDate,
        of: MemberId,
        day: Option<u32>,
    ) -> Result<Status, ApiError> {
        if day.is_some_and(|day| !(1..=31).contains(&day)) {
            return Err(ApiError::input("day", Message::new("error.credit_day")));
        }
        self.store_mut()?
            .command(&Message::new("step_name.credit_day"), |tx| {
                credit_day::set(tx, of, day)
            })?;
        self.status(today)
    }
}

/// Whether anything was ever recorded on the account; without it its balance is unknown.
pub(crate) fn has_record(
    store: &gongji_store::Store,
    id: gongji_domain::AccountId,
) -> Result<bool, ApiError> {
    Ok(store.last_entry_day(id)?.is_some())
}
