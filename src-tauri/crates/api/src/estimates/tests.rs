//! 结算估算 — what is recorded of the contributions counts in every estimate.

use chrono::NaiveDate;
use gongji_domain::{
    Bill, EmploymentStatus, EnrollmentId, MemberId, Part, PoolId, Scheme, Special, Yuan,
};
use gongji_store::enrollment;

use crate::{EnrollmentDraft, EstimateDraft, Gongji, MemberDraft, SetupDraft, Shelf};

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a date")
}

fn yuan(text: &str) -> Yuan {
    text.parse().expect("yuan")
}

const TODAY: &str = "2026-03-01";

/// Somebody in service in 无锡 up to 2023-09-30, where `until` says so, and again from 2024-02-01.
fn worked_in_wuxi(until: Option<&str>) -> Gongji {
    let enrolled = |from: &str| EnrollmentDraft {
        pool: PoolId::from("320200"),
        scheme: Scheme::Employee,
        plan: "with_account".to_owned(),
        status: EmploymentStatus::Active,
        from: day(from),
        until: None,
        contribution_base: None,
        retired_on: None,
        insured_months: None,
        special: Special::None,
        pension: None,
        frozen_credit: None,
        employer: None,
        first_enrollment: false,
        back_paid: None,
        back_paid_on: None,
    };
    let draft = SetupDraft {
        name: "家".to_owned(),
        members: vec![MemberDraft {
            name: "甲".to_owned(),
            born: Some(day("1985-05-05")),
            enrollment: Some(enrolled("2020-01-01")),
            balances: [("book".into(), Yuan::ZERO)].into(),
            balances_as_of: Some(day("2020-01-01")),
            cash: None,
            counters: Default::default(),
            counters_as_of: None,
            credit_day: None,
        }],
        bindings: Vec::new(),
    };
    let mut gongji = Gongji::in_memory(Shelf::shipped(false));
    gongji.setup_save(day(TODAY), &draft).expect("a household");
    gongji
        .enrollment_add(day(TODAY), MemberId(1), &enrolled("2024-02-01"))
        .expect("an enrollment");
    let store = gongji.store_mut().expect("a store");
    let first = enrollment::find(store, EnrollmentId(1)).expect("a row");
    let mut first = first.expect("an enrollment");
    first.until = until.map(day).or(first.until);
    store
        .command(&gongji_domain::Message::new("x"), |tx| {
            enrollment::update(tx, &first)
        })
        .expect("changed");
    gongji
}

fn visit(on: &str) -> EstimateDraft {
    EstimateDraft {
        member: MemberId(1),
        part: Part::GeneralOutpatient,
        class: Some("tertiary".to_owned()),
        settled_on: day(on),
        admitted_on: None,
        contract: false,
        use_account: true,
        bill: Bill {
            full_self_pay: Some(Yuan::ZERO),
            over_limit: Some(Yuan::ZERO),
            upfront_copay: Some(Yuan::ZERO),
            ..Bill::of_total(yuan("1500.00"))
        },
        so_far: [
            ("op_deductible".to_owned(), "0.00".to_owned()),
            ("op_cost".to_owned(), "0.00".to_owned()),
            ("op_cost_small".to_owned(), "0.00".to_owned()),
        ]
        .into(),
    }
}

/// 无锡三级医院 1500 元：(1500 − 起付线 500) × 60% = 600.00（employee/general-outpatient.toml，2023 年起）。
/// 2023 年 10 月到 2024 年 1 月断缴 4 个月：无锡没有等待期的规则，恢复后半年内（医保办发〔2021〕43号的上限）
/// 报不报不知道，是 0 到 600；满半年就是 600。
#[test]
fn a_recorded_gap_counts() {
    for (until, on, pool, open) in [
        (None, "2024-03-10", ("600.00", "600.00"), 0),
        (Some("2023-09-30"), "2024-03-10", ("0.00", "600.00"), 1),
        (Some("2023-09-30"), "2024-07-31", ("0.00", "600.00"), 1),
        (Some("2023-09-30"), "2024-08-01", ("600.00", "600.00"), 0),
    ] {
        let gongji = worked_in_wuxi(until);
        let view = gongji.estimate(&visit(on)).expect("an estimate");
        let paid = view.estimate.payers.pool_paid;
        let bounds = (paid.min(), paid.max());
        assert_eq!(
            bounds,
            (Some(yuan(pool.0)), Some(yuan(pool.1))),
            "{until:?} {on}"
        );
        let reasons = view.estimate.unknown.iter();
        let keys: Vec<&str> = reasons.map(|open| open.key.as_str()).collect();
        let asked = keys.iter().filter(|key| **key == "rule:status_rule");
        assert_eq!(asked.count(), open, "{keys:?}");
        // A request from elsewhere that says nothing of the contributions is filled in alike.
        let mut request = view.request.clone();
        request.member.contributions = None;
        gongji
            .fill_request(MemberId(1), &mut request)
            .expect("filled in");
        assert_eq!(request, view.request);
    }
}

/// What is recorded of the contributions is pinned with the settlement.
#[test]
fn a_recorded_settlement_keeps_the_gap() {
    let mut gongji = worked_in_wuxi(Some("2023-09-30"));
    gongji
        .settlement_record(day(TODAY), &visit("2024-08-01"), None)
        .expect("recorded");
    let household = gongji.store().expect("a store").household().expect("read");
    let member = &household.settlements[0].request.member;
    let gap = member.contributions.as_ref().expect("a gap");
    let months = [gap.stopped_in, gap.resumed_in].map(|month| month.map(|it| it.to_string()));
    assert_eq!(
        months,
        [Some("2023-10".to_owned()), Some("2024-02".to_owned())]
    );
}
