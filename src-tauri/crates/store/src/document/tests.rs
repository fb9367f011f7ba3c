use std::fs;

use gongji_domain::{Enrollment, Household};
use serde_json::Value;

use crate::testing::{SAMPLE, family, label, sample};
use crate::{Refusal, Store, StoreError};

fn empty() -> Store {
    Store::in_memory().expect("a record in memory")
}

#[test]
fn import_then_export_gives_the_same_bytes() {
    let mut store = empty();
    store
        .import_json(SAMPLE, &label("import"))
        .expect("imported");
    assert_eq!(store.export_json().expect("a document"), SAMPLE);
    assert_eq!(store.household().expect("a household"), sample());
    let twice = empty().export_json().expect("a document");
    store
        .import_json(&twice, &label("import"))
        .expect("imported");
    assert_eq!(store.export_json().expect("a document"), twice);
}

/// A document that was written before settlements had slips.
#[test]
fn an_older_document_is_imported_without_a_slip() {
    let mut older: Value = serde_json::from_str(SAMPLE).expect("a document");
    let settlement = older["settlements"][0].as_object_mut();
    let slip = settlement.and_then(|row| row.remove("slip"));
    assert!(slip.is_some(), "the sample has a slip");
    let mut store = empty();
    store
        .import_json(&older.to_string(), &label("import"))
        .expect("imported");
    let read = store.household().expect("a household");
    assert_eq!(read.settlements[0].slip, None);
    let exported: Value =
        serde_json::from_str(&store.export_json().expect("a document")).expect("a document");
    assert_eq!(exported, older);
}

fn forget_gaps(enrollment: &mut Enrollment) {
    enrollment.first_enrollment = false;
    enrollment.back_paid = None;
    enrollment.back_paid_on = None;
}

/// A document that was written before anything was known of gaps; it is exported with nothing known.
#[test]
fn an_older_document_says_nothing_of_gaps() {
    let mut older: Value = serde_json::from_str(SAMPLE).expect("a document");
    let mut expected = sample();
    expected.enrollments.iter_mut().for_each(forget_gaps);
    for row in older["enrollments"].as_array_mut().expect("a list") {
        let row = row.as_object_mut().expect("an enrollment");
        for field in ["first_enrollment", "back_paid", "back_paid_on"] {
            assert!(row.remove(field).is_some(), "{field}");
        }
    }
    let mut store = empty();
    store
        .import_json(&older.to_string(), &label("import"))
        .expect("imported");
    assert_eq!(store.household().expect("a household"), expected);
    let text = serde_json::to_string_pretty(&expected).expect("a text") + "\n";
    assert_eq!(store.export_json().expect("a document"), text);
}

#[test]
fn an_import_replaces_everything_as_one_step() {
    let mut store = family();
    let before = store.household().expect("a household");
    let marked = format!("\u{feff}{SAMPLE}");
    store
        .import_json(&marked, &label("import"))
        .expect("imported");
    assert_eq!(store.undo().expect("undone"), Some(label("import")));
    assert_eq!(store.household().expect("a household"), before);
    store.redo().expect("done again");
    assert_eq!(store.export_json().expect("a document"), SAMPLE);
}

/// Files from before plans had rules say how often in words of their own, and the last day beside it.
#[test]
fn a_file_of_an_older_version_is_understood() {
    let older = include_str!("../../../../../tests/schema/older/household.plans.json");
    let mut store = empty();
    store
        .import_json(older, &label("import"))
        .expect("imported");
    // Nobody had kept a slip then, an overdraft, whom a premium was paid for or one to come, or anything about
    // gaps.
    let mut now: Household = serde_json::from_str(SAMPLE).expect("a sample");
    now.settlements.iter_mut().for_each(|held| held.slip = None);
    now.accounts
        .iter_mut()
        .for_each(|held| held.overdraft = None);
    now.entries.retain(|entry| entry.for_member.is_none());
    now.enrollments.iter_mut().for_each(forget_gaps);
    now.premiums.clear();
    assert_eq!(store.household().expect("a household"), now);
    // What such a file overlooks is still refused.
    let known = "\"kind\": \"monthly\"";
    let unknown = older.replacen(known, "\"kind\": \"monthly\", \"hour\": 8", 1);
    let refused = store.import_json(&unknown, &label("import"));
    assert!(matches!(refused, Err(StoreError::Json(_))), "{refused:?}");
}

