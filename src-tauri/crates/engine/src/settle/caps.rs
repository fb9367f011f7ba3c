//! 封顶线 — what a limit leaves of a bill: caps on cost shorten the cost at once, caps on the fund's
//! payment are noted for the walk up the ladder.

use gongji_domain::{Message, StepName, Yuan};
use gongji_policy::Basis;

use super::run::Run;
use super::terms::{Bands, Cap, Counter, CounterAt, Deductible, Raised, Used};
use super::trace::{Notes, Said};
use crate::exact::{fen, share, to_fen};
use crate::open::OpenPoint;

/// A cap at this bill: what it is on, how much of it is used, and its limit.
#[derive(Clone, Copy)]
struct AtBill {
    basis: Basis,
    used: Yuan,
    limit: Yuan,
}

impl<'r, 'n, N: Notes<'n>> Run<'r, 'n, N> {
    /// Takes off `cost` what lies above the caps on cost, and notes the others for the walk. `before`:
    /// what of the bill came before it (account segment, deductible).
    pub(crate) fn caps(
        &mut self,
        bands: &'r Bands,
        cost: Yuan,
        before: Yuan,
        running: bool,
    ) -> Yuan {
        self.walk.begin(bands.denominator);
        let mut shared = cost;
        let terms = self.terms;
        for (number, cap) in terms.caps.iter().enumerate() {
            let Some(limit) = self.cap_limit(cap) else {
                continue;
            };
            let Some(AtBill { basis, used, limit }) = self.at_bill(cap, limit, shared + before)
            else {
                continue;
            };
            let Some(limit) = self.raised(cap, limit, used, shared + before) else {
                continue;
            };
            if basis == Basis::FundPaid {
                // Over a running total the walk begins at nothing, and so does what the cap has paid.
                let used = if running { Yuan::ZERO } else { used };
                let counts = self.counts(cap.counter);
                // What the fund keeps back of its payment does not use the cap up.
                let left = (limit - used).or_zero() + self.of_fund;
                self.walk.cap(number, cap.row, counts, left.fen());
                continue;
            }
            let left = (limit - used).or_zero();
            let already = if basis == Basis::Cost {
                before
            } else {
                Yuan::ZERO
            };
            let above = (shared - (left - already).or_zero()).or_zero();
            if above.is_zero() {
                continue;
            }
            shared -= above;
            self.slip.matrix.cut(cap.row, above);
            let held = self.held(cap.cite);
            self.notes.step(StepName::CostCaps, Some(held), || {
                Said::new(Message::new("step.above_cost_cap")).result(above)
            });
        }
        shared
    }

    /// The limit of a cap; `None` where there is none, or where it is looked at as if there were none.
    pub(crate) fn cap_limit(&mut self, cap: &'r Cap) -> Option<Yuan> {
        match self.figure(&cap.limit) {
            Some(limit) => *limit,
            None => {
                let extremes = ["reading.cap_not_reached", "reading.cap_used_up"];
                (self.open(cap.cite, extremes) == 1).then_some(Yuan::ZERO)
            }
        }
    }

    /// 额度结转 — the limit with what was carried over to it; `None` where it is looked at as if that
    /// were more than this bill needs. Asked only where the limit alone is not enough for `cost`.
    fn raised(&mut self, cap: &'r Cap, limit: Yuan, used: Yuan, cost: Yuan) -> Option<Yuan> {
        let mut limit = limit;
        for raised in &cap.raised {
            if used + cost <= limit {
                break;
            }
            limit += self.carried(raised)?;
        }
        Some(limit)
    }

    /// What was carried over: as stated, else between nothing and all of it.
    fn carried(&mut self, raised: &'r Raised) -> Option<Yuan> {
        let held = self.held(raised.cite);
        self.notes.cite(held);
        let stated = raised
            .counter
            .and_then(|number| self.case.tally.stated(number));
        if let Some(stated) = stated {
            return Some(Yuan::from_fen(stated));
        }
        let terms = self.terms;
        let counter = raised.counter.and_then(|number| terms.counters.get(number));
        let key = counter.map_or("carry", |counter| &counter.value_key);
        let chosen = self.readings.choose(key, || OpenPoint {
            key: key.to_owned(),
            what: said_of(counter, "open.counter"),
            ask: held.block.head.ask.clone(),
            readings: ["reading.carried_nothing", "reading.carried_everything"]
                .map(Message::new)
                .to_vec(),
        });
        if chosen == 0 {
            return Some(Yuan::ZERO);
        }
        let most = raised.most.as_ref().and_then(|most| self.figure(most));
        most.copied().flatten()
    }

    /// What a cap is on, and what of it is used. Where the rules do not say what it is on, every reading
    /// is looked at; `None` where under none of them it ends anything of this bill of `cost`.
    fn at_bill(&mut self, cap: &'r Cap, limit: Yuan, cost: Yuan) -> Option<AtBill> {
        let Some(readings) = cap.readings.as_deref() else {
            let used = Yuan::from_fen(self.before(cap.counter));
            let basis = cap.basis;
            return Some(AtBill { basis, used, limit });
        };
        let mut spans = readings.each_ref().map(|(_, used)| self.span(used));
        self.narrow(&mut spans);
        if spans.iter().all(|(_, most)| cost + *most <= limit) {
            return None;
        }
        let chosen = match spans.iter().all(|(least, _)| *least >= limit) {
            // Nothing is left, whatever it is on.
            true => 0,
            false => self.readings.choose(&cap.basis_key, || OpenPoint {
                key: cap.basis_key.clone(),
                what: Message::new("open.cap_basis"),
                ask: self.terms.cited[cap.cite].held.block.head.ask.clone(),
                readings: BASES.map(Message::new).to_vec(),
            }),
        };
        let (basis, used) = readings.get(chosen)?;
        let used = self.used(used, spans[chosen.min(2)], limit);
        let basis = *basis;
        Some(AtBill { basis, used, limit })
    }

    /// The least and the most that was used, as far as the counters tell.
    fn span(&self, used: &Used) -> (Yuan, Yuan) {
        let known = |counter: CounterAt| {
            let value = counter.map_or(Some(0), |number| self.case.tally.before(number));
            value.map(Yuan::from_fen)
        };
        let least = used.least.and_then(known);
        let most = used.most.and_then(known);
        // Of what nothing was paid, nothing is used.
        let nothing = least.or(most) == Some(Yuan::ZERO) && most.is_none_or(Yuan::is_zero);
        let unknown = if nothing { Yuan::ZERO } else { Yuan::LIMIT };
        (least.unwrap_or_default(), most.unwrap_or(unknown))
    }

    /// The fund has paid at least the lowest rate of the cost above the deductible, so that it is no more
    /// than what was paid divided by that rate; the whole cost is what was borne as the deductible more.
    fn narrow(&self, spans: &mut [(Yuan, Yuan); 3]) {
        let [(_, paid), above, whole] = spans;
        let Some(rate) = self.terms.least_rate.filter(|_| *paid < Yuan::LIMIT) else {
            return;
        };
        let most = to_fen(fen(*paid) / share(rate)) + Yuan::from_fen(1);
        above.1 = above.1.min(most);
        if let Deductible::Written(rule) = &self.terms.deductible
            && let Some(counter) = rule.counter
            && let Some(borne) = self.case.tally.before(counter)
        {
            whole.1 = whole.1.min(most + Yuan::from_fen(borne));
        }
    }

    /// What was used under one reading; open between the two ends where no counter adds up just that
    /// and it makes a difference.
    fn used(&mut self, used: &'r Used, (least, most): (Yuan, Yuan), limit: Yuan) -> Yuan {
        if least >= limit || least == most {
            return least;
        }
        if let (Some(counter), true) = (used.least, used.least == used.most) {
            return Yuan::from_fen(self.before(counter));
        }
        let terms = self.terms;
        let counter = used.least.or(used.most).flatten();
        let counter = counter.and_then(|number| terms.counters.get(number));
        let chosen = self.readings.choose(&used.key, || OpenPoint {
            key: used.key.clone(),
            what: said_of(counter, "open.cap_used"),
            ask: None,
            readings: ["reading.used_least", "reading.used_most"]
                .map(Message::new)
                .to_vec(),
        });
        if chosen == 0 { least } else { most }
    }
}

const BASES: [&str; 3] = [
    "reading.cap_on_fund",
    "reading.cap_on_cost_above",
    "reading.cap_on_cost",
];

/// A sentence about the counter of a limit, where there is one.
fn said_of(counter: Option<&Counter>, code: &str) -> Message {
    match counter {
        Some(counter) => counter.said_in(code),
        None => Message::new(code).with("name", ""),
    }
}
