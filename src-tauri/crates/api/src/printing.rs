//! 打印结算估算 — the estimate put into words for the sheet.

use std::path::PathBuf;

use chrono::NaiveDate;
use gongji_domain::{Amount, Bill, EstimateRequest, SettlementEstimate, Step, Yuan};
use gongji_policy::Library;
use gongji_print::{
    EstimateSheet, Footer, Form, Labels, PrintError, Question, Reading, Share, SharePart, SlipLine,
    Split, StepLine, pdf, svg_pages,
};

use crate::formula::{in_words, scope_in_words};
use crate::texts::{Language, label, text};
use crate::words::named;
use crate::{ApiError, ErrorCode, EstimateDraft, EstimateView, Gongji, PaperForm, SavedFile};

const NOTHING: Amount = Amount::Exact(Yuan::ZERO);

impl Gongji {
    /// 打印预览 — the pages of the very sheet that would be saved, as SVG.
    ///
    /// # Errors
    /// As [`Gongji::estimate`]; or where the pages cannot be set.
    pub fn estimate_preview(
        &self,
        today: NaiveDate,
        draft: &EstimateDraft,
        form: PaperForm,
    ) -> Result<Vec<String>, ApiError> {
        let view = self.estimate(draft)?;
        Ok(svg_pages(&self.sheet(&view, today)?, paper(form))?)
    }

    /// 存成 PDF — in the print folder, under a name that no other file has.
    ///
    /// # Errors
    /// As [`Gongji::estimate_preview`]; or where the file cannot be written.
    pub fn estimate_save(
        &self,
        today: NaiveDate,
        draft: &EstimateDraft,
        form: PaperForm,
    ) -> Result<SavedFile, ApiError> {
        let view = self.estimate(draft)?;
        let bytes = pdf(&self.sheet(&view, today)?, paper(form))?;
        let kind = match form {
            PaperForm::Full => "estimate",
            PaperForm::Counter => "counter",
        };
        let name = format!(
            "gongji-{kind}-{}-{}",
            draft.settled_on,
            &view.input_hash[..8]
        );
        self.save(&self.print_folder()?, &name, "pdf", &bytes)
    }

    fn sheet(&self, view: &EstimateView, today: NaiveDate) -> Result<EstimateSheet, ApiError> {
        let language = Language::of(&self.settings()?.language);
        Ok(sheet(language, view, today, &self.library.hash))
    }

    /// Writes a file beside others without ever replacing one.
    pub(crate) fn save(
        &self,
        folder: &std::path::Path,
        name: &str,
        ending: &str,
        bytes: &[u8],
    ) -> Result<SavedFile, ApiError> {
        let path = free_path(folder, name, ending);
        let written = std::fs::create_dir_all(folder).and_then(|()| {
            let part = path.with_extension("part");
            std::fs::write(&part, bytes)?;
            std::fs::rename(&part, &path)
        });
        written.map_err(|error| ApiError::cannot_write(&path, &error))?;
        Ok(SavedFile {
            path: path.display().to_string(),
            folder: folder.display().to_string(),
        })
    }
}

fn free_path(folder: &std::path::Path, name: &str, ending: &str) -> PathBuf {
    let first = folder.join(format!("{name}.{ending}"));
    if !first.exists() {
        return first;
    }
    (2..)
        .map(|n| folder.join(format!("{name}-{n}.{ending}")))
        .find(|path| !path.exists())
        .unwrap_or(first)
}

fn paper(form: PaperForm) -> Form {
    match form {
        PaperForm::Full => Form::Full,
        PaperForm::Counter => Form::Counter,
    }
}

/// The PDF of a request that belongs to no household, as the command line prints it.
///
/// # Errors
/// Where the pages cannot be set.
pub fn print_request(
    language: Language,
    library: &Library,
    request: &EstimateRequest,
    estimate: &SettlementEstimate,
    today: NaiveDate,
    form: PaperForm,
) -> Result<Vec<u8>, ApiError> {
    let rules = library.rules(
        &request.pool,
        request.scheme.word(),
        request.visit.settled_on,
    );
    let place = rules.as_ref().map_or_else(
        || request.pool.to_string(),
        |rules| crate::place(language, &rules.pool.name),
    );
    let class_name = request.visit.class.as_ref().map(|class| {
        rules.as_ref().map_or_else(
            || class.clone(),
            |rules| named(language, &rules.name(class), class),
        )
    });
    let view = EstimateView {
        member_name: label(
            language,
            &format!("status.{}", request.member.status.word()),
        ),
        place,
        class_name,
        input_hash: crate::estimates::input_hash(request),
        request: request.clone(),
        estimate: estimate.clone(),
    };
    Ok(pdf(
        &sheet(language, &view, today, &library.hash),
        paper(form),
    )?)
}

