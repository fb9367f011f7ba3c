//! 现在看还是等等 — one planned bill on its day and on the days that may matter instead: the next
//! credit, the last day of this benefit year, the first of the next, a month in which a monthly limit
//! begins anew, a day on which a rule or the member's standing changes.
//!
//! Nothing is judged by a rule of thumb: the whole household is projected with the bill on each of the
//! days, over the same time, and what all its bills come to is compared. What is saved on this bill
//! and paid on another is not saved. Urgent and prescribed care is never compared.

mod because;
mod found;

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};
use gongji_domain::{Amount, Household, Message, Month, Part, PlanItemId, PlannedSpending, Yuan};
use gongji_policy::{Library, Per};

pub use found::{WaitComparison, WaitRow, WaitVerdict};

use crate::project::amounts::{minus, plus};
use crate::project::{
    Addend, Balances, Person, ProjectionRequest, Steps, addends, benefit_years, cash_of, per_of,
    project_with,
};
use crate::projection::{EventKind, EventSplit, ProjectedEvent, Projection};
use crate::rulebook::RuleBook;
use crate::settle::EngineError;

/// How far after its day a bill is thought of as one that could wait, in days: half a year.
const FORWARD: u64 = 183;

/// How far everything is projected at the most.
const FAR: u64 = 800;

/// 现在看还是等等 — `plan` on its day `on`, which lies after `from`, from the balances at the close of
/// `from`. Its other days stay where they are.
///
/// # Errors
/// As [`crate::project`].
pub fn wait(
    library: &Library,
    household: &Household,
    balances: &Balances,
    from: NaiveDate,
    plan: &PlannedSpending,
    on: NaiveDate,
) -> Result<WaitComparison, EngineError> {
    let mut comparison = WaitComparison {
        planned: on,
        until: on,
        rows: Vec::new(),
        verdict: WaitVerdict::Never,
        what: Message::new("wait.never"),
        better: None,
        unknown: Vec::new(),
    };
    if plan.urgent {
        return Ok(comparison);
    }
    if plan.part == Part::ChronicOutpatient {
        comparison.what = Message::new("wait.never_prescribed");
        return Ok(comparison);
    }
    let book = RuleBook::new(library);
    let scene = Scene {
        book: &book,
        household,
        balances,
        from,
        plan,
        on,
    };
    scene.compare(comparison)
}

struct Scene<'s, 'a> {
    book: &'s RuleBook<'a>,
    household: &'s Household,
    balances: &'s Balances,
    from: NaiveDate,
    plan: &'s PlannedSpending,
    on: NaiveDate,
}

impl Scene<'_, '_> {
    fn compare(&self, mut comparison: WaitComparison) -> Result<WaitComparison, EngineError> {
        let ahead = self.on + Days::new(FORWARD);
        let first = self.play(self.on, ahead)?;
        let days = self.days(&first);
        let last = days.keys().copied().max().unwrap_or(self.on).max(self.on);
        comparison.until = self.until(last);
        let planned = self.play(self.on, comparison.until)?;
        let why = Message::new("wait.planned");
        comparison.rows.push(self.row(&planned, self.on, why));
        for (day, why) in days {
            let moved = self.play(day, comparison.until)?;
            comparison.rows.push(self.row(&moved, day, why));
        }
        comparison.unknown = planned.unknown;
        self.judge(&mut comparison);
        Ok(comparison)
    }

    /// Everything that is planned, with the bill on `day` instead of its own.
    fn play(&self, day: NaiveDate, until: NaiveDate) -> Result<Projection, EngineError> {
        let mut household = self.household.clone();
        household.plans.retain(|other| other.id != self.plan.id);
        let last = household.plans.iter().map(|plan| plan.id.0).max();
        let next = last.unwrap_or_default().max(self.plan.id.0) + 1;
        let is_kept = self
            .household
            .plans
            .iter()
            .any(|other| other.id == self.plan.id);
        let others = self.plan.days(self.from + Days::new(1), until);
        let others = others.filter(|other| is_kept && *other != self.on);
        for (id, other) in (next..).zip(others) {
            household.plans.push(PlannedSpending {
                id: PlanItemId(id),
                first_on: other,
                recurrence: None,
                ..self.plan.clone()
            });
        }
        household.plans.push(PlannedSpending {
            first_on: day,
            recurrence: None,
            ..self.plan.clone()
        });
        let request = ProjectionRequest {
            from: self.from,
            until,
            with_interest: false,
            steps: Steps::Of(self.plan.id, day),
            beside: false,
        };
        project_with(self.book.library, &household, self.balances, request)
    }

