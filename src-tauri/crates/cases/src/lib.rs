//! 算例 — cases as data: requests with the figures that a page or a hand line expects.

mod answers;
mod asked;
mod file;
mod flat;
mod guard;
mod household;
mod identities;
mod money_in;
mod run;

pub use file::{CaseFile, CaseFileProblem, Kind, SettlementCase, read};
pub use flat::flat;
pub use guard::{Change, Explained, Explanations, Guards, guard, read_explanations};
pub use identities::broken_identities;
pub use run::{CaseOutcome, run};
