//! 划入的各部分与代扣 — one row of a table applied to one member.

use gongji_domain::{Message, Yuan};
use gongji_policy::{
    Body, Cell, Change, Choice, Each, InForce, RoundAt, RoundMode, RoundTo, Row, RowFacts, Rules,
    Table,
};

use super::Insured;
use super::base::Limits;
use crate::exact::{Fraction, fen, round, share};

/// What a row measures its share on.
pub(super) struct Measure<'m, 'a> {
    pub(super) insured: &'m Insured,
    pub(super) rules: &'m Rules<'a>,
    pub(super) facts: &'m RowFacts,
    pub(super) limits: &'m Limits<'a>,
}

/// A figure of one row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Figure {
    pub(super) amount: Yuan,
    pub(super) formula: String,
    /// The base was used although a limit is not known.
    pub(super) unclamped: bool,
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
    /// The figure of the row that `rows` print for this member.
    pub(super) fn figure(
        &self,
        held: &InForce<'_>,
        class: &[String],
        rows: &[Row],
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
        let mut figure = self.of_row(*cell, row)?;
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
                })
            }
            ("fixed", Cell::Yuan(amount)) => Ok(Figure {
                amount,
                formula: amount.to_string(),
                unclamped: false,
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
        let times_text = row
            .times
            .map(|times| format!(" × {times}"))
            .unwrap_or_default();
        Ok(Figure {
            amount: self.rounded(fen(whole) * share(rate) * times),
            formula: format!("{whole} × {rate}{times_text}"),
            unclamped: false,
        })
    }

    /// The latest published value of a yearly constant.
    fn constant(&self, id: &str) -> Option<Yuan> {
        let published = self
            .rules
            .blocks
            .iter()
            .filter_map(|held| match &held.block.body {
                Body::Constant(constant)
                    if held.block.head.id.as_deref() == Some(id) && !held.off =>
                {
                    Some(constant)
                }
                _ => None,
            });
        match published.max_by_key(|constant| constant.year)?.value {
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

    /// 增减 — one change of the sum; `None` where the rule leaves open how.
    pub(super) fn adjusted(
        &self,
        gross: Yuan,
        change: Change,
        each: Each,
        cell: Cell,
    ) -> Option<Yuan> {
        if each != Each::Once {
            return None;
        }
        match (change, cell) {
            (Change::MinusYuan, Cell::Yuan(less)) => Some((gross - less).or_zero()),
            (Change::Times, Cell::Rate(times)) => Some(self.rounded(fen(gross) * share(times))),
            (Change::MinusPercent, Cell::Rate(less)) => {
                Some(self.rounded(fen(gross) * share(less.rest())))
            }
            _ => None,
        }
    }
}

/// The message of a fact that is missing.
pub(super) fn missing_fact(fact: &str) -> Message {
    Message::new("open.fact").with("fact", fact)
}
