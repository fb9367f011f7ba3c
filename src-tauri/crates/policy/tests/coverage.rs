//! Counting what is known, and telling two libraries apart.

#![allow(clippy::unwrap_used)] // a sample that cannot be read fails the test

use chrono::NaiveDate;
use gongji_domain::Grade;
use gongji_policy::{ChangeKind, Library, Phrase, coverage, diff};

const POOLS: &str =
    "[[pool]]\nid = \"990100\"\nname = \"甲地\"\ncity = \"990100\"\nprovince = \"990000\"\n";

const RATES: &str = r#"
pool = "990100"
scheme = "employee"
part = "general_outpatient"
[sources.S1]
title = "虚构的办法"
grade = "official"
checked_on = 2026-01-05
[sources.S2]
title = "虚构的转载"
grade = "copy"
[[rate]]
from = 2020-01-01
source = "S2"
edges_on = "none"
class = ["any"]
rows = [{ status = "any", values = ["unknown"] }]
ask = "多少？"
[[rate]]
from = 2023-01-01
source = "S1 第八条"
edges_on = "none"
class = ["primary", "tertiary"]
rows = [
  { status = "active",  values = ["70%", "60%"] },
  { status = "retired", values = ["80%", "unknown"] },
]
ask = "多少？"
[[cap]]
id = "year"
from = 2021-07-01
source = "S2"
basis = "unknown"
counter = "this_bill"
class = ["any"]
rows = [{ status = "any", values = ["unknown"] }]
ask = "多少？"
[[cap]]
id = "year"
from = 2024-01-01
source = "S2"
ended = true
"#;

fn library(files: &[(&str, &str)]) -> Library {
    let pools = ("pools.toml".to_owned(), POOLS.to_owned());
    let files = files.iter().map(|(name, text)| {
        (
            format!("990100-jiadi/employee/{name}.toml"),
            (*text).to_owned(),
        )
    });
    Library::read(std::iter::once(pools).chain(files), false)
}

#[test]
fn counts_what_holds_on_the_day() {
    let library = library(&[("general-outpatient", RATES), ("inpatient", "no TOML")]);
    let on = |text: &str| -> NaiveDate { text.parse().unwrap() };
    for (day, in_force, weakest, unknown, sources, checked) in [
        ("2019-12-31", 0, None, 0, 0, 0),
        ("2020-01-01", 1, Some(Grade::Copy), 1, 1, 0),
        // The basis is not known, and neither is the sum.
        ("2021-07-01", 2, Some(Grade::Copy), 3, 1, 0),
        ("2023-01-01", 2, Some(Grade::Copy), 3, 2, 1),
        ("2024-01-01", 1, Some(Grade::Official), 1, 1, 1),
    ] {
        let rows = coverage(&library, on(day));
        let [outpatient, inpatient] = &rows[..] else {
            panic!("{rows:?}")
        };
        assert_eq!(
            (
                outpatient.in_force,
                outpatient.weakest,
                outpatient.unknown,
                outpatient.sources,
                outpatient.checked
            ),
            (in_force, weakest, unknown, sources, checked),
            "{day}"
        );
        assert_eq!((outpatient.blocks, outpatient.unsound), (4, 0));
        assert_eq!(outpatient.earliest, Some(on("2020-01-01")));
        assert_eq!(outpatient.newest, Some(on("2024-01-01")));
        assert_eq!(outpatient.place, "甲地");
        assert!(outpatient.readable && !inpatient.readable);
        assert_eq!(inpatient.part, "inpatient");
    }
}

#[test]
fn tells_two_libraries_apart() {
    let old = library(&[("general-outpatient", RATES)]);
    assert_eq!(diff(&old, &old), []);
    let text = RATES
        .replace("\"80%\", \"unknown\"", "\"80%\", \"75%\"")
        .replace("S1 第八条", "S1 第九条")
        .replace("from = 2021-07-01", "from = 2021-08-01");
    let new = library(&[("general-outpatient", &text)]);
    let changes = diff(&old, &new);
    let kinds: Vec<(ChangeKind, String)> = changes
        .iter()
        .map(|change| (change.kind, change.block.from.to_string()))
        .collect();
    assert_eq!(
        kinds,
        [
            (ChangeKind::Removed, "2021-07-01".to_owned()),
            (ChangeKind::Added, "2021-08-01".to_owned()),
            (ChangeKind::Changed, "2023-01-01".to_owned()),
        ]
    );
    assert_eq!(changes[0].title, Phrase::text("title.cap"));
    assert_eq!(changes[2].title, Phrase::text("title.rate"));
    let cell = Phrase::text("cell")
        .with("row", Phrase::Clauses(vec![Phrase::word("retired")]))
        .with("head", Phrase::word("tertiary"));
    let told: Vec<(Phrase, Option<Phrase>, Option<Phrase>)> = changes[2]
        .changes
        .iter()
        .map(|field| {
            (
                field.what.clone(),
                field.before.clone(),
                field.after.clone(),
            )
        })
        .collect();
    let share = "75%".parse().unwrap();
    assert_eq!(
        told,
        [
            (
                cell,
                Some(Phrase::text("unknown")),
                Some(Phrase::Rate(share))
            ),
            (
                Phrase::text("field.source"),
                Some(Phrase::name("虚构的办法 第八条")),
                Some(Phrase::name("虚构的办法 第九条")),
            ),
        ]
    );
}
