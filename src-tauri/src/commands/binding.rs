//! 家庭共济: who may draw on whose account.

use chrono::NaiveDate;
use gongji_api::{AidVerdict, ApiError, BindingDraft, BindingId, BindingMove, BindingsView};
use tauri::State;

use crate::ledger::Ledger;

#[tauri::command(async)]
#[specta::specta]
pub fn bindings(ledger: State<'_, Ledger>) -> Result<BindingsView, ApiError> {
    ledger.ask(|gongji, today| gongji.bindings(today))
}

#[tauri::command(async)]
#[specta::specta]
pub fn binding_check(
    ledger: State<'_, Ledger>,
    draft: BindingDraft,
) -> Result<AidVerdict, ApiError> {
    ledger.ask(|gongji, _| gongji.binding_check(&draft))
}

#[tauri::command(async)]
#[specta::specta]
pub fn binding_add(
    ledger: State<'_, Ledger>,
    draft: BindingDraft,
) -> Result<BindingsView, ApiError> {
    ledger.ask(|gongji, today| gongji.binding_add(today, &draft))
}

#[tauri::command(async)]
#[specta::specta]
pub fn binding_move(
    ledger: State<'_, Ledger>,
    step: BindingMove,
) -> Result<BindingsView, ApiError> {
    ledger.ask(|gongji, today| gongji.binding_move(today, &step))
}

#[tauri::command(async)]
#[specta::specta]
pub fn binding_end(
    ledger: State<'_, Ledger>,
    binding: BindingId,
    ended_on: NaiveDate,
) -> Result<BindingsView, ApiError> {
    ledger.ask(|gongji, today| gongji.binding_end(today, binding, ended_on))
}
