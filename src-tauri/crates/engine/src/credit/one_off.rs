//! 一次性划入 — several months at once when the year moves, a single sum, or what earlier months
//! were credited too little.

use gongji_domain::{Amount, Message, Month, SubAccountId, Yuan};
use gongji_policy::{Body, InForce, OneOff, Period};

use super::addend::Unknown;
use super::base::{MonthBase, month_base};
use super::ground::Ground;
use super::month::{Program, facts};
use super::posting::When;
use super::{CreditDue, Insured, PostingKind};
use crate::projection::DayKnown;
use crate::rulebook::RuleBook;

impl<'a> Program<'_, 'a> {
    /// Every one-off credit whose day lies in the program's month.
    pub(super) fn one_offs(&mut self, book: &RuleBook<'a>) -> Vec<CreditDue> {
        let insured = self.insured;
        // A block may begin on the very day of the credit.
        let last = self.for_month.last_day();
        let Some(rules) = book.on(&insured.pool, insured.scheme, last) else {
            return Vec::new();
        };
        let mut due = Vec::new();
        for held in &rules.blocks {
            let Body::OneOff(one_off) = &held.block.body else {
                continue;
            };
            let for_status = one_off.status.as_deref().filter(|word| *word != "any");
            if Month::of(one_off.on) == self.for_month
                && for_status.is_none_or(|word| word == insured.status.word())
            {
                due.extend(self.one_off(book, held, one_off));
            }
        }
        due
    }

    fn one_off(
        &mut self,
        book: &RuleBook<'a>,
        held: &InForce<'a>,
        one_off: &OneOff,
    ) -> Option<CreditDue> {
        let sub = one_off.into.clone().map(SubAccountId);
        let sub = sub.or_else(|| self.credited_sub())?;
        let mut ground = Ground::that(self.explains);
        let mut months = 1;
        let (amount, formula) = if held.off {
            (None, None)
        } else if let Some(amount) = one_off.amount {
            (Some(amount), Some(amount.to_string()))
        } else if let Some(back_to) = one_off.back_to {
            let since = (0..).map(|n| back_to.plus(n));
            let since = since.take_while(|month| *month < self.for_month);
            let count = one_off.months.unwrap_or(u32::MAX);
            let since: Vec<Month> = since.take(usize::try_from(count).unwrap_or(0)).collect();
            months = u32::try_from(since.len()).unwrap_or(0);
            self.paid_back(book, &since, &mut ground)
        } else if let Some(count) = one_off.months {
            months = count;
            self.months_at_once(book, count, &mut ground)
        } else {
            (None, None)
        };
        if amount.is_some_and(Yuan::is_zero) {
            return None;
        }
        if amount.is_none() && !self.open.iter().any(|open| open.key.starts_with("fact:")) {
            self.open_figure(&Unknown::Cell, held);
        }
        let what = || Message::new("credit.one_off").with("months", months);
        ground.step(what, Some(held), formula.as_deref(), amount);
        let posting = self.due(
            (PostingKind::OneOff, When::On(one_off.on, DayKnown::Rule)),
            sub,
            amount.map_or(Amount::UNKNOWN, Amount::Exact),
            Some(Yuan::ZERO),
            formula,
            ground,
        );
        Some(CreditDue { months, ..posting })
    }

    /// So many times the month's credit.
    fn months_at_once(
        &mut self,
        book: &RuleBook<'a>,
        count: u32,
        ground: &mut Ground,
    ) -> (Option<Yuan>, Option<String>) {
        let insured = self.insured;
        let monthly = self.month_as(book, insured, self.for_month, self.for_month, ground);
        let all = monthly.map(|amount| Yuan::from_fen(amount.fen() * i64::from(count)));
        (all, monthly.map(|amount| format!("{amount} × {count}")))
    }

    /// What the months since then would have been credited by today's rules and facts, less what they
    /// were credited by their own.
    fn paid_back(
        &mut self,
        book: &RuleBook<'a>,
        since: &[Month],
        ground: &mut Ground,
    ) -> (Option<Yuan>, Option<String>) {
        let before = Insured {
            pension: self.insured.pension_before,
            ..self.insured.clone()
        };
        let mut sum = Some(Yuan::ZERO);
        let mut terms: Vec<(String, usize)> = Vec::new();
        for month in since {
            let now = self.month_as(book, self.insured, self.for_month, *month, ground);
            let known = self.open.len();
            let then = self.month_as(book, &before, *month, *month, &mut Ground::default());
            for open in self.open.iter_mut().skip(known) {
                if open.key == "fact:pension" {
                    open.key = "fact:pension_before".to_owned();
                    open.what = super::addend::missing_fact("pension_before");
                }
            }
            let both = now.zip(then);
            sum = sum.zip(both).map(|(sum, (now, then))| sum + now - then);
            let Some((now, then)) = both else { continue };
            let term = format!("({now} − {then})");
            match terms.last_mut() {
                Some((same, count)) if *same == term => *count += 1,
                _ => terms.push((term, 1)),
            }
        }
        let terms: Vec<String> = terms
            .into_iter()
            .map(|(term, count)| format!("{term} × {count}"))
            .collect();
        (sum, sum.map(|_| terms.join(" + ")))
    }

    /// The gross of `month` for `insured`, by the rules of the month `by`.
    fn month_as(
        &mut self,
        book: &RuleBook<'a>,
        insured: &Insured,
        by: Month,
        month: Month,
        ground: &mut Ground,
    ) -> Option<Yuan> {
        let rules = book.on(&insured.pool, insured.scheme, by.first_day())?;
        let MonthBase { limits, .. } = month_base(book, insured, &rules, by);
        let mut program = Program {
            rules: &rules,
            insured,
            for_month: month,
            facts: facts(insured, month.first_day()),
            open: Vec::new(),
            explains: book.explains,
        };
        let by_sub = program.gross(&limits, Period::Month);
        for open in program.open {
            self.note_open(open);
        }
        let mut sum = Some(Yuan::ZERO);
        for (_, (amount, own)) in by_sub {
            sum = sum.zip(amount).map(|(sum, more)| sum + more);
            if ground.made == 0 {
                ground.take(own);
            }
        }
        sum
    }
}
