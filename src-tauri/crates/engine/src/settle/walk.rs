//! 分段 — walking a cost up a ladder of rates until it is used up or a cap on the fund is reached.
//!
//! Everything is a whole number. A rate is so many parts of the ladder's `denominator`; a cost counts
//! parts of a fen, of which there are `scale` (one, until a cap or an edge that lies on the fund's
//! payment has to be turned back into a cost); a payment counts parts of those, `denominator` each.

use gongji_policy::RoundMode;

use super::matrix::SliceRow;

/// Which part of a payment a counter looks at: the pool's own, the embedded supplement's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Counts {
    pub(crate) pool: bool,
    pub(crate) supplement: bool,
}

/// A rung: from its edge (fen) on the printed rate holds; `own` is the pool's part of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Rung {
    pub(crate) edge: i64,
    /// Parts of the denominator; `None` where it is not known.
    pub(crate) printed: Option<i64>,
    pub(crate) own: i64,
}

/// What the edges of the ladder are measured on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Axis {
    /// 费用
    Cost,
    /// 基金已支付
    Fund(Counts),
}

/// What is left under a cap on the fund's payment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Room {
    /// Number of the cap.
    pub(crate) cap: usize,
    pub(crate) row: SliceRow,
    pub(crate) counts: Counts,
    left: i128,
}

/// The part of the cost that fell on one rung.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Piece {
    cost: i128,
    scale: i128,
    rate: i64,
    denominator: i128,
}

/// 走到哪里了 — where a bill stands on its ladder, what was paid, and what is left under the caps.
#[derive(Clone, Debug)]
pub(crate) struct Walk {
    denominator: i128,
    scale: i128,
    at: i128,
    printed: i128,
    own: i128,
    over: i128,
    over_cap: Option<usize>,
    rooms: Vec<Room>,
}

impl Default for Walk {
    fn default() -> Walk {
        Walk {
            denominator: 1,
            scale: 1,
            at: 0,
            printed: 0,
            own: 0,
            over: 0,
            over_cap: None,
            rooms: Vec::new(),
        }
    }
}

/// Parts of the rate that a counter looks at.
fn counted(printed: i64, own: i64, counts: Counts) -> i128 {
    let pool = if counts.pool { own } else { 0 };
    let supplement = if counts.supplement { printed - own } else { 0 };
    i128::from(pool + supplement)
}

/// `amount` divided by `by` (above nothing) to a whole number; amounts are not below nothing.
pub(crate) fn divide(amount: i128, by: i128, mode: RoundMode) -> i64 {
    // Almost every sum fits 64 bits, where a division takes a tenth of the time.
    let (whole, rest) = match (u64::try_from(amount), u64::try_from(by)) {
        (Ok(amount), Ok(by)) => (i128::from(amount / by), i128::from(amount % by)),
        _ => (amount.div_euclid(by), amount.rem_euclid(by)),
    };
    let up = match mode {
        RoundMode::HalfUp => rest * 2 >= by,
        RoundMode::Down => false,
        RoundMode::Up => rest > 0,
    };
    i64::try_from(whole + i128::from(up)).unwrap_or(i64::MAX)
}

impl Piece {
    /// The cost, to the fen.
    pub(crate) fn cost(&self) -> i64 {
        divide(self.cost, self.scale, RoundMode::HalfUp)
    }

    /// The payment, to the fen.
    pub(crate) fn paid(&self) -> i64 {
        let parts = self.cost * i128::from(self.rate);
        divide(parts, self.scale * self.denominator, RoundMode::HalfUp)
    }

    /// The rate in millionths.
    pub(crate) fn millionths(&self) -> i64 {
        let parts = i128::from(self.rate) * 1_000_000;
        divide(parts, self.denominator, RoundMode::HalfUp)
    }
}

impl Walk {
    /// Nothing walked yet, on a ladder whose rates are parts of `denominator`, no caps.
    pub(crate) fn begin(&mut self, denominator: i64) {
        let mut rooms = std::mem::take(&mut self.rooms);
        rooms.clear();
        *self = Walk {
            denominator: i128::from(denominator),
            rooms,
            ..Walk::default()
        };
    }

    /// Starts at `fen` of cost, or of the fund's payment.
    pub(crate) fn start(&mut self, axis: Axis, fen: i64) {
        self.at = i128::from(fen)
            * match axis {
                Axis::Cost => 1,
                Axis::Fund(_) => self.denominator,
            };
    }

