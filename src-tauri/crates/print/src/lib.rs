//! 打印 — estimates, and slips beside them, as A4 pages: PDF for the paper, SVG for the preview.
//!
//! Pages are set by typst from the templates under `templates/`. A sheet reaches them as data, never
//! as markup, and nothing here reads a clock, a file or the network: one sheet, one form, the same
//! bytes.

mod capital;
mod paper;
mod problem;
mod render;
mod sheet;
mod slip_sheet;
mod wording;
mod world;

#[cfg(test)]
extern crate self as gongji_print;
#[cfg(test)]
#[path = "../tests/sheets/mod.rs"]
mod sheets;

pub use capital::capital;
pub use problem::PrintError;
pub use render::{pdf, slip_pdf, svg_pages};
pub use sheet::{
    EstimateSheet, Footer, Form, Labels, Language, Question, Reading, Share, SharePart, SlipLine,
    Split, StepLine,
};
pub use slip_sheet::{SlipExplanation, SlipRow, SlipSheet, SlipWords};
pub use wording::amount_text;
