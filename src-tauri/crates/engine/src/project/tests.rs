use gongji_domain::{
    Account, AccountKind, Amount, Bill, Binding, BindingId, EmploymentStatus, Enrollment,
    EnrollmentId, Entry, EntryId, EntryKind, Leg, Member, MemberId, MissingCredit, Part, PlanItemId,
    PlannedSpending, PoolId, Recurrence, Relation, Scheme, Special, StatedCounter, StatedCreditDay,
    StatementId,
};

use super::*;
use crate::projection::{EventKind, MonthRow};
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

pub(crate) fn exact(text: &str) -> Amount {
    Amount::Exact(yuan(text))
}

pub(crate) fn range(min: &str, max: &str) -> Amount {
    Amount::Range { min: yuan(min), max: yuan(max) }
}

/// A household in which everything is recorded up to `from`.
#[derive(Default)]
pub(crate) struct Family {
    pub(crate) household: Household,
    pub(crate) balances: Balances,
}

impl Family {
    /// A member of 甲地 with the given balance, recorded since 2026-01-01.
    pub(crate) fn member(&mut self, name: &str, born: &str, status: EmploymentStatus, balance: &str) -> MemberId {
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
        });
        self.household.accounts.push(Account {
            id: AccountId(number),
            owner: id,
            kind: AccountKind::Insurance,
            pool: Some(PoolId::from("990100")),
            name: "医保账户".to_owned(),
            opened_on: day("2026-01-10"),
        });
        self.balances.insert((AccountId(number), SubAccountId::from("book")), yuan(balance));
        id
    }

    pub(crate) fn plan(&mut self, member: MemberId, first_on: &str, total: &str, recurrence: Recurrence) -> PlanItemId {
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
            until: None,
            urgent: false,
        });
        id
    }

    pub(crate) fn bind(&mut self, donor: MemberId, recipient: MemberId, relation: Relation, rank: u32) {
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

    pub(crate) fn state_counter(&mut self, member: MemberId, counter: &str, as_of: &str, value: &str) {
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
        self.household.credit_days.push(StatedCreditDay { member, day });
    }

    pub(crate) fn project(&self, from: &str, until: &str) -> Projection {
        project(&library(), &self.household, &self.balances, day(from), day(until)).expect("a projection")
    }
}

fn month<'p>(projection: &'p Projection, member: MemberId, month: &str) -> &'p MonthRow {
    let found = projection.months.iter().find(|row| row.member == member && row.month.to_string() == month);
    found.unwrap_or_else(|| panic!("{month}"))
}

fn of_kind(projection: &Projection, kind: EventKind) -> Vec<&crate::projection::ProjectedEvent> {
    projection.events.iter().filter(|event| event.kind == kind).collect()
}

#[test]
fn a_retiree_is_credited_and_spends_month_by_month() {
    let mut family = Family::default();
    let father = family.member("父亲", "1960-05-20", EmploymentStatus::Retired, "200.00");
    family.fresh(father, "2026-01-10");
    family.credit_day(father, 5);
    family.plan(father, "2026-02-15", "400.00", Recurrence::Monthly);
    let projection = family.project("2026-01-10", "2026-04-30");
    // 2 月 5 日到 1 月的 97；2-15：起付 300，(400 − 300) × 80% = 80，个人 320；200 + 97 = 297 付 297，现金 23。
    let february = month(&projection, father, "2026-02");
    assert_eq!(february.opening, exact("200.00"));
    assert_eq!(february.credited, exact("97.00"));
    assert_eq!(february.own_paid, exact("297.00"));
    assert_eq!(february.cash_paid, exact("23.00"));
    assert_eq!((february.closing, february.lowest), (exact("0.00"), exact("0.00")));
    // 3-15：起付线已满，400 × 80% = 320，个人 80；97 − 80 = 17。
    let march = month(&projection, father, "2026-03");
    assert_eq!((march.own_paid, march.cash_paid, march.closing), (exact("80.00"), exact("0.00"), exact("17.00")));
    // 4 月：17 + 97 − 80 = 34。
    assert_eq!(month(&projection, father, "2026-04").closing, exact("34.00"));
    let outlook = &projection.members[0];
    let run_out = outlook.run_out.as_ref().expect("it runs out");
    assert_eq!((run_out.earliest, run_out.latest), (day("2026-02-15"), Some(day("2026-02-15"))));
    assert_eq!(run_out.short, exact("23.00"));
    assert_eq!(outlook.first_cash.as_ref().map(|low| low.amount), Some(exact("23.00")));
    let next = outlook.next_credit.as_ref().expect("a next credit");
    assert_eq!((next.latest, next.net), (Some(day("2026-02-05")), exact("97.00")));
    let lowest = outlook.lowest_before_credit.as_ref().expect("a low");
    assert_eq!((lowest.on, lowest.amount), (day("2026-01-10"), exact("200.00")));
    let kinds: Vec<EventKind> = projection.events.iter().map(|event| event.kind).collect();
    use EventKind::{Credit, RunOut, Spending};
    assert_eq!(kinds, [Credit, Spending, RunOut, Credit, Spending, Credit, Spending]);
    assert!(projection.unknown.is_empty(), "{:?}", projection.unknown);
}

