//! Printed tables and the choice of row.

use chrono::NaiveDate;
use gongji_domain::{Grade, Rate, Yuan};
use serde::Deserialize;

use crate::cells::Cell;

/// 行 — selectors, exact ones first, then lower bounds, then `above`, then one cell a column.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Row {
    /// 参保方式
    pub plan: Option<String>,
    /// 参保状态；`"any"` = 不分
    pub status: Option<String>,
    /// 特殊身份
    pub special: Option<String>,
    /// 签约或选点
    pub contract: Option<bool>,
    /// 缴费档次
    pub tier: Option<String>,
    /// 单位性质
    pub employer: Option<String>,
    /// 异地就医情形
    pub away: Option<String>,
    /// 项目
    pub item: Option<String>,
    /// 连续参保
    pub continuing: Option<bool>,
    /// 退休日不早于
    pub from_retirement: Option<NaiveDate>,
    /// 出生日不早于
    pub from_birth: Option<NaiveDate>,
    /// 参加工作日不早于
    pub from_hired: Option<NaiveDate>,
    /// 年龄不小于
    pub from_age: Option<u32>,
    /// 累计缴费月数不少于
    pub from_insured_months: Option<u32>,
    /// 连续缴费年数不少于
    pub from_continuous_years: Option<u32>,
    /// 第几次起
    pub from_nth: Option<u32>,
    /// 超过（严格大于）多少元起
    pub above: Option<Yuan>,
    /// 按什么计（base / fixed / pension / constant:<id> / age / entered）
    pub of: Option<String>,
    /// 再乘以
    pub times: Option<Rate>,
    /// 不低于
    pub at_least: Option<Yuan>,
    /// 不高于
    pub at_most: Option<Yuan>,
    /// 子账户（计息）
    pub sub: Option<String>,
    /// 本行的可信等级，只能更低
    pub grade: Option<Grade>,
    /// 各列的格
    pub values: Vec<Cell>,
    /// 没有采用 — the row is only a lead and such figures are not switched on: its cells count as
    /// unknown.
    #[serde(skip)]
    pub off: bool,
}

/// 选行的依据 — the facts on which rows select; `None` = not known, except for `away` and `item`,
/// where it means that the bill is a local one and not a particular item.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RowFacts {
    /// 参保方式
    pub plan: String,
    /// 参保状态
    pub status: String,
    /// 特殊身份
    pub special: String,
    /// 签约或选点
    pub contract: bool,
    /// 缴费档次
    pub tier: Option<String>,
    /// 单位性质
    pub employer: Option<String>,
    /// 连续参保
    pub continuing: Option<bool>,
    /// 异地就医情形；本地为 `None`
    pub away: Option<String>,
    /// 项目；不分项目为 `None`
    pub item: Option<String>,
    /// 退休日
    pub retired_on: Option<NaiveDate>,
    /// 出生日
    pub born: Option<NaiveDate>,
    /// 参加工作日
    pub hired_on: Option<NaiveDate>,
    /// 年龄（周岁，结算日）
    pub age: Option<u32>,
    /// 累计缴费月数
    pub insured_months: Option<u32>,
    /// 连续缴费年数
    pub continuous_years: Option<u32>,
    /// 第几次（含本次）
    pub nth: Option<u32>,
}

/// 阶梯 — for each rung the amount it begins above, its cell and its row, ascending.
pub type Ladder<'a> = Vec<(Yuan, Cell, &'a Row)>;

/// Why a table gives no ladder.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Choice {
    /// 缺一项事实，而各行因它而不同 — named as the field of [`RowFacts`].
    #[error("要先知道 {0}")]
    Missing(&'static str),
    /// 没有任何一行（或一列）适用
    #[error("表里没有适用的一行")]
    NoRow,
    /// 有两行同时适用 — a checked file has none.
    #[error("表里有两行同时适用")]
    Overlap,
}

