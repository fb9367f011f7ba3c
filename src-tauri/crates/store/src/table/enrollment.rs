//! 参保关系

use gongji_domain::{Enrollment, EnrollmentId};
use rusqlite::types::Value;

use crate::fields::Fields;
use crate::guard::Guard;
use crate::stored::values;
use crate::{Ledger, Refusal, StoreError, Tx};

const TABLE: &str = "enrollment";
const SELECT: &str = "SELECT id, member, from_day, until_day, pool, scheme, plan, status, contribution_base_fen, retired_on, insured_months, special, pension_fen, frozen_credit_fen, employer, first_enrollment, back_paid, back_paid_on FROM enrollment";
const INSERT: &str = "INSERT INTO enrollment
        (id, member, from_day, until_day, pool, scheme, plan, status, contribution_base_fen, retired_on, insured_months, special, pension_fen, frozen_credit_fen, employer, first_enrollment, back_paid, back_paid_on)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18)";
const UPDATE: &str = "UPDATE enrollment SET member = ?2, from_day = ?3, until_day = ?4, pool = ?5, scheme = ?6, plan = ?7, status = ?8, contribution_base_fen = ?9, retired_on = ?10, insured_months = ?11, special = ?12, pension_fen = ?13, frozen_credit_fen = ?14, employer = ?15, first_enrollment = ?16, back_paid = ?17, back_paid_on = ?18
    WHERE id = ?1";

/// An enrollment without end lasts until the next one begins; one with an end must be over by then.
const OVERLAPPING: &str = "SELECT id FROM enrollment WHERE member = ?2 AND id <> ?1
    AND (from_day = ?3
        OR from_day < ?3 AND until_day >= ?3
        OR from_day > ?3 AND from_day <= ?4)";

/// The number for a new enrollment.
pub fn next_id(ledger: &Ledger) -> Result<EnrollmentId, StoreError> {
    ledger.next_id(TABLE)
}

/// Adds an enrollment.
pub fn insert(tx: &Tx<'_>, enrollment: &Enrollment) -> Result<(), StoreError> {
    let guard = Guard::of(TABLE, enrollment.id);
    guard.is_new(tx)?;
    accept(tx, guard, enrollment)?;
    tx.change(guard, INSERT, row(enrollment))
}

/// Changes an enrollment.
pub fn update(tx: &Tx<'_>, enrollment: &Enrollment) -> Result<(), StoreError> {
    let guard = Guard::of(TABLE, enrollment.id);
    accept(tx, guard, enrollment)?;
    tx.change(guard, UPDATE, row(enrollment))
}

/// Removes an enrollment that no other record names.
pub fn delete(tx: &Tx<'_>, id: EnrollmentId) -> Result<(), StoreError> {
    tx.delete(TABLE, id)
}

/// The enrollment of this number.
pub fn find(ledger: &Ledger, id: EnrollmentId) -> Result<Option<Enrollment>, StoreError> {
    ledger.find(TABLE, SELECT, id, read)
}

/// All enrollments, by number.
pub fn all(ledger: &Ledger) -> Result<Vec<Enrollment>, StoreError> {
    ledger.all(TABLE, SELECT, read)
}

fn accept(tx: &Tx<'_>, guard: Guard, enrollment: &Enrollment) -> Result<(), StoreError> {
    guard.names(tx, "member", enrollment.member)?;
    guard.period(enrollment.from, enrollment.until)?;
    guard.days([enrollment.retired_on, enrollment.back_paid_on])?;
    let paid = enrollment.back_paid == Some(true);
    guard.require(
        paid || enrollment.back_paid_on.is_none(),
        Refusal::NotBackPaid,
    )?;
    guard.name(&enrollment.pool.0)?;
    guard.name(&enrollment.plan)?;
    enrollment
        .employer
        .as_deref()
        .map_or(Ok(()), |word| guard.name(word))?;
    let amounts = [
        enrollment.contribution_base,
        enrollment.pension,
        enrollment.frozen_credit,
    ];
    for amount in amounts.into_iter().flatten() {
        guard.amount(amount)?;
        guard.require(!amount.is_negative(), Refusal::NegativeIncome(amount))?;
    }
    let period = values![
        enrollment.id,
        enrollment.member,
        enrollment.from,
        enrollment.until
    ];
    match tx.one(OVERLAPPING, period)? {
        Some(other) => Err(guard.refused(Refusal::Overlap { other })),
        None => Ok(()),
    }
}

fn row(enrollment: &Enrollment) -> [Value; 18] {
    values![
        enrollment.id,
        enrollment.member,
        enrollment.from,
        enrollment.until,
        enrollment.pool,
        enrollment.scheme,
        enrollment.plan,
        enrollment.status,
        enrollment.contribution_base,
        enrollment.retired_on,
        enrollment.insured_months,
        enrollment.special,
        enrollment.pension,
        enrollment.frozen_credit,
        enrollment.employer,
        enrollment.first_enrollment,
        enrollment.back_paid,
        enrollment.back_paid_on
    ]
}

