//! 导入分录表 — entries from a table, each once, as one step that can be undone.

mod looked_at;
mod recorded;

use std::collections::{BTreeMap, HashMap, HashSet};

use chrono::NaiveDate;
use gongji_domain::{
    Account, AccountId, AccountKind, Entry, EntryId, EntryKind, Household, Leg, Message,
    SubAccountId, Yuan,
};
use gongji_exchange::{LineFault, Names, ReadEntry, ReadLeg, read_table};
use gongji_policy::Body;
use gongji_store::entry;

use crate::covered::over_balance;
use crate::entry_rules::Beside;
use crate::{ApiError, Gongji, Language, text};
use recorded::Recorded;

/// 导入分录表的结果
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ImportedTable {
    /// 记下的笔数；只看会怎样时，会记下的笔数
    pub entries: usize,
    /// 已经记过、没有再记的：文件里的行号
    pub duplicates: Vec<u64>,
    /// 读不了的行；有一行就什么也没有记
    pub faults: Vec<ImportFault>,
    /// 可疑的行：会记下，但是表单不会收
    pub doubts: Vec<ImportFault>,
}

/// 读不了的一行
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportFault {
    /// 第几行
    pub line: u64,
    /// 什么不对
    pub what: Message,
    /// 怎么办，没有写在 `what` 里的
    pub hint: Option<Message>,
}

impl Gongji {
    /// 导入分录表 — `dry_run` only says what would happen.
    ///
    /// # Errors
    /// Where the file of the household cannot be read or written; nothing is then imported.
    pub fn import_table(
        &mut self,
        today: NaiveDate,
        text: &str,
        dry_run: bool,
    ) -> Result<ImportedTable, ApiError> {
        let household = self.store()?.household()?;
        let names = Names {
            accounts: &household.accounts,
            members: &household.members,
        };
        let table = read_table(text, names);
        let mut faults: Vec<ImportFault> = table.faults.into_iter().map(Into::into).collect();
        let parts = self.first_parts(&household);
        let next = entry::next_id(self.store()?)?;
        let beside = self.beside(today)?;
        let mut importing = Importing::of(&household, &parts, next, beside);
        faults.extend(importing.take_all(table.entries, &table.broken));
        faults.sort_by_key(|fault| fault.line);
        let mut imported = ImportedTable {
            entries: importing.entries.len(),
            duplicates: importing.duplicates,
            faults,
            doubts: Vec::new(),
        };
        imported.duplicates.sort_unstable();
        if imported.faults.is_empty() {
            imported.doubts = self.doubtful_lines(&importing.entries, &importing.lines)?;
        }
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

    /// What a form would have refused of the entries of a file, by line.
    fn doubtful_lines(
        &self,
        entries: &[Entry],
        lines: &[u64],
    ) -> Result<Vec<ImportFault>, ApiError> {
        let Some(first) = entries.first() else {
            return Ok(Vec::new());
        };
        let doubts = self.uncovered_of(entries)?.into_iter().map(|one| {
            let place = one.entry.0.saturating_sub(first.id.0) as usize;
            let refused = over_balance(one.most);
            ImportFault {
                line: lines.get(place).copied().unwrap_or_default(),
                what: refused.message,
                hint: refused.hint,
            }
        });
        let mut doubts: Vec<ImportFault> = doubts.collect();
        doubts.sort_by_key(|doubt| doubt.line);
        Ok(doubts)
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
        let of_owner = household.enrollments.iter().filter(|enrollment| {
            let there = Some(&enrollment.pool) == account.pool.as_ref();
            there && enrollment.member == account.owner
        });
        let scheme = of_owner
            .max_by_key(|enrollment| enrollment.from)
            .map_or("employee", |enrollment| enrollment.scheme.word());
        let rules = account
            .pool
            .as_ref()
            .and_then(|pool| self.library.rules(pool, scheme, NaiveDate::MAX));
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
            hint: None,
        }
    }
}

struct Importing<'h> {
    accounts: BTreeMap<AccountId, &'h Account>,
    parts: &'h BTreeMap<AccountId, SubAccountId>,
    beside: Beside,
    /// What is recorded already and not yet met in the file.
    recorded: Recorded,
    next: EntryId,
    entries: Vec<Entry>,
    /// Of each of them the line of the file.
    lines: Vec<u64>,
    duplicates: Vec<u64>,
    /// Of each number in the file that may be corrected, the number in the record.
    numbers: Option<HashMap<String, EntryId>>,
}

