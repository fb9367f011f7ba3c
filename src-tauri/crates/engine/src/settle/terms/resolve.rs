//! 落到这个人头上 — reading tables for one member, one class and one day.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};
use gongji_domain::{EstimateRequest, Grade, Message, Rate, Yuan};
use gongji_policy::{
    Body, Cell, Change, Choice, Each, InForce, Library, MeasuredIn, RowFacts, Rules, Table,
};

use super::tree::{Figure, Tree};
use crate::exact::{Fraction, fen, round, share, to_fen};
use crate::open::OpenPoint;
use crate::settle::matrix::SliceSet;

/// 引用 — number of a block among those that the terms rest on.
pub(crate) type Cite = usize;

/// A block that the terms rest on, and the key under which a figure it leaves open is asked for.
#[derive(Clone, Debug)]
pub(crate) struct Cited<'a> {
    pub(crate) held: InForce<'a>,
    pub(crate) part: String,
    pub(crate) key: String,
}

/// A rung as printed: the amount it begins above, its cell, what it is multiplied by.
#[derive(Clone, Copy, Debug)]
pub(super) struct PrintedRung {
    pub(super) above: Yuan,
    pub(super) cell: Cell,
    pub(super) times: Option<Rate>,
}

/// A printed ladder and the weakest grade of its rows.
#[derive(Clone, Debug)]
pub(super) struct Printed {
    pub(super) rungs: Vec<PrintedRung>,
    pub(super) weakest: Option<Grade>,
}

/// What a table gives: its figure, `None` where the rules do not say, or what it turns on.
pub(super) type Read<T> = Result<Option<T>, Missing>;

