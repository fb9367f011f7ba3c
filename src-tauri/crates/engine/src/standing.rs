//! 待遇随参保的经过 — whether the pool pays on a day after a first enrollment or an interruption, and as
//! what somebody counts who has just retired.

use chrono::{Datelike, Months, NaiveDate};
use gongji_domain::{
    BlockRef, Contributions, Grade, Message, Month, Open, PoolId, Rate, Scheme, SourceRef,
};
use gongji_policy::{Body, Cell, InForce, Library, Rules, StatusRule};

const PART: &str = "membership";

/// 待遇
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// 能享受
    Insured,
    /// 停了，从哪天起
    Stopped {
        /// 从哪天起
        since: NaiveDate,
    },
    /// 等待期
    Waiting {
        /// 到哪天（不含）
        until: NaiveDate,
        /// 等待期内按几成享受；零为不享受
        share: Rate,
    },
    /// 不知道
    Unknown,
}

/// 待遇的判断 — what the pool owes on the day, and what it rests on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StandingVerdict {
    /// 待遇
    pub standing: Standing,
    /// 连续参保的月数是不是重新算；无则不知道
    pub resets: Option<bool>,
    /// 用到的规则段
    pub rule: Option<BlockRef>,
    /// 出处
    pub source: Option<SourceRef>,
    /// 可信等级
    pub grade: Option<Grade>,
    /// 未定之处
    pub open: Vec<Open>,
}

/// 那一天能不能享受待遇 — by what is stated of the contributions; of what is not stated nothing is asked.
pub fn standing(
    library: &Library,
    pool: &PoolId,
    scheme: Scheme,
    stated: &Contributions,
    day: NaiveDate,
) -> StandingVerdict {
    match library.rules(pool, scheme.word(), day) {
        Some(rules) => standing_under(&rules, stated, day),
        None => ruled(None, None, stated, day),
    }
}

/// The same, under rules that the caller has at hand.
pub(crate) fn standing_under(
    rules: &Rules<'_>,
    stated: &Contributions,
    day: NaiveDate,
) -> StandingVerdict {
    ruled(status_rule(rules), longest_wait(rules), stated, day)
}

/// 退休待遇从哪天起 — `None`: not known. Before that day a retired member is paid as one in service.
pub fn retirement_takes_effect(
    library: &Library,
    pool: &PoolId,
    scheme: Scheme,
    retired_on: NaiveDate,
) -> Option<NaiveDate> {
    let rules = library.rules(pool, scheme.word(), retired_on)?;
    let (_, rule) = status_rule(&rules)?;
    match rule.retirement_takes_effect.as_str() {
        "same_month" => Some(Month::of(retired_on).first_day()),
        "month_after" => Some(Month::of(retired_on).plus(1).first_day()),
        "year_after" => NaiveDate::from_ymd_opt(retired_on.year() + 1, 1, 1),
        _ => None,
    }
}

/// The block in force; one that is only a lead answers nothing.
pub(crate) fn status_rule<'r, 'a>(
    rules: &'r Rules<'a>,
) -> Option<(&'r InForce<'a>, &'a StatusRule)> {
    let held = rules.get(PART, "status_rule")?;
    match &held.block.body {
        Body::StatusRule(rule) if !held.off && !rules.in_doubt(PART) => Some((held, &**rule)),
        _ => None,
    }
}

/// 等待期最长几个月 — where the layer above bounds what a place may ask.
fn longest_wait<'r, 'a>(rules: &'r Rules<'a>) -> Option<(&'r InForce<'a>, u32)> {
    rules
        .all(PART, "bound")
        .find_map(|held| match &held.block.body {
            Body::Bound(bound)
                if bound.on == "membership.status_rule.waiting_months" && !held.off =>
            {
                Some((held, bound.at_most_months?))
            }
            _ => None,
        })
}

