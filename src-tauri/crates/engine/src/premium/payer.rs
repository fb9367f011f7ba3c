//! 谁的账户能缴 — whether an account may pay a premium, by the rules of the place that keeps it. What is
//! recorded and what is planned are judged alike.

use gongji_domain::{Grade, Message, Relation, SourceRef, SubAccountId, Yuan};
use gongji_policy::{Aid, AidKind, Body, Cell, InForce, Rules};

use crate::aid::{AidVerdict, Allowed};

/// 缴费账户的判断 — may it pay, what must stay on it, and by which rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PremiumPayer {
    /// 允不允许
    pub allowed: Allowed,
    /// 理由
    pub reason: Message,
    /// 规则有没有写这一种保费、这一种亲属
    pub listed: bool,
    /// 账户至少留多少；无则有规定而不知道
    pub keeps: Option<Yuan>,
    /// 从账户的哪几部分付；空则不分
    pub pays_from: Vec<SubAccountId>,
    /// 出处
    pub source: Option<SourceRef>,
    /// 可信等级
    pub grade: Option<Grade>,
}

impl PremiumPayer {
    /// 自己的账户给自己缴 — no rule is asked.
    pub fn oneself() -> PremiumPayer {
        PremiumPayer {
            allowed: Allowed::Yes,
            reason: Message::new("aid.allowed"),
            listed: true,
            keeps: Some(Yuan::ZERO),
            pays_from: Vec::new(),
            source: None,
            grade: None,
        }
    }

    /// 家人的账户 — `verdict` says whether it may pay for this relative at all, `rules` are those by which the
    /// account is kept, and `premium` is the word of the premium. Where no rule names the premium, nobody can
    /// say.
    pub fn of(
        verdict: AidVerdict,
        rules: Option<&Rules<'_>>,
        relation: Relation,
        premium: &str,
    ) -> PremiumPayer {
        let judged = PremiumPayer {
            allowed: verdict.allowed,
            reason: verdict.reason,
            source: verdict.source,
            listed: false,
            ..PremiumPayer::oneself()
        };
        if judged.allowed == Allowed::No {
            return judged;
        }
        let blocks = rules.into_iter().flat_map(|rules| &rules.blocks);
        let listed = blocks
            .filter_map(pays_at_home)
            .filter(|(_, aid)| aid.premiums.iter().any(|known| known == premium))
            .find(|(_, aid)| aid.relations.iter().any(|known| known == relation.word()));
        let Some((held, aid)) = listed else {
            return PremiumPayer {
                allowed: Allowed::Unknown,
                reason: Message::new("movement.no_premium_rule"),
                source: None,
                ..judged
            };
        };
        PremiumPayer {
            listed: true,
            keeps: match aid.reserve {
                Cell::Yuan(kept) => Some(kept),
                Cell::Unknown => None,
                _ => Some(Yuan::ZERO),
            },
            pays_from: aid.pays_from.iter().cloned().map(SubAccountId).collect(),
            source: held.source(),
            grade: Some(held.grade),
            ..judged
        }
    }
}

/// The ways in which an account pays for relatives at home.
fn pays_at_home<'r, 'a>(held: &'r InForce<'a>) -> Option<(&'r InForce<'a>, &'a Aid)> {
    match &held.block.body {
        Body::Aid(aid) if !held.off => {
            let at_home = matches!(aid.kind, AidKind::Binding | AidKind::FamilyAccount);
            at_home.then_some((held, &**aid))
        }
        _ => None,
    }
}
