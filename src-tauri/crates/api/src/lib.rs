//! Use cases: what any front end may ask.

mod backtest;
mod beginning;
mod bindings;
mod checks;
mod covered;
mod deadlines;
mod demo;
mod doubts;
mod enrollments;
mod entries;
mod entry_rules;
mod error;
mod estimates;
mod exports;
mod files;
mod formula;
mod gongji;
mod impact;
mod imports;
mod json_faults;
mod ledger;
mod library;
mod members;
mod modes;
mod movements;
mod often;
mod own_rules;
mod paid;
mod places;
mod plans;
mod policies;
mod premium_plans;
mod premiums;
mod printing;
mod projecting;
mod reconcile;
mod repeat;
mod retirement;
mod settlements;
mod setup;
mod slip_printing;
mod slips;
mod texts;
mod views;
mod waiting;
mod words;

pub use backtest::{Backtest, BacktestLine, Compared};
pub use error::{ApiError, ErrorCode};
pub use exports::ExportFormat;
pub use files::{selftest_writer, text_of};
pub use gongji::{Gongji, Paths};
pub use imports::{ImportFault, ImportedTable};
pub use json_faults::json_fault;
pub use library::{Shelf, lay_over, shipped_files, shipped_library};
pub use policies::policy_changes;
pub use printing::print_request;
pub use slip_printing::{explained, line_name, line_names, verdict};
pub use slips::contradictions;
pub use texts::{Language, keys, label, place, policy_keys, policy_text, text};
pub use views::*;
pub use words::{heading, words};

// What a front end needs of the crates below, so that it imports this one alone.
pub use gongji_domain::*;
pub use gongji_engine::{
    Advice, AdviceOption, AidVerdict, Comparison, CreditGap, Difference, DifferenceReport,
    Explanation, GapCause, GapKind, HabitOutlook, LineDifference, Projection, ProjectionRequest,
    Scenario, Steps, SupposedBinding, SupposedRetirement, SupposedSpending, SupposedStop,
    WaitComparison, WaitRow, WaitVerdict,
};
pub use gongji_store::CheckReport;

#[cfg(test)]
mod tests;
