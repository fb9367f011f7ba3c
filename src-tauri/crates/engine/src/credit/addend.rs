//! 划入的各部分与代扣 — one row of a table applied to one member.

use gongji_domain::{Grade, Message, Month, Rate, Yuan};
use gongji_policy::{
    Adjust, Body, Cell, Cells, Change, Choice, Constant, Each, InForce, MeasuredIn, RoundAt,
    RoundMode, RoundTo, Row, RowFacts, Rules, Table,
};

use super::Insured;
use super::base::Limits;
use crate::exact::{Fraction, fen, round, share};
use crate::settle::years_short;

/// What a row measures its share on.
pub(super) struct Measure<'m, 'a> {
    pub(super) insured: &'m Insured,
    pub(super) rules: &'m Rules<'a>,
    pub(super) facts: &'m RowFacts,
    pub(super) for_month: Month,
    pub(super) limits: &'m Limits<'a>,
}

/// A figure of one row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Figure {
    pub(super) amount: Yuan,
    pub(super) formula: String,
    /// The base was used although a limit is not known.
    pub(super) unclamped: bool,
    /// 本行自己的可信等级
    pub(super) grade: Option<Grade>,
}

/// Why a row gives no figure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Unknown {
    /// The cell itself, or no row, or a block that is switched off.
    Cell,
    /// A fact of the member.
    Fact(String),
}

impl Measure<'_, '_> {
    /// The figure of the row that `rows` print for this member; `measured_in` makes its cells shares
    /// of a yearly constant.
    pub(super) fn figure(
        &self,
        held: &InForce<'_>,
        class: &[String],
        rows: &[Row],
        measured_in: Option<&MeasuredIn>,
    ) -> Result<Figure, Unknown> {
        if held.off {
            return Err(Unknown::Cell);
        }
        let ladder =
            Table::of(class, rows)
                .ladder("any", self.facts)
                .map_err(|choice| match choice {
                    Choice::Missing(fact) => Unknown::Fact(fact.to_owned()),
                    Choice::NoRow | Choice::Overlap => Unknown::Cell,
                })?;
        let (_, cell, row) = ladder.first().ok_or(Unknown::Cell)?;
        let mut figure = match (measured_in, cell) {
            (Some(measured_in), Cell::Rate(rate)) => self.measured(*rate, row, measured_in)?,
            _ => self.of_row(*cell, row)?,
        };
        figure.grade = row.grade;
        for (limit, reached) in [
            (
                row.at_least,
                row.at_least.is_some_and(|least| figure.amount < least),
            ),
            (
                row.at_most,
                row.at_most.is_some_and(|most| figure.amount > most),
            ),
        ] {
            if let (Some(limit), true) = (limit, reached) {
                figure.formula = format!("{} → {limit}", figure.formula);
                figure.amount = limit;
            }
        }
        Ok(figure)
    }

    fn of_row(&self, cell: Cell, row: &Row) -> Result<Figure, Unknown> {
        let of = row.of.as_deref().unwrap_or("fixed");
        let fact =
            |name: &str, value: Option<Yuan>| value.ok_or_else(|| Unknown::Fact(name.to_owned()));
        match (of, cell) {
            (_, Cell::Entered) | ("entered", _) => {
                let amount = fact("entered", self.insured.entered)?;
                Ok(Figure {
                    amount,
                    formula: amount.to_string(),
                    unclamped: false,
                    grade: None,
                })
            }
            ("fixed", Cell::Yuan(amount)) => Ok(Figure {
                amount,
                formula: amount.to_string(),
                unclamped: false,
                grade: None,
            }),
            ("base", _) => {
                let clamped = self
                    .limits
                    .clamp(fact("contribution_base", self.insured.base)?);
                Ok(Figure {
                    unclamped: !clamped.sure,
                    ..self.share_of(clamped.base, cell, row)?
                })
            }
            ("age", Cell::Yuan(each)) => {
                let age = self.facts.age.ok_or(Unknown::Fact("age".to_owned()))?;
                Ok(Figure {
                    amount: self.rounded(fen(each) * Fraction::from_integer(i128::from(age))),
                    formula: format!("{age} × {each}"),
                    unclamped: false,
                    grade: None,
                })
            }
            ("pension", _) => self.share_of(fact("pension", self.insured.pension)?, cell, row),
            _ => {
                let id = of.strip_prefix("constant:").ok_or(Unknown::Cell)?;
                self.share_of(self.constant(id).ok_or(Unknown::Cell)?, cell, row)
            }
        }
    }

    fn share_of(&self, whole: Yuan, cell: Cell, row: &Row) -> Result<Figure, Unknown> {
        let Cell::Rate(rate) = cell else {
            return Err(Unknown::Cell);
        };
        let times = row.times.map_or(Fraction::from_integer(1), share);
        Ok(Figure {
            amount: self.rounded(fen(whole) * share(rate) * times),
            formula: product(whole, rate, row),
            unclamped: false,
            grade: None,
        })
    }

