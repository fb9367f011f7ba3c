//! One run of the pipeline: the request, the rules of the day, what has been cut and paid so far.

use chrono::Datelike;
use gongji_domain::{BlockRef, EstimateRequest, Grade, Message, Step, StepName, Yuan};
use gongji_policy::{Body, Cell, Choice, InForce, Library, Row, RowFacts, Rules, Table};

use super::counters::Counters;
use super::matrix::Matrix;
use crate::exact::{Fraction, round, share};
use crate::open::{OpenPoint, Readings};

/// Everything a step of the pipeline reads and writes.
pub(crate) struct Run<'a> {
    pub(crate) library: &'a Library,
    pub(crate) rules: &'a Rules<'a>,
    pub(crate) request: &'a EstimateRequest,
    pub(crate) facts: RowFacts,
    pub(crate) counters: Counters<'a>,
    pub(crate) matrix: Matrix,
    pub(crate) steps: Vec<Step>,
    pub(crate) used: Vec<BlockRef>,
    pub(crate) weakest: Option<Grade>,
}

/// A rung as printed: the amount it begins above, its cell, what it is multiplied by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct PrintedRung {
    pub(crate) above: Yuan,
    pub(crate) cell: Cell,
    pub(crate) times: Option<gongji_domain::Rate>,
}

impl<'a> Run<'a> {
    /// The blocks called `name` in the rules of the bill's own benefit.
    pub(crate) fn blocks(
        &self,
        name: &'static str,
    ) -> impl Iterator<Item = &'a InForce<'a>> + use<'a> {
        let rules = self.rules;
        let part = self.request.part.word();
        rules
            .blocks
            .iter()
            .filter(move |held| held.file.part == part && held.block.name == name)
    }

    /// Notes that `held` decided something, and returns the step to be filled in.
    pub(crate) fn cite(&mut self, name: StepName, what: Message, held: &InForce<'_>) -> Step {
        let reference = held.reference();
        if !self.used.contains(&reference) {
            self.used.push(reference.clone());
        }
        self.weakest = self.weakest.max(Some(held.grade));
        Step {
            rule: Some(reference),
            source: held.source(),
            grade: Some(held.grade),
            note: held.block.head.note.clone(),
            assumed: held.assumed,
            ..step(name, what)
        }
    }

    /// The ladder that `rows` print for this member at this class: open facts are chosen, a block
    /// that is switched off and a combination no row covers give a single unknown rung.
    pub(crate) fn ladder(
        &mut self,
        class: &[String],
        rows: &[Row],
        held: &InForce<'_>,
        readings: &mut Readings,
    ) -> Vec<PrintedRung> {
        let unknown = vec![PrintedRung {
            above: Yuan::ZERO,
            cell: Cell::Unknown,
            times: None,
        }];
        if held.off {
            return unknown;
        }
        let column = self
            .request
            .visit
            .class
            .clone()
            .unwrap_or_else(|| "any".to_owned());
        let table = Table::of(class, rows);
        // Each open fact is chosen once; a table selects on at most a handful of them.
        for _ in 0..8 {
            match table.ladder(&column, &self.facts) {
                Ok(ladder) => {
                    return ladder
                        .into_iter()
                        .map(|(above, cell, row)| self.rung(above, cell, row))
                        .collect();
                }
                Err(Choice::Missing(fact)) => {
                    if !choose_fact(&mut self.facts, fact, rows, readings) {
                        return unknown;
                    }
                }
                Err(Choice::NoRow | Choice::Overlap) => return unknown,
            }
        }
        unknown
    }

    /// A row may be less trusted than its block: one that is only a lead is not used either.
    fn rung(&mut self, above: Yuan, cell: Cell, row: &Row) -> PrintedRung {
        let off = row.grade == Some(Grade::Claimed) && !self.library.with_claimed;
        self.weakest = self.weakest.max(row.grade.filter(|_| !off));
        PrintedRung {
            above,
            cell: if off { Cell::Unknown } else { cell },
            times: row.times,
        }
    }

    /// The yuan that a cell stands for: an amount, or a share of a yearly constant. `Ok(None)` is
    /// "no limit"; `Err` means that it is not known.
    pub(crate) fn amount(
        &self,
        rung: &PrintedRung,
        measured_in: Option<&gongji_policy::MeasuredIn>,
    ) -> Result<Option<Yuan>, ()> {
        match rung.cell {
            Cell::Yuan(yuan) => Ok(Some(yuan)),
            Cell::NoLimit => Ok(None),
            Cell::Rate(rate) => {
                let measure = measured_in.ok_or(())?;
                let year = self.rules.day.year() - measure.years_back;
                let constant = self.constant(&measure.constant, year).ok_or(())?;
                let times = rung.times.map_or(Fraction::from_integer(1), share);
                let exact = crate::exact::fen(constant) * share(rate) * times;
                Ok(Some(round(exact, measure.to, measure.mode)))
            }
            Cell::Points(_) | Cell::Unknown | Cell::Entered => Err(()),
        }
    }

    fn constant(&self, id: &str, year: i32) -> Option<Yuan> {
        self.rules
            .blocks
            .iter()
            .find_map(|held| match &held.block.body {
                Body::Constant(constant)
                    if constant.year == year
                        && held.block.head.id.as_deref() == Some(id)
                        && !held.off =>
                {
                    match constant.value {
                        Cell::Yuan(yuan) => Some(yuan),
                        _ => None,
                    }
                }
                _ => None,
            })
    }

    /// An unknown figure of a block: `readings` names the two extremes it is looked at under.
    pub(crate) fn open_cell(
        &self,
        held: &InForce<'_>,
        readings: &mut Readings,
        extremes: [Message; 2],
    ) -> usize {
        let id = held
            .block
            .head
            .id
            .as_ref()
            .map(|id| format!(":{id}"))
            .unwrap_or_default();
        let part = if held.file.part == "layer" {
            held.file.path.as_str()
        } else {
            self.request.part.word()
        };
        let part = part
            .rsplit('/')
            .next()
            .unwrap_or(part)
            .trim_end_matches(".toml");
        let key = format!("cell:{part}.{}{id}", held.block.name);
        let code = if held.off {
            "open.only_claimed"
        } else {
            "open.cell"
        };
        readings.choose(&key, || OpenPoint {
            key: key.clone(),
            what: Message::new(code)
                .with("block", &held.block.name)
                .with("part", part),
            ask: held.block.head.ask.clone(),
            readings: extremes.to_vec(),
        })
    }
}