#[test]
fn every_month_adds_up() {
    let mut family = Family::default();
    let father = family.member("父亲", "1956-03-09", EmploymentStatus::Retired, "150.00");
    let mother = family.member("母亲", "1958-08-01", EmploymentStatus::Retired, "80.00");
    let daughter = family.member("女儿", "1988-02-02", EmploymentStatus::Active, "1000.00");
    for member in [father, mother, daughter] {
        family.fresh(member, "2026-01-10");
        family.credit_day(member, 5);
    }
    family.plan(father, "2026-01-20", "260.00", Recurrence::EveryDays { days: 14 });
    family.plan(mother, "2026-01-05", "700.00", Recurrence::Monthly);
    family.plan(daughter, "2026-06-01", "1500.00", Recurrence::Once);
    family.bind(daughter, father, Relation::Parent, 1);
    family.bind(daughter, mother, Relation::Parent, 1);
    family.bind(mother, father, Relation::Spouse, 2);
    let projection = family.project("2026-01-10", "2028-01-10");
    let of = |amount: Amount| amount.exact().expect("nothing is open");
    let mut closing: BTreeMap<MemberId, Yuan> = BTreeMap::new();
    let (mut given, mut taken) = (Yuan::ZERO, Yuan::ZERO);
    for row in &projection.months {
        let moved = of(row.credited) - of(row.own_paid) - of(row.aid_given);
        assert_eq!(of(row.opening) + moved, of(row.closing), "{row:?}");
        assert!(of(row.lowest) <= of(row.opening).min(of(row.closing)));
        assert!(of(row.lowest) >= Yuan::ZERO, "no account is overdrawn");
        if let Some(before) = closing.insert(row.member, of(row.closing)) {
            assert_eq!(before, of(row.opening), "{row:?}");
        }
        given += of(row.aid_given);
        taken += of(row.aid_taken);
    }
    assert_eq!(given, taken);
    assert!(given > Yuan::ZERO);
    for event in of_kind(&projection, EventKind::Spending) {
        let split = event.split.as_ref().expect("a split");
        let sum = of(split.fund_paid) + of(split.own_account_paid) + of(split.mutual_aid_paid) + of(split.cash_paid);
        assert_eq!(sum, of(split.total), "{event:?}");
    }
}

#[test]
fn counters_return_to_zero_with_the_year_and_rules_change_by_date() {
    let mut family = Family::default();
    let father = family.member("父亲", "1960-05-20", EmploymentStatus::Retired, "5000.00");
    family.fresh(father, "2026-12-30");
    family.plan(father, "2026-12-31", "500.00", Recurrence::EveryDays { days: 1 });
    family.household.plans[0].until = Some(day("2027-01-02"));
    let projection = family.project("2026-12-30", "2027-01-31");
    let paid: Vec<Amount> = of_kind(&projection, EventKind::Spending)
        .iter()
        .filter_map(|event| event.split.as_ref().map(|split| split.fund_paid))
        .collect();
    // (500 − 300) × 80%；新年度起付线重新算、退休 90%：(500 − 300) × 90%；第二次 500 × 90%。
    assert_eq!(paid, [exact("160.00"), exact("180.00"), exact("450.00")]);
    let year_end = of_kind(&projection, EventKind::YearEnd);
    assert_eq!(year_end.iter().map(|event| event.on).collect::<Vec<_>>(), [day("2027-01-01")]);
}

#[test]
fn what_the_year_was_used_for_counts_on() {
    let mut family = Family::default();
    let father = family.member("父亲", "1960-05-20", EmploymentStatus::Retired, "5000.00");
    family.fresh(father, "2026-02-01");
    family.household.stated_counters[0].value = "250.00".to_owned();
    family.plan(father, "2026-03-10", "500.00", Recurrence::Once);
    let projection = family.project("2026-03-01", "2026-03-31");
    // 起付线还差 50：(500 − 50) × 80% = 360。
    let event = of_kind(&projection, EventKind::Spending)[0];
    assert_eq!(event.split.as_ref().map(|split| split.fund_paid), Some(exact("360.00")));
}

