use gongji_domain::{Amount, Yuan};

/// Words longer than this get places to break, this far apart.
const LONGEST_WORD: usize = 16;
const BREAK_EVERY: usize = 12;

/// 金额的写法 — `1,234.00`, `1,234.00 ～ 1,300.00`, or the word for not known.
pub fn amount_text(amount: Amount, unknown: &str) -> String {
    match amount {
        Amount::Exact(yuan) => grouped(yuan),
        Amount::Range { min, max } => format!("{} ～ {}", grouped(min), grouped(max)),
        Amount::Unknown(_) => unknown.to_owned(),
    }
}

/// 千分位 — `1,234.50`.
pub(crate) fn grouped(yuan: Yuan) -> String {
    let plain = yuan.to_string();
    let (sign, digits) = match plain.strip_prefix('-') {
        Some(digits) => ("-", digits),
        None => ("", plain.as_str()),
    };
    let (whole, fen) = digits.split_once('.').unwrap_or((digits, "00"));
    let mut text = sign.to_owned();
    for (place, digit) in whole.chars().enumerate() {
        if place > 0 && (whole.len() - place) % 3 == 0 {
            text.push(',');
        }
        text.push(digit);
    }
    text + "." + fen
}

/// Somebody's text as it may stand on paper: one line, nothing that turns the reading direction of
/// what follows, at most `columns` wide (a Chinese character is two), shortened with 「…」, and with
/// places to break in words that are too long for a line.
pub(crate) fn tidy(text: &str, columns: usize) -> String {
    breakable(&shortened(text, columns))
}

fn shortened(text: &str, columns: usize) -> String {
    let mut line = String::new();
    let mut used = 0;
    for c in text.chars().map(as_blank).filter(|c| !turns_direction(*c)) {
        if c == ' ' && (line.is_empty() || line.ends_with(' ')) {
            continue;
        }
        used += width(c);
        if used > columns {
            return line.trim_end().to_owned() + "…";
        }
        line.push(c);
    }
    line.truncate(line.trim_end().len());
    line
}

/// A zero-width space inside every overlong word; figures stay in one piece.
fn breakable(line: &str) -> String {
    let mut text = String::new();
    let mut word = Vec::new();
    for c in line.chars() {
        if c == ' ' || width(c) == 2 {
            put_word(&mut text, &word);
            word.clear();
            text.push(c);
        } else {
            word.push(c);
        }
    }
    put_word(&mut text, &word);
    text
}

fn put_word(text: &mut String, word: &[char]) {
    let is_figure = word.iter().all(|c| !c.is_alphabetic()) && word.len() <= 2 * LONGEST_WORD;
    if word.len() <= LONGEST_WORD || is_figure {
        text.extend(word);
        return;
    }
    for (place, piece) in word.chunks(BREAK_EVERY).enumerate() {
        if place > 0 {
            text.push('\u{200b}');
        }
        text.extend(piece);
    }
}

fn as_blank(c: char) -> char {
    if c.is_whitespace() || c.is_control() {
        ' '
    } else {
        c
    }
}

/// 双向控制符 — embeddings, overrides, isolates and marks: they would reorder the amounts beside them.
fn turns_direction(c: char) -> bool {
    matches!(c, '\u{200e}' | '\u{200f}' | '\u{061c}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

fn width(c: char) -> usize {
    match c {
        '\u{1100}'..='\u{115f}' | '\u{2e80}'..='\u{a4cf}' | '\u{ac00}'..='\u{d7a3}' => 2,
        '\u{f900}'..='\u{faff}' | '\u{fe30}'..='\u{fe4f}' | '\u{ff00}'..='\u{ff60}' => 2,
        '\u{2014}' | '\u{2018}'..='\u{201d}' | '\u{2026}' | '\u{1f000}'.. => 2,
        _ => 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_have_thousands_marks_and_ranges_a_wave() {
        let yuan = |fen| Yuan::from_fen(fen);
        let table = [
            (Amount::Exact(yuan(0)), "0.00"),
            (Amount::Exact(yuan(5)), "0.05"),
            (Amount::Exact(yuan(99_999)), "999.99"),
            (Amount::Exact(yuan(100_000)), "1,000.00"),
            (Amount::Exact(yuan(-123_456_789)), "-1,234,567.89"),
            (Amount::Exact(Yuan::LIMIT), "10,000,000,000.00"),
            (
                Amount::between(yuan(123_400), yuan(130_000)),
                "1,234.00 ～ 1,300.00",
            ),
            (Amount::UNKNOWN, "不知道"),
        ];
        for (amount, text) in table {
            assert_eq!(amount_text(amount, "不知道"), text);
        }
    }

    #[test]
    fn text_is_one_line_of_bounded_width() {
        assert_eq!(tidy("  王\n\t 小明\r\n", 40), "王 小明");
        assert_eq!(tidy("王小明王小明", 6), "王小明…");
        assert_eq!(tidy("abcdef", 6), "abcdef");
        assert_eq!(tidy("abc defg", 4), "abc…");
        assert_eq!(tidy("", 4), "");
    }

    #[test]
    fn direction_controls_are_dropped() {
        assert_eq!(tidy("\u{202e}王\u{2066}a\u{2069}\u{200f}", 40), "王a");
    }

    #[test]
    fn long_words_get_places_to_break_and_figures_none() {
        let word = tidy(&"a".repeat(100), 200);
        assert!(
            word.split('\u{200b}')
                .all(|piece| piece.len() <= BREAK_EVERY)
        );
        assert_eq!(word.replace('\u{200b}', ""), "a".repeat(100));
        for whole in [
            "10,000,000,000.00",
            "(48,512.77−1,300.00)×85%",
            "reimbursement",
            "王建国abc",
        ] {
            assert_eq!(tidy(whole, 200), whole);
        }
    }
}
