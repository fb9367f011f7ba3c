//! 日程 — everything that is expected to happen in the projected time, in a fixed order.
//!
//! On one day: changes of year, enrollment and age first, then credits, then spending, each by
//! member and by plan.

use chrono::{Days, NaiveDate};
use gongji_domain::{
    AccountId, Entry, EntryKind, Household, Message, Month, Open, PlannedSpending,
    Recurrence, Yuan,
};
use gongji_policy::{Per, Rules};

use super::counters::definitions;
use super::people::Person;
use super::period::period;
use crate::credit::{CreditDue, Credits, PostingKind, credits_for};
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

/// What it is. The order of the variants is the order on one day.
#[derive(Clone, Debug)]
pub(super) enum What<'h> {
    /// 年度更替
    YearEnd,
    /// 身份、年龄、规则的变化
    Change(Message),
    /// 从这一天起不知道划入多少
    CreditsUnknown(Month, Message),
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
}

impl What<'_> {
    fn rank(&self) -> u8 {
        match self {
            What::YearEnd => 0,
            What::Change(_) => 1,
            What::CreditsUnknown(..) => 2,
            What::Credit(_) => 3,
            What::Spending(_) => 4,
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

    fn holds(self, day: NaiveDate) -> bool {
        self.from < day && day <= self.until
    }
}

/// Everything expected of everybody, sorted, with what the rules leave open about the credits.
pub(super) fn agenda<'h>(
    book: &RuleBook<'_>,
    household: &'h Household,
    people: &[Person<'h>],
    window: Window,
) -> (Vec<Item<'h>>, Vec<Open>) {
    let mut items = Vec::new();
    let mut open = Vec::new();
    for (index, person) in people.iter().enumerate() {
        let mut one = Expectations { book, household, person, index, window, items: Vec::new(), open: Vec::new() };
        one.credits();
        one.changes();
        one.year_ends();
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

struct Expectations<'e, 'h, 'a> {
    book: &'e RuleBook<'a>,
    household: &'h Household,
    person: &'e Person<'h>,
    index: usize,
    window: Window,
    items: Vec<Item<'h>>,
    open: Vec<Open>,
}

impl<'h> Expectations<'_, 'h, '_> {
    fn push(&mut self, on: NaiveDate, what: What<'h>) {
        self.items.push(Item { on, person: self.index, what });
    }

    /// 划入, month by month.
    fn credits(&mut self) {
        let last = Month::of(self.window.until);
        let mut month = Month::of(self.window.from).plus(-OVERDUE_MONTHS);
        let mut before: Option<Yuan> = None;
        let mut unknown = false;
        while month <= last {
            let spell = self.person.in_month(month);
            let account = spell.and_then(|spell| self.person.account(spell.enrollment));
            let (Some(spell), Some(account)) = (spell, account) else {
                month = month.plus(1);
                continue;
            };
            let credits = credits_for(self.book, &spell.insured(self.person), month);
            let not_known = !credits.known || credits.due.iter().any(|due| due.net.exact().is_none());
            let begins = month.first_day().max(self.window.first());
            if not_known && !unknown && month.last_day() > self.window.from {
                let what = self.credits_unknown(spell.enrollment.pool.0.as_str());
                self.push(begins, What::CreditsUnknown(month, what));
                unknown = true;
            } else if !not_known {
                unknown = false;
            }
            if month.last_day() > self.window.from {
                self.note(&credits);
                before = self.credit_changes(&credits, before, begins);
            }
            let Credits { due, open, .. } = credits;
            let ask = open.into_iter().find(|open| open.key == "arrival").and_then(|open| open.ask);
            for due in due.into_iter().filter(|due| due.net.exact().is_some()) {
                self.expect(due, account.id, account.opened_on, ask.clone());
            }
            month = month.plus(1);
        }
    }

    fn credits_unknown(&self, pool: &str) -> Message {
        let known = self.book.library.pools.iter().find(|known| known.id.0 == pool);
        Message::new("project.credit_unknown")
            .with("name", &self.person.member.name)
            .with("place", known.map_or(pool, |known| known.name.as_str()))
    }

    /// What is open about the credits, told of whom it is.
    fn note(&mut self, credits: &Credits) {
        for open in &credits.open {
            let mut open = open.clone();
            open.what = open.what.with("name", &self.person.member.name);
            if !self.open.iter().any(|known| known.key == open.key && known.what == open.what) {
                self.open.push(open);
            }
        }
    }

    /// A change of the monthly sum is an event of its own: it is why the curve bends.
    fn credit_changes(&mut self, credits: &Credits, before: Option<Yuan>, on: NaiveDate) -> Option<Yuan> {
        let regular = credits.due.iter().filter(|due| due.kind == PostingKind::Credit);
        let now: Option<Yuan> = regular.map(|due| due.net.exact()).sum();
        let now = now.filter(|_| credits.known);
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

    fn expect(&mut self, due: CreditDue, account: AccountId, opened_on: NaiveDate, ask: Option<String>) {
        // A day nobody knows: counted at the end of the month after, when it must have come.
        let on = due.latest.unwrap_or_else(|| due.for_month.plus(1).last_day());
        let earliest = due.earliest.unwrap_or_else(|| due.for_month.first_day());
        let stated = self.balance_stated(account).max(opened_on);
        let recorded = due.kind == PostingKind::Credit && self.recorded(account, &due, earliest, on);
        if on <= stated || on > self.window.until || recorded {
            return;
        }
        let overdue = on <= self.window.from;
        if overdue && (due.kind != PostingKind::Credit || self.missing(account, due.for_month)) {
            return;
        }
        let expected = Expected {
            account,
            due,
            earliest,
            overdue,
            may_be_in_balance: earliest <= stated,
            ask,
        };
        self.push(on, What::Credit(Box::new(expected)));
    }

    /// The last day on which the balance was taken over as it stood.
    fn balance_stated(&self, account: AccountId) -> NaiveDate {
        self.entries(account)
            .filter(|entry| matches!(entry.kind, EntryKind::Opening | EntryKind::Adjustment))
            .map(|entry| entry.on)
            .filter(|on| *on <= self.window.from)
            .max()
            .unwrap_or(NaiveDate::MIN)
    }

    /// Whether the record holds a credit for that month, or one without a month inside the window.
    fn recorded(&self, account: AccountId, due: &CreditDue, earliest: NaiveDate, latest: NaiveDate) -> bool {
        self.entries(account)
            .filter(|entry| matches!(entry.kind, EntryKind::Credit | EntryKind::Correction))
            .any(|entry| match entry.for_month {
                Some(month) => month == due.for_month,
                None => entry.kind == EntryKind::Credit && (earliest..=latest).contains(&entry.on),
            })
    }

    fn entries(&self, account: AccountId) -> impl Iterator<Item = &'h Entry> + use<'h> {
        let legs_on = move |entry: &&Entry| entry.legs.iter().any(|leg| leg.account == account);
        self.household.entries.iter().filter(legs_on)
    }

    fn missing(&self, account: AccountId, month: Month) -> bool {
        self.household
            .missing_credits
            .iter()
            .any(|missing| missing.account == account && missing.month == month)
    }

    /// Enrollments that begin, ages at which rows turn, and rules that begin.
    fn changes(&mut self) {
        for spell in &self.person.spells {
            if self.window.holds(spell.from) {
                let place = self.book.library.pool(&spell.enrollment.pool);
                let what = Message::new("project.enrollment_changes")
                    .with("name", &self.person.member.name)
                    .with("place", place.map_or(spell.enrollment.pool.0.as_str(), |pool| &pool.name))
                    .with("status", spell.status.word());
                self.push(spell.from, What::Change(what));
            }
            if let Some(until) = spell.until
                && self.window.holds(until)
                && self.person.on(until).is_none()
            {
                let what = Message::new("project.enrollment_ends").with("name", &self.person.member.name);
                self.push(until, What::Change(what));
            }
        }
        self.birthdays();
        for day in self.rule_changes() {
            let what = Message::new("project.rules_change").with("name", &self.person.member.name).with("day", day);
            self.push(day, What::Change(what));
        }
    }

    fn birthdays(&mut self) {
        let Some(born) = self.person.member.born else { return };
        for age in 1..=120_u32 {
            let Some(birthday) = birthday(born, age).filter(|day| self.window.holds(*day)) else { continue };
            let Some(spell) = self.person.on(birthday) else { continue };
            let enrollment = spell.enrollment;
            let Some(rules) = self.book.on(&enrollment.pool, enrollment.scheme, birthday) else { continue };
            if turns_at_age(&rules, age, spell.status.word()) {
                let what = Message::new("project.age_reached")
                    .with("name", &self.person.member.name)
                    .with("age", age);
                self.push(birthday, What::Change(what));
            }
        }
    }

    fn rule_changes(&self) -> Vec<NaiveDate> {
        let mut days = Vec::new();
        for spell in &self.person.spells {
            let enrollment = spell.enrollment;
            let from = self.window.first().max(spell.from);
            let last = spell.until.map_or(self.window.until, |until| (until - Days::new(1)).min(self.window.until));
            if from <= last {
                days.extend(self.book.begins(&enrollment.pool, enrollment.scheme, from, last));
            }
        }
        days.sort_unstable();
        days.dedup();
        days
    }

    /// The days on which yearly counters return to zero.
    fn year_ends(&mut self) {
        let mut day = self.window.first();
        while let Some(next) = self.next_year(day) {
            if next > self.window.until {
                break;
            }
            self.push(next, What::YearEnd);
            day = next;
        }
    }

    fn next_year(&self, day: NaiveDate) -> Option<NaiveDate> {
        let enrollment = self.person.on(day)?.enrollment;
        let rules = self.book.on(&enrollment.pool, enrollment.scheme, day)?;
        definitions(&rules)
            .filter(|(_, counter)| counter.per == Per::Year)
            .filter_map(|(_, counter)| Some(period(&rules, counter, day)?.next))
            .min()
    }

    fn spending(&mut self) {
        let household = self.household;
        let of_member = household.plans.iter().filter(|plan| plan.member == self.person.member.id);
        for plan in of_member {
            let until = plan.until.map_or(self.window.until, |until| until.min(self.window.until));
            for day in occurrences(plan, self.window.from, until) {
                self.push(day, What::Spending(plan));
            }
        }
    }
}

/// The days of a plan after `from` and not after `until`.
pub(super) fn occurrences(plan: &PlannedSpending, from: NaiveDate, until: NaiveDate) -> Vec<NaiveDate> {
    let days: Box<dyn Iterator<Item = NaiveDate>> = match plan.recurrence {
        Recurrence::Once => Box::new(std::iter::once(plan.first_on)),
        Recurrence::EveryDays { days } => {
            let step = i64::from(days.max(1));
            let passed = (from - plan.first_on).num_days().max(0) / step;
            let first = plan.first_on + chrono::TimeDelta::days(passed * step);
            Box::new(first.iter_days().step_by(usize::try_from(step).unwrap_or(1)))
        }
        Recurrence::Monthly => {
            let first = Month::of(plan.first_on);
            let number = chrono::Datelike::day(&plan.first_on);
            let skip = Month::of(from).max(first);
            Box::new((0..).map(move |n| skip.plus(n).day(number)))
        }
    };
    days.skip_while(|day| *day <= from || *day < plan.first_on).take_while(|day| *day <= until).collect()
}

/// 满多少周岁的那一天 — 29 February counts as 1 March in common years.
fn birthday(born: NaiveDate, age: u32) -> Option<NaiveDate> {
    use chrono::Datelike;
    let year = born.year() + i32::try_from(age).ok()?;
    NaiveDate::from_ymd_opt(year, born.month(), born.day()).or_else(|| NaiveDate::from_ymd_opt(year, 3, 1))
}

/// Whether any table in force has a row that begins at this age for this status.
fn turns_at_age(rules: &Rules<'_>, age: u32, status: &str) -> bool {
    rules.blocks.iter().filter(|held| !held.off).any(|held| {
        held.block.body.table().is_some_and(|table| {
            table.rows.iter().any(|row| {
                row.from_age == Some(age)
                    && row.status.as_deref().is_none_or(|word| word == "any" || word == status)
            })
        })
    })
}

