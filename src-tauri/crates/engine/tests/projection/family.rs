//! 抽一家人 — one or two places, bindings, empty accounts, half used deductibles, credits whose day has a
//! window, residents, people who retire, reach an age, stop, move or are paid otherwise on the way.

use std::path::Path;
use std::sync::LazyLock;

use chrono::{Days, Months, NaiveDate};
use gongji_domain::{
    Account, AccountId, AccountKind, Bill, Binding, BindingId, EmploymentStatus, Enrollment,
    EnrollmentId, Entry, EntryId, EntryKind, Household, Leg, Member, MemberId, Month, Part,
    PlanItemId, PlannedSpending, PoolId, Relation, Scheme, Special, StatedCounter, StatedCreditDay,
    StatementId, SubAccountId, Yuan,
};
use gongji_engine::{
    Balances, Projection, ProjectionRequest, Steps, counters_at, project, project_with,
};
use gongji_policy::{Body, Library};
use proptest::prelude::*;
use proptest::sample::select;

pub(crate) static SHIPPED: LazyLock<Library> = LazyLock::new(|| Library::read(shipped(), false));

/// The policy files, by their path.
pub(crate) fn shipped() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../policies");
    let mut files = Vec::new();
    collect(&root, &root, &mut files);
    files
}

fn collect(root: &Path, folder: &Path, files: &mut Vec<(String, String)>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(root, &path, files);
        } else if path.extension().is_some_and(|ending| ending == "toml") {
            let name = path.strip_prefix(root).unwrap().to_string_lossy();
            files.push((name.into_owned(), std::fs::read_to_string(&path).unwrap()));
        }
    }
}

/// Places whose account is one book, credited month by month or once a year.
pub(crate) const ONE_BOOK: [&str; 10] = [
    "110000", "440100", "320500", "420100", "610100", "340100", "430100", "360100", "320200",
    "370100",
];
/// Places whose account has parts: what is left of a year rolls over, what is advanced is cleared, money
/// is set aside for the family or may be drawn.
pub(crate) const PARTS: [&str; 5] = ["310000", "310000", "330200", "350200", "350100"];
/// Both, and places that leave much open.
pub(crate) const ANY: [&str; 16] = [
    "110000", "440100", "320100", "420100", "500000", "360100", "310000", "330100", "350200",
    "320500", "120000", "460000", "330200", "320200", "370100", "350100",
];

/// What changes for a member on the way.
#[derive(Clone, Copy, Debug)]
enum Turn {
    /// Out of insurance for so many days.
    Gap(u64),
    /// To the other place of the household, where another account begins.
    Moves,
    /// Another base, at the same place.
    Base(i64),
    /// From the employees to the residents of the same place.
    Resident,
    /// A retirement that is only expected, and so a question: not where everything is to be known.
    Expected,
}

/// One member as drawn.
#[derive(Clone, Debug)]
pub(crate) struct Drawn {
    second_place: bool,
    resident: bool,
    retired: bool,
    /// Days from the beginning to a birthday that may change a row, and how old they then are.
    birthday: (u64, i32),
    /// Retires this many days after the beginning.
    retires: Option<u64>,
    /// After so many days.
    turn: Option<(u64, Turn)>,
    base: i64,
    /// In the part that settlements draw on first, and in each of the others.
    balance: (i64, i64),
    credit_day: Option<u32>,
    /// Of what each counter stands at, in fen; counts stand at one or none.
    used: Option<i64>,
}

#[derive(Clone, Debug)]
pub(crate) struct Plan {
    member: usize,
    part: Part,
    class: &'static str,
    total: i64,
    copay: i64,
    after: u64,
    often: Option<&'static str>,
}

