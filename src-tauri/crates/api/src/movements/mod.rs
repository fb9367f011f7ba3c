//! 一件事 — what happens to accounts, as one entry with all its legs and one step under one sentence.
//! Each is checked by the rules of the place before it is written, and shown before it is saved.

mod close;
mod give;
mod move_away;
mod plain;
mod premium;
mod refund;
mod returned;
mod roll_over;
mod withdraw;

use std::collections::BTreeMap;

use chrono::NaiveDate;
use gongji_domain::{
    Account, AccountId, AccountKind, Binding, Enrollment, Entry, EntryId, EntryKind, Household,
    Leg, MemberId, Message, Month, PlanItemId, PlannedPremium, PlannedPremiumId, SettlementId,
    SourceRef, StatedCounter, StatementId, SubAccountId, Yuan,
};
use gongji_store::{
    StoreError, Tx, account, binding, enrollment, entry, planned_premium, planned_spending,
    stated_counter,
};

use crate::bindings::name_of;
use crate::covered::{may_go_below, over_balance};
use crate::entry_rules::{not_ahead, opened_by, within_limit};
use crate::{
    ApiError, ErrorCode, Gongji, Movement, MovementChange, MovementDraft, MovementView, Status,
};

/// 要记的 — everything one movement writes, and what is told of it.
pub(crate) struct Planned {
    label: Message,
    kind: EntryKind,
    legs: Vec<Leg>,
    for_month: Option<Month>,
    settlement: Option<SettlementId>,
    for_member: Option<MemberId>,
    /// What it takes back.
    corrects: Option<EntryId>,
    /// An account that is opened with it; its number is the one its legs already name.
    opened: Option<Account>,
    counters: Vec<StatedCounter>,
    enrollments: Vec<Enrollment>,
    bindings: Vec<Binding>,
    plans: Vec<PlanItemId>,
    /// Plans to pay a premium that go, and those that are paid in cash from now on.
    premiums_end: Vec<PlannedPremiumId>,
    premiums_in_cash: Vec<PlannedPremium>,
    view: MovementView,
}

impl Planned {
    fn new(kind: EntryKind, label: Message) -> Planned {
        Planned {
            label,
            kind,
            legs: Vec::new(),
            for_month: None,
            settlement: None,
            for_member: None,
            corrects: None,
            opened: None,
            counters: Vec::new(),
            enrollments: Vec::new(),
            bindings: Vec::new(),
            plans: Vec::new(),
            premiums_end: Vec::new(),
            premiums_in_cash: Vec::new(),
            view: MovementView::default(),
        }
    }

    fn leg(&mut self, account: AccountId, sub: Option<&SubAccountId>, amount: Yuan) {
        self.legs.push(Leg {
            account,
            sub: sub.cloned(),
            amount,
        });
    }

    fn note(&mut self, code: &str) {
        self.view.notes.push(Message::new(code));
    }

    /// The rule says no: shown before saving, and an error when it is saved all the same.
    fn refuse(&mut self, field: &str, reason: Message, source: Option<&SourceRef>) {
        let by = source.map(|source| Message::new("hint.by_rule").with("title", &source.title));
        self.view.source = source.cloned();
        self.view.refused = Some(ApiError {
            code: ErrorCode::Forbidden,
            field: Some(field.to_owned()),
            message: reason,
            hint: by,
        });
    }
}

/// What a movement is judged by: the record without its entries, the day, today.
pub(crate) struct Around<'a> {
    gongji: &'a Gongji,
    household: &'a Household,
    on: NaiveDate,
}

impl Gongji {
    /// 会变什么 — what a movement would change, and why it may not be recorded.
    ///
    /// # Errors
    /// Where a field is wrong, or the file cannot be read.
    pub fn movement_preview(
        &self,
        today: NaiveDate,
        draft: &MovementDraft,
    ) -> Result<MovementView, ApiError> {
        let household = self.store()?.household_without_entries()?;
        let planned = self.planned(today, &household, draft)?;
        let mut view = planned.view;
        for leg in &planned.legs {
            view.changes
                .push(self.change(&household, planned.opened.as_ref(), leg, draft.on)?);
        }
        Ok(view)
    }

