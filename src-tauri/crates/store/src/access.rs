//! What the file system lets us do with the record's file and its folder.

use std::ffi::OsString;
use std::fs::{self, File, OpenOptions};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use crate::{ReadOnlyReason, StoreError};

/// The file beside `path` whose name has `suffix` added.
pub(crate) fn sibling(path: &Path, suffix: &str) -> PathBuf {
    let mut name = OsString::from(path);
    name.push(suffix);
    PathBuf::from(name)
}

/// The folder in which `path` lies.
pub(crate) fn folder(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

/// New files are for their owner only.
#[cfg(unix)]
pub(crate) fn private(options: &mut OpenOptions) {
    use std::os::unix::fs::OpenOptionsExt;
    options.mode(0o600);
}

#[cfg(not(unix))]
pub(crate) fn private(_: &mut OpenOptions) {}

/// Creates an empty file for its owner only; there must be none yet.
pub(crate) fn create_private(path: &Path) -> Result<(), StoreError> {
    let mut options = OpenOptions::new();
    private(options.write(true).create_new(true));
    options.open(path).map(drop).map_err(StoreError::io(path))
}

/// Removes what an earlier attempt may have left of a file that is being made.
pub(crate) fn remove_unfinished(path: &Path) -> Result<(), StoreError> {
    for suffix in ["", "-journal", "-wal", "-shm"] {
        let path = sibling(path, suffix);
        match fs::remove_file(&path) {
            Err(error) if error.kind() != ErrorKind::NotFound => {
                return Err(StoreError::io(&path)(error));
            }
            _ => {}
        }
    }
    Ok(())
}

/// Gives a finished file its name so that a crash leaves the old one or the new one.
pub(crate) fn put_in_place(finished: &Path, path: &Path) -> Result<(), StoreError> {
    let file = File::open(finished).map_err(StoreError::io(finished))?;
    file.sync_all().map_err(StoreError::io(finished))?;
    drop(file);
    fs::rename(finished, path).map_err(StoreError::io(path))?;
    sync_folder(folder(path))
}

#[cfg(unix)]
fn sync_folder(folder: &Path) -> Result<(), StoreError> {
    let handle = File::open(folder).map_err(StoreError::io(folder))?;
    handle.sync_all().map_err(StoreError::io(folder))
}

#[cfg(not(unix))]
fn sync_folder(_: &Path) -> Result<(), StoreError> {
    Ok(())
}

/// Whether there is a file with something in it.
pub(crate) fn has_content(path: &Path) -> bool {
    fs::metadata(path).is_ok_and(|about| about.len() > 0)
}

/// Why the record at `path` cannot be written, where it cannot.
///
/// The permission bits count even for an administrator, whom they would not stop: who made a file
/// read-only meant it.
pub(crate) fn read_only(path: &Path) -> Result<Option<ReadOnlyReason>, StoreError> {
    let exists = path.exists();
    if exists && (is_marked_read_only(path)? || refuses_writing(path)) {
        return Ok(Some(ReadOnlyReason::File));
    }
    let folder = folder(path);
    let marked = cfg!(unix) && is_marked_read_only(folder)?;
    Ok((marked || refuses_new_files(folder, path)?).then_some(ReadOnlyReason::Folder))
}

fn is_marked_read_only(path: &Path) -> Result<bool, StoreError> {
    let about = fs::metadata(path).map_err(StoreError::io(path))?;
    Ok(about.permissions().readonly())
}

fn refuses_writing(path: &Path) -> bool {
    OpenOptions::new()
        .write(true)
        .open(path)
        .is_err_and(|error| is_refusal(error.kind()))
}

/// SQLite needs files of its own beside the record; only making one tells whether it may.
fn refuses_new_files(folder: &Path, path: &Path) -> Result<bool, StoreError> {
    let probe = sibling(path, ".probe");
    let mut options = OpenOptions::new();
    private(options.write(true).create(true).truncate(true));
    match options.open(&probe) {
        Ok(_) => {
            fs::remove_file(&probe).map_err(StoreError::io(&probe))?;
            Ok(false)
        }
        Err(error) if is_refusal(error.kind()) => Ok(true),
        Err(error) => Err(StoreError::io(folder)(error)),
    }
}

fn is_refusal(kind: ErrorKind) -> bool {
    matches!(
        kind,
        ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem
    )
}
