//! 分录 — neither changed nor removed: a correction is a new entry.

use std::borrow::Borrow;

use chrono::NaiveDate;
use gongji_domain::{Account, AccountId, Entry, EntryId, EntryKind, SettlementId, Yuan};
use rusqlite::ToSql;
use rusqlite::types::Value;

use crate::fields::Fields;
use crate::guard::Guard;
use crate::store::Writing;
use crate::stored::{Stored, values};
use crate::table::{account, account_month, leg};
use crate::{Ledger, Refusal, StoreError, Tx, undo};

const TABLE: &str = "entry";
const SELECT: &str = "SELECT id, day, for_month, kind, memo, corrects, settlement, for_member
    FROM entry";
const INSERT: &str = "INSERT INTO entry
        (id, day, for_month, kind, memo, corrects, settlement, for_member)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";

/// The number for a new entry.
pub fn next_id(ledger: &Ledger) -> Result<EntryId, StoreError> {
    ledger.next_id(TABLE)
}

/// Adds an entry with its legs.
pub fn insert(tx: &Tx<'_>, entry: &Entry) -> Result<(), StoreError> {
    Guard::of(TABLE, entry.id).is_new(tx)?;
    Adding::to(tx)?.add(entry, |id| account::find(tx, id))?;
    account_month::add(tx, std::slice::from_ref(entry))
}

/// Removes an entry with its legs, where nothing else names it: of somebody who is removed with all that
/// set-up wrote.
pub fn delete(tx: &Tx<'_>, id: EntryId) -> Result<(), StoreError> {
    tx.execute("DELETE FROM leg WHERE entry = ?1", values![id])?;
    tx.delete(TABLE, id)?;
    account_month::rebuild(tx)
}

/// Adds many entries with their legs. Where their numbers go on from those in use and rise, as they do in
/// an import, nothing is looked up twice.
pub fn insert_all(tx: &Tx<'_>, entries: &[Entry]) -> Result<(), StoreError> {
    let highest = tx.integer("SELECT coalesce(max(id), 0) FROM entry", [])?;
    let numbers = entries.iter().map(|entry| i64::from(entry.id.0));
    let rising = [highest].into_iter().chain(numbers);
    if !rising.is_sorted_by(|one, next| one < next) {
        return entries.iter().try_for_each(|entry| insert(tx, entry));
    }
    let accounts = account::all(tx)?;
    let of = |id| Ok(accounts.iter().find(|account| account.id == id));
    undo::adding_rows(tx, &[TABLE, "leg"], || {
        let mut adding = Adding::to(tx)?;
        entries.iter().try_for_each(|entry| adding.add(entry, of))
    })?;
    account_month::add(tx, entries)
}

/// Adds one entry after the other; those of one day and kind mostly follow one another.
struct Adding<'t> {
    tx: &'t Tx<'t>,
    entries: Writing<'t>,
    legs: Writing<'t>,
    day: Last<NaiveDate>,
    kind: Last<EntryKind>,
}

/// What was written last, as it is stored.
struct Last<T>(Option<(T, Value)>);

impl<T: Stored + Copy + PartialEq> Last<T> {
    fn stored(&mut self, now: T) -> &Value {
        let held = self.0.take().filter(|(held, _)| *held == now);
        &self.0.insert(held.unwrap_or_else(|| (now, now.stored()))).1
    }
}