    /// Caps what the fund pays from here on at `left` fen.
    pub(crate) fn cap(&mut self, cap: usize, row: SliceRow, counts: Counts, left: i64) {
        self.rooms.push(Room {
            cap,
            row,
            counts,
            left: i128::from(left.max(0)) * self.denominator,
        });
    }

    /// The payment under the printed rates, in parts to be divided by [`Walk::parts`].
    pub(crate) fn printed(&self) -> i128 {
        self.printed
    }

    /// The pool's own part of it.
    pub(crate) fn own(&self) -> i128 {
        self.own
    }

    /// How many parts of a payment make a fen.
    pub(crate) fn parts(&self) -> i128 {
        self.scale * self.denominator
    }

    /// The tightest cap that ended the walk, and the cost above it, to the fen.
    pub(crate) fn over(&self) -> Option<(usize, SliceRow, i64)> {
        let number = self.over_cap?;
        let room = self.rooms.get(number)?;
        Some((
            room.cap,
            room.row,
            divide(self.over, self.scale, RoundMode::HalfUp),
        ))
    }

    /// Walks `cost` fen up the `rungs`. The rooms shrink as the fund pays; the first one that is used
    /// up ends the walk, and what is left of the cost lies above that cap. `open` says whether a rate
    /// that is not known is everything (or nothing).
    pub(crate) fn go(
        &mut self,
        rungs: &[Rung],
        axis: Axis,
        cost: i64,
        mut open: impl FnMut() -> bool,
        mut piece: impl FnMut(Piece),
    ) {
        let mut left = i128::from(cost) * self.scale;
        if left <= 0 {
            return;
        }
        for (index, rung) in rungs.iter().enumerate() {
            let edge = rungs.get(index + 1).map(|next| self.edge(axis, next.edge));
            if edge.is_some_and(|edge| edge <= self.at) {
                continue;
            }
            let (printed, own) = match rung.printed {
                Some(printed) => (printed, rung.own),
                None if open() => {
                    let whole = i64::try_from(self.denominator).unwrap_or(i64::MAX);
                    (whole, whole)
                }
                None => (0, 0),
            };
            // The farthest the rung reaches, as a fraction: the rest of the bill, the next edge, a cap.
            let mut take = (left, 1);
            let mut nearer = |amount: i128, per_cost: i128| {
                let is_nearer = per_cost > 0 && amount * take.1 < take.0 * per_cost;
                if is_nearer {
                    take = (amount, per_cost);
                }
                is_nearer
            };
            let per_cost = match axis {
                Axis::Cost => 1,
                Axis::Fund(counts) => counted(printed, own, counts),
            };
            if let Some(edge) = edge {
                nearer(edge - self.at, per_cost);
            }
            let mut tightest = None;
            for (number, room) in self.rooms.iter().enumerate() {
                if nearer(room.left, counted(printed, own, room.counts)) {
                    tightest = Some(number);
                }
            }
            let take = self.whole(take, &mut left);
            if take > 0 {
                self.advance(take, take * per_cost, printed, own);
                left -= take;
                piece(Piece {
                    cost: take,
                    scale: self.scale,
                    rate: printed,
                    denominator: self.denominator,
                });
            }
            if tightest.is_some() {
                self.over += left;
                self.over_cap = tightest;
                return;
            }
            if left <= 0 {
                return;
            }
        }
    }

    fn edge(&self, axis: Axis, fen: i64) -> i128 {
        i128::from(fen)
            * match axis {
                Axis::Cost => self.scale,
                Axis::Fund(_) => self.scale * self.denominator,
            }
    }

    fn advance(&mut self, take: i128, along: i128, printed: i64, own: i64) {
        self.at += along;
        self.printed += take * i128::from(printed);
        self.own += take * i128::from(own);
        for room in &mut self.rooms {
            room.left -= take * counted(printed, own, room.counts);
        }
    }

    /// The fraction as a whole number of parts; where it is none, every part is divided further.
    fn whole(&mut self, (amount, per_cost): (i128, i128), left: &mut i128) -> i128 {
        let more = per_cost / common(amount, per_cost);
        if more > 1 {
            self.scale *= more;
            self.at *= more;
            self.printed *= more;
            self.own *= more;
            self.over *= more;
            *left *= more;
            for room in &mut self.rooms {
                room.left *= more;
            }
        }
        amount * more / per_cost
    }
}

