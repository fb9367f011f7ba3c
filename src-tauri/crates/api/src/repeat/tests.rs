use super::*;

fn day(text: &str) -> NaiveDate {
    text.parse().expect(text)
}

fn every(every: u32, unit: RepeatUnit) -> Repeat {
    with(every, unit, RepeatDay::Same, RepeatEnd::Never)
}

fn with(every: u32, unit: RepeatUnit, on: RepeatDay, ends: RepeatEnd) -> Repeat {
    Repeat::Every {
        every,
        unit,
        weekdays: Vec::new(),
        on,
        ends,
    }
}

/// What the form says, the rule it means, and the form that shows the rule: the same.
#[test]
fn what_a_form_says_is_a_rule_and_is_shown_as_it_was_said() {
    use DayOfWeek::{Friday, Monday, Wednesday};
    use RepeatUnit::{Days, Months, Weeks, Years};
    let monthly = |on| with(1, Months, on, RepeatEnd::Never);
    let dialysis = Repeat::Every {
        every: 1,
        unit: Weeks,
        weekdays: vec![Monday, Wednesday, Friday],
        on: RepeatDay::Same,
        ends: RepeatEnd::Times { times: 12 },
    };
    let first_monday = RepeatDay::Weekday {
        nth: 1,
        weekday: Monday,
    };
    let until = RepeatEnd::Until {
        day: day("2026-12-31"),
    };
    for (repeat, first_on, rule) in [
        (Repeat::Once, "2026-01-31", None),
        (
            every(28, Days),
            "2026-01-31",
            Some("FREQ=DAILY;INTERVAL=28"),
        ),
        (
            dialysis,
            "2026-01-31",
            Some("FREQ=WEEKLY;BYDAY=MO,WE,FR;COUNT=12"),
        ),
        (
            every(2, Weeks),
            "2026-01-31",
            Some("FREQ=WEEKLY;INTERVAL=2"),
        ),
        (
            every(3, Months),
            "2026-01-15",
            Some("FREQ=MONTHLY;INTERVAL=3"),
        ),
        (
            every(1, Months),
            "2026-01-31",
            Some("FREQ=MONTHLY;BYMONTHDAY=28,29,30,31;BYSETPOS=-1"),
        ),
        (
            monthly(RepeatDay::Number { day: 15 }),
            "2026-01-15",
            Some("FREQ=MONTHLY;BYMONTHDAY=15"),
        ),
        (
            monthly(RepeatDay::Number { day: 30 }),
            "2026-01-15",
            Some("FREQ=MONTHLY;BYMONTHDAY=28,29,30;BYSETPOS=-1"),
        ),
        (
            monthly(RepeatDay::Last),
            "2026-01-15",
            Some("FREQ=MONTHLY;BYMONTHDAY=-1"),
        ),
        (
            monthly(first_monday),
            "2026-01-15",
            Some("FREQ=MONTHLY;BYDAY=1MO"),
        ),
        (
            with(1, Years, RepeatDay::Same, until),
            "2026-01-31",
            Some("FREQ=YEARLY;UNTIL=20261231"),
        ),
        (
            every(1, Years),
            "2028-02-29",
            Some("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=28,29;BYSETPOS=-1"),
        ),
    ] {
        let first_on = day(first_on);
        let meant = repeat.rule(first_on).expect("a rule");
        assert_eq!(meant.as_ref().map(Recurrence::to_string).as_deref(), rule);
        assert_eq!(Repeat::of(meant.as_ref(), first_on), repeat);
    }
}

/// A rule for which the form has no fields stays what it is.
#[test]
fn what_the_form_cannot_show_is_kept() {
    for text in [
        "FREQ=DAILY;BYDAY=MO,TU",
        "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO;WKST=SU",
        "FREQ=MONTHLY;BYMONTHDAY=1,15",
        "FREQ=MONTHLY;BYMONTHDAY=31",
        "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=1",
        "FREQ=MONTHLY;BYMONTHDAY=-2",
        "FREQ=YEARLY;BYMONTH=3,9",
        "FREQ=YEARLY;BYDAY=1MO",
    ] {
        let rule: Recurrence = text.parse().expect(text);
        let shown = Repeat::of(Some(&rule), day("2026-01-31"));
        assert_eq!(shown, Repeat::Rule { rule: rule.clone() }, "{text}");
        assert_eq!(shown.rule(day("2026-01-31")), Ok(Some(rule)));
    }
}

