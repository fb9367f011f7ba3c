use rusqlite::Row;
use rusqlite::types::ValueRef;
use serde::de::DeserializeOwned;

use crate::StoreError;
use crate::stored::Stored;

/// One row that was read; its first column is its number.
pub(crate) struct Fields<'r> {
    row: &'r Row<'r>,
    table: &'static str,
}

impl<'r> Fields<'r> {
    pub(crate) fn new(table: &'static str, row: &'r Row<'r>) -> Fields<'r> {
        Fields { row, table }
    }

    /// The value of a column, or an error that names table, row and column.
    pub(crate) fn get<T: Stored>(&self, column: &'static str) -> Result<T, StoreError> {
        let value = self.row.get_ref(column)?;
        T::read(value).ok_or_else(|| self.unreadable(column, &shown(value)))
    }

    /// The document that a column holds as JSON text.
    pub(crate) fn json<T: DeserializeOwned>(&self, column: &'static str) -> Result<T, StoreError> {
        let text: String = self.get(column)?;
        serde_json::from_str(&text).map_err(|e| self.unreadable(column, &e.to_string()))
    }

    /// The same of a column that may hold nothing.
    pub(crate) fn json_if_any<T: DeserializeOwned>(
        &self,
        column: &'static str,
    ) -> Result<Option<T>, StoreError> {
        let text: Option<String> = self.get(column)?;
        text.map(|text| serde_json::from_str(&text))
            .transpose()
            .map_err(|e| self.unreadable(column, &e.to_string()))
    }

    /// The error of a column that holds `found`.
    pub(crate) fn unreadable(&self, column: &'static str, found: &str) -> StoreError {
        let row = match self.row.get_ref(0) {
            Ok(ValueRef::Integer(number)) => number,
            _ => 0,
        };
        StoreError::Value {
            table: self.table,
            row,
            column,
            found: found.to_owned(),
        }
    }
}

fn shown(value: ValueRef<'_>) -> String {
    match value {
        ValueRef::Null => "NULL".to_owned(),
        ValueRef::Integer(number) => number.to_string(),
        ValueRef::Real(number) => number.to_string(),
        ValueRef::Text(bytes) => format!("「{}」", String::from_utf8_lossy(bytes)),
        ValueRef::Blob(bytes) => format!("{} bytes", bytes.len()),
    }
}

/// The JSON text of a document that a column holds.
pub(crate) fn json_text(document: &impl serde::Serialize) -> Result<String, StoreError> {
    serde_json::to_string(document).map_err(StoreError::Unwritable)
}
