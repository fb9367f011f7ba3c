//! 家庭共济 — who may pay for whom, and in which order.

use chrono::NaiveDate;
use gongji_domain::{
    Account, AccountKind, Amount, Binding, BindingId, Enrollment, Household, MemberId, Message,
};
use gongji_engine::{AidParty, AidVerdict, aid_verdict};
use gongji_store::binding;

use crate::setup::may_bind;
use crate::{ApiError, BindingDraft, BindingMove, BindingRow, BindingsView, ErrorCode, Gongji};

impl Gongji {
    /// 共济关系，按使用人与备案顺序
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn bindings(&self, today: NaiveDate) -> Result<BindingsView, ApiError> {
        let household = self.store()?.household_without_entries()?;
        let mut rows = Vec::new();
        for bound in &household.bindings {
            rows.push(BindingRow {
                donor_name: name_of(&household, bound.donor),
                recipient_name: name_of(&household, bound.recipient),
                donor_balance: self.may_give(&household, bound.donor, today)?,
                verdict: self.verdict(
                    &household,
                    bound.donor,
                    bound.recipient,
                    bound.relation,
                    today,
                ),
                binding: bound.clone(),
            });
        }
        rows.sort_by_key(|row| {
            (
                row.binding.recipient,
                row.binding.ended_on.is_some(),
                row.binding.rank,
            )
        });
        Ok(BindingsView { bindings: rows })
    }

    /// 能不能绑定
    ///
    /// # Errors
    /// Where a member is not there any more.
    pub fn binding_check(&self, draft: &BindingDraft) -> Result<AidVerdict, ApiError> {
        let household = self.store()?.household_without_entries()?;
        for id in [draft.donor, draft.recipient] {
            if !household.members.iter().any(|member| member.id == id) {
                return Err(ApiError::gone("member"));
            }
        }
        Ok(self.verdict(
            &household,
            draft.donor,
            draft.recipient,
            draft.relation,
            draft.bound_on,
        ))
    }

    /// 记一条绑定
    ///
    /// # Errors
    /// Where the rules forbid it (with the reason, and what may be done instead as the hint), the
    /// two are bound already, or the file cannot be written.
    pub fn binding_add(
        &mut self,
        today: NaiveDate,
        draft: &BindingDraft,
    ) -> Result<BindingsView, ApiError> {
        let verdict = self.binding_check(draft)?;
        if let Some(fault) = forbidden(&verdict, "recipient") {
            return Err(fault);
        }
        let household = self.store()?.household_without_entries()?;
        let bound_already = household.bindings.iter().any(|other| {
            other.donor == draft.donor
                && other.recipient == draft.recipient
                && other.ended_on.is_none()
        });
        if bound_already {
            return Err(ApiError::input(
                "recipient",
                Message::new("error.bound_already"),
            ));
        }
        let rank = live(&household, draft.recipient).count() + 1;
        let label = Message::new("step_name.binding_add")
            .with("donor", name_of(&household, draft.donor))
            .with("recipient", name_of(&household, draft.recipient));
        self.store_mut()?.command(&label, |tx| {
            let id = binding::next_id(tx)?;
            binding::insert(
                tx,
                &Binding {
                    id,
                    donor: draft.donor,
                    recipient: draft.recipient,
                    relation: draft.relation,
                    bound_on: draft.bound_on,
                    ended_on: None,
                    rank: u32::try_from(rank).unwrap_or(u32::MAX),
                },
            )
        })?;
        self.bindings(today)
    }

    /// 改备案先后 — the others of the same recipient close up.
    ///
    /// # Errors
    /// Where the binding is not there any more, or the file cannot be written.
    pub fn binding_move(
        &mut self,
        today: NaiveDate,
        step: &BindingMove,
    ) -> Result<BindingsView, ApiError> {
        let household = self.store()?.household_without_entries()?;
        let moved = find(&household, step.binding)?.clone();
        let mut order: Vec<Binding> = live(&household, moved.recipient)
            .filter(|other| other.id != moved.id)
            .cloned()
            .collect();
        order.sort_by_key(|other| other.rank);
        let place = usize::try_from(step.rank)
            .unwrap_or(1)
            .clamp(1, order.len() + 1)
            - 1;
        order.insert(place, moved);
        self.store_mut()?
            .command(&Message::new("step_name.binding_move"), |tx| {
                for (index, mut bound) in order.into_iter().enumerate() {
                    bound.rank = u32::try_from(index + 1).unwrap_or(u32::MAX);
                    binding::update(tx, &bound)?;
                }
                Ok(())
            })?;
        self.bindings(today)
    }

