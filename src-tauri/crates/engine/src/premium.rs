//! 居民缴费 — what somebody pays for a year of insurance, until when, and how long they wait who pay
//! later.

mod payer;
mod recorded;

use chrono::{Datelike, Months, NaiveDate};
use gongji_domain::{Amount, BlockRef, Grade, Message, Open, PoolId, Scheme, SourceRef, Yuan};
use gongji_policy::{
    Body, Cell, Choice, InForce, Library, Premium, RowFacts, Rules, Table, Window,
};

pub use payer::PremiumPayer;
pub use recorded::premiums_recorded;

use crate::rulebook::chain;
use crate::settle::age_on;

const PART: &str = "premium";

/// 问哪一年的缴费
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PremiumAsked {
    /// 年度；不写为那一天正在收的一年
    pub year: Option<i32>,
    /// 按哪一天知道的规则
    pub on: NaiveDate,
}

impl PremiumAsked {
    /// 那一年的缴费 — by everything that is known at the end of the year.
    pub fn of_year(year: i32) -> PremiumAsked {
        PremiumAsked {
            year: Some(year),
            on: NaiveDate::from_ymd_opt(year, 12, 31).unwrap_or(NaiveDate::MAX),
        }
    }

    /// 那一天正在收的缴费
    pub fn on(on: NaiveDate) -> PremiumAsked {
        PremiumAsked { year: None, on }
    }
}

/// 应缴 — the sum of one year with its dates; what the rules do not say is unknown, not zero.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PremiumDue {
    /// 年度
    pub year: i32,
    /// 个人缴多少
    pub amount: Amount,
    /// 集中缴费期
    pub window: Option<Window>,
    /// 延长期（补缴期）
    pub extension: Option<Window>,
    /// 之后才缴的等几个月；无则未查到
    pub wait_after: Option<u32>,
    /// 用到的规则段
    pub rule: Option<BlockRef>,
    /// 出处
    pub source: Option<SourceRef>,
    /// 可信等级
    pub grade: Option<Grade>,
    /// 沿用别的年度
    pub assumed: bool,
    /// 缴多少是本人填写的
    pub stated: bool,
    /// 说明
    pub note: Option<String>,
    /// 未定之处
    pub open: Vec<Open>,
}

impl PremiumDue {
    /// 最晚哪天缴 — the last day of the payment window.
    pub fn deadline(&self) -> Option<NaiveDate> {
        self.window.as_ref().map(|window| window.until)
    }

    /// 延长期也过了 — the last day on which it can be paid at all; nothing where no rule says.
    pub fn last_day(&self) -> Option<NaiveDate> {
        let extension = self.extension.as_ref().map(|window| window.until);
        extension.max(self.deadline())
    }

    /// 知不知道缴多少 — exactly, or within bounds.
    pub fn known(&self) -> bool {
        self.amount != Amount::UNKNOWN
    }

    /// 规则没有写明的，按本人填写的 — the same year with the sum that the household stated, where the rules
    /// have none for it. What is only carried over from another year gives way: who wrote the sum down knew
    /// more of their year than last year's notice does. The days stay those of the rules.
    #[must_use]
    pub fn or_stated(self, amount: Option<Yuan>) -> PremiumDue {
        let Some(amount) = amount.filter(|_| !self.known() || self.assumed) else {
            return self;
        };
        let keeps_rule = self.window.is_some();
        PremiumDue {
            amount: Amount::Exact(amount),
            rule: self.rule.filter(|_| keeps_rule),
            source: self.source.filter(|_| keeps_rule),
            grade: Some(Grade::Stated),
            assumed: false,
            stated: true,
            note: self.note.filter(|_| keeps_rule),
            open: Vec::new(),
            ..self
        }
    }
}

