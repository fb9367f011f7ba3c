//! 自己加的政策文件

use gongji_domain::{HouseholdPolicy, PolicyFileId};
use rusqlite::types::Value;

use crate::fields::Fields;
use crate::guard::Guard;
use crate::stored::values;
use crate::{Ledger, Refusal, StoreError, Tx};

const TABLE: &str = "policy_file";
const SELECT: &str = "SELECT id, path, pack, added_on, text FROM policy_file";
const INSERT: &str =
    "INSERT INTO policy_file (id, path, pack, added_on, text) VALUES (?1, ?2, ?3, ?4, ?5)";
const UPDATE: &str =
    "UPDATE policy_file SET path = ?2, pack = ?3, added_on = ?4, text = ?5 WHERE id = ?1";

/// The same path under another number.
const SAME_PATH: &str = "SELECT id FROM policy_file WHERE path = ?1 AND id <> ?2";

/// The number for a new file.
pub fn next_id(ledger: &Ledger) -> Result<PolicyFileId, StoreError> {
    ledger.next_id(TABLE)
}

/// Adds a file; no other may have its path.
pub fn insert(tx: &Tx<'_>, file: &HouseholdPolicy) -> Result<(), StoreError> {
    let guard = Guard::of(TABLE, file.id);
    guard.is_new(tx)?;
    accept(tx, guard, file)?;
    tx.change(guard, INSERT, row(file))
}

/// Changes a file.
pub fn update(tx: &Tx<'_>, file: &HouseholdPolicy) -> Result<(), StoreError> {
    let guard = Guard::of(TABLE, file.id);
    accept(tx, guard, file)?;
    tx.change(guard, UPDATE, row(file))
}

/// Removes a file.
pub fn delete(tx: &Tx<'_>, id: PolicyFileId) -> Result<(), StoreError> {
    tx.delete(TABLE, id)
}

/// All files, by number.
pub fn all(ledger: &Ledger) -> Result<Vec<HouseholdPolicy>, StoreError> {
    ledger.all(TABLE, SELECT, read)
}

fn accept(tx: &Tx<'_>, guard: Guard, file: &HouseholdPolicy) -> Result<(), StoreError> {
    guard.name(&file.path)?;
    guard.text(&file.text)?;
    file.pack.iter().try_for_each(|pack| guard.name(pack))?;
    guard.days([Some(file.added_on)])?;
    match tx.one(SAME_PATH, values![file.path.clone(), file.id])? {
        Some(other) => Err(guard.refused(Refusal::Overlap { other })),
        None => Ok(()),
    }
}

fn row(file: &HouseholdPolicy) -> [Value; 5] {
    values![
        file.id,
        file.path.clone(),
        file.pack.clone(),
        file.added_on,
        file.text.clone()
    ]
}

fn read(row: &Fields<'_>) -> Result<HouseholdPolicy, StoreError> {
    Ok(HouseholdPolicy {
        id: row.get("id")?,
        path: row.get("path")?,
        pack: row.get("pack")?,
        added_on: row.get("added_on")?,
        text: row.get("text")?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{day, family, refusal, run};

    fn file(id: u32, path: &str) -> HouseholdPolicy {
        HouseholdPolicy {
            id: PolicyFileId(id),
            path: path.to_owned(),
            pack: Some("丹东".to_owned()),
            added_on: day("2026-03-01"),
            text: "pool = \"210600\"\n".to_owned(),
        }
    }

    #[test]
    fn is_added_changed_removed_and_no_path_stands_twice() {
        let mut store = family();
        let first = file(1, "210600-dandong/employee/inpatient.toml");
        run(&mut store, |tx| insert(tx, &first));
        let changed = HouseholdPolicy {
            pack: None,
            text: "# 空\n".to_owned(),
            ..first.clone()
        };
        run(&mut store, |tx| update(tx, &changed));
        assert_eq!(all(&store).expect("the files"), [changed]);
        assert_eq!(
            refusal(&mut store, |tx| insert(tx, &file(2, &first.path))),
            (TABLE, 2, Refusal::Overlap { other: 1 })
        );
        assert_eq!(
            refusal(&mut store, |tx| insert(tx, &file(2, " "))),
            (TABLE, 2, Refusal::BlankName)
        );
        run(&mut store, |tx| delete(tx, PolicyFileId(1)));
        assert_eq!(all(&store).expect("the files"), []);
    }
}
