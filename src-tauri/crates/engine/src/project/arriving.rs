//! 到账 — what a credit does to the account when it comes, on the day that the run goes on with.

use std::sync::Arc;

use chrono::NaiveDate;
use gongji_domain::{AccountId, Message, Month, Yuan};
use gongji_policy::Shortfall;

use super::agenda::{Expected, Item, What};
use super::behind::LEARNED;
use super::outcome::{Spent, plain};
use super::run::Run;
use crate::credit::{CreditDue, HangsOn, PostingKind, shortfall};
use crate::open::OpenPoint;
use crate::projection::EventKind;

impl<'r, 'a> Run<'r, 'a> {
    pub(super) fn credit(&mut self, item: &Item<'a>, expected: &Expected) {
        let due = &expected.due;
        let net = self.net(item, expected);
        let came_early = self.early.contains(&self.at);
        let in_balance =
            !expected.overdue && expected.may_be_in_balance && self.is_in_balance(item, expected);
        let mut change = net;
        let mut in_cash = Yuan::ZERO;
        if in_balance {
            change = Yuan::ZERO;
        } else if !came_early && !expected.overdue {
            (change, in_cash) = self.post(item, expected, item.on);
        }
        // The balance leaves out what no settlement can take.
        if self.is_free_cash(item, expected) {
            change = Yuan::ZERO;
        }
        let code = match (expected.overdue, due.kind) {
            (true, _) if expected.may_be_in_balance => "project.overdue_or_in_balance",
            (true, _) => "project.overdue_credit",
            (false, PostingKind::Credit | PostingKind::Advance) if due.learned => LEARNED,
            (false, PostingKind::Credit) => "project.credit",
            (false, PostingKind::TrueUp) => "project.true_up",
            (false, PostingKind::Withheld) => "project.withheld",
            (false, PostingKind::Advance) => "project.advance",
            (false, PostingKind::TakenBack) => "project.taken_back",
            (false, PostingKind::OneOff) => "project.one_off",
        };
        let what = self.said(code, || {
            Message::new(code)
                .with("name", self.name(item.person))
                .with("month", due.for_month)
                .with("months", due.months)
        });
        let kind = if expected.overdue {
            EventKind::OverdueCredit
        } else {
            EventKind::Credit
        };
        let balance = self.balance(item.person);
        let mut record = plain(kind, what, Some(change), balance);
        record.spent = (!in_cash.is_zero()).then(|| Spent::in_cash(in_cash));
        record.sources = Arc::clone(&expected.sources);
        record.assumed = due.assumed;
        self.record(0, record);
        if !expected.overdue {
            self.outcome.use_rules_of(&due.rules, due.grade);
        }
        if kind == EventKind::Credit && due.kind.is_regular() {
            self.outcome.seen[item.person].credit_came = true;
        }
    }

    /// 净额 — under the reading that is gone on with, where the rules leave two.
    fn net(&mut self, item: &Item<'a>, expected: &Expected) -> Yuan {
        let due = &expected.due;
        let between = due.net.min().zip(due.net.max());
        let ask = expected.ask.as_deref();
        between.map_or(Yuan::ZERO, |between| self.read(item, due, between, ask))
    }

    /// One of the two ends between which a posting lies, by what it hangs on. What is taken back is least
    /// where what was credited was most.
    pub(super) fn read(
        &mut self,
        item: &Item<'a>,
        due: &CreditDue,
        (least, most): (Yuan, Yuan),
        ask: Option<&str>,
    ) -> Yuan {
        let is_back = due.kind == PostingKind::TakenBack;
        let credited_most = match due.hangs_on {
            _ if least == most => return least,
            HangsOn::Posting => return self.as_read(item, due.for_month, (least, most), ask),
            HangsOn::Age { more } => self.older_at_once(item, due.for_month) == more,
            HangsOn::Limits => !self.on_the_lower_base(item),
        };
        if credited_most == is_back {
            least
        } else {
            most
        }
    }

    /// The least or the most of what a member is credited for a month, where the rules leave both.
    pub(super) fn as_read(
        &mut self,
        item: &Item<'a>,
        for_month: Month,
        between: (Yuan, Yuan),
        ask: Option<&str>,
    ) -> Yuan {
        let (least, most) = between;
        if least == most {
            return least;
        }
        let name = self.name(item.person);
        let member = self.stage.people[item.person].member.id;
        let key = format!("credit:{member}:{for_month}");
        let chosen = self.readings.choose(&key, || OpenPoint {
            key: key.clone(),
            what: Message::new("open.credit_amount")
                .with("name", name)
                .with("month", for_month),
            ask: ask.map(str::to_owned),
            readings: vec![
                Message::new("reading.credit_least").with("amount", least),
                Message::new("reading.credit_most").with("amount", most),
            ],
        });
        if chosen == 0 { least } else { most }
    }

    /// 换档 — whether the place takes somebody for a year older from the month of the birthday on, or from
    /// the month after.
    fn older_at_once(&mut self, item: &Item<'a>, month: Month) -> bool {
        let person = &self.stage.people[item.person];
        let spell = person.in_month(month);
        let spell = spell.or_else(|| person.in_month(month.plus(-1)));
        let Some(pool) = spell.map(|spell| &spell.enrollment.pool) else {
            return false;
        };
        let place = self.stage.book.library.pool(pool);
        let place = place.map_or(pool.0.as_str(), |pool| &pool.name);
        let key = format!("age_band:{pool}");
        let chosen = self.readings.choose(&key, || OpenPoint {
            key: key.clone(),
            what: Message::new("open.age_band").with("place", place),
            ask: None,
            readings: vec![
                Message::new("reading.age_next_month"),
                Message::new("reading.age_same_month"),
            ],
        });
        chosen == 1
    }

