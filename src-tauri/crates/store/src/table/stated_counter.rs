//! 本人填写的累计数

use gongji_domain::{StatedCounter, StatementId, Yuan};
use rusqlite::types::Value;

use crate::fields::Fields;
use crate::guard::Guard;
use crate::stored::values;
use crate::{Ledger, Refusal, StoreError, Tx};

const TABLE: &str = "stated_counter";
const SELECT: &str = "SELECT id, member, pool, counter, as_of, value FROM stated_counter";
const INSERT: &str = "INSERT INTO stated_counter
        (id, member, pool, counter, as_of, value)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
const UPDATE: &str =
    "UPDATE stated_counter SET member = ?2, pool = ?3, counter = ?4, as_of = ?5, value = ?6
    WHERE id = ?1";

/// The number for a new stated counter.
pub fn next_id(ledger: &Ledger) -> Result<StatementId, StoreError> {
    ledger.next_id(TABLE)
}

/// Adds a stated counter.
pub fn insert(tx: &Tx<'_>, stated: &StatedCounter) -> Result<(), StoreError> {
    let guard = Guard::of(TABLE, stated.id);
    guard.is_new(tx)?;
    accept(tx, guard, stated)?;
    tx.change(guard, INSERT, row(stated))
}

/// Changes a stated counter.
pub fn update(tx: &Tx<'_>, stated: &StatedCounter) -> Result<(), StoreError> {
    let guard = Guard::of(TABLE, stated.id);
    accept(tx, guard, stated)?;
    tx.change(guard, UPDATE, row(stated))
}

/// Removes a stated counter that no other record names.
pub fn delete(tx: &Tx<'_>, id: StatementId) -> Result<(), StoreError> {
    tx.delete(TABLE, id)
}

/// The stated counter of this number.
pub fn find(ledger: &Ledger, id: StatementId) -> Result<Option<StatedCounter>, StoreError> {
    ledger.find(TABLE, SELECT, id, read)
}

/// All stated counters, by number.
pub fn all(ledger: &Ledger) -> Result<Vec<StatedCounter>, StoreError> {
    ledger.all(TABLE, SELECT, read)
}

fn accept(tx: &Tx<'_>, guard: Guard, stated: &StatedCounter) -> Result<(), StoreError> {
    guard.names(tx, "member", stated.member)?;
    guard.days([Some(stated.as_of)])?;
    guard.name(&stated.pool.0)?;
    guard.name(&stated.counter)?;
    let is_count = stated.value.parse::<u32>().is_ok();
    let is_amount = stated.value.parse::<Yuan>().is_ok();
    guard.require(
        is_count || is_amount,
        Refusal::CounterValue(stated.value.clone()),
    )
}

fn row(stated: &StatedCounter) -> [Value; 6] {
    values![
        stated.id,
        stated.member,
        stated.pool,
        stated.counter,
        stated.as_of,
        stated.value
    ]
}

fn read(row: &Fields<'_>) -> Result<StatedCounter, StoreError> {
    Ok(StatedCounter {
        id: row.get("id")?,
        member: row.get("member")?,
        pool: row.get("pool")?,
        counter: row.get("counter")?,
        as_of: row.get("as_of")?,
        value: row.get("value")?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{day, family, refusal, run};
    use gongji_domain::{MemberId, PoolId};

    #[test]
    fn is_written_changed_removed_and_refused() {
        let mut store = family();
        let row = StatedCounter {
            id: next_id(&store).expect("a number"),
            member: MemberId(2),
            pool: PoolId::from("110000"),
            counter: "op_deductible".to_owned(),
            as_of: day("2025-03-31"),
            value: "1200.00".to_owned(),
        };
        run(&mut store, |tx| insert(tx, &row));
        assert_eq!(find(&store, row.id).expect("a row"), Some(row.clone()));
        let changed = StatedCounter {
            value: "2".to_owned(),
            ..row.clone()
        };
        run(&mut store, |tx| update(tx, &changed));
        assert_eq!(all(&store).expect("rows"), [changed]);
        run(&mut store, |tx| delete(tx, row.id));
        for value in ["", "一", "1,200", "0.001", "1e3", "unknown"] {
            let wrong = StatedCounter {
                value: value.to_owned(),
                ..row.clone()
            };
            assert_eq!(
                refusal(&mut store, |tx| insert(tx, &wrong)),
                (TABLE, 1, Refusal::CounterValue(value.to_owned()))
            );
        }
    }
}