/// 最大公约数
pub(crate) fn common(one: i128, other: i128) -> i128 {
    match (one, other) {
        (_, 1) => 1,
        (one, 0) => one.abs().max(1),
        (one, other) => common(other, one % other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const OWN: Counts = Counts {
        pool: true,
        supplement: false,
    };
    const BOTH: Counts = Counts {
        pool: true,
        supplement: true,
    };

    fn rung(edge: i64, percent: i64, own: i64) -> Rung {
        Rung {
            edge: edge * 100,
            printed: Some(percent),
            own,
        }
    }

    /// 70 % until the fund has paid 20,000, then 60 %.
    fn beijing() -> [Rung; 2] {
        [rung(0, 70, 70), rung(20_000, 60, 60)]
    }

    /// A walk of whole yuan and what was paid, as a reduced fraction of a fen.
    fn walked(walk: &mut Walk, rungs: &[Rung], axis: Axis, yuan: i64) -> (i128, i128) {
        walk.go(rungs, axis, yuan * 100, || false, |_| {});
        let divisor = common(walk.printed(), walk.parts());
        (walk.printed() / divisor, walk.parts() / divisor)
    }

    fn new(caps: &[(i64, Counts)]) -> Walk {
        let mut walk = Walk::default();
        walk.begin(100);
        for (number, (left, counts)) in caps.iter().enumerate() {
            walk.cap(number, SliceRow::above_cap(number), *counts, left * 100);
        }
        walk
    }

    #[test]
    fn inverts_the_ladder_where_edges_lie_on_the_fund() {
        for (cost, fen) in [
            (23_200, (1_624_000, 1)),
            (29_200, (14_264_000, 7)),
            (48_200, (22_244_000, 7)),
        ] {
            let paid = walked(&mut new(&[]), &beijing(), Axis::Fund(OWN), cost);
            assert_eq!(paid, fen, "{cost}");
        }
    }

    #[test]
    fn a_bill_and_its_parts_are_paid_the_same() {
        let whole = walked(&mut new(&[]), &beijing(), Axis::Fund(OWN), 48_200);
        for first in [1, 20_000, 28_571, 28_572, 48_199] {
            let mut walk = new(&[]);
            walked(&mut walk, &beijing(), Axis::Fund(OWN), first);
            let both = walked(&mut walk, &beijing(), Axis::Fund(OWN), 48_200 - first);
            assert_eq!(both, whole, "{first}");
        }
    }

    #[test]
    fn the_tightest_cap_ends_the_walk_at_a_cost() {
        let mut walk = new(&[(1_000, BOTH), (400, OWN)]);
        let paid = walked(&mut walk, &[rung(0, 90, 80)], Axis::Cost, 2_000);
        assert_eq!(walk.over(), Some((1, SliceRow::above_cap(1), 150_000)));
        assert_eq!(paid, (45_000, 1));
        assert_eq!(walk.own(), 40_000 * walk.parts());
        assert_eq!(walk.rooms[0].left, 55_000 * walk.parts());
    }

    #[test]
    fn a_full_cap_pays_nothing_and_a_rate_of_nothing_never_divides() {
        let mut walk = new(&[(0, OWN)]);
        assert_eq!(walked(&mut walk, &beijing(), Axis::Fund(OWN), 10), (0, 1));
        assert_eq!(walk.over(), Some((0, SliceRow::above_cap(0), 1_000)));
        let mut walk = new(&[(0, OWN)]);
        let nothing = walked(&mut walk, &[rung(0, 0, 0)], Axis::Fund(OWN), 10);
        assert_eq!((nothing, walk.over()), ((0, 1), None));
    }

    #[test]
    fn divides_as_the_rule_says() {
        for (parts, mode, expected) in [
            (33_372_525, RoundMode::HalfUp, 33_373),
            (33_372_525, RoundMode::Down, 33_372),
            (33_372_499, RoundMode::HalfUp, 33_372),
            (33_372_001, RoundMode::Up, 33_373),
            (33_372_000, RoundMode::Up, 33_372),
            (
                33_372_525 + (1 << 70),
                RoundMode::Down,
                1_180_591_620_717_444_675,
            ),
        ] {
            assert_eq!(divide(parts, 1_000, mode), expected, "{parts}");
        }
    }
}