/// 应缴多少 — the premium of somebody with these facts; their age is that of the year, from `born`.
/// A year that no block gives is unknown: an earlier one answers only where it says that it is
/// republished every year, and is then assumed.
pub fn premium(
    library: &Library,
    pool: &PoolId,
    scheme: Scheme,
    facts: &RowFacts,
    asked: PremiumAsked,
) -> PremiumDue {
    let Some(rules) = library.rules(pool, scheme.word(), asked.on) else {
        let year = asked.year.unwrap_or(asked.on.year());
        return unknown(year, pool.to_string());
    };
    let stated = stated(library, pool, scheme, asked.on);
    let year = asked
        .year
        .unwrap_or_else(|| year_collected(&stated, asked.on));
    let found = match rules.in_doubt(PART) {
        true => None,
        false => {
            of_year(&stated, year).or_else(|| carried_into(library, &rules, scheme, &stated, year))
        }
    };
    let Some((held, body)) = found else {
        return unknown(year, rules.pool.name.clone());
    };
    due(&held, body, facts, year)
}

/// Nothing is known of the year.
fn unknown(year: i32, place: String) -> PremiumDue {
    let what = Message::new("open.no_premium")
        .with("place", place)
        .with("year", year);
    PremiumDue {
        year,
        amount: Amount::UNKNOWN,
        window: None,
        extension: None,
        wait_after: None,
        rule: None,
        source: None,
        grade: None,
        assumed: false,
        stated: false,
        note: None,
        open: vec![open("rule", what, None)],
    }
}

fn open(key: &str, what: Message, ask: Option<String>) -> Open {
    Open {
        key: key.to_owned(),
        what,
        ask,
        readings: Vec::new(),
    }
}

type Found<'a> = (InForce<'a>, &'a Premium);

fn in_force<'r, 'a>(rules: &'r Rules<'a>) -> impl Iterator<Item = Found<'a>> + use<'r, 'a> {
    let blocks = rules.all(PART, "premium");
    blocks.filter_map(|held| match &held.block.body {
        Body::Premium(premium) => Some((*held, &**premium)),
        _ => None,
    })
}

/// Every year that the place has stated by that day: in force, or already being collected. A year's
/// block stays its own when the next year's has followed it.
fn stated<'a>(
    library: &'a Library,
    pool: &PoolId,
    scheme: Scheme,
    on: NaiveDate,
) -> Vec<Found<'a>> {
    let chain = chain(library, pool);
    let files = library
        .files
        .iter()
        .filter(|file| file.part == PART && chain.contains(&file.pool));
    let mut days: Vec<NaiveDate> = files
        .flat_map(|file| &file.blocks)
        .map(|block| block.head.from)
        .collect();
    days.sort_unstable();
    days.dedup();
    let begun = |(held, body): &Found<'_>| {
        let from = held.block.head.from;
        let opens = body.window.as_ref().map_or(from, |window| window.from);
        from.min(opens) <= on
    };
    let mut stated = Vec::new();
    for day in days {
        let Some(rules) = library.rules(pool, scheme.word(), day) else {
            continue;
        };
        let new = in_force(&rules).filter(|(held, _)| held.block.head.from == day);
        stated.extend(new.filter(begun));
    }
    stated
}

/// The year that is being collected on that day: the newest one stated, unless its time is over.
fn year_collected(stated: &[Found<'_>], on: NaiveDate) -> i32 {
    let Some((held, body)) = stated.last() else {
        return on.year();
    };
    let over = held.block.head.from.checked_add_months(Months::new(12));
    let running = body.year >= on.year() || over.is_some_and(|over| on < over);
    if running { body.year } else { on.year() }
}

fn of_year<'a>(stated: &[Found<'a>], year: i32) -> Option<Found<'a>> {
    let mut newest_first = stated.iter().rev();
    newest_first.find(|(_, body)| body.year == year).copied()
}

