//! 从更早的日子记起 — the beginning of an account's record put earlier: the opening entry is reversed and
//! stated anew on the new day, and what stood on the old one stays as a check.

use chrono::NaiveDate;
use gongji_domain::{
    Account, Entry, EntryKind, Household, Leg, Message, StatedBalance, StatementId,
};
use gongji_store::{StoreError, Tx, account, entry, stated_balance};

use crate::bindings::name_of;
use crate::movements::as_they_stand;
use crate::{ApiError, BeginningDraft, Gongji, Status};

impl Gongji {
    /// 从更早的日子记起 — one step. Entries may then be recorded from the new day on; where they do not lead
    /// to the balance of the old one, its check says by how much.
    ///
    /// # Errors
    /// Where the day is not earlier than the beginning, a balance is wrong, or the file cannot be written.
    pub fn account_begin(
        &mut self,
        today: NaiveDate,
        draft: &BeginningDraft,
    ) -> Result<Status, ApiError> {
        let household = self.store()?.household_without_entries()?;
        let account = earlier(&household, draft)?;
        let openings = self.openings(account)?;
        let mut began = openings.iter().flat_map(|opening| &opening.legs);
        let is_told = |leg: &Leg| draft.balances.iter().any(|begins| begins.sub == leg.sub);
        if draft.balances.is_empty() || !began.all(is_told) {
            let message = Message::new("error.every_part");
            return Err(ApiError::input("balances", message));
        }
        let kept = self.kept(&household, account, &openings)?;
        let name = name_of(&household, account.owner);
        let label = Message::new("step_name.account_begin").with("name", name);
        let begun = Account {
            opened_on: draft.on,
            ..account.clone()
        };
        self.store_mut()?.command(&label, |tx| {
            account::update(tx, &begun)?;
            let first = openings.first().map(|opening| opening.root());
            for opening in &openings {
                reverse(tx, opening)?;
            }
            let anew = Entry {
                id: entry::next_id(tx)?,
                on: draft.on,
                for_month: None,
                kind: EntryKind::Opening,
                memo: String::new(),
                legs: draft
                    .balances
                    .iter()
                    .map(|begins| Leg {
                        account: begun.id,
                        sub: begins.sub.clone(),
                        amount: begins.amount,
                    })
                    .collect(),
                corrects: first,
                settlement: None,
                for_member: None,
            };
            entry::insert(tx, &anew)?;
            for mut stated in kept {
                stated.id = stated_balance::next_id(tx)?;
                stated_balance::insert(tx, &stated)?;
            }
            Ok(())
        })?;
        self.status(today)
    }

    /// The opening entries of an account, as they stand.
    fn openings(&self, account: &Account) -> Result<Vec<Entry>, ApiError> {
        let of_account = |entry: &&Entry| entry.legs.iter().any(|leg| leg.account == account.id);
        let standing = self.standing_of(&[EntryKind::Opening])?.into_iter();
        Ok(standing.filter(|entry| of_account(&entry)).collect())
    }

    /// Entries of these kinds, each as it stands now; what was reversed does not stand.
    pub(crate) fn standing_of(&self, kinds: &[EntryKind]) -> Result<Vec<Entry>, ApiError> {
        let store = self.store()?;
        let mut entries = entry::of_kind(store, EntryKind::Correction)?;
        for kind in kinds {
            entries.extend(entry::of_kind(store, *kind)?);
        }
        entries.sort_by_key(|entry| entry.id);
        let standing = as_they_stand(&entries).into_iter();
        let standing = standing.filter(|entry| kinds.contains(&entry.kind));
        Ok(standing.cloned().collect())
    }

    /// What the record came to at the end of each day on which a part began: kept as what was seen then.
    fn kept(
        &self,
        household: &Household,
        account: &Account,
        openings: &[Entry],
    ) -> Result<Vec<StatedBalance>, ApiError> {
        let mut kept: Vec<StatedBalance> = Vec::new();
        for (opening, leg) in openings
            .iter()
            .flat_map(|opening| opening.legs.iter().map(move |leg| (opening, leg)))
        {
            let is_it = |stated: &StatedBalance| {
                stated.account == account.id && stated.sub == leg.sub && stated.as_of == opening.on
            };
            if household.stated_balances.iter().any(is_it) || kept.iter().any(is_it) {
                continue;
            }
            let store = self.store()?;
            kept.push(StatedBalance {
                id: StatementId(0),
                account: account.id,
                sub: leg.sub.clone(),
                as_of: opening.on,
                amount: store.balance_on(account.id, leg.sub.as_ref(), opening.on)?,
            });
        }
        Ok(kept)
    }
}

/// The account, where the draft puts its beginning earlier and says what was on it.
fn earlier<'h>(household: &'h Household, draft: &BeginningDraft) -> Result<&'h Account, ApiError> {
    let mut accounts = household.accounts.iter();
    let account = accounts.find(|known| known.id == draft.account);
    let account = account.ok_or_else(|| ApiError::gone("account"))?;
    if draft.on >= account.opened_on {
        let message = Message::new("error.not_earlier").with("day", account.opened_on);
        return Err(ApiError::input("on", message).hint("hint.not_earlier"));
    }
    let mut members = household.members.iter();
    let owner = members.find(|member| member.id == account.owner);
    let born = owner.and_then(|owner| owner.born);
    if born.is_some_and(|born| draft.on < born) {
        let message = Message::new("error.before_birth");
        return Err(ApiError::input("on", message));
    }
    for (place, begins) in draft.balances.iter().enumerate() {
        let field = format!("balances.{place}");
        if begins.amount.is_negative() {
            return Err(ApiError::input(&field, Message::new("error.negative")));
        }
    }
    Ok(account)
}

fn reverse(tx: &Tx<'_>, opening: &Entry) -> Result<(), StoreError> {
    let legs = opening.legs.iter().map(|leg| Leg {
        amount: -leg.amount,
        ..leg.clone()
    });
    let reversal = Entry {
        id: entry::next_id(tx)?,
        kind: EntryKind::Correction,
        memo: String::new(),
        legs: legs.collect(),
        corrects: Some(opening.root()),
        ..opening.clone()
    };
    entry::insert(tx, &reversal)
}

#[cfg(test)]
mod tests;