/// A household as drawn, with the time that is projected.
#[derive(Clone, Debug)]
pub(crate) struct Family {
    places: [&'static str; 2],
    from: NaiveDate,
    months: u32,
    members: Vec<Drawn>,
    plans: Vec<Plan>,
    bindings: Vec<(usize, usize, Relation)>,
    /// Whether every counter is stated.
    stated: bool,
}

fn turn() -> impl Strategy<Value = Turn> {
    prop_oneof![
        4 => (1_u64..200).prop_map(Turn::Gap),
        3 => Just(Turn::Moves),
        4 => (300_000_i64..4_000_000).prop_map(Turn::Base),
        1 => Just(Turn::Resident),
        1 => Just(Turn::Expected),
    ]
}

prop_compose! {
    fn member()(
        second_place in any::<bool>(),
        resident in prop::bool::weighted(0.1),
        retired in any::<bool>(),
        birthday in (0_u64..500, select(&[35, 45, 46, 60, 65, 70, 75, 80][..])),
        retires in prop::option::weighted(0.15, 0_u64..400),
        turn in prop::option::weighted(0.35, (1_u64..500, turn())),
        // Above the caps of the years around, a base of a year without limits leaves two sums.
        base in prop_oneof![4 => 300_000_i64..2_000_000, 1 => 2_000_000_i64..4_000_000],
        balance in (
            prop_oneof![2 => Just(0_i64), 2 => 1_i64..30_000, 3 => 0_i64..600_000],
            prop_oneof![1 => Just(0_i64), 2 => 0_i64..300_000],
        ),
        credit_day in prop::option::weighted(0.75, 1_u32..=28),
        used in prop::option::weighted(0.7, prop_oneof![Just(0_i64), 1_i64..250_000]),
    ) -> Drawn {
        Drawn {
            second_place, resident, retired, birthday, retires, turn, base, balance, credit_day, used,
        }
    }
}

prop_compose! {
    fn plan()(
        member in 0_usize..4,
        part in select(&[
            Part::GeneralOutpatient, Part::GeneralOutpatient, Part::GeneralOutpatient,
            Part::Pharmacy, Part::Inpatient,
        ][..]),
        class in select(&["community", "hospital", "primary", "secondary", "tertiary"][..]),
        total in prop_oneof![1_i64..150_000, 1_i64..1_500_000, 1_i64..20_000_000],
        copay in 0_i64..20_000,
        after in 0_u64..300,
        often in select(&[
            None, Some("FREQ=MONTHLY"), Some("FREQ=MONTHLY"), Some("FREQ=MONTHLY;INTERVAL=3"),
            Some("FREQ=WEEKLY;INTERVAL=2"), Some("FREQ=YEARLY"),
        ][..]),
    ) -> Plan {
        Plan { member, part, class, total, copay, after, often }
    }
}

prop_compose! {
    /// A household of one to four people out of `places`; `stated`: with everything known that a
    /// household can state.
    pub(crate) fn family(places: &'static [&'static str], stated: bool)(
        places in [select(places), select(places)],
        after in 0_u64..540,
        months in prop_oneof![3 => 1_u32..=18, 1 => 19_u32..=36],
        members in prop::collection::vec(member(), 1..=4),
        plans in prop::collection::vec(plan(), 0..=5),
        bindings in prop::collection::vec((0_usize..4, 0_usize..4, select(&[
            Relation::Spouse, Relation::Parent, Relation::Child,
        ][..])), 0..=4),
    ) -> Family {
        let first: NaiveDate = "2025-01-06".parse().unwrap();
        Family { places, from: first + Days::new(after), months, members, plans, bindings, stated }
    }
}

/// Families of a place that clears what it advanced, all of whom are paid less from October on and have
/// spent by then what was advanced: the year falls short, the next advance makes up for it, and the clearing
/// after that must not count it twice.
pub(crate) fn falling_short() -> impl Strategy<Value = Family> {
    family(&["310000"], true).prop_map(|mut family| {
        let month = Month::of(family.from);
        let months = 9 - i32::try_from(month.number()).unwrap();
        let september = month.plus(months.rem_euclid(12)).last_day();
        let days = (september - family.from).num_days().unsigned_abs();
        for member in &mut family.members {
            (member.resident, member.retired, member.retires) = (false, false, None);
            member.base = member.base.max(1_500_000);
            member.turn = Some((days.saturating_sub(29), Turn::Base(800_000)));
        }
        family.members.truncate(2);
        family.plans.truncate(2);
        family.months = 33;
        for plan in &mut family.plans {
            plan.part = Part::GeneralOutpatient;
            plan.often = Some("FREQ=MONTHLY");
            (plan.total, plan.copay) = (plan.total.clamp(100_000, 300_000), 0);
        }
        family
    })
}

