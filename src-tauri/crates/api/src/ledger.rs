//! 账户与分录 — what is there, what was recorded, what was stated.

use chrono::{Months, NaiveDate};
use gongji_domain::{
    Account, AccountId, AccountKind, EntryKind, Household, MemberId, Message, MissingCredit, Month,
    Overdraft, StatedBalance, StatedCounter, SubAccountId, Yuan,
};
use gongji_policy::Phrase;
use gongji_store::{StoreError, account, missing_credit, stated_balance, stated_counter};

use crate::bindings::enrolled;
use crate::entries::insert;
use crate::entry_rules::within_limit;
use crate::places::subs;
use crate::{
    AccountView, ApiError, BalanceCheck, BalanceDraft, CounterDraft, CounterNow, CreditAnswer,
    EntryDraft, Gongji, Language, OverdraftDraft, Status, SubBalance, heading,
};

impl Gongji {
    /// 账户视图 — sub-accounts in the order of the rules, with the latest checks.
    pub(crate) fn account_view(
        &self,
        household: &Household,
        account: &Account,
        today: NaiveDate,
    ) -> Result<AccountView, ApiError> {
        let store = self.store()?;
        let subs = self.sub_balances(household, account, today)?;
        let mut checks: Vec<BalanceCheck> = Vec::new();
        let mut newest_first: Vec<&StatedBalance> = household
            .stated_balances
            .iter()
            .filter(|stated| stated.account == account.id)
            .collect();
        newest_first.sort_by_key(|stated| std::cmp::Reverse((stated.as_of, stated.id)));
        for stated in newest_first {
            let recorded = store.balance_on(account.id, stated.sub.as_ref(), stated.as_of)?;
            let newest = !checks.iter().any(|known| known.sub == stated.sub);
            let mut check = checked(stated, recorded);
            if newest {
                check.explained = self.explained(account, &check)?;
            }
            checks.push(check);
        }
        Ok(AccountView {
            id: account.id,
            kind: account.kind,
            name: self.place_named(&account.name),
            opened_on: account.opened_on,
            balance: subs.iter().map(|sub| sub.balance).sum(),
            subs,
            checks,
            overdraft: account.overdraft.clone(),
            last_credited: self.last_credited(account, today)?,
        })
    }

    /// The month of the latest credit of the last two years.
    fn last_credited(
        &self,
        account: &Account,
        today: NaiveDate,
    ) -> Result<Option<Month>, ApiError> {
        let since = today.checked_sub_months(Months::new(24)).unwrap_or(today);
        let seen = self.store()?.credits_since(since)?.into_iter();
        let months = seen.filter(|seen| seen.account == account.id);
        Ok(months.map(|seen| seen.month).max())
    }

    /// 各子账户余额 — every sub-account the rules name, and any other that was ever used.
    pub(crate) fn sub_balances(
        &self,
        household: &Household,
        account: &Account,
        today: NaiveDate,
    ) -> Result<Vec<SubBalance>, ApiError> {
        let held: Vec<(Option<SubAccountId>, Yuan)> = self
            .store()?
            .balances(today)?
            .into_iter()
            .filter(|(id, _, _)| *id == account.id)
            .map(|(_, sub, balance)| (sub, balance))
            .collect();
        if account.kind == AccountKind::Cash {
            let balance = held.iter().map(|(_, balance)| *balance).sum();
            return Ok(vec![SubBalance {
                sub: None,
                name: account.name.clone(),
                balance,
                withdrawable: true,
            }]);
        }
        let scheme = enrolled(household, account.owner, today)
            .map_or("employee", |enrollment| enrollment.scheme.word());
        let rules = account
            .pool
            .as_ref()
            .and_then(|pool| self.library.rules(pool, scheme, today));
        let named = rules.as_ref().map(subs).unwrap_or_default();
        let of = |sub: &SubAccountId| {
            held.iter()
                .find(|(id, _)| id.as_ref() == Some(sub))
                .map(|(_, balance)| *balance)
        };
        let language = Language::of(&self.settings()?.language);
        let mut all: Vec<SubBalance> = named
            .iter()
            .map(|sub| SubBalance {
                sub: Some(sub.id.clone()),
                name: self.named(&sub.name, &sub.id.0),
                balance: of(&sub.id).unwrap_or_default(),
                withdrawable: sub.withdrawable,
            })
            .collect();
        for (sub, balance) in held
            .iter()
            .filter_map(|(sub, balance)| sub.as_ref().map(|sub| (sub, balance)))
        {
            if !named.iter().any(|known| known.id == *sub) {
                all.push(SubBalance {
                    sub: Some(sub.clone()),
                    name: heading(language, &Phrase::word(sub.0.clone())),
                    balance: *balance,
                    withdrawable: false,
                });
            }
        }
        Ok(all)
    }