#[test]
fn the_order_of_the_file_does_not_matter() {
    let mut document = sample();
    document.members.reverse();
    document.bindings.reverse();
    document.missing_credits.reverse();
    let text = serde_json::to_string(&document).expect("a text");
    let mut store = empty();
    store
        .import_json(&text, &label("import"))
        .expect("imported");
    assert_eq!(store.export_json().expect("a document"), SAMPLE);
}

/// What is put in the place of a piece of the sample, which occurs once or first there.
const FAULTS: [(&str, &str, &str); 14] = [
    (
        "an unknown field",
        "\"demo\": false",
        "\"demo\": false, \"pin\": 1",
    ),
    (
        "a field twice",
        "\"demo\": false",
        "\"demo\": false, \"demo\": true",
    ),
    ("a missing list", "\"credit_days\"", "\"credit_day\""),
    ("money as a number", "\"500.00\"", "500.00"),
    ("a part of a fen", "\"500.00\"", "\"500.001\""),
    ("a day that is none", "\"1958-02-28\"", "\"1958-02-30\""),
    ("a month that is none", "\"2025-01\"", "\"2025-13\""),
    ("an unknown word", "\"opening\"", "\"gift\""),
    ("a negative number", "\"id\": 1,", "\"id\": -1,"),
    ("a number too large", "\"id\": 1,", "\"id\": 4294967296,"),
    (
        "an end beside the rule that has one",
        "\"recurrence\": null",
        "\"recurrence\": null, \"until\": \"2025-12-31\"",
    ),
    ("a rule that is not planned with", "INTERVAL=28", "BYHOUR=8"),
    (
        "an unknown field deep inside",
        "\"min\": \"0.00\",",
        "\"min\": \"0.00\", \"mid\": \"1\",",
    ),
    ("no end", "\"settlements\": [", "\"settlements\": [ ["),
];

#[test]
fn a_faulty_file_is_refused_with_its_place() {
    let mut store = family();
    let before = store.household().expect("a household");
    for (fault, piece, instead) in FAULTS {
        assert!(SAMPLE.contains(piece), "{fault}");
        let text = SAMPLE.replacen(piece, instead, 1);
        match store.import_json(&text, &label("import")) {
            Err(StoreError::Json(error)) => {
                let (line, column) = (error.line(), error.column());
                assert!(line > 0 && column > 0, "{fault}");
            }
            // Inside an enumeration serde overlooks them; then the path is told.
            Err(StoreError::UnknownField(path)) => {
                assert_eq!(fault, "an unknown field deep inside");
                let known = ".settlements[0].estimate.payers.serious_illness_paid.mid";
                assert_eq!(path, known);
            }
            other => panic!("{fault}: {other:?}"),
        }
        assert_eq!(store.household().expect("a household"), before, "{fault}");
    }
    let behind = format!("{SAMPLE}}}");
    let after_the_end = SAMPLE.lines().count() + 1;
    for (text, line) in [
        ("", 1),
        ("\n\n[]", 3),
        ("{\n \"nom\": 1}", 2),
        ("\0", 1),
        (&behind, after_the_end),
    ] {
        match store.import_json(text, &label("import")) {
            Err(StoreError::Json(error)) => assert_eq!(error.line(), line, "{text}"),
            other => panic!("{text}: {other:?}"),
        }
    }
}

