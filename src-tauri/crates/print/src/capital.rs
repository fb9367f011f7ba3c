use gongji_domain::Yuan;

const DIGITS: [&str; 10] = ["零", "壹", "贰", "叁", "肆", "伍", "陆", "柒", "捌", "玖"];
const UNITS: [(u64, &str); 5] = [
    (100_000_000, "亿"),
    (10_000, "万"),
    (1_000, "仟"),
    (100, "佰"),
    (10, "拾"),
];

/// 大写金额 — the amount in capital-form numerals, as banks want it on slips: `1001.05` is
/// 壹仟零壹元零伍分, a round sum ends in 整, ten is 壹拾.
///
/// Where the rule leaves a 零 to the writer (a 0 at the place of 万 or 元 before a digit that is none)
/// it is left out.
pub fn capital(amount: Yuan) -> String {
    let fen = amount.fen().unsigned_abs();
    let (yuan, jiao, rest) = (fen / 100, fen / 10 % 10, fen % 10);
    let mut text = String::new();
    if amount.is_negative() {
        text.push('负');
    }
    if yuan > 0 || fen == 0 {
        text += &whole(yuan);
        text.push('元');
    }
    match (jiao, rest) {
        (0, 0) => text.push('整'),
        (0, _) if yuan > 0 => text.push('零'),
        (0, _) => {}
        (_, _) => text = text + digit(jiao) + "角",
    }
    if rest > 0 {
        text = text + digit(rest) + "分";
    }
    text
}

/// A whole number: what stands before its largest unit, the unit, and the remainder, with one 零
/// between where the remainder does not fill the next place.
fn whole(number: u64) -> String {
    for (unit, mark) in UNITS {
        if number >= unit {
            let rest = number % unit;
            let head = whole(number / unit) + mark;
            return match rest {
                0 => head,
                _ if rest < unit / 10 => head + "零" + &whole(rest),
                _ => head + &whole(rest),
            };
        }
    }
    digit(number).to_owned()
}

fn digit(number: u64) -> &'static str {
    usize::try_from(number)
        .ok()
        .and_then(|n| DIGITS.get(n).copied())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn capital_form_follows_the_rules_for_zeros() {
        let table = [
            ("0.00", "零元整"),
            ("0.01", "壹分"),
            ("0.05", "伍分"),
            ("0.50", "伍角"),
            ("0.53", "伍角叁分"),
            ("1.00", "壹元整"),
            ("1.05", "壹元零伍分"),
            ("1.50", "壹元伍角"),
            ("10.00", "壹拾元整"),
            ("11.00", "壹拾壹元整"),
            ("20.20", "贰拾元贰角"),
            ("100.00", "壹佰元整"),
            ("110.00", "壹佰壹拾元整"),
            ("101.00", "壹佰零壹元整"),
            ("325.04", "叁佰贰拾伍元零肆分"),
            ("1000.00", "壹仟元整"),
            ("1001.05", "壹仟零壹元零伍分"),
            ("1010.00", "壹仟零壹拾元整"),
            ("1100.00", "壹仟壹佰元整"),
            ("1409.50", "壹仟肆佰零玖元伍角"),
            ("1680.32", "壹仟陆佰捌拾元叁角贰分"),
            ("6007.14", "陆仟零柒元壹角肆分"),
            ("10000.00", "壹万元整"),
            ("10001.00", "壹万零壹元整"),
            ("10010.10", "壹万零壹拾元壹角"),
            ("16409.02", "壹万陆仟肆佰零玖元零贰分"),
            ("100000.00", "壹拾万元整"),
            ("100001.00", "壹拾万零壹元整"),
            ("107000.53", "壹拾万柒仟元伍角叁分"),
            ("1000500.00", "壹佰万零伍佰元整"),
            ("10000000.00", "壹仟万元整"),
            ("10203040.06", "壹仟零贰拾万叁仟零肆拾元零陆分"),
            ("100000000.00", "壹亿元整"),
            ("105000000.00", "壹亿零伍佰万元整"),
            ("100000001.01", "壹亿零壹元零壹分"),
            ("10000000000.00", "壹佰亿元整"),
            ("-12.30", "负壹拾贰元叁角"),
        ];
        for (amount, words) in table {
            let yuan: Yuan = amount.parse().expect(amount);
            assert_eq!(capital(yuan), words, "{amount}");
        }
        // Sums may go beyond what a single amount may be.
        assert_eq!(
            capital(Yuan::from_fen(100_010_000_000_000)),
            "壹万零壹亿元整"
        );
        assert!(capital(Yuan::from_fen(i64::MIN)).starts_with('负'));
    }
}
