//! 一次结算 — the terms, one bill, and what has been cut and paid so far, in the law's own order.

use chrono::NaiveDate;
use gongji_domain::{Bill, Message, Payer, Slice, StepName, Yuan};
use gongji_policy::{InForce, When};

use super::counters::Tally;
use super::donors::Donor;
use super::matrix::{Matrix, SliceSet};
use super::terms::{Cite, Figure, Gate, Terms, Tree};
use super::trace::{Notes, Said, Silent};
use super::walk::Walk;
use crate::exact::{fen, share, to_fen};
use crate::open::{OpenPoint, Readings};

/// 一张单 — what changes from bill to bill while the terms stay.
#[derive(Clone, Debug)]
pub struct Case<'c, 'a> {
    /// 费用
    pub bill: &'c Bill,
    /// 结算日
    pub settled_on: NaiveDate,
    /// 入院日
    pub admitted_on: Option<NaiveDate>,
    /// 是否使用个人账户
    pub use_account: bool,
    /// 本期已发生
    pub tally: &'c Tally,
    /// 本人各子账户的余额，按 [`Terms::subs`] 的先后；不知道则为 `None`
    pub own: Option<&'c [Yuan]>,
    /// 共济授权人
    pub(crate) donors: &'c [Donor<'a>],
    /// 各授权人的余额
    pub(crate) aid: &'c [Yuan],
    /// 本人有没有别的、这里不能用的余额
    pub(crate) owns_more: bool,
}

impl<'c, 'a> Case<'c, 'a> {
    /// A bill of somebody without relatives who could pay, and whose balances are `own`.
    pub fn new(
        bill: &'c Bill,
        settled_on: NaiveDate,
        tally: &'c Tally,
        own: Option<&'c [Yuan]>,
    ) -> Case<'c, 'a> {
        Case {
            bill,
            settled_on,
            admitted_on: None,
            use_account: true,
            tally,
            own,
            donors: &[],
            aid: &[],
            owns_more: false,
        }
    }
}

/// 结算结果 — under one combination of readings. One value serves any number of bills.
#[derive(Clone, Debug, Default)]
pub struct Slip {
    /// Whether there was a rule for this benefit; without one only the bill's own parts are known.
    pub has_rule: bool,
    pub(crate) total: Yuan,
    pub(crate) scope: Yuan,
    pub(crate) matrix: Matrix,
    /// By sub-account.
    pub(crate) own: Vec<Yuan>,
    /// By donor.
    pub(crate) aid: Vec<Yuan>,
    /// The counters that the bill changes, afterwards; `None` where the value before is not known.
    pub(crate) after: Vec<(usize, Option<i64>)>,
    pub(crate) cut_off: CutOff,
    /// 按住院付的 — what the pool paid above a cap beyond which the bill goes on as inpatient care.
    pub(crate) as_inpatient: Yuan,
    /// What is left of each item of the bill once a share of it has been paid first.
    pub(crate) items: Vec<Yuan>,
    walk: Walk,
}

/// 因封顶没有付的数 — what the bands would have paid above the caps, before and after the bill where
/// it is reckoned anew over the running total, else before it nothing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct CutOff {
    pub(crate) before: Yuan,
    pub(crate) after: Yuan,
}

impl Slip {
    /// 医疗费总额
    pub fn total(&self) -> Yuan {
        self.matrix.total()
    }

    /// 某付款方付了多少
    pub fn paid_by(&self, payer: Payer) -> Yuan {
        self.matrix.paid_by(payer)
    }

    /// 本人账户付了多少，按 [`Terms::subs`] 的先后
    pub fn own(&self) -> &[Yuan] {
        &self.own
    }

    /// 各授权人付了多少，按请求里的先后
    pub fn aid(&self) -> &[Yuan] {
        &self.aid
    }

    /// 某一原因有多少
    pub fn slice(&self, slice: Slice) -> Yuan {
        self.matrix.slice(slice)
    }
}

impl<'a> Terms<'a> {
    /// 结算 — settles one bill without putting it into words, going on with the readings it is told
    /// where something is open.
    pub fn settle(&self, case: &Case<'_, 'a>, readings: &mut Readings, slip: &mut Slip) {
        self.settle_noting(case, readings, &mut Silent, slip);
    }

