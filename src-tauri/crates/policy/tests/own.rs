//! 本户自己加的规则 — what a household knows better is laid over the place's rules, block by block.

#![allow(clippy::unwrap_used)] // a sample that cannot be read fails the test

use chrono::NaiveDate;
use gongji_domain::{Grade, PoolId};
use gongji_policy::{Body, Library, Phrase, difference};

const POOLS: &str =
    "[[pool]]\nid = \"990100\"\nname = \"甲地\"\ncity = \"990100\"\nprovince = \"990000\"\n";
const CITY: &str = "990100-jiadi/employee/general-outpatient.toml";
const OWN: &str = "own/990100-jiadi/employee/general-outpatient.toml";

fn file(grade: &str, blocks: &str) -> String {
    format!(
        "pool = \"990100\"\nscheme = \"employee\"\npart = \"general_outpatient\"\n\
         [sources.S1]\ntitle = \"出处\"\ngrade = \"{grade}\"\n{blocks}"
    )
}

fn rate(from: &str, share: &str) -> String {
    format!(
        "[[rate]]\nfrom = {from}\nsource = \"S1\"\nedges_on = \"none\"\nclass = [\"any\"]\n\
         rows = [{{ status = \"any\", values = [\"{share}\"] }}]\n"
    )
}

fn ended(from: &str) -> String {
    format!("[[rate]]\nfrom = {from}\nsource = \"S1\"\nended = true\n")
}

fn library(own: &str) -> Library {
    let city = rate("2020-01-01", "50%") + &rate("2024-01-01", "55%");
    Library::read(
        [
            ("pools.toml".to_owned(), POOLS.to_owned()),
            (CITY.to_owned(), file("copy", &city)),
            (OWN.to_owned(), own.to_owned()),
        ],
        false,
    )
}

/// The share in force on a day, and how good its source is.
fn share(library: &Library, day: &str) -> (String, Grade) {
    let day: NaiveDate = day.parse().unwrap();
    let rules = library.rules(&PoolId::from("990100"), "employee", day);
    let rules = rules.unwrap();
    let held = rules.get("general_outpatient", "rate").unwrap();
    match &held.block.body {
        Body::Rate(rate) => (rate.rows[0].values[0].to_string(), held.grade),
        other => panic!("{other:?}"),
    }
}

#[test]
fn the_households_own_rule_holds_from_its_day_until_it_ends() {
    let own = rate("2023-01-01", "70%") + &ended("2025-01-01");
    let library = library(&file("stated", &own));
    assert_eq!(library.problems, []);
    for (day, expected, grade) in [
        ("2022-12-31", "50%", Grade::Copy),
        ("2023-01-01", "70%", Grade::Stated),
        // The place's own change in between does not end what the household says.
        ("2024-12-31", "70%", Grade::Stated),
        ("2025-01-01", "55%", Grade::Copy),
    ] {
        assert_eq!(share(&library, day), (expected.to_owned(), grade), "{day}");
    }
}

#[test]
fn one_may_end_on_the_day_on_which_the_next_begins() {
    let own = rate("2023-01-01", "70%") + &ended("2025-01-01") + &rate("2025-01-01", "80%");
    let library = library(&file("stated", &own));
    assert_eq!(library.problems, []);
    assert_eq!(share(&library, "2024-12-31").0, "70%");
    assert_eq!(share(&library, "2025-01-01").0, "80%");
    // Two that begin on one day are an error, as everywhere.
    let twice = own + &rate("2023-01-01", "75%");
    assert!(!self::library(&file("stated", &twice)).problems.is_empty());
    // And a place's own rule does not end on the day on which it begins.
    let city = rate("2020-01-01", "50%") + &rate("2024-01-01", "55%") + &ended("2024-01-01");
    let files = [
        ("pools.toml".to_owned(), POOLS.to_owned()),
        (CITY.to_owned(), file("copy", &city)),
    ];
    assert!(!Library::read(files, false).problems.is_empty());
}

#[test]
fn what_the_place_says_itself_can_still_be_told_with_what_is_different() {
    let library = library(&file("stated", &rate("2024-06-01", "70%")));
    let day: NaiveDate = "2024-06-01".parse().unwrap();
    let pool = PoolId::from("990100");
    let own = library.rules(&pool, "employee", day).unwrap();
    let place = library.rules_of_place(&pool, "employee", day).unwrap();
    let own = own.get("general_outpatient", "rate").unwrap();
    let place = place.get("general_outpatient", "rate").unwrap();
    let changes = difference(&library, *place, *own);
    assert_eq!(changes.len(), 1, "{changes:?}");
    let share = |text: &str| Some(Phrase::Rate(text.parse().unwrap()));
    assert_eq!(changes[0].before, share("55%"));
    assert_eq!(changes[0].after, share("70%"));
}

#[test]
fn it_adds_no_place_and_counts_as_no_second_rule() {
    let library = library(&file("stated", &rate("2020-01-01", "70%")));
    assert_eq!(
        library.problems,
        [],
        "one rule of the place, one of the household"
    );
    assert_eq!(library.pools.len(), 1);
    assert_eq!(share(&library, "2020-01-01").0, "70%");
}

#[test]
fn what_cannot_be_read_of_it_leaves_the_figure_unknown() {
    let library = library(&file("stated", &rate("2023-01-01", "150%")));
    assert!(!library.problems.is_empty());
    let day: NaiveDate = "2023-06-01".parse().unwrap();
    let rules = library
        .rules(&PoolId::from("990100"), "employee", day)
        .unwrap();
    assert!(rules.get("general_outpatient", "rate").is_none());
    assert!(rules.in_doubt("general_outpatient"));
}

#[test]
fn only_a_households_own_source_may_be_stated() {
    let city = file("stated", &rate("2020-01-01", "50%"));
    let library = Library::read(
        [
            ("pools.toml".to_owned(), POOLS.to_owned()),
            (CITY.to_owned(), city),
        ],
        false,
    );
    assert!(!library.problems.is_empty());
}
