//! 结算的速度，不留痕迹 — a household's year in at most 100 µs, and at least 3,000,000 months of a
//! person a second on one core; every checksum is compared with a plain reckoning.
//!
//! `CLAIMS=file`: reads the bills from a file instead (little-endian 64-bit integers: the number of
//! people, then for each of them retired, monthly credit, twelve times outpatient and inpatient), and
//! prints the checksum.

#[path = "../tests/year/mod.rs"]
mod year;

use std::hint::black_box;
use std::time::Instant;

use criterion::{Criterion, criterion_group, criterion_main};
use gongji_engine::Slip;
use year::{Benefits, Claims, Sums, claims, reckoned, rules};

fn from_file(path: &str) -> Vec<Claims> {
    let bytes = std::fs::read(path).expect("a file of bills");
    let numbers: Vec<i64> = bytes
        .chunks_exact(8)
        .map(|chunk| i64::from_le_bytes(chunk.try_into().expect("eight bytes")))
        .collect();
    let person = |numbers: &[i64]| Claims {
        retired: numbers[0] == 1,
        refill: numbers[1],
        months: std::array::from_fn(|month| (numbers[2 + 2 * month], numbers[3 + 2 * month])),
    };
    numbers[1..].chunks_exact(26).map(person).collect()
}

fn bulk(criterion: &mut Criterion) {
    let library = rules();
    let terms = [false, true].map(|retired| Benefits::of(&library, retired));
    let mut slip = Slip::default();
    let family = claims(6);
    criterion.bench_function("a household's year", |bencher| {
        bencher.iter(|| {
            let mut sums = Sums::default();
            for person in black_box(&family) {
                let benefits = &terms[usize::from(person.retired)];
                benefits.year(person, &mut slip, |paid| sums.add(paid));
            }
            sums
        });
    });
    criterion.bench_function("a household's year, tables read anew", |bencher| {
        bencher.iter(|| {
            let mut sums = Sums::default();
            for person in black_box(&family) {
                let benefits = Benefits::of(&library, person.retired);
                benefits.year(person, &mut slip, |paid| sums.add(paid));
            }
            sums
        });
    });

    let file = std::env::var("CLAIMS").ok();
    let people = file.map_or_else(|| claims(100_000), |path| from_file(&path));
    let months = people.len() as u128 * 12;
    let mut nanos: Vec<u128> = Vec::new();
    let mut checksum = 0;
    for _ in 0..9 {
        let start = Instant::now();
        let mut sums = Sums::default();
        for person in black_box(&people) {
            let benefits = &terms[usize::from(person.retired)];
            benefits.year(person, &mut slip, |paid| sums.add(paid));
        }
        checksum = sums.checksum();
        nanos.push(start.elapsed().as_nanos());
    }
    let mut plain = Sums::default();
    people
        .iter()
        .for_each(|person| reckoned(person, |paid| plain.add(paid)));
    assert_eq!(checksum, plain.checksum(), "to the fen");
    nanos.sort_unstable();
    println!(
        "{months} months of a person: {} a second (median), {} (best), checksum {checksum}",
        months * 1_000_000_000 / nanos[4],
        months * 1_000_000_000 / nanos[0]
    );
}

criterion_group!(benches, bulk);
criterion_main!(benches);
