use chrono::NaiveDate;

use super::{Recurrence, RecurrenceProblem};

fn day(text: &str) -> NaiveDate {
    text.parse().expect(text)
}

fn rule(text: &str) -> Recurrence {
    text.parse()
        .unwrap_or_else(|error| panic!("{text}: {error}"))
}

fn days(text: &str, first_on: &str, from: &str, until: &str) -> Vec<String> {
    let days = rule(text).days(day(first_on), day(from), day(until));
    days.map(|day| day.to_string()).collect()
}

#[test]
fn days_from_the_first_on() {
    let never = "2199-12-31";
    for (text, first_on, until, expected) in [
        // A prescription every 28 days, over a year's end.
        (
            "FREQ=DAILY;INTERVAL=28",
            "2026-11-30",
            "2027-01-31",
            "2026-11-30 2026-12-28 2027-01-25",
        ),
        // Dialysis; 2 December 2026 is a Wednesday, and the Monday before it has passed.
        (
            "FREQ=WEEKLY;BYDAY=MO,WE,FR",
            "2026-12-02",
            "2026-12-09",
            "2026-12-02 2026-12-04 2026-12-07 2026-12-09",
        ),
        // A first day that is none of the rule's begins the rule and is no day of it.
        (
            "FREQ=WEEKLY;BYDAY=MO",
            "2026-12-02",
            "2026-12-15",
            "2026-12-07 2026-12-14",
        ),
        (
            "FREQ=WEEKLY",
            "2026-12-02",
            "2026-12-16",
            "2026-12-02 2026-12-09 2026-12-16",
        ),
        // Every second week is counted in weeks from Monday on.
        (
            "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,SU",
            "2026-12-06",
            "2026-12-31",
            "2026-12-06 2026-12-14 2026-12-20 2026-12-28",
        ),
        (
            "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,SU;WKST=SU",
            "2026-12-06",
            "2026-12-31",
            "2026-12-06 2026-12-07 2026-12-20 2026-12-21",
        ),
        // The 31st, as the standard has it, and with the month's last day where there is none.
        (
            "FREQ=MONTHLY",
            "2026-01-31",
            "2026-06-30",
            "2026-01-31 2026-03-31 2026-05-31",
        ),
        (
            "FREQ=MONTHLY;BYMONTHDAY=28,29,30,31;BYSETPOS=-1",
            "2026-01-31",
            "2026-04-30",
            "2026-01-31 2026-02-28 2026-03-31 2026-04-30",
        ),
        (
            "FREQ=MONTHLY;BYMONTHDAY=28,29;BYSETPOS=-1",
            "2028-01-29",
            "2028-03-31",
            "2028-01-29 2028-02-29 2028-03-29",
        ),
        (
            "FREQ=MONTHLY;BYMONTHDAY=-1",
            "2028-01-31",
            "2028-04-01",
            "2028-01-31 2028-02-29 2028-03-31",
        ),
        // Every half year is counted from the first month, not from January.
        (
            "FREQ=MONTHLY;INTERVAL=6",
            "2026-05-10",
            "2027-12-31",
            "2026-05-10 2026-11-10 2027-05-10 2027-11-10",
        ),
        (
            "FREQ=MONTHLY;INTERVAL=6;BYMONTHDAY=1",
            "2026-05-10",
            "2027-12-31",
            "2026-11-01 2027-05-01 2027-11-01",
        ),
        (
            "FREQ=MONTHLY;INTERVAL=3",
            "2026-11-30",
            "2027-12-31",
            "2026-11-30 2027-05-30 2027-08-30 2027-11-30",
        ),
        // The first Monday, the last Friday, a fifth Monday that many months lack.
        (
            "FREQ=MONTHLY;BYDAY=1MO",
            "2026-12-01",
            "2027-02-28",
            "2026-12-07 2027-01-04 2027-02-01",
        ),
        (
            "FREQ=MONTHLY;BYDAY=-1FR",
            "2026-12-01",
            "2027-02-28",
            "2026-12-25 2027-01-29 2027-02-26",
        ),
        (
            "FREQ=MONTHLY;BYDAY=5MO",
            "2026-12-01",
            "2027-08-31",
            "2027-03-29 2027-05-31 2027-08-30",
        ),
        // The first working day.
        (
            "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=1",
            "2027-01-01",
            "2027-05-31",
            "2027-01-01 2027-02-01 2027-03-01 2027-04-01 2027-05-03",
        ),
        // 29 February, in leap years only and with 28 February in the others; 2100 is no leap year.
        (
            "FREQ=YEARLY",
            "2024-02-29",
            "2033-01-01",
            "2024-02-29 2028-02-29 2032-02-29",
        ),
        (
            "FREQ=YEARLY",
            "2096-02-29",
            "2104-12-31",
            "2096-02-29 2104-02-29",
        ),
        (
            "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=28,29;BYSETPOS=-1",
            "2026-01-01",
            "2029-12-31",
            "2026-02-28 2027-02-28 2028-02-29 2029-02-28",
        ),
        (
            "FREQ=YEARLY;BYMONTH=3,9;BYDAY=1MO",
            "2026-01-01",
            "2026-12-31",
            "2026-03-02 2026-09-07",
        ),
        (
            "FREQ=YEARLY;BYDAY=-1SU",
            "2026-01-01",
            "2027-12-31",
            "2026-12-27 2027-12-26",
        ),
        (
            "FREQ=YEARLY;INTERVAL=4;BYMONTHDAY=30;BYMONTH=2",
            "2024-02-29",
            never,
            "",
        ),
        // The times are counted from the first day that there is; the last day is included.
        (
            "FREQ=MONTHLY;BYMONTHDAY=31;COUNT=3",
            "2026-02-01",
            never,
            "2026-03-31 2026-05-31 2026-07-31",
        ),
        (
            "FREQ=WEEKLY;BYDAY=MO,WE,FR;COUNT=2",
            "2026-12-03",
            never,
            "2026-12-04 2026-12-07",
        ),
        (
            "FREQ=DAILY;INTERVAL=7;UNTIL=20261214",
            "2026-11-30",
            never,
            "2026-11-30 2026-12-07 2026-12-14",
        ),
        (
            "FREQ=DAILY;INTERVAL=7;UNTIL=20261213",
            "2026-11-30",
            never,
            "2026-11-30 2026-12-07",
        ),
        ("FREQ=DAILY;UNTIL=20261129", "2026-11-30", never, ""),
    ] {
        let expected: Vec<&str> = expected.split_whitespace().collect();
        assert_eq!(
            days(text, first_on, first_on, until),
            expected,
            "{text} {first_on}"
        );
    }
}

