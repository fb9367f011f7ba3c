//! 计划缴费

use gongji_domain::{PlannedPremium, PlannedPremiumId};
use rusqlite::types::Value;

use crate::fields::Fields;
use crate::guard::Guard;
use crate::stored::values;
use crate::{Ledger, Refusal, StoreError, Tx};

const TABLE: &str = "planned_premium";
const SELECT: &str =
    "SELECT id, member, paid_by, relation, from_year, until_year, pay_on, amount_fen
    FROM planned_premium";
const INSERT: &str = "INSERT INTO planned_premium
        (id, member, paid_by, relation, from_year, until_year, pay_on, amount_fen)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";
const UPDATE: &str = "UPDATE planned_premium SET member = ?2, paid_by = ?3, relation = ?4,
        from_year = ?5, until_year = ?6, pay_on = ?7, amount_fen = ?8
    WHERE id = ?1";

/// One year of one member's insurance is paid once.
const OVERLAPPING: &str = "SELECT id FROM planned_premium
    WHERE member = ?2 AND id <> ?1
    AND (?4 IS NULL OR from_year <= ?4)
    AND (until_year IS NULL OR until_year >= ?3)";

/// The years that the other days of the record have too.
const YEARS: std::ops::RangeInclusive<i32> = 1900..=2199;

/// The number for a new planned premium.
pub fn next_id(ledger: &Ledger) -> Result<PlannedPremiumId, StoreError> {
    ledger.next_id(TABLE)
}

/// Adds a planned premium.
pub fn insert(tx: &Tx<'_>, plan: &PlannedPremium) -> Result<(), StoreError> {
    let guard = Guard::of(TABLE, plan.id);
    guard.is_new(tx)?;
    accept(tx, guard, plan)?;
    tx.change(guard, INSERT, row(plan))
}

/// Changes a planned premium.
pub fn update(tx: &Tx<'_>, plan: &PlannedPremium) -> Result<(), StoreError> {
    let guard = Guard::of(TABLE, plan.id);
    accept(tx, guard, plan)?;
    tx.change(guard, UPDATE, row(plan))
}

/// Removes a planned premium; no other record names one.
pub fn delete(tx: &Tx<'_>, id: PlannedPremiumId) -> Result<(), StoreError> {
    tx.delete(TABLE, id)
}

/// The planned premium of this number.
pub fn find(ledger: &Ledger, id: PlannedPremiumId) -> Result<Option<PlannedPremium>, StoreError> {
    ledger.find(TABLE, SELECT, id, read)
}

/// All planned premiums, by number.
pub fn all(ledger: &Ledger) -> Result<Vec<PlannedPremium>, StoreError> {
    ledger.all(TABLE, SELECT, read)
}

fn accept(tx: &Tx<'_>, guard: Guard, plan: &PlannedPremium) -> Result<(), StoreError> {
    guard.names(tx, "member", plan.member)?;
    if let Some(payer) = plan.paid_by {
        guard.names(tx, "member", payer)?;
    }
    guard.require(plan.relation_fits(), Refusal::PayerRelation)?;
    let (from, until) = (plan.from_year, plan.until_year.unwrap_or(plan.from_year));
    let in_order = YEARS.contains(&from) && YEARS.contains(&until) && from <= until;
    guard.require(in_order, Refusal::Years { from, until })?;
    guard.days([plan.pay_on])?;
    guard.require(plan.day_fits(), Refusal::PayDay(from))?;
    guard.require(plan.amount_fits(), Refusal::PremiumAmount)?;
    if let Some(amount) = plan.amount {
        guard.amount(amount)?;
    }
    let years = values![plan.id, plan.member, plan.from_year, plan.until_year];
    match tx.one(OVERLAPPING, years)? {
        Some(other) => Err(guard.refused(Refusal::Overlap { other })),
        None => Ok(()),
    }
}

fn row(plan: &PlannedPremium) -> [Value; 8] {
    values![
        plan.id,
        plan.member,
        plan.paid_by,
        plan.relation,
        plan.from_year,
        plan.until_year,
        plan.pay_on,
        plan.amount,
    ]
}

