//! 到账：遇节假日提前、顺延，缴费后几个工作日。

use super::*;

/// 2025 年国庆、中秋：10 月 1 日至 8 日放假，9 月 28 日、10 月 11 日上班。测试用的安排。
const CALENDAR: &str = r#"
pool = "000000"
scheme = "any"
part = "calendar"
[[calendar]]
from = 2024-11-12
source = "S"
year = 2025
off = [2025-01-01, 2025-10-01, 2025-10-02, 2025-10-03, 2025-10-06, 2025-10-07, 2025-10-08]
works = [2025-09-28, 2025-10-11]
"#;

fn window(arrival: &str, for_month: &str, calendar: bool) -> (String, String, DayKnown) {
    let block = ACCOUNT.find("[[arrival]]").expect("an arrival");
    let text = format!(
        "{}[[arrival]]\nfrom = 2022-09-01\nsource = \"S 到账\"\n{arrival}\n",
        &ACCOUNT[..block]
    );
    let mut files = vec![("personal-account", text.as_str())];
    if calendar {
        files.push(("calendar", CALENDAR));
    }
    let credits = credit_case(
        &sample::library(&files),
        &active("10000.00"),
        Stay::default(),
        month(for_month),
    );
    let due = &credits.due[0];
    let shown = |day: Option<NaiveDate>| day.map(|day| day.to_string()).unwrap_or_default();
    (shown(due.earliest), shown(due.latest), due.day)
}

fn at(earliest: &str, latest: &str) -> (String, String, DayKnown) {
    let day = if earliest == latest {
        DayKnown::Rule
    } else {
        DayKnown::Range
    };
    (earliest.to_owned(), latest.to_owned(), day)
}

#[test]
fn a_day_that_falls_on_a_rest_day_moves() {
    let on = |day: u32, holiday: &str| {
        format!("kind = \"day_of_month\"\nday = {day}\nholiday = \"{holiday}\"")
    };
    for (day, holiday, for_month, earliest, latest) in [
        (5, "none", "2025-10", "2025-10-05", "2025-10-05"),
        (30, "before", "2025-09", "2025-09-30", "2025-09-30"),
        (1, "before", "2025-10", "2025-09-30", "2025-09-30"),
        (8, "before", "2025-10", "2025-09-30", "2025-09-30"),
        (9, "before", "2025-10", "2025-10-09", "2025-10-09"),
        // 星期六上班；星期日休息。
        (11, "before", "2025-10", "2025-10-11", "2025-10-11"),
        (12, "before", "2025-10", "2025-10-11", "2025-10-11"),
        // 提前到哪一天没有写：放假前一天，或者再早；不放假就是那一天。
        (9, "earlier", "2025-10", "2025-10-09", "2025-10-09"),
        (1, "earlier", "2025-10", "2025-09-19", "2025-09-30"),
        (12, "after", "2025-10", "2025-10-13", "2025-10-13"),
        (1, "after", "2025-10", "2025-10-09", "2025-10-09"),
        (28, "after", "2025-09", "2025-09-28", "2025-09-28"),
        (27, "after", "2025-09", "2025-09-28", "2025-09-28"),
    ] {
        let found = window(&on(day, holiday), for_month, true);
        assert_eq!(found, at(earliest, latest), "{for_month} {day} {holiday}");
    }
}

#[test]
fn without_the_years_arrangement_only_weekends_are_known() {
    let on = |day: u32, holiday: &str| {
        format!("kind = \"day_of_month\"\nday = {day}\nholiday = \"{holiday}\"")
    };
    // 2025-10-01 星期三：也许放假，最多早（晚）九天，再到一个工作日。
    assert_eq!(
        window(&on(1, "before"), "2025-10", false),
        at("2025-09-22", "2025-10-01")
    );
    assert_eq!(
        window(&on(1, "after"), "2025-10", false),
        at("2025-10-01", "2025-10-10")
    );
    // 2025-10-12 星期日。
    assert_eq!(
        window(&on(12, "before"), "2025-10", false),
        at("2025-10-01", "2025-10-10")
    );
    assert_eq!(
        window(&on(12, "after"), "2025-10", false),
        at("2025-10-13", "2025-10-22")
    );
    // 「5 日前」：最早仍是 1 日以前的那天。
    let latest = "kind = \"day_of_month\"\nday = 5\nlatest = true\nholiday = \"after\"";
    assert_eq!(
        window(latest, "2025-09", false),
        at("2025-09-01", "2025-09-15")
    );
    // 规则没说节假日怎样：按写的日子。
    assert_eq!(
        window(&on(12, "unknown"), "2025-10", false),
        at("2025-10-12", "2025-10-12")
    );
}

