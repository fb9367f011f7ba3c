//! 一个账户上的一笔 — money that came from or went to the outside.

use chrono::NaiveDate;
use gongji_domain::Message;

use super::Planned;
use crate::{ApiError, EntryDraft, Gongji, Movement, MovementDraft};

impl Gongji {
    pub(super) fn plain(
        &self,
        today: NaiveDate,
        draft: &MovementDraft,
    ) -> Result<Planned, ApiError> {
        let Movement::Plain {
            account,
            sub,
            kind,
            for_month,
            amount,
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
        };
        self.may_be_recorded(today, &entry)?;
        let label = Message::new("step_name.entry")
            .with("kind", kind.word())
            .with("amount", amount);
        let mut planned = Planned::new(*kind, label);
        planned.for_month = *for_month;
        planned.leg(*account, sub.as_ref(), *amount);
        Ok(planned)
    }
}
