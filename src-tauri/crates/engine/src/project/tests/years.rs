//! 年度、累计数与年度后的补充层。

use super::*;

#[test]
fn counters_return_to_zero_with_the_year_and_rules_change_by_date() {
    let mut family = Family::default();
    let father = family.member("父亲", "1960-05-20", EmploymentStatus::Retired, "5000.00");
    family.fresh(father, "2026-12-30");
    family.plan(
        father,
        "2026-12-31",
        "500.00",
        rule("FREQ=DAILY;UNTIL=20270102"),
    );
    let projection = family.project("2026-12-30", "2027-01-31");
    let paid: Vec<Amount> = of_kind(&projection, EventKind::Spending)
        .iter()
        .filter_map(|event| event.split.as_ref().map(|split| split.fund_paid))
        .collect();
    // (500 − 300) × 80%；新年度起付线重新算、退休 90%：(500 − 300) × 90%；第二次 500 × 90%。
    assert_eq!(paid, [exact("160.00"), exact("180.00"), exact("450.00")]);
    let year_end = of_kind(&projection, EventKind::YearEnd);
    assert_eq!(
        year_end.iter().map(|event| event.on).collect::<Vec<_>>(),
        [day("2027-01-01")]
    );
}

#[test]
fn what_the_year_was_used_for_counts_on() {
    let mut family = Family::default();
    let father = family.member("父亲", "1960-05-20", EmploymentStatus::Retired, "5000.00");
    family.fresh(father, "2026-02-01");
    family.household.stated_counters[0].value = "250.00".to_owned();
    family.plan(father, "2026-03-10", "500.00", None);
    let projection = family.project("2026-03-01", "2026-03-31");
    // 起付线还差 50：(500 − 50) × 80% = 360。
    let event = of_kind(&projection, EventKind::Spending)[0];
    assert_eq!(
        event.split.as_ref().map(|split| split.fund_paid),
        Some(exact("360.00"))
    );
}

#[test]
fn a_counter_nobody_stated_gives_the_range_until_the_year_ends() {
    let mut family = Family::default();
    let father = family.member("父亲", "1960-05-20", EmploymentStatus::Retired, "5000.00");
    family.plan(father, "2026-11-10", "500.00", rule("FREQ=MONTHLY"));
    let projection = family.project("2026-11-01", "2027-01-31");
    let paid: Vec<Amount> = of_kind(&projection, EventKind::Spending)
        .iter()
        .filter_map(|event| event.split.as_ref().map(|split| split.fund_paid))
        .collect();
    // 起付线没用过：160；已用满：400。12 月：没用过的那种已在 11 月用满，两种都是 400。1 月：180。
    assert_eq!(
        paid,
        [range("160.00", "400.00"), exact("400.00"), exact("180.00")]
    );
    assert!(
        projection
            .unknown
            .iter()
            .any(|open| open.key == "counter:op_deductible@1" && open.readings.len() == 2)
    );
    let layer = of_kind(&projection, EventKind::YearlyLayer);
    assert_eq!(layer.len(), 1);
    assert_eq!(layer[0].what.code, "project.yearly_layer_unknown");
}

#[test]
fn the_yearly_layer_pays_after_the_close_of_the_year() {
    let mut family = Family::default();
    let father = family.member("父亲", "1960-05-20", EmploymentStatus::Retired, "0.00");
    family.fresh(father, "2026-11-01");
    family.plan(father, "2026-11-10", "9000.00", None);
    let projection = family.project("2026-11-01", "2027-01-31");
    let split = of_kind(&projection, EventKind::Spending)[0]
        .split
        .clone()
        .expect("a split");
    // 起付 300 + 8700 × 20% = 2040
    assert_eq!(split.fund_paid, exact("6960.00"));
    let layers = of_kind(&projection, EventKind::YearlyLayer);
    let [layer] = &layers[..] else {
        panic!("{layers:?}")
    };
    // 2040 − 1000 = 1040：500 × 60% + 540 × 70% = 678
    assert_eq!(layer.on, day("2027-01-01"));
    assert_eq!(
        layer.split.as_ref().map(|split| split.fund_paid),
        Some(exact("678.00"))
    );
    assert_eq!(
        layer.formula.as_deref(),
        Some("500.00 × 60% + 540.00 × 70%")
    );
    assert_eq!(layer.change, exact("0.00"), "never netted in the account");
}

