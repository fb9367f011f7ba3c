//! 首次设置 — a whole family in one step.

use chrono::NaiveDate;
use gongji_domain::{
    Account, AccountId, AccountKind, Binding, Enrollment, EnrollmentId, Entry, EntryId, EntryKind,
    Leg, Member, MemberId, Message, Scheme, StatedCounter, StatementId, Yuan,
};
use gongji_engine::{AidParty, AidVerdict, Allowed, aid_verdict};
use gongji_store::{
    StoreError, Tx, account, binding, credit_day, enrollment, entry, household, member,
    stated_counter,
};

use crate::bindings::forbidden;
use crate::checks;
use crate::{ApiError, EnrollmentDraft, Gongji, MemberDraft, SetupBinding, SetupDraft, Status};

impl Gongji {
    /// Everything that is wrong with the form, all at once; empty where it can be saved.
    pub fn setup_check(&self, today: NaiveDate, draft: &SetupDraft) -> Vec<ApiError> {
        let mut faults = Vec::new();
        if draft.name.trim().is_empty() {
            faults.push(ApiError::input("name", Message::new("error.blank")));
        }
        for (index, member) in draft.members.iter().enumerate() {
            faults.extend(checks::member(
                &self.library,
                today,
                member,
                &format!("members.{index}."),
            ));
        }
        for (index, binding) in draft.bindings.iter().enumerate() {
            let verdict = self.setup_verdict(draft, binding);
            if let Some(fault) =
                verdict.and_then(|verdict| forbidden(&verdict, &format!("bindings.{index}")))
            {
                faults.push(fault);
            }
        }
        faults
    }

    /// Whether two members of the draft may be bound.
    ///
    /// # Errors
    /// Where a position names no member of the draft.
    pub fn setup_binding_check(
        &self,
        draft: &SetupDraft,
        binding: &SetupBinding,
    ) -> Result<AidVerdict, ApiError> {
        self.setup_verdict(draft, binding)
            .ok_or_else(|| ApiError::gone("member"))
    }

    fn setup_verdict(&self, draft: &SetupDraft, binding: &SetupBinding) -> Option<AidVerdict> {
        if binding.donor == binding.recipient {
            return Some(AidVerdict::of_oneself());
        }
        let party = |position: u32| {
            let member = draft.members.get(usize::try_from(position).ok()?)?;
            Some(member.enrollment.as_ref().map(aid_party))
        };
        let (donor, recipient) = (party(binding.donor)?, party(binding.recipient)?);
        match (donor, recipient) {
            (Some(donor), Some(recipient)) => Some(aid_verdict(
                &self.library,
                &donor,
                &recipient,
                binding.relation,
                binding.bound_on,
            )),
            _ => Some(AidVerdict::not_insured()),
        }
    }

    /// Saves the family as one undo step.
    ///
    /// # Errors
    /// The first fault of [`Gongji::setup_check`], or what keeps the file from being written.
    pub fn setup_save(&mut self, today: NaiveDate, draft: &SetupDraft) -> Result<Status, ApiError> {
        if let Some(fault) = self.setup_check(today, draft).into_iter().next() {
            return Err(fault);
        }
        let names: Vec<String> = draft
            .members
            .iter()
            .map(|member| self.account_name(member))
            .collect();
        let label = Message::new("step_name.setup").with("name", &draft.name);
        self.store_mut()?.command(&label, |tx| {
            household::set(tx, draft.name.trim(), false)?;
            let mut ids = Vec::new();
            for (member, name) in draft.members.iter().zip(&names) {
                ids.push(insert_member(tx, today, member, name)?);
            }
            for bound in &draft.bindings {
                insert_binding(tx, &ids, bound)?;
            }
            Ok(())
        })?;
        self.status(today)
    }

    /// Adds one member with everything the form says, as one step.
    ///
    /// # Errors
    /// The first fault of the form, or what keeps the file from being written.
    pub fn member_add(
        &mut self,
        today: NaiveDate,
        draft: &MemberDraft,
    ) -> Result<MemberId, ApiError> {
        if let Some(fault) = checks::member(&self.library, today, draft, "")
            .into_iter()
            .next()
        {
            return Err(fault);
        }
        let name = self.account_name(draft);
        let label = Message::new("step_name.member_add").with("name", &draft.name);
        Ok(self
            .store_mut()?
            .command(&label, |tx| insert_member(tx, today, draft, &name))?)
    }

    /// The name of the member's insurance account: the place's.
    fn account_name(&self, draft: &MemberDraft) -> String {
        draft
            .enrollment
            .as_ref()
            .map_or_else(String::new, |enrollment| self.place_name(&enrollment.pool))
    }
}

/// A party to mutual aid, as a draft's enrollment describes it.
fn aid_party(enrollment: &EnrollmentDraft) -> AidParty {
    AidParty {
        pool: enrollment.pool.clone(),
        scheme: enrollment.scheme,
        plan: enrollment.plan.clone(),
        status: enrollment.status,
        has_account: None,
    }
}

