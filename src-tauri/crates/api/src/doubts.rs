//! 说不通的与可疑的 — a document is a whole household, and what this program could have written is taken
//! back as it is. What nobody can have meant is refused; what is only odd is told when it is checked.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, NaiveDate};
use gongji_domain::{Account, EntryKind, Household, Member, Message};
use gongji_store::{account, entry};

use crate::bindings::name_of;
use crate::{ApiError, Gongji};

/// Refuses a household whose people cannot have lived as it says.
pub(crate) fn possible(today: NaiveDate, household: &Household) -> Result<(), ApiError> {
    for member in &household.members {
        let Some(born) = member.born else { continue };
        let fault = |code: &str| {
            let message = Message::new(code).with("name", &member.name);
            ApiError::input("born", message.with("day", born)).hint("hint.impossible")
        };
        if born > today {
            return Err(fault("error.document_born_later"));
        }
        if born.year() < 1900 {
            return Err(fault("error.document_born_early"));
        }
        let mut insured = household.enrollments.iter();
        if insured.any(|known| known.member == member.id && known.from < born) {
            return Err(fault("error.document_insured_unborn"));
        }
    }
    Ok(())
}

impl Gongji {
    /// 可疑的 — what the record holds and hardly means; the forms would not have taken it.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn doubts(&self, today: NaiveDate) -> Result<Vec<Message>, ApiError> {
        let household = self.store()?.household_without_entries()?;
        let mut doubts = self.doubtful_places(&household);
        doubts.extend(self.doubtful_parts(&household)?);
        doubts.extend(self.credited_twice(&household)?);
        doubts.extend(self.opened_twice(&household)?);
        doubts.extend(self.over_balances(&household)?);
        for account in &household.accounts {
            let last = self.store()?.last_entry_day(account.id)?;
            if let Some(last) = last.filter(|last| *last > today) {
                doubts.push(of_account("doubt.in_future", &household, account).with("day", last));
            }
        }
        let early = household.members.iter().filter_map(|member| {
            let born = member.born?;
            let far = |day: NaiveDate| day < born;
            let mut retired = household
                .enrollments
                .iter()
                .filter(|known| known.member == member.id);
            let unborn = retired.any(|known| known.retired_on.is_some_and(far));
            unborn.then(|| of_member("doubt.retired_unborn", member).with("day", born))
        });
        doubts.extend(early);
        Ok(doubts)
    }

    fn doubtful_places(&self, household: &Household) -> Vec<Message> {
        let insured = household.enrollments.iter();
        let insured = insured.map(|known| (known.member, Some(&known.pool)));
        let kept = household.accounts.iter();
        let kept = kept.map(|account| (account.owner, account.pool.as_ref()));
        let strange: BTreeSet<_> = insured
            .chain(kept)
            .filter_map(|(member, pool)| Some((member, pool?)))
            .filter(|(_, pool)| self.library.pool(pool).is_none())
            .collect();
        let told = strange.into_iter().map(|(member, pool)| {
            let doubt = Message::new("doubt.no_such_pool").with("code", pool);
            doubt.with("member", name_of(household, member))
        });
        told.collect()
    }

    fn doubtful_parts(&self, household: &Household) -> Result<Vec<Message>, ApiError> {
        let mut doubts = Vec::new();
        for (id, sub, _) in self.store()?.balances(NaiveDate::MAX)? {
            let mut accounts = household.accounts.iter();
            let account = accounts.find(|account| account.id == id);
            let (Some(account), Some(sub)) = (account, sub) else {
                continue;
            };
            let pool = account.pool.as_ref();
            let parts = pool.map_or_else(BTreeSet::new, |pool| self.library.sub_accounts(pool));
            if !parts.is_empty() && !parts.contains(&sub) {
                doubts.push(of_account("doubt.no_such_part", household, account).with("sub", sub));
            }
        }
        Ok(doubts)
    }

    fn credited_twice(&self, household: &Household) -> Result<Vec<Message>, ApiError> {
        let first_day = NaiveDate::from_ymd_opt(1900, 1, 1).unwrap_or_default();
        let mut count: BTreeMap<_, usize> = BTreeMap::new();
        for seen in self.store()?.credits_since(first_day)? {
            *count
                .entry((seen.account, seen.sub, seen.month))
                .or_default() += 1;
        }
        let twice = count.into_iter().filter(|(_, count)| *count > 1);
        let told = twice.filter_map(|((id, _, month), count)| {
            let mut accounts = household.accounts.iter();
            let account = accounts.find(|account| account.id == id)?;
            let doubt = of_account("doubt.credited_twice", household, account);
            Some(doubt.with("month", month).with("many", count))
        });
        Ok(told.collect())
    }

    fn opened_twice(&self, household: &Household) -> Result<Vec<Message>, ApiError> {
        let openings = entry::of_kind(self.store()?, EntryKind::Opening)?;
        let mut count: BTreeMap<_, BTreeSet<_>> = BTreeMap::new();
        for opening in &openings {
            let first = opening.corrects.unwrap_or(opening.id);
            for leg in &opening.legs {
                let part = (leg.account, leg.sub.clone());
                count.entry(part).or_default().insert(first);
            }
        }
        let twice = count.into_iter().filter(|(_, firsts)| firsts.len() > 1);
        let mut told = Vec::new();
        for ((id, _), _) in twice {
            if let Some(account) = account::find(self.store()?, id)? {
                told.push(of_account("doubt.opened_twice", household, &account));
            }
        }
        Ok(told)
    }
}

impl Gongji {
    /// What was drawn or given away though it was not there.
    fn over_balances(&self, household: &Household) -> Result<Vec<Message>, ApiError> {
        let uncovered = self.uncovered()?.into_iter();
        let told = uncovered.filter_map(|one| {
            let mut accounts = household.accounts.iter();
            let account = accounts.find(|account| account.id == one.account)?;
            let doubt = of_account("doubt.over_balance", household, account);
            let doubt = doubt.with("day", one.on).with("amount", one.amount);
            Some(doubt.with("most", one.most))
        });
        Ok(told.collect())
    }
}

fn of_account(code: &str, household: &Household, account: &Account) -> Message {
    let doubt = Message::new(code).with("account", &account.name);
    doubt.with("member", name_of(household, account.owner))
}

fn of_member(code: &str, member: &Member) -> Message {
    Message::new(code).with("member", &member.name)
}
