//! 账户注销 — somebody died or settled abroad: what was left is paid out, insurance and bindings end.

use gongji_domain::{Account, AccountId, AccountKind, EntryKind, MemberId, Message, Yuan};

use super::{Around, Planned};
use crate::bindings::name_of;
use crate::{ApiError, CloseWhy};

impl Around<'_> {
    pub(super) fn close(
        &self,
        member: MemberId,
        why: CloseWhy,
        to: Option<AccountId>,
    ) -> Result<Planned, ApiError> {
        let member = self.member(member)?;
        let code = match why {
            CloseWhy::Died => "step_name.closed_died",
            CloseWhy::Emigrated => "step_name.closed_emigrated",
        };
        let label = Message::new(code).with("name", name_of(self.household, member));
        let mut planned = Planned::new(EntryKind::Closing, label);
        let own: Vec<&Account> = self
            .household
            .accounts
            .iter()
            .filter(|known| known.owner == member && known.kind == AccountKind::Insurance)
            .collect();
        let mut total = Yuan::ZERO;
        for account in &own {
            for (sub, amount) in self.left_on(account)? {
                planned.leg(account.id, Some(&sub), -amount);
                total += amount;
            }
        }
        self.paid_out(&own, to, total, &mut planned)?;
        self.ends(member, &mut planned)?;
        let nothing = planned.legs.is_empty()
            && planned.enrollments.is_empty()
            && planned.bindings.is_empty();
        if nothing {
            return Err(ApiError::input(
                "member",
                Message::new("error.nothing_left"),
            ));
        }
        Ok(planned)
    }

    /// To an account of the family, or to somebody whose account is not kept here.
    fn paid_out(
        &self,
        own: &[&Account],
        to: Option<AccountId>,
        total: Yuan,
        planned: &mut Planned,
    ) -> Result<(), ApiError> {
        let Some(to) = to else {
            if !total.is_zero() {
                planned.note("movement.paid_out_elsewhere");
            }
            return Ok(());
        };
        let heir = self.account(to)?;
        if own.iter().any(|account| account.id == heir.id) {
            return Err(ApiError::input("to", Message::new("error.gives_to_itself")));
        }
        if total.is_zero() {
            return Ok(());
        }
        match heir.kind {
            AccountKind::Cash => planned.leg(heir.id, None, total),
            AccountKind::Insurance => {
                let part = self.first_part(heir)?;
                planned.leg(heir.id, Some(&part), total);
            }
        }
        Ok(())
    }

    /// Insurance ends that day, and so does who pays for whom; nothing is planned any more.
    fn ends(&self, member: MemberId, planned: &mut Planned) -> Result<(), ApiError> {
        let insured = self
            .household
            .enrollments
            .iter()
            .filter(|known| known.member == member);
        for known in insured {
            if known.from > self.on {
                let message = Message::new("error.insured_later").with("day", known.from);
                return Err(ApiError::input("on", message));
            }
            if known.until.is_none_or(|until| until > self.on) {
                let mut ended = known.clone();
                ended.until = Some(self.on);
                planned.enrollments.push(ended);
            }
        }
        let bound = self.household.bindings.iter().filter(|bound| {
            let party = bound.donor == member || bound.recipient == member;
            party && bound.ended_on.is_none_or(|ended| ended > self.on)
        });
        for bound in bound {
            let mut ended = bound.clone();
            ended.ended_on = Some(self.on.max(bound.bound_on));
            planned.bindings.push(ended);
        }
        let plans = self.household.plans.iter();
        planned.plans = plans
            .filter(|plan| plan.member == member)
            .map(|plan| plan.id)
            .collect();
        for plan in &self.household.premiums {
            if plan.member == member {
                planned.premiums_end.push(plan.id);
            } else if plan.paid_by == Some(member) {
                let mut in_cash = plan.clone();
                (in_cash.paid_by, in_cash.relation) = (None, None);
                planned.premiums_in_cash.push(in_cash);
            }
        }
        let premiums = !planned.premiums_end.is_empty() || !planned.premiums_in_cash.is_empty();
        for (any, code) in [
            (premiums, "movement.premiums_end"),
            (!planned.enrollments.is_empty(), "movement.insurance_ends"),
            (!planned.bindings.is_empty(), "movement.bindings_end"),
            (!planned.plans.is_empty(), "movement.plans_end"),
        ] {
            if any {
                planned.note(code);
            }
        }
        Ok(())
    }
}
