//! 分录 — one leg on one account recorded, corrected, and told from the side of each account.

use chrono::NaiveDate;
use gongji_domain::{
    Account, AccountId, Entry, EntryId, EntryKind, Household, Leg, MemberId, Message, SubAccountId,
    Yuan,
};
use gongji_store::{EntryLine, OtherSide, StoreError, Tx, account, entry, member};

use crate::bindings::name_of;
use crate::covered::{may_go_below, over_balance};
use crate::entry_rules::opened_by;
use crate::{ApiError, EntryDraft, EntryPage, EntryRow, Gongji, OtherAccount, PaidForRow};

/// How many of the payments of others a member's page shows.
const SHOWN: u32 = 50;

impl Gongji {
    /// 账户的一页分录，新的在前
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn entries(
        &self,
        account: AccountId,
        sub: Option<&SubAccountId>,
        offset: u32,
        limit: u32,
    ) -> Result<EntryPage, ApiError> {
        let page = self
            .store()?
            .entries_page(account, sub, offset, limit.min(500))?;
        let people = self.people()?;
        Ok(EntryPage {
            rows: page
                .lines
                .into_iter()
                .map(|line| self.told(&people, account, line))
                .collect(),
            total: page.total,
        })
    }

    /// 记一笔
    ///
    /// # Errors
    /// Where a field is wrong, or the file cannot be written.
    pub fn entry_record(
        &mut self,
        today: NaiveDate,
        draft: &EntryDraft,
    ) -> Result<EntryRow, ApiError> {
        self.may_be_recorded(today, draft)?;
        let for_member = self.paid_for_whom(draft)?;
        let label = Message::new("step_name.entry")
            .with("kind", draft.kind.word())
            .with("amount", draft.amount);
        let id = self
            .store_mut()?
            .command(&label, |tx| insert(tx, draft, for_member))?;
        self.row_of(draft.account, id)
    }

    /// 更正一笔 — the old one is reversed on its day and stated anew; nothing is overwritten. What stands
    /// on several accounts is stated anew on all of them.
    ///
    /// # Errors
    /// Where a field is wrong, the entry is not there, it cannot be corrected by one of its sides, or the
    /// file cannot be written.
    pub fn entry_correct(
        &mut self,
        today: NaiveDate,
        wrong: EntryId,
        draft: &EntryDraft,
    ) -> Result<EntryRow, ApiError> {
        self.fits(today, draft, Some(wrong))?;
        let chain = entry::chain(self.store()?, wrong)?;
        let Some(first) = chain.first() else {
            return Err(ApiError::gone("entry"));
        };
        let standing = chain
            .iter()
            .rev()
            .find(|entry| entry.kind != EntryKind::Correction)
            .unwrap_or(first);
        if standing.settlement.is_some() {
            let message = Message::new("error.correct_settled");
            return Err(ApiError::input("kind", message).hint("hint.correct_settled"));
        }
        let legs = stated_anew(standing, draft)?;
        let household = self.people()?;
        for leg in &legs {
            let mut accounts = household.accounts.iter();
            let touched = accounts.find(|known| known.id == leg.account);
            touched.map_or(Ok(()), |touched| opened_by(touched, draft.on))?;
        }
        self.covered(standing, draft.on, &legs, &household)?;
        let reversal = Entry {
            id: wrong,
            kind: EntryKind::Correction,
            memo: String::new(),
            legs: standing
                .legs
                .iter()
                .map(|leg| Leg {
                    amount: -leg.amount,
                    ..leg.clone()
                })
                .collect(),
            corrects: Some(wrong),
            ..standing.clone()
        };
        let anew = Entry {
            id: wrong,
            on: draft.on,
            for_month: draft.for_month,
            kind: draft.kind,
            memo: draft.memo.trim().to_owned(),
            legs,
            corrects: Some(wrong),
            settlement: None,
            for_member: match draft.kind {
                EntryKind::Spending => self.paid_for_whom(draft)?,
                kind => standing.for_member.filter(|_| kind == standing.kind),
            },
        };
        let label = Message::new("step_name.entry_correct").with("amount", draft.amount);
        self.store_mut()?.command(&label, |tx| {
            let id = entry::next_id(tx)?;
            entry::insert(tx, &Entry { id, ..reversal })?;
            let id = entry::next_id(tx)?;
            entry::insert(tx, &Entry { id, ..anew })
        })?;
        self.row_of(draft.account, wrong)
    }

