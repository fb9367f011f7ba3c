//! The file behind the window: its state, its history, its copies.

use std::path::Path;

use gongji_api::{ApiError, ExportFormat, SavedFile, Settings, Status, TablePreview};
use tauri::State;

use crate::ledger::Ledger;

#[tauri::command(async)]
#[specta::specta]
pub fn status(ledger: State<'_, Ledger>) -> Result<Status, ApiError> {
    ledger.ask(|gongji, today| {
        gongji.reopen();
        gongji.status(today)
    })
}

#[tauri::command(async)]
#[specta::specta]
pub fn settings_save(ledger: State<'_, Ledger>, settings: Settings) -> Result<Status, ApiError> {
    ledger.ask(|gongji, today| gongji.settings_save(today, settings))
}

#[tauri::command(async)]
#[specta::specta]
pub fn demo_open(ledger: State<'_, Ledger>) -> Result<Status, ApiError> {
    ledger.ask(|gongji, today| gongji.demo_open(today))
}

#[tauri::command(async)]
#[specta::specta]
pub fn demo_leave(ledger: State<'_, Ledger>) -> Result<Status, ApiError> {
    ledger.ask(|gongji, today| gongji.demo_leave(today))
}

#[tauri::command(async)]
#[specta::specta]
pub fn undo(ledger: State<'_, Ledger>) -> Result<Status, ApiError> {
    ledger.ask(|gongji, today| gongji.undo(today))
}

#[tauri::command(async)]
#[specta::specta]
pub fn redo(ledger: State<'_, Ledger>) -> Result<Status, ApiError> {
    ledger.ask(|gongji, today| gongji.redo(today))
}

#[tauri::command(async)]
#[specta::specta]
pub fn backup(ledger: State<'_, Ledger>) -> Result<SavedFile, ApiError> {
    ledger.ask(|gongji, today| gongji.backup(today))
}

#[tauri::command(async)]
#[specta::specta]
pub fn backup_use(ledger: State<'_, Ledger>) -> Result<Status, ApiError> {
    ledger.ask(|gongji, today| gongji.backup_use(today))
}

#[tauri::command(async)]
#[specta::specta]
pub fn export_file(ledger: State<'_, Ledger>, format: ExportFormat) -> Result<SavedFile, ApiError> {
    ledger.ask(|gongji, today| gongji.export_file(today, format))
}

#[tauri::command(async)]
#[specta::specta]
pub fn import_json(ledger: State<'_, Ledger>, path: String) -> Result<Status, ApiError> {
    ledger.ask(|gongji, today| gongji.import_json(today, Path::new(&path)))
}

#[tauri::command(async)]
#[specta::specta]
pub fn table_preview(ledger: State<'_, Ledger>, path: String) -> Result<TablePreview, ApiError> {
    ledger.ask(|gongji, today| gongji.table_preview(today, Path::new(&path)))
}

#[tauri::command(async)]
#[specta::specta]
pub fn table_import(
    ledger: State<'_, Ledger>,
    path: String,
    seen: String,
) -> Result<Status, ApiError> {
    ledger.ask(|gongji, today| gongji.table_import(today, Path::new(&path), &seen))
}

#[tauri::command(async)]
#[specta::specta]
pub fn print_folder_save(ledger: State<'_, Ledger>, folder: String) -> Result<Status, ApiError> {
    ledger.ask(|gongji, today| gongji.print_folder_save(today, &folder))
}