    /// 上下限不知道 — whether all months without known limits are credited on the lower of the two bases.
    fn on_the_lower_base(&mut self, item: &Item<'a>) -> bool {
        let name = self.name(item.person);
        let member = self.stage.people[item.person].member.id;
        let key = format!("credit_limits:{member}");
        let chosen = self.readings.choose(&key, || OpenPoint {
            key: key.clone(),
            what: Message::new("open.base_near_limits").with("name", name),
            ask: None,
            readings: vec![
                Message::new("reading.base_lower"),
                Message::new("reading.base_higher"),
            ],
        });
        chosen == 0
    }

    /// Books a credit, and says by how much the balance has changed and what had to be paid in cash.
    fn post(&mut self, item: &Item<'a>, expected: &Expected, on: NaiveDate) -> (Yuan, Yuan) {
        let person = item.person;
        let mut net = self.net(item, expected);
        let mut in_cash = Yuan::ZERO;
        if expected.due.kind == PostingKind::TakenBack {
            (net, in_cash) = self.taken_back(item, expected, net);
        }
        let purse = self.purses.entry(expected.account).or_default();
        *purse.subs.entry(expected.due.sub.clone()).or_default() += net;
        let assumed = expected.due.assumed;
        if !self.is_free_cash(item, expected)
            && let Some(row) = self.row(person)
        {
            row.credited = row.credited.map(|sum| sum + net);
            row.assumed |= assumed;
        }
        let balance = self.balance(person);
        self.low_point(person, on, balance);
        (net, in_cash)
    }

    fn is_free_cash(&self, item: &Item<'a>, expected: &Expected) -> bool {
        let person = &self.stage.people[item.person];
        person.free_cash.contains(&expected.due.sub)
    }

    /// 不够收回的 — what is taken back beyond what is there stays as a debt or is paid in cash, as the
    /// advance of the place says; where it does not, the least and the most of it. What leaves the account,
    /// and what is paid in cash.
    fn taken_back(&mut self, item: &Item<'a>, expected: &Expected, net: Yuan) -> (Yuan, Yuan) {
        let held = self
            .held_in(expected.account, &expected.due.sub.0)
            .or_zero();
        let person = &self.stage.people[item.person];
        let spell = person.in_month(expected.due.for_month.plus(-1));
        let rules = spell.and_then(|spell| {
            let enrollment = spell.enrollment;
            let book = &self.stage.book;
            book.on(
                &enrollment.pool,
                enrollment.scheme,
                expected.due.for_month.first_day(),
            )
        });
        let Some(rules) = rules.filter(|_| (held + net).is_negative()) else {
            return (net, Yuan::ZERO);
        };
        match shortfall(&rules) {
            Shortfall::StaysNegative | Shortfall::NetFromNextCurrent => (net, Yuan::ZERO),
            Shortfall::Repaid => {
                let in_cash = -(held + net);
                self.repaid(item, in_cash);
                (-held, in_cash)
            }
            Shortfall::Unknown => {
                let (month, ask) = (expected.due.for_month, expected.ask.as_deref());
                (self.as_read(item, month, (net, -held), ask), Yuan::ZERO)
            }
        }
    }

    /// Before money leaves an account: credits that may have arrived by `day` inside their window.
    /// The window matters only here, so only here it is an open point.
    pub(super) fn settle_windows(&mut self, account: AccountId, day: NaiveDate) {
        let stage = self.stage;
        for at in stage.windows.get(&account).map_or(&[][..], Vec::as_slice) {
            let item = &stage.agenda[*at];
            let What::Credit(expected) = &item.what else {
                continue;
            };
            let inside = *at > self.at && expected.earliest <= day && day < item.on;
            if inside && !self.early.contains(at) && self.arrives_early(item, expected) {
                self.early.push(*at);
                self.post(item, expected, day);
            }
        }
    }

    /// Whether a credit whose window holds the day of the stated balance had come by then. It is no matter of
    /// how the others arrive: what came before that day does not come again, and a later one may be late.
    fn is_in_balance(&mut self, item: &Item<'a>, expected: &Expected) -> bool {
        let name = self.name(item.person);
        let member = self.stage.people[item.person].member.id;
        let key = format!("arrival_stated:{member}");
        let chosen = self.readings.choose(&key, || OpenPoint {
            key: key.clone(),
            what: Message::new("open.in_stated_balance")
                .with("name", name)
                .with("month", expected.due.for_month),
            ask: expected.ask.clone(),
            readings: vec![
                Message::new("reading.not_in_balance"),
                Message::new("reading.in_balance"),
            ],
        });
        chosen == 1
    }

    /// The reading for a pool: its credits arrive on the first day of their window, or on the last.
    fn arrives_early(&mut self, item: &Item<'a>, expected: &Expected) -> bool {
        if expected.earliest == item.on {
            return false;
        }
        let person = &self.stage.people[item.person];
        let Some(spell) = person.in_month(expected.due.for_month) else {
            return false;
        };
        let pool = &spell.enrollment.pool;
        let place = self
            .stage
            .book
            .library
            .pool(pool)
            .map_or(pool.0.as_str(), |pool| &pool.name);
        let key = format!("arrival:{pool}");
        let chosen = self.readings.choose(&key, || OpenPoint {
            key: key.clone(),
            what: Message::new("open.arrival_window").with("place", place),
            ask: expected.ask.clone(),
            readings: vec![
                Message::new("reading.arrival_latest"),
                Message::new("reading.arrival_earliest"),
            ],
        });
        chosen == 1
    }
}
