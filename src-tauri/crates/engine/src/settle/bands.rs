//! 支付比例与封顶线 — what the pool pays of what lies above the deductible.

use gongji_domain::{Message, Payer, Slice, StepName, Yuan};
use gongji_policy::{AdjustOn, Basis, Body, Cap, Cell, Change, Each, EdgesOn, InForce, RateTable};

use super::matrix::SliceKey;
use super::run::{PrintedRung, Run, step};
use super::walk::{Axis, Counts, Piece, Room, Rung, own_payment, payment, walk};
use crate::exact::{Fraction, fen, share, to_fen};
use crate::open::{OpenPoint, Readings};

/// What the account segment and the deductible took before the ladder begins.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Before {
    pub(crate) account_segment: Yuan,
    pub(crate) deductible: Yuan,
}

impl<'a> Run<'a> {
    /// Divides `cost` (in scope, above the deductible) between the pool, the member's share under
    /// the ratio, and what lies above a cap. `false`: there is no rule for this benefit at all.
    pub(crate) fn bands(&mut self, cost: Yuan, before: Before, readings: &mut Readings) -> bool {
        let rates: Vec<&InForce<'a>> = self.blocks("rate").collect();
        let Some(held) = rates.first().copied() else {
            return false;
        };
        let Body::Rate(rule) = &held.block.body else {
            return false;
        };
        let (cost, mut rooms) = self.caps(cost, before, readings);
        let mut pieces: Vec<Piece> = Vec::new();
        let mut over = Fraction::from_integer(0);
        let mut over_cap = None;
        let mut start = self.start(rule, before, readings);
        let items: Yuan = self.request.bill.by_item.values().copied().sum();
        // The deductible comes off what belongs to no item first.
        let plain = (cost - items).or_zero();
        let mut left = cost - plain;
        let mut portions = vec![(None, plain)];
        for (item, amount) in &self.request.bill.by_item {
            let portion = left.min(*amount);
            left -= portion;
            portions.push((Some(item.clone()), portion));
        }
        for (item, portion) in portions
            .into_iter()
            .filter(|(_, portion)| !portion.is_zero())
        {
            self.facts.item = item;
            let (rungs, axis) = self.rungs(rule, held, readings);
            let mut walked = walk(&rungs, axis, start, fen(portion), &mut rooms);
            for piece in &walked.pieces {
                start += match axis {
                    Axis::Cost => piece.cost,
                    Axis::Fund(counts) => counted(piece, counts),
                };
            }
            if let Some((cap, cost)) = walked.over.take() {
                over += cost;
                over_cap = Some(cap);
            }
            self.cite_pieces(&walked.pieces, held);
            pieces.append(&mut walked.pieces);
        }
        self.facts.item = None;
        self.divide(cost, &pieces, over_cap.map(|cap| (cap, over)));
        true
    }

    /// Rounds once and cuts the slices: 统筹支付、超封顶线、按比例自付（余数）.
    fn divide(&mut self, cost: Yuan, pieces: &[Piece], over: Option<(String, Fraction)>) {
        let pooled = to_fen(payment(pieces)).min(cost);
        let own = to_fen(own_payment(pieces)).min(pooled);
        self.matrix.cut(Slice::Pooled, pooled);
        self.matrix.pay(Payer::Pool, Slice::Pooled.word(), own);
        self.matrix
            .pay(Payer::RetireeSupplement, Slice::Pooled.word(), pooled - own);
        let above = over
            .as_ref()
            .map_or(Yuan::ZERO, |(_, cost)| to_fen(*cost))
            .min(cost - pooled);
        if let Some((cap, _)) = over {
            self.matrix.cut(
                SliceKey {
                    slice: Slice::OverCap,
                    cap: Some(cap.clone()),
                },
                above,
            );
            let mut said = step(StepName::FundCaps, Message::new("step.above_cap"));
            if let Some(held) = self
                .blocks("cap")
                .find(|held| held.block.head.id.as_deref() == Some(cap.as_str()))
            {
                said = self.cite(StepName::FundCaps, Message::new("step.above_cap"), held);
            }
            said.result = Some(above);
            self.steps.push(said);
        }
        self.matrix.cut(Slice::Coinsurance, cost - pooled - above);
        let mut said = step(StepName::Round, Message::new("step.pooled"));
        said.result = Some(pooled);
        self.steps.push(said);
        if own < pooled
            && let Some(held) = self.blocks("embedded").next()
        {
            let mut said = self.cite(StepName::Round, Message::new("step.embedded"), held);
            said.formula = Some(format!("{pooled} = {own} + {}", pooled - own));
            said.result = Some(pooled - own);
            self.steps.push(said);
        }
    }

