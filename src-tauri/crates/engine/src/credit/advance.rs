//! 预划 — the credits of several months at once: on its day, for somebody who joins later, and what
//! is taken back from somebody who leaves.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};
use gongji_domain::{Amount, EmploymentStatus, Message, Month, SubAccountId, Yuan};
use gongji_policy::{
    Advance, AgeCrossing, Body, EstimateBy, InForce, Joiner, Leaver, Period, Rules,
};

use super::addend::Unknown;
use super::base::{Limits, month_base};
use super::estimated::{Estimated, Merged, Sum, merged};
use super::ground::Ground;
use super::month::{Program, day_in, facts};
use super::posting::When;
use super::{Course, CreditDue, Credits, HangsOn, Insured, PostingKind};
use crate::projection::DayKnown;
use crate::rulebook::RuleBook;

/// How a month is credited.
pub(super) enum Cover<'a> {
    /// By itself.
    Monthly,
    /// In advance, together with others.
    Advanced(Covering<'a>),
    /// In advance, but that is only a lead.
    OnlyClaimed(InForce<'a>),
}

/// 预划的一期 — the months from `first` to before `after`, advanced on `on`.
#[derive(Clone, Copy)]
pub(super) struct Covering<'a> {
    pub(super) held: InForce<'a>,
    pub(super) rule: &'a Advance,
    pub(super) on: NaiveDate,
    pub(super) first: Month,
    after: Month,
}

/// In which period of an advance `month` lies, for somebody insured like `insured`.
pub(super) fn cover<'a>(book: &RuleBook<'a>, insured: &Insured, month: Month) -> Cover<'a> {
    let on_day = |day| book.on(&insured.pool, insured.scheme, day);
    let Some(rules) = on_day(month.first_day()) else {
        return Cover::Monthly;
    };
    for (held, rule) in advances(&rules, insured.status) {
        let started = (0..24).map(|back| month.plus(-back)).find_map(|first| {
            let on = day_in(first, &rule.on)?;
            // By the rule of that day: before a rule began nothing was advanced by it.
            let then = on_day(on)?;
            let mut advances = advances(&then, insured.status);
            let same = |(other, _): &(InForce<'a>, _)| other.block.head.id == held.block.head.id;
            let (other, former) = advances.find(same)?;
            let begins = starts(former, other.block.head.from).any(|start| start == on);
            begins.then(|| (first, on, first.plus(months(former))))
        });
        let Some((first, on, after)) = started.filter(|(.., after)| month < *after) else {
            continue;
        };
        if held.off {
            return Cover::OnlyClaimed(held);
        }
        return Cover::Advanced(Covering {
            held,
            rule,
            on,
            first,
            after,
        });
    }
    Cover::Monthly
}

fn months(rule: &Advance) -> i32 {
    i32::try_from(rule.covers).unwrap_or(12).max(1)
}

/// The days of the advance since the rule holds, each after the period of the one before.
fn starts(rule: &Advance, from: NaiveDate) -> impl Iterator<Item = NaiveDate> + use<'_> {
    let next = move |earliest: NaiveDate| {
        let month = Month::of(earliest);
        let days = (0..=12).filter_map(move |n| day_in(month.plus(n), &rule.on));
        days.into_iter().find(move |day| *day >= earliest)
    };
    let period = months(rule);
    let after = move |start: &NaiveDate| next(Month::of(*start).plus(period).first_day());
    std::iter::successors(next(from), after).take(200)
}

fn advances<'r, 'a>(
    rules: &'r Rules<'a>,
    status: EmploymentStatus,
) -> impl Iterator<Item = (InForce<'a>, &'a Advance)> + use<'r, 'a> {
    rules
        .blocks
        .iter()
        .filter_map(move |held| match &held.block.body {
            Body::Advance(rule) if is_for(rule, status) => Some((*held, &**rule)),
            _ => None,
        })
}

fn is_for(rule: &Advance, status: EmploymentStatus) -> bool {
    (rule.status.as_deref()).is_none_or(|word| word == "any" || word == status.word())
}

/// What an advance is estimated by.
struct Estimate<'a> {
    insured: Insured,
    /// The month whose base counts, and whose age where ages are not counted month by month.
    by: Month,
    by_month: bool,
    /// Whether a birthday counts in its own month already, or from the month after.
    at_close: bool,
    from: Month,
    limits: Limits<'a>,
    /// By limits of the years around: see [`Limits::as_near`].
    by_near: bool,
}

