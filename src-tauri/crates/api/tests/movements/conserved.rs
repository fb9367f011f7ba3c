//! 钱不会凭空多出来 — whatever is recorded, undone and redone, in whatever order: what all accounts hold
//! is what came from the outside less what went there, kind by kind; undone to its beginning, the record
//! is the first one, byte for byte.

use std::collections::BTreeMap;

use gongji_api::{
    AccountId, CloseWhy, EntryKind, GiveWay, Movement, MovementDraft, PremiumKind, RefundBack,
    SubAccountId, Yuan,
};
use proptest::collection::vec;
use proptest::prelude::*;

use super::family::{day, today};
use super::{AccountKind, Family, GUANGZHOU, PoolId, Relation};

/// One thing that somebody does, most of them possible.
#[derive(Clone, Debug)]
enum Deed {
    Plain(EntryKind, i64),
    Give(usize, usize, bool, i64),
    Withdraw(i64),
    Premium(i64),
    RollOver(i64),
    Refund(Option<i64>),
    MoveAway,
    Close,
    Undo,
    Redo,
}

fn deed() -> impl Strategy<Value = Deed> {
    let kind = prop::sample::select(vec![
        EntryKind::Spending,
        EntryKind::Credit,
        EntryKind::Interest,
        EntryKind::Clearing,
        EntryKind::TakeBack,
        EntryKind::Transfer,
    ]);
    let fen = || -60_000i64..60_000;
    let person = || 0usize..3;
    prop_oneof![
        4 => (kind, fen()).prop_map(|(kind, fen)| Deed::Plain(kind, fen)),
        4 => (person(), person(), any::<bool>(), fen())
            .prop_map(|(from, to, wallet, fen)| Deed::Give(from, to, wallet, fen)),
        2 => fen().prop_map(Deed::Withdraw),
        2 => fen().prop_map(Deed::Premium),
        1 => fen().prop_map(Deed::RollOver),
        2 => prop::option::of(fen()).prop_map(Deed::Refund),
        1 => Just(Deed::MoveAway),
        1 => Just(Deed::Close),
        4 => Just(Deed::Undo),
        2 => Just(Deed::Redo),
    ]
}

const PEOPLE: [&str; 3] = ["妈妈", "儿子", "爸爸"];

/// A run over the family: its record, and what each step that stands took from the outside.
struct Run {
    family: Family,
    settlement: gongji_api::SettlementId,
    done: Vec<(EntryKind, Yuan)>,
    undone: Vec<(EntryKind, Yuan)>,
}

impl Run {
    fn movement(&self, deed: &Deed) -> Option<Movement> {
        let book = || SubAccountId::from("book");
        let of = |who: usize| self.family.book(PEOPLE[who]);
        Some(match deed {
            Deed::Plain(kind, fen) => Movement::Plain {
                account: of(0),
                sub: Some(book()),
                kind: *kind,
                for_month: None,
                amount: Yuan::from_fen(*fen),
                for_member: None,
            },
            Deed::Give(from, to, wallet, fen) => Movement::Give {
                from: of(*from),
                sub: book(),
                to: self.family.id(PEOPLE[*to]),
                relation: Relation::Child,
                way: match wallet {
                    true => GiveWay::Wallet,
                    false => GiveWay::FamilyAccount,
                },
                amount: Yuan::from_fen(*fen),
                at: None,
            },
            Deed::Withdraw(fen) => Movement::Withdraw {
                from: of(0),
                sub: SubAccountId::from("passbook"),
                amount: Yuan::from_fen(*fen),
            },
            Deed::Premium(fen) => Movement::Premium {
                from: of(1),
                sub: book(),
                for_member: self.family.id("奶奶"),
                relation: Relation::Grandparent,
                premium: PremiumKind::Resident,
                year: None,
                amount: Yuan::from_fen(*fen),
            },
            Deed::RollOver(fen) => Movement::RollOver {
                account: of(0),
                from: SubAccountId::from("passbook"),
                into: book(),
                amount: Yuan::from_fen(*fen),
            },
            Deed::Refund(fen) => Movement::Refund {
                settlement: self.settlement,
                back: match fen {
                    Some(fen) => RefundBack::Part {
                        amount: Yuan::from_fen(*fen),
                    },
                    None => RefundBack::Whole,
                },
            },
            Deed::MoveAway => Movement::MoveAway {
                from: of(0),
                pool: PoolId::from(GUANGZHOU),
            },
            Deed::Close => Movement::Close {
                member: self.family.id("爸爸"),
                why: CloseWhy::Died,
                to: None,
            },
            Deed::Undo | Deed::Redo => return None,
        })
    }

