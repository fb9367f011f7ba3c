//! 账户自己的变化 — one turn of an account in one run.

use chrono::NaiveDate;
use gongji_domain::{AccountId, Message, Month, Open, SubAccountId, Yuan};
use gongji_policy::{Body, Cell, InForce, Interest, InterestCondition, MeasuredOn, Row, Rules};

use super::agenda::Item;
use super::outcome::{Record, plain};
use super::run::Run;
use super::turns::{Turn, interest_since, posted, turn_day};
use crate::credit::{clearing_rule, interest_rows};
use crate::exact::{Fraction, fen, share, to_fen};
use crate::projection::EventKind;

/// 计息的积数 — of one sub-account since its stretch began.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Accrued {
    /// Balances at the close of each day, added up, in fen.
    sum: i128,
    /// The balance before the first day.
    opening: Yuan,
}

/// One turn with what it looks at.
pub(super) struct Turning<'t, 'a> {
    pub(super) item: &'t Item<'a>,
    pub(super) account: AccountId,
    pub(super) rules: &'t Rules<'a>,
}

impl<'a> Run<'_, 'a> {
    pub(super) fn turn(&mut self, item: &Item<'a>, turn: Turn) {
        let stage = self.stage;
        let person = &stage.people[item.person];
        let Some(enrollment) = person.on(item.on).map(|spell| spell.enrollment) else {
            return;
        };
        let rules = stage.book.on(&enrollment.pool, enrollment.scheme, item.on);
        let (Some(rules), Some(account)) = (rules, person.account(enrollment)) else {
            return;
        };
        let turning = Turning {
            item,
            account: account.id,
            rules: &rules,
        };
        match turn {
            Turn::RollOver => self.roll_over(&turning),
            Turn::Sweep => self.sweep(&turning),
            Turn::Clearing => self.clear(&turning),
            Turn::Interest => self.interest(&turning),
        }
    }

    /// 并入 — what is left in a sub-account goes over to another; a debt stays where it is, to be made
    /// up for by what is credited there next.
    fn roll_over(&mut self, turning: &Turning<'_, 'a>) {
        let (item, rules) = (turning.item, turning.rules);
        for (number, held) in rules.blocks.iter().enumerate() {
            let (Body::SubAccount(sub), Some(id)) = (&held.block.body, &held.block.head.id) else {
                continue;
            };
            let today = turn_day(rules, Month::of(item.on), &sub.on) == Some(item.on);
            if sub.rolls_into != "none" && today {
                let amount = self.held_in(turning.account, id).or_zero();
                self.move_over(
                    turning,
                    number,
                    "project.rolled_over",
                    held,
                    (id, &sub.rolls_into),
                    amount,
                );
            }
        }
    }

    /// 余额划转 — what is above the sum.
    fn sweep(&mut self, turning: &Turning<'_, 'a>) {
        let (item, rules) = (turning.item, turning.rules);
        for (number, held) in rules.blocks.iter().enumerate() {
            let Body::Sweep(sweep) = &held.block.body else {
                continue;
            };
            let on = sweep.on.as_deref().unwrap_or("year_start");
            if held.off || turn_day(rules, Month::of(item.on), on) != Some(item.on) {
                continue;
            }
            let from = sweep.of.clone().or_else(|| only_other(rules, &sweep.into));
            let Some(from) = from else {
                self.leave_open("sweep", Message::new("open.sweep_from"), held);
                continue;
            };
            let amount = (self.held_in(turning.account, &from) - sweep.above).or_zero();
            self.move_over(
                turning,
                number,
                "project.swept",
                held,
                (&from, &sweep.into),
                amount,
            );
        }
    }

    pub(super) fn held_in(&self, account: AccountId, sub: &str) -> Yuan {
        let purse = self.purses.get(&account);
        let held = purse.and_then(|purse| purse.subs.get(&SubAccountId::from(sub)).copied());
        held.unwrap_or_default()
    }

    fn move_over(
        &mut self,
        turning: &Turning<'_, 'a>,
        number: usize,
        code: &str,
        held: &InForce<'a>,
        (from, into): (&str, &str),
        amount: Yuan,
    ) {
        let purse = self.purses.entry(turning.account).or_default();
        if amount.is_zero() || from == into {
            return;
        }
        *purse.subs.entry(SubAccountId::from(from)).or_default() -= amount;
        *purse.subs.entry(SubAccountId::from(into)).or_default() += amount;
        let known = purse.known;
        let what = Message::new(code)
            .with("name", self.name(turning.item.person))
            .with("from", turning.rules.name(from))
            .with("into", turning.rules.name(into));
        let what = match known {
            true => what.with("amount", amount),
            false => what.with("amount", Cell::Unknown),
        };
        let record = self.cited(
            turning.item,
            EventKind::Change,
            what,
            Some(Yuan::ZERO),
            held,
        );
        self.record(number, record);
    }

    /// 计息 — posted to the sub-account that bore it.
    fn interest(&mut self, turning: &Turning<'_, 'a>) {
        let (item, rules) = (turning.item, turning.rules);
        self.accrue(item.on.succ_opt().unwrap_or(item.on));
        let in_clearing = clearing_rule(rules)
            .filter(|(_, clearing)| clearing.interest)
            .map(|(_, clearing)| clearing.lands_in.as_str());
        for (number, (held, interest, row)) in interest_rows(rules).enumerate() {
            let Some(sub) = row.sub.as_deref().filter(|sub| Some(*sub) != in_clearing) else {
                continue;
            };
            if posted(Month::of(item.on), &interest.posted) != Some(item.on) {
                continue;
            }
            let key = (turning.account, SubAccountId::from(sub));
            let accrued = self.accrued.get(&key).copied().unwrap_or_default();
            let earned = self.earned(turning, held, interest, row, accrued);
            let amount = earned.as_ref().map(|(amount, _)| *amount);
            let opening = self.held_in(turning.account, sub) + amount.unwrap_or_default();
            self.accrued
                .insert(key.clone(), Accrued { sum: 0, opening });
            match earned {
                Some((amount, _)) if amount.is_zero() => {}
                Some(earned) => self.post_interest(turning, number, held, key.1, earned),
                None => self.leave_open("interest", Message::new("open.interest"), held),
            }
        }
    }

    /// The interest of a stretch, and how it comes about; `None` where the rate, the measure or the days
    /// before the projection are not known.
    fn earned(
        &self,
        turning: &Turning<'_, 'a>,
        held: &InForce<'a>,
        interest: &Interest,
        row: &Row,
        accrued: Accrued,
    ) -> Option<(Yuan, String)> {
        let on = turning.item.on;
        let known = self.knows(turning.account);
        let Some(Cell::Rate(rate)) = row
            .values
            .first()
            .filter(|_| known && !held.off && !row.off)
        else {
            return None;
        };
        let since = interest_since(&interest.posted, on);
        let whole = since >= self.stage.window.first();
        let days = i128::from((on - since).num_days() + 1);
        let held_since = |sum: i128| Fraction::new(sum, days) >= fen(accrued.opening);
        match interest.condition {
            None | Some(InterestCondition::None) => {}
            Some(InterestCondition::AverageAtLeastCarried) if whole && held_since(accrued.sum) => {}
            Some(_) => return None,
        }
        let year = Month::of(on).year();
        let first = NaiveDate::from_ymd_opt(year, 1, 1)?;
        let of_year = i128::from(if first.leap_year() { 366 } else { 365 });
        match interest.measured_on? {
            MeasuredOn::ClosingBalance if days >= 365 => {
                let balance = self.held_in(turning.account, row.sub.as_deref()?).or_zero();
                let amount = to_fen(fen(balance) * share(*rate));
                Some((amount, format!("{balance} × {rate} = {amount}")))
            }
            MeasuredOn::DailyAverage if whole => {
                let sum = accrued.sum.max(0);
                let amount = to_fen(Fraction::new(sum, of_year) * share(*rate));
                // The balances of all days, added up.
                let days = Yuan::from_fen(i64::try_from(sum).ok()?);
                Some((amount, format!("{days} ÷ {of_year} × {rate} = {amount}")))
            }
            MeasuredOn::ClosingBalance | MeasuredOn::DailyAverage => None,
        }
    }

    fn post_interest(
        &mut self,
        turning: &Turning<'_, 'a>,
        number: usize,
        held: &InForce<'a>,
        sub: SubAccountId,
        (amount, formula): (Yuan, String),
    ) {
        let item = turning.item;
        let what = Message::new("project.interest")
            .with("name", self.name(item.person))
            .with("sub", turning.rules.name(&sub.0));
        let purse = self.purses.entry(turning.account).or_default();
        *purse.subs.entry(sub).or_default() += amount;
        if let Some(row) = self.row(item.person) {
            row.credited = row.credited.map(|sum| sum + amount);
        }
        let mut record = self.cited(item, EventKind::Credit, what, Some(amount), held);
        record.formula = Some(formula);
        self.record(number, record);
    }

    /// Adds up the closing balances of the days before `day` that are not added up yet.
    pub(super) fn accrue(&mut self, day: NaiveDate) {
        let days = (day - self.accrued_to).num_days();
        if !self.stage.with_interest || days <= 0 {
            return;
        }
        self.accrued_to = day;
        for (account, purse) in &self.purses {
            for (sub, balance) in &purse.subs {
                let key = (*account, sub.clone());
                let accrued = self.accrued.entry(key).or_default();
                accrued.sum += i128::from(balance.fen()) * i128::from(days);
            }
        }
    }

    pub(super) fn knows(&self, account: AccountId) -> bool {
        self.purses.get(&account).is_some_and(|purse| purse.known)
    }

    pub(super) fn total(&self, account: AccountId) -> Yuan {
        let purse = self.purses.get(&account);
        purse.map_or(Yuan::ZERO, |purse| purse.subs.values().copied().sum())
    }

    pub(super) fn cited(
        &mut self,
        item: &Item<'a>,
        kind: EventKind,
        what: Message,
        change: Option<Yuan>,
        held: &InForce<'a>,
    ) -> Record {
        self.outcome
            .use_rules(&[held.reference()], Some(held.grade));
        let balance = change.and_then(|_| self.balance(item.person));
        let mut record = plain(kind, what, change, balance);
        record.sources = held.source().into_iter().collect();
        record.assumed = held.assumed;
        record
    }

    pub(super) fn leave_open(&mut self, key: &str, what: Message, held: &InForce<'a>) {
        self.open_once(Open {
            key: format!("cell:personal_account.{key}"),
            what,
            ask: held.block.head.ask.clone(),
            readings: Vec::new(),
        });
    }

    pub(super) fn open_once(&mut self, open: Open) {
        if !self
            .outcome
            .open
            .iter()
            .any(|known| known.key == open.key && known.what == open.what)
        {
            self.outcome.open.push(open);
        }
    }
}

impl Accrued {
    pub(super) fn from(opening: Yuan) -> Accrued {
        Accrued { sum: 0, opening }
    }
}

/// The one sub-account beside `into`.
fn only_other(rules: &Rules<'_>, into: &str) -> Option<String> {
    let mut others = rules
        .blocks
        .iter()
        .filter_map(|held| match &held.block.body {
            Body::SubAccount(_) => held.block.head.id.clone().filter(|id| id != into),
            _ => None,
        });
    let other = others.next()?;
    others.next().is_none().then_some(other)
}