impl<'a> Program<'_, 'a> {
    /// What is posted for the program's month, which an advance covers: on its day the whole, for
    /// somebody who joins later the rest of the period, otherwise nothing.
    pub(super) fn advanced(
        &mut self,
        book: &RuleBook<'a>,
        covering: &Covering<'a>,
        course: &Course<'_>,
    ) -> Vec<CreditDue> {
        let here = |insured: &Insured| is_for(covering.rule, insured.status);
        let in_month = |month: Month| {
            let first = course(month.first_day()).filter(here);
            first.or_else(|| course(month.last_day()).filter(here))
        };
        let on_its_day =
            self.for_month == covering.first && course(covering.on).filter(here).is_some();
        let joins = self.for_month == covering.first || in_month(self.for_month.plus(-1)).is_none();
        let from = match covering.rule.joiner {
            _ if on_its_day => vec![self.for_month],
            _ if !joins => return Vec::new(),
            Joiner::None => return Vec::new(),
            Joiner::RemainingMonths => vec![self.for_month],
            Joiner::RemainingMonthsAfterJoining => vec![self.for_month.plus(1)],
            Joiner::Unknown => vec![self.for_month, self.for_month.plus(1), covering.after],
        };
        let joins = (!on_its_day).then_some(self.for_month);
        let estimates = self.estimates(book, covering, course, (joins, &from));
        let sums = self.under(book, covering, &estimates, on_its_day);
        let months = months_from(covering, from[0]);
        let mut withheld = Some(self.withheld_in_advance(covering, months, on_its_day));
        let mut due = Vec::new();
        for (
            sub,
            Merged {
                gross,
                hangs_on,
                formula,
                mut ground,
            },
        ) in merged(sums)
        {
            let is_range = gross != Amount::UNKNOWN && gross.exact().is_none();
            if is_range && hangs_on == HangsOn::Posting {
                self.open_figure(&Unknown::Cell, &covering.held);
            }
            let (less, less_ground) = withheld
                .take()
                .unwrap_or((Some(Yuan::ZERO), Ground::default()));
            let what = || Message::new("credit.advance").with("months", months);
            let said = formula.as_deref();
            ground.step(what, Some(&covering.held), said, gross.exact());
            ground.formulas = formula.into_iter().collect();
            let when = match on_its_day {
                true => When::On(covering.on, DayKnown::Rule),
                false => When::ByRule,
            };
            let kind = (PostingKind::Advance, when);
            let posting = self.posting(kind, sub, gross, less, ground, less_ground);
            due.push(CreditDue {
                months,
                hangs_on,
                ..posting
            });
        }
        due
    }

    /// 停保后收回 — what was advanced for the program's month, the first without insurance, and for
    /// the rest of the period.
    pub(super) fn take_back(
        &mut self,
        book: &RuleBook<'a>,
        covering: &Covering<'a>,
        course: &Course<'_>,
    ) -> Vec<CreditDue> {
        let keeps = matches!(covering.rule.leaver, Leaver::Keeps | Leaver::AtClearing);
        let was_there = course(covering.on).is_some() || covering.rule.joiner != Joiner::None;
        if self.for_month == covering.first || keeps || !was_there {
            return Vec::new();
        }
        let estimates = self.estimates(book, covering, course, (None, &[self.for_month]));
        let sums = self.under(book, covering, &estimates, false);
        let months = months_from(covering, self.for_month);
        let withheld = self.withheld_in_advance(covering, months, false).0;
        let mut withheld = withheld.unwrap_or_default();
        let mut due = Vec::new();
        for (
            sub,
            Merged {
                gross,
                hangs_on,
                formula,
                mut ground,
            },
        ) in merged(sums)
        {
            let less = std::mem::take(&mut withheld);
            let net = |gross: Yuan| -(gross - less);
            let amount = match (gross.min().zip(gross.max()), covering.rule.leaver) {
                (None, _) => Amount::UNKNOWN,
                (Some((_, most)), Leaver::Unknown) => Amount::between(net(most), Yuan::ZERO),
                (Some((least, most)), _) => Amount::between(net(most), net(least)),
            };
            let what = || Message::new("credit.taken_back").with("months", months);
            let said = formula.as_deref();
            ground.step(what, Some(&covering.held), said, amount.exact());
            let formula = formula.map(|formula| match less.is_zero() {
                true => format!("−({formula})"),
                false => format!("−({formula} − {less})"),
            });
            // When it is taken is not known; from this day on the money is not the member's.
            let when = When::On(self.for_month.first_day(), DayKnown::Unknown);
            let kind = (PostingKind::TakenBack, when);
            let zero = Some(Yuan::ZERO);
            let posting = self.due(kind, sub, amount, zero, formula, ground);
            let hangs_on = match covering.rule.leaver {
                Leaver::Unknown => HangsOn::Posting,
                _ => hangs_on,
            };
            due.push(CreditDue {
                months,
                hangs_on,
                ..posting
            });
        }
        due
    }

    /// What every estimate comes to.
    fn under(
        &mut self,
        book: &RuleBook<'a>,
        covering: &Covering<'a>,
        estimates: &[Estimate<'a>],
        whole: bool,
    ) -> Vec<Estimated> {
        let mut sum = |estimate: &Estimate<'a>| Estimated {
            by_near: estimate.by_near,
            at_close: estimate.at_close,
            sums: self.several_months(book, covering, estimate, whole),
        };
        estimates.iter().map(&mut sum).collect()
    }

    /// Every estimate that the rule leaves possible; of who joins inside the period also by what they are
    /// paid from then on.
    fn estimates(
        &self,
        book: &RuleBook<'a>,
        covering: &Covering<'a>,
        course: &Course<'_>,
        (joins, from): (Option<Month>, &[Month]),
    ) -> Vec<Estimate<'a>> {
        let first = covering.first;
        let december = first.plus(-i32::try_from(first.number()).unwrap_or(1));
        let mut by = match covering.rule.estimate_by {
            EstimateBy::FirstMonth => vec![first],
            EstimateBy::LastKnownMonth | EstimateBy::LastDeclaredBase => vec![first.plus(-1)],
            EstimateBy::LastDecember => vec![december],
            EstimateBy::Unknown => vec![first, first.plus(-1), december],
        };
        by.extend(joins.filter(|month| !by.contains(month)));
        // From when on a birthday counts is not said where it divides the period.
        let closes: &[bool] = match self.insured.born {
            Some(born) if born.day() > 1 => &[false, true],
            _ => &[false],
        };
        let by_month = closes.iter().map(|at_close| (true, *at_close));
        let at_once = (false, false);
        let ages: Vec<(bool, bool)> = match covering.rule.age_crossing {
            AgeCrossing::MonthByMonth => by_month.collect(),
            AgeCrossing::NotCounted | AgeCrossing::AtClearing => vec![at_once],
            AgeCrossing::Unknown => by_month.chain([at_once]).collect(),
        };
        let mut found = Vec::new();
        for by in by {
            let then = course(by.first_day());
            let mut insured = self.insured.clone();
            if let Some(then) = &then {
                // It is what somebody earned then that counts, and as what they are paid now.
                insured.base = then.base;
                insured.pension = then.pension;
            }
            let by = if then.is_some() { by } else { self.for_month };
            let Some(rules) = book.on(&insured.pool, insured.scheme, by.first_day()) else {
                continue;
            };
            let limits = month_base(book, &insured, &rules, by).limits;
            let near = limits.as_near(insured.base);
            let limits = [Some((limits, false)), near.map(|near| (near, true))];
            for (limits, by_near) in limits.into_iter().flatten() {
                for (by_month, at_close) in ages.iter().copied() {
                    found.extend(from.iter().map(|from| Estimate {
                        by,
                        insured: insured.clone(),
                        by_month,
                        at_close,
                        from: *from,
                        limits,
                        by_near,
                    }));
                }
            }
        }
        found
    }

    /// The months of an estimate, each by its own rules; what is credited once a year with them.
    fn several_months(
        &mut self,
        book: &RuleBook<'a>,
        covering: &Covering<'a>,
        estimate: &Estimate<'a>,
        whole: bool,
    ) -> BTreeMap<SubAccountId, Sum> {
        let insured = &estimate.insured;
        let mut sums: BTreeMap<SubAccountId, Sum> = BTreeMap::new();
        let on_day = |day| book.on(&insured.pool, insured.scheme, day);
        let limits = estimate.limits;
        for month in (0..).map(|n| estimate.from.plus(n)) {
            if month >= covering.after {
                break;
            }
            let Some(rules) = on_day(month.first_day()) else {
                break;
            };
            // The months after the rule has ended are not advanced by it.
            if !matches!(cover(book, insured, month), Cover::Advanced(other) if other.first == covering.first)
            {
                break;
            }
            let age_in = if estimate.by_month {
                month
            } else {
                estimate.by
            };
            let age_on = match estimate.at_close {
                true => age_in.last_day(),
                false => age_in.first_day(),
            };
            let mut program = Program {
                rules: &rules,
                insured,
                for_month: month,
                facts: facts(insured, age_on),
                open: Vec::new(),
                explains: book.explains,
            };
            for (sub, (amount, ground)) in program.gross(&limits, Period::Month) {
                let sum = sums.entry(sub).or_insert_with(Sum::zero);
                sum.add(amount, ground);
                if let Some(amount) = amount {
                    sum.monthly.push(amount);
                }
            }
            if month == estimate.from {
                // What comes once for the year goes by the age at its beginning.
                program.facts = facts(insured, age_in.first_day());
                for (sub, (amount, ground)) in program.gross(&limits, Period::Year) {
                    let sum = sums.entry(sub).or_insert_with(Sum::zero);
                    // What a part of the year comes to is not said.
                    if !whole && amount.is_some_and(|amount| !amount.is_zero()) {
                        self.open_figure(&Unknown::Cell, &covering.held);
                    }
                    let amount = amount.filter(|amount| whole || amount.is_zero());
                    sum.add(amount, ground);
                    sum.yearly += amount.unwrap_or_default();
                }
            }
            for open in program.open {
                self.note_open(open);
            }
        }
        sums.retain(|_, sum| sum.total != Some(Yuan::ZERO));
        sums
    }

    /// What is withheld from an advance: the monthly sums of its months, and what is taken on its day.
    fn withheld_in_advance(
        &mut self,
        covering: &Covering<'a>,
        months: u32,
        on_its_day: bool,
    ) -> (Option<Yuan>, Ground) {
        let (monthly, mut ground) =
            self.withheld(&Limits::default(), |withheld| withheld.per == Period::Month);
        let monthly = monthly.map(|amount| Yuan::from_fen(amount.fen() * i64::from(months)));
        for formula in &mut ground.formulas {
            *formula = format!("{formula} × {months}");
        }
        if !on_its_day {
            return (monthly, ground);
        }
        let day = covering.on.format("%m-%d").to_string();
        let (yearly, more) = self.withheld(&Limits::default(), |withheld| {
            withheld.per == Period::Year && (withheld.on == "with_credit" || withheld.on == day)
        });
        ground.take(more);
        (monthly.zip(yearly).map(|(one, other)| one + other), ground)
    }
}

