//! 账户

use chrono::NaiveDate;
use gongji_domain::{Account, AccountId, AccountKind, Overdraft, SubAccountId};
use rusqlite::types::Value;

use crate::fields::Fields;
use crate::guard::Guard;
use crate::stored::values;
use crate::{Ledger, Refusal, StoreError, Tx};

const TABLE: &str = "account";
const SELECT: &str = "SELECT id, owner, kind, pool, name, opened_on, overdraft_fen,
        overdraft_source, overdraft_on, overdraft_months
    FROM account";
const INSERT: &str = "INSERT INTO account
        (id, owner, kind, pool, name, opened_on, overdraft_fen, overdraft_source, overdraft_on,
        overdraft_months)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)";
const UPDATE: &str =
    "UPDATE account SET owner = ?2, kind = ?3, pool = ?4, name = ?5, opened_on = ?6,
        overdraft_fen = ?7, overdraft_source = ?8, overdraft_on = ?9, overdraft_months = ?10
    WHERE id = ?1";
const EARLIEST: &str = "SELECT day FROM leg WHERE account = ?1 AND day < ?2 ORDER BY day LIMIT 1";

/// The number for a new account.
pub fn next_id(ledger: &Ledger) -> Result<AccountId, StoreError> {
    ledger.next_id(TABLE)
}

/// Adds an account.
pub fn insert(tx: &Tx<'_>, account: &Account) -> Result<(), StoreError> {
    let guard = Guard::of(TABLE, account.id);
    guard.is_new(tx)?;
    accept(tx, guard, account)?;
    tx.change(guard, INSERT, row(account))
}

/// Changes an account.
pub fn update(tx: &Tx<'_>, account: &Account) -> Result<(), StoreError> {
    let guard = Guard::of(TABLE, account.id);
    accept(tx, guard, account)?;
    tx.change(guard, UPDATE, row(account))
}

/// Removes an account that no other record names.
pub fn delete(tx: &Tx<'_>, id: AccountId) -> Result<(), StoreError> {
    tx.delete(TABLE, id)
}

/// The account of this number.
pub fn find(ledger: &Ledger, id: AccountId) -> Result<Option<Account>, StoreError> {
    ledger.find(TABLE, SELECT, id, read)
}

/// All accounts, by number.
pub fn all(ledger: &Ledger) -> Result<Vec<Account>, StoreError> {
    ledger.all(TABLE, SELECT, read)
}

/// The first day of the account that a record names, whose sub-account must fit its kind: an
/// insurance account has them, a cash account has none.
pub(crate) fn accept_sub(
    tx: &Tx<'_>,
    guard: Guard,
    id: AccountId,
    sub: Option<&SubAccountId>,
) -> Result<NaiveDate, StoreError> {
    accept_sub_of(find(tx, id)?.as_ref(), guard, id, sub)
}

/// The same where the account was read already.
pub(crate) fn accept_sub_of(
    found: Option<&Account>,
    guard: Guard,
    id: AccountId,
    sub: Option<&SubAccountId>,
) -> Result<NaiveDate, StoreError> {
    let account = id.0;
    let absent = Refusal::Absent {
        table: TABLE,
        row: account,
    };
    let row = found.ok_or_else(|| guard.refused(absent))?;
    match (row.kind, sub) {
        (AccountKind::Insurance, Some(sub)) => guard.name(&sub.0)?,
        (AccountKind::Cash, None) => {}
        (AccountKind::Insurance, None) => {
            return Err(guard.refused(Refusal::SubMissing { account }));
        }
        (AccountKind::Cash, Some(_)) => {
            return Err(guard.refused(Refusal::SubNotAllowed { account }));
        }
    }
    Ok(row.opened_on)
}

fn accept(tx: &Tx<'_>, guard: Guard, account: &Account) -> Result<(), StoreError> {
    guard.names(tx, "member", account.owner)?;
    guard.name(&account.name)?;
    guard.days([Some(account.opened_on)])?;
    let has_pool = account.pool.as_ref().is_some_and(|pool| !pool.0.is_empty());
    let insured = account.kind == AccountKind::Insurance;
    guard.require(has_pool == insured, Refusal::PoolMismatch)?;
    if let Some(overdraft) = &account.overdraft {
        let said = !overdraft.limit.is_negative() && !overdraft.source.trim().is_empty();
        guard.require(said, Refusal::Overdraft)?;
        guard.require(overdraft.repayment_fits(), Refusal::Repayment)?;
        guard.amount(overdraft.limit)?;
        guard.text(&overdraft.source)?;
        guard.days([Some(overdraft.stated_on)])?;
    }
    let first: Option<String> = tx.one(EARLIEST, values![account.id, account.opened_on])?;
    match first.and_then(|day| day.parse().ok()) {
        Some(on) => Err(guard.refused(Refusal::BeforeOpening {
            account: account.id.0,
            opened_on: account.opened_on,
            on,
        })),
        None => Ok(()),
    }
}

fn row(account: &Account) -> [Value; 10] {
    let overdraft = account.overdraft.as_ref();
    values![
        account.id,
        account.owner,
        account.kind,
        account.pool,
        account.name,
        account.opened_on,
        overdraft.map(|said| said.limit),
        overdraft.map(|said| said.source.clone()),
        overdraft.map(|said| said.stated_on),
        overdraft.map(|said| said.repay_within)
    ]
}

