use std::fmt;
use std::iter::Sum;
use std::ops::{Add, AddAssign, Neg, Sub, SubAssign};
use std::str::FromStr;

use rust_decimal::Decimal;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use specta::Type;

/// 元 — an amount of money, exact to the fen. Negative amounts exist (a shortfall, a correction).
///
/// On the wire and on screen a decimal string with two places (`"1234.50"`), in SQLite an integer
/// number of fen. The range is ±[`Yuan::LIMIT`]; arithmetic inside it cannot overflow an `i64`
/// before more than nine hundred amounts of that size are added.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Type)]
pub struct Yuan(#[specta(type = String)] i64);

/// Why a text or a number of fen is not an amount.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum YuanProblem {
    /// The text is not a plain decimal number.
    #[error("「{0}」不是金额：要写成 1234.50 这样的数")]
    NotANumber(String),
    /// The text has a part of a fen.
    #[error("「{0}」不到一分：金额最多两位小数")]
    BelowOneFen(String),
    /// The amount lies outside ±[`Yuan::LIMIT`].
    #[error("「{0}」太大：金额不能超过一百亿元")]
    TooLarge(String),
}

impl Yuan {
    /// No money.
    pub const ZERO: Yuan = Yuan(0);
    /// The largest amount that is accepted: ten thousand million yuan.
    pub const LIMIT: Yuan = Yuan(1_000_000_000_000);

    /// The amount of `fen`; for sums computed inside the program and stored integers.
    pub const fn from_fen(fen: i64) -> Yuan {
        Yuan(fen)
    }

    /// The amount as a number of fen.
    pub const fn fen(self) -> i64 {
        self.0
    }

    /// Whether the amount is nothing.
    pub const fn is_zero(self) -> bool {
        self.0 == 0
    }

    /// Whether the amount is below nothing.
    pub const fn is_negative(self) -> bool {
        self.0 < 0
    }

    /// The amount, or nothing where it is negative.
    pub fn or_zero(self) -> Yuan {
        self.max(Yuan::ZERO)
    }

    /// The exact decimal number of yuan.
    pub fn to_decimal(self) -> Decimal {
        Decimal::new(self.0, 2)
    }
}

impl FromStr for Yuan {
    type Err = YuanProblem;

    /// Reads `1234`, `1234.5`, `1234.50`, `-3.00`. No thousands marks, no exponent, no blanks.
    fn from_str(text: &str) -> Result<Yuan, YuanProblem> {
        let digits = text.strip_prefix('-').unwrap_or(text);
        let plain = !digits.is_empty()
            && digits.bytes().all(|b| b.is_ascii_digit() || b == b'.')
            && digits.bytes().filter(|b| *b == b'.').count() <= 1
            && digits.starts_with(|c: char| c.is_ascii_digit())
            && digits.ends_with(|c: char| c.is_ascii_digit());
        if !plain {
            return Err(YuanProblem::NotANumber(text.to_owned()));
        }
        let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
        if part.len() > 2 && part[2..].bytes().any(|b| b != b'0') {
            return Err(YuanProblem::BelowOneFen(text.to_owned()));
        }
        let too_large = || YuanProblem::TooLarge(text.to_owned());
        let whole: i64 = whole.parse().map_err(|_| too_large())?;
        let cents: i64 = format!("{part:0<2}")[..2]
            .parse()
            .map_err(|_| too_large())?;
        let fen = whole
            .checked_mul(100)
            .and_then(|fen| fen.checked_add(cents))
            .filter(|fen| *fen <= Yuan::LIMIT.0)
            .ok_or_else(too_large)?;
        Ok(Yuan(if text.starts_with('-') { -fen } else { fen }))
    }
}

impl fmt::Display for Yuan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let fen = self.0.unsigned_abs();
        write!(f, "{sign}{}.{:02}", fen / 100, fen % 100)
    }
}

impl Serialize for Yuan {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Yuan {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Yuan, D::Error> {
        struct Quoted;
        impl de::Visitor<'_> for Quoted {
            type Value = Yuan;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("加引号的金额，如 \"600.00\"")
            }
            fn visit_str<E: de::Error>(self, text: &str) -> Result<Yuan, E> {
                text.parse().map_err(E::custom)
            }
        }
        deserializer.deserialize_str(Quoted)
    }
}

impl Add for Yuan {
    type Output = Yuan;
    fn add(self, other: Yuan) -> Yuan {
        Yuan(self.0 + other.0)
    }
}

impl Sub for Yuan {
    type Output = Yuan;
    fn sub(self, other: Yuan) -> Yuan {
        Yuan(self.0 - other.0)
    }
}

impl Neg for Yuan {
    type Output = Yuan;
    fn neg(self) -> Yuan {
        Yuan(-self.0)
    }
}

impl AddAssign for Yuan {
    fn add_assign(&mut self, other: Yuan) {
        self.0 += other.0;
    }
}

impl SubAssign for Yuan {
    fn sub_assign(&mut self, other: Yuan) {
        self.0 -= other.0;
    }
}

impl Sum for Yuan {
    fn sum<I: Iterator<Item = Yuan>>(amounts: I) -> Yuan {
        amounts.fold(Yuan::ZERO, Add::add)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_and_writes_to_the_fen() {
        for (text, fen, shown) in [
            ("0", 0, "0.00"),
            ("-0.00", 0, "0.00"),
            ("1234.5", 123_450, "1234.50"),
            ("-3.07", -307, "-3.07"),
            ("0.10", 10, "0.10"),
            ("10000000000.00", 1_000_000_000_000, "10000000000.00"),
            ("1.500", 150, "1.50"),
        ] {
            let amount: Yuan = text.parse().unwrap_or_else(|e| panic!("{text}: {e}"));
            assert_eq!(
                (amount.fen(), amount.to_string().as_str()),
                (fen, shown),
                "{text}"
            );
        }
    }

    #[test]
    fn refuses_what_is_not_an_amount() {
        for text in [
            "", "-", ".5", "5.", "1,234.50", "1e3", "１２", " 1", "+1", "1.2.3", "--1", "NaN",
        ] {
            assert_eq!(
                text.parse::<Yuan>(),
                Err(YuanProblem::NotANumber(text.to_owned())),
                "{text}"
            );
        }
        assert!(matches!(
            "0.005".parse::<Yuan>(),
            Err(YuanProblem::BelowOneFen(_))
        ));
        for text in ["10000000000.01", "99999999999999999999"] {
            assert!(
                matches!(text.parse::<Yuan>(), Err(YuanProblem::TooLarge(_))),
                "{text}"
            );
        }
    }
}
