//! 代扣 — the month whose credit it was withheld from.

use gongji_domain::{Entry, EntryKind, Month};

/// 所属月份 of a withheld entry: its own, else that of the credit of its day on the same account; of
/// several the latest.
pub(crate) fn withheld_from(entry: &Entry, entries: &[Entry]) -> Option<Month> {
    if entry.for_month.is_some() {
        return entry.for_month;
    }
    let same_account = |other: &Entry| {
        let mut legs = entry.legs.iter();
        legs.any(|leg| other.legs.iter().any(|known| known.account == leg.account))
    };
    entries
        .iter()
        .filter(|other| other.kind == EntryKind::Credit && other.on == entry.on)
        .filter(|other| same_account(other))
        .filter_map(|other| other.for_month)
        .max()
}