/// A step that rests on no rule.
pub(crate) fn step(name: StepName, what: Message) -> Step {
    Step {
        name,
        what,
        formula: None,
        result: None,
        rule: None,
        source: None,
        grade: None,
        note: None,
        assumed: false,
    }
}

/// Sets a fact nobody stated to one of the values on which `rows` turn; `false` where the engine
/// cannot enumerate them.
fn choose_fact(
    facts: &mut RowFacts,
    fact: &'static str,
    rows: &[Row],
    readings: &mut Readings,
) -> bool {
    let key = format!("fact:{fact}");
    match fact {
        "age" => pick(&key, rows.iter().filter_map(|row| row.from_age), readings)
            .map(|age| facts.age = Some(age)),
        "insured_months" => pick(
            &key,
            rows.iter().filter_map(|row| row.from_insured_months),
            readings,
        )
        .map(|months| facts.insured_months = Some(months)),
        "retired_on" => pick(
            &key,
            rows.iter().filter_map(|row| row.from_retirement),
            readings,
        )
        .map(|day| facts.retired_on = Some(day)),
        "born" => pick(&key, rows.iter().filter_map(|row| row.from_birth), readings)
            .map(|day| facts.born = Some(day)),
        _ => None,
    }
    .is_some()
}

fn pick<T: Copy + Ord + ToString>(
    key: &str,
    values: impl Iterator<Item = T>,
    readings: &mut Readings,
) -> Option<T> {
    let mut values: Vec<T> = values.collect();
    values.sort_unstable();
    values.dedup();
    let fact = key.trim_start_matches("fact:");
    let chosen = readings.choose(key, || OpenPoint {
        key: key.to_owned(),
        what: Message::new("open.fact").with("fact", fact),
        ask: None,
        readings: values
            .iter()
            .map(|value| {
                Message::new("reading.fact_from")
                    .with("fact", fact)
                    .with("value", value.to_string())
            })
            .collect(),
    });
    values.get(chosen).or(values.last()).copied()
}
