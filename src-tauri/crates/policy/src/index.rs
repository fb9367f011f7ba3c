//! What is in force on a day, without looking through every file.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use chrono::NaiveDate;
use gongji_domain::PoolId;

use crate::body::Body;
use crate::library::{InForce, Library, NATION, PolicyFile, Rules};
use crate::read::chain;

/// 索引 — for each pool and scheme its identities, each with the days on which it changes.
#[derive(Clone, Debug, Default)]
pub struct Index(OnceLock<BTreeMap<PoolId, BTreeMap<String, Vec<Timeline>>>>);

/// Which blocks follow one another: part, file of a layer, name, `id`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Identity {
    part: String,
    /// Layers are one file each: the file name keeps their `rate` and `cap` blocks apart.
    within: String,
    name: String,
    id: Option<String>,
}

#[derive(Clone, Debug)]
struct Timeline {
    identity: Identity,
    /// Ascending; `None` where nothing is in force from that day on.
    from: Vec<(NaiveDate, Option<At>)>,
}

/// Position of a block: file, block.
type At = (usize, usize);

fn within(part: &str, path: &str) -> String {
    match part {
        "layer" => path.rsplit('/').next().unwrap_or_default().to_owned(),
        _ => String::new(),
    }
}

impl Timeline {
    /// What holds on `day`: nothing yet, nothing any more, or a block.
    fn on(&self, day: NaiveDate) -> Option<Option<At>> {
        let reached = self.from.partition_point(|(from, _)| *from <= day);
        reached.checked_sub(1).map(|at| self.from[at].1)
    }
}

impl Index {
    fn of<'a>(
        &'a self,
        library: &Library,
    ) -> &'a BTreeMap<PoolId, BTreeMap<String, Vec<Timeline>>> {
        self.0.get_or_init(|| made_of(library))
    }
}

type Changes = BTreeMap<Identity, Vec<(NaiveDate, Option<At>)>>;

fn made_of(library: &Library) -> BTreeMap<PoolId, BTreeMap<String, Vec<Timeline>>> {
    let mut found: BTreeMap<PoolId, BTreeMap<String, Changes>> = BTreeMap::new();
    let mut always_unsound: BTreeSet<(PoolId, String, Identity)> = BTreeSet::new();
    for (at_file, file) in library.files.iter().enumerate() {
        let changes = found.entry(file.pool.clone()).or_default();
        let changes = changes.entry(file.scheme.clone()).or_default();
        for (at_block, block) in file.blocks.iter().enumerate() {
            let identity = Identity {
                part: file.part.clone(),
                within: within(&file.part, &file.path),
                name: block.name.clone(),
                id: block.identity(),
            };
            let at = (!block.head.ended).then_some((at_file, at_block));
            changes
                .entry(identity)
                .or_default()
                .push((block.head.from, at));
        }
    }
    for unsound in &library.unsound {
        let identity = Identity {
            part: unsound.part.clone(),
            within: within(&unsound.part, &unsound.path),
            name: unsound.name.clone(),
            id: unsound.id.clone(),
        };
        let changes = found.entry(unsound.pool.clone()).or_default();
        let changes = changes.entry(unsound.scheme.clone()).or_default();
        let days = changes.entry(identity.clone()).or_default();
        match unsound.from {
            Some(from) => days.push((from, None)),
            None => {
                always_unsound.insert((unsound.pool.clone(), unsound.scheme.clone(), identity));
            }
        }
    }
    let timeline = |pool: &PoolId, scheme: &str, identity: Identity, mut from: Vec<_>| {
        if always_unsound.contains(&(pool.clone(), scheme.to_owned(), identity.clone())) {
            from = vec![(NaiveDate::MIN, None)];
        }
        // On one day nothing stands after something: an unsound block leaves its place empty.
        from.sort_by_key(|(day, at): &(NaiveDate, Option<At>)| (*day, at.is_none(), *at));
        Timeline { identity, from }
    };
    let of_scheme = |pool: &PoolId, scheme: String, changes: Changes| {
        let timelines = changes.into_iter();
        let timelines = timelines.map(|(identity, from)| timeline(pool, &scheme, identity, from));
        (scheme.clone(), timelines.collect())
    };
    found
        .into_iter()
        .map(|(pool, schemes)| {
            let schemes = schemes.into_iter();
            let schemes = schemes.map(|(scheme, changes)| of_scheme(&pool, scheme, changes));
            let schemes = schemes.collect();
            (pool, schemes)
        })
        .collect()
}

