//! 划入的差 — a credit that did not come by its day, or came with another sum, and what may be behind
//! it: the three likeliest causes that the record or the rules make possible, the likeliest first.
//!
//! A cause is looked for, not listed: what is recorded elsewhere, what another standing would come to,
//! what the rule of arrival waits for. Where the figures fit to the fen it stands first, then what the
//! record speaks for, then what the rules alone make possible; of equals in the order of [`GapKind`].

mod cause;
mod late;
mod recorded;
mod standing;

use std::rc::Rc;

use chrono::NaiveDate;
use gongji_domain::{
    Account, AccountId, Amount, Entry, EntryKind, Household, Message, Month, SourceRef,
    SubAccountId, Yuan,
};
use gongji_policy::{InForce, Library, Rules};

pub use cause::{CreditGap, GapCause, GapKind};

use crate::credit::{CreditDue, Credits, Insured, credits_for};
use crate::project::{Person, Spell};
use crate::projection::{EventKind, Projection};
use crate::rulebook::RuleBook;
use crate::withheld::withheld_from;

/// How well a cause is founded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Founded {
    /// The figures come out to the fen.
    Fits,
    /// Something in the record speaks for it.
    Seen,
    /// The rules make it possible.
    Possible,
}

/// How many causes are told.
const TOLD: usize = 3;

/// How many months back a credit that was noted as missing is still spoken of.
const BACK: i32 = 6;

/// How many months back the last credit is looked at for its sum.
const RECENT: i32 = 3;

/// 划入的差, of everybody at the close of `projection.from`: the credits that the projection calls
/// overdue, those noted as missing, and of each account the last credit where it came with another sum
/// than the rules give. What is only learned from earlier credits is no measure for a sum.
pub fn credit_gaps(
    library: &Library,
    household: &Household,
    projection: &Projection,
) -> Vec<CreditGap> {
    let book = RuleBook::new(library);
    let mut gaps = Vec::new();
    for member in &household.members {
        let person = Person::of(&book, household, member);
        let today = projection.from;
        for month in months_without(household, &person, projection) {
            let Some(mut look) = Look::of(&book, household, &person, month.0, today) else {
                continue;
            };
            if let Some((day, net)) = month.1 {
                look.day = day;
                look.expected = net;
            }
            gaps.push(look.gap());
        }
        for account in &person.accounts {
            gaps.extend(last_credit(&book, household, &person, account, today));
        }
    }
    gaps
}

/// The months whose credit did not come, in their order: with its last day and sum where the
/// projection says them.
fn months_without(
    household: &Household,
    person: &Person<'_>,
    projection: &Projection,
) -> Vec<(Month, Option<(NaiveDate, Amount)>)> {
    let overdue = projection
        .events
        .iter()
        .filter(|event| event.member == person.member.id && event.kind == EventKind::OverdueCredit);
    let mut months: Vec<(Month, Option<(NaiveDate, Amount)>)> = overdue
        .filter_map(|event| Some((event.for_month?, Some((event.on, event.change)))))
        .collect();
    let now = Month::of(projection.from);
    let noted = household.missing_credits.iter().filter(|noted| {
        let own = person.accounts.iter().any(|own| own.id == noted.account);
        own && now.since(noted.month) <= BACK && noted.month <= now
    });
    for noted in noted {
        let is_there =
            credits_of(household, noted.account).any(|entry| entry.for_month == Some(noted.month));
        if !is_there && !months.iter().any(|(month, _)| *month == noted.month) {
            months.push((noted.month, None));
        }
    }
    months.sort_by_key(|(month, _)| *month);
    months
}

