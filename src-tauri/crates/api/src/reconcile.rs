//! 对账 — where a difference between what was seen and what was recorded may come from.

use chrono::{Months, NaiveDate};
use gongji_domain::{Account, EntryKind, Household, SubAccountId};
use gongji_engine::{BalanceExplained, Balances, CheckedBalance, explain_balance};

use crate::{ApiError, BalanceCheck, Gongji};

/// How many months back a day of agreement is looked for; what lies before is beyond memory.
const AT_MOST_MONTHS: u32 = 24;

impl Gongji {
    /// 差额的来历 — nothing for an account of cash, for one that agrees, and where no day is known on
    /// which both agreed.
    pub(crate) fn explained(
        &self,
        account: &Account,
        check: &BalanceCheck,
    ) -> Result<Option<BalanceExplained>, ApiError> {
        let Some(sub) = check.sub.as_ref().filter(|_| !check.difference.is_zero()) else {
            return Ok(None);
        };
        let store = self.store()?;
        let household = store.household()?;
        let Some(since) = self.agreed_before(&household, account, sub, check.as_of)? else {
            return Ok(None);
        };
        let mut balances = Balances::new();
        for (id, of, balance) in store.balances(since)? {
            if let Some(of) = of {
                balances.insert((id, of), balance);
            }
        }
        let checked = CheckedBalance {
            account,
            sub,
            since,
            as_of: check.as_of,
            difference: check.difference,
        };
        let explained = explain_balance(&self.library, &household, &balances, checked)?;
        Ok(Some(explained))
    }

    /// The last day before `as_of` on which the record was what was seen: it began there, a difference
    /// was booked, or a check agreed.
    fn agreed_before(
        &self,
        household: &Household,
        account: &Account,
        sub: &SubAccountId,
        as_of: NaiveDate,
    ) -> Result<Option<NaiveDate>, ApiError> {
        let on_it = |entry: &gongji_domain::Entry| {
            let mut legs = entry.legs.iter();
            legs.any(|leg| leg.account == account.id && leg.sub.as_ref() == Some(sub))
        };
        let taken_over = self.standing_of(&[EntryKind::Opening, EntryKind::Adjustment])?;
        let taken_over = taken_over
            .iter()
            .filter(|entry| entry.on < as_of && on_it(entry))
            .map(|entry| entry.on);
        let mut latest = taken_over.max();
        for stated in &household.stated_balances {
            let of_it = stated.account == account.id && stated.sub.as_ref() == Some(sub);
            if !of_it || stated.as_of >= as_of || Some(stated.as_of) <= latest {
                continue;
            }
            let recorded = self
                .store()?
                .balance_on(account.id, Some(sub), stated.as_of)?;
            if recorded == stated.amount {
                latest = Some(stated.as_of);
            }
        }
        let earliest = as_of.checked_sub_months(Months::new(AT_MOST_MONTHS));
        Ok(latest.filter(|latest| earliest.is_none_or(|earliest| *latest >= earliest)))
    }
}

#[cfg(test)]
mod tests;
