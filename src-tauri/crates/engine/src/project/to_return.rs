//! 停保要退回的钱 — what was advanced and is not earned yet, by the month from which somebody were not
//! insured any more.

use gongji_domain::{Amount, Month, SourceRef, Yuan};
use serde::{Deserialize, Serialize};
use specta::Type;

use super::agenda::Window;
use super::amounts::{minus, plus};
use super::people::Person;
use crate::credit::{CreditDue, taken_back};
use crate::rulebook::RuleBook;

/// So many months are told: the whole of the period that runs, and the whole of the next one.
const TOLD: i32 = 24;

/// 从这个月起停保，要退回多少
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct MoneyToReturn {
    /// 从哪个月起停保
    pub month: Month,
    /// 已经预划、还没有挣到的钱；零就是不用退
    pub amount: Amount,
    /// 算式
    pub formula: Option<String>,
    /// 出处
    pub sources: Vec<SourceRef>,
}

/// The months of the window, at most two years of them, in which the member's credits are advanced.
pub(super) fn to_return(
    book: &RuleBook<'_>,
    person: &Person<'_>,
    window: Window,
) -> Vec<MoneyToReturn> {
    let first = Month::of(window.from).plus(1);
    let months = (0..TOLD).map(|n| first.plus(n));
    months
        .take_while(|month| month.first_day() <= window.until)
        .filter_map(|month| {
            let due = returned(book, person, month)?;
            let zero = Amount::Exact(Yuan::ZERO);
            let sum = due.iter().map(|due| due.net).fold(zero, plus);
            let formulas: Vec<&str> = due
                .iter()
                .filter_map(|due| due.formula.as_deref())
                .collect();
            let mut sources: Vec<SourceRef> = Vec::new();
            for source in due.iter().flat_map(|due| due.sources.iter()) {
                if !sources.contains(source) {
                    sources.push(source.clone());
                }
            }
            Some(MoneyToReturn {
                month,
                amount: minus(zero, sum),
                formula: (!formulas.is_empty()).then(|| formulas.join(" + ")),
                sources,
            })
        })
        .collect()
}

/// By the rule by which it really is taken back: as though the enrollment ended with the month before.
fn returned(book: &RuleBook<'_>, person: &Person<'_>, month: Month) -> Option<Vec<CreditDue>> {
    let last = month.plus(-1);
    let spell = person.in_month(last)?;
    person.account(spell.enrollment)?;
    let insured = |day| person.insured_on(spell.enrollment, day);
    let is_there = |month: Month| insured(month.first_day()).or_else(|| insured(month.last_day()));
    // Who leaves by themselves then stops nothing.
    is_there(last)?;
    is_there(month)?;
    let course = |day| insured(day).filter(|_| day < month.first_day());
    let credits = taken_back(book, &spell.insured(person), &course, month);
    credits.advanced.then_some(credits.due)
}
