//! 应划入 — which credits are expected, month by month, and what is not known about them.

use std::sync::Arc;

use chrono::NaiveDate;
use gongji_domain::{
    AccountId, Amount, Entry, EntryKind, Message, Month, Open, PoolId, SourceRef, SubAccountId,
    Yuan,
};
use gongji_policy::Rules;

use super::agenda::{Expectations, Expected, What};
use super::people::Spell;
use crate::credit::{CreditDue, Credits, HangsOn, PostingKind, Steady, credits_for, taken_back};
use crate::membership::has_account;
use crate::projection::DayKnown;

/// How many months back a credit that was never recorded is still pointed out.
const OVERDUE_MONTHS: i32 = 12;

impl<'h> Expectations<'_, 'h, '_> {
    /// 划入, month by month.
    pub(super) fn credits(&mut self) {
        // What falls on a rest day may come in the month before.
        let last = Month::of(self.window.until).plus(1);
        let mut month = self.first_month();
        let mut before: Option<Yuan> = None;
        // Where the credits were not known the month before.
        let mut unknown: Option<&PoolId> = None;
        let mut steady: Option<Steady<'_>> = None;
        while month <= last {
            let spell = self.person.in_month(month);
            let account = spell.and_then(|spell| self.person.account(spell.enrollment));
            self.taken_back(month);
            if let Some(spell) = spell.filter(|_| account.is_none()) {
                self.account_elsewhere(spell, month);
            }
            let (Some(spell), Some(account)) = (spell, account) else {
                month = month.plus(1);
                continue;
            };
            let person = self.person;
            let course = |day| person.insured_on(spell.enrollment, day);
            let insured = spell.insured(person);
            let again = steady
                .as_ref()
                .and_then(|held| held.again(self.book, &insured, month));
            let credits = again.unwrap_or_else(|| {
                let credits = credits_for(self.book, &insured, &course, month);
                steady = Steady::of(self.book, insured, &course, month, &credits);
                self.with_learned(credits, account.id, month)
            });
            let last = self.not_known_until(&credits, account.id, month);
            let not_known = last.is_some();
            let begins = month.first_day().max(self.window.first()).max(spell.from);
            let pool = &spell.enrollment.pool;
            if last.is_some_and(|last| last > self.window.from) {
                let what =
                    (unknown != Some(pool)).then(|| self.credits_unknown(&pool.0, &credits.open));
                self.push(begins, What::CreditsUnknown(month, what));
                // Where not even the credit is known, neither is its day.
                let late = (!credits.known).then(|| month.plus(1).last_day());
                self.may_come_later(last.max(late), month);
                unknown = Some(pool);
            } else if !not_known {
                unknown = None;
            }
            if month.last_day() > self.window.from {
                self.note(&credits);
            }
            let since = month.first_day().max(spell.from);
            before = self.credit_changes(&credits, before, since);
            let Credits { due, open, .. } = credits;
            let ask = open
                .into_iter()
                .find(|open| open.key == "arrival")
                .and_then(|open| open.ask);
            for due in due {
                match due.net == Amount::UNKNOWN {
                    true => self.expect_of_unknown_size(due, account.id, account.opened_on),
                    false => self.expect(due, account.id, account.opened_on, ask.clone()),
                }
            }
            month = month.plus(1);
        }
    }

    /// Whoever is insured in a place where no account is recorded, but has one of another place on record: what
    /// comes in here, and what it pays, is left out, and that is said.
    fn account_elsewhere(&mut self, spell: &Spell<'h>, month: Month) {
        let enrollment = spell.enrollment;
        let rules = || {
            let (pool, scheme) = (&enrollment.pool, enrollment.scheme);
            self.book.on(pool, scheme, month.first_day())
        };
        let gives = |rules: &Rules<'_>| has_account(rules, enrollment.scheme, &enrollment.plan);
        let is_ahead = self.window.first() <= month.last_day();
        let key = format!("account:{}:{}", self.person.member.id, enrollment.pool);
        if self.person.accounts.is_empty()
            || !is_ahead
            || self.open.iter().any(|known| known.key == key)
            || rules().is_none_or(|rules| gives(&rules) != Some(true))
        {
            return;
        }
        let place = self.book.library.pool(&enrollment.pool);
        let place = place.map_or(enrollment.pool.0.as_str(), |pool| &pool.name);
        let what = Message::new("open.account_elsewhere")
            .with("name", &self.person.member.name)
            .with("place", place);
        self.open.push(Open {
            key,
            what,
            ask: None,
            readings: Vec::new(),
        });
    }

