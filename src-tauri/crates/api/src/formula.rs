//! 算式 — the arithmetic of a step as people write it: no function names, thousands set apart.

use crate::texts::{Language, label};

/// `min(400.00, 1800.00 − 1800.00)` → 「400.00 和（1,800.00 − 1,800.00）里取小的」
pub(crate) fn in_words(language: Language, formula: &str) -> String {
    let said = said(language, formula.trim(), false);
    // A wide bracket brings its own space.
    said.replace(" （", "（").replace("） ", "）")
}

/// The same for the scope of a bill: what is nothing need not be taken off, and how many parts were
/// left `empty` is said. Nothing where no arithmetic is left.
pub(crate) fn scope_in_words(language: Language, formula: &str, empty: usize) -> Option<String> {
    let left = formula.replace(" − 0.00", "");
    let said = in_words(language, &left);
    match (left.contains(" − "), empty) {
        (false, 0) => None,
        (true, 0) => Some(said),
        (_, n) => Some(
            label(language, "formula.empty")
                .replace("{formula}", &said)
                .replace("{n}", &n.to_string()),
        ),
    }
}

fn said(language: Language, formula: &str, inside: bool) -> String {
    let chosen = [("min(", "formula.smaller"), ("max(", "formula.larger")]
        .into_iter()
        .find_map(|(function, key)| Some((key, sides(formula.strip_prefix(function)?)?)));
    let (said, is_one) = match chosen {
        Some((key, (one, other))) => {
            let text = label(language, key)
                .replace("{a}", &said(language, one, true))
                .replace("{b}", &said(language, other, true));
            (text, false)
        }
        None => (grouped(formula), !formula.contains(' ')),
    };
    match inside && !is_one {
        false => said,
        true => label(language, "formula.inner").replace("{formula}", &said),
    }
}

/// What stands before and after the comma of a function that ends with the formula.
fn sides(inner: &str) -> Option<(&str, &str)> {
    let inner = inner.strip_suffix(')')?;
    let (mut depth, mut comma) = (0_usize, None);
    for (at, letter) in inner.char_indices() {
        match letter {
            '(' => depth += 1,
            ')' => depth = depth.checked_sub(1)?,
            ',' if depth == 0 && comma.replace(at).is_some() => return None,
            _ => {}
        }
    }
    let (one, other) = inner.split_at(comma.filter(|_| depth == 0)?);
    Some((one.trim(), other[1..].trim()))
}

/// Thousands set apart in every number.
pub(crate) fn grouped(formula: &str) -> String {
    let mut said = String::new();
    let mut rest = formula;
    while let Some(at) = rest.find(|letter: char| letter.is_ascii_digit()) {
        let (before, from) = rest.split_at(at);
        let end = from
            .find(|letter: char| !letter.is_ascii_digit())
            .unwrap_or(from.len());
        let (digits, after) = from.split_at(end);
        said.push_str(before);
        if before.ends_with('.') {
            said.push_str(digits);
        } else {
            for (place, digit) in digits.chars().enumerate() {
                if place > 0 && (digits.len() - place).is_multiple_of(3) {
                    said.push(',');
                }
                said.push(digit);
            }
        }
        rest = after;
    }
    said + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_formula_is_said_in_words() {
        for (formula, chinese, english) in [
            ("12000.00 × 70%", "12,000.00 × 70%", "12,000.00 × 70%"),
            (
                "min(280.00, 1120.00)",
                "280.00 和 1,120.00 里取小的",
                "the smaller of 280.00 and 1,120.00",
            ),
            (
                "min(400.00, 1800.00 − 1800.00)",
                "400.00 和（1,800.00 − 1,800.00）里取小的",
                "the smaller of 400.00 and (1,800.00 − 1,800.00)",
            ),
            (
                "min(900.00, max(1000.00 × 8%, 50.00))",
                "900.00 和（（1,000.00 × 8%）和 50.00 里取大的）里取小的",
                "the smaller of 900.00 and (the larger of (1,000.00 × 8%) and 50.00)",
            ),
            // What is none of these stands as it is.
            ("min(1.00, 2.00", "min(1.00, 2.00", "min(1.00, 2.00"),
            (
                "min(1.00, 2.00, 3.00)",
                "min(1.00, 2.00, 3.00)",
                "min(1.00, 2.00, 3.00)",
            ),
        ] {
            assert_eq!(in_words(Language::Chinese, formula), chinese);
            assert_eq!(in_words(Language::English, formula), english);
        }
    }

    #[test]
    fn nothing_is_taken_off_the_total_where_there_is_nothing() {
        let scope = |formula: &str, empty| scope_in_words(Language::Chinese, formula, empty);
        assert_eq!(scope("400.00 − 0.00 − 0.00 − 0.00", 0), None);
        assert_eq!(
            scope("400.00 − 0.00 − 0.00 − 0.00", 3).as_deref(),
            Some("400.00（没有填的 3 项按 0 算）")
        );
        assert_eq!(
            scope("1400.00 − 20.00 − 0.00 − 0.00", 2).as_deref(),
            Some("1,400.00 − 20.00（没有填的 2 项按 0 算）")
        );
        assert_eq!(
            scope("1400.00 − 20.00 − 0.00 − 10.00", 0).as_deref(),
            Some("1,400.00 − 20.00 − 10.00")
        );
    }
}
