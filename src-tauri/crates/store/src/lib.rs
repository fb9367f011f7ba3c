//! The household record in SQLite: the only crate that knows SQL.
//!
//! [`Store`] is an open file: it holds the operating system's lock, writes only through
//! [`Store::command`] (one transaction, one named step that can be undone) and reads through
//! [`Ledger`], to which both `Store` and [`Tx`] dereference.

mod access;
mod backup;
mod check;
mod document;
mod error;
mod fields;
mod guard;
mod header;
mod ledger;
mod lock;
mod migration;
mod opening;
mod overview;
mod refusal;
mod selftest;
mod store;
mod stored;
mod table;
mod undo;

pub use backup::{restore, restore_anew, verify};
pub use check::CheckReport;
pub use document::read_document;
pub use error::{Damage, NotOurs, ReadOnlyReason, StoreError};
pub use ledger::Ledger;
pub use overview::{CreditSeen, EntryLine, EntryPage, MonthClosing, OtherSide, PaidForMember};
pub use refusal::Refusal;
pub use selftest::selftest_writer;
pub use store::{Store, Tx};
pub use table::{
    account, binding, credit_day, enrollment, entry, household, member, missing_credit,
    planned_premium, planned_spending, policy_file, settlement, stated_balance, stated_counter,
};

#[cfg(test)]
mod testing;
