//! What is in force, and that nothing ever answers in the place of a rule that cannot be used.

#![allow(clippy::unwrap_used)] // a sample that cannot be read fails the test

use chrono::NaiveDate;
use gongji_domain::{Grade, PoolId};
use gongji_policy::{Body, Cell, Library, Rules};
use proptest::prelude::*;

const POOLS: &str = r#"
[[pool]]
id = "990100"
name = "甲地"
city = "990100"
province = "990000"
parent = "990000"
[[pool]]
id = "990000"
name = "甲省"
city = "990100"
province = "990000"
"#;

fn head(pool: &str, scheme: &str, part: &str) -> String {
    format!(
        r#"
pool = "{pool}"
scheme = "{scheme}"
part = "{part}"
[sources.S1]
title = "虚构的办法"
grade = "official"
number = "甲医保〔2019〕1号"
[sources.S2]
title = "虚构的线索"
grade = "claimed"
"#
    )
}

fn rate(from: &str, share: &str) -> String {
    format!(
        r#"
[[rate]]
from = {from}
source = "S1 第八条"
edges_on = "none"
class = ["any"]
rows = [{{ status = "any", values = ["{share}"] }}]
"#
    )
}

fn library(files: &[(&str, String)]) -> Library {
    let pools = [("pools.toml".to_owned(), POOLS.to_owned())];
    let files = files
        .iter()
        .map(|(path, text)| ((*path).to_owned(), text.clone()));
    Library::read(pools.into_iter().chain(files), false)
}

fn on(library: &Library, day: &str) -> Rules<'static> {
    let library: &'static Library = Box::leak(Box::new(library.clone()));
    let day: NaiveDate = day.parse().unwrap();
    library
        .rules(&PoolId::from("990100"), "employee", day)
        .unwrap()
}

/// The share of the one rate in force on `day`, or why there is none.
fn share(library: &Library, day: &str) -> String {
    let rules = on(library, day);
    let Some(held) = rules.get("general_outpatient", "rate") else {
        return "none".to_owned();
    };
    match &held.block.body {
        Body::Rate(rate) => rate.rows[0].values[0].to_string(),
        other => panic!("{other:?}"),
    }
}

const CITY: &str = "990100-jiadi/employee/general-outpatient.toml";
const PROVINCE: &str = "990000-jiasheng/employee/general-outpatient.toml";
const NATION: &str = "000000-national/any/general-outpatient.toml";

fn city(blocks: &str) -> (&'static str, String) {
    (
        CITY,
        head("990100", "employee", "general_outpatient") + blocks,
    )
}

fn province(blocks: &str) -> (&'static str, String) {
    (
        PROVINCE,
        head("990000", "employee", "general_outpatient") + blocks,
    )
}

fn nation(blocks: &str) -> (&'static str, String) {
    (NATION, head("000000", "any", "general_outpatient") + blocks)
}

#[test]
fn the_most_specific_layer_wins_from_its_day_on() {
    let library = library(&[
        nation(&rate("2019-01-01", "10%")),
        province(&rate("2020-01-01", "20%")),
        city(&(rate("2021-01-01", "30%") + &rate("2022-07-01", "35%"))),
    ]);
    assert_eq!(library.problems, []);
    for (day, expected) in [
        ("2018-12-31", "none"),
        ("2019-01-01", "10%"),
        ("2019-12-31", "10%"),
        ("2020-01-01", "20%"),
        ("2020-12-31", "20%"),
        ("2021-01-01", "30%"),
        ("2022-06-30", "30%"),
        ("2022-07-01", "35%"),
        ("2030-01-01", "35%"),
    ] {
        assert_eq!(share(&library, day), expected, "{day}");
    }
}

#[test]
fn what_ends_or_cannot_be_used_leaves_its_place_empty() {
    let ended = "[[rate]]\nfrom = 2022-01-01\nsource = \"S1\"\nended = true\n".to_owned();
    let unreadable = rate("2022-01-01", "0.7").replace("\"0.7\"", "0.7");
    let unsound = rate("2022-01-01", "70%").replace("\"S1 ", "\"S9 ");
    let twice = rate("2022-01-01", "70%") + &rate("2022-01-01", "75%");
    let undated = rate("2022-01-01", "70%").replace("from = 2022-01-01\n", "");
    for (name, block, before) in [
        ("ended", ended, "60%"),
        ("unreadable", unreadable, "60%"),
        ("unsound", unsound, "60%"),
        ("twice", twice, "60%"),
        // Nobody knows since when: the whole identity is in doubt.
        ("undated", undated, "none"),
    ] {
        let blocks = rate("2021-01-01", "60%") + &block;
        let library = library(&[nation(&rate("2019-01-01", "10%")), city(&blocks)]);
        assert_eq!(library.problems.is_empty(), name == "ended", "{name}");
        assert_eq!(share(&library, "2021-12-31"), before, "{name}");
        assert_eq!(share(&library, "2022-01-01"), "none", "{name}");
        assert_eq!(share(&library, "2026-01-01"), "none", "{name}");
        // What has ended is known not to be there; of the rest nobody can tell.
        let doubted = |on: &str| {
            let pool = PoolId::from("990100");
            let rules = library
                .rules(&pool, "employee", on.parse().unwrap())
                .unwrap();
            assert!(!rules.in_doubt("inpatient"), "{name}");
            rules.in_doubt("general_outpatient")
        };
        let since_ever = name == "undated";
        assert_eq!(doubted("2021-12-31"), since_ever, "{name}");
        assert_eq!(doubted("2022-01-01"), name != "ended", "{name}");
    }
}

