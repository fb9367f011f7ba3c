//! 谁的钱给谁用 — shared money over the whole projected time, from whose account for whom.

use std::collections::{BTreeMap, BTreeSet};

use gongji_domain::{Amount, Household, MemberId, Yuan};
use serde::{Deserialize, Serialize};
use specta::Type;

use super::addends::Addend;
use super::outcome::Outcome;
use super::run::Stage;

/// 一位家人的账户替另一位付的
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct SharedMoney {
    /// 谁的账户
    pub donor: MemberId,
    /// 给谁用
    pub recipient: MemberId,
    /// 整个预测期一共
    pub paid: Amount,
    /// 是哪几样加起来的
    pub of: Vec<Addend>,
}

type Pairs = BTreeMap<(MemberId, MemberId), Option<Yuan>>;

/// What the runs say of each pair; a run in which a pair shares nothing says zero.
pub(super) fn shared<'r>(
    stage: &Stage<'_>,
    runs: impl Iterator<Item = &'r Outcome>,
    amount: impl Fn(&mut dyn Iterator<Item = Option<Yuan>>) -> Amount,
) -> Vec<SharedMoney> {
    let runs: Vec<Pairs> = runs.map(|run| of_run(stage, run)).collect();
    let pairs: BTreeSet<&(MemberId, MemberId)> = runs.iter().flat_map(Pairs::keys).collect();
    let paid = |pair| {
        let of_runs = runs
            .iter()
            .map(|run| run.get(pair).copied().unwrap_or(Some(Yuan::ZERO)));
        amount(&mut { of_runs })
    };
    pairs
        .into_iter()
        .map(|pair| SharedMoney {
            donor: pair.0,
            recipient: pair.1,
            paid: paid(pair),
            of: Vec::new(),
        })
        .collect()
}

fn of_run(stage: &Stage<'_>, run: &Outcome) -> Pairs {
    let mut pairs = Pairs::new();
    let id = |person: usize| stage.people[person].member.id;
    for ((at, _), record) in &run.records {
        let Some(spent) = &record.spent else { continue };
        let recipient = id(stage.agenda[*at].person);
        let nothing = Some(Yuan::ZERO);
        let donors = spent.donors.iter();
        for (donor, paid, _) in donors.filter(|(_, paid, _)| *paid != nothing) {
            let held = pairs
                .entry((id(*donor), recipient))
                .or_insert(Some(Yuan::ZERO));
            *held = held.zip(*paid).map(|(before, now)| before + now);
        }
        // Nobody knows who paid: each who is bound to the patient may have.
        if spent.aid.is_none() {
            for donor in bound_to(stage.household, recipient) {
                pairs.insert((donor, recipient), None);
            }
        }
    }
    pairs
}

fn bound_to(household: &Household, recipient: MemberId) -> impl Iterator<Item = MemberId> + '_ {
    let bindings = household.bindings.iter();
    bindings
        .filter(move |binding| binding.recipient == recipient)
        .map(|binding| binding.donor)
}
