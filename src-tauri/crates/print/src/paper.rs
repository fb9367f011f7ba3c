use chrono::{Datelike, NaiveDate};
use gongji_domain::{Amount, Yuan};
use serde_json::{Value, json};

use crate::wording::{amount_text, grouped, tidy};
use crate::{EstimateSheet, Footer, Language, Question, Share, SlipLine, StepLine, capital};

/// How many digits of a hash stand in the footer.
const HASH_SHOWN: usize = 12;

/// How wide the word of a grade may be: its column is narrow.
const GRADE: usize = 24;

/// How much room texts get: widths in columns, a Chinese character being two.
pub(crate) struct Room {
    /// The title.
    title: usize,
    /// Names: people, places, classes, labels.
    name: usize,
    /// One text inside a table row.
    row: usize,
    /// Sentences that may flow over pages.
    prose: usize,
    /// Gaps of the counter form, from 4 (wide) to 0 (narrow).
    ease: u8,
}

impl Room {
    /// Wide enough for every honest text, narrow enough that a table row stays below one page.
    pub(crate) const FULL: Room = Room {
        title: 120,
        name: 80,
        row: 600,
        prose: 1600,
        ease: 4,
    };

    /// From generous to what always fits on one page of large type.
    pub(crate) const COUNTER: [Room; 7] = [
        Room::counter(60, 48, 120, 4),
        Room::counter(60, 48, 120, 3),
        Room::counter(60, 48, 120, 2),
        Room::counter(60, 48, 120, 1),
        Room::counter(60, 48, 120, 0),
        Room::counter(36, 34, 64, 0),
        Room::counter(24, 22, 30, 0),
    ];

    const fn counter(title: usize, name: usize, prose: usize, ease: u8) -> Room {
        Room {
            title,
            name,
            row: prose,
            prose,
            ease,
        }
    }
}

/// The sheet as the templates read it: every amount in words, every text tidied.
pub(crate) fn paper(sheet: &EstimateSheet, room: &Room) -> Value {
    Setter::new(&sheet.labels.unknown, room).paper(sheet)
}

/// The word of the language on paper.
pub(crate) fn language_word(language: Language) -> &'static str {
    match language {
        Language::Chinese => "zh",
        Language::English => "en",
    }
}

/// Puts texts and amounts as they may stand on a page.
pub(crate) struct Setter<'a> {
    unknown: &'a str,
    room: &'a Room,
}

