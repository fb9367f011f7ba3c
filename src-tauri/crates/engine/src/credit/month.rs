//! 一个月的划入 — the program of money in, for one member and one month.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};
use gongji_domain::{Amount, Message, Month, Open, SubAccountId, Yuan};
use gongji_policy::{AdjustOn, Body, Credit, InForce, Period, RowFacts, Rules, Table, Withheld};

use super::addend::{Figure, Measure, Unknown, missing_fact};
use super::advance::{Cover, cover};
use super::arrival::not_before_joining;
use super::base::{Limits, MonthBase, month_base};
use super::ground::Ground;
use super::posting::{When, between};
use super::{Course, CreditDue, Credits, HangsOn, Insured, PostingKind};
use crate::membership::has_account;
use crate::rulebook::RuleBook;
use crate::settle::age_on;

/// 某月的划入, by the rules of the month's first day (a change inside the month waits for the next).
pub(crate) fn credits_for(
    book: &RuleBook<'_>,
    insured: &Insured,
    course: &Course<'_>,
    for_month: Month,
) -> Credits {
    let day = for_month.first_day();
    let Some(rules) = book.on(&insured.pool, insured.scheme, day) else {
        return not_known("open.no_credit_rule", "rule", &insured.pool.0);
    };
    if rules.in_doubt("personal_account") {
        return not_known("open.credit_rule_in_doubt", "rule", &rules.pool.name);
    }
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
    let mut month = Program {
        rules: &rules,
        insured,
        for_month,
        facts: facts(insured, day),
        open: Vec::new(),
        explains: book.explains,
    };
    let covered = cover(book, insured, for_month);
    let advanced = matches!(covered, Cover::Advanced(_));
    let mut due = match covered {
        Cover::Monthly => month.readings(month_base(book, insured, &rules, for_month)),
        Cover::Advanced(covering) => month.advanced(book, &covering, course),
        Cover::OnlyClaimed(held) => {
            month.open_figure(&Unknown::Cell, &held);
            return Credits {
                open: month.open,
                ..Credits::default()
            };
        }
    };
    let advanced_on = due
        .iter()
        .find(|due| due.kind == PostingKind::Advance)
        .and_then(|due| due.latest);
    due.extend(month.withheld_on_a_day(&due, course, advanced_on));
    due.extend(month.one_offs(book));
    for due in due.iter_mut().filter(|due| due.kind.is_regular()) {
        not_before_joining(due, course, for_month, book.explains);
    }
    Credits {
        due,
        open: month.open,
        advanced,
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

pub(super) fn open(key: String, what: Message, ask: Option<String>) -> Open {
    Open {
        key,
        what,
        ask,
        readings: Vec::new(),
    }
}

/// What rows select on, on the first day of the month.
pub(super) fn facts(insured: &Insured, day: NaiveDate) -> RowFacts {
    RowFacts {
        plan: insured.plan.clone(),
        status: insured.status.word().to_owned(),
        special: insured.special.word().to_owned(),
        retired_on: insured.retired_on,
        born: insured.born,
        age: insured.born.and_then(|born| age_on(born, day)),
        insured_months: insured.insured_months,
        employer: insured.employer.clone(),
        ..RowFacts::default()
    }
}

/// The program of one member and one month.
pub(super) struct Program<'p, 'a> {
    pub(super) rules: &'p Rules<'a>,
    pub(super) insured: &'p Insured,
    pub(super) for_month: Month,
    pub(super) facts: RowFacts,
    pub(super) open: Vec<Open>,
    /// Whether somebody reads the steps.
    pub(super) explains: bool,
}

/// What goes into each sub-account, and what it rests on; `None` where the sum is not known.
pub(super) type BySub = BTreeMap<SubAccountId, (Option<Yuan>, Ground)>;

impl<'a> Program<'_, 'a> {
    /// The month under what the rules leave open about the person: a base that an unknown limit may have
    /// moved, and a birthday inside the month, of which nobody says from when on its band counts.
    fn readings(&mut self, base: MonthBase<'a>) -> Vec<CreditDue> {
        let at_close = facts(self.insured, self.for_month.last_day());
        if at_close.age == self.facts.age {
            return self.by_limits(base);
        }
        let younger = self.by_limits(base.clone());
        let first_day = std::mem::replace(&mut self.facts, at_close);
        let older = self.by_limits(base);
        self.facts = first_day;
        let least = |due: &[CreditDue]| due.iter().map(|due| due.net.min()).sum::<Option<Yuan>>();
        let more = least(&younger) < least(&older);
        between(younger, older, HangsOn::Age { more })
    }

    fn by_limits(&mut self, base: MonthBase<'a>) -> Vec<CreditDue> {
        let near = base.as_near(self.insured.base);
        let due = self.run(base);
        match near {
            Some(near) => between(due, self.run(near), HangsOn::Limits),
            None => due,
        }
    }

    fn run(&mut self, base: MonthBase<'a>) -> Vec<CreditDue> {
        let MonthBase { limits, owed } = base;
        let mut due = Vec::new();
        // What is withheld comes off the first sub-account that is credited.
        let mut monthly = self.withheld(&limits, |withheld| withheld.per == Period::Month);
        let (yearly, _) = self.withheld(&limits, |withheld| {
            withheld.per == Period::Year && withheld.on == "with_credit"
        });
        if yearly != Some(Yuan::ZERO) {
            self.note_open(self.yearly_without_day());
            monthly.0 = None;
        }
        let mut withheld = Some(monthly);
        let mut by_sub = self.gross(&limits, Period::Month);
        // In which month a yearly sum comes is only said where it is advanced.
        for (sub, (amount, ground)) in self.gross(&limits, Period::Year) {
            if amount.is_none_or(|amount| !amount.is_zero()) {
                self.note_open(self.yearly_without_day());
                by_sub.insert(sub, (None, ground));
            }
        }
        for (sub, (gross, ground)) in by_sub {
            let (less, less_ground) = withheld
                .take()
                .unwrap_or((Some(Yuan::ZERO), Ground::default()));
            let nothing = gross.is_some_and(Yuan::is_zero) && less.is_some_and(Yuan::is_zero);
            if !nothing {
                let gross = gross.map_or(Amount::UNKNOWN, Amount::Exact);
                let when = When::ByRule;
                due.push(self.posting(
                    (PostingKind::Credit, when),
                    sub,
                    gross,
                    less,
                    ground,
                    less_ground,
                ));
            }
        }
        due.extend(owed.and_then(|(months, former)| self.true_up(&limits, &former, &months)));
        due
    }

    fn yearly_without_day(&self) -> Open {
        let what = Message::new("open.yearly_credit_day").with("place", &self.rules.pool.name);
        open("cell:personal_account.advance".to_owned(), what, None)
    }

    fn measure<'m>(&'m self, limits: &'m Limits<'a>) -> Measure<'m, 'a> {
        Measure {
            insured: self.insured,
            rules: self.rules,
            facts: &self.facts,
            for_month: self.for_month,
            limits,
        }
    }

    /// The addends of a month, or those of a year, by sub-account, with the adjustments made.
    pub(super) fn gross(&mut self, limits: &Limits<'a>, per: Period) -> BySub {
        let mut by_sub = BySub::new();
        for (sub, amount, ground) in self.addends(limits, per) {
            let (sum, whole) = by_sub
                .entry(sub)
                .or_insert_with(|| (Some(Yuan::ZERO), Ground::that(self.explains)));
            *sum = (*sum).zip(amount).map(|(sum, more)| sum + more);
            whole.take(ground);
        }
        for (gross, ground) in by_sub.values_mut() {
            *gross = gross.and_then(|gross| self.adjust(gross, limits, ground));
        }
        by_sub
    }

    /// Every addend with the sub-account it goes to; `None` where its sum is not known.
    pub(super) fn addends(
        &mut self,
        limits: &Limits<'a>,
        per: Period,
    ) -> Vec<(SubAccountId, Option<Yuan>, Ground)> {
        let rules = self.rules;
        let mut found = Vec::new();
        for held in &rules.blocks {
            let Body::Credit(credit) = &held.block.body else {
                continue;
            };
            if credit.per != per {
                continue;
            }
            let (amount, ground) = self.addend(held, credit, limits);
            found.push((SubAccountId(credit.into.clone()), amount, ground));
        }
        found
    }

    pub(super) fn addend(
        &mut self,
        held: &InForce<'a>,
        credit: &Credit,
        limits: &Limits<'a>,
    ) -> (Option<Yuan>, Ground) {
        let mut ground = Ground::that(self.explains);
        let measured_in = credit.measured_in.as_ref();
        let figure = (self.measure(limits)).figure(held, &credit.class, &credit.rows, measured_in);
        ground.cite(&graded(held, &figure));
        let amount = self.noted(figure, held, limits, "credit.addend", &mut ground);
        if credit.provisional && amount.is_some_and(|amount| !amount.is_zero()) {
            ground.assumed = true;
            let what = || Message::new("credit.provisional");
            ground.step(what, Some(held), None, amount);
        }
        (amount, ground)
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
        let month = self.for_month;
        let what = || Message::new(code).with("month", month);
        match figure {
            Ok(figure) if figure.amount.is_zero() => Some(Yuan::ZERO),
            Ok(figure) => {
                if figure.unclamped {
                    self.limits_not_known(limits, ground);
                } else if figure.formula.contains('×')
                    && let Some(held) = limits.held
                {
                    let what = || Message::new("credit.base_limits");
                    ground.step(what, Some(&held), None, None);
                }
                let formula = Some(figure.formula.as_str());
                let row = held.of_row(figure.grade);
                ground.step(what, Some(&row), formula, Some(figure.amount));
                ground.formulas.push(figure.formula);
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

    pub(super) fn open_figure(&mut self, unknown: &Unknown, held: &InForce<'_>) {
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

    pub(super) fn note_open(&mut self, open: Open) {
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
            let after = cell
                .ok_or(Unknown::Cell)
                .and_then(|cell| self.measure(limits).adjusted(sum, adjust, cell));
            let after = match after {
                Ok(after) => after,
                Err(unknown) => {
                    self.open_figure(&unknown, held);
                    return None;
                }
            };
            let what = || Message::new("credit.adjusted");
            let formula = format!("{sum} → {after}");
            ground.step(what, Some(held), Some(&formula), Some(after));
            sum = after;
        }
        Some(sum)
    }

    /// What is withheld, of the kinds that `takes` picks.
    pub(super) fn withheld(
        &mut self,
        limits: &Limits<'a>,
        takes: impl Fn(&Withheld) -> bool,
    ) -> (Option<Yuan>, Ground) {
        let rules = self.rules;
        let mut sum = Some(Yuan::ZERO);
        let mut ground = Ground::that(self.explains);
        for held in &rules.blocks {
            let Body::Withheld(withheld) = &held.block.body else {
                continue;
            };
            if takes(withheld) {
                let amount = self.withholding(held, withheld, limits, &mut ground);
                sum = sum.zip(amount).map(|(sum, more)| sum + more);
            }
        }
        (sum, ground)
    }

    pub(super) fn withholding(
        &mut self,
        held: &InForce<'a>,
        withheld: &Withheld,
        limits: &Limits<'a>,
        ground: &mut Ground,
    ) -> Option<Yuan> {
        let figure = (self.measure(limits)).figure(held, &withheld.class, &withheld.rows, None);
        self.noted(figure, held, limits, "credit.withheld", ground)
    }
}

/// The block with the grade of the row that gave the figure.
fn graded<'a>(held: &InForce<'a>, figure: &Result<Figure, Unknown>) -> InForce<'a> {
    held.of_row(figure.as_ref().ok().and_then(|figure| figure.grade))
}

/// The day "MM-DD" where it lies in `month`.
pub(crate) fn day_in(month: Month, text: &str) -> Option<NaiveDate> {
    let (number, day) = text.split_once('-')?;
    let (number, day): (u32, u32) = (number.parse().ok()?, day.parse().ok()?);
    (month.number() == number)
        .then(|| month.day(day))
        .filter(|on| on.day() == day)
}
