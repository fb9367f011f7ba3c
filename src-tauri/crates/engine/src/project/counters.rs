//! 累计数的现值 — stated figures and what was recorded since, and how they go on.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use gongji_domain::{
    Enrollment, Household, MemberId, Payer, PoolId, RecordedSettlement, Scheme, Slice, Yuan,
};
use gongji_policy::{Body, Counter, Library, Rules};

use super::agenda::Window;
use super::people::{Person, Spell};
use super::period::{Span, period};
use crate::rulebook::RuleBook;
use crate::settle::{counter_value, is_count};

/// 累计数的现值 — of one counter of the pool in which a member is insured.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CounterAt {
    /// 标识
    pub id: String,
    /// 名称
    pub name: String,
    /// 是次数（否则是金额，以分计）
    pub is_count: bool,
    /// 现值；无则未知
    pub value: Option<i64>,
    /// 填写的截至日
    pub stated_as_of: Option<NaiveDate>,
    /// 之后又记了几笔结算
    pub recorded_since: u32,
    /// 本期起
    pub year_from: NaiveDate,
}

/// 累计数的现值 at the close of `day` — the latest figure that the member stated inside the period,
/// plus what was settled and recorded since. Somebody who was not insured there when the period began
/// starts at zero; where nothing is stated otherwise the value is not known.
pub fn counters_at(
    library: &Library,
    household: &Household,
    member: MemberId,
    day: NaiveDate,
) -> Vec<CounterAt> {
    let book = RuleBook::new(library);
    let Some(member) = household.members.iter().find(|known| known.id == member) else {
        return Vec::new();
    };
    let person = Person::of(&book, household, member);
    counters_of(&book, household, &person, day, day)
}

/// The counters in the period of `period_of`, with everything stated and recorded up to the close
/// of `through`.
pub(crate) fn counters_of(
    book: &RuleBook<'_>,
    household: &Household,
    person: &Person<'_>,
    period_of: NaiveDate,
    through: NaiveDate,
) -> Vec<CounterAt> {
    let Some(enrollment) = person.on(period_of).map(|spell| spell.enrollment) else {
        return Vec::new();
    };
    let Some(rules) = book.on(&enrollment.pool, enrollment.scheme, period_of) else {
        return Vec::new();
    };
    definitions(&rules)
        .filter_map(|(id, counter)| {
            let span = period(&rules, counter, period_of)?;
            let seen = Seen {
                household,
                person,
                pool: &enrollment.pool,
                scheme: enrollment.scheme,
                id,
                counter,
                span,
                through,
            };
            let (pool, scheme) = (seen.pool, seen.scheme);
            Some(seen.now(!insured(person, pool, scheme, span.starts)))
        })
        .collect()
}

/// 起点的累计数 — of every pool and scheme in which the member is insured during the window or was
/// before, as they stand at its beginning: in the period of its last recorded day, of the day on which
/// a later enrollment begins, or of the last day of an earlier one. A year that was left may close before
/// the one begins in which somebody comes back: what begins later is not counted yet, and is not in the way.
pub(super) fn starting(
    book: &RuleBook<'_>,
    household: &Household,
    person: &Person<'_>,
    window: Window,
) -> Vec<Starting> {
    let mut starting: Vec<Starting> = Vec::new();
    let is_over = |spell: &&Spell<'_>| spell.until.is_some_and(|until| until <= window.from);
    let reached = |spell: &&Spell<'_>| spell.from <= window.until && !is_over(spell);
    let spells = person.spells.iter();
    let over = spells.clone().rev().filter(is_over);
    for spell in spells.filter(reached).chain(over) {
        let (pool, scheme) = (&spell.enrollment.pool, spell.enrollment.scheme);
        let mut known = starting.iter_mut();
        let known = known.find(|known| known.0 == *pool && known.1 == scheme);
        if known.is_some() && !is_over(&spell) {
            continue;
        }
        let last = spell.until.and_then(|until| until.pred_opt());
        let day = spell
            .from
            .max(last.map_or(window.from, |last| last.min(window.from)));
        let mut counters = counters_of(book, household, person, day, window.from);
        // A counter that only the first projected day knows.
        if insured(person, pool, scheme, window.first()) {
            for counter in counters_of(book, household, person, window.first(), window.from) {
                if !counters.iter().any(|known| known.id == counter.id) {
                    counters.push(counter);
                }
            }
        }
        counters.retain(|counter| counter.year_from <= window.from);
        match known {
            Some((.., known)) => {
                counters.retain(|counter| !known.iter().any(|known| known.id == counter.id));
                known.extend(counters);
            }
            None => starting.push((pool.clone(), scheme, counters)),
        }
    }
    starting
}

