//! 写进别的程序的文字 — kept from meaning more there than words.

/// One line: control characters and runs of blanks become one blank.
pub(crate) fn one_line(text: &str) -> String {
    let plain = text.replace(char::is_control, " ");
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A cell that no spreadsheet takes for a formula: where it begins with a sign that starts one, an
/// apostrophe stands before it; so it does before an apostrophe, which makes the step one that can be
/// taken back.
pub(crate) fn cell(text: &str) -> String {
    let starts_a_formula = |sign| matches!(sign, '=' | '+' | '-' | '@' | '\t' | '\r' | '\0' | '\'');
    match text.starts_with(starts_a_formula) {
        true => format!("'{text}"),
        false => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn no_cell_starts_a_formula_and_each_can_be_read_back(text in any::<String>()) {
            let cell = cell(&text);
            prop_assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\0']));
            prop_assert_eq!(cell.strip_prefix('\'').unwrap_or(&cell), &text);
        }

        #[test]
        fn a_line_has_no_control_characters(text in any::<String>()) {
            prop_assert!(!one_line(&text).chars().any(char::is_control));
        }
    }

    #[test]
    fn words_stay_as_they_are() {
        assert_eq!(one_line(" 感冒\r\n 复诊\t取药 "), "感冒 复诊 取药");
        assert_eq!(cell("=1+1"), "'=1+1");
        assert_eq!(cell("感冒"), "感冒");
    }
}
