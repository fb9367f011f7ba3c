//! 多久一次 — what the form of a plan says as a rule of the calendar, and back.

use chrono::{Datelike, NaiveDate, Weekday};
use gongji_domain::{
    Frequency, Message, OnWeekday, Recurrence, RecurrenceProblem, RuleEnd, RuleParts,
};

use crate::{ApiError, DayOfWeek, Repeat, RepeatDay, RepeatEnd, RepeatUnit};

const WEEKDAYS: [(DayOfWeek, Weekday); 7] = [
    (DayOfWeek::Monday, Weekday::Mon),
    (DayOfWeek::Tuesday, Weekday::Tue),
    (DayOfWeek::Wednesday, Weekday::Wed),
    (DayOfWeek::Thursday, Weekday::Thu),
    (DayOfWeek::Friday, Weekday::Fri),
    (DayOfWeek::Saturday, Weekday::Sat),
    (DayOfWeek::Sunday, Weekday::Sun),
];

fn to_weekday(day: DayOfWeek) -> Weekday {
    let found = WEEKDAYS.into_iter().find(|(known, _)| *known == day);
    found.map_or(Weekday::Mon, |(_, weekday)| weekday)
}

fn of_weekday(weekday: Weekday) -> DayOfWeek {
    let found = WEEKDAYS.into_iter().find(|(_, known)| *known == weekday);
    found.map_or(DayOfWeek::Monday, |(day, _)| day)
}

impl Repeat {
    /// The rule that the form means for a plan that begins on `first_on`; none for a single day.
    pub(crate) fn rule(&self, first_on: NaiveDate) -> Result<Option<Recurrence>, ApiError> {
        let rule = match self {
            Repeat::Once => return Ok(None),
            Repeat::Rule { rule } => rule.clone(),
            Repeat::Every {
                every,
                unit,
                weekdays,
                on,
                ends,
            } => {
                let parts = RuleParts::every(*every, frequency(*unit));
                let parts = match unit {
                    RepeatUnit::Days => parts,
                    RepeatUnit::Weeks => on_weekdays(parts, weekdays),
                    RepeatUnit::Months => in_month(parts, *on, first_on),
                    RepeatUnit::Years => in_year(parts, first_on),
                };
                let ends = match *ends {
                    RepeatEnd::Never => RuleEnd::Never,
                    RepeatEnd::Times { times } => RuleEnd::Count(times),
                    RepeatEnd::Until { day } => RuleEnd::Until(day),
                };
                Recurrence::new(RuleParts { ends, ..parts }).map_err(refused)?
            }
        };
        match rule.parts().ends {
            RuleEnd::Until(day) if day < first_on => Err(ApiError::input(
                "repeat.ends",
                Message::new("error.ends_before_start"),
            )),
            _ => Ok(Some(rule)),
        }
    }

    /// How the form shows a rule; what it has no fields for is kept as the rule it is.
    pub(crate) fn of(recurrence: Option<&Recurrence>, first_on: NaiveDate) -> Repeat {
        let Some(rule) = recurrence else {
            return Repeat::Once;
        };
        let parts = rule.parts();
        let unit = match parts.frequency {
            Frequency::Daily => RepeatUnit::Days,
            Frequency::Weekly => RepeatUnit::Weeks,
            Frequency::Monthly => RepeatUnit::Months,
            Frequency::Yearly => RepeatUnit::Years,
        };
        let weekdays = match unit {
            RepeatUnit::Weeks => parts
                .weekdays
                .iter()
                .map(|on| of_weekday(on.weekday))
                .collect(),
            _ => Vec::new(),
        };
        let ends = match parts.ends {
            RuleEnd::Never => RepeatEnd::Never,
            RuleEnd::Count(times) => RepeatEnd::Times { times },
            RuleEnd::Until(day) => RepeatEnd::Until { day },
        };
        let shown = Repeat::Every {
            every: parts.interval,
            unit,
            weekdays,
            on: day_of(parts, first_on),
            ends,
        };
        match shown.rule(first_on) {
            Ok(Some(same)) if same == *rule => shown,
            _ => Repeat::Rule { rule: rule.clone() },
        }
    }
}

fn frequency(unit: RepeatUnit) -> Frequency {
    match unit {
        RepeatUnit::Days => Frequency::Daily,
        RepeatUnit::Weeks => Frequency::Weekly,
        RepeatUnit::Months => Frequency::Monthly,
        RepeatUnit::Years => Frequency::Yearly,
    }
}

fn on_weekdays(parts: RuleParts, weekdays: &[DayOfWeek]) -> RuleParts {
    let weekdays = weekdays
        .iter()
        .map(|day| OnWeekday::every(to_weekday(*day)));
    RuleParts {
        weekdays: weekdays.collect(),
        ..parts
    }
}

fn in_month(parts: RuleParts, on: RepeatDay, first_on: NaiveDate) -> RuleParts {
    match on {
        // What every month has is left to the first day.
        RepeatDay::Same if first_on.day() <= 28 => parts,
        RepeatDay::Same => parts.on_day_or_last(first_on.day()),
        RepeatDay::Number { day } => parts.on_day_or_last(day),
        RepeatDay::Last => RuleParts {
            month_days: vec![-1],
            ..parts
        },
        RepeatDay::Weekday { nth, weekday } => RuleParts {
            weekdays: vec![OnWeekday {
                nth: Some(nth),
                weekday: to_weekday(weekday),
            }],
            ..parts
        },
    }
}

/// 29 February is 28 February in the years without it.
fn in_year(parts: RuleParts, first_on: NaiveDate) -> RuleParts {
    match (first_on.month(), first_on.day()) {
        (2, 29) => RuleParts {
            months: vec![2],
            ..parts.on_day_or_last(29)
        },
        _ => parts,
    }
}

/// The day of the month as the form would say it; the caller compares.
fn day_of(parts: &RuleParts, first_on: NaiveDate) -> RepeatDay {
    if let [
        OnWeekday {
            nth: Some(nth),
            weekday,
        },
    ] = parts.weekdays[..]
    {
        let weekday = of_weekday(weekday);
        return RepeatDay::Weekday { nth, weekday };
    }
    match parts.month_days.last() {
        Some(-1) => RepeatDay::Last,
        Some(number) if *number > 28 && first_on.day() == number.unsigned_abs() => RepeatDay::Same,
        Some(number) => RepeatDay::Number {
            day: number.unsigned_abs(),
        },
        None => RepeatDay::Same,
    }
}

/// What is wrong with a rule, at the field of the form that said it.
fn refused(problem: RecurrenceProblem) -> ApiError {
    let (field, message) = match &problem {
        RecurrenceProblem::Value {
            part: "INTERVAL", ..
        } => ("repeat.every", Message::new("error.repeat_every")),
        RecurrenceProblem::Value { part: "COUNT", .. } => {
            ("repeat.ends", Message::new("error.repeat_times"))
        }
        problem => (
            "repeat",
            Message::new("error.refused").with("detail", problem),
        ),
    };
    ApiError::input(field, message)
}

#[cfg(test)]
mod tests;
