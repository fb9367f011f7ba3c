use gongji_domain::Message;
use rusqlite::Connection;
use rusqlite::types::Value;
use serde_json::{Map, Value as Json};

use crate::fields::json_text;
use crate::stored::values;
use crate::table::{HOUSEHOLD, account_month};
use crate::{Ledger, Store, StoreError, Tx};

/// 可撤销的步数 — older steps are forgotten.
const KEPT: i64 = 200;

/// Makes this connection note every changed row of the household's tables while a command runs.
///
/// The triggers are temporary: they always fit the tables as they are, and no migration has to
/// carry them along. `recording` holds the running step's number, or nothing. What a new row holds is
/// noted only when it is taken back: until then it stands in its table. A file of an older format has not
/// all of the tables yet.
pub(crate) fn record_changes(connection: &Connection) -> Result<(), StoreError> {
    let mut sql = "CREATE TEMP TABLE recording (step INTEGER NOT NULL);".to_owned();
    for table in HOUSEHOLD {
        if columns(connection, table)?.is_empty() {
            continue;
        }
        let (old, new) = (
            image(connection, table, "OLD")?,
            image(connection, table, "NEW")?,
        );
        sql.push_str(&insert_trigger(table));
        for (event, state, before, after) in [
            ("UPDATE", "NEW", &old, new.as_str()),
            ("DELETE", "OLD", &old, "NULL"),
        ] {
            sql.push_str(&format!(
                "CREATE TEMP TRIGGER {table}_{event} AFTER {event} ON main.{table} BEGIN
                     INSERT INTO undo_change (step, record, number, before, after)
                     SELECT step, '{table}', {state}.rowid, {before}, {after} FROM recording;
                 END;"
            ));
        }
    }
    Ok(connection.execute_batch(&sql)?)
}

fn insert_trigger(table: &str) -> String {
    format!(
        "CREATE TEMP TRIGGER {table}_INSERT AFTER INSERT ON main.{table} BEGIN
             INSERT INTO undo_change (step, record, number)
             SELECT step, '{table}', NEW.rowid FROM recording;
         END;"
    )
}