    /// 填写余额 — a check; its difference is shown, and booked as one entry where the user says so.
    ///
    /// # Errors
    /// Where the day lies in the future, or the file cannot be written.
    pub fn balance_state(
        &mut self,
        today: NaiveDate,
        draft: &BalanceDraft,
    ) -> Result<BalanceCheck, ApiError> {
        if draft.as_of > today {
            return Err(ApiError::input("as_of", Message::new("error.in_future")));
        }
        let store = self.store_mut()?;
        let first = !has_entry(store, draft.account, draft.sub.as_ref())?;
        let recorded = store.balance_on(draft.account, draft.sub.as_ref(), draft.as_of)?;
        within_limit(Yuan::ZERO, draft.amount)?;
        let difference = draft.amount - recorded;
        let label = Message::new("step_name.balance").with("amount", draft.amount);
        let stated = store.command(&label, |tx| {
            let stated = StatedBalance {
                id: stated_balance::next_id(tx)?,
                account: draft.account,
                sub: draft.sub.clone(),
                as_of: draft.as_of,
                amount: draft.amount,
            };
            stated_balance::insert(tx, &stated)?;
            // The first figure of an account is where its record begins.
            let kind = if first {
                EntryKind::Opening
            } else {
                EntryKind::Adjustment
            };
            if first || (draft.book_difference && !difference.is_zero()) {
                let booked = EntryDraft {
                    account: draft.account,
                    sub: draft.sub.clone(),
                    on: draft.as_of,
                    for_month: None,
                    kind,
                    memo: String::new(),
                    amount: difference,
                    for_member: None,
                };
                insert(tx, &booked, None)?;
            }
            Ok(stated)
        })?;
        let recorded = self
            .store()?
            .balance_on(draft.account, draft.sub.as_ref(), draft.as_of)?;
        Ok(BalanceCheck {
            began: first,
            ..checked(&stated, recorded)
        })
    }

    /// 说明可透支多少 — the member's own statement about an account, or that there is none.
    ///
    /// # Errors
    /// Where a field is wrong, the account is not there any more, or the file cannot be written.
    pub fn overdraft_state(
        &mut self,
        today: NaiveDate,
        id: AccountId,
        said: Option<&OverdraftDraft>,
    ) -> Result<Status, ApiError> {
        let mut changed =
            account::find(self.store()?, id)?.ok_or_else(|| ApiError::gone("account"))?;
        let fault = |field: &str, code: &str| Err(ApiError::input(field, Message::new(code)));
        if let Some(said) = said {
            within_limit(Yuan::ZERO, said.limit)?;
            if said.limit.is_negative() {
                return fault("limit", "error.negative");
            }
            if said.limit.is_zero() {
                return fault("limit", "error.zero");
            }
            if said.source.trim().is_empty() {
                return fault("source", "error.blank");
            }
        }
        changed.overdraft = said.map(|said| Overdraft {
            limit: said.limit,
            source: said.source.trim().to_owned(),
            stated_on: today,
            repay_within: said.repay_within,
            below_since: None,
        });
        if !changed
            .overdraft
            .as_ref()
            .is_none_or(Overdraft::repayment_fits)
        {
            return fault("repay_within", "error.repay_within");
        }
        let label = match said {
            Some(said) => Message::new("step_name.overdraft").with("amount", said.limit),
            None => Message::new("step_name.overdraft_none"),
        };
        self.store_mut()?
            .command(&label, |tx| account::update(tx, &changed))?;
        self.status(today)
    }