/// Whoever looks from a later day on sees the same days, as far as they are left.
#[test]
fn days_from_a_later_day_on() {
    for (text, first_on, from, until, expected) in [
        (
            "FREQ=DAILY;INTERVAL=28",
            "2020-01-01",
            "2026-11-30",
            "2026-12-31",
            "2026-12-23",
        ),
        (
            "FREQ=MONTHLY;INTERVAL=6",
            "2020-05-10",
            "2026-05-11",
            "2027-01-01",
            "2026-11-10",
        ),
        (
            "FREQ=MONTHLY;COUNT=80",
            "2020-05-10",
            "2026-12-01",
            "2027-12-31",
            "2026-12-10",
        ),
        (
            "FREQ=YEARLY",
            "2020-02-29",
            "2026-01-01",
            "2032-12-31",
            "2028-02-29 2032-02-29",
        ),
        (
            "FREQ=WEEKLY;INTERVAL=2",
            "2026-12-02",
            "2026-12-01",
            "2026-12-03",
            "2026-12-02",
        ),
        ("FREQ=DAILY", "2026-12-02", "2026-12-05", "2026-12-04", ""),
    ] {
        let expected: Vec<&str> = expected.split_whitespace().collect();
        assert_eq!(days(text, first_on, from, until), expected, "{text} {from}");
    }
}

/// 36,525 days, of which every seventh day is counted by hand: 1 + 36524 / 7.
#[test]
fn what_never_ends_is_followed_for_a_hundred_years() {
    let weekly = days("FREQ=WEEKLY", "2026-12-02", "2026-12-02", "2126-12-01");
    assert_eq!(weekly.len(), 5_218);
    let last = weekly.last().map(String::as_str);
    assert_eq!(last, Some("2126-11-27"));
    let monthly = "FREQ=MONTHLY;BYMONTHDAY=28,29,30,31;BYSETPOS=-1";
    let monthly = days(monthly, "2026-12-31", "2026-12-31", "2126-11-30");
    assert_eq!(monthly.len(), 1_200);
}

