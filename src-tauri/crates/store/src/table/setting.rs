//! 设置 — of the program, not of the household: neither undone nor exported.

use crate::stored::values;
use crate::{Ledger, StoreError, Tx};

const SET: &str = "INSERT INTO setting (name, value) VALUES (?1, ?2)
    ON CONFLICT (name) DO UPDATE SET value = excluded.value";

pub(crate) fn set(tx: &Tx<'_>, name: &str, value: &str) -> Result<(), StoreError> {
    let row = values![name.to_owned(), value.to_owned()];
    tx.execute(SET, row).map(drop)
}

impl Ledger {
    /// 设置 — the stored text of a setting.
    pub fn setting(&self, name: &str) -> Result<Option<String>, StoreError> {
        let sql = "SELECT rowid, value FROM setting WHERE name = ?1";
        self.row("setting", sql, values![name.to_owned()], |row| {
            row.get("value")
        })
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::family;

    #[test]
    fn is_kept_outside_undo() {
        let mut store = family();
        let step = store.undo_label().expect("a label");
        assert_eq!(store.setting("theme").expect("nothing"), None);
        for value in ["dark", "light"] {
            store.set_setting("theme", value).expect("stored");
            assert_eq!(
                store.setting("theme").expect("a text").as_deref(),
                Some(value)
            );
        }
        assert_eq!(store.undo_label().expect("a label"), step);
        store.undo().expect("undone");
        assert_eq!(
            store.setting("theme").expect("a text").as_deref(),
            Some("light")
        );
    }
}
