//! 计划支出

use chrono::NaiveDate;
use gongji_domain::{Bill, PlanItemId, PlannedSpending, Recurrence, RecurrenceProblem, RuleEnd};
use rusqlite::types::Value;

use crate::fields::{Fields, json_text};
use crate::guard::Guard;
use crate::stored::values;
use crate::{Ledger, Refusal, StoreError, Tx};

const TABLE: &str = "planned_spending";
const SELECT: &str = "SELECT id, member, title, part, class, total_fen, full_self_pay_fen, over_limit_fen, upfront_copay_fen, not_account_payable_fen, by_item, first_on, rrule, urgent FROM planned_spending";
const INSERT: &str = "INSERT INTO planned_spending
        (id, member, title, part, class, total_fen, full_self_pay_fen, over_limit_fen, upfront_copay_fen, not_account_payable_fen, by_item, first_on, rrule, urgent)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)";
const UPDATE: &str = "UPDATE planned_spending SET member = ?2, title = ?3, part = ?4, class = ?5, total_fen = ?6, full_self_pay_fen = ?7, over_limit_fen = ?8, upfront_copay_fen = ?9, not_account_payable_fen = ?10, by_item = ?11, first_on = ?12, rrule = ?13, urgent = ?14
    WHERE id = ?1";

/// The number for a new planned spending.
pub fn next_id(ledger: &Ledger) -> Result<PlanItemId, StoreError> {
    ledger.next_id(TABLE)
}

/// Adds a planned spending.
pub fn insert(tx: &Tx<'_>, plan: &PlannedSpending) -> Result<(), StoreError> {
    let guard = Guard::of(TABLE, plan.id);
    guard.is_new(tx)?;
    accept(tx, guard, plan)?;
    tx.change(guard, INSERT, row(plan)?)
}

/// Changes a planned spending.
pub fn update(tx: &Tx<'_>, plan: &PlannedSpending) -> Result<(), StoreError> {
    let guard = Guard::of(TABLE, plan.id);
    accept(tx, guard, plan)?;
    tx.change(guard, UPDATE, row(plan)?)
}

/// Removes a planned spending that no other record names.
pub fn delete(tx: &Tx<'_>, id: PlanItemId) -> Result<(), StoreError> {
    tx.delete(TABLE, id)
}

/// The planned spending of this number.
pub fn find(ledger: &Ledger, id: PlanItemId) -> Result<Option<PlannedSpending>, StoreError> {
    ledger.find(TABLE, SELECT, id, read)
}

/// All planned spendings, by number.
pub fn all(ledger: &Ledger) -> Result<Vec<PlannedSpending>, StoreError> {
    ledger.all(TABLE, SELECT, read)
}

fn accept(tx: &Tx<'_>, guard: Guard, plan: &PlannedSpending) -> Result<(), StoreError> {
    guard.names(tx, "member", plan.member)?;
    guard.name(&plan.title)?;
    guard.text(plan.class.as_deref().unwrap_or_default())?;
    let until = plan.recurrence.as_ref().map(|rule| rule.parts().ends);
    let until = match until {
        Some(RuleEnd::Until(day)) => Some(day),
        _ => None,
    };
    guard.period(plan.first_on, until)?;
    let last = NaiveDate::from_ymd_opt(2199, 12, 31).unwrap_or(NaiveDate::MAX);
    let ever = plan.days(plan.first_on, last).next();
    guard.require(ever.is_some(), Refusal::NeverOccurs(plan.first_on))?;
    let bill = &plan.bill;
    for amount in [
        bill.total,
        bill.full_self_pay.unwrap_or_default(),
        bill.over_limit.unwrap_or_default(),
        bill.upfront_copay.unwrap_or_default(),
        bill.not_account_payable,
    ] {
        guard.amount(amount)?;
    }
    for (item, amount) in &bill.by_item {
        guard.name(item)?;
        guard.amount(*amount)?;
    }
    match bill.in_scope() {
        Ok(_) => Ok(()),
        Err(problem) => Err(guard.refused(Refusal::Bill(problem))),
    }
}

fn row(plan: &PlannedSpending) -> Result<[Value; 14], StoreError> {
    let bill = &plan.bill;
    Ok(values![
        plan.id,
        plan.member,
        plan.title,
        plan.part,
        plan.class,
        bill.total,
        bill.full_self_pay.unwrap_or_default(),
        bill.over_limit.unwrap_or_default(),
        bill.upfront_copay.unwrap_or_default(),
        bill.not_account_payable,
        json_text(&bill.by_item)?,
        plan.first_on,
        plan.recurrence.as_ref().map(Recurrence::to_string),
        plan.urgent,
    ])
}

