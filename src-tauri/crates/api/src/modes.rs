//! 预测的三种方式 — only what is planned; with what the record suggests beside it; or as if something
//! were so.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use gongji_domain::{
    Account, Amount, Entry, EntryId, EntryKind, Household, MemberId, Message, Month, Yuan,
};
use gongji_engine::{HabitOutlook, Projection, ProjectionRequest, Scenario, compare, project_with};

use crate::bindings::{enrolled, forbidden};
use crate::projecting::ahead;
use crate::{
    ApiError, BindingDraft, EmploymentStatus, Gongji, ProjectionAnswer, ProjectionAsk,
    ProjectionMode,
};

impl Gongji {
    /// 预测，往后看若干个月
    ///
    /// # Errors
    /// Where something that is supposed cannot be, or the file cannot be read.
    pub fn projection(
        &self,
        today: NaiveDate,
        ask: &ProjectionAsk,
    ) -> Result<ProjectionAnswer, ApiError> {
        self.projection_by(ahead(today, ask.months), ask.mode, ask.scenario.as_ref())
    }

    /// 只算计划的，往后看若干个月
    pub(crate) fn months_ahead(
        &self,
        today: NaiveDate,
        months: u32,
    ) -> Result<Projection, ApiError> {
        self.projection_with(ahead(today, months))
    }

    /// 预测，按要求和方式
    ///
    /// # Errors
    /// As [`Gongji::projection`].
    pub fn projection_by(
        &self,
        request: ProjectionRequest,
        mode: ProjectionMode,
        scenario: Option<&Scenario>,
    ) -> Result<ProjectionAnswer, ApiError> {
        let (household, balances) = self.starting_point(request.from)?;
        let library = &self.library;
        let projection = project_with(library, &household, &balances, request)?;
        let mut habits = Vec::new();
        let mut comparison = None;
        match mode {
            ProjectionMode::Scheduled => {}
            ProjectionMode::Habits => habits = self.habits(&projection)?,
            ProjectionMode::Scenario => {
                let scenario = scenario.filter(|scenario| !scenario.is_empty());
                let scenario = scenario.ok_or_else(|| {
                    ApiError::input("scenario", Message::new("error.scenario_empty"))
                })?;
                self.check_scenario(scenario, &household, request.from)?;
                let supposed = scenario.applied(&household);
                let supposed = project_with(library, &supposed, &balances, request)?;
                comparison = Some(compare(&projection, supposed));
            }
        }
        Ok(ProjectionAnswer {
            mode,
            actual_until: self.recorded_until(&household, request.from)?,
            projected_from: request.from.succ_opt().unwrap_or(request.from),
            projection,
            habits,
            comparison,
        })
    }

    /// 账记到哪天
    fn recorded_until(
        &self,
        household: &Household,
        today: NaiveDate,
    ) -> Result<Option<NaiveDate>, ApiError> {
        let mut last = None;
        for account in &household.accounts {
            last = last.max(self.store()?.last_entry_day(account.id)?);
        }
        Ok(last.map(|last| last.min(today)))
    }

    /// 平时的花费 — of every member, laid over the scheduled months.
    fn habits(&self, projection: &Projection) -> Result<Vec<HabitOutlook>, ApiError> {
        let household = self.store()?.household()?;
        let members = household.members.iter();
        let outlooks = members.map(|member| {
            let recorded = recorded(&household, member.id, projection.from);
            let habit = gongji_engine::habit(member.id, &recorded, projection.from);
            gongji_engine::with_habit(projection, habit)
        });
        Ok(outlooks.collect())
    }

