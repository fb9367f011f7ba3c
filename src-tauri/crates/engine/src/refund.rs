//! 退费 — money goes back on the settlement as it was stored, last paid first. Nothing is reckoned anew.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use gongji_domain::{
    Amount, BlockRef, Cell, EstimateRequest, Grade, Message, Open, Payer, SettlementEstimate,
    Slice, SourceRef, SubAccountId, Yuan,
};
use gongji_policy::{Body, Counter, Library, Rules, When};

use crate::settle::{PayerSet, SliceSet, counter_text, counter_value, is_count};

const PART: &str = "personal_account";

/// 退费 — to whom the money goes, and how the counters stand afterwards.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Refund {
    /// 退给谁
    pub to: BTreeMap<Payer, Amount>,
    /// 其中本人账户的各子账户
    pub own: BTreeMap<SubAccountId, Amount>,
    /// 其中各授权人
    pub aid: BTreeMap<String, Amount>,
    /// 从哪些格里退 — empty where the order is not known.
    pub cells: Vec<Cell>,
    /// 退费后的累计数；定不下来的写 `"unknown"`
    pub so_far: BTreeMap<String, String>,
    /// 要退的比付的多出来的
    pub beyond: Yuan,
    /// 用到的规则段
    pub rule: Option<BlockRef>,
    /// 出处
    pub source: Option<SourceRef>,
    /// 可信等级
    pub grade: Option<Grade>,
    /// 未定之处
    pub open: Vec<Open>,
}

/// 退多少给谁 — takes `amount` back from the stored `settlement` of `request`, on the day `on`. The whole
/// bill goes back as it was paid, the funds' share with it; of a part, only the member's side is given
/// back, in the order of the place. Inside a payer what was paid last goes first.
pub fn refund(
    library: &Library,
    request: &EstimateRequest,
    settlement: &SettlementEstimate,
    amount: Yuan,
    on: NaiveDate,
) -> Refund {
    let mut refund = Refund::default();
    let Some(paid) = Paid::of(settlement) else {
        refund.leave_open("settlement", "open.refund_of_range");
        refund.so_far = all_unknown(settlement);
        return refund;
    };
    let rules_of = |day| library.rules(&request.pool, request.scheme.word(), day);
    let member: Vec<Payer> = Payer::ALL
        .into_iter()
        .filter(|payer| !payer.is_fund() && !paid.by(*payer).is_zero())
        .collect();
    let whole = amount >= paid.total();
    let order = match whole {
        true => Some(Payer::ALL.into_iter().rev().collect()),
        false => refund.order(rules_of(on).as_ref(), &member, &paid, amount),
    };
    let settled_by = rules_of(request.visit.settled_on);
    let taken = order.map(|order: Vec<Payer>| paid.take(&order, amount));
    match &taken {
        Some(taken) => refund.takes(taken, amount),
        None => refund.between(&member, &paid, amount),
    }
    refund.by_sub_account(settled_by.as_ref(), request, settlement);
    refund.by_donor(settlement);
    let counters = Counters {
        rules: settled_by.as_ref(),
        request,
        taken: taken.as_ref(),
        whole,
    };
    refund.so_far = counters.after(settlement);
    refund
}

fn all_unknown(settlement: &SettlementEstimate) -> BTreeMap<String, String> {
    let ids = settlement.so_far.keys();
    ids.map(|id| (id.clone(), "unknown".to_owned())).collect()
}

/// 付了的 — the cells of a settlement, in the order of the slip.
#[derive(Clone, Debug)]
struct Paid(Vec<(Slice, Payer, Yuan)>);

impl Paid {
    /// `None` where the settlement itself is only known within bounds.
    fn of(settlement: &SettlementEstimate) -> Option<Paid> {
        let cells = settlement.matrix.iter();
        cells
            .map(|cell| Some((cell.slice, cell.payer, cell.amount.exact()?)))
            .collect::<Option<Vec<_>>>()
            .map(Paid)
    }

    fn by(&self, payer: Payer) -> Yuan {
        let of_payer = self.0.iter().filter(|(_, who, _)| *who == payer);
        of_payer.map(|(.., amount)| *amount).sum()
    }

    fn total(&self) -> Yuan {
        self.0.iter().map(|(.., amount)| *amount).sum()
    }

    /// Payer by payer; of each the last slice first.
    fn take(&self, order: &[Payer], amount: Yuan) -> Paid {
        let mut left = amount;
        let mut taken = Vec::new();
        for payer in order {
            for (slice, who, paid) in self.0.iter().rev().filter(|(_, who, _)| who == payer) {
                let back = left.min(*paid);
                left -= back;
                if !back.is_zero() {
                    taken.push((*slice, *who, back));
                }
            }
        }
        Paid(taken)
    }
}