fn months_from(covering: &Covering<'_>, from: Month) -> u32 {
    let months = (0..24).map(|n| from.plus(n));
    u32::try_from(months.take_while(|month| *month < covering.after).count()).unwrap_or(0)
}

/// 停保后收回 — what somebody who was insured until before `month`, as `last`, must give back.
pub(crate) fn taken_back(
    book: &RuleBook<'_>,
    last: &Insured,
    course: &Course<'_>,
    month: Month,
) -> Credits {
    let rules = book.on(&last.pool, last.scheme, month.first_day());
    let (Some(rules), Cover::Advanced(covering)) = (rules, cover(book, last, month)) else {
        return Credits {
            known: true,
            ..Credits::default()
        };
    };
    // What was advanced was so to whoever they were on that day, also where they have retired since.
    let then = course(covering.on).filter(|then| then.pool == last.pool);
    let advanced = then.as_ref().unwrap_or(last);
    let covering = match cover(book, advanced, month) {
        Cover::Advanced(covering) => covering,
        Cover::Monthly | Cover::OnlyClaimed(_) => covering,
    };
    let mut program = Program {
        rules: &rules,
        insured: advanced,
        for_month: month,
        facts: facts(advanced, month.first_day()),
        open: Vec::new(),
        explains: book.explains,
    };
    let due = program.take_back(book, &covering, course);
    Credits {
        advanced: true,
        due,
        open: program.open,
        known: true,
    }
}