fn read(row: &Fields<'_>) -> Result<Account, StoreError> {
    Ok(Account {
        id: row.get("id")?,
        owner: row.get("owner")?,
        kind: row.get("kind")?,
        pool: row.get("pool")?,
        name: row.get("name")?,
        opened_on: row.get("opened_on")?,
        overdraft: overdraft(row)?,
    })
}

/// The first three columns are filled together.
fn overdraft(row: &Fields<'_>) -> Result<Option<Overdraft>, StoreError> {
    let Some(limit) = row.get("overdraft_fen")? else {
        return Ok(None);
    };
    Ok(Some(Overdraft {
        limit,
        source: row.get("overdraft_source")?,
        stated_on: row.get("overdraft_on")?,
        repay_within: row.get("overdraft_months")?,
        below_since: None,
    }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{
        BOOK, CASH, an_account, an_entry, day, family, in_cash, record, refusal, run, spoil,
        unreadable, yuan,
    };
    use gongji_domain::{EntryKind, MemberId, PoolId};

    #[test]
    fn is_written_changed_removed_and_read_back() {
        let mut store = family();
        let id = next_id(&store).expect("a number");
        let row = an_account(id, 2, AccountKind::Cash);
        run(&mut store, |tx| insert(tx, &row));
        assert_eq!(find(&store, id).expect("a row"), Some(row.clone()));
        let changed = Account {
            name: "工资卡".to_owned(),
            overdraft: Some(Overdraft {
                limit: yuan("500.00"),
                source: "窗口".to_owned(),
                stated_on: day("2025-03-01"),
                repay_within: Some(3),
                below_since: None,
            }),
            ..row
        };
        run(&mut store, |tx| update(tx, &changed));
        assert_eq!(all(&store).expect("rows")[2], changed);
        run(&mut store, |tx| delete(tx, id));
        assert_eq!(all(&store).expect("rows").len(), 2);
    }

    #[test]
    fn is_refused_by_number_and_reason() {
        let mut store = family();
        let cash = an_account(AccountId(3), 2, AccountKind::Cash);
        let insured = an_account(AccountId(3), 2, AccountKind::Insurance);
        let overdraft_for = |limit: &str, source: &str, repay_within| {
            Some(Overdraft {
                limit: yuan(limit),
                source: source.to_owned(),
                stated_on: day("2025-03-01"),
                repay_within,
                below_since: None,
            })
        };
        let overdraft = |limit: &str, source: &str| overdraft_for(limit, source, None);
        for (row, why) in [
            (
                Account {
                    pool: Some(PoolId::from("110000")),
                    ..cash.clone()
                },
                Refusal::PoolMismatch,
            ),
            (
                Account {
                    pool: None,
                    ..insured.clone()
                },
                Refusal::PoolMismatch,
            ),
            (
                Account {
                    owner: MemberId(7),
                    ..cash.clone()
                },
                Refusal::Absent {
                    table: "member",
                    row: 7,
                },
            ),
            (
                Account {
                    overdraft: overdraft("-0.01", "窗口"),
                    ..cash.clone()
                },
                Refusal::Overdraft,
            ),
            (
                Account {
                    overdraft: overdraft("100.00", " "),
                    ..cash.clone()
                },
                Refusal::Overdraft,
            ),
            (
                Account {
                    overdraft: overdraft_for("100.00", "窗口", Some(0)),
                    ..cash.clone()
                },
                Refusal::Repayment,
            ),
            (
                Account {
                    overdraft: overdraft_for("100.00", "窗口", Some(13)),
                    ..cash.clone()
                },
                Refusal::Repayment,
            ),
        ] {
            assert_eq!(refusal(&mut store, |tx| insert(tx, &row)), (TABLE, 3, why));
        }
    }

    #[test]
    fn cannot_begin_after_its_first_entry_nor_go_while_it_has_one() {
        let mut store = family();
        let spending = an_entry(1, "2025-03-01", EntryKind::Spending, vec![in_cash("-8.00")]);
        record(&mut store, spending);
        let later = Account {
            opened_on: day("2025-03-02"),
            ..an_account(CASH, 1, AccountKind::Cash)
        };
        assert_eq!(
            refusal(&mut store, |tx| update(tx, &later)),
            (
                TABLE,
                2,
                Refusal::BeforeOpening {
                    account: 2,
                    opened_on: day("2025-03-02"),
                    on: day("2025-03-01")
                }
            )
        );
        let same_day = Account {
            opened_on: day("2025-03-01"),
            ..later
        };
        run(&mut store, |tx| update(tx, &same_day));
        assert_eq!(
            refusal(&mut store, |tx| delete(tx, CASH)),
            (TABLE, 2, Refusal::InUse)
        );
        run(&mut store, |tx| delete(tx, BOOK));
    }

    #[test]
    fn an_unknown_kind_is_an_error() {
        let store = family();
        spoil(&store, "UPDATE account SET kind = 'stock' WHERE id = 2");
        assert_eq!(unreadable(&store), (TABLE, 2, "kind"));
    }
}
