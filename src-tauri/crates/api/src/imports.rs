//! 导入分录表 — entries from a table, each once, as one step that can be undone.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use gongji_domain::{
    Account, AccountId, AccountKind, Entry, EntryId, Household, Leg, Message, SubAccountId, Yuan,
};
use gongji_exchange::{LineFault, Names, ReadEntry, ReadLeg, read_table};
use gongji_policy::Body;
use gongji_store::entry;

use crate::bindings::enrolled;
use crate::{ApiError, Gongji};

/// 导入分录表的结果
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ImportedTable {
    /// 记下的笔数；只看会怎样时，会记下的笔数
    pub entries: usize,
    /// 已经记过、没有再记的：文件里的行号
    pub duplicates: Vec<u64>,
    /// 读不了的行；有一行就什么也没有记
    pub faults: Vec<ImportFault>,
}

/// 读不了的一行
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportFault {
    /// 第几行
    pub line: u64,
    /// 什么不对，怎么办
    pub what: Message,
}

/// Two entries alike: on one day, with one memo, moving the same money.
type Alike = (
    NaiveDate,
    String,
    Vec<(AccountId, Option<SubAccountId>, Yuan)>,
);

impl Gongji {
    /// 导入分录表 — `dry_run` only says what would happen.
    ///
    /// # Errors
    /// Where the file of the household cannot be read or written; nothing is then imported.
    pub fn import_table(&mut self, text: &str, dry_run: bool) -> Result<ImportedTable, ApiError> {
        let household = self.store()?.household()?;
        let names = Names {
            accounts: &household.accounts,
            members: &household.members,
        };
        let table = read_table(text, names);
        let mut faults = table.faults;
        let parts = self.first_parts(&household);
        let next = entry::next_id(self.store()?)?;
        let mut importing = Importing::of(&household, &parts, next, &table.entries);
        // A table goes by the day, and a correction may state an earlier day than what it corrects.
        let (first, later): (Vec<_>, Vec<_>) =
            (table.entries.into_iter()).partition(|read| read.corrects.is_none());
        for read in first.into_iter().chain(later) {
            if let Err(fault) = importing.take(read) {
                faults.push(fault);
            }
        }
        faults.sort_by_key(|fault| fault.line);
        let mut imported = ImportedTable {
            entries: importing.entries.len(),
            duplicates: importing.duplicates,
            faults: faults.into_iter().map(ImportFault::from).collect(),
        };
        if !imported.faults.is_empty() {
            imported.entries = 0;
        } else if !dry_run && !importing.entries.is_empty() {
            let entries = importing.entries;
            let step = Message::new("step_name.import_table");
            self.store_mut()?
                .command(&step, |tx| entry::insert_all(tx, &entries))?;
        }
        Ok(imported)
    }

    /// The part of each medical account that is meant where none is named: the first from which
    /// settlements are paid.
    fn first_parts(&self, household: &Household) -> BTreeMap<AccountId, SubAccountId> {
        let medical = household.accounts.iter();
        let medical = medical.filter(|account| account.kind == AccountKind::Insurance);
        medical
            .map(|account| (account.id, self.first_part(household, account)))
            .collect()
    }

    fn first_part(&self, household: &Household, account: &Account) -> SubAccountId {
        let enrollment = enrolled(household, account.owner, NaiveDate::MAX).or_else(|| {
            let mut enrollments = household.enrollments.iter();
            enrollments.find(|enrollment| enrollment.member == account.owner)
        });
        let rules = enrollment.and_then(|enrollment| {
            let scheme = enrollment.scheme.word();
            self.library.rules(&enrollment.pool, scheme, NaiveDate::MAX)
        });
        let parts = rules.iter().flat_map(|rules| &rules.blocks);
        let mut parts = parts.filter_map(|held| match &held.block.body {
            Body::SubAccount(sub) if sub.withdrawable != Some(true) => held.block.head.id.clone(),
            _ => None,
        });
        parts
            .next()
            .map_or_else(|| SubAccountId::from("book"), SubAccountId)
    }
}

impl From<LineFault> for ImportFault {
    fn from(fault: LineFault) -> ImportFault {
        ImportFault {
            line: fault.line,
            what: fault.what,
        }
    }
}

