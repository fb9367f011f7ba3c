//! 平时的花费 — what the household's own record suggests, beside the scheduled figures and never in them.
//!
//! The rule is plain: of the last 24 complete months the latest 12 that have a record; the middle one of
//! what was spent in each; at least 6 months, or there is no estimate. What the plans already cover of a
//! month is taken off. The account pays while it has money, the rest is cash; shared money is left out.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use gongji_domain::{Amount, MemberId, Month, Yuan};
use serde::{Deserialize, Serialize};
use specta::Type;

use crate::projection::{MonthRow, Projection};

/// So many complete months are looked at.
pub const LOOKED_BACK: i32 = 24;
/// At most so many of them count, the latest first.
const MOST: usize = 12;
/// With fewer there is no estimate.
const NEEDED: usize = 6;

/// 一个有记录的月份，本人看病买药一共花了多少（账户、家人账户与现金，不含报销）
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct SpentMonth {
    /// 哪个月
    pub month: Month,
    /// 花了多少
    pub spent: Yuan,
}

/// 平时的花费 — of one member.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct Habit {
    /// 成员
    pub member: MemberId,
    /// 算进去的月份
    pub months: Vec<SpentMonth>,
    /// 还差几个月的记录
    pub missing: u32,
    /// 一个月一般花多少（中间的一个）；记录不够则无
    pub usual: Option<Yuan>,
}

/// 加上平时的花费以后的一个月
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct HabitRow {
    /// 哪个月
    pub month: Month,
    /// 计划里已经有的
    pub planned: Amount,
    /// 平时的花费里计划没有的
    pub more: Amount,
    /// 当月要付的现金（计划的和平时的）
    pub cash: Amount,
    /// 月末余额
    pub closing: Amount,
}

/// 加上平时的花费以后 — of one member; a line of its own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct HabitOutlook {
    /// 平时的花费
    pub habit: Habit,
    /// 逐月；记录不够则空
    pub months: Vec<HabitRow>,
    /// 最早哪个月账户不够付
    pub short_in: Option<Month>,
    /// 最后一个月的月末余额
    pub closing: Amount,
    /// 一共要付的现金（计划的和平时的）
    pub cash: Amount,
}

/// What the record suggests: `recorded` holds every month with a record of the member, with what was
/// spent in it.
pub fn habit(member: MemberId, recorded: &BTreeMap<Month, Yuan>, today: NaiveDate) -> Habit {
    let now = Month::of(today);
    let looked_at = recorded.range(now.plus(-LOOKED_BACK)..now).rev().take(MOST);
    let mut months: Vec<SpentMonth> = looked_at
        .map(|(month, spent)| SpentMonth {
            month: *month,
            spent: *spent,
        })
        .collect();
    months.reverse();
    let missing = NEEDED.saturating_sub(months.len());
    Habit {
        member,
        usual: (missing == 0).then(|| middle(&months)),
        missing: u32::try_from(missing).unwrap_or(u32::MAX),
        months,
    }
}

/// The middle one; of an even number half-way between the two, half a fen counted up.
fn middle(months: &[SpentMonth]) -> Yuan {
    let mut fen: Vec<i64> = months.iter().map(|month| month.spent.fen()).collect();
    fen.sort_unstable();
    let at = |place: usize| fen.get(place).copied().unwrap_or_default();
    let upper = fen.len() / 2;
    let middle = match fen.len() % 2 {
        1 => at(upper),
        _ => (at(upper.saturating_sub(1)) + at(upper) + 1).div_euclid(2),
    };
    Yuan::from_fen(middle)
}

/// One end of what is known of a month: planned spending, closing balance and cash of the schedule.
#[derive(Clone, Copy)]
struct Scheduled {
    planned: Yuan,
    closing: Yuan,
    cash: Yuan,
}

/// The same month with the habit.
#[derive(Clone, Copy)]
struct Line {
    more: Yuan,
    closing: Yuan,
    cash: Yuan,
    short: bool,
}