#[test]
fn what_is_wrong_is_said_at_its_field() {
    use RepeatUnit::Days;
    let ends = |ends| with(1, Days, RepeatDay::Same, ends);
    let yesterday = RepeatEnd::Until {
        day: day("2026-01-30"),
    };
    for (repeat, field, code) in [
        (every(0, Days), "repeat.every", "error.repeat_every"),
        (every(3_661, Days), "repeat.every", "error.repeat_every"),
        (
            ends(RepeatEnd::Times { times: 0 }),
            "repeat.ends",
            "error.repeat_times",
        ),
        (ends(yesterday), "repeat.ends", "error.ends_before_start"),
    ] {
        let refused = repeat.rule(day("2026-01-31")).expect_err(code);
        assert_eq!(refused.field.as_deref(), Some(field));
        assert_eq!(refused.message.code, code);
    }
}

/// Every rule that a plan can hold, in all combinations of what its parts can be.
fn rules() -> Vec<Recurrence> {
    let on = |nth, weekday| OnWeekday { nth, weekday };
    let weekdays = [
        vec![],
        vec![on(None, Weekday::Tue)],
        vec![on(None, Weekday::Mon), on(None, Weekday::Fri)],
        vec![on(Some(1), Weekday::Wed)],
        vec![on(Some(-1), Weekday::Sun)],
        vec![on(Some(2), Weekday::Thu), on(Some(4), Weekday::Thu)],
    ];
    let month_days = [
        vec![],
        vec![15],
        vec![31],
        vec![-1],
        vec![1, 15],
        vec![28, 29, 30],
        vec![28, 29, 30, 31],
    ];
    let ends = [
        RuleEnd::Never,
        RuleEnd::Count(12),
        RuleEnd::Until(day("2029-12-31")),
    ];
    let mut rules = Vec::new();
    for frequency in [
        Frequency::Daily,
        Frequency::Weekly,
        Frequency::Monthly,
        Frequency::Yearly,
    ] {
        for interval in [1, 2, 28] {
            for months in [vec![], vec![2], vec![3, 9]] {
                for month_days in &month_days {
                    for weekdays in &weekdays {
                        for positions in [vec![], vec![-1], vec![1]] {
                            for week_start in [Weekday::Mon, Weekday::Sun] {
                                for ends in ends {
                                    let parts = RuleParts {
                                        frequency,
                                        interval,
                                        months: months.clone(),
                                        month_days: month_days.clone(),
                                        weekdays: weekdays.clone(),
                                        positions: positions.clone(),
                                        week_start,
                                        ends,
                                    };
                                    rules.extend(Recurrence::new(parts));
                                }
                            }
                        }
                    }
                }
            }
        }
    }
    rules
}

/// A plan that is opened and recorded as it was shown recurs as before, whether the form has fields for its rule
/// or not; what it has none for is told in words, in both languages, without a piece of the rule's own text.
#[test]
fn every_rule_comes_back_from_the_form_unchanged_and_is_told_in_words() {
    let (mut in_fields, mut kept) = (0, 0);
    for rule in rules() {
        for first_on in ["2026-01-15", "2026-01-31", "2028-02-29"] {
            let first_on = day(first_on);
            let shown = Repeat::of(Some(&rule), first_on);
            assert_eq!(shown.rule(first_on), Ok(Some(rule.clone())), "{rule}");
            match shown {
                Repeat::Rule { .. } => kept += 1,
                _ => in_fields += 1,
            }
            let often = crate::often::often(Some(&rule), first_on);
            for language in [crate::Language::Chinese, crate::Language::English] {
                let said = crate::words(language, &often);
                assert!(!said.is_empty(), "{rule}");
                for piece in ["FREQ", "BY", "=", "often.", "{"] {
                    assert!(!said.contains(piece), "{rule}: {said}");
                }
            }
        }
    }
    assert!(in_fields > 100 && kept > 1_000, "{in_fields} {kept}");
}