pub(crate) fn insert_member(
    tx: &Tx<'_>,
    today: NaiveDate,
    draft: &MemberDraft,
    account_name: &str,
) -> Result<MemberId, StoreError> {
    let id = member::next_id(tx)?;
    member::insert(
        tx,
        &Member {
            id,
            name: draft.name.trim().to_owned(),
            born: draft.born,
            note: String::new(),
        },
    )?;
    if let Some(of_draft) = &draft.enrollment {
        insert_enrollment(tx, id, of_draft)?;
        insert_insurance_account(tx, id, today, draft, of_draft, account_name)?;
        insert_counters(tx, id, today, draft, of_draft)?;
    }
    if let Some(cash) = draft.cash {
        insert_cash(tx, id, draft.balances_as_of.unwrap_or(today), cash)?;
    }
    if draft.credit_day.is_some() {
        credit_day::set(tx, id, draft.credit_day)?;
    }
    Ok(id)
}

fn insert_enrollment(
    tx: &Tx<'_>,
    of: MemberId,
    draft: &EnrollmentDraft,
) -> Result<EnrollmentId, StoreError> {
    let id = enrollment::next_id(tx)?;
    enrollment::insert(tx, &drafted(id, of, draft))?;
    Ok(id)
}

/// The enrollment that a draft means.
pub(crate) fn drafted(id: EnrollmentId, of: MemberId, draft: &EnrollmentDraft) -> Enrollment {
    Enrollment {
        id,
        member: of,
        from: draft.from,
        until: draft.until,
        pool: draft.pool.clone(),
        scheme: draft.scheme,
        plan: draft.plan.clone(),
        status: draft.status,
        contribution_base: draft.contribution_base,
        retired_on: draft.retired_on,
        insured_months: draft.insured_months,
        special: draft.special,
        pension: draft.pension,
        frozen_credit: draft.frozen_credit,
        employer: draft.employer.clone(),
        first_enrollment: draft.first_enrollment,
        back_paid: draft.back_paid,
        back_paid_on: draft.back_paid_on,
    }
}

/// An employee has an insurance account; what is on it is an opening entry where it was stated, and
/// unknown where it was not.
fn insert_insurance_account(
    tx: &Tx<'_>,
    of: MemberId,
    today: NaiveDate,
    draft: &MemberDraft,
    enrolled: &EnrollmentDraft,
    name: &str,
) -> Result<(), StoreError> {
    if enrolled.scheme == Scheme::Resident && draft.balances.is_empty() {
        return Ok(());
    }
    let opened_on = draft.balances_as_of.unwrap_or(today);
    let id = account::next_id(tx)?;
    account::insert(
        tx,
        &Account {
            id,
            owner: of,
            kind: AccountKind::Insurance,
            pool: Some(enrolled.pool.clone()),
            name: name.to_owned(),
            opened_on,
            overdraft: None,
        },
    )?;
    if !draft.balances.is_empty() {
        let legs = draft
            .balances
            .iter()
            .map(|(sub, amount)| Leg {
                account: id,
                sub: Some(sub.clone()),
                amount: *amount,
            })
            .collect();
        opening(tx, opened_on, legs)?;
    }
    Ok(())
}

pub(crate) fn insert_cash(
    tx: &Tx<'_>,
    of: MemberId,
    opened_on: NaiveDate,
    amount: Yuan,
) -> Result<AccountId, StoreError> {
    let id = account::next_id(tx)?;
    account::insert(
        tx,
        &Account {
            id,
            owner: of,
            kind: AccountKind::Cash,
            pool: None,
            name: "现金".to_owned(),
            opened_on,
            overdraft: None,
        },
    )?;
    opening(
        tx,
        opened_on,
        vec![Leg {
            account: id,
            sub: None,
            amount,
        }],
    )?;
    Ok(id)
}

fn opening(tx: &Tx<'_>, on: NaiveDate, legs: Vec<Leg>) -> Result<EntryId, StoreError> {
    let id = entry::next_id(tx)?;
    entry::insert(
        tx,
        &Entry {
            id,
            on,
            for_month: None,
            kind: EntryKind::Opening,
            memo: String::new(),
            legs,
            corrects: None,
            settlement: None,
            for_member: None,
        },
    )?;
    Ok(id)
}

fn insert_counters(
    tx: &Tx<'_>,
    of: MemberId,
    today: NaiveDate,
    draft: &MemberDraft,
    enrolled: &EnrollmentDraft,
) -> Result<(), StoreError> {
    for (counter, value) in &draft.counters {
        let id: StatementId = stated_counter::next_id(tx)?;
        stated_counter::insert(
            tx,
            &StatedCounter {
                id,
                member: of,
                pool: enrolled.pool.clone(),
                counter: counter.clone(),
                as_of: draft.counters_as_of.unwrap_or(today),
                value: value.clone(),
            },
        )?;
    }
    Ok(())
}

fn insert_binding(tx: &Tx<'_>, ids: &[MemberId], bound: &SetupBinding) -> Result<(), StoreError> {
    let at = |position: u32| {
        usize::try_from(position)
            .ok()
            .and_then(|index| ids.get(index))
            .copied()
    };
    let (Some(donor), Some(recipient)) = (at(bound.donor), at(bound.recipient)) else {
        return Ok(());
    };
    let rank = binding::all(tx)?
        .iter()
        .filter(|other| other.recipient == recipient)
        .count()
        + 1;
    let id = binding::next_id(tx)?;
    binding::insert(
        tx,
        &Binding {
            id,
            donor,
            recipient,
            relation: bound.relation,
            bound_on: bound.bound_on,
            ended_on: None,
            rank: u32::try_from(rank).unwrap_or(u32::MAX),
        },
    )
}

/// Whether a verdict lets a binding be recorded; what is not known may be, with its question.
pub(crate) fn may_bind(verdict: &AidVerdict) -> bool {
    verdict.allowed != Allowed::No
}
