//! 已经记过的 — which entries of a file the record holds already. Equal entries of one file are several.

use std::collections::HashMap;

use chrono::NaiveDate;
use gongji_domain::{AccountId, Entry, EntryId, EntryKind, Month, SubAccountId, Yuan};

/// 已经记过、文件里还没有遇到的
pub(super) struct Recorded(HashMap<Alike, Vec<OfMonth>>);

/// Two entries alike: on one day, with one memo, moving the same money; what is taken back is not what
/// was spent.
#[derive(PartialEq, Eq, Hash)]
struct Alike {
    on: NaiveDate,
    takes_back: bool,
    memo: String,
    legs: Vec<(AccountId, Option<SubAccountId>, Yuan)>,
}

/// Alike, and for one month; the earliest last.
struct OfMonth {
    for_month: Option<Month>,
    entries: Vec<EntryId>,
}

impl Recorded {
    pub(super) fn of(entries: &[Entry]) -> Recorded {
        let mut recorded: HashMap<Alike, Vec<OfMonth>> = HashMap::new();
        for entry in entries.iter().rev() {
            let for_month = entry.for_month;
            // A further correction names what was recorded first.
            let first = entry.corrects.unwrap_or(entry.id);
            let months = recorded.entry(Alike::of(entry)).or_default();
            match months.iter_mut().find(|of| of.for_month == for_month) {
                Some(of) => of.entries.push(first),
                None => months.push(OfMonth {
                    for_month,
                    entries: vec![first],
                }),
            }
        }
        Recorded(recorded)
    }

    /// The recorded entry that `entry` is; it is then met. The month counts where the file says one.
    pub(super) fn meet(&mut self, entry: &Entry) -> Option<EntryId> {
        if self.0.is_empty() {
            return None;
        }
        let months = self.0.get_mut(&Alike::of(entry))?;
        let of = |month: Option<Month>| {
            let mut months = months.iter();
            months.position(|of| of.for_month == month && !of.entries.is_empty())
        };
        let at = of(entry.for_month).or_else(|| match entry.for_month {
            Some(_) => None,
            None => months.iter().position(|of| !of.entries.is_empty()),
        })?;
        months[at].entries.pop()
    }
}

impl Alike {
    fn of(entry: &Entry) -> Alike {
        let legs = entry.legs.iter();
        let mut legs: Vec<_> = legs
            .map(|leg| (leg.account, leg.sub.clone(), leg.amount))
            .collect();
        legs.sort_unstable();
        Alike {
            on: entry.on,
            takes_back: entry.kind == EntryKind::Correction,
            memo: entry.memo.clone(),
            legs,
        }
    }
}
