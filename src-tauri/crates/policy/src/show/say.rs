//! How words of the files are said: the format's own, the place's names, tables and their conditions.

use gongji_domain::Yuan;

use super::phrase::Phrase;
use crate::cells::Cell;
use crate::table::{Row, Table};

pub(super) struct Say<'n> {
    /// What a place calls its own; a word that it does not know it gives back.
    pub(super) names: &'n dyn Fn(&str) -> String,
}

/// Whether it is written as a word of the format and not as a name, a number or a time of day.
fn is_word(text: &str) -> bool {
    let plain = |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit();
    text.starts_with(|first: char| first.is_ascii_lowercase())
        && text
            .chars()
            .all(|letter| plain(letter) || "_:.".contains(letter))
}

impl Say<'_> {
    /// The name that the place gave.
    fn named(&self, text: &str) -> Option<String> {
        let named = (self.names)(text);
        (named != text).then_some(named)
    }

    /// A word of the format, or else a name that the place gave.
    pub(super) fn word(&self, text: &str) -> Phrase {
        if let Some(id) = text.strip_prefix("over_cap:") {
            let limit = self.named(id).map(Phrase::Name);
            return match limit {
                Some(limit) => Phrase::text("over_cap_of").with("limit", limit),
                None => Phrase::text("word.over_cap"),
            };
        }
        if text.starts_with("cut:") {
            return Phrase::text("cut");
        }
        if !is_word(text) {
            return Phrase::name(text);
        }
        Phrase::Word {
            word: text.to_owned(),
            name: self.named(text),
        }
    }

    /// What the place calls its own comes before the words of the format.
    pub(super) fn name(&self, text: &str) -> Phrase {
        match self.named(text) {
            Some(name) => Phrase::Own {
                name,
                word: text.to_owned(),
            },
            None => self.word(text),
        }
    }

    pub(super) fn words(&self, words: &[String]) -> Phrase {
        listed(words.iter().map(|text| self.word(text)))
    }

    /// The same for what a place names itself.
    pub(super) fn named_list(&self, words: &[String]) -> Phrase {
        listed(words.iter().map(|text| self.name(text)))
    }

    pub(super) fn table(&self, column: &str, table: Table<'_>) -> (Vec<Phrase>, Vec<Vec<Phrase>>) {
        let classes: Vec<Phrase> = match table.class {
            [] => vec![Phrase::text(column)],
            [any] if any == "any" => vec![Phrase::text(column)],
            classes => classes.iter().map(|class| self.name(class)).collect(),
        };
        let heads = std::iter::once(Phrase::text("head.for")).chain(classes);
        let rows = table.rows.iter().enumerate().map(|(at, row)| {
            let cells = row.values.iter().map(|value| self.value(*value, row));
            let next = self.next_band(row, &table.rows[at + 1..]);
            std::iter::once(self.condition(row, next))
                .chain(cells)
                .collect()
        });
        (heads.collect(), rows.collect())
    }

    /// Where the band of a row ends: the threshold of the next row for the same people.
    fn next_band(&self, row: &Row, after: &[Row]) -> Option<Yuan> {
        let whom = |row: &Row| (self.selected(row), from_on(row));
        let this = whom(row);
        after
            .iter()
            .find(|next| next.above > row.above && whom(next) == this)?
            .above
    }

    /// Whom a row is meant for, in the order of the selectors.
    fn condition(&self, row: &Row, until: Option<Yuan>) -> Phrase {
        let mut said = self.selected(row);
        said.extend(from_on(row));
        let above = row.above.filter(|above| !above.is_zero());
        said.extend(match (above, until) {
            (None, None) => None,
            (None, Some(until)) => Some(Phrase::text("when.up_to").with("amount", until)),
            (Some(above), None) => Some(Phrase::text("when.above").with("amount", above)),
            (Some(above), Some(until)) => Some(
                Phrase::text("when.between")
                    .with("from", above)
                    .with("until", until),
            ),
        });
        match said.len() {
            0 => Phrase::text("when.everyone"),
            _ => Phrase::Clauses(said),
        }
    }

    fn selected(&self, row: &Row) -> Vec<Phrase> {
        let mut said: Vec<Phrase> = Vec::new();
        let ordinary_or = |word: &String, said: Phrase| match word.as_str() {
            "none" => Phrase::text("when.ordinary"),
            _ => said,
        };
        let asked = |word: &&String| *word != "any";
        let plan = row.plan.iter().filter(asked);
        said.extend(plan.map(|word| ordinary_or(word, self.name(word))));
        let words = [
            &row.status,
            &row.special,
            &row.tier,
            &row.employer,
            &row.away,
            &row.item,
        ];
        let words = words.into_iter().flatten().filter(asked);
        said.extend(words.map(|word| ordinary_or(word, self.word(word))));
        let either =
            |yes: bool, one: &str, other: &str| Phrase::text(if yes { one } else { other });
        said.extend(
            row.contract
                .map(|yes| either(yes, "when.contracted", "when.not_contracted")),
        );
        said.extend(
            row.continuing
                .map(|yes| either(yes, "when.continuing", "when.interrupted")),
        );
        said.extend(row.sub.iter().map(|sub| self.name(sub)));
        said
    }

    /// A cell with what it is a share of, and its limits.
    fn value(&self, value: Cell, row: &Row) -> Phrase {
        let mut said = vec![match (row.of.as_deref(), value) {
            (Some(of), Cell::Rate(rate)) => {
                let of = match of.strip_prefix("constant:") {
                    Some(id) => self.name(id),
                    None => self.word(of),
                };
                Phrase::text("share_of_what")
                    .with("of", of)
                    .with("rate", rate)
            }
            _ => Phrase::from(value),
        }];
        said.extend(
            row.times
                .map(|times| Phrase::text("times_more").with("times", times)),
        );
        said.extend(
            row.at_least
                .map(|least| Phrase::text("not_below").with("amount", least)),
        );
        said.extend(
            row.at_most
                .map(|most| Phrase::text("not_above").with("amount", most)),
        );
        let said = clauses(said);
        match row.off {
            true => Phrase::text("off_value").with("value", said),
            false => said,
        }
    }
}

