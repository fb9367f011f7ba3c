//! 分录的一腿 — written and read with its entry.

use gongji_domain::{EntryId, Leg};
use rusqlite::ToSql;
use rusqlite::types::Value;

use crate::fields::Fields;
use crate::store::Writing;
use crate::stored::values;
use crate::{Ledger, StoreError};

const TABLE: &str = "leg";
const SELECT: &str = "SELECT id, entry, account, sub, fen FROM leg";
/// What writes legs; see [`write`].
pub(crate) const INSERT: &str = "INSERT INTO leg (entry, position, account, sub, day, fen)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6)";

/// Writes the legs of an entry of that day, in their order.
pub(crate) fn write(
    insert: &mut Writing<'_>,
    entry: &Value,
    day: &Value,
    legs: &[Leg],
) -> Result<(), StoreError> {
    for (position, leg) in (0_u32..).zip(legs) {
        let [position, account, fen] = values![position, leg.account, leg.amount];
        let sub = leg.sub.as_ref().map(|sub| &sub.0);
        let row: [&dyn ToSql; 6] = [entry, &position, &account, &sub, day, &fen];
        insert.row(row)?;
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