/// What one of several gets of `amount`, in whatever order: `others` can take so much of it.
fn share_between(amount: Yuan, paid: Yuan, others: Yuan) -> Amount {
    Amount::between((amount - others).or_zero().min(paid), amount.min(paid))
}

impl Refund {
    /// The payers in their order; `None` where it is not known and would matter.
    fn order(
        &mut self,
        rules: Option<&Rules<'_>>,
        member: &[Payer],
        paid: &Paid,
        amount: Yuan,
    ) -> Option<Vec<Payer>> {
        let all: Yuan = member.iter().map(|payer| paid.by(*payer)).sum();
        let no_matter = member.len() < 2 || amount >= all;
        let rules = rules.filter(|rules| !rules.in_doubt(PART));
        let held = rules.and_then(|rules| rules.get(PART, "refund_order"));
        let rule = held.filter(|held| !held.off);
        let named: Option<Vec<Payer>> = rule.and_then(|held| match &held.block.body {
            Body::RefundOrder(rule) => {
                let payer = |word: &String| {
                    let mut payers = Payer::ALL.into_iter();
                    payers.find(|payer| payer.word() == word)
                };
                rule.order.iter().map(payer).collect()
            }
            _ => None,
        });
        let Some(mut order) = named else {
            if no_matter {
                return Some(member.to_vec());
            }
            self.leave_open("rule:refund_order", "open.refund_order");
            return None;
        };
        self.rule = rule.map(|held| held.reference());
        self.source = rule.and_then(|held| held.source());
        self.grade = rule.map(|held| held.grade);
        let unnamed = member.iter().filter(|payer| !order.contains(payer));
        let unnamed: Vec<Payer> = unnamed.copied().collect();
        if unnamed.len() > 1 && !no_matter {
            self.leave_open("cell:personal_account.refund_order", "open.refund_order");
            return None;
        }
        order.extend(unnamed);
        Some(order)
    }

    fn takes(&mut self, taken: &Paid, amount: Yuan) {
        for (slice, payer, back) in &taken.0 {
            let to = self.to.entry(*payer).or_insert(Amount::Exact(Yuan::ZERO));
            *to = Amount::Exact(to.exact().unwrap_or_default() + *back);
            self.cells.push(Cell {
                slice: *slice,
                payer: *payer,
                amount: Amount::Exact(*back),
            });
        }
        self.beyond = amount - taken.total();
    }

    /// In no order that is known: each gets what the others leave, at the least.
    fn between(&mut self, member: &[Payer], paid: &Paid, amount: Yuan) {
        let all: Yuan = member.iter().map(|payer| paid.by(*payer)).sum();
        for payer in member {
            let own = paid.by(*payer);
            self.to
                .insert(*payer, share_between(amount, own, all - own));
        }
    }

    /// The sub-accounts run backwards through the place's order of use.
    fn by_sub_account(
        &mut self,
        rules: Option<&Rules<'_>>,
        request: &EstimateRequest,
        settlement: &SettlementEstimate,
    ) {
        let back = self.to.get(&Payer::OwnAccount).copied();
        let back = back.unwrap_or(Amount::Exact(Yuan::ZERO));
        let paid: BTreeMap<&SubAccountId, Yuan> = (settlement.payers.own.iter())
            .filter_map(|(sub, amount)| Some((sub, amount.exact()?)))
            .filter(|(_, amount)| !amount.is_zero())
            .collect();
        let order = rules.map(|rules| order_of_use(rules, request.part.word()));
        let known = order.filter(|order| paid.keys().all(|sub| order.contains(sub)));
        match (known, back.exact()) {
            (Some(order), Some(mut left)) => {
                for sub in order.into_iter().rev() {
                    let Some(paid) = paid.get(&sub) else { continue };
                    let back = left.min(*paid);
                    left -= back;
                    self.own.insert(sub, Amount::Exact(back));
                }
            }
            _ => {
                let paid = paid.into_iter().map(|(sub, paid)| (sub.clone(), paid));
                self.own = in_no_order(back, paid.collect());
            }
        }
    }

    /// In which order several relatives paid is not stored.
    fn by_donor(&mut self, settlement: &SettlementEstimate) {
        let back = self.to.get(&Payer::MutualAid).copied();
        let back = back.unwrap_or(Amount::Exact(Yuan::ZERO));
        let paid: BTreeMap<String, Yuan> = (settlement.payers.aid.iter())
            .filter_map(|donor| Some((donor.name.clone(), donor.paid.exact()?)))
            .filter(|(_, paid)| !paid.is_zero())
            .collect();
        self.aid = in_no_order(back, paid);
        let open = self.aid.values().any(|amount| amount.exact().is_none());
        if open && back.exact().is_some() {
            self.leave_open("rule:refund_donors", "open.refund_donors");
        }
    }

