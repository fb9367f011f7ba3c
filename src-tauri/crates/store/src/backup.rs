use std::fs;
use std::path::Path;

use rusqlite::Connection;
use rusqlite::backup::Backup;

use crate::access::{self, sibling};
use crate::check::CheckReport;
use crate::lock::FileLock;
use crate::opening::{self, close};
use crate::{Ledger, Store, StoreError, migration};

impl Store {
    /// 备份 — writes a copy of the record to `to` and reads it back. A copy that stood there is
    /// replaced only by one that has been verified.
    ///
    /// # Errors
    /// When the copy cannot be written or differs; nothing of it is then left.
    pub fn backup(&self, to: &Path) -> Result<(), StoreError> {
        let own = |own: &Path| fs::canonicalize(to).is_ok_and(|to| to == own);
        if self.path().is_some_and(own) {
            return Err(StoreError::BackupOntoItself);
        }
        copy(&self.connection, to)
    }
}

/// 核验 — opens the file without writing to it or beside it and checks everything in it.
///
/// # Errors
/// When the file is no household record, is newer than this program, or cannot be read.
pub fn verify(path: &Path) -> Result<CheckReport, StoreError> {
    let plan = migration::current();
    opening::examine(path, &plan)?;
    let (connection, _copy) = opening::open_for_reading(path, &plan)?;
    Ledger { connection }.check()
}

/// 用备份 — puts a verified copy of the backup `from` where the record `to` cannot be opened. What
/// stood there is kept as `aside`, with its logs; at every moment one of the two stands at `to`.
///
/// # Errors
/// When the backup is no sound record, somebody has the record open, or a file cannot be written;
/// the record is then as it was.
pub fn restore(from: &Path, to: &Path, aside: &Path) -> Result<(), StoreError> {
    let plan = migration::current();
    opening::examine(from, &plan)?;
    let (connection, _copy) = opening::open_for_reading(from, &plan)?;
    let _lock = FileLock::take(to, true)?;
    let unfinished = sibling(to, ".new");
    access::remove_unfinished(&unfinished)?;
    let written = write(&connection, &unfinished).and_then(|()| compare(&connection, &unfinished));
    if let Err(error) = written {
        access::remove_unfinished(&unfinished)?;
        return Err(error);
    }
    // A second name where the file system has such a thing, else a copy.
    if fs::hard_link(to, aside).is_err() {
        fs::copy(to, aside).map_err(StoreError::io(aside))?;
    }
    for suffix in ["-wal", "-journal", "-shm"] {
        let log = sibling(to, suffix);
        if log.exists() {
            fs::rename(&log, sibling(aside, suffix)).map_err(StoreError::io(&log))?;
        }
    }
    access::put_in_place(&unfinished, to)
}

/// 用备份，那里还没有文件 — a verified copy of the backup `from` at `to`.
///
/// # Errors
/// When the backup is no sound record, or the file cannot be written; nothing of it is then left.
pub fn restore_anew(from: &Path, to: &Path) -> Result<(), StoreError> {
    let plan = migration::current();
    opening::examine(from, &plan)?;
    let (connection, _copy) = opening::open_for_reading(from, &plan)?;
    let _lock = FileLock::take(to, true)?;
    copy(&connection, to)
}

/// Writes a verified copy of the database to `to`.
pub(crate) fn copy(connection: &Connection, to: &Path) -> Result<(), StoreError> {
    opening::refuse_leftover_log(to)?;
    let unfinished = sibling(to, ".new");
    access::remove_unfinished(&unfinished)?;
    let written = write(connection, &unfinished).and_then(|()| compare(connection, &unfinished));
    match written {
        Ok(()) => access::put_in_place(&unfinished, to),
        Err(error) => {
            access::remove_unfinished(&unfinished)?;
            Err(error)
        }
    }
}

fn write(from: &Connection, to: &Path) -> Result<(), StoreError> {
    access::create_private(to)?;
    let mut copy = Connection::open(to)?;
    copy.pragma_update(None, "synchronous", "EXTRA")?;
    Backup::new(from, &mut copy)?.step(-1)?;
    // One file that can be carried away, without a log beside it.
    copy.pragma_update_and_check(None, "journal_mode", "DELETE", |_| Ok(()))?;
    close(copy)
}

fn compare(original: &Connection, copy: &Path) -> Result<(), StoreError> {
    let copy = opening::open_immutable(copy)?;
    let verdict: String = copy.query_row("PRAGMA integrity_check(1)", [], |row| row.get(0))?;
    if verdict != "ok" {
        return Err(StoreError::BackupDiffers(verdict));
    }
    let (expected, found) = (contents(original)?, contents(&copy)?);
    if expected == found {
        Ok(())
    } else {
        let detail = format!("{expected:?} / {found:?}");
        Err(StoreError::BackupDiffers(detail))
    }
}

/// The format, and how many rows each table has.
fn contents(connection: &Connection) -> Result<Vec<(String, i64)>, StoreError> {
    let mut tables = connection.prepare(
        "SELECT name FROM main.sqlite_schema
         WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name",
    )?;
    let names: Vec<String> = tables
        .query_map([], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    let mut contents = vec![("user_version".to_owned(), migration::version(connection)?)];
    for name in names {
        let sql = format!("SELECT count(*) FROM main.\"{name}\"");
        let count = connection.query_row(&sql, [], |row| row.get(0))?;
        contents.push((name, count));
    }
    Ok(contents)
}

#[cfg(test)]
mod tests;
