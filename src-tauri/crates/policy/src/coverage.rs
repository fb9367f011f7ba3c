//! 完整程度 — what the library says of each place, scheme and part, counted from its blocks.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use gongji_domain::{Grade, PoolId};
use serde::Serialize;

use crate::library::{InForce, Library, PolicyFile};

/// 完整程度的一行 — one file: a place, a scheme, a part (each layer has a file of its own).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Covered {
    /// 文件
    pub file: String,
    /// 统筹区
    pub pool: PoolId,
    /// 名称
    pub place: String,
    /// 险种
    pub scheme: String,
    /// 部分
    pub part: String,
    /// 读得进吗；读不进则以下都是零
    pub readable: bool,
    /// 段数，不能用的不算
    pub blocks: usize,
    /// 不能用的段
    pub unsound: usize,
    /// 最早的施行日
    pub earliest: Option<NaiveDate>,
    /// 最近的施行日
    pub newest: Option<NaiveDate>,
    /// 那天生效的段
    pub in_force: usize,
    /// 那天生效的各段里最弱的可信等级
    pub weakest: Option<Grade>,
    /// 那天生效的各段里写着未查到的格与键
    pub unknown: usize,
    /// 那天生效的各段用到的出处
    pub sources: usize,
    /// 其中与官方逐字核对过的
    pub checked: usize,
}

/// 完整程度 — every file of `library`, by place, scheme and part, as it stands on `on`.
pub fn coverage(library: &Library, on: NaiveDate) -> Vec<Covered> {
    let read = library.files.iter().map(|file| covered(library, file, on));
    let unreadable = library.unreadable.iter().map(|file| Covered {
        file: file.path.clone(),
        pool: file.pool.clone(),
        place: place(library, &file.pool),
        scheme: file.scheme.clone(),
        part: file.part.clone(),
        readable: false,
        blocks: 0,
        unsound: 0,
        earliest: None,
        newest: None,
        in_force: 0,
        weakest: None,
        unknown: 0,
        sources: 0,
        checked: 0,
    });
    let mut rows: Vec<Covered> = read.chain(unreadable).collect();
    let key = |row: &Covered| {
        (
            row.pool.clone(),
            row.scheme.clone(),
            row.part.clone(),
            row.file.clone(),
        )
    };
    rows.sort_by_key(key);
    rows
}

fn place(library: &Library, pool: &PoolId) -> String {
    let known = library.pool(pool).map(|pool| pool.name.clone());
    known.unwrap_or_else(|| match pool.0.as_str() {
        crate::NATION => "全国".to_owned(),
        id => id.to_owned(),
    })
}

fn covered(library: &Library, file: &PolicyFile, on: NaiveDate) -> Covered {
    let days = || file.blocks.iter().map(|block| block.head.from);
    let held = in_force(library, file, on);
    let keys: BTreeSet<&str> = held
        .iter()
        .filter_map(|held| held.block.head.source.split(' ').next())
        .collect();
    let checked = keys.iter().filter(|key| {
        let source = file.sources.get(**key);
        source.is_some_and(|source| source.checked_on.is_some())
    });
    Covered {
        file: file.path.clone(),
        pool: file.pool.clone(),
        place: place(library, &file.pool),
        scheme: file.scheme.clone(),
        part: file.part.clone(),
        readable: true,
        blocks: file.blocks.len(),
        unsound: (library.unsound.iter())
            .filter(|unsound| unsound.path == file.path)
            .count(),
        earliest: days().min(),
        newest: days().max(),
        in_force: held.len(),
        weakest: held.iter().map(|held| held.grade).max(),
        unknown: held.iter().map(|held| held.block.unknown).sum(),
        sources: keys.len(),
        checked: checked.count(),
    }
}

/// The blocks of one file that hold on `on`: of each identity the latest one, unless it ends there.
fn in_force<'a>(library: &'a Library, file: &'a PolicyFile, on: NaiveDate) -> Vec<InForce<'a>> {
    let mut latest = BTreeMap::new();
    for block in file.blocks.iter().filter(|block| block.head.from <= on) {
        let held = latest
            .entry((block.name.as_str(), block.identity()))
            .or_insert(block);
        if held.head.from < block.head.from {
            *held = block;
        }
    }
    let standing = latest.into_values().filter(|block| !block.head.ended);
    standing
        .map(|block| library.in_force(file, block, on))
        .collect()
}
