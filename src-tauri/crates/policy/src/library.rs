use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use gongji_domain::{BlockRef, Grade, PoolId, SourceRef, SubAccountId};

use crate::body::{Block, Body};
use crate::index::Index;
use crate::problem::Problem;

/// 统筹区 — one entry of `policies/pools.toml`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pool {
    /// 标识
    pub id: PoolId,
    /// 名称，如「北京市」
    pub name: String,
    /// 所在城市的行政区划代码
    pub city: String,
    /// 省级行政区划代码，如 "320000"
    pub province: String,
    /// 上一层统筹区（省级），没有则为全国
    pub parent: Option<PoolId>,
}

/// 政策文件 — one file: its header, its sources and its sound blocks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PolicyFile {
    /// Path inside the library.
    pub path: String,
    /// 统筹区
    pub pool: PoolId,
    /// 险种：employee / resident / any
    pub scheme: String,
    /// 部分：general_outpatient, inpatient, counters, layer, …
    pub part: String,
    /// 出处
    pub sources: BTreeMap<String, SourceRef>,
    /// 规则段，按文件里的先后
    pub blocks: Vec<Block>,
}

/// 政策库 — every file that could be read, the pools, and the problems found on the way.
#[derive(Clone, Debug, Default)]
pub struct Library {
    /// 统筹区
    pub pools: Vec<Pool>,
    /// 文件，按路径
    pub files: Vec<PolicyFile>,
    /// 问题，按文件与行
    pub problems: Vec<Problem>,
    /// SHA-256 of all files, hexadecimal.
    pub hash: String,
    /// 是否采用「仅线索」的数字
    pub with_claimed: bool,
    /// 省级行政区划的名称，按代码
    pub provinces: BTreeMap<String, String>,
    /// 不能用的段 — they leave their place empty.
    pub unsound: Vec<Unsound>,
    /// 读不进的文件 — nothing older and no layer above answers for what they may have said.
    pub unreadable: Vec<Unreadable>,
    /// What makes [`Library::rules`] quick; made of the above when it is first asked.
    pub index: Index,
}

/// 全国一层的统筹区标识
pub const NATION: &str = "000000";

/// 不能用的一段 — from its day on nothing of its identity is in force: the figure is unknown, for
/// neither an older block nor a layer above may answer in its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unsound {
    /// The file it stands in.
    pub path: String,
    /// 统筹区
    pub pool: PoolId,
    /// 险种
    pub scheme: String,
    /// 部分
    pub part: String,
    /// 段名
    pub name: String,
    /// 标识
    pub id: Option<String>,
    /// 施行日；读不出则从来都不能用
    pub from: Option<NaiveDate>,
}

/// 读不进的一个文件 — for which pool, scheme and part it was meant, as its folder and name say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unreadable {
    /// The file.
    pub path: String,
    /// 统筹区
    pub pool: PoolId,
    /// 险种
    pub scheme: String,
    /// 部分
    pub part: String,
}

impl Unreadable {
    /// What `统筹区-拼音/险种/部分.toml` is meant for.
    pub(crate) fn of(path: &str) -> Unreadable {
        let own = path.starts_with(OWN);
        let folders: Vec<&str> = path.trim_start_matches(OWN).split('/').collect();
        let (pool, scheme, name) = match folders.as_slice() {
            [pool, scheme, name] => (*pool, *scheme, *name),
            [pool, name] => (*pool, "any", *name),
            _ => ("", "", path),
        };
        let stem = name.trim_end_matches(".toml");
        let part = if stem.starts_with("layer-") {
            "layer".to_owned()
        } else {
            stem.replace('-', "_")
        };
        let pool = PoolId::from(pool.split('-').next().unwrap_or_default());
        Unreadable {
            path: path.to_owned(),
            pool: if own { own_layer(&pool) } else { pool },
            scheme: scheme.to_owned(),
            part,
        }
    }
}

/// 生效的一段 — a block in force on a day, with its file and the grade it has there.
#[derive(Clone, Copy, Debug)]
pub struct InForce<'a> {
    /// The file it stands in.
    pub file: &'a PolicyFile,
    /// The block.
    pub block: &'a Block,
    /// Effective grade: the weaker of its source's and its own.
    pub grade: Grade,
    /// 沿用 — its period is over; its figures are carried forward.
    pub assumed: bool,
    /// Off: the block is only `claimed` and such figures are not switched on. It still shadows the
    /// layers above; its figures count as unknown.
    pub off: bool,
}

