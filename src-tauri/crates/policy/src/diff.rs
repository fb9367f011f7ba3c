//! 两份政策库的差别 — which blocks were added, removed or changed, told as `policies show` tells them.

use std::collections::BTreeMap;

use gongji_domain::BlockRef;
use serde::Serialize;

use crate::library::{InForce, Library};
use crate::show::{Fact, Phrase, describe};

/// 一段的差别
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BlockChange {
    /// 哪一段
    pub block: BlockRef,
    /// 段名
    pub title: Phrase,
    /// 怎么变
    pub kind: ChangeKind,
    /// 变了什么；增删的段没有
    pub changes: Vec<FieldChange>,
}

/// 怎么变
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ChangeKind {
    /// 增加
    Added,
    /// 删去
    Removed,
    /// 改动
    Changed,
}

/// 一处改动
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldChange {
    /// 哪一处：字段，或「适用 · 列头」
    pub what: Phrase,
    /// 原来；没有则无
    pub before: Option<Phrase>,
    /// 现在；没有则无
    pub after: Option<Phrase>,
}

/// File, name, identity, day: what makes two blocks the same one.
type Key = (String, String, Option<String>, chrono::NaiveDate);

/// 差别 — from `old` to `new`, by file, day and block. Blocks that cannot be read are not there.
pub fn diff(old: &Library, new: &Library) -> Vec<BlockChange> {
    let (before, after) = (blocks(old), blocks(new));
    let mut keys: Vec<&Key> = before.keys().chain(after.keys()).collect();
    keys.sort_by_key(|(file, name, id, from)| (file, from, name, id));
    keys.dedup();
    let change = |key| match (before.get(key), after.get(key)) {
        (Some(one), Some(other)) => changed(one, other),
        (Some(one), None) => Some(whole(one, ChangeKind::Removed)),
        (None, Some(other)) => Some(whole(other, ChangeKind::Added)),
        (None, None) => None,
    };
    keys.into_iter().filter_map(change).collect()
}

/// A block with the library that says how its words are called.
struct Placed<'a> {
    library: &'a Library,
    held: InForce<'a>,
}

fn blocks(library: &Library) -> BTreeMap<Key, Placed<'_>> {
    let mut found = BTreeMap::new();
    for file in &library.files {
        for block in &file.blocks {
            let from = block.head.from;
            let key = (
                file.path.clone(),
                block.name.clone(),
                block.identity(),
                from,
            );
            let held = library.in_force(file, block, from);
            found.insert(key, Placed { library, held });
        }
    }
    found
}

fn whole(placed: &Placed<'_>, kind: ChangeKind) -> BlockChange {
    BlockChange {
        block: placed.held.reference(),
        title: placed.said().0,
        kind,
        changes: Vec::new(),
    }
}

fn changed(one: &Placed<'_>, other: &Placed<'_>) -> Option<BlockChange> {
    let (_, before) = one.said();
    let (title, after) = other.said();
    let mut whats: Vec<&Phrase> = before.iter().map(|(what, _)| what).collect();
    for (what, _) in &after {
        if !whats.contains(&what) {
            whats.push(what);
        }
    }
    let value = |said: &[Fact], what: &Phrase| {
        let found = said.iter().find(|(name, _)| name == what);
        found.map(|(_, value)| value.clone())
    };
    let changes: Vec<FieldChange> = whats
        .into_iter()
        .map(|what| FieldChange {
            what: what.clone(),
            before: value(&before, what),
            after: value(&after, what),
        })
        .filter(|change| change.before != change.after)
        .collect();
    (!changes.is_empty()).then(|| BlockChange {
        block: other.held.reference(),
        title,
        kind: ChangeKind::Changed,
        changes,
    })
}

impl Placed<'_> {
    /// The title, and everything else that the block says, each under a name of its own.
    fn said(&self) -> (Phrase, Vec<Fact>) {
        let held = &self.held;
        let from = held.block.head.from;
        let rules = self.library.rules(&held.file.pool, &held.file.scheme, from);
        let name = |word: &str| match &rules {
            Some(rules) => rules.name(word),
            None => word.to_owned(),
        };
        let described = describe(held, &name);
        let mut said: Vec<Fact> = Vec::new();
        let mut say = |what: Phrase, value: Phrase| {
            match said.iter_mut().find(|(name, _)| *name == what) {
                // Two steps of one sub-account bear one name.
                Some((_, known)) => {
                    let first = std::mem::replace(known, Phrase::text("both"));
                    *known = Phrase::text("both").with("one", first).with("other", value);
                }
                None => said.push((what, value)),
            }
        };
        for (what, value) in described.facts.into_iter().chain(described.remarks) {
            say(what, value);
        }
        let heads = described.heads;
        for row in described.rows {
            let mut cells = row.into_iter();
            let Some(condition) = cells.next() else {
                continue;
            };
            for (cell, head) in cells.zip(heads.iter().skip(1)) {
                let place = Phrase::text("cell")
                    .with("row", condition.clone())
                    .with("head", head.clone());
                say(place, cell);
            }
        }
        for (what, value) in of_source(held) {
            say(Phrase::text(what), value);
        }
        (described.title, said)
    }
}

/// The source of a block, told as facts.
fn of_source(held: &InForce<'_>) -> Vec<(&'static str, Phrase)> {
    let mut said = Vec::new();
    if let Some(source) = held.source() {
        let words = [
            Some(source.title),
            source.number,
            source.issuer,
            source.article,
            source.published.map(|day| day.to_string()),
            source.url,
        ];
        let words: Vec<String> = words.into_iter().flatten().collect();
        let grade = Phrase::text(format!("grade.{}", source.grade.word()));
        let checked = source.checked_on.map(Phrase::Day);
        said.push(("field.source", Phrase::name(words.join(" "))));
        said.push(("field.grade", grade));
        said.push(("field.checked", checked.unwrap_or(Phrase::text("never"))));
    }
    if held.block.head.renewed_yearly {
        said.push(("field.renewed_yearly", true.into()));
    }
    said
}