fn sheet(
    language: Language,
    view: &EstimateView,
    today: NaiveDate,
    policy_hash: &str,
) -> EstimateSheet {
    let say = |key: &str| label(language, key);
    let estimate = &view.estimate;
    EstimateSheet {
        labels: labels(language),
        title: say("print.title"),
        member: view.member_name.clone(),
        place: view.place.clone(),
        benefit: say(&format!("part.{}", view.request.part.word())),
        institution: view.class_name.clone(),
        day: day(language, view.request.visit.settled_on),
        total: estimate.lines.total,
        split: split(language, estimate),
        lines: lines(language, &view.request.bill, estimate),
        reasons: reasons(language, estimate),
        steps: estimate
            .steps
            .iter()
            .map(|step| step_line(language, step, &view.request.bill))
            .collect(),
        questions: questions(language, estimate),
        ask_at_counter: ["print.ask_1", "print.ask_2", "print.ask_3"]
            .map(say)
            .to_vec(),
        weakest: weakest(language, estimate),
        notes: notes(language, estimate),
        footer: Footer {
            version: env!("CARGO_PKG_VERSION").to_owned(),
            policy_hash: policy_hash.to_owned(),
            input_hash: view.input_hash.clone(),
            printed_on: today,
        },
    }
}

pub(crate) fn day(language: Language, day: NaiveDate) -> String {
    match language {
        Language::Chinese => day.format("%Y年%-m月%-d日").to_string(),
        Language::English => day.format("%-d %b %Y").to_string(),
    }
}

fn split(language: Language, estimate: &SettlementEstimate) -> Split {
    let payers = &estimate.payers;
    let part = |key: &str, amount: Amount| SharePart {
        label: label(language, key),
        amount,
        note: None,
    };
    let funds = [
        ("payer.pool", payers.pool_paid),
        ("payer.retiree_supplement", payers.retiree_supplement_paid),
        (
            "payer.large_expense_subsidy",
            payers.large_expense_subsidy_paid,
        ),
        ("payer.serious_illness", payers.serious_illness_paid),
        (
            "payer.civil_servant_subsidy",
            payers.civil_servant_subsidy_paid,
        ),
        ("payer.employer_supplement", payers.employer_supplement_paid),
        ("payer.medical_assistance", payers.medical_assistance_paid),
    ];
    Split {
        fund: Share {
            amount: payers.fund_paid,
            note: None,
            parts: funds
                .into_iter()
                .filter(|(_, amount)| *amount != NOTHING)
                .map(|(key, amount)| part(key, amount))
                .collect(),
        },
        own_account: Share {
            amount: payers.own_account_paid,
            note: None,
            parts: Vec::new(),
        },
        family: Share {
            amount: payers.mutual_aid_paid,
            note: None,
            parts: payers
                .aid
                .iter()
                .map(|donor| SharePart {
                    label: donor.name.clone(),
                    amount: donor.paid,
                    note: donor.refused.as_ref().map(|why| text(language, why)),
                })
                .collect(),
        },
        cash: Share {
            amount: payers.cash_paid,
            note: None,
            parts: Vec::new(),
        },
    }
}

fn lines(language: Language, bill: &Bill, estimate: &SettlementEstimate) -> Vec<SlipLine> {
    let (lines, payers) = (&estimate.lines, &estimate.payers);
    // What the rules themselves make of it is no empty field any more.
    let empty = |typed: Option<Yuan>, line: Amount| {
        (typed.is_none() && line == NOTHING).then(|| label(language, "print.left_empty"))
    };
    let outside = [
        (
            "line.full_self_pay",
            lines.full_self_pay,
            bill.full_self_pay,
        ),
        ("line.over_limit", lines.over_limit, bill.over_limit),
        (
            "line.upfront_copay",
            lines.upfront_copay,
            bill.upfront_copay,
        ),
    ]
    .map(|(key, line, typed)| SlipLine {
        label: label(language, key),
        amount: line,
        instead: empty(typed, line),
        emphasised: false,
    });
    let line = |(key, amount, emphasised): (&str, Amount, bool)| SlipLine {
        label: label(language, key),
        amount,
        instead: None,
        emphasised,
    };
    let total = line(("line.total", lines.total, true));
    let others = [
        ("line.in_scope", lines.in_scope, false),
        ("line.deductible_paid", lines.deductible_paid, false),
        ("line.coinsurance", lines.coinsurance, false),
        ("line.over_cap", lines.over_cap, false),
        ("line.fund_paid", payers.fund_paid, true),
        ("line.patient_paid", payers.patient_paid, true),
    ];
    std::iter::once(total)
        .chain(outside)
        .chain(others.map(line))
        .collect()
}

fn reasons(language: Language, estimate: &SettlementEstimate) -> Vec<SlipLine> {
    let reasons = &estimate.reasons;
    [
        ("slice.full_self_pay", reasons.full_self_pay),
        ("slice.over_limit", reasons.over_limit),
        ("slice.upfront_copay", reasons.upfront_copay),
        ("slice.not_paid", reasons.not_paid),
        ("slice.account_segment", reasons.account_segment),
        ("slice.deductible", reasons.deductible),
        ("slice.coinsurance", reasons.coinsurance),
        ("slice.over_cap", reasons.over_cap),
    ]
    .into_iter()
    .filter(|(_, amount)| *amount != NOTHING)
    .map(|(key, amount)| SlipLine {
        label: label(language, key),
        amount,
        instead: None,
        emphasised: false,
    })
    .collect()
}