/// 某统筹区、某险种、某日生效的全部规则段
#[derive(Clone, Debug)]
pub struct Rules<'a> {
    /// 统筹区
    pub pool: &'a Pool,
    /// 日期
    pub day: NaiveDate,
    /// 段，按部分、文件、行
    pub blocks: Vec<InForce<'a>>,
    /// 存疑的部分
    pub(crate) in_doubt: Vec<&'a str>,
}

impl<'a> InForce<'a> {
    /// 其中一行 — the block as the row gives it, whose own grade may be weaker.
    #[must_use]
    pub fn of_row(&self, grade: Option<Grade>) -> InForce<'a> {
        InForce {
            grade: self.grade.max(grade.unwrap_or(self.grade)),
            ..*self
        }
    }

    /// Which block this is, for steps and pinned rules.
    pub fn reference(&self) -> BlockRef {
        BlockRef {
            file: self.file.path.clone(),
            block: self.block.name.clone(),
            id: self.block.head.id.clone(),
            from: self.block.head.from,
        }
    }

    /// 出处，连同条款与有效等级
    pub fn source(&self) -> Option<SourceRef> {
        let (key, article) = match self.block.head.source.split_once(' ') {
            Some((key, article)) => (key, Some(article.to_owned())),
            None => (self.block.head.source.as_str(), None),
        };
        let mut source = self.file.sources.get(key)?.clone();
        source.article = article;
        source.grade = self.grade;
        Some(source)
    }
}

impl Library {
    /// 统筹区 by its identifier.
    pub fn pool(&self, id: &PoolId) -> Option<&Pool> {
        self.pools.iter().find(|pool| pool.id == *id)
    }

    /// 账户的各部分 — every one that a layer of the pool names, whatever the scheme and the day.
    pub fn sub_accounts(&self, pool: &PoolId) -> BTreeSet<SubAccountId> {
        let own = own_layer(pool);
        let layers: BTreeSet<&str> = chain(&self.pools, &own).collect();
        let files = self.files.iter();
        let files = files.filter(|file| layers.contains(file.pool.0.as_str()));
        let blocks = files.flat_map(|file| &file.blocks);
        let parts = blocks.filter(|block| matches!(block.body, Body::SubAccount(_)));
        parts
            .filter_map(|block| block.head.id.clone().map(SubAccountId))
            .collect()
    }

    pub(crate) fn in_force<'a>(
        &'a self,
        file: &'a PolicyFile,
        block: &'a Block,
        day: NaiveDate,
    ) -> InForce<'a> {
        let key = block.head.source.split(' ').next().unwrap_or("");
        let of_source = file
            .sources
            .get(key)
            .map_or(Grade::Claimed, |source| source.grade);
        let grade = block.head.grade.map_or(of_source, |own| own.max(of_source));
        let assumed = block.head.renewed_yearly
            && block
                .head
                .from
                .checked_add_months(chrono::Months::new(12))
                .is_some_and(|end| day >= end);
        InForce {
            file,
            block,
            grade,
            assumed,
            off: grade == Grade::Claimed && !self.with_claimed,
        }
    }
}

/// 本户自己加的规则放在这个文件夹里 — `own/统筹区-拼音/险种/部分.toml`: what one household knows better
/// about its place, laid over the place's own rules block by block.
pub const OWN: &str = "own/";

/// 本户一层的标识 — the layer of `pool` in which the household's own rules stand.
pub fn own_layer(pool: &PoolId) -> PoolId {
    PoolId(format!("{OWN}{pool}"))
}

/// 上面各层 — the pool, its parents, the nation; in front of them the household's own layer where
/// `pool` is that. The list of pools has no circles.
pub(crate) fn chain<'a>(pools: &'a [Pool], pool: &'a PoolId) -> impl Iterator<Item = &'a str> {
    let of_place = pool.0.strip_prefix(OWN);
    let own = of_place.map(|_| pool.0.as_str());
    let parent = |id: &&'a str| {
        let pool = pools.iter().find(|held| held.id.0 == **id)?;
        pool.parent.as_ref().map(|parent| parent.0.as_str())
    };
    // A list made by hand may have circles after all: nobody has more layers than there are pools.
    let above = std::iter::successors(of_place.or(Some(pool.0.as_str())), parent);
    own.into_iter()
        .chain(above.take(pools.len() + 1).filter(|layer| *layer != NATION))
        .chain([NATION])
}