    /// What cannot be supposed of this household.
    fn check_scenario(
        &self,
        scenario: &Scenario,
        household: &Household,
        today: NaiveDate,
    ) -> Result<(), ApiError> {
        let known: BTreeSet<MemberId> = household.members.iter().map(|member| member.id).collect();
        if scenario.members().any(|member| !known.contains(&member)) {
            return Err(ApiError::gone("member"));
        }
        let this_month = Month::of(today);
        let past = |field: &str| ApiError::input(field, Message::new("error.scenario_in_past"));
        for supposed in &scenario.spendings {
            if supposed.on <= today {
                return Err(past("spendings.on"));
            }
            if supposed.bill.total <= Yuan::ZERO {
                return Err(ApiError::input(
                    "spendings.bill.total",
                    Message::new("error.zero"),
                ));
            }
            supposed.bill.in_scope().map_err(|problem| {
                let what = Message::new("error.bill").with("detail", problem);
                ApiError::input("spendings.bill", what)
            })?;
        }
        for supposed in &scenario.stops {
            if supposed.month <= this_month {
                return Err(past("stops.month"));
            }
            let before = supposed.month.plus(-1).last_day();
            let insured = enrolled(household, supposed.member, before)
                .is_some_and(|enrollment| enrollment.status.in_good_standing());
            if !insured {
                let what = Message::new("error.scenario_not_insured");
                return Err(ApiError::input("stops.member", what));
            }
        }
        for supposed in &scenario.retirements {
            if supposed.month < this_month {
                return Err(past("retirements.month"));
            }
            let first = supposed.month.first_day().max(today);
            let works = enrolled(household, supposed.member, first)
                .is_some_and(|enrollment| enrollment.status == EmploymentStatus::Active);
            if !works {
                let what = Message::new("error.scenario_not_working");
                return Err(ApiError::input("retirements.member", what));
            }
        }
        for supposed in &scenario.bindings {
            let verdict = self.binding_check(&BindingDraft {
                donor: supposed.donor,
                recipient: supposed.recipient,
                relation: supposed.relation,
                bound_on: supposed.from.max(today),
            })?;
            if let Some(fault) = forbidden(&verdict, "bindings.recipient") {
                return Err(fault);
            }
        }
        Ok(())
    }
}

/// Every month before `today` with a record of the member, and what their care cost the family in it:
/// settlements as the slip says, or as was estimated, and spending written down by itself. A month in
/// which a settlement is still open says nothing.
pub(crate) fn recorded(
    household: &Household,
    member: MemberId,
    today: NaiveDate,
) -> BTreeMap<Month, Yuan> {
    let mut months: BTreeMap<Month, Yuan> = BTreeMap::new();
    let mut open = BTreeSet::new();
    for settlement in household
        .settlements
        .iter()
        .filter(|of| of.member == member)
    {
        let month = Month::of(settlement.request.visit.settled_on);
        let printed = settlement.slip.as_ref().and_then(|slip| slip.patient());
        let estimated: Amount = settlement.estimate.payers.patient_paid;
        match printed.or_else(|| estimated.exact()) {
            Some(paid) => *months.entry(month).or_default() += paid,
            None => {
                open.insert(month);
            }
        }
    }
    let owned = |account: &&Account| account.owner == member;
    let owns: BTreeSet<_> = household
        .accounts
        .iter()
        .filter(owned)
        .map(|account| account.id)
        .collect();
    let by_number: BTreeMap<EntryId, &Entry> = household
        .entries
        .iter()
        .map(|entry| (entry.id, entry))
        .collect();
    for entry in &household.entries {
        // What an account paid for a relative is that relative's.
        let for_other = entry.for_member.is_some_and(|whom| whom != member);
        let for_them = entry.for_member == Some(member);
        let legs = entry.legs.iter();
        let legs = legs.filter(|leg| for_them || owns.contains(&leg.account));
        let changes: Vec<Yuan> = legs.map(|leg| leg.amount).collect();
        if changes.is_empty() {
            continue;
        }
        let first = original(&by_number, entry);
        let says_something = !matches!(
            first.kind,
            EntryKind::Opening | EntryKind::Adjustment | EntryKind::Transfer
        );
        if !says_something {
            continue;
        }
        let sum = months.entry(Month::of(first.on)).or_default();
        // What a settlement paid is counted with it.
        if first.kind == EntryKind::Spending && first.settlement.is_none() && !for_other {
            *sum -= changes.into_iter().sum();
        }
    }
    months.retain(|month, _| !open.contains(month) && month.first_day() <= today);
    months
}

/// The entry that a chain of corrections began with.
fn original<'e>(by_number: &BTreeMap<EntryId, &'e Entry>, entry: &'e Entry) -> &'e Entry {
    let mut first = entry;
    while let Some(before) = first.corrects.and_then(|number| by_number.get(&number)) {
        if before.id >= first.id {
            break;
        }
        first = before;
    }
    first
}

#[cfg(test)]
mod tests;
