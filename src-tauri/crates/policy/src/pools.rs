//! 统筹区名单 — `pools.toml`: pool → city → province.

use std::collections::BTreeMap;

use gongji_domain::PoolId;
use serde::Deserialize;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::library::{Library, NATION, Pool};
use crate::lines::Lines;
use crate::problem::{Code, Problem, Severity};
use crate::tree::Value;

/// Where the list stands in the library.
pub(crate) const FILE: &str = "pools.toml";

/// 有意不抄的数 — a list for those who look after the rules; the program does not read it.
pub(crate) const LEFT_OUT: &str = "left-out.toml";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PoolEntry {
    id: String,
    name: String,
    city: String,
    province: String,
    parent: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ProvinceEntry {
    id: String,
    name: String,
}

/// Reads the list into `library`.
pub(crate) fn read(path: &str, text: &str, library: &mut Library) {
    let mut list = List {
        path,
        lines: Lines::of(text),
        problems: Vec::new(),
        places: BTreeMap::new(),
    };
    match DeTable::parse(text) {
        Ok(root) => list.document(root.get_ref(), library),
        Err(fault) => {
            let line = fault.span().map_or(0, |span| list.lines.line(&span));
            let sentence = format!("统筹区名单不是正确的 TOML：{}。", fault.message());
            list.report(line, Code::P01, sentence);
        }
    }
    list.parents(library);
    library.problems.append(&mut list.problems);
}

struct List<'t> {
    path: &'t str,
    lines: Lines<'t>,
    problems: Vec<Problem>,
    places: BTreeMap<PoolId, usize>,
}

impl List<'_> {
    fn report(&mut self, line: usize, code: Code, sentence: String) {
        self.problems.push(Problem {
            file: self.path.to_owned(),
            line,
            code,
            severity: Severity::Error,
            excerpt: self.lines.excerpt(line),
            sentence,
        });
    }

    fn document(&mut self, root: &DeTable<'_>, library: &mut Library) {
        for (key, value) in root {
            match (key.get_ref().as_ref(), value.get_ref()) {
                ("pool", DeValue::Array(entries)) => {
                    entries.iter().for_each(|entry| self.pool(entry, library));
                }
                ("province", DeValue::Array(entries)) => {
                    for entry in entries {
                        if let Some(ProvinceEntry { id, name }) = self.entry(entry) {
                            library.provinces.insert(id, name);
                        }
                    }
                }
                (other, _) => {
                    let line = self.lines.line(&key.span());
                    let sentence =
                        format!("不认识的键「{other}」，这里只写 [[pool]] 和 [[province]]。");
                    self.report(line, Code::P01, sentence);
                }
            }
        }
    }

    fn entry<T: for<'de> Deserialize<'de>>(&mut self, entry: &Spanned<DeValue<'_>>) -> Option<T> {
        match T::deserialize(Value(entry)) {
            Ok(read) => Some(read),
            Err(fault) => {
                let span = fault.span.clone().unwrap_or(entry.span());
                self.report(self.lines.line(&span), fault.code, fault.sentence);
                None
            }
        }
    }

    fn pool(&mut self, entry: &Spanned<DeValue<'_>>, library: &mut Library) {
        let line = self.lines.line(&entry.span());
        let Some(read) = self.entry::<PoolEntry>(entry) else {
            return;
        };
        let id = PoolId(read.id);
        if id.0 == NATION || self.places.contains_key(&id) {
            let sentence = format!("统筹区「{id}」已经有了，一个标识只能写一次。");
            self.report(line, Code::P02, sentence);
            return;
        }
        self.places.insert(id.clone(), line);
        library.pools.push(Pool {
            id,
            name: read.name,
            city: read.city,
            province: read.province,
            parent: read.parent.map(PoolId),
        });
    }

    /// Parents must be pools of the list, and nobody may be above himself.
    fn parents(&mut self, library: &mut Library) {
        let parents: BTreeMap<PoolId, Option<PoolId>> = library
            .pools
            .iter()
            .map(|pool| (pool.id.clone(), pool.parent.clone()))
            .collect();
        for pool in &mut library.pools {
            let Some(parent) = &pool.parent else {
                continue;
            };
            let sentence = if !parents.contains_key(parent) {
                format!("「{}」的上一层「{parent}」不在名单里。", pool.id)
            } else if in_circle(&parents, &pool.id) {
                format!("「{}」的上一层绕回到了它自己。", pool.id)
            } else {
                continue;
            };
            let line = self.places.get(&pool.id).copied().unwrap_or(0);
            self.report(line, Code::P19, sentence);
            pool.parent = None;
        }
    }
}

fn in_circle(parents: &BTreeMap<PoolId, Option<PoolId>>, start: &PoolId) -> bool {
    let mut at = start;
    for _ in 0..=parents.len() {
        match parents.get(at).and_then(Option::as_ref) {
            Some(parent) => at = parent,
            None => return false,
        }
    }
    true
}
