//! 退回 — a wallet transfer that was not accepted: it is reversed on the day it came back.

use gongji_domain::{EntryId, EntryKind, Leg, Message};
use gongji_store::entry;

use super::give::WALLET;
use super::{Around, Planned, owner_name};
use crate::ApiError;

impl Around<'_> {
    pub(super) fn returned(&self, id: EntryId) -> Result<Planned, ApiError> {
        let chain = entry::chain(self.gongji.store()?, id)?;
        let Some(standing) = chain.last() else {
            return Err(ApiError::gone("entry"));
        };
        let wrong = |code: &str| Err(ApiError::input("entry", Message::new(code)));
        if chain.len() > 1 && standing.kind == EntryKind::Correction {
            return wrong("error.returned_already");
        }
        let into_wallet = |leg: &&Leg| {
            !leg.amount.is_negative() && leg.sub.as_ref().is_some_and(|sub| sub.0 == WALLET)
        };
        let arrived = standing.legs.iter().find(into_wallet);
        let gave = standing.legs.iter().find(|leg| leg.amount.is_negative());
        let is_transfer = standing.kind == EntryKind::Transfer;
        let (Some(arrived), Some(gave)) = (arrived.filter(|_| is_transfer), gave) else {
            return wrong("error.not_a_wallet_transfer");
        };
        if self.on < standing.on {
            let message = Message::new("error.returned_early").with("day", standing.on);
            return Err(ApiError::input("on", message));
        }
        let giver = self.account(gave.account)?;
        let label = Message::new("step_name.returned")
            .with("name", owner_name(self, giver))
            .with("amount", arrived.amount);
        let mut planned = Planned::new(EntryKind::Correction, label);
        planned.corrects = Some(standing.root());
        planned.for_member = standing.for_member;
        for leg in &standing.legs {
            planned.leg(leg.account, leg.sub.as_ref(), -leg.amount);
        }
        // Money that was never accepted was not spent.
        let wallet = self.account(arrived.account)?;
        if let Some(sub) = &arrived.sub {
            self.covers(wallet, sub, arrived.amount)?;
        }
        Ok(planned)
    }
}
