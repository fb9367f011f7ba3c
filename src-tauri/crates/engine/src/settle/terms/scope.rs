//! 先付一部分 — the share of an item (先行自付), or of a bill away from home, that the member pays before
//! the rules look at the rest.

use gongji_domain::Rate;
use gongji_policy::{Away, Body, Cell, InForce};

use super::resolve::{Cite, Known, Read, Resolving};
use super::tree::{Figure, Tree};

/// 先付的比例
#[derive(Clone, Debug)]
pub(crate) struct FirstPaid {
    pub(crate) cite: Cite,
    /// Of which item of the bill; `None`: of everything in scope.
    pub(crate) item: Option<usize>,
    pub(crate) share: Tree<Rate>,
}

impl<'a> Resolving<'a, '_> {
    /// By item of the bill, then of the whole.
    pub(super) fn first_paid(&mut self) -> Vec<FirstPaid> {
        let mut all = Vec::new();
        for (item, held, _) in self.upfronts() {
            let name = self.request.bill.by_item.keys().nth(item).cloned();
            let share = self.grow(&|known| self.share(&held, &known.of_item(name.as_ref())));
            let (cite, item) = (self.cite(held), Some(item));
            all.push(FirstPaid { cite, item, share });
        }
        for (held, _) in self.away("first_pay") {
            let share = self.grow(&|known| self.share(&held, known));
            let (cite, item) = (self.cite(held), None);
            all.push(FirstPaid { cite, item, share });
        }
        all
    }

    /// The items of the bill of which a block says what is paid first, and whether the rest still
    /// goes by the ratio.
    pub(super) fn upfronts(&self) -> Vec<(usize, InForce<'a>, bool)> {
        let mut found = Vec::new();
        for (number, item) in self.request.bill.by_item.keys().enumerate() {
            let block = self.blocks("upfront").into_iter().find_map(|held| {
                let Body::Upfront(upfront) = &held.block.body else {
                    return None;
                };
                let named = upfront
                    .rows
                    .iter()
                    .any(|row| row.item.as_ref() == Some(item));
                named.then_some((number, held, upfront.then_rate))
            });
            found.extend(block);
        }
        found
    }

    /// The blocks that change something in this way for care away from home; none at home.
    pub(super) fn away(&self, change: &str) -> Vec<(InForce<'a>, &'a Away)> {
        if self.facts.away.is_none() {
            return Vec::new();
        }
        let blocks = self.rules.blocks.iter();
        let ours = |held: &&InForce<'a>| held.file.part == "away" || held.file.part == self.part();
        let blocks = blocks
            .filter(ours)
            .filter_map(|held| match &held.block.body {
                Body::Away(away) if away.change == change => Some((*held, &**away)),
                _ => None,
            });
        blocks.collect()
    }

    /// One share; a table with edges looks at the price of each piece, which no bill states.
    fn share(&self, held: &InForce<'a>, known: &Known) -> Read<Figure<Rate>> {
        let printed = self.ladder(held, known)?;
        Ok(printed.and_then(|printed| match printed.rungs.as_slice() {
            [rung] => match rung.cell {
                Cell::Rate(value) => Some(Figure {
                    value,
                    weakest: printed.weakest,
                }),
                _ => None,
            },
            _ => None,
        }))
    }
}
