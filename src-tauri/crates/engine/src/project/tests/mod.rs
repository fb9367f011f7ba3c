mod advances;
mod credits;
mod forks;
mod gaps;
mod learned;
mod moves;
mod open;
mod overdrafts;
mod premiums;
mod relatives;
mod told;
mod years;

use gongji_domain::{
    Account, AccountKind, Amount, Bill, Binding, BindingId, EmploymentStatus, Enrollment,
    EnrollmentId, Entry, EntryId, EntryKind, Leg, Member, MemberId, MissingCredit, Overdraft, Part,
    PlanItemId, PlannedSpending, PoolId, Recurrence, Relation, Scheme, Special, StatedCounter,
    StatedCreditDay, StatementId,
};

use super::*;
use crate::projection::{EventKind, Ground, MonthRow};
use crate::sample::{self, ACCOUNT, AID, COUNTERS, OUTPATIENT, YEARLY};

pub(crate) fn library() -> Library {
    sample::library(&[
        ("personal-account", ACCOUNT),
        ("mutual-aid", AID),
        ("counters", COUNTERS),
        ("general-outpatient", OUTPATIENT),
        ("layer-serious-illness", YEARLY),
    ])
}

pub(crate) fn day(text: &str) -> NaiveDate {
    text.parse().expect("a date")
}

pub(crate) fn yuan(text: &str) -> Yuan {
    text.parse().expect("yuan")
}

/// How often, as a rule of iCalendar.
pub(crate) fn rule(text: &str) -> Option<Recurrence> {
    Some(text.parse().expect("a rule"))
}

pub(crate) fn exact(text: &str) -> Amount {
    Amount::Exact(yuan(text))
}

pub(crate) fn range(min: &str, max: &str) -> Amount {
    Amount::Range {
        min: yuan(min),
        max: yuan(max),
    }
}

/// A household in which everything is recorded up to `from`.
#[derive(Clone, Default)]
pub(crate) struct Family {
    pub(crate) household: Household,
    pub(crate) balances: Balances,
}

impl Family {
    /// A member of 甲地 with the given balance, recorded since 2026-01-01.
    pub(crate) fn member(
        &mut self,
        name: &str,
        born: &str,
        status: EmploymentStatus,
        balance: &str,
    ) -> MemberId {
        let number = self.household.members.len() as u32 + 1;
        let id = MemberId(number);
        self.household.members.push(Member {
            id,
            name: name.to_owned(),
            born: Some(day(born)),
            note: String::new(),
        });
        self.household.enrollments.push(Enrollment {
            id: EnrollmentId(number),
            member: id,
            from: day("2020-01-01"),
            until: None,
            pool: PoolId::from("990100"),
            scheme: Scheme::Employee,
            plan: "with_account".to_owned(),
            status,
            contribution_base: Some(yuan("10000.00")),
            retired_on: None,
            insured_months: None,
            special: Special::None,
            pension: None,
            frozen_credit: None,
            employer: None,
            first_enrollment: false,
            back_paid: None,
            back_paid_on: None,
        });
        self.household.accounts.push(Account {
            id: AccountId(number),
            owner: id,
            kind: AccountKind::Insurance,
            pool: Some(PoolId::from("990100")),
            name: "医保账户".to_owned(),
            opened_on: day("2026-01-10"),
            overdraft: None,
        });
        self.balances.insert(
            (AccountId(number), SubAccountId::from("book")),
            yuan(balance),
        );
        id
    }

    pub(crate) fn plan(
        &mut self,
        member: MemberId,
        first_on: &str,
        total: &str,
        recurrence: Option<Recurrence>,
    ) -> PlanItemId {
        let id = PlanItemId(self.household.plans.len() as u32 + 1);
        self.household.plans.push(PlannedSpending {
            id,
            member,
            title: "复诊".to_owned(),
            part: Part::GeneralOutpatient,
            class: None,
            bill: Bill::of_total(yuan(total)),
            first_on: day(first_on),
            recurrence,
            urgent: false,
        });
        id
    }