    /// What is wrong with an entry of one account that is to be recorded.
    pub(crate) fn may_be_recorded(
        &self,
        today: NaiveDate,
        draft: &EntryDraft,
    ) -> Result<(), ApiError> {
        let by_itself = matches!(
            draft.kind,
            EntryKind::Withdrawal
                | EntryKind::RollOver
                | EntryKind::Closing
                | EntryKind::Correction
        );
        if by_itself {
            let message = Message::new("error.two_sides").with("kind", draft.kind.word());
            return Err(ApiError::input("kind", message));
        }
        self.fits(today, draft, None)
    }

    /// 替谁付的 — of spending, where it was for somebody else than the owner of the account.
    pub(crate) fn paid_for_whom(&self, draft: &EntryDraft) -> Result<Option<MemberId>, ApiError> {
        let Some(whom) = draft.for_member else {
            return Ok(None);
        };
        let store = self.store()?;
        if member::find(store, whom)?.is_none() {
            return Err(ApiError::gone("member"));
        }
        let account = account::find(store, draft.account)?;
        let is_own = account.is_some_and(|account| account.owner == whom);
        Ok((draft.kind == EntryKind::Spending && !is_own).then_some(whom))
    }

    /// Whether the entry may stand beside what is recorded; `wrong` is the one that it corrects.
    pub(crate) fn fits(
        &self,
        today: NaiveDate,
        draft: &EntryDraft,
        wrong: Option<EntryId>,
    ) -> Result<(), ApiError> {
        let next = entry::next_id(self.store()?)?;
        let entry = drafted(next, draft, wrong);
        let taken = self.beside(today)?.take(&entry);
        taken.map_err(|unfit| unfit.error)
    }

    /// Cash that is drawn, and what goes to somebody else, must have been there.
    fn covered(
        &self,
        standing: &Entry,
        on: NaiveDate,
        legs: &[Leg],
        household: &Household,
    ) -> Result<(), ApiError> {
        if legs.len() < 2 && standing.kind != EntryKind::Withdrawal {
            return Ok(());
        }
        for leg in legs.iter().filter(|leg| leg.amount.is_negative()) {
            let before = standing.legs.iter();
            let before: Yuan = before
                .filter(|known| known.account == leg.account && known.sub == leg.sub)
                .map(|known| known.amount)
                .sum();
            let mut accounts = household.accounts.iter();
            let account = accounts.find(|known| known.id == leg.account);
            let below = account.map_or(Yuan::ZERO, |known| may_go_below(known, on));
            let holds = self
                .store()?
                .balance_on(leg.account, leg.sub.as_ref(), NaiveDate::MAX)?;
            let most = holds - before + below;
            if -leg.amount > most && leg.amount < before {
                return Err(over_balance(most));
            }
        }
        Ok(())
    }

    /// Whom accounts belong to; nothing else of the record.
    fn people(&self) -> Result<Household, ApiError> {
        let store = self.store()?;
        Ok(Household {
            members: member::all(store)?,
            accounts: account::all(store)?,
            ..Household::default()
        })
    }

    fn row_of(&self, account: AccountId, id: EntryId) -> Result<EntryRow, ApiError> {
        // The newest entries come first, and what was just recorded is seldom far down.
        let mut offset = 0;
        loop {
            let page = self.store()?.entries_page(account, None, offset, 500)?;
            if page.lines.is_empty() {
                return Err(ApiError::gone("entry"));
            }
            if let Some(line) = page.lines.into_iter().find(|line| line.id == id) {
                return Ok(self.told(&self.people()?, account, line));
            }
            offset += 500;
        }
    }

    /// 家人的账户替这位成员付的
    pub(crate) fn paid_for(
        &self,
        household: &Household,
        id: MemberId,
    ) -> Result<Vec<PaidForRow>, ApiError> {
        let paid = self.store()?.paid_for(id, SHOWN)?.into_iter();
        let rows = paid.map(|paid| PaidForRow {
            id: paid.entry,
            on: paid.on,
            kind: paid.kind,
            by: owner(household, paid.account)
                .map(|owner| name_of(household, owner))
                .unwrap_or_default(),
            amount: paid.amount,
        });
        Ok(rows.collect())
    }

