use std::collections::BTreeMap;

use chrono::NaiveDate;
use gongji_domain::PoolId;

use crate::draft::{Draft, FileDraft};
use crate::library::{Pool, chain};

/// 全部文件 — every draft, to be found by what it is called.
pub(super) struct World<'w, 't> {
    pub(super) files: &'w [FileDraft<'t>],
    pools: &'w [Pool],
    /// By pool, scheme and block name.
    named: BTreeMap<&'w str, BTreeMap<&'w str, BTreeMap<&'w str, Vec<Named<'w>>>>>,
}

/// One block, readable or not, with the file it stands in.
#[derive(Clone, Copy)]
pub(super) struct Named<'w> {
    pub(super) part: &'w str,
    pub(super) path: &'w str,
    pub(super) id: Option<&'w str>,
    pub(super) from: Option<NaiveDate>,
    /// `None` where the block could not be read: nobody who names it is to blame.
    pub(super) draft: Option<&'w Draft>,
    pub(super) at: (usize, usize),
}

impl<'w, 't> World<'w, 't> {
    pub(super) fn of(files: &'w [FileDraft<'t>], pools: &'w [Pool]) -> World<'w, 't> {
        let mut named: BTreeMap<&str, BTreeMap<&str, BTreeMap<&str, Vec<Named<'_>>>>> =
            BTreeMap::new();
        for (file_at, file) in files.iter().enumerate() {
            let mut add = |name: &'w str, held: Named<'w>| {
                let schemes = named.entry(&file.pool.0).or_default();
                let names = schemes.entry(&file.scheme).or_default();
                names.entry(name).or_default().push(held);
            };
            for (draft_at, draft) in file.drafts.iter().enumerate() {
                add(
                    &draft.block.name,
                    Named {
                        part: &file.part,
                        path: file.path,
                        id: draft.block.head.id.as_deref(),
                        from: Some(draft.block.head.from),
                        draft: Some(draft),
                        at: (file_at, draft_at),
                    },
                );
            }
            for broken in &file.broken {
                add(
                    &broken.name,
                    Named {
                        part: &file.part,
                        path: file.path,
                        id: broken.id.as_deref(),
                        from: broken.from,
                        draft: None,
                        at: (file_at, usize::MAX),
                    },
                );
            }
        }
        World {
            files,
            pools,
            named,
        }
    }

    /// Every block called `name` that can be in force for `pool` and `scheme`: its own layer first.
    pub(super) fn named(&self, pool: &PoolId, scheme: &str, name: &str) -> Vec<&Named<'w>> {
        let mut found = Vec::new();
        for layer in chain(self.pools, pool) {
            let schemes = self.named.get(layer);
            for scheme in [scheme, "any"] {
                let names = schemes.and_then(|schemes| schemes.get(scheme));
                found.extend(
                    names
                        .and_then(|names| names.get(name))
                        .into_iter()
                        .flatten(),
                );
            }
        }
        found
    }

    /// Every group of blocks that share pool, scheme and name.
    pub(super) fn groups(&self) -> impl Iterator<Item = &[Named<'w>]> {
        let schemes = self.named.values().flat_map(BTreeMap::values);
        schemes.flat_map(BTreeMap::values).map(Vec::as_slice)
    }

    /// Whether a block with this name and identity is in force on `day` for the file's pool.
    pub(super) fn stands(
        &self,
        file: &FileDraft<'_>,
        name: &str,
        day: NaiveDate,
        fits: impl Fn(&Named<'w>) -> bool,
    ) -> Found<'w> {
        let mut latest: Option<&Named<'w>> = None;
        let mut layer: Option<&str> = None;
        for held in self.named(&file.pool, &file.scheme, name) {
            if !fits(held) {
                continue;
            }
            let Some(from) = held.from else {
                return Found::Unreadable;
            };
            if from > day {
                continue;
            }
            let pool = self.files[held.at.0].pool.0.as_str();
            let newer = latest.is_none_or(|latest| latest.from <= Some(from));
            if *layer.get_or_insert(pool) == pool && newer {
                latest = Some(held);
            }
        }
        match latest {
            None => Found::Nothing,
            Some(held) => match held.draft {
                None => Found::Unreadable,
                Some(draft) if draft.block.head.ended => Found::Nothing,
                Some(draft) => Found::Draft(draft),
            },
        }
    }
}

pub(super) enum Found<'w> {
    Draft(&'w Draft),
    Unreadable,
    Nothing,
}