    /// The same, told to `notes`.
    pub(crate) fn settle_noting<N: Notes<'a>>(
        &self,
        case: &Case<'_, 'a>,
        readings: &mut Readings,
        notes: &mut N,
        slip: &mut Slip,
    ) {
        let mut walk = std::mem::take(&mut slip.walk);
        slip.matrix.clear(self.caps.len());
        slip.own.clear();
        slip.own.resize(self.subs().len(), Yuan::ZERO);
        slip.aid.clear();
        slip.aid.resize(case.donors.len(), Yuan::ZERO);
        slip.after.clear();
        slip.cut_off = CutOff::default();
        slip.as_inpatient = Yuan::ZERO;
        slip.items.clear();
        slip.items.extend(case.bill.by_item.values());
        let bill = case.bill;
        slip.total = bill.total;
        slip.scope = bill.total - bill.outside();
        let mut run = Run {
            terms: self,
            case,
            slip,
            readings,
            notes,
            walk: &mut walk,
            of_fund: Yuan::ZERO,
            nth: None,
            lapsed: false,
        };
        run.scope();
        run.slip.has_rule = run.gate();
        if run.slip.has_rule {
            run.layers(false);
            run.member_side();
            run.count();
        } else {
            let point = no_rule(self);
            let key = point.key.clone();
            run.readings.choose(&key, || point);
        }
        slip.walk = walk;
    }
}

/// Everything a step of the pipeline reads and writes.
pub(crate) struct Run<'r, 'n, N> {
    pub(crate) terms: &'r Terms<'n>,
    pub(crate) case: &'r Case<'r, 'n>,
    pub(crate) slip: &'r mut Slip,
    pub(crate) readings: &'r mut Readings,
    pub(crate) notes: &'r mut N,
    pub(crate) walk: &'r mut Walk,
    /// 从基金该付的钱里扣的起付线
    pub(crate) of_fund: Yuan,
    /// 第几次（含本次）
    pub(crate) nth: Option<u32>,
    /// 待遇停了
    pub(super) lapsed: bool,
}

