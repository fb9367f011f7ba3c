//! 累计数 — what the rules add up over a stay, a month or a year, before and after this bill.

use std::collections::BTreeMap;

use gongji_domain::{EstimateRequest, Message, Payer, Yuan};
use gongji_policy::{Body, Counter, InForce, Rules};

use super::EngineError;
use super::matrix::Matrix;
use super::walk::Counts;
use crate::open::{OpenPoint, Readings};

/// Stands for "more than any edge of any table": a counter that may be used up altogether.
const BEYOND_ALL: i64 = Yuan::LIMIT.fen();

/// The counters of the pool and what is known of them before the bill.
#[derive(Debug)]
pub(crate) struct Counters<'a> {
    rules: &'a Rules<'a>,
    known: BTreeMap<String, i64>,
    rest_is_zero: bool,
}

/// 是否次数 — whether the counter counts stays or visits, not money.
pub fn is_count(counter: &Counter) -> bool {
    counter
        .adds
        .iter()
        .any(|slice| slice == "stay" || slice == "visit")
}

fn definitions<'a>(
    rules: &'a Rules<'a>,
) -> impl Iterator<Item = (&'a str, &'a Counter, &'a InForce<'a>)> {
    rules
        .blocks
        .iter()
        .filter_map(|held| match &held.block.body {
            Body::Counter(counter) => Some((
                held.block.head.id.as_deref().unwrap_or(""),
                &**counter,
                held,
            )),
            _ => None,
        })
}

/// Writes a counter's value as requests carry it: yuan with two decimals, or a whole number.
pub fn counter_text(counter: &Counter, value: i64) -> String {
    if is_count(counter) {
        value.to_string()
    } else {
        Yuan::from_fen(value).to_string()
    }
}

