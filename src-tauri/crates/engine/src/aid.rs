//! 家庭共济 — whether one member's account may pay for another, and what may be done instead.

use chrono::NaiveDate;
use gongji_domain::{
    Amount, EmploymentStatus, Grade, Message, PoolId, Relation, Scheme, SourceRef,
};
use gongji_policy::{Aid, AidKind, Area, Body, DonorOrder, InForce, Library, Rules, Transfer};
use serde::{Deserialize, Serialize};
use specta::Type;

use crate::advice::{AdviceOption, OptionKind};
use crate::membership::has_account;
use crate::transfer::transfer_block;

/// 共济的一方 — what the rules ask about the one who pays or the one who is paid for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AidParty {
    /// 统筹区
    pub pool: PoolId,
    /// 险种
    pub scheme: Scheme,
    /// 参保方式
    pub plan: String,
    /// 参保状态
    pub status: EmploymentStatus,
    /// 有没有个人账户 — `None`: as the plan's rule says.
    pub has_account: Option<bool>,
}

/// 允不允许
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Type,
)]
#[serde(rename_all = "snake_case")]
pub enum Allowed {
    /// 允许
    Yes,
    /// 不允许
    No,
    /// 未知
    Unknown,
}

/// 共济的判断 — with the reason, its source, and what may be done instead.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct AidVerdict {
    /// 允不允许
    pub allowed: Allowed,
    /// 理由
    pub reason: Message,
    /// 出处
    pub source: Option<SourceRef>,
    /// 可以改用什么（例如跨省钱包转账）
    pub instead: Option<AdviceOption>,
    /// 几位授权人之间的先后规则
    pub order: Option<Message>,
    /// 哪一种共济 — that of the block which answers.
    #[serde(skip)]
    #[specta(skip)]
    pub kind: Option<AidKind>,
}

/// One question: who, for whom, when.
struct Asked<'a> {
    library: &'a Library,
    donor: &'a AidParty,
    recipient: &'a AidParty,
    relation: Relation,
    day: NaiveDate,
}

impl AidVerdict {
    /// 不能绑定自己 — the recipient is the donor; no rule is asked.
    pub fn of_oneself() -> AidVerdict {
        AidVerdict::plain(Allowed::No, Message::new("aid.self"))
    }

    /// 还没有填参保 — one of the two has no enrollment on that day, so nothing can be said.
    pub fn not_insured() -> AidVerdict {
        AidVerdict::plain(Allowed::Unknown, Message::new("aid.not_insured"))
    }

    fn plain(allowed: Allowed, reason: Message) -> AidVerdict {
        AidVerdict {
            allowed,
            reason,
            source: None,
            instead: None,
            order: None,
            kind: None,
        }
    }
}

/// 绑定的判断 — whether the account of `donor` may pay for `recipient` at a settlement on `day`.
/// `relation` says what the recipient is to the donor. Where the rules refuse only because of the
/// place or the list of relations and the two live in different provinces, the verdict names the
/// wallet transfer.
pub fn aid_verdict(
    library: &Library,
    donor: &AidParty,
    recipient: &AidParty,
    relation: Relation,
    day: NaiveDate,
) -> AidVerdict {
    let rules = library.rules(&donor.pool, donor.scheme.word(), day);
    aid_verdict_under(library, rules.as_ref(), donor, recipient, relation, day)
}

/// 绑定的判断, under the donor's rules of that day that the caller has at hand.
pub(crate) fn aid_verdict_under(
    library: &Library,
    rules: Option<&Rules<'_>>,
    donor: &AidParty,
    recipient: &AidParty,
    relation: Relation,
    day: NaiveDate,
) -> AidVerdict {
    let asked = Asked {
        library,
        donor,
        recipient,
        relation,
        day,
    };
    let Some(rules) = rules else {
        return asked.no_rule();
    };
    let mut verdict = asked.by_kind(rules, &FAMILY);
    if verdict.allowed == Allowed::No {
        verdict.instead = asked.wallet_instead(rules);
    }
    verdict
}

/// 跨省钱包转账的判断 — whether `donor` may move money into the wallet of `recipient` on `day`.
pub fn wallet_verdict(
    library: &Library,
    donor: &AidParty,
    recipient: &AidParty,
    relation: Relation,
    day: NaiveDate,
) -> AidVerdict {
    let asked = Asked {
        library,
        donor,
        recipient,
        relation,
        day,
    };
    let Some(rules) = library.rules(&donor.pool, donor.scheme.word(), day) else {
        return asked.no_rule();
    };
    let verdict = asked.by_kind(&rules, &[AidKind::WalletTransfer]);
    match asked.may_receive() {
        false if verdict.allowed == Allowed::Yes => AidVerdict {
            allowed: Allowed::Unknown,
            reason: asked.reason("aid.wallet_there_unknown"),
            ..verdict
        },
        _ => verdict,
    }
}

