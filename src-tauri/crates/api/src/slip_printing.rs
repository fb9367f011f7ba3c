//! 打印核对单 — the slip beside the estimate put into words for the sheet.

use chrono::NaiveDate;
use gongji_domain::{EstimateRequest, Message, Slip, SlipLine};
use gongji_engine::{DifferenceReport, Explanation, LineDifference};
use gongji_print::{Footer, SlipExplanation, SlipRow, SlipSheet, SlipWords, slip_pdf};

use crate::printing::{day, labels};
use crate::texts::{Language, label, text};
use crate::{ApiError, EstimateDraft, Gongji, SavedFile, SlipReport};

impl Gongji {
    /// 存核对单 — as a PDF in the print folder, under a name that no other file has.
    ///
    /// # Errors
    /// As [`Gongji::slip_compare`]; or where the file cannot be written.
    pub fn slip_report_save(
        &self,
        today: NaiveDate,
        draft: &EstimateDraft,
        slip: &Slip,
    ) -> Result<SavedFile, ApiError> {
        let view = self.slip_compare(draft, slip)?;
        let request = self.estimate(draft)?.request;
        let language = Language::of(&self.settings()?.language);
        let footer = Footer {
            version: env!("CARGO_PKG_VERSION").to_owned(),
            policy_hash: self.library.hash.clone(),
            input_hash: view.input_hash.clone(),
            printed_on: today,
        };
        let bytes = slip_pdf(&sheet(language, &view, &request, slip, footer))?;
        let name = format!("gongji-slip-{}-{}", draft.settled_on, &view.input_hash[..8]);
        self.save(&self.print_folder()?, &name, "pdf", &bytes)
    }
}

fn sheet(
    language: Language,
    view: &SlipReport,
    request: &EstimateRequest,
    slip: &Slip,
    footer: Footer,
) -> SlipSheet {
    let say = |key: &str| label(language, key);
    let report = &view.report;
    let tell = |messages: &[Message]| messages.iter().map(|one| text(language, one)).collect();
    let open = (!report.not_compared.is_empty()).then(|| {
        say("explain.not_compared").replace("{lines}", &line_names(language, &report.not_compared))
    });
    let mut notes: Vec<String> = tell(&view.notes);
    notes.extend(open);
    let mut labels = labels(language);
    labels.disclaimer = say("print.slip_disclaimer");
    SlipSheet {
        labels,
        words: words(language),
        title: say("print.slip_title"),
        member: view.member_name.clone(),
        place: view.place.clone(),
        benefit: say(&format!("part.{}", request.part.word())),
        institution: slip.hospital.clone().or_else(|| view.class_name.clone()),
        day: day(language, request.visit.settled_on),
        number: slip.number.clone(),
        rows: report
            .lines
            .iter()
            .map(|line| row(language, line))
            .collect(),
        verdict: verdict(report).map(say),
        contradictions: tell(&view.contradictions),
        explanations: report
            .explanations
            .iter()
            .map(|explanation| SlipExplanation {
                sentence: explained(language, explanation),
                agreeing: agreeing(language, explanation),
            })
            .collect(),
        ask: report.ask.as_ref().map(|ask| text(language, ask)),
        notes,
        footer,
    }
}

/// 一句话的结论 — where there is nothing to explain, or nothing that explains.
pub fn verdict(report: &DifferenceReport) -> Option<&'static str> {
    match (report.agrees, report.explanations.is_empty()) {
        (true, _) => Some("explain.agrees"),
        (false, true) => Some("explain.none"),
        (false, false) => None,
    }
}

/// 「如果…，就和结算单一致」 — never a fact.
pub fn explained(language: Language, explanation: &Explanation) -> String {
    let changes = explanation.changes.iter();
    let changes: Vec<String> = changes.map(|change| text(language, change)).collect();
    let code = match explanation.whole {
        true => "explain.whole",
        false => "explain.partial",
    };
    label(language, code)
        .replace("{changes}", &changes.join(&label(language, "explain.and")))
        .replace("{n}", &explanation.agreeing.len().to_string())
        .replace("{of}", &explanation.compared.to_string())
}

/// Which lines would agree, where not all would.
fn agreeing(language: Language, explanation: &Explanation) -> Option<String> {
    let lines = || line_names(language, &explanation.agreeing);
    (!explanation.whole).then(|| label(language, "explain.agreeing").replace("{lines}", &lines()))
}

/// 各行的名称，连成一句
pub fn line_names(language: Language, lines: &[SlipLine]) -> String {
    let between = match language {
        Language::Chinese => "、",
        Language::English => ", ",
    };
    let names: Vec<String> = lines
        .iter()
        .map(|line| line_name(language, *line))
        .collect();
    names.join(between)
}

/// 一行的名称 — as it stands on the slip.
pub fn line_name(language: Language, line: SlipLine) -> String {
    label(language, &format!("slip_line.{}", line.word()))
}

fn row(language: Language, line: &LineDifference) -> SlipRow {
    SlipRow {
        label: line_name(language, line.line),
        ours: line.estimated,
        slip: line.slip,
        difference: line.difference,
    }
}

fn words(language: Language) -> SlipWords {
    let say = |key: &str| label(language, &format!("print.slip_{key}"));
    SlipWords {
        number: say("number"),
        line: say("line"),
        ours: say("ours"),
        slip: say("slip"),
        difference: say("difference"),
        not_estimated: say("not_estimated"),
        contradictions: say("contradictions"),
        explanations: say("explanations"),
        ask: label(language, "explain.ask_title"),
    }
}