#[test]
fn below_the_threshold_there_is_no_yearly_payment() {
    let mut family = Family::default();
    let father = family.member("父亲", "1960-05-20", EmploymentStatus::Retired, "0.00");
    family.fresh(father, "2026-11-01");
    // 300 + 3500 × 20% = 1000，正好到起付线
    family.plan(father, "2026-11-10", "3800.00", None);
    assert!(
        of_kind(
            &family.project("2026-11-01", "2027-01-31"),
            EventKind::YearlyLayer
        )
        .is_empty()
    );
    family.household.plans[0].bill.total = yuan("3800.05");
    let projection = family.project("2026-11-01", "2027-01-31");
    // 超出 0.01 × 60% = 0.006 → 0.01
    assert_eq!(
        of_kind(&projection, EventKind::YearlyLayer)[0]
            .split
            .as_ref()
            .map(|split| split.fund_paid),
        Some(exact("0.01"))
    );
}

/// 甲地的年度 7 月 1 日起，2027-01-01 起改为公历年。
fn laid_anew() -> Library {
    let years = "[[benefit_year]]\nid = \"employee\"\nfrom = 2018-07-01\nsource = \"S\"\nstarts = \"07-01\"\n\
                 [[benefit_year]]\nid = \"employee\"\nfrom = 2027-01-01\nsource = \"S\"\nstarts = \"01-01\"\n";
    let counters = &COUNTERS[COUNTERS.find("[[counter]]").expect("counters")..];
    let head = &COUNTERS[..COUNTERS.find("[[").expect("blocks")];
    let counters = format!("{head}{years}{counters}");
    sample::library(&[
        ("personal-account", ACCOUNT),
        ("mutual-aid", AID),
        ("counters", &counters),
        ("general-outpatient", OUTPATIENT),
        ("layer-serious-illness", YEARLY),
    ])
}

fn ends_and_layers(projection: &Projection) -> Vec<(String, String)> {
    let kinds = [EventKind::YearEnd, EventKind::YearlyLayer];
    let events = projection.events.iter();
    let told = events
        .filter(|event| kinds.contains(&event.kind))
        .map(|event| {
            let paid = event.split.as_ref().map(|split| split.fund_paid);
            let paid = paid.map(|paid| paid.exact().expect("known").to_string());
            (
                event.on.to_string(),
                paid.unwrap_or_else(|| "year".to_owned()),
            )
        });
    told.collect()
}

fn told(rows: &[(&str, &str)]) -> Vec<(String, String)> {
    let text = |(on, paid): &(&str, &str)| ((*on).to_owned(), (*paid).to_owned());
    rows.iter().map(text).collect()
}

#[test]
fn a_year_that_is_cut_short_ends_on_the_day_the_new_one_begins() {
    let library = laid_anew();
    let mut family = Family::default();
    let father = family.member("父亲", "1960-05-20", EmploymentStatus::Retired, "0.00");
    family.fresh(father, "2026-11-01");
    family.plan(father, "2026-11-10", "9000.00", None);
    family.plan(father, "2027-01-02", "500.00", None);
    family.plan(father, "2027-07-02", "500.00", None);
    let projection = family.project_by(&library, "2026-11-01", "2028-01-31");
    // 2040 − 1000 = 1040：500 × 60% + 540 × 70% = 678；2027-07-01 年度没有换。
    assert_eq!(
        ends_and_layers(&projection),
        told(&[
            ("2027-01-01", "year"),
            ("2027-01-01", "678.00"),
            ("2028-01-01", "year")
        ])
    );
    let layer = of_kind(&projection, EventKind::YearlyLayer)[0];
    let said = |key: &str| layer.what.params.get(key).cloned().unwrap_or_default();
    assert_eq!(
        (said("from"), said("until")),
        ("2026-07-01".to_owned(), "2026-12-31".to_owned())
    );
    let paid: Vec<Amount> = of_kind(&projection, EventKind::Spending)
        .iter()
        .filter_map(|event| event.split.as_ref().map(|split| split.fund_paid))
        .collect();
    // 8700 × 80%；新年度起付线重新算 200 × 90%；7 月还是这一年，500 × 90%。
    assert_eq!(paid, [exact("6960.00"), exact("180.00"), exact("450.00")]);
}

