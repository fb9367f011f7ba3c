//! 参保方式 — what the rules say about a plan.

use gongji_domain::Scheme;
use gongji_policy::{Body, Rules};

/// 有没有个人账户 — as the pool's `plan` block says; where it has none, the plans whose national
/// name says it. `None`: not known.
pub fn has_account(rules: &Rules<'_>, scheme: Scheme, plan: &str) -> Option<bool> {
    let block = rules.blocks.iter().find_map(|held| match &held.block.body {
        Body::Plan(body) if held.block.head.id.as_deref() == Some(plan) => Some((held, body)),
        _ => None,
    });
    match block {
        Some((held, _)) if held.off => None,
        Some((_, body)) => match body.has_account.as_str() {
            "true" => Some(true),
            "false" => Some(false),
            _ => None,
        },
        None => named_account(scheme, plan),
    }
}

/// 「统账结合」有账户，「单建统筹」没有；居民没有个人账户。
pub(crate) fn named_account(scheme: Scheme, plan: &str) -> Option<bool> {
    match (scheme, plan) {
        (Scheme::Resident, _) => Some(false),
        (Scheme::Employee, "with_account" | "flexible_with_account") => Some(true),
        (Scheme::Employee, "pooled_only" | "flexible_pooled_only") => Some(false),
        (Scheme::Employee, _) => None,
    }
}