    fn cite_pieces(&mut self, pieces: &[Piece], held: &InForce<'_>) {
        for piece in pieces {
            let mut said = self.cite(StepName::Bands, Message::new("step.band"), held);
            let rate = gongji_domain::Rate::from_millionths(millionths(piece.printed));
            said.formula = Some(format!("{} × {rate}", to_fen(piece.cost)));
            said.result = Some(to_fen(piece.cost * piece.printed));
            self.steps.push(said);
        }
    }

    /// Where on the ladder this bill begins.
    fn start(&mut self, rule: &RateTable, before: Before, readings: &mut Readings) -> Fraction {
        let counter = rule.counter.as_deref().unwrap_or("this_bill");
        match rule.edges_on {
            EdgesOn::None => fen(Yuan::ZERO),
            EdgesOn::Cost | EdgesOn::Zero => {
                fen(Yuan::from_fen(self.counters.before(counter, readings))
                    + before.account_segment
                    + before.deductible)
            }
            EdgesOn::CostAboveDeductible | EdgesOn::AboveThreshold | EdgesOn::FundPaid => {
                fen(Yuan::from_fen(self.counters.before(counter, readings)))
            }
        }
    }

    /// The ladder in exact shares, and what its edges are measured on.
    fn rungs(
        &mut self,
        rule: &RateTable,
        held: &InForce<'_>,
        readings: &mut Readings,
    ) -> (Vec<Rung>, Axis) {
        let printed = self.ladder(&rule.class, &rule.rows, held, readings);
        let embedded = self.embedded();
        let rungs = printed
            .iter()
            .map(|rung| {
                let printed = self.rate(rung, held, readings);
                let own = embedded.map_or(printed, |rest| {
                    (printed - rest) / (Fraction::from_integer(1) - rest)
                });
                Rung {
                    edge: fen(rung.above),
                    printed,
                    own: own.max(Fraction::from_integer(0)),
                }
            })
            .collect();
        let axis = match rule.edges_on {
            EdgesOn::FundPaid if printed.len() > 1 => Axis::Fund(
                self.counters
                    .counts(rule.counter.as_deref().unwrap_or("this_bill"), readings),
            ),
            _ => Axis::Cost,
        };
        (rungs, axis)
    }

