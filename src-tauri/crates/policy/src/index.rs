//! What is in force on a day, without looking through every file.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use chrono::NaiveDate;
use gongji_domain::PoolId;

use crate::body::Body;
use crate::library::{InForce, Library, NATION, OWN, Rules, chain, own_layer};

/// 索引 — for each pool and scheme its identities, each with the days on which it changes.
#[derive(Clone, Debug, Default)]
pub struct Index(OnceLock<ByPool>);

type ByPool = BTreeMap<String, BTreeMap<String, Held>>;

/// What one pool says for one scheme.
#[derive(Clone, Debug, Default)]
struct Held {
    timelines: Vec<Timeline>,
    /// What its unreadable files were meant for: nothing here or above answers in their place.
    unreadable: Vec<Topic>,
}

/// 一个部分，或一个补充层 — the part, and of a layer its file name.
type Topic = (String, String);

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
    /// Number of its identity, the same in every layer.
    identity: usize,
    topic: Topic,
    /// Ascending.
    from: Vec<(NaiveDate, Stands)>,
}

/// What stands in a place from a day on. On one day the later of these wins: of the household's own
/// rules one may end on the day on which the next begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Stands {
    /// `ended = true`
    Ended,
    Block(At),
    /// Something that could not be taken over.
    Unsound,
}

/// Position of a block: file, block.
type At = (usize, usize);

fn within<'p>(part: &str, path: &'p str) -> &'p str {
    match part {
        "layer" => path.rsplit('/').next().unwrap_or_default(),
        _ => "",
    }
}

impl Identity {
    fn of(part: &str, path: &str, name: &str, id: Option<String>) -> Identity {
        Identity {
            part: part.to_owned(),
            within: within(part, path).to_owned(),
            name: name.to_owned(),
            id,
        }
    }
}

impl Timeline {
    fn of(number: usize, of: Identity, days: Vec<(Option<NaiveDate>, Stands)>) -> Timeline {
        // Nobody knows since when an undated block holds: the whole identity is in doubt.
        let dated: Option<Vec<_>> = days
            .into_iter()
            .map(|(from, stands)| Some((from?, stands)))
            .collect();
        let mut from = dated.unwrap_or_else(|| vec![(NaiveDate::MIN, Stands::Unsound)]);
        from.sort_unstable();
        Timeline {
            identity: number,
            topic: (of.part, of.within),
            from,
        }
    }

    /// What stands here on `day`; `None` before the first day.
    fn on(&self, day: NaiveDate) -> Option<Stands> {
        let reached = self.from.partition_point(|(from, _)| *from <= day);
        reached.checked_sub(1).map(|at| self.from[at].1)
    }
}

impl Index {
    fn of(&self, library: &Library) -> &ByPool {
        self.0.get_or_init(|| made_of(library))
    }
}

/// What happens to an identity on which days; a day without a date is every day.
type Changes = BTreeMap<Identity, Vec<(Option<NaiveDate>, Stands)>>;

fn made_of(library: &Library) -> ByPool {
    let mut found: BTreeMap<PoolId, BTreeMap<String, Changes>> = BTreeMap::new();
    let mut add = |pool: &PoolId, scheme: &str, identity, from, stands| {
        let schemes = found.entry(pool.clone()).or_default();
        let changes = schemes.entry(scheme.to_owned()).or_default();
        changes.entry(identity).or_default().push((from, stands));
    };
    for (at_file, file) in library.files.iter().enumerate() {
        for (at_block, block) in file.blocks.iter().enumerate() {
            let identity = Identity::of(&file.part, &file.path, &block.name, block.identity());
            let stands = match block.head.ended {
                true => Stands::Ended,
                false => Stands::Block((at_file, at_block)),
            };
            add(
                &file.pool,
                &file.scheme,
                identity,
                Some(block.head.from),
                stands,
            );
        }
    }
    for unsound in &library.unsound {
        let id = unsound.id.clone();
        let identity = Identity::of(&unsound.part, &unsound.path, &unsound.name, id);
        add(
            &unsound.pool,
            &unsound.scheme,
            identity,
            unsound.from,
            Stands::Unsound,
        );
    }
    let mut numbers: BTreeMap<Identity, usize> = BTreeMap::new();
    let mut timeline = |(identity, days): (Identity, _)| {
        let next = numbers.len();
        let number = *numbers.entry(identity.clone()).or_insert(next);
        Timeline::of(number, identity, days)
    };
    let mut index = ByPool::new();
    for (pool, schemes) in found {
        let of_pool = index.entry(pool.0).or_default();
        for (scheme, changes) in schemes {
            let timelines = changes.into_iter().map(&mut timeline).collect();
            of_pool.entry(scheme).or_default().timelines = timelines;
        }
    }
    for file in &library.unreadable {
        let topic = (file.part.clone(), within(&file.part, &file.path).to_owned());
        let of_pool = index.entry(file.pool.0.clone()).or_default();
        let held = of_pool.entry(file.scheme.clone()).or_default();
        held.unreadable.push(topic);
    }
    index
}