#[test]
fn nothing_answers_for_a_file_that_cannot_be_read() {
    let not_toml = rate("2021-01-01", "60%").replace("edges_on = \"none\"", "edges_on = \"none");
    let misplaced = city(&rate("2021-01-01", "60%"))
        .1
        .replace("990100", "990000");
    let headless = rate("2021-01-01", "60%");
    let enormous = format!("# {}", "-".repeat(1_000_001));
    for (name, text) in [
        (
            "not TOML",
            head("990100", "employee", "general_outpatient") + &not_toml,
        ),
        ("in another folder", misplaced),
        ("without a header", headless),
        ("too large", enormous),
    ] {
        let above = [
            nation(&rate("2019-01-01", "10%")),
            province(&rate("2020-01-01", "20%")),
        ];
        let other = (
            "990100-jiadi/employee/inpatient.toml",
            head("990100", "employee", "inpatient") + &rate("2021-01-01", "85%"),
        );
        let library = library(&[&above[..], &[(CITY, text), other]].concat());
        assert_eq!(library.unreadable.len(), 1, "{name}");
        for day in ["2019-06-01", "2020-06-01", "2030-01-01"] {
            assert_eq!(share(&library, day), "none", "{name} {day}");
        }
        let inpatient = on(&library, "2022-01-01")
            .get("inpatient", "rate")
            .is_some();
        assert!(inpatient, "{name}: the other parts stand");
        let day = "2022-01-01".parse().unwrap();
        let province = library
            .rules(&PoolId::from("990000"), "employee", day)
            .unwrap();
        assert!(
            province.get("general_outpatient", "rate").is_some(),
            "{name}: the layer above stands for itself"
        );
    }
}

#[test]
fn an_unreadable_layer_leaves_the_other_layers() {
    let rates = |pool: &str| head(pool, "employee", "layer") + &rate("2020-01-01", "60%");
    let library = library(&[
        ("990000-jiasheng/employee/layer-one.toml", rates("990000")),
        ("990000-jiasheng/employee/layer-two.toml", rates("990000")),
        ("990100-jiadi/employee/layer-one.toml", "=".to_owned()),
    ]);
    let rules = on(&library, "2022-01-01");
    let left: Vec<&str> = rules
        .all("layer", "rate")
        .map(|held| held.file.path.as_str())
        .collect();
    assert_eq!(left, ["990000-jiasheng/employee/layer-two.toml"]);
}

#[test]
fn a_good_block_after_a_bad_one_is_in_force() {
    let bad = rate("2022-01-01", "70").replace("\"70\"", "70");
    let blocks = rate("2021-01-01", "60%") + &bad + &rate("2023-01-01", "80%");
    let library = library(&[city(&blocks)]);
    assert_eq!(share(&library, "2022-12-31"), "none");
    assert_eq!(share(&library, "2023-01-01"), "80%");
}

#[test]
fn grade_source_and_period_of_a_block() {
    let claimed = rate("2020-01-01", "10%").replace("S1 第八条", "S2");
    let renewed = rate("2021-03-01", "20%").replace("edges_on", "renewed_yearly = true\nedges_on");
    let files = [city(&(claimed + &renewed))];
    let library = library(&files);
    assert_eq!(library.problems, []);
    let block = |day: &str| {
        let rules = on(&library, day);
        let held = rules.get("general_outpatient", "rate").copied();
        let held = held.unwrap();
        (
            held.grade,
            held.off,
            held.assumed,
            held.source().unwrap().article,
        )
    };
    assert_eq!(block("2020-06-01"), (Grade::Claimed, true, false, None));
    let article = Some("第八条".to_owned());
    assert_eq!(
        block("2022-02-28"),
        (Grade::Official, false, false, article.clone())
    );
    assert_eq!(block("2022-03-01"), (Grade::Official, false, true, article));
    let with_claimed = Library::read(
        [
            ("pools.toml".to_owned(), POOLS.to_owned()),
            (files[0].0.to_owned(), files[0].1.clone()),
        ],
        true,
    );
    assert!(!on(&with_claimed, "2020-06-01").blocks[0].off);
}

