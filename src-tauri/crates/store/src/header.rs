use std::fs::File;
use std::io::Read;
use std::path::Path;

use crate::StoreError;

/// What the first hundred bytes of a SQLite file say, read without SQLite.
pub(crate) struct Header {
    pub(crate) application_id: i64,
    pub(crate) user_version: i64,
    /// The file is shorter than it says itself.
    pub(crate) is_cut_off: bool,
}

/// How a file starts.
pub(crate) enum Start {
    /// As a SQLite file does.
    Header(Header),
    /// There is nothing in it.
    Empty,
    /// In some other way.
    Other,
    /// As a SQLite file does, but it ends too early.
    CutOff,
}

const LENGTH: usize = 100;
const MAGIC: &[u8] = b"SQLite format 3\0";

impl Header {
    pub(crate) fn read(path: &Path) -> Result<Start, StoreError> {
        let file = File::open(path).map_err(StoreError::io(path))?;
        let length = file.metadata().map_err(StoreError::io(path))?.len();
        let mut bytes = Vec::with_capacity(LENGTH);
        file.take(LENGTH as u64)
            .read_to_end(&mut bytes)
            .map_err(StoreError::io(path))?;
        if bytes.is_empty() {
            return Ok(Start::Empty);
        }
        if !bytes.starts_with(MAGIC) {
            return Ok(Start::Other);
        }
        Ok(Header::of(&bytes, length).map_or(Start::CutOff, Start::Header))
    }

    /// The places are those of the SQLite file format; numbers are big-endian.
    fn of(bytes: &[u8], length: u64) -> Option<Header> {
        let bytes: &[u8; LENGTH] = bytes.try_into().ok()?;
        let number = |at: usize| {
            i32::from_be_bytes([bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]])
        };
        let page = match u16::from_be_bytes([bytes[16], bytes[17]]) {
            1 => 65_536,
            size => u64::from(size),
        };
        let pages = u64::try_from(number(28)).unwrap_or(0);
        // Old programs do not keep the count of pages; then these two differ.
        let counted = number(24) == number(92);
        Some(Header {
            application_id: i64::from(number(68)),
            user_version: i64::from(number(60)),
            is_cut_off: counted && length < page * pages,
        })
    }
}
