//! Words and quantities of the household medical-insurance ledger.
//!
//! No IO, no clock, no policy, no SQL: dates are arguments, money is exact to the fen.

mod benefit;
mod bill;
mod family;
mod household;
mod ids;
mod membership;
mod message;
mod money;
mod month;
mod plan;
mod premium;
mod rate;
mod recurrence;
mod request;
mod settlement;
mod slices;
mod slip;
mod source;

pub use benefit::Part;
pub use bill::{Bill, BillProblem};
pub use family::Relation;
pub use household::{
    Account, AccountKind, Binding, Enrollment, Entry, EntryKind, Household, HouseholdPolicy, Leg,
    Member, MissingCredit, Overdraft, RecordedSettlement, StatedBalance, StatedCounter,
    StatedCreditDay,
};
pub use ids::{
    AccountId, BindingId, EnrollmentId, EntryId, MemberId, PlanItemId, PlannedPremiumId,
    PolicyFileId, PoolId, SettlementId, StatementId, SubAccountId,
};
pub use membership::{EmploymentStatus, Scheme, Special};
pub use message::Message;
pub use money::{Yuan, YuanProblem};
pub use month::{Month, MonthProblem};
pub use plan::{PlannedSpending, planned_days};
pub use premium::PlannedPremium;
pub use rate::{Rate, RateProblem};
pub use recurrence::{
    Days, Frequency, OnWeekday, Recurrence, RecurrenceProblem, RuleEnd, RuleParts,
};
pub use request::{AidOffer, Contributions, EstimateRequest, MemberFacts, PayersAtHand, Visit};
pub use settlement::{
    AidPaid, Amount, Cell, Lines, NotKnown, Open, OpenReading, Payers, PolicyUsed, Reasons,
    SettlementEstimate, Step, StepName,
};
pub use slices::{Payer, Slice};
pub use slip::{Slip, SlipContradiction, SlipIdentity, SlipLine};
pub use source::{BlockRef, Grade, SourceRef};
