//! 取决于什么 — the values of each fact on which rows turn, and a figure for every one of them.

use chrono::NaiveDate;
use gongji_domain::Message;
use gongji_policy::{Body, Each, Rules};

use super::resolve::{Known, Resolving};
use super::tree::Tree;
use crate::open::OpenPoint;

/// 几年 — the readings of a number of years that no request carries: none, and more than any limit of
/// any rule looks at.
const YEARS: [u32; 2] = [0, 30];

/// 岁数、缴费月数 — the ends between which everybody is.
const AGES: [u32; 2] = [0, 120];
const MONTHS: [u32; 2] = [0, 720];

/// Grows a tree with something more known.
pub(super) type With<'w, T> = dyn Fn(&dyn Fn(&mut Known)) -> Tree<T> + 'w;

/// 分界 — the values of each fact on which the rows of these rules turn.
#[derive(Default)]
pub(super) struct Turns {
    age: Vec<u32>,
    insured_months: Vec<u32>,
    retired_on: Vec<NaiveDate>,
    born: Vec<NaiveDate>,
    hired_on: Vec<NaiveDate>,
    continuous_years: Vec<u32>,
    tier: Vec<String>,
    employer: Vec<String>,
    nth: Vec<u32>,
}

impl Resolving<'_, '_> {
    pub(super) fn by_fact<T>(&self, fact: &'static str, with: &With<'_, T>) -> Tree<T> {
        let turns = &self.turns;
        match fact {
            "nth" if self.counts_nth => {
                let branch = |nth: &u32| (*nth, with(&|known| known.facts.nth = Some(*nth)));
                Tree::ByNth(turns.nth.iter().map(branch).collect())
            }
            "age" => branches(fact, &turns.age, |age| {
                with(&|known| known.facts.age = Some(age))
            }),
            "insured_months" => branches(fact, &turns.insured_months, |months| {
                with(&|known| known.facts.insured_months = Some(months))
            }),
            "retired_on" => branches(fact, &turns.retired_on, |day| {
                with(&|known| known.facts.retired_on = Some(day))
            }),
            "born" => branches(fact, &turns.born, |day| {
                with(&|known| known.facts.born = Some(day))
            }),
            "hired_on" => branches(fact, &turns.hired_on, |day| {
                with(&|known| known.facts.hired_on = Some(day))
            }),
            "continuous_years" => branches(fact, &turns.continuous_years, |years| {
                with(&|known| known.facts.continuous_years = Some(years))
            }),
            "tier" => branches(fact, &words(&turns.tier), |tier| {
                with(&|known| known.facts.tier = Some(tier.to_owned()))
            }),
            "employer" => branches(fact, &words(&turns.employer), |employer| {
                with(&|known| known.facts.employer = Some(employer.to_owned()))
            }),
            "continuing" => branches(fact, &[false, true], |yes| {
                with(&|known| known.facts.continuing = Some(yes))
            }),
            "missing_years" | "years_below_deductible" => by_years(fact, &YEARS, with),
            // Nobody can say among which values to choose.
            _ => Tree::Unknown,
        }
    }
}

pub(super) fn by_years<T>(fact: &'static str, possible: &[u32], with: &With<'_, T>) -> Tree<T> {
    branches(fact, possible, |years| {
        with(&|known| {
            known.years.insert(fact, years);
        })
    })
}

fn branches<V: Copy + ToString, T>(
    fact: &str,
    values: &[V],
    branch: impl Fn(V) -> Tree<T>,
) -> Tree<T> {
    if values.is_empty() {
        return Tree::Unknown;
    }
    let is_word = matches!(fact, "tier" | "employer" | "continuing");
    let code = if is_word {
        "reading.fact_is"
    } else {
        "reading.fact_from"
    };
    let reading = |value: &V| {
        Message::new(code)
            .with("fact", fact)
            .with("value", value.to_string())
    };
    let point = OpenPoint {
        key: format!("fact:{fact}"),
        what: Message::new("open.fact").with("fact", fact),
        ask: None,
        readings: values.iter().map(reading).collect(),
    };
    Tree::ByFact(
        Box::new(point),
        values.iter().map(|value| branch(*value)).collect(),
    )
}

impl Turns {
    /// The rules of one benefit, and of the layers that take part in it.
    pub(super) fn of(rules: &Rules<'_>, part: &str) -> Turns {
        let mut turns = Turns {
            nth: vec![1],
            ..Turns::default()
        };
        for held in &rules.blocks {
            if held.file.part == part || held.file.part == "layer" {
                let table = held.block.body.table();
                for row in table.iter().flat_map(|table| table.rows) {
                    turns.age.extend(row.from_age);
                    turns.insured_months.extend(row.from_insured_months);
                    turns.retired_on.extend(row.from_retirement);
                    turns.born.extend(row.from_birth);
                    turns.hired_on.extend(row.from_hired);
                    turns.continuous_years.extend(row.from_continuous_years);
                    turns
                        .tier
                        .extend(row.tier.clone().filter(|tier| tier != "any"));
                    let employer = row.employer.clone();
                    turns.employer.extend(employer.filter(|word| word != "any"));
                    turns.nth.extend(row.from_nth);
                }
                // What is done once a year of age, or once a month paid, turns on every one of them.
                match &held.block.body {
                    Body::Adjust(adjust) if adjust.each == Each::YearOfAge => {
                        turns.age.extend(AGES);
                    }
                    Body::Adjust(adjust) if adjust.each == Each::Month => {
                        turns.insured_months.extend(MONTHS);
                    }
                    _ => {}
                }
            }
        }
        distinct(&mut turns.age);
        distinct(&mut turns.insured_months);
        distinct(&mut turns.retired_on);
        distinct(&mut turns.born);
        distinct(&mut turns.hired_on);
        distinct(&mut turns.continuous_years);
        distinct(&mut turns.tier);
        distinct(&mut turns.employer);
        distinct(&mut turns.nth);
        turns
    }
}

fn words(words: &[String]) -> Vec<&str> {
    words.iter().map(String::as_str).collect()
}

fn distinct<V: Ord>(values: &mut Vec<V>) {
    values.sort_unstable();
    values.dedup();
}