#[test]
fn a_counter_nobody_stated_gives_the_range_until_the_year_ends() {
    let mut family = Family::default();
    let father = family.member("父亲", "1960-05-20", EmploymentStatus::Retired, "5000.00");
    family.plan(father, "2026-11-10", "500.00", Recurrence::Monthly);
    let projection = family.project("2026-11-01", "2027-01-31");
    let paid: Vec<Amount> = of_kind(&projection, EventKind::Spending)
        .iter()
        .filter_map(|event| event.split.as_ref().map(|split| split.fund_paid))
        .collect();
    // 起付线没用过：160；已用满：400。12 月：没用过的那种已在 11 月用满，两种都是 400。1 月：180。
    assert_eq!(paid, [range("160.00", "400.00"), exact("400.00"), exact("180.00")]);
    assert!(projection.unknown.iter().any(|open| open.key == "counter:op_deductible" && open.readings.len() == 2));
    let layer = of_kind(&projection, EventKind::YearlyLayer);
    assert_eq!(layer.len(), 1);
    assert_eq!(layer[0].what.code, "project.yearly_layer_unknown");
}

#[test]
fn the_day_matters_only_where_something_is_spent_inside_the_window() {
    let outlook = |first_on: &str| {
        let mut family = Family::default();
        let father = family.member("父亲", "1960-05-20", EmploymentStatus::Retired, "0.00");
        family.fresh(father, "2026-01-10");
        family.household.stated_counters[0].value = "300.00".to_owned();
        family.plan(father, first_on, "400.00", Recurrence::Once);
        let projection = family.project("2026-01-10", "2026-02-28");
        let event = of_kind(&projection, EventKind::Spending)[0].clone();
        let split = event.split.expect("a split");
        (split.own_account_paid, split.cash_paid, month(&projection, father, "2026-02").closing, projection.unknown.len())
    };
    // 个人 80。窗口 2 月 1 日到 5 日，97 元。
    assert_eq!(outlook("2026-01-31"), (exact("0.00"), exact("80.00"), exact("97.00"), 0));
    assert_eq!(outlook("2026-02-01"), (range("0.00", "80.00"), range("0.00", "80.00"), range("17.00", "97.00"), 1));
    assert_eq!(outlook("2026-02-04"), (range("0.00", "80.00"), range("0.00", "80.00"), range("17.00", "97.00"), 1));
    assert_eq!(outlook("2026-02-05"), (exact("80.00"), exact("0.00"), exact("17.00"), 0));
}

#[test]
fn a_credit_is_counted_on_its_last_day_and_not_before() {
    let mut family = Family::default();
    let father = family.member("父亲", "1960-05-20", EmploymentStatus::Retired, "10.00");
    family.fresh(father, "2026-01-10");
    let projection = family.project("2026-01-10", "2026-02-04");
    assert!(of_kind(&projection, EventKind::Credit).is_empty());
    assert_eq!(projection.members[0].lowest.as_ref().map(|low| low.amount), Some(exact("10.00")));
    let projection = family.project("2026-01-10", "2026-02-05");
    let credit = of_kind(&projection, EventKind::Credit)[0];
    assert_eq!((credit.earliest, credit.on), (day("2026-02-01"), day("2026-02-05")));
    assert_eq!((credit.change, credit.balance), (exact("97.00"), exact("107.00")));
    assert_eq!((credit.gross, credit.withheld), (Some(exact("100.00")), Some(exact("3.00"))));
}

fn credit_entry(id: u32, on: &str, for_month: Option<&str>) -> Entry {
    Entry {
        id: EntryId(id),
        on: day(on),
        for_month: for_month.map(|month| month.parse().expect("a month")),
        kind: EntryKind::Credit,
        memo: String::new(),
        legs: vec![Leg { account: AccountId(1), sub: Some(SubAccountId::from("book")), amount: yuan("97.00") }],
        corrects: None,
        settlement: None,
    }
}