/// 表 — a printed table: column heads and rows, borrowed from the block they stand in.
#[derive(Clone, Copy, Debug)]
pub struct Table<'a> {
    /// 列头 — institution classes; empty is the same as `["any"]`.
    pub class: &'a [String],
    /// 行
    pub rows: &'a [Row],
}

/// 下限的先后 — cohorts before age, age before history (`policy-format` 2.2). A cohort that comes
/// after age would let an 80-year-old of the old cohort fall into the age-70 row of the new one.
pub(crate) const BOUNDS: [LowerBound; 7] = [
    LowerBound::Retirement,
    LowerBound::Birth,
    LowerBound::Hired,
    LowerBound::Age,
    LowerBound::InsuredMonths,
    LowerBound::ContinuousYears,
    LowerBound::Nth,
];

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum LowerBound {
    Retirement,
    Birth,
    Hired,
    Age,
    InsuredMonths,
    ContinuousYears,
    Nth,
}

/// A bound or a fact of one selector: days for dates, counts otherwise.
pub(crate) type Measure = i64;

fn day(date: Option<NaiveDate>) -> Option<Measure> {
    date.map(|date| i64::from(chrono::Datelike::num_days_from_ce(&date)))
}

fn count(number: Option<u32>) -> Option<Measure> {
    number.map(i64::from)
}

impl LowerBound {
    /// What the row asks for; `None` = from ever.
    pub(crate) fn of_row(self, row: &Row) -> Option<Measure> {
        match self {
            LowerBound::Retirement => day(row.from_retirement),
            LowerBound::Birth => day(row.from_birth),
            LowerBound::Hired => day(row.from_hired),
            LowerBound::Age => count(row.from_age),
            LowerBound::InsuredMonths => count(row.from_insured_months),
            LowerBound::ContinuousYears => count(row.from_continuous_years),
            LowerBound::Nth => count(row.from_nth),
        }
        .filter(|bound| *bound > self.least())
    }

    /// The member's (or visit's) own value.
    fn of_facts(self, facts: &RowFacts) -> Option<Measure> {
        match self {
            LowerBound::Retirement => day(facts.retired_on),
            LowerBound::Birth => day(facts.born),
            LowerBound::Hired => day(facts.hired_on),
            LowerBound::Age => count(facts.age),
            LowerBound::InsuredMonths => count(facts.insured_months),
            LowerBound::ContinuousYears => count(facts.continuous_years),
            LowerBound::Nth => count(facts.nth),
        }
    }

    /// A bound that everybody reaches: 「1900-01-01 起」, 「0 岁起」, 「第 1 次起」.
    fn least(self) -> Measure {
        match self {
            LowerBound::Retirement | LowerBound::Birth | LowerBound::Hired => {
                day(NaiveDate::from_ymd_opt(1900, 1, 1)).unwrap_or(0)
            }
            LowerBound::Age | LowerBound::InsuredMonths | LowerBound::ContinuousYears => 0,
            LowerBound::Nth => 1,
        }
    }

    /// The key under which a row writes it.
    pub(crate) fn key(self) -> &'static str {
        match self {
            LowerBound::Retirement => "from_retirement",
            LowerBound::Birth => "from_birth",
            LowerBound::Hired => "from_hired",
            LowerBound::Age => "from_age",
            LowerBound::InsuredMonths => "from_insured_months",
            LowerBound::ContinuousYears => "from_continuous_years",
            LowerBound::Nth => "from_nth",
        }
    }

    /// The field of [`RowFacts`] it looks at.
    fn fact(self) -> &'static str {
        match self {
            LowerBound::Retirement => "retired_on",
            LowerBound::Birth => "born",
            LowerBound::Hired => "hired_on",
            LowerBound::Age => "age",
            LowerBound::InsuredMonths => "insured_months",
            LowerBound::ContinuousYears => "continuous_years",
            LowerBound::Nth => "nth",
        }
    }
}

/// Whether a row that writes `selector` is meant for `fact`.
fn admits(selector: Option<&String>, fact: &str) -> bool {
    selector.is_none_or(|word| word == "any" || word == fact)
}

