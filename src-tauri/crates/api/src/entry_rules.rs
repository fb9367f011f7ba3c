//! 一笔能不能记 — what an entry must keep to beside what is recorded, whichever way it comes: typed into a
//! form, or read from a file. What the record says is looked up once, and grows with what is taken.

use std::collections::{BTreeSet, HashMap};

use chrono::NaiveDate;
use gongji_domain::{
    Account, AccountId, AccountKind, Entry, EntryId, EntryKind, Leg, Message, Month, SubAccountId,
    Yuan,
};
use gongji_store::{account, entry};

use crate::{ApiError, Gongji};

/// 记不得 — what is wrong with an entry, and with which of its legs.
#[derive(Debug)]
pub(crate) struct Unfit {
    /// The leg; none where it is the entry as a whole.
    pub(crate) leg: Option<usize>,
    pub(crate) error: ApiError,
}

/// 已记的 — what of the record decides whether one more entry may stand beside it.
pub(crate) struct Beside {
    today: NaiveDate,
    accounts: HashMap<AccountId, Held>,
    credits: Credits,
}

/// 一个账户
struct Held {
    account: Account,
    /// 各部分；空的是不知道
    parts: BTreeSet<SubAccountId>,
    total: Yuan,
    /// 期初余额, by part, with the entry that was first recorded.
    opened: Vec<(Option<SubAccountId>, EntryId)>,
}

/// 已记的划入 — the months that are credited, corrections folded in.
#[derive(Default)]
struct Credits {
    /// Entries that may be the credit of a month.
    of_month: HashMap<(AccountId, Month), Vec<EntryId>>,
    /// What stands, by the entry that was first recorded.
    standing: HashMap<EntryId, Credited>,
}

struct Credited {
    month: Month,
    /// Whether what was stated last is a credit.
    is_credit: bool,
    net: Vec<Leg>,
}

impl Gongji {
    /// 已记的, for entries that are to be recorded on `today`.
    pub(crate) fn beside(&self, today: NaiveDate) -> Result<Beside, ApiError> {
        let store = self.store()?;
        let mut beside = Beside {
            today,
            accounts: HashMap::new(),
            credits: Credits::default(),
        };
        for known in account::all(store)? {
            let pool = known.pool.as_ref();
            let held = Held {
                parts: pool.map_or_else(BTreeSet::new, |pool| self.library.sub_accounts(pool)),
                total: Yuan::ZERO,
                opened: Vec::new(),
                account: known,
            };
            beside.accounts.insert(held.account.id, held);
        }
        for (id, sub, balance) in store.balances(NaiveDate::MAX)? {
            let Some(held) = beside.accounts.get_mut(&id) else {
                continue;
            };
            held.total += balance;
            if !held.parts.is_empty() {
                held.parts.extend(sub);
            }
        }
        for opening in entry::of_kind(store, EntryKind::Opening)? {
            beside.opens(&opening);
        }
        let first_day = NaiveDate::from_ymd_opt(1900, 1, 1).unwrap_or_default();
        for seen in store.credits_since(first_day)? {
            let leg = Leg {
                account: seen.account,
                sub: seen.sub,
                amount: seen.amount,
            };
            beside.credits.stands(seen.entry, seen.month, true, &[leg]);
        }
        Ok(beside)
    }
}

impl Beside {
    /// Takes one more entry, or says what is wrong with it; it is then as if it had not been asked for.
    pub(crate) fn take(&mut self, entry: &Entry) -> Result<(), Unfit> {
        let of_entry = |error| Unfit { leg: None, error };
        not_ahead(self.today, entry.on).map_err(of_entry)?;
        for (place, leg) in entry.legs.iter().enumerate() {
            self.accepts(entry, leg).map_err(|error| Unfit {
                leg: Some(place),
                error,
            })?;
        }
        self.adds_up(&entry.legs)?;
        if entry.kind == EntryKind::Opening {
            self.opens(entry);
        }
        self.credits.takes(entry);
        Ok(())
    }

    fn accepts(&self, entry: &Entry, leg: &Leg) -> Result<(), ApiError> {
        let held = self.accounts.get(&leg.account);
        let held = held.ok_or_else(|| ApiError::gone("account"))?;
        let (sub, but) = (leg.sub.as_ref(), entry.corrects);
        opened_by(&held.account, entry.on)?;
        held.has_part(sub)?;
        right_amount(entry.kind, leg.amount)?;
        match (entry.kind, entry.for_month) {
            (EntryKind::Opening, _) => held.not_opened(sub, but),
            (EntryKind::Credit, Some(month)) => {
                if self.credits.has(leg.account, sub, month, but) {
                    let message = Message::new("error.credited_already").with("month", month);
                    let error = ApiError::input("for_month", message);
                    return Err(error.hint("hint.credited_already"));
                }
                Ok(())
            }
            _ => Ok(()),
        }
    }

    /// The accounts with these legs; unchanged where one of them would hold more than can be written.
    fn adds_up(&mut self, legs: &[Leg]) -> Result<(), Unfit> {
        for (place, leg) in legs.iter().enumerate() {
            let Some(held) = self.accounts.get_mut(&leg.account) else {
                continue;
            };
            if let Err(error) = within_limit(held.total, leg.amount) {
                for taken in &legs[..place] {
                    if let Some(held) = self.accounts.get_mut(&taken.account) {
                        held.total -= taken.amount;
                    }
                }
                let leg = Some(place);
                return Err(Unfit { leg, error });
            }
            held.total += leg.amount;
        }
        Ok(())
    }

    fn opens(&mut self, opening: &Entry) {
        let first = opening.corrects.unwrap_or(opening.id);
        for leg in &opening.legs {
            if let Some(held) = self.accounts.get_mut(&leg.account) {
                held.opened.push((leg.sub.clone(), first));
            }
        }
    }
}

