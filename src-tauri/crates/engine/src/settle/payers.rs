//! 付款：本人账户 → 共济 → 现金 — who pays the member's side.

use std::collections::BTreeMap;

use gongji_domain::{
    AidOffer, EmploymentStatus, Message, Payer, Scheme, StepName, SubAccountId, Yuan,
};
use gongji_policy::{AccountUse, Aid, AidKind, Body, Cell, DonorOrder, InForce, OwnFirst, When};

use super::run::{Run, step};
use crate::aid::{AidParty, Allowed, aid_verdict, aid_verdict_under};
use crate::open::{OpenPoint, Readings};

/// What the accounts paid: own by sub-account, donors in the request's order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct AccountsPaid {
    pub(crate) own: BTreeMap<SubAccountId, Yuan>,
    pub(crate) aid: Vec<DonorPaid>,
}

/// What one donor paid, or why not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct DonorPaid {
    pub(crate) paid: Yuan,
    pub(crate) refused: Option<Message>,
}

impl<'a> Run<'a> {
    /// What the own account pays before (账户段) or after the pool. Returns the sum.
    pub(crate) fn own_account(
        &mut self,
        when: When,
        limit: Yuan,
        paid: &mut AccountsPaid,
        readings: &mut Readings,
    ) -> Yuan {
        if !self.request.visit.use_account {
            return Yuan::ZERO;
        }
        let Some((held, account_use)) = self.account_use() else {
            return Yuan::ZERO;
        };
        let mut left = limit;
        for turn in account_use.order.iter().filter(|turn| turn.when == when) {
            let sub = SubAccountId(turn.sub.clone());
            let already = paid.own.get(&sub).copied().unwrap_or_default();
            let payable: Yuan = turn
                .may_pay
                .iter()
                .map(|slice| self.matrix.unpaid(slice))
                .sum();
            let wanted = payable.min(left);
            let balance = self.own_balance(&sub, wanted, readings);
            let mut amount = wanted.min((balance - already).or_zero());
            let whole = amount;
            for slice in &turn.may_pay {
                amount -= self.matrix.pay(Payer::OwnAccount, slice, amount);
            }
            let did = whole - amount;
            left -= did;
            *paid.own.entry(sub.clone()).or_default() += did;
            let mut said = self.cite(
                StepName::Payers,
                Message::new("step.own_account").with("sub", &sub),
                held,
            );
            said.formula = Some(format!("min({wanted}, {balance})"));
            said.result = Some(did);
            self.steps.push(said);
        }
        limit - left
    }

    /// Whether and how the accounts may pay for this benefit.
    pub(crate) fn account_use(&self) -> Option<(&'a InForce<'a>, &'a AccountUse)> {
        let part = self.request.part.word();
        self.rules
            .blocks
            .iter()
            .find_map(|held| match &held.block.body {
                Body::AccountUse(account_use)
                    if account_use.benefits.iter().any(|benefit| benefit == part) =>
                {
                    Some((held, &**account_use))
                }
                _ => None,
            })
    }

    /// The balance that was stated; open (between nothing and enough) where none was.
    fn own_balance(&self, sub: &SubAccountId, wanted: Yuan, readings: &mut Readings) -> Yuan {
        match &self.request.payers {
            Some(payers) => payers.own.get(sub).copied().unwrap_or_default().or_zero(),
            None if wanted.is_zero() => Yuan::ZERO,
            None => {
                let key = format!("balance:{sub}");
                let chosen = readings.choose(&key, || OpenPoint {
                    key: key.clone(),
                    what: Message::new("open.balance").with("sub", sub),
                    ask: None,
                    readings: vec![
                        Message::new("reading.balance_none"),
                        Message::new("reading.balance_enough"),
                    ],
                });
                if chosen == 0 { Yuan::ZERO } else { Yuan::LIMIT }
            }
        }
    }