fn step_line(language: Language, step: &Step, bill: &Bill) -> StepLine {
    let formula = step.formula.as_deref();
    let formula = match step.what.code.as_str() {
        "step.scope" => {
            let parts = [bill.full_self_pay, bill.over_limit, bill.upfront_copay];
            let empty = parts.iter().filter(|part| part.is_none()).count();
            formula.and_then(|formula| scope_in_words(language, formula, empty))
        }
        // The sentence says the sum.
        "step.layer_counted" => None,
        _ => formula.map(|formula| in_words(language, formula)),
    };
    let source = step.source.as_ref().map(gongji_domain::SourceRef::cited);
    StepLine {
        what: text(language, &step.what),
        formula,
        result: step.result,
        source,
        grade: step
            .grade
            .map(|grade| label(language, &format!("grade.{}", grade.word()))),
    }
}

fn questions(language: Language, estimate: &SettlementEstimate) -> Vec<Question> {
    estimate
        .unknown
        .iter()
        .map(|open| Question {
            what: text(language, &open.what),
            ask: open.ask.clone(),
            readings: open
                .readings
                .iter()
                .map(|reading| Reading {
                    what: text(language, &reading.what),
                    fund_paid: reading.fund_paid,
                    patient_paid: reading.patient_paid,
                })
                .collect(),
        })
        .collect()
}

/// How far the figures can be trusted, and whether some are carried forward.
fn weakest(language: Language, estimate: &SettlementEstimate) -> Option<String> {
    let weakest = estimate
        .policy
        .weakest
        .map(|grade| label(language, &format!("print.weakest_{}", grade.word())));
    let assumed = estimate
        .steps
        .iter()
        .any(|step| step.assumed)
        .then(|| label(language, "print.assumed"));
    let between = match language {
        Language::Chinese => "",
        Language::English => " ",
    };
    let said: Vec<String> = weakest.into_iter().chain(assumed).collect();
    (!said.is_empty()).then(|| said.join(between))
}

/// The notes of the blocks that were used, each once, with the numbers of the steps that it is about.
fn notes(language: Language, estimate: &SettlementEstimate) -> Vec<String> {
    let mut notes: Vec<(&str, Vec<String>)> = Vec::new();
    for (number, step) in (1..).zip(&estimate.steps) {
        let Some(note) = step.note.as_deref() else {
            continue;
        };
        match notes.iter_mut().find(|(known, _)| *known == note) {
            Some((_, steps)) => steps.push(number.to_string()),
            None => notes.push((note, vec![number.to_string()])),
        }
    }
    let (between, foreign) = match language {
        Language::Chinese => ("、", None),
        Language::English => (", ", Some(label(language, "print.notes_in_chinese"))),
    };
    let foreign = foreign.filter(|_| !notes.is_empty());
    let said = notes.into_iter().map(|(note, steps)| {
        label(language, "print.note_of")
            .replace("{steps}", &steps.join(between))
            .replace("{note}", note)
    });
    foreign.into_iter().chain(said).collect()
}

pub(crate) fn labels(language: Language) -> Labels {
    let say = |key: &str| label(language, &format!("print.{key}"));
    Labels {
        language: match language {
            Language::Chinese => gongji_print::Language::Chinese,
            Language::English => gongji_print::Language::English,
        },
        disclaimer: say("disclaimer"),
        member: say("member"),
        place: say("place"),
        benefit: say("benefit"),
        institution: say("institution"),
        day: say("day"),
        total: say("total"),
        capital: say("capital"),
        cash_to_bring: say("cash_to_bring"),
        who_pays: say("who_pays"),
        fund: say("fund"),
        own_account: say("own_account"),
        family: say("family"),
        cash: say("cash"),
        lines: say("lines"),
        reasons: say("reasons"),
        steps: say("steps"),
        step: say("step"),
        amount: say("amount"),
        grade: say("grade"),
        source: say("source"),
        questions: say("questions"),
        ask: say("ask"),
        reading: say("reading"),
        fund_paid: say("fund_paid"),
        patient_paid: say("patient_paid"),
        ask_at_counter: say("ask_at_counter"),
        notes: say("notes"),
        unknown: say("unknown"),
        yuan: say("yuan"),
        version: say("version"),
        policy: say("policy"),
        input: say("input"),
        printed_on: say("printed_on"),
        page_of: say("page_of"),
    }
}

impl From<PrintError> for ApiError {
    fn from(error: PrintError) -> ApiError {
        ApiError::new(
            ErrorCode::Internal,
            gongji_domain::Message::new("error.print").with("detail", error),
        )
    }
}
