//! 复式账 — the record with the other side of every entry written out, as double-entry programs want it.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use gongji_domain::{
    Account, AccountId, AccountKind, Entry, EntryId, EntryKind, Household, StatedBalance,
    SubAccountId, Yuan,
};

/// 整本账 — ordered by day and then by number, every transaction in balance.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Books<'h> {
    /// 科目，按名称
    pub accounts: Vec<BookAccount>,
    /// 凭证
    pub transactions: Vec<Transaction<'h>>,
    /// 余额核对，按日期
    pub checks: Vec<Check>,
}

/// 科目
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct BookAccount {
    /// 名称 — parts joined by `:`, each beginning with a Latin capital, of letters, digits and `-`.
    pub name: String,
    /// 第一次用到的日子
    pub opened_on: NaiveDate,
}

/// 凭证 — one entry with both its sides.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Transaction<'h> {
    /// 分录
    pub entry: &'h Entry,
    /// 两边，合计为零
    pub postings: Vec<Posting>,
}

/// 凭证的一行
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Posting {
    /// 科目名称
    pub account: String,
    /// 增（正）减（负）
    pub amount: Yuan,
}

/// 余额核对 — what somebody read off at the end of a day beside what the record comes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Check {
    /// 哪天终
    pub on: NaiveDate,
    /// 科目名称 — the whole account where no sub-account was named.
    pub account: String,
    /// 看到的
    pub stated: Yuan,
    /// 记下的
    pub recorded: Yuan,
}

/// Why the record cannot be written as books.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BooksProblem {
    /// A leg or a stated balance names an account that is not there.
    #[error("第 {0} 号账户不存在")]
    NoAccount(AccountId),
    /// Two sub-accounts of one account would have the same name.
    #[error("科目 {0} 有两个子账户用同一个名称")]
    SameName(String),
}

impl<'h> Books<'h> {
    /// The books of a household.
    ///
    /// # Errors
    /// Where the record names an account that is not there, or two names fall together.
    pub fn of(household: &'h Household) -> Result<Books<'h>, BooksProblem> {
        let chart = Chart::of(household)?;
        let mut entries: Vec<&Entry> = household.entries.iter().collect();
        entries.sort_by_key(|entry| (entry.on, entry.id));
        let kinds = Kinds::of(household);
        let mut transactions = Vec::with_capacity(entries.len());
        for entry in entries {
            transactions.push(Transaction {
                entry,
                postings: chart.postings(entry, kinds.of_entry(entry))?,
            });
        }
        let mut stated: Vec<&StatedBalance> = household.stated_balances.iter().collect();
        stated.sort_by_key(|stated| (stated.as_of, stated.id));
        let checks = checks(&chart, &stated, &transactions)?;
        Ok(Books {
            accounts: opened(&chart, &transactions, &checks),
            transactions,
            checks,
        })
    }
}

/// What each entry books at bottom: a correction is of the kind that it corrects.
struct Kinds<'h>(BTreeMap<EntryId, &'h Entry>);