/// The scheduled months of a member with the habit laid over them. Only whole months get one: of the
/// month that runs, part is behind us.
pub fn with_habit(projection: &Projection, habit: Habit) -> HabitOutlook {
    let rows = projection.months.iter();
    let rows: Vec<&MonthRow> = rows.filter(|row| row.member == habit.member).collect();
    let Some(usual) = habit.usual else {
        return HabitOutlook {
            habit,
            months: Vec::new(),
            short_in: None,
            closing: Amount::UNKNOWN,
            cash: Amount::UNKNOWN,
        };
    };
    let is_whole =
        |month: Month| month.first_day() > projection.from && month.last_day() <= projection.until;
    let usual_in = |month| if is_whole(month) { usual } else { Yuan::ZERO };
    let lane = |scheduled: &dyn Fn(&MonthRow) -> Option<Scheduled>| {
        let mut taken = Yuan::ZERO;
        let mut lines = Vec::new();
        for row in &rows {
            // After a month of which nothing is known nothing is.
            let known = match lines.last() {
                Some(None) => None,
                _ => scheduled(row),
            };
            lines.push(known.map(|known| month_of(known, usual_in(row.month), &mut taken)));
        }
        lines
    };
    let worse = lane(&|row| {
        Some(Scheduled {
            planned: planned(row, Amount::min)?,
            closing: row.closing.min()?,
            cash: row.cash_paid.max()?,
        })
    });
    let better = lane(&|row| {
        Some(Scheduled {
            planned: planned(row, Amount::max)?,
            closing: row.closing.max()?,
            cash: row.cash_paid.min()?,
        })
    });
    let months: Vec<HabitRow> = rows
        .iter()
        .zip(worse.iter().zip(&better))
        .map(|(row, (worse, better))| {
            let between = |figure: fn(&Line) -> Yuan| match (worse, better) {
                (Some(worse), Some(better)) => {
                    let (one, other) = (figure(worse), figure(better));
                    Amount::between(one.min(other), one.max(other))
                }
                _ => Amount::UNKNOWN,
            };
            HabitRow {
                month: row.month,
                planned: match (planned(row, Amount::min), planned(row, Amount::max)) {
                    (Some(min), Some(max)) => Amount::between(min, max),
                    _ => Amount::UNKNOWN,
                },
                more: between(|line| line.more),
                cash: between(|line| line.cash),
                closing: between(|line| line.closing),
            }
        })
        .collect();
    let short = |line: &Option<Line>| line.is_some_and(|line| line.short);
    let has_account = projection
        .members
        .iter()
        .any(|one| one.member == habit.member && one.account.is_some());
    let short_at = worse.iter().position(short).filter(|_| has_account);
    let zero = Amount::Exact(Yuan::ZERO);
    let cash = months.iter().map(|month| month.cash);
    HabitOutlook {
        short_in: short_at.and_then(|at| months.get(at)).map(|row| row.month),
        closing: months.last().map_or(Amount::UNKNOWN, |row| row.closing),
        cash: cash.fold(zero, crate::project::amounts::plus),
        months,
        habit,
    }
}

fn planned(row: &MonthRow, end: fn(Amount) -> Option<Yuan>) -> Option<Yuan> {
    let parts = [row.own_paid, row.aid_taken, row.cash_paid];
    parts.into_iter().map(end).sum()
}

/// `taken` is what the habit has taken out of the account so far. Where the schedule needs that money
/// later, it has to be cash then.
fn month_of(scheduled: Scheduled, usual: Yuan, taken: &mut Yuan) -> Line {
    let more = (usual - scheduled.planned).or_zero();
    let there = scheduled.closing.or_zero();
    let lacking = (*taken - there).or_zero();
    *taken -= lacking;
    let from_account = more.min(there - *taken);
    *taken += from_account;
    let in_cash = more - from_account + lacking;
    Line {
        more,
        closing: scheduled.closing - *taken,
        cash: scheduled.cash + in_cash,
        short: !in_cash.is_zero(),
    }
}

#[cfg(test)]
mod tests;