impl<'t> Adding<'t> {
    fn to(tx: &'t Tx<'t>) -> Result<Adding<'t>, StoreError> {
        Ok(Adding {
            tx,
            entries: tx.writing(INSERT)?,
            legs: tx.writing(leg::INSERT)?,
            day: Last(None),
            kind: Last(None),
        })
    }

    /// An entry whose number is not taken; `account` finds what its legs name.
    fn add<A: Borrow<Account>>(
        &mut self,
        entry: &Entry,
        account: impl Fn(AccountId) -> Result<Option<A>, StoreError>,
    ) -> Result<(), StoreError> {
        let guard = Guard::of(TABLE, entry.id);
        guard.text(&entry.memo)?;
        guard.days([Some(entry.on)])?;
        accept_legs(guard, entry, account)?;
        accept_correction(self.tx, guard, entry)?;
        if let Some(settlement) = entry.settlement {
            guard.names(self.tx, "settlement", settlement)?;
        }
        if let Some(member) = entry.for_member {
            guard.names(self.tx, "member", member)?;
        }
        let day = self.day.stored(entry.on);
        let [id, for_month] = values![entry.id, entry.for_month];
        let [corrects, settlement, for_member] =
            values![entry.corrects, entry.settlement, entry.for_member];
        let row: [&dyn ToSql; 8] = [
            &id,
            day,
            &for_month,
            self.kind.stored(entry.kind),
            &entry.memo,
            &corrects,
            &settlement,
            &for_member,
        ];
        self.entries.row(row)?;
        leg::write(&mut self.legs, &id, day, &entry.legs)
    }
}

/// The entry of this number.
pub fn find(ledger: &Ledger, id: EntryId) -> Result<Option<Entry>, StoreError> {
    let Some(mut entry) = ledger.find(TABLE, SELECT, id, read)? else {
        return Ok(None);
    };
    entry.legs = leg::of(ledger, id)?;
    Ok(Some(entry))
}

/// All entries, by number.
pub fn all(ledger: &Ledger) -> Result<Vec<Entry>, StoreError> {
    let mut entries = ledger.all(TABLE, SELECT, read)?;
    let mut legs = leg::all(ledger)?.into_iter().peekable();
    for entry in &mut entries {
        while let Some((_, leg)) = legs.next_if(|(of, _)| *of == entry.id) {
            entry.legs.push(leg);
        }
    }
    Ok(entries)
}

/// The entries of one kind, by number.
pub fn of_kind(ledger: &Ledger, kind: EntryKind) -> Result<Vec<Entry>, StoreError> {
    let sql = format!("{SELECT} WHERE kind = ?1 ORDER BY id");
    let mut entries = ledger.rows(TABLE, &sql, values![kind], read)?;
    for entry in &mut entries {
        entry.legs = leg::of(ledger, entry.id)?;
    }
    Ok(entries)
}

/// The entries of one settlement, by number.
pub fn of_settlement(ledger: &Ledger, settlement: SettlementId) -> Result<Vec<Entry>, StoreError> {
    let sql = format!("{SELECT} WHERE settlement = ?1 ORDER BY id");
    let mut entries = ledger.rows(TABLE, &sql, values![settlement], read)?;
    for entry in &mut entries {
        entry.legs = leg::of(ledger, entry.id)?;
    }
    Ok(entries)
}

/// What may be corrected next to the entry it was asked for: the entry and all that corrects it.
pub fn chain(ledger: &Ledger, original: EntryId) -> Result<Vec<Entry>, StoreError> {
    let sql = format!("{SELECT} WHERE id = ?1 OR corrects = ?1 ORDER BY id");
    let mut entries = ledger.rows(TABLE, &sql, values![original], read)?;
    for entry in &mut entries {
        entry.legs = leg::of(ledger, entry.id)?;
    }
    Ok(entries)
}

