//! 合并 — what every run agrees on, and the range where they differ.

mod outlook;

use std::collections::BTreeSet;
use std::sync::Arc;

use chrono::NaiveDate;
use gongji_domain::{
    Amount, BlockRef, Grade, Message, Month, Open, OpenReading, PolicyUsed, SourceRef, Step,
    SubAccountId, Yuan,
};

use gongji_policy::{Cell, Shortfall};

use super::Steps;
use super::agenda::{Item, What};
use super::booking::{OVERDRAWN, about};
use super::cash::{self, CashMonth};
use super::outcome::{Outcome, Place, Record, Row, Spent};
use super::run::Stage;
use super::shared::{SharedMoney, shared};
use super::turns::Turn;
use crate::credit::{PostingKind, shortfall};
use crate::open::{Explored, OpenPoint};
use crate::projection::{
    DonorShare, EventKind, EventSplit, Ground, MemberOutlook, MonthRow, PartChange, ProjectedEvent,
    Projection,
};

type Group = (Vec<usize>, Explored<Outcome>);

/// Everything the runs of every group found out.
pub(super) fn projection(stage: &Stage<'_>, groups: &[Group], open: Vec<Open>) -> Projection {
    let mut events: Vec<(Place, ProjectedEvent)> = Vec::new();
    if stage.steps != Steps::Months {
        events.reserve(stage.agenda.len());
    }
    let mut months: Vec<(Month, usize, MonthRow)> = Vec::new();
    let mut members: Vec<(usize, MemberOutlook)> = Vec::new();
    let mut unknown = open;
    let mut cash_months = Vec::new();
    let mut shared = Vec::new();
    for (group, explored) in groups {
        let of_group = Merging { stage, explored };
        of_group.open(&mut unknown);
        if stage.steps == Steps::Months {
            for person in group {
                of_group.months(*person, &mut months);
            }
            continue;
        }
        cash::add(&mut cash_months, of_group.cash(group));
        shared.extend(of_group.shared());
        let first = events.len();
        of_group.events(&mut events);
        for person in group {
            let outlook = of_group.outlook(*person);
            events.extend(of_group.run_out_shown(&outlook, &events[first..]));
            members.push((*person, outlook));
            of_group.months(*person, &mut months);
        }
    }
    // They are large: sorted by their keys, each is moved once.
    events.sort_by_cached_key(|(place, event)| (event.on, *place));
    months.sort_by_cached_key(|(month, person, _)| (*month, *person));
    members.sort_by_key(|(person, _)| *person);
    Projection {
        from: stage.window.from,
        until: stage.window.until,
        events: events.into_iter().map(|(_, event)| event).collect(),
        months: months.into_iter().map(|(.., row)| row).collect(),
        members: members.into_iter().map(|(_, outlook)| outlook).collect(),
        cash_peak: cash::peak(&cash_months),
        cash: cash::paying(cash_months),
        shared,
        forks: Vec::new(),
        unknown,
        policy: policy(stage, groups),
    }
}

fn policy(stage: &Stage<'_>, groups: &[Group]) -> PolicyUsed {
    let runs = || groups.iter().flat_map(|(_, explored)| &explored.runs);
    let blocks: BTreeSet<&BlockRef> = runs().flat_map(|(_, run)| run.all_used()).collect();
    let blocks = blocks.into_iter().cloned().collect();
    let weakest: Option<Grade> = runs().filter_map(|(_, run)| run.weakest_of_all()).max();
    PolicyUsed {
        blocks,
        hash: stage.book.library.hash.clone(),
        weakest,
    }
}

/// The same is open for people who share no money: what its readings lead to is added up.
fn add_readings(known: &mut Open, other: &Open) {
    known.ask = known.ask.take().or_else(|| other.ask.clone());
    for (known, other) in known.readings.iter_mut().zip(&other.readings) {
        known.fund_paid = together(known.fund_paid, other.fund_paid);
        known.patient_paid = together(known.patient_paid, other.patient_paid);
    }
}

fn together(one: Amount, other: Amount) -> Amount {
    let min = one.min().zip(other.min()).map(|(one, other)| one + other);
    let max = one.max().zip(other.max()).map(|(one, other)| one + other);
    min.zip(max)
        .map_or(Amount::UNKNOWN, |(min, max)| Amount::between(min, max))
}

