//! 文字 — the sentences of message codes in both languages.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use chrono::NaiveDate;
use gongji_domain::{Message, Yuan};
use gongji_policy::Phrase;
use serde::{Deserialize, Serialize};

use crate::formula::grouped;
use crate::words::{named, words};

/// 语言
#[derive(
    Clone,
    Copy,
    Debug,
    Default,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    specta::Type,
)]
pub enum Language {
    /// 中文
    #[default]
    #[serde(rename = "zh")]
    Chinese,
    /// English
    #[serde(rename = "en")]
    English,
}

impl Language {
    /// The language of a setting; Chinese where it is none.
    pub fn of(word: &str) -> Language {
        match word {
            "en" => Language::English,
            _ => Language::Chinese,
        }
    }
}

type Texts = BTreeMap<String, String>;

/// The sentences of messages, and those in which rules are told: a pair of files each.
#[derive(Default)]
struct Both {
    messages: Texts,
    policy: Texts,
}

static CHINESE: OnceLock<Both> = OnceLock::new();
static ENGLISH: OnceLock<Both> = OnceLock::new();

fn read(messages: &str, policy: &str) -> Both {
    // The files are compiled in and a test reads them, so an unreadable one cannot be shipped.
    Both {
        messages: serde_json::from_str(messages).unwrap_or_default(),
        policy: serde_json::from_str(policy).unwrap_or_default(),
    }
}

fn both(language: Language) -> &'static Both {
    match language {
        Language::Chinese => CHINESE.get_or_init(|| {
            read(
                include_str!("../messages/zh.json"),
                include_str!("../messages/policy.zh.json"),
            )
        }),
        Language::English => ENGLISH.get_or_init(|| {
            read(
                include_str!("../messages/en.json"),
                include_str!("../messages/policy.en.json"),
            )
        }),
    }
}

fn texts(language: Language) -> &'static Texts {
    &both(language).messages
}

/// The sentence of `message`; parameters that are themselves words of the domain (`part`, `fund`,
/// `relation`, …) are put into the language. A code without a text is shown as it stands.
pub fn text(language: Language, message: &Message) -> String {
    let Some(template) = texts(language).get(&message.code) else {
        return message.code.clone();
    };
    let mut sentence = template.clone();
    for (name, value) in &message.params {
        sentence = sentence.replace(
            &format!("{{{name}}}"),
            &word(language, message, name, value),
        );
    }
    sentence
}

/// A parameter in the language: a word of the domain, a place, or an amount; else as it stands.
fn word(language: Language, message: &Message, name: &str, value: &str) -> String {
    // A counter of a place, by its own name and by its word.
    if let ("name" | "counter_name", Some(id)) = (name, message.params.get("counter")) {
        return named(language, value, id);
    }
    // A class of institution in the same way.
    if let ("class_name", Some(id)) = (name, message.params.get("class")) {
        return named(language, value, id);
    }
    if let ("day", Ok(day)) = (name, value.parse::<NaiveDate>()) {
        return words(language, &Phrase::Day(day));
    }
    if let Some(word) = texts(language).get(&format!("{name}.{value}")) {
        // A kind of care stands inside the sentence.
        let inside = name == "part" && language == Language::English;
        return if inside { small(word) } else { word.clone() };
    }
    let is_place = name == "place" || name.ends_with("_place");
    match value.parse::<Yuan>() {
        _ if is_place => place(language, value),
        Ok(_) if value.contains('.') => grouped(value),
        _ => value.to_owned(),
    }
}

fn small(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| {
        format!("{}{}", first.to_lowercase(), letters.as_str())
    })
}

/// A place as the language calls it; English keeps the Chinese name, which is what stands on papers.
pub fn place(language: Language, name: &str) -> String {
    match (language, places().get(name)) {
        (Language::English, Some(english)) => format!("{english} ({name})"),
        _ => name.to_owned(),
    }
}

/// The English names of places by their Chinese ones.
fn places() -> &'static Texts {
    static PLACES: OnceLock<Texts> = OnceLock::new();
    PLACES.get_or_init(|| {
        serde_json::from_str(include_str!("../messages/places.en.json")).unwrap_or_default()
    })
}

/// The text of a plain key, such as a label; the key itself where there is none.
pub fn label(language: Language, key: &str) -> String {
    texts(language)
        .get(key)
        .cloned()
        .unwrap_or_else(|| key.to_owned())
}

/// The text of a key of the rules, or else of the messages.
pub fn policy_text(language: Language, key: &str) -> Option<&'static str> {
    let both = both(language);
    let found = both.policy.get(key).or_else(|| both.messages.get(key));
    found.map(String::as_str)
}

/// Every key of the texts in which rules are told.
pub fn policy_keys(language: Language) -> impl Iterator<Item = &'static str> {
    both(language).policy.keys().map(String::as_str)
}

/// Every key of a language's texts.
pub fn keys(language: Language) -> impl Iterator<Item = &'static str> {
    texts(language).keys().map(String::as_str)
}
