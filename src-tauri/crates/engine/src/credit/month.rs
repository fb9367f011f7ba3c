//! 一个月的划入 — the program of money in, for one member and one month.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};
use gongji_domain::{Amount, Message, Month, Open, SubAccountId, Yuan};
use gongji_policy::{AdjustOn, Body, InForce, Period, RowFacts, Rules, Table};

use super::addend::{Figure, Measure, Unknown, missing_fact};
use super::arrival::{Arrives, arrives};
use super::base::{Limits, MonthBase, month_base};
use super::ground::Ground;
use super::{CreditDue, Credits, Insured, PostingKind};
use crate::membership::has_account;
use crate::projection::DayKnown;
use crate::rulebook::RuleBook;
use crate::settle::age_on;

/// 某月的划入, by the rules of the month's first day (a change inside the month waits for the next).
pub(crate) fn credits_for(book: &RuleBook<'_>, insured: &Insured, for_month: Month) -> Credits {
    let day = for_month.first_day();
    let Some(rules) = book.on(&insured.pool, insured.scheme, day) else {
        return not_known("open.no_credit_rule", "rule", &insured.pool.0);
    };
    if has_account(&rules, insured.scheme, &insured.plan) == Some(false)
        || !insured.status.in_good_standing()
    {
        return Credits {
            known: true,
            ..Credits::default()
        };
    }
    if !rules
        .blocks
        .iter()
        .any(|held| matches!(held.block.body, Body::Credit(_)))
    {
        return not_known("open.no_credit_rule", "rule", &rules.pool.name);
    }
    if rules
        .blocks
        .iter()
        .any(|held| matches!(held.block.body, Body::Advance(_)))
    {
        return not_known("open.credited_in_advance", "advance", &rules.pool.name);
    }
    let mut month = Program {
        rules: &rules,
        insured,
        for_month,
        facts: facts(insured, day),
        open: Vec::new(),
    };
    let due = month.run(month_base(book, insured, &rules, for_month));
    Credits {
        due,
        open: month.open,
        known: true,
    }
}

fn not_known(code: &str, key: &str, place: &str) -> Credits {
    Credits {
        open: vec![open(
            key.to_owned(),
            Message::new(code).with("place", place),
            None,
        )],
        ..Credits::default()
    }
}

fn open(key: String, what: Message, ask: Option<String>) -> Open {
    Open {
        key,
        what,
        ask,
        readings: Vec::new(),
    }
}

/// What rows select on, on the first day of the month.
fn facts(insured: &Insured, day: NaiveDate) -> RowFacts {
    RowFacts {
        plan: insured.plan.clone(),
        status: insured.status.word().to_owned(),
        special: insured.special.word().to_owned(),
        retired_on: insured.retired_on,
        born: insured.born,
        age: insured.born.and_then(|born| age_on(born, day)),
        insured_months: insured.insured_months,
        ..RowFacts::default()
    }
}

struct Program<'p, 'a> {
    rules: &'p Rules<'a>,
    insured: &'p Insured,
    for_month: Month,
    facts: RowFacts,
    open: Vec<Open>,
}

