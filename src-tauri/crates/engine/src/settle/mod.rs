//! 结算 — who pays what of a bill, in the law's own order.

mod bands;
mod counters;
mod deductible;
mod layers;
mod matrix;
mod merge;
mod payers;
mod run;
mod walk;

use std::collections::BTreeMap;

use chrono::Datelike;
use gongji_domain::{
    BillProblem, BlockRef, EstimateRequest, Grade, Message, PolicyUsed, PoolId, SettlementEstimate,
    Slice, Step, StepName, SubAccountId, Yuan,
};
use gongji_policy::{Body, Library, RowFacts, Rules, When};

pub use counters::{counter_text, counter_value, is_count};

use counters::Counters;
use matrix::Matrix;
use payers::AccountsPaid;
use run::{Run, step};

use crate::open::{OpenPoint, Readings, explore};

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
    #[error("这里没有「{class}」这种机构类别，可选：{}", .known.join("、"))]
    UnknownClass {
        /// What was asked for.
        class: String,
        /// What the pool's rules know.
        known: Vec<String>,
    },
    /// 要先选机构类别
    #[error("要先选机构类别：{}", .known.join("、"))]
    ClassNeeded {
        /// What the pool's rules know.
        known: Vec<String>,
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

/// One settlement under one combination of readings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settled {
    /// Whether there was a rule for this benefit; without one only the bill's own parts are known.
    pub has_rule: bool,
    pub(crate) bill_total: Yuan,
    pub(crate) bill_scope: Yuan,
    pub(crate) matrix: Matrix,
    pub(crate) accounts: AccountsPaid,
    /// 结算后的累计数 — `None` where the value before was not known.
    pub counters: BTreeMap<String, Option<i64>>,
    /// 步骤
    pub steps: Vec<Step>,
    pub(crate) used: Vec<BlockRef>,
    pub(crate) weakest: Option<Grade>,
}

impl Settled {
    /// 医疗费总额
    pub fn total(&self) -> Yuan {
        self.matrix.total()
    }

    /// 某付款方付了多少
    pub fn paid_by(&self, payer: gongji_domain::Payer) -> Yuan {
        self.matrix.paid_by(payer)
    }

    /// 本人账户付了多少，按子账户
    pub fn own(&self) -> &BTreeMap<SubAccountId, Yuan> {
        &self.accounts.own
    }

    /// 各授权人付了多少，按请求里的先后
    pub fn aid(&self) -> impl Iterator<Item = Yuan> + '_ {
        self.accounts.aid.iter().map(|donor| donor.paid)
    }

    /// 某一原因有多少
    pub fn slice(&self, slice: Slice) -> Yuan {
        self.matrix.slice(slice)
    }
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
    let rules = library
        .rules(
            &request.pool,
            request.scheme.word(),
            request.visit.settled_on,
        )
        .ok_or_else(|| EngineError::NoSuchPool(request.pool.clone()))?;
    let mut failed = None;
    let explored = explore(
        |readings| match settle_once(library, &rules, request, readings) {
            Ok(settled) => Some(settled),
            Err(error) => {
                failed = Some(error);
                None
            }
        },
    );
    match failed {
        Some(error) => Err(error),
        None => Ok(merge::estimate(&rules, request, &explored, &library.hash)),
    }
}

/// Settles `request` once, going on with the readings it is told where something is open.
///
/// # Errors
/// As [`settle`].
pub fn settle_once(
    library: &Library,
    rules: &Rules<'_>,
    request: &EstimateRequest,
    readings: &mut Readings,
) -> Result<Settled, EngineError> {
    let in_scope = check(rules, request)?;
    let mut run = Run {
        library,
        rules,
        request,
        facts: facts(request),
        counters: Counters::read(rules, request)?,
        matrix: Matrix::default(),
        steps: Vec::new(),
        used: Vec::new(),
        weakest: None,
    };
    run.scope(in_scope);
    let mut accounts = AccountsPaid::default();
    let has_rule = run.pooled(in_scope, &mut accounts, readings);
    if has_rule {
        run.layers(false, readings);
        run.member_side(&mut accounts, readings);
    } else {
        readings.choose("rule", || no_rule(rules, request));
    }
    let counters = if has_rule {
        run.counters.after(request, &run.matrix, readings)
    } else {
        BTreeMap::new()
    };
    Ok(Settled {
        has_rule,
        bill_total: request.bill.total,
        bill_scope: in_scope,
        matrix: run.matrix,
        accounts,
        counters,
        steps: run.steps,
        used: run.used,
        weakest: run.weakest,
    })
}

