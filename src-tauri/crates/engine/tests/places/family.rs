//! 一家人 — recorded since 2025-12-31, on the shipped rules.

use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use gongji_domain::{
    Account, AccountId, AccountKind, Amount, Bill, Binding, BindingId, EmploymentStatus,
    Enrollment, EnrollmentId, Household, Member, MemberId, Part, PlanItemId, PlannedSpending,
    PoolId, Relation, Scheme, Special, StatedCounter, StatementId, SubAccountId, Yuan,
};
use gongji_engine::{Balances, EventKind, EventSplit, Projection, counters_at, project};
use gongji_policy::Library;

pub(crate) fn day(text: &str) -> NaiveDate {
    text.parse().expect("it is there")
}

pub(crate) fn yuan(text: &str) -> Yuan {
    text.parse().expect("it is there")
}

pub(crate) fn exact(text: &str) -> Amount {
    Amount::Exact(yuan(text))
}

pub(crate) fn shipped() -> Library {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../policies");
    let mut files = Vec::new();
    collect(&root, &root, &mut files);
    assert!(files.len() > 10, "the shipped rules are there");
    Library::read(files, false)
}

fn collect(root: &Path, folder: &Path, files: &mut Vec<(String, String)>) {
    for entry in std::fs::read_dir(folder).expect("it is there") {
        let path: PathBuf = entry.expect("it is there").path();
        if path.is_dir() {
            collect(root, &path, files);
        } else if path.extension().is_some_and(|ending| ending == "toml") {
            let name = path
                .strip_prefix(root)
                .expect("it is there")
                .to_string_lossy()
                .into_owned();
            files.push((name, std::fs::read_to_string(&path).expect("it is there")));
        }
    }
}

#[derive(Default)]
pub(crate) struct Family {
    pub(crate) household: Household,
    pub(crate) balances: Balances,
}

impl Family {
    /// A member of the employees' scheme, recorded since 2025-12-31.
    pub(crate) fn member(
        &mut self,
        pool: &str,
        born: &str,
        status: EmploymentStatus,
        balance: &str,
    ) -> MemberId {
        let number = self.household.members.len() as u32 + 1;
        let id = MemberId(number);
        let pool = PoolId::from(pool);
        self.household.members.push(Member {
            id,
            name: format!("成员{number}"),
            born: Some(day(born)),
            note: String::new(),
        });
        self.household.enrollments.push(Enrollment {
            id: EnrollmentId(number),
            member: id,
            from: day("2023-01-01"),
            until: None,
            pool: pool.clone(),
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
            pool: Some(pool),
            name: String::new(),
            opened_on: day("2025-12-31"),
            overdraft: None,
        });
        self.balances.insert(
            (AccountId(number), SubAccountId::from("book")),
            yuan(balance),
        );
        id
    }

    pub(crate) fn visit(&mut self, member: MemberId, class: &str, on: &str, total: &str) {
        self.household.plans.push(PlannedSpending {
            id: PlanItemId(self.household.plans.len() as u32 + 1),
            member,
            title: "复诊".to_owned(),
            part: Part::GeneralOutpatient,
            class: Some(class.to_owned()),
            bill: Bill::of_total(yuan(total)),
            first_on: day(on),
            recurrence: "FREQ=MONTHLY".parse().ok(),
            urgent: false,
        });
    }

    pub(crate) fn bind(&mut self, donor: MemberId, recipient: MemberId, relation: Relation) {
        let rank = self.household.bindings.len() as u32 + 1;
        self.household.bindings.push(Binding {
            id: BindingId(rank),
            donor,
            recipient,
            relation,
            bound_on: day("2025-12-31"),
            ended_on: None,
            rank,
        });
    }

    /// Every counter of the member stands at zero on the day.
    pub(crate) fn nothing_used(&mut self, library: &Library, member: MemberId, on: &str) {
        for counter in counters_at(library, &self.household, member, day(on)) {
            let pool = self.household.enrollments[member.0 as usize - 1]
                .pool
                .clone();
            self.household.stated_counters.push(StatedCounter {
                id: StatementId(self.household.stated_counters.len() as u32 + 1),
                member,
                pool,
                counter: counter.id,
                as_of: day(on),
                value: if counter.is_count { "0" } else { "0.00" }.to_owned(),
            });
        }
    }

    pub(crate) fn project(&self, library: &Library, from: &str, until: &str) -> Projection {
        project(
            library,
            &self.household,
            &self.balances,
            day(from),
            day(until),
        )
        .expect("it is there")
    }
}

pub(crate) fn splits(projection: &Projection, member: MemberId) -> Vec<EventSplit> {
    let of_member = projection
        .events
        .iter()
        .filter(|event| event.member == member);
    of_member
        .filter(|event| event.kind == EventKind::Spending)
        .filter_map(|event| event.split.clone())
        .collect()
}
