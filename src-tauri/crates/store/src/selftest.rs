use std::io::Write;
use std::path::Path;

use chrono::{Days, NaiveDate};
use gongji_domain::{
    Account, AccountId, AccountKind, Entry, EntryId, EntryKind, Leg, Member, MemberId, Message,
    SubAccountId, Yuan,
};

use crate::table::{account, entry, household, member};
use crate::{Store, StoreError, Tx};

/// 自检写入 — writes `S` and then for ever records an entry and writes its number, each a line, so
/// that whoever kills the process knows what had been promised. Ends when `out` is closed.
///
/// # Errors
/// When the file cannot be opened or written.
pub fn selftest_writer(path: &Path, mut out: impl Write) -> Result<(), StoreError> {
    let mut store = Store::open(path)?;
    if store.household_name()?.is_none() {
        store.command(&Message::new("selftest.setup"), set_up)?;
    }
    let mut say = |line: String| out.write_all(line.as_bytes()).and_then(|()| out.flush());
    let mut listening = say("S\n".to_owned()).is_ok();
    while listening {
        let id = store.command(&Message::new("selftest.entry"), record)?;
        listening = say(format!("{id}\n")).is_ok();
    }
    Ok(())
}

const INSURANCE: AccountId = AccountId(1);
const CASH: AccountId = AccountId(2);

fn first_day() -> NaiveDate {
    NaiveDate::default()
}

fn set_up(tx: &Tx<'_>) -> Result<(), StoreError> {
    household::set(tx, "selftest", false)?;
    let owner = MemberId(1);
    let name = "selftest".to_owned();
    member::insert(
        tx,
        &Member {
            id: owner,
            name: name.clone(),
            born: None,
            note: String::new(),
        },
    )?;
    for (id, kind, pool) in [
        (INSURANCE, AccountKind::Insurance, Some("110000".into())),
        (CASH, AccountKind::Cash, None),
    ] {
        let row = Account {
            id,
            owner,
            kind,
            pool,
            name: name.clone(),
            opened_on: first_day(),
            overdraft: None,
        };
        account::insert(tx, &row)?;
    }
    Ok(())
}

/// An entry with two legs that add up to zero, of a size that changes with its number.
fn record(tx: &Tx<'_>) -> Result<EntryId, StoreError> {
    let id = entry::next_id(tx)?;
    let amount = Yuan::from_fen(i64::from(id.0));
    let leg = |account, sub, amount| Leg {
        account,
        sub,
        amount,
    };
    let book = SubAccountId::from("book");
    let row = Entry {
        id,
        on: first_day() + Days::new(u64::from(id.0 % 10_000)),
        for_month: None,
        kind: EntryKind::Transfer,
        memo: "x".repeat(id.0 as usize % 700),
        legs: vec![leg(INSURANCE, Some(book), amount), leg(CASH, None, -amount)],
        corrects: None,
        settlement: None,
        for_member: None,
    };
    entry::insert(tx, &row)?;
    Ok(id)
}

#[cfg(test)]
mod tests {
    use std::io;

    use super::*;
    use crate::verify;

    /// Hears so many lines, then is closed.
    struct Listener {
        lines: Vec<String>,
        hears: usize,
    }

    impl Write for Listener {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            if self.lines.len() == self.hears {
                return Err(io::ErrorKind::BrokenPipe.into());
            }
            self.lines.push(String::from_utf8_lossy(bytes).into_owned());
            Ok(bytes.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn every_number_that_was_told_is_recorded() {
        let folder = tempfile::TempDir::new().expect("a folder");
        let path = folder.path().join("family.gongji");
        let mut recorded = 0;
        for hears in [4, 2] {
            let mut listener = Listener {
                lines: Vec::new(),
                hears,
            };
            selftest_writer(&path, &mut listener).expect("written");
            let told: Vec<String> = (recorded + 1..recorded + hears)
                .map(|number| format!("{number}\n"))
                .collect();
            assert_eq!(listener.lines[0], "S\n");
            assert_eq!(listener.lines[1..], told);
            // The last one was recorded, but nobody listened any more.
            recorded += hears;
            let report = verify(&path).expect("a report");
            assert!(report.is_sound());
            assert_eq!(report.entries as usize, recorded);
        }
    }
}
