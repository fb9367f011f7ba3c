//! 余地 — an amount that is known within bounds.

use gongji_domain::{Amount, Yuan};

/// 余地 — an amount that is known within bounds; without `most` it has none above.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Room {
    pub(super) least: Yuan,
    pub(super) most: Option<Yuan>,
}

impl Room {
    pub(super) const ANY: Room = Room {
        least: Yuan::LIMIT,
        most: None,
    };
    pub(super) const UNKNOWN: Room = Room {
        least: Yuan::ZERO,
        most: None,
    };
    pub(super) const NONE: Room = Room {
        least: Yuan::ZERO,
        most: Some(Yuan::ZERO),
    };

    pub(super) fn exactly(sum: Yuan) -> Room {
        Room {
            least: sum,
            most: Some(sum),
        }
    }

    pub(super) fn of(amount: Amount) -> Room {
        match (amount.min(), amount.max()) {
            (Some(least), Some(most)) => Room {
                least: least.or_zero(),
                most: Some(most.or_zero()),
            },
            _ => Room::UNKNOWN,
        }
    }

    pub(super) fn within(self, other: Room) -> Room {
        let most = match (self.most, other.most) {
            (Some(one), Some(other)) => Some(one.min(other)),
            (one, other) => one.or(other),
        };
        Room {
            least: self.least.min(other.least),
            most,
        }
    }

    pub(super) fn less(self, sum: Yuan) -> Room {
        Room {
            least: (self.least - sum).or_zero(),
            most: self.most.map(|most| (most - sum).or_zero()),
        }
    }

    pub(super) fn times(self, times: u32) -> Room {
        let sum = |one: Yuan| Yuan::from_fen(one.fen().saturating_mul(i64::from(times)));
        Room {
            least: sum(self.least).min(Yuan::LIMIT),
            most: self.most.map(sum),
        }
    }

    pub(super) fn amount(self) -> Amount {
        match self.most {
            Some(most) => Amount::between(self.least.min(most), most),
            None => Amount::UNKNOWN,
        }
    }
}