fn read(row: &Fields<'_>) -> Result<PlannedSpending, StoreError> {
    Ok(PlannedSpending {
        id: row.get("id")?,
        member: row.get("member")?,
        title: row.get("title")?,
        part: row.get("part")?,
        class: row.get("class")?,
        bill: Bill {
            total: row.get("total_fen")?,
            full_self_pay: Some(row.get("full_self_pay_fen")?),
            over_limit: Some(row.get("over_limit_fen")?),
            upfront_copay: Some(row.get("upfront_copay_fen")?),
            not_account_payable: row.get("not_account_payable_fen")?,
            by_item: row.json("by_item")?,
        },
        first_on: row.get("first_on")?,
        recurrence: recurrence(row)?,
        urgent: row.get("urgent")?,
    })
}

fn recurrence(row: &Fields<'_>) -> Result<Option<Recurrence>, StoreError> {
    let text: Option<String> = row.get("rrule")?;
    text.map(|text| text.parse())
        .transpose()
        .map_err(|problem: RecurrenceProblem| row.unreadable("rrule", &problem.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{day, family, refusal, run, spoil, unreadable, yuan};
    use gongji_domain::{BillProblem, MemberId, Part, Yuan};

    fn rule(text: &str) -> Option<Recurrence> {
        Some(text.parse().expect(text))
    }

    fn a_plan() -> PlannedSpending {
        PlannedSpending {
            id: PlanItemId(1),
            member: MemberId(1),
            title: "复诊取药".to_owned(),
            part: Part::GeneralOutpatient,
            class: Some("tertiary".to_owned()),
            bill: Bill {
                full_self_pay: Some(yuan("12.00")),
                over_limit: Some(yuan("1.00")),
                upfront_copay: Some(yuan("8.00")),
                not_account_payable: yuan("3.00"),
                by_item: [("drug".to_owned(), yuan("100.00"))].into(),
                ..Bill::of_total(yuan("320.00"))
            },
            first_on: day("2025-04-01"),
            recurrence: rule("FREQ=DAILY;INTERVAL=28;UNTIL=20251231"),
            urgent: true,
        }
    }

    #[test]
    fn is_written_changed_removed_and_read_back() {
        let mut store = family();
        let row = a_plan();
        run(&mut store, |tx| insert(tx, &row));
        assert_eq!(find(&store, row.id).expect("a row"), Some(row.clone()));
        for recurrence in [None, rule("FREQ=WEEKLY;BYDAY=MO,WE,FR;COUNT=12")] {
            let changed = PlannedSpending {
                recurrence,
                class: None,
                bill: Bill::of_total(yuan("1.00")),
                ..row.clone()
            };
            run(&mut store, |tx| update(tx, &changed));
            // A plan does not keep empty and nothing apart: it is read back as nothing.
            let nothing = Some(Yuan::ZERO);
            let read = PlannedSpending {
                bill: Bill {
                    full_self_pay: nothing,
                    over_limit: nothing,
                    upfront_copay: nothing,
                    ..changed.bill.clone()
                },
                ..changed
            };
            assert_eq!(all(&store).expect("rows"), [read]);
        }
        run(&mut store, |tx| delete(tx, row.id));
        assert_eq!(next_id(&store).expect("a number"), row.id);
    }

    #[test]
    fn is_refused_by_number_and_reason() {
        let mut store = family();
        let row = a_plan();
        let costing = |bill| PlannedSpending {
            bill,
            ..row.clone()
        };
        let above = Yuan::LIMIT + yuan("0.01");
        for (row, why) in [
            (costing(Bill::of_total(above)), Refusal::TooLarge(above)),
            (
                costing(Bill::of_total(yuan("-1.00"))),
                Refusal::Bill(BillProblem::Negative("总额")),
            ),
            (
                PlannedSpending {
                    recurrence: rule("FREQ=DAILY;INTERVAL=28;UNTIL=20250331"),
                    ..row.clone()
                },
                Refusal::Reversed {
                    from: day("2025-04-01"),
                    until: day("2025-03-31"),
                },
            ),
            (
                PlannedSpending {
                    recurrence: rule("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"),
                    ..row.clone()
                },
                Refusal::NeverOccurs(day("2025-04-01")),
            ),
        ] {
            assert_eq!(refusal(&mut store, |tx| insert(tx, &row)), (TABLE, 1, why));
        }
    }

    #[test]
    fn unreadable_columns_are_errors() {
        for (column, sql) in [
            ("rrule", "SET rrule = 'yearly'"),
            ("rrule", "SET rrule = 'FREQ=DAILY;BYHOUR=8'"),
            ("by_item", "SET by_item = '{'"),
            ("part", "SET part = 'dental'"),
        ] {
            let mut store = family();
            run(&mut store, |tx| insert(tx, &a_plan()));
            spoil(&store, &format!("UPDATE planned_spending {sql}"));
            assert_eq!(unreadable(&store), (TABLE, 1, column));
        }
    }
}