impl<'a> Program<'_, 'a> {
    fn run(&mut self, base: MonthBase<'a>) -> Vec<CreditDue> {
        let MonthBase { limits, owed } = base;
        let mut by_sub: BTreeMap<SubAccountId, (Option<Yuan>, Ground)> = BTreeMap::new();
        for (sub, amount, ground) in self.addends(&limits) {
            let (sum, whole) = by_sub
                .entry(sub)
                .or_insert((Some(Yuan::ZERO), Ground::default()));
            *sum = (*sum).zip(amount).map(|(sum, more)| sum + more);
            whole.take(ground);
        }
        let mut due = Vec::new();
        // What is withheld comes off the first sub-account that is credited.
        let mut withheld = Some(self.withheld(&limits));
        for (sub, (gross, mut ground)) in by_sub {
            let gross = gross.and_then(|gross| self.adjust(gross, &limits, &mut ground));
            let (less, less_ground) = withheld
                .take()
                .unwrap_or((Some(Yuan::ZERO), Ground::default()));
            let nothing = gross.is_some_and(Yuan::is_zero) && less.is_some_and(Yuan::is_zero);
            if !nothing {
                due.push(self.posting(sub, gross, less, ground, less_ground));
            }
        }
        due.extend(owed.and_then(|(months, former)| self.true_up(&limits, &former, &months)));
        due.extend(self.withheld_on_a_day(&limits, &due));
        due
    }

    fn measure<'m>(&'m self, limits: &'m Limits<'a>) -> Measure<'m, 'a> {
        Measure {
            insured: self.insured,
            rules: self.rules,
            facts: &self.facts,
            limits,
        }
    }

    /// Every addend with the sub-account it goes to; `None` where its sum is not known.
    fn addends(&mut self, limits: &Limits<'a>) -> Vec<(SubAccountId, Option<Yuan>, Ground)> {
        let rules = self.rules;
        let mut found = Vec::new();
        for held in &rules.blocks {
            let Body::Credit(credit) = &held.block.body else {
                continue;
            };
            let mut ground = Ground::default();
            ground.cite(held);
            let figure = match credit.per {
                Period::Month => self
                    .measure(limits)
                    .figure(held, &credit.class, &credit.rows),
                Period::Year => Err(Unknown::Cell),
            };
            let amount = self.noted(figure, held, limits, "credit.addend", &mut ground);
            found.push((SubAccountId(credit.into.clone()), amount, ground));
        }
        found
    }

    /// Notes a figure as a step, or what is open about it.
    fn noted(
        &mut self,
        figure: Result<Figure, Unknown>,
        held: &InForce<'a>,
        limits: &Limits<'a>,
        code: &str,
        ground: &mut Ground,
    ) -> Option<Yuan> {
        let what = Message::new(code).with("month", self.for_month);
        match figure {
            Ok(figure) if figure.amount.is_zero() => Some(Yuan::ZERO),
            Ok(figure) => {
                if figure.unclamped {
                    self.limits_not_known(limits, ground);
                } else if figure.formula.contains('×')
                    && let Some(held) = limits.held
                {
                    ground.step(Message::new("credit.base_limits"), Some(&held), None, None);
                }
                ground.formulas.push(figure.formula.clone());
                ground.step(what, Some(held), Some(figure.formula), Some(figure.amount));
                Some(figure.amount)
            }
            Err(unknown) => {
                self.open_figure(&unknown, held);
                None
            }
        }
    }

    fn limits_not_known(&mut self, limits: &Limits<'a>, ground: &mut Ground) {
        ground.assumed = true;
        let what = Message::new("open.base_limits").with("place", &self.rules.pool.name);
        let ask = limits.held.and_then(|held| held.block.head.ask.clone());
        self.note_open(open("cell:personal_account.base".to_owned(), what, ask));
    }

    fn open_figure(&mut self, unknown: &Unknown, held: &InForce<'_>) {
        let ask = held.block.head.ask.clone();
        let named = held
            .block
            .head
            .id
            .as_ref()
            .map(|id| format!(":{id}"))
            .unwrap_or_default();
        self.note_open(match unknown {
            Unknown::Fact(fact) => open(format!("fact:{fact}"), missing_fact(fact), ask),
            Unknown::Cell => {
                let code = if held.off {
                    "open.only_claimed"
                } else {
                    "open.cell"
                };
                let what = Message::new(code)
                    .with("block", &held.block.name)
                    .with("part", &held.file.part);
                open(
                    format!("cell:personal_account.{}{named}", held.block.name),
                    what,
                    ask,
                )
            }
        });
    }

    fn note_open(&mut self, open: Open) {
        if !self.open.iter().any(|known| known.key == open.key) {
            self.open.push(open);
        }
    }

    /// 增减, in their order.
    fn adjust(&mut self, gross: Yuan, limits: &Limits<'a>, ground: &mut Ground) -> Option<Yuan> {
        let rules = self.rules;
        let mut changes: Vec<_> = rules
            .blocks
            .iter()
            .filter(|held| held.file.part == "personal_account")
            .filter_map(|held| match &held.block.body {
                Body::Adjust(adjust) if adjust.on == AdjustOn::Credit => Some((held, adjust)),
                _ => None,
            })
            .collect();
        changes.sort_by_key(|(_, adjust)| adjust.order);
        let mut sum = gross;
        for (held, adjust) in changes {
            let ladder = Table::of(&adjust.class, &adjust.rows).ladder("any", &self.facts);
            let cell = ladder
                .ok()
                .and_then(|ladder| Some(ladder.first()?.1))
                .filter(|_| !held.off);
            let after = cell.and_then(|cell| {
                self.measure(limits)
                    .adjusted(sum, adjust.change, adjust.each, cell)
            });
            let Some(after) = after else {
                self.open_figure(&Unknown::Cell, held);
                return None;
            };
            ground.step(
                Message::new("credit.adjusted"),
                Some(held),
                Some(format!("{sum} → {after}")),
                Some(after),
            );
            sum = after;
        }
        Some(sum)
    }

    /// What is withheld from the month's credit.
    fn withheld(&mut self, limits: &Limits<'a>) -> (Option<Yuan>, Ground) {
        let rules = self.rules;
        let mut sum = Some(Yuan::ZERO);
        let mut ground = Ground::default();
        for held in &rules.blocks {
            let Body::Withheld(withheld) = &held.block.body else {
                continue;
            };
            if withheld.per == Period::Year {
                continue;
            }
            let figure = self
                .measure(limits)
                .figure(held, &withheld.class, &withheld.rows);
            let amount = self.noted(figure, held, limits, "credit.withheld", &mut ground);
            sum = sum.zip(amount).map(|(sum, more)| sum + more);
        }
        (sum, ground)
    }

    fn posting(
        &mut self,
        sub: SubAccountId,
        gross: Option<Yuan>,
        less: Option<Yuan>,
        mut ground: Ground,
        less_ground: Ground,
    ) -> CreditDue {
        let mut formula = (!ground.formulas.is_empty()).then(|| ground.formulas.join(" + "));
        for withheld in &less_ground.formulas {
            formula = formula.map(|formula| format!("{formula} − {withheld}"));
        }
        ground.take(less_ground);
        if let Some(age) = self.facts.age {
            let what = Message::new("credit.age_on_first_day").with("age", age);
            ground.step(what, None, None, None);
        }
        self.due(PostingKind::Credit, sub, gross, less, formula, ground)
    }

    /// A posting with its day of arrival.
    fn due(
        &mut self,
        kind: PostingKind,
        sub: SubAccountId,
        gross: Option<Yuan>,
        less: Option<Yuan>,
        formula: Option<String>,
        mut ground: Ground,
    ) -> CreditDue {
        let amount = |known: Option<Yuan>| known.map_or(Amount::UNKNOWN, Amount::Exact);
        let arrives: Arrives<'_, '_> = arrives(self.rules, self.for_month, self.insured.stated_day);
        let by_rule = arrives.held.filter(|_| arrives.day != DayKnown::Stated);
        ground.step(arrives.what, by_rule, None, None);
        if arrives.day == DayKnown::Unknown {
            let ask = arrives.held.and_then(|held| held.block.head.ask.clone());
            self.note_open(open(
                "arrival".to_owned(),
                Message::new("open.arrival"),
                ask,
            ));
        }
        CreditDue {
            kind,
            sub,
            for_month: self.for_month,
            gross: amount(gross),
            withheld: amount(less),
            net: amount(gross.zip(less).map(|(gross, less)| gross - less)),
            formula,
            earliest: arrives.earliest,
            latest: arrives.latest,
            day: arrives.day,
            rules: ground.rules,
            sources: ground.sources,
            grade: ground.grade,
            assumed: ground.assumed,
            steps: ground.steps,
        }
    }

    /// 补差 — what the months since a late base were credited too little (or too much).
    fn true_up(
        &mut self,
        limits: &Limits<'a>,
        former: &Limits<'a>,
        months: &[Month],
    ) -> Option<CreditDue> {
        let now = self.addends(limits);
        let then = self.addends(former);
        let sum = |addends: &[(SubAccountId, Option<Yuan>, Ground)]| -> Option<Yuan> {
            addends.iter().map(|(_, amount, _)| *amount).sum()
        };
        let sub = now.first()?.0.clone();
        let all = |monthly: Yuan| months.iter().map(|_| monthly).sum::<Yuan>();
        let (now, then) = (sum(&now).map(all), sum(&then).map(all));
        let difference = now.zip(then).map(|(now, then)| now - then);
        if difference.is_none_or(Yuan::is_zero) {
            return None;
        }
        let mut ground = Ground::default();
        let formula = now.zip(then).map(|(now, then)| format!("{now} − {then}"));
        let what = Message::new("credit.true_up").with("months", months.len());
        ground.step(what, limits.held.as_ref(), formula.clone(), difference);
        Some(self.due(
            PostingKind::TrueUp,
            sub,
            difference,
            Some(Yuan::ZERO),
            formula,
            ground,
        ))
    }

    /// Yearly deductions that are taken on a day of their own, in the month of that day.
    fn withheld_on_a_day(&mut self, limits: &Limits<'a>, due: &[CreditDue]) -> Vec<CreditDue> {
        let rules = self.rules;
        let Some(sub) = due.first().map(|due| due.sub.clone()) else {
            return Vec::new();
        };
        let mut found = Vec::new();
        for held in &rules.blocks {
            let Body::Withheld(withheld) = &held.block.body else {
                continue;
            };
            if withheld.per != Period::Year {
                continue;
            }
            let Some(on) = day_in(self.for_month, &withheld.on) else {
                continue;
            };
            let mut ground = Ground::default();
            let figure = self
                .measure(limits)
                .figure(held, &withheld.class, &withheld.rows);
            let amount = self.noted(figure, held, limits, "credit.withheld", &mut ground);
            if amount.is_some_and(Yuan::is_zero) {
                continue;
            }
            let formula = amount.map(|amount| format!("−{amount}"));
            let mut posting = self.due(
                PostingKind::Withheld,
                sub.clone(),
                Some(Yuan::ZERO),
                amount,
                formula,
                ground,
            );
            (posting.earliest, posting.latest, posting.day) = (Some(on), Some(on), DayKnown::Rule);
            found.push(posting);
        }
        found
    }
}

/// The day "MM-DD" where it lies in `month`.
fn day_in(month: Month, text: &str) -> Option<NaiveDate> {
    let (number, day) = text.split_once('-')?;
    let (number, day): (u32, u32) = (number.parse().ok()?, day.parse().ok()?);
    (month.number() == number)
        .then(|| month.day(day))
        .filter(|on| on.day() == day)
}
