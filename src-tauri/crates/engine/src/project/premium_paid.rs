//! 缴保费 — one premium in one run: from the account that the plan names, as far as it may and can pay; the
//! rest in cash.

use std::sync::Arc;

use gongji_domain::{Amount, Message, Relation, SourceRef, SubAccountId, Yuan};

use super::agenda::Item;
use super::booking::Split;
use super::donors::Donor;
use super::outcome::{Low, Planned, Record, Spent, plain};
use super::premiums::PremiumToPay;
use super::run::{Run, Stage};
use crate::aid::{AidVerdict, Allowed, aid_verdict_under};
use crate::open::OpenPoint;
use crate::premium::PremiumPayer;
use crate::projection::EventKind;

/// The word by which rules name a resident's premium.
const RESIDENT: &str = "resident";

/// Whose account is asked, and what the rules say to that.
struct Paying {
    donor: Donor,
    judged: PremiumPayer,
}

impl<'a> Stage<'a> {
    /// The account that the plan names; nothing where it is paid in cash, or there is none.
    fn paying(&self, item: &Item<'a>, to_pay: &PremiumToPay<'a>) -> Option<Paying> {
        let person = self.index_of(to_pay.plan.paid_by?)?;
        let account = self.people[person].account_on(item.on)?;
        let judged = match to_pay.plan.relation {
            Some(relation) if person != item.person => self.judged(item, to_pay, person, relation),
            _ => PremiumPayer::oneself(),
        };
        let donor = Donor {
            person,
            account,
            subs: judged.pays_from.clone(),
            reserve: judged.keeps.unwrap_or_default(),
        };
        Some(Paying { donor, judged })
    }

    fn judged(
        &self,
        item: &Item<'a>,
        to_pay: &PremiumToPay<'a>,
        payer: usize,
        relation: Relation,
    ) -> PremiumPayer {
        let Some(spell) = self.people[payer].on(item.on) else {
            let verdict = AidVerdict::not_insured();
            return PremiumPayer::of(verdict, None, relation, RESIDENT);
        };
        let enrollment = spell.enrollment;
        let rules = self.book.on(&enrollment.pool, enrollment.scheme, item.on);
        let recipient = self.people[item.person].on(item.on);
        let recipient = recipient.unwrap_or(&to_pay.spell).party(None);
        let verdict = aid_verdict_under(
            self.book.library,
            rules.as_deref(),
            &spell.party(Some(true)),
            &recipient,
            relation,
            item.on,
        );
        PremiumPayer::of(verdict, rules.as_deref(), relation, RESIDENT)
    }
}

/// How one premium is paid in one run; `None` = not known.
struct PremiumPaid {
    total: Option<Yuan>,
    from_account: Option<Yuan>,
    /// What the account held for it before.
    held: Option<Yuan>,
}

impl PremiumPaid {
    fn cash(&self) -> Option<Yuan> {
        let paid = self.total.zip(self.from_account);
        paid.map(|(total, paid)| total - paid)
    }

    /// How the account and the cash come about.
    fn formula(&self) -> Option<String> {
        let (total, paid, cash) = (self.total?, self.from_account?, self.cash()?);
        Some(match self.held {
            Some(held) if cash.is_zero() => format!("{held} − {paid} = {}", held - paid),
            _ if paid.is_zero() => total.to_string(),
            _ => format!("{total} − {paid} = {cash}"),
        })
    }
}

