//! What the forms ask for, on the shipped rules.

use chrono::NaiveDate;
use gongji_domain::{EmploymentStatus, Part, PoolId, Scheme, Special};

use crate::{EnrollmentDraft, Gongji, MemberDraft, SetupDraft, shipped_library};

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a date")
}

const TODAY: &str = "2026-03-01";

fn enrollment(pool: &str, scheme: Scheme) -> EnrollmentDraft {
    EnrollmentDraft {
        pool: PoolId::from(pool),
        scheme,
        plan: match scheme {
            Scheme::Employee => "with_account".to_owned(),
            Scheme::Resident => "resident".to_owned(),
        },
        status: EmploymentStatus::Active,
        from: day("2026-01-01"),
        contribution_base: None,
        retired_on: None,
        insured_months: None,
        special: Special::None,
    }
}

/// A household of one, insured like this.
fn household(enrollment: EnrollmentDraft) -> SetupDraft {
    SetupDraft {
        name: "家".to_owned(),
        members: vec![MemberDraft {
            name: "甲".to_owned(),
            born: None,
            enrollment: Some(enrollment),
            balances: Default::default(),
            balances_as_of: None,
            cash: None,
            counters: Default::default(),
            counters_as_of: None,
            credit_day: None,
        }],
        bindings: Vec::new(),
    }
}

/// The contract is asked for where a row of the benefit is chosen by it, and nowhere else.
#[test]
fn the_contract_is_asked_for_where_it_counts() {
    for (pool, scheme, part, asked) in [
        ("120000", Scheme::Employee, Part::GeneralOutpatient, true),
        ("120000", Scheme::Employee, Part::Inpatient, false),
        ("120000", Scheme::Resident, Part::GeneralOutpatient, false),
        ("330100", Scheme::Employee, Part::Pharmacy, true),
        ("440300", Scheme::Resident, Part::GeneralOutpatient, true),
        ("110000", Scheme::Employee, Part::GeneralOutpatient, false),
    ] {
        let mut gongji = Gongji::in_memory(shipped_library(false));
        let draft = household(enrollment(pool, scheme));
        gongji.setup_save(day(TODAY), &draft).expect("a household");
        let household = gongji.store().expect("a store").household().expect("read");
        let prefill = gongji
            .estimate_prefill(household.members[0].id, part, day(TODAY))
            .expect("a form");
        assert_eq!(prefill.asks_contract, asked, "{pool} {scheme:?} {part:?}");
    }
}