    /// The days that may matter, with the reason why each is looked at.
    fn days(&self, planned: &Projection) -> BTreeMap<NaiveDate, Message> {
        let mut days = BTreeMap::new();
        let tomorrow = self.from + Days::new(1);
        let until = self.on + Days::new(FORWARD);
        let mut note = |day: NaiveDate, why: Message| {
            if day != self.on && tomorrow <= day && day <= until {
                days.entry(day).or_insert(why);
            }
        };
        let own = planned
            .events
            .iter()
            .filter(|event| event.member == self.plan.member);
        for year in own.clone().filter(|event| event.kind == EventKind::YearEnd) {
            if year.on <= self.on {
                note(year.on - Days::new(1), Message::new("wait.this_year"));
            } else {
                note(year.on, Message::new("wait.next_year"));
            }
        }
        if let Some(month) = self.monthly_limit() {
            note(month.first_day(), Message::new("wait.next_month"));
        }
        for change in own.clone().filter(|event| event.kind == EventKind::Change) {
            let code = &change.what.code;
            let turns = ["project.rules_change", "project.age_reached"].contains(&code.as_str())
                || code.starts_with("project.enrollment");
            if turns && change.on <= self.on {
                note(change.on - Days::new(1), Message::new("wait.before_change"));
            } else if turns {
                note(change.on, Message::new("wait.after_change"));
            }
        }
        let credit = own.clone().find(|event| {
            event.kind == EventKind::Credit && event.on > self.on && event.gross.is_some()
        });
        if let Some(credit) = credit {
            let month = credit.for_month.map(|month| month.to_string());
            let why = Message::new("wait.next_credit").with("month", month.unwrap_or_default());
            note(credit.on, why);
        }
        days
    }

    /// The month after that of the bill, where something is counted by the month.
    fn monthly_limit(&self) -> Option<Month> {
        let person = self.person()?;
        let enrollment = person.on(self.on)?.enrollment;
        let rules = self.book.on(&enrollment.pool, enrollment.scheme, self.on)?;
        per_of(&rules, self.plan.part.word())
            .contains(&Per::Month)
            .then(|| Month::of(self.on).plus(1))
    }

    /// To the end of the benefit year of the last day, so that what a bill uses up of that year counts.
    fn until(&self, last: NaiveDate) -> NaiveDate {
        let far = self.from + Days::new(FAR);
        let ends = self.person().and_then(|person| {
            let enrollment = person.on(last)?.enrollment;
            let rules = self.book.on(&enrollment.pool, enrollment.scheme, last)?;
            benefit_years(&rules, last).into_iter().max()
        });
        ends.unwrap_or(last).clamp(last, far.max(last))
    }

    fn person(&self) -> Option<Person<'_>> {
        let mut members = self.household.members.iter();
        let member = members.find(|member| member.id == self.plan.member)?;
        Some(Person::of(self.book, self.household, member))
    }

    fn row(&self, projection: &Projection, day: NaiveDate, why: Message) -> WaitRow {
        let own = projection.events.iter().find(|event| {
            event.kind == EventKind::Spending
                && event.on == day
                && event.plan == Some(self.plan.id)
                && event.member == self.plan.member
        });
        let split = own.and_then(|event| event.split.as_ref());
        let of = |amount: fn(&EventSplit) -> Amount| split.map_or(Amount::UNKNOWN, amount);
        let patient_of = addends(&projection.events, patient);
        let cash_of = addends(&projection.events, cash);
        WaitRow {
            on: day,
            why,
            fund_paid: of(|split| split.fund_paid),
            own_account_paid: of(|split| split.own_account_paid),
            mutual_aid_paid: of(|split| split.mutual_aid_paid),
            cash_paid: of(|split| split.cash_paid),
            steps: own.map_or_else(Default::default, |event| event.steps.to_vec()),
            sources: own.map_or_else(Default::default, |event| event.sources.to_vec()),
            patient_in_all: sum(&patient_of),
            patient_of,
            cash_in_all: sum(&cash_of),
            cash_of,
        }
    }

    fn judge(&self, comparison: &mut WaitComparison) {
        let (planned, others) = match comparison.rows.split_first() {
            Some((planned, others)) => (planned.clone(), others.to_vec()),
            None => return,
        };
        let (verdict, what, better) = match Sums::of(&planned) {
            Some(sums) => self.judged(&planned, sums, &others),
            None if !others.is_empty() && others.iter().all(|other| same(&planned, other)) => {
                no_difference()
            }
            None => not_known(),
        };
        comparison.verdict = verdict;
        comparison.what = what;
        comparison.better = better;
    }

    fn judged(
        &self,
        planned: &WaitRow,
        sums: Sums,
        others: &[WaitRow],
    ) -> (WaitVerdict, Message, Option<NaiveDate>) {
        let known: Vec<(&WaitRow, Sums)> = others
            .iter()
            .filter_map(|row| Some((row, Sums::of(row)?)))
            .collect();
        if known.len() < others.len() {
            return not_known();
        }
        let near = |row: &WaitRow| (row.on - self.on).num_days().abs();
        let best = known
            .iter()
            .min_by_key(|(row, sums)| (sums.patient, sums.cash, near(row)));
        let Some((row, best)) = best else {
            return no_difference();
        };
        let said = |code: &str, amount: Yuan| {
            Message::new(code)
                .with("day", row.on)
                .with("amount", amount)
        };
        if best.patient < sums.patient {
            let what = said("wait.cheaper", sums.patient - best.patient);
            let because = self.because(planned, row);
            return (WaitVerdict::Cheaper, because.join(what), Some(row.on));
        }
        if best.patient == sums.patient && best.cash < sums.cash {
            let what = said("wait.less_cash", sums.cash - best.cash);
            return (WaitVerdict::LessCash, what, Some(row.on));
        }
        // This bill takes less cash, but later ones take it instead.
        let moved = known.iter().find_map(|(other, theirs)| {
            let (now, then) = planned.cash_paid.exact().zip(other.cash_paid.exact())?;
            (theirs.patient == sums.patient && theirs.cash == sums.cash && then < now)
                .then_some((other.on, now - then))
        });
        if let Some((day, amount)) = moved {
            let what = Message::new("wait.only_moves")
                .with("day", day)
                .with("amount", amount);
            return (WaitVerdict::OnlyMoves, what, None);
        }
        let worst = known
            .iter()
            .max_by_key(|(_, sums)| (sums.patient, sums.cash));
        match worst {
            Some((row, worst)) if worst.patient > sums.patient => {
                let what = Message::new(BEST)
                    .with("day", row.on)
                    .with("amount", worst.patient - sums.patient);
                let because = self.because(planned, row);
                (WaitVerdict::PlannedIsBest, because.join(what), None)
            }
            _ => no_difference(),
        }
    }
}

