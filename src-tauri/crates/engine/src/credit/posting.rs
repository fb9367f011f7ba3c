//! 各笔 — what a month's sums become: postings with their day, the true-up of a late base, and what is
//! withheld on a day of its own.

use chrono::NaiveDate;
use gongji_domain::{Amount, Message, Month, SubAccountId, Yuan};
use gongji_policy::{Body, Period};

use super::arrival::arrives;
use super::base::Limits;
use super::ground::Ground;
use super::month::{Program, day_in, open};
use super::{Course, CreditDue, HangsOn, PostingKind};
use crate::project::amounts::hull;
use crate::projection::DayKnown;

/// On which day a posting is made.
pub(super) enum When {
    /// As the rule of arrival, or the member, says.
    ByRule,
    /// On this day.
    On(NaiveDate, DayKnown),
}

impl<'a> Program<'_, 'a> {
    pub(super) fn posting(
        &mut self,
        (kind, when): (PostingKind, When),
        sub: SubAccountId,
        gross: Amount,
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
            let what = || Message::new("credit.age_on_first_day").with("age", age);
            ground.step(what, None, None, None);
        }
        self.due((kind, when), sub, gross, less, formula, ground)
    }

    /// A posting with its day.
    pub(super) fn due(
        &mut self,
        (kind, when): (PostingKind, When),
        sub: SubAccountId,
        gross: Amount,
        less: Option<Yuan>,
        formula: Option<String>,
        mut ground: Ground,
    ) -> CreditDue {
        let (earliest, latest, day) = match when {
            When::On(on, day) => (Some(on), Some(on), day),
            When::ByRule => self.arrival(&mut ground),
        };
        let bounds = gross.min().zip(gross.max()).zip(less);
        let net = bounds.map(|((min, max), less)| Amount::between(min - less, max - less));
        CreditDue {
            kind,
            sub,
            for_month: self.for_month,
            months: 1,
            gross,
            withheld: less.map_or(Amount::UNKNOWN, Amount::Exact),
            net: net.unwrap_or(Amount::UNKNOWN),
            hangs_on: HangsOn::default(),
            formula,
            earliest,
            latest,
            day,
            rules: ground.rules.into(),
            sources: ground.sources.into(),
            grade: ground.grade,
            assumed: ground.assumed,
            learned: false,
            steps: ground.steps,
        }
    }

    fn arrival(&mut self, ground: &mut Ground) -> (Option<NaiveDate>, Option<NaiveDate>, DayKnown) {
        let insured = self.insured;
        let arrives = arrives(
            self.rules,
            insured.status,
            self.for_month,
            insured.stated_day,
        );
        let by_rule = arrives.held.filter(|_| arrives.day != DayKnown::Stated);
        let said = || arrives.said();
        ground.step(said, by_rule, None, None);
        if arrives.day == DayKnown::Unknown {
            let ask = arrives.held.and_then(|held| held.block.head.ask.clone());
            self.note_open(open(
                "arrival".to_owned(),
                Message::new("open.arrival"),
                ask,
            ));
        }
        (arrives.earliest, arrives.latest, arrives.day)
    }

    /// 补差 — what the months since a late base were credited too little (or too much).
    pub(super) fn true_up(
        &mut self,
        limits: &Limits<'a>,
        former: &Limits<'a>,
        months: &[Month],
    ) -> Option<CreditDue> {
        let now = self.addends(limits, Period::Month);
        let then = self.addends(former, Period::Month);
        let sum = |addends: &[(SubAccountId, Option<Yuan>, Ground)]| -> Option<Yuan> {
            addends.iter().map(|(_, amount, _)| *amount).sum()
        };
        let sub = now.first()?.0.clone();
        let all = |monthly: Yuan| months.iter().map(|_| monthly).sum::<Yuan>();
        let (now, then) = (sum(&now).map(all), sum(&then).map(all));
        let difference = now.zip(then).map(|(now, then)| now - then)?;
        if difference.is_zero() {
            return None;
        }
        let mut ground = Ground::that(self.explains);
        let formula = now.zip(then).map(|(now, then)| format!("{now} − {then}"));
        let what = || Message::new("credit.true_up").with("months", months.len());
        let held = limits.held.as_ref();
        ground.step(what, held, formula.as_deref(), Some(difference));
        Some(self.due(
            (PostingKind::TrueUp, When::ByRule),
            sub,
            Amount::Exact(difference),
            Some(Yuan::ZERO),
            formula,
            ground,
        ))
    }

    /// Yearly deductions that are taken on a day of their own, in the month of that day; on the day of
    /// an advance they have come off it already, and who is not insured that day is not charged.
    pub(super) fn withheld_on_a_day(
        &mut self,
        due: &[CreditDue],
        course: &Course<'_>,
        advanced_on: Option<NaiveDate>,
    ) -> Vec<CreditDue> {
        let rules = self.rules;
        let limits = Limits::default();
        let mut found = Vec::new();
        for held in &rules.blocks {
            let Body::Withheld(withheld) = &held.block.body else {
                continue;
            };
            if withheld.per != Period::Year {
                continue;
            }
            let on = day_in(self.for_month, &withheld.on);
            let Some(on) = on.filter(|on| course(*on).is_some()) else {
                continue;
            };
            let sub = due.first().map(|due| due.sub.clone());
            let Some(sub) = sub
                .or_else(|| self.credited_sub())
                .filter(|_| advanced_on != Some(on))
            else {
                continue;
            };
            let mut ground = Ground::that(self.explains);
            let amount = self.withholding(held, withheld, &limits, &mut ground);
            if amount.is_some_and(Yuan::is_zero) {
                continue;
            }
            let formula = amount.map(|amount| format!("−{amount}"));
            found.push(self.due(
                (PostingKind::Withheld, When::On(on, DayKnown::Rule)),
                sub,
                Amount::Exact(Yuan::ZERO),
                amount,
                formula,
                ground,
            ));
        }
        found
    }

    /// The first sub-account that any addend goes to.
    pub(super) fn credited_sub(&self) -> Option<SubAccountId> {
        let mut into = self
            .rules
            .blocks
            .iter()
            .filter_map(|held| match &held.block.body {
                Body::Credit(credit) => Some(SubAccountId(credit.into.clone())),
                _ => None,
            });
        into.next()
    }
}

