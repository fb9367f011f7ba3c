use super::*;
use crate::sample;

/// 甲地：点名的一家写在后面也在前面；省三甲在省三级前面。
const MAP: &str = r#"
pool = "990100"
scheme = "employee"
part = "providers"
[[class]]
id = "low"
from = 2023-01-01
source = "S"
name = "低"
parts = ["general_outpatient", "inpatient", "pharmacy"]
[[class]]
id = "high"
from = 2023-01-01
source = "S"
name = "高"
parts = ["general_outpatient", "inpatient", "pharmacy"]
[[class]]
id = "top"
from = 2023-01-01
source = "S"
name = "特"
parts = ["general_outpatient", "inpatient"]
[[class_map]]
from = 2023-01-01
source = "S 第二条"
parts = ["general_outpatient", "inpatient"]
ask = "这家医院归在哪一类？"
rows = [
  { kind = "community", class = "low" },
  { kind = "hospital", level = "tertiary", grade = "a", class = "top" },
  { kind = "hospital", level = "tertiary", class = "high" },
  { kind = "hospital", level = "secondary", children = true, class = "low" },
  { kind = "hospital", level = "secondary", tcm = true, price_class = "two", class = "low" },
  { kind = "hospital", level = "secondary", owner = "county", class = "unknown" },
  { kind = "hospital", level = "secondary", class = "high" },
  { named = ["第一医院"], class = "top" },
]
[[class_map]]
id = "pharmacy"
from = 2023-01-01
source = "S 第三条"
parts = ["pharmacy"]
rows = [{ kind = "pharmacy", class = "as_prescriber" }]
"#;

fn ask(part: Part, institution: &Institution) -> ClassVerdict {
    let library = sample::library(&[("providers", MAP)]);
    let on = "2024-01-01".parse().unwrap();
    class_of(
        &library,
        &PoolId::from("990100"),
        Scheme::Employee,
        part,
        institution,
        on,
    )
}

fn hospital(name: &str, level: &str) -> Institution {
    Institution {
        name: Some(name.to_owned()),
        kind: Some("hospital".to_owned()),
        level: Some(level.to_owned()),
        owner: Some("city".to_owned()),
        grade: Some("b".to_owned()),
        price_class: Some("one".to_owned()),
        tcm: Some(false),
        children: Some(false),
        prescriber: None,
    }
}

fn class(class: &str) -> Classified {
    Classified::As(class.to_owned())
}

fn keys(verdict: &ClassVerdict) -> Vec<&str> {
    verdict.open.iter().map(|open| open.key.as_str()).collect()
}

#[test]
fn a_name_stands_before_attributes_and_the_first_row_that_fits_answers() {
    let of = |change: fn(&mut Institution), name: &str, level: &str| {
        let mut hospital = hospital(name, level);
        change(&mut hospital);
        ask(Part::Inpatient, &hospital)
    };
    let same: fn(&mut Institution) = |_| {};
    for (change, name, level, expected) in [
        (same, "第一医院", "secondary", class("top")),
        (same, "第二医院", "tertiary", class("high")),
        (
            |h| h.grade = Some("a".to_owned()),
            "第二医院",
            "tertiary",
            class("top"),
        ),
        (same, "第二医院", "secondary", class("high")),
        (
            |h| h.children = Some(true),
            "第二医院",
            "secondary",
            class("low"),
        ),
        (
            |h| h.tcm = Some(true),
            "第二医院",
            "secondary",
            class("high"),
        ),
        (
            |h| {
                h.tcm = Some(true);
                h.price_class = Some("two".to_owned());
            },
            "第二医院",
            "secondary",
            class("low"),
        ),
        (
            |h| h.kind = Some("community".to_owned()),
            "某站",
            "primary",
            class("low"),
        ),
    ] {
        let verdict = of(change, name, level);
        assert_eq!(verdict.class, expected, "{name} {level}");
        assert!(verdict.open.is_empty() && verdict.source.is_some());
    }
}

#[test]
fn what_is_not_known_is_asked_only_where_it_matters() {
    let mut nameless = hospital("", "tertiary");
    nameless.name = None;
    let verdict = ask(Part::Inpatient, &nameless);
    assert_eq!(
        (verdict.class.clone(), keys(&verdict)),
        (Classified::Unknown, vec!["fact:institution_name"])
    );
    assert_eq!(verdict.candidates, ["top", "high"]);
    nameless.grade = Some("a".to_owned());
    assert_eq!(
        ask(Part::Inpatient, &nameless).class,
        class("top"),
        "with and without that name"
    );
    let mut gradeless = hospital("第二医院", "tertiary");
    gradeless.grade = None;
    assert_eq!(
        keys(&ask(Part::Inpatient, &gradeless)),
        ["fact:institution_grade"]
    );
    let community = Institution {
        name: Some("某站".to_owned()),
        kind: Some("community".to_owned()),
        ..Institution::default()
    };
    assert_eq!(ask(Part::Inpatient, &community).class, class("low"));
}

#[test]
fn a_row_may_say_that_it_is_not_known_and_a_table_may_be_silent() {
    let mut county = hospital("第二医院", "secondary");
    county.owner = Some("county".to_owned());
    let verdict = ask(Part::Inpatient, &county);
    assert_eq!(
        (verdict.class.clone(), keys(&verdict)),
        (Classified::Unknown, vec!["cell:providers.class_map"])
    );
    assert_eq!(verdict.open[0].ask.as_deref(), Some("这家医院归在哪一类？"));
    let primary = ask(Part::Inpatient, &hospital("第二医院", "primary"));
    assert_eq!(keys(&primary), ["cell:providers.class_map"]);
    let chronic = ask(Part::ChronicOutpatient, &hospital("第二医院", "tertiary"));
    assert_eq!(keys(&chronic), ["rule:class_map"]);
}

#[test]
fn a_pharmacy_follows_the_prescriber() {
    let mut pharmacy = Institution {
        kind: Some("pharmacy".to_owned()),
        ..Institution::default()
    };
    let verdict = ask(Part::Pharmacy, &pharmacy);
    assert_eq!(
        (verdict.class.clone(), keys(&verdict)),
        (Classified::AsPrescriber, vec!["fact:prescriber"])
    );
    pharmacy.prescriber = Some("high".to_owned());
    assert_eq!(ask(Part::Pharmacy, &pharmacy).class, class("high"));
}