#[test]
fn a_city_overrides_one_block_of_its_provinces_layer() {
    let layer = r#"
[[layer]]
id = "serious_illness"
from = 2020-01-01
source = "S1"
order = 20
fund = "serious_illness"
counts = ["coinsurance"]
of = ["inpatient"]
counter = "this_bill"
settled = "with_bill"
"#;
    let of_province = head("990000", "employee", "layer") + layer + &rate("2020-01-01", "60%");
    let of_city = head("990100", "employee", "layer") + &rate("2021-01-01", "65%");
    let library = library(&[
        (
            "990000-jiasheng/employee/layer-serious-illness.toml",
            of_province,
        ),
        ("990100-jiadi/employee/layer-serious-illness.toml", of_city),
    ]);
    assert_eq!(library.problems, []);
    for (day, expected) in [("2020-12-31", "60%"), ("2021-01-01", "65%")] {
        let rules = on(&library, day);
        let layers = rules.layers();
        assert_eq!(layers.len(), 1, "{day}");
        let table = layers[0].blocks[0].block.body.table().unwrap();
        assert_eq!(table.rows[0].values[0].to_string(), expected, "{day}");
    }
}

#[test]
fn unknown_pools_have_no_rules_and_known_ones_may_have_none() {
    let library = library(&[nation(&rate("2019-01-01", "10%"))]);
    let day = NaiveDate::from_ymd_opt(2024, 1, 1).unwrap();
    assert!(
        library
            .rules(&PoolId::from("123456"), "employee", day)
            .is_none()
    );
    assert!(
        library
            .rules(&PoolId::from("990100"), "employee", day)
            .is_some()
    );
    assert!(!library.has_rules(&PoolId::from("990100"), "employee"));
}

#[test]
fn the_hash_changes_with_every_text_and_not_with_the_order() {
    let one = city(&rate("2020-01-01", "70%"));
    let other = nation(&rate("2020-01-01", "70%"));
    let forth = library(&[one.clone(), other.clone()]).hash;
    assert_eq!(forth, library(&[other.clone(), one]).hash);
    assert_ne!(
        forth,
        library(&[other, city(&rate("2020-01-01", "71%"))]).hash
    );
    assert_eq!(forth.len(), 64);
}

#[test]
fn ten_megabytes_of_nonsense_are_one_quick_problem() {
    let nonsense = "]]=\"{\n".repeat(10 * 1024 * 1024 / 6);
    let library = library(&[(CITY, nonsense)]);
    assert_eq!(library.problems.len(), 1);
    let deep = format!("x = {}", "[".repeat(200_000));
    assert!(!self::library(&[(CITY, deep)]).problems.is_empty());
    let keys = "a.".repeat(100_000) + "b = 1";
    assert!(!self::library(&[(CITY, keys)]).problems.is_empty());
}

#[test]
fn a_file_full_of_faults_is_read_to_its_end() {
    let rows = "  { status = \"any\", values = [0.7] },\n".repeat(20_000);
    let many_rows = format!(
        "[[rate]]\nfrom = 2020-01-01\nsource = \"S1\"\nedges_on = \"none\"\nclass = [\"any\"]\nrows = [\n{rows}]\n"
    );
    let words: String = (0..6_000)
        .map(|n| {
            format!(
                "  {{ plan = \"p{n}\", status = \"s{n}\", tier = \"t{n}\", values = [\"1%\"] }},\n"
            )
        })
        .collect();
    let many_words = many_rows.replace(&rows, &words);
    let many_blocks = rate("2020-01-01", "70%").repeat(5_000);
    for text in [many_rows, many_words, many_blocks] {
        assert!(!library(&[city(&text)]).problems.is_empty());
    }
}

/// A small sound library that has one of most things a mutation can damage.
fn seed() -> String {
    let root = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../../tests/samples/valid/whole-city/"
    );
    let text = |path: &str| std::fs::read_to_string(format!("{root}990100-jiadi/employee/{path}"));
    text("general-outpatient.toml").unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]
    #[test]
    fn damaged_files_never_panic(
        damage in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>(), 0_u8..3), 1..12),
    ) {
        let mut bytes = seed().into_bytes();
        for (at, byte, how) in damage {
            let at = at.index(bytes.len().max(1));
            match how {
                0 if at < bytes.len() => bytes[at] = byte,
                1 => bytes.insert(at.min(bytes.len()), byte),
                _ if at < bytes.len() => { bytes.remove(at); }
                _ => {}
            }
        }
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let damaged = library(&[(CITY, text)]);
        for block in on(&damaged, "2024-01-01").blocks {
            let described = gongji_policy::describe(&block, &|word| word.to_owned());
            prop_assert!(!described.title.keys().is_empty());
        }
    }

    #[test]
    fn cells_read_what_they_show(text in "[0-9]{1,9}(\\.[0-9]{1,2})?(%|pt)?|none|unknown|entered") {
        if let Some(cell) = Cell::read(&text) {
            prop_assert_eq!(Cell::read(&cell.to_string()), Some(cell));
        }
    }
}
