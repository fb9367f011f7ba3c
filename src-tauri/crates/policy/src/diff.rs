//! 两份政策库的差别 — which blocks were added, removed or changed, told as `policies show` tells them.

use std::collections::BTreeMap;

use gongji_domain::{BlockRef, PoolId};
use serde::{Deserialize, Serialize};
use specta::Type;

use crate::library::{InForce, Library, NATION, OWN};
use crate::show::{Described, Fact, Phrase, describe};

/// 一段的差别
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BlockChange {
    /// 哪一段
    pub block: BlockRef,
    /// 哪里的
    pub place: Phrase,
    /// 险种
    pub scheme: String,
    /// 部分
    pub part: String,
    /// 段名
    pub title: Phrase,
    /// 怎么变
    pub kind: ChangeKind,
    /// 变了什么；增删的段没有
    pub changes: Vec<FieldChange>,
}

/// 怎么变
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, Type)]
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
    placed.change(kind, placed.said().0, Vec::new())
}

/// What `other` says otherwise than `one`, a block in whose place it stands; remarks and sources are not
/// compared.
pub fn difference(library: &Library, one: InForce<'_>, other: InForce<'_>) -> Vec<FieldChange> {
    let told = |held| Placed { library, held }.told();
    changes(&told(one), &told(other))
}

fn changed(one: &Placed<'_>, other: &Placed<'_>) -> Option<BlockChange> {
    let (_, before) = one.said();
    let (title, after) = other.said();
    let changes = changes(&before, &after);
    (!changes.is_empty()).then(|| other.change(ChangeKind::Changed, title, changes))
}

fn changes(before: &[Fact], after: &[Fact]) -> Vec<FieldChange> {
    let mut whats: Vec<&Phrase> = before.iter().map(|(what, _)| what).collect();
    for (what, _) in after {
        if !whats.contains(&what) {
            whats.push(what);
        }
    }
    let value = |said: &[Fact], what: &Phrase| {
        let found = said.iter().find(|(name, _)| name == what);
        found.map(|(_, value)| value.clone())
    };
    whats
        .into_iter()
        .map(|what| FieldChange {
            what: what.clone(),
            before: value(before, what),
            after: value(after, what),
        })
        .filter(|change| change.before != change.after)
        .collect()
}

impl Placed<'_> {
    fn change(&self, kind: ChangeKind, title: Phrase, changes: Vec<FieldChange>) -> BlockChange {
        let file = self.held.file;
        let pool = self.place();
        BlockChange {
            block: self.held.reference(),
            place: match self.library.pool(&pool) {
                Some(pool) => Phrase::name(&pool.name),
                None if pool.0 == NATION => Phrase::text("nation"),
                None => Phrase::name(pool.0),
            },
            scheme: file.scheme.clone(),
            part: file.part.clone(),
            title,
            kind,
            changes,
        }
    }

    /// The title, and everything else that the block says, each under a name of its own, with its
    /// remarks and its source.
    fn said(&self) -> (Phrase, Vec<Fact>) {
        let Described {
            title,
            facts,
            remarks,
            heads,
            rows,
        } = self.described();
        let mut said = by_name(facts.into_iter().chain(remarks), heads, rows);
        said.extend(of_source(&self.held));
        (title, said)
    }

    /// Its facts and its table.
    fn told(&self) -> Vec<Fact> {
        let described = self.described();
        by_name(described.facts.into_iter(), described.heads, described.rows)
    }

    fn described(&self) -> Described {
        let held = &self.held;
        let pool = self.place();
        let rules = self
            .library
            .rules(&pool, &held.file.scheme, held.block.head.from);
        let name = |word: &str| match &rules {
            Some(rules) => rules.name(word),
            None => word.to_owned(),
        };
        describe(held, &name)
    }

    /// The pool whose rules it belongs to; that of the household's own layer is the place's.
    fn place(&self) -> PoolId {
        PoolId::from(self.held.file.pool.0.trim_start_matches(OWN))
    }
}

/// Facts, and the cells of a table by row and head.
fn by_name(
    facts: impl Iterator<Item = Fact>,
    heads: Vec<Phrase>,
    rows: Vec<Vec<Phrase>>,
) -> Vec<Fact> {
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
    for (what, value) in facts {
        say(what, value);
    }
    for row in rows {
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
    said
}

/// The source of a block, told as facts.
fn of_source(held: &InForce<'_>) -> Vec<Fact> {
    let mut said = Vec::new();
    let mut say = |what, value| said.push((Phrase::text(what), value));
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
        say("field.source", Phrase::name(words.join(" ")));
        say("field.grade", grade);
        say("field.checked", checked.unwrap_or(Phrase::text("never")));
    }
    if held.block.head.renewed_yearly {
        say("field.renewed_yearly", true.into());
    }
    said
}
