//! 几种可能合在一起 — what all projections agree on, and the range where they differ.

use std::collections::{BTreeMap, BTreeSet};

use gongji_domain::{Amount, MemberId, Message, Open, OpenReading, Yuan};

use super::sums::most;
use super::{Expected, Fork, ForkLine, World};
use crate::project::addends::{Addend, addends, cash, credited};
use crate::project::amounts::{hull, plus};
use crate::project::cash::peak;
use crate::projection::{
    DonorShare, EventSplit, LowPoint, MemberOutlook, MonthRow, NextCredit, ProjectedEvent,
    Projection, RunOut,
};

pub(super) const ZERO: Amount = Amount::Exact(Yuan::ZERO);

/// Every projection that was made, by its combination.
pub(super) struct Cases {
    pub(super) runs: Vec<(World, Projection)>,
    /// Not all combinations were looked at.
    pub(super) too_many: bool,
}

impl Cases {
    pub(super) fn merged(self, expected: &[Expected<'_>]) -> Projection {
        let forks: Vec<Fork> = expected.iter().map(|one| self.fork(one)).collect();
        let open = expected.iter().map(|one| self.open(one)).collect();
        let events = self.events(expected);
        let months = self.months();
        let members = self.members();
        let cash_months = self.cash();
        let shared = self.shared();
        let unknown = self.unknown(open);
        let policy = self.policy();
        let (from, until) = self
            .runs
            .first()
            .map_or_else(Default::default, |(_, run)| (run.from, run.until));
        Projection {
            from,
            until,
            events,
            months,
            members,
            cash_peak: peak(&cash_months),
            cash: cash_months,
            shared,
            forks,
            unknown,
            policy,
        }
    }

    pub(super) fn projections(&self) -> impl Iterator<Item = &Projection> + Clone {
        self.runs.iter().map(|(_, run)| run)
    }

    fn under(&self, key: &str, reading: usize) -> impl Iterator<Item = &Projection> {
        let runs = self.runs.iter();
        runs.filter(move |(world, _)| world.get(key) == Some(&reading))
            .map(|(_, run)| run)
    }

    pub(super) fn amount(&self, amounts: impl IntoIterator<Item = Amount>) -> Amount {
        let amounts = amounts.into_iter();
        let all = amounts.reduce(|held, other| match held == other {
            true => held,
            false => hull(held, other),
        });
        all.filter(|_| !self.too_many).unwrap_or(Amount::UNKNOWN)
    }

    pub(super) fn fork(&self, expected: &Expected<'_>) -> Fork {
        let point = expected.point();
        let lines = point.readings.into_iter().enumerate();
        let lines = lines.map(|(reading, what)| {
            let member = expected.member.id;
            let runs: Vec<&Projection> = self.under(&point.key, reading).collect();
            let rows = |run: &Projection| -> Vec<MonthRow> {
                let of_member = run.months.iter().filter(|row| row.member == member);
                of_member.cloned().collect()
            };
            let outlooks: Vec<&MemberOutlook> =
                runs.iter().filter_map(|run| outlook(run, member)).collect();
            ForkLine {
                what,
                credited: self.amount(runs.iter().map(|run| {
                    let events = run.events.iter().filter(|event| event.member == member);
                    events.filter_map(credited).fold(ZERO, plus)
                })),
                credited_of: in_common(&runs, member, credited),
                closing: self.amount(
                    runs.iter()
                        .filter_map(|run| rows(run).last().map(|row| row.closing)),
                ),
                lowest: self.low(outlooks.iter().map(|one| one.lowest.as_ref())),
                run_out: self.run_out(outlooks.iter().map(|one| one.run_out.as_ref())),
                cash: self.amount(outlooks.iter().map(|one| one.cash)),
                cash_of: in_common(&runs, member, cash),
            }
        });
        Fork {
            member: expected.member.id,
            from: expected.retires.from,
            lines: lines.collect(),
            what: point.what,
        }
    }

    fn open(&self, expected: &Expected<'_>) -> Open {
        let point = expected.point();
        let readings = point.readings.into_iter().enumerate();
        let readings = readings.map(|(reading, what)| {
            let sum = |figure: fn(&EventSplit) -> Amount| {
                let of_runs = self.under(&point.key, reading).map(|run| {
                    let splits = run.events.iter().filter_map(|event| event.split.as_ref());
                    splits.map(figure).fold(ZERO, plus)
                });
                self.amount(of_runs)
            };
            OpenReading {
                what,
                fund_paid: sum(|split| split.fund_paid),
                patient_paid: sum(|split| {
                    let accounts = plus(split.own_account_paid, split.mutual_aid_paid);
                    plus(accounts, split.cash_paid)
                }),
            }
        });
        Open {
            readings: readings.collect(),
            key: point.key,
            what: point.what,
            ask: point.ask,
        }
    }

    /// An event that all projections have is one, with the range of what it does; one that only some
    /// have says under which answer.
    fn events(&self, expected: &[Expected<'_>]) -> Vec<ProjectedEvent> {
        let mut found: Vec<(usize, Vec<(usize, &ProjectedEvent)>)> = Vec::new();
        let mut places = BTreeMap::new();
        for (run, projection) in self.projections().enumerate() {
            let mut seen: BTreeMap<_, usize> = BTreeMap::new();
            for (at, event) in projection.events.iter().enumerate() {
                let same = (
                    (event.on, event.member, event.kind),
                    (&event.what, event.plan, event.premium, event.for_month),
                );
                let nth = seen.entry(same).or_default();
                *nth += 1;
                let place = *places.entry((same, *nth)).or_insert_with(|| {
                    found.push((at, Vec::new()));
                    found.len() - 1
                });
                if let Some((_, of_runs)) = found.get_mut(place) {
                    of_runs.push((run, event));
                }
            }
        }
        found.sort_by_key(|(at, of_runs)| (of_runs.first().map(|(_, event)| event.on), *at));
        let merged = found.into_iter().filter_map(|(_, of_runs)| {
            let (_, first) = of_runs.first()?;
            let events: Vec<&ProjectedEvent> = of_runs.iter().map(|(_, event)| *event).collect();
            Some(ProjectedEvent {
                earliest: events.iter().map(|event| event.earliest).min()?,
                change: self.amount(events.iter().map(|event| event.change)),
                balance: self.amount(events.iter().map(|event| event.balance)),
                split: self.split(&events),
                assumed: events.iter().any(|event| event.assumed),
                only: self.only(expected, &of_runs),
                ..(*first).clone()
            })
        });
        merged.collect()
    }

    fn only(
        &self,
        expected: &[Expected<'_>],
        of_runs: &[(usize, &ProjectedEvent)],
    ) -> Option<Message> {
        if of_runs.len() == self.runs.len() {
            return None;
        }
        expected.iter().find_map(|one| {
            let point = one.point();
            let worlds = of_runs.iter().filter_map(|(run, _)| self.runs.get(*run));
            let readings: BTreeSet<usize> = worlds
                .filter_map(|(world, _)| world.get(&point.key).copied())
                .collect();
            let mut readings = readings.into_iter();
            let reading = readings.next().filter(|_| readings.next().is_none())?;
            let what = point.readings.get(reading)?.clone();
            Some(what.with("name", &one.member.name))
        })
    }

    fn split(&self, events: &[&ProjectedEvent]) -> Option<EventSplit> {
        let splits: Vec<&EventSplit> = events
            .iter()
            .filter_map(|event| event.split.as_ref())
            .collect();
        let first = *splits.first()?;
        let of = |figure: fn(&EventSplit) -> Amount| {
            self.amount(splits.iter().map(|split| figure(split)))
        };
        let mut aid = Vec::new();
        for share in splits.iter().flat_map(|split| &split.aid) {
            let is_of = |other: &&DonorShare| other.donor == share.donor;
            if aid.iter().any(|known| is_of(&known)) {
                continue;
            }
            let theirs = |split: &&EventSplit| split.aid.iter().find(is_of).cloned();
            let paid = splits
                .iter()
                .map(|split| theirs(split).map_or(ZERO, |other| other.paid));
            let balances = splits.iter().filter_map(theirs).map(|other| other.balance);
            aid.push(DonorShare {
                donor: share.donor,
                paid: self.amount(paid),
                balance: self.amount(balances),
            });
        }
        Some(EventSplit {
            total: first.total,
            fund_paid: of(|split| split.fund_paid),
            own_account_paid: of(|split| split.own_account_paid),
            mutual_aid_paid: of(|split| split.mutual_aid_paid),
            aid,
            cash_paid: of(|split| split.cash_paid),
        })
    }

    /// Every projection has the same months of the same members, in the same order.
    fn months(&self) -> Vec<MonthRow> {
        let rows = self.projections().next().map(|run| run.months.len());
        (0..rows.unwrap_or(0))
            .filter_map(|at| {
                let rows: Vec<&MonthRow> = self
                    .projections()
                    .filter_map(|run| run.months.get(at))
                    .collect();
                let of = |figure: fn(&MonthRow) -> Amount| {
                    self.amount(rows.iter().map(|row| figure(row)))
                };
                let first = rows.first()?;
                Some(MonthRow {
                    month: first.month,
                    member: first.member,
                    opening: of(|row| row.opening),
                    credited: of(|row| row.credited),
                    own_paid: of(|row| row.own_paid),
                    aid_given: of(|row| row.aid_given),
                    aid_taken: of(|row| row.aid_taken),
                    cash_paid: of(|row| row.cash_paid),
                    closing: of(|row| row.closing),
                    lowest: of(|row| row.lowest),
                    assumed: rows.iter().any(|row| row.assumed),
                })
            })
            .collect()
    }

    fn members(&self) -> Vec<MemberOutlook> {
        let Some(first) = self.projections().next() else {
            return Vec::new();
        };
        let of_member = |known: &MemberOutlook| {
            let all: Vec<&MemberOutlook> = self
                .projections()
                .filter_map(|run| outlook(run, known.member))
                .collect();
            MemberOutlook {
                member: known.member,
                account: known.account,
                balance: self.amount(all.iter().map(|one| one.balance)),
                next_credit: self.next_credit(&all),
                lowest_before_credit: self
                    .low(all.iter().map(|one| one.lowest_before_credit.as_ref())),
                lowest: self.low(all.iter().map(|one| one.lowest.as_ref())),
                run_out: self.run_out(all.iter().map(|one| one.run_out.as_ref())),
                first_cash: self.first(all.iter().map(|one| one.first_cash.as_ref())),
                cash: self.amount(all.iter().map(|one| one.cash)),
                cash_of: Vec::new(),
                cash_peak: most(all.iter().filter_map(|one| one.cash_peak.clone())),
                to_return: self.to_return(&all),
            }
        };
        first.members.iter().map(of_member).collect()
    }

    fn next_credit(&self, all: &[&MemberOutlook]) -> Option<NextCredit> {
        let found: Vec<&NextCredit> = all
            .iter()
            .filter_map(|one| one.next_credit.as_ref())
            .collect();
        let first = *found.first()?;
        if found.iter().all(|other| *other == first) {
            return Some(first.clone());
        }
        let of =
            |figure: fn(&NextCredit) -> Amount| self.amount(found.iter().map(|one| figure(one)));
        Some(NextCredit {
            earliest: found.iter().map(|one| one.earliest).min()?,
            latest: found.iter().map(|one| one.latest).max()?,
            gross: of(|one| one.gross),
            withheld: of(|one| one.withheld),
            net: of(|one| one.net),
            formula: None,
            assumed: found.iter().any(|one| one.assumed),
            learned: found.iter().any(|one| one.learned),
            ..first.clone()
        })
    }

    fn low<'p>(&self, points: impl Iterator<Item = Option<&'p LowPoint>>) -> Option<LowPoint> {
        self.point(points, |low| (low.amount.min(), low.on))
    }

    fn first<'p>(&self, points: impl Iterator<Item = Option<&'p LowPoint>>) -> Option<LowPoint> {
        self.point(points, |low| low.on)
    }

    /// The day of the one that comes first by `order`; where some have none, it counts as zero there.
    fn point<'p, O: Ord>(
        &self,
        points: impl Iterator<Item = Option<&'p LowPoint>>,
        order: impl Fn(&LowPoint) -> O,
    ) -> Option<LowPoint> {
        let points: Vec<Option<&LowPoint>> = points.collect();
        let found = points.iter().flatten().min_by_key(|low| order(low))?;
        let amounts = points.iter().map(|low| low.map_or(ZERO, |low| low.amount));
        Some(LowPoint {
            on: found.on,
            amount: self.amount(amounts),
            because: found.because.clone(),
        })
    }

