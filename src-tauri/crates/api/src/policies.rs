//! 政策页 — the rules of a place on a day, as tables that can be held beside the official page.

use chrono::NaiveDate;
use gongji_domain::{PoolId, Scheme};
use gongji_policy::{InForce, Rules, describe};

use crate::{ApiError, Gongji, PolicyBlock, PolicyFact, PolicyPart, PolicyView};

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

const SAID_APART: [&str; 4] = ["说明", "待定", "是否采用", "时效"];

impl Gongji {
    /// 某地某险种某日的政策
    ///
    /// # Errors
    /// Where the pool is not in the list.
    pub fn policy(
        &self,
        pool: &PoolId,
        scheme: Scheme,
        on: NaiveDate,
    ) -> Result<PolicyView, ApiError> {
        let rules = self
            .library
            .rules(pool, scheme.word(), on)
            .ok_or_else(|| ApiError::gone("pool"))?;
        let parts = PARTS
            .into_iter()
            .map(|part| PolicyPart {
                part: part.to_owned(),
                blocks: self.blocks(&rules, part),
            })
            .filter(|part| !part.blocks.is_empty())
            .collect();
        Ok(PolicyView {
            pool: pool.clone(),
            name: rules.pool.name.clone(),
            scheme,
            day: on,
            has_rules: self.library.has_rules(pool, scheme.word()),
            parts,
        })
    }

    fn blocks(&self, rules: &Rules<'_>, part: &str) -> Vec<PolicyBlock> {
        rules
            .blocks
            .iter()
            .filter(|held| held.file.part == part)
            .map(|held| self.block(rules, held))
            .collect()
    }

    fn block(&self, rules: &Rules<'_>, held: &InForce<'_>) -> PolicyBlock {
        let described = describe(held, &|word| rules.name(word));
        PolicyBlock {
            reference: held.reference(),
            layer: if held.file.pool.0 == "000000" {
                "全国".to_owned()
            } else {
                self.place_name(&held.file.pool)
            },
            title: described.title,
            // What the block's own fields below say is not said twice.
            facts: described
                .facts
                .into_iter()
                .filter(|(name, _)| !SAID_APART.contains(&name.as_str()))
                .map(|(name, value)| PolicyFact { name, value })
                .collect(),
            heads: described.heads,
            rows: described.rows,
            source: held.source(),
            grade: held.grade,
            note: held.block.head.note.clone(),
            ask: held.block.head.ask.clone(),
            assumed: held.assumed,
            off: held.off,
        }
    }
}
