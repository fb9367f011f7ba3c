//! 结算的速度 — one settlement with its full trace: p99 at most 500 µs.

use std::collections::BTreeMap;
use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::time::Instant;

use criterion::{Criterion, criterion_group, criterion_main};
use gongji_domain::{
    AidOffer, Bill, EmploymentStatus, EstimateRequest, MemberFacts, Part, PayersAtHand, PoolId,
    Relation, Scheme, Special, SubAccountId, Visit, Yuan,
};
use gongji_engine::settle;
use gongji_policy::Library;

fn shipped() -> Library {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../policies");
    let mut files = Vec::new();
    let mut waiting: Vec<PathBuf> = vec![root.clone()];
    while let Some(at) = waiting.pop() {
        for entry in std::fs::read_dir(&at).expect("the policies folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                waiting.push(path);
            } else if path.extension().is_some_and(|ending| ending == "toml") {
                let name = path
                    .strip_prefix(&root)
                    .expect("inside")
                    .to_string_lossy()
                    .into_owned();
                files.push((name, std::fs::read_to_string(&path).expect("a text file")));
            }
        }
    }
    Library::read(files, false)
}

/// A long stay of a retiree in 北京 whose year is well known: bands, the pool's cap, the second
/// layer, own account, a relative, cash.
fn stay() -> EstimateRequest {
    let yuan = |text: &str| -> Yuan { text.parse().expect("an amount") };
    let so_far = [
        ("stays", "0"),
        ("ip_pool", "60000.00"),
        ("ip_cost", "0.00"),
        ("large_paid", "0.00"),
    ];
    EstimateRequest {
        pool: PoolId::from("110000"),
        scheme: Scheme::Employee,
        plan: "with_account".to_owned(),
        part: Part::Inpatient,
        member: MemberFacts {
            status: EmploymentStatus::Retired,
            born: "1955-02-20".parse().ok(),
            retired_on: "2015-02-28".parse().ok(),
            insured_months: None,
            special: Special::None,
            tier: None,
            employer: None,
            continuous_years: None,
            contributions: None,
        },
        visit: Visit {
            settled_on: "2026-11-10".parse().expect("a date"),
            class: Some("tertiary".to_owned()),
            admitted_on: "2026-11-01".parse().ok(),
            contract: false,
            away: None,
            use_account: true,
            first_of_period: Some(false),
        },
        so_far: Some(
            so_far
                .map(|(id, value)| (id.to_owned(), value.to_owned()))
                .into(),
        ),
        bill: Bill {
            upfront_copay: Some(yuan("800.00")),
            full_self_pay: Some(yuan("1200.00")),
            ..Bill::of_total(yuan("96800.00"))
        },
        payers: Some(PayersAtHand {
            own: BTreeMap::from([(SubAccountId::from("book"), yuan("300.00"))]),
            aid: vec![AidOffer {
                name: "周明".to_owned(),
                relation: Relation::Parent,
                pool: PoolId::from("110000"),
                scheme: Scheme::Employee,
                status: EmploymentStatus::Active,
                balance: yuan("4215.00"),
                bound_on: "2024-12-20".parse().expect("a date"),
                rank: 1,
            }],
        }),
    }
}

fn one_settlement(criterion: &mut Criterion) {
    let library = shipped();
    let request = stay();
    criterion.bench_function("one settlement, full trace", |bench| {
        bench.iter(|| settle(black_box(&library), black_box(&request)).expect("a sound request"));
    });
    let mut nanos: Vec<u128> = (0..10_000)
        .map(|_| {
            let start = Instant::now();
            black_box(settle(black_box(&library), black_box(&request)).expect("a sound request"));
            start.elapsed().as_nanos()
        })
        .collect();
    nanos.sort_unstable();
    println!(
        "10,000 settlements: p50 {} µs, p99 {} µs",
        nanos[5_000] / 1_000,
        nanos[9_900] / 1_000
    );
}

criterion_group!(benches, one_settlement);
criterion_main!(benches);
