//! A small family for the tests of this crate.

use chrono::NaiveDate;
use gongji_domain::{
    Account, AccountId, AccountKind, Binding, BindingId, EmploymentStatus, Enrollment,
    EnrollmentId, Entry, EntryId, EntryKind, Household, Leg, Member, MemberId, Message, PoolId,
    Relation, Scheme, Special, SubAccountId, Yuan,
};

use crate::table::{account, binding, enrollment, entry, household, member};
use crate::{Ledger, Refusal, Store, StoreError, Tx};

pub(crate) const BOOK: AccountId = AccountId(1);
pub(crate) const CASH: AccountId = AccountId(2);

pub(crate) fn day(text: &str) -> NaiveDate {
    text.parse().expect(text)
}

pub(crate) fn yuan(text: &str) -> Yuan {
    text.parse().expect(text)
}

pub(crate) fn label(code: &str) -> Message {
    Message::new(code).with("name", "王秀英")
}

pub(crate) fn book() -> SubAccountId {
    SubAccountId::from("book")
}

pub(crate) fn a_member(id: u32, name: &str) -> Member {
    Member {
        id: MemberId(id),
        name: name.to_owned(),
        born: Some(day("1958-02-28")),
        note: String::new(),
    }
}

pub(crate) fn an_enrollment(id: u32, member: u32, from: &str, until: Option<&str>) -> Enrollment {
    Enrollment {
        id: EnrollmentId(id),
        member: MemberId(member),
        from: day(from),
        until: until.map(day),
        pool: PoolId::from("110000"),
        scheme: Scheme::Employee,
        plan: "with_account".to_owned(),
        status: EmploymentStatus::Active,
        contribution_base: Some(yuan("9000.00")),
        retired_on: None,
        insured_months: Some(140),
        special: Special::None,
        pension: None,
        frozen_credit: None,
        employer: None,
        first_enrollment: false,
        back_paid: None,
        back_paid_on: None,
    }
}

pub(crate) fn an_account(id: AccountId, owner: u32, kind: AccountKind) -> Account {
    Account {
        id,
        owner: MemberId(owner),
        kind,
        pool: (kind == AccountKind::Insurance).then(|| PoolId::from("110000")),
        name: "账户".to_owned(),
        opened_on: day("2025-01-01"),
        overdraft: None,
    }
}

pub(crate) fn a_binding(id: u32, donor: u32, recipient: u32, bound_on: &str) -> Binding {
    Binding {
        id: BindingId(id),
        donor: MemberId(donor),
        recipient: MemberId(recipient),
        relation: Relation::Parent,
        bound_on: day(bound_on),
        ended_on: None,
        rank: 1,
    }
}

pub(crate) fn in_book(amount: &str) -> Leg {
    Leg {
        account: BOOK,
        sub: Some(book()),
        amount: yuan(amount),
    }
}

pub(crate) fn in_cash(amount: &str) -> Leg {
    Leg {
        account: CASH,
        sub: None,
        amount: yuan(amount),
    }
}

pub(crate) fn an_entry(id: u32, on: &str, kind: EntryKind, legs: Vec<Leg>) -> Entry {
    Entry {
        id: EntryId(id),
        on: day(on),
        for_month: None,
        kind,
        memo: String::new(),
        legs,
        corrects: None,
        settlement: None,
        for_member: None,
    }
}

/// Two members, the elder with an insurance account and cash.
pub(crate) fn set_up(tx: &Tx<'_>) -> Result<(), StoreError> {
    household::set(tx, "王家", false)?;
    member::insert(tx, &a_member(1, "王秀英"))?;
    member::insert(tx, &a_member(2, "王秀英"))?;
    enrollment::insert(tx, &an_enrollment(1, 1, "2020-01-01", None))?;
    account::insert(tx, &an_account(BOOK, 1, AccountKind::Insurance))?;
    account::insert(tx, &an_account(CASH, 1, AccountKind::Cash))?;
    binding::insert(tx, &a_binding(1, 1, 2, "2025-02-01"))
}

pub(crate) fn family() -> Store {
    let mut store = Store::in_memory().expect("a record in memory");
    store.command(&label("set_up"), set_up).expect("set up");
    store
}

/// Runs a command that must succeed.
pub(crate) fn run<T>(store: &mut Store, work: impl FnOnce(&Tx<'_>) -> Result<T, StoreError>) -> T {
    store.command(&label("test"), work).expect("a command")
}

pub(crate) fn record(store: &mut Store, entry: Entry) {
    run(store, |tx| entry::insert(tx, &entry));
}

/// Runs a command that must be refused, and that leaves nothing behind.
pub(crate) fn refusal(
    store: &mut Store,
    work: impl FnOnce(&Tx<'_>) -> Result<(), StoreError>,
) -> (&'static str, u32, Refusal) {
    let before = store.household().expect("a household");
    let error = store
        .command(&label("test"), work)
        .expect_err("a refused command");
    assert_eq!(before, store.household().expect("a household"));
    match error {
        StoreError::Refused { table, row, why } => (table, row, why),
        other => panic!("{other}"),
    }
}

/// Spoils a stored value as no command would.
pub(crate) fn spoil(ledger: &Ledger, sql: &str) {
    ledger.connection.execute_batch(sql).expect(sql);
}

/// What reading the household says about a value that cannot be read.
pub(crate) fn unreadable(ledger: &Ledger) -> (&'static str, i64, &'static str) {
    match ledger.household() {
        Err(StoreError::Value {
            table, row, column, ..
        }) => (table, row, column),
        other => panic!("{other:?}"),
    }
}

/// A household in which no kind of record and no field is missing.
pub(crate) const SAMPLE: &str = include_str!("../../../../tests/schema/household.full.json");

pub(crate) fn sample() -> Household {
    serde_json::from_str(SAMPLE).expect("a household")
}
