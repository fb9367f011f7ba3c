//! One bill: the estimate, its paper, its record.

use chrono::NaiveDate;
use gongji_api::{
    ApiError, EstimateDraft, EstimatePrefill, EstimateView, MemberId, PaperForm, Part, SavedFile,
    Status,
};
use tauri::State;

use crate::ledger::Ledger;

#[tauri::command(async)]
#[specta::specta]
pub fn estimate_prefill(
    ledger: State<'_, Ledger>,
    member: MemberId,
    part: Part,
    on: NaiveDate,
) -> Result<EstimatePrefill, ApiError> {
    ledger.ask(|gongji, _| gongji.estimate_prefill(member, part, on))
}

#[tauri::command(async)]
#[specta::specta]
pub fn estimate(ledger: State<'_, Ledger>, draft: EstimateDraft) -> Result<EstimateView, ApiError> {
    ledger.ask(|gongji, _| gongji.estimate(&draft))
}

#[tauri::command(async)]
#[specta::specta]
pub fn estimate_preview(
    ledger: State<'_, Ledger>,
    draft: EstimateDraft,
    form: PaperForm,
) -> Result<Vec<String>, ApiError> {
    ledger.ask(|gongji, today| gongji.estimate_preview(today, &draft, form))
}

#[tauri::command(async)]
#[specta::specta]
pub fn estimate_save(
    ledger: State<'_, Ledger>,
    draft: EstimateDraft,
    form: PaperForm,
) -> Result<SavedFile, ApiError> {
    ledger.ask(|gongji, today| gongji.estimate_save(today, &draft, form))
}

#[tauri::command(async)]
#[specta::specta]
pub fn settlement_record(
    ledger: State<'_, Ledger>,
    draft: EstimateDraft,
) -> Result<Status, ApiError> {
    ledger.ask(|gongji, today| gongji.settlement_record(today, &draft))
}
