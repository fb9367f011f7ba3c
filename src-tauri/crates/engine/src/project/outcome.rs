//! 一次推演的结果 — what one run found out, before the runs are merged. `None` = not known.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;
use std::sync::Arc;

use chrono::NaiveDate;
use gongji_domain::{
    BlockRef, Grade, Message, Month, Open, PlanItemId, PlannedPremiumId, SourceRef, Step,
    SubAccountId, Yuan,
};

use super::ready::Basis;
use crate::projection::EventKind;

/// 账户余额 — by sub-account; `known` is false once something of unknown size may have come in or
/// gone out. The sums then are what is certainly there.
#[derive(Clone, Debug, Default)]
pub(super) struct Purse {
    pub(super) subs: BTreeMap<SubAccountId, Yuan>,
    pub(super) known: bool,
}

/// 一个月 — of one member in one run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Row {
    pub(super) opening: Option<Yuan>,
    pub(super) credited: Option<Yuan>,
    pub(super) own_paid: Option<Yuan>,
    pub(super) aid_given: Option<Yuan>,
    pub(super) aid_taken: Option<Yuan>,
    pub(super) cash_paid: Option<Yuan>,
    pub(super) closing: Option<Yuan>,
    pub(super) lowest: Option<Yuan>,
    pub(super) assumed: bool,
}

/// 一个月里各人的一行 — of the members of the run only.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Rows(pub(super) Vec<(usize, Row)>);

impl Rows {
    /// The row of a member; of one who is not in the run nothing is known.
    pub(super) fn of(&self, person: usize) -> Row {
        let mut rows = self.0.iter();
        let found = rows.find(|(of, _)| *of == person);
        found.map(|(_, row)| *row).unwrap_or_default()
    }
}

/// 一个最低点
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Low {
    pub(super) on: NaiveDate,
    pub(super) amount: Option<Yuan>,
}

/// 用完 — of one member in one run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Short {
    pub(super) on: NaiveDate,
    pub(super) bill: Planned,
    pub(super) short: Yuan,
}

/// 哪一项计划
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Planned {
    /// 计划支出
    Spending(PlanItemId),
    /// 计划缴费
    Premium(PlannedPremiumId),
}

impl Planned {
    pub(super) fn spending(self) -> Option<PlanItemId> {
        match self {
            Planned::Spending(plan) => Some(plan),
            Planned::Premium(_) => None,
        }
    }

    pub(super) fn premium(self) -> Option<PlannedPremiumId> {
        match self {
            Planned::Spending(_) => None,
            Planned::Premium(plan) => Some(plan),
        }
    }
}

/// What one run found out about one member.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Seen {
    pub(super) lowest: Option<Low>,
    pub(super) lowest_before_credit: Option<Low>,
    pub(super) credit_came: bool,
    pub(super) run_out: Option<Short>,
    pub(super) first_cash: Option<Low>,
}

/// What one item of the agenda did in one run. `None` = not known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Record {
    pub(super) kind: EventKind,
    pub(super) what: Arc<Message>,
    pub(super) change: Option<Yuan>,
    pub(super) balance: Option<Yuan>,
    pub(super) spent: Option<Spent>,
    pub(super) formula: Option<String>,
    pub(super) steps: Arc<[Step]>,
    pub(super) sources: Arc<[SourceRef]>,
    pub(super) assumed: bool,
}

/// Where a record stands: its place in the agenda, and there its number.
pub(super) type Place = (usize, usize);

/// The outcome of one run.
#[derive(Clone, Debug, Default)]
pub(super) struct Outcome {
    /// By place.
    pub(super) records: Vec<(Place, Record)>,
    /// By place in the agenda, what the parts of the member's accounts changed by, where that is told.
    pub(super) parts: BTreeMap<usize, Vec<(SubAccountId, Option<Yuan>)>>,
    /// By month, then by person.
    pub(super) months: Vec<(Month, Rows)>,
    pub(super) seen: Vec<Seen>,
    pub(super) open: Vec<Open>,
    pub(super) used: BTreeSet<BlockRef>,
    /// The rules of the last credit: mostly those of the next one too.
    pub(super) credited_by: Option<Arc<[BlockRef]>>,
    /// On what its settlements rest, each once.
    pub(super) bases: Vec<Rc<Basis>>,
    pub(super) weakest: Option<Grade>,
    pub(super) fund_paid: Option<Yuan>,
    pub(super) patient_paid: Option<Yuan>,
}

