//! 总览的速度 — a household of 10,000 entries, from opening the file to a filled overview: at most 50 ms.

use std::hint::black_box;
use std::path::Path;

use chrono::{Days, NaiveDate};
use criterion::{Criterion, criterion_group, criterion_main};
use gongji_api::{Entry, EntryId, EntryKind, Gongji, Household, Month, Paths, Yuan};

const ENTRIES: u32 = 10_000;

/// The demo family with ten thousand entries of five years on its accounts.
fn fill(folder: &Path, today: NaiveDate) {
    let mut gongji = Gongji::open(Paths {
        data: folder.to_path_buf(),
    });
    gongji.fill_demo(today).expect("a demo family");
    let text = gongji.export_text().expect("its record");
    let mut household: Household = serde_json::from_str(&text).expect("the record");
    let began = today.checked_sub_days(Days::new(1_826)).expect("a day");
    for account in &mut household.accounts {
        account.opened_on = began;
    }
    let first = household.entries.len();
    let openings = household.entries.clone();
    for number in 0..ENTRIES {
        let like = &openings[number as usize % first];
        let on = began
            .checked_add_days(Days::new(u64::from(number) * 1_826 / u64::from(ENTRIES)))
            .expect("a day");
        let credit = number % 2 == 0;
        let mut legs = like.legs.clone();
        legs[0].amount = Yuan::from_fen(if credit { 1_000 } else { -1_000 });
        household.entries.push(Entry {
            id: EntryId(u32::try_from(first).expect("a few") + number + 1),
            on,
            for_month: credit.then(|| Month::of(on)),
            kind: if credit {
                EntryKind::Credit
            } else {
                EntryKind::Spending
            },
            memo: String::new(),
            legs,
            corrects: None,
            settlement: None,
            for_member: None,
        });
    }
    let text = serde_json::to_string(&household).expect("JSON");
    let shelf = gongji_api::Shelf::shipped(false);
    drop(gongji);
    Gongji::import_text(Some(folder.join("household.sqlite")), shelf, today, &text)
        .expect("the filled record");
}

fn overview(criterion: &mut Criterion) {
    let folder = tempfile::tempdir().expect("a folder");
    let today: NaiveDate = "2026-11-22".parse().expect("a date");
    fill(folder.path(), today);
    criterion.bench_function("10,000 entries: open to a filled overview", |bench| {
        bench.iter(|| {
            let gongji = Gongji::open(Paths {
                data: folder.path().to_path_buf(),
            });
            let overview = gongji.overview(today).expect("an overview");
            assert_eq!(black_box(overview).cards.len(), 4);
        });
    });
}

criterion_group!(benches, overview);
criterion_main!(benches);
