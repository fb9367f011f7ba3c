//! 日历 — days to look at, as iCalendar. A day keeps its identifier from export to export, so that a
//! calendar that subscribes moves it instead of doubling it.

use chrono::{Days, NaiveDate};
use gongji_domain::Recurrence;
use icalendar::{Calendar, Component, Event, EventLike, Property};

use crate::safe_text::one_line;

/// 日历上的一件事
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CalendarEvent {
    /// 固定的名称 — the same whenever the same thing is meant, whatever its day.
    pub uid: String,
    /// 第一天
    pub on: NaiveDate,
    /// 最后一天（含） — later than `on` where only a range is known.
    pub until: NaiveDate,
    /// 重复方式 — `on` is then the first of its days, as the standard wants it.
    pub recurrence: Option<Recurrence>,
    /// 题目
    pub title: String,
    /// 说明
    pub details: String,
}

/// The events as one calendar. `made_on` is the day of the export: the standard wants to know when an
/// event was written.
pub fn calendar(name: &str, made_on: NaiveDate, events: &[CalendarEvent]) -> String {
    let mut calendar = Calendar::new();
    calendar.name(&one_line(name));
    let stamp = format!("{}T000000Z", made_on.format("%Y%m%d"));
    for event in events {
        let after = event
            .until
            .checked_add_days(Days::new(1))
            .unwrap_or(event.until);
        let mut written = Event::new();
        written
            .uid(&event.uid)
            .summary(&one_line(&event.title))
            .description(&event.details)
            .starts(event.on)
            .ends(after);
        written.append_property(Property::new("DTSTAMP", &stamp));
        if let Some(rule) = &event.recurrence {
            written.append_property(Property::new("RRULE", rule.to_string()));
        }
        // It is news, not an appointment: nobody is busy then.
        written.append_property(Property::new("TRANSP", "TRANSPARENT"));
        calendar.push(written.done());
    }
    calendar.to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::day;

    #[test]
    fn a_calendar_says_the_same_whenever_it_is_written() {
        let events = [
            CalendarEvent {
                uid: "credit-1-2026-12@gongji".to_owned(),
                on: day("2026-12-01"),
                until: day("2026-12-05"),
                recurrence: None,
                title: "王敏：划入 190.00 元".to_owned(),
                details: "北京市，逗号; 分号\n第二行".to_owned(),
            },
            CalendarEvent {
                uid: "run-out-1@gongji".to_owned(),
                on: day("2027-01-10"),
                until: day("2027-01-10"),
                recurrence: None,
                title: "王敏：账户不够用".to_owned(),
                details: String::new(),
            },
            CalendarEvent {
                uid: "plan-3@gongji".to_owned(),
                on: day("2026-12-02"),
                until: day("2026-12-02"),
                recurrence: "FREQ=WEEKLY;BYDAY=MO,WE,FR;UNTIL=20270331".parse().ok(),
                title: "王敏：透析".to_owned(),
                details: String::new(),
            },
        ];
        let text = calendar("我们家", day("2026-11-30"), &events);
        assert_eq!(text, calendar("我们家", day("2026-11-30"), &events));
        let unfolded = text.replace("\r\n ", "");
        for line in [
            "DTSTAMP:20261130T000000Z",
            "UID:credit-1-2026-12@gongji",
            "DTSTART;VALUE=DATE:20261201",
            "DTEND;VALUE=DATE:20261206",
            "SUMMARY:王敏：划入 190.00 元",
            "DESCRIPTION:北京市，逗号\\; 分号\\n第二行",
            "DTEND;VALUE=DATE:20270111",
            "DTSTART;VALUE=DATE:20261202",
            "DTEND;VALUE=DATE:20261203",
            "RRULE:FREQ=WEEKLY;BYDAY=MO,WE,FR;UNTIL=20270331",
            "SUMMARY:王敏：透析",
            "TRANSP:TRANSPARENT",
        ] {
            assert!(
                unfolded.lines().any(|known| known == line),
                "{line}\n{text}"
            );
        }
        assert!(text.lines().all(|line| line.len() <= 75), "{text}");
        assert_eq!(unfolded.matches("BEGIN:VEVENT").count(), 3);
    }
}
