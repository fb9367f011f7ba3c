//! 账户空了怎么办 — what can be done for one need on one day, in the order in which it is worth trying.
//!
//! Amounts are what is left of the need when an option's turn comes: own account, then relatives,
//! then money moved from another province, then cash.

mod gap;
mod layers;
mod next_credit;
mod own_account;
mod own_money;
mod relatives;
mod wait;

use chrono::NaiveDate;
use gongji_domain::{Amount, Grade, Household, MemberId, Message, SourceRef, Yuan};
use gongji_policy::{AccountUse, Body, InForce, Library, Rules, When};

pub use gap::{CreditGap, GapCause, GapKind, credit_gaps};
pub use wait::{WaitComparison, WaitRow, WaitVerdict, wait};

use crate::advice::{Advice, AdviceOption, OptionKind};
use crate::membership::has_account;
use crate::project::{Balances, Person};
use crate::projection::{ProjectedEvent, Projection, RunOut};
use crate::rulebook::RuleBook;

/// 要付的是哪一笔
#[derive(Clone, Copy, Debug)]
pub enum Need<'p> {
    /// 计划以外的一笔 — the member's own share of a bill on that day, beside all that is planned until then.
    Beside(Yuan, NaiveDate),
    /// 计划里使账户用完的那一笔 — what the account lacks when that bill comes.
    RunOut(&'p RunOut),
}

impl Need<'_> {
    fn amount(self) -> Amount {
        match self {
            Need::Beside(amount, _) => Amount::Exact(amount.or_zero()),
            Need::RunOut(run_out) => run_out.short,
        }
    }

    fn on(self) -> NaiveDate {
        match self {
            Need::Beside(_, on) => on,
            Need::RunOut(run_out) => run_out.earliest,
        }
    }

    /// What has happened when it is to be paid: a planned bill has not yet taken anything itself.
    fn before(self, projection: &Projection, member: MemberId) -> &[ProjectedEvent] {
        let events = &projection.events;
        let by_day = |day| events.partition_point(|event| event.on <= day);
        let happened = match self {
            Need::Beside(_, on) => by_day(on),
            Need::RunOut(run_out) => events
                .iter()
                .position(|event| {
                    let of_plan = event.plan.is_some() && event.plan == run_out.plan;
                    let of_premium = event.premium.is_some() && event.premium == run_out.premium;
                    event.on == run_out.earliest
                        && (of_premium || of_plan && event.member == member)
                })
                .unwrap_or_else(|| by_day(run_out.earliest)),
        };
        &events[..happened]
    }
}

/// 办法 — the options for `member`, who has that to pay. `projection` says what is in the accounts by then,
/// and when more comes; before its first day the balances are those given.
pub fn advise(
    library: &Library,
    household: &Household,
    balances: &Balances,
    projection: &Projection,
    member: MemberId,
    need: Need<'_>,
) -> Advice {
    let book = RuleBook::new(library);
    let people: Vec<Person<'_>> = household
        .members
        .iter()
        .map(|member| Person::of(&book, household, member))
        .collect();
    let mut options = Vec::new();
    if let Some(person) = people.iter().position(|person| person.member.id == member) {
        let amount = need.amount();
        let left = Left {
            min: amount.min().unwrap_or_default(),
            max: amount.max().unwrap_or(Yuan::LIMIT),
        };
        let mut adviser = Adviser {
            book: &book,
            household,
            people: &people,
            balances,
            projection,
            before: need.before(projection, member),
            paid_already: matches!(need, Need::RunOut(_)),
            person,
            on: need.on(),
            need: amount,
            left,
            given: Vec::new(),
            options: Vec::new(),
        };
        match need {
            Need::RunOut(run_out) if run_out.premium.is_some() => adviser.go_through_premium(),
            _ => adviser.go_through(),
        }
        options = adviser.options;
    }
    Advice {
        member,
        on: need.on(),
        need: need.amount(),
        options,
    }
}

/// What is still to be paid: between these two; without a limit where nobody knows.
#[derive(Clone, Copy, Debug)]
struct Left {
    min: Yuan,
    max: Yuan,
}

impl Left {
    fn amount(self) -> Amount {
        if self.max >= Yuan::LIMIT {
            return Amount::UNKNOWN;
        }
        Amount::between(self.min, self.max)
    }
}

