use std::fs;
use std::path::{Path, PathBuf};

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};
use tempfile::TempDir;

use crate::access::{self, has_content, sibling};
use crate::header::{Header, Start};
use crate::lock::FileLock;
use crate::migration::{self, Plan};
use crate::store::Opened;
use crate::{Damage, NotOurs, StoreError};

/// "GJZB" — marks a SQLite file as a household record.
const APPLICATION_ID: i64 = 0x474A_5A42;

/// Up to this size a file is read whole before it is used, which takes some 20 milliseconds. A larger one
/// is where the program before did not get to close it; otherwise only `check` and backups read all of it.
const ALWAYS_CHECKED: u64 = 8 * 1024 * 1024;

/// Opens the record at `path`, or makes it; see [`crate::Store::open`].
pub(crate) fn open(path: &Path, plan: &Plan) -> Result<Opened, StoreError> {
    let path = resolved(path)?;
    // Not even a lock is put beside a file that is none of ours.
    if path.exists()
        && let Err(error @ StoreError::NotOurs { .. }) = examine(&path, plan)
    {
        return Err(error);
    }
    let read_only = access::read_only(&path)?;
    let lock = FileLock::take(&path, read_only.is_none())?;
    if !path.exists() {
        if let Some(reason) = read_only {
            return Err(StoreError::ReadOnly(reason));
        }
        create(&path, plan)?;
    }
    examine(&path, plan)?;
    let (connection, copy) = if read_only.is_some() {
        open_for_reading(&path, plan)?
    } else {
        (open_for_writing(&path, plan)?, None)
    };
    Ok(Opened {
        connection,
        path,
        read_only,
        copy,
        lock,
    })
}

/// The file itself where `path` is a link, so that everybody locks the same neighbour; its folder
/// is made when it is not there.
fn resolved(path: &Path) -> Result<PathBuf, StoreError> {
    if path.exists() {
        return fs::canonicalize(path).map_err(StoreError::io(path));
    }
    let folder = access::folder(path);
    fs::create_dir_all(folder).map_err(StoreError::io(folder))?;
    let folder = fs::canonicalize(folder).map_err(StoreError::io(folder))?;
    let name = path.file_name().unwrap_or_default();
    Ok(folder.join(name))
}

/// Makes a new record beside its place and moves it there: a file that is there is whole.
fn create(path: &Path, plan: &Plan) -> Result<(), StoreError> {
    refuse_leftover_log(path)?;
    let unfinished = sibling(path, ".new");
    access::remove_unfinished(&unfinished)?;
    access::create_private(&unfinished)?;
    let mut connection = Connection::open(&unfinished)?;
    connection.pragma_update(None, "synchronous", "EXTRA")?;
    connection.pragma_update(None, "application_id", APPLICATION_ID)?;
    plan.run(&mut connection)?;
    close(connection)?;
    access::put_in_place(&unfinished, path)
}

/// A log without its database would be played into whatever is put there.
pub(crate) fn refuse_leftover_log(path: &Path) -> Result<(), StoreError> {
    match has_log(path) {
        true => Err(StoreError::LeftoverLog(path.to_owned())),
        false => Ok(()),
    }
}

/// Refuses what the first bytes show to be none of our files, without SQLite touching it.
pub(crate) fn examine(path: &Path, plan: &Plan) -> Result<(), StoreError> {
    let not_ours = |why| {
        Err(StoreError::NotOurs {
            path: path.to_owned(),
            why,
        })
    };
    if path.is_dir() {
        return not_ours(NotOurs::Folder);
    }
    let header = match Header::read(path)? {
        Start::Header(header) => header,
        Start::Empty => return not_ours(NotOurs::Empty),
        Start::Other => return not_ours(NotOurs::NotSqlite),
        Start::CutOff => return Err(StoreError::Damaged(Damage::Start)),
    };
    if header.application_id != APPLICATION_ID {
        return not_ours(NotOurs::OtherProgram);
    }
    refuse_newer(path, plan, header.user_version)?;
    // What a log holds may be missing from the file; otherwise SQLite would take half a page for a
    // whole one.
    if header.is_cut_off && !has_content(&sibling(path, "-wal")) {
        return Err(StoreError::Damaged(Damage::End));
    }
    Ok(())
}

fn refuse_newer(path: &Path, plan: &Plan, found: i64) -> Result<(), StoreError> {
    let known = plan.latest();
    if (1..=known).contains(&found) {
        Ok(())
    } else {
        Err(StoreError::Newer {
            path: path.to_owned(),
            found,
            known,
        })
    }
}

fn open_for_writing(path: &Path, plan: &Plan) -> Result<Connection, StoreError> {
    let checked = is_to_be_checked(path)?;
    let mut connection = Connection::open_with_flags(path, without_creating())?;
    // Until the file has proved sound its log must not be played into it, not even on closing.
    let no_checkpoint = DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE;
    connection.set_db_config(no_checkpoint, true)?;
    refuse_newer(path, plan, migration::version(&connection)?)?;
    if checked {
        require_sound(&connection)?;
    }
    connection.set_db_config(no_checkpoint, false)?;
    configure(&connection)?;
    plan.run_with_copy(&mut connection, path)?;
    plan.require_schema(&connection)?;
    Ok(connection)
}