impl<'h> Kinds<'h> {
    fn of(household: &'h Household) -> Kinds<'h> {
        let entries = household.entries.iter();
        Kinds(entries.map(|entry| (entry.id, entry)).collect())
    }

    fn of_entry(&self, entry: &Entry) -> EntryKind {
        let mut seen = BTreeSet::from([entry.id]);
        let mut at = entry;
        while at.kind == EntryKind::Correction
            && let Some(before) = at.corrects.filter(|id| seen.insert(*id))
            && let Some(before) = self.0.get(&before)
        {
            at = before;
        }
        at.kind
    }
}

/// 科目表 — the names of the household's own accounts.
struct Chart<'h> {
    names: BTreeMap<AccountId, String>,
    subs: BTreeMap<(AccountId, &'h SubAccountId), String>,
    opened_on: BTreeMap<AccountId, NaiveDate>,
}

impl<'h> Chart<'h> {
    fn of(household: &'h Household) -> Result<Chart<'h>, BooksProblem> {
        let owner = |account: &Account| {
            let owner = household.members.iter().find(|one| one.id == account.owner);
            owner.map_or("", |owner| owner.name.as_str())
        };
        let names: BTreeMap<AccountId, String> = household
            .accounts
            .iter()
            .map(|account| {
                let kind = match account.kind {
                    AccountKind::Insurance => "Medical",
                    AccountKind::Cash => "Cash",
                };
                let name = format!(
                    "Assets:{kind}:M{}{}:A{}{}",
                    account.owner,
                    after_dash(owner(account)),
                    account.id,
                    after_dash(&account.name)
                );
                (account.id, name)
            })
            .collect();
        let legs = household.entries.iter().flat_map(|entry| &entry.legs);
        let used = legs.filter_map(|leg| Some((leg.account, leg.sub.as_ref()?)));
        let stated = household.stated_balances.iter();
        let asked = stated.filter_map(|stated| Some((stated.account, stated.sub.as_ref()?)));
        let mut subs = BTreeMap::new();
        for (account, sub) in used.chain(asked) {
            let whole = names
                .get(&account)
                .ok_or(BooksProblem::NoAccount(account))?;
            subs.insert((account, sub), format!("{whole}:S{}", after_dash(&sub.0)));
        }
        let mut seen = BTreeSet::new();
        if let Some(twice) = subs.values().find(|name| !seen.insert(*name)) {
            return Err(BooksProblem::SameName(twice.clone()));
        }
        let accounts = household.accounts.iter();
        Ok(Chart {
            names,
            subs,
            opened_on: accounts.map(|one| (one.id, one.opened_on)).collect(),
        })
    }

    fn name(
        &self,
        account: AccountId,
        sub: Option<&'h SubAccountId>,
    ) -> Result<&str, BooksProblem> {
        let name = match sub {
            Some(sub) => self.subs.get(&(account, sub)),
            None => self.names.get(&account),
        };
        name.map(String::as_str)
            .ok_or(BooksProblem::NoAccount(account))
    }

    fn postings(&self, entry: &'h Entry, kind: EntryKind) -> Result<Vec<Posting>, BooksProblem> {
        let mut postings = Vec::with_capacity(entry.legs.len() + 1);
        for leg in &entry.legs {
            postings.push(Posting {
                account: self.name(leg.account, leg.sub.as_ref())?.to_owned(),
                amount: leg.amount,
            });
        }
        let sum: Yuan = entry.legs.iter().map(|leg| leg.amount).sum();
        if !sum.is_zero() {
            postings.push(Posting {
                account: outside(kind).to_owned(),
                amount: -sum,
            });
        }
        Ok(postings)
    }
}

/// 对方科目 — where what is not zero came from or went to.
fn outside(kind: EntryKind) -> &'static str {
    match kind {
        EntryKind::Opening => "Equity:Opening",
        EntryKind::Credit => "Income:Credit",
        EntryKind::Withheld => "Expenses:Withheld",
        EntryKind::Spending | EntryKind::Refund => "Expenses:Medical",
        EntryKind::Premium => "Expenses:Premium",
        EntryKind::Interest => "Income:Interest",
        EntryKind::Transfer => "Equity:Transfer",
        EntryKind::Withdrawal => "Equity:Withdrawal",
        EntryKind::Clearing => "Income:Clearing",
        EntryKind::TakeBack => "Income:TakenBack",
        EntryKind::RollOver => "Equity:RollOver",
        EntryKind::Closing => "Equity:Closing",
        EntryKind::Correction => "Equity:Correction",
        EntryKind::Adjustment => "Equity:Adjustment",
    }
}

/// `-` and the letters and digits of a name; nothing where there are none.
fn after_dash(text: &str) -> String {
    let kept: String = text
        .chars()
        .map(|sign| if sign.is_alphanumeric() { sign } else { '-' })
        .collect();
    match kept.trim_matches('-') {
        "" => String::new(),
        kept => format!("-{kept}"),
    }
}

/// Every account with the day from which it must be open.
fn opened(
    chart: &Chart<'_>,
    transactions: &[Transaction<'_>],
    checks: &[Check],
) -> Vec<BookAccount> {
    let mut opened: BTreeMap<&str, NaiveDate> = BTreeMap::new();
    let mut open = |name, day: NaiveDate| {
        let first = opened.entry(name).or_insert(day);
        *first = day.min(*first);
    };
    for (account, name) in &chart.names {
        open(name.as_str(), chart.opened_on[account]);
    }
    for transaction in transactions {
        for posting in &transaction.postings {
            open(&posting.account, transaction.entry.on);
        }
    }
    for check in checks {
        open(&check.account, check.on);
    }
    let accounts = opened.into_iter();
    accounts
        .map(|(name, opened_on)| BookAccount {
            name: name.to_owned(),
            opened_on,
        })
        .collect()
}

/// The stated balances, each beside the sum of what was booked by the end of its day: one walk through
/// the transactions for all of them.
fn checks(
    chart: &Chart<'_>,
    stated: &[&StatedBalance],
    transactions: &[Transaction<'_>],
) -> Result<Vec<Check>, BooksProblem> {
    let mut balances: BTreeMap<&str, Yuan> = BTreeMap::new();
    let mut ahead = transactions.iter().peekable();
    let mut checks = Vec::with_capacity(stated.len());
    for stated in stated {
        while let Some(transaction) = ahead.next_if(|next| next.entry.on <= stated.as_of) {
            for posting in &transaction.postings {
                *balances.entry(&posting.account).or_default() += posting.amount;
            }
        }
        let account = match &stated.sub {
            Some(sub) => chart.subs.get(&(stated.account, sub)),
            None => chart.names.get(&stated.account),
        };
        let account = account.ok_or(BooksProblem::NoAccount(stated.account))?;
        let within = balances.iter().filter(|(name, _)| {
            let rest = name.strip_prefix(account.as_str());
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(':'))
        });
        checks.push(Check {
            on: stated.as_of,
            account: account.clone(),
            stated: stated.amount,
            recorded: within.map(|(_, balance)| *balance).sum(),
        });
    }
    Ok(checks)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::{day, family, yuan};

    #[test]
    fn every_transaction_is_in_balance_and_names_both_sides() {
        let household = family();
        let books = Books::of(&household).unwrap();
        let lines: Vec<String> = books
            .transactions
            .iter()
            .map(|transaction| {
                let sum: Yuan = transaction.postings.iter().map(|one| one.amount).sum();
                assert_eq!(sum, Yuan::ZERO);
                let postings = transaction.postings.iter();
                let sides = postings.map(|one| format!("{} {}", one.account, one.amount));
                format!(
                    "{} {}",
                    transaction.entry.on,
                    sides.collect::<Vec<_>>().join(" | ")
                )
            })
            .collect();
        assert_eq!(
            lines,
            [
                "2026-01-01 Assets:Medical:M1-王敏:A1-北京市:S-book 300.00 | Equity:Opening -300.00",
                "2026-01-05 Assets:Medical:M1-王敏:A1-北京市:S-book 190.00 | Income:Credit -190.00",
                "2026-01-09 Assets:Medical:M1-王敏:A1-北京市:S-book -120.00 | Assets:Cash:M2-王敏:A2-微信-零钱 -30.50 | Expenses:Medical 150.50",
                // 更正划入：少了 10 元，对方还是划入。
                "2026-01-12 Assets:Medical:M1-王敏:A1-北京市:S-book -10.00 | Income:Credit 10.00",
                // 自己的两个账户之间：没有外面的一边。
                "2026-02-01 Assets:Medical:M1-王敏:A1-北京市:S-book -50.00 | Assets:Cash:M2-王敏:A2-微信-零钱 50.00",
            ]
        );
    }

    #[test]
    fn a_stated_balance_stands_beside_the_recorded_one() {
        let household = family();
        let books = Books::of(&household).unwrap();
        let whole = "Assets:Medical:M1-王敏:A1-北京市";
        let check = |on, account: &str, stated, recorded| Check {
            on: day(on),
            account: account.to_owned(),
            stated: yuan(stated),
            recorded: yuan(recorded),
        };
        assert_eq!(
            books.checks,
            [
                check("2026-01-10", whole, "370.00", "370.00"),
                check(
                    "2026-01-31",
                    "Assets:Medical:M1-王敏:A1-北京市:S-book",
                    "365.00",
                    "360.00"
                ),
            ]
        );
    }

    #[test]
    fn names_are_letters_digits_and_dashes() {
        for (name, kept) in [
            ("王 敏", "-王-敏"),
            ("O'Brien; x", "-O-Brien--x"),
            ("  ", ""),
            ("A:B\t\n", "-A-B"),
            ("=1+1", "-1-1"),
        ] {
            assert_eq!(after_dash(name), kept);
        }
    }

    #[test]
    fn an_account_that_is_not_there_is_said() {
        let mut household = family();
        household.entries[1].legs[0].account = AccountId(9);
        assert_eq!(
            Books::of(&household).unwrap_err(),
            BooksProblem::NoAccount(AccountId(9))
        );
    }
}
