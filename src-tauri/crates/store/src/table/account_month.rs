//! 月度增减 — how much each part of an account changed in each month. It repeats what the legs say, so that
//! a balance is added up from months instead of days; `check` compares the two.

use std::collections::BTreeMap;

use gongji_domain::{AccountId, Entry, Month, Yuan};

use crate::stored::values;
use crate::{StoreError, Tx};

/// What an account without parts has in the place of one.
pub(crate) const NO_PART: &str = "";

const ADD: &str = "INSERT INTO account_month (account, sub, month, fen) VALUES (?1, ?2, ?3, ?4)
    ON CONFLICT (account, sub, month) DO UPDATE SET fen = fen + excluded.fen";

/// Adds what new entries change.
pub(crate) fn add(tx: &Tx<'_>, entries: &[Entry]) -> Result<(), StoreError> {
    // The part comes last: it is the same in almost every leg of an account, and texts compare slowly.
    let mut changes: BTreeMap<(AccountId, Month, &str), Yuan> = BTreeMap::new();
    for entry in entries {
        for leg in &entry.legs {
            let sub = leg.sub.as_ref().map_or(NO_PART, |sub| &sub.0);
            let key = (leg.account, Month::of(entry.on), sub);
            *changes.entry(key).or_default() += leg.amount;
        }
    }
    for ((account, month, sub), change) in changes {
        tx.execute(ADD, values![account, sub.to_owned(), month, change])?;
    }
    Ok(())
}

/// Adds everything up anew, after legs have gone or come back.
pub(crate) fn rebuild(tx: &Tx<'_>) -> Result<(), StoreError> {
    clear(tx)?;
    let sql = "INSERT INTO account_month (account, sub, month, fen)
        SELECT account, coalesce(sub, ''), substr(day, 1, 7), sum(fen) FROM leg GROUP BY 1, 2, 3";
    tx.execute(sql, []).map(drop)
}

/// Forgets everything: there are no legs any more.
pub(crate) fn clear(tx: &Tx<'_>) -> Result<(), StoreError> {
    tx.execute("DELETE FROM account_month", []).map(drop)
}
