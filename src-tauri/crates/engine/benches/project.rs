//! 预测的速度 — 6 members, 4 bindings, on the shipped rules: 24 months in at most 10 ms, 30 years in at
//! most 30 ms.

use std::collections::BTreeMap;
use std::hint::black_box;
use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use criterion::{Criterion, criterion_group, criterion_main};
use gongji_domain::{
    Account, AccountId, AccountKind, Bill, Binding, BindingId, EmploymentStatus, Enrollment,
    EnrollmentId, Household, Member, MemberId, Part, PlanItemId, PlannedSpending, PoolId, Relation,
    Scheme, Special, StatedCounter, StatedCreditDay, StatementId, SubAccountId, Yuan,
};
use gongji_engine::{Balances, counters_at, project};
use gongji_policy::Library;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a date")
}

fn yuan(text: &str) -> Yuan {
    text.parse().expect("an amount")
}

fn shipped() -> Library {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../policies");
    let mut files = Vec::new();
    collect(&root, &root, &mut files);
    Library::read(files, false)
}

fn collect(root: &Path, folder: &Path, files: &mut Vec<(String, String)>) {
    let mut entries: Vec<PathBuf> = std::fs::read_dir(folder)
        .expect("the policies folder")
        .map(|entry| entry.expect("an entry").path())
        .collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            collect(root, &path, files);
        } else if path.extension().is_some_and(|ending| ending == "toml") {
            let name = path
                .strip_prefix(root)
                .expect("inside")
                .to_string_lossy()
                .into_owned();
            files.push((name, std::fs::read_to_string(&path).expect("a text file")));
        }
    }
}

/// Three in 北京, three in 广州; a monthly visit each; four bindings. `stated`: every counter and
/// every credit day is known, so that nothing is open.
fn family(library: &Library, stated: bool) -> (Household, Balances) {
    let mut household = Household::default();
    let mut balances = Balances::new();
    for number in 1..=6_u32 {
        let id = MemberId(number);
        let retired = number % 3 == 0;
        let pool = PoolId::from(if number <= 3 { "110000" } else { "440100" });
        household.members.push(Member {
            id,
            name: format!("成员{number}"),
            born: Some(day(if retired { "1957-05-20" } else { "1985-05-20" })),
            note: String::new(),
        });
        household.enrollments.push(Enrollment {
            id: EnrollmentId(number),
            member: id,
            from: day("2023-01-01"),
            until: None,
            pool: pool.clone(),
            scheme: Scheme::Employee,
            plan: "with_account".to_owned(),
            status: if retired {
                EmploymentStatus::Retired
            } else {
                EmploymentStatus::Active
            },
            contribution_base: Some(yuan("12000.00")),
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
        household.accounts.push(Account {
            id: AccountId(number),
            owner: id,
            kind: AccountKind::Insurance,
            pool: Some(pool.clone()),
            name: "医保账户".to_owned(),
            opened_on: day("2025-12-31"),
            overdraft: None,
        });
        balances.insert(
            (AccountId(number), SubAccountId::from("book")),
            yuan("800.00"),
        );
        household.plans.push(PlannedSpending {
            id: PlanItemId(number),
            member: id,
            title: "复诊".to_owned(),
            part: Part::GeneralOutpatient,
            class: Some("community".to_owned()),
            bill: Bill::of_total(yuan("650.00")),
            first_on: day("2026-01-12"),
            recurrence: "FREQ=MONTHLY".parse().ok(),
            urgent: false,
        });
        if stated {
            household
                .credit_days
                .push(StatedCreditDay { member: id, day: 4 });
        }
    }
    for (number, donor, recipient) in [(1, 1, 3), (2, 2, 3), (3, 4, 6), (4, 5, 6)] {
        household.bindings.push(Binding {
            id: BindingId(number),
            donor: MemberId(donor),
            recipient: MemberId(recipient),
            relation: Relation::Parent,
            bound_on: day("2025-12-31"),
            ended_on: None,
            rank: number,
        });
    }
    if stated {
        state_counters(library, &mut household);
    }
    (household, balances)
}

fn state_counters(library: &Library, household: &mut Household) {
    let mut stated = BTreeMap::new();
    for enrollment in &household.enrollments {
        for counter in counters_at(library, household, enrollment.member, day("2026-01-08")) {
            stated.insert(
                (enrollment.member, enrollment.pool.clone(), counter.id),
                counter.is_count,
            );
        }
    }
    for (number, ((member, pool, counter), is_count)) in (1..).zip(stated) {
        household.stated_counters.push(StatedCounter {
            id: StatementId(number),
            member,
            pool,
            counter,
            as_of: day("2026-01-08"),
            value: if is_count { "0" } else { "0.00" }.to_owned(),
        });
    }
}

fn projection(bench: &mut Criterion) {
    let library = shipped();
    for (name, stated, until, months) in [
        ("24 months, 6 members, all stated", true, "2028-01-08", 25),
        ("24 months, 6 members, much open", false, "2028-01-08", 25),
        ("30 years, 6 members, all stated", true, "2056-01-08", 361),
    ] {
        let (household, balances) = family(&library, stated);
        let once = || {
            let until = day(until);
            project(&library, &household, &balances, day("2026-01-08"), until)
                .expect("a projection")
        };
        let seen = once();
        assert_eq!(
            seen.months.len(),
            months * 6,
            "every calendar month of 6 members"
        );
        println!(
            "{name}: {} events, {} open",
            seen.events.len(),
            seen.unknown.len()
        );
        for o in &seen.unknown {
            println!("{} {:?}", o.key, o.what);
        }
        bench.bench_function(name, |bencher| bencher.iter(|| black_box(once())));
    }
}

criterion_group!(benches, projection);
criterion_main!(benches);
