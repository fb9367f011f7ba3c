//! 年度清算 — what was really due for the months of an advance, and what had been advanced.

use chrono::NaiveDate;
use gongji_domain::{Month, Open, Yuan};
use gongji_policy::{Body, Clearing, InForce, Interest, Period, Row, Rules};

use super::advance::{Cover, cover};
use super::base::month_base;
use super::month::{Program, credits_for, facts};
use super::{Course, Insured, PostingKind};
use crate::rulebook::RuleBook;

/// The credit block that stands for what the employer pays in, beside the member's own part.
const EMPLOYER_PART: &str = "employer_part";

/// 清算的各项 — what the rules give for the period that ends with a clearing. `None`: not known.
pub(crate) struct Cleared {
    /// 本期实际应划，单位划入除外
    pub(crate) own: Option<Yuan>,
    /// 单位划入
    pub(crate) employer: Option<Yuan>,
    /// 期初预划
    pub(crate) advance: Option<Yuan>,
    /// 未定之处
    pub(crate) open: Vec<Open>,
}

/// What came due and what was advanced in the period that a clearing on `on` closes.
pub(crate) fn cleared(
    book: &RuleBook<'_>,
    insured: &Insured,
    course: &Course<'_>,
    on: NaiveDate,
) -> Cleared {
    let last = Month::of(on);
    let first = match cover(book, insured, last) {
        Cover::Advanced(covering) => covering.first,
        Cover::Monthly | Cover::OnlyClaimed(_) => last.plus(-11),
    };
    let mut sum = Cleared {
        own: Some(Yuan::ZERO),
        employer: Some(Yuan::ZERO),
        advance: Some(Yuan::ZERO),
        open: Vec::new(),
    };
    let mut yearly = true;
    for month in (0..)
        .map(|n| first.plus(n))
        .take_while(|month| *month <= last)
    {
        let there = course(month.first_day()).or_else(|| course(month.last_day()));
        let Some(insured) = there else { continue };
        sum.month(book, &insured, month, yearly);
        yearly = false;
        let credits = credits_for(book, &insured, course, month);
        for due in credits.due {
            if due.kind == PostingKind::Advance {
                sum.advance = add(sum.advance, due.gross.exact());
            }
        }
    }
    sum
}

fn add(sum: Option<Yuan>, more: Option<Yuan>) -> Option<Yuan> {
    sum.zip(more).map(|(sum, more)| sum + more)
}

impl Cleared {
    /// What a month was really worth, by its own base, status and age; with the first one also what is
    /// credited once a year.
    fn month(&mut self, book: &RuleBook<'_>, insured: &Insured, month: Month, yearly: bool) {
        let Some(rules) = book.on(&insured.pool, insured.scheme, month.first_day()) else {
            (self.own, self.employer) = (None, None);
            return;
        };
        let limits = month_base(book, insured, &rules, month).limits;
        let mut program = Program {
            rules: &rules,
            insured,
            for_month: month,
            facts: facts(insured, month.first_day()),
            open: Vec::new(),
        };
        for held in &rules.blocks {
            let Body::Credit(credit) = &held.block.body else {
                continue;
            };
            if credit.per == Period::Year && !yearly {
                continue;
            }
            let (amount, _) = program.addend(held, credit, &limits);
            if held.block.head.id.as_deref() == Some(EMPLOYER_PART) {
                self.employer = add(self.employer, amount);
            } else {
                self.own = add(self.own, amount);
            }
        }
        for open in program.open {
            if !self.open.iter().any(|known| known.key == open.key) {
                self.open.push(open);
            }
        }
    }
}

/// 清算的规则
pub(crate) fn clearing_rule<'r, 'a>(
    rules: &'r Rules<'a>,
) -> Option<(&'r InForce<'a>, &'a Clearing)> {
    rules.blocks.iter().find_map(|held| match &held.block.body {
        Body::Clearing(clearing) => Some((held, &**clearing)),
        _ => None,
    })
}

/// 计息的各行 — the rate of each sub-account.
pub(crate) fn interest_rows<'r, 'a>(
    rules: &'r Rules<'a>,
) -> impl Iterator<Item = (&'r InForce<'a>, &'a Interest, &'a Row)> + use<'r, 'a> {
    rules
        .blocks
        .iter()
        .filter_map(|held| match &held.block.body {
            Body::Interest(interest) => Some((held, &**interest)),
            _ => None,
        })
        .flat_map(|(held, interest)| interest.rows.iter().map(move |row| (held, interest, row)))
}
