//! Every rule of the shipped files can be stated by a household.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use gongji_domain::{Grade, Scheme};
use gongji_policy::{InForce, Row};

use crate::{Gongji, OwnRuleDraft, Shelf};

fn day() -> NaiveDate {
    "2026-11-22".parse().expect("a date")
}

/// The first figure of every table in force, stated again as it is: nothing is wrong with any of
/// them, each is in force in the place of the place's own, and it says the same.
#[test]
fn every_figure_of_the_shipped_files_can_be_stated() {
    let mut gongji = Gongji::in_memory(Shelf::shipped(true));
    let library = gongji.library.clone();
    let mut stated = BTreeMap::new();
    for pool in &library.pools {
        for scheme in [Scheme::Employee, Scheme::Resident] {
            let rules = library.rules(&pool.id, scheme.word(), day());
            for held in rules.iter().flat_map(|rules| &rules.blocks) {
                let rows = held.block.body.table().map_or(&[][..], |table| table.rows);
                let Some(cell) = rows.first().and_then(|row| row.values.first()) else {
                    continue;
                };
                if held.file.pool != pool.id {
                    continue;
                }
                let draft = OwnRuleDraft {
                    pool: pool.id.clone(),
                    scheme,
                    block: held.reference(),
                    row: 0,
                    column: 0,
                    figure: cell.to_string(),
                    from: day(),
                    until: None,
                    source: "窗口问的".to_owned(),
                };
                let one = gongji.with_statement(day(), &draft);
                let one = one.unwrap_or_else(|error| panic!("{:?}: {error:?}", draft.block));
                gongji.added = one.files;
                let expected = (*cell, sound_rows(held));
                stated.insert((pool.id.clone(), scheme, one.block), expected);
            }
        }
    }
    assert!(stated.len() > 500, "only {} statements", stated.len());
    let new = gongji.shelf.library(&gongji.added);
    let problems: Vec<String> = super::new_problems(&library, &new)
        .filter(|problem| super::is_error(problem))
        .map(ToString::to_string)
        .collect();
    assert!(problems.is_empty(), "{}", problems.join("\n"));
    for ((pool, scheme, block), (figure, sound)) in &stated {
        let rules = new.rules(pool, scheme.word(), day()).expect("rules");
        let own = rules.blocks.iter().find(|held| held.reference() == *block);
        let own = own.unwrap_or_else(|| panic!("{block:?} is not in force"));
        let rows = own.block.body.table().expect("a table").rows;
        assert_eq!(rows[0].values[0], *figure, "{block:?}");
        for (at, row) in sound {
            assert_eq!(ungraded(&rows[*at]), *row, "{block:?}");
        }
    }
}

/// The rows that are more than leads, by number, without their grade: beside a figure that is known, what
/// was only heard stays open.
fn sound_rows(held: &InForce<'_>) -> Vec<(usize, Row)> {
    let rows = held.block.body.table().map_or(&[][..], |table| table.rows);
    let sound = rows
        .iter()
        .enumerate()
        .filter(|(_, row)| held.grade != Grade::Claimed && row.grade != Some(Grade::Claimed));
    sound.map(|(at, row)| (at, ungraded(row))).collect()
}

fn ungraded(row: &Row) -> Row {
    Row {
        grade: None,
        ..row.clone()
    }
}
