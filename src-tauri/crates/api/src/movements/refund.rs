//! 退费 — money goes back on a recorded settlement: all of it as it was paid, a part in the order of the
//! place, or as the refund slip says.

use gongji_domain::{
    AccountKind, Amount, Entry, EntryKind, Leg, Message, Payer, RecordedSettlement, SettlementId,
    StatedCounter, SubAccountId, Yuan,
};
use gongji_engine::refund;
use gongji_store::{entry, settlement};

use super::{Around, NOT_YET, Planned, net, positive};
use crate::bindings::{enrolled, name_of};
use crate::{ApiError, CounterNow, MovementCounter, RefundBack};

/// A settlement, what its accounts paid, and what has gone back since.
struct Paid {
    recorded: RecordedSettlement,
    /// What each account paid, as it stands.
    booked: Vec<Leg>,
    /// What it may still get back.
    left: Vec<Leg>,
    began: bool,
}

impl Around<'_> {
    pub(super) fn refund(&self, id: SettlementId, back: &RefundBack) -> Result<Planned, ApiError> {
        let paid = self.paid(id)?;
        let settled_on = paid.recorded.request.visit.settled_on;
        if self.on < settled_on {
            let message = Message::new("error.refund_early").with("day", settled_on);
            return Err(ApiError::input("on", message));
        }
        let name = name_of(self.household, paid.recorded.member);
        let label = Message::new("step_name.refund").with("name", name);
        let mut planned = Planned::new(EntryKind::Refund, label);
        planned.settlement = Some(id);
        match back {
            RefundBack::Whole => self.whole(&paid, &mut planned),
            RefundBack::Part { amount } => self.part(&paid, *amount, &mut planned)?,
            RefundBack::Stated { legs } => stated(&paid, legs, &mut planned)?,
        }
        let told: Yuan = planned.legs.iter().map(|leg| leg.amount).sum();
        planned.label = planned.label.with("amount", told);
        if planned.legs.is_empty() && planned.view.refused.is_none() {
            return Err(ApiError::input("back", Message::new("error.nothing_left")));
        }
        Ok(planned)
    }

    fn paid(&self, id: SettlementId) -> Result<Paid, ApiError> {
        let store = self.gongji.store()?;
        let recorded = settlement::find(store, id)?.ok_or_else(|| ApiError::gone("settlement"))?;
        let entries = entry::of_settlement(store, id)?;
        let (refunds, spent): (Vec<Entry>, Vec<Entry>) = entries
            .into_iter()
            .partition(|entry| entry.kind == EntryKind::Refund);
        let less = |leg: Leg| Leg {
            amount: -leg.amount,
            ..leg
        };
        Ok(Paid {
            recorded,
            booked: net(spent.iter()).into_iter().map(less).collect(),
            left: net(spent.iter().chain(&refunds))
                .into_iter()
                .map(less)
                .collect(),
            began: !refunds.is_empty(),
        })
    }

    /// Each gets back what is left of what it paid, the funds too; what the year counted goes with it.
    fn whole(&self, paid: &Paid, planned: &mut Planned) {
        planned.legs.clone_from(&paid.left);
        let cash = cash_paid(&paid.recorded);
        if !keeps_cash(&paid.booked, self) && cash != Some(Yuan::ZERO) && !paid.began {
            planned.view.notes.push(match cash {
                Some(cash) => Message::new("movement.cash_back").with("amount", cash),
                None => Message::new("movement.cash_back_unknown"),
            });
        }
        if paid.began {
            planned.note("movement.counters_unknown");
            return;
        }
        self.counters(paid, Yuan::LIMIT, planned);
    }

    /// In the order of the place; where it is not known, the refund slip has to say it.
    fn part(&self, paid: &Paid, amount: Yuan, planned: &mut Planned) -> Result<(), ApiError> {
        positive(amount)?;
        let ask =
            |code: &str| Err(ApiError::input("back", Message::new(code)).hint("hint.refund_state"));
        if paid.began {
            return ask("error.refund_again");
        }
        if !as_estimated(paid, self) {
            return ask("error.refund_by_slip");
        }
        let recorded = &paid.recorded;
        let patient = recorded.estimate.payers.patient_paid.exact();
        if let Some(patient) = patient.filter(|patient| amount > *patient) {
            let message = Message::new("error.refund_too_much").with("most", patient);
            return Err(ApiError::input("amount", message));
        }
        let library = &self.gongji.library;
        let answer = refund(
            library,
            &recorded.request,
            &recorded.estimate,
            amount,
            self.on,
        );
        planned.view.source.clone_from(&answer.source);
        planned.view.grade = answer.grade;
        planned.view.open.clone_from(&answer.open);
        let shares = answer.own.values().chain(answer.aid.values());
        let mut exact = shares.chain(answer.to.values()).copied();
        if exact.any(|share: Amount| share.exact().is_none()) {
            return ask("error.refund_order_unknown");
        }
        for (sub, share) in &answer.own {
            let own = |leg: &Leg| self.is_own(leg, paid) && leg.sub.as_ref() == Some(sub);
            back_to(paid, own, share.exact().unwrap_or_default(), planned);
        }
        for (name, share) in &answer.aid {
            let donors = |leg: &Leg| self.is_donor(leg, paid, name);
            back_to(paid, donors, share.exact().unwrap_or_default(), planned);
        }
        let cash = answer.to.get(&Payer::Cash).copied();
        let cash = cash.and_then(Amount::exact).unwrap_or_default();
        if !cash.is_zero() && !back_to(paid, |leg| leg.sub.is_none(), cash, planned) {
            let note = Message::new("movement.cash_back").with("amount", cash);
            planned.view.notes.push(note);
        }
        self.counters(paid, amount, planned);
        Ok(())
    }

    fn is_own(&self, leg: &Leg, paid: &Paid) -> bool {
        self.account(leg.account).is_ok_and(|account| {
            account.owner == paid.recorded.member && account.kind == AccountKind::Insurance
        })
    }

    fn is_donor(&self, leg: &Leg, paid: &Paid, name: &str) -> bool {
        self.account(leg.account).is_ok_and(|account| {
            account.owner != paid.recorded.member && name_of(self.household, account.owner) == name
        })
    }

    /// What the year counted of the settlement goes back by the rules; what cannot be told is asked.
    fn counters(&self, paid: &Paid, amount: Yuan, planned: &mut Planned) {
        let recorded = &paid.recorded;
        let (request, estimate) = (&recorded.request, &recorded.estimate);
        let insured = enrolled(self.household, recorded.member, self.on);
        if insured.is_none_or(|insured| insured.pool != request.pool) {
            return;
        }
        let after = refund(&self.gongji.library, request, estimate, amount, self.on).so_far;
        let now = self
            .gongji
            .counters_now(self.household, recorded.member, self.on);
        let mut unknown = false;
        for counter in now
            .iter()
            .filter(|counter| counter.year_from <= request.visit.settled_on)
        {
            let (Some(before), Some(after)) =
                (estimate.so_far.get(&counter.id), after.get(&counter.id))
            else {
                continue;
            };
            let (Some(before), Some(now)) = (number(counter, before), counter.value.as_ref())
            else {
                continue;
            };
            let told = number(counter, after);
            let went = told.map(|after| before - after);
            if went == Some(0) {
                continue;
            }
            let left = went
                .zip(number(counter, now))
                .map(|(went, now)| shown(counter, (now - went).max(0)));
            unknown |= left.is_none();
            planned.view.counters.push(MovementCounter {
                name: counter.name.clone(),
                before: now.clone(),
                after: left.clone(),
            });
            if let Some(value) = left {
                planned.counters.push(StatedCounter {
                    id: NOT_YET,
                    member: recorded.member,
                    pool: request.pool.clone(),
                    counter: counter.id.clone(),
                    as_of: self.on,
                    value,
                });
            }
        }
        if unknown {
            planned.note("movement.counters_unknown");
        }
    }
}