impl Library {
    /// The rules of `pool` and `scheme` in force on `day`: for each identity (part, layer, name, id)
    /// the latest block not after `day` of the most specific layer that has one — the household's
    /// own, the pool, its parents, the nation — whole block. Ended and unsound identities are left out, and shadow
    /// the layers above all the same, as does everything that an unreadable file was meant for; what
    /// they leave open is told by [`Rules::in_doubt`].
    /// `None` where the pool is not in the list.
    pub fn rules(&self, pool: &PoolId, scheme: &str, day: NaiveDate) -> Option<Rules<'_>> {
        self.rules_from(&own_layer(pool), pool, scheme, day)
    }

    /// The same without what the household says itself.
    pub fn rules_of_place(&self, pool: &PoolId, scheme: &str, day: NaiveDate) -> Option<Rules<'_>> {
        self.rules_from(pool, pool, scheme, day)
    }

    /// The rules of the layers from `lowest` upwards.
    fn rules_from(
        &self,
        lowest: &PoolId,
        pool: &PoolId,
        scheme: &str,
        day: NaiveDate,
    ) -> Option<Rules<'_>> {
        let pool = self.pool(pool)?;
        let index = self.index.of(self);
        let mut held: Vec<(usize, usize, Stands, &Topic)> = Vec::new();
        let mut in_doubt: Vec<&Topic> = Vec::new();
        let mut layer = 0;
        for above in chain(&self.pools, lowest) {
            let Some(schemes) = index.get(above) else {
                continue;
            };
            let is_own = above.starts_with(OWN);
            // The scheme's own rule stands before the one for any scheme.
            for own in [scheme, "any"].iter().filter_map(|word| schemes.get(*word)) {
                layer += 1;
                in_doubt.extend(&own.unreadable);
                let on_day = own.timelines.iter().filter_map(|timeline| {
                    let stands = timeline.on(day)?;
                    // Where the household's own rule ends, the place's holds again.
                    if is_own && stands == Stands::Ended {
                        return None;
                    }
                    let doubtful = in_doubt.contains(&&timeline.topic);
                    (!doubtful).then_some((timeline.identity, layer, stands, &timeline.topic))
                });
                held.extend(on_day);
            }
        }
        held.sort_unstable();
        held.dedup_by_key(|(identity, ..)| *identity);
        let mut places: Vec<At> = Vec::new();
        for (.., stands, topic) in held {
            match stands {
                Stands::Block(at) => places.push(at),
                Stands::Ended => {}
                Stands::Unsound => in_doubt.push(topic),
            }
        }
        places.sort_unstable();
        let blocks = places.into_iter().filter_map(|(file, block)| {
            let file = self.files.get(file)?;
            Some(self.in_force(file, file.blocks.get(block)?, day))
        });
        Some(Rules {
            pool,
            day,
            blocks: blocks.collect(),
            in_doubt: in_doubt
                .into_iter()
                .map(|(part, _)| part.as_str())
                .collect(),
        })
    }

    /// 有没有规则 — whether `pool` itself, or a layer between it and the nation, has any file.
    pub fn has_rules(&self, pool: &PoolId, scheme: &str) -> bool {
        let index = self.index.of(self);
        chain(&self.pools, pool)
            .filter(|layer| *layer != NATION)
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
    /// 存疑 — whether something of this part could not be taken over, so that what is there is not all.
    /// A part that is in doubt answers nothing: what is missing is not known, it is not absent.
    pub fn in_doubt(&self, part: &str) -> bool {
        self.in_doubt.contains(&part)
    }

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
        let mut layers: Vec<(u32, LayerRules<'a>)> = Vec::new();
        for held in self.all("layer", "layer") {
            let Body::Layer(layer) = &held.block.body else {
                continue;
            };
            let order = layer.order;
            let of_layer = |other: &&InForce<'a>| {
                other.file.part == "layer"
                    && other.block.name != "layer"
                    && within("layer", &other.file.path) == within("layer", &held.file.path)
            };
            let blocks = self.blocks.iter().filter(of_layer).copied().collect();
            let layer = *held;
            layers.push((order, LayerRules { layer, blocks }));
        }
        layers.sort_by_key(|(order, _)| *order);
        layers.into_iter().map(|(_, layer)| layer).collect()
    }
}

impl Rules<'_> {
    /// 名称 — what the place calls one of its own words (class, counter, plan, sub-account); a word
    /// without a name is given back.
    pub fn name(&self, word: &str) -> String {
        let own = |held: &&InForce<'_>| held.block.head.id.as_deref() == Some(word);
        let named = self.blocks.iter().filter(own);
        let mut names = named.filter_map(|held| match &held.block.body {
            Body::Class(class) => Some(&class.name),
            Body::Counter(counter) => Some(&counter.name),
            Body::Plan(plan) => Some(&plan.name),
            Body::SubAccount(sub) => Some(&sub.name),
            _ => None,
        });
        names.next().map_or_else(|| word.to_owned(), Clone::clone)
    }
}