    /// 解除绑定
    ///
    /// # Errors
    /// Where the day lies before the binding, it is not there any more, or the file cannot be written.
    pub fn binding_end(
        &mut self,
        today: NaiveDate,
        id: BindingId,
        ended_on: NaiveDate,
    ) -> Result<BindingsView, ApiError> {
        let household = self.store()?.household_without_entries()?;
        let mut bound = find(&household, id)?.clone();
        if ended_on < bound.bound_on {
            return Err(ApiError::input(
                "ended_on",
                Message::new("error.ends_before_start"),
            ));
        }
        bound.ended_on = Some(ended_on);
        self.store_mut()?
            .command(&Message::new("step_name.binding_end"), |tx| {
                binding::update(tx, &bound)
            })?;
        self.bindings(today)
    }

    /// Whether `donor` may pay for `recipient` on `day`, by the enrollments of that day.
    pub(crate) fn verdict(
        &self,
        household: &Household,
        donor: MemberId,
        recipient: MemberId,
        relation: gongji_domain::Relation,
        day: NaiveDate,
    ) -> AidVerdict {
        if donor == recipient {
            return AidVerdict::of_oneself();
        }
        match (
            party(household, donor, day),
            party(household, recipient, day),
        ) {
            (Some(donor), Some(recipient)) => {
                aid_verdict(&self.library, &donor, &recipient, relation, day)
            }
            _ => AidVerdict::not_insured(),
        }
    }

    /// What a relative's account may pay others with; the whole of it where no rule names the part.
    fn may_give(
        &self,
        household: &Household,
        donor: MemberId,
        on: NaiveDate,
    ) -> Result<Amount, ApiError> {
        match self.payable(household, donor, on)? {
            Some((.., balance)) => Ok(Amount::Exact(balance)),
            None => self.insurance_balance(household, donor, on),
        }
    }

    /// What the member's insurance accounts hold on `day`; unknown where no opening was ever stated.
    pub(crate) fn insurance_balance(
        &self,
        household: &Household,
        member: MemberId,
        day: NaiveDate,
    ) -> Result<Amount, ApiError> {
        let store = self.store()?;
        let Some(account) = insurance_account(household, member, day) else {
            return Ok(Amount::UNKNOWN);
        };
        if store.last_entry_day(account.id)?.is_none() {
            return Ok(Amount::UNKNOWN);
        }
        Ok(Amount::Exact(store.balance_on(account.id, None, day)?))
    }
}

/// The refusal of a verdict as an error on `field`; `None` where the binding may be recorded.
pub(crate) fn forbidden(verdict: &AidVerdict, field: &str) -> Option<ApiError> {
    if may_bind(verdict) {
        return None;
    }
    Some(ApiError {
        code: ErrorCode::Forbidden,
        field: Some(field.to_owned()),
        message: verdict.reason.clone(),
        hint: verdict.instead.as_ref().map(|instead| instead.what.clone()),
    })
}

/// The enrollment of `member` in force on `day`.
pub(crate) fn enrolled(
    household: &Household,
    member: MemberId,
    day: NaiveDate,
) -> Option<&Enrollment> {
    household
        .enrollments
        .iter()
        .filter(|enrollment| enrollment.member == member && enrollment.from <= day)
        .filter(|enrollment| enrollment.until.is_none_or(|until| until >= day))
        .max_by_key(|enrollment| (enrollment.from, enrollment.id))
}

pub(crate) fn party(household: &Household, member: MemberId, day: NaiveDate) -> Option<AidParty> {
    let enrollment = enrolled(household, member, day)?;
    Some(AidParty {
        pool: enrollment.pool.clone(),
        scheme: enrollment.scheme,
        plan: enrollment.plan.clone(),
        status: enrollment.status,
        has_account: None,
    })
}

pub(crate) fn name_of(household: &Household, id: MemberId) -> String {
    household
        .members
        .iter()
        .find(|member| member.id == id)
        .map_or_else(String::new, |member| member.name.clone())
}

/// 医保个人账户 of a member on a day: that of the place of insurance, else the first one. Somebody who
/// moved may have one of the old place beside it.
pub(crate) fn insurance_account(
    household: &Household,
    member: MemberId,
    day: NaiveDate,
) -> Option<&Account> {
    let own = household
        .accounts
        .iter()
        .filter(|account| account.owner == member && account.kind == AccountKind::Insurance);
    let pool = enrolled(household, member, day).map(|enrolled| &enrolled.pool);
    let of_place = own.clone().find(|account| account.pool.as_ref() == pool);
    of_place.or_else(|| own.clone().next())
}

fn find(household: &Household, id: BindingId) -> Result<&Binding, ApiError> {
    household
        .bindings
        .iter()
        .find(|bound| bound.id == id)
        .ok_or_else(|| ApiError::gone("binding"))
}

fn live(household: &Household, recipient: MemberId) -> impl Iterator<Item = &Binding> {
    household
        .bindings
        .iter()
        .filter(move |bound| bound.recipient == recipient && bound.ended_on.is_none())
}
