//! 填写有误 — what is wrong with a form, field by field, before anything is written.

use std::collections::BTreeSet;

use chrono::{Datelike, NaiveDate};
use gongji_domain::{EmploymentStatus, Message, Yuan};
use gongji_engine::counter_value;
use gongji_policy::{Body, Library};

use crate::{ApiError, EnrollmentDraft, MemberDraft};

/// The faults of one member's form; fields are named below `at`.
pub(crate) fn member(
    library: &Library,
    today: NaiveDate,
    draft: &MemberDraft,
    at: &str,
) -> Vec<ApiError> {
    let mut faults = Vec::new();
    let mut fault = |field: &str, message: Message| {
        faults.push(ApiError::input(&format!("{at}{field}"), message))
    };
    if draft.name.trim().is_empty() {
        fault("name", Message::new("error.blank"));
    }
    if draft.name.chars().count() > 100 {
        fault("name", Message::new("error.too_long").with("most", 100));
    }
    if draft
        .born
        .is_some_and(|born| born > today || born.year() < 1900)
    {
        fault("born", Message::new("error.born"));
    }
    for (sub, amount) in &draft.balances {
        if amount.is_negative() {
            fault(&format!("balances.{sub}"), Message::new("error.negative"));
        }
    }
    if draft.cash.is_some_and(Yuan::is_negative) {
        fault("cash", Message::new("error.negative"));
    }
    for (field, day) in [
        ("balances_as_of", draft.balances_as_of),
        ("counters_as_of", draft.counters_as_of),
    ] {
        if day.is_some_and(|day| day > today) {
            fault(field, Message::new("error.in_future"));
        }
    }
    if draft.credit_day.is_some_and(|day| !(1..=31).contains(&day)) {
        fault("credit_day", Message::new("error.credit_day"));
    }
    if let Some(enrolled) = &draft.enrollment {
        faults.extend(enrollment(
            library,
            today,
            draft.born,
            enrolled,
            &format!("{at}enrollment."),
        ));
        faults.extend(counters(library, today, draft, enrolled, at));
    }
    faults
}

/// The faults of an enrollment's form.
pub(crate) fn enrollment(
    library: &Library,
    today: NaiveDate,
    born: Option<NaiveDate>,
    draft: &EnrollmentDraft,
    at: &str,
) -> Vec<ApiError> {
    let mut faults = Vec::new();
    let mut fault = |field: &str, message: Message| {
        faults.push(ApiError::input(&format!("{at}{field}"), message))
    };
    if library.pool(&draft.pool).is_none() {
        fault(
            "pool",
            Message::new("error.no_such_pool").with("detail", &draft.pool),
        );
    }
    if draft.from > today {
        fault("from", Message::new("error.in_future"));
    }
    if born.is_some_and(|born| draft.from < born) {
        fault("from", Message::new("error.before_birth"));
    }
    if draft
        .contribution_base
        .is_some_and(|base| base <= Yuan::ZERO || base.fen() > 100_000_000)
    {
        fault("contribution_base", Message::new("error.base"));
    }
    for (field, amount) in [
        ("pension", draft.pension),
        ("frozen_credit", draft.frozen_credit),
    ] {
        if amount.is_some_and(Yuan::is_negative) {
            fault(field, Message::new("error.negative"));
        }
        if amount.is_some_and(|amount| amount.fen() > 100_000_000) {
            fault(field, Message::new("error.too_much"));
        }
    }
    let employer = draft.employer.as_ref();
    if employer.is_some_and(|word| !employers(library).contains(word)) {
        fault("employer", Message::new("error.no_such_employer"));
    }
    if draft.until.is_some_and(|until| until < draft.from) {
        fault("until", Message::new("error.ends_before_start"));
    }
    if draft.back_paid_on.is_some() && draft.back_paid != Some(true) {
        fault("back_paid_on", Message::new("error.not_back_paid"));
    }
    if draft.back_paid_on.is_some_and(|on| on > today) {
        fault("back_paid_on", Message::new("error.in_future"));
    }
    if draft.retired_on.is_some() && draft.status != EmploymentStatus::Retired {
        fault("retired_on", Message::new("error.retired_but_active"));
    }
    if draft
        .retired_on
        .is_some_and(|day| born.is_some_and(|born| day < born))
    {
        fault("retired_on", Message::new("error.before_birth"));
    }
    faults
}

/// 单位性质 — every word on which any rule selects; the place may be another one later.
fn employers(library: &Library) -> BTreeSet<String> {
    let tables = library
        .files
        .iter()
        .flat_map(|file| &file.blocks)
        .filter_map(|block| block.body.table());
    let rows = tables.flat_map(|table| table.rows);
    rows.filter_map(|row| row.employer.clone()).collect()
}

fn counters(
    library: &Library,
    today: NaiveDate,
    draft: &MemberDraft,
    enrolled: &EnrollmentDraft,
    at: &str,
) -> Vec<ApiError> {
    let on = draft.counters_as_of.unwrap_or(today);
    let rules = library.rules(&enrolled.pool, enrolled.scheme.word(), on);
    draft
        .counters
        .iter()
        .filter_map(|(id, value)| {
            let counter = rules
                .as_ref()?
                .blocks
                .iter()
                .find_map(|held| match &held.block.body {
                    Body::Counter(counter) if held.block.head.id.as_deref() == Some(id) => {
                        Some(counter)
                    }
                    _ => None,
                });
            let sound = counter.is_some_and(|counter| counter_value(id, counter, value).is_ok());
            (!sound).then(|| {
                let message = Message::new("error.counter").with("detail", value);
                ApiError::input(&format!("{at}counters.{id}"), message)
            })
        })
        .collect()
}
