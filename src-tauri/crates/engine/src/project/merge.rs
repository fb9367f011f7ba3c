//! 合并 — what every run agrees on, and the range where they differ.

use std::collections::BTreeSet;

use gongji_domain::{Amount, BlockRef, Grade, Month, Open, OpenReading, PolicyUsed, Yuan};

use super::agenda::{Expected, What};
use super::cash::{self, CashMonth};
use super::outcome::{Low, Outcome, Record, Row, Seen, Short, Spent};
use super::run::Stage;
use super::shared::{SharedMoney, shared};
use super::to_return::to_return;
use crate::open::{Explored, OpenPoint};
use crate::projection::{
    DonorShare, EventKind, EventSplit, LowPoint, MemberOutlook, MonthRow, NextCredit,
    ProjectedEvent, Projection, RunOut,
};

type Group = (Vec<usize>, Explored<Outcome>);

/// Everything the runs of every group found out.
pub(super) fn projection(stage: &Stage<'_>, groups: &[Group], open: Vec<Open>) -> Projection {
    let mut events: Vec<((usize, usize), ProjectedEvent)> = Vec::new();
    let mut months: Vec<(Month, usize, MonthRow)> = Vec::new();
    let mut members: Vec<(usize, MemberOutlook)> = Vec::new();
    let mut unknown = open;
    let mut cash_months = Vec::new();
    let mut shared = Vec::new();
    for (group, explored) in groups {
        let of_group = Merging { stage, explored };
        cash::add(&mut cash_months, of_group.cash(group));
        shared.extend(of_group.shared());
        let mut own = of_group.events();
        for person in group {
            let outlook = of_group.outlook(*person);
            of_group.show_run_out(&outlook, &mut own);
            members.push((*person, outlook));
            months.extend(of_group.months(*person));
        }
        events.append(&mut own);
        of_group.open(&mut unknown);
    }
    events.sort_by_key(|(place, event)| (event.on, *place));
    months.sort_by_key(|(month, person, _)| (*month, *person));
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

struct Merging<'m, 'a> {
    stage: &'m Stage<'a>,
    explored: &'m Explored<Outcome>,
}

impl Merging<'_, '_> {
    fn runs(&self) -> impl Iterator<Item = &Outcome> + Clone {
        self.explored.runs.iter().map(|(_, run)| run)
    }

    /// What the runs say of one figure; not known where one of them does not know it, or where they
    /// differ and not all of them were looked at.
    fn amount(&self, values: impl Iterator<Item = Option<Yuan>>) -> Amount {
        let Some(values) = values.collect::<Option<Vec<Yuan>>>() else {
            return Amount::UNKNOWN;
        };
        match (values.iter().min(), values.iter().max()) {
            (Some(min), Some(max)) if min == max || !self.explored.too_many => {
                Amount::between(*min, *max)
            }
            _ => Amount::UNKNOWN,
        }
    }

    fn events(&self) -> Vec<((usize, usize), ProjectedEvent)> {
        let mut places: Vec<(usize, usize)> = self
            .runs()
            .flat_map(|run| run.records.keys().copied())
            .collect();
        places.sort_unstable();
        places.dedup();
        places
            .into_iter()
            .filter_map(|place| Some((place, self.event(place)?)))
            .collect()
    }

    fn event(&self, place: (usize, usize)) -> Option<ProjectedEvent> {
        let item = &self.stage.agenda[place.0];
        let records: Vec<&Record> = self
            .runs()
            .filter_map(|run| run.records.get(&place))
            .collect();
        let first = *records.first()?;
        let credit = match &item.what {
            What::Credit(expected) => Some(expected),
            _ => None,
        };
        let for_month = match &item.what {
            What::Credit(expected) => Some(expected.due.for_month),
            What::CreditsUnknown(month, _) => Some(*month),
            _ => None,
        };
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
            what: first.what.clone(),
            change: self.amount(records.iter().map(|record| record.change)),
            balance: self.amount(records.iter().map(|record| record.balance)),
            split: self.split(place, &records),
            plan: match &item.what {
                What::Spending(plan) => Some(plan.id),
                _ => None,
            },
            for_month,
            gross: credit.map(|expected| expected.due.gross),
            withheld: credit.map(|expected| expected.due.withheld),
            formula: first.formula.clone(),
            sources: first.sources.to_vec(),
            assumed: records.iter().any(|record| record.assumed),
            only: None,
        })
    }

    /// The shares of a bill. A yearly payment that some runs do not make at all is nothing there.
    fn split(&self, place: (usize, usize), records: &[&Record]) -> Option<EventSplit> {
        let spent: Vec<&Spent> = records
            .iter()
            .filter_map(|record| record.spent.as_ref())
            .collect();
        if spent.is_empty() {
            return None;
        }
        let absent = self
            .runs()
            .filter(|run| !run.records.contains_key(&place))
            .count();
        let of = |figure: &dyn Fn(&Spent) -> Option<Yuan>| {
            let made = spent.iter().map(|spent| figure(spent));
            self.amount(made.chain(std::iter::repeat_n(Some(Yuan::ZERO), absent)))
        };
        let mut donors: Vec<usize> = spent
            .iter()
            .flat_map(|spent| spent.donors.iter().map(|donor| donor.0))
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
                paid: self.amount(paid),
                balance: self.amount(spent.iter().filter_map(found).map(|donor| donor.2)),
            }
        };
        Some(EventSplit {
            total: of(&|spent| Some(spent.total)),
            fund_paid: of(&|spent| spent.fund),
            own_account_paid: of(&|spent| spent.own),
            mutual_aid_paid: of(&|spent| spent.aid),
            aid: donors.into_iter().map(share).collect(),
            cash_paid: of(&|spent| spent.cash),
        })
    }

    fn months(&self, person: usize) -> Vec<(Month, usize, MonthRow)> {
        let Some(first) = self.runs().next() else {
            return Vec::new();
        };
        (0..first.months.len())
            .map(|index| {
                let month = first.months[index].0;
                let rows: Vec<&Row> = self
                    .runs()
                    .map(|run| &run.months[index].1[person])
                    .collect();
                let of = |figure: fn(&Row) -> Option<Yuan>| {
                    self.amount(rows.iter().map(|row| figure(row)))
                };
                let row = MonthRow {
                    month,
                    member: self.stage.people[person].member.id,
                    opening: of(|row| row.opening),
                    credited: of(|row| row.credited),
                    own_paid: of(|row| row.own_paid),
                    aid_given: of(|row| row.aid_given),
                    aid_taken: of(|row| row.aid_taken),
                    cash_paid: of(|row| row.cash_paid),
                    closing: of(|row| row.closing),
                    lowest: of(|row| row.lowest),
                    assumed: rows.iter().any(|row| row.assumed),
                };
                (month, person, row)
            })
            .collect()
    }

    fn outlook(&self, person: usize) -> MemberOutlook {
        let of_person = &self.stage.people[person];
        let opening = self.runs().map(|run| {
            run.months
                .first()
                .and_then(|(_, rows)| rows[person].opening)
        });
        let seen: Vec<&Seen> = self.runs().map(|run| &run.seen[person]).collect();
        MemberOutlook {
            member: of_person.member.id,
            account: of_person.account_on(self.stage.window.first()),
            balance: self.amount(opening),
            next_credit: self.next_credit(person),
            lowest_before_credit: self.low(seen.iter().map(|seen| seen.lowest_before_credit)),
            lowest: self.low(seen.iter().map(|seen| seen.lowest)),
            run_out: self.run_out(seen.iter().map(|seen| seen.run_out)),
            first_cash: self.first(seen.iter().map(|seen| seen.first_cash)),
            cash: self.amount(self.runs().map(|run| {
                let months = run.months.iter();
                months.map(|(_, rows)| rows[person].cash_paid).sum()
            })),
            cash_peak: cash::peak(&self.cash(&[person])),
            to_return: to_return(&self.stage.book, of_person, self.stage.window),
        }
    }

    /// What some members pay in cash, month by month.
    fn cash(&self, people: &[usize]) -> Vec<CashMonth> {
        cash::months(self.runs(), people, |values| self.amount(values))
    }

    fn shared(&self) -> Vec<SharedMoney> {
        shared(self.stage, self.runs(), |values| self.amount(values))
    }

    fn next_credit(&self, person: usize) -> Option<NextCredit> {
        let expected: &Expected = self.stage.agenda.iter().find_map(|item| match &item.what {
            What::Credit(expected)
                if item.person == person && !expected.overdue && expected.due.kind.is_regular() =>
            {
                Some(&**expected)
            }
            _ => None,
        })?;
        let due = &expected.due;
        Some(NextCredit {
            sub: due.sub.clone(),
            for_month: due.for_month,
            earliest: due.earliest,
            latest: due.latest,
            day: due.day,
            gross: due.gross,
            withheld: due.withheld,
            net: due.net,
            formula: due.formula.clone(),
            sources: expected.sources.to_vec(),
            assumed: due.assumed,
            learned: due.learned,
        })
    }

    /// The first of the days and the range of the amounts; a run without such a point counts as zero
    /// where others have one.
    fn low(&self, points: impl Iterator<Item = Option<Low>>) -> Option<LowPoint> {
        let points: Vec<Option<Low>> = points.collect();
        let lowest = points
            .iter()
            .flatten()
            .min_by_key(|low| (low.amount, low.on))?;
        let amounts = points
            .iter()
            .map(|low| low.map_or(Some(Yuan::ZERO), |low| low.amount));
        Some(LowPoint {
            on: lowest.on,
            amount: self.amount(amounts),
        })
    }

    /// The earliest of the days and the range of the amounts.
    fn first(&self, points: impl Iterator<Item = Option<Low>>) -> Option<LowPoint> {
        let points: Vec<Option<Low>> = points.collect();
        let earliest = points.iter().flatten().map(|low| low.on).min()?;
        let amounts = points
            .iter()
            .map(|low| low.map_or(Some(Yuan::ZERO), |low| low.amount));
        Some(LowPoint {
            on: earliest,
            amount: self.amount(amounts),
        })
    }

    fn run_out(&self, found: impl Iterator<Item = Option<Short>>) -> Option<RunOut> {
        let found: Vec<Option<Short>> = found.collect();
        let first = found.iter().flatten().min_by_key(|short| short.on)?;
        let latest = found.iter().copied().collect::<Option<Vec<Short>>>();
        let latest = latest.filter(|_| !self.explored.too_many);
        Some(RunOut {
            earliest: first.on,
            latest: latest.and_then(|shorts| shorts.iter().map(|short| short.on).max()),
            plan: Some(first.plan),
            short: self.amount(found.iter().flatten().map(|short| Some(short.short))),
        })
    }

    /// The day the account runs out stands in the table right after the bill that empties it.
    fn show_run_out(
        &self,
        outlook: &MemberOutlook,
        events: &mut Vec<((usize, usize), ProjectedEvent)>,
    ) {
        let Some(run_out) = &outlook.run_out else {
            return;
        };
        let bill = events.iter().find(|(_, event)| {
            event.member == outlook.member
                && event.plan == run_out.plan
                && event.on == run_out.earliest
        });
        let Some((place, bill)) = bill else { return };
        let event = ProjectedEvent {
            earliest: run_out.earliest,
            on: run_out.earliest,
            kind: EventKind::RunOut,
            what: gongji_domain::Message {
                code: "project.run_out".to_owned(),
                ..bill.what.clone()
            },
            change: Amount::Exact(Yuan::ZERO),
            split: None,
            gross: None,
            withheld: None,
            formula: None,
            ..bill.clone()
        };
        let place = (place.0, usize::MAX);
        events.push((place, event));
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
                readings: self.readings(point),
            });
        let noted = self.runs().flat_map(|run| run.open.iter().cloned());
        for open in points.chain(noted) {
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
        if self.explored.too_many || point.readings.len() < 2 {
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
                fund_paid: self.amount(under(index).map(|run| run.fund_paid)),
                patient_paid: self.amount(under(index).map(|run| run.patient_paid)),
            })
            .collect()
    }
}