#[test]
fn counts_working_days_after_the_contribution() {
    let after = |days: u32, more: &str| {
        format!(
            "kind = \"working_days_after_contribution\"\nday = {days}\nholiday = \"unknown\"\n{more}"
        )
    };
    // 缴费在当月某一天。6 月 1 日（星期日）后第 7 个工作日是 6 月 10 日，6 月 30 日（星期一）后是 7 月 9 日。
    assert_eq!(
        window(&after(7, ""), "2025-06", true),
        at("2025-06-10", "2025-07-09")
    );
    assert_eq!(
        window(&after(7, "latest = true"), "2025-06", true),
        at("2025-06-01", "2025-07-09")
    );
    // 9 月 30 日后第 1 个工作日是 10 月 9 日，第 3 个是 11 日（星期六上班），第 7 个是 16 日。
    for (days, latest) in [
        (1, "2025-10-09"),
        (3, "2025-10-11"),
        (4, "2025-10-13"),
        (7, "2025-10-16"),
    ] {
        assert_eq!(
            window(&after(days, "latest = true"), "2025-09", true).1,
            latest,
            "{days}"
        );
    }
    // 没有安排：只跳过周末是 10 月 9 日，最多再晚九天（18 日星期六，顺到 20 日）。
    let unknown = window(&after(7, "latest = true"), "2025-09", false);
    assert_eq!(unknown, at("2025-09-01", "2025-10-20"));
    let next_month = window(
        &after(7, "month_offset = 1\nlatest = true"),
        "2025-05",
        true,
    );
    assert_eq!(next_month, at("2025-06-01", "2025-07-09"));
}

#[test]
fn the_day_may_differ_by_status() {
    let both = "id = \"active\"\nstatus = \"active\"\nkind = \"working_days_after_contribution\"\nday = 7\nlatest = true\nholiday = \"unknown\"\n\
                [[arrival]]\nid = \"retired\"\nfrom = 2022-09-01\nsource = \"S\"\nstatus = \"retired\"\nkind = \"day_of_month\"\nday = 10\nlatest = true\nholiday = \"unknown\"";
    let block = ACCOUNT.find("[[arrival]]").expect("an arrival");
    let text = format!(
        "{}[[arrival]]\nfrom = 2022-09-01\nsource = \"S 到账\"\n{both}\n",
        &ACCOUNT[..block]
    );
    let latest = |insured: &Insured| due(&text, insured, "2025-06").due[0].latest;
    assert_eq!(latest(&retired("1960-01-01")), Some(day("2025-06-10")));
    // 7 月 9 日之后，没有安排再加九天：18 日星期五。
    assert_eq!(latest(&active("10000.00")), Some(day("2025-07-18")));
}

/// 月中参保：参保以前不会到账；那时已经过了到账日的，最晚次月底。
#[test]
fn nothing_arrives_before_somebody_is_insured() {
    let on = |day: u32, more: &str| {
        format!("kind = \"day_of_month\"\nday = {day}\nholiday = \"none\"\n{more}")
    };
    let latest = "latest = true";
    for (arrival, from, until, earliest, last) in [
        (on(20, ""), "2025-03-15", None, "2025-03-20", "2025-03-20"),
        (on(15, ""), "2025-03-15", None, "2025-03-15", "2025-03-15"),
        (on(10, ""), "2025-03-15", None, "2025-03-15", "2025-04-30"),
        (
            on(20, latest),
            "2025-03-15",
            None,
            "2025-03-15",
            "2025-03-20",
        ),
        (
            on(10, latest),
            "2025-03-15",
            None,
            "2025-03-15",
            "2025-04-30",
        ),
        (
            on(10, "month_offset = 1"),
            "2025-03-15",
            None,
            "2025-04-10",
            "2025-04-10",
        ),
        (on(10, ""), "2025-03-01", None, "2025-03-10", "2025-03-10"),
        // 停保以后才到的，不往后推。
        (
            on(10, "month_offset = 1"),
            "2025-01-01",
            Some("2025-03-31"),
            "2025-04-10",
            "2025-04-10",
        ),
        (
            "kind = \"unknown\"\nholiday = \"unknown\"".to_owned(),
            "2025-03-15",
            None,
            "2025-03-15",
            "2025-04-30",
        ),
    ] {
        let block = ACCOUNT.find("[[arrival]]").expect("an arrival");
        let text = format!(
            "{}[[arrival]]\nfrom = 2022-09-01\nsource = \"S 到账\"\n{arrival}\n",
            &ACCOUNT[..block]
        );
        let stay = Stay {
            from: Some(day(from)),
            until: until.map(day),
        };
        let library = sample::library(&[("personal-account", text.as_str())]);
        let credits = credit_case(&library, &active("10000.00"), stay, month("2025-03"));
        let due = &credits.due[0];
        let found = (due.earliest, due.latest);
        let expected = (Some(day(earliest)), Some(day(last)));
        assert_eq!(found, expected, "{arrival} {from}");
    }
}

/// 当月 15 日到次月 6 日的：填 20 日就是当月的 20 日，填 5 日是次月的。
#[test]
fn a_stated_day_stands_where_the_window_holds_it() {
    let block = ACCOUNT.find("[[arrival]]").expect("an arrival");
    let text = format!(
        "{}[[arrival]]\nfrom = 2022-09-01\nsource = \"S 到账\"\nkind = \"day_of_month\"\nday = 6\n\
         earliest_day = 15\nmonth_offset = 1\nlatest = true\nholiday = \"unknown\"\n",
        &ACCOUNT[..block]
    );
    for (stated, expected) in [(20, "2025-06-20"), (15, "2025-06-15"), (5, "2025-07-05")] {
        let insured = Insured {
            stated_day: Some(stated),
            ..active("10000.00")
        };
        let credits = due(&text, &insured, "2025-06");
        assert_eq!(credits.due[0].latest, Some(day(expected)), "{stated}");
    }
}
