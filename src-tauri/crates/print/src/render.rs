use typst::comemo;
use typst::diag::SourceDiagnostic;
use typst::ecow::EcoVec;
use typst::foundations::Smart;
use typst_layout::PagedDocument;
use typst_pdf::PdfOptions;
use typst_svg::SvgOptions;

use crate::paper::{Room, paper};
use crate::world::SheetWorld;
use crate::{EstimateSheet, Form, PrintError};

/// Layouts that are kept for the next rendering: enough to make the PDF of what was just previewed
/// quickly, without piling up sheets.
const KEPT_RENDERINGS: usize = 4;

/// PDF — the sheet as a tagged PDF with its fonts inside. The same sheet gives the same bytes.
pub fn pdf(sheet: &EstimateSheet, form: Form) -> Result<Vec<u8>, PrintError> {
    let options = PdfOptions {
        ident: Smart::Custom(format!(
            "{form:?} {} {}",
            sheet.footer.policy_hash, sheet.footer.input_hash
        )),
        creator: Smart::Custom(Some(sheet.footer.version.clone())),
        ..PdfOptions::default()
    };
    typst_pdf::pdf(&pages(sheet, form)?, &options).map_err(|e| PrintError::Pdf(said(&e)))
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
    let json = serde_json::to_vec(&paper(sheet, room))
        .map_err(|problem| PrintError::Data(problem.to_string()))?;
    let world = SheetWorld::new(form, json)?;
    typst::compile::<PagedDocument>(&world)
        .output
        .map_err(|problems| PrintError::Layout(said(&problems)))
}

fn said(problems: &EcoVec<SourceDiagnostic>) -> String {
    let messages: Vec<&str> = problems.iter().map(|p| p.message.as_str()).collect();
    messages.join("；")
}
