//! 几个结果之间 — sums, ranges and differences of amounts, each as wide as what it rests on.

use gongji_domain::{Amount, Yuan};

/// The sum.
pub(crate) fn plus(one: Amount, other: Amount) -> Amount {
    ends(one, other, |(a, b), (c, d)| (a + c, b + d))
}

/// `one` less `other`.
pub(crate) fn minus(one: Amount, other: Amount) -> Amount {
    ends(one, other, |(a, b), (c, d)| (a - d, b - c))
}

/// Everything between the two.
pub(crate) fn hull(one: Amount, other: Amount) -> Amount {
    ends(one, other, |(a, b), (c, d)| (a.min(c), b.max(d)))
}

type Ends = (Yuan, Yuan);

fn ends(one: Amount, other: Amount, of: impl Fn(Ends, Ends) -> Ends) -> Amount {
    let both = |amount: Amount| amount.min().zip(amount.max());
    match both(one).zip(both(other)) {
        Some((one, other)) => {
            let (min, max) = of(one, other);
            Amount::between(min, max)
        }
        None => Amount::UNKNOWN,
    }
}
