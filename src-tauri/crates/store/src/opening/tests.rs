mod older;

use std::collections::BTreeMap;
use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use rusqlite::Connection;
use rusqlite_migration::M;
use tempfile::TempDir;

use crate::access::sibling;
use crate::migration::{self, Plan, STEPS};
use crate::table::{enrollment, household, member};
use crate::testing::{SAMPLE, a_member, label, run, sample, yuan};
use crate::{NotOurs, ReadOnlyReason, Store, StoreError, verify};

/// A folder with a name that would spoil a path pasted into a URI.
fn folder() -> (TempDir, PathBuf) {
    let folder = TempDir::new().expect("a folder");
    let path = folder.path().join("王家 100%?#&.gongji");
    (folder, path)
}

fn open(path: &Path) -> Store {
    Store::open(path).unwrap_or_else(|error| panic!("{error}"))
}

fn failure(path: &Path) -> StoreError {
    match Store::open(path) {
        Ok(_) => panic!("{} was opened", path.display()),
        Err(error) => error,
    }
}

/// A record with the whole sample in it, closed.
fn full(path: &Path) {
    let mut store = open(path);
    run(&mut store, |tx| household::replace(tx, &sample()));
}

/// The record and its log as after a crash: the log holds what the record does not.
fn with_log(path: &Path) {
    let mut store = open(path);
    run(&mut store, |tx| household::replace(tx, &sample()));
    let kept = path.with_extension("kept");
    for suffix in ["", "-wal"] {
        let from = sibling(path, suffix);
        fs::copy(from, sibling(&kept, suffix)).expect("a copy");
    }
    drop(store);
    for suffix in ["", "-wal"] {
        let to = sibling(path, suffix);
        fs::rename(sibling(&kept, suffix), to).expect("in place");
    }
}

/// Every file of the folder but the lock and SQLite's shared memory, with its bytes.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    fs::read_dir(folder)
        .expect("a folder")
        .map(|file| file.expect("a file").path())
        .map(|path| {
            let name = path
                .file_name()
                .expect("a name")
                .to_string_lossy()
                .into_owned();
            (name, fs::read(&path).unwrap_or_default())
        })
        .filter(|(name, bytes)| {
            let of_sqlite = name.ends_with("-shm") || (name.ends_with("-wal") && bytes.is_empty());
            !name.ends_with(".lock") && !of_sqlite
        })
        .collect()
}

fn set_mode(path: &Path, mode: u32) {
    fs::set_permissions(path, Permissions::from_mode(mode)).expect("permissions");
}

#[test]
fn a_new_record_is_for_its_owner_only_and_stays() {
    let (root, _) = folder();
    let path = root.path().join("甲/乙/family.gongji");
    let mut store = open(&path);
    assert_eq!(store.household_name().expect("no name"), None);
    assert_eq!(store.read_only(), None);
    run(&mut store, |tx| household::set(tx, "王家", false));
    for file in fs::read_dir(path.parent().expect("a folder")).expect("a folder") {
        let about = file.expect("a file").metadata().expect("a file");
        assert_eq!(about.permissions().mode() & 0o777, 0o600);
    }
    drop(store);
    let names: Vec<String> = files(path.parent().expect("a folder"))
        .into_keys()
        .collect();
    assert_eq!(names, ["family.gongji"]);
    assert_eq!(
        open(&path).household_name().expect("a name").as_deref(),
        Some("王家")
    );
}

#[test]
fn what_a_crash_left_of_a_first_start_is_made_anew() {
    let (root, path) = folder();
    for leftover in ["", "-wal", "-shm", "-journal"] {
        let unfinished = sibling(&path, &format!(".new{leftover}"));
        fs::write(unfinished, b"half").expect("a file");
    }
    drop(open(&path));
    assert_eq!(files(root.path()).len(), 1);
}

#[test]
fn settings_of_the_connection_hold() {
    let (_root, path) = folder();
    let store = open(&path);
    for (pragma, value) in [
        ("synchronous", "3"),
        ("journal_mode", "wal"),
        ("foreign_keys", "1"),
        ("application_id", "1196055106"),
        ("user_version", "12"),
        ("trusted_schema", "0"),
    ] {
        let found: rusqlite::types::Value = store
            .connection
            .pragma_query_value(None, pragma, |row| row.get(0))
            .expect(pragma);
        let found = match found {
            rusqlite::types::Value::Integer(number) => number.to_string(),
            rusqlite::types::Value::Text(text) => text,
            other => panic!("{other:?}"),
        };
        assert_eq!(found, value, "{pragma}");
    }
}

