//! 支付比例与封顶线 — the ladders in parts of one denominator, the caps, and how sums are rounded.

use gongji_domain::Yuan;
use gongji_policy::{
    AdjustOn, Body, Cell, Change, EdgesOn, InForce, RoundAt, RoundMode, RoundTo, Running,
};

use super::adjust::{Adjusted, Adjusting};
use super::counters::{CounterAt, Numbers};
use super::resolve::{Cite, Known, Read, Resolving};
use super::tree::{Figure, Tree};
use crate::exact::{Fraction, share};
use crate::settle::walk::{Rung, common};

/// 支付比例
#[derive(Clone, Debug)]
pub(crate) struct Bands {
    pub(crate) cite: Cite,
    pub(crate) start: Start,
    pub(crate) counter: CounterAt,
    /// Every rate is so many parts of this.
    pub(crate) denominator: i64,
    pub(crate) plain: Portion,
    /// By item of the bill, in its order.
    pub(crate) items: Vec<Portion>,
    /// The blocks that adjusted the rates.
    pub(crate) adjusted_by: Vec<Cite>,
    pub(crate) embedded: Option<Cite>,
}

/// The ladder of what belongs to no item, or to one.
pub(crate) type Portion = Tree<Vec<Rung>>;

/// Where on the ladder a bill begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Start {
    /// 不分段
    Nothing,
    /// 费用，含账户段与起付线
    Cost,
    /// 起付线以上的费用
    CostAbove,
    /// 基金已支付
    FundPaid,
}

/// 取整
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Rounding {
    /// 取整到几分
    pub(crate) unit: i64,
    pub(crate) mode: RoundMode,
    /// 累计重算 — a bill's part is the difference of what was paid before it and after it.
    pub(crate) running: bool,
}

/// A block about care away from home, and what it does to the rate.
type AwayChange<'a> = (Cite, InForce<'a>, Change);

/// A rung in exact shares of the cost; `None`: the rate is not known.
struct Shares {
    edge: Yuan,
    shares: Option<(Fraction, Fraction)>,
}

impl<'a> Resolving<'a, '_> {
    pub(super) fn bands(&mut self, numbers: &mut Numbers) -> Option<Bands> {
        let held = self.block("rate")?;
        let Body::Rate(rule) = &held.block.body else {
            return None;
        };
        let adjusts = self.adjusts(AdjustOn::Rate);
        let away = self.away_changes();
        let embedded = self.blocks("embedded").into_iter().find_map(|held| {
            let Body::Embedded(embedded) = &held.block.body else {
                return None;
            };
            let ours = embedded.for_status == self.facts.status;
            ours.then(|| (held, share(embedded.share_of_rest)))
        });
        let rest = embedded.map(|(_, rest)| rest);
        let ladder = |item: Option<&String>| -> Tree<Vec<Shares>> {
            self.grow(&|known| {
                let known = known.of_item(item);
                self.shares(&held, (&adjusts, &away), rest, &known)
            })
        };
        let plain = ladder(None);
        let whole: Vec<usize> = self
            .upfronts()
            .into_iter()
            .filter(|(_, _, then_rate)| !then_rate)
            .map(|(item, ..)| item)
            .collect();
        let by_item = self.request.bill.by_item.keys().enumerate();
        let items: Vec<Tree<Vec<Shares>>> = by_item
            .map(|(number, item)| match whole.contains(&number) {
                // What was paid first is all that the member pays of it.
                true => everything(),
                false => ladder(Some(item)),
            })
            .collect();
        let mut has_edges = false;
        for tree in items.iter().chain([&plain]) {
            tree.all(|rungs: &Vec<Shares>| has_edges |= rungs.len() > 1);
        }
        let denominator = denominator(items.iter().chain([&plain]));
        let parts = |tree: Tree<Vec<Shares>>| tree.map(&|rungs| in_parts(&rungs, denominator));
        Some(Bands {
            start: match rule.edges_on {
                EdgesOn::None => Start::Nothing,
                EdgesOn::Cost | EdgesOn::Zero => Start::Cost,
                EdgesOn::CostAboveDeductible | EdgesOn::AboveThreshold => Start::CostAbove,
                // Without edges it does not matter what the fund has paid.
                EdgesOn::FundPaid if has_edges => Start::FundPaid,
                EdgesOn::FundPaid => Start::Nothing,
            },
            counter: rule.counter.as_deref().and_then(|id| numbers.of(id)),
            denominator,
            plain: parts(plain),
            items: items.into_iter().map(parts).collect(),
            adjusted_by: adjusts
                .iter()
                .map(|(cite, ..)| *cite)
                .chain(away.iter().map(|(cite, ..)| *cite))
                .collect(),
            embedded: embedded.map(|(held, _)| self.cite(held)),
            cite: self.cite(held),
        })
    }

    fn shares(
        &self,
        held: &InForce<'a>,
        (adjusts, away): (&[Adjusting<'a>], &[AwayChange<'a>]),
        rest: Option<Fraction>,
        known: &Known,
    ) -> Read<Figure<Vec<Shares>>> {
        let Some(printed) = self.ladder(held, known)? else {
            return Ok(None);
        };
        let mut weakest = printed.weakest;
        let mut adjusted = self.adjusted(adjusts, known)?;
        for (cite, held, change) in away {
            // An away block without a row for this situation leaves the rate open.
            let cell = self.cell(held, known)?;
            adjusted = adjusted
                .zip(cell)
                .map(|((mut all, weakest), (rung, grade))| {
                    all.push(Adjusted::once(*cite, *change, rung.cell));
                    (all, weakest.max(grade))
                });
        }
        // What care away from home changes is not known, so no rate is.
        adjusted = adjusted.filter(|_| !self.away_unknown);
        weakest = weakest.max(adjusted.as_ref().and_then(|(_, grade)| *grade));
        let (zero, whole) = (Fraction::from_integer(0), Fraction::from_integer(1));
        let own = |printed: Fraction| match rest {
            Some(rest) if rest < whole => ((printed - rest) / (whole - rest)).max(zero),
            _ => printed,
        };
        let value = printed.rungs.iter().map(|rung| {
            let changed = match (rung.cell, &adjusted) {
                (Cell::Rate(rate), Some((adjusted, _))) => adjusted
                    .iter()
                    .try_fold(share(rate), |rate, adjusted| adjusted.rate(rate)),
                _ => None,
            };
            Shares {
                edge: rung.above,
                shares: changed.map(|printed| (printed, own(printed))),
            }
        });
        let value = value.collect();
        Ok(Some(Figure { value, weakest }))
    }

    /// What care away from home changes in the rate.
    fn away_changes(&mut self) -> Vec<AwayChange<'a>> {
        let mut all = Vec::new();
        for (word, change) in [
            ("minus_points", Change::MinusPoints),
            ("times", Change::Times),
        ] {
            for (held, _) in self.away(word) {
                all.push((self.cite(held), held, change));
            }
        }
        all
    }

    /// A ladder of rates by itself, changed by these blocks alone.
    pub(super) fn rates(
        &self,
        held: &InForce<'a>,
        adjusts: &[Adjusting<'a>],
    ) -> Tree<(i64, Vec<Rung>)> {
        let tree = self.grow(&|known| self.shares(held, (adjusts, &[]), None, known));
        let parts = denominator([&tree].into_iter());
        tree.map(&|rungs| (parts, in_parts(&rungs, parts)))
    }

    /// 结算单上每一个印出来的数怎样取整；没有写的，四舍五入到分
    pub(super) fn rounding(&self) -> Rounding {
        let written = self.rules.blocks.iter().filter(|held| !held.off);
        let mut written = written.filter_map(|held| match &held.block.body {
            Body::Rounding(rounding) if rounding.at == RoundAt::PrintedStep => Some(rounding),
            _ => None,
        });
        written
            .next()
            .map_or(Rounding::TO_FEN, |rounding| Rounding {
                unit: match rounding.to {
                    RoundTo::Fen => 1,
                    RoundTo::Jiao => 10,
                    RoundTo::Yuan => 100,
                    RoundTo::Yuan10 => 1_000,
                },
                mode: rounding.mode,
                running: rounding.running == Running::RunningTotal,
            })
    }
}

