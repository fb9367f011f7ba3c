//! The law and the arithmetic: pure functions on the domain's values and the policy library.

mod advice;
mod advise;
mod aid;
mod balance_check;
mod credit;
mod difference;
mod exact;
mod habits;
mod institution;
mod membership;
mod open;
mod premium;
mod project;
mod projection;
mod refund;
mod rulebook;
#[cfg(test)]
mod sample;
mod scenario;
mod settle;
mod standing;
mod transfer;
mod withheld;

pub use advice::{Advice, AdviceOption, OptionKind};
pub use advise::{
    CreditGap, GapCause, GapKind, Need, WaitComparison, WaitRow, WaitVerdict, advise, credit_gaps,
    wait,
};
pub use aid::{AidParty, AidVerdict, Allowed, aid_verdict, wallet_verdict};
pub use balance_check::{BalanceExplained, BalanceReason, CheckedBalance, explain_balance};
pub use credit::{
    Arrangement, ClearingOutcome, ClearingTerms, CreditDue, CreditStep, Credits, Insured,
    PostingKind, Stay, arrangement, clearing_case, credit_case, limits,
};
pub use difference::{DifferenceReport, Explanation, LineDifference, difference, slip_lines};
pub use habits::{Habit, HabitOutlook, HabitRow, LOOKED_BACK, SpentMonth, habit, with_habit};
pub use institution::{ClassVerdict, Classified, Institution, class_of};
pub use membership::has_account;
pub use open::{Explored, OpenPoint, Readings, World, explore};
pub use premium::{PremiumAsked, PremiumDue, PremiumPayer, premium, premiums_recorded};
pub use project::{
    Addend, Balances, CashMonth, CounterAt, Fork, ForkLine, MoneyToReturn, ProjectionRequest,
    SharedMoney, Steps, counters_at, member_facts, project, project_with,
};
pub use projection::{
    DayKnown, DonorShare, EventKind, EventSplit, Ground, LowPoint, MemberOutlook, MonthRow,
    NextCredit, PartChange, ProjectedEvent, Projection, RunOut,
};
pub use refund::{Refund, refund};
pub use scenario::{
    Comparison, Difference, Scenario, SupposedBinding, SupposedRetirement, SupposedSpending,
    SupposedStop, compare,
};
pub use settle::{
    Case, EngineError, Slip, Tally, Terms, counter_text, counter_value, is_count, settle,
};
pub use standing::{Standing, StandingVerdict, retirement_takes_effect, standing};
pub use transfer::{TransferAsked, TransferVerdict, transfer_verdict};
