//! Figures and sources in words, tables on a terminal.

use gongji_api::{Language, label};
use gongji_domain::{Amount, SourceRef};
use serde::Serialize;

use crate::input::Stop;
use crate::output::out;

pub(crate) fn amount(language: Language, amount: Amount) -> String {
    match amount {
        Amount::Exact(yuan) => yuan.to_string(),
        Amount::Range { min, max } => format!("{min} ～ {max}"),
        Amount::Unknown(_) => label(language, "reading.not_known"),
    }
}

pub(crate) fn source(language: Language, source: &SourceRef) -> String {
    let grade = label(language, &format!("grade.{}", source.grade.word()));
    format!("{} [{grade}]", source.cited())
}

/// One JSON document on stdout.
pub(crate) fn json(value: &impl Serialize) -> Result<(), Stop> {
    let text =
        serde_json::to_string_pretty(value).map_err(|error| Stop::wrong_use(error.to_string()))?;
    out!("{text}");
    Ok(())
}

/// Two columns, the second to the right. Chinese characters take two columns of a terminal.
pub(crate) fn table(rows: &[(String, String)]) {
    let width = rows
        .iter()
        .map(|(name, _)| columns(name))
        .max()
        .unwrap_or(0);
    for (name, value) in rows {
        out!("{name}{}  {value:>14}", " ".repeat(width - columns(name)));
    }
}

/// Several columns, all but the first to the right.
pub(crate) fn columns_of<const N: usize>(rows: &[[String; N]]) {
    let width = |column: usize| rows.iter().map(|row| columns(&row[column])).max();
    let widths: Vec<usize> = (0..N).map(|column| width(column).unwrap_or(0)).collect();
    for row in rows {
        let cells = row.iter().zip(&widths).enumerate();
        let cells = cells.map(|(place, (cell, width))| {
            let gap = " ".repeat(width - columns(cell));
            if place == 0 {
                format!("{cell}{gap}")
            } else {
                format!("{gap}{cell}")
            }
        });
        out!("{}", cells.collect::<Vec<_>>().join("  ").trim_end());
    }
}

fn columns(text: &str) -> usize {
    text.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum()
}
