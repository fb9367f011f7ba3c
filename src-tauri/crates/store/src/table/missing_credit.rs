//! 没有到账的月份

use gongji_domain::{AccountId, MissingCredit, Month};

use crate::fields::Fields;
use crate::guard::Guard;
use crate::stored::values;
use crate::{Ledger, Refusal, StoreError, Tx};

const TABLE: &str = "missing_credit";
const SELECT: &str = "SELECT id, account, month, noted_on FROM missing_credit";
const INSERT: &str = "INSERT INTO missing_credit (account, month, noted_on) VALUES (?1, ?2, ?3)";
const NOTED: &str = "SELECT id FROM missing_credit WHERE account = ?1 AND month = ?2";
const DELETE: &str = "DELETE FROM missing_credit WHERE account = ?1 AND month = ?2";

/// Notes that the credit of a month was not there; once for an account and a month.
pub fn insert(tx: &Tx<'_>, missing: &MissingCredit) -> Result<(), StoreError> {
    let guard = Guard::of(TABLE, missing.account);
    guard.names(tx, "account", missing.account)?;
    guard.days([Some(missing.noted_on)])?;
    let noted: Option<i64> = tx.one(NOTED, values![missing.account, missing.month])?;
    guard.require(noted.is_none(), Refusal::Taken)?;
    let row = values![missing.account, missing.month, missing.noted_on];
    tx.change(guard, INSERT, row)
}

/// Takes the note back: the credit has come after all.
pub fn delete(tx: &Tx<'_>, account: AccountId, month: Month) -> Result<(), StoreError> {
    tx.change(Guard::of(TABLE, account), DELETE, values![account, month])
}

/// All notes, by account and month.
pub fn all(ledger: &Ledger) -> Result<Vec<MissingCredit>, StoreError> {
    let sql = format!("{SELECT} ORDER BY account, month");
    ledger.rows(TABLE, &sql, [], read)
}

fn read(row: &Fields<'_>) -> Result<MissingCredit, StoreError> {
    Ok(MissingCredit {
        account: row.get("account")?,
        month: row.get("month")?,
        noted_on: row.get("noted_on")?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{BOOK, day, family, refusal, run};

    #[test]
    fn is_noted_once_and_taken_back() {
        let mut store = family();
        let noted = |month: &str| MissingCredit {
            account: BOOK,
            month: month.parse().expect("a month"),
            noted_on: day("2025-04-10"),
        };
        for month in ["2025-03", "2025-02"] {
            run(&mut store, |tx| insert(tx, &noted(month)));
        }
        let by_month = [noted("2025-02"), noted("2025-03")];
        assert_eq!(all(&store).expect("rows"), by_month);
        assert_eq!(
            refusal(&mut store, |tx| insert(tx, &noted("2025-02"))),
            (TABLE, 1, Refusal::Taken)
        );
        let month = noted("2025-02").month;
        run(&mut store, |tx| delete(tx, BOOK, month));
        assert_eq!(
            refusal(&mut store, |tx| delete(tx, BOOK, month)),
            (TABLE, 1, Refusal::Gone)
        );
    }
}
