//! 预测 — the household's accounts day by day: credits, planned spending, mutual aid, year ends.
//!
//! Nothing is written anywhere. Money that has not certainly arrived is never counted: a credit is
//! counted on the last day on which it can come. Where the day matters, because something is spent
//! inside its window, both days are tried and the answer is a range.

mod account_turn;
mod addends;
mod agenda;
pub(crate) mod amounts;
mod arriving;
mod awaited;
mod because;
mod behind;
mod booking;
mod cash;
mod changes;
mod clearing;
mod counters;
mod donors;
mod fork;
mod learned;
mod merge;
mod outcome;
mod people;
mod period;
mod premium_paid;
mod premiums;
mod ready;
mod repayment;
mod run;
mod shared;
mod spend;
mod to_return;
mod turns;
mod yearly;

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;
use gongji_domain::{AccountId, Household, PlanItemId, SubAccountId, Yuan};
use gongji_policy::Library;

pub use addends::Addend;
pub(crate) use addends::{addends, cash as cash_of};
pub use cash::CashMonth;
pub(crate) use counters::counters_of;
pub use counters::{CounterAt, counters_at};
pub use fork::{Fork, ForkLine};
pub use people::member_facts;
pub(crate) use people::{Person, Spell};
pub(crate) use period::{benefit_years, per_of};
pub use shared::SharedMoney;
pub use to_return::MoneyToReturn;

use agenda::{Agenda, Item, What, Window, agenda};
use counters::starting;
use fork::{Expected, Unstated, forked};
use outcome::Outcome;
use run::{Run, Stage};

use crate::open::{Explored, explore};
use crate::projection::Projection;
use crate::rulebook::RuleBook;
use crate::settle::{EngineError, MOST_READINGS};

/// 各账户余额 — by account and sub-account. An account without any entry here is not known.
pub type Balances = BTreeMap<(AccountId, SubAccountId), Yuan>;

/// 预测的要求
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ProjectionRequest {
    /// 实际至（含）
    pub from: NaiveDate,
    /// 预测到（含）
    pub until: NaiveDate,
    /// 算不算利息 — it is little, and its rates are seldom known in advance.
    pub with_interest: bool,
    /// 要不要一步一步写出来
    pub steps: Steps,
    /// 没有填退休年月的，要不要也推退休的那条线 — each is a projection of its own.
    pub beside: bool,
}

/// 哪几笔要写出步骤 — putting a bill into words takes longer than settling it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Steps {
    /// 只要各月的行：没有每一笔，没有前景，也没有两条线各是多少
    Months,
    /// 不写
    #[default]
    None,
    /// 这一天的这一项计划
    Of(PlanItemId, NaiveDate),
    /// 每一笔都写，账户的各部分分开
    All,
}

/// 预测，不算利息 — from the close of `from` to the close of `until`, starting from `balances`.
///
/// # Errors
/// As [`project_with`].
pub fn project(
    library: &Library,
    household: &Household,
    balances: &Balances,
    from: NaiveDate,
    until: NaiveDate,
) -> Result<Projection, EngineError> {
    let request = ProjectionRequest {
        from,
        until,
        with_interest: false,
        steps: Steps::None,
        beside: false,
    };
    project_with(library, household, balances, request)
}

/// The most combinations of readings under which the whole time is played through, fewer where it is
/// long; from the first reading that is left out the figures are "not known".
fn most_readings(items: usize) -> usize {
    const MOST_ITEMS: usize = 60_000;
    MOST_ITEMS
        .checked_div(items)
        .map_or(MOST_READINGS, |most| most.clamp(8, MOST_READINGS))
}

/// 预测 — as `request` asks, starting from `balances`.
///
/// # Errors
/// Where the bill of a planned spending is faulty in itself. What the rules or the record leave open
/// is never an error: it is a range or not known, with the question that would settle it.
pub fn project_with(
    library: &Library,
    household: &Household,
    balances: &Balances,
    request: ProjectionRequest,
) -> Result<Projection, EngineError> {
    let window = Window {
        from: request.from,
        until: request.until.max(request.from),
    };
    let as_stated =
        |household: &Household| project_as_stated(library, household, balances, request);
    let expected = Expected::of(household, window);
    let mut projection = match expected.as_slice() {
        [] => as_stated(household)?,
        expected => forked(household, expected, as_stated)?,
    };
    for unstated in Unstated::of(library, household, window) {
        projection.unknown.push(unstated.open());
        if request.beside {
            let fork = unstated.fork(household, window.until, as_stated)?;
            projection.forks.extend(fork);
        }
    }
    if request.steps == Steps::Months {
        // Their sums are those of events that are not told.
        projection.forks.clear();
    }
    because::sums(&mut projection);
    Ok(projection)
}

