//! The first run.

use chrono::NaiveDate;
use gongji_api::{AidVerdict, ApiError, Relation, SetupBinding, SetupDraft, Status};
use tauri::State;

use crate::ledger::Ledger;

#[tauri::command(async)]
#[specta::specta]
pub fn setup_check(
    ledger: State<'_, Ledger>,
    draft: SetupDraft,
) -> Result<Vec<ApiError>, ApiError> {
    ledger.ask(|gongji, today| Ok(gongji.setup_check(today, &draft)))
}

#[tauri::command(async)]
#[specta::specta]
pub fn setup_save(ledger: State<'_, Ledger>, draft: SetupDraft) -> Result<Status, ApiError> {
    ledger.ask(|gongji, today| gongji.setup_save(today, &draft))
}

#[tauri::command(async)]
#[specta::specta]
pub fn setup_binding_check(
    ledger: State<'_, Ledger>,
    draft: SetupDraft,
    donor: u32,
    recipient: u32,
    relation: Relation,
    bound_on: NaiveDate,
) -> Result<AidVerdict, ApiError> {
    ledger.ask(|gongji, _| {
        let binding = SetupBinding {
            donor,
            recipient,
            relation,
            bound_on,
        };
        gongji.setup_binding_check(&draft, &binding)
    })
}