/// 跨省共济额度的判断 — whether `donor` may reserve a part of the account for `recipient`, under the
/// donor's rules of the day.
pub(crate) fn reservation_verdict(
    library: &Library,
    rules: &Rules<'_>,
    (donor, recipient): (&AidParty, &AidParty),
    relation: Relation,
    day: NaiveDate,
) -> AidVerdict {
    let asked = Asked {
        library,
        donor,
        recipient,
        relation,
        day,
    };
    asked.by_kind(rules, &[AidKind::Reservation])
}

/// 绑定亲属 — the kinds in which a relative's own money pays at the counter: straight from the account,
/// or from a family account into which it was moved before.
pub(crate) const FAMILY: [AidKind; 2] = [AidKind::Binding, AidKind::FamilyAccount];

/// The blocks by which a relative's money may pay at the counter.
pub(crate) fn family_blocks<'r, 'a>(
    rules: &'r Rules<'a>,
) -> impl Iterator<Item = (&'r InForce<'a>, &'a Aid)> {
    FAMILY.into_iter().flat_map(|kind| aid_blocks(rules, kind))
}

/// 该日的共济规则段 — of one kind; the kinds are never merged.
pub(crate) fn aid_blocks<'r, 'a>(
    rules: &'r Rules<'a>,
    kind: AidKind,
) -> impl Iterator<Item = (&'r InForce<'a>, &'a Aid)> {
    rules
        .blocks
        .iter()
        .filter_map(move |held| match &held.block.body {
            Body::Aid(aid) if aid.kind == kind => Some((held, &**aid)),
            _ => None,
        })
}

impl Asked<'_> {
    /// The best answer among the blocks of one kind: several may live side by side (one for the
    /// pool, one for the province), and one that allows is enough.
    fn by_kind(&self, rules: &Rules<'_>, kinds: &[AidKind]) -> AidVerdict {
        if self.donor_account(rules) == Some(false) {
            return AidVerdict::plain(Allowed::No, self.reason("aid.donor_has_no_account"));
        }
        kinds
            .iter()
            .flat_map(|kind| aid_blocks(rules, *kind))
            .map(|(held, aid)| self.by_block(rules, held, aid))
            .min_by_key(|verdict| match verdict.allowed {
                Allowed::Yes => 0,
                Allowed::Unknown => 1,
                Allowed::No => 2,
            })
            .unwrap_or_else(|| self.no_rule())
    }

    fn by_block(&self, rules: &Rules<'_>, held: &InForce<'_>, aid: &Aid) -> AidVerdict {
        let (allowed, code) = if held.off {
            (Allowed::Unknown, "aid.no_rule")
        } else {
            self.judge(rules, aid)
        };
        AidVerdict {
            allowed,
            reason: self.reason(code),
            source: held.source(),
            instead: None,
            // Where nobody may help there is nothing to put in order.
            order: (allowed != Allowed::No).then(|| order_message(aid)),
            kind: Some(aid.kind),
        }
    }

    /// What the member can least change is named first: the standing, the relation, then the place.
    fn judge(&self, rules: &Rules<'_>, aid: &Aid) -> (Allowed, &'static str) {
        if !self.donor.status.in_good_standing() {
            return (Allowed::No, "aid.donor_not_in_good_standing");
        }
        if !aid
            .relations
            .iter()
            .any(|word| word == self.relation.word())
        {
            return (Allowed::No, "aid.relation_not_listed");
        }
        if !self.recipient.status.in_good_standing() {
            return (Allowed::No, "aid.recipient_not_in_good_standing");
        }
        match self.within(aid.area) {
            (Allowed::Yes, _) if self.donor_account(rules).is_none() => {
                (Allowed::Unknown, "aid.account_unknown")
            }
            place => place,
        }
    }

    fn donor_account(&self, rules: &Rules<'_>) -> Option<bool> {
        let donor = self.donor;
        let by_rule = || has_account(rules, donor.scheme, &donor.plan);
        donor.has_account.or_else(by_rule)
    }

    fn within(&self, area: Area) -> (Allowed, &'static str) {
        let same_pool = self.donor.pool == self.recipient.pool;
        let allowed = (Allowed::Yes, "aid.allowed");
        match (area, self.same_province()) {
            (Area::Nation, _) => allowed,
            (Area::SamePool, _) if same_pool => allowed,
            (Area::SamePool, _) => (Allowed::No, "aid.same_pool_only"),
            (_, None) => (Allowed::Unknown, "aid.place_unknown"),
            (Area::SameProvince, Some(true)) | (Area::OtherProvince, Some(false)) => allowed,
            (Area::SameProvince, Some(false)) => (Allowed::No, "aid.same_province_only"),
            (Area::OtherProvince, Some(true)) => (Allowed::No, "aid.other_province_only"),
        }
    }

    /// `None` where one of the two pools is not in the list.
    fn same_province(&self) -> Option<bool> {
        if self.donor.pool == self.recipient.pool {
            return Some(true);
        }
        let province = |party: &AidParty| Some(&self.library.pool(&party.pool)?.province);
        Some(province(self.donor)? == province(self.recipient)?)
    }

    /// Whether the wallet is known to be open where the recipient is insured: a place of whose own wallet only
    /// a lead is known may have none.
    fn may_receive(&self) -> bool {
        // A wallet is a rule of accounts, and only the employees' scheme has them.
        let scheme = Scheme::Employee.word();
        let rules = self.library.rules(&self.recipient.pool, scheme, self.day);
        let mut off = rules
            .iter()
            .flat_map(|rules| aid_blocks(rules, AidKind::WalletTransfer).map(|(held, _)| held.off));
        off.all(|off| !off)
    }

    /// 跨省钱包转账, where the national rule would allow it between these two.
    fn wallet_instead(&self, rules: &Rules<'_>) -> Option<AdviceOption> {
        if self.donor_account(rules) == Some(false) || !self.may_receive() {
            return None;
        }
        let (held, _) = aid_blocks(rules, AidKind::WalletTransfer)
            .find(|(held, aid)| !held.off && self.judge(rules, aid).0 == Allowed::Yes)?;
        // The giver's balance is not looked at here, so what the limits allow is no promise.
        Some(wallet_option(rules, held, Amount::UNKNOWN))
    }

    fn no_rule(&self) -> AidVerdict {
        AidVerdict::plain(Allowed::Unknown, self.reason("aid.no_rule"))
    }

    fn reason(&self, code: &str) -> Message {
        let place = |party: &AidParty| match self.library.pool(&party.pool) {
            Some(pool) => pool.name.clone(),
            None => party.pool.to_string(),
        };
        Message::new(code)
            .with("donor_place", place(self.donor))
            .with("recipient_place", place(self.recipient))
            .with("relation", self.relation.word())
            .with("day", self.day)
    }
}

