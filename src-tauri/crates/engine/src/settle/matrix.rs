//! 原因 × 付款方 — the bill cut into slices, each slice divided among payers.

use gongji_domain::{Payer, Slice, Yuan};

/// Rows of the matrix: the slices, and behind them one for what lies above each cap.
const ROWS: usize = Slice::ALL.len() + CAPS;
/// The most caps that are told apart by name; what lies above a further one counts with the last.
const CAPS: usize = 8;
/// The row of what lies above a cap that has no name here.
const OVER_CAP: usize = Slice::OverCap as usize;
const PAYERS: usize = Payer::ALL.len();

/// 一行 — a slice, for `over_cap` with the cap that it lies above.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct SliceRow(usize);

impl SliceRow {
    /// What lies above the cap with this number.
    pub(crate) fn above_cap(number: usize) -> SliceRow {
        SliceRow(Slice::ALL.len() + number.min(CAPS - 1))
    }

    fn slice(self) -> Slice {
        Slice::ALL.get(self.0).copied().unwrap_or(Slice::OverCap)
    }
}

impl From<Slice> for SliceRow {
    fn from(slice: Slice) -> SliceRow {
        SliceRow(slice as usize)
    }
}

/// 几个原因 — the rows that a name of the policy files (`deductible`, `over_cap`,
/// `over_cap:pool_year`, `in_scope`) or several of them mean.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct SliceSet(u32);

impl SliceSet {
    pub(crate) const ALL: SliceSet = SliceSet((1 << ROWS) - 1);

    /// The rows called `name`, where `caps` are the caps of the benefit in their order.
    pub(crate) fn named(name: &str, caps: &[String]) -> SliceSet {
        if let Some((slice, cap)) = name.split_once(':') {
            let number = caps
                .iter()
                .position(|id| id == cap && slice == Slice::OverCap.word());
            return number.map_or_else(SliceSet::default, |number| {
                SliceSet(1 << SliceRow::above_cap(number).0)
            });
        }
        let meant = |slice: Slice| match name {
            "in_scope" => Slice::IN_SCOPE.contains(&slice),
            _ => slice.word() == name,
        };
        let rows = (0..ROWS).filter(|row| meant(SliceRow(*row).slice()));
        SliceSet(rows.fold(0, |set, row| set | 1 << row))
    }

    /// The rows that any of `names` means.
    pub(crate) fn any_of(names: &[String], caps: &[String]) -> SliceSet {
        let sets = names.iter().map(|name| SliceSet::named(name, caps).0);
        SliceSet(sets.fold(0, |all, set| all | set))
    }

    /// Whether the row of `slice` is among them.
    pub(crate) fn holds(self, slice: Slice) -> bool {
        self.0 & 1 << slice as usize != 0
    }

    /// 停了待遇以后账户能付的 — what the account pays of the member's share, it also pays of what the
    /// pool does not look at because the contributions stopped: the balance stays usable.
    pub(crate) fn while_lapsed(self) -> SliceSet {
        match self.holds(Slice::Coinsurance) {
            true => SliceSet(self.0 | 1 << Slice::NotPaid as usize),
            false => self,
        }
    }

    /// The rows in both.
    pub(crate) fn and(self, other: SliceSet) -> SliceSet {
        SliceSet(self.0 & other.0)
    }

    fn rows(self, used: usize) -> impl Iterator<Item = usize> {
        (0..used).filter(move |row| self.0 & 1 << row != 0)
    }
}

impl From<Slice> for SliceSet {
    fn from(slice: Slice) -> SliceSet {
        SliceSet(1 << slice as usize)
    }
}

/// 几个付款方
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct PayerSet(u16);

impl PayerSet {
    /// The payers that `names` mean; `any` is all of them.
    pub(crate) fn any_of(names: &[String]) -> PayerSet {
        let named = |payer: &Payer| {
            names
                .iter()
                .any(|name| name == "any" || name == payer.word())
        };
        let payers = Payer::ALL.into_iter().filter(named);
        PayerSet(payers.fold(0, |set, payer| set | 1 << payer as usize))
    }

    pub(crate) fn holds(self, payer: Payer) -> bool {
        self.0 & 1 << payer as usize != 0
    }
}

/// The settlement under construction: every slice starts unassigned and is given to payers piece
/// by piece, so rows and columns add up to the bill by construction.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Matrix {
    used: usize,
    unassigned: [Yuan; ROWS],
    paid: [[Yuan; PAYERS]; ROWS],
}

impl Default for Matrix {
    fn default() -> Matrix {
        Matrix {
            used: 0,
            unassigned: [Yuan::ZERO; ROWS],
            paid: [[Yuan::ZERO; PAYERS]; ROWS],
        }
    }
}