    fn leave_open(&mut self, key: &str, code: &str) {
        self.open.push(Open {
            key: key.to_owned(),
            what: Message::new(code),
            ask: None,
            readings: Vec::new(),
        });
    }
}

/// Several share what goes back, in no order that is known.
fn in_no_order<K: Ord>(back: Amount, paid: BTreeMap<K, Yuan>) -> BTreeMap<K, Amount> {
    let all: Yuan = paid.values().copied().sum();
    let (Some(least), Some(most)) = (back.min(), back.max()) else {
        return paid.into_keys().map(|key| (key, Amount::UNKNOWN)).collect();
    };
    let share = |paid: Yuan| {
        let others = all - paid;
        let low = share_between(least, paid, others).min().unwrap_or_default();
        let high = share_between(most, paid, others).max().unwrap_or_default();
        Amount::between(low, high)
    };
    let shared = paid.into_iter().map(|(key, paid)| (key, share(paid)));
    shared.collect()
}

/// The sub-accounts as they pay for one benefit: before the pool, then after it.
fn order_of_use(rules: &Rules<'_>, part: &str) -> Vec<SubAccountId> {
    let used = rules
        .all(PART, "account_use")
        .find_map(|held| match &held.block.body {
            Body::AccountUse(used) if used.benefits.iter().any(|word| word == part) => Some(used),
            _ => None,
        });
    let mut order: Vec<SubAccountId> = Vec::new();
    let steps = used.iter().flat_map(|used| &used.order);
    for when in [When::BeforePool, When::AfterPool] {
        for step in steps.clone().filter(|step| step.when == when) {
            let sub = SubAccountId(step.sub.clone());
            order.retain(|other| *other != sub);
            order.push(sub);
        }
    }
    order
}

/// 累计数退回
struct Counters<'c, 'a> {
    rules: Option<&'c Rules<'a>>,
    request: &'c EstimateRequest,
    /// `None`: the order is not known.
    taken: Option<&'c Paid>,
    whole: bool,
}

impl Counters<'_, '_> {
    fn after(&self, settlement: &SettlementEstimate) -> BTreeMap<String, String> {
        let mut after = BTreeMap::new();
        for (id, text) in &settlement.so_far {
            let value = self.rule(id).and_then(|rule| self.value(id, rule, text));
            after.insert(id.clone(), value.unwrap_or_else(|| "unknown".to_owned()));
        }
        after
    }

    fn rule(&self, id: &str) -> Option<&Counter> {
        let blocks = self.rules?.blocks.iter();
        let mut counters = blocks.filter(|held| held.block.head.id.as_deref() == Some(id));
        counters.find_map(|held| match &held.block.body {
            Body::Counter(counter) => Some(&**counter),
            _ => None,
        })
    }

    fn value(&self, id: &str, rule: &Counter, text: &str) -> Option<String> {
        let value = counter_value(id, rule, text).ok()?;
        let visit = &self.request.visit;
        let class = |class: &String| rule.at_class.contains(class);
        let here = rule.of.iter().any(|part| part == self.request.part.word())
            && (rule.at_class.is_empty() || visit.class.as_ref().is_some_and(class));
        let back = match (here, is_count(rule)) {
            (false, _) => 0,
            (true, true) => i64::from(self.whole),
            (true, false) => self.money(rule)?.fen(),
        };
        Some(counter_text(rule, (value - back).max(0)))
    }

    /// What the counter had added of the cells that go back; `None` where that cannot be told.
    fn money(&self, rule: &Counter) -> Option<Yuan> {
        let slices = SliceSet::any_of(&rule.adds, &[]);
        let payers = PayerSet::any_of(&rule.paid_by);
        let perhaps_slices = SliceSet::any_of(&rule.adds_undecided, &[]);
        let perhaps_payers = PayerSet::any_of(&rule.paid_by_undecided);
        // Above which cap a cell lies is not stored.
        let one_cap = rule.adds.iter().any(|word| word.starts_with("over_cap:"));
        let Some(taken) = self.taken else {
            let member = [Payer::OwnAccount, Payer::MutualAid, Payer::Cash];
            let counts = |payer| payers.holds(payer) || perhaps_payers.holds(payer);
            return (!member.into_iter().any(counts)).then_some(Yuan::ZERO);
        };
        let mut sum = Yuan::ZERO;
        for (slice, payer, back) in &taken.0 {
            let sure = slices.holds(*slice) && payers.holds(*payer);
            let perhaps = (slices.holds(*slice) || perhaps_slices.holds(*slice))
                && (payers.holds(*payer) || perhaps_payers.holds(*payer));
            if sure {
                sum += *back;
            } else if perhaps || (one_cap && *slice == Slice::OverCap) {
                return None;
            }
        }
        Some(sum)
    }
}

#[cfg(test)]
#[path = "refund_tests.rs"]
mod tests;
