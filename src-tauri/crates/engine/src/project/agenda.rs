//! 日程 — everything that is expected to happen in the projected time, in a fixed order.
//!
//! On one day: changes of year first, with what the accounts then do by themselves, changes of
//! enrollment and age, then credits, then spending, each by member and by plan; at its close a
//! clearing and interest.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::{Days, NaiveDate};
use gongji_domain::{
    AccountId, Amount, Entry, EntryKind, Household, Message, Month, Open, PlannedSpending, PoolId,
    SourceRef, SubAccountId, Yuan,
};

use super::people::{Person, Spell};
use super::turns::Turn;
use crate::credit::{CreditDue, Credits, PostingKind, credits_for, taken_back};
use crate::rulebook::RuleBook;

/// How many months back a credit that was never recorded is still pointed out.
const OVERDUE_MONTHS: i32 = 12;

/// One thing that is expected.
#[derive(Clone, Debug)]
pub(super) struct Item<'h> {
    /// 哪天 — of a credit its latest day.
    pub(super) on: NaiveDate,
    /// 成员（位置）
    pub(super) person: usize,
    pub(super) what: What<'h>,
}

/// What it is.
#[derive(Clone, Debug)]
pub(super) enum What<'h> {
    /// 年度更替
    YearEnd,
    /// 中途离开的地方或险种，年度结束了
    YearLeftBehind(Spell<'h>),
    /// 账户自己的变化
    Turn(Turn),
    /// 身份、年龄、规则的变化
    Change(Message),
    /// 这个月不知道划入多少；从哪天起不知道，说一次
    CreditsUnknown(Month, Option<Message>),
    /// 应划入
    Credit(Box<Expected>),
    /// 计划支出
    Spending(&'h PlannedSpending),
}

/// 应划入的一笔
#[derive(Clone, Debug)]
pub(super) struct Expected {
    pub(super) account: AccountId,
    pub(super) due: CreditDue,
    /// The first day on which it can arrive.
    pub(super) earliest: NaiveDate,
    /// The day has passed and nobody recorded it: shown, never counted.
    pub(super) overdue: bool,
    /// It may already be in the balance that was last stated, inside its own window.
    pub(super) may_be_in_balance: bool,
    /// The question that would settle the day.
    pub(super) ask: Option<String>,
    /// 出处 — one list for all credits that rest on the same; `due` has none any more.
    pub(super) sources: Arc<[SourceRef]>,
}

impl Expected {
    /// Whether it rests on the contribution and the rules alone, so that nothing that is open about
    /// spending touches it.
    pub(super) fn is_the_same_in_every_run(&self) -> bool {
        let due = &self.due;
        let is_exact = due.net.min().is_some() && due.net.min() == due.net.max();
        due.kind.is_regular() && is_exact && (self.overdue || !self.may_be_in_balance)
    }
}

impl What<'_> {
    /// The order on one day.
    fn rank(&self) -> u8 {
        match self {
            What::YearEnd | What::YearLeftBehind(_) => 0,
            What::Turn(Turn::RollOver) => 1,
            What::Turn(Turn::Sweep) => 2,
            What::Change(_) => 3,
            What::CreditsUnknown(..) => 4,
            What::Credit(_) => 5,
            What::Spending(_) => 6,
            What::Turn(Turn::Clearing) => 7,
            What::Turn(Turn::Interest) => 8,
        }
    }
}

/// The projected time.
#[derive(Clone, Copy, Debug)]
pub(super) struct Window {
    /// 实际至（含）
    pub(super) from: NaiveDate,
    /// 预测到（含）
    pub(super) until: NaiveDate,
}

impl Window {
    pub(super) fn first(self) -> NaiveDate {
        self.from + Days::new(1)
    }

    pub(super) fn holds(self, day: NaiveDate) -> bool {
        self.from < day && day <= self.until
    }
}

/// Everything expected of everybody, sorted, with what the rules leave open about the credits.
pub(super) fn agenda<'h>(
    book: &RuleBook<'_>,
    household: &'h Household,
    people: &[Person<'h>],
    window: Window,
    with_interest: bool,
) -> (Vec<Item<'h>>, Vec<Open>) {
    let mut items = Vec::new();
    let mut open = Vec::new();
    for (index, person) in people.iter().enumerate() {
        let mut one = Expectations {
            book,
            household,
            noted: noted(household, person, window),
            person,
            index,
            window,
            items: Vec::new(),
            open: Vec::new(),
            sources: Vec::new(),
        };
        one.credits();
        one.turns(with_interest);
        one.changes();
        one.year_ends();
        one.years_left_behind();
        one.spending();
        items.append(&mut one.items);
        open.append(&mut one.open);
    }
    items.sort_by_key(|item| {
        let plan = match &item.what {
            What::Spending(plan) => plan.id.0,
            _ => 0,
        };
        let person = if plan == 0 { item.person } else { 0 };
        (item.on, item.what.rank(), person, plan)
    });
    (items, open)
}

pub(super) struct Expectations<'e, 'h, 'a> {
    pub(super) book: &'e RuleBook<'a>,
    pub(super) household: &'h Household,
    /// What was recorded of each account besides spending.
    noted: BTreeMap<AccountId, Vec<&'h Entry>>,
    pub(super) person: &'e Person<'h>,
    pub(super) index: usize,
    pub(super) window: Window,
    pub(super) items: Vec<Item<'h>>,
    pub(super) open: Vec<Open>,
    /// What the credits so far rest on, each list once.
    sources: Vec<Arc<[SourceRef]>>,
}

