//! 文字 — the sentences of message codes in both languages.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use gongji_domain::Message;

/// 语言
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Language {
    /// 中文
    #[default]
    Chinese,
    /// English
    English,
}

type Texts = BTreeMap<String, String>;

static CHINESE: OnceLock<Texts> = OnceLock::new();
static ENGLISH: OnceLock<Texts> = OnceLock::new();

fn texts(language: Language) -> &'static Texts {
    // The files are compiled in and a test reads them, so an unreadable one cannot be shipped.
    match language {
        Language::Chinese => CHINESE.get_or_init(|| {
            serde_json::from_str(include_str!("../messages/zh.json")).unwrap_or_default()
        }),
        Language::English => ENGLISH.get_or_init(|| {
            serde_json::from_str(include_str!("../messages/en.json")).unwrap_or_default()
        }),
    }
}

/// The sentence of `message`; parameters that are themselves words of the domain (`part`, `fund`,
/// `relation`, …) are put into the language. A code without a text is shown as it stands.
pub fn text(language: Language, message: &Message) -> String {
    let Some(template) = texts(language).get(&message.code) else {
        return message.code.clone();
    };
    let mut sentence = template.clone();
    for (name, value) in &message.params {
        let word = texts(language).get(&format!("{name}.{value}"));
        sentence = sentence.replace(&format!("{{{name}}}"), word.map_or(value, |word| word));
    }
    sentence
}

/// The text of a plain key, such as a label; the key itself where there is none.
pub fn label(language: Language, key: &str) -> String {
    texts(language)
        .get(key)
        .cloned()
        .unwrap_or_else(|| key.to_owned())
}

/// Every key of a language's texts.
pub fn keys(language: Language) -> impl Iterator<Item = &'static str> {
    texts(language).keys().map(String::as_str)
}