    /// Lets the donors pay in the order of the place. Returns what they paid in all.
    pub(crate) fn mutual_aid(
        &mut self,
        limit: Yuan,
        paid: &mut AccountsPaid,
        readings: &mut Readings,
    ) -> Yuan {
        let offers: &'a [AidOffer] = self
            .request
            .payers
            .as_ref()
            .map_or(&[], |payers| &payers.aid);
        paid.aid = offers
            .iter()
            .map(|_| DonorPaid {
                paid: Yuan::ZERO,
                refused: None,
            })
            .collect();
        if offers.is_empty() || !self.request.visit.use_account {
            return Yuan::ZERO;
        }
        let Some((held, aid)) = self.binding_rule() else {
            self.unknown_aid(offers, limit, paid, readings);
            return Yuan::ZERO;
        };
        for (offer, donor) in offers.iter().zip(&mut paid.aid) {
            donor.refused = self.refusal(offer, aid);
        }
        if !self.own_spent_first(aid, readings) {
            return Yuan::ZERO;
        }
        let payable: Yuan = aid
            .may_pay
            .iter()
            .map(|slice| self.matrix.unpaid(slice))
            .sum();
        let mut left = limit.min(payable);
        if let Cell::Yuan(most) = aid.per_settlement {
            left = left.min(most);
        }
        let whole = left;
        let mut asked = 0;
        let most_donors = self.most_donors(aid, held, paid, left, offers, readings);
        for index in self.donors_in_order(offers, aid, held, left, readings) {
            if left.is_zero() || asked == most_donors {
                break;
            }
            if paid.aid[index].refused.is_some() {
                continue;
            }
            asked += 1;
            let reserve = match aid.reserve {
                Cell::Yuan(reserve) => reserve,
                _ => Yuan::ZERO,
            };
            let available = (offers[index].balance - reserve).or_zero();
            let mut amount = left.min(available);
            let gives = amount;
            for slice in &aid.may_pay {
                amount -= self.matrix.pay(Payer::MutualAid, slice, amount);
            }
            paid.aid[index].paid = gives - amount;
            let what = Message::new("step.mutual_aid").with("name", &offers[index].name);
            let mut said = self.cite(StepName::Payers, what, held);
            said.formula = Some(format!("min({left}, {available})"));
            said.result = Some(gives - amount);
            self.steps.push(said);
            left -= gives - amount;
        }
        whole - left
    }

    /// No rule says whether relatives may pay here: looked at as if none did and as if all could.
    fn unknown_aid(
        &mut self,
        offers: &[AidOffer],
        limit: Yuan,
        paid: &mut AccountsPaid,
        readings: &mut Readings,
    ) {
        for donor in &mut paid.aid {
            donor.refused = Some(Message::new("aid.no_rule"));
        }
        let able: Yuan = offers.iter().map(|offer| offer.balance).sum();
        if limit.min(able).is_zero() {
            return;
        }
        let point = || OpenPoint {
            key: "aid_rule".to_owned(),
            what: Message::new("open.aid_rule"),
            ask: None,
            readings: vec![
                Message::new("reading.aid_not_allowed"),
                Message::new("reading.aid_allowed"),
            ],
        };
        if readings.choose("aid_rule", point) == 0 {
            return;
        }
        let mut left = limit;
        for (offer, donor) in offers.iter().zip(&mut paid.aid) {
            let gives = left.min(offer.balance);
            donor.refused = None;
            donor.paid = gives;
            left -= gives;
            let mut amount = gives;
            for slice in gongji_domain::Slice::ALL {
                amount -= self.matrix.pay(Payer::MutualAid, slice.word(), amount);
            }
        }
    }

    /// How many donors one settlement may charge; open where the rule does not say and it matters.
    fn most_donors(
        &self,
        aid: &Aid,
        held: &InForce<'_>,
        paid: &AccountsPaid,
        need: Yuan,
        offers: &[AidOffer],
        readings: &mut Readings,
    ) -> usize {
        if matches!(
            aid.donor_order,
            DonorOrder::Single | DonorOrder::ChosenAtPay
        ) {
            return 1;
        }
        let may = offers
            .iter()
            .zip(&paid.aid)
            .filter(|(_, donor)| donor.refused.is_none());
        let short = may.clone().any(|(offer, _)| offer.balance < need);
        match aid.donors_per_settlement.as_str() {
            "unknown" if may.count() > 1 && short => {
                let point = || OpenPoint {
                    key: "donors_per_settlement".to_owned(),
                    what: Message::new("open.donors_per_settlement"),
                    ask: held.block.head.ask.clone(),
                    readings: vec![
                        Message::new("reading.several_donors"),
                        Message::new("reading.one_donor"),
                    ],
                };
                if readings.choose("donors_per_settlement", point) == 0 {
                    usize::MAX
                } else {
                    1
                }
            }
            "no_limit" | "unknown" => usize::MAX,
            number => number.parse().unwrap_or(usize::MAX),
        }
    }

    fn binding_rule(&self) -> Option<(&'a InForce<'a>, &'a Aid)> {
        let part = self.request.part.word();
        self.rules
            .blocks
            .iter()
            .find_map(|held| match &held.block.body {
                Body::Aid(aid)
                    if aid.kind == AidKind::Binding
                        && !held.off
                        && aid.benefits.iter().any(|benefit| benefit == part) =>
                {
                    Some((held, &**aid))
                }
                _ => None,
            })
    }

