//! 差额的来历 — why what the official app shows is not what the record comes to: credits that were not
//! recorded or recorded otherwise, interest, planned spending, and what is left without a reason.
//!
//! The time since the last day on which both agreed is projected from that day by the rules and the
//! plan, and what it expects is compared with what was recorded.

use chrono::NaiveDate;
use gongji_domain::{
    Account, Amount, Entry, EntryKind, Household, Message, Month, SourceRef, SubAccountId, Yuan,
};
use gongji_policy::Library;
use serde::{Deserialize, Serialize};
use specta::Type;

use crate::project::{Balances, ProjectionRequest, Steps, project_as_stated};
use crate::projection::{EventKind, ProjectedEvent};
use crate::settle::EngineError;
use crate::withheld::withheld_from;

/// 核对的对象
#[derive(Clone, Copy, Debug)]
pub struct CheckedBalance<'c> {
    /// 账户
    pub account: &'c Account,
    /// 子账户
    pub sub: &'c SubAccountId,
    /// 上一次相符的日子（当日终）
    pub since: NaiveDate,
    /// 截至（当日终）
    pub as_of: NaiveDate,
    /// 差额 = 看到的 − 记录
    pub difference: Yuan,
}

/// 可能的原因 — by how much what was seen would lie above the record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct BalanceReason {
    /// 说明
    pub what: Message,
    /// 哪天；不知道则无
    pub on: Option<NaiveDate>,
    /// 差多少
    pub amount: Amount,
    /// 补记哪一种分录；要更正已有的一笔则无
    pub kind: Option<EntryKind>,
    /// 补记的划入属于哪个月
    pub for_month: Option<Month>,
    /// 算式
    pub formula: Option<String>,
    /// 出处
    pub sources: Vec<SourceRef>,
}

/// 差额的来历
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct BalanceExplained {
    /// 可能的原因
    pub reasons: Vec<BalanceReason>,
    /// 加起来正好是差额的是前几个；零为没有这样的
    pub together: u32,
    /// 说不出原因的部分
    pub left: Yuan,
}

/// How many reasons are tried in all their combinations.
const MOST_REASONS: usize = 14;

/// How many days a planned spending may lie from the recorded one and still be the same.
const NEAR: i64 = 7;

/// 差额的来历 — of one balance; `balances` are those at the close of `checked.since`.
///
/// # Errors
/// As [`crate::project_with`].
pub fn explain_balance(
    library: &Library,
    household: &Household,
    balances: &Balances,
    checked: CheckedBalance<'_>,
) -> Result<BalanceExplained, EngineError> {
    let CheckedBalance {
        since,
        as_of,
        difference,
        ..
    } = checked;
    if difference.is_zero() {
        return Ok(BalanceExplained::default());
    }
    let mut before = household.clone();
    before
        .entries
        .retain(|entry| entry.on <= since || entry.kind == EntryKind::Opening);
    let request = ProjectionRequest {
        from: since,
        until: as_of,
        with_interest: true,
        steps: Steps::All,
        beside: false,
    };
    let expected = project_as_stated(library, &before, balances, request)?;
    let record = Record::of(household, checked);
    let reasons = expected
        .events
        .iter()
        .filter(|event| event.member == checked.account.owner)
        .filter_map(|event| record.reason(event, changed(event, checked.sub)?));
    Ok(ranked(reasons.collect(), difference))
}

/// What was recorded of one sub-account since the last day of agreement.
struct Record<'h> {
    entries: Vec<(&'h Entry, Yuan)>,
    all: &'h [Entry],
}

