//! 原因 × 付款方 — the bill cut into slices, each slice divided among payers.

use gongji_domain::{Payer, Slice, Yuan};

/// One slice, for `over_cap` with the cap that it lies above.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct SliceKey {
    pub(crate) slice: Slice,
    pub(crate) cap: Option<String>,
}

impl SliceKey {
    /// Whether a name of the policy files (`deductible`, `over_cap`, `over_cap:pool_year`,
    /// `in_scope`) means this slice.
    pub(crate) fn is_named(&self, name: &str) -> bool {
        match name.split_once(':') {
            Some((slice, cap)) => slice == self.slice.word() && self.cap.as_deref() == Some(cap),
            None if name == "in_scope" => Slice::IN_SCOPE.contains(&self.slice),
            None => name == self.slice.word(),
        }
    }
}

impl From<Slice> for SliceKey {
    fn from(slice: Slice) -> SliceKey {
        SliceKey { slice, cap: None }
    }
}

/// What one payer pays of one slice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Share {
    pub(crate) key: SliceKey,
    pub(crate) payer: Payer,
    pub(crate) amount: Yuan,
}

/// The settlement under construction: every slice starts unassigned and is given to payers piece
/// by piece, so rows and columns add up to the bill by construction.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Matrix {
    unassigned: Vec<(SliceKey, Yuan)>,
    pub(crate) shares: Vec<Share>,
}

impl Matrix {
    /// Cuts a slice of the bill; nobody pays it yet.
    pub(crate) fn cut(&mut self, key: impl Into<SliceKey>, amount: Yuan) {
        if !amount.is_zero() {
            self.unassigned.push((key.into(), amount));
        }
    }

    /// Lets `payer` pay up to `at_most` of what is unassigned in the slices `named`; returns what
    /// it paid.
    pub(crate) fn pay(&mut self, payer: Payer, named: &str, at_most: Yuan) -> Yuan {
        let mut left = at_most;
        for (key, open) in self
            .unassigned
            .iter_mut()
            .filter(|(key, _)| key.is_named(named))
        {
            let amount = left.min(*open);
            if amount <= Yuan::ZERO {
                continue;
            }
            *open -= amount;
            left -= amount;
            match self
                .shares
                .iter_mut()
                .find(|share| share.payer == payer && share.key == *key)
            {
                Some(share) => share.amount += amount,
                None => self.shares.push(Share {
                    key: key.clone(),
                    payer,
                    amount,
                }),
            }
        }
        at_most - left
    }

    /// What nobody pays yet in the slices `named`.
    pub(crate) fn unpaid(&self, named: &str) -> Yuan {
        self.unassigned
            .iter()
            .filter(|(key, _)| key.is_named(named))
            .map(|(_, open)| *open)
            .sum()
    }

    /// What nobody pays yet at all.
    pub(crate) fn unpaid_in_all(&self) -> Yuan {
        self.unassigned.iter().map(|(_, open)| *open).sum()
    }

    /// Everything cut from the bill so far.
    pub(crate) fn total(&self) -> Yuan {
        self.unpaid_in_all() + self.shares.iter().map(|share| share.amount).sum()
    }

    /// What `payer` pays in all.
    pub(crate) fn paid_by(&self, payer: Payer) -> Yuan {
        self.shares
            .iter()
            .filter(|share| share.payer == payer)
            .map(|share| share.amount)
            .sum()
    }

    /// The size of a slice, whoever pays it.
    pub(crate) fn slice(&self, slice: Slice) -> Yuan {
        let open: Yuan = self
            .unassigned
            .iter()
            .filter(|(key, _)| key.slice == slice)
            .map(|(_, open)| *open)
            .sum();
        open + self
            .shares
            .iter()
            .filter(|share| share.key.slice == slice)
            .map(|share| share.amount)
            .sum()
    }

    /// What of a slice the member's side pays (unassigned counts as the member's).
    pub(crate) fn slice_left_to_member(&self, slice: Slice) -> Yuan {
        let by_funds: Yuan = self
            .shares
            .iter()
            .filter(|share| share.key.slice == slice && share.payer.is_fund())
            .map(|share| share.amount)
            .sum();
        self.slice(slice) - by_funds
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_slice_is_paid_once() {
        let mut matrix = Matrix::default();
        let yuan = |n: i64| Yuan::from_fen(n * 100);
        matrix.cut(Slice::Deductible, yuan(100));
        matrix.cut(
            SliceKey {
                slice: Slice::OverCap,
                cap: Some("year".to_owned()),
            },
            yuan(50),
        );
        assert_eq!(
            matrix.pay(Payer::LargeExpenseSubsidy, "over_cap:other", yuan(50)),
            yuan(0)
        );
        assert_eq!(
            matrix.pay(Payer::LargeExpenseSubsidy, "over_cap:year", yuan(40)),
            yuan(40)
        );
        assert_eq!(
            matrix.pay(Payer::OwnAccount, "in_scope", yuan(500)),
            yuan(110)
        );
        assert_eq!(matrix.unpaid_in_all(), yuan(0));
        assert_eq!(matrix.total(), yuan(150));
        assert_eq!(matrix.slice_left_to_member(Slice::OverCap), yuan(10));
    }
}