/// 沿用 — the newest block of an earlier year that was in force in `year`, or is already being collected
/// before it begins, where it says that it is republished every year.
fn carried_into<'a>(
    library: &'a Library,
    known: &Rules<'a>,
    scheme: Scheme,
    stated: &[Found<'a>],
    year: i32,
) -> Option<Found<'a>> {
    let by = known.day.min(PremiumAsked::of_year(year).on);
    let rules = library.rules(&known.pool.id, scheme.word(), by)?;
    let coming = stated
        .iter()
        .filter(|(held, body)| held.block.head.from > by && body.year < year);
    in_force(&rules)
        .chain(coming.copied())
        .max_by_key(|(held, body)| (body.year, held.block.head.from))
        .filter(|(held, body)| held.block.head.renewed_yearly && body.year < year)
        .filter(|_| !rules.in_doubt(PART))
}

fn due(held: &InForce<'_>, body: &Premium, facts: &RowFacts, year: i32) -> PremiumDue {
    let assumed = body.year != year;
    let mut due = PremiumDue {
        year,
        amount: Amount::UNKNOWN,
        // The days of another year say nothing about this one's.
        window: body.window.clone().filter(|_| !assumed && !held.off),
        extension: body.extension.clone().filter(|_| !assumed && !held.off),
        wait_after: body.wait_after.filter(|_| !held.off),
        rule: Some(held.reference()),
        source: held.source(),
        grade: Some(held.grade),
        assumed,
        stated: false,
        note: held.block.head.note.clone(),
        open: Vec::new(),
    };
    let ask = held.block.head.ask.clone();
    match amount(held, body, facts, year) {
        Ok((amount, grade)) => {
            due.grade = due.grade.max(grade);
            due.amount = amount;
            if amount.exact().is_none() {
                due.open.push(asked_fact("age_day", ask));
            }
        }
        Err(NoSum::Fact(fact)) => due.open.push(asked_fact(fact, ask)),
        Err(NoSum::Cell { off }) => {
            let code = if off {
                "open.only_claimed"
            } else {
                "open.cell"
            };
            let what = Message::new(code).with("part", PART).with("block", PART);
            due.open.push(open("cell:premium.premium", what, ask));
        }
    }
    due
}

fn asked_fact(fact: &str, ask: Option<String>) -> Open {
    let what = Message::new("open.fact").with("fact", fact);
    open(&format!("fact:{fact}"), what, ask)
}

/// Why there is no sum.
enum NoSum {
    Fact(&'static str),
    Cell { off: bool },
}

/// The sum, and the row's own grade. The notices do not say on which day of the year an age counts:
/// where the first and the last day differ, so does the answer.
fn amount(
    held: &InForce<'_>,
    body: &Premium,
    facts: &RowFacts,
    year: i32,
) -> Result<(Amount, Option<Grade>), NoSum> {
    if held.off {
        return Err(NoSum::Cell { off: true });
    }
    let aged_on = |month, day| {
        let day = NaiveDate::from_ymd_opt(year, month, day)?;
        // Somebody born during the year is insured as a newborn.
        Some(facts.born.map(|born| age_on(born, day).unwrap_or(0)))
    };
    let at = |age: Option<u32>| {
        let age = age.or(facts.age);
        sum(
            body,
            &RowFacts {
                age,
                ..facts.clone()
            },
        )
    };
    let (first, grade) = at(aged_on(1, 1).flatten())?;
    let (last, later_grade) = at(aged_on(12, 31).flatten())?;
    let amount = Amount::between(first.min(last), first.max(last));
    Ok((amount, grade.max(later_grade)))
}

fn sum(body: &Premium, facts: &RowFacts) -> Result<(Yuan, Option<Grade>), NoSum> {
    let table = Table::of(&body.class, &body.rows);
    let ladder = table.ladder("any", facts).map_err(|choice| match choice {
        Choice::Missing(fact) => NoSum::Fact(fact),
        Choice::NoRow | Choice::Overlap => NoSum::Cell { off: false },
    })?;
    match ladder.first() {
        Some((_, Cell::Yuan(sum), row)) => Ok((*sum, row.grade)),
        Some((.., row)) => Err(NoSum::Cell { off: row.off }),
        None => Err(NoSum::Cell { off: false }),
    }
}

#[cfg(test)]
#[path = "premium_tests.rs"]
mod tests;