/// As the refund slip says; to none more than it paid.
fn stated(paid: &Paid, legs: &[Leg], planned: &mut Planned) -> Result<(), ApiError> {
    for (place, leg) in legs.iter().enumerate() {
        if leg.amount.is_zero() {
            continue;
        }
        let field = format!("legs.{place}");
        let left = paid
            .left
            .iter()
            .find(|known| known.account == leg.account && known.sub == leg.sub);
        let most = left.map_or(Yuan::ZERO, |left| left.amount.or_zero());
        if leg.amount.is_negative() {
            return Err(ApiError::input(&field, Message::new("error.negative")));
        }
        let twice = planned
            .legs
            .iter()
            .any(|known| known.account == leg.account && known.sub == leg.sub);
        if leg.amount > most || twice {
            let message = Message::new("error.refund_too_much").with("most", most);
            return Err(ApiError::input(&field, message));
        }
        planned.legs.push(leg.clone());
    }
    planned.note("movement.counters_unknown");
    Ok(())
}

/// Gives `amount` back to the legs that are meant, what was paid last first. Whether there were any.
fn back_to(
    paid: &Paid,
    is_meant: impl Fn(&Leg) -> bool,
    amount: Yuan,
    planned: &mut Planned,
) -> bool {
    let mut rest = amount;
    let mut found = false;
    for leg in paid.left.iter().rev().filter(|leg| is_meant(leg)) {
        found = true;
        let back = rest.min(leg.amount.or_zero());
        rest -= back;
        if !back.is_zero() {
            planned.leg(leg.account, leg.sub.as_ref(), back);
        }
    }
    found
}