    pub(crate) fn bind(
        &mut self,
        donor: MemberId,
        recipient: MemberId,
        relation: Relation,
        rank: u32,
    ) {
        let id = BindingId(self.household.bindings.len() as u32 + 1);
        self.household.bindings.push(Binding {
            id,
            donor,
            recipient,
            relation,
            bound_on: day("2026-01-10"),
            ended_on: None,
            rank,
        });
    }

    pub(crate) fn state_counter(
        &mut self,
        member: MemberId,
        counter: &str,
        as_of: &str,
        value: &str,
    ) {
        let id = StatementId(self.household.stated_counters.len() as u32 + 1);
        self.household.stated_counters.push(StatedCounter {
            id,
            member,
            pool: PoolId::from("990100"),
            counter: counter.to_owned(),
            as_of: day(as_of),
            value: value.to_owned(),
        });
    }

    /// Both counters stand at zero.
    pub(crate) fn fresh(&mut self, member: MemberId, as_of: &str) {
        self.state_counter(member, "op_deductible", as_of, "0.00");
        self.state_counter(member, "own_share", as_of, "0.00");
    }

    pub(crate) fn credit_day(&mut self, member: MemberId, day: u32) {
        self.household
            .credit_days
            .push(StatedCreditDay { member, day });
    }

    pub(crate) fn project(&self, from: &str, until: &str) -> Projection {
        self.project_by(&library(), from, until)
    }

    fn project_by(&self, library: &Library, from: &str, until: &str) -> Projection {
        project(
            library,
            &self.household,
            &self.balances,
            day(from),
            day(until),
        )
        .expect("a projection")
    }
}

fn month<'p>(projection: &'p Projection, member: MemberId, month: &str) -> &'p MonthRow {
    let found = projection
        .months
        .iter()
        .find(|row| row.member == member && row.month.to_string() == month);
    found.unwrap_or_else(|| panic!("{month}"))
}

fn of_kind(projection: &Projection, kind: EventKind) -> Vec<&crate::projection::ProjectedEvent> {
    projection
        .events
        .iter()
        .filter(|event| event.kind == kind)
        .collect()
}

#[test]
fn the_cash_of_the_whole_time_is_added_up() {
    let mut family = Family::default();
    let father = family.member("父亲", "1960-05-20", EmploymentStatus::Retired, "0.00");
    family.fresh(father, "2026-01-10");
    family.credit_day(father, 5);
    family.plan(father, "2026-02-15", "400.00", None);
    family.plan(father, "2026-02-20", "1000.00", None);
    // 2-15：个人 320，账户 97，现金 223；2-20：个人 200，现金 200。
    let outlook = family.project("2026-01-10", "2026-02-28").members.remove(0);
    assert_eq!(
        outlook.first_cash.map(|low| low.amount),
        Some(exact("223.00"))
    );
    assert_eq!(outlook.cash, exact("423.00"));
    // 没有计划，就不用现金；没有规则的地方，多少不知道。
    family.household.plans.truncate(1);
    family.household.enrollments[0].pool = PoolId::from("980100");
    let outlook = family.project("2026-01-10", "2026-02-28").members.remove(0);
    assert_eq!(outlook.cash, Amount::UNKNOWN);
    family.household.plans.clear();
    let outlook = family.project("2026-01-10", "2026-02-28").members.remove(0);
    assert_eq!(outlook.cash, exact("0.00"));
}

