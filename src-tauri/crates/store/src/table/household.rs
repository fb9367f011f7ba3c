//! 家庭 — its own row, and the whole document over all tables.

use gongji_domain::{Entry, Household};

use crate::guard::Guard;
use crate::stored::values;
use crate::table::{
    HOUSEHOLD, account, account_month, binding, credit_day, enrollment, entry, member,
    missing_credit, planned_premium, planned_spending, policy_file, settlement, stated_balance,
    stated_counter,
};
use crate::{Ledger, StoreError, Tx};

const TABLE: &str = "household";
const SELECT: &str = "SELECT id, name, demo FROM household";
const SET: &str = "INSERT INTO household (id, name, demo) VALUES (1, ?1, ?2)
    ON CONFLICT (id) DO UPDATE SET name = excluded.name, demo = excluded.demo";

/// Names the household and says whether it is the demonstration.
pub fn set(tx: &Tx<'_>, name: &str, demo: bool) -> Result<(), StoreError> {
    Guard {
        table: TABLE,
        row: 1,
    }
    .text(name)?;
    tx.execute(SET, values![name.to_owned(), demo]).map(drop)
}

/// Puts `document` in the place of everything that is recorded.
pub fn replace(tx: &Tx<'_>, document: &Household) -> Result<(), StoreError> {
    // Entries name each other; what the deletion breaks is gone when it ends.
    tx.execute("PRAGMA defer_foreign_keys = ON", [])?;
    account_month::clear(tx)?;
    for table in HOUSEHOLD.into_iter().rev() {
        tx.execute(&format!("DELETE FROM {table}"), [])?;
    }
    set(tx, &document.name, document.demo)?;
    insert_each(tx, &document.members, member::insert)?;
    insert_each(tx, &document.enrollments, enrollment::insert)?;
    insert_each(tx, &document.accounts, account::insert)?;
    insert_each(tx, &document.settlements, settlement::insert)?;
    entry::insert_all(tx, &document.entries)?;
    insert_each(tx, &document.stated_balances, stated_balance::insert)?;
    insert_each(tx, &document.stated_counters, stated_counter::insert)?;
    insert_each(tx, &document.missing_credits, missing_credit::insert)?;
    insert_each(tx, &document.bindings, binding::insert)?;
    insert_each(tx, &document.plans, planned_spending::insert)?;
    insert_each(tx, &document.premiums, planned_premium::insert)?;
    insert_each(tx, &document.policies, policy_file::insert)?;
    insert_each(tx, &document.credit_days, credit_day::insert)
}

fn insert_each<T>(
    tx: &Tx<'_>,
    rows: &[T],
    insert: impl Fn(&Tx<'_>, &T) -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    rows.iter().try_for_each(|row| insert(tx, row))
}

impl Ledger {
    /// 家庭 — the whole document.
    pub fn household(&self) -> Result<Household, StoreError> {
        self.document(entry::all(self)?)
    }

    /// The document with an empty list of entries: all that an overview needs beside balances.
    pub fn household_without_entries(&self) -> Result<Household, StoreError> {
        self.document(Vec::new())
    }

    /// 家庭名称 — nothing before the household has been set up.
    pub fn household_name(&self) -> Result<Option<String>, StoreError> {
        self.row(TABLE, SELECT, [], |row| row.get("name"))
    }

    /// 是否演示家庭
    pub fn is_demo(&self) -> Result<bool, StoreError> {
        let demo = self.row(TABLE, SELECT, [], |row| row.get("demo"))?;
        Ok(demo.unwrap_or(false))
    }

    fn document(&self, entries: Vec<Entry>) -> Result<Household, StoreError> {
        Ok(Household {
            name: self.household_name()?.unwrap_or_default(),
            demo: self.is_demo()?,
            members: member::all(self)?,
            enrollments: enrollment::all(self)?,
            accounts: account::all(self)?,
            entries,
            stated_balances: stated_balance::all(self)?,
            stated_counters: stated_counter::all(self)?,
            credit_days: credit_day::all(self)?,
            missing_credits: missing_credit::all(self)?,
            bindings: binding::all(self)?,
            plans: planned_spending::all(self)?,
            premiums: planned_premium::all(self)?,
            settlements: settlement::all(self)?,
            policies: policy_file::all(self)?,
        })
    }
}
