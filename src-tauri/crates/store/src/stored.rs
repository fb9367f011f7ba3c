use std::str;

use chrono::{Datelike, NaiveDate};
use gongji_domain::{
    AccountId, AccountKind, BindingId, EmploymentStatus, EnrollmentId, EntryId, EntryKind,
    MemberId, Month, Part, PlanItemId, PlannedPremiumId, PolicyFileId, PoolId, Relation, Scheme,
    SettlementId, Special, StatementId, SubAccountId, Yuan,
};
use rusqlite::types::{Value, ValueRef};
use serde::Deserialize;
use serde::de::IntoDeserializer;
use serde::de::value::{Error, StrDeserializer};

/// How a quantity of the domain stands in a column. Reading yields nothing where the column holds
/// anything else; the caller names the row.
pub(crate) trait Stored: Sized {
    /// What is written.
    fn stored(&self) -> Value;
    /// What is read.
    fn read(value: ValueRef<'_>) -> Option<Self>;
}

/// The parameters of a statement, in order.
macro_rules! values {
    ($($value:expr),* $(,)?) => { [$($crate::stored::Stored::stored(&$value)),*] };
}
pub(crate) use values;

impl<T: Stored> Stored for Option<T> {
    fn stored(&self) -> Value {
        self.as_ref().map_or(Value::Null, Stored::stored)
    }

    fn read(value: ValueRef<'_>) -> Option<Option<T>> {
        match value {
            ValueRef::Null => Some(None),
            other => T::read(other).map(Some),
        }
    }
}

impl<T: Stored> Stored for &T {
    fn stored(&self) -> Value {
        (*self).stored()
    }

    fn read(_: ValueRef<'_>) -> Option<Self> {
        None
    }
}

impl Stored for i64 {
    fn stored(&self) -> Value {
        Value::Integer(*self)
    }

    fn read(value: ValueRef<'_>) -> Option<i64> {
        match value {
            ValueRef::Integer(number) => Some(number),
            _ => None,
        }
    }
}

impl Stored for u32 {
    fn stored(&self) -> Value {
        Value::Integer(i64::from(*self))
    }

    fn read(value: ValueRef<'_>) -> Option<u32> {
        i64::read(value)?.try_into().ok()
    }
}

impl Stored for i32 {
    fn stored(&self) -> Value {
        Value::Integer(i64::from(*self))
    }

    fn read(value: ValueRef<'_>) -> Option<i32> {
        i64::read(value)?.try_into().ok()
    }
}

impl Stored for bool {
    fn stored(&self) -> Value {
        Value::Integer(i64::from(*self))
    }

    fn read(value: ValueRef<'_>) -> Option<bool> {
        match i64::read(value)? {
            0 => Some(false),
            1 => Some(true),
            _ => None,
        }
    }
}

fn text(value: ValueRef<'_>) -> Option<&str> {
    match value {
        ValueRef::Text(bytes) => str::from_utf8(bytes).ok(),
        _ => None,
    }
}

impl Stored for String {
    fn stored(&self) -> Value {
        Value::Text(self.clone())
    }

    fn read(value: ValueRef<'_>) -> Option<String> {
        text(value).map(str::to_owned)
    }
}

impl Stored for Yuan {
    fn stored(&self) -> Value {
        Value::Integer(self.fen())
    }

    fn read(value: ValueRef<'_>) -> Option<Yuan> {
        i64::read(value).map(Yuan::from_fen)
    }
}

impl Stored for NaiveDate {
    fn stored(&self) -> Value {
        Value::Text(self.to_string())
    }