    /// 填写累计数
    ///
    /// # Errors
    /// Where the member has no rules with such a counter, or the file cannot be written.
    pub fn counter_state(
        &mut self,
        today: NaiveDate,
        draft: &CounterDraft,
    ) -> Result<CounterNow, ApiError> {
        if draft.as_of > today {
            return Err(ApiError::input("as_of", Message::new("error.in_future")));
        }
        let household = self.store()?.household_without_entries()?;
        let enrollment = enrolled(&household, draft.member, draft.as_of)
            .ok_or_else(|| ApiError::gone("enrollment"))?;
        let rules = self
            .library
            .rules(&enrollment.pool, enrollment.scheme.word(), draft.as_of)
            .ok_or_else(|| ApiError::gone("pool"))?;
        let counter = rules.blocks.iter().find_map(|held| match &held.block.body {
            gongji_policy::Body::Counter(counter)
                if held.block.head.id.as_deref() == Some(&draft.counter) =>
            {
                Some(counter)
            }
            _ => None,
        });
        let counter = counter.ok_or_else(|| ApiError::gone("counter"))?;
        gongji_engine::counter_value(&draft.counter, counter, &draft.value)?;
        let label = Message::new("step_name.counter")
            .with("name", &counter.name)
            .with("counter", &draft.counter);
        let pool = enrollment.pool.clone();
        self.store_mut()?.command(&label, |tx| {
            stated_counter::insert(
                tx,
                &StatedCounter {
                    id: stated_counter::next_id(tx)?,
                    member: draft.member,
                    pool,
                    counter: draft.counter.clone(),
                    as_of: draft.as_of,
                    value: draft.value.clone(),
                },
            )
        })?;
        let household = self.store()?.household_without_entries()?;
        self.counters_now(&household, draft.member, today)
            .into_iter()
            .find(|now| now.id == draft.counter)
            .ok_or_else(|| ApiError::gone("counter"))
    }

    /// 「到账了」 — confirms or changes an expected credit, or notes that it is missing.
    ///
    /// # Errors
    /// Where the month is credited already, or the file cannot be written.
    pub fn credit_answer(
        &mut self,
        today: NaiveDate,
        answer: &CreditAnswer,
    ) -> Result<Status, ApiError> {
        let since = answer
            .month
            .first_day()
            .checked_sub_months(Months::new(24))
            .unwrap_or(NaiveDate::MIN);
        let credited = self
            .store()?
            .credits_since(since)?
            .into_iter()
            .any(|seen| seen.account == answer.account && seen.month == answer.month);
        if credited {
            return Err(ApiError::input(
                "month",
                Message::new("error.credited_already").with("month", answer.month),
            ));
        }
        match (answer.arrived_on, answer.amount) {
            (Some(day), Some(amount)) => self.credit_arrived(today, answer, day, amount)?,
            _ => {
                let label = Message::new("step_name.credit_missing").with("month", answer.month);
                let missing = MissingCredit {
                    account: answer.account,
                    month: answer.month,
                    noted_on: today,
                };
                self.store_mut()?
                    .command(&label, |tx| missing_credit::insert(tx, &missing))?;
            }
        }
        self.status(today)
    }

    fn credit_arrived(
        &mut self,
        today: NaiveDate,
        answer: &CreditAnswer,
        day: NaiveDate,
        amount: Yuan,
    ) -> Result<(), ApiError> {
        let draft = EntryDraft {
            account: answer.account,
            sub: Some(answer.sub.clone()),
            on: day,
            for_month: Some(answer.month),
            kind: EntryKind::Credit,
            memo: String::new(),
            amount,
            for_member: None,
        };
        self.fits(today, &draft, None)?;
        let noted = self.store()?.household_without_entries()?.missing_credits;
        let was_missing = noted
            .iter()
            .any(|noted| noted.account == answer.account && noted.month == answer.month);
        let label = Message::new("step_name.credit")
            .with("month", answer.month)
            .with("amount", amount);
        self.store_mut()?.command(&label, |tx| {
            if was_missing {
                missing_credit::delete(tx, answer.account, answer.month)?;
            }
            insert(tx, &draft, None)
        })?;
        Ok(())
    }

    /// 累计数的现值 — stated, plus what was recorded since in the same period.
    pub(crate) fn counters_now(
        &self,
        household: &Household,
        member: MemberId,
        today: NaiveDate,
    ) -> Vec<CounterNow> {
        gongji_engine::counters_at(&self.library, household, member, today)
            .into_iter()
            .map(|counter| CounterNow {
                value: counter.value.map(|value| {
                    if counter.is_count {
                        value.to_string()
                    } else {
                        Yuan::from_fen(value).to_string()
                    }
                }),
                name: self.named(&counter.name, &counter.id),
                id: counter.id,
                is_count: counter.is_count,
                stated_as_of: counter.stated_as_of,
                recorded_since: counter.recorded_since,
                year_from: counter.year_from,
            })
            .collect()
    }
}

fn has_entry(
    store: &gongji_store::Store,
    account: AccountId,
    sub: Option<&SubAccountId>,
) -> Result<bool, StoreError> {
    Ok(store.entries_page(account, sub, 0, 1)?.total > 0)
}

fn checked(stated: &StatedBalance, recorded: Yuan) -> BalanceCheck {
    BalanceCheck {
        as_of: stated.as_of,
        sub: stated.sub.clone(),
        stated: stated.amount,
        recorded,
        difference: stated.amount - recorded,
        began: false,
        explained: None,
    }
}