#[test]
fn a_rule_is_written_in_one_way() {
    for (text, written) in [
        ("FREQ=WEEKLY;BYDAY=MO,WE,FR", "FREQ=WEEKLY;BYDAY=MO,WE,FR"),
        (
            "byday=fr,mo,WE,mo;freq=weekly;interval=1;wkst=mo",
            "FREQ=WEEKLY;BYDAY=MO,WE,FR",
        ),
        (
            "COUNT=3;FREQ=MONTHLY;BYDAY=+1MO,-1FR",
            "FREQ=MONTHLY;BYDAY=-1FR,1MO;COUNT=3",
        ),
        (
            "UNTIL=20261231;FREQ=DAILY;INTERVAL=28",
            "FREQ=DAILY;INTERVAL=28;UNTIL=20261231",
        ),
        (
            "FREQ=YEARLY;WKST=SU;BYSETPOS=-1;BYMONTHDAY=29,28;BYMONTH=2",
            "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=28,29;BYSETPOS=-1;WKST=SU",
        ),
    ] {
        let rule = rule(text);
        assert_eq!(rule.to_string(), written);
        assert_eq!(written.parse(), Ok(rule));
    }
    for (first_on, monthly) in [
        ("2026-01-28", "FREQ=MONTHLY"),
        ("2026-01-29", "FREQ=MONTHLY;BYMONTHDAY=28,29;BYSETPOS=-1"),
        (
            "2026-01-31",
            "FREQ=MONTHLY;BYMONTHDAY=28,29,30,31;BYSETPOS=-1",
        ),
    ] {
        assert_eq!(Recurrence::monthly(day(first_on)).to_string(), monthly);
    }
}

/// Never passed over: the sentence names what is not planned with.
#[test]
fn what_is_not_planned_with_is_refused_by_name() {
    for (text, named) in [
        ("", "不是重复方式"),
        ("每月", "不是重复方式"),
        ("FREQ=", "不是重复方式"),
        ("INTERVAL=2", "不是重复方式"),
        ("FREQ=DAILY;", "不是重复方式"),
        ("RRULE:FREQ=DAILY", "RRULE:FREQ=DAILY"),
        ("FREQ=HOURLY", "FREQ=HOURLY"),
        ("FREQ=FORTNIGHTLY", "FORTNIGHTLY"),
        ("FREQ=DAILY;BYHOUR=8,20", "BYHOUR=8,20"),
        ("FREQ=YEARLY;BYWEEKNO=20", "BYWEEKNO=20"),
        ("FREQ=YEARLY;BYYEARDAY=-1", "BYYEARDAY=-1"),
        ("FREQ=MONTHLY;BYMONTHDAY=31;SKIP=BACKWARD", "SKIP=BACKWARD"),
        (
            "FREQ=DAILY;UNTIL=20261231T155959Z",
            "UNTIL=20261231T155959Z",
        ),
        ("FREQ=DAILY;UNTIL=20260230", "20260230"),
        ("FREQ=DAILY;UNTIL=99991231", "9999-12-31"),
        ("FREQ=DAILY;UNTIL=2026-12-31", "2026-12-31"),
        ("FREQ=DAILY;INTERVAL=0", "INTERVAL"),
        ("FREQ=DAILY;INTERVAL=3661", "3661"),
        ("FREQ=DAILY;INTERVAL=-1", "-1"),
        ("FREQ=DAILY;COUNT=0", "COUNT"),
        ("FREQ=DAILY;COUNT=36526", "36526"),
        ("FREQ=DAILY;COUNT=2;UNTIL=20261231", "只能写一个"),
        ("FREQ=DAILY;COUNT=2;COUNT=3", "写了两次"),
        ("FREQ=MONTHLY;BYMONTHDAY=32", "32"),
        ("FREQ=MONTHLY;BYMONTHDAY=0", "BYMONTHDAY"),
        ("FREQ=MONTHLY;BYMONTHDAY=1,", "BYMONTHDAY"),
        ("FREQ=YEARLY;BYMONTH=13", "13"),
        ("FREQ=MONTHLY;BYDAY=6MO", "6MO"),
        ("FREQ=MONTHLY;BYDAY=0MO", "0MO"),
        ("FREQ=MONTHLY;BYDAY=XX", "XX"),
        ("FREQ=MONTHLY;BYDAY=周一", "周一"),
        ("FREQ=YEARLY;BYDAY=54MO", "54MO"),
        ("FREQ=WEEKLY;BYDAY=1MO", "FREQ=WEEKLY"),
        ("FREQ=WEEKLY;BYMONTHDAY=1", "BYMONTHDAY"),
        ("FREQ=MONTHLY;BYSETPOS=1", "BYSETPOS"),
        ("FREQ=WEEKLY;WKST=1", "WKST"),
    ] {
        let refused = text.parse::<Recurrence>().expect_err(text);
        assert!(refused.to_string().contains(named), "{text}: {refused}");
    }
    let none = "FREQ=DAILY;X-PILLS=2".parse::<Recurrence>();
    let named = RecurrenceProblem::NotSupported("X-PILLS=2".to_owned());
    assert_eq!(none, Err(named));
}