impl Library {
    /// The rules of `pool` and `scheme` in force on `day`: for each identity (part, layer, name, id)
    /// the latest block not after `day` of the most specific layer that has one — pool, then its
    /// parents, then the nation — whole block. Ended and unsound identities are left out, and shadow
    /// the layers above all the same. `None` where the pool is not in the list.
    pub fn rules(&self, pool: &PoolId, scheme: &str, day: NaiveDate) -> Option<Rules<'_>> {
        let pool = self.pool(pool)?;
        let index = self.index.of(self);
        let mut held: BTreeMap<&Identity, Option<At>> = BTreeMap::new();
        for layer in chain(&self.pools, &pool.id) {
            let Some(schemes) = index.get(&layer) else {
                continue;
            };
            // The scheme's own rule stands before the one for any scheme.
            for timelines in [scheme, "any"].iter().filter_map(|word| schemes.get(*word)) {
                for timeline in timelines {
                    if let Some(at) = timeline.on(day) {
                        held.entry(&timeline.identity).or_insert(at);
                    }
                }
            }
        }
        let mut places: Vec<At> = held.into_values().flatten().collect();
        places.sort_unstable();
        let blocks = places.into_iter().filter_map(|(file, block)| {
            let file = self.files.get(file)?;
            Some(self.in_force(file, file.blocks.get(block)?, day))
        });
        Some(Rules {
            pool,
            day,
            blocks: blocks.collect(),
        })
    }

    /// 有没有规则 — whether `pool` itself, or a layer between it and the nation, has any file.
    pub fn has_rules(&self, pool: &PoolId, scheme: &str) -> bool {
        let index = self.index.of(self);
        chain(&self.pools, pool)
            .iter()
            .filter(|layer| layer.0 != NATION)
            .filter_map(|layer| index.get(layer))
            .any(|schemes| schemes.contains_key(scheme) || schemes.contains_key("any"))
    }
}

/// 一个补充层 — the `layer` block and what else its file says on that day.
#[derive(Clone, Debug)]
pub struct LayerRules<'a> {
    /// 补充层
    pub layer: InForce<'a>,
    /// 同一层的其他各段：起付线、比例、封顶线……
    pub blocks: Vec<InForce<'a>>,
}

impl<'a> Rules<'a> {
    /// The one block called `name` of `part`; the first where several stand side by side.
    pub fn get<'r>(&'r self, part: &'r str, name: &'r str) -> Option<&'r InForce<'a>> {
        self.all(part, name).next()
    }

    /// Every block called `name` of `part`, in the order of the file.
    pub fn all<'r>(
        &'r self,
        part: &'r str,
        name: &'r str,
    ) -> impl Iterator<Item = &'r InForce<'a>> + use<'r, 'a> {
        let found = move |held: &&InForce<'a>| held.file.part == part && held.block.name == name;
        self.blocks.iter().filter(found)
    }

    /// 补充层，按先后 — each with the blocks of its own file name, whichever place they come from:
    /// a city may override its province's cap and keep the rest.
    pub fn layers(&self) -> Vec<LayerRules<'a>> {
        let name = |file: &PolicyFile| within(&file.part, &file.path);
        let mut layers: Vec<(u32, LayerRules<'a>)> = Vec::new();
        for held in self.all("layer", "layer") {
            let Body::Layer(layer) = &held.block.body else {
                continue;
            };
            let order = layer.order;
            let of_layer = |other: &&InForce<'a>| {
                other.file.part == "layer"
                    && other.block.name != "layer"
                    && name(other.file) == name(held.file)
            };
            let blocks = self.blocks.iter().filter(of_layer).copied().collect();
            let layer = *held;
            layers.push((order, LayerRules { layer, blocks }));
        }
        layers.sort_by_key(|(order, _)| *order);
        layers.into_iter().map(|(_, layer)| layer).collect()
    }
}