/// What is due under either reading, posting by posting.
pub(super) fn between(
    one: Vec<CreditDue>,
    mut other: Vec<CreditDue>,
    hangs_on: HangsOn,
) -> Vec<CreditDue> {
    let mut due: Vec<CreditDue> = Vec::new();
    for posting in one {
        let same = |held: &CreditDue| held.kind == posting.kind && held.sub == posting.sub;
        let at = other.iter().position(same);
        due.push(either(posting, at.map(|at| other.remove(at)), hangs_on));
    }
    due.extend(
        other
            .into_iter()
            .map(|posting| either(posting, None, hangs_on)),
    );
    due
}

/// One posting under two readings; under the second it may not come at all.
fn either(one: CreditDue, other: Option<CreditDue>, hangs_on: HangsOn) -> CreditDue {
    let zero = Amount::Exact(Yuan::ZERO);
    let (gross, withheld, net, formula) = match other {
        Some(other) => (other.gross, other.withheld, other.net, other.formula),
        None => (zero, zero, zero, Some(Yuan::ZERO.to_string())),
    };
    if one.net == net {
        return one;
    }
    let formula = one.formula.clone().zip(formula);
    let formula = formula.map(|(one_way, other_way)| match one.net.min() <= net.min() {
        true => format!("{one_way} ～ {other_way}"),
        false => format!("{other_way} ～ {one_way}"),
    });
    CreditDue {
        gross: hull(one.gross, gross),
        withheld: hull(one.withheld, withheld),
        net: hull(one.net, net),
        // Two things at once are asked about this posting alone.
        hangs_on: match one.net.exact() {
            Some(_) => hangs_on,
            None => HangsOn::Posting,
        },
        formula: formula.or(one.formula),
        ..one
    }
}