/// What the runs say of one figure; not known where one of them does not know it, or where a combination
/// that was not looked at may say something else.
fn amount(is_whole: bool, values: impl Iterator<Item = Option<Yuan>>) -> Amount {
    let mut bounds: Option<(Yuan, Yuan)> = None;
    for value in values {
        let Some(value) = value.filter(|_| is_whole) else {
            return Amount::UNKNOWN;
        };
        let (min, max) = bounds.unwrap_or((value, value));
        bounds = Some((min.min(value), max.max(value)));
    }
    bounds.map_or(Amount::UNKNOWN, |(min, max)| Amount::between(min, max))
}

/// The steps of the record in which most is paid in cash.
fn dearest(records: &[&Record]) -> Arc<[Step]> {
    let cash = |record: &Record| record.spent.as_ref().and_then(|spent| spent.cash);
    // The first of those that are alike.
    let dearest = records.iter().rev().max_by_key(|record| cash(record));
    dearest.map_or_else(Arc::default, |record| Arc::clone(&record.steps))
}

/// How what is paid comes about; where the records differ, how the least and the most of it do.
fn formula(records: &[&Record]) -> Option<String> {
    let first = records.first()?.formula.as_ref()?;
    if records
        .iter()
        .all(|record| record.formula.as_ref() == Some(first))
    {
        return Some(first.clone());
    }
    let moved = |record: &Record| {
        let fund = record.spent.as_ref().and_then(|spent| spent.fund);
        (record.change, fund, record.balance)
    };
    let least = records.iter().min_by_key(|record| moved(record))?;
    let most = records.iter().max_by_key(|record| moved(record))?;
    let (low, high) = (least.formula.as_ref()?, most.formula.as_ref()?);
    (moved(least) != moved(most)).then(|| format!("{low} ～ {high}"))
}

/// What any of the records rests on, each source once.
fn sources(records: &[&Record]) -> Arc<[SourceRef]> {
    let Some((first, others)) = records.split_first() else {
        return Arc::default();
    };
    let differs = |other: &&&Record| {
        !Arc::ptr_eq(&other.sources, &first.sources) && other.sources != first.sources
    };
    let others: Vec<&&Record> = others.iter().filter(differs).collect();
    if others.is_empty() {
        return Arc::clone(&first.sources);
    }
    let mut all = first.sources.to_vec();
    for source in others.into_iter().flat_map(|other| other.sources.iter()) {
        if !all.contains(source) {
            all.push(source.clone());
        }
    }
    all.into()
}

/// The sentence that every run tells; a sum on which they differ, or may, is not told.
fn in_common(is_whole: bool, records: &[&Record]) -> Arc<Message> {
    let first = &records[0].what;
    let same = records.iter().all(|record| record.what == *first);
    let tells = ["sum", "amount"].map(|sum| first.params.contains_key(sum));
    if same && (is_whole || !tells.contains(&true)) {
        return Arc::clone(first);
    }
    let mut what = Message::clone(first);
    if what.params.remove("sum").is_some() {
        let sums: Option<Vec<Yuan>> = records.iter().map(|record| cleared(record)).collect();
        let sums = sums.filter(|_| is_whole).unwrap_or_default();
        if let (Some(least), Some(most)) = (sums.iter().min(), sums.iter().max()) {
            what = what.with("least", least).with("most", most);
            "project.clearing_between".clone_into(&mut what.code);
        } else {
            "project.clearing_unknown".clone_into(&mut what.code);
        }
    }
    if what.code == "project.yearly_layer" {
        "project.yearly_layer_unknown".clone_into(&mut what.code);
    }
    if let Some(amount) = what.params.get_mut("amount") {
        let of = |record: &&Record| record.what.params.get("amount")?.parse::<Yuan>().ok();
        let all: Option<Vec<Yuan>> = records.iter().map(of).collect();
        let all = all.filter(|_| is_whole).unwrap_or_default();
        *amount = match all.iter().min().zip(all.iter().max()) {
            Some((least, most)) => format!("{least} ～ {most}"),
            None => Cell::Unknown.to_string(),
        };
    }
    Arc::new(what)
}

/// What a clearing moves into the next year; below zero what is short.
fn cleared(record: &Record) -> Option<Yuan> {
    let sum: Yuan = record.what.params.get("sum")?.parse().ok()?;
    Some(match record.what.code.as_str() {
        "project.clearing" => sum,
        _ => -sum,
    })
}

struct Merging<'m, 'a> {
    stage: &'m Stage<'a>,
    explored: &'m Explored<Outcome>,
}

impl Merging<'_, '_> {
    fn runs(&self) -> impl Iterator<Item = &Outcome> + Clone {
        self.explored.runs.iter().map(|(_, run)| run)
    }

