//! 短语 — what is to be said, in no language yet: the front ends' text files put it into words.

use chrono::NaiveDate;
use gongji_domain::{Month, Rate, Yuan};

use crate::cells::Cell;
use crate::terms::{FIXED, Fixed};

/// 短语
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Phrase {
    /// A text of the text files, and what stands in its places
    Text {
        /// Key of the text
        key: String,
        /// Its places by name
        with: Vec<(&'static str, Phrase)>,
    },
    /// A word of the format (text `word.…`), or else the name that the place gave
    Word {
        /// As it stands in the file
        word: String,
        /// What the place calls it
        name: Option<String>,
    },
    /// What the place calls its own — a class, a plan, a sub-account; the word tells a foreigner
    /// what kind of thing it is
    Own {
        /// What the place calls it
        name: String,
        /// As it stands in the file
        word: String,
    },
    /// As it stands: a name, a title, a note
    Name(String),
    /// 金额
    Amount(Yuan),
    /// 比例
    Rate(Rate),
    /// 百分点
    Points(Rate),
    /// 数
    Number(i64),
    /// 日期
    Day(NaiveDate),
    /// 每年的一天
    DayOfYear {
        /// 1 to 12
        month: u32,
        /// Day of the month
        day: u32,
    },
    /// 月份
    Month(Month),
    /// Things of one kind: 「甲、乙」
    List(Vec<Phrase>),
    /// Conditions and additions one after another: 「甲，乙」
    Clauses(Vec<Phrase>),
}

impl Phrase {
    /// A text without places, or with none filled yet.
    pub fn text(key: impl Into<String>) -> Phrase {
        Phrase::Text {
            key: key.into(),
            with: Vec::new(),
        }
    }

    /// The same text with `{place}` filled; any other phrase stays as it is.
    #[must_use]
    pub fn with(mut self, place: &'static str, value: impl Into<Phrase>) -> Phrase {
        if let Phrase::Text { with, .. } = &mut self {
            with.push((place, value.into()));
        }
        self
    }

    /// A word of the format that nobody has given a name.
    pub fn word(word: impl Into<String>) -> Phrase {
        Phrase::Word {
            word: word.into(),
            name: None,
        }
    }

    /// As it stands.
    pub fn name(text: impl Into<String>) -> Phrase {
        Phrase::Name(text.into())
    }

    /// A fixed word of the format, text `kind.word`.
    pub(crate) fn fixed<T: Fixed>(word: T) -> Phrase {
        Phrase::fixed_as(&snake(T::KIND), word)
    }

    /// The same where a block says it in its own way, text `kind.word`.
    pub(crate) fn fixed_as<T: Fixed>(kind: &str, word: T) -> Phrase {
        Phrase::text(format!("{kind}.{}", snake(word.variant())))
    }

    /// Whether it says that nobody knows.
    pub fn is_unknown(&self) -> bool {
        match self {
            Phrase::Text { key, .. } => key == "unknown" || key.ends_with(".unknown"),
            Phrase::Word { word, .. } => word == "unknown",
            _ => false,
        }
    }

    /// Whether it is the text of this key.
    pub fn is_text(&self, wanted: &str) -> bool {
        matches!(self, Phrase::Text { key, .. } if key == wanted)
    }

    /// The keys that the text files must have for it.
    pub fn keys(&self) -> Vec<String> {
        match self {
            Phrase::Text { key, with } => std::iter::once(key.clone())
                .chain(with.iter().flat_map(|(_, phrase)| phrase.keys()))
                .collect(),
            Phrase::Word { word, name: None } => vec![format!("word.{word}")],
            Phrase::List(phrases) | Phrase::Clauses(phrases) => {
                phrases.iter().flat_map(Phrase::keys).collect()
            }
            _ => Vec::new(),
        }
    }
}

/// 格式里的固定词 — the key of every text that a block's name or a fixed word needs.
pub fn vocabulary() -> Vec<String> {
    let names = crate::Body::NAMES
        .iter()
        .map(|name| format!("title.{name}"));
    let fixed = FIXED.iter().flat_map(|(kind, variants)| {
        variants
            .iter()
            .map(|variant| format!("{}.{}", snake(kind), snake(variant)))
    });
    names.chain(fixed).collect()
}

/// `HalfUp` as the files write it: `half_up`.
fn snake(name: &str) -> String {
    let mut said = String::new();
    for letter in name.chars() {
        if letter.is_ascii_uppercase() && !said.is_empty() {
            said.push('_');
        }
        said.push(letter.to_ascii_lowercase());
    }
    said
}

impl From<Yuan> for Phrase {
    fn from(yuan: Yuan) -> Phrase {
        Phrase::Amount(yuan)
    }
}

impl From<Rate> for Phrase {
    fn from(rate: Rate) -> Phrase {
        Phrase::Rate(rate)
    }
}

impl From<u32> for Phrase {
    fn from(number: u32) -> Phrase {
        Phrase::Number(number.into())
    }
}

impl From<i32> for Phrase {
    fn from(number: i32) -> Phrase {
        Phrase::Number(number.into())
    }
}

impl From<NaiveDate> for Phrase {
    fn from(day: NaiveDate) -> Phrase {
        Phrase::Day(day)
    }
}

impl From<Month> for Phrase {
    fn from(month: Month) -> Phrase {
        Phrase::Month(month)
    }
}

impl From<bool> for Phrase {
    fn from(yes: bool) -> Phrase {
        Phrase::text(if yes { "yes" } else { "no" })
    }
}

/// A cell of a table: 「不限」「未查到」「90%」「1,800.00 元」.
impl From<Cell> for Phrase {
    fn from(cell: Cell) -> Phrase {
        match cell {
            Cell::Yuan(yuan) => Phrase::Amount(yuan),
            Cell::Rate(rate) => Phrase::Rate(rate),
            Cell::Points(rate) => Phrase::Points(rate),
            Cell::NoLimit => Phrase::text("no_limit"),
            Cell::Unknown => Phrase::text("unknown"),
            Cell::Entered => Phrase::text("entered"),
        }
    }
}
