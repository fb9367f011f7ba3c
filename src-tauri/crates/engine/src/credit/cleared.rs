//! 年度清算 — what was really due for the months of an advance, and what had been advanced.

use chrono::NaiveDate;
use gongji_domain::{Amount, EmploymentStatus, Month, Open, PoolId, Scheme, SubAccountId, Yuan};
use gongji_policy::{
    Body, Cell, Clearing, ClearingTerm, InForce, Interest, Library, Period, Row, Rules, Shortfall,
};

use super::advance::{Cover, cover, taken_back};
use super::base::month_base;
use super::month::{Program, credits_for, facts};
use super::{Course, CreditDue, Insured, PostingKind};
use crate::exact::{fen, share, to_fen};
use crate::rulebook::RuleBook;

/// The credit block that stands for what the employer pays in, beside the member's own part.
const EMPLOYER_PART: &str = "employer_part";

/// 清算的各项 — what the rules give for the period that ends with a clearing. `None`: not known.
pub(crate) struct Cleared {
    /// 本期实际应划，单位划入除外
    pub(crate) own: Option<Yuan>,
    /// 单位划入
    pub(crate) employer: Option<Yuan>,
    /// 预划与收回 — what was taken back is below zero.
    pub(crate) advances: Vec<CreditDue>,
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
        advances: Vec::new(),
        open: Vec::new(),
    };
    let mut yearly = None;
    for month in (0..)
        .map(|n| first.plus(n))
        .take_while(|month| *month <= last)
    {
        let in_month =
            |month: Month| course(month.first_day()).or_else(|| course(month.last_day()));
        let credits = match (in_month(month), in_month(month.plus(-1))) {
            (Some(insured), _) => {
                sum.month(book, &insured, month, &mut yearly);
                credits_for(book, &insured, course, month)
            }
            (None, Some(left)) if month > first => taken_back(book, &left, course, month),
            (None, _) => continue,
        };
        let in_advance = credits
            .due
            .into_iter()
            .filter(|due| matches!(due.kind, PostingKind::Advance | PostingKind::TakenBack));
        sum.advances.extend(in_advance);
    }
    sum
}

fn add(sum: Option<Yuan>, more: Option<Yuan>) -> Option<Yuan> {
    sum.zip(more).map(|(sum, more)| sum + more)
}