/// Whether the accounts paid what was estimated, so that the estimate tells how a part goes back.
fn as_estimated(paid: &Paid, around: &Around<'_>) -> bool {
    let payers = &paid.recorded.estimate.payers;
    let sum = |is_meant: &dyn Fn(&Leg) -> bool| -> Yuan {
        let meant = paid.booked.iter().filter(|leg| is_meant(leg));
        meant.map(|leg| leg.amount).sum()
    };
    let insured = |leg: &Leg| leg.sub.is_some();
    let own = |leg: &Leg| around.is_own(leg, paid);
    let of_sub = |sub: &SubAccountId| sum(&|leg| own(leg) && leg.sub.as_ref() == Some(sub));
    let fits = |amount: Amount, booked: Yuan| amount.exact() == Some(booked);
    fits(payers.own_account_paid, sum(&own))
        && fits(
            payers.mutual_aid_paid,
            sum(&|leg| insured(leg) && !own(leg)),
        )
        && payers
            .own
            .iter()
            .all(|(sub, amount)| fits(*amount, of_sub(sub)))
}

fn keeps_cash(booked: &[Leg], around: &Around<'_>) -> bool {
    booked.iter().any(|leg| {
        let account = around.account(leg.account);
        account.is_ok_and(|account| account.kind == AccountKind::Cash)
    })
}

fn cash_paid(recorded: &RecordedSettlement) -> Option<Yuan> {
    let printed = recorded.slip.as_ref().and_then(|slip| slip.cash_paid);
    printed.or_else(|| recorded.estimate.payers.cash_paid.exact())
}

fn number(counter: &CounterNow, text: &str) -> Option<i64> {
    match counter.is_count {
        true => text.parse().ok(),
        false => text.parse::<Yuan>().ok().map(Yuan::fen),
    }
}

fn shown(counter: &CounterNow, value: i64) -> String {
    match counter.is_count {
        true => value.to_string(),
        false => Yuan::from_fen(value).to_string(),
    }
}
