//! Places and what applies there.

use chrono::NaiveDate;
use gongji_api::{ApiError, Language, Place, PlaceForm, PolicyView, PoolId, Scheme};
use tauri::State;

use crate::ledger::Ledger;

#[tauri::command(async)]
#[specta::specta]
pub fn places(ledger: State<'_, Ledger>) -> Result<Vec<Place>, ApiError> {
    ledger.ask(|gongji, _| Ok(gongji.places()))
}

#[tauri::command(async)]
#[specta::specta]
pub fn place_form(
    ledger: State<'_, Ledger>,
    pool: PoolId,
    scheme: Scheme,
    on: NaiveDate,
    language: Language,
) -> Result<PlaceForm, ApiError> {
    ledger.ask(|gongji, _| gongji.place_form(&pool, scheme, on, language))
}

#[tauri::command(async)]
#[specta::specta]
pub fn policy(
    ledger: State<'_, Ledger>,
    pool: PoolId,
    scheme: Scheme,
    on: NaiveDate,
    language: Language,
) -> Result<PolicyView, ApiError> {
    ledger.ask(|gongji, _| gongji.policy(&pool, scheme, on, language))
}