#[test]
fn a_second_instance_is_turned_away_and_a_dead_one_leaves_no_lock() {
    let (_root, path) = folder();
    let first = open(&path);
    assert!(matches!(failure(&path), StoreError::Busy(_)));
    let link = path.with_file_name("link");
    std::os::unix::fs::symlink(&path, &link).expect("a link");
    assert!(matches!(failure(&link), StoreError::Busy(_)));
    drop(first);
    assert!(sibling(&path, ".lock").exists());
    drop(open(&link));
    drop(open(&path));
}

#[test]
fn what_is_no_record_is_refused_and_left_as_it_was() {
    type Make = fn(&Path);
    let cases: [(&str, Make, NotOurs); 5] = [
        (
            "empty",
            |path| fs::write(path, b"").expect("a file"),
            NotOurs::Empty,
        ),
        (
            "text",
            |path| fs::write(path, "家庭账本".repeat(100)).expect("a file"),
            NotOurs::NotSqlite,
        ),
        (
            "short",
            |path| fs::write(path, b"SQL").expect("a file"),
            NotOurs::NotSqlite,
        ),
        (
            "folder",
            |path| fs::create_dir(path).expect("a folder"),
            NotOurs::Folder,
        ),
        (
            "another program's",
            |path| {
                let other = Connection::open(path).expect("a database");
                other.execute_batch("CREATE TABLE t (a)").expect("a table");
            },
            NotOurs::OtherProgram,
        ),
    ];
    for (case, make, expected) in cases {
        let (root, path) = folder();
        make(&path);
        let before = files(root.path());
        match failure(&path) {
            StoreError::NotOurs { why, .. } => assert_eq!(why, expected, "{case}"),
            other => panic!("{case}: {other}"),
        }
        assert_eq!(files(root.path()), before, "{case}");
        assert!(!sibling(&path, ".lock").exists(), "{case}");
        assert!(verify(&path).is_err(), "{case}");
    }
}

#[test]
fn a_newer_record_is_refused_and_left_as_it_was() {
    for in_log in [false, true] {
        let (root, path) = folder();
        full(&path);
        let newer = Connection::open(&path).expect("a database");
        newer
            .set_db_config(
                rusqlite::config::DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE,
                in_log,
            )
            .expect("a setting");
        newer
            .execute_batch("CREATE TABLE later (a TEXT) STRICT; PRAGMA user_version = 99")
            .expect("a newer format");
        drop(newer);
        let before = files(root.path());
        assert_eq!(before.len(), if in_log { 2 } else { 1 });
        match failure(&path) {
            StoreError::Newer { found, known, .. } => {
                assert_eq!((found, known), (99, STEPS.len() as i64))
            }
            other => panic!("{other}"),
        }
        assert_eq!(files(root.path()), before);
        assert!(matches!(verify(&path), Err(StoreError::Newer { .. })));
        assert_eq!(files(root.path()), before);
    }
}

#[test]
fn a_record_cut_off_anywhere_is_refused_and_left_as_it_was() {
    let (_root, path) = folder();
    full(&path);
    let whole = fs::read(&path).expect("bytes");
    assert!(whole.len() > 100_000);
    for length in (1..whole.len())
        .step_by(4_093)
        .chain([50, 99, 100, 101, 512, 4_096])
    {
        let (root, cut) = folder();
        fs::write(&cut, &whole[..length]).expect("a file");
        let before = files(root.path());
        let error = failure(&cut);
        let expected = match length {
            0..16 => matches!(
                error,
                StoreError::NotOurs {
                    why: NotOurs::NotSqlite,
                    ..
                }
            ),
            _ => matches!(error, StoreError::Damaged(_)),
        };
        assert!(expected, "{length}: {error}");
        assert_eq!(files(root.path()), before, "{length}");
    }
}