    /// 以常数的百分比计 — of the constant so many years back, rounded as the block says, after all
    /// multiplications.
    fn measured(&self, rate: Rate, row: &Row, measured_in: &MeasuredIn) -> Result<Figure, Unknown> {
        let year = self.for_month.year() - measured_in.years_back;
        let whole = self
            .published(&measured_in.constant)
            .find(|constant| constant.year == year)
            .and_then(|constant| match constant.value {
                Cell::Yuan(yuan) => Some(yuan),
                _ => None,
            })
            .ok_or(Unknown::Cell)?;
        let times = row.times.map_or(Fraction::from_integer(1), share);
        Ok(Figure {
            amount: round(
                fen(whole) * share(rate) * times,
                measured_in.to,
                measured_in.mode,
            ),
            formula: product(whole, rate, row),
            unclamped: false,
            grade: None,
        })
    }

    fn published(&self, id: &str) -> impl Iterator<Item = &Constant> {
        self.rules
            .blocks
            .iter()
            .filter_map(move |held| match &held.block.body {
                Body::Constant(constant)
                    if held.block.head.id.as_deref() == Some(id) && !held.off =>
                {
                    Some(&**constant)
                }
                _ => None,
            })
    }

    /// The latest published value of a yearly constant.
    fn constant(&self, id: &str) -> Option<Yuan> {
        match self
            .published(id)
            .max_by_key(|constant| constant.year)?
            .value
        {
            Cell::Yuan(yuan) => Some(yuan),
            _ => None,
        }
    }

    /// 取整 — by the rule for credits, else for printed steps, else to the fen half up.
    fn rounded(&self, amount: Fraction) -> Yuan {
        let rule = |at| {
            self.rules
                .blocks
                .iter()
                .find_map(|held| match &held.block.body {
                    Body::Rounding(rounding) if rounding.at == at && !held.off => {
                        Some((rounding.to, rounding.mode))
                    }
                    _ => None,
                })
        };
        let (to, mode) = rule(RoundAt::Credit)
            .or_else(|| rule(RoundAt::PrintedStep))
            .unwrap_or((RoundTo::Fen, RoundMode::HalfUp));
        round(amount, to, mode)
    }

    /// 缴费年限差几年 — as stated, else from the months paid where they leave one figure.
    fn missing_years(&self, enough: &[u32]) -> Option<u32> {
        let months = self.facts.insured_months;
        let possible = || years_short(enough, months?).try_into().ok();
        self.insured
            .missing_years
            .or_else(|| possible().map(|[years]: [u32; 1]| years))
    }

    /// 增减 — one change of the sum, between what it may not fall below and not pass.
    pub(super) fn adjusted(
        &self,
        gross: Yuan,
        adjust: &Adjust,
        cell: Cell,
    ) -> Result<Yuan, Unknown> {
        let nothing = matches!(cell, Cell::Rate(rate) if rate == Rate::ZERO)
            || matches!(cell, Cell::Yuan(yuan) if yuan.is_zero());
        let count = match adjust.each {
            Each::Once => 1,
            // Nothing, however often.
            _ if nothing && adjust.change != Change::Times => 0,
            Each::MissingYear => self
                .missing_years(&adjust.enough_months)
                .ok_or_else(|| Unknown::Fact("missing_years".to_owned()))?,
            Each::YearOfAge => (self.facts.age).ok_or_else(|| Unknown::Fact("age".to_owned()))?,
            Each::Month => (self.facts.insured_months)
                .ok_or_else(|| Unknown::Fact("insured_months".to_owned()))?,
            _ => return Err(Unknown::Cell),
        };
        let times = Fraction::from_integer(i128::from(count));
        let changed = match (adjust.change, cell) {
            (Change::MinusYuan, Cell::Yuan(less)) => self.rounded(fen(gross) - fen(less) * times),
            (Change::MinusPercent, Cell::Rate(less)) => {
                self.rounded(fen(gross) - fen(gross) * share(less) * times)
            }
            (Change::Times, Cell::Rate(by)) if count == 1 => self.rounded(fen(gross) * share(by)),
            _ => return Err(Unknown::Cell),
        };
        let changed = changed.or_zero();
        let limit = |limit: &Option<Cells>| match limit.as_ref().and_then(|cells| cells.at(0)) {
            None => Some(None),
            Some(Cell::Yuan(yuan)) => Some(Some(yuan)),
            Some(Cell::Rate(rate)) => Some(Some(self.rounded(fen(gross) * share(rate)))),
            Some(_) => None,
        };
        let least = limit(&adjust.at_least)
            .ok_or(Unknown::Cell)?
            .unwrap_or(changed);
        let most = limit(&adjust.at_most)
            .ok_or(Unknown::Cell)?
            .unwrap_or(changed.max(least));
        Ok(changed.max(least).min(most))
    }
}

fn product(whole: Yuan, rate: Rate, row: &Row) -> String {
    let times = row.times.map(|times| format!(" × {times}"));
    format!("{whole} × {rate}{}", times.unwrap_or_default())
}

/// The message of a fact that is missing.
pub(super) fn missing_fact(fact: &str) -> Message {
    Message::new("open.fact").with("fact", fact)
}