impl<'h> Importing<'h> {
    fn of(
        household: &'h Household,
        parts: &'h BTreeMap<AccountId, SubAccountId>,
        next: EntryId,
        beside: Beside,
    ) -> Importing<'h> {
        let accounts = household.accounts.iter();
        Importing {
            accounts: accounts.map(|account| (account.id, account)).collect(),
            parts,
            beside,
            recorded: Recorded::of(&household.entries),
            next,
            entries: Vec::new(),
            lines: Vec::new(),
            duplicates: Vec::new(),
            numbers: None,
        }
    }

    /// Takes the entries of a file; what cannot be taken is told.
    fn take_all(&mut self, mut read: Vec<ReadEntry>, broken: &HashSet<String>) -> Vec<ImportFault> {
        // Of what could not be read nothing more is said, nor of what corrects it.
        let is_broken = |number: &String| broken.contains(number);
        if !broken.is_empty() {
            read.retain(|read| {
                !is_broken(&read.number) && !read.corrects.as_ref().is_some_and(is_broken)
            });
        }
        // A table goes by the day, and a correction may state an earlier day than what it corrects.
        let is_later = |read: &mut ReadEntry| read.corrects.is_some();
        let later: Vec<ReadEntry> = read.extract_if(.., is_later).collect();
        self.entries.reserve(read.len() + later.len());
        self.numbers = (!later.is_empty()).then(HashMap::new);
        let corrections: HashSet<String> = later.iter().map(|read| read.number.clone()).collect();
        let mut faults = Vec::new();
        for read in read.into_iter().chain(later) {
            let corrects = match &read.corrects {
                None => Ok(None),
                Some(number) => self.number(number).map(Some).ok_or_else(|| {
                    let code = match corrections.contains(number) {
                        true => "import.corrects_correction",
                        false => "import.corrects_nothing",
                    };
                    ImportFault::of(read.line, Message::new(code).with("number", number))
                }),
            };
            if let Err(fault) = corrects.and_then(|corrects| self.take(read, corrects)) {
                faults.push(fault);
            }
        }
        faults
    }

    /// Takes one entry of the file, unless the record holds it already.
    fn take(&mut self, read: ReadEntry, corrects: Option<EntryId>) -> Result<(), ImportFault> {
        balanced(&read)?;
        let mut legs = read.legs;
        let entry = Entry {
            id: self.next,
            on: read.on,
            for_month: read.for_month,
            kind: read.kind,
            memo: read.memo,
            legs: legs.iter_mut().map(|leg| self.leg(leg)).collect(),
            corrects,
            settlement: None,
            for_member: read.for_member,
        };
        let known = self.recorded.meet(&entry);
        if let (Some(numbers), None) = (&mut self.numbers, corrects) {
            numbers.insert(read.number, known.unwrap_or(entry.id));
        }
        if known.is_some() {
            self.duplicates.push(read.line);
            return Ok(());
        }
        self.beside.take(&entry).map_err(|unfit| ImportFault {
            line: unfit.leg.map_or(read.line, |leg| legs[leg].line),
            what: unfit.error.message,
            hint: unfit.error.hint,
        })?;
        self.next = EntryId(self.next.0 + 1);
        self.entries.push(entry);
        self.lines.push(read.line);
        Ok(())
    }

    fn number(&self, in_file: &str) -> Option<EntryId> {
        self.numbers.as_ref()?.get(in_file).copied()
    }

    /// A leg that names no part means the first one of a medical account.
    fn leg(&self, read: &mut ReadLeg) -> Leg {
        let account = self.accounts.get(&read.account);
        let is_medical = account.is_some_and(|account| account.kind == AccountKind::Insurance);
        let first = || self.parts.get(&read.account).cloned();
        Leg {
            account: read.account,
            sub: read.sub.take().or_else(|| is_medical.then(first).flatten()),
            amount: read.amount,
        }
    }
}

impl ImportFault {
    /// What is wrong and what to do, in words.
    pub fn sentence(&self, language: Language) -> String {
        let what = text(language, &self.what);
        let Some(hint) = &self.hint else { return what };
        let both = Message::new("import.what_and_hint").with("what", what);
        text(language, &both.with("hint", text(language, hint)))
    }

    fn of(line: u64, what: Message) -> ImportFault {
        let hint = None;
        ImportFault { line, what, hint }
    }
}

/// What its kind says of the legs of an entry together.
fn balanced(read: &ReadEntry) -> Result<(), ImportFault> {
    let fault = |code: &str| {
        let what = Message::new(code).with("number", &read.number);
        ImportFault::of(read.line, what)
    };
    let between = match read.kind {
        // The other side of a single leg is an account that is not kept here.
        EntryKind::Transfer | EntryKind::Withdrawal => read.legs.len() > 1,
        EntryKind::RollOver => true,
        EntryKind::Correction if read.corrects.is_none() => {
            return Err(fault("import.correction_of_nothing"));
        }
        _ => false,
    };
    let mut fen = read.legs.iter().map(|leg| leg.amount.fen());
    let sum = fen.try_fold(0, i64::checked_add);
    match sum.map(Yuan::from_fen) {
        Some(sum) if between && !sum.is_zero() => {
            let mut fault = fault("import.uneven");
            fault.what = fault.what.with("sum", sum);
            return Err(fault);
        }
        Some(sum) if (-Yuan::LIMIT..=Yuan::LIMIT).contains(&sum) => {}
        _ => return Err(ImportFault::of(read.line, Message::new("error.too_large"))),
    }
    let first = read.legs.first().map(|leg| leg.account);
    let elsewhere = read.legs.iter().any(|leg| Some(leg.account) != first);
    if read.kind == EntryKind::RollOver && elsewhere {
        return Err(fault("import.rolls_elsewhere"));
    }
    Ok(())
}
