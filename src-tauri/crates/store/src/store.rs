use std::ops::Deref;
use std::path::{Path, PathBuf};

use gongji_domain::Message;
use rusqlite::types::Value;
use rusqlite::{
    CachedStatement, Connection, OptionalExtension, ToSql, Transaction, TransactionBehavior,
    params_from_iter,
};
use tempfile::TempDir;

use crate::guard::Guard;
use crate::lock::FileLock;
use crate::stored::Number;
use crate::{Ledger, ReadOnlyReason, Refusal, StoreError, migration, opening, undo};

/// 账本文件 — one open household record. Nobody else has it open for as long as this lives.
pub struct Store {
    // Fields are dropped in this order: the connection before the copy it reads and the lock.
    ledger: Ledger,
    path: Option<PathBuf>,
    read_only: Option<ReadOnlyReason>,
    _copy: Option<TempDir>,
    _lock: Option<FileLock>,
}

impl Deref for Store {
    type Target = Ledger;

    fn deref(&self) -> &Ledger {
        &self.ledger
    }
}

/// A command under way; whatever it wrote is undone when it fails.
pub struct Tx<'s> {
    ledger: &'s Ledger,
}

impl Deref for Tx<'_> {
    type Target = Ledger;

    fn deref(&self) -> &Ledger {
        self.ledger
    }
}

/// What opening a file yields.
pub(crate) struct Opened {
    pub(crate) connection: Connection,
    pub(crate) path: PathBuf,
    pub(crate) read_only: Option<ReadOnlyReason>,
    pub(crate) copy: Option<TempDir>,
    pub(crate) lock: Option<FileLock>,
}

impl Store {
    /// Opens the record at `path`; creates file and folder when they are not there.
    ///
    /// # Errors
    /// When the file is in use, is no household record, is newer than this program, is damaged, or
    /// cannot be reached. The file is then left as it was.
    pub fn open(path: &Path) -> Result<Store, StoreError> {
        Store::of(opening::open(path, &migration::current())?)
    }

    pub(crate) fn of(opened: Opened) -> Result<Store, StoreError> {
        if opened.read_only.is_none() {
            undo::record_changes(&opened.connection)?;
        }
        Ok(Store {
            ledger: Ledger {
                connection: opened.connection,
            },
            path: Some(opened.path),
            read_only: opened.read_only,
            _copy: opened.copy,
            _lock: opened.lock,
        })
    }

    /// A record that lives in memory only.
    ///
    /// # Errors
    /// When SQLite has no memory left.
    pub fn in_memory() -> Result<Store, StoreError> {
        let mut connection = Connection::open_in_memory()?;
        opening::configure(&connection)?;
        migration::current().run(&mut connection)?;
        undo::record_changes(&connection)?;
        Ok(Store {
            ledger: Ledger { connection },
            path: None,
            read_only: None,
            _copy: None,
            _lock: None,
        })
    }

    /// 只读，以及原因 — every write then fails with [`StoreError::ReadOnly`].
    pub fn read_only(&self) -> Option<ReadOnlyReason> {
        self.read_only
    }

    /// The file, unless the record lives in memory.
    pub fn path(&self) -> Option<&Path> {
        self.path.as_deref()
    }