/// The lower bounds of a row; those that everybody reaches are not said.
fn from_on(row: &Row) -> Vec<Phrase> {
    let ever = chrono::NaiveDate::from_ymd_opt(1900, 1, 1).unwrap_or_default();
    let days = [
        ("when.retired_from", row.from_retirement),
        ("when.born_from", row.from_birth),
        ("when.hired_from", row.from_hired),
    ];
    let days = days.into_iter().filter_map(|(key, day)| {
        let day = day.filter(|day| *day > ever)?;
        Some(Phrase::text(key).with("day", day))
    });
    let counts = [
        ("when.age_from", row.from_age),
        ("when.months_from", row.from_insured_months),
        ("when.years_from", row.from_continuous_years),
        ("when.nth", row.from_nth),
    ];
    let counts = counts.into_iter().filter_map(|(key, number)| {
        let number = number.filter(|number| *number > 0)?;
        Some(match (key, number) {
            ("when.nth", 1) => Phrase::text("when.first"),
            ("when.nth", 2) => Phrase::text("when.second"),
            ("when.nth", 3) => Phrase::text("when.third"),
            _ => Phrase::text(key).with("n", number),
        })
    });
    days.chain(counts).collect()
}

/// Several things of one kind; nothing is said as such.
pub(super) fn listed(phrases: impl Iterator<Item = Phrase>) -> Phrase {
    let mut phrases: Vec<Phrase> = phrases.collect();
    match phrases.len() {
        0 => Phrase::text("nothing"),
        1 => phrases.remove(0),
        _ => Phrase::List(phrases),
    }
}

fn clauses(mut phrases: Vec<Phrase>) -> Phrase {
    match phrases.len() {
        1 => phrases.remove(0),
        _ => Phrase::Clauses(phrases),
    }
}