impl<'a> Run<'_, 'a> {
    pub(super) fn premium(&mut self, item: &Item<'a>, to_pay: &PremiumToPay<'a>) {
        let stage = self.stage;
        let paying = stage.paying(item, to_pay);
        let total = self.premium_sum(item, to_pay);
        let allowed = match &paying {
            Some(paying) => self.may_pay(item, to_pay, paying),
            None => false,
        };
        let asked = paying.as_ref().filter(|_| allowed);
        let paid = match asked {
            Some(paying) => self.taken(to_pay, paying, total),
            None => PremiumPaid {
                total,
                from_account: Some(Yuan::ZERO),
                held: None,
            },
        };
        self.premium_booked(item, asked, &paid);
        self.outcome.use_rules(to_pay.rules(), to_pay.due.grade);
        let mut record = self.premium_record(item, asked, &paid);
        let refused = paying
            .as_ref()
            .is_some_and(|paying| paying.judged.allowed == Allowed::No);
        record.what = self.premium_said(item, to_pay, &paying, total.is_none(), refused);
        let sources = to_pay.due.source.iter();
        let of_account = paying
            .iter()
            .filter_map(|paying| paying.judged.source.as_ref());
        let mut all: Vec<SourceRef> = Vec::new();
        for source in sources.chain(of_account) {
            if !all.contains(source) {
                all.push(source.clone());
            }
        }
        record.sources = all.into();
        record.assumed = to_pay.due.assumed;
        if let Some(row) = self.row(item.person) {
            row.assumed |= to_pay.due.assumed;
        }
        self.record(0, record);
    }

    /// The sum of this run: of a range either end.
    fn premium_sum(&mut self, item: &Item<'a>, to_pay: &PremiumToPay<'a>) -> Option<Yuan> {
        let amount = to_pay.due.amount;
        let (least, most) = match amount {
            Amount::Exact(sum) => return Some(sum),
            _ => amount.min().zip(amount.max())?,
        };
        let year = to_pay.due.year;
        let key = format!("premium_sum:{}:{year}", to_pay.plan.id);
        let name = self.name(item.person);
        let chosen = self.readings.choose(&key, || OpenPoint {
            key: key.clone(),
            what: Message::new("open.premium_sum")
                .with("name", name)
                .with("year", year),
            ask: to_pay.due.open.first().and_then(|open| open.ask.clone()),
            readings: vec![
                Message::new("reading.credit_most").with("amount", most),
                Message::new("reading.credit_least").with("amount", least),
            ],
        });
        Some(if chosen == 0 { most } else { least })
    }

    /// Whether the account may pay: read both ways where nobody can say.
    fn may_pay(&mut self, item: &Item<'a>, to_pay: &PremiumToPay<'a>, paying: &Paying) -> bool {
        let key = format!("premium_payer:{}", to_pay.plan.id);
        match paying.judged.allowed {
            Allowed::Yes => return true,
            Allowed::No => return false,
            Allowed::Unknown => {}
        }
        let (payer, name) = (self.name(paying.donor.person), self.name(item.person));
        let chosen = self.readings.choose(&key, || OpenPoint {
            key: key.clone(),
            what: Message::new("open.premium_payer")
                .with("payer", payer)
                .with("name", name),
            ask: None,
            readings: ["reading.aid_not_allowed", "reading.aid_allowed"]
                .map(Message::new)
                .to_vec(),
        });
        chosen == 1
    }

    /// What the account gives of it.
    fn taken(
        &mut self,
        to_pay: &PremiumToPay<'a>,
        paying: &Paying,
        total: Option<Yuan>,
    ) -> PremiumPaid {
        let day = self.stage.agenda[self.at].on;
        let donor = &paying.donor;
        self.settle_windows(donor.account, day);
        let donor = &self.without_free_cash(donor);
        let held: Yuan = self
            .offered(std::slice::from_ref(donor))
            .iter()
            .copied()
            .sum();
        let Some(total) = total else {
            self.takes_not_known(donor);
            return PremiumPaid {
                total: None,
                from_account: None,
                held: None,
            };
        };
        let able = match paying.judged.keeps {
            Some(kept) => (held - kept).or_zero(),
            None if held.is_zero() || !self.keeps_all(donor.person) => held,
            None => Yuan::ZERO,
        };
        let gives = total.min(able);
        self.donate(donor, gives);
        if gives < total {
            let bill = Planned::Premium(to_pay.plan.id);
            self.ran_out(donor.person, day, bill, total - gives);
        }
        PremiumPaid {
            total: Some(total),
            from_account: Some(gives),
            held: Some(held).filter(|held| *held < Yuan::LIMIT),
        }
    }

    /// No premium is paid with the part that is free cash.
    fn without_free_cash(&self, donor: &Donor) -> Donor {
        let free = &self.stage.people[donor.person].free_cash;
        let subs: Vec<SubAccountId> = match donor.subs.is_empty() {
            true => {
                let purse = self.purses.get(&donor.account);
                let subs = purse.into_iter().flat_map(|purse| purse.subs.keys());
                subs.filter(|sub| !free.contains(*sub)).cloned().collect()
            }
            false => donor.subs.clone(),
        };
        Donor { subs, ..*donor }
    }

    /// Somebody takes a sum out of the account that nobody knows: nothing in it is certain any more.
    fn takes_not_known(&mut self, donor: &Donor) {
        let purse = self.purses.entry(donor.account).or_default();
        purse.known = false;
        for sub in &donor.subs {
            if let Some(held) = purse.subs.get_mut(sub) {
                *held = (*held).min(Yuan::ZERO);
            }
        }
    }

    fn keeps_all(&mut self, donor: usize) -> bool {
        let name = self.name(donor);
        let key = format!("reserve:{name}");
        let chosen = self.readings.choose_beside(&key, || OpenPoint {
            key: key.clone(),
            what: Message::new("open.reserve").with("name", name),
            ask: None,
            readings: ["reading.keeps_nothing", "reading.keeps_all"]
                .map(Message::new)
                .to_vec(),
        });
        chosen == 1
    }

    /// Into the month's rows, as a bill of which the fund pays nothing.
    fn premium_booked(&mut self, item: &Item<'a>, asked: Option<&Paying>, paid: &PremiumPaid) {
        let payer = asked.map(|paying| paying.donor.person);
        let is_own = payer == Some(item.person);
        match (paid.total, paid.from_account) {
            (Some(total), Some(from_account)) => {
                let (own, aid) = match is_own {
                    true => (from_account, Yuan::ZERO),
                    false => (Yuan::ZERO, from_account),
                };
                let split = Split {
                    total,
                    fund: Yuan::ZERO,
                    cash: total - from_account,
                    known: true,
                };
                self.sums(item, own, aid, &split);
                if let Some(row) = payer.filter(|_| !is_own).and_then(|payer| self.row(payer)) {
                    row.aid_given = row.aid_given.map(|sum| sum + aid);
                }
            }
            _ => self.premium_not_known(item, payer, is_own),
        }
        for person in [Some(item.person), payer].into_iter().flatten() {
            let balance = self.balance(person);
            self.low_point(person, item.on, balance);
        }
    }

    /// A premium of which nobody knows the sum is not nothing.
    fn premium_not_known(&mut self, item: &Item<'a>, payer: Option<usize>, is_own: bool) {
        if let Some(row) = self.row(item.person) {
            row.cash_paid = None;
            if is_own {
                row.own_paid = None;
            } else if payer.is_some() {
                row.aid_taken = None;
            }
        }
        if let Some(row) = payer.filter(|_| !is_own).and_then(|payer| self.row(payer)) {
            row.aid_given = None;
        }
        let seen = &mut self.outcome.seen[item.person];
        if seen.first_cash.is_none() {
            seen.first_cash = Some(Low {
                on: item.on,
                amount: None,
            });
        }
        self.outcome.patient_paid = None;
    }

    fn premium_record(
        &self,
        item: &Item<'a>,
        asked: Option<&Paying>,
        paid: &PremiumPaid,
    ) -> Record {
        let zero = Some(Yuan::ZERO);
        let payer = asked.map(|paying| paying.donor.person);
        let is_own = payer == Some(item.person);
        let own = if is_own { paid.from_account } else { zero };
        let donors = payer.filter(|_| !is_own).into_iter();
        let donors: Vec<_> = donors
            .map(|payer| (payer, paid.from_account, self.balance(payer)))
            .collect();
        let mut record = plain(
            EventKind::Premium,
            Message::new("project.premium"),
            own.map(|own| -own),
            self.balance(item.person),
        );
        record.spent = Some(Spent {
            total: paid.total,
            fund: zero,
            own,
            aid: if is_own { zero } else { paid.from_account },
            donors,
            cash: paid.cash(),
        });
        record.formula = paid.formula();
        record
    }

    fn premium_said(
        &self,
        item: &Item<'a>,
        to_pay: &PremiumToPay<'a>,
        paying: &Option<Paying>,
        not_known: bool,
        refused: bool,
    ) -> Arc<Message> {
        let code = match (not_known, refused, to_pay.due.stated) {
            (true, ..) => "project.premium_not_known",
            (false, true, false) => "project.premium_refused",
            (false, true, true) => "project.premium_stated_refused",
            (false, false, false) => "project.premium",
            (false, false, true) => "project.premium_stated",
        };
        self.said(code, || {
            let payer = paying.as_ref().map_or(item.person, |one| one.donor.person);
            Message::new(code)
                .with("name", self.name(item.person))
                .with("year", to_pay.due.year)
                .with("payer", self.name(payer))
        })
    }
}
