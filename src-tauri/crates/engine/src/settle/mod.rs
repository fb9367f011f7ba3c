//! 结算 — who pays what of a bill, in the law's own order.
//!
//! First the tables are read for one member and class ([`Terms`]): figures without words. Then a bill
//! goes through them ([`Terms::settle`]), and whoever wants to know why keeps a trace.

mod bands;
mod caps;
mod counters;
mod deductible;
mod donors;
mod gate;
mod layers;
mod matrix;
mod merge;
mod payers;
mod run;
mod terms;
#[cfg(test)]
mod tests;
mod trace;
mod walk;
mod yearly;

use chrono::Datelike;
use gongji_domain::{BillProblem, EstimateRequest, PoolId, SettlementEstimate, SubAccountId, Yuan};
use gongji_policy::Library;

pub use counters::{Tally, counter_text, counter_value, is_count};
pub use run::{Case, Slip};
pub use terms::Terms;
pub(crate) use terms::years_short;

pub(crate) use counters::text_of;
pub(crate) use donors::Donor;
pub(crate) use matrix::{PayerSet, SliceSet};
pub(crate) use trace::{Grounds, Trace};
pub(crate) use yearly::YearPayment;

use crate::open::{Readings, explore, weigh};

/// Why a request cannot be settled at all; each is a fault of the request, not of the rules.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EngineError {
    /// 费用填写有误
    #[error(transparent)]
    Bill(#[from] BillProblem),
    /// 没有这个统筹区
    #[error("没有「{0}」这个统筹区")]
    NoSuchPool(PoolId),
    /// 没有这种机构类别
    #[error("这里没有「{class}」这种机构类别，可选：{}", listed(.known))]
    UnknownClass {
        /// What was asked for.
        class: String,
        /// What the pool's rules know, each with its name.
        known: Vec<(String, String)>,
    },
    /// 要先选机构类别
    #[error("要先选机构类别：{}", listed(.known))]
    ClassNeeded {
        /// What the pool's rules know, each with its name.
        known: Vec<(String, String)>,
    },
    /// 没有这个累计数
    #[error("这里没有「{counter}」这个累计数，可填：{}", .known.join("、"))]
    UnknownCounter {
        /// What was stated.
        counter: String,
        /// What the pool's rules know.
        known: Vec<String>,
    },
    /// 累计数填写有误
    #[error("累计数「{counter}」不能是「{value}」：金额写成 1200.00，次数写成 1，不能是负数")]
    CounterValue {
        /// Which counter.
        counter: String,
        /// What was stated.
        value: String,
    },
    /// 入院日在结算日之后
    #[error("入院日在结算日之后")]
    AdmittedLater,
    /// 出生日期在结算日之后
    #[error("出生日期在结算日之后")]
    BornLater,
}

/// Words of the rules as people and files write them.
fn listed(known: &[(String, String)]) -> String {
    let both = known.iter().map(|(word, name)| match word == name {
        true => name.clone(),
        false => format!("{name}（{word}）"),
    });
    both.collect::<Vec<_>>().join("、")
}

/// 结算估算 — settles `request` by the rules of its pool on the day of settlement.
///
/// # Errors
/// Where the request itself is faulty. What the rules leave open is never an error: it is a range,
/// or unknown, with the question that would settle it.
pub fn settle(
    library: &Library,
    request: &EstimateRequest,
) -> Result<SettlementEstimate, EngineError> {
    let visit = &request.visit;
    let rules = library
        .rules(&request.pool, request.scheme.word(), visit.settled_on)
        .ok_or_else(|| EngineError::NoSuchPool(request.pool.clone()))?;
    request.bill.in_scope()?;
    if visit.admitted_on.is_some_and(|day| day > visit.settled_on) {
        return Err(EngineError::AdmittedLater);
    }
    let terms = Terms::of(library, &rules, request)?;
    let tally = Tally::of(&terms, request)?;
    let donors = donors::of_request(library, &rules, &terms, request);
    let balances = Balances::of(&terms, request);
    let case = Case {
        bill: &request.bill,
        settled_on: visit.settled_on,
        admitted_on: visit.admitted_on,
        use_account: visit.use_account,
        tally: &tally,
        own: balances.own.as_deref(),
        donors: &donors,
        aid: &balances.aid,
        owns_more: balances.owns_more,
    };
    let mut explored = explore(MOST_READINGS, |readings| {
        let (mut slip, mut trace) = (Slip::default(), Trace::default());
        terms.settle_noting(&case, readings, &mut trace, &mut slip);
        (slip, trace)
    });
    if explored.too_many() {
        let settled = |readings: &mut Readings| {
            let mut slip = Slip::default();
            terms.settle(&case, readings, &mut slip);
            slip
        };
        weigh(&mut explored.points, settled, |slip| {
            merge::fund_paid(slip).fen()
        });
    }
    Ok(merge::estimate(
        &terms,
        &donors,
        request,
        &explored,
        &library.hash,
    ))
}

/// The most combinations of readings that one bill is settled under; beyond them the answer is "not
/// known". Six questions with two answers each are more than anybody is asked.
pub const MOST_READINGS: usize = 64;

/// 余额 — as a request states them, in the order of the terms.
struct Balances {
    own: Option<Vec<Yuan>>,
    aid: Vec<Yuan>,
    owns_more: bool,
}

impl Balances {
    fn of(terms: &Terms<'_>, request: &EstimateRequest) -> Balances {
        let Some(payers) = &request.payers else {
            return Balances {
                own: None,
                aid: Vec::new(),
                owns_more: false,
            };
        };
        let of = |sub: &SubAccountId| payers.own.get(sub).copied().unwrap_or_default();
        Balances {
            own: Some(terms.subs().iter().map(of).collect()),
            aid: payers.aid.iter().map(|offer| offer.balance).collect(),
            owns_more: payers.own.values().any(|balance| !balance.is_zero()),
        }
    }
}

/// 周岁 — reached on the birthday itself; somebody born on 29 February on 1 March of common years.
pub(crate) fn age_on(born: chrono::NaiveDate, day: chrono::NaiveDate) -> Option<u32> {
    let years = day.year() - born.year();
    let before_birthday = (day.month(), day.day()) < (born.month(), born.day());
    u32::try_from(years - i32::from(before_birthday)).ok()
}
