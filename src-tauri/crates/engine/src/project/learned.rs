//! 以往的到账 — where the rules are silent about the day or the sum of a credit, what the same account
//! saw before. What is learned is marked as such; the question that would settle it stays.

use std::sync::Arc;

use chrono::{Datelike, NaiveDate};
use gongji_domain::{AccountId, Amount, Entry, EntryKind, Message, Month, SubAccountId, Yuan};

use super::agenda::Expectations;
use crate::credit::{CreditDue, CreditStep, Credits, HangsOn, PostingKind};
use crate::projection::DayKnown;

/// How many credits must have come before anything is concluded from them, and how many months back
/// they are looked for.
fn enough(kind: PostingKind) -> (usize, i32) {
    match kind {
        PostingKind::Advance => (2, 37),
        _ => (3, 13),
    }
}

/// 到过账的一笔
#[derive(Clone, Debug, PartialEq, Eq)]
struct Came {
    for_month: Month,
    on: NaiveDate,
    sub: SubAccountId,
    net: Yuan,
}

/// What the credits that came tell about the next one.
struct Lesson {
    /// The day, as months after the month it is for and day of that month.
    earliest: (i32, u32),
    latest: (i32, u32),
    net: Amount,
    times: usize,
}

impl Expectations<'_, '_, '_> {
    /// The credits of `month` with what the rules leave open filled from the account's own past.
    pub(super) fn with_learned(
        &self,
        mut credits: Credits,
        account: AccountId,
        month: Month,
    ) -> Credits {
        let silent = |due: &CreditDue| due.net == Amount::UNKNOWN || due.day == DayKnown::Unknown;
        let monthly_unknown = !credits.known && credits.due.is_empty();
        if !monthly_unknown
            && !credits
                .due
                .iter()
                .any(|due| due.kind.is_regular() && silent(due))
        {
            return credits;
        }
        let came = self.came(account);
        // What came before tells about what comes next, not about what was before it.
        if came.last().is_none_or(|last| month <= last.for_month) {
            return credits;
        }
        if monthly_unknown {
            let due = every_month(&came, Month::of(self.window.from), month);
            credits.known = due.is_some();
            credits.due.extend(due);
            return credits;
        }
        for due in credits.due.iter_mut().filter(|due| due.kind.is_regular()) {
            let of_sub: Vec<Came> =
                (came.iter().filter(|came| came.sub == due.sub).cloned()).collect();
            if let Some(lesson) = lesson(&of_sub, due.kind, due.months, Month::of(self.window.from))
            {
                learn(due, &lesson);
            }
        }
        credits
    }

    /// The credits that stand in the record, in the order of the months they are for: of a corrected
    /// one its last form.
    fn came(&self, account: AccountId) -> Vec<Came> {
        let credits: Vec<&Entry> = self
            .entries(account)
            .filter(|entry| entry.kind == EntryKind::Credit && entry.on <= self.window.from)
            .collect();
        let stands = |entry: &Entry| {
            let root = entry.corrects.unwrap_or(entry.id);
            let last = credits
                .iter()
                .rev()
                .find(|other| other.id == root || other.corrects == Some(root));
            last.is_none_or(|last| last.id == entry.id)
        };
        let mut came: Vec<Came> = credits
            .iter()
            .filter(|entry| stands(entry))
            .flat_map(|entry| {
                let legs = entry.legs.iter().filter(move |leg| leg.account == account);
                legs.filter_map(|leg| {
                    Some(Came {
                        for_month: entry.for_month.unwrap_or(Month::of(entry.on)),
                        on: entry.on,
                        sub: leg.sub.clone()?,
                        net: leg.amount,
                    })
                })
            })
            .collect();
        came.sort_by_key(|came| (came.for_month, came.on));
        came
    }
}

/// What is learned before `now` of credits for `months` months each: the last ones must have come one
/// after the other.
fn lesson(came: &[Came], kind: PostingKind, months: u32, now: Month) -> Option<Lesson> {
    let (least, back) = enough(kind);
    let recent: Vec<&Came> = came
        .iter()
        .filter(|came| came.for_month > now.plus(-back))
        .collect();
    let last = &recent[recent.len().checked_sub(least)?..];
    let apart = i32::try_from(months).ok()?;
    let one_by_one = last
        .windows(2)
        .all(|pair| pair[1].for_month.since(pair[0].for_month) == apart);
    if !one_by_one {
        return None;
    }
    let day = |came: &Came| (Month::of(came.on).since(came.for_month), came.on.day());
    let sums = || last.iter().map(|came| came.net);
    Some(Lesson {
        earliest: recent.iter().map(|came| day(came)).min()?,
        latest: recent.iter().map(|came| day(came)).max()?,
        net: Amount::between(sums().min()?, sums().max()?),
        times: recent.len(),
    })
}

/// Fills in what is open of `due`.
fn learn(due: &mut CreditDue, lesson: &Lesson) {
    if due.day == DayKnown::Unknown {
        let on = |(months, day): (i32, u32)| due.for_month.plus(months).day(day);
        due.earliest = Some(on(lesson.earliest));
        due.latest = Some(on(lesson.latest));
        due.day = DayKnown::Learned;
    }
    if due.net == Amount::UNKNOWN {
        due.net = lesson.net;
        due.learned = true;
        due.assumed = true;
        due.formula = None;
        due.steps.push(CreditStep {
            what: Message::new("credit.learned").with("times", lesson.times),
            formula: None,
            result: lesson.net.exact(),
            rule: None,
            source: None,
            note: None,
            assumed: true,
        });
    }
}

/// Where there is no rule at all: a credit for `month` like those of the months before, if they came
/// for one month after the other, up to now.
fn every_month(came: &[Came], now: Month, month: Month) -> Option<CreditDue> {
    let lesson = lesson(came, PostingKind::Credit, 1, now)?;
    let (least, _) = enough(PostingKind::Credit);
    let last = &came[came.len().checked_sub(least)?..];
    let sub = &last.first()?.sub;
    let goes_on = last.last()?.for_month >= now.plus(-2);
    if !(goes_on && last.iter().all(|came| came.sub == *sub)) {
        return None;
    }
    let mut due = CreditDue {
        kind: PostingKind::Credit,
        sub: sub.clone(),
        for_month: month,
        months: 1,
        gross: Amount::UNKNOWN,
        withheld: Amount::UNKNOWN,
        net: Amount::UNKNOWN,
        hangs_on: HangsOn::default(),
        formula: None,
        earliest: None,
        latest: None,
        day: DayKnown::Unknown,
        rules: Arc::default(),
        sources: Arc::default(),
        grade: None,
        assumed: true,
        learned: true,
        steps: Vec::new(),
    };
    learn(&mut due, &lesson);
    Some(due)
}