#[test]
fn a_retiree_is_credited_and_spends_month_by_month() {
    let mut family = Family::default();
    let father = family.member("父亲", "1960-05-20", EmploymentStatus::Retired, "200.00");
    family.fresh(father, "2026-01-10");
    family.credit_day(father, 5);
    family.plan(father, "2026-02-15", "400.00", rule("FREQ=MONTHLY"));
    let projection = family.project("2026-01-10", "2026-04-30");
    // 2 月 5 日到 1 月的 97；2-15：起付 300，(400 − 300) × 80% = 80，个人 320；200 + 97 = 297 付 297，现金 23。
    let february = month(&projection, father, "2026-02");
    assert_eq!(february.opening, exact("200.00"));
    assert_eq!(february.credited, exact("97.00"));
    assert_eq!(february.own_paid, exact("297.00"));
    assert_eq!(february.cash_paid, exact("23.00"));
    assert_eq!(
        (february.closing, february.lowest),
        (exact("0.00"), exact("0.00"))
    );
    // 3-15：起付线已满，400 × 80% = 320，个人 80；97 − 80 = 17。
    let march = month(&projection, father, "2026-03");
    assert_eq!(
        (march.own_paid, march.cash_paid, march.closing),
        (exact("80.00"), exact("0.00"), exact("17.00"))
    );
    // 4 月：17 + 97 − 80 = 34。
    assert_eq!(
        month(&projection, father, "2026-04").closing,
        exact("34.00")
    );
    let outlook = &projection.members[0];
    let run_out = outlook.run_out.as_ref().expect("it runs out");
    assert_eq!(
        (run_out.earliest, run_out.latest),
        (day("2026-02-15"), Some(day("2026-02-15")))
    );
    assert_eq!(run_out.short, exact("23.00"));
    assert_eq!(
        outlook.first_cash.as_ref().map(|low| low.amount),
        Some(exact("23.00"))
    );
    assert_eq!(outlook.cash, exact("23.00"));
    let next = outlook.next_credit.as_ref().expect("a next credit");
    assert_eq!(
        (next.latest, next.net),
        (Some(day("2026-02-05")), exact("97.00"))
    );
    let lowest = outlook.lowest_before_credit.as_ref().expect("a low");
    assert_eq!(
        (lowest.on, lowest.amount),
        (day("2026-01-10"), exact("200.00"))
    );
    let kinds: Vec<EventKind> = projection.events.iter().map(|event| event.kind).collect();
    use EventKind::{Credit, RunOut, Spending};
    assert_eq!(
        kinds,
        [Credit, Spending, RunOut, Credit, Spending, Credit, Spending]
    );
    assert!(projection.unknown.is_empty(), "{:?}", projection.unknown);
}

#[test]
fn a_place_without_rules_stays_unknown() {
    let mut family = Family::default();
    let father = family.member("父亲", "1960-05-20", EmploymentStatus::Retired, "800.00");
    family.household.enrollments[0].pool = PoolId::from("980100");
    family.household.accounts[0].pool = Some(PoolId::from("980100"));
    let plan = family.plan(father, "2026-03-01", "600.00", None);
    let projection = family.project("2026-01-10", "2026-06-30");
    let event = of_kind(&projection, EventKind::Spending)[0];
    let split = event.split.as_ref().expect("a split");
    assert_eq!(event.plan, Some(plan));
    assert_eq!(
        (
            split.total,
            split.fund_paid,
            split.own_account_paid,
            split.cash_paid
        ),
        (
            exact("600.00"),
            Amount::UNKNOWN,
            Amount::UNKNOWN,
            Amount::UNKNOWN
        )
    );
    assert_eq!(event.balance, Amount::UNKNOWN);
    let outlook = &projection.members[0];
    assert_eq!(
        (outlook.balance, outlook.next_credit.is_none()),
        (exact("800.00"), true)
    );
    let lows = [&outlook.lowest, &outlook.lowest_before_credit];
    assert!(
        lows.map(|low| low.as_ref().map(|low| low.amount)) == [Some(Amount::UNKNOWN); 2],
        "how low it gets before money of unknown size and day comes is not known: {lows:?}"
    );
    assert_eq!(
        month(&projection, father, "2026-06").closing,
        Amount::UNKNOWN
    );
    assert_eq!(
        of_kind(&projection, EventKind::Credit)[0].change,
        Amount::UNKNOWN
    );
    assert!(projection.unknown.iter().any(|open| open.key == "rule"));
}

#[test]
fn an_account_nobody_stated_is_not_zero() {
    let mut family = Family::default();
    let father = family.member("父亲", "1960-05-20", EmploymentStatus::Retired, "0.00");
    family.balances.clear();
    family.fresh(father, "2026-01-10");
    family.plan(father, "2026-01-20", "400.00", None);
    let projection = family.project("2026-01-10", "2026-03-31");
    let event = of_kind(&projection, EventKind::Spending)[0];
    let split = event.split.as_ref().expect("a split");
    assert_eq!(
        split.fund_paid,
        exact("80.00"),
        "what the fund pays does not hang on the balance"
    );
    // 个人 400 − 80 = 320，账户里从一分没有到足够。
    assert_eq!(
        (split.own_account_paid, split.cash_paid),
        (range("0.00", "320.00"), range("0.00", "320.00"))
    );
    assert_eq!(
        month(&projection, father, "2026-03").closing,
        Amount::UNKNOWN
    );
    assert_eq!(projection.members[0].balance, Amount::UNKNOWN);
}

