//! 缴过的年度 — for which years the record has the premium of a member.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use gongji_domain::{Account, AccountId, Entry, EntryId, EntryKind, Household, MemberId, Yuan};

use super::PremiumDue;

/// 缴过的年度 — by what is recorded up to `until`. An entry says its year by the month that it is for; where
/// it does not, by a year in its text; else it is that of the year that was being collected on its day, if its
/// sum is that of `collected`. What was corrected away was not paid.
pub fn premiums_recorded(
    household: &Household,
    member: MemberId,
    until: NaiveDate,
    collected: impl Fn(NaiveDate) -> PremiumDue,
) -> BTreeSet<i32> {
    let mut paid: BTreeMap<EntryId, (Option<&Entry>, Yuan)> = BTreeMap::new();
    for entry in household.entries.iter().filter(|entry| entry.on <= until) {
        let root = entry.corrects.unwrap_or(entry.id);
        let (first, sum) = paid.entry(root).or_insert((None, Yuan::ZERO));
        if entry.corrects.is_none() {
            *first = Some(entry);
        }
        *sum -= entry.legs.iter().map(|leg| leg.amount).sum();
    }
    let years = paid.into_values().filter_map(|(entry, sum)| {
        let entry = entry.filter(|entry| entry.kind == EntryKind::Premium)?;
        let counts = sum > Yuan::ZERO && is_for(household, entry, member);
        counts.then(|| year_of(entry, sum, &collected)).flatten()
    });
    years.collect()
}

/// Whether the premium was paid for this member: named, or the owner of the account.
fn is_for(household: &Household, entry: &Entry, member: MemberId) -> bool {
    let owner = |id: AccountId| {
        let mut accounts = household.accounts.iter();
        accounts
            .find(|account: &&Account| account.id == id)
            .map(|account| account.owner)
    };
    match entry.for_member {
        Some(paid_for) => paid_for == member,
        None => entry
            .legs
            .iter()
            .all(|leg| owner(leg.account) == Some(member)),
    }
}

fn year_of(entry: &Entry, sum: Yuan, collected: impl Fn(NaiveDate) -> PremiumDue) -> Option<i32> {
    if let Some(month) = entry.for_month {
        return Some(month.year());
    }
    if let Some(year) = year_in(&entry.memo) {
        return Some(year);
    }
    let due = collected(entry.on);
    let (least, most) = due.amount.min().zip(due.amount.max())?;
    (least..=most).contains(&sum).then_some(due.year)
}

/// A year of this or the last century that stands in a text by itself.
fn year_in(text: &str) -> Option<i32> {
    let numbers = text.split(|letter: char| !letter.is_ascii_digit());
    let mut years = numbers
        .filter(|digits| digits.len() == 4)
        .filter_map(|digits| digits.parse().ok());
    years.find(|year| (1950..=2199).contains(year))
}