/// The counters of one pool and scheme.
pub(super) type Starting = (PoolId, Scheme, Vec<CounterAt>);

/// Every counter of the rules, with its identifier.
pub(super) fn definitions<'r>(
    rules: &'r Rules<'_>,
) -> impl Iterator<Item = (&'r str, &'r Counter)> {
    rules
        .blocks
        .iter()
        .filter_map(|held| match &held.block.body {
            Body::Counter(counter) => Some((held.block.head.id.as_deref()?, &**counter)),
            _ => None,
        })
}

/// Whether the member was insured in one pool and scheme on `day`.
fn insured(person: &Person<'_>, pool: &PoolId, scheme: Scheme, day: NaiveDate) -> bool {
    let here = |enrollment: &Enrollment| enrollment.pool == *pool && enrollment.scheme == scheme;
    let spell = person.on(day);
    spell.is_some_and(|spell| here(spell.enrollment))
}

struct Seen<'s> {
    household: &'s Household,
    person: &'s Person<'s>,
    pool: &'s PoolId,
    scheme: Scheme,
    id: &'s str,
    counter: &'s Counter,
    span: Span,
    through: NaiveDate,
}

impl Seen<'_> {
    fn now(&self, fresh: bool) -> CounterAt {
        let mut now = CounterAt {
            id: self.id.to_owned(),
            name: self.counter.name.clone(),
            is_count: is_count(self.counter),
            value: (fresh || self.span.starts > self.through).then_some(0),
            stated_as_of: None,
            recorded_since: 0,
            year_from: self.span.starts,
        };
        if let Some((as_of, value)) = self.stated() {
            now.value = Some(value);
            now.stated_as_of = Some(as_of);
        }
        for settlement in self.settlements(now.stated_as_of) {
            now.recorded_since += 1;
            now.value = match now.value {
                Some(value) => self.added(settlement).map(|more| value + more),
                None => None,
            }
            .or_else(|| self.printed(&settlement.estimate.so_far));
        }
        now
    }

    fn within(&self, day: NaiveDate) -> bool {
        self.span.starts <= day && day <= self.through && day < self.span.next
    }

    /// Whether what was stated on `day` of this place is of this scheme: both schemes may have a counter
    /// of one name, and a statement is of the one in which the member was insured there.
    fn of_scheme(&self, day: NaiveDate) -> bool {
        let spell = self.person.on(day).map(|spell| spell.enrollment);
        spell.is_none_or(|held| held.pool != *self.pool || held.scheme == self.scheme)
    }

    /// The latest statement inside the period.
    fn stated(&self) -> Option<(NaiveDate, i64)> {
        self.household
            .stated_counters
            .iter()
            .filter(|stated| stated.member == self.person.member.id && stated.pool == *self.pool)
            .filter(|stated| stated.counter == self.id && self.within(stated.as_of))
            .filter(|stated| self.of_scheme(stated.as_of))
            .max_by_key(|stated| (stated.as_of, stated.id))
            .and_then(|stated| {
                Some((
                    stated.as_of,
                    counter_value(self.id, self.counter, &stated.value).ok()?,
                ))
            })
    }

    /// The settlements recorded in the period after the statement, in order.
    fn settlements(&self, stated: Option<NaiveDate>) -> Vec<&RecordedSettlement> {
        let mut found: Vec<&RecordedSettlement> = self
            .household
            .settlements
            .iter()
            .filter(|settlement| settlement.member == self.person.member.id)
            .filter(|settlement| settlement.request.pool == *self.pool)
            .filter(|settlement| settlement.request.scheme == self.scheme)
            .filter(|settlement| {
                let on = settlement.request.visit.settled_on;
                self.within(on) && stated.is_none_or(|as_of| on > as_of)
            })
            .collect();
        found.sort_by_key(|settlement| (settlement.request.visit.settled_on, settlement.id));
        found
    }

    fn printed(&self, so_far: &BTreeMap<String, String>) -> Option<i64> {
        counter_value(self.id, self.counter, so_far.get(self.id)?).ok()
    }

    /// What a recorded settlement added: by its own before and after, else by its matrix.
    fn added(&self, settlement: &RecordedSettlement) -> Option<i64> {
        let request = &settlement.request;
        let here = self
            .counter
            .of
            .iter()
            .any(|part| part == request.part.word());
        let class_fits = self.counter.at_class.is_empty()
            || request
                .visit
                .class
                .as_ref()
                .is_some_and(|class| self.counter.at_class.contains(class));
        if !here || !class_fits {
            return Some(0);
        }
        let before = request
            .so_far
            .as_ref()
            .and_then(|so_far| self.printed(so_far));
        if let (Some(before), Some(after)) = (before, self.printed(&settlement.estimate.so_far)) {
            return Some(after - before);
        }
        if is_count(self.counter) {
            return Some(1);
        }
        self.by_matrix(settlement).map(Yuan::fen)
    }

    /// The sum over the cells that the counter names; `None` where one of them is not determined or
    /// the rule leaves open whether it counts.
    fn by_matrix(&self, settlement: &RecordedSettlement) -> Option<Yuan> {
        let mut sum = Yuan::ZERO;
        for cell in &settlement.estimate.matrix {
            let amount = cell.amount.exact();
            if amount == Some(Yuan::ZERO) {
                continue;
            }
            let slice = names_slice(&self.counter.adds, cell.slice);
            let payer = names_payer(&self.counter.paid_by, cell.payer);
            let open = (slice && names_payer(&self.counter.paid_by_undecided, cell.payer))
                || (payer && names_slice(&self.counter.adds_undecided, cell.slice));
            if open {
                return None;
            }
            if slice && payer {
                sum += amount?;
            }
        }
        Some(sum)
    }
}