/// A household that can be projected.
#[derive(Clone, Debug)]
pub(crate) struct Home {
    pub(crate) household: Household,
    pub(crate) balances: Balances,
    pub(crate) from: NaiveDate,
    pub(crate) until: NaiveDate,
}

impl Home {
    pub(crate) fn project(&self) -> Projection {
        self.between(self.from, self.until)
    }

    /// The months alone, as a table of them asks for.
    pub(crate) fn months_alone(&self) -> Projection {
        let request = ProjectionRequest {
            from: self.from,
            until: self.until,
            with_interest: false,
            steps: Steps::Months,
            beside: false,
        };
        project_with(&SHIPPED, &self.household, &self.balances, request).unwrap()
    }

    pub(crate) fn between(&self, from: NaiveDate, until: NaiveDate) -> Projection {
        project(&SHIPPED, &self.household, &self.balances, from, until).unwrap()
    }
}

impl Family {
    pub(crate) fn home(&self) -> Home {
        let mut home = Home {
            household: Household::default(),
            balances: Balances::new(),
            from: self.from,
            until: self
                .from
                .checked_add_months(Months::new(self.months))
                .unwrap(),
        };
        for (number, drawn) in (1..).zip(&self.members) {
            self.add(&mut home, number, drawn);
        }
        for (number, plan) in (1..).zip(&self.plans) {
            self.plan(&mut home, number, plan);
        }
        self.bind(&mut home);
        for (number, drawn) in (1..).zip(&self.members) {
            let known = drawn.used.filter(|_| !self.stated);
            let known = known.or_else(|| self.stated.then(|| drawn.used.unwrap_or(0)));
            if let Some(used) = known {
                state_counters(&mut home, MemberId(number), used);
            }
        }
        home
    }

    /// What was stated on the day itself may hold credits whose window had begun; what was stated long
    /// before cannot.
    fn opened_on(&self) -> NaiveDate {
        self.from - Days::new(if self.stated { 40 } else { 0 })
    }

    fn add(&self, home: &mut Home, number: u32, drawn: &Drawn) {
        let id = MemberId(number);
        // From when on a band counts inside the month of the birthday is not known.
        let birthday = Month::of(self.from + Days::new(drawn.birthday.0)).first_day();
        let born = birthday.checked_sub_months(Months::new(12 * drawn.birthday.1.unsigned_abs()));
        home.household.members.push(Member {
            id,
            name: format!("成员{number}"),
            born,
            note: String::new(),
        });
        let enrollments = self.enrollments(id, drawn);
        for (turn, enrollment) in enrollments.iter().enumerate() {
            let pool = Some(&enrollment.pool);
            let accounts = &home.household.accounts;
            let known = accounts
                .iter()
                .any(|account| account.owner == id && account.pool.as_ref() == pool);
            if enrollment.scheme == Scheme::Employee && !known {
                let balance = if turn == 0 { drawn.balance } else { (0, 0) };
                self.open(home, enrollment, balance);
            }
        }
        home.household.enrollments.extend(enrollments);
        if let Some(day) = drawn.credit_day {
            let stated = StatedCreditDay { member: id, day };
            home.household.credit_days.push(stated);
        }
    }

