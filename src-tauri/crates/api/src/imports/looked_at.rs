//! 先看再导入 — a table of the disk is looked at first, and what was looked at is what is recorded.

use std::path::Path;

use chrono::NaiveDate;
use gongji_domain::Message;
use sha2::{Digest, Sha256};

use super::{ImportFault, ImportedTable};
use crate::{ApiError, Gongji, Status, TableFault, TablePreview, text_of};

/// How many lines of a kind are listed; how many there are is said.
const LISTED: usize = 200;

impl Gongji {
    /// 看一看分录表 — what importing it would do.
    ///
    /// # Errors
    /// Where the file is not there or no text, or the record cannot be read.
    pub fn table_preview(
        &mut self,
        today: NaiveDate,
        path: &Path,
    ) -> Result<TablePreview, ApiError> {
        let (text, seen) = read(path)?;
        let would = self.import_table(today, &text, true)?;
        Ok(preview(would, seen))
    }

    /// 导入看过的分录表 — all of it as one step, which can be undone; `seen` is what the preview gave.
    ///
    /// # Errors
    /// As [`Gongji::table_preview`]; where the file is another one by now, a line cannot be read, or the
    /// record cannot be written.
    pub fn table_import(
        &mut self,
        today: NaiveDate,
        path: &Path,
        seen: &str,
    ) -> Result<Status, ApiError> {
        let (text, now) = read(path)?;
        if now != seen {
            let changed = Message::new("error.table_changed").with("path", path.display());
            return Err(ApiError::input("path", changed));
        }
        let imported = self.import_table(today, &text, false)?;
        if !imported.faults.is_empty() {
            let none = Message::new("import.none").with("faults", imported.faults.len());
            return Err(ApiError::input("path", none));
        }
        self.status(today)
    }
}

/// The words of a file, and its hash.
fn read(path: &Path) -> Result<(String, String), ApiError> {
    let bytes = std::fs::read(path).map_err(|error| ApiError {
        field: Some("path".to_owned()),
        ..ApiError::cannot_read(path, &error)
    })?;
    let hash = Sha256::digest(&bytes);
    let seen = hash.iter().map(|byte| format!("{byte:02x}")).collect();
    Ok((text_of(bytes)?, seen))
}

fn preview(would: ImportedTable, seen: String) -> TablePreview {
    let lines = would.duplicates.iter().take(LISTED).copied();
    TablePreview {
        entries: number(would.entries),
        duplicates: number(would.duplicates.len()),
        duplicate_lines: lines.map(line).collect(),
        faults: number(would.faults.len()),
        fault_lines: would.faults.into_iter().take(LISTED).map(told).collect(),
        doubts: number(would.doubts.len()),
        doubt_lines: would.doubts.into_iter().take(LISTED).map(told).collect(),
        seen,
    }
}

fn told(fault: ImportFault) -> TableFault {
    TableFault {
        line: line(fault.line),
        what: fault.what,
        hint: fault.hint,
    }
}

fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

fn line(number: u64) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