impl<'h> Record<'h> {
    /// A correction and what it corrects are one with what stands afterwards.
    fn of(household: &'h Household, checked: CheckedBalance<'_>) -> Record<'h> {
        let mut entries: Vec<(&Entry, Yuan)> = Vec::new();
        for entry in &household.entries {
            if entry.on <= checked.since || checked.as_of < entry.on {
                continue;
            }
            let legs = entry.legs.iter().filter(|leg| {
                leg.account == checked.account.id && leg.sub.as_ref() == Some(checked.sub)
            });
            let amount: Yuan = legs.map(|leg| leg.amount).sum();
            let root = entry.corrects.unwrap_or(entry.id);
            match entries.iter_mut().find(|(held, _)| held.id == root) {
                Some((_, sum)) => *sum += amount,
                None => entries.push((entry, amount)),
            }
        }
        entries.retain(|(_, amount)| !amount.is_zero());
        Record {
            entries,
            all: &household.entries,
        }
    }

    /// What one expected event has to do with the difference, if anything.
    /// `change` is what it would do to the part that is looked at.
    fn reason(&self, event: &ProjectedEvent, change: Amount) -> Option<BalanceReason> {
        match event.kind {
            EventKind::Spending => self.spending(event, change),
            EventKind::Premium => self.premium(event, change),
            EventKind::Credit if event.for_month.is_some() => self.credit(event, change),
            _ => self.by_itself(event, change),
        }
    }

    /// 利息、清算、结转 — what the account does by itself, at most once a month.
    fn by_itself(&self, event: &ProjectedEvent, change: Amount) -> Option<BalanceReason> {
        let (kind, code) = match event.what.code.as_str() {
            "project.interest" => (EntryKind::Interest, "check.interest"),
            "project.rolled_over" => (EntryKind::RollOver, "check.roll_over"),
            code if code.starts_with("project.clearing") => (EntryKind::Clearing, "check.clearing"),
            _ => return None,
        };
        let near = |entry: &Entry| {
            let same_month = Month::of(entry.on) == Month::of(event.on);
            same_month || (entry.on - event.on).num_days().abs() <= NEAR
        };
        let recorded = self.found(kind, near).is_some();
        (!recorded).then(|| reason(code, event, change, Some(kind)))
    }

    fn credit(&self, event: &ProjectedEvent, change: Amount) -> Option<BalanceReason> {
        let month = event.for_month?;
        let days = event.earliest..=event.on;
        let of_month = |entry: &Entry| match entry.for_month {
            Some(for_month) => for_month == month,
            None => days.contains(&entry.on),
        };
        let recorded = self.found(EntryKind::Credit, of_month);
        let Some(recorded) = recorded else {
            let (code, kind) = match change {
                change if change.max().is_some_and(Yuan::is_negative) => {
                    ("check.withheld", EntryKind::Withheld)
                }
                _ => ("check.missing_credit", EntryKind::Credit),
            };
            return Some(reason(code, event, change, Some(kind)).for_month(month));
        };
        let withheld = self.found(EntryKind::Withheld, |entry| {
            match withheld_from(entry, self.all) {
                Some(for_month) => for_month == month,
                None => days.contains(&entry.on),
            }
        });
        let less = minus(change, recorded + withheld.unwrap_or_default());
        if less == Amount::Exact(Yuan::ZERO) || less == Amount::UNKNOWN {
            return None;
        }
        // Somebody who recorded the whole sum forgot what is withheld from it.
        let (code, kind) = match event.gross {
            Some(gross) if gross == Amount::Exact(recorded) && withheld.is_none() => {
                ("check.withheld", Some(EntryKind::Withheld))
            }
            _ => ("check.other_credit", None),
        };
        Some(reason(code, event, less, kind).for_month(month))
    }

    fn spending(&self, event: &ProjectedEvent, change: Amount) -> Option<BalanceReason> {
        let near = |entry: &Entry| (entry.on - event.on).num_days().abs() <= NEAR;
        if self.found(EntryKind::Spending, near).is_some() {
            return None;
        }
        let title = event.what.params.get("title").cloned().unwrap_or_default();
        let kind = Some(EntryKind::Spending);
        let mut reason = reason("check.planned", event, change, kind);
        reason.what = reason.what.with("title", title);
        Some(reason)
    }

    /// Only where the account pays for its owner: an event tells what it does to that one.
    fn premium(&self, event: &ProjectedEvent, change: Amount) -> Option<BalanceReason> {
        let year = event.for_month?.year();
        let of_year = |entry: &Entry| match entry.for_month {
            Some(month) => month.year() == year,
            None => (entry.on - event.on).num_days().abs() <= NEAR,
        };
        if self.found(EntryKind::Premium, of_year).is_some() {
            return None;
        }
        let kind = Some(EntryKind::Premium);
        let mut reason = reason("check.premium", event, change, kind);
        reason.what = reason.what.with("year", year);
        Some(reason)
    }

    fn found(&self, kind: EntryKind, fits: impl Fn(&Entry) -> bool) -> Option<Yuan> {
        let mut of_kind = self
            .entries
            .iter()
            .filter(|(entry, _)| entry.kind == kind && fits(entry));
        let (_, first) = of_kind.next()?;
        Some(of_kind.fold(*first, |sum, (_, more)| sum + *more))
    }
}