/// A flipped bit in a text is not found by SQLite; what is found is an error, never a panic.
#[test]
fn flipped_bits_never_panic() {
    let (_root, path) = folder();
    full(&path);
    let whole = fs::read(&path).expect("bytes");
    let (mut refused, mut read) = (0, 0);
    for at in (0..whole.len()).step_by(whole.len() / 150) {
        let (_root, flipped) = folder();
        let mut bytes = whole.clone();
        bytes[at] ^= 1 << (at % 8);
        fs::write(&flipped, bytes).expect("a file");
        match Store::open(&flipped).and_then(|store| store.check()) {
            Ok(report) if report.is_sound() => read += 1,
            _ => refused += 1,
        }
    }
    assert!(refused > 0 && read > 0, "{refused} refused, {read} read");
}

#[test]
fn tables_that_do_not_fit_the_format_are_damage() {
    for change in ["DROP TABLE setting", "ALTER TABLE member ADD COLUMN x TEXT"] {
        let (_root, path) = folder();
        full(&path);
        let other = Connection::open(&path).expect("a database");
        other.execute_batch(change).expect(change);
        drop(other);
        assert!(matches!(failure(&path), StoreError::Damaged(_)), "{change}");
    }
}

#[test]
fn a_log_without_its_record_is_not_played_into_a_new_one() {
    let (root, path) = folder();
    with_log(&path);
    fs::remove_file(&path).expect("removed");
    let before = files(root.path());
    assert!(matches!(failure(&path), StoreError::LeftoverLog(_)));
    assert_eq!(files(root.path()), before);
}

#[test]
fn the_log_of_a_crash_is_read() {
    let (_root, path) = folder();
    with_log(&path);
    assert_eq!(open(&path).household().expect("a household"), sample());
}

fn assert_cannot_write(mut store: Store, reason: ReadOnlyReason) {
    assert_eq!(store.read_only(), Some(reason));
    assert_eq!(store.household().expect("a household"), sample());
    assert!(store.check().expect("a report").is_sound());
    assert_eq!(store.undo_label().expect("a label"), Some(label("test")));
    let refused = |result: Result<(), StoreError>| {
        assert!(matches!(result, Err(StoreError::ReadOnly(why)) if why == reason));
    };
    refused(store.command(&label("x"), |tx| member::insert(tx, &a_member(9, "甲"))));
    refused(store.undo().map(drop));
    refused(store.redo().map(drop));
    refused(store.set_setting("theme", "dark"));
    refused(store.import_json(SAMPLE, &label("x")));
    assert!(
        store
            .connection
            .execute_batch("DELETE FROM setting")
            .is_err()
    );
}

/// Also when the tests run as root, whom permission bits do not stop.
#[test]
fn a_read_only_file_or_folder_is_read_and_not_written() {
    for (reason, make) in [
        (ReadOnlyReason::File, full as fn(&Path)),
        (ReadOnlyReason::File, with_log),
        (ReadOnlyReason::Folder, full),
        (ReadOnlyReason::Folder, with_log),
    ] {
        let (root, path) = folder();
        make(&path);
        match reason {
            ReadOnlyReason::File => set_mode(&path, 0o444),
            ReadOnlyReason::Folder => set_mode(root.path(), 0o555),
        }
        let before = files(root.path());
        assert_cannot_write(open(&path), reason);
        assert_eq!(files(root.path()), before);
        set_mode(root.path(), 0o755);
    }
}

#[test]
fn nothing_is_made_in_a_read_only_folder() {
    let (root, path) = folder();
    set_mode(root.path(), 0o555);
    assert!(matches!(
        failure(&path),
        StoreError::ReadOnly(ReadOnlyReason::Folder)
    ));
    assert_eq!(fs::read_dir(root.path()).expect("a folder").count(), 0);
    set_mode(root.path(), 0o755);
}