impl<'a> Table<'a> {
    /// The table of `rows` under the heads `class`.
    pub fn of(class: &'a [String], rows: &'a [Row]) -> Table<'a> {
        Table { class, rows }
    }

    /// 列 — the position of the column for `class`: its own, or that of `any`.
    pub fn column(&self, class: &str) -> Option<usize> {
        if self.class.is_empty() {
            return Some(0);
        }
        let head = |name: &str| self.class.iter().position(|head| head == name);
        head(class).or_else(|| head("any"))
    }

    /// 选行 — the ladder for `class` and `facts`: exact selectors filter, then the lower bounds in
    /// their fixed order each keep the rows with the greatest bound reached; what is left differs
    /// only in `above`.
    ///
    /// # Errors
    /// [`Choice::Missing`] where a fact is unknown and its value would change the ladder;
    /// [`Choice::NoRow`] where nothing applies.
    pub fn ladder(&self, class: &str, facts: &RowFacts) -> Result<Ladder<'a>, Choice> {
        let column = self.column(class).ok_or(Choice::NoRow)?;
        let rows: Vec<&'a Row> = self.rows.iter().filter(|row| exact(row, facts)).collect();
        let rows = of_situation(rows, |row| row.away.as_ref(), facts.away.as_ref(), true);
        let rows = of_situation(rows, |row| row.item.as_ref(), facts.item.as_ref(), false);
        by_open_selector(rows, column, facts, &OPEN)
    }
}

/// The selectors whose fact is always known.
fn exact(row: &Row, facts: &RowFacts) -> bool {
    admits(row.plan.as_ref(), &facts.plan)
        && admits(row.status.as_ref(), &facts.status)
        && admits(row.special.as_ref(), &facts.special)
        && row.contract.is_none_or(|asked| asked == facts.contract)
}

/// Rows for a situation of the bill (away, item): those that name it stand before those that name
/// none. Where `strict`, a table that knows situations but not this one has no row for it: the row
/// for the ordinary situation must not answer in its place.
fn of_situation<'a>(
    rows: Vec<&'a Row>,
    selector: impl Fn(&Row) -> Option<&String>,
    fact: Option<&String>,
    strict: bool,
) -> Vec<&'a Row> {
    let (named, general): (Vec<&Row>, Vec<&Row>) = rows
        .into_iter()
        .partition(|row| selector(row).is_some_and(|word| word != "any"));
    let Some(fact) = fact else {
        return general;
    };
    let told_apart = !named.is_empty();
    let ours: Vec<&Row> = named
        .into_iter()
        .filter(|row| selector(row) == Some(fact))
        .collect();
    if ours.is_empty() && !(strict && told_apart) {
        general
    } else {
        ours
    }
}

/// A selector whose fact may be unknown: its name, what a row asks, what the member is.
struct OpenSelector {
    fact: &'static str,
    of_row: fn(&Row) -> Option<String>,
    of_facts: fn(&RowFacts) -> Option<String>,
}

const OPEN: [OpenSelector; 3] = [
    OpenSelector {
        fact: "tier",
        of_row: |row| row.tier.clone().filter(|word| word != "any"),
        of_facts: |facts| facts.tier.clone(),
    },
    OpenSelector {
        fact: "employer",
        of_row: |row| row.employer.clone().filter(|word| word != "any"),
        of_facts: |facts| facts.employer.clone(),
    },
    OpenSelector {
        fact: "continuing",
        of_row: |row| row.continuing.map(|yes| yes.to_string()),
        of_facts: |facts| facts.continuing.map(|yes| yes.to_string()),
    },
];