impl Held {
    fn has_part(&self, sub: Option<&SubAccountId>) -> Result<(), ApiError> {
        let Some(sub) = sub else { return Ok(()) };
        let fault = |code: &str| {
            let message = Message::new(code).with("account", &self.account.name);
            message.with("sub", sub)
        };
        if self.account.kind == AccountKind::Cash {
            return Err(ApiError::input("sub", fault("error.cash_has_no_parts")));
        }
        if self.parts.is_empty() || self.parts.contains(sub) {
            return Ok(());
        }
        let words: Vec<&str> = self.parts.iter().map(|part| part.0.as_str()).collect();
        let message = fault("error.no_such_part").with("parts", words.join(", "));
        Err(ApiError::input("sub", message))
    }

    /// What an account began with is recorded once; later figures are checks of the balance.
    fn not_opened(&self, sub: Option<&SubAccountId>, but: Option<EntryId>) -> Result<(), ApiError> {
        let mut opened = self.opened.iter();
        if opened.any(|(part, by)| part.as_ref() == sub && Some(*by) != but) {
            let message = Message::new("error.opened_already").with("account", &self.account.name);
            return Err(ApiError::input("kind", message).hint("hint.opened_already"));
        }
        Ok(())
    }
}

impl Credits {
    /// Whether a credit other than `but` stands for the month.
    fn has(
        &self,
        account: AccountId,
        sub: Option<&SubAccountId>,
        month: Month,
        but: Option<EntryId>,
    ) -> bool {
        let entries = self.of_month.get(&(account, month)).into_iter().flatten();
        let others = entries.filter(|entry| Some(**entry) != but);
        others
            .filter_map(|entry| self.standing.get(entry))
            .filter(|credited| credited.is_credit && credited.month == month)
            .flat_map(|credited| &credited.net)
            .any(|leg| leg.account == account && leg.sub.as_ref() == sub && !leg.amount.is_zero())
    }

    fn takes(&mut self, entry: &Entry) {
        let first = entry.corrects.unwrap_or(entry.id);
        let known = self.standing.get(&first).map(|credited| credited.month);
        let is_credit = matches!(entry.kind, EntryKind::Credit | EntryKind::Correction);
        if let Some(month) = entry.for_month.or(known)
            && (known.is_some() || entry.kind == EntryKind::Credit)
        {
            self.stands(first, month, is_credit, &entry.legs);
        }
    }

    /// What was stated last of the entry `first`, added to what stood.
    fn stands(&mut self, first: EntryId, month: Month, is_credit: bool, legs: &[Leg]) {
        let credited = self.standing.entry(first).or_insert_with(|| Credited {
            month,
            is_credit,
            net: Vec::new(),
        });
        (credited.month, credited.is_credit) = (month, is_credit);
        for leg in legs {
            let same = |known: &&mut Leg| known.account == leg.account && known.sub == leg.sub;
            match credited.net.iter_mut().find(same) {
                Some(known) => known.amount += leg.amount,
                None => credited.net.push(leg.clone()),
            }
        }
        for leg in &credited.net {
            let entries = self.of_month.entry((leg.account, month)).or_default();
            if entries.last() != Some(&first) {
                entries.push(first);
            }
        }
    }
}

/// 发生的事才记 — what is still to come is planned.
pub(crate) fn not_ahead(today: NaiveDate, on: NaiveDate) -> Result<(), ApiError> {
    if on <= today {
        return Ok(());
    }
    Err(ApiError::input("on", Message::new("error.in_future")).hint("hint.in_future"))
}

/// 一笔不能早于账户开始记账的日子
pub(crate) fn opened_by(account: &Account, on: NaiveDate) -> Result<(), ApiError> {
    if account.opened_on <= on {
        return Ok(());
    }
    let message = Message::new("error.before_opening").with("day", account.opened_on);
    Err(ApiError::input("on", message).hint("hint.before_opening"))
}

/// 加起来不能超过能记的数
pub(crate) fn within_limit(balance: Yuan, more: Yuan) -> Result<(), ApiError> {
    let sum = balance.fen().checked_add(more.fen()).map(Yuan::from_fen);
    let limits = -Yuan::LIMIT..=Yuan::LIMIT;
    if limits.contains(&more) && sum.is_some_and(|sum| limits.contains(&sum)) {
        return Ok(());
    }
    Err(ApiError::input("amount", Message::new("error.too_large")))
}

/// 金额与种类相符 — money in is above nothing, money out below.
fn right_amount(kind: EntryKind, amount: Yuan) -> Result<(), ApiError> {
    // An account may begin with nothing, and that may be corrected.
    let may_be_nothing = matches!(kind, EntryKind::Opening | EntryKind::Correction);
    if amount.is_zero() && !may_be_nothing {
        return Err(ApiError::input("amount", Message::new("error.zero")));
    }
    let wrong = match kind {
        EntryKind::Credit | EntryKind::Interest | EntryKind::Refund => amount.is_negative(),
        EntryKind::Spending | EntryKind::Premium | EntryKind::Withheld | EntryKind::TakeBack => {
            !amount.is_negative()
        }
        // Either way: the one account's side of what happened to two, or a clearing.
        EntryKind::Opening
        | EntryKind::Transfer
        | EntryKind::Withdrawal
        | EntryKind::Clearing
        | EntryKind::RollOver
        | EntryKind::Closing
        | EntryKind::Correction
        | EntryKind::Adjustment => false,
    };
    if wrong {
        let message = Message::new("error.sign").with("kind", kind.word());
        return Err(ApiError::input("amount", message));
    }
    Ok(())
}