    /// Why this donor may not pay, where the rules or the dates forbid it.
    fn refusal(&self, offer: &AidOffer, aid: &Aid) -> Option<Message> {
        let day = self.request.visit.settled_on;
        if offer.bound_on > day {
            return Some(Message::new("aid.bound_later").with("day", offer.bound_on));
        }
        if aid
            .not_for
            .iter()
            .any(|excluded| excluded == self.request.part.word())
        {
            return Some(Message::new("aid.not_for_this"));
        }
        let donor = AidParty {
            pool: offer.pool.clone(),
            scheme: Scheme::Employee,
            plan: "with_account".to_owned(),
            status: EmploymentStatus::Active,
            has_account: Some(true),
        };
        let recipient = AidParty {
            pool: self.request.pool.clone(),
            scheme: self.request.scheme,
            plan: self.request.plan.clone(),
            status: self.request.member.status,
            has_account: None,
        };
        // Within one pool the donor's rules of that day are the very ones at hand.
        let verdict = if offer.pool == self.request.pool && self.request.scheme == Scheme::Employee
        {
            aid_verdict_under(
                self.library,
                Some(self.rules),
                &donor,
                &recipient,
                offer.relation,
                day,
            )
        } else {
            aid_verdict(self.library, &donor, &recipient, offer.relation, day)
        };
        (verdict.allowed != Allowed::Yes).then_some(verdict.reason)
    }

    /// Whether aid may be asked at all after what the own account did.
    fn own_spent_first(&self, aid: &Aid, readings: &mut Readings) -> bool {
        let had = self
            .request
            .payers
            .as_ref()
            .is_some_and(|payers| payers.own.values().any(|balance| !balance.is_zero()));
        match aid.own_first {
            OwnFirst::SpentFirst => true,
            _ if !had => true,
            OwnFirst::MustBeZero | OwnFirst::SecondSwipe => false,
            OwnFirst::Unknown => {
                let point = || OpenPoint {
                    key: "own_first".to_owned(),
                    what: Message::new("open.own_first"),
                    ask: None,
                    readings: vec![
                        Message::new("reading.own_spent_first"),
                        Message::new("reading.own_must_be_zero"),
                    ],
                };
                readings.choose("own_first", point) == 0
            }
        }
    }

    fn donors_in_order(
        &self,
        offers: &[AidOffer],
        aid: &Aid,
        held: &InForce<'_>,
        need: Yuan,
        readings: &mut Readings,
    ) -> Vec<usize> {
        let mut order: Vec<usize> = (0..offers.len()).collect();
        order.sort_by_key(|index| (offers[*index].rank, offers[*index].bound_on));
        match aid.donor_order {
            DonorOrder::Registration
            | DonorOrder::UserSet
            | DonorOrder::SetByMembers
            | DonorOrder::ChosenAtPay
            | DonorOrder::Single => {}
            DonorOrder::BalanceDesc => {
                order.sort_by_key(|index| std::cmp::Reverse(offers[*index].balance))
            }
            DonorOrder::LastBoundFirst => {
                order.sort_by_key(|index| std::cmp::Reverse(offers[*index].bound_on))
            }
            DonorOrder::Random | DonorOrder::NotApplicable | DonorOrder::Unknown => {
                let able: Yuan = offers.iter().map(|offer| offer.balance).sum();
                if offers.len() > 1 && need < able {
                    // Each donor is first in one rotation and last in another: these bound every share.
                    let rotation = |first: usize| {
                        Message::new("reading.donor_first").with("name", &offers[order[first]].name)
                    };
                    let point = || OpenPoint {
                        key: "donor_order".to_owned(),
                        what: Message::new("open.donor_order"),
                        ask: held.block.head.ask.clone(),
                        readings: (0..offers.len()).map(rotation).collect(),
                    };
                    let first = readings.choose("donor_order", point);
                    order.rotate_left(first.min(offers.len() - 1));
                }
            }
        }
        order
    }

    /// 现金 — whatever nobody else pays.
    pub(crate) fn cash(&mut self) {
        let left = self.matrix.unpaid_in_all();
        for slice in gongji_domain::Slice::ALL {
            self.matrix.pay(Payer::Cash, slice.word(), left);
        }
        let mut said = step(StepName::Payers, Message::new("step.cash"));
        said.result = Some(left);
        self.steps.push(said);
    }
}