impl Outcome {
    /// Notes what happened at a place; most come in order.
    pub(super) fn record(&mut self, place: Place, record: Record) {
        match self.place(place) {
            Ok(held) => self.records[held].1 = record,
            Err(new) => self.records.insert(new, (place, record)),
        }
    }

    /// What happened at a place.
    pub(super) fn at(&self, place: Place) -> Option<&Record> {
        self.place(place).ok().map(|held| &self.records[held].1)
    }

    fn place(&self, place: Place) -> Result<usize, usize> {
        match self.records.last() {
            Some((last, _)) if *last >= place => {
                self.records.binary_search_by_key(&place, |(held, _)| *held)
            }
            _ => Err(self.records.len()),
        }
    }

    /// Whether two runs come to the same figures on the same days.
    pub(super) fn same_figures(&self, other: &Outcome) -> bool {
        self.records == other.records && self.months == other.months && self.seen == other.seen
    }

    /// Notes on what a settlement rests.
    pub(super) fn rest_on(&mut self, basis: &Rc<Basis>) {
        if !self.bases.iter().any(|known| Rc::ptr_eq(known, basis)) {
            self.bases.push(Rc::clone(basis));
        }
    }

    /// Every block that decided something.
    pub(super) fn all_used(&self) -> impl Iterator<Item = &BlockRef> {
        let of_bases = self.bases.iter().flat_map(|basis| &basis.rules);
        self.used.iter().chain(of_bases)
    }

    /// The weakest grade among them.
    pub(super) fn weakest_of_all(&self) -> Option<Grade> {
        let of_bases = self.bases.iter().filter_map(|basis| basis.weakest).max();
        self.weakest.max(of_bases)
    }

    /// Notes by which blocks a credit came about.
    pub(super) fn use_rules_of(&mut self, rules: &Arc<[BlockRef]>, weakest: Option<Grade>) {
        let mut last = self.credited_by.iter();
        if !last.any(|last| Arc::ptr_eq(last, rules)) {
            self.use_rules(rules, weakest);
            self.credited_by = Some(Arc::clone(rules));
        }
        self.weakest = self.weakest.max(weakest);
    }

    /// Notes which blocks decided something.
    pub(super) fn use_rules(&mut self, rules: &[BlockRef], weakest: Option<Grade>) {
        for rule in rules {
            if !self.used.contains(rule) {
                self.used.insert(rule.clone());
            }
        }
        self.weakest = self.weakest.max(weakest);
    }
}

/// 一次支出的分担；`None` = 不知道
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Spent {
    pub(super) total: Option<Yuan>,
    pub(super) fund: Option<Yuan>,
    pub(super) own: Option<Yuan>,
    pub(super) aid: Option<Yuan>,
    /// By donor who may pay: what was paid, and the balance afterwards.
    pub(super) donors: Vec<(usize, Option<Yuan>, Option<Yuan>)>,
    pub(super) cash: Option<Yuan>,
}

impl Spent {
    /// 全付现金
    pub(super) fn in_cash(total: Yuan) -> Spent {
        let zero = Some(Yuan::ZERO);
        Spent {
            total: Some(total),
            fund: zero,
            own: zero,
            aid: zero,
            donors: Vec::new(),
            cash: Some(total),
        }
    }
}

pub(super) fn plain(
    kind: EventKind,
    what: impl Into<Arc<Message>>,
    change: Option<Yuan>,
    balance: Option<Yuan>,
) -> Record {
    Record {
        kind,
        what: what.into(),
        change,
        balance,
        spent: None,
        formula: None,
        steps: Arc::default(),
        sources: Arc::default(),
        assumed: false,
    }
}