    /// A line as seen from one account.
    fn told(&self, household: &Household, account: AccountId, line: EntryLine) -> EntryRow {
        let own = owner(household, account);
        let for_whom = line.for_member.filter(|whom| Some(*whom) != own);
        let others = line.others.into_iter();
        EntryRow {
            id: line.id,
            on: line.on,
            for_month: line.for_month,
            kind: line.kind,
            memo: line.memo,
            sub: line.sub,
            amount: line.amount,
            balance: line.balance,
            was: line.was,
            was_on: line.was_on,
            settlement: line.settlement,
            for_member: for_whom,
            for_whom: for_whom.map(|whom| name_of(household, whom)),
            others: others
                .filter_map(|other| self.other(household, own, other))
                .collect(),
        }
    }

    fn other(
        &self,
        household: &Household,
        own: Option<MemberId>,
        side: OtherSide,
    ) -> Option<OtherAccount> {
        let account = find(household, side.account)?;
        Some(OtherAccount {
            member: name_of(household, account.owner),
            same_member: Some(account.owner) == own,
            name: self.place_named(&account.name),
            amount: side.amount,
            in_wallet: side.in_wallet,
        })
    }
}

fn find(household: &Household, id: AccountId) -> Option<&Account> {
    household.accounts.iter().find(|known| known.id == id)
}

fn owner(household: &Household, id: AccountId) -> Option<MemberId> {
    find(household, id).map(|account| account.owner)
}

/// The legs of a corrected entry. Of one leg it is what was typed; of two that even out the other moves
/// with it; of several that do not, the others stay as they are.
fn stated_anew(standing: &Entry, draft: &EntryDraft) -> Result<Vec<Leg>, ApiError> {
    let typed = Leg {
        account: draft.account,
        sub: draft.sub.clone(),
        amount: draft.amount,
    };
    if standing.legs.len() < 2 {
        return Ok(vec![typed]);
    }
    let together = || {
        let message = Message::new("error.correct_together");
        ApiError::input("kind", message).hint("hint.correct_together")
    };
    let is_it = |leg: &Leg| leg.account == draft.account && leg.sub == draft.sub;
    let mut mine = standing.legs.iter().filter(|leg| is_it(leg));
    let (Some(mine), None) = (mine.next(), mine.next()) else {
        return Err(together());
    };
    if draft.kind != standing.kind {
        return Err(together());
    }
    let sum: Yuan = standing.legs.iter().map(|leg| leg.amount).sum();
    let even = sum.is_zero();
    if even && mine.amount.is_negative() != draft.amount.is_negative() {
        let message = Message::new("error.correct_direction");
        return Err(ApiError::input("amount", message));
    }
    if even && standing.legs.len() > 2 && mine.amount != draft.amount {
        return Err(together());
    }
    let mut legs = standing.legs.clone();
    for leg in &mut legs {
        if is_it(leg) {
            leg.amount = draft.amount;
        } else if even && standing.legs.len() == 2 {
            leg.amount = -draft.amount;
        }
    }
    Ok(legs)
}

/// The entry that a draft means.
fn drafted(id: EntryId, draft: &EntryDraft, corrects: Option<EntryId>) -> Entry {
    let leg = Leg {
        account: draft.account,
        sub: draft.sub.clone(),
        amount: draft.amount,
    };
    Entry {
        id,
        on: draft.on,
        for_month: draft.for_month,
        kind: draft.kind,
        memo: draft.memo.trim().to_owned(),
        legs: vec![leg],
        corrects,
        settlement: None,
        for_member: None,
    }
}

/// Writes one leg as an entry.
pub(crate) fn insert(
    tx: &Tx<'_>,
    draft: &EntryDraft,
    for_member: Option<MemberId>,
) -> Result<EntryId, StoreError> {
    let id = entry::next_id(tx)?;
    let drafted = drafted(id, draft, None);
    entry::insert(
        tx,
        &Entry {
            for_member,
            ..drafted
        },
    )?;
    Ok(id)
}