impl<'h> Expectations<'_, 'h, '_> {
    pub(super) fn push(&mut self, on: NaiveDate, what: What<'h>) {
        self.items.push(Item {
            on,
            person: self.index,
            what,
        });
    }

    /// 划入, month by month.
    fn credits(&mut self) {
        // What falls on a rest day may come in the month before.
        let last = Month::of(self.window.until).plus(1);
        let mut month = self.first_month();
        let mut before: Option<Yuan> = None;
        // Where the credits were not known the month before.
        let mut unknown: Option<&PoolId> = None;
        while month <= last {
            let spell = self.person.in_month(month);
            let account = spell.and_then(|spell| self.person.account(spell.enrollment));
            self.taken_back(month);
            let (Some(spell), Some(account)) = (spell, account) else {
                month = month.plus(1);
                continue;
            };
            let person = self.person;
            let course = |day| person.insured_on(spell.enrollment, day);
            let credits = credits_for(self.book, &spell.insured(person), &course, month);
            let credits = self.with_learned(credits, account.id, month);
            let not_known =
                !credits.known || credits.due.iter().any(|due| due.net == Amount::UNKNOWN);
            let begins = month.first_day().max(self.window.first()).max(spell.from);
            let pool = &spell.enrollment.pool;
            if not_known && month.last_day() > self.window.from {
                let what =
                    (unknown != Some(pool)).then(|| self.credits_unknown(&pool.0, &credits.open));
                self.push(begins, What::CreditsUnknown(month, what));
                self.may_come_later(&credits, month);
                unknown = Some(pool);
            } else if !not_known {
                unknown = None;
            }
            if month.last_day() > self.window.from {
                self.note(&credits);
                before = self.credit_changes(&credits, before, begins);
            }
            let Credits { due, open, .. } = credits;
            let ask = open
                .into_iter()
                .find(|open| open.key == "arrival")
                .and_then(|open| open.ask);
            for due in due.into_iter().filter(|due| due.net != Amount::UNKNOWN) {
                self.expect(due, account.id, account.opened_on, ask.clone());
            }
            month = month.plus(1);
        }
    }

    /// A credit of unknown size leaves open what comes in in every month in which it may arrive.
    fn may_come_later(&mut self, credits: &Credits, month: Month) {
        let latest = |due: &CreditDue| due.latest.unwrap_or_else(|| month.plus(1).last_day());
        let not_known = credits.due.iter().filter(|due| due.net == Amount::UNKNOWN);
        // Where not even the credit is known, neither is its day.
        let last = match credits.known {
            true => not_known.map(latest).max(),
            false => Some(month.plus(1).last_day()),
        };
        let Some(last) = last else { return };
        let mut next = month.plus(1);
        while next.first_day() <= last.min(self.window.until) {
            self.push(next.first_day(), What::CreditsUnknown(month, None));
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
            open.what = open.what.with("name", &self.person.member.name);
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
    fn shared(&mut self, sources: Vec<SourceRef>) -> Arc<[SourceRef]> {
        let mut held = self.sources.iter().rev();
        if let Some(held) = held.find(|held| ***held == *sources) {
            return Arc::clone(held);
        }
        let sources: Arc<[SourceRef]> = sources.into();
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
        // A day nobody knows: counted at the end of the month after, when it must have come.
        let on = due
            .latest
            .unwrap_or_else(|| due.for_month.plus(1).last_day());
        let earliest = due.earliest.unwrap_or_else(|| due.for_month.first_day());
        let stated = self.balance_stated(account, &due.sub).max(opened_on);
        let recorded = due.kind.is_regular() && self.recorded(account, &due, earliest, on);
        if on <= stated || earliest > self.window.until || recorded {
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
            may_be_in_balance: earliest <= stated,
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

    fn spending(&mut self) {
        let household = self.household;
        let of_member = household
            .plans
            .iter()
            .filter(|plan| plan.member == self.person.member.id);
        for plan in of_member {
            for day in plan.days(self.window.first(), self.window.until) {
                self.push(day, What::Spending(plan));
            }
        }
    }
}

/// What was recorded of the accounts of a member up to the first projected day and tells about credits
/// and known balances; the spending of years need not be gone through for every month. What was recorded
/// of later days is in no balance yet, so it must not stand for what is expected.
fn noted<'h>(
    household: &'h Household,
    person: &Person<'_>,
    window: Window,
) -> BTreeMap<AccountId, Vec<&'h Entry>> {
    let mut noted: BTreeMap<AccountId, Vec<&Entry>> = BTreeMap::new();
    let tells = |entry: &&Entry| {
        let kinds = matches!(
            entry.kind,
            EntryKind::Opening | EntryKind::Credit | EntryKind::Correction | EntryKind::Adjustment
        );
        kinds && entry.on <= window.from
    };
    for entry in household.entries.iter().filter(tells) {
        for account in &person.accounts {
            if entry.legs.iter().any(|leg| leg.account == account.id) {
                noted.entry(account.id).or_default().push(entry);
            }
        }
    }
    noted
}