#[test]
fn a_credit_that_never_came_is_pointed_out_and_not_counted() {
    let mut family = Family::default();
    family.member("父亲", "1960-05-20", EmploymentStatus::Retired, "10.00");
    family.household.entries.push(credit_entry(1, "2026-02-03", Some("2026-01")));
    let overdue = |family: &Family| -> Vec<(String, Amount, Amount)> {
        let projection = family.project("2026-04-10", "2026-05-31");
        let closing = month(&projection, MemberId(1), "2026-05").closing;
        assert_eq!(closing, exact("107.00"), "only May's credit is counted");
        of_kind(&projection, EventKind::OverdueCredit)
            .iter()
            .map(|event| (event.on.to_string(), event.change, event.balance))
            .collect()
    };
    let shown = |on: &str| (on.to_owned(), exact("97.00"), exact("10.00"));
    assert_eq!(overdue(&family), [shown("2026-03-05"), shown("2026-04-05")]);
    // Without a month, a credit inside the window is that month's.
    family.household.entries.push(credit_entry(2, "2026-03-04", None));
    assert_eq!(overdue(&family), [shown("2026-04-05")]);
    family.household.missing_credits.push(MissingCredit {
        account: AccountId(1),
        month: "2026-03".parse().expect("a month"),
        noted_on: day("2026-04-09"),
    });
    assert_eq!(overdue(&family), []);
}

#[test]
fn a_balance_stated_inside_the_window_may_already_hold_the_credit() {
    let mut family = Family::default();
    let father = family.member("父亲", "1960-05-20", EmploymentStatus::Retired, "10.00");
    family.household.accounts[0].opened_on = day("2026-02-03");
    let projection = family.project("2026-02-03", "2026-03-31");
    assert_eq!(month(&projection, father, "2026-02").closing, range("10.00", "107.00"));
    assert_eq!(month(&projection, father, "2026-03").closing, range("107.00", "204.00"));
    assert_eq!(projection.unknown[0].key, "arrival:990100");
    family.credit_day(father, 3);
    let projection = family.project("2026-02-03", "2026-03-31");
    assert_eq!(month(&projection, father, "2026-02").closing, exact("10.00"), "it had come that day");
}

#[test]
fn relatives_pay_in_the_order_of_the_place_and_run_out_themselves() {
    let mut family = Family::default();
    let father = family.member("父亲", "1960-05-20", EmploymentStatus::Retired, "20.00");
    let daughter = family.member("女儿", "1988-02-02", EmploymentStatus::Active, "30.00");
    let son = family.member("儿子", "1990-02-02", EmploymentStatus::Active, "100.00");
    for member in [father, daughter, son] {
        family.fresh(member, "2026-01-10");
        family.credit_day(member, 28);
    }
    family.household.stated_counters[0].value = "300.00".to_owned();
    family.bind(daughter, father, Relation::Parent, 1);
    family.bind(son, father, Relation::Parent, 2);
    family.plan(father, "2026-01-20", "600.00", Recurrence::Once);
    let projection = family.project("2026-01-10", "2026-01-31");
    // 个人 600 × 20% = 120：本人 20，余额最大的先付：儿子 100，女儿 0。
    let split = of_kind(&projection, EventKind::Spending)[0].split.clone().expect("a split");
    assert_eq!((split.own_account_paid, split.mutual_aid_paid, split.cash_paid), (exact("20.00"), exact("100.00"), exact("0.00")));
    assert_eq!(split.aid.len(), 1);
    assert_eq!((split.aid[0].donor, split.aid[0].paid, split.aid[0].balance), (son, exact("100.00"), exact("0.00")));
    assert_eq!(month(&projection, son, "2026-01").aid_given, exact("100.00"));
    // 1 月 28 日到 12 月的 200。
    assert_eq!(month(&projection, son, "2026-01").closing, exact("200.00"));
    assert_eq!(month(&projection, father, "2026-01").aid_taken, exact("100.00"));
    assert_eq!(projection.members[0].run_out.as_ref().map(|out| out.short), Some(exact("100.00")));
    assert_eq!(projection.members[2].run_out, None, "giving is not running out");
}

#[test]
fn a_binding_that_the_rules_refuse_pays_nothing() {
    let mut family = Family::default();
    let father = family.member("父亲", "1960-05-20", EmploymentStatus::Retired, "0.00");
    let daughter = family.member("女儿", "1988-02-02", EmploymentStatus::Active, "500.00");
    family.fresh(father, "2026-01-10");
    family.bind(daughter, father, Relation::Other, 1);
    family.plan(father, "2026-01-20", "600.00", Recurrence::Once);
    let projection = family.project("2026-01-10", "2026-01-31");
    let split = of_kind(&projection, EventKind::Spending)[0].split.clone().expect("a split");
    // 起付 300 + 300 × 20% = 360
    assert_eq!((split.mutual_aid_paid, split.cash_paid), (exact("0.00"), exact("360.00")));
    assert_eq!(month(&projection, daughter, "2026-01").closing, exact("500.00"));
}