fn read(row: &Fields<'_>) -> Result<PlannedPremium, StoreError> {
    Ok(PlannedPremium {
        id: row.get("id")?,
        member: row.get("member")?,
        paid_by: row.get("paid_by")?,
        relation: row.get("relation")?,
        from_year: row.get("from_year")?,
        until_year: row.get("until_year")?,
        pay_on: row.get("pay_on")?,
        amount: row.get("amount_fen")?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::member;
    use crate::testing::{day, family, refusal, run, spoil, unreadable, yuan};
    use gongji_domain::{MemberId, Relation, Yuan};

    fn a_premium() -> PlannedPremium {
        PlannedPremium {
            id: PlannedPremiumId(1),
            member: MemberId(2),
            paid_by: Some(MemberId(1)),
            relation: Some(Relation::Parent),
            from_year: 2027,
            until_year: Some(2030),
            pay_on: Some(day("2026-11-20")),
            amount: Some(yuan("400.00")),
        }
    }

    #[test]
    fn is_written_changed_removed_and_read_back() {
        let mut store = family();
        let row = a_premium();
        run(&mut store, |tx| insert(tx, &row));
        assert_eq!(find(&store, row.id).expect("a row"), Some(row.clone()));
        let changed = PlannedPremium {
            paid_by: None,
            relation: None,
            until_year: None,
            pay_on: None,
            amount: None,
            ..row.clone()
        };
        run(&mut store, |tx| update(tx, &changed));
        assert_eq!(all(&store).expect("rows"), std::slice::from_ref(&changed));
        // 撤销、重做是整行的。
        store.undo().expect("undone");
        assert_eq!(all(&store).expect("rows"), std::slice::from_ref(&row));
        store.redo().expect("done again");
        assert_eq!(all(&store).expect("rows"), [changed]);
        run(&mut store, |tx| delete(tx, row.id));
        assert_eq!(next_id(&store).expect("a number"), row.id);
        store.undo().expect("undone");
        assert_eq!(all(&store).expect("rows").len(), 1);
    }

    #[test]
    fn is_refused_by_number_and_reason() {
        let mut store = family();
        let row = a_premium();
        let absent = |row| Refusal::Absent {
            table: "member",
            row,
        };
        let years = |from, until| Refusal::Years { from, until };
        type Spoil = fn(&mut PlannedPremium);
        let faults: [(Spoil, Refusal); 12] = [
            (|p| p.member = MemberId(5), absent(5)),
            (|p| p.paid_by = Some(MemberId(6)), absent(6)),
            (|p| p.relation = None, Refusal::PayerRelation),
            (|p| p.paid_by = None, Refusal::PayerRelation),
            (|p| p.paid_by = Some(MemberId(2)), Refusal::PayerRelation),
            (|p| p.until_year = Some(2026), years(2027, 2026)),
            (|p| p.from_year = 1899, years(1899, 2030)),
            (|p| p.until_year = Some(2200), years(2027, 2200)),
            (
                |p| p.pay_on = Some(day("2025-12-31")),
                Refusal::PayDay(2027),
            ),
            (|p| p.amount = Some(Yuan::ZERO), Refusal::PremiumAmount),
            (|p| p.amount = Some(yuan("-0.01")), Refusal::PremiumAmount),
            (
                |p| p.amount = Some(Yuan::LIMIT + yuan("0.01")),
                Refusal::TooLarge(Yuan::LIMIT + yuan("0.01")),
            ),
        ];
        for (spoil, why) in faults {
            let mut row = row.clone();
            spoil(&mut row);
            assert_eq!(refusal(&mut store, |tx| insert(tx, &row)), (TABLE, 1, why));
        }
    }

    #[test]
    fn one_year_is_paid_once() {
        let mut store = family();
        run(&mut store, |tx| insert(tx, &a_premium()));
        for (from_year, until_year, overlaps) in [
            (2030, None, true),
            (2020, Some(2027), true),
            (2020, None, true),
            (2031, None, false),
            (2020, Some(2026), false),
        ] {
            let other = PlannedPremium {
                id: PlannedPremiumId(2),
                from_year,
                until_year,
                pay_on: None,
                ..a_premium()
            };
            if overlaps {
                let why = Refusal::Overlap { other: 1 };
                assert_eq!(
                    refusal(&mut store, |tx| insert(tx, &other)),
                    (TABLE, 2, why)
                );
            } else {
                run(&mut store, |tx| insert(tx, &other));
                run(&mut store, |tx| delete(tx, other.id));
            }
        }
    }

    #[test]
    fn whoever_is_named_stays() {
        let mut store = family();
        run(&mut store, |tx| insert(tx, &a_premium()));
        let refused = refusal(&mut store, |tx| member::delete(tx, MemberId(2)));
        assert_eq!(refused, ("member", 2, Refusal::InUse));
    }

    #[test]
    fn unreadable_columns_are_errors() {
        for (column, sql) in [
            ("relation", "SET relation = 'friend'"),
            ("pay_on", "SET pay_on = '2026-11'"),
        ] {
            let mut store = family();
            run(&mut store, |tx| insert(tx, &a_premium()));
            spoil(&store, &format!("UPDATE planned_premium {sql}"));
            assert_eq!(unreadable(&store), (TABLE, 1, column));
        }
    }
}