    /// 记下一件事 — one entry, one step.
    ///
    /// # Errors
    /// Where a field is wrong, the rules forbid it, or the file cannot be written.
    pub fn movement_record(
        &mut self,
        today: NaiveDate,
        draft: &MovementDraft,
    ) -> Result<Status, ApiError> {
        let household = self.store()?.household_without_entries()?;
        let planned = self.planned(today, &household, draft)?;
        if let Some(refused) = planned.view.refused {
            return Err(refused);
        }
        let label = planned.label.clone();
        self.store_mut()?
            .command(&label, |tx| planned.write(tx, draft))?;
        self.status(today)
    }

    fn planned(
        &self,
        today: NaiveDate,
        household: &Household,
        draft: &MovementDraft,
    ) -> Result<Planned, ApiError> {
        not_ahead(today, draft.on)?;
        let around = Around {
            gongji: self,
            household,
            on: draft.on,
        };
        let planned = match &draft.movement {
            Movement::Plain { .. } => self.plain(today, household, draft),
            Movement::Give { .. } => around.give(&draft.movement),
            Movement::Returned { entry } => around.returned(*entry),
            Movement::Withdraw { from, sub, amount } => around.withdraw(*from, sub, *amount),
            Movement::Refund { settlement, back } => around.refund(*settlement, back),
            Movement::Premium { .. } => around.premium(&draft.movement),
            Movement::MoveAway { from, pool } => around.move_away(*from, pool),
            Movement::Close { member, why, to } => around.close(*member, *why, *to),
            Movement::RollOver {
                account,
                from,
                into,
                amount,
            } => around.roll_over(*account, from, into, *amount),
        }?;
        around.fits(&planned)?;
        Ok(planned)
    }

    fn change(
        &self,
        household: &Household,
        opened: Option<&Account>,
        leg: &Leg,
        on: NaiveDate,
    ) -> Result<MovementChange, ApiError> {
        let there = household
            .accounts
            .iter()
            .find(|account| account.id == leg.account);
        let Some(account) = there.or(opened) else {
            return Err(ApiError::gone("account"));
        };
        let known = match there {
            Some(account) => self.sub_balances(household, account, on)?,
            None => Vec::new(),
        };
        let known = known.into_iter().find(|known| known.sub == leg.sub);
        let before = self.store()?.balance_on(account.id, leg.sub.as_ref(), on)?;
        Ok(MovementChange {
            member: name_of(household, account.owner),
            account: there.map(|account| account.id),
            account_name: self.place_named(&account.name),
            sub: leg.sub.clone(),
            sub_name: match (known, &leg.sub) {
                (Some(known), Some(_)) => Some(known.name),
                (None, Some(sub)) => Some(self.named("", &sub.0)),
                (_, None) => None,
            },
            before,
            amount: leg.amount,
            after: before + leg.amount,
        })
    }
}

impl Planned {
    fn write(self, tx: &Tx<'_>, draft: &MovementDraft) -> Result<(), StoreError> {
        if let Some(opened) = &self.opened {
            account::insert(tx, opened)?;
        }
        if !self.legs.is_empty() {
            let made = Entry {
                id: entry::next_id(tx)?,
                on: draft.on,
                for_month: self.for_month,
                kind: self.kind,
                memo: draft.memo.trim().to_owned(),
                legs: self.legs,
                corrects: self.corrects,
                settlement: self.settlement,
                for_member: self.for_member,
            };
            entry::insert(tx, &made)?;
        }
        for mut counter in self.counters {
            counter.id = stated_counter::next_id(tx)?;
            stated_counter::insert(tx, &counter)?;
        }
        for ended in &self.enrollments {
            enrollment::update(tx, ended)?;
        }
        for ended in &self.bindings {
            binding::update(tx, ended)?;
        }
        for plan in self.plans {
            planned_spending::delete(tx, plan)?;
        }
        for plan in self.premiums_end {
            planned_premium::delete(tx, plan)?;
        }
        for plan in &self.premiums_in_cash {
            planned_premium::update(tx, plan)?;
        }
        Ok(())
    }
}