#[test]
fn a_year_ends_whenever_somebody_is_insured_on_its_last_day() {
    for (name, from, until, start, expected) in [
        (
            "insured all along",
            "2020-01-01",
            None,
            "2026-11-01",
            vec!["2027-01-01"],
        ),
        (
            "not yet on the first day",
            "2026-11-05",
            None,
            "2026-11-01",
            vec!["2027-01-01"],
        ),
        (
            "from the new year on",
            "2027-01-01",
            None,
            "2026-11-01",
            vec![],
        ),
        (
            "until the last day",
            "2020-01-01",
            Some("2026-12-31"),
            "2026-11-01",
            vec!["2027-01-01"],
        ),
        (
            "until the day before",
            "2020-01-01",
            Some("2026-12-30"),
            "2026-11-01",
            vec![],
        ),
        (
            "on the first projected day",
            "2020-01-01",
            None,
            "2026-12-31",
            vec!["2027-01-01"],
        ),
        ("just after", "2020-01-01", None, "2027-01-01", vec![]),
    ] {
        let mut family = Family::default();
        family.member("父亲", "1960-05-20", EmploymentStatus::Retired, "0.00");
        family.household.enrollments[0].from = day(from);
        family.household.enrollments[0].until = until.map(day);
        let projection = family.project(start, "2027-12-31");
        let ends = of_kind(&projection, EventKind::YearEnd);
        let ends: Vec<String> = ends.iter().map(|event| event.on.to_string()).collect();
        assert_eq!(ends, expected, "{name}");
    }
}

#[test]
fn what_was_counted_before_the_projection_is_paid_on_its_first_day() {
    let mut family = Family::default();
    let father = family.member("父亲", "1960-05-20", EmploymentStatus::Retired, "0.00");
    family.state_counter(father, "own_share", "2026-12-20", "2040.00");
    family.state_counter(father, "op_deductible", "2026-12-20", "300.00");
    family.plan(father, "2027-01-02", "500.00", None);
    let projection = family.project("2026-12-31", "2027-01-31");
    assert_eq!(
        ends_and_layers(&projection),
        told(&[("2027-01-01", "year"), ("2027-01-01", "678.00")])
    );
    // 新年度起付线重新算：(500 − 300) × 90%
    let paid = of_kind(&projection, EventKind::Spending)[0].split.clone();
    assert_eq!(paid.map(|split| split.fund_paid), Some(exact("180.00")));
}

#[test]
fn years_rules_and_ages_say_on_what_they_rest() {
    let mut family = Family::default();
    let father = family.member("父亲", "1956-06-20", EmploymentStatus::Retired, "500.00");
    family.fresh(father, "2026-01-10");
    family.credit_day(father, 5);
    let projection = family.project("2026-01-10", "2027-02-28");
    let behind = |kind: EventKind, code: &str| -> Vec<String> {
        let mut events = projection.events.iter();
        let event = events
            .rfind(|event| event.kind == kind && event.what.code == code)
            .unwrap_or_else(|| panic!("{code}"));
        let sources = event.sources.iter();
        sources
            .map(|source| source.article.clone().unwrap_or_default())
            .collect()
    };
    assert_eq!(behind(EventKind::YearEnd, "project.year_end"), [""]);
    // 2027-01-01 的新比例；2026-06-20 满 70 岁换划入的档。
    assert_eq!(
        behind(EventKind::Change, "project.rules_change"),
        ["新比例"]
    );
    assert_eq!(behind(EventKind::Change, "project.age_reached"), ["划入"]);
}

#[test]
fn a_bill_rests_on_an_assumption_from_the_day_on_which_its_rule_is_carried_forward() {
    let renewed = OUTPATIENT.replace(
        "source = \"S 新比例\"",
        "source = \"S 新比例\"\nrenewed_yearly = true",
    );
    let library = sample::library(&[
        ("personal-account", ACCOUNT),
        ("counters", COUNTERS),
        ("general-outpatient", &renewed),
    ]);
    let mut family = Family::default();
    let father = family.member("父亲", "1960-05-20", EmploymentStatus::Retired, "5000.00");
    family.fresh(father, "2027-12-01");
    family.plan(father, "2027-12-15", "500.00", rule("FREQ=MONTHLY"));
    let projection = family.project_by(&library, "2027-12-01", "2028-02-28");
    let bills = of_kind(&projection, EventKind::Spending);
    let assumed: Vec<bool> = bills.iter().map(|event| event.assumed).collect();
    // 2027-01-01 的比例满一年没有公布新的。
    assert_eq!(assumed, [false, true, true]);
}
