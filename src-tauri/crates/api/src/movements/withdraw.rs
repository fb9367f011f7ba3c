//! 取现 — from a part that may be drawn, into the member's cash where it is kept here.

use gongji_domain::{AccountId, AccountKind, EntryKind, Message, SubAccountId, Yuan};

use super::{Around, Planned, owner_name, positive};
use crate::ApiError;

impl Around<'_> {
    pub(super) fn withdraw(
        &self,
        from: AccountId,
        sub: &SubAccountId,
        amount: Yuan,
    ) -> Result<Planned, ApiError> {
        let account = self.insured(from)?;
        positive(amount)?;
        let name = owner_name(self, account);
        let label = Message::new("step_name.withdrawal")
            .with("name", name)
            .with("amount", amount);
        let mut planned = Planned::new(EntryKind::Withdrawal, label);
        let (may, source) = self.may_be_drawn(account, sub);
        match may {
            Some(true) => planned.view.source = source,
            Some(false) => {
                let reason = Message::new("error.not_withdrawable");
                planned.refuse("sub", reason, source.as_ref());
                return Ok(planned);
            }
            None => planned.note("movement.withdrawable_unknown"),
        }
        self.covers(account, sub, amount)?;
        planned.leg(account.id, Some(sub), -amount);
        let mut accounts = self.household.accounts.iter();
        let cash = accounts.find(|known| {
            known.owner == account.owner
                && known.kind == AccountKind::Cash
                && known.opened_on <= self.on
        });
        match cash {
            Some(cash) => planned.leg(cash.id, None, amount),
            None => planned.note("movement.cash_not_kept"),
        }
        Ok(planned)
    }
}
