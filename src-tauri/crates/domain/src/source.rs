use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use specta::Type;

/// 可信等级 — how far a figure may be trusted, best first; comparing two gives the weaker as the
/// greater one.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Type,
)]
#[serde(rename_all = "snake_case")]
pub enum Grade {
    /// 官方 — the issuing body, or the press quoting it.
    Official,
    /// 转载 — a third-party copy worded like the notice.
    Copy,
    /// 仅线索 — a lead only; off unless the user switches such figures on.
    Claimed,
    /// 本人填写 — a figure that the household itself stated.
    Stated,
}

impl Grade {
    /// The word used in files and on the wire.
    pub fn word(self) -> &'static str {
        match self {
            Grade::Official => "official",
            Grade::Copy => "copy",
            Grade::Claimed => "claimed",
            Grade::Stated => "stated",
        }
    }
}

/// 出处 — the document (and article) a figure stands in.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Type)]
#[serde(deny_unknown_fields)]
pub struct SourceRef {
    /// 标题
    pub title: String,
    /// 文号
    #[serde(default)]
    pub number: Option<String>,
    /// 发文机关
    #[serde(default)]
    pub issuer: Option<String>,
    /// 条款 — "第八条", where the block names one.
    #[serde(default)]
    pub article: Option<String>,
    /// 公布日期
    #[serde(default)]
    pub published: Option<NaiveDate>,
    /// 网址 — only of an issuing body or the press.
    #[serde(default)]
    pub url: Option<String>,
    /// 与官方核对的日期 — absent: never compared with the issuing body's page.
    #[serde(default)]
    pub checked_on: Option<NaiveDate>,
    /// 可信等级
    pub grade: Grade,
}

impl SourceRef {
    /// 怎么引 — title, number and article as they stand in a text; what somebody said bears no 书名号.
    pub fn cited(&self) -> String {
        let number = self.number.as_deref().unwrap_or_default();
        let article = self.article.as_deref().unwrap_or_default();
        match self.grade {
            Grade::Stated => format!("{}{number}{article}", self.title),
            _ => format!("《{}》{number}{article}", self.title),
        }
    }
}

/// 规则段 — which dated block of which policy file was used.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Type)]
#[serde(deny_unknown_fields)]
pub struct BlockRef {
    /// Path of the file inside the policy library.
    pub file: String,
    /// Name of the block (`deductible`, `rate`, …).
    pub block: String,
    /// The block's `id`, where several of one name stand side by side.
    #[serde(default)]
    pub id: Option<String>,
    /// 施行日 — in force from this day.
    pub from: NaiveDate,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_stands_in_its_marks_and_hearsay_does_not() {
        let source = |title: &str, grade| SourceRef {
            title: title.to_owned(),
            number: None,
            issuer: None,
            article: Some("第八条".to_owned()),
            published: None,
            url: None,
            checked_on: None,
            grade,
        };
        assert_eq!(source("办法", Grade::Copy).cited(), "《办法》第八条");
        let said = SourceRef {
            article: None,
            ..source("12393 电话", Grade::Stated)
        };
        assert_eq!(said.cited(), "12393 电话");
    }
}