impl Run<'_> {
    /// 政策范围 — what lies outside it is the member's.
    fn scope(&mut self, in_scope: Yuan) {
        let bill = &self.request.bill;
        self.matrix.cut(Slice::FullSelfPay, bill.full_self_pay);
        self.matrix.cut(Slice::OverLimit, bill.over_limit);
        self.matrix.cut(Slice::UpfrontCopay, bill.upfront_copay);
        let mut said = step(StepName::Scope, Message::new("step.scope"));
        said.formula = Some(format!(
            "{} − {} − {} − {}",
            bill.total, bill.full_self_pay, bill.over_limit, bill.upfront_copay
        ));
        said.result = Some(in_scope);
        self.steps.push(said);
    }

    /// 账户段、起付线、分段比例、封顶线 — `false` where there is no rule for the benefit.
    fn pooled(
        &mut self,
        in_scope: Yuan,
        accounts: &mut AccountsPaid,
        readings: &mut Readings,
    ) -> bool {
        if self.blocks("rate").next().is_none() {
            return false;
        }
        if !self.request.member.status.in_good_standing() {
            self.matrix.cut(Slice::NotPaid, in_scope);
            self.steps.push(step(
                StepName::Gate,
                Message::new("step.not_in_good_standing"),
            ));
            return self
                .rules
                .blocks
                .iter()
                .any(|held| held.block.name == "status_rule");
        }
        let account_segment = self.account_first(in_scope, accounts, readings);
        let left = self.deductible(in_scope - account_segment, readings);
        let before = bands::Before {
            account_segment,
            deductible: in_scope - account_segment - left,
        };
        self.bands(left, before, readings)
    }

    /// 账户段 — where the place makes the own account pay before the pool.
    fn account_first(
        &mut self,
        in_scope: Yuan,
        accounts: &mut AccountsPaid,
        readings: &mut Readings,
    ) -> Yuan {
        let first = self.account_use().is_some_and(|(_, account_use)| {
            account_use
                .order
                .iter()
                .any(|turn| turn.when == When::BeforePool)
        });
        if !first {
            return Yuan::ZERO;
        }
        // What the account pays becomes the segment; the rest goes on to the deductible.
        let mut trial = Matrix::default();
        trial.cut(Slice::AccountSegment, in_scope);
        std::mem::swap(&mut trial, &mut self.matrix);
        let paid = self.own_account(When::BeforePool, in_scope, accounts, readings);
        std::mem::swap(&mut trial, &mut self.matrix);
        self.matrix.cut(Slice::AccountSegment, paid);
        self.matrix.pay(
            gongji_domain::Payer::OwnAccount,
            Slice::AccountSegment.word(),
            paid,
        );
        paid
    }

    /// 本人账户、共济、只算现金的补充层、现金
    fn member_side(&mut self, accounts: &mut AccountsPaid, readings: &mut Readings) {
        let payable =
            (self.matrix.unpaid_in_all() - self.request.bill.not_account_payable).or_zero();
        let own = self.own_account(When::AfterPool, payable, accounts, readings);
        self.mutual_aid(payable - own, accounts, readings);
        self.layers(true, readings);
        self.cash();
    }
}

/// The request's own faults; returns what is in scope.
fn check(rules: &Rules<'_>, request: &EstimateRequest) -> Result<Yuan, EngineError> {
    let in_scope = request.bill.in_scope()?;
    let day = request.visit.settled_on;
    if request
        .visit
        .admitted_on
        .is_some_and(|admitted| admitted > day)
    {
        return Err(EngineError::AdmittedLater);
    }
    if request.member.born.is_some_and(|born| born > day) {
        return Err(EngineError::BornLater);
    }
    let mut known: Vec<String> = rules
        .blocks
        .iter()
        .filter(|held| held.file.part == request.part.word())
        .filter_map(|held| match &held.block.body {
            Body::Rate(rate) => Some(&rate.class),
            Body::Deductible(deductible) => Some(&deductible.class),
            _ => None,
        })
        .flatten()
        .filter(|class| *class != "any")
        .cloned()
        .collect();
    known.sort();
    known.dedup();
    match &request.visit.class {
        None if !known.is_empty() => Err(EngineError::ClassNeeded { known }),
        Some(class) if !known.is_empty() && !known.contains(class) => {
            Err(EngineError::UnknownClass {
                class: class.clone(),
                known,
            })
        }
        _ => Ok(in_scope),
    }
}

/// 身份 — the facts on which rows select, on the day of settlement.
fn facts(request: &EstimateRequest) -> RowFacts {
    let day = request.visit.settled_on;
    RowFacts {
        plan: request.plan.clone(),
        status: request.member.status.word().to_owned(),
        special: request.member.special.word().to_owned(),
        contract: request.visit.contract,
        away: request.visit.away.clone(),
        retired_on: request.member.retired_on,
        born: request.member.born,
        age: request.member.born.and_then(|born| age_on(born, day)),
        insured_months: request.member.insured_months,
        ..RowFacts::default()
    }
}

/// 周岁 — reached on the birthday itself; somebody born on 29 February on 1 March of common years.
pub(crate) fn age_on(born: chrono::NaiveDate, day: chrono::NaiveDate) -> Option<u32> {
    let years = day.year() - born.year();
    let before_birthday = (day.month(), day.day()) < (born.month(), born.day());
    u32::try_from(years - i32::from(before_birthday)).ok()
}

fn no_rule(rules: &Rules<'_>, request: &EstimateRequest) -> OpenPoint {
    OpenPoint {
        key: "rule".to_owned(),
        what: Message::new("open.no_rule")
            .with("place", &rules.pool.name)
            .with("part", request.part.word()),
        ask: None,
        readings: vec![Message::new("reading.not_known")],
    }
}

/// The blocks a settlement used, for pinning.
pub(crate) fn policy_used(blocks: Vec<BlockRef>, weakest: Option<Grade>, hash: &str) -> PolicyUsed {
    PolicyUsed {
        blocks,
        hash: hash.to_owned(),
        weakest,
    }
}