    /// Only `YYYY-MM-DD`, so that days compare as text.
    fn read(value: ValueRef<'_>) -> Option<NaiveDate> {
        let text = text(value)?;
        let digits = |range| text.get(range).and_then(plain_number);
        let marks = text.get(4..5) == Some("-") && text.get(7..8) == Some("-");
        if text.len() != 10 || !marks {
            return None;
        }
        let year = i32::try_from(digits(0..4)?).ok()?;
        NaiveDate::from_ymd_opt(year, digits(5..7)?, digits(8..10)?)
    }
}

fn plain_number(text: &str) -> Option<u32> {
    text.bytes()
        .all(|b| b.is_ascii_digit())
        .then(|| text.parse().ok())
        .flatten()
}

impl Stored for Month {
    fn stored(&self) -> Value {
        Value::Text(self.to_string())
    }

    fn read(value: ValueRef<'_>) -> Option<Month> {
        text(value)?.parse().ok()
    }
}

/// Whether the day can be stored: [`Month`] knows the same years.
pub(crate) fn is_storable(day: NaiveDate) -> bool {
    (1900..=2199).contains(&day.year())
}

/// A row's number, whatever its kind.
pub(crate) trait Number: Stored + Copy {
    /// The plain number.
    fn number(self) -> u32;
    /// The number of this kind.
    fn of(number: u32) -> Self;
}

macro_rules! numbers {
    ($($name:ident),*) => {$(
        impl Number for $name {
            fn number(self) -> u32 {
                self.0
            }

            fn of(number: u32) -> $name {
                $name(number)
            }
        }

        impl Stored for $name {
            fn stored(&self) -> Value {
                self.0.stored()
            }

            fn read(value: ValueRef<'_>) -> Option<$name> {
                u32::read(value).map($name)
            }
        }
    )*};
}

numbers!(
    MemberId,
    EnrollmentId,
    AccountId,
    EntryId,
    BindingId,
    PlanItemId,
    PlannedPremiumId,
    PolicyFileId,
    SettlementId,
    StatementId
);

macro_rules! names {
    ($($name:ident),*) => {$(
        impl Stored for $name {
            fn stored(&self) -> Value {
                self.0.stored()
            }

            fn read(value: ValueRef<'_>) -> Option<$name> {
                String::read(value).map($name)
            }
        }
    )*};
}

names!(PoolId, SubAccountId);

macro_rules! words {
    ($($name:ident),*) => {$(
        impl Stored for $name {
            /// The word of the wire form; a variant without fields always has one.
            fn stored(&self) -> Value {
                match serde_json::to_value(self) {
                    Ok(serde_json::Value::String(word)) => Value::Text(word),
                    _ => Value::Null,
                }
            }

            fn read(value: ValueRef<'_>) -> Option<$name> {
                let word: StrDeserializer<'_, Error> = text(value)?.into_deserializer();
                $name::deserialize(word).ok()
            }
        }
    )*};
}

words!(
    AccountKind,
    EmploymentStatus,
    EntryKind,
    Part,
    Relation,
    Scheme,
    Special
);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_only_days_that_sort_as_text() {
        for (text, good) in [
            ("2025-03-01", true),
            ("2024-02-29", true),
            ("2025-02-29", false),
            ("2025-3-1", false),
            ("2025-03-1 ", false),
            ("+025-03-01", false),
            ("2025/03/01", false),
            ("２０２５-03-01", false),
            ("", false),
        ] {
            let read = NaiveDate::read(ValueRef::Text(text.as_bytes()));
            assert_eq!(read.is_some(), good, "{text}");
            if let Some(day) = read {
                assert_eq!(day.stored(), Value::Text(text.to_owned()));
            }
        }
    }

    #[test]
    fn an_unknown_word_is_nothing() {
        assert_eq!(EntryKind::Withheld.stored(), Value::Text("withheld".into()));
        assert_eq!(
            EntryKind::read(ValueRef::Text(b"withheld")),
            Some(EntryKind::Withheld)
        );
        assert_eq!(EntryKind::read(ValueRef::Text(b"gift")), None);
        assert_eq!(EntryKind::read(ValueRef::Null), None);
        assert_eq!(bool::read(ValueRef::Integer(2)), None);
        assert_eq!(u32::read(ValueRef::Integer(-1)), None);
    }
}
