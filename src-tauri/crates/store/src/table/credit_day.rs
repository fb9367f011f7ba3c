//! 本人填写的到账日

use gongji_domain::{MemberId, StatedCreditDay};

use crate::fields::Fields;
use crate::guard::Guard;
use crate::stored::values;
use crate::{Ledger, Refusal, StoreError, Tx};

const TABLE: &str = "credit_day";
const SELECT: &str = "SELECT member, day FROM credit_day";
const SET: &str = "INSERT INTO credit_day (member, day) VALUES (?1, ?2)
    ON CONFLICT (member) DO UPDATE SET day = excluded.day";

/// States the day of the month on which the member's credit arrives; without a day, forgets it.
pub fn set(tx: &Tx<'_>, member: MemberId, day: Option<u32>) -> Result<(), StoreError> {
    let guard = Guard::of(TABLE, member);
    guard.names(tx, "member", member)?;
    match day {
        Some(day) => {
            guard.require((1..=31).contains(&day), Refusal::CreditDay(day))?;
            tx.execute(SET, values![member, day]).map(drop)
        }
        None => tx
            .execute("DELETE FROM credit_day WHERE member = ?1", values![member])
            .map(drop),
    }
}

/// States a day for a member who has stated none.
pub(crate) fn insert(tx: &Tx<'_>, stated: &StatedCreditDay) -> Result<(), StoreError> {
    Guard::of(TABLE, stated.member).is_new(tx)?;
    set(tx, stated.member, Some(stated.day))
}

/// The day that this member stated.
pub fn find(ledger: &Ledger, member: MemberId) -> Result<Option<u32>, StoreError> {
    Ok(ledger.find(TABLE, SELECT, member, read)?.map(|row| row.day))
}

/// All stated days, by member.
pub fn all(ledger: &Ledger) -> Result<Vec<StatedCreditDay>, StoreError> {
    ledger.all(TABLE, SELECT, read)
}

fn read(row: &Fields<'_>) -> Result<StatedCreditDay, StoreError> {
    Ok(StatedCreditDay {
        member: row.get("member")?,
        day: row.get("day")?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{family, refusal, run};

    #[test]
    fn is_stated_changed_and_forgotten() {
        let mut store = family();
        let member = MemberId(2);
        for stated in [Some(31), Some(1), None, None] {
            run(&mut store, |tx| set(tx, member, stated));
            assert_eq!(find(&store, member).expect("a day"), stated);
        }
        for number in [0, 32] {
            assert_eq!(
                refusal(&mut store, |tx| set(tx, member, Some(number))),
                (TABLE, 2, Refusal::CreditDay(number))
            );
        }
        let why = Refusal::Absent {
            table: "member",
            row: 7,
        };
        assert_eq!(
            refusal(&mut store, |tx| set(tx, MemberId(7), Some(5))),
            (TABLE, 7, why)
        );
    }
}
