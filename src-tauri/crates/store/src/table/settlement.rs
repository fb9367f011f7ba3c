//! 已记结算 — neither changed nor removed: it pins the rules that were used.

use gongji_domain::{RecordedSettlement, SettlementId};
use rusqlite::types::Value;

use crate::fields::{Fields, json_text};
use crate::guard::Guard;
use crate::stored::values;
use crate::{Ledger, StoreError, Tx};

const TABLE: &str = "settlement";
const SELECT: &str = "SELECT id, member, request, estimate FROM settlement";
const INSERT: &str = "INSERT INTO settlement
        (id, member, request, estimate)
    VALUES (?1, ?2, ?3, ?4)";

/// The number for a new recorded settlement.
pub fn next_id(ledger: &Ledger) -> Result<SettlementId, StoreError> {
    ledger.next_id(TABLE)
}

/// Adds a recorded settlement.
pub fn insert(tx: &Tx<'_>, settlement: &RecordedSettlement) -> Result<(), StoreError> {
    let guard = Guard::of(TABLE, settlement.id);
    guard.is_new(tx)?;
    accept(tx, guard, settlement)?;
    tx.change(guard, INSERT, row(settlement)?)
}

/// The recorded settlement of this number.
pub fn find(ledger: &Ledger, id: SettlementId) -> Result<Option<RecordedSettlement>, StoreError> {
    ledger.find(TABLE, SELECT, id, read)
}

/// All recorded settlements, by number.
pub fn all(ledger: &Ledger) -> Result<Vec<RecordedSettlement>, StoreError> {
    ledger.all(TABLE, SELECT, read)
}

fn accept(tx: &Tx<'_>, guard: Guard, settlement: &RecordedSettlement) -> Result<(), StoreError> {
    guard.names(tx, "member", settlement.member)
}

fn row(settlement: &RecordedSettlement) -> Result<[Value; 4], StoreError> {
    Ok(values![
        settlement.id,
        settlement.member,
        json_text(&settlement.request)?,
        json_text(&settlement.estimate)?,
    ])
}

fn read(row: &Fields<'_>) -> Result<RecordedSettlement, StoreError> {
    Ok(RecordedSettlement {
        id: row.get("id")?,
        member: row.get("member")?,
        request: row.json("request")?,
        estimate: row.json("estimate")?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Refusal;
    use crate::testing::{family, refusal, run, sample, spoil, unreadable};
    use gongji_domain::MemberId;

    #[test]
    fn is_written_whole_and_read_back() {
        let mut store = family();
        let row = sample().settlements.remove(0);
        run(&mut store, |tx| insert(tx, &row));
        assert_eq!(find(&store, row.id).expect("a row"), Some(row.clone()));
        assert_eq!(all(&store).expect("rows"), std::slice::from_ref(&row));
        assert_eq!(next_id(&store).expect("a number"), SettlementId(2));
        assert_eq!(
            refusal(&mut store, |tx| insert(tx, &row)),
            (TABLE, 1, Refusal::Taken)
        );
        let nobody = RecordedSettlement {
            id: SettlementId(2),
            member: MemberId(7),
            ..row
        };
        let why = Refusal::Absent {
            table: "member",
            row: 7,
        };
        assert_eq!(
            refusal(&mut store, |tx| insert(tx, &nobody)),
            (TABLE, 2, why)
        );
    }

    #[test]
    fn a_spoilt_document_is_an_error() {
        for column in ["request", "estimate"] {
            let mut store = family();
            let row = sample().settlements.remove(0);
            run(&mut store, |tx| insert(tx, &row));
            let sql = format!("UPDATE settlement SET {column} = replace({column}, '\"', '')");
            spoil(&store, &sql);
            assert_eq!(unreadable(&store), (TABLE, 1, column));
        }
    }
}
