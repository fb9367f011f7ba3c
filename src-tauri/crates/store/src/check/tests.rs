use super::*;
use crate::Store;
use crate::table::household;
use crate::testing::{run, sample, spoil};

fn full() -> Store {
    let mut store = Store::in_memory().expect("a record in memory");
    run(&mut store, |tx| household::replace(tx, &sample()));
    store
}

#[test]
fn a_sound_record_has_nothing_in_its_report() {
    let report = full().check().expect("a report");
    assert!(report.is_sound(), "{report:?}");
    assert_eq!(report.entries, 7);
}

#[test]
fn each_fault_is_found() {
    type Found = fn(&CheckReport) -> bool;
    let faults: [(&str, Found); 8] = [
        ("DELETE FROM leg WHERE entry = 2", |report| {
            report.without_legs == [EntryId(2)]
        }),
        (
            "UPDATE leg SET day = '2025-01-01' WHERE entry = 2",
            |report| report.astray_legs == [EntryId(2)],
        ),
        (
            "PRAGMA foreign_keys = OFF; UPDATE binding SET donor = 77",
            |report| report.dangling == ["binding"],
        ),
        (
            "UPDATE account_month SET fen = fen + 1 WHERE account = 2 AND month = (
                SELECT max(month) FROM account_month WHERE account = 2)",
            |report| report.unequal_balances == [AccountId(2)],
        ),
        ("UPDATE leg SET fen = fen - 1 WHERE entry = 4", |report| {
            report.unequal_settlements == [SettlementId(1)]
        }),
        (
            "UPDATE settlement SET slip = replace(slip, '\"100.00\"', '\"99.00\"')",
            |report| report.unequal_settlements == [SettlementId(1)],
        ),
        (
            "UPDATE settlement SET slip = NULL; UPDATE leg SET fen = fen - 1 WHERE entry = 4",
            |report| report.unequal_settlements == [SettlementId(1)],
        ),
        (
            "PRAGMA ignore_check_constraints = ON;
             UPDATE credit_day SET day = 0; PRAGMA ignore_check_constraints = OFF",
            |report| !report.integrity.is_empty(),
        ),
    ];
    for (fault, found) in faults {
        let store = full();
        spoil(&store, fault);
        let report = store.check().expect("a report");
        assert!(found(&report) && !report.is_sound(), "{fault}: {report:?}");
    }
}

#[test]
fn what_cannot_be_read_is_an_error() {
    let store = full();
    spoil(&store, "UPDATE settlement SET estimate = '{}'");
    assert!(matches!(
        store.check(),
        Err(StoreError::Value {
            table: "settlement",
            row: 1,
            column: "estimate",
            ..
        })
    ));
}