    /// Where not all combinations were looked at any more: the place in the agenda and its day. What is
    /// found out from there on may be otherwise under a combination nobody looked at.
    fn left_out(&self) -> Option<(usize, NaiveDate)> {
        let place = self.explored.whole_until?;
        let item = self.stage.agenda.get(place)?;
        Some((place, item.on.max(self.stage.window.first())))
    }

    /// Whether all there is was looked at, over the whole window.
    fn is_whole(&self) -> bool {
        !self.explored.too_many()
    }

    /// The same up to this place of the agenda, and with it.
    fn is_whole_at(&self, place: usize) -> bool {
        self.left_out().is_none_or(|(left, _)| place < left)
    }

    /// The same up to the end of this day.
    fn is_whole_on(&self, day: NaiveDate) -> bool {
        self.left_out().is_none_or(|(_, left)| day < left)
    }

    /// The same up to the end of this month.
    fn is_whole_in(&self, month: Month) -> bool {
        self.left_out()
            .is_none_or(|(_, left)| month < Month::of(left))
    }

    /// Whether the cash of some members in these months is whole: nothing was left out, or nothing in that
    /// part of them asks for money.
    fn is_whole_cash(&self, people: &[usize], first: Month, last: Month) -> bool {
        let Some((place, left)) = self.left_out() else {
            return true;
        };
        let from = first.first_day().max(Month::of(left).first_day());
        let items = self.stage.agenda[place..].iter();
        let mut asks = items
            .filter(|item| (from..=last.last_day()).contains(&item.on))
            .filter(|item| people.contains(&item.person))
            .filter(|item| self.may_cost_cash(item));
        last < Month::of(left) || asks.next().is_none()
    }

    /// Whether what comes to the member in this month is whole although something was left out: nothing but
    /// credits that rest on contribution and rule, none of which may come in another month.
    fn is_whole_credit(&self, person: usize, month: Month) -> bool {
        let agenda = &self.stage.agenda;
        let reaching = month.plus(2).last_day();
        let begin = agenda.partition_point(|item| item.on < month.first_day());
        let end = agenda.partition_point(|item| item.on <= reaching);
        let mut items = agenda[begin..end].iter();
        items.all(|item| match &item.what {
            _ if item.person != person => true,
            What::Credit(expected) => {
                let in_month = Month::of(item.on) == month || Month::of(expected.earliest) <= month;
                let one_month = Month::of(expected.earliest) == Month::of(item.on);
                !in_month || one_month && expected.is_the_same_in_every_run()
            }
            What::Turn(_) => Month::of(item.on) > month,
            _ => true,
        })
    }

    /// Whether the member may have to pay something in cash for it.
    fn may_cost_cash(&self, item: &Item<'_>) -> bool {
        let repays = || {
            let spell = self.stage.people[item.person].on(item.on)?;
            let enrollment = spell.enrollment;
            let book = &self.stage.book;
            let rules = book.on(&enrollment.pool, enrollment.scheme, item.on)?;
            Some(shortfall(&rules) == Shortfall::Repaid)
        };
        match &item.what {
            What::Spending(_) | What::Premium(_) | What::Repayment(_) => true,
            What::Turn(Turn::Clearing) => repays().unwrap_or(true),
            What::Credit(expected) if expected.due.kind == PostingKind::TakenBack => {
                repays().unwrap_or(true)
            }
            // What is settled when a year closes is settled of the bills of that year.
            What::YearEnd | What::YearLeftBehind(_) => self.has_bills(item.person),
            What::Turn(_) | What::Credit(_) | What::Change(_) | What::CreditsUnknown(..) => false,
        }
    }

    /// Whether bills of the member are planned, or what they came to so far was stated.
    fn has_bills(&self, person: usize) -> bool {
        let household = self.stage.household;
        let member = self.stage.people[person].member.id;
        let mut plans = household.plans.iter();
        let mut stated = household.stated_counters.iter();
        plans.any(|plan| plan.member == member) || stated.any(|stated| stated.member == member)
    }

    fn events(&self, events: &mut Vec<(Place, ProjectedEvent)>) {
        let places = self.runs().flat_map(|run| &run.records);
        let mut places: Vec<Place> = places.map(|(place, _)| *place).collect();
        // Every run has them in order.
        places.sort();
        places.dedup();
        for place in places {
            events.extend(self.event(place).map(|event| (place, event)));
        }
    }

