//! Reading and checking the shipped library (≤ 100 ms) and one file of 200 blocks (≤ 5 ms), finding
//! the rules of a day (≤ 5 µs), and choosing a row.

use std::fmt::Write as _;
use std::hint::black_box;
use std::path::Path;

use criterion::{Criterion, criterion_group, criterion_main};
use gongji_domain::PoolId;
use gongji_policy::{Library, RowFacts};

const POOLS: &str =
    "[[pool]]\nid = \"990100\"\nname = \"甲地\"\ncity = \"990100\"\nprovince = \"990000\"\n";

const HEAD: &str = r#"
pool = "990100"
scheme = "employee"
part = "general_outpatient"
[sources.S1]
title = "虚构的办法"
grade = "official"
"#;

/// Two hundred dated ladders of six rows, as many as a long history of one place.
fn files() -> Vec<(String, String)> {
    let mut text = HEAD.to_owned();
    for month in 0..200 {
        let (year, month) = (2010 + month / 12, month % 12 + 1);
        let _ = write!(
            text,
            r#"
[[rate]]
from = {year}-{month:02}-01
source = "S1 第八条"
edges_on = "cost"
class = ["community", "hospital"]
rows = [
  {{ status = "active",  from_age = 0,  above = "0.00",     values = ["90%", "70%"] }},
  {{ status = "active",  from_age = 0,  above = "20000.00", values = ["60%", "60%"] }},
  {{ status = "retired", from_age = 0,  above = "0.00",     values = ["90%", "85%"] }},
  {{ status = "retired", from_age = 0,  above = "20000.00", values = ["80%", "80%"] }},
  {{ status = "retired", from_age = 70, above = "0.00",     values = ["90%", "90%"] }},
  {{ status = "retired", from_age = 70, above = "20000.00", values = ["80%", "80%"] }},
]
note = "虚构的一段，只用来量时间。"
"#
        );
    }
    vec![
        ("pools.toml".to_owned(), POOLS.to_owned()),
        (
            "990100-jiadi/employee/general-outpatient.toml".to_owned(),
            text,
        ),
    ]
}

/// The policy files below a folder, with their paths inside it.
fn below(root: &Path, folder: &Path, files: &mut Vec<(String, String)>) {
    for entry in std::fs::read_dir(folder).expect("a folder of policies") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            below(root, &path, files);
        } else if path.extension().is_some_and(|ending| ending == "toml") {
            let name = path.strip_prefix(root).expect("below the root");
            let text = std::fs::read_to_string(&path).expect("a text");
            files.push((name.to_string_lossy().into_owned(), text));
        }
    }
}

fn shipped(c: &mut Criterion) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../policies");
    c.bench_function("read the shipped library", |b| {
        b.iter(|| {
            let mut files = Vec::new();
            below(&root, &root, &mut files);
            Library::read(files, false)
        });
    });
}

fn library(c: &mut Criterion) {
    let files = files();
    let library = Library::read(files.clone(), false);
    assert_eq!(library.problems, []);
    assert_eq!(library.files[0].blocks.len(), 200);
    c.bench_function("read 200 blocks", |b| {
        b.iter(|| Library::read(black_box(files.clone()), false));
    });
    let (pool, day) = (PoolId::from("990100"), chrono::NaiveDate::MAX);
    c.bench_function("rules of a day", |b| {
        b.iter(|| library.rules(black_box(&pool), "employee", day));
    });
    let Some(rules) = library.rules(&pool, "employee", day) else {
        return;
    };
    let table = rules.blocks[0].block.body.table();
    let facts = RowFacts {
        status: "retired".to_owned(),
        age: Some(71),
        ..RowFacts::default()
    };
    c.bench_function("choose a row", |b| {
        b.iter(|| table.map(|table| table.ladder("hospital", black_box(&facts)).is_ok()));
    });
}

criterion_group!(benches, shipped, library);
criterion_main!(benches);