#[test]
fn planned_days() {
    let plan = |first: &str, recurrence| PlannedSpending {
        id: PlanItemId(1),
        member: MemberId(1),
        title: String::new(),
        part: Part::Pharmacy,
        class: None,
        bill: Bill::default(),
        first_on: day(first),
        recurrence,
        urgent: false,
    };
    for (first, recurrence, from, until, expected) in [
        (
            "2026-01-31",
            Some(Recurrence::monthly(day("2026-01-31"))),
            "2026-01-31",
            "2026-04-30",
            vec!["2026-02-28", "2026-03-31", "2026-04-30"],
        ),
        (
            "2026-01-31",
            Some(Recurrence::monthly(day("2026-01-31"))),
            "2025-01-01",
            "2026-02-01",
            vec!["2026-01-31"],
        ),
        (
            "2020-01-15",
            rule("FREQ=MONTHLY"),
            "2026-01-15",
            "2026-02-15",
            vec!["2026-02-15"],
        ),
        (
            "2026-01-01",
            rule("FREQ=DAILY;INTERVAL=30"),
            "2026-01-31",
            "2026-03-02",
            vec!["2026-03-02"],
        ),
        (
            "2026-01-01",
            rule("FREQ=DAILY;INTERVAL=30"),
            "2026-01-30",
            "2026-01-31",
            vec!["2026-01-31"],
        ),
        (
            "2026-05-01",
            rule("FREQ=DAILY;INTERVAL=7"),
            "2026-01-30",
            "2026-05-10",
            vec!["2026-05-01", "2026-05-08"],
        ),
        ("2026-01-10", None, "2026-01-10", "2026-12-31", vec![]),
        (
            "2026-01-11",
            None,
            "2026-01-10",
            "2026-12-31",
            vec!["2026-01-11"],
        ),
    ] {
        let said = format!("{recurrence:?}");
        let found: Vec<String> = plan(first, recurrence)
            .days(day(from) + chrono::Days::new(1), day(until))
            .map(|day| day.to_string())
            .collect();
        assert_eq!(found, expected, "{first} {said} {from}");
    }
}

/// What never ends costs nothing behind the projected time, and what is counted is counted from the
/// first day even where the projection begins later: the fourth and last time is 10 May.
#[test]
fn a_rule_is_projected_as_far_as_it_goes() {
    for (recurrence, days) in [
        ("FREQ=MONTHLY;COUNT=4", vec!["2026-04-10", "2026-05-10"]),
        ("FREQ=MONTHLY;UNTIL=20260410", vec!["2026-04-10"]),
        (
            "FREQ=WEEKLY;INTERVAL=4;BYDAY=MO,FR",
            vec!["2026-04-06", "2026-04-10", "2026-05-04", "2026-05-08"],
        ),
        ("FREQ=YEARLY", vec![]),
    ] {
        let mut family = Family::default();
        let father = family.member("父亲", "1960-05-20", EmploymentStatus::Retired, "5000.00");
        family.fresh(father, "2026-03-15");
        family.plan(father, "2026-02-10", "500.00", rule(recurrence));
        let projection = family.project("2026-03-15", "2026-05-31");
        let found: Vec<String> = of_kind(&projection, EventKind::Spending)
            .iter()
            .map(|event| event.on.to_string())
            .collect();
        assert_eq!(found, days, "{recurrence}");
    }
}

#[test]
fn thirty_years_come_to_an_end() {
    let mut family = Family::default();
    let father = family.member("父亲", "1960-05-20", EmploymentStatus::Retired, "100.00");
    family.fresh(father, "2026-01-10");
    family.credit_day(father, 5);
    family.plan(father, "2026-01-15", "300.00", rule("FREQ=MONTHLY"));
    let projection = family.project("2026-01-10", "2056-01-10");
    assert_eq!(projection.months.len(), 361);
}
