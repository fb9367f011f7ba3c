//! 落到这个人头上 — reading tables for one member, one class and one day.

use std::collections::BTreeMap;

use chrono::Datelike;
use gongji_domain::{EstimateRequest, Grade, Message, Rate, Yuan};
use gongji_policy::{
    Body, Cell, Change, Choice, InForce, Library, MeasuredIn, RowFacts, Rules, Table,
};

use super::tree::{Figure, Tree};
use super::turns::{Turns, by_years};
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
    pub(super) years: BTreeMap<&'static str, u32>,
}

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
    pub(super) turns: Turns,
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
