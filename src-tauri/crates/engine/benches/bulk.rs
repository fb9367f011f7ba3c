//! 结算的速度，不留痕迹 — a household's year in at most 100 µs, and at least 3,000,000 months of a
//! person a second on one core, and in proportion on two; every checksum is compared with a plain reckoning.
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
            // Once for whoever has the same status, as a projection does.
            let terms = [false, true].map(|retired| Benefits::of(&library, retired));
            let mut sums = Sums::default();
            for person in black_box(&family) {
                let benefits = &terms[usize::from(person.retired)];
                benefits.year(person, &mut slip, |paid| sums.add(paid));
            }
            sums
        });
    });

    let file = std::env::var("CLAIMS").ok();
    let people = file.map_or_else(|| claims(100_000), |path| from_file(&path));
    let mut plain = Sums::default();
    people
        .iter()
        .for_each(|person| reckoned(person, |paid| plain.add(paid)));
    for cores in [1, 2] {
        let months = people.len() as u128 * 12;
        let mut nanos: Vec<u128> = Vec::new();
        for _ in 0..9 {
            let start = Instant::now();
            let sums = on_cores(cores, &terms, black_box(&people));
            nanos.push(start.elapsed().as_nanos());
            assert_eq!(sums.checksum(), plain.checksum(), "to the fen");
        }
        nanos.sort_unstable();
        println!(
            "{months} months of a person on {cores} core(s): {} a second (median), {} (best), checksum {}",
            months * 1_000_000_000 / nanos[4],
            months * 1_000_000_000 / nanos[0],
            plain.checksum()
        );
    }
}

/// The years of all these people, in as many equal parts as there are cores to use.
fn on_cores(cores: usize, terms: &[Benefits<'_>; 2], people: &[Claims]) -> Sums {
    let of_part = |part: &[Claims]| {
        let (mut sums, mut slip) = (Sums::default(), Slip::default());
        for person in part {
            let benefits = &terms[usize::from(person.retired)];
            benefits.year(person, &mut slip, |paid| sums.add(paid));
        }
        sums
    };
    if cores == 1 {
        return of_part(people);
    }
    std::thread::scope(|scope| {
        let parts = people.chunks(people.len().div_ceil(cores));
        let running: Vec<_> = parts
            .map(|part| scope.spawn(move || of_part(part)))
            .collect();
        let mut sums = Sums::default();
        for part in running {
            sums.join(part.join().expect("a part that ends"));
        }
        sums
    })
}

criterion_group!(benches, bulk);
criterion_main!(benches);
