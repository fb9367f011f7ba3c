use std::fs::{File, OpenOptions, TryLockError};
use std::path::Path;

use crate::StoreError;
use crate::access::{self, sibling};

/// The operating system's lock on `<file>.lock`. It ends with the process, however that ends; that
/// the file is there means nothing. A file of its own, because closing any handle of the database
/// would drop the locks that SQLite holds on it.
pub(crate) struct FileLock {
    _file: File,
}

impl FileLock {
    /// Takes the lock of the record at `path`, or nothing where no lock file can be had: where
    /// nobody can write, nobody has to be kept out.
    pub(crate) fn take(path: &Path, writable: bool) -> Result<Option<FileLock>, StoreError> {
        let lock = sibling(path, ".lock");
        let mut options = OpenOptions::new();
        options.read(true);
        if writable {
            options.write(true).create(true);
            access::private(&mut options);
        }
        let file = match options.open(&lock) {
            Ok(file) => file,
            Err(_) if !writable => return Ok(None),
            Err(error) => return Err(StoreError::io(&lock)(error)),
        };
        match file.try_lock() {
            Ok(()) => Ok(Some(FileLock { _file: file })),
            Err(TryLockError::WouldBlock) => Err(StoreError::Busy(path.to_owned())),
            Err(TryLockError::Error(error)) => Err(StoreError::io(&lock)(error)),
        }
    }
}