    /// As what the member is insured from the first day on, and from the day on which it changes.
    fn enrollments(&self, member: MemberId, drawn: &Drawn) -> Vec<Enrollment> {
        let retired = drawn.retired && drawn.birthday.1 >= 60 && !drawn.resident;
        let works = !retired && !drawn.resident;
        let first = Enrollment {
            id: EnrollmentId(member.0),
            member,
            from: "2023-01-01".parse().unwrap(),
            until: None,
            pool: PoolId::from(self.places[usize::from(drawn.second_place)]),
            scheme: Scheme::Employee,
            plan: "with_account".to_owned(),
            status: match retired {
                true => EmploymentStatus::Retired,
                false => EmploymentStatus::Active,
            },
            contribution_base: Some(Yuan::from_fen(drawn.base)),
            retired_on: drawn
                .retires
                .filter(|_| works)
                .map(|days| self.from + Days::new(days)),
            insured_months: Some(400),
            special: Special::None,
            pension: Some(Yuan::from_fen(450_000)),
            frozen_credit: Some(Yuan::from_fen(96_000)),
            employer: None,
            first_enrollment: false,
            back_paid: None,
            back_paid_on: None,
        };
        let first = if drawn.resident {
            resident(first)
        } else {
            first
        };
        let asks = |turn: &(u64, Turn)| matches!(turn.1, Turn::Expected) && self.stated;
        let Some((days, turn)) = drawn.turn.filter(|turn| !asks(turn)) else {
            return vec![first];
        };
        let mut on = self.from + Days::new(days);
        let then = Enrollment {
            id: EnrollmentId(100 + member.0),
            ..first.clone()
        };
        let then = match turn {
            Turn::Gap(_) => then,
            Turn::Moves => Enrollment {
                pool: PoolId::from(self.places[usize::from(!drawn.second_place)]),
                ..then
            },
            // What counts for an advance is the first day of a month: a change inside one is in time for
            // all that follow, and December is the last by which a year is estimated.
            Turn::Base(base) => {
                let month = Month::of(on).plus(1);
                on = month.plus(i32::from(month.number() == 12)).day(15);
                Enrollment {
                    contribution_base: Some(Yuan::from_fen(base)),
                    ..then
                }
            }
            Turn::Resident => resident(then),
            Turn::Expected => Enrollment {
                status: EmploymentStatus::Retired,
                ..then
            },
        };
        let stops = matches!(turn, Turn::Gap(_) | Turn::Resident);
        let first = Enrollment {
            until: on.pred_opt().filter(|_| stops),
            ..first
        };
        let away = if let Turn::Gap(days) = turn { days } else { 0 };
        let from = on + Days::new(away);
        vec![first, Enrollment { from, ..then }]
    }

    /// An account of the place in which `enrollment` insures, with what is in its parts.
    fn open(&self, home: &mut Home, enrollment: &Enrollment, balance: (i64, i64)) {
        let household = &mut home.household;
        let id = AccountId(household.accounts.len() as u32 + 1);
        household.accounts.push(Account {
            id,
            owner: enrollment.member,
            kind: AccountKind::Insurance,
            pool: Some(enrollment.pool.clone()),
            name: String::new(),
            opened_on: self.opened_on(),
            overdraft: None,
        });
        let fen = std::iter::once(balance.0).chain(std::iter::repeat(balance.1));
        let parts = bound_parts(&enrollment.pool, self.from).into_iter();
        let legs: Vec<Leg> = parts
            .zip(fen)
            .map(|(sub, fen)| Leg {
                account: id,
                sub: Some(sub),
                amount: Yuan::from_fen(fen),
            })
            .collect();
        for leg in &legs {
            let key = (id, leg.sub.clone().unwrap());
            home.balances.insert(key, leg.amount);
        }
        household.entries.push(Entry {
            id: EntryId(household.entries.len() as u32 + 1),
            on: self.opened_on(),
            for_month: None,
            kind: EntryKind::Opening,
            memo: String::new(),
            legs,
            corrects: None,
            settlement: None,
            for_member: None,
        });
    }

