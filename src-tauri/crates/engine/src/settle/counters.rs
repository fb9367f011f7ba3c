//! 累计数 — what the rules add up over a stay, a month or a year, before and after a bill.

use gongji_domain::{EstimateRequest, Message, Payer, Slice, Yuan};

use super::EngineError;
use super::run::Run;
use super::terms::{Counter, CounterAt, Terms};
use super::trace::Notes;
use super::walk::Counts;
use crate::open::OpenPoint;

/// Stands for "more than any edge of any table": a counter that may be used up altogether.
const BEYOND_ALL: i64 = Yuan::LIMIT.fen();

/// 是否次数 — whether the counter counts stays or visits, not money.
pub fn is_count(counter: &gongji_policy::Counter) -> bool {
    counter
        .adds
        .iter()
        .any(|slice| slice == "stay" || slice == "visit")
}

/// Writes a counter's value as requests carry it: yuan with two decimals, or a whole number.
pub fn counter_text(counter: &gongji_policy::Counter, value: i64) -> String {
    text_of(is_count(counter), value)
}

/// The same, where it is known whether the counter counts stays or visits.
pub(crate) fn text_of(is_count: bool, value: i64) -> String {
    if is_count {
        value.to_string()
    } else {
        Yuan::from_fen(value).to_string()
    }
}

/// Reads a counter's value as requests carry it.
///
/// # Errors
/// Where the text is no amount (or no count), or negative.
pub fn counter_value(
    id: &str,
    counter: &gongji_policy::Counter,
    text: &str,
) -> Result<i64, EngineError> {
    value_of(id, is_count(counter), text)
}

fn value_of(id: &str, is_count: bool, text: &str) -> Result<i64, EngineError> {
    let value = if is_count {
        text.parse::<u32>().ok().map(i64::from)
    } else {
        text.parse::<Yuan>()
            .ok()
            .filter(|yuan| !yuan.is_negative())
            .map(Yuan::fen)
    };
    value.ok_or_else(|| EngineError::CounterValue {
        counter: id.to_owned(),
        value: text.to_owned(),
    })
}

/// 本期已发生 — the pool's counters before a bill, in fen or as counts, by the order of
/// [`Terms::counter_ids`]. All terms of one pool, scheme and stretch of time share that order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// `None`: it was not stated.
    pub(crate) known: Vec<Option<i64>>,
    /// Whether a counter that was not stated stands at zero.
    pub(crate) rest_is_zero: bool,
}

impl Tally {
    /// 本期第一次 — every counter of `terms` at zero.
    pub fn new(terms: &Terms<'_>) -> Tally {
        Tally {
            known: vec![Some(0); terms.counters.len()],
            rest_is_zero: true,
        }
    }

    /// 清零 — one counter, by its number.
    pub fn reset(&mut self, counter: usize) {
        if let Some(value) = self.known.get_mut(counter) {
            *value = Some(0);
        }
    }

    /// 记上 — the counters as they stand after the bill of `slip`.
    pub fn carry(&mut self, slip: &super::Slip) {
        for (counter, value) in &slip.after {
            if let Some(known) = self.known.get_mut(*counter) {
                *known = *value;
            }
        }
    }

    /// As a request states them.
    pub(crate) fn of(terms: &Terms<'_>, request: &EstimateRequest) -> Result<Tally, EngineError> {
        let defined = || {
            terms
                .counters
                .iter()
                .filter(|counter| counter.cite.is_some())
        };
        let mut known = vec![None; terms.counters.len()];
        for (id, text) in request.so_far.iter().flatten() {
            let number = terms
                .counters
                .iter()
                .position(|counter| counter.id == *id && counter.cite.is_some())
                .ok_or_else(|| EngineError::UnknownCounter {
                    counter: id.clone(),
                    known: defined().map(|counter| counter.id.clone()).collect(),
                })?;
            known[number] = Some(value_of(id, terms.counters[number].is_count, text)?);
        }
        let all_zero = || known.iter().flatten().all(|value| *value == 0);
        Ok(Tally {
            rest_is_zero: request.visit.first_of_period.unwrap_or_else(all_zero),
            known,
        })
    }

    pub(crate) fn stated(&self, counter: usize) -> Option<i64> {
        self.known.get(counter).copied().flatten()
    }

    /// What is known of it without looking at any reading.
    pub(crate) fn before(&self, counter: usize) -> Option<i64> {
        self.stated(counter).or(self.rest_is_zero.then_some(0))
    }
}