    /// What the step is to take from the outside, told from the deed and not from what was written.
    fn outside(&self, deed: &Deed) -> (EntryKind, Yuan) {
        let fen = |fen: &i64| Yuan::from_fen(*fen);
        match deed {
            Deed::Plain(kind, amount) => (*kind, fen(amount)),
            Deed::Premium(amount) => (EntryKind::Premium, -fen(amount)),
            // 账户付的 600：妈妈 500，儿子 100；没有付现金。
            Deed::Refund(amount) => {
                let back = amount.as_ref().map(fen);
                let all = self.taken_back(60_000);
                (EntryKind::Refund, back.unwrap_or(all))
            }
            Deed::Close => {
                let father = self.family.book("爸爸");
                let held: Yuan = self
                    .held()
                    .iter()
                    .filter(|(id, _)| *id == father)
                    .map(|(_, held)| *held)
                    .sum();
                (EntryKind::Closing, -held)
            }
            _ => (EntryKind::Transfer, Yuan::ZERO),
        }
    }

    /// What is left to give back of a bill.
    fn taken_back(&self, all: i64) -> Yuan {
        let back = self
            .done
            .iter()
            .filter(|(kind, _)| *kind == EntryKind::Refund);
        let back: Yuan = back.map(|(_, amount)| *amount).sum();
        Yuan::from_fen(all) - back
    }

    fn held(&self) -> Vec<(AccountId, Yuan)> {
        let household = self.family.household();
        let legs = household.entries.iter().flat_map(|entry| &entry.legs);
        legs.map(|leg| (leg.account, leg.amount)).collect()
    }

    fn act(&mut self, deed: &Deed) {
        let gongji = &mut self.family.gongji;
        match deed {
            // The beginning and the bill stay.
            Deed::Undo if !self.done.is_empty() => {
                gongji.undo(today()).unwrap();
                self.undone.extend(self.done.pop());
                return;
            }
            Deed::Redo if !self.undone.is_empty() => {
                gongji.redo(today()).unwrap();
                self.done.extend(self.undone.pop());
                return;
            }
            _ => {}
        }
        let Some(movement) = self.movement(deed) else {
            return;
        };
        let outside = self.outside(deed);
        let draft = MovementDraft {
            on: day("2026-11-20"),
            memo: String::new(),
            movement,
        };
        if self.family.gongji.movement_record(today(), &draft).is_ok() {
            self.done.push(outside);
            self.undone.clear();
        }
    }
}

/// By kind, what the entries took from the outside.
fn by_kind(family: &Family) -> BTreeMap<EntryKind, Yuan> {
    let mut sums = BTreeMap::new();
    for entry in &family.household().entries {
        let sum: Yuan = entry.legs.iter().map(|leg| leg.amount).sum();
        *sums.entry(entry.kind).or_insert(Yuan::ZERO) += sum;
    }
    sums.retain(|_, sum| !sum.is_zero());
    sums
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 24,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn money_only_comes_from_and_goes_to_the_outside(deeds in vec(deed(), 1..14)) {
        let mut family = Family::new();
        let settlement = family.bill();
        let beginning = family.json();
        let before = by_kind(&family);
        let mut run = Run { family, settlement, done: Vec::new(), undone: Vec::new() };
        for deed in &deeds {
            run.act(deed);
        }
        let mut expected = before;
        for (kind, amount) in &run.done {
            *expected.entry(*kind).or_insert(Yuan::ZERO) += *amount;
        }
        expected.retain(|_, sum| !sum.is_zero());
        prop_assert_eq!(by_kind(&run.family), expected.clone());
        let all: Yuan = expected.values().copied().sum();
        let held: Yuan = run.held().into_iter().map(|(_, held)| held).sum();
        prop_assert_eq!(held, all);
        let cash = run.family.account("妈妈", AccountKind::Cash);
        prop_assert!(run.held().iter().any(|(id, _)| *id == cash));
        prop_assert!(run.family.gongji.check().unwrap().is_sound());
        while !run.done.is_empty() {
            run.act(&Deed::Undo);
        }
        prop_assert_eq!(run.family.json(), beginning);
    }
}