fn accept_legs<A: Borrow<Account>>(
    guard: Guard,
    entry: &Entry,
    account: impl Fn(AccountId) -> Result<Option<A>, StoreError>,
) -> Result<(), StoreError> {
    guard.require(!entry.legs.is_empty(), Refusal::NoLegs)?;
    for leg in &entry.legs {
        guard.amount(leg.amount)?;
        let found = account(leg.account)?;
        let found = found.as_ref().map(Borrow::borrow);
        let opened_on = account::accept_sub_of(found, guard, leg.account, leg.sub.as_ref())?;
        let early = Refusal::BeforeOpening {
            account: leg.account.0,
            opened_on,
            on: entry.on,
        };
        guard.require(entry.on >= opened_on, early)?;
    }
    let sum: Yuan = entry.legs.iter().map(|leg| leg.amount).sum();
    guard.amount(sum)?;
    // With one leg the other side of the transfer is an account that is not recorded.
    let both_sides = match entry.kind {
        EntryKind::Transfer | EntryKind::Withdrawal => entry.legs.len() > 1,
        EntryKind::RollOver => true,
        _ => false,
    };
    guard.require(!both_sides || sum.is_zero(), Refusal::TransferUneven(sum))?;
    let of_first = entry.legs.first().map(|leg| leg.account);
    let mut accounts = entry.legs.iter().map(|leg| Some(leg.account));
    let one_account = accounts.all(|account| account == of_first);
    let stays = entry.kind != EntryKind::RollOver || one_account;
    guard.require(stays, Refusal::RollsElsewhere)
}

fn accept_correction(tx: &Tx<'_>, guard: Guard, entry: &Entry) -> Result<(), StoreError> {
    let Some(original) = entry.corrects else {
        let names_it = entry.kind != EntryKind::Correction;
        return guard.require(names_it, Refusal::CorrectsNothing);
    };
    guard.names(tx, TABLE, original)?;
    let sql = "SELECT corrects IS NULL FROM entry WHERE id = ?1";
    let is_original = tx.one(sql, values![original])?.unwrap_or(false);
    guard.require(is_original, Refusal::CorrectsCorrection(original))
}

