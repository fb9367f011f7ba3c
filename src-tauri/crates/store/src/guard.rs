use chrono::NaiveDate;
use gongji_domain::Yuan;

use crate::stored::{Number, is_storable};
use crate::{Ledger, Refusal, StoreError};

/// The record that is being checked: what it is refused with names it.
#[derive(Clone, Copy)]
pub(crate) struct Guard {
    /// Its table.
    pub(crate) table: &'static str,
    /// Its number.
    pub(crate) row: u32,
}

impl Guard {
    pub(crate) fn of(table: &'static str, id: impl Number) -> Guard {
        Guard {
            table,
            row: id.number(),
        }
    }

    pub(crate) fn refused(self, why: Refusal) -> StoreError {
        StoreError::Refused {
            table: self.table,
            row: self.row,
            why,
        }
    }

    /// Refuses with `why` unless the condition holds.
    pub(crate) fn require(self, holds: bool, why: Refusal) -> Result<(), StoreError> {
        if holds {
            Ok(())
        } else {
            Err(self.refused(why))
        }
    }

    pub(crate) fn amount(self, amount: Yuan) -> Result<(), StoreError> {
        let fits = (-Yuan::LIMIT..=Yuan::LIMIT).contains(&amount);
        self.require(fits, Refusal::TooLarge(amount))
    }

    pub(crate) fn days(
        self,
        days: impl IntoIterator<Item = Option<NaiveDate>>,
    ) -> Result<(), StoreError> {
        days.into_iter()
            .flatten()
            .try_for_each(|day| self.require(is_storable(day), Refusal::DayOutOfRange(day)))
    }

    pub(crate) fn period(
        self,
        from: NaiveDate,
        until: Option<NaiveDate>,
    ) -> Result<(), StoreError> {
        self.days([Some(from), until])?;
        match until {
            Some(until) if until < from => Err(self.refused(Refusal::Reversed { from, until })),
            _ => Ok(()),
        }
    }

    /// SQLite ends a text at a NUL in places; such a text would not come back as it was given.
    pub(crate) fn text(self, text: &str) -> Result<(), StoreError> {
        self.require(!text.contains('\0'), Refusal::NulCharacter)
    }

    pub(crate) fn name(self, name: &str) -> Result<(), StoreError> {
        self.require(!name.trim().is_empty(), Refusal::BlankName)?;
        self.text(name)
    }

    /// The record names row `id` of `table`, which must be there.
    pub(crate) fn names(
        self,
        ledger: &Ledger,
        table: &'static str,
        id: impl Number,
    ) -> Result<(), StoreError> {
        let row = id.number();
        self.require(ledger.has(table, row)?, Refusal::Absent { table, row })
    }

    /// The record is new: its number is neither zero nor taken.
    pub(crate) fn is_new(self, ledger: &Ledger) -> Result<(), StoreError> {
        self.require(self.row > 0, Refusal::Number)?;
        self.require(!ledger.has(self.table, self.row)?, Refusal::Taken)
    }
}