    fn plan(&self, home: &mut Home, number: u32, plan: &Plan) {
        let member = MemberId((plan.member % self.members.len()) as u32 + 1);
        let total = Yuan::from_fen(plan.total);
        let known = ["community", "hospital", "primary", "secondary", "tertiary"];
        let insured = home.household.enrollments.iter();
        let insured: Vec<&Enrollment> = insured.filter(|one| one.member == member).collect();
        let mut first_on = self.from + Days::new(plan.after);
        let began = |enrollment: &&&Enrollment| enrollment.from <= first_on;
        let mut enrollment = *insured.iter().rfind(began).unwrap();
        let mut often = plan.often.map(str::to_owned);
        // Where everything is known nobody plans a bill for a day without insurance, nor for a place
        // that has other classes.
        if self.stated
            && let [first, then] = insured[..]
        {
            if first.until.is_some_and(|until| until < first_on) {
                (enrollment, first_on) = (then, first_on.max(then.from));
            }
            let ends = first.until.or(then.from.pred_opt());
            let goes_on = first.until.is_none() && first.pool == then.pool;
            if let (Some(often), Some(ends)) = (&mut often, ends)
                && first.id == enrollment.id
                && !goes_on
            {
                *often += &format!(";UNTIL={}", ends.format("%Y%m%d"));
            }
        }
        let scheme = enrollment.scheme.word();
        let rules = SHIPPED.rules(&enrollment.pool, scheme, self.from).unwrap();
        let mut classes: Vec<String> = rules
            .blocks
            .iter()
            .filter(|held| held.file.part == plan.part.word())
            .filter_map(|held| held.block.body.table())
            .flat_map(|table| table.class.to_vec())
            .filter(|class| class != "any")
            .collect();
        classes.sort_unstable();
        classes.dedup();
        let at = known.iter().position(|class| *class == plan.class).unwrap();
        home.household.plans.push(PlannedSpending {
            id: PlanItemId(number),
            member,
            title: "就诊".to_owned(),
            part: plan.part,
            class: (!classes.is_empty()).then(|| classes[at % classes.len()].clone()),
            bill: Bill {
                upfront_copay: Some(Yuan::from_fen(plan.copay.min(plan.total))),
                ..Bill::of_total(total)
            },
            first_on,
            recurrence: often.map(|rule| rule.parse().unwrap()),
            urgent: false,
        });
    }

    fn bind(&self, home: &mut Home) {
        let mut bound: Vec<(usize, usize)> = Vec::new();
        for (donor, recipient, relation) in &self.bindings {
            let pair = (donor % self.members.len(), recipient % self.members.len());
            if pair.0 == pair.1 || bound.contains(&pair) {
                continue;
            }
            bound.push(pair);
            let number = bound.len() as u32;
            home.household.bindings.push(Binding {
                id: BindingId(number),
                donor: MemberId(pair.0 as u32 + 1),
                recipient: MemberId(pair.1 as u32 + 1),
                relation: *relation,
                bound_on: self.from,
                ended_on: None,
                rank: number,
            });
        }
    }
}

fn resident(enrollment: Enrollment) -> Enrollment {
    let rules = SHIPPED.rules(&enrollment.pool, "resident", enrollment.from);
    let plans = rules.iter().flat_map(|rules| &rules.blocks);
    let plans = plans.filter_map(|held| match &held.block.body {
        Body::Plan(_) => held.block.head.id.clone(),
        _ => None,
    });
    let grown = ["resident", "adult", "working_age"];
    let plan = plans.into_iter().find(|plan| grown.contains(&&**plan));
    Enrollment {
        scheme: Scheme::Resident,
        plan: plan.unwrap_or_else(|| "adult".to_owned()),
        status: EmploymentStatus::Active,
        contribution_base: None,
        retired_on: None,
        ..enrollment
    }
}

/// The parts of an account of the place that are not free cash, or its one book.
fn bound_parts(pool: &PoolId, day: NaiveDate) -> Vec<SubAccountId> {
    let rules = SHIPPED.rules(pool, "employee", day).unwrap();
    let parts = rules
        .blocks
        .iter()
        .filter_map(|held| match &held.block.body {
            Body::SubAccount(sub) if sub.withdrawable != Some(true) => held.block.head.id.clone(),
            _ => None,
        });
    let parts: Vec<SubAccountId> = parts.map(SubAccountId).collect();
    if parts.is_empty() {
        vec![SubAccountId::from("book")]
    } else {
        parts
    }
}

/// Every counter of the member, as it would be read off at the beginning.
fn state_counters(home: &mut Home, member: MemberId, used: i64) {
    let mut enrollments = home.household.enrollments.iter();
    let first = enrollments.find(|enrollment| enrollment.member == member);
    let pool = first.unwrap().pool.clone();
    for counter in counters_at(&SHIPPED, &home.household, member, home.from) {
        let id = StatementId(home.household.stated_counters.len() as u32 + 1);
        let value = match counter.is_count {
            true => i64::from(used > 0).to_string(),
            false => Yuan::from_fen(used).to_string(),
        };
        home.household.stated_counters.push(StatedCounter {
            id,
            member,
            pool: pool.clone(),
            counter: counter.id,
            as_of: home.from,
            value,
        });
    }
}