impl Matrix {
    /// Nothing cut and nothing paid; `caps`: how many caps the benefit has.
    pub(crate) fn clear(&mut self, caps: usize) {
        self.used = Slice::ALL.len() + caps.min(CAPS);
        self.unassigned[..self.used].fill(Yuan::ZERO);
        self.paid[..self.used].fill([Yuan::ZERO; PAYERS]);
    }

    /// Cuts a slice of the bill; nobody pays it yet.
    pub(crate) fn cut(&mut self, row: impl Into<SliceRow>, amount: Yuan) {
        self.unassigned[row.into().0] += amount;
    }

    /// Lets `payer` pay up to `at_most` of what is unassigned in `rows`; returns what it paid.
    pub(crate) fn pay(&mut self, payer: Payer, rows: impl Into<SliceSet>, at_most: Yuan) -> Yuan {
        let mut left = at_most;
        for row in rows.into().rows(self.used) {
            let amount = left.min(self.unassigned[row]).or_zero();
            self.unassigned[row] -= amount;
            self.paid[row][payer as usize] += amount;
            left -= amount;
        }
        at_most - left
    }

    /// Lets a fund leave `amount` of what it pays by ratio to the member.
    pub(crate) fn give_up(&mut self, fund: Payer, amount: Yuan) {
        self.paid[Slice::Pooled as usize][fund as usize] -= amount;
        self.unassigned[Slice::Coinsurance as usize] += amount;
    }

    /// What nobody pays yet in `rows`.
    pub(crate) fn unpaid(&self, rows: impl Into<SliceSet>) -> Yuan {
        let rows = rows.into().rows(self.used);
        rows.map(|row| self.unassigned[row]).sum()
    }

    /// Everything cut from the bill so far.
    pub(crate) fn total(&self) -> Yuan {
        let paid = self.paid[..self.used].iter().flatten().copied();
        self.unpaid(SliceSet::ALL) + paid.sum()
    }

    /// What `payer` pays in all.
    pub(crate) fn paid_by(&self, payer: Payer) -> Yuan {
        let rows = &self.paid[..self.used];
        rows.iter().map(|row| row[payer as usize]).sum()
    }

    /// What `payer` pays of a slice.
    pub(crate) fn cell(&self, slice: Slice, payer: Payer) -> Yuan {
        let rows = SliceSet::named(slice.word(), &[]).rows(self.used);
        rows.map(|row| self.paid[row][payer as usize]).sum()
    }

    /// What `payers` pay of `rows`.
    pub(crate) fn sum(&self, rows: SliceSet, payers: PayerSet) -> Yuan {
        let paid = rows.rows(self.used).map(|row| {
            let cells = self.paid[row].iter().enumerate();
            let cells = cells.filter(|(payer, _)| payers.0 & 1 << payer != 0);
            cells.map(|(_, amount)| *amount).sum::<Yuan>()
        });
        paid.sum()
    }

    /// The size of a slice, whoever pays it.
    pub(crate) fn slice(&self, slice: Slice) -> Yuan {
        let rows = SliceSet::named(slice.word(), &[]).rows(self.used);
        rows.map(|row| self.unassigned[row] + self.paid[row].iter().copied().sum())
            .sum()
    }

    /// What of a slice the member's side pays (unassigned counts as the member's).
    pub(crate) fn slice_left_to_member(&self, slice: Slice) -> Yuan {
        let funds = Payer::ALL.into_iter().filter(|payer| payer.is_fund());
        self.slice(slice) - funds.map(|payer| self.cell(slice, payer)).sum()
    }
}

const _: () = assert!(
    OVER_CAP == Slice::ALL.len() - 1,
    "rows above caps follow over_cap"
);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_slice_is_paid_once() {
        let caps = ["year".to_owned()];
        let mut matrix = Matrix::default();
        matrix.clear(caps.len());
        let yuan = |n: i64| Yuan::from_fen(n * 100);
        let named = |name: &str| SliceSet::named(name, &caps);
        matrix.cut(Slice::Deductible, yuan(100));
        matrix.cut(SliceRow::above_cap(0), yuan(50));
        let fund = Payer::LargeExpenseSubsidy;
        assert_eq!(matrix.pay(fund, named("over_cap:other"), yuan(50)), yuan(0));
        assert_eq!(matrix.pay(fund, named("over_cap:year"), yuan(40)), yuan(40));
        let own = matrix.pay(Payer::OwnAccount, named("in_scope"), yuan(500));
        assert_eq!(own, yuan(110));
        assert_eq!(matrix.unpaid(SliceSet::ALL), yuan(0));
        assert_eq!(matrix.total(), yuan(150));
        assert_eq!(matrix.slice_left_to_member(Slice::OverCap), yuan(10));
    }
}
