//! 分段与重演 — projecting in two parts comes to the same as projecting at once, and what was recorded is
//! what would have been projected.

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};
use gongji_domain::{Amount, MemberId, Month, PlanItemId, PlannedSpending, Yuan};
use gongji_engine::{EventKind, LowPoint, MonthRow, ProjectedEvent, Projection};

use crate::family::{Family, Home, ONE_BOOK, PARTS, falling_short, family};
use crate::income::{Income, incomes};
use crate::many::{Met, on_families};
use crate::record::{held, record};

/// Whether the projection knows every balance and every bill to the fen.
fn determined(projection: &Projection) -> bool {
    let months = projection.months.iter();
    let rows = months.flat_map(|row| {
        [
            row.opening,
            row.credited,
            row.closing,
            row.lowest,
            row.cash_paid,
        ]
    });
    let bills = projection
        .events
        .iter()
        .filter_map(|event| event.split.as_ref());
    let bills = bills.flat_map(|split| [split.fund_paid, split.own_account_paid, split.cash_paid]);
    rows.chain(bills).all(|amount| amount.exact().is_some())
}

/// What every member has at the end.
fn closing(projection: &Projection) -> BTreeMap<MemberId, Yuan> {
    let last = projection.months.last().unwrap().month;
    let rows = projection.months.iter().filter(|row| row.month == last);
    rows.map(|row| (row.member, row.closing.exact().unwrap()))
        .collect()
}

/// An event as it is told, but for the first day on which a credit may come: the days of credits that
/// came teach that. What was carried over from the clearing before is in the balance, so that a clearing
/// comes to the same by another sum.
fn told(event: &ProjectedEvent) -> String {
    let clears = event.what.code.starts_with("project.clearing");
    let how = (&event.formula, event.assumed);
    let told = serde_json::to_string(&(
        (event.on, event.member, event.kind, &event.what, event.plan),
        (event.change, event.balance, &event.split),
        (event.for_month, event.gross, event.withheld),
        (!clears).then_some(how),
        (&event.sources, &event.only),
    ));
    told.unwrap()
}

/// The events of two halves one after the other. Only the first time that an account runs out is news,
/// and what was overdue at the beginning of the second half was so in the first.
fn events_of(first: &Projection, rest: &Projection) -> Vec<String> {
    let ran_out = |member| {
        let mut members = first.members.iter();
        members.any(|outlook| outlook.member == member && outlook.run_out.is_some())
    };
    let later = rest.events.iter().filter(|event| {
        let is_known = event.kind == EventKind::RunOut && ran_out(event.member);
        event.on > rest.from && !is_known
    });
    first.events.iter().chain(later).map(told).collect()
}

fn plus(one: Amount, other: Amount) -> Amount {
    let sum = one
        .exact()
        .zip(other.exact())
        .map(|(one, other)| one + other);
    sum.map_or(Amount::UNKNOWN, Amount::Exact)
}

/// The month that was cut, put together.
fn joined(first: &MonthRow, rest: &MonthRow) -> MonthRow {
    MonthRow {
        month: first.month,
        member: first.member,
        opening: first.opening,
        credited: plus(first.credited, rest.credited),
        own_paid: plus(first.own_paid, rest.own_paid),
        aid_given: plus(first.aid_given, rest.aid_given),
        aid_taken: plus(first.aid_taken, rest.aid_taken),
        cash_paid: plus(first.cash_paid, rest.cash_paid),
        closing: rest.closing,
        lowest: Amount::Exact(first.lowest.exact().min(rest.lowest.exact()).unwrap()),
        assumed: false,
    }
}

fn months_of(first: &Projection, rest: &Projection) -> Vec<MonthRow> {
    let mut rows: BTreeMap<(Month, MemberId), MonthRow> = BTreeMap::new();
    for row in first.months.iter().chain(&rest.months) {
        let mut row = row.clone();
        // What was carried over as an assumption is stated in the second half.
        row.assumed = false;
        let key = (row.month, row.member);
        let row = match rows.get(&key) {
            Some(before) => joined(before, &row),
            None => row,
        };
        rows.insert(key, row);
    }
    rows.into_values().collect()
}

