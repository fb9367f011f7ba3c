//! Counting what is known, and telling two libraries apart.

#![allow(clippy::unwrap_used)] // a sample that cannot be read fails the test

use chrono::NaiveDate;
use gongji_domain::Grade;
use gongji_policy::{ChangeKind, Library, coverage, diff};

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
    let said: Vec<String> = diff(&old, &new)
        .iter()
        .map(|change| {
            let fields = change.changes.iter().map(|field| {
                let side = |side: &Option<String>| side.clone().unwrap_or("无".to_owned());
                format!(
                    " {}：{} → {}",
                    field.what,
                    side(&field.before),
                    side(&field.after)
                )
            });
            let id = change.block.id.clone().unwrap_or_default();
            let kind = match change.kind {
                ChangeKind::Added => "+",
                ChangeKind::Removed => "-",
                ChangeKind::Changed => "~",
            };
            format!(
                "{kind} {} {} {id}{}",
                change.title,
                change.block.from,
                fields.collect::<String>()
            )
        })
        .collect();
    assert_eq!(
        said,
        [
            "- 限额（封顶线） 2021-07-01 year",
            "+ 限额（封顶线） 2021-08-01 year",
            "~ 支付比例 2023-01-01  退休 · 三级：未查到 → 75% \
             出处：虚构的办法 第八条 → 虚构的办法 第九条",
        ]
    );
}