impl<'a> Setter<'a> {
    pub(crate) fn new(unknown: &'a str, room: &'a Room) -> Setter<'a> {
        Setter { unknown, room }
    }

    fn paper(&self, sheet: &EstimateSheet) -> Value {
        json!({
            "language": language_word(sheet.labels.language),
            "labels": sheet.labels,
            "ease": self.room.ease,
            "title": tidy(&sheet.title, self.room.title),
            "running": [tidy(&sheet.title, 36), tidy(&sheet.member, 24), tidy(&sheet.day, 30)],
            "member": self.name(&sheet.member),
            "place": self.name(&sheet.place),
            "benefit": self.name(&sheet.benefit),
            "institution": sheet.institution.as_deref().map(|text| self.name(text)),
            "day": self.name(&sheet.day),
            "total": self.amount(sheet.total),
            "capital": sheet.total.exact().map(capital),
            "fund": self.share(&sheet.split.fund),
            "own_account": self.share(&sheet.split.own_account),
            "family": self.share(&sheet.split.family),
            "cash": self.share(&sheet.split.cash),
            "no_cash": sheet.split.cash.amount == Amount::Exact(Yuan::ZERO),
            "bar": bar(sheet),
            "lines": self.lines(&sheet.lines),
            "reasons": self.lines(&sheet.reasons),
            "steps": sheet.steps.iter().map(|step| self.step(step)).collect::<Vec<_>>(),
            "questions": sheet.questions.iter().map(|open| self.question(open)).collect::<Vec<_>>(),
            "ask_at_counter": sheet.ask_at_counter.iter().take(3).map(|text| self.prose(text)).collect::<Vec<_>>(),
            "weakest": sheet.weakest.as_deref().map(|text| self.prose(text)),
            "notes": sheet.notes.iter().map(|text| self.prose(text)).collect::<Vec<_>>(),
            "footer": self.footer(&sheet.footer, sheet.labels.language),
        })
    }

    pub(crate) fn name(&self, text: &str) -> String {
        tidy(text, self.room.name)
    }

    fn row(&self, text: &str) -> String {
        tidy(text, self.room.row)
    }

    pub(crate) fn prose(&self, text: &str) -> String {
        tidy(text, self.room.prose)
    }

    pub(crate) fn amount(&self, amount: Amount) -> String {
        amount_text(amount, self.unknown)
    }

    fn share(&self, share: &Share) -> Value {
        let parts: Vec<Value> = share
            .parts
            .iter()
            .map(|part| {
                json!({
                    "label": self.name(&part.label),
                    "amount": self.amount(part.amount),
                    "note": part.note.as_deref().map(|text| self.row(text)),
                })
            })
            .collect();
        json!({
            "amount": self.amount(share.amount),
            "note": share.note.as_deref().map(|text| self.row(text)),
            "parts": parts,
        })
    }

    fn lines(&self, lines: &[SlipLine]) -> Vec<Value> {
        lines
            .iter()
            .map(|line| {
                json!({
                    "label": self.name(&line.label),
                    "amount": match line.instead.as_deref() {
                        Some(said) => self.name(said),
                        None => self.amount(line.amount),
                    },
                    "said": line.instead.is_some(),
                    "emphasised": line.emphasised,
                })
            })
            .collect()
    }

    fn step(&self, step: &StepLine) -> Value {
        json!({
            "what": self.row(&step.what),
            "formula": step.formula.as_deref().map(|text| self.row(text)),
            "result": step.result.map(grouped),
            "source": step.source.as_deref().map(|text| self.row(text)),
            "grade": step.grade.as_deref().map(|text| tidy(text, GRADE)),
        })
    }

    fn question(&self, question: &Question) -> Value {
        let readings: Vec<Value> = question
            .readings
            .iter()
            .map(|reading| {
                json!({
                    "what": self.row(&reading.what),
                    "fund_paid": self.amount(reading.fund_paid),
                    "patient_paid": self.amount(reading.patient_paid),
                })
            })
            .collect();
        json!({
            "what": self.prose(&question.what),
            "ask": question.ask.as_deref().map(|text| self.prose(text)),
            "readings": readings,
        })
    }

    pub(crate) fn footer(&self, footer: &Footer, language: Language) -> Value {
        let day = footer.printed_on;
        json!({
            "version": tidy(&footer.version, 28),
            "policy": shown(&footer.policy_hash),
            "input": shown(&footer.input_hash),
            "keywords": [footer.policy_hash, footer.input_hash],
            "printed_on": written(day, language),
            "date": [day.year(), day.month(), day.day()],
        })
    }
}

/// 分担条 — how wide each of the four parties is, in fen; none where one of them is not exact, or
/// where there is nothing to divide.
fn bar(sheet: &EstimateSheet) -> Option<[i64; 4]> {
    let split = &sheet.split;
    let mut widths = [0; 4];
    let shares = [&split.fund, &split.own_account, &split.family, &split.cash];
    for (width, share) in widths.iter_mut().zip(shares) {
        *width = share
            .amount
            .exact()
            .filter(|yuan| !yuan.is_negative())?
            .fen();
    }
    widths.iter().any(|width| *width > 0).then_some(widths)
}

fn written(day: NaiveDate, language: Language) -> String {
    match language {
        Language::Chinese => day.format("%Y年%-m月%-d日").to_string(),
        Language::English => day.format("%-d %b %Y").to_string(),
    }
}

fn shown(hash: &str) -> String {
    hash.chars().take(HASH_SHOWN).collect()
}