/// A number that is given when the row is written.
const NOT_YET: StatementId = StatementId(0);

impl<'a> Around<'a> {
    fn account(&self, id: AccountId) -> Result<&'a Account, ApiError> {
        let mut accounts = self.household.accounts.iter();
        accounts
            .find(|account| account.id == id)
            .ok_or_else(|| ApiError::gone("account"))
    }

    /// An insurance account from which money goes on that day.
    fn insured(&self, id: AccountId) -> Result<&'a Account, ApiError> {
        let account = self.account(id)?;
        match account.kind {
            AccountKind::Insurance => Ok(account),
            AccountKind::Cash => Err(ApiError::input(
                "from",
                Message::new("error.not_an_insurance_account"),
            )),
        }
    }

    fn member(&self, id: MemberId) -> Result<MemberId, ApiError> {
        let known = self.household.members.iter().any(|known| known.id == id);
        known.then_some(id).ok_or_else(|| ApiError::gone("member"))
    }

    /// What the part holds at the end of the day.
    fn holds(&self, account: AccountId, sub: Option<&SubAccountId>) -> Result<Yuan, ApiError> {
        Ok(self.gongji.store()?.balance_on(account, sub, self.on)?)
    }

    /// What the part may still give on the day: its balance, with what the member said it may be
    /// overdrawn by.
    fn at_most(&self, account: &Account, sub: &SubAccountId) -> Result<Yuan, ApiError> {
        Ok(self.holds(account.id, Some(sub))? + may_go_below(account, self.on))
    }

    /// No more may go out than is there.
    fn covers(&self, account: &Account, sub: &SubAccountId, amount: Yuan) -> Result<(), ApiError> {
        let most = self.at_most(account, sub)?;
        if amount <= most {
            return Ok(());
        }
        Err(over_balance(most))
    }

    /// The days and the size of what would be written.
    fn fits(&self, planned: &Planned) -> Result<(), ApiError> {
        for leg in &planned.legs {
            let Ok(account) = self.account(leg.account) else {
                continue;
            };
            opened_by(account, self.on)?;
            let all = self
                .gongji
                .store()?
                .balance_on(account.id, None, NaiveDate::MAX)?;
            within_limit(all, leg.amount)?;
        }
        Ok(())
    }
}

/// The name of whoever owns an account of the step.
fn owner_name(around: &Around<'_>, account: &Account) -> String {
    name_of(around.household, account.owner)
}

/// An amount that goes from one place to another is more than nothing.
fn positive(amount: Yuan) -> Result<(), ApiError> {
    if amount.is_zero() {
        return Err(ApiError::input("amount", Message::new("error.zero")));
    }
    if amount.is_negative() {
        return Err(ApiError::input("amount", Message::new("error.negative")));
    }
    within_limit(Yuan::ZERO, amount)
}

/// 各账户净额 — what several entries together did to each part of each account.
pub(crate) fn net<'e>(entries: impl Iterator<Item = &'e Entry>) -> Vec<Leg> {
    let mut net: Vec<Leg> = Vec::new();
    for leg in entries.flat_map(|entry| &entry.legs) {
        let same = |known: &&mut Leg| known.account == leg.account && known.sub == leg.sub;
        match net.iter_mut().find(same) {
            Some(known) => known.amount += leg.amount,
            None => net.push(leg.clone()),
        }
    }
    net.retain(|leg| !leg.amount.is_zero());
    net
}

/// Of each entry as it was first recorded, how it stands now; `entries` by number.
pub(crate) fn as_they_stand(entries: &[Entry]) -> Vec<&Entry> {
    let last: BTreeMap<EntryId, &Entry> =
        entries.iter().map(|entry| (entry.root(), entry)).collect();
    let firsts = entries.iter().filter(|entry| entry.corrects.is_none());
    firsts
        .filter_map(|first| last.get(&first.id).copied())
        .collect()
}