/// The last credit of an account, where it is of late and its sum is another one than the rules give.
fn last_credit(
    book: &RuleBook<'_>,
    household: &Household,
    person: &Person<'_>,
    account: &Account,
    today: NaiveDate,
) -> Option<CreditGap> {
    let last = credits_of(household, account.id)
        .filter_map(|entry| entry.for_month)
        .max()?;
    if Month::of(today).since(last) > RECENT {
        return None;
    }
    let mut look = Look::of(book, household, person, last, today)?;
    if look.account.id != account.id {
        return None;
    }
    let came = look.sum_for(last);
    let sums = |dues: &[CreditDue]| -> Option<(Yuan, Yuan)> {
        let nets = dues.iter().map(|due| due.net.min().zip(due.net.max()));
        nets.collect::<Option<Vec<_>>>()
            .map(|nets| nets.into_iter().fold((Yuan::ZERO, Yuan::ZERO), add))
    };
    let all = sums(&look.credits.due)?;
    let regular = sums(&look.regular())?;
    let within = |(least, most): (Yuan, Yuan)| (least..=most).contains(&came);
    if look.credits.due.is_empty() || within(all) || within(regular) {
        return None;
    }
    look.expected = Amount::between(regular.0, regular.1);
    look.came = Some(came);
    Some(look.gap())
}

fn add(one: (Yuan, Yuan), other: (Yuan, Yuan)) -> (Yuan, Yuan) {
    (one.0 + other.0, one.1 + other.1)
}

/// The recorded credits of an account.
fn credits_of(household: &Household, account: AccountId) -> impl Iterator<Item = &Entry> {
    let of_account = move |entry: &&Entry| entry.legs.iter().any(|leg| leg.account == account);
    household
        .entries
        .iter()
        .filter(|entry| entry.kind == EntryKind::Credit)
        .filter(of_account)
}

/// One credit looked at from all sides.
struct Look<'g, 'a> {
    book: &'g RuleBook<'a>,
    household: &'g Household,
    person: &'g Person<'g>,
    spell: &'g Spell<'g>,
    account: &'g Account,
    month: Month,
    today: NaiveDate,
    rules: Option<Rc<Rules<'a>>>,
    credits: Credits,
    /// 最晚应到
    day: NaiveDate,
    expected: Amount,
    came: Option<Yuan>,
    found: Vec<(Founded, GapCause)>,
}

impl<'g, 'a> Look<'g, 'a> {
    fn of(
        book: &'g RuleBook<'a>,
        household: &'g Household,
        person: &'g Person<'g>,
        month: Month,
        today: NaiveDate,
    ) -> Option<Look<'g, 'a>> {
        let spell = person.in_month(month)?;
        let account = person.account(spell.enrollment)?;
        let enrollment = spell.enrollment;
        let mut look = Look {
            book,
            household,
            person,
            spell,
            account,
            month,
            today,
            rules: book.dated(&enrollment.pool, enrollment.scheme, month.first_day()),
            credits: Credits::default(),
            day: month.plus(1).last_day(),
            expected: Amount::UNKNOWN,
            came: None,
            found: Vec::new(),
        };
        look.credits = look.credited(month, &spell.insured(person));
        let regular = look.regular();
        if let Some(due) = regular.first() {
            look.day = due.latest.unwrap_or(look.day);
            look.expected = due.net;
        }
        Some(look)
    }

    /// What somebody insured like this is credited for `month`.
    fn credited(&self, month: Month, insured: &Insured) -> Credits {
        let course = |day| self.person.insured_on(self.spell.enrollment, day);
        credits_for(self.book, insured, &course, month)
    }

    fn regular(&self) -> Vec<CreditDue> {
        let due = self.credits.due.iter();
        due.filter(|due| due.kind.is_regular()).cloned().collect()
    }

    /// The regular sum of `month` for somebody insured like this, where it is known to the fen.
    fn net(&self, month: Month, insured: &Insured) -> Option<Yuan> {
        let credits = self.credited(month, insured);
        let regular: Vec<&CreditDue> = credits
            .due
            .iter()
            .filter(|due| due.kind.is_regular())
            .collect();
        let sum: Option<Yuan> = regular.iter().map(|due| due.net.exact()).sum();
        sum.filter(|_| credits.known && !regular.is_empty())
    }

    /// The regular sum of another month, as the member was insured in it.
    fn net_of(&self, month: Month) -> Option<Yuan> {
        let spell = self.person.in_month(month)?;
        if self.person.account(spell.enrollment)?.id != self.account.id {
            return None;
        }
        self.net(month, &spell.insured(self.person))
    }

