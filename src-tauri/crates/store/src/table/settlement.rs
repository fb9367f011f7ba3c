//! 已记结算 — neither changed nor removed: it pins the rules that were used. Its slip may come later, once.

use gongji_domain::{RecordedSettlement, SettlementId, Slip};
use rusqlite::types::Value;

use crate::fields::{Fields, json_text};
use crate::guard::Guard;
use crate::stored::values;
use crate::{Ledger, Refusal, StoreError, Tx};

const TABLE: &str = "settlement";
const SELECT: &str = "SELECT id, member, request, estimate, slip FROM settlement";
const INSERT: &str = "INSERT INTO settlement
        (id, member, request, estimate, slip)
    VALUES (?1, ?2, ?3, ?4, ?5)";
const ADD_SLIP: &str = "UPDATE settlement SET slip = ?2 WHERE id = ?1 AND slip IS NULL";

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

/// 补录结算单 — of a settlement that has none yet.
pub fn add_slip(tx: &Tx<'_>, id: SettlementId, slip: &Slip) -> Result<(), StoreError> {
    let guard = Guard::of(TABLE, id);
    let has_slip = find(tx, id)?.is_some_and(|settlement| settlement.slip.is_some());
    guard.require(!has_slip, Refusal::Taken)?;
    accept_slip(guard, slip)?;
    tx.change(guard, ADD_SLIP, values![id, json_text(slip)?])
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
    guard.names(tx, "member", settlement.member)?;
    let slip = settlement.slip.as_ref();
    slip.map_or(Ok(()), |slip| accept_slip(guard, slip))
}

fn accept_slip(guard: Guard, slip: &Slip) -> Result<(), StoreError> {
    for (_, amount) in slip.filled() {
        guard.amount(amount)?;
    }
    let texts = [&slip.number, &slip.hospital].into_iter().flatten();
    texts.into_iter().try_for_each(|text| guard.text(text))
}

fn row(settlement: &RecordedSettlement) -> Result<[Value; 5], StoreError> {
    Ok(values![
        settlement.id,
        settlement.member,
        json_text(&settlement.request)?,
        json_text(&settlement.estimate)?,
        settlement.slip.as_ref().map(json_text).transpose()?,
    ])
}

fn read(row: &Fields<'_>) -> Result<RecordedSettlement, StoreError> {
    Ok(RecordedSettlement {
        id: row.get("id")?,
        member: row.get("member")?,
        request: row.json("request")?,
        estimate: row.json("estimate")?,
        slip: row.json_if_any("slip")?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Refusal;
    use crate::testing::{family, refusal, run, sample, spoil, unreadable};
    use gongji_domain::{MemberId, Yuan};

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
    fn a_slip_comes_later_once_and_goes_with_undo() {
        let mut store = family();
        let mut row = sample().settlements.remove(0);
        let slip = row.slip.take().expect("a slip");
        run(&mut store, |tx| insert(tx, &row));
        run(&mut store, |tx| add_slip(tx, row.id, &slip));
        let with_slip = RecordedSettlement {
            slip: Some(slip.clone()),
            ..row.clone()
        };
        assert_eq!(find(&store, row.id).expect("a row"), Some(with_slip));
        let again = refusal(&mut store, |tx| add_slip(tx, row.id, &slip));
        assert_eq!(again, (TABLE, 1, Refusal::Taken));
        store.undo().expect("undone");
        assert_eq!(find(&store, row.id).expect("a row"), Some(row.clone()));
        let above = Yuan::LIMIT + Yuan::from_fen(1);
        for (slip, why) in [
            (
                Slip {
                    total: above,
                    ..slip.clone()
                },
                Refusal::TooLarge(above),
            ),
            (
                Slip {
                    hospital: Some("\0".to_owned()),
                    ..slip.clone()
                },
                Refusal::NulCharacter,
            ),
        ] {
            let refused = refusal(&mut store, |tx| add_slip(tx, row.id, &slip));
            assert_eq!(refused, (TABLE, 1, why));
        }
        let nobody = refusal(&mut store, |tx| add_slip(tx, SettlementId(9), &slip));
        assert_eq!(nobody, (TABLE, 9, Refusal::Gone));
    }

    #[test]
    fn a_spoilt_document_is_an_error() {
        for column in ["request", "estimate", "slip"] {
            let mut store = family();
            let row = sample().settlements.remove(0);
            run(&mut store, |tx| insert(tx, &row));
            let sql = format!("UPDATE settlement SET {column} = replace({column}, '\"', '')");
            spoil(&store, &sql);
            assert_eq!(unreadable(&store), (TABLE, 1, column));
        }
    }
}
