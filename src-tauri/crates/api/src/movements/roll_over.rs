//! 结转 — from one part of an account into another, as the app showed it.

use gongji_domain::{AccountId, EntryKind, Message, SubAccountId, Yuan};

use super::{Around, Planned, owner_name, positive};
use crate::ApiError;

impl Around<'_> {
    pub(super) fn roll_over(
        &self,
        account: AccountId,
        from: &SubAccountId,
        into: &SubAccountId,
        amount: Yuan,
    ) -> Result<Planned, ApiError> {
        let account = self.insured(account)?;
        positive(amount)?;
        if from == into {
            return Err(ApiError::input("into", Message::new("error.same_part")));
        }
        self.covers(account, from, amount)?;
        let label = Message::new("step_name.roll_over")
            .with("name", owner_name(self, account))
            .with("amount", amount);
        let mut planned = Planned::new(EntryKind::RollOver, label);
        planned.leg(account.id, Some(from), -amount);
        planned.leg(account.id, Some(into), amount);
        Ok(planned)
    }
}
