//! 账户转到别处 — all that the old account holds goes to the account of the new place.

use chrono::NaiveDate;
use gongji_domain::{
    Account, AccountId, AccountKind, EntryKind, Household, MemberId, Message, PoolId, SubAccountId,
};
use gongji_policy::Rules;
use gongji_store::account;

use super::{Around, Planned, owner_name};
use crate::bindings::enrolled;
use crate::places::subs;
use crate::{ApiError, Gongji};

impl Gongji {
    /// 账户依哪一份规则 — of its place, on that day.
    pub(crate) fn account_rules(
        &self,
        household: &Household,
        account: &Account,
        on: NaiveDate,
    ) -> Option<Rules<'_>> {
        let insured = enrolled(household, account.owner, on);
        let scheme = insured.map_or("employee", |enrolled| enrolled.scheme.word());
        let pool = account.pool.as_ref()?;
        let rules = self.library.rules(pool, scheme, on);
        // An account of earlier years is kept by the rules for employees.
        rules.filter(|rules| !subs(rules).is_empty()).or_else(|| {
            let employee = gongji_domain::Scheme::Employee.word();
            self.library.rules(pool, employee, on)
        })
    }
}

impl<'a> Around<'a> {
    pub(super) fn move_away(&self, from: AccountId, pool: &PoolId) -> Result<Planned, ApiError> {
        let old = self.insured(from)?;
        if self.gongji.library.pool(pool).is_none() {
            let message = Message::new("error.no_such_pool").with("detail", pool);
            return Err(ApiError::input("pool", message));
        }
        if old.pool.as_ref() == Some(pool) {
            return Err(ApiError::input("pool", Message::new("error.same_place")));
        }
        let there = self.household.accounts.iter().find(|account| {
            account.owner == old.owner
                && account.kind == AccountKind::Insurance
                && account.pool.as_ref() == Some(pool)
        });
        let new = match there {
            Some(there) => there.clone(),
            None => self.opened_for(old.owner, pool)?,
        };
        let label = Message::new("step_name.move_away")
            .with("name", owner_name(self, old))
            .with("place", self.gongji.place_name(pool));
        let mut planned = Planned::new(EntryKind::Transfer, label);
        let parts = self.parts_of(&new);
        let first = self.first_part(&new)?;
        for (sub, amount) in self.left_on(old)? {
            let same = parts.contains(&sub);
            planned.leg(old.id, Some(&sub), -amount);
            let into = if same { &sub } else { &first };
            planned.leg(new.id, Some(into), amount);
        }
        if planned.legs.is_empty() {
            return Err(ApiError::input("from", Message::new("error.nothing_left")));
        }
        let insured = enrolled(self.household, old.owner, self.on);
        if insured.is_none_or(|insured| insured.pool != *pool) {
            planned.note("movement.not_insured_there");
        }
        planned.opened = there.is_none().then_some(new);
        Ok(planned)
    }

    /// What each part of an account holds on the day; none may be below zero.
    pub(super) fn left_on(
        &self,
        account: &Account,
    ) -> Result<Vec<(SubAccountId, gongji_domain::Yuan)>, ApiError> {
        let store = self.gongji.store()?;
        let all = store.balances(self.on)?.into_iter();
        let own = all.filter(|(id, ..)| *id == account.id);
        let left: Vec<_> = own
            .filter_map(|(_, sub, amount)| Some((sub?, amount)))
            .filter(|(_, amount)| !amount.is_zero())
            .collect();
        if left.iter().any(|(_, amount)| amount.is_negative()) {
            let message = Message::new("error.account_below_zero");
            return Err(ApiError::input("from", message).hint("hint.account_below_zero"));
        }
        // What was recorded later would stand on an account that is said to be empty.
        let later = store.last_entry_day(account.id)?;
        if later.is_some_and(|later| later > self.on) {
            let message = Message::new("error.entries_later");
            return Err(ApiError::input("on", message).hint("hint.entries_later"));
        }
        Ok(left)
    }

    /// A new insurance account of the place, from that day on.
    pub(super) fn opened_for(&self, owner: MemberId, pool: &PoolId) -> Result<Account, ApiError> {
        Ok(Account {
            id: account::next_id(self.gongji.store()?)?,
            owner,
            kind: AccountKind::Insurance,
            pool: Some(pool.clone()),
            name: self.gongji.place_name(pool),
            opened_on: self.on,
            overdraft: None,
        })
    }

    /// The rules of the place that keeps the account.
    pub(super) fn rules_of(&self, account: &Account) -> Option<Rules<'a>> {
        let insured = enrolled(self.household, account.owner, self.on);
        let scheme = insured.map_or("employee", |enrolled| enrolled.scheme.word());
        let pool = account.pool.as_ref()?;
        let library = &self.gongji.library;
        let rules = library.rules(pool, scheme, self.on);
        // An account of earlier years is kept by the rules for employees.
        rules.filter(|rules| !subs(rules).is_empty()).or_else(|| {
            let employee = gongji_domain::Scheme::Employee.word();
            library.rules(pool, employee, self.on)
        })
    }

    pub(super) fn parts_of(&self, account: &Account) -> Vec<SubAccountId> {
        let rules = self.rules_of(account);
        let parts = rules.map(|rules| subs(&rules)).unwrap_or_default();
        parts.into_iter().map(|part| part.id).collect()
    }

    /// The part into which money comes: 「book」 where the rules name one, else their first.
    pub(super) fn first_part(&self, account: &Account) -> Result<SubAccountId, ApiError> {
        let parts = self.parts_of(account);
        let book = SubAccountId::from("book");
        if parts.is_empty() || parts.contains(&book) {
            return Ok(book);
        }
        let first = parts.into_iter().next();
        first.ok_or_else(|| ApiError::gone("account"))
    }

    /// Whether the part may be drawn, and what says so.
    pub(super) fn may_be_drawn(
        &self,
        account: &Account,
        sub: &SubAccountId,
    ) -> (Option<bool>, Option<gongji_domain::SourceRef>) {
        let Some(rules) = self.rules_of(account) else {
            return (None, None);
        };
        let named = rules.blocks.iter().find_map(|held| {
            let is_it = held.block.head.id.as_deref() == Some(sub.0.as_str());
            match &held.block.body {
                gongji_policy::Body::SubAccount(part) if is_it && !held.off => {
                    Some((part.withdrawable, held.source()))
                }
                _ => None,
            }
        });
        named.unwrap_or((None, None))
    }
}
