//! One bill: the estimate, its paper, its record, its slip.

use chrono::NaiveDate;
use gongji_api::{
    ApiError, EstimateDraft, EstimatePrefill, EstimateView, MemberId, PaperForm, Part, SavedFile,
    SettlementId, SettlementRow, Slip, SlipReport, Status,
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
    slip: Option<Slip>,
) -> Result<Status, ApiError> {
    ledger.ask(|gongji, today| gongji.settlement_record(today, &draft, slip.as_ref()))
}

#[tauri::command(async)]
#[specta::specta]
pub fn settlements(
    ledger: State<'_, Ledger>,
    member: MemberId,
) -> Result<Vec<SettlementRow>, ApiError> {
    ledger.ask(|gongji, _| gongji.settlements(member))
}

#[tauri::command(async)]
#[specta::specta]
pub fn slip_compare(
    ledger: State<'_, Ledger>,
    draft: EstimateDraft,
    slip: Slip,
) -> Result<SlipReport, ApiError> {
    ledger.ask(|gongji, _| gongji.slip_compare(&draft, &slip))
}

#[tauri::command(async)]
#[specta::specta]
pub fn slip_add(
    ledger: State<'_, Ledger>,
    settlement: SettlementId,
    slip: Slip,
) -> Result<Status, ApiError> {
    ledger.ask(|gongji, today| gongji.slip_add(today, settlement, &slip))
}

#[tauri::command(async)]
#[specta::specta]
pub fn slip_report_save(
    ledger: State<'_, Ledger>,
    draft: EstimateDraft,
    slip: Slip,
) -> Result<SavedFile, ApiError> {
    ledger.ask(|gongji, today| gongji.slip_report_save(today, &draft, &slip))
}
