//! 参保人的情况 — what a request says of the member chooses the row.

use super::*;

/// The rules of 甲地 with these rows as the only rates, secondary and tertiary.
fn rates(rows: &str) -> Library {
    let (before, _) = INPATIENT.split_once("rows = [\n").unwrap();
    let text = format!("{before}rows = [\n{rows}\n]\n");
    crate::sample::library(&[("counters", COUNTERS), ("inpatient", &text)])
}

#[test]
fn rows_are_chosen_by_tier_employer_and_years_on_end() {
    let tiers = rates(
        r#"{ tier = "pupil", values = ["90%", "85%"] },
           { tier = "other", values = ["70%", "65%"] },"#,
    );
    let employers = rates(
        r#"{ employer = "enterprise", values = ["90%", "85%"] },
           { employer = "government", values = ["70%", "65%"] },"#,
    );
    let years = rates(
        r#"{ from_continuous_years = 0, values = ["70%", "65%"] },
           { from_continuous_years = 5, values = ["90%", "85%"] },"#,
    );
    // (2000 − 1000) × 85% 或 65%。
    for (library, tier, employer, years, paid) in [
        (&tiers, Some("pupil"), None, None, Some("850.00")),
        (&tiers, Some("other"), None, None, Some("650.00")),
        (&employers, None, Some("enterprise"), None, Some("850.00")),
        (&employers, None, Some("government"), None, Some("650.00")),
        (&years, None, None, Some(0), Some("650.00")),
        (&years, None, None, Some(4), Some("650.00")),
        (&years, None, None, Some(5), Some("850.00")),
        // Where the row turns on what nobody said, no one figure is right.
        (&tiers, None, None, None, None),
        (&employers, None, None, None, None),
        (&years, None, None, None, None),
    ] {
        let mut request = stay("2000.00");
        request.member.tier = tier.map(str::to_owned);
        request.member.employer = employer.map(str::to_owned);
        request.member.continuous_years = years;
        let estimate = settle(library, &request).unwrap();
        let paid_exactly = estimate.payers.pool_paid.exact();
        assert_eq!(
            paid_exactly.map(|paid| paid.to_string()).as_deref(),
            paid,
            "{tier:?} {employer:?} {years:?}"
        );
        assert_eq!(estimate.unknown.is_empty(), paid.is_some());
    }
}
