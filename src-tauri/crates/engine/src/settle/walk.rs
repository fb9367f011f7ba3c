//! 分段 — walking a cost up a ladder of rates until it is used up or a cap on the fund is reached.

use num_rational::Ratio;

use crate::exact::Fraction;

/// Which part of a payment a counter looks at: the pool's own, the embedded supplement's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Counts {
    pub(crate) pool: bool,
    pub(crate) supplement: bool,
}

/// A rung: from its edge on the printed rate holds; `own` is the pool's part of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Rung {
    pub(crate) edge: Fraction,
    pub(crate) printed: Fraction,
    pub(crate) own: Fraction,
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
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Room {
    pub(crate) cap: String,
    pub(crate) left: Fraction,
    pub(crate) counts: Counts,
}

/// The part of the cost that fell on one rung.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Piece {
    pub(crate) cost: Fraction,
    pub(crate) printed: Fraction,
    pub(crate) own: Fraction,
}

/// What came of the walk.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Walk {
    pub(crate) pieces: Vec<Piece>,
    /// The tightest cap and the cost that lies above it.
    pub(crate) over: Option<(String, Fraction)>,
}

impl Rung {
    fn counted(&self, counts: Counts) -> Fraction {
        let mut rate = Ratio::from_integer(0);
        if counts.pool {
            rate += self.own;
        }
        if counts.supplement {
            rate += self.printed - self.own;
        }
        rate
    }
}

/// The whole payment under the printed rates, not rounded.
pub(crate) fn payment(pieces: &[Piece]) -> Fraction {
    pieces.iter().map(|piece| piece.cost * piece.printed).sum()
}

/// The pool's own part of it, not rounded.
pub(crate) fn own_payment(pieces: &[Piece]) -> Fraction {
    pieces.iter().map(|piece| piece.cost * piece.own).sum()
}

/// Walks `cost` up the `rungs` from `start` on the `axis`. The `rooms` shrink as the fund pays; the
/// first one that is used up ends the walk, and what is left of the cost lies above that cap.
pub(crate) fn walk(
    rungs: &[Rung],
    axis: Axis,
    start: Fraction,
    cost: Fraction,
    rooms: &mut [Room],
) -> Walk {
    let zero = Ratio::from_integer(0);
    let mut walk = Walk::default();
    let mut at = start;
    let mut left = cost;
    for (index, rung) in rungs.iter().enumerate() {
        let next_edge = rungs.get(index + 1).map(|next| next.edge);
        if next_edge.is_some_and(|edge| edge <= at) {
            continue;
        }
        let per_cost = match axis {
            Axis::Cost => Ratio::from_integer(1),
            Axis::Fund(counts) => rung.counted(counts),
        };
        let mut take = left;
        if let Some(edge) = next_edge
            && per_cost > zero
        {
            take = take.min((edge - at) / per_cost);
        }
        let mut tightest = None;
        for (number, room) in rooms.iter().enumerate() {
            let rate = rung.counted(room.counts);
            if rate > zero && room.left.max(zero) / rate < take {
                take = room.left.max(zero) / rate;
                tightest = Some(number);
            }
        }
        if take > zero {
            walk.pieces.push(Piece {
                cost: take,
                printed: rung.printed,
                own: rung.own,
            });
            at += take * per_cost;
            left -= take;
            for room in rooms.iter_mut() {
                room.left -= take * rung.counted(room.counts);
            }
        }
        if let Some(number) = tightest {
            walk.over = Some((rooms[number].cap.clone(), left));
            return walk;
        }
        if left <= zero {
            return walk;
        }
    }
    walk
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

    fn yuan(n: i128) -> Fraction {
        Ratio::from_integer(n * 100)
    }

    fn rung(edge: i128, percent: i128, own: i128) -> Rung {
        Rung {
            edge: yuan(edge),
            printed: Ratio::new(percent, 100),
            own: Ratio::new(own, 100),
        }
    }

    /// 70 % until the fund has paid 20,000, then 60 %.
    fn beijing() -> [Rung; 2] {
        [rung(0, 70, 70), rung(20_000, 60, 60)]
    }

    #[test]
    fn inverts_the_ladder_where_edges_lie_on_the_fund() {
        for (cost, fen) in [
            (23_200, "1624000"),
            (29_200, "14264000/7"),
            (48_200, "22244000/7"),
        ] {
            let walked = walk(&beijing(), Axis::Fund(OWN), yuan(0), yuan(cost), &mut []);
            assert_eq!(payment(&walked.pieces).to_string(), fen, "{cost}");
        }
    }

    #[test]
    fn a_bill_and_its_parts_are_paid_the_same() {
        let whole = walk(&beijing(), Axis::Fund(OWN), yuan(0), yuan(48_200), &mut []);
        let whole = payment(&whole.pieces);
        for first in [1, 20_000, 28_571, 28_572, 48_199] {
            let one = walk(&beijing(), Axis::Fund(OWN), yuan(0), yuan(first), &mut []);
            let one = payment(&one.pieces);
            let two = walk(
                &beijing(),
                Axis::Fund(OWN),
                one,
                yuan(48_200 - first),
                &mut [],
            );
            let two = payment(&two.pieces);
            assert_eq!(one + two, whole, "{first}");
        }
    }

    #[test]
    fn the_tightest_cap_ends_the_walk_at_a_cost() {
        let mut rooms = [
            Room {
                cap: "wide".to_owned(),
                left: yuan(1_000),
                counts: BOTH,
            },
            Room {
                cap: "tight".to_owned(),
                left: yuan(400),
                counts: OWN,
            },
        ];
        let walked = walk(
            &[rung(0, 90, 80)],
            Axis::Cost,
            yuan(0),
            yuan(2_000),
            &mut rooms,
        );
        assert_eq!(walked.over, Some(("tight".to_owned(), yuan(1_500))));
        assert_eq!(payment(&walked.pieces), yuan(450));
        assert_eq!(own_payment(&walked.pieces), yuan(400));
        assert_eq!(rooms[0].left, yuan(550));
    }

    #[test]
    fn a_full_cap_pays_nothing_and_a_rate_of_nothing_never_divides() {
        let mut full = [Room {
            cap: "year".to_owned(),
            left: yuan(0),
            counts: OWN,
        }];
        let walked = walk(&beijing(), Axis::Fund(OWN), yuan(0), yuan(10), &mut full);
        assert_eq!(
            (walked.pieces.len(), walked.over),
            (0, Some(("year".to_owned(), yuan(10))))
        );
        let walked = walk(
            &[rung(0, 0, 0)],
            Axis::Fund(OWN),
            yuan(0),
            yuan(10),
            &mut full,
        );
        assert_eq!((payment(&walked.pieces), walked.over), (yuan(0), None));
    }
}