struct Adviser<'d, 'a> {
    book: &'d RuleBook<'a>,
    household: &'d Household,
    people: &'d [Person<'d>],
    balances: &'d Balances,
    projection: &'d Projection,
    /// What has happened by then.
    before: &'d [ProjectedEvent],
    /// The own account has given what it holds to the bill in question.
    paid_already: bool,
    person: usize,
    on: NaiveDate,
    need: Amount,
    left: Left,
    /// What the options before give, one after the other.
    given: Vec<Amount>,
    options: Vec<AdviceOption>,
}

impl Adviser<'_, '_> {
    /// No fund pays a premium, and whose account does was chosen.
    fn go_through_premium(&mut self) {
        self.next_credit();
        self.cash(None);
    }

    fn go_through(&mut self) {
        let person = &self.people[self.person];
        let spell = person.on(self.on);
        let rules = spell.and_then(|spell| {
            self.book
                .dated(&spell.enrollment.pool, spell.enrollment.scheme, self.on)
        });
        let account_use = rules.as_deref().and_then(account_use);
        if let Some((held, account_use)) = account_use {
            self.pool_still_pays(held, account_use);
        }
        if let (Some(spell), Some(rules)) = (spell, rules.as_deref()) {
            self.own_account(spell.enrollment, rules, account_use.map(|(held, _)| held));
            self.overdraft(spell.enrollment);
        }
        self.overdue();
        self.bound_relatives();
        self.relatives_to_bind();
        self.wallet();
        self.reservations();
        if let Some(rules) = rules.as_deref() {
            self.withdrawable(rules);
        }
        self.next_credit();
        self.cash(account_use.map(|(held, _)| held));
        if let (Some(spell), Some(rules)) = (spell, rules.as_deref()) {
            self.layers_near(spell, rules);
        }
        self.claim_later();
        self.relief();
        let no_account = spell.zip(rules.as_deref()).is_some_and(|(spell, rules)| {
            let enrollment = spell.enrollment;
            has_account(rules, enrollment.scheme, &enrollment.plan) == Some(false)
        });
        self.not_known(spell.is_some(), account_use.is_some() || no_account);
    }

    /// An empty account stops nothing where it pays only after the pool.
    fn pool_still_pays(&mut self, held: &InForce<'_>, account_use: &AccountUse) {
        if held.off
            || account_use
                .order
                .iter()
                .any(|turn| turn.when == When::BeforePool)
        {
            return;
        }
        let what = Message::new("advice.pool_still_pays");
        let mut option = option(OptionKind::PoolStillPays, what, Amount::Exact(Yuan::ZERO));
        cite(&mut option, held);
        self.options.push(option);
    }

    /// The balance of a member when that is to be paid, as projected.
    fn balance(&self, person: usize) -> Amount {
        let member = self.people[person].member.id;
        let projected = |event: &&ProjectedEvent| event.on > self.projection.from;
        let mut balance = None;
        for event in self.before.iter().filter(projected) {
            if event.member == member {
                balance = Some(event.balance);
            }
            let shares = event.split.iter().flat_map(|split| &split.aid);
            for share in shares.filter(|share| share.donor == member) {
                balance = Some(share.balance);
            }
        }
        balance.unwrap_or_else(|| self.opening(person))
    }

    fn opening(&self, person: usize) -> Amount {
        let person = &self.people[person];
        let of_person = self.balances.iter().filter(|((account, sub), _)| {
            person.accounts.iter().any(|known| known.id == *account)
                && !person.free_cash.contains(sub)
        });
        let found: Vec<Yuan> = of_person.map(|(_, balance)| *balance).collect();
        if found.is_empty() {
            Amount::UNKNOWN
        } else {
            Amount::Exact(found.into_iter().sum())
        }
    }

    /// Takes what `available` can give off what is left, and says how much that is and why.
    fn takes(&mut self, available: Amount) -> (Amount, Option<Message>) {
        let before = self.left;
        let (Some(least), Some(most)) = (available.min(), available.max()) else {
            // It may give all or nothing.
            self.left.min = Yuan::ZERO;
            return (Amount::UNKNOWN, None);
        };
        let given = Left {
            min: self.left.min.min(least.or_zero()),
            max: self.left.max.min(most.or_zero()),
        };
        self.left = Left {
            min: (self.left.min - given.max).or_zero(),
            max: (self.left.max - given.min).or_zero(),
        };
        let given = Amount::between(given.min, given.max);
        self.given.push(given);
        (given, lesser(before, available, given))
    }

    /// What `available` could give, were it asked now: an alternative, so nothing is taken off.
    fn could_give(&self, available: Amount) -> (Amount, Option<Message>) {
        let (Some(least), Some(most)) = (available.min(), available.max()) else {
            return (Amount::UNKNOWN, None);
        };
        let given = Amount::between(
            self.left.min.min(least.or_zero()),
            self.left.max.min(most.or_zero()),
        );
        (given, lesser(self.left, available, given))
    }