impl Cleared {
    /// What a month was really worth, by its own base, status and age; with the first one also what is
    /// credited once a year, to whoever has then the status that `yearly` remembers. What a part of a
    /// year is worth to somebody whose status changes in it is not said.
    fn month(
        &mut self,
        book: &RuleBook<'_>,
        insured: &Insured,
        month: Month,
        yearly: &mut Option<EmploymentStatus>,
    ) {
        let first = yearly.is_none();
        let same = *yearly.get_or_insert(insured.status) == insured.status;
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
            explains: book.explains,
        };
        for held in &rules.blocks {
            let Body::Credit(credit) = &held.block.body else {
                continue;
            };
            if credit.per == Period::Year && !first && same {
                continue;
            }
            let (mut amount, _) = program.addend(held, credit, &limits);
            if let Some(near) = limits.as_near(insured.base) {
                let (other, _) = program.addend(held, credit, &near);
                amount = amount.filter(|amount| Some(*amount) == other);
            }
            if credit.per == Period::Year && !first {
                amount = amount.filter(|amount| amount.is_zero());
            }
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

/// 清算的各项，都已知
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ClearingTerms {
    /// 本期实际应划，单位划入除外
    pub own_contributions: Yuan,
    /// 单位划入
    pub employer_part: Yuan,
    /// 期末余额
    pub closing_balance: Yuan,
    /// 调整
    pub adjustment: Yuan,
    /// 转入
    pub moved_in: Yuan,
    /// 期初预划
    pub advance: Yuan,
    /// 上期不足
    pub carried_shortfall: Yuan,
}

impl ClearingTerms {
    fn of(&self, term: ClearingTerm) -> Yuan {
        match term {
            ClearingTerm::OwnContributions => self.own_contributions,
            ClearingTerm::EmployerPart => self.employer_part,
            ClearingTerm::ClosingBalance => self.closing_balance,
            ClearingTerm::Adjustment => self.adjustment,
            ClearingTerm::MovedIn => self.moved_in,
            ClearingTerm::Advance => self.advance,
            ClearingTerm::CarriedShortfall => self.carried_shortfall,
        }
    }

    /// What the rule makes of them, with the printed sum.
    pub(crate) fn sum(&self, rule: &Clearing) -> (Yuan, String) {
        let mut sum = Yuan::ZERO;
        let mut said = String::new();
        for (takes, listed) in [(false, &rule.adds), (true, &rule.takes)] {
            for amount in listed.iter().map(|term| self.of(*term)) {
                if amount.is_zero() {
                    continue;
                }
                sum = if takes { sum - amount } else { sum + amount };
                said.push_str(match (said.is_empty(), takes) {
                    (true, true) => "−",
                    (true, false) => "",
                    (false, true) => " − ",
                    (false, false) => " + ",
                });
                said.push_str(&amount.to_string());
            }
        }
        (sum, said)
    }
}

/// 清算的利息 — on a sum above zero, at the rate of the sub-account that it lands in.
///
/// # Errors
/// Where the rate is not known: the block that should give it, if there is one.
pub(crate) fn interest_on<'r, 'a>(
    rules: &'r Rules<'a>,
    rule: &Clearing,
    sum: Yuan,
) -> Result<Yuan, Option<&'r InForce<'a>>> {
    let mut rows = interest_rows(rules);
    let row = rows.find(|(_, _, row)| row.sub.as_deref() == Some(&rule.lands_in));
    let Some((held, _, row)) = row else {
        return Err(None);
    };
    match row.values.first() {
        Some(Cell::Rate(rate)) if !held.off && !row.off => {
            Ok(to_fen(fen(sum.or_zero()) * share(*rate)))
        }
        _ => Err(Some(held)),
    }
}

/// 不够退的 — as the advance of the place says.
pub(crate) fn shortfall(rules: &Rules<'_>) -> Shortfall {
    let advance = rules.blocks.iter().find_map(|held| match &held.block.body {
        Body::Advance(advance) if !held.off => Some(advance.shortfall),
        _ => None,
    });
    advance.unwrap_or(Shortfall::Unknown)
}

/// 一次清算的结果
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClearingOutcome {
    /// 和数，利息之前
    pub sum: Yuan,
    /// 利息；不计为零，利率不知道则未知
    pub interest: Amount,
    /// 落到子账户的数
    pub lands: Amount,
    /// 哪个子账户
    pub sub: SubAccountId,
    /// 留到下一次预划里扣的
    pub carried_shortfall: Yuan,
    /// 算式
    pub formula: String,
}

/// 年度清算 on a day, of terms that are all known; `None` where the place has no rule for it.
pub fn clearing_case(
    library: &Library,
    pool: &PoolId,
    scheme: Scheme,
    on: NaiveDate,
    terms: &ClearingTerms,
) -> Option<ClearingOutcome> {
    let rules = library.rules(pool, scheme.word(), on)?;
    let (_, rule) = clearing_rule(&rules).filter(|(held, _)| !held.off)?;
    let (sum, formula) = terms.sum(rule);
    let interest = match rule.interest {
        true => interest_on(&rules, rule, sum).map_or(Amount::UNKNOWN, Amount::Exact),
        false => Amount::Exact(Yuan::ZERO),
    };
    let short = sum.is_negative().then(|| shortfall(&rules));
    let lands = match short {
        Some(Shortfall::NetFromNextCurrent | Shortfall::Repaid) => Some(Yuan::ZERO),
        Some(Shortfall::Unknown) => None,
        Some(Shortfall::StaysNegative) | None => interest.exact().map(|interest| sum + interest),
    };
    let netted = short == Some(Shortfall::NetFromNextCurrent);
    Some(ClearingOutcome {
        sum,
        interest,
        lands: lands.map_or(Amount::UNKNOWN, Amount::Exact),
        sub: SubAccountId(rule.lands_in.clone()),
        carried_shortfall: if netted { -sum } else { Yuan::ZERO },
        formula,
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