    fn event(&self, place: Place) -> Option<ProjectedEvent> {
        let item = &self.stage.agenda[place.0];
        let records: Vec<&Record> = self.runs().filter_map(|run| run.at(place)).collect();
        let first = *records.first()?;
        let credit = match &item.what {
            What::Credit(expected) => Some(expected),
            _ => None,
        };
        let for_month = match &item.what {
            What::Credit(expected) => Some(expected.due.for_month),
            What::CreditsUnknown(month, _) => Some(*month),
            What::Premium(due) => Some(due.first_month()),
            _ => None,
        };
        let is_whole = self.is_whole_at(place.0);
        let sources = sources(&records);
        let earliest = credit
            .filter(|expected| !expected.overdue)
            .map(|expected| expected.earliest);
        Some(ProjectedEvent {
            earliest: earliest.map_or(item.on, |day| {
                day.max(self.stage.window.first()).min(item.on)
            }),
            on: item.on,
            member: self.stage.people[item.person].member.id,
            kind: first.kind,
            what: match &item.what {
                // Drawn on only if every run says so.
                What::Spending(plan)
                    if !is_whole || records.iter().any(|record| record.what != first.what) =>
                {
                    match first.what.code.as_str() {
                        OVERDRAWN => Arc::new(about(plan, "project.spending")),
                        _ => Arc::clone(&first.what),
                    }
                }
                What::Spending(_) => Arc::clone(&first.what),
                _ => in_common(is_whole, &records),
            },
            change: amount(
                is_whole
                    || matches!(first.kind, EventKind::YearEnd | EventKind::Change)
                    || credit.is_some_and(|credit| credit.is_the_same_in_every_run()),
                records.iter().map(|record| record.change),
            ),
            balance: amount(is_whole, records.iter().map(|record| record.balance)),
            split: self.split(place, &records),
            plan: match &item.what {
                What::Spending(plan) => Some(plan.id),
                _ => None,
            },
            premium: match &item.what {
                What::Premium(due) => Some(due.plan.id),
                _ => None,
            },
            for_month,
            gross: credit.map(|expected| expected.due.gross),
            withheld: credit.map(|expected| expected.due.withheld),
            formula: match credit {
                Some(expected) => expected.due.formula.clone(),
                None => formula(&records).filter(|_| is_whole),
            },
            parts: self.parts(place),
            ground: Ground::of(first.kind, &first.what.code, &sources),
            steps: dearest(&records),
            sources,
            assumed: records.iter().any(|record| record.assumed),
            only: None,
        })
    }

    /// A part that some runs leave as it is changes by nothing there.
    fn parts(&self, place: Place) -> Vec<PartChange> {
        let earlier = |number| self.runs().any(|run| run.at((place.0, number)).is_some());
        // Told once of an item, with the first of its events.
        if self.stage.steps != Steps::All || (0..place.1).any(earlier) {
            return Vec::new();
        }
        let told = || {
            let of_runs = self.runs().map(|run| run.parts.get(&place.0));
            of_runs.map(|found| found.map_or(&[][..], Vec::as_slice))
        };
        let subs: BTreeSet<&SubAccountId> = told().flatten().map(|(sub, _)| sub).collect();
        let changes = subs.into_iter().map(|sub| {
            let of_runs = told().map(|parts| {
                let mut parts = parts.iter();
                parts
                    .find(|(of, _)| of == sub)
                    .map_or(Some(Yuan::ZERO), |(_, change)| *change)
            });
            PartChange {
                sub: sub.clone(),
                change: amount(self.is_whole_at(place.0), of_runs),
            }
        });
        changes.collect()
    }

    /// The shares of a bill. A yearly payment that some runs do not make at all is nothing there.
    fn split(&self, place: Place, records: &[&Record]) -> Option<EventSplit> {
        let spent: Vec<&Spent> = records
            .iter()
            .filter_map(|record| record.spent.as_ref())
            .collect();
        if spent.is_empty() {
            return None;
        }
        let absent = self.runs().filter(|run| run.at(place).is_none()).count();
        let is_whole = self.is_whole_at(place.0);
        let of = |is_whole: bool, figure: &dyn Fn(&Spent) -> Option<Yuan>| {
            let made = spent.iter().map(|spent| figure(spent));
            amount(
                is_whole,
                made.chain(std::iter::repeat_n(Some(Yuan::ZERO), absent)),
            )
        };
        let pays = |donor: &&(usize, Option<Yuan>, Option<Yuan>)| donor.1 != Some(Yuan::ZERO);
        let mut donors: Vec<usize> = spent
            .iter()
            .flat_map(|spent| spent.donors.iter().filter(pays).map(|donor| donor.0))
            .collect();
        donors.sort_unstable_by_key(|person| self.stage.people[*person].member.id);
        donors.dedup();
        let share = |person: usize| {
            let found =
                |spent: &&Spent| spent.donors.iter().find(|donor| donor.0 == person).copied();
            let paid = spent
                .iter()
                .map(|spent| found(spent).map_or(Some(Yuan::ZERO), |donor| donor.1));
            DonorShare {
                donor: self.stage.people[person].member.id,
                paid: amount(is_whole, paid),
                balance: amount(is_whole, spent.iter().map(|spent| found(spent)?.2)),
            }
        };
        Some(EventSplit {
            // What a bill comes to is the household's own word.
            total: of(is_whole || absent == 0, &|spent| spent.total),
            fund_paid: of(is_whole, &|spent| spent.fund),
            own_account_paid: of(is_whole, &|spent| spent.own),
            mutual_aid_paid: of(is_whole, &|spent| spent.aid),
            aid: donors.into_iter().map(share).collect(),
            cash_paid: of(is_whole, &|spent| spent.cash),
        })
    }

