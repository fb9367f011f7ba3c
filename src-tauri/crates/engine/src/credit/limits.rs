//! 限额 — the published limits of a pool on a day, for the cases that check them.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};
use gongji_domain::{EmploymentStatus, PoolId, Scheme, Yuan};
use gongji_policy::{Body, Cap, Cell, InForce, Library, RowFacts, Rules, Table};

use crate::exact::{Fraction, fen, round, share};

/// 上下限与封顶线 — `base_floor`, `base_cap`, and `cap.<part>.<id>.<status>` for in-service and
/// retired members; where a cap differs between institution classes, also `….<class>`. A layer's
/// part is its file's name. Figures are printed as the rules print them: `"none"`, `"unknown"`.
pub fn limits(
    library: &Library,
    pool: &PoolId,
    scheme: Scheme,
    on: NaiveDate,
) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    let Some(rules) = library.rules(pool, scheme.word(), on) else {
        return found;
    };
    // A base that no block gives is not known; it is not absent.
    for name in ["base_floor", "base_cap"] {
        found.insert(name.to_owned(), Cell::Unknown.to_string());
    }
    for held in &rules.blocks {
        match &held.block.body {
            Body::Base(base) => {
                found.insert("base_floor".to_owned(), shown(held, base.floor));
                found.insert("base_cap".to_owned(), shown(held, base.cap));
            }
            Body::Cap(cap) => {
                for status in [EmploymentStatus::Active, EmploymentStatus::Retired] {
                    found.extend(caps(&rules, held, cap, status));
                }
            }
            _ => {}
        }
    }
    found
}

fn shown(held: &InForce<'_>, cell: Cell) -> String {
    if held.off { Cell::Unknown } else { cell }.to_string()
}

fn caps(
    rules: &Rules<'_>,
    held: &InForce<'_>,
    cap: &Cap,
    status: EmploymentStatus,
) -> Vec<(String, String)> {
    let facts = RowFacts {
        plan: "with_account".to_owned(),
        status: status.word().to_owned(),
        special: "none".to_owned(),
        ..RowFacts::default()
    };
    let part = match held.file.part.as_str() {
        "layer" => held
            .file
            .path
            .rsplit('/')
            .next()
            .unwrap_or("")
            .trim_end_matches(".toml"),
        part => part,
    };
    let id = held.block.head.id.as_deref().unwrap_or("cap");
    let key = format!("cap.{part}.{id}.{}", status.word());
    let table = Table::of(&cap.class, &cap.rows);
    let figure = |class: &str| {
        let ladder = table.ladder(class, &facts).ok()?;
        let (_, cell, row) = ladder.first()?;
        let times = row.times.map_or(Fraction::from_integer(1), share);
        let cell = measured(rules, cap, *cell, times).map_or(*cell, Cell::Yuan);
        Some(shown(held, cell))
    };
    let heads: Vec<&str> = match cap.class.is_empty() {
        true => vec!["any"],
        false => cap.class.iter().map(String::as_str).collect(),
    };
    let figures: Vec<(&str, String)> = heads
        .into_iter()
        .filter_map(|head| Some((head, figure(head)?)))
        .collect();
    match figures.first() {
        Some((_, first)) if figures.iter().all(|(_, other)| other == first) => {
            vec![(key, first.clone())]
        }
        _ => figures
            .into_iter()
            .map(|(head, figure)| (format!("{key}.{head}"), figure))
            .collect(),
    }
}

/// A cap printed as a share of a yearly constant.
fn measured(rules: &Rules<'_>, cap: &Cap, cell: Cell, times: Fraction) -> Option<Yuan> {
    let (Cell::Rate(rate), Some(measure)) = (cell, cap.measured_in.as_ref()) else {
        return None;
    };
    let year = rules.day.year() - measure.years_back;
    let constant = rules
        .blocks
        .iter()
        .find_map(|held| match &held.block.body {
            Body::Constant(constant)
                if constant.year == year
                    && held.block.head.id.as_deref() == Some(&*measure.constant) =>
            {
                Some(constant.value)
            }
            _ => None,
        })?;
    match constant {
        Cell::Yuan(whole) => Some(round(
            fen(whole) * share(rate) * times,
            measure.to,
            measure.mode,
        )),
        _ => None,
    }
}