    fn run_out<'p>(&self, found: impl Iterator<Item = Option<&'p RunOut>>) -> Option<RunOut> {
        let found: Vec<Option<&RunOut>> = found.collect();
        let first = *found.iter().flatten().min_by_key(|one| one.earliest)?;
        let latest: Option<Vec<_>> = found
            .iter()
            .map(|one| one.and_then(|one| one.latest))
            .collect();
        Some(RunOut {
            earliest: first.earliest,
            latest: latest
                .filter(|_| !self.too_many)
                .and_then(|days| days.into_iter().max()),
            plan: first.plan,
            premium: first.premium,
            short: self.amount(found.iter().flatten().map(|one| one.short)),
            because: first.because.clone(),
        })
    }
}

/// What a sum of the member is made of, where all projections of a line say the same.
fn in_common(
    runs: &[&Projection],
    member: MemberId,
    figure: fn(&ProjectedEvent) -> Option<Amount>,
) -> Vec<Addend> {
    let of_run = |run: &&Projection| {
        let own = run.events.iter().filter(|event| event.member == member);
        addends(own, figure)
    };
    let mut of_runs = runs.iter().map(of_run);
    let first = of_runs.next().unwrap_or_default();
    match of_runs.all(|other| other == first) {
        true => first,
        false => Vec::new(),
    }
}

fn outlook(run: &Projection, member: MemberId) -> Option<&MemberOutlook> {
    run.members.iter().find(|one| one.member == member)
}