fn names_slice(list: &[String], slice: Slice) -> bool {
    list.iter().any(|name| {
        name == slice.word()
            || (name == "in_scope" && Slice::IN_SCOPE.contains(&slice))
            || (slice == Slice::OverCap && name.starts_with("over_cap:"))
    })
}

fn names_payer(list: &[String], payer: Payer) -> bool {
    list.iter()
        .any(|name| name == "any" || name == payer.word())
}

/// 进行中的累计数 — of one member in one pool, inside a run of the projection.
#[derive(Clone, Debug, Default)]
pub(super) struct Running(BTreeMap<String, (NaiveDate, Option<i64>)>);

impl Running {
    pub(super) fn starting(counters: &[CounterAt]) -> Running {
        let at = |counter: &CounterAt| (counter.id.clone(), (counter.year_from, counter.value));
        Running(counters.iter().map(at).collect())
    }

    /// The value on a day whose period begins on `starts`: zero where nothing was counted in it yet.
    pub(super) fn value(&self, id: &str, starts: NaiveDate) -> Option<i64> {
        match self.0.get(id) {
            Some((held, value)) if *held == starts => *value,
            _ => Some(0),
        }
    }

    pub(super) fn set(&mut self, id: &str, starts: NaiveDate, value: i64) {
        match self.0.get_mut(id) {
            Some(held) => *held = (starts, Some(value)),
            None => {
                self.0.insert(id.to_owned(), (starts, Some(value)));
            }
        }
    }
}
