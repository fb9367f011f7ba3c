//! 政策页 — the rules of a place on a day, as tables that can be held beside the official page.

use chrono::{Datelike, NaiveDate};
use gongji_domain::{PoolId, Scheme};
use gongji_policy::{
    Block, BlockChange, Body, Cell, InForce, NATION, OWN, Phrase, PolicyFile, Rules, describe,
};

use crate::{
    ApiError, FieldChange, Gongji, Language, PolicyBlock, PolicyChange, PolicyFact, PolicyPart,
    PolicyView, heading, place, words,
};

/// The parts in the order in which people read them.
const PARTS: [&str; 16] = [
    "general_outpatient",
    "pharmacy",
    "inpatient",
    "chronic_outpatient",
    "layer",
    "personal_account",
    "mutual_aid",
    "away",
    "premium",
    "assistance",
    "membership",
    "providers",
    "counters",
    "constants",
    "rounding",
    "calendar",
];

impl Gongji {
    /// 某地某险种某日的政策，用这种语言说
    ///
    /// # Errors
    /// Where the pool is not in the list.
    pub fn policy(
        &self,
        pool: &PoolId,
        scheme: Scheme,
        on: NaiveDate,
        language: Language,
    ) -> Result<PolicyView, ApiError> {
        let rules = self
            .library
            .rules(pool, scheme.word(), on)
            .ok_or_else(|| ApiError::gone("pool"))?;
        let parts = PARTS
            .into_iter()
            .map(|part| PolicyPart {
                part: part.to_owned(),
                blocks: self.blocks(&rules, part, language),
            })
            .filter(|part| !part.blocks.is_empty())
            .collect();
        Ok(PolicyView {
            pool: pool.clone(),
            name: place(language, &rules.pool.name),
            scheme,
            day: on,
            has_rules: self.library.has_rules(pool, scheme.word()),
            parts,
        })
    }

    fn blocks(&self, rules: &Rules<'_>, part: &str, language: Language) -> Vec<PolicyBlock> {
        // The holidays of years gone by are of use to nobody who reads.
        let gone_by = |held: &&InForce<'_>| match &held.block.body {
            Body::Calendar(calendar) => calendar.year < rules.day.year(),
            _ => false,
        };
        let of_part = (rules.blocks.iter())
            .filter(|held| held.file.part == part)
            .filter(|held| !gone_by(held));
        let mut blocks: Vec<PolicyBlock> = of_part
            .map(|held| self.block(rules, held, language))
            .collect();
        // What the household says itself is looked for first.
        blocks.sort_by_key(|block| !block.own);
        blocks
    }

    fn block(&self, rules: &Rules<'_>, held: &InForce<'_>, language: Language) -> PolicyBlock {
        let say = |phrase: &Phrase| heading(language, phrase);
        let described = describe(held, &|word| rules.name(word));
        let (known, unknown) = described.told();
        PolicyBlock {
            reference: held.reference(),
            layer: match held.file.pool.0.as_str() {
                NATION => words(language, &Phrase::text("nation")),
                own if own.starts_with(OWN) => words(language, &Phrase::text("own_layer")),
                _ => place(language, &self.place_name(&held.file.pool)),
            },
            title: say(&described.title),
            // The remarks have places of their own below.
            facts: known
                .into_iter()
                .map(|(name, value)| PolicyFact {
                    name: say(name),
                    value: say(value),
                })
                .collect(),
            open: unknown
                .into_iter()
                .map(|name| words(language, name))
                .collect(),
            heads: described.heads.iter().map(say).collect(),
            rows: described
                .rows
                .iter()
                .map(|row| row.iter().map(say).collect())
                .collect(),
            cells: cells(held),
            stated: self.stated(held),
            own: held.file.pool.0.starts_with(OWN),
            source: held.source(),
            grade: held.grade,
            note: held.block.head.note.as_deref().map(quoted),
            ask: held.block.head.ask.as_deref().map(quoted),
            assumed: held.assumed,
            off: held.off,
        }
    }
}

impl Gongji {
    /// Which cells of a block of the household's own differ from the rule that it was laid over; empty
    /// where nothing can be laid beside it, cell by cell.
    fn stated(&self, held: &InForce<'_>) -> Vec<Vec<bool>> {
        let Some(pool) = held.file.pool.0.strip_prefix(OWN) else {
            return Vec::new();
        };
        let head = &held.block.head;
        let is_below = |file: &&PolicyFile| {
            file.pool.0 == pool && file.scheme == held.file.scheme && file.part == held.file.part
        };
        let below = self.library.files.iter().filter(is_below);
        let same = below.flat_map(|file| &file.blocks).filter(|block| {
            let named = block.name == held.block.name && block.head.id == head.id;
            named && block.head.from <= head.from
        });
        let Some(rule) = same.max_by_key(|block| block.head.from) else {
            return Vec::new();
        };
        let (ours, theirs) = (values(held.block), values(rule));
        let alike = ours.len() == theirs.len()
            && ours
                .iter()
                .zip(&theirs)
                .all(|(one, other)| one.len() == other.len());
        if !alike {
            return Vec::new();
        }
        let differ = |(one, other): (&Vec<String>, &Vec<String>)| {
            one.iter()
                .zip(other)
                .map(|(one, other)| one != other)
                .collect()
        };
        ours.iter().zip(&theirs).map(differ).collect()
    }
}

/// The cells of a block as its file writes them.
fn cells(held: &InForce<'_>) -> Vec<Vec<String>> {
    values(held.block)
}

fn values(block: &Block) -> Vec<Vec<String>> {
    let table = block.body.table();
    let rows = table.map_or(&[][..], |table| table.rows);
    rows.iter()
        .map(|row| row.values.iter().map(Cell::to_string).collect())
        .collect()
}

/// One kind of quotation marks, that of everything around it.
fn quoted(text: &str) -> String {
    text.replace('“', "「").replace('”', "」")
}

/// 两份政策库的差别，用这种语言说
pub fn policy_changes(language: Language, changes: &[BlockChange]) -> Vec<PolicyChange> {
    let say = |phrase: &Phrase| heading(language, phrase);
    let told = changes.iter().map(|change| PolicyChange {
        block: change.block.clone(),
        place: place(language, &words(language, &change.place)),
        scheme: change.scheme.clone(),
        part: change.part.clone(),
        title: say(&change.title),
        kind: change.kind,
        changes: change
            .changes
            .iter()
            .map(|field| FieldChange {
                what: say(&field.what),
                before: field.before.as_ref().map(say),
                after: field.after.as_ref().map(say),
            })
            .collect(),
    });
    told.collect()
}