    /// On which day it comes may be known although nobody knows how much.
    fn expect_of_unknown_size(&mut self, due: CreditDue, account: AccountId, opened_on: NaiveDate) {
        let first = due.earliest.unwrap_or_else(|| due.for_month.first_day());
        let last = last_day(&due);
        let comes = self.window.from < last && first <= self.window.until;
        let awaited = due.day != DayKnown::Unknown
            && due.kind.is_regular()
            && !self.recorded(account, &due, first, last);
        let known_by = self.balance_stated(account, &due.sub).max(opened_on);
        if awaited
            && last <= self.window.from
            && known_by < last
            && !self.missing(account, due.for_month)
        {
            let what = Message::new("open.overdue_unknown")
                .with("name", &self.person.member.name)
                .with("month", due.for_month);
            let key = format!("overdue:{}", self.person.member.id);
            if !self.open.iter().any(|known| known.key == key) {
                self.open.push(Open {
                    key,
                    what,
                    ask: None,
                    readings: Vec::new(),
                });
            }
        }
        if self.of_unknown_size.is_none() && comes && awaited {
            self.of_unknown_size = Some(due);
        }
    }

    /// By when what nobody knows the size of, and nobody recorded, must have come: within its month where not even
    /// the credit is known. None where everything is known.
    fn not_known_until(
        &self,
        credits: &Credits,
        account: AccountId,
        month: Month,
    ) -> Option<NaiveDate> {
        if !credits.known {
            return Some(month.last_day());
        }
        let awaited = credits.due.iter().filter(|due| {
            let first = due.earliest.unwrap_or_else(|| due.for_month.first_day());
            let is_there =
                due.kind.is_regular() && self.recorded(account, due, first, last_day(due));
            due.net == Amount::UNKNOWN && !is_there
        });
        awaited
            .map(last_day)
            .max()
            .map(|last| last.max(month.last_day()))
    }

    /// A credit of unknown size leaves open what comes in in every month in which it may arrive.
    fn may_come_later(&mut self, last: Option<NaiveDate>, month: Month) {
        let Some(last) = last else { return };
        let mut next = month.plus(1);
        while next.first_day() <= last.min(self.window.until) {
            if next.last_day() > self.window.from {
                self.push(
                    next.first_day().max(self.window.first()),
                    What::CreditsUnknown(month, None),
                );
            }
            next = next.plus(1);
        }
    }

    /// What was advanced to somebody who was insured in the month before and is not any more.
    fn taken_back(&mut self, month: Month) {
        let person = self.person;
        let Some(spell) = person.in_month(month.plus(-1)) else {
            return;
        };
        let course = |day| person.insured_on(spell.enrollment, day);
        let still = course(month.first_day()).or_else(|| course(month.last_day()));
        let Some(account) = person
            .account(spell.enrollment)
            .filter(|_| still.is_none() && spell.status.in_good_standing())
        else {
            return;
        };
        let credits = taken_back(self.book, &spell.insured(person), &course, month);
        if month.last_day() > self.window.from {
            self.note(&credits);
        }
        for due in credits.due {
            if due.net == Amount::UNKNOWN {
                let what = self.credits_unknown(&spell.enrollment.pool.0, &credits.open);
                let on = month.first_day().max(self.window.first());
                self.push(on, What::CreditsUnknown(month, Some(what)));
            } else {
                self.expect(due, account.id, account.opened_on, None);
            }
        }
    }

    /// From where on credits can matter: nothing is pointed out that came before the record began.
    fn first_month(&self) -> Month {
        let overdue = Month::of(self.window.from).plus(-OVERDUE_MONTHS);
        let opened = self
            .person
            .accounts
            .iter()
            .map(|account| Month::of(account.opened_on))
            .min();
        // A credit arrives at the latest two months after the month it is for.
        opened.map_or(overdue, |opened| overdue.max(opened.plus(-2)))
    }

    /// From a day on the credits are not known: for want of rules, of something only the member knows,
    /// or because the rules leave it open.
    fn credits_unknown(&self, pool: &str, open: &[Open]) -> Message {
        let coded = |code: &str| open.iter().find(|open| open.what.code == code);
        let fact = coded("open.fact").and_then(|open| open.what.params.get("fact"));
        let code = match (coded("open.no_credit_rule"), fact) {
            (Some(_), _) => "project.credit_unknown",
            (None, Some(_)) => "project.credit_unknown_fact",
            (None, None) => "project.credit_unknown_open",
        };
        let known = self
            .book
            .library
            .pools
            .iter()
            .find(|known| known.id.0 == pool);
        let what = Message::new(code)
            .with("name", &self.person.member.name)
            .with("place", known.map_or(pool, |known| known.name.as_str()));
        match fact {
            Some(fact) => what.with("fact", fact),
            None => what,
        }
    }

