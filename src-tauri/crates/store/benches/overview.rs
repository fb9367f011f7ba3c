//! A household of 10,000 (and 100,000) entries: from the closed file to the balances and the first
//! page of an account, as the window does when it starts.

use std::hint::black_box;
use std::path::Path;

use chrono::{Days, NaiveDate};
use criterion::{Criterion, criterion_group, criterion_main};
use gongji_domain::{
    Account, AccountId, AccountKind, Entry, EntryId, EntryKind, Household, Leg, Member, MemberId,
    Message, Month, SubAccountId, Yuan,
};
use gongji_store::{Store, StoreError, household};

const MEMBERS: u32 = 6;

fn overview(criterion: &mut Criterion) {
    for entries in [10_000, 100_000] {
        let Ok(folder) = tempfile::tempdir() else {
            return;
        };
        let path = folder.path().join("family.gongji");
        if let Err(error) = measure(criterion, &path, entries) {
            eprintln!("{error}");
            return;
        }
    }
}

fn measure(criterion: &mut Criterion, path: &Path, entries: u32) -> Result<(), StoreError> {
    let document = family(entries);
    let mut store = Store::open(path)?;
    store.command(&Message::new("bench"), |tx| {
        household::replace(tx, &document)
    })?;
    // As the record stands a while later: the steps before the last two hundred are forgotten.
    for step in 0..201 {
        let name = format!("{step}");
        store.command(&Message::new("bench"), |tx| {
            household::set(tx, &name, false)
        })?;
    }
    drop(store);

    let mut group = criterion.benchmark_group(format!("{entries}"));
    group.sample_size(20);
    group.bench_function("open, balances, first page", |run| {
        run.iter(|| black_box(first_screen(path)).is_ok());
    });
    group.bench_function("open only", |run| run.iter(|| Store::open(path).is_ok()));
    let store = Store::open(path)?;
    let today = first_day() + Days::new(3_000);
    let book = SubAccountId::from("book");
    group.bench_function("balances", |run| run.iter(|| store.balances(today).is_ok()));
    group.bench_function("first page", |run| {
        run.iter(|| store.entries_page(AccountId(1), Some(&book), 0, 50).is_ok());
    });
    group.bench_function("everything but entries", |run| {
        run.iter(|| store.household_without_entries().is_ok());
    });
    group.bench_function("closing balances", |run| {
        run.iter(|| store.monthly_closing_balances().is_ok());
    });
    group.bench_function("credits of two years", |run| {
        run.iter(|| store.credits_since(today - Days::new(730)).is_ok());
    });
    group.bench_function("whole document", |run| {
        run.iter(|| store.household().is_ok())
    });
    group.finish();
    Ok(())
}

fn first_screen(path: &Path) -> Result<(), StoreError> {
    let store = Store::open(path)?;
    let today = first_day() + Days::new(3_650);
    black_box(store.household_without_entries()?);
    black_box(store.balances(today)?);
    black_box(store.credits_since(today - Days::new(400))?);
    black_box(store.entries_page(AccountId(1), None, 0, 50)?);
    Ok(())
}

fn first_day() -> NaiveDate {
    NaiveDate::default()
}

/// Members with an insurance account and cash each; the entries spread over ten years.
fn family(entries: u32) -> Household {
    let mut family = Household::default();
    for number in 1..=MEMBERS {
        family.members.push(Member {
            id: MemberId(number),
            name: "王秀英".to_owned(),
            born: None,
            note: String::new(),
        });
        for (kind, id) in [
            (AccountKind::Insurance, number),
            (AccountKind::Cash, number + MEMBERS),
        ] {
            family.accounts.push(Account {
                id: AccountId(id),
                owner: MemberId(number),
                kind,
                pool: (kind == AccountKind::Insurance).then(|| "110000".into()),
                name: "账户".to_owned(),
                opened_on: first_day(),
                overdraft: None,
            });
        }
    }
    family.entries = (1..=entries).map(|id| entry(id, entries)).collect();
    family
}

/// Every fourth a credit, every fifth paid from both accounts.
fn entry(id: u32, of: u32) -> Entry {
    let on = first_day() + Days::new(u64::from(id) * 3_650 / u64::from(of));
    let is_credit = id.is_multiple_of(4);
    let fen = i64::from(id * 7_919 % 60_000);
    let member = id % MEMBERS + 1;
    let mut legs = vec![Leg {
        account: AccountId(member),
        sub: Some("book".into()),
        amount: Yuan::from_fen(if is_credit { fen } else { -fen }),
    }];
    if id.is_multiple_of(5) {
        legs.push(Leg {
            account: AccountId(member + MEMBERS),
            sub: None,
            amount: Yuan::from_fen(-fen),
        });
    }
    Entry {
        id: EntryId(id),
        on,
        for_month: is_credit.then(|| Month::of(on)),
        kind: if is_credit {
            EntryKind::Credit
        } else {
            EntryKind::Spending
        },
        memo: "门诊 示例医院".to_owned(),
        legs,
        corrects: None,
        settlement: None,
        for_member: None,
    }
}

criterion_group!(benches, overview);
criterion_main!(benches);
