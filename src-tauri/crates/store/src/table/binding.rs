//! 共济绑定

use gongji_domain::{Binding, BindingId};
use rusqlite::types::Value;

use crate::fields::Fields;
use crate::guard::Guard;
use crate::stored::values;
use crate::{Ledger, Refusal, StoreError, Tx};

const TABLE: &str = "binding";
const SELECT: &str = "SELECT id, donor, recipient, relation, bound_on, ended_on, rank FROM binding";
const INSERT: &str = "INSERT INTO binding
        (id, donor, recipient, relation, bound_on, ended_on, rank)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
const UPDATE: &str = "UPDATE binding SET donor = ?2, recipient = ?3, relation = ?4, bound_on = ?5, ended_on = ?6, rank = ?7
    WHERE id = ?1";

/// The same two members, bound the same way for a day on which both bindings would pay.
const OVERLAPPING: &str = "SELECT id FROM binding
    WHERE donor = ?2 AND recipient = ?3 AND id <> ?1
    AND (ended_on IS NULL OR ended_on > ?4)
    AND (?5 IS NULL OR bound_on < ?5)";

/// The number for a new binding.
pub fn next_id(ledger: &Ledger) -> Result<BindingId, StoreError> {
    ledger.next_id(TABLE)
}

/// Adds a binding.
pub fn insert(tx: &Tx<'_>, binding: &Binding) -> Result<(), StoreError> {
    let guard = Guard::of(TABLE, binding.id);
    guard.is_new(tx)?;
    accept(tx, guard, binding)?;
    tx.change(guard, INSERT, row(binding))
}

/// Changes a binding.
pub fn update(tx: &Tx<'_>, binding: &Binding) -> Result<(), StoreError> {
    let guard = Guard::of(TABLE, binding.id);
    accept(tx, guard, binding)?;
    tx.change(guard, UPDATE, row(binding))
}

/// Removes a binding that no other record names.
pub fn delete(tx: &Tx<'_>, id: BindingId) -> Result<(), StoreError> {
    tx.delete(TABLE, id)
}

/// The binding of this number.
pub fn find(ledger: &Ledger, id: BindingId) -> Result<Option<Binding>, StoreError> {
    ledger.find(TABLE, SELECT, id, read)
}

/// All bindings, by number.
pub fn all(ledger: &Ledger) -> Result<Vec<Binding>, StoreError> {
    ledger.all(TABLE, SELECT, read)
}

fn accept(tx: &Tx<'_>, guard: Guard, binding: &Binding) -> Result<(), StoreError> {
    guard.names(tx, "member", binding.donor)?;
    guard.names(tx, "member", binding.recipient)?;
    guard.require(binding.donor != binding.recipient, Refusal::SameMember)?;
    guard.require(binding.rank >= 1, Refusal::Rank)?;
    guard.period(binding.bound_on, binding.ended_on)?;
    let period = values![
        binding.id,
        binding.donor,
        binding.recipient,
        binding.bound_on,
        binding.ended_on
    ];
    match tx.one(OVERLAPPING, period)? {
        Some(other) => Err(guard.refused(Refusal::Overlap { other })),
        None => Ok(()),
    }
}

fn row(binding: &Binding) -> [Value; 7] {
    values![
        binding.id,
        binding.donor,
        binding.recipient,
        binding.relation,
        binding.bound_on,
        binding.ended_on,
        binding.rank
    ]
}

fn read(row: &Fields<'_>) -> Result<Binding, StoreError> {
    Ok(Binding {
        id: row.get("id")?,
        donor: row.get("donor")?,
        recipient: row.get("recipient")?,
        relation: row.get("relation")?,
        bound_on: row.get("bound_on")?,
        ended_on: row.get("ended_on")?,
        rank: row.get("rank")?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{a_binding, day, family, refusal, run, spoil, unreadable};
    use gongji_domain::MemberId;

    #[test]
    fn is_written_changed_removed_and_read_back() {
        let mut store = family();
        let row = Binding {
            rank: 2,
            ..a_binding(2, 2, 1, "2025-03-01")
        };
        run(&mut store, |tx| insert(tx, &row));
        let ended = Binding {
            ended_on: Some(day("2025-03-01")),
            ..row
        };
        run(&mut store, |tx| update(tx, &ended));
        assert_eq!(find(&store, ended.id).expect("a row"), Some(ended.clone()));
        run(&mut store, |tx| delete(tx, ended.id));
        assert_eq!(all(&store).expect("rows").len(), 1);
        assert_eq!(next_id(&store).expect("a number"), BindingId(2));
    }

    #[test]
    fn is_refused_by_number_and_reason() {
        let mut store = family();
        let row = a_binding(2, 2, 1, "2025-03-01");
        for (row, why) in [
            (
                Binding {
                    recipient: MemberId(2),
                    ..row.clone()
                },
                Refusal::SameMember,
            ),
            (
                Binding {
                    donor: MemberId(5),
                    ..row.clone()
                },
                Refusal::Absent {
                    table: "member",
                    row: 5,
                },
            ),
            (
                Binding {
                    rank: 0,
                    ..row.clone()
                },
                Refusal::Rank,
            ),
            (
                Binding {
                    ended_on: Some(day("2025-02-28")),
                    ..row
                },
                Refusal::Reversed {
                    from: day("2025-03-01"),
                    until: day("2025-02-28"),
                },
            ),
            (
                a_binding(2, 1, 2, "2025-03-01"),
                Refusal::Overlap { other: 1 },
            ),
        ] {
            assert_eq!(refusal(&mut store, |tx| insert(tx, &row)), (TABLE, 2, why));
        }
    }

    #[test]
    fn may_be_made_anew_from_the_day_it_ended() {
        let mut store = family();
        let ended = Binding {
            ended_on: Some(day("2025-05-01")),
            ..a_binding(1, 1, 2, "2025-02-01")
        };
        run(&mut store, |tx| update(tx, &ended));
        let early = a_binding(2, 1, 2, "2025-04-30");
        assert_eq!(
            refusal(&mut store, |tx| insert(tx, &early)),
            (TABLE, 2, Refusal::Overlap { other: 1 })
        );
        let before = Binding {
            ended_on: Some(day("2025-02-01")),
            ..a_binding(3, 1, 2, "2025-01-01")
        };
        run(&mut store, |tx| insert(tx, &before));
        run(&mut store, |tx| {
            insert(tx, &a_binding(2, 1, 2, "2025-05-01"))
        });
    }

    #[test]
    fn an_unknown_relation_is_an_error() {
        let store = family();
        spoil(&store, "UPDATE binding SET relation = 'friend'");
        assert_eq!(unreadable(&store), (TABLE, 1, "relation"));
    }
}
