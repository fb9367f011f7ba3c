//! 账户 — when the own account pays what, and what the rules of a donor's place let a relative pay.

use gongji_domain::{Part, SubAccountId};
use gongji_policy::{Aid, Body, InForce, Rules, When};

use super::Accounts;
use super::resolve::Resolving;
use crate::aid::family_blocks;
use crate::membership::has_account;
use crate::settle::matrix::SliceSet;

/// 一个子账户何时付什么
#[derive(Clone, Debug)]
pub(crate) struct Turn {
    /// Its number among the sub-accounts.
    pub(crate) sub: usize,
    pub(crate) when: When,
    /// Slices in the order in which they are paid.
    pub(crate) may_pay: Vec<SliceSet>,
}

impl Resolving<'_, '_> {
    /// What the own account may pay. Where somebody has one, or may have, and no rule says so, that is
    /// left open: what is not written is not nothing.
    pub(super) fn accounts(&mut self) -> Option<Accounts> {
        let part = self.part();
        let blocks = self.rules.blocks.iter();
        let found = blocks.into_iter().find_map(|held| match &held.block.body {
            Body::AccountUse(rule) if rule.benefits.iter().any(|benefit| benefit == part) => {
                Some((*held, rule))
            }
            _ => None,
        });
        let Some((held, rule)) = found.filter(|(held, _)| !held.off) else {
            let request = self.request;
            let none = has_account(self.rules, request.scheme, &request.plan) == Some(false);
            return (!none).then(|| Accounts {
                cite: found.map(|(held, _)| self.cite(held)),
                unwritten: Some("cell:personal_account.account_use".to_owned()),
                turns: Vec::new(),
                subs: self.sub_accounts(),
            });
        };
        let mut subs: Vec<SubAccountId> = Vec::new();
        let mut turns = Vec::new();
        for step in &rule.order {
            let sub = SubAccountId(step.sub.clone());
            let known = subs.iter().position(|held| *held == sub);
            turns.push(Turn {
                sub: known.unwrap_or_else(|| {
                    subs.push(sub);
                    subs.len() - 1
                }),
                when: step.when,
                may_pay: step
                    .may_pay
                    .iter()
                    .map(|name| self.slices(std::slice::from_ref(name)))
                    .collect(),
            });
        }
        Some(Accounts {
            cite: Some(self.cite(held)),
            unwritten: None,
            turns,
            subs,
        })
    }

    /// The sub-accounts that the rules know.
    fn sub_accounts(&self) -> Vec<SubAccountId> {
        let mut subs: Vec<SubAccountId> = Vec::new();
        for held in &self.rules.blocks {
            let id = match &held.block.body {
                Body::SubAccount(_) => held.block.head.id.clone(),
                Body::Credit(credit) => Some(credit.into.clone()),
                _ => None,
            };
            subs.extend(id.map(SubAccountId));
        }
        subs.sort_unstable();
        subs.dedup();
        subs
    }
}

/// 共济规则 — of the donor's pool and scheme, for one benefit.
#[derive(Clone, Copy, Debug)]
pub(crate) struct AidRule<'a> {
    pub(crate) held: InForce<'a>,
    pub(crate) aid: &'a Aid,
}

impl<'a> AidRule<'a> {
    /// The rule by which a binding pays for `part`.
    pub(crate) fn of(rules: &Rules<'a>, part: Part) -> Option<AidRule<'a>> {
        let pays = |aid: &Aid| aid.benefits.iter().any(|benefit| benefit == part.word());
        let mut blocks = family_blocks(rules).filter(|(held, aid)| !held.off && pays(aid));
        let (held, aid) = blocks.next()?;
        Some(AidRule { held: *held, aid })
    }
}
