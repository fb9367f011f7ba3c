//! 多久一次，写成话 — a rule as a phrase. What has no everyday sentence is told part by part.

use chrono::{NaiveDate, Weekday};
use gongji_domain::{Frequency, OnWeekday, Recurrence, RuleEnd, RuleParts};
use gongji_policy::Phrase;

/// How often a plan that begins on `first_on` recurs.
pub(crate) fn often(recurrence: Option<&Recurrence>, first_on: NaiveDate) -> Phrase {
    let Some(rule) = recurrence else {
        return Phrase::text("often.once");
    };
    let parts = rule.spelled_out(first_on);
    let often = everyday(&parts).unwrap_or_else(|| part_by_part(&parts));
    match parts.ends {
        RuleEnd::Never => often,
        RuleEnd::Count(times) => Phrase::text("often.count")
            .with("often", often)
            .with("n", Phrase::Number(times.into())),
        RuleEnd::Until(day) => Phrase::text("often.until")
            .with("often", often)
            .with("day", Phrase::Day(day)),
    }
}

fn everyday(parts: &RuleParts) -> Option<Phrase> {
    let RuleParts {
        months,
        month_days,
        weekdays,
        positions,
        ..
    } = parts;
    let counted = |key: &str| Phrase::text(key).with("n", Phrase::Number(parts.interval.into()));
    let on = |key: &str, days: Vec<Phrase>| counted(key).with("days", Phrase::List(days));
    let monthly = |days| Some(on("often.months_on", days));
    let yearly = |days| Some(on("often.years_on", days));
    match (parts.frequency, &months[..], &month_days[..], &weekdays[..]) {
        (Frequency::Daily, [], [], []) => Some(counted("often.days")),
        (Frequency::Weekly, [], [], weekdays) if positions.is_empty() && starts_plainly(parts) => {
            Some(on("often.weeks_on", each(weekdays, on_weekday)))
        }
        (Frequency::Monthly, [], numbers, []) if positions.is_empty() => {
            monthly(each(numbers, on_number))
        }
        (Frequency::Monthly, [], numbers, []) => {
            let number = day_or_last(numbers, positions)?;
            let number = Phrase::Number(number.into());
            monthly(vec![Phrase::text("often.number_or_last").with("n", number)])
        }
        (Frequency::Monthly, [], [], weekdays) if positions.is_empty() => {
            monthly(each(weekdays, on_weekday))
        }
        (Frequency::Yearly, [2], [28, 29], []) if positions[..] == [-1] => {
            yearly(vec![Phrase::text("often.leap_day")])
        }
        (Frequency::Yearly, months, [number], []) if positions.is_empty() && *number > 0 => {
            let day = number.unsigned_abs();
            yearly(each(months, |month| day_of_year(*month, day)))
        }
        _ => None,
    }
}

/// Whether it makes no difference on which day weeks begin, or they begin as they usually do.
fn starts_plainly(parts: &RuleParts) -> bool {
    parts.interval == 1 || parts.week_start == Weekday::Mon
}

/// 31 of 「28,29,30,31, the last of them」
fn day_or_last(numbers: &[i32], positions: &[i32]) -> Option<i32> {
    let last = numbers.last().filter(|last| **last > 28)?;
    let wanted: Vec<i32> = (28..=*last).collect();
    (numbers == wanted && positions == [-1]).then_some(*last)
}

fn each<T>(values: &[T], phrase: impl Fn(&T) -> Phrase) -> Vec<Phrase> {
    values.iter().map(phrase).collect()
}

fn on_number(number: &i32) -> Phrase {
    let key = match *number {
        -1 => return Phrase::text("often.last_day"),
        ..=0 => "often.number_from_end",
        29.. => "often.number_if_any",
        _ => "often.number",
    };
    Phrase::text(key).with("n", Phrase::Number(number.unsigned_abs().into()))
}

fn on_weekday(on: &OnWeekday) -> Phrase {
    let weekday = weekday(on.weekday);
    let key = match on.nth {
        None => return weekday,
        Some(-1) => "often.last_weekday",
        Some(1) => "often.first_weekday",
        Some(2) => "often.second_weekday",
        Some(3) => "often.third_weekday",
        Some(nth) => {
            let key = match nth < 0 {
                true => "often.nth_weekday_from_end",
                false => "often.nth_weekday",
            };
            let number = Phrase::Number(nth.unsigned_abs().into());
            return Phrase::text(key).with("n", number).with("weekday", weekday);
        }
    };
    Phrase::text(key).with("weekday", weekday)
}

fn weekday(weekday: Weekday) -> Phrase {
    Phrase::text(match weekday {
        Weekday::Mon => "often.monday",
        Weekday::Tue => "often.tuesday",
        Weekday::Wed => "often.wednesday",
        Weekday::Thu => "often.thursday",
        Weekday::Fri => "often.friday",
        Weekday::Sat => "often.saturday",
        Weekday::Sun => "often.sunday",
    })
}

fn day_of_year(month: u32, day: u32) -> Phrase {
    match (month, day) {
        (2, 29) => Phrase::text("often.leap_years_only"),
        _ => Phrase::DayOfYear { month, day },
    }
}

