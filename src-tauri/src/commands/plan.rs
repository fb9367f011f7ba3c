//! What is to come: planned spending, the projection, the advice.

use chrono::NaiveDate;
use gongji_api::{
    Advice, ApiError, MemberId, PlanDays, PlanDraft, PlanItemId, PlannedPremium, PlannedPremiumId,
    PlannedSpending, PremiumDraft, PremiumTold, ProjectionAnswer, ProjectionAsk, Repeat,
    RetirementDraft, Status, Step, WaitComparison, Yuan,
};
use tauri::State;

use crate::ledger::Ledger;

#[tauri::command(async)]
#[specta::specta]
pub fn plan_add(ledger: State<'_, Ledger>, draft: PlanDraft) -> Result<PlannedSpending, ApiError> {
    ledger.ask(|gongji, today| gongji.plan_add(today, &draft))
}

#[tauri::command(async)]
#[specta::specta]
pub fn plan_save(
    ledger: State<'_, Ledger>,
    id: PlanItemId,
    draft: PlanDraft,
) -> Result<PlannedSpending, ApiError> {
    ledger.ask(|gongji, today| gongji.plan_save(today, id, &draft))
}

#[tauri::command(async)]
#[specta::specta]
pub fn plan_remove(ledger: State<'_, Ledger>, id: PlanItemId) -> Result<Status, ApiError> {
    ledger.ask(|gongji, today| gongji.plan_remove(today, id))
}

#[tauri::command(async)]
#[specta::specta]
pub fn plan_days(
    ledger: State<'_, Ledger>,
    first_on: NaiveDate,
    repeat: Repeat,
) -> Result<PlanDays, ApiError> {
    ledger.ask(|gongji, today| gongji.plan_days(today, first_on, &repeat))
}

#[tauri::command(async)]
#[specta::specta]
pub fn plan_wait(ledger: State<'_, Ledger>, id: PlanItemId) -> Result<WaitComparison, ApiError> {
    ledger.ask(|gongji, today| gongji.plan_wait(today, id))
}

#[tauri::command(async)]
#[specta::specta]
pub fn premium_look(
    ledger: State<'_, Ledger>,
    draft: PremiumDraft,
) -> Result<PremiumTold, ApiError> {
    ledger.ask(|gongji, today| gongji.premium_look(today, &draft))
}

#[tauri::command(async)]
#[specta::specta]
pub fn premium_add(
    ledger: State<'_, Ledger>,
    draft: PremiumDraft,
) -> Result<PlannedPremium, ApiError> {
    ledger.ask(|gongji, today| gongji.premium_add(today, &draft))
}

#[tauri::command(async)]
#[specta::specta]
pub fn premium_save(
    ledger: State<'_, Ledger>,
    id: PlannedPremiumId,
    draft: PremiumDraft,
) -> Result<PlannedPremium, ApiError> {
    ledger.ask(|gongji, today| gongji.premium_save(today, id, &draft))
}

#[tauri::command(async)]
#[specta::specta]
pub fn premium_remove(ledger: State<'_, Ledger>, id: PlannedPremiumId) -> Result<Status, ApiError> {
    ledger.ask(|gongji, today| gongji.premium_remove(today, id))
}

#[tauri::command(async)]
#[specta::specta]
pub fn retirement_expect(
    ledger: State<'_, Ledger>,
    member: MemberId,
    draft: RetirementDraft,
) -> Result<Status, ApiError> {
    ledger.ask(|gongji, today| gongji.retirement_expect(today, member, &draft))
}

#[tauri::command(async)]
#[specta::specta]
pub fn projection(
    ledger: State<'_, Ledger>,
    ask: ProjectionAsk,
) -> Result<ProjectionAnswer, ApiError> {
    ledger.ask(|gongji, today| gongji.projection(today, &ask))
}

#[tauri::command(async)]
#[specta::specta]
pub fn planned_steps(
    ledger: State<'_, Ledger>,
    plan: PlanItemId,
    on: NaiveDate,
) -> Result<Vec<Step>, ApiError> {
    ledger.ask(|gongji, today| gongji.planned_steps(today, plan, on))
}

#[tauri::command(async)]
#[specta::specta]
pub fn advice(
    ledger: State<'_, Ledger>,
    member: MemberId,
    need: Yuan,
    on: NaiveDate,
) -> Result<Advice, ApiError> {
    ledger.ask(|gongji, today| gongji.advice(today, member, need, on))
}