fn lower(one: &Option<LowPoint>, other: &Option<LowPoint>) -> Option<LowPoint> {
    let points = one.iter().chain(other);
    points
        .min_by_key(|low| (low.amount.exact(), low.on))
        .cloned()
}

/// What is said of every member over the whole time follows from the two halves.
fn outlooks_agree(whole: &Projection, first: &Projection, rest: &Projection) {
    let halves = first.members.iter().zip(&rest.members);
    for (outlook, (first, rest)) in whole.members.iter().zip(halves) {
        let name = outlook.member;
        let run_out = first.run_out.clone().or(rest.run_out.clone());
        assert_eq!(outlook.run_out, run_out, "{name} runs out");
        let cash = first.first_cash.clone().or(rest.first_cash.clone());
        assert_eq!(outlook.first_cash, cash, "{name} pays cash");
        assert_eq!(outlook.cash, plus(first.cash, rest.cash), "{name}'s cash");
        let lowest = lower(&first.lowest, &rest.lowest);
        assert_eq!(outlook.lowest, lowest, "{name}'s lowest");
    }
    let shared = |projection: &Projection| {
        let shared = projection.shared.iter();
        let nothing = Amount::Exact(Yuan::ZERO);
        let shared = shared.filter(move |shared| shared.paid != nothing);
        let pairs = shared.map(|shared| ((shared.donor, shared.recipient), shared.paid));
        pairs.collect::<BTreeMap<_, _>>()
    };
    let mut sums = shared(first);
    for (pair, paid) in shared(rest) {
        let held = sums.entry(pair).or_insert(Amount::Exact(Yuan::ZERO));
        *held = plus(*held, paid);
    }
    assert_eq!(shared(whole), sums);
}

/// The past as it was recorded comes to what was projected: balances, and every bill to the fen.
fn comes_to_the_same(
    home: &Home,
    incomes: &[(NaiveDate, Income)],
    whole: &Projection,
    day: NaiveDate,
) -> Option<(Projection, Home)> {
    let recorded = record(home, incomes, day)?;
    let projected = home.between(home.from, day);
    // A credit whose window holds the day may or may not be there by its close.
    if !determined(&projected) {
        return None;
    }
    let expected = held(&recorded.home);
    assert_eq!(
        closing(&projected),
        expected,
        "balances at the close of {day}"
    );
    let splits = whole.events.iter().filter_map(|event| {
        let split = event
            .split
            .as_ref()
            .filter(|_| event.kind == EventKind::Spending)?;
        Some((event.on, event.member, split))
    });
    for ((on, member, estimate), (their_on, theirs, split)) in recorded.bills.iter().zip(splits) {
        assert_eq!((*on, *member), (their_on, theirs));
        let payers = &estimate.payers;
        let settled = [
            payers.fund_paid,
            payers.own_account_paid,
            payers.mutual_aid_paid,
            payers.cash_paid,
        ];
        let expected = [
            split.fund_paid,
            split.own_account_paid,
            split.mutual_aid_paid,
            split.cash_paid,
        ];
        assert_eq!(settled, expected, "{on} {member}");
    }
    Some((projected, recorded.home))
}

fn same_lines(one: &[String], other: &[String], what: &str, day: NaiveDate) {
    let lost: Vec<_> = one.iter().filter(|line| !other.contains(line)).collect();
    let new: Vec<_> = other.iter().filter(|line| !one.contains(line)).collect();
    assert!(
        one == other,
        "{what}, cut at the close of {day}: {lost:#?} became {new:#?}"
    );
}

fn split_at(
    home: &Home,
    incomes: &[(NaiveDate, Income)],
    whole: &Projection,
    day: NaiveDate,
) -> Option<()> {
    let (first, later) = comes_to_the_same(home, incomes, whole, day)?;
    let rest = later.between(day, home.until);
    let events: Vec<String> = whole.events.iter().map(told).collect();
    same_lines(&events, &events_of(&first, &rest), "events", day);
    let lines = |rows: Vec<MonthRow>| -> Vec<String> {
        let lines = rows.iter().map(|row| serde_json::to_string(row).unwrap());
        lines.collect()
    };
    let whole_months = months_of(
        whole,
        &Projection {
            months: Vec::new(),
            ..rest.clone()
        },
    );
    same_lines(
        &lines(whole_months),
        &lines(months_of(&first, &rest)),
        "months",
        day,
    );
    outlooks_agree(whole, &first, &rest);
    Some(())
}