/// What the wire form cannot rule out is refused by the record it stands in.
#[test]
fn a_faulty_record_is_refused_and_named() {
    type Spoil = fn(&mut Household);
    let faults: [(Spoil, &str, u32, Refusal); 6] = [
        (
            |h| h.members[1].id = h.members[0].id,
            "member",
            1,
            Refusal::Taken,
        ),
        (
            |h| h.bindings[0].donor = h.bindings[0].recipient,
            "binding",
            1,
            Refusal::SameMember,
        ),
        (|h| h.entries[1].legs.clear(), "entry", 2, Refusal::NoLegs),
        (
            |h| h.credit_days[1].member = h.credit_days[0].member,
            "credit_day",
            1,
            Refusal::Taken,
        ),
        (
            |h| h.missing_credits.push(h.missing_credits[0].clone()),
            "missing_credit",
            1,
            Refusal::Taken,
        ),
        (
            |h| h.entries[4].corrects = Some(gongji_domain::EntryId(6)),
            "entry",
            5,
            Refusal::Absent {
                table: "entry",
                row: 6,
            },
        ),
    ];
    let mut store = family();
    let before = store.household().expect("a household");
    for (spoil, table, row, why) in faults {
        let mut document = sample();
        spoil(&mut document);
        let text = serde_json::to_string(&document).expect("a text");
        match store.import_json(&text, &label("import")) {
            Err(StoreError::Refused {
                table: t,
                row: r,
                why: w,
            }) => {
                assert_eq!((t, r, w), (table, row, why));
            }
            other => panic!("{table} {row}: {other:?}"),
        }
        assert_eq!(store.household().expect("a household"), before);
    }
}

fn schema() -> jsonschema::Validator {
    let path = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../../tests/schema/household.json"
    );
    let text = fs::read_to_string(path).expect("the schema");
    let schema: Value = serde_json::from_str(&text).expect("a JSON document");
    jsonschema::validator_for(&schema).expect("a JSON schema")
}

#[test]
fn the_schema_accepts_what_is_exported() {
    let schema = schema();
    let mut store = empty();
    for text in [store.export_json().expect("a document"), SAMPLE.to_owned()] {
        store
            .import_json(&text, &label("import"))
            .expect("imported");
        let exported = store.export_json().expect("a document");
        let value: Value = serde_json::from_str(&exported).expect("a JSON document");
        let problems: Vec<String> = schema.iter_errors(&value).map(|e| e.to_string()).collect();
        assert_eq!(problems, Vec::<String>::new());
    }
}

/// The schema rules out the same faults as the reader, as far as a schema can see them.
#[test]
fn the_schema_refuses_what_the_reader_refuses() {
    let schema = schema();
    let unseen = ["a field twice", "a day that is none", "no end"];
    for (fault, piece, instead) in FAULTS {
        if !unseen.contains(&fault) {
            let text = SAMPLE.replacen(piece, instead, 1);
            let value: Value = serde_json::from_str(&text).expect("a JSON document");
            assert!(!schema.is_valid(&value), "{fault}");
        }
    }
}

/// A field that the domain gains must be in the schema and in the sample.
#[test]
fn the_sample_has_every_field_of_the_schema() {
    let path = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../../tests/schema/household.json"
    );
    let schema: Value =
        serde_json::from_str(&fs::read_to_string(path).expect("the schema")).expect("a document");
    let mut missing = Vec::new();
    properties(&schema, &mut |name| {
        if !SAMPLE.contains(&format!("\"{name}\":")) {
            missing.push(name.to_owned());
        }
    });
    assert_eq!(missing, Vec::<String>::new());
}

fn properties(schema: &Value, seen: &mut impl FnMut(&str)) {
    match schema {
        Value::Object(fields) => {
            if let Some(Value::Object(named)) = fields.get("properties") {
                named.keys().for_each(|name| seen(name));
            }
            fields.values().for_each(|field| properties(field, seen));
        }
        Value::Array(items) => items.iter().for_each(|item| properties(item, seen)),
        _ => {}
    }
}