/// 照写下的推 — every stated enrollment happens on its day: what is behind us is no question any more.
///
/// # Errors
/// As [`project_with`].
pub(crate) fn project_as_stated(
    library: &Library,
    household: &Household,
    balances: &Balances,
    request: ProjectionRequest,
) -> Result<Projection, EngineError> {
    let ProjectionRequest {
        from,
        until,
        with_interest,
        steps,
        ..
    } = request;
    for plan in &household.plans {
        plan.bill.in_scope()?;
    }
    let window = Window {
        from,
        until: until.max(from),
    };
    let book = RuleBook::new(library);
    let people: Vec<Person<'_>> = household
        .members
        .iter()
        .map(|member| Person::of(&book, household, member))
        .collect();
    let Agenda {
        items,
        open,
        of_unknown_size,
    } = agenda(&book, household, &people, window, with_interest);
    let counters = people
        .iter()
        .map(|person| starting(&book, household, person, window))
        .collect();
    let windows = windows(&items);
    let stage = Stage {
        book,
        household,
        people,
        agenda: items,
        of_unknown_size,
        windows,
        balances,
        counters,
        window,
        with_interest,
        steps,
        verdicts: RefCell::default(),
        ready: RefCell::default(),
        terms: RefCell::default(),
        layers: RefCell::default(),
        bases: RefCell::default(),
        said: RefCell::default(),
        said_of_plan: RefCell::default(),
        behind: RefCell::default(),
        unsaid: Arc::default(),
    };
    let groups = groups(&stage);
    let explored: Vec<(Vec<usize>, Explored<Outcome>)> = groups
        .into_iter()
        .map(|group| {
            let items = own_items(&stage, &group);
            let explored = explore(most_readings(items.len()), |readings| {
                Run::new(&stage, &group, readings).play(&items)
            });
            (group, explored)
        })
        .collect();
    let mut projection = merge::projection(&stage, &explored, open);
    because::told(&mut projection);
    Ok(projection)
}

/// What happens to these members inside the window, by place in the agenda: what may come after its end
/// only matters for whether it comes before.
fn own_items(stage: &Stage<'_>, group: &[usize]) -> Vec<usize> {
    let items = stage.agenda.iter().enumerate();
    let own =
        items.filter(|(_, item)| group.contains(&item.person) && item.on <= stage.window.until);
    own.map(|(at, _)| at).collect()
}

fn windows(items: &[Item<'_>]) -> BTreeMap<AccountId, Vec<usize>> {
    let mut windows: BTreeMap<AccountId, Vec<usize>> = BTreeMap::new();
    for (at, item) in items.iter().enumerate() {
        if let What::Credit(expected) = &item.what
            && expected.earliest < item.on
            && !expected.overdue
            && !expected.may_be_in_balance
        {
            windows.entry(expected.account).or_default().push(at);
        }
    }
    windows
}

/// The members who share money with one another, directly or through others: what is open about one
/// household branch must not multiply with what is open about another.
fn groups(stage: &Stage<'_>) -> Vec<Vec<usize>> {
    let mut label: Vec<usize> = (0..stage.people.len()).collect();
    let at = |member| {
        stage
            .people
            .iter()
            .position(|person| person.member.id == member)
    };
    let bindings = stage.household.bindings.iter();
    let bound = bindings.map(|binding| (binding.donor, binding.recipient));
    let premiums = stage.household.premiums.iter();
    let paid = premiums.filter_map(|plan| Some((plan.paid_by?, plan.member)));
    for (donor, recipient) in bound.chain(paid) {
        let (Some(donor), Some(recipient)) = (at(donor), at(recipient)) else {
            continue;
        };
        let (kept, given_up) = (label[donor], label[recipient]);
        for of in &mut label {
            if *of == given_up {
                *of = kept;
            }
        }
    }
    let mut groups: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (person, label) in label.into_iter().enumerate() {
        groups.entry(label).or_default().push(person);
    }
    groups.into_values().collect()
}

#[cfg(test)]
pub(crate) mod tests;