fn columns(connection: &Connection, table: &str) -> Result<Vec<String>, StoreError> {
    let columns = connection
        .prepare_cached("SELECT name FROM pragma_table_info(?1)")?
        .query_map([table], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    Ok(columns)
}

/// The whole row as a JSON object; `state` is what the row is called.
fn image(connection: &Connection, table: &str, state: &str) -> Result<String, StoreError> {
    let columns = columns(connection, table)?;
    let pairs = columns
        .iter()
        .map(|name| format!("'{name}', {state}.{name}"));
    let pairs: Vec<String> = pairs.collect();
    Ok(format!("json_object({})", pairs.join(", ")))
}

/// 成批的新行 — `work` does nothing but add rows to these tables, with numbers above those in use. They are
/// noted as one change a table: row by row that would take longer than adding them.
pub(crate) fn adding_rows<T>(
    tx: &Tx<'_>,
    tables: &[&'static str],
    work: impl FnOnce() -> Result<T, StoreError>,
) -> Result<T, StoreError> {
    let Some(step) = tx.one::<i64>("SELECT step FROM recording", [])? else {
        return work();
    };
    let highest = |table| {
        let sql = format!("SELECT coalesce(max(rowid), 0) FROM {table}");
        tx.integer(&sql, [])
    };
    let mut before = Vec::new();
    for table in tables {
        before.push(highest(table)?);
        let sql = format!("DROP TRIGGER temp.{table}_INSERT");
        tx.connection.execute_batch(&sql)?;
    }
    let done = work()?;
    for (table, before) in tables.iter().zip(before) {
        let last = highest(table)?;
        if last > before {
            tx.execute(
                "INSERT INTO undo_change (step, record, number, last) VALUES (?1, ?2, ?3, ?4)",
                values![step, (*table).to_owned(), before + 1, last],
            )?;
        }
        tx.connection.execute_batch(&insert_trigger(table))?;
    }
    Ok(done)
}

/// Starts to note changes under `label`; returns the step's number.
pub(crate) fn begin(tx: &Tx<'_>, label: &Message) -> Result<i64, StoreError> {
    let step = tx.integer("SELECT coalesce(max(id), 0) + 1 FROM undo_step", [])?;
    let label = json_text(label)?;
    tx.execute(
        "INSERT INTO undo_step (id, label) VALUES (?1, ?2)",
        values![step, label],
    )?;
    tx.execute("INSERT INTO recording (step) VALUES (?1)", values![step])?;
    Ok(step)
}

/// Ends the step: what had been undone before it cannot be redone any more.
pub(crate) fn finish(tx: &Tx<'_>, step: i64) -> Result<(), StoreError> {
    tx.execute("DELETE FROM recording", [])?;
    let changed = tx
        .one::<i64>("SELECT 1 FROM undo_change WHERE step = ?1", values![step])?
        .is_some();
    if !changed {
        tx.execute("DELETE FROM undo_step WHERE id = ?1", values![step])?;
        return Ok(());
    }
    for gone in [
        "SELECT id FROM undo_step WHERE undone = 1",
        "SELECT id FROM undo_step WHERE id <= ?1",
    ] {
        let parameters = || gone.contains("?1").then_some(Value::Integer(step - KEPT));
        tx.execute(
            &format!("DELETE FROM undo_change WHERE step IN ({gone})"),
            parameters(),
        )?;
        tx.execute(
            &format!("DELETE FROM undo_step WHERE id IN ({gone})"),
            parameters(),
        )?;
    }
    Ok(())
}

const LAST_DONE: &str = "SELECT id, label FROM undo_step WHERE undone = 0 ORDER BY id DESC LIMIT 1";
const FIRST_UNDONE: &str = "SELECT id, label FROM undo_step WHERE undone = 1 ORDER BY id LIMIT 1";

/// Which way a step is gone through.
#[derive(Clone, Copy)]
enum Direction {
    Back,
    Forth,
}

pub(crate) fn undo(tx: &Tx<'_>) -> Result<Option<Message>, StoreError> {
    replay(tx, Direction::Back)
}

pub(crate) fn redo(tx: &Tx<'_>) -> Result<Option<Message>, StoreError> {
    replay(tx, Direction::Forth)
}

fn replay(tx: &Tx<'_>, direction: Direction) -> Result<Option<Message>, StoreError> {
    let (which, changes) = match direction {
        Direction::Back => (
            LAST_DONE,
            "SELECT id, record, number, last, after AS standing, before AS wanted
             FROM undo_change WHERE step = ?1 ORDER BY id DESC",
        ),
        Direction::Forth => (
            FIRST_UNDONE,
            "SELECT id, record, number, last, before AS standing, after AS wanted
             FROM undo_change WHERE step = ?1 ORDER BY id",
        ),
    };
    let Some((step, label)) = step(tx, which)? else {
        return Ok(None);
    };
    // Rows come back in an order in which one may for a moment name another that is not there yet.
    tx.execute("PRAGMA defer_foreign_keys = ON", [])?;
    let changes = tx.rows("undo_change", changes, values![step], |row| {
        let record: String = row.get("record")?;
        let table = HOUSEHOLD
            .into_iter()
            .find(|table| *table == record)
            .ok_or_else(|| row.unreadable("record", &record))?;
        let (id, number) = (row.get("id")?, row.get("number")?);
        if let Some(last) = row.get("last")? {
            return Ok(Change::Added(Added {
                id,
                table,
                number,
                last,
            }));
        }
        Ok(Change::One(Row {
            id,
            table,
            number,
            standing: row.json_if_any("standing")?,
            wanted: row.json_if_any("wanted")?,
        }))
    })?;
    let legs_change = changes.iter().any(|change| change.table() == "leg");
    for change in &changes {
        match change {
            Change::One(row) => row.apply(tx)?,
            Change::Added(rows) => rows.apply(tx, direction)?,
        }
    }
    if legs_change {
        account_month::rebuild(tx)?;
    }
    tx.execute(
        "UPDATE undo_step SET undone = 1 - undone WHERE id = ?1",
        values![step],
    )?;
    Ok(Some(label))
}

fn step(ledger: &Ledger, which: &str) -> Result<Option<(i64, Message)>, StoreError> {
    ledger.row("undo_step", which, [], |row| {
        Ok((row.get("id")?, row.json("label")?))
    })
}

enum Change {
    One(Row),
    Added(Added),
}

impl Change {
    fn table(&self) -> &'static str {
        match self {
            Change::One(row) => row.table,
            Change::Added(rows) => rows.table,
        }
    }
}

/// Rows that were added together, with their first and last numbers.
struct Added {
    id: i64,
    table: &'static str,
    number: i64,
    last: i64,
}

impl Added {
    fn apply(&self, tx: &Tx<'_>, direction: Direction) -> Result<(), StoreError> {
        let table = self.table;
        let numbers = || values![self.number, self.last];
        match direction {
            Direction::Back => {
                let image = image(&tx.connection, table, table)?;
                let sql = format!(
                    "UPDATE undo_change SET after = (SELECT json_group_array({image})
                         FROM {table} WHERE rowid BETWEEN ?1 AND ?2)
                     WHERE id = ?3"
                );
                tx.execute(&sql, numbers().into_iter().chain(values![self.id]))?;
                let sql = format!("DELETE FROM {table} WHERE rowid BETWEEN ?1 AND ?2");
                tx.execute(&sql, numbers()).map(drop)
            }
            Direction::Forth => {
                let columns = columns(&tx.connection, table)?;
                let read = columns.iter().map(|name| format!("value ->> '{name}'"));
                let read: Vec<String> = read.collect();
                let sql = format!(
                    "INSERT INTO {table} ({}) SELECT {} FROM undo_change, json_each(after)
                     WHERE undo_change.id = ?1",
                    columns.join(", "),
                    read.join(", ")
                );
                tx.execute(&sql, values![self.id]).map(drop)
            }
        }
    }
}

