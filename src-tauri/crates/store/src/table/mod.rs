//! One table a file: its SQL, its row, what a row is refused for, its tests.

pub mod account;
pub(crate) mod account_month;
pub mod binding;
pub mod credit_day;
pub mod enrollment;
pub mod entry;
pub mod household;
pub(crate) mod leg;
pub mod member;
pub mod missing_credit;
pub mod planned_premium;
pub mod planned_spending;
pub mod policy_file;
pub(crate) mod setting;
pub mod settlement;
pub mod stated_balance;
pub mod stated_counter;

/// The tables that make up the household, each after those it names.
pub(crate) const HOUSEHOLD: [&str; 15] = [
    "household",
    "member",
    "enrollment",
    "account",
    "settlement",
    "entry",
    "leg",
    "stated_balance",
    "stated_counter",
    "credit_day",
    "missing_credit",
    "binding",
    "planned_spending",
    "planned_premium",
    "policy_file",
];
