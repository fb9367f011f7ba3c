//! 分录的一腿 — written and read with its entry.

use chrono::NaiveDate;
use gongji_domain::{EntryId, Leg, Month};

use crate::fields::Fields;
use crate::stored::values;
use crate::{Ledger, StoreError, Tx};

const TABLE: &str = "leg";
const SELECT: &str = "SELECT id, entry, account, sub, fen FROM leg";
const INSERT: &str = "INSERT INTO leg (entry, position, account, sub, day, month, fen)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";

/// Writes the legs of an entry of that day, in their order.
pub(crate) fn insert_all(
    tx: &Tx<'_>,
    entry: EntryId,
    day: NaiveDate,
    legs: &[Leg],
) -> Result<(), StoreError> {
    let [day, month] = values![day, Month::of(day)];
    for (position, leg) in (0_u32..).zip(legs) {
        let [entry, position, account, sub, fen] =
            values![entry, position, leg.account, leg.sub, leg.amount];
        let row = [
            entry,
            position,
            account,
            sub,
            day.clone(),
            month.clone(),
            fen,
        ];
        tx.execute(INSERT, row)?;
    }
    Ok(())
}

/// The legs of one entry, in their order.
pub(crate) fn of(ledger: &Ledger, entry: EntryId) -> Result<Vec<Leg>, StoreError> {
    let sql = format!("{SELECT} WHERE entry = ?1 ORDER BY position");
    ledger.rows(TABLE, &sql, values![entry], read)
}

/// Every leg with the number of its entry, by entry and position.
pub(crate) fn all(ledger: &Ledger) -> Result<Vec<(EntryId, Leg)>, StoreError> {
    let sql = format!("{SELECT} ORDER BY entry, position");
    ledger.rows(TABLE, &sql, [], |row| Ok((row.get("entry")?, read(row)?)))
}

fn read(row: &Fields<'_>) -> Result<Leg, StoreError> {
    Ok(Leg {
        account: row.get("account")?,
        sub: row.get("sub")?,
        amount: row.get("fen")?,
    })
}