/// 几位授权人之间的先后, as a sentence.
pub(crate) fn order_message(aid: &Aid) -> Message {
    Message::new(match aid.donor_order {
        DonorOrder::Registration => "aid.order.registration",
        DonorOrder::UserSet => "aid.order.user_set",
        DonorOrder::BalanceDesc => "aid.order.balance_desc",
        DonorOrder::LastBoundFirst => "aid.order.last_bound_first",
        DonorOrder::SetByMembers => "aid.order.set_by_members",
        DonorOrder::ChosenAtPay => "aid.order.chosen_at_pay",
        DonorOrder::Random => "aid.order.random",
        DonorOrder::Single => "aid.order.single",
        // Only a binding has an order of donors, and it always writes one.
        DonorOrder::NotApplicable | DonorOrder::Unknown => "aid.order.unknown",
    })
}

/// 跨省钱包转账, with its limits: by which `amount` is bounded.
pub(crate) fn wallet_option(rules: &Rules<'_>, held: &InForce<'_>, amount: Amount) -> AdviceOption {
    let transfer = transfer_block(rules, AidKind::WalletTransfer).filter(|(held, _)| !held.off);
    let cited = transfer.map_or(held, |(held, _)| held);
    AdviceOption {
        kind: OptionKind::WalletTransfer,
        what: wallet_message(transfer.map(|(_, transfer)| transfer)),
        amount,
        how: None,
        earliest: None,
        latest: None,
        condition: Some(Message::new("advice.wallet_condition")),
        source: cited.source(),
        grade: Some(weaker(held.grade, cited.grade)),
    }
}

fn weaker(one: Grade, other: Grade) -> Grade {
    one.max(other)
}

fn wallet_message(transfer: Option<&Transfer>) -> Message {
    let Some(transfer) = transfer else {
        return Message::new("advice.wallet_transfer_limits_unknown");
    };
    let times = transfer
        .times
        .map_or("unknown".to_owned(), |n| n.to_string());
    let closed = transfer.closed_hours.as_deref().unwrap_or("none");
    Message::new("advice.wallet_transfer")
        .with("each", transfer.at_most_each)
        .with("times", times)
        .with("closed_hours", closed)
}

#[cfg(test)]
#[path = "aid_tests.rs"]
mod tests;