/// What the event does to one part of the account; nothing where it leaves it as it is.
fn changed(event: &ProjectedEvent, sub: &SubAccountId) -> Option<Amount> {
    let mut parts = event.parts.iter();
    parts.find(|part| part.sub == *sub).map(|part| part.change)
}

fn reason(
    code: &str,
    event: &ProjectedEvent,
    amount: Amount,
    kind: Option<EntryKind>,
) -> BalanceReason {
    BalanceReason {
        what: Message::new(code),
        on: Some(event.on),
        amount,
        kind,
        for_month: None,
        formula: event.formula.clone(),
        sources: event.sources.to_vec(),
    }
}

impl BalanceReason {
    fn for_month(mut self, month: Month) -> BalanceReason {
        self.what = self.what.with("month", month);
        self.for_month = Some(month);
        self
    }
}

fn minus(amount: Amount, less: Yuan) -> Amount {
    match amount.min().zip(amount.max()) {
        Some((least, most)) => Amount::between(least - less, most - less),
        None => Amount::UNKNOWN,
    }
}

/// The reasons with those first that together come to the difference exactly: as few as possible, and
/// of as few the earlier ones.
fn ranked(mut reasons: Vec<BalanceReason>, difference: Yuan) -> BalanceExplained {
    let exact: Vec<(usize, Yuan)> = reasons
        .iter()
        .enumerate()
        .filter_map(|(at, reason)| Some((at, reason.amount.exact()?)))
        .take(MOST_REASONS)
        .collect();
    let sum = |set: u32| -> Yuan {
        let members = exact
            .iter()
            .enumerate()
            .filter(|(bit, _)| set >> bit & 1 == 1);
        members.map(|(_, (_, amount))| *amount).sum()
    };
    let sets = 1..1_u32 << exact.len();
    let found = sets
        .filter(|set| sum(*set) == difference)
        .min_by_key(|set| (set.count_ones(), *set));
    let chosen: Vec<usize> = found
        .into_iter()
        .flat_map(|set| {
            let bits = exact.iter().enumerate();
            bits.filter(move |(bit, _)| set >> bit & 1 == 1)
                .map(|(_, (at, _))| *at)
        })
        .collect();
    if chosen.is_empty() {
        // What moves the record away from what was seen explains nothing.
        reasons.retain(|reason| {
            let most = if difference.is_negative() {
                reason.amount.min()
            } else {
                reason.amount.max()
            };
            most.is_none_or(|most| {
                most.is_negative() == difference.is_negative() && !most.is_zero()
            })
        });
        return BalanceExplained {
            reasons,
            together: 0,
            left: difference,
        };
    }
    let together = u32::try_from(chosen.len()).unwrap_or(0);
    let reasons = chosen.into_iter().map(|at| reasons[at].clone()).collect();
    BalanceExplained {
        reasons,
        together,
        left: Yuan::ZERO,
    }
}

#[cfg(test)]
#[path = "balance_check_tests.rs"]
mod tests;
