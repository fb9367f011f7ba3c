use std::path::{Path, PathBuf};

use rusqlite::Connection;
use rusqlite_migration::{M, Migrations};

use crate::access::sibling;
use crate::{Damage, StoreError, backup};

/// The numbered steps from an empty file to the present format, and the schema they lead to.
pub(crate) struct Plan {
    steps: Vec<M<'static>>,
    schema: &'static str,
}

/// The steps, each of which was the latest once. One that was released never changes.
pub(crate) const STEPS: [&str; 12] = [
    include_str!("../migrations/001-household.sql"),
    include_str!("../migrations/002-own-figures.sql"),
    include_str!("../migrations/003-own-rules.sql"),
    include_str!("../migrations/004-plan-rules.sql"),
    include_str!("../migrations/005-slip.sql"),
    include_str!("../migrations/006-movements.sql"),
    include_str!("../migrations/007-months.sql"),
    include_str!("../migrations/008-days.sql"),
    include_str!("../migrations/009-enrollments.sql"),
    include_str!("../migrations/010-premiums.sql"),
    include_str!("../migrations/011-premium-amount.sql"),
    include_str!("../migrations/012-overdraft-repayment.sql"),
];

/// What this program writes.
pub(crate) fn current() -> Plan {
    let steps = STEPS.into_iter().map(M::up).collect();
    Plan::new(steps, include_str!("../schema.sql"))
}

impl Plan {
    pub(crate) fn new(steps: Vec<M<'static>>, schema: &'static str) -> Plan {
        Plan { steps, schema }
    }

    /// The number of the latest format.
    pub(crate) fn latest(&self) -> i64 {
        i64::try_from(self.steps.len()).unwrap_or(i64::MAX)
    }

    /// Brings the database to the latest format: all steps in one transaction.
    pub(crate) fn run(&self, connection: &mut Connection) -> Result<(), StoreError> {
        Migrations::from_slice(&self.steps).to_latest(connection)?;
        Ok(())
    }

    /// The same for a user's file, of which a verified copy is put aside first.
    pub(crate) fn run_with_copy(
        &self,
        connection: &mut Connection,
        path: &Path,
    ) -> Result<(), StoreError> {
        let version = version(connection)?;
        if version < self.latest() {
            backup::copy(connection, &free_name(path, version))?;
            self.run(connection)?;
        }
        Ok(())
    }

    /// A file of the latest format has exactly the tables of that format.
    pub(crate) fn require_schema(&self, connection: &Connection) -> Result<(), StoreError> {
        if schema(connection)? == self.schema {
            Ok(())
        } else {
            Err(StoreError::Damaged(Damage::Structure))
        }
    }
}

/// The format of the database.
pub(crate) fn version(connection: &Connection) -> Result<i64, StoreError> {
    Ok(connection.pragma_query_value(None, "user_version", |row| row.get(0))?)
}

/// The statements that make the tables as they are, in the order they were made.
pub(crate) fn schema(connection: &Connection) -> Result<String, StoreError> {
    let mut statement = connection.prepare(
        "SELECT sql || ';' || char(10) FROM main.sqlite_schema
         WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY rowid",
    )?;
    let parts: Vec<String> = statement
        .query_map([], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    Ok(parts.join("\n"))
}

/// `<file>.v1.backup`, or with a number where earlier copies stand.
fn free_name(path: &Path, version: i64) -> PathBuf {
    let mut name = sibling(path, &format!(".v{version}.backup"));
    let mut count = 1;
    while name.exists() {
        count += 1;
        name = sibling(path, &format!(".v{version}-{count}.backup"));
    }
    name
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Store;

    /// Run with `UPDATE_SCHEMA=1` to write the dump anew after a migration was added.
    #[test]
    fn schema_sql_is_the_dump_of_the_latest_format() {
        let store = Store::in_memory().expect("a record in memory");
        let dump = schema(&store.connection).expect("a schema");
        let file = concat!(env!("CARGO_MANIFEST_DIR"), "/schema.sql");
        if std::env::var_os("UPDATE_SCHEMA").is_some() {
            std::fs::write(file, &dump).expect("schema.sql");
        }
        let committed = std::fs::read_to_string(file).expect("schema.sql");
        assert!(
            committed == dump,
            "schema.sql differs: run with UPDATE_SCHEMA=1"
        );
    }
}