/// Any day of the time, the close of a month, that of a year and that of a year of advances.
fn cut_anywhere(family: &Family, by: u64) -> Met {
    let home = family.home();
    let whole = home.project();
    if !determined(&whole) {
        return None;
    }
    let incomes = incomes(&home)?;
    let length = (home.until - home.from).num_days().unsigned_abs();
    let any = home.from + Days::new(by % length);
    let month_end = Month::of(any).last_day();
    let in_year = |month: i32| {
        let first = Month::of(home.from);
        let months = month - i32::try_from(first.number()).unwrap();
        first.plus(months.rem_euclid(12)).last_day()
    };
    for day in [any, month_end, in_year(12), in_year(6)] {
        if home.from <= day && day < home.until {
            split_at(&home, &incomes, &whole, day)?;
        }
    }
    Some(codes(&whole))
}

/// What happens, by the words for it.
fn codes(projection: &Projection) -> Vec<String> {
    let events = projection.events.iter();
    events.map(|event| event.what.code.clone()).collect()
}

#[test]
fn the_time_may_be_cut_anywhere() {
    let happens = [
        "credit_changes",
        "year_end",
        "enrollment_changes",
        "run_out",
    ];
    on_families(
        "cut, one book",
        family(&ONE_BOOK, true),
        (32, 25),
        &happens,
        cut_anywhere,
    );
}

#[test]
fn the_time_may_be_cut_where_accounts_have_parts() {
    let happens = [
        "advance",
        "clearing",
        "rolled_over",
        "taken_back",
        "run_out",
    ];
    on_families(
        "cut, parts",
        family(&PARTS, true),
        (72, 20),
        &happens,
        cut_anywhere,
    );
}

/// 清算不足 — what was advanced too much is made up for by the next advance.
#[test]
fn the_time_may_be_cut_where_a_year_falls_short() {
    let happens = ["clearing_short", "clearing", "advance", "run_out"];
    on_families(
        "cut, falling short",
        falling_short(),
        (4, 50),
        &happens,
        cut_anywhere,
    );
}

/// 年度结束后一次结的补充层 — in the place that has one.
#[test]
fn the_time_may_be_cut_before_a_year_is_settled() {
    let happens = ["yearly_layer", "year_end"];
    on_families(
        "cut, yearly layer",
        family(&["110000"], true),
        (24, 25),
        &happens,
        cut_anywhere,
    );
}

/// A projection that starts in the past, planning what was really billed, comes to the present: also
/// where the record goes on after the day from which it starts.
fn replayed(family: &Family, _: u64) -> Met {
    let home = family.home();
    let projected = home.project();
    if !determined(&projected) {
        return None;
    }
    let present = record(&home, &incomes(&home)?, home.until)?.home;
    let mut past = present.clone();
    past.balances = home.balances.clone();
    past.household.plans = (1..)
        .zip(&present.household.settlements)
        .map(|(number, settlement)| PlannedSpending {
            id: PlanItemId(number),
            member: settlement.member,
            title: String::new(),
            part: settlement.request.part,
            class: settlement.request.visit.class.clone(),
            bill: settlement.request.bill.clone(),
            first_on: settlement.request.visit.settled_on,
            recurrence: None,
            urgent: false,
        })
        .collect();
    let replayed = past.between(home.from, home.until);
    assert_eq!(closing(&replayed), held(&present));
    assert_eq!(replayed.months, projected.months);
    Some(codes(&replayed))
}

#[test]
fn the_past_replayed_is_the_present() {
    let happens = ["year_end", "enrollment_changes"];
    on_families(
        "replay, one book",
        family(&ONE_BOOK, true),
        (24, 25),
        &happens,
        replayed,
    );
    let happens = ["advance", "clearing", "rolled_over"];
    on_families(
        "replay, parts",
        family(&PARTS, true),
        (32, 20),
        &happens,
        replayed,
    );
}
