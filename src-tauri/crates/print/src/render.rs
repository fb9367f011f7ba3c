use typst::comemo;
use typst::diag::SourceDiagnostic;
use typst::ecow::EcoVec;
use typst::foundations::Smart;
use typst_layout::PagedDocument;
use typst_pdf::PdfOptions;
use typst_svg::SvgOptions;

use crate::paper::{Room, paper};
use crate::slip_sheet::slip_paper;
use crate::world::{SheetWorld, Template};
use crate::{EstimateSheet, Footer, Form, PrintError, SlipSheet};

/// Layouts that are kept for the next rendering: enough to make the PDF of what was just previewed
/// quickly, without piling up sheets.
const KEPT_RENDERINGS: usize = 4;

/// PDF — the sheet as a tagged PDF with its fonts inside. The same sheet gives the same bytes.
pub fn pdf(sheet: &EstimateSheet, form: Form) -> Result<Vec<u8>, PrintError> {
    written(&pages(sheet, form)?, &format!("{form:?}"), &sheet.footer)
}

/// PDF of a slip beside the estimate, made the same way.
pub fn slip_pdf(sheet: &SlipSheet) -> Result<Vec<u8>, PrintError> {
    let document = laid_out(Template::Slip, &slip_paper(sheet))?;
    comemo::evict(KEPT_RENDERINGS);
    written(&document, "Slip", &sheet.footer)
}

fn written(document: &PagedDocument, kind: &str, footer: &Footer) -> Result<Vec<u8>, PrintError> {
    let ident = format!("{kind} {} {}", footer.policy_hash, footer.input_hash);
    let options = PdfOptions {
        ident: Smart::Custom(ident),
        creator: Smart::Custom(Some(footer.version.clone())),
        ..PdfOptions::default()
    };
    typst_pdf::pdf(document, &options).map_err(|e| PrintError::Pdf(said(&e)))
}

/// 预览 — the very pages of [`pdf`], each as one SVG image.
pub fn svg_pages(sheet: &EstimateSheet, form: Form) -> Result<Vec<String>, PrintError> {
    let options = SvgOptions::default();
    let document = pages(sheet, form)?;
    Ok(document
        .pages()
        .iter()
        .map(|page| typst_svg::svg(page, &options))
        .collect())
}

/// The counter form has to stay one page: its texts are shortened until it does.
fn pages(sheet: &EstimateSheet, form: Form) -> Result<PagedDocument, PrintError> {
    let rooms: &[Room] = match form {
        Form::Full => &[Room::FULL],
        Form::Counter => &Room::COUNTER,
    };
    let mut document = None;
    for room in rooms {
        let laid_out = lay_out(sheet, form, room)?;
        let fits = form == Form::Full || laid_out.pages().len() == 1;
        document = Some(laid_out);
        if fits {
            break;
        }
    }
    comemo::evict(KEPT_RENDERINGS);
    document.ok_or_else(|| PrintError::Layout(String::new()))
}

fn lay_out(sheet: &EstimateSheet, form: Form, room: &Room) -> Result<PagedDocument, PrintError> {
    let template = match form {
        Form::Full => Template::Full,
        Form::Counter => Template::Counter,
    };
    laid_out(template, &paper(sheet, room))
}

fn laid_out(template: Template, data: &serde_json::Value) -> Result<PagedDocument, PrintError> {
    let json = serde_json::to_vec(data).map_err(|problem| PrintError::Data(problem.to_string()))?;
    let world = SheetWorld::new(template, json)?;
    typst::compile::<PagedDocument>(&world)
        .output
        .map_err(|problems| PrintError::Layout(said(&problems)))
}

fn said(problems: &EcoVec<SourceDiagnostic>) -> String {
    let messages: Vec<&str> = problems.iter().map(|p| p.message.as_str()).collect();
    messages.join("；")
}

#[cfg(test)]
mod tests {
    use typst::layout::{Abs, Frame, FrameItem, Point};

    use super::*;
    use crate::sheets;

    /// A piece of text as it stands on a page.
    struct Ink {
        words: String,
        size: Abs,
        left: Abs,
        right: Abs,
        top: Abs,
        bottom: Abs,
    }

