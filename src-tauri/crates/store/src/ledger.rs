use rusqlite::types::Value;
use rusqlite::{Connection, OptionalExtension, Params, params_from_iter};

use crate::StoreError;
use crate::fields::Fields;
use crate::stored::{Number, values};

/// The record as it can be read, inside a command and outside; see [`crate::Store`].
pub struct Ledger {
    pub(crate) connection: Connection,
}

impl Ledger {
    /// The rows of a query, each turned into a value.
    pub(crate) fn rows<T>(
        &self,
        table: &'static str,
        sql: &str,
        parameters: impl IntoIterator<Item = Value>,
        read: impl Fn(&Fields<'_>) -> Result<T, StoreError>,
    ) -> Result<Vec<T>, StoreError> {
        let mut statement = self.connection.prepare_cached(sql)?;
        let mut rows = statement.query(params_from_iter(parameters))?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            found.push(read(&Fields::new(table, row))?);
        }
        Ok(found)
    }

    /// The first row of a query, if there is any.
    pub(crate) fn row<T>(
        &self,
        table: &'static str,
        sql: &str,
        parameters: impl IntoIterator<Item = Value>,
        read: impl Fn(&Fields<'_>) -> Result<T, StoreError>,
    ) -> Result<Option<T>, StoreError> {
        let mut statement = self.connection.prepare_cached(sql)?;
        let mut rows = statement.query(params_from_iter(parameters))?;
        match rows.next()? {
            Some(row) => read(&Fields::new(table, row)).map(Some),
            None => Ok(None),
        }
    }

    /// One integer that the query always yields.
    pub(crate) fn integer(&self, sql: &str, parameters: impl Params) -> Result<i64, StoreError> {
        let mut statement = self.connection.prepare_cached(sql)?;
        Ok(statement.query_row(parameters, |row| row.get(0))?)
    }

    /// Whether row `id` of `table` is there.
    pub(crate) fn has(&self, table: &'static str, id: u32) -> Result<bool, StoreError> {
        let sql = format!("SELECT 1 FROM {table} WHERE rowid = ?1");
        let mut statement = self.connection.prepare_cached(&sql)?;
        Ok(statement.query_row([id], |_| Ok(())).optional()?.is_some())
    }

    /// The number for a new row: one above the highest.
    pub(crate) fn next_id<N: Number>(&self, table: &'static str) -> Result<N, StoreError> {
        let sql = format!("SELECT coalesce(max(rowid), 0) + 1 FROM {table}");
        let next = self.integer(&sql, [])?;
        let number = u32::try_from(next).map_err(|_| StoreError::Refused {
            table,
            row: u32::MAX,
            why: crate::Refusal::Number,
        })?;
        Ok(N::of(number))
    }

    /// Row `id` of a table; `select` is the table's query without a condition.
    pub(crate) fn find<T>(
        &self,
        table: &'static str,
        select: &str,
        id: impl Number,
        read: impl Fn(&Fields<'_>) -> Result<T, StoreError>,
    ) -> Result<Option<T>, StoreError> {
        let sql = format!("{select} WHERE rowid = ?1");
        self.row(table, &sql, values![id], read)
    }

    /// Every row of a table, by number.
    pub(crate) fn all<T>(
        &self,
        table: &'static str,
        select: &str,
        read: impl Fn(&Fields<'_>) -> Result<T, StoreError>,
    ) -> Result<Vec<T>, StoreError> {
        self.rows(table, &format!("{select} ORDER BY rowid"), [], read)
    }
}