fn read(row: &Fields<'_>) -> Result<Enrollment, StoreError> {
    Ok(Enrollment {
        id: row.get("id")?,
        member: row.get("member")?,
        from: row.get("from_day")?,
        until: row.get("until_day")?,
        pool: row.get("pool")?,
        scheme: row.get("scheme")?,
        plan: row.get("plan")?,
        status: row.get("status")?,
        contribution_base: row.get("contribution_base_fen")?,
        retired_on: row.get("retired_on")?,
        insured_months: row.get("insured_months")?,
        special: row.get("special")?,
        pension: row.get("pension_fen")?,
        frozen_credit: row.get("frozen_credit_fen")?,
        employer: row.get("employer")?,
        first_enrollment: row.get("first_enrollment")?,
        back_paid: row.get("back_paid")?,
        back_paid_on: row.get("back_paid_on")?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{an_enrollment, day, family, refusal, run, spoil, unreadable, yuan};
    use gongji_domain::{EmploymentStatus, MemberId, Special};

    #[test]
    fn is_written_changed_removed_and_read_back() {
        let mut store = family();
        let next = Enrollment {
            status: EmploymentStatus::Retired,
            retired_on: Some(day("2025-06-30")),
            contribution_base: None,
            insured_months: None,
            special: Special::FoundingEra,
            pension: Some(yuan("3500.00")),
            frozen_credit: Some(yuan("126.40")),
            employer: Some("public_sector".to_owned()),
            first_enrollment: true,
            back_paid: Some(true),
            back_paid_on: Some(day("2025-08-10")),
            ..an_enrollment(2, 1, "2025-07-01", Some("2026-01-01"))
        };
        run(&mut store, |tx| insert(tx, &next));
        assert_eq!(find(&store, next.id).expect("a row"), Some(next.clone()));
        let changed = Enrollment {
            until: None,
            ..next
        };
        run(&mut store, |tx| update(tx, &changed));
        assert_eq!(all(&store).expect("rows")[1], changed);
        run(&mut store, |tx| delete(tx, changed.id));
        assert_eq!(all(&store).expect("rows").len(), 1);
        assert_eq!(next_id(&store).expect("a number"), EnrollmentId(2));
    }

    /// One open end is cut off by the next beginning; a stated end is not.
    #[test]
    fn overlaps_are_refused() {
        let mut store = family();
        run(&mut store, |tx| {
            insert(tx, &an_enrollment(2, 1, "2024-01-01", Some("2024-06-30")))
        });
        for (from, until, other) in [
            ("2024-01-01", None, Some(2)),
            ("2020-01-01", None, Some(1)),
            ("2024-06-30", None, Some(2)),
            ("2024-07-01", None, None),
            ("2023-01-01", None, None),
            ("2023-01-01", Some("2023-12-31"), None),
            ("2023-01-01", Some("2024-01-01"), Some(2)),
            ("2019-01-01", Some("2020-01-01"), Some(1)),
        ] {
            let row = an_enrollment(3, 1, from, until);
            match other {
                Some(other) => assert_eq!(
                    refusal(&mut store, |tx| insert(tx, &row)),
                    (TABLE, 3, Refusal::Overlap { other }),
                    "{from} {until:?}"
                ),
                None => {
                    run(&mut store, |tx| insert(tx, &row));
                    run(&mut store, |tx| delete(tx, row.id));
                }
            }
        }
        // Somebody else may be enrolled on the same days.
        run(&mut store, |tx| {
            insert(tx, &an_enrollment(3, 2, "2024-01-01", None))
        });
    }

    #[test]
    fn is_refused_by_number_and_reason() {
        let mut store = family();
        let row = an_enrollment(2, 2, "2024-05-01", Some("2024-05-01"));
        let too_much = yuan("10000000000.00") + yuan("0.01");
        for (row, why) in [
            (
                Enrollment {
                    until: Some(day("2024-04-30")),
                    ..row.clone()
                },
                Refusal::Reversed {
                    from: day("2024-05-01"),
                    until: day("2024-04-30"),
                },
            ),
            (
                Enrollment {
                    member: MemberId(7),
                    ..row.clone()
                },
                Refusal::Absent {
                    table: "member",
                    row: 7,
                },
            ),
            (
                Enrollment {
                    contribution_base: Some(too_much),
                    ..row.clone()
                },
                Refusal::TooLarge(too_much),
            ),
            (
                Enrollment {
                    pension: Some(too_much),
                    ..row.clone()
                },
                Refusal::TooLarge(too_much),
            ),
            (
                Enrollment {
                    frozen_credit: Some(too_much),
                    ..row.clone()
                },
                Refusal::TooLarge(too_much),
            ),
            (
                Enrollment {
                    contribution_base: Some(yuan("-0.01")),
                    ..row.clone()
                },
                Refusal::NegativeIncome(yuan("-0.01")),
            ),
            (
                Enrollment {
                    employer: Some(" ".to_owned()),
                    ..row.clone()
                },
                Refusal::BlankName,
            ),
            (
                Enrollment {
                    back_paid: Some(false),
                    back_paid_on: Some(day("2024-06-01")),
                    ..row.clone()
                },
                Refusal::NotBackPaid,
            ),
            (
                Enrollment {
                    plan: String::new(),
                    ..row.clone()
                },
                Refusal::BlankName,
            ),
        ] {
            assert_eq!(refusal(&mut store, |tx| insert(tx, &row)), (TABLE, 2, why));
        }
        run(&mut store, |tx| insert(tx, &row));
    }

    #[test]
    fn unknown_words_are_errors() {
        for column in ["scheme", "status", "special", "back_paid_on"] {
            let store = family();
            spoil(&store, &format!("UPDATE enrollment SET {column} = '？'"));
            assert_eq!(unreadable(&store), (TABLE, 1, column));
        }
    }
}