fn without_creating() -> OpenFlags {
    OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX
}

/// Settings of every connection that writes.
pub(crate) fn configure(connection: &Connection) -> Result<(), StoreError> {
    // In this order: with less than EXTRA the journal that the switch to WAL leaves may come back
    // after a power failure and take everything with it.
    connection.pragma_update(None, "synchronous", "EXTRA")?;
    connection.pragma_update_and_check(None, "journal_mode", "WAL", |_| Ok(()))?;
    connection.pragma_update(None, "foreign_keys", true)?;
    connection.pragma_update(None, "trusted_schema", false)?;
    connection.pragma_update(None, "temp_store", "MEMORY")?;
    // In KiB: room for the pages that an import of years changes.
    connection.pragma_update(None, "cache_size", -32_768)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    connection.set_prepared_statement_cache_capacity(128);
    Ok(())
}

fn has_log(path: &Path) -> bool {
    let mut logs = ["-wal", "-journal"].into_iter();
    logs.any(|suffix| has_content(&sibling(path, suffix)))
}

fn is_to_be_checked(path: &Path) -> Result<bool, StoreError> {
    let size = fs::metadata(path).map_err(StoreError::io(path))?.len();
    Ok(size <= ALWAYS_CHECKED || has_log(path))
}

fn require_sound(connection: &Connection) -> Result<(), StoreError> {
    let verdict: String = connection.query_row("PRAGMA quick_check(1)", [], |row| row.get(0))?;
    if verdict == "ok" {
        Ok(())
    } else {
        Err(StoreError::Damaged(Damage::Check))
    }
}

/// Opens a record that cannot or must not be written.
///
/// SQLite reads a file in place only where it may make files beside it, or is told that nobody
/// writes (`immutable`), and then overlooks a log. A record with a log, or of an older format, is
/// therefore read from a copy in a private folder, which lasts as long as the connection.
pub(crate) fn open_for_reading(
    path: &Path,
    plan: &Plan,
) -> Result<(Connection, Option<TempDir>), StoreError> {
    let checked = is_to_be_checked(path)?;
    if !has_log(path) {
        let connection = open_immutable(path)?;
        if migration::version(&connection)? == plan.latest() {
            settle_for_reading(&connection, plan, checked)?;
            return Ok((connection, None));
        }
    }
    let folder = TempDir::with_prefix("gongji-").map_err(StoreError::io(&std::env::temp_dir()))?;
    let copy = folder.path().join("copy");
    for suffix in ["", "-wal", "-journal"] {
        let (from, to) = (sibling(path, suffix), sibling(&copy, suffix));
        if from.exists() {
            fs::copy(&from, &to).map_err(StoreError::io(&from))?;
            make_writable(&to)?;
        }
    }
    let mut connection = Connection::open_with_flags(&copy, without_creating())?;
    refuse_newer(path, plan, migration::version(&connection)?)?;
    plan.run(&mut connection)?;
    settle_for_reading(&connection, plan, checked)?;
    Ok((connection, Some(folder)))
}

fn settle_for_reading(
    connection: &Connection,
    plan: &Plan,
    checked: bool,
) -> Result<(), StoreError> {
    if checked {
        require_sound(connection)?;
    }
    plan.require_schema(connection)?;
    connection.pragma_update(None, "query_only", true)?;
    connection.pragma_update(None, "trusted_schema", false)?;
    connection.set_prepared_statement_cache_capacity(128);
    Ok(())
}

/// The copy has the permissions of a file that may not be written.
#[cfg(unix)]
fn make_writable(copy: &Path) -> Result<(), StoreError> {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(copy, fs::Permissions::from_mode(0o600)).map_err(StoreError::io(copy))
}

#[cfg(not(unix))]
#[expect(
    clippy::permissions_set_readonly_false,
    reason = "no permission bits here"
)]
fn make_writable(copy: &Path) -> Result<(), StoreError> {
    let about = fs::metadata(copy).map_err(StoreError::io(copy))?;
    let mut permissions = about.permissions();
    permissions.set_readonly(false);
    fs::set_permissions(copy, permissions).map_err(StoreError::io(copy))
}

/// A connection that neither writes nor locks nor makes files.
pub(crate) fn open_immutable(path: &Path) -> Result<Connection, StoreError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY
        | OpenFlags::SQLITE_OPEN_URI
        | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    Ok(Connection::open_with_flags(immutable_uri(path), flags)?)
}

fn immutable_uri(path: &Path) -> String {
    let mut text = path.to_string_lossy().into_owned();
    if cfg!(windows) {
        text = text.trim_start_matches(r"\\?\").replace('\\', "/");
        text.insert(0, '/');
    }
    let mut uri = "file:".to_owned();
    for byte in text.bytes() {
        match byte {
            b'/' | b':' | b'.' | b'-' | b'_' => uri.push(char::from(byte)),
            _ if byte.is_ascii_alphanumeric() => uri.push(char::from(byte)),
            _ => uri.push_str(&format!("%{byte:02X}")),
        }
    }
    uri + "?immutable=1"
}

/// Closes a connection and says so where that fails.
pub(crate) fn close(connection: Connection) -> Result<(), StoreError> {
    connection.close().map_err(|(_, error)| error.into())
}

#[cfg(all(test, unix))]
mod tests;
