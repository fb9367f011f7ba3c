//! 成员

use gongji_domain::{Member, MemberId};

use crate::fields::Fields;
use crate::guard::Guard;
use crate::stored::values;
use crate::{Ledger, StoreError, Tx};

const TABLE: &str = "member";
const SELECT: &str = "SELECT id, name, born, note FROM member";
const INSERT: &str = "INSERT INTO member (id, name, born, note) VALUES (?1, ?2, ?3, ?4)";
const UPDATE: &str = "UPDATE member SET name = ?2, born = ?3, note = ?4 WHERE id = ?1";

/// The number for a new member.
pub fn next_id(ledger: &Ledger) -> Result<MemberId, StoreError> {
    ledger.next_id(TABLE)
}

/// Adds a member.
pub fn insert(tx: &Tx<'_>, member: &Member) -> Result<(), StoreError> {
    let guard = Guard::of(TABLE, member.id);
    guard.is_new(tx)?;
    accept(guard, member)?;
    tx.change(guard, INSERT, row(member))
}

/// Changes a member.
pub fn update(tx: &Tx<'_>, member: &Member) -> Result<(), StoreError> {
    let guard = Guard::of(TABLE, member.id);
    accept(guard, member)?;
    tx.change(guard, UPDATE, row(member))
}

/// Removes a member on whom nothing hangs.
pub fn delete(tx: &Tx<'_>, id: MemberId) -> Result<(), StoreError> {
    tx.delete(TABLE, id)
}

/// The member of this number.
pub fn find(ledger: &Ledger, id: MemberId) -> Result<Option<Member>, StoreError> {
    ledger.find(TABLE, SELECT, id, read)
}

/// All members, by number.
pub fn all(ledger: &Ledger) -> Result<Vec<Member>, StoreError> {
    ledger.all(TABLE, SELECT, read)
}

fn accept(guard: Guard, member: &Member) -> Result<(), StoreError> {
    guard.name(&member.name)?;
    guard.text(&member.note)?;
    guard.days([member.born])
}

fn row(member: &Member) -> [rusqlite::types::Value; 4] {
    values![member.id, member.name, member.born, member.note]
}

fn read(row: &Fields<'_>) -> Result<Member, StoreError> {
    Ok(Member {
        id: row.get("id")?,
        name: row.get("name")?,
        born: row.get("born")?,
        note: row.get("note")?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Refusal;
    use crate::testing::{a_member, day, family, refusal, run, spoil, unreadable};

    #[test]
    fn is_written_changed_removed_and_read_back() {
        let mut store = family();
        let id = next_id(&store).expect("a number");
        assert_eq!(id, MemberId(3));
        let names = [
            "王秀英",
            "e\u{301}",
            "\u{e9}",
            "\u{202e}gnaw",
            "👨‍👩‍👧",
            "𠮷",
            "a\u{200b}b",
            "it's \"",
        ];
        for name in names {
            let member = Member {
                note: "备注\n第二行\u{1}".to_owned(),
                ..a_member(3, name)
            };
            run(&mut store, |tx| insert(tx, &member));
            assert_eq!(find(&store, id).expect("a row"), Some(member.clone()));
            let changed = Member {
                born: None,
                name: format!("{name}{name}"),
                ..member
            };
            run(&mut store, |tx| update(tx, &changed));
            assert_eq!(all(&store).expect("rows").last(), Some(&changed));
            run(&mut store, |tx| delete(tx, id));
            assert_eq!(find(&store, id).expect("no row"), None);
        }
    }

    #[test]
    fn is_refused_by_number_and_reason() {
        let mut store = family();
        let member = |id, name: &str, born: &str| Member {
            born: Some(day(born)),
            ..a_member(id, name)
        };
        for (row, why) in [
            (member(1, "甲", "1990-01-01"), Refusal::Taken),
            (member(0, "甲", "1990-01-01"), Refusal::Number),
            (member(3, " 　", "1990-01-01"), Refusal::BlankName),
            (member(3, "甲\0乙", "1990-01-01"), Refusal::NulCharacter),
            (
                member(3, "甲", "1899-12-31"),
                Refusal::DayOutOfRange(day("1899-12-31")),
            ),
        ] {
            let id = row.id.0;
            assert_eq!(refusal(&mut store, |tx| insert(tx, &row)), (TABLE, id, why));
        }
        let gone = a_member(9, "甲");
        assert_eq!(
            refusal(&mut store, |tx| update(tx, &gone)),
            (TABLE, 9, Refusal::Gone)
        );
        assert_eq!(
            refusal(&mut store, |tx| delete(tx, gone.id)),
            (TABLE, 9, Refusal::Gone)
        );
        for with_records in [1, 2] {
            assert_eq!(
                refusal(&mut store, |tx| delete(tx, MemberId(with_records))),
                (TABLE, with_records, Refusal::InUse)
            );
        }
    }

    #[test]
    fn the_numbers_run_out_with_an_error() {
        let mut store = family();
        run(&mut store, |tx| insert(tx, &a_member(u32::MAX, "末")));
        assert!(matches!(
            next_id(&store),
            Err(StoreError::Refused {
                why: Refusal::Number,
                ..
            })
        ));
    }

    #[test]
    fn an_impossible_day_is_an_error() {
        let store = family();
        spoil(&store, "UPDATE member SET born = '1958-02-30' WHERE id = 2");
        assert_eq!(unreadable(&store), (TABLE, 2, "born"));
    }
}
