//! 工作日 — which days are rest days, as far as the published arrangement of the year is known.

use std::collections::BTreeMap;

use chrono::{Datelike, Days, NaiveDate, Weekday};
use gongji_policy::{Body, Calendar, Rules};

/// Where the arrangement of a year is not at hand, a day may move by as much. An assumption that no
/// document at hand states: longer than any rest we know of, so that the range does not miss the day.
const LONGEST_REST: u64 = 9;

/// 最早与最晚的日子
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Between {
    pub(super) earliest: NaiveDate,
    pub(super) latest: NaiveDate,
}

/// 一年的放假安排 — where it differs from the week.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Arrangement {
    /// 放假的工作日（周一到周五）
    pub off: Vec<NaiveDate>,
    /// 上班的周末
    pub works: Vec<NaiveDate>,
}

/// 某一年的放假安排 — as it is known on the day of the rules; `None` where it is not.
pub fn arrangement(rules: &Rules<'_>, year: i32) -> Option<Arrangement> {
    let days = WorkDays::of(rules);
    days.years.get(&year)?;
    let of_year = NaiveDate::from_ymd_opt(year, 1, 1)?
        .iter_days()
        .take_while(|day| day.year() == year);
    let (weekend, week): (Vec<_>, Vec<_>) = of_year.partition(is_weekend);
    Some(Arrangement {
        off: week.into_iter().filter(|day| days.rests(*day)).collect(),
        works: (weekend.into_iter().filter(|day| !days.rests(*day))).collect(),
    })
}

fn is_weekend(day: &NaiveDate) -> bool {
    matches!(day.weekday(), Weekday::Sat | Weekday::Sun)
}

/// 历 — the weeks, and the arrangements of the years that the rules carry.
pub(super) struct WorkDays<'r> {
    years: BTreeMap<i32, &'r Calendar>,
}

impl<'r> WorkDays<'r> {
    pub(super) fn of(rules: &'r Rules<'_>) -> WorkDays<'r> {
        let years = rules
            .blocks
            .iter()
            .filter_map(|held| match &held.block.body {
                Body::Calendar(calendar) if !held.off => Some((calendar.year, &**calendar)),
                _ => None,
            });
        WorkDays {
            years: years.collect(),
        }
    }

    /// Whether `day` is certainly a rest day; without the year's arrangement the weekends are.
    fn rests(&self, day: NaiveDate) -> bool {
        let weekend = is_weekend(&day);
        match self.years.get(&day.year()) {
            Some(year) => year.off.contains(&day) || (weekend && !year.works.contains(&day)),
            None => weekend,
        }
    }

    /// Whether the arrangement of every year from `one` to `other` is at hand.
    fn arranged(&self, one: NaiveDate, other: NaiveDate) -> bool {
        (one.year().min(other.year())..=one.year().max(other.year()))
            .all(|year| self.years.contains_key(&year))
    }

    /// 遇节假日提前 — the last working day not after `day`.
    pub(super) fn not_after(&self, day: NaiveDate) -> Between {
        let latest = self.nearest(day, NaiveDate::pred_opt);
        let earliest = if self.arranged(latest, day) {
            latest
        } else {
            self.nearest(latest - Days::new(LONGEST_REST), NaiveDate::pred_opt)
        };
        Between { earliest, latest }
    }

    /// 遇节假日提前，没有写提前到哪一天 — `day` itself where it is a working day; else some day before the
    /// rest, its eve at the latest.
    pub(super) fn some_day_before(&self, day: NaiveDate) -> Between {
        let by = self.not_after(day);
        if by.earliest == day {
            return by;
        }
        Between {
            earliest: self.nearest(by.latest - Days::new(LONGEST_REST), NaiveDate::pred_opt),
            latest: by.latest,
        }
    }

    /// 遇节假日顺延 — the first working day not before `day`.
    pub(super) fn not_before(&self, day: NaiveDate) -> Between {
        let earliest = self.nearest(day, NaiveDate::succ_opt);
        let latest = if self.arranged(day, earliest) {
            earliest
        } else {
            self.nearest(earliest + Days::new(LONGEST_REST), NaiveDate::succ_opt)
        };
        Between { earliest, latest }
    }

    /// 之后第几个工作日 — the `count`th working day after `day`.
    pub(super) fn after(&self, day: NaiveDate, count: u32) -> Between {
        let mut at = day;
        for _ in 0..count {
            at = self.nearest(at + Days::new(1), NaiveDate::succ_opt);
        }
        if count == 0 || self.arranged(day, at) {
            return Between {
                earliest: at,
                latest: at,
            };
        }
        let moved = self.nearest(at + Days::new(LONGEST_REST), NaiveDate::succ_opt);
        Between {
            earliest: at,
            latest: moved,
        }
    }

    fn nearest(&self, day: NaiveDate, step: impl Fn(&NaiveDate) -> Option<NaiveDate>) -> NaiveDate {
        let mut at = day;
        while self.rests(at) {
            let Some(next) = step(&at) else { break };
            at = next;
        }
        at
    }
}
