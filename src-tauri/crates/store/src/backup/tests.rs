use std::fs;

use tempfile::TempDir;

use super::*;
use crate::table::{household, member};
use crate::testing::{a_member, family, run, sample};

#[test]
fn a_backup_is_one_whole_file_with_everything() {
    let folder = TempDir::new().expect("a folder");
    let path = folder.path().join("family.gongji");
    let to = folder.path().join("备份.gongji");
    let mut store = Store::open(&path).expect("a record");
    run(&mut store, |tx| household::replace(tx, &sample()));
    store.set_setting("theme", "dark").expect("stored");
    // The second backup takes the place of the first.
    for name in ["甲", "乙"] {
        let mut newest = a_member(9, name);
        newest.id = member::next_id(&store).expect("a number");
        run(&mut store, |tx| member::insert(tx, &newest));
        store.backup(&to).expect("a backup");
        let report = verify(&to).expect("a report");
        assert!(report.is_sound() && report.entries == 7, "{report:?}");
        let mut names: Vec<_> = fs::read_dir(folder.path())
            .expect("a folder")
            .map(|file| file.expect("a file").file_name())
            .filter(|name| name.to_string_lossy().starts_with("备份"))
            .collect();
        names.sort();
        assert_eq!(names, ["备份.gongji"]);
        let copy = Store::open(&to).expect("a record");
        assert_eq!(
            copy.household().expect("a household"),
            store.household().expect("one")
        );
        assert_eq!(
            copy.undo_label().expect("a label"),
            store.undo_label().expect("a label")
        );
        assert_eq!(
            copy.setting("theme").expect("a text").as_deref(),
            Some("dark")
        );
        drop(copy);
        fs::remove_file(sibling(&to, ".lock")).expect("removed");
    }
}

#[test]
fn a_backup_goes_neither_onto_the_record_nor_beside_a_foreign_log() {
    let folder = TempDir::new().expect("a folder");
    let path = folder.path().join("family.gongji");
    let store = Store::open(&path).expect("a record");
    assert!(matches!(
        store.backup(&path),
        Err(StoreError::BackupOntoItself)
    ));
    let to = folder.path().join("copy");
    fs::write(sibling(&to, "-wal"), b"log").expect("a file");
    assert!(matches!(store.backup(&to), Err(StoreError::LeftoverLog(_))));
    let nowhere = folder.path().join("none/copy");
    assert!(matches!(store.backup(&nowhere), Err(StoreError::Io { .. })));
}

#[test]
fn a_copy_that_differs_is_found() {
    let folder = TempDir::new().expect("a folder");
    let store = family();
    let to = folder.path().join("copy");
    copy(&store.connection, &to).expect("a copy");
    compare(&store.connection, &to).expect("the same");
    let other = Connection::open(&to).expect("a database");
    other.execute_batch("DELETE FROM binding").expect("deleted");
    drop(other);
    assert!(matches!(
        compare(&store.connection, &to),
        Err(StoreError::BackupDiffers(_))
    ));
    let whole = fs::read(&to).expect("bytes");
    fs::write(&to, &whole[..whole.len() - 4096]).expect("cut off");
    assert!(compare(&store.connection, &to).is_err());
}

#[test]
fn a_backup_takes_the_place_of_a_damaged_record_which_is_kept() {
    let folder = TempDir::new().expect("a folder");
    let path = folder.path().join("family.gongji");
    let to = folder.path().join("backup");
    let aside = folder.path().join("aside");
    let mut store = Store::open(&path).expect("a record");
    run(&mut store, |tx| household::replace(tx, &sample()));
    let kept = store.household().expect("a household");
    store.backup(&to).expect("a backup");
    assert!(matches!(
        restore(&to, &path, &aside),
        Err(StoreError::Busy(_))
    ));
    drop(store);
    fs::write(sibling(&path, "-wal"), b"a log").expect("a file");
    let half = fs::read(&path).expect("bytes");
    let half = &half[..half.len() / 2];
    fs::write(&path, half).expect("a file");
    // A damaged backup changes nothing.
    let bad = folder.path().join("bad");
    fs::write(&bad, half).expect("a file");
    assert!(restore(&bad, &path, &aside).is_err());
    assert!(fs::read(&path).expect("bytes") == half && !aside.exists());

    restore(&to, &path, &aside).expect("restored");
    let store = Store::open(&path).expect("a record");
    assert_eq!(store.household().expect("a household"), kept);
    assert!(fs::read(&aside).expect("bytes") == half);
    assert_eq!(
        fs::read(sibling(&aside, "-wal")).expect("bytes"),
        b"a log".to_vec()
    );
    assert!(!sibling(&path, ".new").exists());
}
