//! 年度清算 — in one run: what was really due against what was advanced, with what is left.

use gongji_domain::{Message, SubAccountId, Yuan};
use gongji_policy::{Body, Clearing, ClearingTerm, InForce, Rules, Shortfall};

use super::account_turn::Turning;
use super::outcome::Spent;
use super::run::Run;
use crate::credit::{ClearingTerms, cleared, clearing_rule, interest_on, shortfall};
use crate::projection::EventKind;

/// What is missing is paid back in cash.
const REPAID: &str = "project.clearing_repaid";

impl<'a> Run<'_, 'a> {
    pub(super) fn clear(&mut self, turning: &Turning<'_, 'a>) {
        let Some((held, rule)) = clearing_rule(turning.rules) else {
            return;
        };
        let item = turning.item;
        let Some((terms, known)) = self.clearing_terms(turning, held, rule) else {
            return;
        };
        let (sum, mut formula) = terms.sum(rule);
        if !known {
            // It may also take away: only what is left by the least that it can come to is certain.
            self.land(turning, held, rule, sum);
            self.purses.entry(turning.account).or_default().known = false;
            if let Some(row) = self.row(item.person) {
                row.credited = None;
            }
            let what =
                Message::new("project.clearing_unknown").with("name", self.name(item.person));
            let record = self.cited(item, EventKind::Credit, what, None, held);
            self.record(0, record);
            let balance = self.balance(item.person);
            self.low_point(item.person, item.on, balance);
            return;
        }
        let mut total = sum;
        if let Some(interest) = self.clearing_interest(turning, held, rule, sum) {
            formula = format!("{formula} + {interest}");
            total = sum + interest;
        }
        let assumed = !self.shortfalls.contains_key(&turning.account)
            && rule.takes.contains(&ClearingTerm::CarriedShortfall);
        let before = self.total(turning.account);
        let code = self.land(turning, held, rule, total);
        let change = self.total(turning.account) - before;
        if let Some(row) = self.row(item.person) {
            row.credited = row.credited.map(|sum| sum + change);
            row.assumed |= assumed;
        }
        let what = Message::new(code)
            .with("name", self.name(item.person))
            .with("sum", if total.is_negative() { -total } else { total });
        let mut record = self.cited(item, EventKind::Credit, what, Some(change), held);
        record.formula = Some(format!("{formula} = {total}"));
        record.assumed |= assumed;
        if code == REPAID {
            self.repaid(item, -total);
            record.spent = Some(Spent::in_cash(-total));
        }
        self.record(0, record);
        let balance = self.balance(item.person);
        self.low_point(item.person, item.on, balance);
    }

    /// The terms, and whether all of them are known: in the place of one that is not stands what makes the
    /// sum least. What the advance was reduced by to make up for the year
    /// before was not advanced; of a year that ended before the projection it is taken as nothing.
    /// Nobody plans adjustments and transfers; what was recorded of them is in the balance.
    fn clearing_terms(
        &mut self,
        turning: &Turning<'_, 'a>,
        held: &InForce<'a>,
        rule: &Clearing,
    ) -> Option<(ClearingTerms, bool)> {
        let stage = self.stage;
        let person = &stage.people[turning.item.person];
        let on = turning.item.on;
        let spell = person.on(on)?;
        let course = |day| person.insured_on(spell.enrollment, day);
        let due = cleared(&stage.book, &spell.insured(person), &course, on);
        for open in &due.open {
            let mut open = open.clone();
            open.what = open.what.with("name", &person.member.name);
            self.open_once(open);
        }
        let mut known = !held.off && self.knows(turning.account);
        if (due.own.is_none() || due.employer.is_none()) && due.open.is_empty() {
            self.leave_open("clearing", Message::new("open.clearing"), held);
        }
        let carried = self.shortfalls.get(&turning.account).copied();
        let carried = carried.unwrap_or_default();
        let balances = involved(turning.rules, rule)
            .into_iter()
            .map(|sub| self.held_in(turning.account, &sub.0));
        let closing_balance = balances.sum();
        let mut advance = Yuan::ZERO;
        for due in due.advances {
            advance += match due.gross.min().zip(due.gross.max()) {
                Some(gross) => self.read(turning.item, &due, gross, None),
                None => {
                    known = false;
                    Yuan::LIMIT
                }
            };
        }
        known &= due.own.is_some() && due.employer.is_some();
        let terms = ClearingTerms {
            own_contributions: due.own.unwrap_or_default(),
            employer_part: due.employer.unwrap_or_default(),
            closing_balance,
            advance: advance - carried,
            carried_shortfall: carried,
            ..ClearingTerms::default()
        };
        Some((terms, known))
    }

    fn clearing_interest(
        &mut self,
        turning: &Turning<'_, 'a>,
        held: &InForce<'a>,
        rule: &Clearing,
        sum: Yuan,
    ) -> Option<Yuan> {
        if !rule.interest || !self.stage.with_interest {
            return None;
        }
        match interest_on(turning.rules, rule, sum) {
            Ok(interest) => Some(interest),
            Err(block) => {
                let what = Message::new("open.interest");
                self.leave_open("interest", what, block.unwrap_or(held));
                None
            }
        }
    }

    /// Where the sum goes: to its sub-account, or, below zero, as the rule of the advance says. A sum
    /// that holds the balances takes their place.
    fn land(
        &mut self,
        turning: &Turning<'_, 'a>,
        held: &InForce<'a>,
        rule: &Clearing,
        total: Yuan,
    ) -> &'static str {
        let involved = involved(turning.rules, rule);
        let current = involved.iter().find(|sub| sub.0 != rule.lands_in).cloned();
        let lands_in = SubAccountId(rule.lands_in.clone());
        let mut carried = Yuan::ZERO;
        let (into, amount, code) = match shortfall(turning.rules) {
            _ if !total.is_negative() => (lands_in, total, "project.clearing"),
            Shortfall::NetFromNextCurrent => {
                carried = -total;
                let current = current.unwrap_or(lands_in);
                (current, total, "project.clearing_short")
            }
            Shortfall::Repaid => (lands_in, Yuan::ZERO, REPAID),
            Shortfall::StaysNegative => (lands_in, total, "project.clearing_negative"),
            Shortfall::Unknown => {
                self.leave_open("shortfall", Message::new("open.shortfall"), held);
                (lands_in, total, "project.clearing_negative")
            }
        };
        self.shortfalls.insert(turning.account, carried);
        let purse = self.purses.entry(turning.account).or_default();
        if rule.adds.contains(&ClearingTerm::ClosingBalance) {
            for sub in involved {
                purse.subs.insert(sub, Yuan::ZERO);
            }
        }
        *purse.subs.entry(into).or_default() += amount;
        code
    }
}

/// The sub-accounts that a clearing takes up: the one it lands in and those that roll into it.
fn involved(rules: &Rules<'_>, rule: &Clearing) -> Vec<SubAccountId> {
    let subs = rules
        .blocks
        .iter()
        .filter_map(|held| match &held.block.body {
            Body::SubAccount(sub) => Some((held.block.head.id.as_deref()?, sub)),
            _ => None,
        });
    subs.filter(|(id, sub)| *id == rule.lands_in || sub.rolls_into == rule.lands_in)
        .map(|(id, _)| SubAccountId::from(id))
        .collect()
}
