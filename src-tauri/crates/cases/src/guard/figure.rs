//! The figures of a policy file, and what each is changed to.

use chrono::NaiveDate;

/// 一个数 — where it stands in a file, and what it is changed to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Figure {
    /// 行，从 1 起
    pub(super) line: usize,
    /// 哪一段的哪个键
    pub(super) at: String,
    start: usize,
    end: usize,
    /// 原来的数
    pub(super) found: String,
    /// 改成
    pub(super) changed: String,
}

impl Figure {
    /// The text with this figure changed.
    pub(super) fn apply(&self, text: &str) -> String {
        let mut changed = text.to_owned();
        changed.replace_range(self.start..self.end, &self.changed);
        changed
    }
}

/// Keys whose values are words for people, or say where a figure comes from.
const NO_FIGURES: [&str; 14] = [
    "note",
    "ask",
    "title",
    "name",
    "number",
    "issuer",
    "url",
    "published",
    "checked_on",
    "source",
    "grade",
    "pool",
    "id",
    "order",
];

/// The figures of a policy file: amounts, shares, points, whole numbers and days.
pub(super) fn figures(text: &str) -> Vec<Figure> {
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    let mut figures = Vec::new();
    let (mut block, mut key) = (String::new(), String::new());
    let mut start = 0;
    for (at, line) in lines.iter().enumerate() {
        let bare = line.trim_start();
        if let Some(word) = key_of(bare) {
            word.clone_into(&mut key);
        }
        let is_head = bare.starts_with('[') && !bare.starts_with("[\"");
        if is_head {
            block = called(bare, lines.get(at + 1..).unwrap_or_default());
        } else if !bare.starts_with('#') && !NO_FIGURES.contains(&key.as_str()) {
            let place = format!("{block} {key}");
            figures.extend(in_line(line, at + 1, start, &place));
        }
        start += line.len();
    }
    figures
}

/// `key = …`
fn key_of(line: &str) -> Option<&str> {
    let (word, _) = line.split_once('=')?;
    let word = word.trim();
    let is_key = !word.is_empty() && word.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    is_key.then_some(word)
}

/// 段的称呼 — its name, its `id` and its day, so that it is found again when lines have moved.
fn called(head: &str, rest: &[&str]) -> String {
    let name = head.trim().trim_matches(['[', ']']);
    let own = rest
        .iter()
        .take_while(|line| !line.starts_with('['))
        .filter_map(|line| Some((key_of(line)?, line.split_once('=')?.1.trim())));
    let value = |wanted: &str| {
        own.clone()
            .find(|(key, _)| *key == wanted)
            .map(|(_, value)| value.trim_matches('"'))
    };
    let id = value("id").map(|id| format!("[{id}]")).unwrap_or_default();
    let from = value("from")
        .map(|day| format!(" {day}"))
        .unwrap_or_default();
    format!("{name}{id}{from}")
}

fn in_line(line: &str, number: usize, offset: usize, place: &str) -> Vec<Figure> {
    let mut found = Vec::new();
    let mut at = 0;
    let mut note = |start: usize, word: &str, changed: Option<String>| {
        if let Some(changed) = changed {
            found.push(Figure {
                line: number,
                at: place.to_owned(),
                start: offset + start,
                end: offset + start + word.len(),
                found: word.to_owned(),
                changed,
            });
        }
    };
    for (index, piece) in line.split('"').enumerate() {
        if index % 2 == 1 {
            note(at, piece, one_more(piece));
        } else {
            let piece = piece.split('#').next().unwrap_or(piece);
            let mut rest = at;
            let is_part = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
            for word in piece.split_inclusive(|c: char| !is_part(c)) {
                let bare = word.trim_end_matches(|c: char| !is_part(c));
                note(rest, bare, a_day_or_one_more(bare));
                rest += word.len();
            }
        }
        at += piece_len(line, at);
    }
    found
}

/// The length of the piece that starts at `at`, with the quote that ends it.
fn piece_len(line: &str, at: usize) -> usize {
    let rest = line.get(at..).unwrap_or_default();
    rest.find('"').map_or(rest.len(), |quote| quote + 1)
}

/// An amount one yuan, a share or some points one hundredth up; a whole down.
fn one_more(text: &str) -> Option<String> {
    if let Some(share) = text.strip_suffix('%') {
        return match share {
            "100" => Some("99%".to_owned()),
            _ => plus_one(share).map(|share| format!("{share}%")),
        };
    }
    if let Some(points) = text.strip_suffix("pt") {
        return plus_one(points).map(|points| format!("{points}pt"));
    }
    let (_, fen) = text.split_once('.')?;
    (fen.len() == 2).then(|| plus_one(text)).flatten()
}

/// One more in front of the point; what stands behind it stays.
fn plus_one(text: &str) -> Option<String> {
    let (whole, rest) = match text.split_once('.') {
        Some((whole, rest)) => (whole, format!(".{rest}")),
        None => (text, String::new()),
    };
    let whole: u64 = whole.parse().ok()?;
    let digits = rest.trim_start_matches('.');
    digits
        .chars()
        .all(|digit| digit.is_ascii_digit())
        .then(|| format!("{}{rest}", whole + 1))
}

fn a_day_or_one_more(word: &str) -> Option<String> {
    if let Ok(day) = word.parse::<NaiveDate>() {
        return day.succ_opt().map(|next| next.to_string());
    }
    word.parse::<u32>()
        .ok()
        .map(|number| (number + 1).to_string())
}