    /// 一步 — runs `work` in one transaction and keeps what it changed as one step under `label`,
    /// so that it can be undone. Steps that had been undone can then no longer be redone. A command
    /// that changes nothing leaves no step.
    ///
    /// # Errors
    /// Whatever `work` returns, and what SQLite says; nothing is then written.
    pub fn command<T>(
        &mut self,
        label: &Message,
        work: impl FnOnce(&Tx<'_>) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        self.transaction(|tx| {
            let step = undo::begin(tx, label)?;
            let done = work(tx)?;
            undo::finish(tx, step)?;
            Ok(done)
        })
    }

    /// 撤销 — takes the last step back and returns its name; nothing where there is none.
    ///
    /// # Errors
    /// When the file is read-only or SQLite fails; nothing is then changed.
    pub fn undo(&mut self) -> Result<Option<Message>, StoreError> {
        self.transaction(undo::undo)
    }

    /// 重做 — does the step again that was undone last and returns its name.
    ///
    /// # Errors
    /// When the file is read-only or SQLite fails; nothing is then changed.
    pub fn redo(&mut self) -> Result<Option<Message>, StoreError> {
        self.transaction(undo::redo)
    }

    /// 设置 — stores a setting; settings are no part of the household and cannot be undone.
    ///
    /// # Errors
    /// When the file is read-only or SQLite fails.
    pub fn set_setting(&mut self, name: &str, value: &str) -> Result<(), StoreError> {
        self.transaction(|tx| crate::table::setting::set(tx, name, value))
    }

    fn transaction<T>(
        &mut self,
        work: impl FnOnce(&Tx<'_>) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        if let Some(reason) = self.read_only {
            return Err(StoreError::ReadOnly(reason));
        }
        let connection = &self.ledger.connection;
        // Rolls back when dropped: on an error, and when `work` panics.
        let open = Transaction::new_unchecked(connection, TransactionBehavior::Immediate)?;
        let done = work(&Tx {
            ledger: &self.ledger,
        })?;
        open.commit()?;
        Ok(done)
    }
}

impl Tx<'_> {
    /// Runs one statement and returns how many rows it changed.
    pub(crate) fn execute(
        &self,
        sql: &str,
        parameters: impl IntoIterator<Item = Value>,
    ) -> Result<usize, StoreError> {
        let mut statement = self.connection.prepare_cached(sql)?;
        Ok(statement.execute(params_from_iter(parameters))?)
    }

    /// Makes one statement ready for many rows: looking it up again for each takes as long as writing.
    pub(crate) fn writing(&self, sql: &str) -> Result<Writing<'_>, StoreError> {
        Ok(Writing(self.connection.prepare_cached(sql)?))
    }

    /// Runs an update of the one row that `guard` names.
    pub(crate) fn change(
        &self,
        guard: Guard,
        sql: &str,
        parameters: impl IntoIterator<Item = Value>,
    ) -> Result<(), StoreError> {
        let changed = self.execute(sql, parameters)?;
        guard.require(changed == 1, Refusal::Gone)
    }

    /// Deletes row `id` of `table`, unless another row names it.
    pub(crate) fn delete(&self, table: &'static str, id: impl Number) -> Result<(), StoreError> {
        let guard = Guard::of(table, id);
        let sql = format!("DELETE FROM {table} WHERE rowid = ?1");
        let mut statement = self.connection.prepare_cached(&sql)?;
        match statement.execute([id.number()]) {
            Ok(1) => Ok(()),
            Ok(_) => Err(guard.refused(Refusal::Gone)),
            Err(error) if is_foreign_key(&error) => Err(guard.refused(Refusal::InUse)),
            Err(error) => Err(error.into()),
        }
    }

    /// The first value of the first row, where there is one.
    pub(crate) fn one<T: rusqlite::types::FromSql>(
        &self,
        sql: &str,
        parameters: impl IntoIterator<Item = Value>,
    ) -> Result<Option<T>, StoreError> {
        let mut statement = self.connection.prepare_cached(sql)?;
        Ok(statement
            .query_row(params_from_iter(parameters), |row| row.get(0))
            .optional()?)
    }
}

/// A statement that is run for one row after the other.
pub(crate) struct Writing<'t>(CachedStatement<'t>);

impl Writing<'_> {
    /// Runs it with the values of one row.
    pub(crate) fn row(
        &mut self,
        values: impl IntoIterator<Item = impl ToSql>,
    ) -> Result<(), StoreError> {
        self.0.execute(params_from_iter(values))?;
        Ok(())
    }
}

fn is_foreign_key(error: &rusqlite::Error) -> bool {
    error
        .sqlite_error()
        .is_some_and(|e| e.extended_code == rusqlite::ffi::SQLITE_CONSTRAINT_FOREIGNKEY)
}
