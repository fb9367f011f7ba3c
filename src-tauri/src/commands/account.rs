//! What is written in the accounts.

use gongji_api::{
    AccountId, ApiError, BalanceCheck, BalanceDraft, BeginningDraft, CounterDraft, CounterNow,
    CreditAnswer, EntryDraft, EntryId, EntryPage, EntryRow, MovementDraft, MovementView,
    OverdraftDraft, Status, SubAccountId,
};
use tauri::State;

use crate::ledger::Ledger;

#[tauri::command(async)]
#[specta::specta]
pub fn entries(
    ledger: State<'_, Ledger>,
    account: AccountId,
    sub: Option<SubAccountId>,
    offset: u32,
    limit: u32,
) -> Result<EntryPage, ApiError> {
    ledger.ask(|gongji, _| gongji.entries(account, sub.as_ref(), offset, limit))
}

#[tauri::command(async)]
#[specta::specta]
pub fn entry_record(ledger: State<'_, Ledger>, draft: EntryDraft) -> Result<EntryRow, ApiError> {
    ledger.ask(|gongji, today| gongji.entry_record(today, &draft))
}

#[tauri::command(async)]
#[specta::specta]
pub fn entry_correct(
    ledger: State<'_, Ledger>,
    entry: EntryId,
    draft: EntryDraft,
) -> Result<EntryRow, ApiError> {
    ledger.ask(|gongji, today| gongji.entry_correct(today, entry, &draft))
}

#[tauri::command(async)]
#[specta::specta]
pub fn account_begin(ledger: State<'_, Ledger>, draft: BeginningDraft) -> Result<Status, ApiError> {
    ledger.ask(|gongji, today| gongji.account_begin(today, &draft))
}

#[tauri::command(async)]
#[specta::specta]
pub fn balance_state(
    ledger: State<'_, Ledger>,
    draft: BalanceDraft,
) -> Result<BalanceCheck, ApiError> {
    ledger.ask(|gongji, today| gongji.balance_state(today, &draft))
}

#[tauri::command(async)]
#[specta::specta]
pub fn counter_state(
    ledger: State<'_, Ledger>,
    draft: CounterDraft,
) -> Result<CounterNow, ApiError> {
    ledger.ask(|gongji, today| gongji.counter_state(today, &draft))
}

#[tauri::command(async)]
#[specta::specta]
pub fn credit_answer(ledger: State<'_, Ledger>, answer: CreditAnswer) -> Result<Status, ApiError> {
    ledger.ask(|gongji, today| gongji.credit_answer(today, &answer))
}

#[tauri::command(async)]
#[specta::specta]
pub fn movement_preview(
    ledger: State<'_, Ledger>,
    draft: MovementDraft,
) -> Result<MovementView, ApiError> {
    ledger.ask(|gongji, today| gongji.movement_preview(today, &draft))
}

#[tauri::command(async)]
#[specta::specta]
pub fn movement_record(
    ledger: State<'_, Ledger>,
    draft: MovementDraft,
) -> Result<Status, ApiError> {
    ledger.ask(|gongji, today| gongji.movement_record(today, &draft))
}

#[tauri::command(async)]
#[specta::specta]
pub fn overdraft_state(
    ledger: State<'_, Ledger>,
    account: AccountId,
    said: Option<OverdraftDraft>,
) -> Result<Status, ApiError> {
    ledger.ask(|gongji, today| gongji.overdraft_state(today, account, said.as_ref()))
}