impl<'r, 'n, N: Notes<'n>> Run<'r, 'n, N> {
    /// 政策范围 — what lies outside it is the member's.
    fn scope(&mut self) {
        let bill = self.case.bill;
        let matrix = &mut self.slip.matrix;
        let full_self_pay = bill.full_self_pay.unwrap_or_default();
        let over_limit = bill.over_limit.unwrap_or_default();
        matrix.cut(Slice::FullSelfPay, full_self_pay);
        matrix.cut(Slice::OverLimit, over_limit);
        matrix.cut(Slice::UpfrontCopay, bill.upfront_copay.unwrap_or_default());
        self.first_paid();
        let scope = self.slip.scope;
        self.notes.step(StepName::Scope, None, || {
            let total = bill.total;
            let upfront_copay = total - full_self_pay - over_limit - scope;
            let formula = format!("{total} − {full_self_pay} − {over_limit} − {upfront_copay}");
            Said::new(Message::new("step.scope"))
                .formula(formula)
                .result(scope)
        });
    }

    /// 先行自付 — what the rules say of each item, unless the bill states its own figure; then what is
    /// paid first of everything in care away from home.
    fn first_paid(&mut self) {
        let terms = self.terms;
        for first in &terms.first_paid {
            let amount = match first.item {
                Some(_)
                    if self
                        .case
                        .bill
                        .upfront_copay
                        .is_some_and(|paid| !paid.is_zero()) =>
                {
                    continue;
                }
                Some(item) => self.slip.items.get(item).copied().unwrap_or_default(),
                None => self.slip.scope,
            };
            let paid = match self.figure(&first.share) {
                Some(rate) => to_fen(fen(amount) * share(*rate)).min(amount),
                None => {
                    let extremes = ["reading.upfront_nothing", "reading.upfront_everything"];
                    match self.open(first.cite, extremes) {
                        0 => Yuan::ZERO,
                        _ => amount,
                    }
                }
            };
            if let Some(item) = first.item.and_then(|item| self.slip.items.get_mut(item)) {
                *item -= paid;
            }
            self.slip.scope -= paid;
            self.slip.matrix.cut(Slice::UpfrontCopay, paid);
            let held = self.held(first.cite);
            self.notes.step(StepName::Scope, Some(held), || {
                Said::new(Message::new("step.first_paid"))
                    .formula(format!("{amount} → {}", amount - paid))
                    .result(paid)
            });
        }
    }

    /// 能不能报，能报的：账户段、起付线、分段比例、封顶线 — `false` where there is no rule.
    fn gate(&mut self) -> bool {
        let scope = self.slip.scope;
        match self.terms.gate {
            Gate::NoRule | Gate::InDoubt => false,
            Gate::Stopped { ruled } => {
                self.lapsed = true;
                self.slip.matrix.cut(Slice::NotPaid, scope);
                self.notes.step(StepName::Gate, None, || {
                    Said::new(Message::new("step.not_in_good_standing"))
                });
                ruled
            }
            Gate::StopsUnknown(_) => {
                self.slip.matrix.cut(Slice::NotPaid, scope);
                false
            }
            Gate::NotPaid(cite) => {
                self.not_paid(cite);
                true
            }
            Gate::Lapsed(cite) => {
                self.lapsed(cite);
                true
            }
            Gate::Waiting(cite, share) => {
                self.pooled();
                self.waiting(cite, share);
                true
            }
            Gate::Unsure => {
                self.unsure();
                true
            }
            Gate::Open => {
                self.pooled();
                true
            }
        }
    }

    pub(super) fn pooled(&mut self) {
        let scope = self.slip.scope;
        let account_segment = self.account_first(scope);
        let left = self.deductible(scope - account_segment);
        self.bands(left, scope - left);
    }

    /// 账户段 — where the place makes the own account pay before the pool. What it pays becomes the
    /// segment; the rest goes on to the deductible.
    fn account_first(&mut self, scope: Yuan) -> Yuan {
        let terms = self.terms;
        let first = terms.accounts.as_ref().is_some_and(|accounts| {
            let mut turns = accounts.turns.iter();
            turns.any(|turn| turn.when == When::BeforePool)
        });
        if !first {
            return Yuan::ZERO;
        }
        let segment = SliceSet::from(Slice::AccountSegment);
        self.slip.matrix.cut(Slice::AccountSegment, scope);
        let paid = self.own_account(When::BeforePool, segment, scope);
        self.slip.matrix.cut(Slice::AccountSegment, paid - scope);
        paid
    }

    /// 本人账户、共济、只算现金的补充层、现金
    fn member_side(&mut self) {
        let unpaid = self.slip.matrix.unpaid(SliceSet::ALL);
        let payable = (unpaid - self.case.bill.not_account_payable).or_zero();
        let own = self.own_account(When::AfterPool, SliceSet::ALL, payable);
        self.mutual_aid(payable - own);
        self.layers(true);
        self.cash();
    }

    /// 现金 — whatever nobody else pays.
    fn cash(&mut self) {
        let left = self.slip.matrix.unpaid(SliceSet::ALL);
        self.slip.matrix.pay(Payer::Cash, SliceSet::ALL, left);
        self.notes.step(StepName::Payers, None, || {
            let others = Payer::ALL.iter().filter(|payer| **payer != Payer::Cash);
            let paid = others.map(|payer| self.slip.paid_by(*payer));
            let paid = paid.filter(|paid| !paid.is_zero());
            let paid: String = paid.map(|paid| format!(" − {paid}")).collect();
            Said::new(Message::new("step.cash"))
                .formula(format!("{}{paid}", self.slip.total))
                .result(left)
        });
    }

    /// The block that a number of the terms stands for.
    pub(crate) fn held(&self, cite: Cite) -> &'r InForce<'n> {
        &self.terms.cited[cite].held
    }

    /// The figure of a tree; `None` where the rules do not say.
    pub(crate) fn figure<T>(&mut self, tree: &'r Tree<T>) -> Option<&'r T> {
        let Figure { value, weakest } = tree.read(self.nth, self.readings)?;
        self.notes.weaken(*weakest);
        Some(value)
    }

    /// An unknown figure of a block: `extremes` name the two readings it is looked at under.
    pub(crate) fn open(&mut self, cite: Cite, extremes: [&str; 2]) -> usize {
        open(self.terms, cite, extremes, self.readings)
    }
}

/// An unknown figure of a block, where no more than the readings is at hand.
pub(crate) fn open(
    terms: &Terms<'_>,
    cite: Cite,
    extremes: [&str; 2],
    readings: &mut Readings,
) -> usize {
    let cited = &terms.cited[cite];
    let code = if cited.held.off {
        "open.only_claimed"
    } else {
        "open.cell"
    };
    readings.choose(&cited.key, || OpenPoint {
        key: cited.key.clone(),
        what: Message::new(code)
            .with("block", &cited.held.block.name)
            .with("part", &cited.part),
        ask: cited.held.block.head.ask.clone(),
        readings: extremes.map(Message::new).to_vec(),
    })
}

fn no_rule(terms: &Terms<'_>) -> OpenPoint {
    let code = match terms.gate {
        Gate::InDoubt => "open.rule_in_doubt",
        _ => "open.no_rule",
    };
    if let Gate::StopsUnknown(cite) = terms.gate {
        let cited = &terms.cited[cite];
        return OpenPoint {
            key: cited.key.clone(),
            what: Message::new("open.cell")
                .with("block", &cited.held.block.name)
                .with("part", &cited.part),
            ask: cited.held.block.head.ask.clone(),
            readings: vec![Message::new("reading.not_known")],
        };
    }
    OpenPoint {
        key: "rule".to_owned(),
        what: Message::new(code)
            .with("place", &terms.place)
            .with("part", terms.part.word()),
        ask: None,
        readings: vec![Message::new("reading.not_known")],
    }
}