fn ruled(
    found: Option<(&InForce<'_>, &StatusRule)>,
    longest: Option<(&InForce<'_>, u32)>,
    stated: &Contributions,
    day: NaiveDate,
) -> StandingVerdict {
    let mut verdict = StandingVerdict {
        standing: Standing::Insured,
        resets: None,
        rule: None,
        source: None,
        grade: None,
        open: Vec::new(),
    };
    let gap = Gap::before(stated, day);
    let resumed = gap.as_ref().and_then(|gap| gap.resumed_in);
    let longest = longest.zip(resumed).and_then(|((bound, months), resumed)| {
        let months = i32::try_from(months).ok()?;
        Some((bound, resumed.plus(months).first_day()))
    });
    // However long the place lets people wait, it may not be longer than that.
    let longest = longest
        .filter(|(_, over)| *over <= day)
        .map(|(bound, _)| bound);
    let Some((held, rule)) = found else {
        match longest {
            _ if gap.is_none() => {}
            Some(bound) => verdict.rest_on(bound),
            None => verdict.not_known("rule:status_rule", None),
        }
        return verdict;
    };
    let asked = Asked { rule, day };
    let answer = match (gap, stated.first_insured) {
        (Some(gap), _) => {
            verdict.resets = gap
                .months()
                .zip(rule.after_gap_resets_months)
                .map(|(months, most)| months > most);
            asked.interrupted(&gap)
        }
        (None, Some(first)) => asked.first_time(first),
        (None, None) => return verdict,
    };
    verdict.rest_on(held);
    match (answer, longest) {
        (Ok(standing), _) => verdict.standing = standing,
        (Err("cell:membership.waiting_months"), Some(bound)) => verdict.rest_on(bound),
        (Err(key), _) => verdict.not_known(key, held.block.head.ask.clone()),
    }
    verdict
}

impl StandingVerdict {
    fn rest_on(&mut self, held: &InForce<'_>) {
        self.rule = Some(held.reference());
        self.source = held.source();
        self.grade = Some(held.grade);
    }

    fn not_known(&mut self, key: &str, ask: Option<String>) {
        let what = match key.strip_prefix("fact:") {
            Some(fact) => Message::new("open.fact").with("fact", fact),
            None => Message::new("open.standing"),
        };
        self.standing = Standing::Unknown;
        self.open.push(Open {
            key: key.to_owned(),
            what,
            ask,
            readings: Vec::new(),
        });
    }
}

/// 中断 — from the first month without a contribution.
struct Gap {
    stopped_in: Month,
    resumed_in: Option<Month>,
    back_paid: Option<bool>,
}

impl Gap {
    /// The interruption that has begun by `day`.
    fn before(stated: &Contributions, day: NaiveDate) -> Option<Gap> {
        let stopped_in = stated.stopped_in?;
        (stopped_in.first_day() <= day).then_some(Gap {
            stopped_in,
            resumed_in: stated.resumed_in,
            back_paid: stated.back_paid,
        })
    }

    /// How many months are missing; none that is over yet, none that can be counted.
    fn months(&self) -> Option<u32> {
        let resumed = self.resumed_in?;
        u32::try_from(resumed.since(self.stopped_in)).ok()
    }
}

/// One block and one day.
struct Asked<'r> {
    rule: &'r StatusRule,
    day: NaiveDate,
}

/// The answer, or the name of what is open.
type Answer = Result<Standing, &'static str>;

impl Asked<'_> {
    /// 中断以后：停待遇、补缴、等待期
    fn interrupted(&self, gap: &Gap) -> Answer {
        let stops = match self.rule.pooling_stops.as_str() {
            "same_month" => Some(gap.stopped_in.first_day()),
            "next_month_first" => Some(gap.stopped_in.plus(1).first_day()),
            _ => None,
        };
        if stops.is_some_and(|stops| self.day < stops) {
            return Ok(Standing::Insured);
        }
        let resumed = gap.resumed_in.map(Month::first_day);
        let in_time = gap.months().zip(self.rule.back_pay_months);
        let in_time = in_time.map(|(months, most)| months <= most);
        let covered = match (gap.back_paid, in_time) {
            (Some(true), None) => return Err("cell:membership.back_pay_months"),
            (Some(back_paid), in_time) => back_paid && in_time == Some(true),
            (None, Some(true)) => return Err("fact:back_paid"),
            (None, _) => false,
        };
        match resumed.filter(|resumed| *resumed <= self.day) {
            _ if covered => Ok(Standing::Insured),
            None => match stops {
                Some(since) => Ok(Standing::Stopped { since }),
                None => Err("cell:membership.pooling_stops"),
            },
            Some(resumed) if self.waits("gap") => self.waiting(resumed, resumed),
            Some(_) => Err("cell:membership.waiting_months"),
        }
    }

    /// 首次参保以后的等待期. Whether its months are those of the calendar is not said: where that
    /// differs, it is not known.
    fn first_time(&self, first: NaiveDate) -> Answer {
        if self.day < first {
            return Err("fact:first_insured");
        }
        match self.waits("first_enrollment") {
            true => self.waiting(Month::of(first).first_day(), first),
            false => Ok(Standing::Insured),
        }
    }

    fn waits(&self, after: &str) -> bool {
        self.rule.waits_after.iter().any(|word| word == after)
    }

    /// So many months from the earlier day, or from the later one.
    fn waiting(&self, earlier: NaiveDate, later: NaiveDate) -> Answer {
        let months = self
            .rule
            .waiting_months
            .ok_or("cell:membership.waiting_months")?;
        let over = |from: NaiveDate| from.checked_add_months(Months::new(months));
        let (Some(first), Some(last)) = (over(earlier), over(later)) else {
            return Err("cell:membership.waiting_months");
        };
        if self.day >= last {
            return Ok(Standing::Insured);
        }
        if self.day >= first {
            return Err("fact:waiting_from");
        }
        let during = self.rule.during_waiting.as_deref();
        let share = match during.and_then(Cell::read) {
            Some(Cell::Rate(share)) => share,
            Some(Cell::NoLimit) => Rate::ZERO,
            _ => return Err("cell:membership.during_waiting"),
        };
        Ok(Standing::Waiting { until: last, share })
    }
}

#[cfg(test)]
#[path = "standing_tests.rs"]
mod tests;
