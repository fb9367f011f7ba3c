//! What the household adds to the rules: policy packs, and figures it knows better.

use gongji_api::{ApiError, BlockRef, Language, OwnRuleDraft, OwnRules, RulesPreview, Status};
use tauri::State;

use crate::ledger::Ledger;

#[tauri::command(async)]
#[specta::specta]
pub fn own_rules(ledger: State<'_, Ledger>, language: Language) -> Result<OwnRules, ApiError> {
    ledger.ask(|gongji, _| Ok(gongji.own_rules(language)))
}

#[tauri::command(async)]
#[specta::specta]
pub fn pack_preview(
    ledger: State<'_, Ledger>,
    path: String,
    language: Language,
) -> Result<RulesPreview, ApiError> {
    ledger.ask(|gongji, today| gongji.pack_preview(today, &path, language))
}

#[tauri::command(async)]
#[specta::specta]
pub fn pack_add(ledger: State<'_, Ledger>, path: String, seen: String) -> Result<Status, ApiError> {
    ledger.ask(|gongji, today| gongji.pack_add(today, &path, &seen))
}

#[tauri::command(async)]
#[specta::specta]
pub fn pack_remove(ledger: State<'_, Ledger>, name: String) -> Result<Status, ApiError> {
    ledger.ask(|gongji, today| gongji.pack_remove(today, &name))
}

#[tauri::command(async)]
#[specta::specta]
pub fn own_rule_preview(
    ledger: State<'_, Ledger>,
    draft: OwnRuleDraft,
    language: Language,
) -> Result<RulesPreview, ApiError> {
    ledger.ask(|gongji, today| gongji.own_rule_preview(today, &draft, language))
}

#[tauri::command(async)]
#[specta::specta]
pub fn own_rule_save(ledger: State<'_, Ledger>, draft: OwnRuleDraft) -> Result<Status, ApiError> {
    ledger.ask(|gongji, today| gongji.own_rule_save(today, &draft))
}

#[tauri::command(async)]
#[specta::specta]
pub fn own_rule_remove(ledger: State<'_, Ledger>, block: BlockRef) -> Result<Status, ApiError> {
    ledger.ask(|gongji, today| gongji.own_rule_remove(today, &block))
}