    /// What nothing before has paid.
    fn cash(&mut self, held: Option<&InForce<'_>>) {
        let amount = self.left.amount();
        if amount == Amount::Exact(Yuan::ZERO) {
            return;
        }
        // The same money is not asked for twice: whoever waits needs no cash, and the other way round.
        let waiting = (self.options.iter()).any(|option| option.kind == OptionKind::WaitForCredit);
        let what = Message::new(match waiting {
            true => "advice.cash_instead_of_waiting",
            false => "advice.cash",
        });
        let mut option = option(OptionKind::Cash, what, amount);
        let terms = [self.need].into_iter().chain(self.given.iter().copied());
        let terms: Option<Vec<String>> = terms.map(shown).collect();
        option.how = terms.zip(shown(amount)).and_then(|(terms, left)| {
            let formula = format!("{} = {left}", terms.join(" − "));
            (terms.len() > 1).then(|| Message::new("advice.rest").with("formula", formula))
        });
        if let Some(held) = held {
            cite(&mut option, held);
        }
        option.earliest = Some(self.on);
        option.latest = Some(self.on);
        self.options.push(option);
    }

    /// 以后还能理赔的 — what an insurance beside the public one may pay is no rule of any place.
    fn claim_later(&mut self) {
        if self.left.max > Yuan::ZERO {
            let what = Message::new("advice.claim_later");
            let mut option = option(OptionKind::ClaimLater, what, Amount::UNKNOWN);
            option.condition = Some(Message::new("advice.claim_later.keep"));
            self.options.push(option);
        }
    }

    /// 缓交、分期、医疗救助 — no rule of any place is known: what is not known is not promised either.
    fn relief(&mut self) {
        if self.left.max > Yuan::ZERO {
            let what = Message::new("advice.relief");
            let mut option = option(OptionKind::Relief, what, Amount::UNKNOWN);
            option.condition = Some(Message::new("advice.relief.ask"));
            self.options.push(option);
        }
    }

    fn not_known(&mut self, insured: bool, account_use_known: bool) {
        let code = match (insured, account_use_known) {
            (false, _) => "advice.not_insured",
            (true, false) => "advice.no_rules",
            (true, true) => return,
        };
        let person = &self.people[self.person];
        let pool = person.on(self.on).map(|spell| &spell.enrollment.pool);
        let place = pool.map(|pool| {
            self.book
                .library
                .pool(pool)
                .map_or_else(|| pool.to_string(), |known| known.name.clone())
        });
        let what = Message::new(code)
            .with("name", &person.member.name)
            .with("place", place.unwrap_or_default());
        self.options
            .push(option(OptionKind::NotKnown, what, Amount::UNKNOWN));
    }
}

/// How the accounts may be used, for the first benefit that the rules name.
fn account_use<'r, 'a>(rules: &'r Rules<'a>) -> Option<(&'r InForce<'a>, &'a AccountUse)> {
    rules.blocks.iter().find_map(|held| match &held.block.body {
        Body::AccountUse(account_use) => Some((held, &**account_use)),
        _ => None,
    })
}

fn option(kind: OptionKind, what: Message, amount: Amount) -> AdviceOption {
    AdviceOption {
        kind,
        what,
        amount,
        how: None,
        earliest: None,
        latest: None,
        condition: None,
        source: None,
        grade: None,
    }
}

/// The lesser of what is left to pay and what is there.
fn lesser(left: Left, available: Amount, given: Amount) -> Option<Message> {
    let [left, available, given] = [left.amount(), available, given].map(shown);
    let said = Message::new(match left {
        None => "advice.all_of_it",
        Some(_) => "advice.lesser",
    });
    let said = said.with("available", available?).with("given", given?);
    Some(match left {
        None => said,
        Some(left) => said.with("left", left),
    })
}

fn shown(amount: Amount) -> Option<String> {
    let (least, most) = amount.min().zip(amount.max())?;
    Some(match least == most {
        true => least.to_string(),
        false => format!("{least}–{most}"),
    })
}

fn cite(option: &mut AdviceOption, held: &InForce<'_>) {
    option.source = held.source();
    option.grade = Some(held.grade);
}

fn cite_source(option: &mut AdviceOption, source: Option<SourceRef>) {
    let grade: Option<Grade> = source.as_ref().map(|source| source.grade);
    option.source = source;
    option.grade = grade;
}

#[cfg(test)]
mod tests;
