//! 分录表导出再导入 — of the demo family and of every household that has cases: nothing is recorded
//! twice, and an empty record of the same family comes to the same entries.

#![allow(clippy::unwrap_used)] // a bad sample fails the test

use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use gongji_api::{EntryKind, ExportFormat, Gongji, Household, Language, Leg, Month, Shelf};

fn today() -> NaiveDate {
    "2026-11-22".parse().unwrap()
}

/// Every household that is written down, as JSON; the demo family besides.
fn households(folder: &Path) -> Vec<(String, String)> {
    let mut demo = open(folder.join("demo.sqlite"));
    demo.fill_demo(today()).unwrap();
    let mut all = vec![("demo".to_owned(), exported(&demo, ExportFormat::Json))];
    let cases = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../tests/cases/households");
    for found in std::fs::read_dir(cases).unwrap() {
        let path = found.unwrap().path();
        if path.extension().is_some_and(|end| end == "json") {
            let text = std::fs::read_to_string(&path).unwrap();
            all.push((path.file_stem().unwrap().to_string_lossy().into(), text));
        }
    }
    assert!(all.len() > 20, "the households of the cases were not found");
    all
}

fn open(file: PathBuf) -> Gongji {
    Gongji::open_file(file, Shelf::shipped(false))
}

fn exported(gongji: &Gongji, format: ExportFormat) -> String {
    let bytes = gongji.export(format, Language::Chinese, today()).unwrap();
    String::from_utf8(bytes).unwrap()
}

/// The household of `text` in a file of its own.
fn recorded(file: PathBuf, text: &str) -> Gongji {
    Gongji::import_text(Some(file.clone()), Shelf::shipped(false), today(), text).unwrap();
    open(file)
}

type Told = (NaiveDate, Option<Month>, EntryKind, String, Vec<Leg>);

/// The entries without their numbers, which a new record gives anew.
fn told(gongji: &Gongji) -> Vec<Told> {
    let household: Household = serde_json::from_str(&exported(gongji, ExportFormat::Json)).unwrap();
    let mut told: Vec<Told> = household
        .entries
        .into_iter()
        .map(|entry| {
            (
                entry.on,
                entry.for_month,
                entry.kind,
                entry.memo,
                entry.legs,
            )
        })
        .collect();
    told.sort_by(|a, b| format!("{a:?}").cmp(&format!("{b:?}")));
    told
}

#[test]
fn an_exported_table_is_read_back() {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in households(folder.path()) {
        let mut gongji = recorded(folder.path().join(format!("{name}.one.sqlite")), &text);
        let table = exported(&gongji, ExportFormat::Csv);
        let before = told(&gongji);
        let again = gongji.import_table(today(), &table, false).unwrap();
        assert_eq!(again.faults, [], "{name}");
        assert_eq!(
            (again.entries, again.duplicates.len()),
            (0, before.len()),
            "{name}"
        );

        let mut empty: serde_json::Value = serde_json::from_str(&text).unwrap();
        empty["entries"] = serde_json::json!([]);
        empty["settlements"] = serde_json::json!([]);
        let file = folder.path().join(format!("{name}.two.sqlite"));
        let mut copy = recorded(file, &empty.to_string());
        let anew = copy.import_table(today(), &table, false).unwrap();
        assert_eq!(anew.faults, [], "{name}");
        assert_eq!(anew.entries, before.len(), "{name}");
        assert_eq!(told(&copy), before, "{name}");
        assert!(copy.check().unwrap().is_sound(), "{name}");
    }
}