impl<'r, 'n, N: Notes<'n>> Run<'r, 'n, N> {
    /// The value before the bill; open where it was not stated and the visit is not the first.
    pub(crate) fn before(&mut self, at: CounterAt) -> i64 {
        let Some(number) = at else {
            return 0;
        };
        let stated = self.case.tally.stated(number);
        if self.case.tally.before(number) == Some(0) {
            return 0;
        }
        let counter = &self.terms.counters[number];
        if counter.may_start_anew && self.starts_anew(counter) {
            return 0;
        }
        if let Some(value) = stated {
            return value;
        }
        let chosen = self.readings.choose(&counter.value_key, || OpenPoint {
            key: counter.value_key.clone(),
            what: counter.said_in("open.counter"),
            ask: None,
            readings: ["reading.counter_zero", "reading.counter_used_up"]
                .map(Message::new)
                .to_vec(),
        });
        if chosen == 0 { 0 } else { BEYOND_ALL }
    }

    fn starts_anew(&mut self, counter: &'r Counter) -> bool {
        let terms = self.terms;
        let chosen = self.readings.choose(&counter.counts_key, || OpenPoint {
            what: counter.said_in("open.counter_may_start_anew"),
            readings: ["reading.counter_starts_anew", "reading.counter_goes_on"]
                .map(Message::new)
                .to_vec(),
            ..undecided(terms, counter)
        });
        chosen == 0
    }

    /// Which fund's payments the counter adds up; open where the rule does not say.
    pub(crate) fn counts(&mut self, at: CounterAt) -> Counts {
        let Some(number) = at else {
            return Counts {
                pool: true,
                supplement: true,
            };
        };
        let terms = self.terms;
        let counter = &terms.counters[number];
        let mut counts = counter.counts;
        if counter.supplement_open {
            let key = &counter.counts_key;
            let chosen = self.readings.choose(key, || undecided(terms, counter));
            counts.supplement = chosen == 1;
        }
        counts
    }

    /// 累计 — the counters that this bill changes, afterwards.
    pub(crate) fn count(&mut self) {
        let terms = self.terms;
        for (number, counter) in terms.counters.iter().enumerate() {
            let elsewhere = self.counted_as_inpatient(counter);
            if !counter.here && elsewhere.is_zero() {
                continue;
            }
            let added = if !counter.here {
                elsewhere.fen()
            } else if counter.is_count {
                1
            } else {
                (self.adds(counter) + elsewhere).fen()
            };
            let before = self.case.tally.before(number);
            let after = before.map(|value| value.saturating_add(added));
            self.slip.after.push((number, after));
        }
    }
}

impl<'r, 'n, N: Notes<'n>> Run<'r, 'n, N> {
    /// What this bill adds to a counter; open where the rule leaves open if something counts, and this
    /// bill has some of it.
    fn adds(&mut self, counter: &'r Counter) -> Yuan {
        let least = self.slip.matrix.sum(counter.slices, counter.payers);
        let (slices, payers) = counter.at_most;
        let most = self.slip.matrix.sum(slices, payers);
        if counter.may_start_anew || least == most {
            return least;
        }
        let terms = self.terms;
        let key = &counter.counts_key;
        let chosen = self.readings.choose(key, || undecided(terms, counter));
        if chosen == 1 { most } else { least }
    }

    /// What the pool paid as inpatient care is counted there and not here: what that changes in a
    /// counter of only one of the two.
    fn counted_as_inpatient(&self, counter: &Counter) -> Yuan {
        let paid = self.slip.as_inpatient;
        let counts = !counter.is_count
            && counter.slices.holds(Slice::Pooled)
            && counter.payers.holds(Payer::Pool);
        match (counter.here, counter.at_inpatient) {
            (true, false) if counts => -paid,
            (false, true) if counts => paid,
            _ => Yuan::ZERO,
        }
    }
}

fn undecided(terms: &Terms<'_>, counter: &Counter) -> OpenPoint {
    let held = counter.cite.map(|cite| &terms.cited[cite].held);
    let (what, readings) = match counter.supplement_open {
        true => (
            "open.counter_undecided",
            [
                "reading.supplement_not_counted",
                "reading.supplement_counted",
            ],
        ),
        false => (
            "open.counter_parts_undecided",
            ["reading.parts_not_counted", "reading.parts_counted"],
        ),
    };
    OpenPoint {
        key: counter.counts_key.clone(),
        what: counter.said_in(what),
        ask: held.and_then(|held| held.block.head.ask.clone()),
        readings: readings.map(Message::new).to_vec(),
    }
}