    fn months(&self, person: usize, months: &mut Vec<(Month, usize, MonthRow)>) {
        let Some(first) = self.runs().next() else {
            return;
        };
        let told = (0..first.months.len()).map(|index| {
            let month = first.months[index].0;
            let rows: Vec<Row> = self
                .runs()
                .map(|run| run.months[index].1.of(person))
                .collect();
            let is_whole = self.is_whole_in(month);
            let of = |figure: fn(&Row) -> Option<Yuan>| amount(is_whole, rows.iter().map(figure));
            // A month opens as the one before it closed.
            let opens_whole = index == 0 || self.is_whole_in(month.plus(-1));
            let row = MonthRow {
                month,
                member: self.stage.people[person].member.id,
                opening: amount(opens_whole, rows.iter().map(|row| row.opening)),
                credited: amount(
                    is_whole || self.is_whole_credit(person, month),
                    rows.iter().map(|row| row.credited),
                ),
                own_paid: of(|row| row.own_paid),
                aid_given: of(|row| row.aid_given),
                aid_taken: of(|row| row.aid_taken),
                cash_paid: amount(
                    self.is_whole_cash(&[person], month, month),
                    rows.iter().map(|row| row.cash_paid),
                ),
                closing: of(|row| row.closing),
                lowest: of(|row| row.lowest),
                assumed: rows.iter().any(|row| row.assumed),
            };
            (month, person, row)
        });
        months.extend(told);
    }

    /// What some members pay in cash, month by month.
    fn cash(&self, people: &[usize]) -> Vec<CashMonth> {
        cash::months(self.runs(), people, |first, last, values| {
            amount(self.is_whole_cash(people, first, last), values)
        })
    }

    fn shared(&self) -> Vec<SharedMoney> {
        shared(self.stage, self.runs(), |values| {
            amount(self.is_whole(), values)
        })
    }

    /// What was left open, each with what its readings lead to over the projected time.
    fn open(&self, unknown: &mut Vec<Open>) {
        let points = self
            .explored
            .points
            .iter()
            .filter(|point| self.matters(point))
            .map(|point| Open {
                key: point.key.clone(),
                what: point.what.clone(),
                ask: point.ask.clone(),
                readings: match self.is_whole() {
                    true => self.readings(point),
                    false => Vec::new(),
                },
            });
        let left_out = self.left_out().map(|(_, day)| Open {
            key: "too_many".to_owned(),
            what: Message::new("open.too_many").with("day", day),
            ask: None,
            readings: Vec::new(),
        });
        let noted = self.runs().flat_map(|run| run.open.iter().cloned());
        for open in left_out.into_iter().chain(points).chain(noted) {
            let known = unknown
                .iter_mut()
                .find(|known| known.key == open.key && known.what == open.what);
            match known {
                Some(known) => add_readings(known, &open),
                None => unknown.push(open),
            }
        }
    }

    /// Whether the readings of `point` lead to different outcomes; one that changes nothing in the
    /// whole window is no question to anybody.
    fn matters(&self, point: &OpenPoint) -> bool {
        if self.explored.too_many() || point.readings.len() < 2 {
            return true;
        }
        self.explored.matters(&point.key, Outcome::same_figures)
    }

    fn readings(&self, point: &OpenPoint) -> Vec<OpenReading> {
        let under = |index: usize| {
            self.explored
                .runs
                .iter()
                .filter(move |(world, _)| world.get(&point.key) == Some(&index))
                .map(|(_, run)| run)
        };
        point
            .readings
            .iter()
            .enumerate()
            .filter(|(index, _)| under(*index).next().is_some())
            .map(|(index, what)| OpenReading {
                what: what.clone(),
                fund_paid: amount(true, under(index).map(|run| run.fund_paid)),
                patient_paid: amount(true, under(index).map(|run| run.patient_paid)),
            })
            .collect()
    }
}