fn by_open_selector<'a>(
    rows: Vec<&'a Row>,
    column: usize,
    facts: &RowFacts,
    left: &[OpenSelector],
) -> Result<Ladder<'a>, Choice> {
    let Some((selector, left)) = left.split_first() else {
        return by_bound(rows, column, facts, &BOUNDS);
    };
    if rows.iter().all(|row| (selector.of_row)(row).is_none()) {
        return by_open_selector(rows, column, facts, left);
    }
    let meant_for = |value: Option<&String>| -> Vec<&'a Row> {
        let fits = |row: &&&Row| (selector.of_row)(row).is_none_or(|asked| Some(&asked) == value);
        rows.iter().filter(fits).copied().collect()
    };
    if let Some(value) = (selector.of_facts)(facts) {
        return by_open_selector(meant_for(Some(&value)), column, facts, left);
    }
    // Every value some row names, and one that none names.
    let named = rows
        .iter()
        .filter_map(|row| (selector.of_row)(row))
        .map(Some);
    let readings = named
        .chain([None])
        .map(|value| by_open_selector(meant_for(value.as_ref()), column, facts, left));
    agreed(readings, selector.fact)
}

fn by_bound<'a>(
    rows: Vec<&'a Row>,
    column: usize,
    facts: &RowFacts,
    left: &[LowerBound],
) -> Result<Ladder<'a>, Choice> {
    let Some((bound, left)) = left.split_first() else {
        return rungs(rows, column);
    };
    if rows.iter().all(|row| bound.of_row(row).is_none()) {
        return by_bound(rows, column, facts, left);
    }
    let at = |greatest: Option<Measure>| -> Vec<&'a Row> {
        let same = |row: &&&Row| bound.of_row(row) == greatest;
        rows.iter().filter(same).copied().collect()
    };
    if let Some(fact) = bound.of_facts(facts) {
        let reached = rows.iter().map(|row| bound.of_row(row));
        let greatest = reached.filter(|at| at.is_none_or(|at| at <= fact)).max();
        return match greatest {
            Some(greatest) => by_bound(at(greatest), column, facts, left),
            None => Err(Choice::NoRow),
        };
    }
    // Not known: every bound is a reading, and so is staying below all of them.
    let named = rows.iter().map(|row| bound.of_row(row));
    let readings = named
        .chain([None])
        .map(|greatest| by_bound(at(greatest), column, facts, left));
    agreed(readings, bound.fact())
}

/// The one ladder on which all readings agree; otherwise the missing fact matters.
fn agreed<'a>(
    mut readings: impl Iterator<Item = Result<Ladder<'a>, Choice>>,
    fact: &'static str,
) -> Result<Ladder<'a>, Choice> {
    let first = readings.next().unwrap_or(Err(Choice::NoRow));
    if readings.all(|reading| same_reading(&first, &reading)) {
        first
    } else {
        Err(Choice::Missing(fact))
    }
}

fn same_reading(one: &Result<Ladder<'_>, Choice>, other: &Result<Ladder<'_>, Choice>) -> bool {
    match (one, other) {
        (Ok(one), Ok(other)) => {
            one.len() == other.len()
                && one.iter().zip(other).all(|(a, b)| {
                    (a.0, a.1) == (b.0, b.1)
                        && (&a.2.of, a.2.times, &a.2.sub) == (&b.2.of, b.2.times, &b.2.sub)
                        && (a.2.at_least, a.2.at_most) == (b.2.at_least, b.2.at_most)
                })
        }
        (Err(one), Err(other)) => one == other,
        _ => false,
    }
}

/// What is left differs only in `above`: the ladder. A row that is too short has no cell there.
fn rungs(rows: Vec<&Row>, column: usize) -> Result<Ladder<'_>, Choice> {
    let rungs = rows.into_iter().filter_map(|row| {
        let cell = *row.values.get(column)?;
        let cell = if row.off { Cell::Unknown } else { cell };
        Some((row.above.unwrap_or_default(), cell, row))
    });
    let mut ladder: Ladder<'_> = rungs.collect();
    ladder.sort_by_key(|(above, ..)| *above);
    if ladder.is_empty() {
        return Err(Choice::NoRow);
    }
    if ladder.windows(2).any(|pair| pair[0].0 == pair[1].0) {
        return Err(Choice::Overlap);
    }
    Ok(ladder)
}

#[cfg(test)]
#[path = "table_tests.rs"]
mod tests;