    /// What is open about the credits, told of whom it is.
    fn note(&mut self, credits: &Credits) {
        for open in &credits.open {
            let mut open = open.clone();
            let name = &self.person.member.name;
            if open.what.code == "open.fact" {
                "open.fact_of".clone_into(&mut open.what.code);
                open.what = open.what.with("whose", name);
            }
            open.what = open.what.with("name", name);
            if !self
                .open
                .iter()
                .any(|known| known.key == open.key && known.what == open.what)
            {
                self.open.push(open);
            }
        }
    }

    /// A change of the monthly sum is an event of its own: it is why the curve bends.
    fn credit_changes(
        &mut self,
        credits: &Credits,
        before: Option<Yuan>,
        on: NaiveDate,
    ) -> Option<Yuan> {
        let regular = credits
            .due
            .iter()
            .filter(|due| due.kind == PostingKind::Credit);
        let in_birthday_month = |due: &CreditDue| matches!(due.hangs_on, HangsOn::Age { .. });
        if regular.clone().any(in_birthday_month) {
            // From the month after at the latest it is the new sum.
            return before;
        }
        let now: Option<Yuan> = regular.map(|due| due.net.exact()).sum();
        let now = now.filter(|_| credits.known && !credits.advanced);
        if let (Some(before), Some(now)) = (before, now)
            && before != now
            && self.window.holds(on)
        {
            let what = Message::new("project.credit_changes")
                .with("name", &self.person.member.name)
                .with("before", before)
                .with("now", now);
            self.push(on, What::Change(what));
        }
        now
    }

    /// The list that is held already, where it is the same: most months rest on what the month before
    /// rests on.
    fn shared(&mut self, sources: Arc<[SourceRef]>) -> Arc<[SourceRef]> {
        let mut held = self.sources.iter().rev();
        if let Some(held) = held.find(|held| Arc::ptr_eq(held, &sources) || ***held == *sources) {
            return Arc::clone(held);
        }
        self.sources.push(Arc::clone(&sources));
        sources
    }

    fn expect(
        &mut self,
        mut due: CreditDue,
        account: AccountId,
        opened_on: NaiveDate,
        ask: Option<String>,
    ) {
        let on = last_day(&due);
        let earliest = due.earliest.unwrap_or_else(|| due.for_month.first_day());
        let stated = self.balance_stated(account, &due.sub);
        let recorded = due.kind.is_regular() && self.recorded(account, &due, earliest, on);
        if on <= stated || on < opened_on || earliest > self.window.until || recorded {
            return;
        }
        let overdue = on <= self.window.from;
        if overdue && (!due.kind.is_regular() || self.missing(account, due.for_month)) {
            return;
        }
        let expected = Expected {
            account,
            sources: self.shared(std::mem::take(&mut due.sources)),
            due,
            earliest,
            overdue,
            may_be_in_balance: earliest <= stated || earliest < opened_on,
            ask,
        };
        self.push(on, What::Credit(Box::new(expected)));
    }

    /// The last day on which the balance of a part of the account was taken over as it stood.
    fn balance_stated(&self, account: AccountId, sub: &SubAccountId) -> NaiveDate {
        let of_part = |entry: &&Entry| {
            let mut legs = entry.legs.iter();
            legs.any(|leg| leg.account == account && leg.sub.as_ref() == Some(sub))
        };
        self.entries(account)
            .filter(of_part)
            .filter(|entry| matches!(entry.kind, EntryKind::Opening | EntryKind::Adjustment))
            .map(|entry| entry.on)
            .filter(|on| *on <= self.window.from)
            .max()
            .unwrap_or(NaiveDate::MIN)
    }

    /// Whether the record holds a credit for that month, or one without a month inside the window.
    fn recorded(
        &self,
        account: AccountId,
        due: &CreditDue,
        earliest: NaiveDate,
        latest: NaiveDate,
    ) -> bool {
        self.entries(account)
            .filter(|entry| matches!(entry.kind, EntryKind::Credit | EntryKind::Correction))
            .any(|entry| match entry.for_month {
                Some(month) => month == due.for_month,
                None => entry.kind == EntryKind::Credit && (earliest..=latest).contains(&entry.on),
            })
    }

    pub(super) fn entries(&self, account: AccountId) -> impl Iterator<Item = &'h Entry> {
        self.noted.get(&account).into_iter().flatten().copied()
    }

    fn missing(&self, account: AccountId, month: Month) -> bool {
        self.household
            .missing_credits
            .iter()
            .any(|missing| missing.account == account && missing.month == month)
    }
}

/// A day nobody knows: counted at the end of the month after, when it must have come.
fn last_day(due: &CreditDue) -> NaiveDate {
    due.latest
        .unwrap_or_else(|| due.for_month.plus(1).last_day())
}
