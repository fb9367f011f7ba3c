//! 预计退休：接着工作、退休，两条线。

use super::*;

/// 母亲在职，1000 元，每月 200；预计 2026-03 退休，从 4 月起按退休算，每月 97。
fn expecting() -> (Family, MemberId) {
    let mut family = Family::default();
    let mother = family.member("母亲", "1971-08-01", EmploymentStatus::Active, "1000.00");
    family.fresh(mother, "2026-01-10");
    family.credit_day(mother, 5);
    let mut retired = family.household.enrollments[0].clone();
    retired.id = EnrollmentId(9);
    retired.from = day("2026-04-01");
    retired.status = EmploymentStatus::Retired;
    retired.retired_on = Some(day("2026-03-31"));
    retired.contribution_base = None;
    family.household.enrollments.push(retired);
    (family, mother)
}

#[test]
fn an_expected_retirement_goes_both_ways_from_its_day_on() {
    let (mut family, mother) = expecting();
    family.plan(mother, "2026-05-20", "1300.00", None);
    let projection = family.project("2026-01-10", "2026-06-30");
    // 工作：2 到 6 月各到 200。退休：4 月起按退休，5 月到的是 4 月的 97。
    let closing = |text: &str| month(&projection, mother, text).closing;
    assert_eq!(
        [closing("2026-02"), closing("2026-03"), closing("2026-04")],
        [exact("1200.00"), exact("1400.00"), exact("1600.00")]
    );
    // 5-20 看 1300：起付 300；工作 1000 × 30% = 300，个人 600；退休 1000 × 20% = 200，个人 500。
    // 工作：1800 − 600 = 1200；退休：1697 − 500 = 1197。6 月：1400 与 1294。
    assert_eq!(closing("2026-05"), range("1197.00", "1200.00"));
    assert_eq!(closing("2026-06"), range("1294.00", "1400.00"));
    let [fork] = &projection.forks[..] else {
        panic!("one fork");
    };
    assert_eq!((fork.member, fork.from), (mother, day("2026-04-01")));
    let lines: Vec<_> = fork
        .lines
        .iter()
        .map(|line| line.what.code.as_str())
        .collect();
    assert_eq!(lines, ["reading.goes_on_working", "reading.retires"]);
    let closings: Vec<Amount> = fork.lines.iter().map(|line| line.closing).collect();
    assert_eq!(closings, [exact("1400.00"), exact("1294.00")]);
    // 工作：200 × 5；退休：200 × 3 + 97 × 2。
    let credited: Vec<Amount> = fork.lines.iter().map(|line| line.credited).collect();
    assert_eq!(credited, [exact("1000.00"), exact("794.00")]);
    // 一个问题，两种答案各要付多少。
    let open = &projection.unknown[0];
    assert_eq!(open.key, format!("retirement:{mother}"));
    let patient: Vec<Amount> = open
        .readings
        .iter()
        .map(|reading| reading.patient_paid)
        .collect();
    assert_eq!(patient, [exact("600.00"), exact("500.00")]);
    // 看病是同一件事，金额是范围；变成退休只在一条线上。
    let spending = of_kind(&projection, EventKind::Spending);
    assert_eq!(
        (
            spending.len(),
            spending[0].change,
            spending[0].only.is_none()
        ),
        (1, range("-600.00", "-500.00"), true)
    );
    let turns = of_kind(&projection, EventKind::Change);
    let turns = turns
        .iter()
        .find(|event| event.what.code == "project.enrollment_changes");
    let only = turns.and_then(|event| event.only.clone());
    assert_eq!(
        only.map(|only| only.code).as_deref(),
        Some("reading.retires")
    );
}

#[test]
fn both_lines_of_several_are_looked_at_together() {
    let (mut family, mother) = expecting();
    let father = family.member("父亲", "1969-05-20", EmploymentStatus::Active, "0.00");
    family.credit_day(father, 5);
    let mut retired = family.household.enrollments[2].clone();
    retired.id = EnrollmentId(10);
    retired.from = day("2026-05-01");
    retired.status = EmploymentStatus::Retired;
    family.household.enrollments.push(retired);
    let projection = family.project("2026-01-10", "2026-06-30");
    let members: Vec<MemberId> = projection.forks.iter().map(|fork| fork.member).collect();
    assert_eq!(members, [mother, father]);
    // 互不相干：母亲的两条线不随父亲。父亲 5 月起退休：6 月到 97，其余四个月各 200。
    assert_eq!(
        month(&projection, mother, "2026-06").closing,
        range("1794.00", "2000.00")
    );
    assert_eq!(
        month(&projection, father, "2026-06").closing,
        range("897.00", "1000.00")
    );
    assert_eq!(projection.forks[0].lines[1].closing, exact("1794.00"));
}

#[test]
fn a_day_of_retirement_that_is_certain_goes_one_way() {
    let (mut family, mother) = expecting();
    family.household.enrollments.truncate(1);
    family.household.enrollments[0].retired_on = Some(day("2026-03-31"));
    let projection = family.project("2026-01-10", "2026-06-30");
    assert!(projection.forks.is_empty() && projection.unknown.is_empty());
    assert_eq!(
        month(&projection, mother, "2026-06").closing,
        exact("1794.00")
    );
}

#[test]
fn from_fifty_on_somebody_in_service_is_asked_and_no_age_is_claimed() {
    for (born, status, asked) in [
        ("1976-01-11", EmploymentStatus::Active, true),
        ("1976-03-31", EmploymentStatus::Active, true),
        ("1976-04-01", EmploymentStatus::Active, false),
        ("1966-01-11", EmploymentStatus::Active, true),
        ("1966-01-11", EmploymentStatus::Retired, false),
    ] {
        let mut family = Family::default();
        let member = family.member("母亲", born, status, "1000.00");
        family.credit_day(member, 5);
        let projection = family.project("2026-01-10", "2026-03-31");
        let keys: Vec<&str> = projection
            .unknown
            .iter()
            .map(|open| open.key.as_str())
            .collect();
        let expected: &[&str] = if asked { &["retirement:1"] } else { &[] };
        assert_eq!(keys, expected, "{born}");
    }
}

#[test]
fn a_retirement_nobody_stated_is_shown_beside_the_figures() {
    let mut family = Family::default();
    let mother = family.member("母亲", "1976-02-10", EmploymentStatus::Active, "1000.00");
    family.credit_day(mother, 5);
    let (library, household) = (library(), &family.household);
    let request = ProjectionRequest {
        from: day("2026-01-10"),
        until: day("2026-06-30"),
        with_interest: false,
        steps: Steps::None,
        beside: true,
    };
    let projection =
        project_with(&library, household, &family.balances, request).expect("a projection");
    // 照在职往后推：2 到 6 月各到 200。
    assert_eq!(
        month(&projection, mother, "2026-06").closing,
        exact("2000.00")
    );
    let [fork] = &projection.forks[..] else {
        panic!("one fork");
    };
    assert_eq!(fork.from, day("2026-03-01"));
    assert_eq!(fork.what.code, "project.retirement_not_stated");
    // 2 月满 50，最早 2 月退休、3 月起按退休算：4 到 6 月到的是 3 到 5 月的 97。
    let closings: Vec<Amount> = fork.lines.iter().map(|line| line.closing).collect();
    assert_eq!(closings, [exact("2000.00"), exact("1691.00")]);
    let credited: Vec<Amount> = fork.lines.iter().map(|line| line.credited).collect();
    assert_eq!(credited, [exact("1000.00"), exact("691.00")]);
}
