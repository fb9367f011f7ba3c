//! Amounts that are not yet rounded: exact fractions of a fen.

use gongji_domain::{Rate, Yuan};
use gongji_policy::{RoundMode, RoundTo};
use num_rational::Ratio;

/// A fraction of fen, or of the whole for shares. Exact; denominators stay small because only rates
/// (millionths) and their inverses enter.
pub(crate) type Fraction = Ratio<i128>;

/// The fen of `yuan` as a fraction.
pub(crate) fn fen(yuan: Yuan) -> Fraction {
    Fraction::from_integer(i128::from(yuan.fen()))
}

/// The share as a fraction of the whole.
pub(crate) fn share(rate: Rate) -> Fraction {
    Fraction::new(i128::from(rate.millionths()), 1_000_000)
}

/// 取整 — `amount` to a printed sum.
pub(crate) fn round(amount: Fraction, to: RoundTo, mode: RoundMode) -> Yuan {
    let unit: i128 = match to {
        RoundTo::Fen => 1,
        RoundTo::Jiao => 10,
        RoundTo::Yuan => 100,
        RoundTo::Yuan10 => 1000,
    };
    let units = amount / Fraction::from_integer(unit);
    let whole = match mode {
        RoundMode::HalfUp => (units + Fraction::new(1, 2)).floor(),
        RoundMode::Down => units.floor(),
        RoundMode::Up => units.ceil(),
    };
    let fen = whole.to_integer() * unit;
    Yuan::from_fen(i64::try_from(fen).unwrap_or(i64::MAX))
}

/// 四舍五入到分
pub(crate) fn to_fen(amount: Fraction) -> Yuan {
    round(amount, RoundTo::Fen, RoundMode::HalfUp)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rounds_as_the_rule_says() {
        for (fen_times_1000, to, mode, expected) in [
            (33_372_525, RoundTo::Fen, RoundMode::HalfUp, "333.73"),
            (33_372_525, RoundTo::Fen, RoundMode::Down, "333.72"),
            (33_372_499, RoundTo::Fen, RoundMode::HalfUp, "333.72"),
            (761_620_000, RoundTo::Yuan, RoundMode::HalfUp, "7616.00"),
            (1_108_226_000, RoundTo::Yuan, RoundMode::HalfUp, "11082.00"),
            (3_952_520_000, RoundTo::Yuan, RoundMode::Down, "39525.00"),
            (1, RoundTo::Fen, RoundMode::Up, "0.01"),
            (20_168_000, RoundTo::Yuan10, RoundMode::HalfUp, "200.00"),
        ] {
            let amount = Fraction::new(fen_times_1000, 1000);
            assert_eq!(round(amount, to, mode).to_string(), expected);
        }
    }
}