/// Reads a counter's value as requests carry it.
///
/// # Errors
/// Where the text is no amount (or no count), or negative.
pub fn counter_value(id: &str, counter: &Counter, text: &str) -> Result<i64, EngineError> {
    let value = if is_count(counter) {
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

impl<'a> Counters<'a> {
    pub(crate) fn read(
        rules: &'a Rules<'a>,
        request: &EstimateRequest,
    ) -> Result<Counters<'a>, EngineError> {
        let mut known = BTreeMap::new();
        for (id, text) in request.so_far.iter().flatten() {
            let (_, counter, _) = definitions(rules)
                .find(|(name, _, _)| name == id)
                .ok_or_else(|| EngineError::UnknownCounter {
                    counter: id.clone(),
                    known: definitions(rules)
                        .map(|(name, _, _)| name.to_owned())
                        .collect(),
                })?;
            known.insert(id.clone(), counter_value(id, counter, text)?);
        }
        let rest_is_zero = request
            .visit
            .first_of_period
            .unwrap_or_else(|| known.values().all(|value| *value == 0));
        Ok(Counters {
            rules,
            known,
            rest_is_zero,
        })
    }

    /// The value before the bill; open where it was not stated and the visit is not the first.
    pub(crate) fn before(&self, id: &str, readings: &mut Readings) -> i64 {
        if id == "this_bill" {
            return 0;
        }
        let stated = self.known.get(id).copied();
        if stated == Some(0) || (stated.is_none() && self.rest_is_zero) {
            return 0;
        }
        let definition = definitions(self.rules).find(|(name, _, _)| *name == id);
        if let Some((_, counter, held)) =
            definition.filter(|(_, counter, _)| may_not_count(counter))
        {
            let readings_of = || OpenPoint {
                what: Message::new("open.counter_may_start_anew").with("name", &counter.name),
                readings: vec![
                    Message::new("reading.counter_starts_anew"),
                    Message::new("reading.counter_goes_on"),
                ],
                ..undecided(id, counter, held)
            };
            if readings.choose(&format!("undecided:{id}"), readings_of) == 0 {
                return 0;
            }
        }
        if let Some(value) = stated {
            return value;
        }
        let name = definitions(self.rules)
            .find(|(name, _, _)| *name == id)
            .map_or(id, |(_, counter, _)| &counter.name);
        let chosen = readings.choose(&format!("counter:{id}"), || OpenPoint {
            key: format!("counter:{id}"),
            what: Message::new("open.counter").with("name", name),
            ask: None,
            readings: vec![
                Message::new("reading.counter_zero"),
                Message::new("reading.counter_used_up"),
            ],
        });
        if chosen == 0 { 0 } else { BEYOND_ALL }
    }

    /// Which fund's payments the counter adds up; open where the rule does not say.
    pub(crate) fn counts(&self, id: &str, readings: &mut Readings) -> Counts {
        let Some((_, counter, held)) = definitions(self.rules).find(|(name, _, _)| *name == id)
        else {
            return Counts {
                pool: true,
                supplement: true,
            };
        };
        let any = counter.paid_by.iter().any(|payer| payer == "any");
        let names = |list: &[String], payer: Payer| list.iter().any(|name| name == payer.word());
        let mut counts = Counts {
            pool: any || names(&counter.paid_by, Payer::Pool),
            supplement: any || names(&counter.paid_by, Payer::RetireeSupplement),
        };
        if names(&counter.paid_by_undecided, Payer::RetireeSupplement) {
            let chosen =
                readings.choose(&format!("undecided:{id}"), || undecided(id, counter, held));
            counts.supplement = chosen == 1;
        }
        counts
    }

    /// The counters that this bill changes, afterwards; `None` where the value before is unknown.
    pub(crate) fn after(
        &self,
        request: &EstimateRequest,
        matrix: &Matrix,
        readings: &mut Readings,
    ) -> BTreeMap<String, Option<i64>> {
        let mut after = BTreeMap::new();
        for (id, counter, _) in definitions(self.rules) {
            let here = counter.of.iter().any(|part| part == request.part.word());
            let class_fits = counter.at_class.is_empty()
                || request
                    .visit
                    .class
                    .as_ref()
                    .is_some_and(|class| counter.at_class.contains(class));
            if !here || !class_fits {
                continue;
            }
            let added = if is_count(counter) {
                1
            } else {
                self.added(id, counter, matrix, readings).fen()
            };
            let before = match self.known.get(id) {
                Some(value) => Some(*value),
                None if self.rest_is_zero => Some(0),
                None => None,
            };
            after.insert(id.to_owned(), before.map(|value| value + added));
        }
        after
    }

    fn added(&self, id: &str, counter: &Counter, matrix: &Matrix, readings: &mut Readings) -> Yuan {
        // Only a supplement that really paid makes the undecided reading matter.
        let supplement = matrix.paid_by(Payer::RetireeSupplement);
        let undecided = !supplement.is_zero()
            && !counter.paid_by_undecided.is_empty()
            && !may_not_count(counter);
        let counts = if undecided {
            Some(self.counts(id, readings))
        } else {
            None
        };
        matrix
            .shares
            .iter()
            .filter(|share| counter.adds.iter().any(|name| share.key.is_named(name)))
            .filter(|share| match (share.payer, counts) {
                (Payer::RetireeSupplement, Some(counts)) => counts.supplement,
                _ if may_not_count(counter) => counter
                    .paid_by_undecided
                    .iter()
                    .any(|name| name == "any" || name == share.payer.word()),
                _ => counter
                    .paid_by
                    .iter()
                    .any(|name| name == "any" || name == share.payer.word()),
            })
            .map(|share| share.amount)
            .sum()
    }
}

/// Whether the rule leaves open if the counter adds up anything at all: it is carried as if it did,
/// and looked at under both readings.
fn may_not_count(counter: &Counter) -> bool {
    counter.paid_by.is_empty() && !counter.paid_by_undecided.is_empty()
}

fn undecided(id: &str, counter: &Counter, held: &InForce<'_>) -> OpenPoint {
    OpenPoint {
        key: format!("undecided:{id}"),
        what: Message::new("open.counter_undecided").with("name", &counter.name),
        ask: held.block.head.ask.clone(),
        readings: vec![
            Message::new("reading.supplement_not_counted"),
            Message::new("reading.supplement_counted"),
        ],
    }
}