/// How long a period is, and then what each part lets through.
fn part_by_part(parts: &RuleParts) -> Phrase {
    let key = match parts.frequency {
        Frequency::Daily => "often.days",
        Frequency::Weekly => "often.weeks",
        Frequency::Monthly => "often.months",
        Frequency::Yearly => "often.years",
    };
    let mut clauses = vec![Phrase::text(key).with("n", Phrase::Number(parts.interval.into()))];
    let mut only = |key: &str, values: Vec<Phrase>| {
        if !values.is_empty() {
            clauses.push(Phrase::text(key).with("which", Phrase::List(values)));
        }
    };
    let month =
        |month: &u32| Phrase::text("often.month").with("n", Phrase::Number((*month).into()));
    only("often.only_months", each(&parts.months, month));
    only("often.only_days", each(&parts.month_days, on_number));
    only("often.only_days", each(&parts.weekdays, on_weekday));
    only("often.only_positions", each(&parts.positions, position));
    if !starts_plainly(parts) && parts.frequency == Frequency::Weekly {
        only("often.week_begins", vec![weekday(parts.week_start)]);
    }
    Phrase::Clauses(clauses)
}

fn position(position: &i32) -> Phrase {
    let key = match *position < 0 {
        true => "often.position_from_end",
        false => "often.position",
    };
    Phrase::text(key).with("n", Phrase::Number(position.unsigned_abs().into()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Language, words};

    fn said(language: Language, rule: Option<&str>, first_on: &str) -> String {
        let rule: Option<Recurrence> = rule.map(|rule| rule.parse().expect("a rule"));
        words(
            language,
            &often(rule.as_ref(), first_on.parse().expect("a day")),
        )
    }

    #[test]
    fn is_said_in_both_languages() {
        for (rule, chinese, english) in [
            ("FREQ=DAILY", "每天", "every day"),
            ("FREQ=DAILY;INTERVAL=28", "每 28 天", "every 28 days"),
            ("FREQ=WEEKLY", "每周六", "every week on Saturday"),
            (
                "FREQ=WEEKLY;BYDAY=MO,WE,FR",
                "每周一、周三、周五",
                "every week on Monday, Wednesday, Friday",
            ),
            (
                "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU",
                "每 2 周的周二",
                "every 2 weeks on Tuesday",
            ),
            (
                "FREQ=MONTHLY;BYMONTHDAY=1,15",
                "每月1日、15日",
                "every month on day 1, day 15",
            ),
            (
                "FREQ=MONTHLY",
                "每月31日（没有这一天的月份跳过）",
                "every month on day 31 (months without it are left out)",
            ),
            (
                "FREQ=MONTHLY;BYMONTHDAY=28,29,30,31;BYSETPOS=-1",
                "每月31日（没有这一天就取月末）",
                "every month on day 31 (or the last day of a shorter month)",
            ),
            (
                "FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=-1",
                "每 3 个月的最后一天",
                "every 3 months on the last day",
            ),
            (
                "FREQ=MONTHLY;BYDAY=1MO",
                "每月第一个周一",
                "every month on the first Monday",
            ),
            (
                "FREQ=MONTHLY;BYDAY=-1FR",
                "每月最后一个周五",
                "every month on the last Friday",
            ),
            (
                "FREQ=MONTHLY;BYDAY=5MO",
                "每月第 5 个周一",
                "every month on Monday number 5",
            ),
            ("FREQ=YEARLY", "每年1月31日", "every year on 31 January"),
            (
                "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=28,29;BYSETPOS=-1",
                "每年2月29日（平年2月28日）",
                "every year on 29 February (28 February in common years)",
            ),
            (
                "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29",
                "每年2月29日（只有闰年有）",
                "every year on 29 February (in leap years only)",
            ),
            (
                "FREQ=MONTHLY;BYMONTHDAY=5;COUNT=6",
                "每月5日，一共 6 次",
                "every month on day 5, 6 times in all",
            ),
            (
                "FREQ=DAILY;COUNT=1",
                "每天，一共 1 次",
                "every day, once in all",
            ),
            (
                "FREQ=DAILY;INTERVAL=7;UNTIL=20261231",
                "每 7 天，到2026年12月31日为止",
                "every 7 days, until 31 Dec 2026",
            ),
            (
                "FREQ=MONTHLY;BYMONTH=3,9;BYDAY=MO,TU;BYSETPOS=1,-1",
                "每月，只在3月、9月，只在周一、周二，其中只要倒数第 1 个、第 1 个",
                "every month, only in month 3, month 9, only on Monday, Tuesday, of these only number 1 from the end, number 1",
            ),
            (
                "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,SU;WKST=SU",
                "每 2 周，只在周一、周日，一周从周日算起",
                "every 2 weeks, only on Monday, Sunday, weeks begin on Sunday",
            ),
        ] {
            let said = |language| said(language, Some(rule), "2026-01-31");
            assert_eq!(said(Language::Chinese), chinese, "{rule}");
            assert_eq!(said(Language::English), english, "{rule}");
        }
        assert_eq!(said(Language::Chinese, None, "2026-01-31"), "只这一次");
    }
}
