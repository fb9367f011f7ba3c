//! The demo family in a real file, for tests of what it adds to the rules.

#![allow(dead_code, clippy::unwrap_used)] // one test file may not need all; a bad sample fails the test

use std::path::Path;

use chrono::NaiveDate;
use gongji_api::{
    ApiError, Bill, EstimateDraft, Gongji, Grade, Impact, ImpactFigure, ImpactKind, Language, Part,
    Shelf, Yuan, text,
};

pub const CITY: &str = "110000-beijing/employee/general-outpatient.toml";

pub fn today() -> NaiveDate {
    day("2026-11-22")
}

pub fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

pub fn yuan(text: &str) -> Yuan {
    text.parse().unwrap()
}

pub fn open(folder: &Path) -> Gongji {
    Gongji::open_file(folder.join("household.sqlite"), Shelf::shipped(false))
}

/// The demo family; the mother's bill of 1,000 at a hospital is recorded.
pub fn family(folder: &Path) -> Gongji {
    let mut gongji = open(folder);
    gongji.fill_demo(today()).unwrap();
    gongji
        .settlement_record(today(), &visit(&gongji), None)
        .unwrap();
    gongji
}

pub fn visit(gongji: &Gongji) -> EstimateDraft {
    EstimateDraft {
        member: gongji.members_named("林芳").unwrap()[0],
        part: Part::GeneralOutpatient,
        class: Some("hospital".to_owned()),
        settled_on: today(),
        admitted_on: None,
        contract: false,
        use_account: true,
        bill: Bill::of_total(yuan("1000.00")),
        so_far: Default::default(),
    }
}

pub fn fund_paid(gongji: &Gongji) -> (Yuan, Option<Grade>) {
    let view = gongji.estimate(&visit(gongji)).unwrap();
    let steps = view.estimate.steps.iter();
    let grade = steps.filter_map(|step| step.source.as_ref().map(|source| source.grade));
    (view.estimate.payers.fund_paid.exact().unwrap(), grade.max())
}

pub fn sentence(error: &ApiError) -> String {
    text(Language::Chinese, &error.message)
}

pub fn changed(
    impacts: &[Impact],
    kind: ImpactKind,
    figure: ImpactFigure,
) -> Vec<(String, Option<Yuan>)> {
    let of = |impact: &&Impact| impact.kind == kind && impact.figure == figure;
    let found = impacts.iter().filter(of);
    found
        .map(|impact| (impact.what.clone(), impact.by))
        .collect()
}