    /// What was recorded for `month`, less what was withheld from it on its own.
    fn sum_for(&self, month: Month) -> Yuan {
        let entries = &self.household.entries;
        let of_month = entries.iter().filter(|entry| match entry.kind {
            EntryKind::Credit => entry.for_month == Some(month),
            EntryKind::Withheld => withheld_from(entry, entries) == Some(month),
            _ => false,
        });
        of_month
            .flat_map(|entry| &entry.legs)
            .filter(|leg| leg.account == self.account.id)
            .map(|leg| leg.amount)
            .sum()
    }

    /// What the account received with one entry.
    fn part_of(&self, entry: &Entry) -> Yuan {
        let legs = entry.legs.iter();
        legs.filter(|leg| leg.account == self.account.id)
            .map(|leg| leg.amount)
            .sum()
    }

    fn has_credit(&self, month: Month) -> bool {
        credits_of(self.household, self.account.id).any(|entry| entry.for_month == Some(month))
    }

    /// Notes a cause; its kind names the sentences of what it is and what to do.
    fn note(
        &mut self,
        founded: Founded,
        kind: GapKind,
        what: Message,
        evidence: Vec<Message>,
        source: Option<SourceRef>,
    ) {
        let action = Message::new(match kind {
            GapKind::Merged | GapKind::OtherMonth | GapKind::OtherAccount => "gap.do.correct",
            GapKind::InBalance => "gap.do.in_balance",
            GapKind::PaidLate if self.pays_alone() => "gap.do.pay",
            GapKind::PaidLate => "gap.do.ask_employer",
            GapKind::ComesLate => "gap.do.wait",
            GapKind::Base => "gap.do.base",
            GapKind::Retired | GapKind::Moved => "gap.do.enrollment",
            GapKind::Entered => "gap.do.entered",
            GapKind::Age | GapKind::Rules | GapKind::Withheld | GapKind::Stopped => "gap.do.ask",
        });
        let cause = GapCause {
            kind,
            what: what.with("name", &self.person.member.name),
            evidence,
            action,
            source,
        };
        self.found.push((founded, cause));
    }

    /// 自己缴费的（灵活就业）
    fn pays_alone(&self) -> bool {
        self.spell.enrollment.plan.starts_with("flexible")
    }

    /// The source of the first block of a kind that `is` picks.
    fn source_of(&self, is: impl Fn(&InForce<'a>) -> bool) -> Option<SourceRef> {
        let rules = self.rules.as_deref()?;
        let held = rules.blocks.iter().find(|held| !held.off && is(held))?;
        held.source()
    }

    /// What the credit itself rests on.
    fn credit_source(&self) -> Option<SourceRef> {
        let due = self.credits.due.iter().find(|due| due.kind.is_regular());
        due.and_then(|due| due.sources.first().cloned())
    }

    fn gap(mut self) -> CreditGap {
        match self.came {
            None => {
                self.recorded_otherwise();
                self.late();
                self.standing_changed();
            }
            Some(came) => {
                self.merged(came);
                self.other_standing(came);
            }
        }
        let mut found = std::mem::take(&mut self.found);
        found.sort_by_key(|(founded, cause)| (*founded, cause.kind));
        let causes = found.into_iter().map(|(_, cause)| cause).take(TOLD);
        let regular = self.regular();
        CreditGap {
            member: self.person.member.id,
            account: self.account.id,
            sub: regular
                .first()
                .map_or_else(|| self.last_sub(), |due| due.sub.clone()),
            month: self.month,
            due: self.day,
            expected: self.expected,
            came: self.came,
            causes: causes.collect(),
        }
    }

    /// Where no rule says it: the part to which the last credit went.
    fn last_sub(&self) -> SubAccountId {
        let legs = credits_of(self.household, self.account.id)
            .flat_map(|entry| &entry.legs)
            .filter(|leg| leg.account == self.account.id);
        let last = legs.filter_map(|leg| leg.sub.clone()).last();
        last.unwrap_or_else(|| SubAccountId::from("book"))
    }
}

#[cfg(test)]
mod tests;
