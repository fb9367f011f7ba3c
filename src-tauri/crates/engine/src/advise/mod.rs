//! 账户空了怎么办 — what can be done for one need on one day, in the order in which it is worth trying.
//!
//! Amounts are what is left of the need when an option's turn comes: own account, then relatives,
//! then money moved from another province, then cash.

mod gap;
mod layers;
mod relatives;
mod wait;

use std::collections::BTreeSet;

use chrono::NaiveDate;
use gongji_domain::{Amount, Grade, Household, MemberId, Message, SourceRef, SubAccountId, Yuan};
use gongji_policy::{AccountUse, Body, InForce, Library, Rules, When};

pub use gap::{CreditGap, GapCause, GapKind, credit_gaps};
pub use wait::{WaitComparison, WaitRow, WaitVerdict, wait};

use crate::advice::{Advice, AdviceOption, OptionKind};
use crate::project::{Balances, Person};
use crate::projection::{DayKnown, EventKind, ProjectedEvent, Projection, RunOut};
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
        }
        self.bound_relatives();
        self.relatives_to_bind();
        self.wallet();
        self.reservations();
        self.next_credit();
        self.cash(account_use.map(|(held, _)| held));
        if let (Some(spell), Some(rules)) = (spell, rules.as_deref()) {
            self.layers_near(spell, rules);
        }
        self.claim_later();
        self.relief();
        self.not_known(spell.is_some(), account_use.is_some());
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

    fn own_account(
        &mut self,
        enrollment: &gongji_domain::Enrollment,
        rules: &Rules<'_>,
        held: Option<&InForce<'_>>,
    ) {
        let person = &self.people[self.person];
        if self.paid_already || person.account(enrollment).is_none() {
            return;
        }
        let balance = self.balance(self.person);
        let shut = shut_parts(rules);
        let by_benefit = balance != Amount::Exact(Yuan::ZERO) && self.may_hold(&shut);
        let (amount, how) = self.takes(match by_benefit {
            true => self.without(balance, &shut),
            false => balance,
        });
        if amount == Amount::Exact(Yuan::ZERO) {
            return;
        }
        let what = Message::new("advice.own_account").with("place", &rules.pool.name);
        let mut option = option(OptionKind::OwnAccount, what, amount);
        option.how = how;
        option.condition = by_benefit.then(|| {
            let names: Vec<String> = shut.iter().map(|sub| rules.name(&sub.0)).collect();
            Message::new("advice.own_account_by_benefit").with("parts", names.join("、"))
        });
        option.earliest = Some(self.on);
        option.latest = Some(self.on);
        if let Some(held) = held {
            cite(&mut option, held);
        }
        self.options.push(option);
    }

    /// Whether money may stand in one of these parts of the own account when that is to be paid.
    fn may_hold(&self, parts: &BTreeSet<SubAccountId>) -> bool {
        let held = |sub: &SubAccountId| self.opening_of(sub).is_none_or(|held| held > Yuan::ZERO);
        parts.iter().any(|sub| self.has_moved() || held(sub))
    }

    /// What is there for every benefit: without these parts, as far as they are known.
    fn without(&self, balance: Amount, parts: &BTreeSet<SubAccountId>) -> Amount {
        let (Some(least), Some(most)) = (balance.min(), balance.max()) else {
            return balance;
        };
        let held: Option<Yuan> = parts.iter().map(|sub| self.opening_of(sub)).sum();
        match held.filter(|_| !self.has_moved()) {
            Some(held) => Amount::between((least - held.or_zero()).or_zero().min(most), most),
            None => Amount::between(Yuan::ZERO.min(most), most),
        }
    }

    /// Whether anything has happened to the own account since the balances were taken.
    fn has_moved(&self) -> bool {
        let member = self.people[self.person].member.id;
        let mut projected = self.before.iter();
        projected.any(|event| {
            let is_own = event.member == member && event.change != Amount::Exact(Yuan::ZERO);
            event.on > self.projection.from && (is_own || self.gives(event, member))
        })
    }

    fn opening_of(&self, sub: &SubAccountId) -> Option<Yuan> {
        let accounts = &self.people[self.person].accounts;
        let mut of_part = self.balances.iter().filter(|((account, part), _)| {
            part == sub && accounts.iter().any(|known| known.id == *account)
        });
        of_part.next().map(|(_, held)| *held)
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

    fn next_credit(&mut self) {
        let member = self.people[self.person].member.id;
        let found = self.projection.events.iter().find(|event| {
            event.member == member
                && event.kind == EventKind::Credit
                && event.on > self.on
                && event.gross.is_some()
        });
        if self.of_unknown_size(found) {
            return;
        }
        let Some(event) = found else { return };
        let (amount, how) = self.could_give(event.change);
        if amount == Amount::Exact(Yuan::ZERO) {
            return;
        }
        let what = self.waiting(event, amount);
        let mut option = option(OptionKind::WaitForCredit, what, amount);
        option.how = how;
        if self.credit_day_known() {
            option.earliest = Some(event.earliest);
            option.latest = Some(event.on);
        }
        option.condition = Some(self.condition_of_waiting(Some(event.on)));
        option.source = self.why_then(&event.sources);
        option.grade = event.sources.iter().map(|source| source.grade).max();
        self.options.push(option);
    }

    /// Never for what cannot wait; and whoever waits into another year begins with its thresholds anew.
    fn condition_of_waiting(&self, until: Option<NaiveDate>) -> Message {
        let member = self.people[self.person].member.id;
        let waits = |day: NaiveDate| self.on < day && until.is_some_and(|until| day <= until);
        let mut years = self.projection.events.iter().filter(|event| {
            event.kind == EventKind::YearEnd && event.member == member && waits(event.on)
        });
        match years.next() {
            Some(year) => Message::new("advice.wait_into_new_year").with("day", year.on),
            None => Message::new("advice.never_wait_when_urgent"),
        }
    }

    /// What says when the credit comes; where nothing does, what it rests on last.
    fn why_then(&self, sources: &[SourceRef]) -> Option<SourceRef> {
        let rules = self.people[self.person].on(self.on).and_then(|spell| {
            let enrollment = spell.enrollment;
            self.book.on(&enrollment.pool, enrollment.scheme, self.on)
        });
        let blocks = rules.iter().flat_map(|rules| &rules.blocks);
        let mut dated = blocks
            .filter(|held| matches!(held.block.body, Body::Arrival(_) | Body::Advance(_)))
            .filter_map(InForce::source);
        let said = dated.find(|source| sources.contains(source));
        said.or_else(|| sources.last().cloned())
    }

    /// Where the next credit comes sooner than the first of which the size is known: that it comes.
    fn of_unknown_size(&mut self, known: Option<&ProjectedEvent>) -> bool {
        let member = self.people[self.person].member.id;
        let mut outlooks = self.projection.members.iter();
        let outlook = outlooks.find(|outlook| outlook.member == member);
        let Some(next) = outlook.and_then(|outlook| outlook.next_credit.as_ref()) else {
            return false;
        };
        let sooner = known.is_none_or(|known| known.for_month > Some(next.for_month));
        let later = next.latest.is_none_or(|latest| latest > self.on);
        let waits = next.net == Amount::UNKNOWN && sooner && later && self.left.max > Yuan::ZERO;
        if waits {
            let what = Message::new("advice.wait_for_credit_unknown").with("month", next.for_month);
            let mut option = option(OptionKind::WaitForCredit, what, Amount::UNKNOWN);
            option.earliest = next.earliest;
            option.latest = next.latest;
            let comes = next.latest.or(next.earliest);
            option.condition = Some(self.condition_of_waiting(comes));
            option.source = self.why_then(&next.sources);
            option.grade = next.sources.iter().map(|source| source.grade).max();
            self.options.push(option);
        }
        waits
    }

    /// What waiting for the credit comes to: enough, a part only, or a gap that is moved on.
    fn waiting(&self, credit: &ProjectedEvent, amount: Amount) -> Message {
        let month = credit.for_month.map(|month| month.to_string());
        let said = |code: &str| Message::new(code).with("month", month.clone().unwrap_or_default());
        let partly = amount.max().is_some_and(|most| most < self.left.max);
        match amount
            .exact()
            .and_then(|used| self.short_later(credit, used))
        {
            Some((day, short)) => said(match partly {
                true => "advice.wait_partly_moves_gap",
                false => "advice.wait_moves_gap",
            })
            .with("on", day)
            .with("short", short),
            None if partly => said("advice.wait_for_credit_partly"),
            None => said("advice.wait_for_credit"),
        }
    }

    /// Where `used` of what the credit brings is missing at a later bill: the day, and by how much that
    /// bill then takes more than it would.
    fn short_later(&self, credit: &ProjectedEvent, used: Yuan) -> Option<(NaiveDate, Yuan)> {
        let member = self.people[self.person].member.id;
        let bills = self.projection.events.iter().filter(|event| {
            event.on > credit.on
                && matches!(event.kind, EventKind::Spending | EventKind::Premium)
                && (event.member == member || self.gives(event, member))
        });
        bills
            .filter_map(|event| Some((event.on, self.after(event, member)?)))
            .find(|(_, left)| *left < used)
            .map(|(on, left)| (on, used - left.or_zero()))
    }

    /// The balance of the member's account after a bill, their own or a relative's.
    fn after(&self, event: &ProjectedEvent, member: MemberId) -> Option<Yuan> {
        if event.member == member {
            return event.balance.exact();
        }
        let mut shares = event.split.iter().flat_map(|split| &split.aid);
        let share = shares.find(|share| share.donor == member)?;
        share.balance.exact()
    }

    fn gives(&self, event: &ProjectedEvent, member: MemberId) -> bool {
        let mut shares = event.split.iter().flat_map(|split| &split.aid);
        shares.any(|share| share.donor == member)
    }

    fn credit_day_known(&self) -> bool {
        let member = self.people[self.person].member.id;
        let outlook = self
            .projection
            .members
            .iter()
            .find(|outlook| outlook.member == member);
        outlook
            .and_then(|outlook| outlook.next_credit.as_ref())
            .is_some_and(|next| next.day != DayKnown::Unknown)
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

/// The parts of the account that pay for some benefits and not for others; for which one is to be paid is
/// not said.
fn shut_parts(rules: &Rules<'_>) -> BTreeSet<SubAccountId> {
    let uses = rules.blocks.iter().filter(|held| !held.off);
    let uses = uses.filter_map(|held| match &held.block.body {
        Body::AccountUse(account_use) => Some(account_use),
        _ => None,
    });
    let of_uses: Vec<BTreeSet<SubAccountId>> = uses
        .map(|one| {
            let subs = one.order.iter().map(|turn| turn.sub.as_str());
            subs.map(SubAccountId::from).collect()
        })
        .collect();
    let any: BTreeSet<SubAccountId> = of_uses.iter().flatten().cloned().collect();
    let in_all = |sub: &SubAccountId| of_uses.iter().all(|subs| subs.contains(sub));
    any.into_iter().filter(|sub| !in_all(sub)).collect()
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