/// The plan of a version that knows exactly these steps.
fn plan(steps: &[&'static str]) -> Plan {
    let connection = Connection::open_in_memory().expect("a database");
    let made = steps
        .iter()
        .try_for_each(|step| connection.execute_batch(step));
    let schema = match made {
        Ok(()) => migration::schema(&connection).expect("a schema"),
        Err(_) => String::new(),
    };
    let steps = steps.iter().copied().map(M::up).collect();
    Plan::new(steps, schema.leak())
}

/// The present format and one that a later version might have.
fn later(next: &'static str) -> Plan {
    let steps: Vec<&str> = STEPS.into_iter().chain([next]).collect();
    plan(&steps)
}

fn open_later(path: &Path, next: &'static str) -> Result<Store, StoreError> {
    super::open(path, &later(next)).and_then(Store::of)
}

const NEXT: &str = "ALTER TABLE member ADD COLUMN nickname TEXT NOT NULL DEFAULT '';
    CREATE TABLE later (id INTEGER PRIMARY KEY) STRICT;";

/// What the copy of the present format is called, the second one with `-2`.
fn put_aside(count: &str) -> String {
    format!(".v{}{count}.backup", STEPS.len())
}

#[test]
fn a_migration_keeps_everything_and_a_verified_copy() {
    let (_root, path) = folder();
    full(&path);
    let mut store = open_later(&path, NEXT).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(store.household().expect("a household"), sample());
    // What was recorded before the migration can still be undone and done again.
    store.undo().expect("undone");
    assert_eq!(store.household().expect("a household"), Default::default());
    store.redo().expect("done again");
    assert_eq!(store.household().expect("a household"), sample());
    drop(store);

    let copy = sibling(&path, &put_aside(""));
    assert!(verify(&copy).expect("a report").is_sound());
    assert_eq!(open(&copy).household().expect("a household"), sample());
    assert!(
        matches!(failure(&path), StoreError::Newer { found, .. } if found == i64::try_from(STEPS.len() + 1).unwrap_or_default())
    );
    assert!(open_later(&path, NEXT).is_ok());
    assert!(!sibling(&path, &put_aside("-2")).exists());
}

#[test]
fn a_migration_that_fails_leaves_the_record_as_it_was() {
    let (_root, path) = folder();
    full(&path);
    for count in ["", "-2"] {
        let failed = open_later(
            &path,
            "DELETE FROM leg; CREATE TABLE later (id INTEGER PRIMARY KEY) STRICT; DELETE FROM nowhere;",
        );
        assert!(matches!(failed, Err(StoreError::Migration(_))));
        let copy = sibling(&path, &put_aside(count));
        assert!(verify(&copy).expect("a report").is_sound());
    }
    assert_eq!(open(&path).household().expect("a household"), sample());
}

#[test]
fn an_older_record_that_is_read_only_is_read_in_a_migrated_copy() {
    let (root, path) = folder();
    full(&path);
    set_mode(&path, 0o444);
    let before = files(root.path());
    let store = open_later(&path, NEXT).unwrap_or_else(|error| panic!("{error}"));
    assert_cannot_write(store, ReadOnlyReason::File);
    assert_eq!(files(root.path()), before);
}

/// A record of the first format: nothing is known of what it had no place for, and it can be stated.
#[test]
fn a_record_of_the_first_format_is_migrated() {
    let (_root, path) = folder();
    let first = super::open(&path, &plan(&STEPS[..1])).unwrap_or_else(|error| panic!("{error}"));
    first
        .connection
        .execute_batch(
            "INSERT INTO household VALUES (1, '王家', 0);
             INSERT INTO member VALUES (1, '王秀英', '1958-02-28', '');
             INSERT INTO enrollment VALUES (1, 1, '2018-03-01', NULL, '320200', 'employee',
                 'with_account', 'retired', NULL, '2018-03-01', 360, 'none');",
        )
        .expect("rows of the first format");
    drop(first);

    let mut store = open(&path);
    let mut stated = enrollment::all(&store).expect("rows").remove(0);
    assert_eq!(
        (stated.pension, stated.frozen_credit, &stated.employer),
        (None, None, &None)
    );
    assert_eq!(stated.insured_months, Some(360));
    stated.pension = Some(yuan("3500.00"));
    stated.employer = Some("enterprise".to_owned());
    run(&mut store, |tx| enrollment::update(tx, &stated));
    assert_eq!(enrollment::all(&store).expect("rows"), [stated]);
    drop(store);
    assert!(verify(&path).expect("a report").is_sound());
    // The copy that was put aside is still of the first format, and sound.
    let copy = sibling(&path, ".v1.backup");
    assert!(verify(&copy).expect("a report").is_sound());
    let version = Connection::open(&copy)
        .and_then(|copy| copy.pragma_query_value(None, "user_version", |row| row.get::<_, i64>(0)));
    assert_eq!(version.expect("a version"), 1);
}