#[test]
fn a_place_without_rules_stays_unknown() {
    let mut family = Family::default();
    let father = family.member("父亲", "1960-05-20", EmploymentStatus::Retired, "800.00");
    family.household.enrollments[0].pool = PoolId::from("980100");
    family.household.accounts[0].pool = Some(PoolId::from("980100"));
    let plan = family.plan(father, "2026-03-01", "600.00", Recurrence::Once);
    let projection = family.project("2026-01-10", "2026-06-30");
    let event = of_kind(&projection, EventKind::Spending)[0];
    let split = event.split.as_ref().expect("a split");
    assert_eq!(event.plan, Some(plan));
    assert_eq!((split.total, split.fund_paid, split.own_account_paid, split.cash_paid), (exact("600.00"), Amount::UNKNOWN, Amount::UNKNOWN, Amount::UNKNOWN));
    assert_eq!(event.balance, Amount::UNKNOWN);
    let outlook = &projection.members[0];
    assert_eq!((outlook.balance, outlook.next_credit.is_none()), (exact("800.00"), true));
    assert_eq!(month(&projection, father, "2026-06").closing, Amount::UNKNOWN);
    assert_eq!(of_kind(&projection, EventKind::Credit)[0].change, Amount::UNKNOWN);
    assert!(projection.unknown.iter().any(|open| open.key == "rule"));
}

#[test]
fn what_a_bill_without_rules_may_take_from_a_donor_is_a_range() {
    let mut family = Family::default();
    let child = family.member("孩子", "2018-05-20", EmploymentStatus::Active, "0.00");
    let mother = family.member("母亲", "1988-02-02", EmploymentStatus::Active, "1000.00");
    family.household.enrollments[0].scheme = Scheme::Resident;
    family.household.enrollments[0].plan = "resident".to_owned();
    family.household.accounts.remove(0);
    family.bind(mother, child, Relation::Child, 1);
    family.plan(child, "2026-01-20", "600.00", Recurrence::Once);
    let projection = family.project("2026-01-10", "2026-01-31");
    let split = of_kind(&projection, EventKind::Spending)[0].split.clone().expect("a split");
    assert_eq!(split.fund_paid, Amount::UNKNOWN);
    assert_eq!(month(&projection, mother, "2026-01").closing, range("400.00", "1000.00"));
    assert_eq!(month(&projection, mother, "2026-01").credited, exact("0.00"));
}

#[test]
fn retirement_and_the_seventieth_birthday_change_the_credit() {
    let mut family = Family::default();
    let father = family.member("父亲", "1956-03-20", EmploymentStatus::Active, "0.00");
    family.household.enrollments[0].retired_on = Some(day("2026-02-11"));
    family.credit_day(father, 5);
    let projection = family.project("2026-01-10", "2026-06-30");
    let credits: Vec<(String, Amount)> = of_kind(&projection, EventKind::Credit)
        .iter()
        .map(|event| (event.for_month.expect("a month").to_string(), event.change))
        .collect();
    // 2 月仍在职 10000 × 2%；3 月 1 日 69 岁退休 100 − 3；4 月 1 日已满 70：110 − 3。
    let expected = [("2026-01", "200.00"), ("2026-02", "200.00"), ("2026-03", "97.00"), ("2026-04", "107.00"), ("2026-05", "107.00")];
    assert_eq!(credits, expected.map(|(month, net)| (month.to_owned(), exact(net))));
    let changes: Vec<(NaiveDate, String)> = of_kind(&projection, EventKind::Change)
        .iter()
        .map(|event| (event.on, event.what.code.clone()))
        .collect();
    assert!(changes.contains(&(day("2026-03-01"), "project.enrollment_changes".to_owned())));
    assert!(changes.contains(&(day("2026-03-20"), "project.age_reached".to_owned())));
    assert!(changes.contains(&(day("2026-04-01"), "project.credit_changes".to_owned())));
}