impl Rounding {
    /// 四舍五入到分
    const TO_FEN: Rounding = Rounding {
        unit: 1,
        mode: RoundMode::HalfUp,
        running: false,
    };
}

/// 不再按比例自付 — the fund pays all of it.
fn everything() -> Tree<Vec<Shares>> {
    let whole = Fraction::from_integer(1);
    Tree::Known(Figure {
        value: vec![Shares {
            edge: Yuan::ZERO,
            shares: Some((whole, whole)),
        }],
        weakest: None,
    })
}

/// The least number of parts in which every rate is whole.
fn denominator<'t>(trees: impl Iterator<Item = &'t Tree<Vec<Shares>>>) -> i64 {
    let mut all: i128 = 1;
    for tree in trees {
        tree.all(|rungs: &Vec<Shares>| {
            for (printed, own) in rungs.iter().filter_map(|rung| rung.shares) {
                for rate in [printed, own] {
                    let more = rate.denom() / common(all, *rate.denom());
                    all = all.saturating_mul(more);
                }
            }
        });
    }
    i64::try_from(all).unwrap_or(i64::MAX)
}

/// How many parts a ladder may turn into while edges and caps on the fund's payment are turned back
/// into costs, so that no sum of the walk leaves 128 bits.
const MOST_PARTS: i128 = i128::MAX / (1_000 * Yuan::LIMIT.fen() as i128);

/// The rungs in parts of `denominator`. A rate is left open where the parts do not fit: no printed
/// table comes near.
fn in_parts(rungs: &[Shares], denominator: i64) -> Vec<Rung> {
    let whole = Fraction::from_integer(i128::from(denominator));
    let parts = |rate: Fraction| {
        let parts = rate * whole;
        let fits = denominator < i64::MAX && parts.is_integer();
        i64::try_from(parts.to_integer()).ok().filter(|_| fits)
    };
    let both = |(printed, own): (Fraction, Fraction)| Some((parts(printed)?, parts(own)?));
    let product = rungs.iter().filter_map(|rung| both(rung.shares?));
    let inverted = product.fold(i128::from(denominator), |all, (printed, _)| {
        all.saturating_mul(i128::from(printed.max(1)))
    });
    rungs
        .iter()
        .map(|rung| {
            let known = rung.shares.and_then(both).filter(|_| inverted < MOST_PARTS);
            Rung {
                edge: rung.edge.fen(),
                printed: known.map(|(printed, _)| printed),
                own: known.map_or(0, |(_, own)| own),
            }
        })
        .collect()
}
