//! 一个账户上的一笔 — money that came from or went to the outside.

use chrono::NaiveDate;
use gongji_domain::{AccountKind, Household, MemberId, Message, Relation};
use gongji_engine::Allowed;

use super::Planned;
use crate::bindings::name_of;
use crate::setup::may_bind;
use crate::{ApiError, EntryDraft, Gongji, Movement, MovementDraft};

impl Gongji {
    pub(super) fn plain(
        &self,
        today: NaiveDate,
        household: &Household,
        draft: &MovementDraft,
    ) -> Result<Planned, ApiError> {
        let Movement::Plain {
            account,
            sub,
            kind,
            for_month,
            amount,
            for_member,
        } = &draft.movement
        else {
            return Err(ApiError::gone("movement"));
        };
        let entry = EntryDraft {
            account: *account,
            sub: sub.clone(),
            on: draft.on,
            for_month: *for_month,
            kind: *kind,
            memo: draft.memo.clone(),
            amount: *amount,
            for_member: *for_member,
        };
        self.may_be_recorded(today, &entry)?;
        let for_member = self.paid_for_whom(&entry)?;
        let label = Message::new("step_name.entry")
            .with("kind", kind.word())
            .with("amount", amount);
        let mut planned = Planned::new(*kind, label);
        planned.for_month = *for_month;
        planned.for_member = for_member;
        if let Some(whom) = for_member {
            self.by_binding(household, &entry, whom, &mut planned)?;
        }
        planned.leg(*account, sub.as_ref(), *amount);
        Ok(planned)
    }

    /// What an account paid for somebody else has happened; whether the bindings of that day and the rules
    /// of the place let it is told and not refused.
    fn by_binding(
        &self,
        household: &Household,
        entry: &EntryDraft,
        whom: MemberId,
        planned: &mut Planned,
    ) -> Result<(), ApiError> {
        let mut accounts = household.accounts.iter();
        let account = accounts.find(|known| known.id == entry.account);
        let account = account.ok_or_else(|| ApiError::gone("account"))?;
        if account.kind == AccountKind::Cash {
            return Ok(());
        }
        let verdict =
            |relation: Relation| self.verdict(household, account.owner, whom, relation, entry.on);
        let mut bindings = household.bindings.iter();
        let bound = bindings.find(|bound| {
            (bound.donor, bound.recipient) == (account.owner, whom)
                && bound.bound_on <= entry.on
                && bound.ended_on.is_none_or(|ended| entry.on < ended)
        });
        let Some(bound) = bound else {
            let names = Message::new("movement.not_bound")
                .with("donor", name_of(household, account.owner))
                .with("recipient", name_of(household, whom));
            planned.view.notes.push(names);
            // Where no relation at all is let, the reason has nothing to do with the relation.
            let spouse = verdict(Relation::Spouse);
            if !may_bind(&spouse) && !may_bind(&verdict(Relation::Parent)) {
                planned.view.source = spouse.source;
                planned.view.notes.push(spouse.reason);
            }
            return Ok(());
        };
        let verdict = verdict(bound.relation);
        if verdict.allowed != Allowed::Yes {
            planned.view.source = verdict.source;
            planned.view.notes.push(verdict.reason);
        }
        Ok(())
    }
}