    fn inks(frame: &Frame, at: Point, found: &mut Vec<Ink>) {
        for (place, item) in frame.items() {
            let at = at + *place;
            match item {
                FrameItem::Group(group) => inks(&group.frame, at, found),
                FrameItem::Text(text) => found.push(Ink {
                    words: text.text.to_string(),
                    size: text.size,
                    left: at.x,
                    right: at.x + text.width(),
                    top: at.y - text.size * 0.6,
                    bottom: at.y,
                }),
                _ => {}
            }
        }
    }

    fn overlap(a: &Ink, b: &Ink) -> bool {
        let hair = Abs::pt(0.5);
        let across = a.right.min(b.right) - a.left.max(b.left) > hair;
        let down = a.bottom.min(b.bottom) - a.top.max(b.top) > hair;
        across && down && !a.words.trim().is_empty() && !b.words.trim().is_empty()
    }

    fn check_pages(name: &str, sheet: &EstimateSheet, form: Form) {
        check_document(name, &pages(sheet, form).unwrap(), form);
    }

    fn check_document(name: &str, document: &PagedDocument, form: Form) {
        for (number, page) in document.pages().iter().enumerate() {
            let number = number + 1;
            let mut found = Vec::new();
            inks(&page.frame, Point::zero(), &mut found);
            let (width, height) = (page.frame.width(), page.frame.height());
            for (place, ink) in found.iter().enumerate() {
                let inside = ink.left >= Abs::mm(15.0)
                    && ink.right <= width - Abs::mm(15.0)
                    && ink.top >= Abs::mm(7.0)
                    && ink.bottom <= height - Abs::mm(7.0);
                assert!(
                    inside,
                    "{name} {form:?} {number}: outside: {} at {:?} {:?}",
                    ink.words, ink.left, ink.bottom
                );
                let in_body = ink.top > Abs::mm(24.0) && ink.bottom < height - Abs::mm(22.0);
                let readable = form == Form::Full || !in_body || ink.size >= Abs::pt(18.0);
                assert!(
                    readable,
                    "{name} {form:?} {number}: too small: {}",
                    ink.words
                );
                for other in &found[..place] {
                    assert!(
                        !overlap(ink, other),
                        "{name} {form:?} {number}: one over the other: {} / {}",
                        ink.words,
                        other.words
                    );
                }
            }
        }
    }

    #[test]
    fn nothing_is_cut_off_overlaps_or_shrinks() {
        let samples = [
            ("short", sheets::short()),
            ("long", sheets::long()),
            ("ranges", sheets::ranges()),
            ("unknown", sheets::unknown()),
            ("english", sheets::in_english()),
            ("huge", sheets::huge()),
            ("endless", sheets::hostile(&"长".repeat(10_000))),
            ("unbroken", sheets::hostile(&"W".repeat(10_000))),
        ];
        for (name, sheet) in &samples {
            check_pages(name, sheet, Form::Full);
            check_pages(name, sheet, Form::Counter);
        }
        for (name, sheet) in [
            ("slip", sheets::slips::slip()),
            (
                "long slip",
                sheets::slips::hostile_slip(&"长".repeat(10_000)),
            ),
            (
                "unbroken slip",
                sheets::slips::hostile_slip(&"W".repeat(10_000)),
            ),
        ] {
            let document = laid_out(Template::Slip, &slip_paper(&sheet)).unwrap();
            check_document(name, &document, Form::Full);
        }
    }

    #[test]
    fn counter_form_is_one_page() {
        let emoji = "👩‍👩‍👧".repeat(2_000);
        for text in [
            "王",
            "长".repeat(10_000).as_str(),
            "W ".repeat(5_000).as_str(),
            &emoji,
        ] {
            let document = pages(&sheets::hostile(text), Form::Counter).unwrap();
            assert_eq!(document.pages().len(), 1);
        }
        let mut widest = sheets::huge();
        widest.ask_at_counter = vec!["长".repeat(1_000); 3];
        widest.member = "长".repeat(1_000);
        assert_eq!(pages(&widest, Form::Counter).unwrap().pages().len(), 1);
    }
}
