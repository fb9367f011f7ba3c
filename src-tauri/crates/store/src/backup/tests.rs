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
        assert!(report.is_sound() && report.entries == 6, "{report:?}");
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