fn read(row: &Fields<'_>) -> Result<Entry, StoreError> {
    Ok(Entry {
        id: row.get("id")?,
        on: row.get("day")?,
        for_month: row.get("for_month")?,
        kind: row.get("kind")?,
        memo: row.get("memo")?,
        legs: Vec::new(),
        corrects: row.get("corrects")?,
        settlement: row.get("settlement")?,
        for_member: row.get("for_member")?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{
        BOOK, CASH, an_entry, book, day, family, in_book, in_cash, record, refusal, run, spoil,
        unreadable, yuan,
    };
    use gongji_domain::{AccountId, Leg, MemberId};

    #[test]
    fn is_written_with_its_legs_and_read_back() {
        let mut store = family();
        let row = Entry {
            for_month: Some("2025-02".parse().expect("a month")),
            memo: "划入".to_owned(),
            ..an_entry(
                1,
                "2025-03-05",
                EntryKind::Credit,
                vec![in_book("300.00"), in_cash("-0.01"), in_book("1.00")],
            )
        };
        record(&mut store, row.clone());
        assert_eq!(find(&store, row.id).expect("a row"), Some(row.clone()));
        assert_eq!(all(&store).expect("rows"), [row]);
        assert_eq!(next_id(&store).expect("a number"), EntryId(2));
        assert_eq!(find(&store, EntryId(2)).expect("no row"), None);
    }

    #[test]
    fn is_refused_by_number_and_reason() {
        let mut store = family();
        record(
            &mut store,
            an_entry(1, "2025-01-01", EntryKind::Opening, vec![in_book("5.00")]),
        );
        let row = |legs| an_entry(2, "2025-03-01", EntryKind::Spending, legs);
        let leg = |account, sub, amount: &str| Leg {
            account,
            sub,
            amount: yuan(amount),
        };
        let limit = yuan("10000000000.00");
        let above = limit + yuan("0.01");
        let huge = Leg {
            amount: -above,
            ..in_cash("0.00")
        };
        let early = Refusal::BeforeOpening {
            account: 2,
            opened_on: day("2025-01-01"),
            on: day("2024-12-31"),
        };
        let correction = Entry {
            corrects: Some(EntryId(7)),
            ..row(vec![in_cash("1.00")])
        };
        let without_settlement = Entry {
            settlement: Some(SettlementId(4)),
            ..row(vec![in_cash("1.00")])
        };
        for (row, why) in [
            (row(vec![]), Refusal::NoLegs),
            (
                row(vec![leg(BOOK, None, "1.00")]),
                Refusal::SubMissing { account: 1 },
            ),
            (
                row(vec![leg(CASH, Some(book()), "1.00")]),
                Refusal::SubNotAllowed { account: 2 },
            ),
            (
                row(vec![leg(AccountId(9), None, "1.00")]),
                Refusal::Absent {
                    table: "account",
                    row: 9,
                },
            ),
            (row(vec![huge]), Refusal::TooLarge(-above)),
            (
                row(vec![in_cash("10000000000.00"), in_cash("0.01")]),
                Refusal::TooLarge(above),
            ),
            (
                an_entry(2, "2024-12-31", EntryKind::Spending, vec![in_cash("-1.00")]),
                early,
            ),
            (
                an_entry(
                    2,
                    "2025-03-01",
                    EntryKind::Transfer,
                    vec![in_cash("-1.00"), in_book("0.99")],
                ),
                Refusal::TransferUneven(yuan("-0.01")),
            ),
            (
                an_entry(2, "2025-03-01", EntryKind::RollOver, vec![in_book("-1.00")]),
                Refusal::TransferUneven(yuan("-1.00")),
            ),
            (
                an_entry(
                    2,
                    "2025-03-01",
                    EntryKind::RollOver,
                    vec![in_book("-1.00"), in_cash("1.00")],
                ),
                Refusal::RollsElsewhere,
            ),
            (
                Entry {
                    for_member: Some(MemberId(8)),
                    ..row(vec![in_cash("-1.00")])
                },
                Refusal::Absent {
                    table: "member",
                    row: 8,
                },
            ),
            (
                an_entry(
                    2,
                    "2025-03-01",
                    EntryKind::Correction,
                    vec![in_cash("1.00")],
                ),
                Refusal::CorrectsNothing,
            ),
            (
                correction,
                Refusal::Absent {
                    table: TABLE,
                    row: 7,
                },
            ),
            (
                without_settlement,
                Refusal::Absent {
                    table: "settlement",
                    row: 4,
                },
            ),
        ] {
            assert_eq!(refusal(&mut store, |tx| insert(tx, &row)), (TABLE, 2, why));
        }
        record(&mut store, row(vec![in_cash("10000000000.00")]));
    }

    #[test]
    fn a_correction_names_the_original() {
        let mut store = family();
        let spending = an_entry(1, "2025-03-01", EntryKind::Spending, vec![in_cash("-8.00")]);
        let back = Entry {
            corrects: Some(EntryId(1)),
            ..an_entry(
                2,
                "2025-03-01",
                EntryKind::Correction,
                vec![in_cash("8.00")],
            )
        };
        let again = Entry {
            corrects: Some(EntryId(1)),
            ..an_entry(3, "2025-03-02", EntryKind::Premium, vec![in_cash("-9.00")])
        };
        for row in [&spending, &back, &again] {
            run(&mut store, |tx| insert(tx, row));
        }
        let wrong = Entry {
            id: EntryId(4),
            corrects: Some(EntryId(2)),
            ..back.clone()
        };
        assert_eq!(
            refusal(&mut store, |tx| insert(tx, &wrong)),
            (TABLE, 4, Refusal::CorrectsCorrection(EntryId(2)))
        );
        let chain = chain(&store, EntryId(1)).expect("a chain");
        assert_eq!(chain, [spending, back, again]);
    }

    #[test]
    fn unreadable_columns_are_errors() {
        for (column, sql) in [
            ("kind", "UPDATE entry SET kind = 'gift'"),
            ("day", "UPDATE entry SET day = '2025-3-01'"),
            ("for_month", "UPDATE entry SET for_month = '2025-13'"),
        ] {
            let mut store = family();
            let legs = vec![in_cash("-8.00")];
            let spending = an_entry(1, "2025-03-01", EntryKind::Spending, legs);
            record(&mut store, spending);
            spoil(&store, sql);
            assert_eq!(unreadable(&store), (TABLE, 1, column));
        }
    }
}