/// Its reason is added: [`Because::join`] makes it a text of its own.
const BEST: &str = "wait.planned_is_best";

/// What everybody pays over the whole time, where it is known to the fen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Sums {
    patient: Yuan,
    cash: Yuan,
}

impl Sums {
    fn of(row: &WaitRow) -> Option<Sums> {
        Some(Sums {
            patient: row.patient_in_all.exact()?,
            cash: row.cash_in_all.exact()?,
        })
    }
}

fn no_difference() -> (WaitVerdict, Message, Option<NaiveDate>) {
    (
        WaitVerdict::NoDifference,
        Message::new("wait.no_difference"),
        None,
    )
}

fn not_known() -> (WaitVerdict, Message, Option<NaiveDate>) {
    (WaitVerdict::NotKnown, Message::new("wait.not_known"), None)
}

/// Whether two days come to the same though neither is known to the fen: only where something is known.
fn same(one: &WaitRow, other: &WaitRow) -> bool {
    let sums = |row: &WaitRow| (row.fund_paid, row.patient_in_all, row.cash_in_all);
    sums(one) == sums(other) && one.patient_in_all != Amount::UNKNOWN
}

/// What everybody pays of a bill or a premium; what a layer pays after the year comes off. Cash that goes
/// into an account was paid by that account already.
fn patient(event: &ProjectedEvent) -> Option<Amount> {
    if !is_paid(event) {
        return None;
    }
    let Some(split) = &event.split else {
        return Some(Amount::UNKNOWN);
    };
    if event.kind == EventKind::YearlyLayer {
        return Some(less(split.fund_paid));
    }
    let parts = [
        split.own_account_paid,
        split.mutual_aid_paid,
        split.cash_paid,
    ];
    // What the fund pays is known even where it is open which account pays the rest.
    Some(match split.total.exact().zip(split.fund_paid.exact()) {
        Some((total, fund)) => Amount::Exact(total - fund),
        None => parts.into_iter().fold(ZERO, plus),
    })
}

/// What is paid in cash, also into an account.
fn cash(event: &ProjectedEvent) -> Option<Amount> {
    match (&event.split, event.kind) {
        (Some(split), EventKind::YearlyLayer) => Some(less(split.fund_paid)),
        (Some(_), _) => cash_of(event),
        (None, _) => is_paid(event).then_some(Amount::UNKNOWN),
    }
}

fn is_paid(event: &ProjectedEvent) -> bool {
    let paid = [
        EventKind::Spending,
        EventKind::Premium,
        EventKind::YearlyLayer,
    ];
    paid.contains(&event.kind)
}

fn sum(addends: &[Addend]) -> Amount {
    addends.iter().map(|addend| addend.sum).fold(ZERO, plus)
}

fn less(amount: Amount) -> Amount {
    minus(ZERO, amount)
}

const ZERO: Amount = Amount::Exact(Yuan::ZERO);

#[cfg(test)]
mod tests;
