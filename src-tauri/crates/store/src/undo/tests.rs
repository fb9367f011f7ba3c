use std::panic::{AssertUnwindSafe, catch_unwind};

use gongji_domain::{EntryKind, Household, MemberId};
use tempfile::TempDir;

use crate::table::{account, binding, credit_day, enrollment, entry, household, member};
use crate::testing::{
    BOOK, a_binding, a_member, an_enrollment, an_entry, family, in_book, in_cash, label, run,
    sample, set_up, spoil,
};
use crate::{Store, StoreError, Tx};

type Command = fn(&Tx<'_>) -> Result<(), StoreError>;

/// One command of each kind: adding, changing, removing, replacing everything.
fn commands() -> Vec<Command> {
    vec![
        set_up,
        |tx| member::update(tx, &a_member(1, "引号\"与'，\u{1}，𠮷，\\u0041")),
        |tx| member::insert(tx, &a_member(7, "小宝")),
        |tx| {
            let legs = vec![in_book("-12.34"), in_cash("-0.66")];
            entry::insert(tx, &an_entry(1, "2025-03-01", EntryKind::Spending, legs))
        },
        |tx| credit_day::set(tx, MemberId(1), Some(12)),
        |tx| credit_day::set(tx, MemberId(1), Some(13)),
        |tx| credit_day::set(tx, MemberId(1), None),
        |tx| {
            binding::delete(tx, a_binding(1, 1, 2, "2025-02-01").id)?;
            binding::insert(tx, &a_binding(1, 2, 1, "2025-02-01"))
        },
        |tx| enrollment::update(tx, &an_enrollment(1, 7, "2021-01-01", None)),
        |tx| member::insert(tx, &a_member(8, "再见")),
        |tx| member::delete(tx, MemberId(8)),
        |tx| household::replace(tx, &sample()),
        |tx| household::set(tx, "新名", true),
        |tx| household::replace(tx, &Household::default()),
    ]
}

fn name_of(step: usize) -> gongji_domain::Message {
    label(&format!("step.{step}"))
}

/// Every step is taken back and done again, with a restart before each.
#[test]
fn every_step_goes_back_and_forth_over_restarts() {
    let folder = TempDir::new().expect("a folder");
    let path = folder.path().join("family.gongji");
    let open = || Store::open(&path).expect("a record");
    let mut states = vec![open().household().expect("empty")];
    for (step, command) in commands().into_iter().enumerate() {
        let mut store = open();
        store.command(&name_of(step), command).expect("a command");
        states.push(store.household().expect("a household"));
    }
    for step in (0..states.len() - 1).rev() {
        let mut store = open();
        assert_eq!(store.undo_label().expect("a label"), Some(name_of(step)));
        assert_eq!(store.undo().expect("undone"), Some(name_of(step)));
        assert_eq!(store.redo_label().expect("a label"), Some(name_of(step)));
        assert!(
            store.household().expect("a household") == states[step],
            "{step}"
        );
        assert!(store.check().expect("a report").is_sound(), "{step}");
    }
    assert_eq!(open().undo().expect("nothing left"), None);
    for step in 0..states.len() - 1 {
        let mut store = open();
        assert_eq!(store.redo().expect("done again"), Some(name_of(step)));
        assert!(
            store.household().expect("a household") == states[step + 1],
            "{step}"
        );
    }
    assert_eq!(open().redo().expect("nothing left"), None);
}

#[test]
fn a_new_command_ends_what_could_be_redone() {
    let mut store = family();
    run(&mut store, |tx| member::insert(tx, &a_member(3, "甲")));
    store.undo().expect("undone");
    assert!(store.redo_label().expect("a label").is_some());
    // A command that changes nothing is no command.
    run(&mut store, |_| Ok(()));
    assert!(store.redo_label().expect("a label").is_some());
    run(&mut store, |tx| member::insert(tx, &a_member(3, "乙")));
    assert_eq!(store.redo_label().expect("no label"), None);
    assert_eq!(store.redo().expect("nothing"), None);
    let third = member::find(&store, MemberId(3)).expect("a row");
    assert_eq!(third.map(|member| member.name).as_deref(), Some("乙"));
}

#[test]
fn a_command_that_fails_or_panics_leaves_nothing() {
    let mut store = family();
    let before = store.household().expect("a household");
    let step = store.undo_label().expect("a label");
    let failed = store.command(&label("fails"), |tx| {
        member::insert(tx, &a_member(3, "甲"))?;
        account::delete(tx, BOOK)?;
        member::delete(tx, MemberId(99))
    });
    assert!(failed.is_err());
    let panicked = catch_unwind(AssertUnwindSafe(|| {
        store.command(&label("panics"), |tx| -> Result<(), StoreError> {
            member::insert(tx, &a_member(3, "甲"))?;
            panic!("in the middle of a command")
        })
    }));
    assert!(panicked.is_err());
    assert_eq!(store.household().expect("a household"), before);
    assert_eq!(store.undo_label().expect("a label"), step);
    run(&mut store, |tx| member::insert(tx, &a_member(3, "甲")));
}

#[test]
fn the_last_two_hundred_steps_are_kept() {
    let mut store = family();
    for number in 1..=230 {
        let name = format!("第{number}次");
        run(&mut store, |tx| household::set(tx, &name, false));
    }
    let mut undone = 0;
    while store.undo().expect("undone").is_some() {
        undone += 1;
    }
    assert_eq!(undone, 200);
    assert_eq!(
        store.household_name().expect("a name").as_deref(),
        Some("第30次")
    );
    let count = |sql| store.integer(sql, []).expect("a count");
    assert_eq!(count("SELECT count(*) FROM undo_step"), 200);
    assert_eq!(count("SELECT count(*) FROM undo_change"), 200);
}

#[test]
fn a_step_that_names_another_table_is_refused() {
    let mut store = family();
    spoil(
        &store,
        "UPDATE undo_change SET record = 'setting' WHERE id = 1",
    );
    let before = store.household().expect("a household");
    assert!(matches!(
        store.undo(),
        Err(StoreError::Value {
            table: "undo_change",
            row: 1,
            column: "record",
            ..
        })
    ));
    assert_eq!(store.household().expect("a household"), before);
}

/// Rows added in bulk that fail half-way leave nothing, and what comes after them is noted as ever.
#[test]
fn after_a_bulk_that_fails_new_rows_are_still_noted() {
    let mut store = family();
    let an =
        |id, amount: &str| an_entry(id, "2025-03-01", EntryKind::Spending, vec![in_cash(amount)]);
    let before = store.household().expect("a household");
    let early = an_entry(3, "2024-01-01", EntryKind::Spending, vec![in_cash("-3.00")]);
    let bad = [an(1, "-1.00"), an(2, "-2.00"), early];
    assert!(
        store
            .command(&label("bad"), |tx| entry::insert_all(tx, &bad))
            .is_err()
    );
    assert!(store.household().expect("a household") == before);
    let good = [an(1, "-1.00"), an(2, "-2.00")];
    store
        .command(&label("bulk"), |tx| entry::insert_all(tx, &good))
        .expect("two entries");
    store
        .command(&label("one"), |tx| entry::insert(tx, &an(3, "-3.00")))
        .expect("an entry");
    let after = store.household().expect("a household");
    assert_eq!(store.undo().expect("undone"), Some(label("one")));
    assert_eq!(store.undo().expect("undone"), Some(label("bulk")));
    assert!(store.household().expect("a household") == before);
    store.redo().expect("done again");
    store.redo().expect("done again");
    assert!(store.household().expect("a household") == after);
    assert!(store.check().expect("a report").is_sound());
}
