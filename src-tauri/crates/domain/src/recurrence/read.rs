//! A rule's text, read strictly: what cannot be planned with is refused by its name.

use std::str::FromStr;

use chrono::{NaiveDate, Weekday};

use super::{Frequency, OnWeekday, Recurrence, RecurrenceProblem, RuleEnd, RuleParts};

const WEEKDAYS: [(&str, Weekday); 7] = [
    ("MO", Weekday::Mon),
    ("TU", Weekday::Tue),
    ("WE", Weekday::Wed),
    ("TH", Weekday::Thu),
    ("FR", Weekday::Fri),
    ("SA", Weekday::Sat),
    ("SU", Weekday::Sun),
];

/// `MO` to `SU`
pub(super) fn weekday_word(weekday: Weekday) -> &'static str {
    let found = WEEKDAYS.into_iter().find(|(_, known)| *known == weekday);
    found.map_or("", |(word, _)| word)
}

fn weekday(word: &str) -> Option<Weekday> {
    let found = WEEKDAYS.into_iter().find(|(known, _)| *known == word);
    found.map(|(_, weekday)| weekday)
}

/// The parts that are planned with; the standard has more, and programs have their own.
const KNOWN: [&str; 9] = [
    "FREQ",
    "INTERVAL",
    "BYMONTH",
    "BYMONTHDAY",
    "BYDAY",
    "BYSETPOS",
    "WKST",
    "COUNT",
    "UNTIL",
];

impl FromStr for Recurrence {
    type Err = RecurrenceProblem;

    fn from_str(text: &str) -> Result<Recurrence, RecurrenceProblem> {
        let written = text.to_ascii_uppercase();
        let mut pairs: Vec<(&'static str, &str)> = Vec::new();
        for pair in written.split(';') {
            let (name, value) = pair
                .split_once('=')
                .filter(|(_, value)| !value.is_empty())
                .ok_or_else(|| RecurrenceProblem::NotARule(text.to_owned()))?;
            let part = KNOWN
                .into_iter()
                .find(|known| *known == name)
                .ok_or_else(|| RecurrenceProblem::NotSupported(pair.to_owned()))?;
            if pairs.iter().any(|(known, _)| *known == part) {
                return Err(RecurrenceProblem::Twice(part.to_owned()));
            }
            pairs.push((part, value));
        }
        let found = |part| pairs.iter().find(|(known, _)| *known == part);
        let frequency = match found("FREQ") {
            Some((_, word)) => frequency(word)?,
            None => return Err(RecurrenceProblem::NotARule(text.to_owned())),
        };
        let mut parts = RuleParts::every(1, frequency);
        for (part, value) in &pairs {
            match *part {
                "INTERVAL" => parts.interval = number("INTERVAL", value)?,
                "BYMONTH" => parts.months = each(value, |one| number("BYMONTH", one))?,
                "BYMONTHDAY" => parts.month_days = each(value, |one| signed("BYMONTHDAY", one))?,
                "BYDAY" => parts.weekdays = each(value, on_weekday)?,
                "BYSETPOS" => parts.positions = each(value, |one| signed("BYSETPOS", one))?,
                "WKST" => {
                    parts.week_start = weekday(value).ok_or_else(|| refused("WKST", value))?;
                }
                "COUNT" => parts.ends = RuleEnd::Count(number("COUNT", value)?),
                "UNTIL" => parts.ends = RuleEnd::Until(last_day(value)?),
                _ => {}
            }
        }
        if found("COUNT").is_some() && found("UNTIL").is_some() {
            return Err(RecurrenceProblem::TwoEnds);
        }
        Recurrence::new(parts)
    }
}

fn refused(part: &'static str, found: &str) -> RecurrenceProblem {
    RecurrenceProblem::Value {
        part,
        found: found.to_owned(),
    }
}

fn frequency(word: &str) -> Result<Frequency, RecurrenceProblem> {
    match word {
        "DAILY" => Ok(Frequency::Daily),
        "WEEKLY" => Ok(Frequency::Weekly),
        "MONTHLY" => Ok(Frequency::Monthly),
        "YEARLY" => Ok(Frequency::Yearly),
        "HOURLY" | "MINUTELY" | "SECONDLY" => {
            Err(RecurrenceProblem::NotSupported(format!("FREQ={word}")))
        }
        other => Err(refused("FREQ", other)),
    }
}

fn each<T>(
    list: &str,
    read: impl Fn(&str) -> Result<T, RecurrenceProblem>,
) -> Result<Vec<T>, RecurrenceProblem> {
    list.split(',').map(read).collect()
}

fn number(part: &'static str, text: &str) -> Result<u32, RecurrenceProblem> {
    let digits = text.bytes().all(|byte| byte.is_ascii_digit());
    let read = digits.then(|| text.parse().ok()).flatten();
    read.ok_or_else(|| refused(part, text))
}

fn signed(part: &'static str, text: &str) -> Result<i32, RecurrenceProblem> {
    let (sign, digits) = match text.strip_prefix('-') {
        Some(digits) => (-1, digits),
        None => (1, text.strip_prefix('+').unwrap_or(text)),
    };
    let read = number(part, digits).ok().filter(|_| !digits.is_empty());
    let read = read.and_then(|number| i32::try_from(number).ok());
    read.map(|number| sign * number)
        .ok_or_else(|| refused(part, text))
}

fn on_weekday(text: &str) -> Result<OnWeekday, RecurrenceProblem> {
    let problem = || refused("BYDAY", text);
    let at = text.len().checked_sub(2).ok_or_else(problem)?;
    let (nth, word) = text.split_at_checked(at).ok_or_else(problem)?;
    let nth = match nth {
        "" => None,
        nth => Some(signed("BYDAY", nth).map_err(|_| problem())?),
    };
    let weekday = weekday(word).ok_or_else(problem)?;
    Ok(OnWeekday { nth, weekday })
}

/// A day; a time of day has no meaning where only days are planned.
fn last_day(text: &str) -> Result<NaiveDate, RecurrenceProblem> {
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    match text.split_at_checked(8) {
        Some((day, "")) if digits(day) => {
            NaiveDate::parse_from_str(day, "%Y%m%d").map_err(|_| refused("UNTIL", text))
        }
        Some((day, time)) if digits(day) && time.starts_with('T') => {
            Err(RecurrenceProblem::NotSupported(format!("UNTIL={text}")))
        }
        _ => Err(refused("UNTIL", text)),
    }
}
