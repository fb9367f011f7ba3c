//! 日程 — everything that is expected to happen in the projected time, in a fixed order.
//!
//! On one day: changes of year first, with what the accounts then do by themselves, changes of
//! enrollment and age, then credits, then what is left of an overdraft, then spending, then premiums, each
//! by member and by plan; at its close a clearing and interest.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::{Days, NaiveDate};
use gongji_domain::{
    AccountId, Entry, EntryKind, Household, Message, Month, Open, PlannedSpending, SourceRef,
};

use super::people::{Person, Spell};
use super::premiums::PremiumToPay;
use super::turns::Turn;
use crate::credit::CreditDue;
use crate::rulebook::RuleBook;

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
    /// 也许到了补上透支的最后一天
    Repayment(AccountId),
    /// 计划支出
    Spending(&'h PlannedSpending),
    /// 计划缴费的一年
    Premium(Box<PremiumToPay<'h>>),
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
            What::Repayment(_) => 6,
            What::Spending(_) => 7,
            What::Premium(_) => 8,
            What::Turn(Turn::Clearing) => 9,
            What::Turn(Turn::Interest) => 10,
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
/// 日程
#[derive(Debug, Default)]
pub(super) struct Agenda<'h> {
    /// In order.
    pub(super) items: Vec<Item<'h>>,
    /// What the rules leave open about the credits.
    pub(super) open: Vec<Open>,
    /// By member, the first credit to come of which nobody knows the size.
    pub(super) of_unknown_size: Vec<Option<CreditDue>>,
}

pub(super) fn agenda<'h>(
    book: &RuleBook<'_>,
    household: &'h Household,
    people: &[Person<'h>],
    window: Window,
    with_interest: bool,
) -> Agenda<'h> {
    let mut agenda = Agenda::default();
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
            of_unknown_size: None,
            sources: Vec::new(),
        };
        one.credits();
        one.turns(with_interest);
        one.changes();
        one.year_ends();
        one.years_left_behind();
        one.spending();
        one.premiums();
        one.repayments();
        agenda.items.append(&mut one.items);
        agenda.open.append(&mut one.open);
        agenda.of_unknown_size.push(one.of_unknown_size);
    }
    agenda.items.sort_by_key(|item| {
        let plan = match &item.what {
            What::Spending(plan) => plan.id.0,
            What::Premium(due) => due.plan.id.0,
            _ => 0,
        };
        let person = if plan == 0 { item.person } else { 0 };
        (item.on, item.what.rank(), person, plan)
    });
    agenda
}

pub(super) struct Expectations<'e, 'h, 'a> {
    pub(super) book: &'e RuleBook<'a>,
    pub(super) household: &'h Household,
    /// What was recorded of each account besides spending.
    pub(super) noted: BTreeMap<AccountId, Vec<&'h Entry>>,
    pub(super) person: &'e Person<'h>,
    pub(super) index: usize,
    pub(super) window: Window,
    pub(super) items: Vec<Item<'h>>,
    pub(super) open: Vec<Open>,
    pub(super) of_unknown_size: Option<CreditDue>,
    /// What the credits so far rest on, each list once.
    pub(super) sources: Vec<Arc<[SourceRef]>>,
}

impl<'h> Expectations<'_, 'h, '_> {
    pub(super) fn push(&mut self, on: NaiveDate, what: What<'h>) {
        self.items.push(Item {
            on,
            person: self.index,
            what,
        });
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
