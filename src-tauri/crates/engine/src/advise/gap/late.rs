//! 还没到 — the contribution of the month came late or not at all, or the place is late itself.

use gongji_domain::{EmploymentStatus, Message, Month};
use gongji_policy::{Arrival, ArrivalKind, Body, Holiday, InForce};

use super::{Founded, GapKind, Look, credits_of};

/// How many months back an account's own delays are looked at.
const HISTORY: i32 = 12;

/// For how many days after the last day a rest that the rule does not speak of may be behind it.
const REST: i64 = 9;

impl<'a> Look<'_, 'a> {
    pub(super) fn late(&mut self) {
        let delays = self.delays();
        let days = (self.today - self.day).num_days();
        let mut seen = Vec::new();
        if days > 0 {
            seen.push(
                Message::new("gap.late.days")
                    .with("day", self.day)
                    .with("n", days),
            );
        }
        let was_late = delays.iter().max().map(|longest| {
            Message::new("gap.late.before")
                .with("times", delays.len())
                .with("n", longest)
        });
        let like_before = delays.iter().max().is_some_and(|longest| days <= *longest);
        if self.contributes() {
            self.paid_late(seen.clone(), was_late.clone());
        }
        if let Some(was_late) = was_late.filter(|_| like_before) {
            let what = Message::new("gap.comes_late");
            let source = self.arrival().and_then(|(held, _)| held.source());
            seen.push(was_late);
            self.note(Founded::Seen, GapKind::ComesLate, what, seen, source);
        } else {
            self.rest_days(days);
        }
    }

    /// The rule may wait for the contribution; who pays none misses none.
    fn paid_late(&mut self, mut evidence: Vec<Message>, was_late: Option<Message>) {
        let rule = self.arrival();
        let after = rule.filter(|(_, rule)| rule.kind == ArrivalKind::WorkingDaysAfterContribution);
        let what = Message::new(match self.pays_alone() {
            true => "gap.paid_late.self",
            false => "gap.paid_late",
        })
        .with("month", self.month);
        let source = match after {
            Some((held, rule)) => {
                let days = rule.day.unwrap_or_default();
                evidence.insert(
                    0,
                    Message::new("gap.paid_late.rule").with("working_days", days),
                );
                held.source()
            }
            None => self.credit_source(),
        };
        let founded = match was_late {
            Some(_) => Founded::Seen,
            None => Founded::Possible,
        };
        evidence.extend(was_late);
        self.note(founded, GapKind::PaidLate, what, evidence, source);
    }

    /// The last day was a rest day, and the rule does not say whether it then comes later.
    fn rest_days(&mut self, days: i64) {
        let Some((held, rule)) = self.arrival() else {
            return;
        };
        let silent = matches!(rule.holiday, Holiday::Unknown)
            && rule.kind != ArrivalKind::WorkingDaysAfterContribution;
        if !silent || days > REST || !is_weekend(self.day) {
            return;
        }
        let evidence = Message::new("gap.comes_late.rest").with("day", self.day);
        let what = Message::new("gap.comes_late");
        let source = held.source();
        self.note(
            Founded::Seen,
            GapKind::ComesLate,
            what,
            vec![evidence],
            source,
        );
    }

    /// 在职的按月缴费，退休的不缴
    pub(super) fn contributes(&self) -> bool {
        self.spell.status != EmploymentStatus::Retired
    }

    /// By how many days each of the account's credits of the last year came after its last day.
    fn delays(&self) -> Vec<i64> {
        let recent = |month: Month| (1..=HISTORY).contains(&self.month.since(month));
        let credits = credits_of(self.household, self.account.id);
        let delay = |entry: &gongji_domain::Entry| {
            let month = entry.for_month.filter(|month| recent(*month))?;
            let spell = self.person.in_month(month)?;
            let credits = self.credited(month, &spell.insured(self.person));
            let due = credits.due.into_iter().find(|due| due.kind.is_regular())?;
            let late = (entry.on - due.latest?).num_days();
            (late > 0).then_some(late)
        };
        credits.filter_map(delay).collect()
    }

    /// The rule of arrival of this status, else of everybody.
    fn arrival(&self) -> Option<(InForce<'a>, &'a Arrival)> {
        let rules = self.rules.as_deref()?;
        let of = |named: bool| {
            rules.blocks.iter().find_map(|held| {
                let Body::Arrival(arrival) = &held.block.body else {
                    return None;
                };
                let own = arrival.status.as_deref().filter(|word| *word != "any");
                let fits = own.map_or(!named, |word| named && word == self.spell.status.word());
                (fits && !held.off).then_some((*held, &**arrival))
            })
        };
        of(true).or_else(|| of(false))
    }
}

fn is_weekend(day: chrono::NaiveDate) -> bool {
    use chrono::{Datelike, Weekday};
    matches!(day.weekday(), Weekday::Sat | Weekday::Sun)
}