#[test]
fn the_yearly_layer_pays_after_the_close_of_the_year() {
    let mut family = Family::default();
    let father = family.member("父亲", "1960-05-20", EmploymentStatus::Retired, "0.00");
    family.fresh(father, "2026-11-01");
    family.plan(father, "2026-11-10", "9000.00", Recurrence::Once);
    let projection = family.project("2026-11-01", "2027-01-31");
    let split = of_kind(&projection, EventKind::Spending)[0].split.clone().expect("a split");
    // 起付 300 + 8700 × 20% = 2040
    assert_eq!(split.fund_paid, exact("6960.00"));
    let layers = of_kind(&projection, EventKind::YearlyLayer);
    let [layer] = &layers[..] else { panic!("{layers:?}") };
    // 2040 − 1000 = 1040：500 × 60% + 540 × 70% = 678
    assert_eq!(layer.on, day("2027-01-01"));
    assert_eq!(layer.split.as_ref().map(|split| split.fund_paid), Some(exact("678.00")));
    assert_eq!(layer.formula.as_deref(), Some("500.00 × 60% + 540.00 × 70%"));
    assert_eq!(layer.change, exact("0.00"), "never netted in the account");
}

#[test]
fn below_the_threshold_there_is_no_yearly_payment() {
    let mut family = Family::default();
    let father = family.member("父亲", "1960-05-20", EmploymentStatus::Retired, "0.00");
    family.fresh(father, "2026-11-01");
    // 300 + 3500 × 20% = 1000，正好到起付线
    family.plan(father, "2026-11-10", "3800.00", Recurrence::Once);
    assert!(of_kind(&family.project("2026-11-01", "2027-01-31"), EventKind::YearlyLayer).is_empty());
    family.household.plans[0].bill.total = yuan("3800.05");
    let projection = family.project("2026-11-01", "2027-01-31");
    // 超出 0.01 × 60% = 0.006 → 0.01
    assert_eq!(of_kind(&projection, EventKind::YearlyLayer)[0].split.as_ref().map(|split| split.fund_paid), Some(exact("0.01")));
}

#[test]
fn an_account_nobody_stated_is_not_zero() {
    let mut family = Family::default();
    let father = family.member("父亲", "1960-05-20", EmploymentStatus::Retired, "0.00");
    family.balances.clear();
    family.fresh(father, "2026-01-10");
    family.plan(father, "2026-01-20", "400.00", Recurrence::Once);
    let projection = family.project("2026-01-10", "2026-03-31");
    let event = of_kind(&projection, EventKind::Spending)[0];
    let split = event.split.as_ref().expect("a split");
    assert_eq!(split.fund_paid, exact("80.00"), "what the fund pays does not hang on the balance");
    assert_eq!((split.own_account_paid, split.cash_paid), (Amount::UNKNOWN, Amount::UNKNOWN));
    assert_eq!(month(&projection, father, "2026-03").closing, Amount::UNKNOWN);
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
        until: None,
        urgent: false,
    };
    for (first, recurrence, from, until, expected) in [
        ("2026-01-31", Recurrence::Monthly, "2026-01-31", "2026-04-30", vec!["2026-02-28", "2026-03-31", "2026-04-30"]),
        ("2026-01-31", Recurrence::Monthly, "2025-01-01", "2026-02-01", vec!["2026-01-31"]),
        ("2020-01-15", Recurrence::Monthly, "2026-01-15", "2026-02-15", vec!["2026-02-15"]),
        ("2026-01-01", Recurrence::EveryDays { days: 30 }, "2026-01-31", "2026-03-02", vec!["2026-03-02"]),
        ("2026-01-01", Recurrence::EveryDays { days: 30 }, "2026-01-30", "2026-01-31", vec!["2026-01-31"]),
        ("2026-05-01", Recurrence::EveryDays { days: 7 }, "2026-01-30", "2026-05-10", vec!["2026-05-01", "2026-05-08"]),
        ("2026-01-10", Recurrence::Once, "2026-01-10", "2026-12-31", vec![]),
        ("2026-01-11", Recurrence::Once, "2026-01-10", "2026-12-31", vec!["2026-01-11"]),
    ] {
        let found: Vec<String> = agenda::occurrences(&plan(first, recurrence), day(from), day(until))
            .iter()
            .map(ToString::to_string)
            .collect();
        assert_eq!(found, expected, "{first} {recurrence:?} {from}");
    }
}

#[test]
fn thirty_years_come_to_an_end() {
    let mut family = Family::default();
    let father = family.member("父亲", "1960-05-20", EmploymentStatus::Retired, "100.00");
    family.fresh(father, "2026-01-10");
    family.credit_day(father, 5);
    family.plan(father, "2026-01-15", "300.00", Recurrence::Monthly);
    let projection = family.project("2026-01-10", "2056-01-10");
    assert_eq!(projection.months.len(), 361);
}
