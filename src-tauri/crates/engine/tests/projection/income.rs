//! 自己来的钱 — what comes to the accounts without a bill: the credits of each month by the credit rules,
//! what rolls over, and the clearing of what was advanced.

use std::sync::LazyLock;

use chrono::NaiveDate;
use gongji_domain::{
    AccountId, EmploymentStatus, Enrollment, EntryKind, MemberId, Month, SubAccountId, Yuan,
};
use gongji_engine::{ClearingTerms, CreditDue, PostingKind, credit_case};
use gongji_policy::{Body, Library, Rules};

use crate::family::{Home, SHIPPED, shipped};
use crate::insured::{advanced_on, enrollment_on, in_month, insured, stay};

/// The same rules, had nobody ever been advanced anything: what a month is worth by itself.
static MONTHLY: LazyLock<Library> = LazyLock::new(|| {
    let mut files = shipped();
    for (_, text) in &mut files {
        let blocks = text.split("\n[[");
        let kept: Vec<&str> = blocks
            .filter(|block| !block.starts_with("advance]]"))
            .collect();
        *text = kept.join("\n[[");
    }
    Library::read(files, false)
});

/// What comes to an account.
pub(crate) struct Income {
    pub(crate) account: AccountId,
    pub(crate) lands: Lands,
}

pub(crate) enum Lands {
    Credit(Credit),
    RollOver {
        from: SubAccountId,
        into: SubAccountId,
    },
    Clearing {
        member: MemberId,
        into: SubAccountId,
        takes: Vec<SubAccountId>,
    },
}

pub(crate) struct Credit {
    pub(crate) sub: SubAccountId,
    pub(crate) month: Month,
    pub(crate) amount: Yuan,
    pub(crate) kind: EntryKind,
    pub(crate) regular: bool,
}

impl Income {
    /// The order on one day: bills come sixth.
    pub(crate) fn rank(&self) -> u8 {
        match self.lands {
            Lands::RollOver { .. } => 1,
            Lands::Credit(_) => 5,
            Lands::Clearing { .. } => 7,
        }
    }
}

/// What comes in from the first day of the home to its last; `None` where it is not determined.
pub(crate) fn incomes(home: &Home) -> Option<Vec<(NaiveDate, Income)>> {
    let to = home.until;
    let mut found = Vec::new();
    for member in &home.household.members {
        let mut month = Month::of(home.from).plus(-3);
        while month <= Month::of(to).plus(1) {
            for (account, due) in due(home, member.id, month)? {
                // A day nobody knows: by the end of the month after it must have come.
                let on = due.latest.unwrap_or_else(|| month.plus(1).last_day());
                if home.from < on && on <= to {
                    let lands = Lands::Credit(credit(due)?);
                    found.push((on, Income { account, lands }));
                }
            }
            month = month.plus(1);
        }
        let days = home.from.iter_days().skip(1).take_while(|day| *day <= to);
        for day in days {
            found.extend(
                turns(home, member.id, day)
                    .into_iter()
                    .map(|income| (day, income)),
            );
        }
    }
    Some(found)
}

/// What is due to the member for `month`, and what is taken back of what they had for it elsewhere.
fn due(home: &Home, member: MemberId, month: Month) -> Option<Vec<(AccountId, CreditDue)>> {
    let mut found = Vec::new();
    let here = in_month(home, member, month);
    let before = in_month(home, member, month.plus(-1));
    let place = |enrollment: &Enrollment| (enrollment.pool.clone(), enrollment.scheme);
    let left = before.filter(|before| here.is_none_or(|here| place(here) != place(before)));
    for enrollment in here.into_iter().chain(left) {
        let mut accounts = home.household.accounts.iter();
        let account = accounts.find(|account| {
            account.owner == member && account.pool.as_ref() == Some(&enrollment.pool)
        });
        let Some(account) = account else { continue };
        let as_of = if here.is_some_and(|here| here.id == enrollment.id) {
            month
        } else {
            month.plus(-1)
        };
        let insured = insured(home, enrollment, as_of);
        let credits = credit_case(&SHIPPED, &insured, stay(home, enrollment), month);
        if !credits.known {
            return None;
        }
        found.extend(credits.due.into_iter().map(|due| (account.id, due)));
    }
    Some(found)
}

