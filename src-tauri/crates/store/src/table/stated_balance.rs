//! 本人填写的余额

use gongji_domain::{StatedBalance, StatementId};
use rusqlite::types::Value;

use crate::fields::Fields;
use crate::guard::Guard;
use crate::stored::values;
use crate::table::account;
use crate::{Ledger, StoreError, Tx};

const TABLE: &str = "stated_balance";
const SELECT: &str = "SELECT id, account, sub, as_of, fen FROM stated_balance";
const INSERT: &str = "INSERT INTO stated_balance
        (id, account, sub, as_of, fen)
    VALUES (?1, ?2, ?3, ?4, ?5)";
const UPDATE: &str = "UPDATE stated_balance SET account = ?2, sub = ?3, as_of = ?4, fen = ?5
    WHERE id = ?1";

/// The number for a new stated balance.
pub fn next_id(ledger: &Ledger) -> Result<StatementId, StoreError> {
    ledger.next_id(TABLE)
}

/// Adds a stated balance.
pub fn insert(tx: &Tx<'_>, stated: &StatedBalance) -> Result<(), StoreError> {
    let guard = Guard::of(TABLE, stated.id);
    guard.is_new(tx)?;
    accept(tx, guard, stated)?;
    tx.change(guard, INSERT, row(stated))
}

/// Changes a stated balance.
pub fn update(tx: &Tx<'_>, stated: &StatedBalance) -> Result<(), StoreError> {
    let guard = Guard::of(TABLE, stated.id);
    accept(tx, guard, stated)?;
    tx.change(guard, UPDATE, row(stated))
}

/// Removes a stated balance that no other record names.
pub fn delete(tx: &Tx<'_>, id: StatementId) -> Result<(), StoreError> {
    tx.delete(TABLE, id)
}

/// The stated balance of this number.
pub fn find(ledger: &Ledger, id: StatementId) -> Result<Option<StatedBalance>, StoreError> {
    ledger.find(TABLE, SELECT, id, read)
}

/// All stated balances, by number.
pub fn all(ledger: &Ledger) -> Result<Vec<StatedBalance>, StoreError> {
    ledger.all(TABLE, SELECT, read)
}

fn accept(tx: &Tx<'_>, guard: Guard, stated: &StatedBalance) -> Result<(), StoreError> {
    guard.days([Some(stated.as_of)])?;
    guard.amount(stated.amount)?;
    account::accept_sub(tx, guard, stated.account, stated.sub.as_ref()).map(drop)
}

fn row(stated: &StatedBalance) -> [Value; 5] {
    values![
        stated.id,
        stated.account,
        stated.sub,
        stated.as_of,
        stated.amount
    ]
}

fn read(row: &Fields<'_>) -> Result<StatedBalance, StoreError> {
    Ok(StatedBalance {
        id: row.get("id")?,
        account: row.get("account")?,
        sub: row.get("sub")?,
        as_of: row.get("as_of")?,
        amount: row.get("fen")?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Refusal;
    use crate::testing::{BOOK, CASH, book, day, family, refusal, run, yuan};

    #[test]
    fn is_written_changed_removed_and_refused() {
        let mut store = family();
        let row = StatedBalance {
            id: next_id(&store).expect("a number"),
            account: BOOK,
            sub: Some(book()),
            as_of: day("2025-03-31"),
            amount: yuan("-0.01"),
        };
        run(&mut store, |tx| insert(tx, &row));
        assert_eq!(find(&store, row.id).expect("a row"), Some(row.clone()));
        let changed = StatedBalance {
            amount: yuan("12.00"),
            ..row.clone()
        };
        run(&mut store, |tx| update(tx, &changed));
        assert_eq!(all(&store).expect("rows"), [changed]);
        run(&mut store, |tx| delete(tx, row.id));
        assert_eq!(all(&store).expect("rows"), []);

        let in_cash = StatedBalance {
            account: CASH,
            ..row.clone()
        };
        assert_eq!(
            refusal(&mut store, |tx| insert(tx, &in_cash)),
            (TABLE, 1, Refusal::SubNotAllowed { account: 2 })
        );
        let without_sub = StatedBalance { sub: None, ..row };
        assert_eq!(
            refusal(&mut store, |tx| insert(tx, &without_sub)),
            (TABLE, 1, Refusal::SubMissing { account: 1 })
        );
    }
}
