//! 够不够 — whether what is drawn, or goes to somebody else, was there on its day. A form refuses what was not;
//! what comes out of a file is taken, and told as doubtful in the same words.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::NaiveDate;
use gongji_domain::{
    Account, AccountId, Entry, EntryId, EntryKind, Leg, Message, SubAccountId, Yuan,
};
use gongji_store::{account, entry};

use crate::{ApiError, Gongji};

/// 不够的一笔
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Uncovered {
    /// 哪一笔
    pub(crate) entry: EntryId,
    /// 哪天
    pub(crate) on: NaiveDate,
    /// 哪个账户
    pub(crate) account: AccountId,
    /// 出去多少
    pub(crate) amount: Yuan,
    /// 最多多少
    pub(crate) most: Yuan,
}

/// 一个账户的一部分
type Part = (AccountId, Option<SubAccountId>);

/// By day what it holds at the close, or what that changes by.
type Days = BTreeMap<NaiveDate, Yuan>;

/// 账户里的钱不够 — what a form says of it.
pub(crate) fn over_balance(most: Yuan) -> ApiError {
    let message = Message::new("error.over_balance").with("most", most.or_zero());
    ApiError::input("amount", message).hint("hint.over_balance")
}

/// 可以低于零多少 — on that day, by what the member said.
pub(crate) fn may_go_below(account: &Account, on: NaiveDate) -> Yuan {
    let said = account.overdraft.as_ref();
    let said = said.filter(|said| said.stated_on <= on);
    said.map_or(Yuan::ZERO, |said| said.limit)
}

impl Gongji {
    /// 账上取出、转出多过余额的 — by day and number.
    pub(crate) fn uncovered(&self) -> Result<Vec<Uncovered>, ApiError> {
        let store = self.store()?;
        let kinds = [
            EntryKind::Withdrawal,
            EntryKind::Transfer,
            EntryKind::Correction,
        ];
        let mut entries = Vec::new();
        for kind in kinds {
            entries.extend(entry::of_kind(store, kind)?);
        }
        entries.sort_by_key(|entry| entry.id);
        self.not_covered(&standing(&entries), &BTreeMap::new())
    }

    /// 表里取出、转出多过余额的 — of `added`, which are to be recorded beside what is.
    pub(crate) fn uncovered_of(&self, added: &[Entry]) -> Result<Vec<Uncovered>, ApiError> {
        let drawn = added.iter().filter(|entry| goes_out(entry));
        let drawn = drawn.flat_map(|entry| &entry.legs);
        let drawn = drawn.filter(|leg| leg.amount.is_negative());
        let drawn: BTreeSet<AccountId> = drawn.map(|leg| leg.account).collect();
        // Most tables tell of spending alone.
        if drawn.is_empty() {
            return Ok(Vec::new());
        }
        let legs = added.iter().flat_map(|entry| {
            let legs = entry.legs.iter();
            legs.map(|leg| (entry.on, leg))
        });
        // A family has few parts of accounts, and a table many lines.
        let mut moves: Vec<(Part, Vec<(NaiveDate, Yuan)>)> = Vec::new();
        for (on, leg) in legs.filter(|(_, leg)| drawn.contains(&leg.account)) {
            let of_part = |(part, _): &(Part, _)| part.0 == leg.account && part.1 == leg.sub;
            match moves.iter().position(of_part) {
                Some(at) => moves[at].1.push((on, leg.amount)),
                None => moves.push((part_of(leg), vec![(on, leg.amount)])),
            }
        }
        let moves = moves.into_iter().map(|(part, mut changes)| {
            changes.sort_by_key(|(on, _)| *on);
            let mut sum = Yuan::ZERO;
            let mut closed = Days::new();
            for (on, change) in changes {
                sum += change;
                closed.insert(on, sum);
            }
            (part, closed)
        });
        self.not_covered(&standing(added), &moves.collect())
    }

    /// `beside`: by part and day what is to come to the balance of the record.
    fn not_covered(
        &self,
        outgoing: &[&Entry],
        beside: &BTreeMap<Part, Days>,
    ) -> Result<Vec<Uncovered>, ApiError> {
        let store = self.store()?;
        let accounts: HashMap<AccountId, Account> = account::all(store)?
            .into_iter()
            .map(|account| (account.id, account))
            .collect();
        let mut recorded: BTreeMap<Part, Days> = BTreeMap::new();
        // Of one day and part, what is there before its last one goes out, before the one before it, and so on.
        let mut before: HashMap<(Part, NaiveDate), Yuan> = HashMap::new();
        let mut found = Vec::new();
        for entry in outgoing.iter().rev() {
            for leg in entry.legs.iter().filter(|leg| leg.amount.is_negative()) {
                let Some(account) = accounts.get(&leg.account) else {
                    continue;
                };
                let part = part_of(leg);
                let place = (part.clone(), entry.on);
                let after = match before.get(&place) {
                    Some(before) => *before,
                    None => {
                        if !recorded.contains_key(&part) {
                            let days = store.daily_balances(leg.account, leg.sub.as_ref())?;
                            recorded.insert(part.clone(), days);
                        }
                        let at_close = |days: Option<&Days>| {
                            let last = days.and_then(|days| days.range(..=entry.on).next_back());
                            last.map_or(Yuan::ZERO, |(_, sum)| *sum)
                        };
                        at_close(recorded.get(&part)) + at_close(beside.get(&part))
                    }
                };
                let holds = after - leg.amount;
                before.insert(place, holds);
                let most = holds + may_go_below(account, entry.on);
                if -leg.amount > most {
                    found.push(Uncovered {
                        entry: entry.id,
                        on: entry.on,
                        account: leg.account,
                        amount: -leg.amount,
                        most: most.or_zero(),
                    });
                }
            }
        }
        found.sort_by_key(|one| (one.on, one.entry));
        Ok(found)
    }
}

fn part_of(leg: &Leg) -> Part {
    (leg.account, leg.sub.clone())
}

/// Whether it is drawn, or goes to another account.
fn goes_out(entry: &Entry) -> bool {
    matches!(entry.kind, EntryKind::Withdrawal | EntryKind::Transfer)
}

/// What is drawn or given away as it stands after its corrections; `entries` by number.
fn standing(entries: &[Entry]) -> Vec<&Entry> {
    if entries.iter().all(|entry| entry.corrects.is_none()) {
        return entries.iter().filter(|entry| goes_out(entry)).collect();
    }
    let mut last: BTreeMap<EntryId, &Entry> = BTreeMap::new();
    for entry in entries {
        last.insert(entry.root(), entry);
    }
    let last = last.into_values();
    let mut standing: Vec<&Entry> = last.filter(|entry| goes_out(entry)).collect();
    standing.sort_by_key(|entry| entry.id);
    standing
}
