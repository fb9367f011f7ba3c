//! 说法 — the phrases of the policy screen in words, from the text files of both languages.

use chrono::NaiveDate;
use gongji_domain::{Month, Yuan};
use gongji_policy::Phrase;

use crate::Language;
use crate::texts::policy_text;

/// A phrase in the words of `language`, as part of a sentence.
pub fn words(language: Language, phrase: &Phrase) -> String {
    let said = |key: &str| said(language, key);
    match phrase {
        Phrase::Text { key, with } => text(language, key, with),
        Phrase::Word { word, name } => policy_text(language, &format!("word.{word}"))
            .map(str::to_owned)
            .or_else(|| name.clone())
            .unwrap_or_else(|| word.clone()),
        Phrase::Own { name, word } => own(language, name, word),
        Phrase::Name(name) => name.clone(),
        Phrase::Amount(yuan) => said("amount").replace("{yuan}", &grouped(*yuan)),
        Phrase::Rate(rate) => rate.to_string(),
        Phrase::Points(rate) => {
            let points = rate.to_string();
            said("points").replace("{n}", points.trim_end_matches('%'))
        }
        Phrase::Number(number) => number.to_string(),
        Phrase::Day(day) => day.format(&said("format.day")).to_string(),
        Phrase::DayOfYear { month, day } => day_of_year(language, *month, *day),
        Phrase::Month(month) => month_of(language, *month),
        Phrase::List(phrases) => joined(language, phrases, "join.list"),
        Phrase::Clauses(phrases) => joined(language, phrases, "join.clauses"),
    }
}

/// The same where it stands alone: English begins it with a capital.
pub fn heading(language: Language, phrase: &Phrase) -> String {
    let said = words(language, phrase);
    let mut letters = said.chars();
    match (language, letters.next()) {
        (Language::English, Some(first)) if first.is_ascii_lowercase() => {
            format!("{}{}", first.to_ascii_uppercase(), letters.as_str())
        }
        _ => said,
    }
}

/// What a place calls its own, by the word of its block.
pub(crate) fn named(language: Language, name: &str, word: &str) -> String {
    let phrase = Phrase::Own {
        name: name.to_owned(),
        word: word.to_owned(),
    };
    heading(language, &phrase)
}

/// The text of a key; the key itself where there is none.
fn said(language: Language, key: &str) -> String {
    policy_text(language, key).unwrap_or(key).to_owned()
}

fn text(language: Language, key: &str, with: &[(&'static str, Phrase)]) -> String {
    // 「1 month」 and 「2 months」: where one thing is said in a way of its own.
    let one = with.iter().any(|(_, value)| *value == Phrase::Number(1));
    let one = one
        .then(|| policy_text(language, &format!("{key}.one")))
        .flatten();
    let mut sentence = one.map_or_else(|| said(language, key), str::to_owned);
    for (place, value) in with {
        sentence = sentence.replace(&format!("{{{place}}}"), &words(language, value));
    }
    sentence
}

/// What a place calls its own exists in Chinese only. English says what kind of thing it is, where
/// the format has a word for that, and keeps the name, which is what stands on slips and counters.
fn own(language: Language, name: &str, word: &str) -> String {
    let kind = match language {
        Language::Chinese => None,
        Language::English => policy_text(language, &format!("word.{word}")),
    };
    match kind {
        Some(kind) => {
            // No brackets within brackets.
            let key = match name.contains('（') {
                true => "kind_beside_name",
                false => "kind_and_name",
            };
            said(language, key)
                .replace("{kind}", kind)
                .replace("{name}", name)
        }
        None => name.to_owned(),
    }
}

fn joined(language: Language, phrases: &[Phrase], between: &str) -> String {
    let phrases: Vec<String> = phrases.iter().map(|one| words(language, one)).collect();
    phrases.join(&said(language, between))
}

/// 1234567.89 → 1,234,567.89; whole yuan without their fen, as the documents write them
fn grouped(yuan: Yuan) -> String {
    let text = yuan.to_string();
    let (sign, digits) = match text.strip_prefix('-') {
        Some(digits) => ("-", digits),
        None => ("", text.as_str()),
    };
    let (whole, cents) = digits.split_once('.').unwrap_or((digits, "00"));
    let mut grouped = String::new();
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    match cents {
        "00" => format!("{sign}{grouped}"),
        _ => format!("{sign}{grouped}.{cents}"),
    }
}

fn day_of_year(language: Language, month: u32, day: u32) -> String {
    // A leap year has every day that a rule may name.
    match NaiveDate::from_ymd_opt(2000, month, day) {
        Some(day) => day
            .format(&said(language, "format.day_of_year"))
            .to_string(),
        None => format!("{month:02}-{day:02}"),
    }
}

fn month_of(language: Language, month: Month) -> String {
    month
        .first_day()
        .format(&said(language, "format.month"))
        .to_string()
}