    fn rate(
        &mut self,
        rung: &PrintedRung,
        held: &InForce<'_>,
        readings: &mut Readings,
    ) -> Fraction {
        let unknown = |run: &Run<'_>, readings: &mut Readings| {
            let extremes = [
                Message::new("reading.rate_nothing"),
                Message::new("reading.rate_everything"),
            ];
            Fraction::from_integer(i128::from(run.open_cell(held, readings, extremes) == 1))
        };
        let Cell::Rate(rate) = rung.cell else {
            return unknown(self, readings);
        };
        match self.adjusted_rate(share(rate), readings) {
            Some(rate) => rate,
            None => unknown(self, readings),
        }
    }

    /// Applies the `adjust` blocks on the rate; `None` where one needs a fact the bill does not give.
    fn adjusted_rate(&mut self, rate: Fraction, readings: &mut Readings) -> Option<Fraction> {
        let mut blocks: Vec<&InForce<'a>> = self
            .blocks("adjust")
            .filter(|held| matches!(&held.block.body, Body::Adjust(adjust) if adjust.on == AdjustOn::Rate))
            .collect();
        blocks.sort_by_key(|held| match &held.block.body {
            Body::Adjust(adjust) => adjust.order,
            _ => 0,
        });
        let whole = Fraction::from_integer(1);
        let mut adjusted = rate;
        for held in blocks {
            let Body::Adjust(adjust) = &held.block.body else {
                continue;
            };
            if adjust.each != Each::Once {
                return None;
            }
            let printed = self.ladder(&adjust.class, &adjust.rows, held, readings);
            adjusted = match (adjust.change, printed.first()?.cell) {
                (Change::PlusPoints, Cell::Points(points)) => (adjusted + share(points)).min(whole),
                (Change::MinusPoints, Cell::Points(points)) => {
                    (adjusted - share(points)).max(Fraction::from_integer(0))
                }
                (Change::Times, Cell::Rate(factor)) => (adjusted * share(factor)).min(whole),
                (Change::OwnShareTimes, Cell::Rate(factor)) => {
                    whole - (whole - adjusted) * share(factor)
                }
                _ => return None,
            };
            self.cite(StepName::Bands, Message::new("step.rate_adjusted"), held);
        }
        Some(adjusted)
    }

    /// 已含在比例内的补充基金：余下部分的份额
    fn embedded(&self) -> Option<Fraction> {
        self.blocks("embedded")
            .find_map(|held| match &held.block.body {
                Body::Embedded(embedded) if embedded.for_status == self.facts.status => {
                    Some(share(embedded.share_of_rest))
                }
                _ => None,
            })
    }

    /// Caps on cost shorten the cost at once; caps on the fund's payment become rooms for the walk.
    fn caps(&mut self, cost: Yuan, before: Before, readings: &mut Readings) -> (Yuan, Vec<Room>) {
        let mut shared = cost;
        let mut rooms = Vec::new();
        let held: Vec<&InForce<'a>> = self.blocks("cap").collect();
        for held in held {
            let Body::Cap(cap) = &held.block.body else {
                continue;
            };
            let id = held.block.head.id.clone().unwrap_or_default();
            let Some(limit) = self.cap_limit(cap, held, readings) else {
                continue;
            };
            let used = Yuan::from_fen(self.counters.before(&cap.counter, readings));
            let left = (limit - used).or_zero();
            match self.basis(cap, &id, readings) {
                Basis::FundPaid | Basis::Unknown => {
                    let counts = self.counters.counts(&cap.counter, readings);
                    rooms.push(Room {
                        cap: id,
                        left: fen(left),
                        counts,
                    });
                }
                basis => {
                    let already = if basis == Basis::Cost {
                        before.account_segment + before.deductible
                    } else {
                        Yuan::ZERO
                    };
                    let above = (shared - (left - already).or_zero()).or_zero();
                    if !above.is_zero() {
                        shared -= above;
                        self.matrix.cut(
                            SliceKey {
                                slice: Slice::OverCap,
                                cap: Some(id),
                            },
                            above,
                        );
                        let mut said = self.cite(
                            StepName::CostCaps,
                            Message::new("step.above_cost_cap"),
                            held,
                        );
                        said.result = Some(above);
                        self.steps.push(said);
                    }
                }
            }
        }
        (shared, rooms)
    }

    fn cap_limit(
        &mut self,
        cap: &Cap,
        held: &InForce<'_>,
        readings: &mut Readings,
    ) -> Option<Yuan> {
        let printed = self.ladder(&cap.class, &cap.rows, held, readings);
        let amount = printed
            .first()
            .ok_or(())
            .and_then(|rung| self.amount(rung, cap.measured_in.as_ref()));
        match amount {
            Ok(limit) => limit,
            Err(()) => {
                let extremes = [
                    Message::new("reading.cap_not_reached"),
                    Message::new("reading.cap_used_up"),
                ];
                (self.open_cell(held, readings, extremes) == 1).then_some(Yuan::ZERO)
            }
        }
    }

    fn basis(&self, cap: &Cap, id: &str, readings: &mut Readings) -> Basis {
        if cap.basis != Basis::Unknown {
            return cap.basis;
        }
        let key = format!("cell:{}.cap_basis:{id}", self.request.part.word());
        let chosen = readings.choose(&key, || OpenPoint {
            key: key.clone(),
            what: Message::new("open.cap_basis"),
            ask: None,
            readings: [
                "reading.cap_on_fund",
                "reading.cap_on_cost",
                "reading.cap_on_cost_above",
            ]
            .map(Message::new)
            .to_vec(),
        });
        [Basis::FundPaid, Basis::Cost, Basis::CostAboveDeductible][chosen.min(2)]
    }
}

fn counted(piece: &Piece, counts: Counts) -> Fraction {
    let mut rate = Fraction::from_integer(0);
    if counts.pool {
        rate += piece.own;
    }
    if counts.supplement {
        rate += piece.printed - piece.own;
    }
    piece.cost * rate
}

fn millionths(rate: Fraction) -> i64 {
    let scaled = (rate * Fraction::from_integer(1_000_000))
        .round()
        .to_integer();
    i64::try_from(scaled).unwrap_or(i64::MAX)
}
