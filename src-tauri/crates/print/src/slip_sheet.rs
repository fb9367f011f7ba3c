use gongji_domain::{Amount, Yuan};
use serde::Serialize;
use serde_json::{Value, json};

use crate::paper::{Room, Setter, language_word};
use crate::wording::{grouped, tidy};
use crate::{Footer, Labels};

/// 核对单 — a real slip beside the estimate, to take to the counter. Every text is already in the
/// reader's language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SlipSheet {
    /// 固定文字 — those of the estimate, with a disclaimer of its own.
    pub labels: Labels,
    /// 核对单自己的固定文字
    pub words: SlipWords,
    /// 标题
    pub title: String,
    /// 参保人
    pub member: String,
    /// 统筹区
    pub place: String,
    /// 待遇
    pub benefit: String,
    /// 医院名称或机构类别
    pub institution: Option<String>,
    /// 结算日
    pub day: String,
    /// 结算单号
    pub number: Option<String>,
    /// 各行
    pub rows: Vec<SlipRow>,
    /// 一句话的结论：一致，或没有找到原因
    pub verdict: Option<String>,
    /// 单子自己对不上的地方
    pub contradictions: Vec<String>,
    /// 可能的原因
    pub explanations: Vec<SlipExplanation>,
    /// 到窗口问什么
    pub ask: Option<String>,
    /// 备注
    pub notes: Vec<String>,
    /// 页脚
    pub footer: Footer,
}

/// 核对单的一行
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SlipRow {
    /// 名称
    pub label: String,
    /// 估算；不估算的没有
    pub ours: Option<Amount>,
    /// 结算单
    pub slip: Yuan,
    /// 差额
    pub difference: Option<Yuan>,
}

/// 一种可能的原因
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SlipExplanation {
    /// 「如果…，就和结算单一致」
    pub sentence: String,
    /// 那样就一致的行
    pub agreeing: Option<String>,
}

/// 核对单自己的固定文字
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SlipWords {
    /// 「结算单号」
    pub number: String,
    /// 「结算单的一行」
    pub line: String,
    /// 「我们估算」
    pub ours: String,
    /// 「结算单」
    pub slip: String,
    /// 「差额」
    pub difference: String,
    /// 「不估算」
    pub not_estimated: String,
    /// 「单子自己对不上的地方」
    pub contradictions: String,
    /// 「可能的原因」
    pub explanations: String,
    /// 「到窗口这样问」
    pub ask: String,
}

/// The sheet as its template reads it.
pub(crate) fn slip_paper(sheet: &SlipSheet) -> Value {
    let setter = Setter::new(&sheet.labels.unknown, &Room::FULL);
    let texts =
        |texts: &[String]| -> Vec<String> { texts.iter().map(|text| setter.prose(text)).collect() };
    let explanations: Vec<Value> = sheet
        .explanations
        .iter()
        .map(|explanation| {
            json!({
                "sentence": setter.prose(&explanation.sentence),
                "agreeing": explanation.agreeing.as_deref().map(|text| setter.prose(text)),
            })
        })
        .collect();
    json!({
        "language": language_word(sheet.labels.language),
        "labels": sheet.labels,
        "words": sheet.words,
        "title": tidy(&sheet.title, 120),
        "running": [tidy(&sheet.title, 36), tidy(&sheet.member, 24), tidy(&sheet.day, 30)],
        "member": setter.name(&sheet.member),
        "place": setter.name(&sheet.place),
        "benefit": setter.name(&sheet.benefit),
        "institution": sheet.institution.as_deref().map(|text| setter.name(text)),
        "day": setter.name(&sheet.day),
        "number": sheet.number.as_deref().map(|text| setter.name(text)),
        "rows": sheet.rows.iter().map(|row| self::row(&setter, row, &sheet.words)).collect::<Vec<_>>(),
        "verdict": sheet.verdict.as_deref().map(|text| setter.prose(text)),
        "contradictions": texts(&sheet.contradictions),
        "explanations": explanations,
        "ask": sheet.ask.as_deref().map(|text| setter.prose(text)),
        "notes": texts(&sheet.notes),
        "footer": setter.footer(&sheet.footer, sheet.labels.language),
    })
}

fn row(setter: &Setter<'_>, row: &SlipRow, words: &SlipWords) -> Value {
    let signed = |by: Yuan| match by.is_negative() || by.is_zero() {
        true => grouped(by),
        false => format!("+{}", grouped(by)),
    };
    json!({
        "label": setter.name(&row.label),
        "ours": match row.ours {
            Some(amount) => setter.amount(amount),
            None => setter.name(&words.not_estimated),
        },
        "said": row.ours.is_none(),
        "slip": grouped(row.slip),
        "difference": row.difference.map(signed),
        "differs": row.difference.is_some_and(|by| !by.is_zero()),
    })
}
