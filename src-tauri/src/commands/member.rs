//! The family and where each one is insured.

use chrono::NaiveDate;
use gongji_api::{
    ApiError, Enrollment, EnrollmentDraft, EnrollmentId, Member, MemberDetail, MemberDraft,
    MemberId, Overview, Status,
};
use tauri::State;

use crate::ledger::Ledger;

#[tauri::command(async)]
#[specta::specta]
pub fn overview(ledger: State<'_, Ledger>) -> Result<Overview, ApiError> {
    ledger.ask(|gongji, today| gongji.overview(today))
}

#[tauri::command(async)]
#[specta::specta]
pub fn member_add(ledger: State<'_, Ledger>, draft: MemberDraft) -> Result<MemberId, ApiError> {
    ledger.ask(|gongji, today| gongji.member_add(today, &draft))
}

#[tauri::command(async)]
#[specta::specta]
pub fn member_save(
    ledger: State<'_, Ledger>,
    id: MemberId,
    name: String,
    born: Option<NaiveDate>,
    note: String,
) -> Result<Member, ApiError> {
    ledger.ask(|gongji, today| {
        gongji.member_save(
            today,
            Member {
                id,
                name,
                born,
                note,
            },
        )
    })
}

#[tauri::command(async)]
#[specta::specta]
pub fn member_remove(ledger: State<'_, Ledger>, id: MemberId) -> Result<Status, ApiError> {
    ledger.ask(|gongji, today| gongji.member_remove(today, id))
}

#[tauri::command(async)]
#[specta::specta]
pub fn member_detail(ledger: State<'_, Ledger>, id: MemberId) -> Result<MemberDetail, ApiError> {
    ledger.ask(|gongji, today| gongji.member_detail(today, id))
}

#[tauri::command(async)]
#[specta::specta]
pub fn enrollment_add(
    ledger: State<'_, Ledger>,
    member: MemberId,
    draft: EnrollmentDraft,
) -> Result<Enrollment, ApiError> {
    ledger.ask(|gongji, today| gongji.enrollment_add(today, member, &draft))
}

#[tauri::command(async)]
#[specta::specta]
pub fn enrollment_save(
    ledger: State<'_, Ledger>,
    id: EnrollmentId,
    draft: EnrollmentDraft,
) -> Result<Status, ApiError> {
    ledger.ask(|gongji, today| gongji.enrollment_save(today, id, &draft))
}

#[tauri::command(async)]
#[specta::specta]
pub fn enrollment_end(
    ledger: State<'_, Ledger>,
    id: EnrollmentId,
    until: NaiveDate,
) -> Result<Status, ApiError> {
    ledger.ask(|gongji, today| gongji.enrollment_end(today, id, until))
}

#[tauri::command(async)]
#[specta::specta]
pub fn enrollment_remove(ledger: State<'_, Ledger>, id: EnrollmentId) -> Result<Status, ApiError> {
    ledger.ask(|gongji, today| gongji.enrollment_remove(today, id))
}

#[tauri::command(async)]
#[specta::specta]
pub fn credit_day_save(
    ledger: State<'_, Ledger>,
    member: MemberId,
    day: Option<u32>,
) -> Result<Status, ApiError> {
    ledger.ask(|gongji, today| gongji.credit_day_save(today, member, day))
}
