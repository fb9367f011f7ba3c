//! 适用条款 — what the rules of one day say about one member's bills of one benefit at one class of
//! institution: figures and numbers of counters only. Which document each comes from is kept aside.
//!
//! [`Terms::of`] reads the tables once; [`Terms::settle`](super::run) then settles any number of bills.

mod accounts;
mod adjust;
mod bands;
mod beyond;
mod caps;
mod counters;
mod deductible;
mod layers;
mod resolve;
mod scope;
mod tree;
mod turns;

use gongji_domain::{EstimateRequest, Open, Part, Rate, Special, SubAccountId};
use gongji_policy::{Body, LayerRules, Library, RowFacts, Rules};

pub(crate) use accounts::{AidRule, Turn};
pub(crate) use adjust::{Times, years_short};
pub(crate) use bands::{Bands, Portion, Rounding, Start};
pub(crate) use beyond::Beyond;
pub(crate) use caps::{Cap, Raised};
pub(crate) use counters::{Counter, CounterAt, Used};
pub(crate) use deductible::{Adjustment, Deductible, Due, Less, ShareOfBill, Written};
pub(crate) use layers::Layer;
pub(crate) use resolve::{Cite, Cited};
pub(crate) use scope::FirstPaid;
pub(crate) use tree::{Figure, Tree};

use resolve::Resolving;

use super::{EngineError, age_on};
use crate::standing::{Standing, standing_under, status_rule};

/// 适用条款 — for one member, one benefit, one class of institution, in a stretch of time in which
/// neither the rules nor the member's age change.
#[derive(Clone, Debug)]
pub struct Terms<'a> {
    pub(crate) place: String,
    pub(crate) part: Part,
    pub(crate) gate: Gate,
    /// 待遇停没停，是什么不知道
    pub(crate) unsure: Option<Open>,
    pub(crate) first_paid: Vec<FirstPaid>,
    pub(crate) accounts: Option<Accounts>,
    pub(crate) deductible: Deductible,
    pub(crate) caps: Vec<Cap>,
    pub(crate) least_rate: Option<Rate>,
    pub(crate) bands: Option<Bands>,
    pub(crate) rounding: Rounding,
    pub(crate) beyond: Option<Beyond>,
    pub(crate) layers: Vec<Layer>,
    pub(crate) counters: Vec<Counter>,
    /// The names of the caps, by which slices may be named.
    pub(crate) cap_ids: Vec<String>,
    pub(crate) cited: Vec<Cited<'a>>,
}

/// 能不能报
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Gate {
    /// 能
    Open,
    /// 没有这项待遇的规则
    NoRule,
    /// 有一段规则读不进
    InDoubt,
    /// 停保；`ruled`: whether the place says what follows from it.
    Stopped { ruled: bool },
    /// 停保，何时停待遇没有查到
    StopsUnknown(Cite),
    /// 不予支付
    NotPaid(Cite),
    /// 中断缴费，或在等待期里，待遇停了
    Lapsed(Cite),
    /// 等待期内按几成享受
    Waiting(Cite, Rate),
    /// 待遇停没停不知道：见 [`Terms::unsure`]
    Unsure,
}

/// 本人账户的用途与先后
#[derive(Clone, Debug)]
pub(crate) struct Accounts {
    /// The block that says it; `None` where there is none.
    pub(crate) cite: Option<Cite>,
    /// There is an account and no rule says what it may pay: asked for under this key.
    pub(crate) unwritten: Option<String>,
    pub(crate) turns: Vec<Turn>,
    /// Each sub-account once.
    pub(crate) subs: Vec<SubAccountId>,
}

impl<'a> Terms<'a> {
    /// 读表 — the terms for the member, benefit and class of `request`; its bill, balances and counters
    /// are not looked at, but for the items on which tables select.
    ///
    /// # Errors
    /// Where the class is missing or unknown, or the member is not born yet.
    pub fn of(
        library: &'a Library,
        rules: &Rules<'a>,
        request: &EstimateRequest,
    ) -> Result<Terms<'a>, EngineError> {
        check_class(rules, request)?;
        let mut resolving = Resolving::new(library, rules, request, facts(request)?);
        let counters = resolving.counters();
        let mut numbers = counters::Numbers(counters);
        let first_paid = resolving.first_paid();
        let deductible = resolving.deductible(&mut numbers);
        let caps = resolving.caps(&mut numbers);
        let bands = resolving.bands(&mut numbers);
        let beyond = resolving.beyond(&mut numbers);
        let layers = resolving.layers(&mut numbers);
        Ok(Terms {
            place: rules.pool.name.clone(),
            part: request.part,
            gate: gate(&mut resolving, bands.is_some()),
            unsure: unsure(rules, request),
            first_paid,
            accounts: resolving.accounts(),
            deductible,
            least_rate: resolving.least_rate(),
            caps,
            bands,
            rounding: resolving.rounding(),
            beyond,
            layers,
            counters: numbers.0,
            cap_ids: resolving.caps,
            cited: resolving.cited,
        })
    }

    /// 一层 — the terms of one supplementary layer alone, for what it pays for a whole year at once.
    pub(crate) fn of_layer(
        library: &'a Library,
        rules: &Rules<'a>,
        request: &EstimateRequest,
        layer: &LayerRules<'a>,
    ) -> Result<Terms<'a>, EngineError> {
        let mut resolving = Resolving::new(library, rules, request, facts(request)?);
        let mut numbers = counters::Numbers(resolving.counters());
        let layers = resolving.layer(layer, &mut numbers).into_iter().collect();
        Ok(Terms {
            place: rules.pool.name.clone(),
            part: request.part,
            gate: Gate::Open,
            unsure: None,
            first_paid: Vec::new(),
            accounts: None,
            deductible: Deductible::Unwritten(String::new()),
            caps: Vec::new(),
            least_rate: None,
            bands: None,
            rounding: resolving.rounding(),
            beyond: None,
            layers,
            counters: numbers.0,
            cap_ids: resolving.caps,
            cited: resolving.cited,
        })
    }

    /// 子账户 — those that may pay for this benefit, in the order in which [`Case::own`] states their
    /// balances.
    ///
    /// [`Case::own`]: super::Case::own
    pub fn subs(&self) -> &[SubAccountId] {
        self.accounts
            .as_ref()
            .map_or(&[], |accounts| &accounts.subs)
    }

    /// 累计数 — the identifiers of the pool's counters, in the order in which a
    /// [`Tally`](super::Tally) holds them.
    pub fn counter_ids(&self) -> impl Iterator<Item = &str> {
        self.counters.iter().map(|counter| counter.id.as_str())
    }
}