/// One row as it stands and as it is to stand.
struct Row {
    id: i64,
    table: &'static str,
    number: i64,
    standing: Option<Map<String, Json>>,
    wanted: Option<Map<String, Json>>,
}

impl Row {
    fn apply(&self, tx: &Tx<'_>) -> Result<(), StoreError> {
        let table = self.table;
        let Some(wanted) = &self.wanted else {
            if self.standing.is_none() {
                self.keep(tx)?;
            }
            let sql = format!("DELETE FROM {table} WHERE rowid = ?1");
            return tx.execute(&sql, values![self.number]).map(drop);
        };
        let columns: Vec<String> = wanted.keys().map(|name| quoted(name)).collect();
        let images = wanted.values().map(column_value);
        if self.standing.is_none() {
            let places = vec!["?"; columns.len()].join(", ");
            let columns = columns.join(", ");
            let sql = format!("INSERT INTO {table} ({columns}) VALUES ({places})");
            return tx.execute(&sql, images).map(drop);
        }
        let settings: Vec<String> = columns.iter().map(|c| format!("{c} = ?")).collect();
        let settings = settings.join(", ");
        let sql = format!("UPDATE {table} SET {settings} WHERE rowid = ?");
        tx.execute(&sql, images.chain([Value::Integer(self.number)]))
            .map(drop)
    }

    /// Notes what a new row holds before it goes.
    fn keep(&self, tx: &Tx<'_>) -> Result<(), StoreError> {
        let table = self.table;
        let image = image(&tx.connection, table, table)?;
        let sql = format!(
            "UPDATE undo_change SET after = (SELECT {image} FROM {table} WHERE rowid = ?1)
             WHERE id = ?2"
        );
        tx.execute(&sql, values![self.number, self.id]).map(drop)
    }
}

fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

/// The column value of an image; STRICT tables hold integers and texts only.
fn column_value(image: &Json) -> Value {
    match image {
        Json::Null => Value::Null,
        Json::String(text) => Value::Text(text.clone()),
        other => other
            .as_i64()
            .map_or_else(|| Value::Text(other.to_string()), Value::Integer),
    }
}

impl Store {
    /// 可撤销的一步 — the name of what [`Store::undo`] would take back.
    ///
    /// # Errors
    /// When SQLite fails.
    pub fn undo_label(&self) -> Result<Option<Message>, StoreError> {
        Ok(step(self, LAST_DONE)?.map(|(_, label)| label))
    }

    /// 可重做的一步 — the name of what [`Store::redo`] would do again.
    ///
    /// # Errors
    /// When SQLite fails.
    pub fn redo_label(&self) -> Result<Option<Message>, StoreError> {
        Ok(step(self, FIRST_UNDONE)?.map(|(_, label)| label))
    }
}

#[cfg(test)]
mod tests;
