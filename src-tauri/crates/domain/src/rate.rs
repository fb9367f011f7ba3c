use std::fmt;
use std::str::FromStr;

use rust_decimal::Decimal;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use specta::Type;

/// 比例 — a share between 0 % and 1000 %, an exact decimal, written `"85%"`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Type)]
pub struct Rate(#[specta(type = String)] Decimal);

/// Why a text is not a share.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RateProblem {
    /// No percent sign, or not a plain decimal number before it.
    #[error("「{0}」不是比例：要加引号并写成百分数，例如 \"90%\"")]
    NotAPercentage(String),
    /// Below 0 %, above 1000 %, or finer than a millionth.
    #[error("「{0}」超出范围：比例要在 0% 到 1000% 之间，最多四位小数")]
    OutOfRange(String),
}

impl Rate {
    /// 0 %.
    pub const ZERO: Rate = Rate(Decimal::ZERO);
    /// 100 %.
    pub const WHOLE: Rate = Rate(Decimal::ONE);

    /// The share as millionths of the whole: 85 % is 850,000.
    pub fn millionths(self) -> i64 {
        let scaled = self.0 * Decimal::from(1_000_000);
        // `from_str` admits only what fits; the conversion cannot fail.
        i64::try_from(scaled.mantissa() / 10_i128.pow(scaled.scale())).unwrap_or(i64::MAX)
    }

    /// The share of so many millionths.
    pub fn from_millionths(millionths: i64) -> Rate {
        Rate(Decimal::new(millionths, 6).normalize())
    }

    /// What is left of the whole: `1 − rate`, never below nothing.
    pub fn rest(self) -> Rate {
        Rate((Decimal::ONE - self.0).max(Decimal::ZERO))
    }

    /// The exact decimal share: 85 % is 0.85.
    pub fn to_decimal(self) -> Decimal {
        self.0
    }
}

impl FromStr for Rate {
    type Err = RateProblem;

    fn from_str(text: &str) -> Result<Rate, RateProblem> {
        let percent = text
            .strip_suffix('%')
            .filter(|number| {
                number.starts_with(|c: char| c.is_ascii_digit())
                    && number.ends_with(|c: char| c.is_ascii_digit())
                    && number.bytes().all(|b| b.is_ascii_digit() || b == b'.')
            })
            .and_then(|number| Decimal::from_str_exact(number).ok())
            .ok_or_else(|| RateProblem::NotAPercentage(text.to_owned()))?
            .normalize();
        if percent > Decimal::ONE_THOUSAND || percent.scale() > 4 {
            return Err(RateProblem::OutOfRange(text.to_owned()));
        }
        Ok(Rate((percent / Decimal::ONE_HUNDRED).normalize()))
    }
}

impl fmt::Display for Rate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}%", (self.0 * Decimal::ONE_HUNDRED).normalize())
    }
}

impl Serialize for Rate {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Rate {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Rate, D::Error> {
        String::deserialize(deserializer)?
            .parse()
            .map_err(de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_percentages_exactly() {
        for (text, millionths, shown) in [
            ("85%", 850_000, "85%"),
            ("98.5%", 985_000, "98.5%"),
            ("0%", 0, "0%"),
            ("110%", 1_100_000, "110%"),
            ("0.0001%", 1, "0.0001%"),
            ("90.00%", 900_000, "90%"),
        ] {
            let rate: Rate = text.parse().unwrap_or_else(|e| panic!("{text}: {e}"));
            assert_eq!(
                (rate.millionths(), rate.to_string().as_str()),
                (millionths, shown)
            );
            assert_eq!(Rate::from_millionths(millionths), rate);
        }
    }

    #[test]
    fn refuses_what_is_not_a_share() {
        for text in ["0.9", "90", "%", "-5%", ".5%", "5.%", "1e1%", "90 %"] {
            assert!(
                matches!(text.parse::<Rate>(), Err(RateProblem::NotAPercentage(_))),
                "{text}"
            );
        }
        for text in ["1000.1%", "0.00001%"] {
            assert!(
                matches!(text.parse::<Rate>(), Err(RateProblem::OutOfRange(_))),
                "{text}"
            );
        }
    }
}