fn gate(resolving: &mut Resolving<'_, '_>, has_rate: bool) -> Gate {
    let request = resolving.request;
    let refused = resolving
        .rules
        .blocks
        .iter()
        .find(|held| match &held.block.body {
            Body::NotPaid(not_paid) => {
                not_paid
                    .parts
                    .iter()
                    .any(|part| part == request.part.word())
                    && not_paid
                        .plan
                        .as_ref()
                        .is_none_or(|plan| *plan == request.plan)
            }
            _ => false,
        });
    if let Some(held) = refused.copied() {
        return Gate::NotPaid(resolving.cite(held));
    }
    let needed = [
        request.part.word(),
        "counters",
        "layer",
        "personal_account",
        "rounding",
    ];
    if needed.iter().any(|part| resolving.rules.in_doubt(part)) {
        return Gate::InDoubt;
    }
    if !has_rate {
        return Gate::NoRule;
    }
    if !request.member.status.in_good_standing() {
        let rule = status_rule(resolving.rules).map(|(held, rule)| (*held, rule));
        return match rule {
            Some((held, rule)) if held.off || rule.pooling_stops == "unknown" => {
                Gate::StopsUnknown(resolving.cite(held))
            }
            rule => Gate::Stopped {
                ruled: rule.is_some(),
            },
        };
    }
    standing_gate(resolving)
}

/// 待遇 — as the member's contributions decide it, where they are stated.
fn standing_gate(resolving: &mut Resolving<'_, '_>) -> Gate {
    let request = resolving.request;
    let Some(stated) = &request.member.contributions else {
        return Gate::Open;
    };
    let rules = resolving.rules;
    let verdict = standing_under(rules, stated, request.visit.settled_on);
    let rule = status_rule(rules).map(|(held, _)| *held);
    match (verdict.standing, rule) {
        (Standing::Stopped { .. }, Some(held)) => Gate::Lapsed(resolving.cite(held)),
        (Standing::Waiting { share, .. }, Some(held)) if share == Rate::ZERO => {
            Gate::Lapsed(resolving.cite(held))
        }
        (Standing::Waiting { share, .. }, Some(held)) => Gate::Waiting(resolving.cite(held), share),
        (Standing::Unknown, _) => Gate::Unsure,
        _ => Gate::Open,
    }
}

fn unsure(rules: &Rules<'_>, request: &EstimateRequest) -> Option<Open> {
    let stated = request.member.contributions.as_ref()?;
    let verdict = standing_under(rules, stated, request.visit.settled_on);
    verdict.open.into_iter().next()
}

/// 身份 — the facts on which rows select, on the day of settlement.
fn facts(request: &EstimateRequest) -> Result<RowFacts, EngineError> {
    let (day, member) = (request.visit.settled_on, &request.member);
    if member.born.is_some_and(|born| born > day) {
        return Err(EngineError::BornLater);
    }
    Ok(RowFacts {
        plan: request.plan.clone(),
        status: member.status.word().to_owned(),
        special: Special::word(member.special).to_owned(),
        contract: request.visit.contract,
        away: request.visit.away.clone(),
        retired_on: member.retired_on,
        born: member.born,
        age: member.born.and_then(|born| age_on(born, day)),
        insured_months: member.insured_months,
        tier: member.tier.clone(),
        employer: member.employer.clone(),
        continuous_years: member.continuous_years,
        ..RowFacts::default()
    })
}

/// Whether the class is one that the tables of the benefit know.
fn check_class(rules: &Rules<'_>, request: &EstimateRequest) -> Result<(), EngineError> {
    let mut known: Vec<&String> = rules
        .blocks
        .iter()
        .filter(|held| held.file.part == request.part.word())
        .filter_map(|held| match &held.block.body {
            Body::Rate(rate) => Some(&rate.class),
            Body::Deductible(deductible) => Some(&deductible.class),
            _ => None,
        })
        .flatten()
        .filter(|class| *class != "any")
        .collect();
    known.sort();
    known.dedup();
    let named = |class: &&String| ((*class).clone(), rules.name(class));
    let known_classes = || known.iter().map(named).collect();
    match &request.visit.class {
        None if !known.is_empty() => Err(EngineError::ClassNeeded {
            known: known_classes(),
        }),
        Some(class) if !known.is_empty() && !known.contains(&class) => {
            Err(EngineError::UnknownClass {
                class: class.clone(),
                known: known_classes(),
            })
        }
        _ => Ok(()),
    }
}