/// What has to be chosen before a table can be read.
#[derive(Clone, Debug)]
pub(super) enum Missing {
    /// A fact nobody stated.
    Fact(&'static str),
    /// A number of years that no request carries, where only these are possible.
    Years(&'static str, Vec<u32>),
    /// What an `adjust` block does, where its sentence can be read in several ways.
    Change(Cite, Vec<Change>),
}

/// What is known, or taken to be so, while a table is read.
#[derive(Clone, Debug, Default)]
pub(super) struct Known {
    pub(super) facts: RowFacts,
    pub(super) changes: BTreeMap<Cite, Change>,
    years: BTreeMap<&'static str, u32>,
}

/// 几年 — the readings of a number of years that no request carries: none, and more than any limit of
/// any rule looks at.
const YEARS: [u32; 2] = [0, 30];

/// 岁数、缴费月数 — the ends between which everybody is.
const AGES: [u32; 2] = [0, 120];
const MONTHS: [u32; 2] = [0, 720];

impl Known {
    /// The same for one item of the bill, or for what belongs to none.
    pub(super) fn of_item(&self, item: Option<&String>) -> Known {
        let mut known = self.clone();
        known.facts.item = item.cloned();
        known
    }

    /// A number of years that no request carries.
    pub(super) fn years(&self, of: &'static str) -> Result<u32, Missing> {
        self.years.get(of).copied().ok_or(Missing::Fact(of))
    }
}

/// Grows a tree with something more known.
type With<'w, T> = dyn Fn(&dyn Fn(&mut Known)) -> Tree<T> + 'w;

/// Everything that reading a table needs.
pub(super) struct Resolving<'a, 'q> {
    pub(super) library: &'a Library,
    pub(super) rules: &'q Rules<'a>,
    pub(super) request: &'q EstimateRequest,
    pub(super) facts: RowFacts,
    /// The caps of the benefit, by which slices may be named.
    pub(super) caps: Vec<String>,
    pub(super) cited: Vec<Cited<'a>>,
    /// The bill is of care away from home, and what that changes is not known.
    pub(super) away_unknown: bool,
    /// Whether it is counted how often something happened.
    pub(super) counts_nth: bool,
    column: String,
    turns: Turns,
}

/// 分界 — the values of each fact on which the rows of these rules turn.
#[derive(Default)]
struct Turns {
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

impl<'a, 'q> Resolving<'a, 'q> {
    pub(super) fn new(
        library: &'a Library,
        rules: &'q Rules<'a>,
        request: &'q EstimateRequest,
        facts: RowFacts,
    ) -> Resolving<'a, 'q> {
        let part = request.part.word();
        let column = request.visit.class.clone();
        let of_cap = |held: &InForce<'a>| held.block.head.id.clone().unwrap_or_default();
        let mut resolving = Resolving {
            library,
            rules,
            request,
            facts,
            caps: rules.all(part, "cap").map(of_cap).collect(),
            cited: Vec::new(),
            away_unknown: false,
            counts_nth: false,
            column: column.unwrap_or_else(|| "any".to_owned()),
            turns: Turns::of(rules, part),
        };
        resolving.away_unknown = !resolving.away("unknown").is_empty();
        resolving
    }

    pub(super) fn part(&self) -> &'static str {
        self.request.part.word()
    }

    /// The blocks called `name` in the rules of the bill's own benefit.
    pub(super) fn blocks(&self, name: &'static str) -> Vec<InForce<'a>> {
        self.rules.all(self.part(), name).copied().collect()
    }

    pub(super) fn block(&self, name: &'static str) -> Option<InForce<'a>> {
        self.rules.get(self.part(), name).copied()
    }

    /// The rows that `names` mean.
    pub(super) fn slices(&self, names: &[String]) -> SliceSet {
        SliceSet::any_of(names, &self.caps)
    }

    /// Notes that the terms rest on `held`.
    pub(super) fn cite(&mut self, held: InForce<'a>) -> Cite {
        let known = |cited: &Cited<'a>| std::ptr::eq(cited.held.block, held.block);
        if let Some(known) = self.cited.iter().position(known) {
            return known;
        }
        let id = match &held.block.head.id {
            Some(id) => format!(":{id}"),
            None => String::new(),
        };
        let part = match held.file.part.as_str() {
            "layer" => held.file.path.rsplit('/').next().unwrap_or_default(),
            part => part,
        };
        let part = part.trim_end_matches(".toml").to_owned();
        self.cited.push(Cited {
            held,
            key: format!("cell:{part}.{}{id}", held.block.name),
            part,
        });
        self.cited.len() - 1
    }

    /// Builds a figure for every value of what has to be chosen and on which it turns.
    pub(super) fn grow<T>(&self, build: &dyn Fn(&Known) -> Read<Figure<T>>) -> Tree<T> {
        let known = Known {
            facts: self.facts.clone(),
            ..Known::default()
        };
        self.grow_from(&known, build)
    }

    fn grow_from<T>(&self, known: &Known, build: &dyn Fn(&Known) -> Read<Figure<T>>) -> Tree<T> {
        let with = |set: &dyn Fn(&mut Known)| {
            let mut known = known.clone();
            set(&mut known);
            self.grow_from(&known, build)
        };
        match build(known) {
            Ok(Some(figure)) => Tree::Known(figure),
            Ok(None) => Tree::Unknown,
            Err(Missing::Fact(fact)) => self.by_fact(fact, &with),
            Err(Missing::Years(fact, possible)) => by_years(fact, &possible, &with),
            Err(Missing::Change(cite, one_of)) => {
                let branch = |change| {
                    with(&|known| {
                        known.changes.insert(cite, change);
                    })
                };
                let branches = one_of.iter().map(|change| branch(*change)).collect();
                Tree::ByFact(Box::new(self.open_change(cite, &one_of)), branches)
            }
        }
    }

    fn by_fact<T>(&self, fact: &'static str, with: &With<'_, T>) -> Tree<T> {
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

    fn open_change(&self, cite: Cite, one_of: &[Change]) -> OpenPoint {
        let cited = &self.cited[cite];
        let reading = |change: &Change| {
            Message::new(match change {
                Change::MinusYuan | Change::MinusPoints => "reading.change_points",
                Change::MinusPercent | Change::Times => "reading.change_factor",
                Change::PlusPoints => "reading.change_plus",
                Change::OwnShareTimes => "reading.change_own_share",
                Change::Unknown => "reading.not_known",
            })
        };
        OpenPoint {
            key: format!("{}.change", cited.key),
            what: Message::new("open.change").with("part", &cited.part),
            ask: cited.held.block.head.ask.clone(),
            readings: one_of.iter().map(reading).collect(),
        }
    }

    /// The ladder that a block's table prints for these facts at the bill's class; `None` where the block is
    /// switched off or no row covers them.
    pub(super) fn ladder(&self, held: &InForce<'a>, known: &Known) -> Read<Printed> {
        let Some(table) = held.block.body.table().filter(|_| !held.off) else {
            return Ok(None);
        };
        let ladder = match table.ladder(&self.column, &known.facts) {
            Ok(ladder) => ladder,
            Err(Choice::Missing(fact)) => return Err(Missing::Fact(fact)),
            Err(Choice::NoRow | Choice::Overlap) => return Ok(None),
        };
        let mut printed = Printed {
            rungs: Vec::with_capacity(ladder.len()),
            weakest: None,
        };
        for (above, cell, row) in ladder {
            // A row may be less trusted than its block: one that is only a lead is not used either.
            let off = row.grade == Some(Grade::Claimed) && !self.library.with_claimed;
            printed.weakest = printed.weakest.max(row.grade.filter(|_| !off));
            printed.rungs.push(PrintedRung {
                above,
                cell: if off { Cell::Unknown } else { cell },
                times: row.times,
            });
        }
        Ok(Some(printed))
    }

    /// The one cell that a table without rungs prints.
    pub(super) fn cell(
        &self,
        held: &InForce<'a>,
        known: &Known,
    ) -> Read<(PrintedRung, Option<Grade>)> {
        let printed = self.ladder(held, known)?;
        Ok(printed.and_then(|printed| Some((*printed.rungs.first()?, printed.weakest))))
    }

    /// An amount that a table prints: `None` in it means no limit.
    pub(super) fn amount_tree(&self, held: &InForce<'a>) -> Tree<Option<Yuan>> {
        self.grow(&|known| {
            let cell = self.cell(held, known)?;
            Ok(cell.and_then(|(rung, weakest)| {
                let value = self.amount(&rung, held.block.body.measured_in())?;
                Some(Figure { value, weakest })
            }))
        })
    }

    /// The yuan that a cell stands for: an amount, or a share of a yearly constant. `Some(None)` is
    /// "no limit"; `None` means that it is not known.
    pub(super) fn amount(
        &self,
        rung: &PrintedRung,
        measured_in: Option<&MeasuredIn>,
    ) -> Option<Option<Yuan>> {
        let exact = self.exact_amount(rung, measured_in)?;
        Some(exact.map(|exact| printed_sum(exact, measured_in)))
    }

    /// The same in fen, before it is rounded.
    pub(super) fn exact_amount(
        &self,
        rung: &PrintedRung,
        measured_in: Option<&MeasuredIn>,
    ) -> Option<Option<Fraction>> {
        match rung.cell {
            Cell::Yuan(yuan) => Some(Some(fen(yuan))),
            Cell::NoLimit => Some(None),
            Cell::Rate(rate) => {
                let measure = measured_in?;
                let year = self.request.visit.settled_on.year() - measure.years_back;
                let constant = self.constant(&measure.constant, year)?;
                let times = rung.times.map_or(Fraction::from_integer(1), share);
                Some(Some(fen(constant) * share(rate) * times))
            }
            Cell::Points(_) | Cell::Unknown | Cell::Entered => None,
        }
    }

    /// The column of a table for the bill's class.
    pub(super) fn column_of(&self, table: Table<'_>) -> Option<usize> {
        table.column(&self.column)
    }

    fn constant(&self, id: &str, year: i32) -> Option<Yuan> {
        let mut known = self.rules.blocks.iter().filter(|held| !held.off);
        known.find_map(|held| match &held.block.body {
            Body::Constant(constant)
                if constant.year == year && held.block.head.id.as_deref() == Some(id) =>
            {
                match constant.value {
                    Cell::Yuan(yuan) => Some(yuan),
                    _ => None,
                }
            }
            _ => None,
        })
    }
}

/// An amount as it is printed.
pub(super) fn printed_sum(exact: Fraction, measured_in: Option<&MeasuredIn>) -> Yuan {
    measured_in.map_or_else(|| to_fen(exact), |by| round(exact, by.to, by.mode))
}

fn by_years<T>(fact: &'static str, possible: &[u32], with: &With<'_, T>) -> Tree<T> {
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
    fn of(rules: &Rules<'_>, part: &str) -> Turns {
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