fn credit(due: CreditDue) -> Option<Credit> {
    let kind = match due.kind {
        PostingKind::Credit | PostingKind::Advance => EntryKind::Credit,
        PostingKind::Withheld => EntryKind::Withheld,
        PostingKind::TakenBack => EntryKind::TakeBack,
        // What is paid later for earlier months is not the month's credit.
        PostingKind::TrueUp | PostingKind::OneOff => EntryKind::Transfer,
    };
    Some(Credit {
        month: due.for_month,
        amount: due.net.exact()?,
        kind,
        regular: due.kind.is_regular(),
        sub: due.sub,
    })
}

/// What the member's account does by itself on `day`.
fn turns(home: &Home, member: MemberId, day: NaiveDate) -> Vec<Income> {
    // The days on which some account of some place turns are ends and beginnings of months.
    if day != Month::of(day).first_day() && day != Month::of(day).last_day() {
        return Vec::new();
    }
    let Some(enrollment) = enrollment_on(home, member, day) else {
        return Vec::new();
    };
    let rules = SHIPPED.rules(&enrollment.pool, enrollment.scheme.word(), day);
    let mut accounts = home.household.accounts.iter();
    let account = accounts
        .find(|account| account.owner == member && account.pool.as_ref() == Some(&enrollment.pool));
    let (Some(rules), Some(account)) = (rules, account) else {
        return Vec::new();
    };
    let today = day.format("%m-%d").to_string();
    let mut found = Vec::new();
    for (from, into, on) in rolling(&rules) {
        if on == today {
            found.push(Lands::RollOver { from, into });
        }
    }
    for held in &rules.blocks {
        if let Body::Clearing(clearing) = &held.block.body
            && clearing.on == today
        {
            let into = SubAccountId(clearing.lands_in.clone());
            let rolled = rolling(&rules).into_iter();
            let rolled = rolled.filter(|(_, to, _)| *to == into);
            let mut takes: Vec<SubAccountId> = rolled.map(|(from, ..)| from).collect();
            takes.push(into.clone());
            found.push(Lands::Clearing {
                member,
                into,
                takes,
            });
        }
    }
    let account = account.id;
    let incomes = found.into_iter().map(|lands| Income { account, lands });
    incomes.collect()
}

/// The parts that roll over into another, and on which day of the year.
fn rolling(rules: &Rules<'_>) -> Vec<(SubAccountId, SubAccountId, String)> {
    let year = |day: &str| match day {
        "year_start" => advanced_on(rules).unwrap_or_else(|| "01-01".to_owned()),
        day => day.to_owned(),
    };
    let subs = rules
        .blocks
        .iter()
        .filter_map(|held| match &held.block.body {
            Body::SubAccount(sub) if sub.rolls_into != "none" => {
                let from = SubAccountId(held.block.head.id.clone()?);
                Some((from, SubAccountId(sub.rolls_into.clone()), year(&sub.on)))
            }
            _ => None,
        });
    subs.collect()
}

/// What the months of the year that is cleared on `on` were worth, and what had been advanced for them.
pub(crate) fn year_cleared(
    home: &Home,
    member: MemberId,
    account: AccountId,
    on: NaiveDate,
) -> Option<ClearingTerms> {
    let last = Month::of(on);
    let here = enrollment_on(home, member, on)?;
    let mut terms = ClearingTerms::default();
    let mut statuses = Vec::new();
    for month in (-11..=0).map(|back| last.plus(back)) {
        for (of, due) in due(home, member, month)? {
            let in_advance = matches!(due.kind, PostingKind::Advance | PostingKind::TakenBack);
            if of == account && in_advance {
                terms.advance += due.gross.exact()?;
            }
        }
        let Some(enrollment) = in_month(home, member, month) else {
            continue;
        };
        if enrollment.pool != here.pool || enrollment.scheme != here.scheme {
            continue;
        }
        let insured = insured(home, enrollment, month);
        statuses.push(insured.status);
        if insured.status == EmploymentStatus::Active {
            let month = credit_case(&MONTHLY, &insured, stay(home, enrollment), month);
            for due in month.due {
                terms.own_contributions += due.gross.exact()?;
            }
        }
    }
    match statuses
        .iter()
        .all(|status| *status == EmploymentStatus::Retired)
    {
        // Retirees are advanced what they are due.
        true => terms.own_contributions = terms.advance,
        // What a part of a year is worth to them nobody says.
        false if statuses.contains(&EmploymentStatus::Retired) => return None,
        false => {}
    }
    Some(terms)
}
