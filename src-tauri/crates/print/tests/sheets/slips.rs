//! Slips beside estimates.

use gongji_domain::Amount;
use gongji_print::{SlipExplanation, SlipRow, SlipSheet, SlipWords};

use super::{chinese, exact, range, short, yuan};

fn row(label: &str, ours: Option<Amount>, slip: &str, difference: Option<&str>) -> SlipRow {
    SlipRow {
        label: label.into(),
        ours,
        slip: yuan(slip),
        difference: difference.map(yuan),
    }
}

/// A slip that differs in two lines, with one line open and one that is not estimated.
pub fn slip() -> SlipSheet {
    let estimate = short();
    let mut labels = chinese();
    labels.disclaimer = "估算与结算单的核对，非结算凭证".into();
    SlipSheet {
        labels,
        words: SlipWords {
            number: "结算单号".into(),
            line: "结算单的一行".into(),
            ours: "我们估算".into(),
            slip: "结算单".into(),
            difference: "差额".into(),
            not_estimated: "不估算".into(),
            contradictions: "单子自己对不上的地方".into(),
            explanations: "可能的原因（只是如果，不是结论）".into(),
            ask: "到窗口这样问".into(),
        },
        title: "结算单核对单".into(),
        member: estimate.member,
        place: estimate.place,
        benefit: estimate.benefit,
        institution: Some("示例市第一人民医院".into()),
        day: estimate.day,
        number: Some("JS20260301001".into()),
        rows: vec![
            row(
                "医疗费总额",
                Some(exact("3201.05")),
                "3201.05",
                Some("0.00"),
            ),
            row(
                "统筹基金支付",
                Some(exact("786.70")),
                "1086.70",
                Some("300.00"),
            ),
            row(
                "个人负担合计",
                Some(exact("2414.35")),
                "2114.35",
                Some("-300.00"),
            ),
            row("现金支付", Some(range("50.32", "116.32")), "60.00", None),
            row("医院负担", None, "0.00", None),
        ],
        verdict: None,
        contradictions: vec![
            "单子自己对不上：总额写的是 3,201.05 元，加起来是 3,201.06 元。".into(),
        ],
        explanations: vec![SlipExplanation {
            sentence: "如果按「二级医院」算，就和结算单一致。".into(),
            agreeing: Some("那样就一致的行：统筹基金支付、个人负担合计".into()),
        }],
        ask: Some("「现金支付」这一行，单子上是 60.00 元，请问这个数是怎么算的？".into()),
        notes: vec!["单子上没有填共济付了多少。".into()],
        footer: estimate.footer,
    }
}

/// Every text is `text`.
pub fn hostile_slip(text: &str) -> SlipSheet {
    let own = || text.to_owned();
    let mut sheet = slip();
    for said in [
        &mut sheet.title,
        &mut sheet.member,
        &mut sheet.place,
        &mut sheet.benefit,
        &mut sheet.day,
    ] {
        *said = own();
    }
    sheet.institution = Some(own());
    sheet.number = Some(own());
    sheet.verdict = Some(own());
    sheet.ask = Some(own());
    sheet.contradictions = vec![own(), own()];
    sheet.notes = vec![own()];
    for row in &mut sheet.rows {
        row.label = own();
    }
    for explanation in &mut sheet.explanations {
        explanation.sentence = own();
        explanation.agreeing = Some(own());
    }
    sheet
}