struct Importing<'h> {
    accounts: BTreeMap<AccountId, &'h Account>,
    parts: &'h BTreeMap<AccountId, SubAccountId>,
    /// What is recorded already and not yet met in the file.
    recorded: BTreeMap<Alike, Vec<EntryId>>,
    next: EntryId,
    entries: Vec<Entry>,
    duplicates: Vec<u64>,
    /// The number in the record of each number in the file, where some entry names another.
    numbers: Option<BTreeMap<String, EntryId>>,
}

impl<'h> Importing<'h> {
    fn of(
        household: &'h Household,
        parts: &'h BTreeMap<AccountId, SubAccountId>,
        next: EntryId,
        read: &[ReadEntry],
    ) -> Importing<'h> {
        let mut recorded: BTreeMap<Alike, Vec<EntryId>> = BTreeMap::new();
        for entry in household.entries.iter().rev() {
            recorded.entry(alike(entry)).or_default().push(entry.id);
        }
        let accounts = household.accounts.iter();
        let corrects = read.iter().any(|entry| entry.corrects.is_some());
        Importing {
            accounts: accounts.map(|account| (account.id, account)).collect(),
            parts,
            recorded,
            next,
            entries: Vec::new(),
            duplicates: Vec::new(),
            numbers: corrects.then(BTreeMap::new),
        }
    }

    /// Takes one entry of the file, unless the record holds it already.
    fn take(&mut self, read: ReadEntry) -> Result<(), LineFault> {
        let corrects = match &read.corrects {
            None => None,
            Some(number) => Some(self.number(number).ok_or_else(|| {
                let what = Message::new("import.corrects_nothing").with("number", number);
                LineFault {
                    line: read.line,
                    what,
                }
            })?),
        };
        let legs = read.legs.into_iter().map(|leg| self.leg(read.on, leg));
        let entry = Entry {
            id: self.next,
            on: read.on,
            for_month: read.for_month,
            kind: read.kind,
            memo: read.memo,
            legs: legs.collect::<Result<_, _>>()?,
            corrects,
            settlement: None,
            for_member: read.for_member,
        };
        let known = match self.recorded.is_empty() {
            true => None,
            false => self.recorded.get_mut(&alike(&entry)).and_then(Vec::pop),
        };
        if let Some(numbers) = &mut self.numbers {
            numbers.insert(read.number, known.unwrap_or(entry.id));
        }
        match known {
            Some(_) => self.duplicates.push(read.line),
            None => {
                self.next = EntryId(self.next.0 + 1);
                self.entries.push(entry);
            }
        }
        Ok(())
    }

    fn number(&self, in_file: &str) -> Option<EntryId> {
        self.numbers.as_ref()?.get(in_file).copied()
    }

    fn leg(&self, on: NaiveDate, read: ReadLeg) -> Result<Leg, LineFault> {
        let fault = |what: Message| LineFault {
            line: read.line,
            what,
        };
        let account = self.accounts.get(&read.account);
        let account = account.ok_or_else(|| {
            fault(Message::new("import.no_account").with("account", read.account))
        })?;
        let name = &account.name;
        if on < account.opened_on {
            let what = Message::new("import.before_opening").with("account", name);
            return Err(fault(what.with("day", account.opened_on)));
        }
        if read.amount > Yuan::LIMIT || read.amount < -Yuan::LIMIT {
            return Err(fault(
                Message::new("import.bad_amount").with("found", read.amount),
            ));
        }
        let sub = match (account.kind, read.sub) {
            (AccountKind::Insurance, None) => self.parts.get(&account.id).cloned(),
            (AccountKind::Cash, Some(sub)) => {
                let what = Message::new("import.cash_has_no_parts").with("account", name);
                return Err(fault(what.with("sub", sub)));
            }
            (_, sub) => sub,
        };
        Ok(Leg {
            account: account.id,
            sub,
            amount: read.amount,
        })
    }
}

fn alike(entry: &Entry) -> Alike {
    let legs = entry.legs.iter();
    let mut legs: Vec<_> = legs
        .map(|leg| (leg.account, leg.sub.clone(), leg.amount))
        .collect();
    legs.sort_unstable();
    (entry.on, entry.memo.clone(), legs)
}
