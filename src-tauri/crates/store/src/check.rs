use gongji_domain::{
    AccountId, AccountKind, EntryId, RecordedSettlement, SettlementId, Slip, Yuan,
};

use crate::stored::values;
use crate::table::settlement;
use crate::{Ledger, StoreError};

/// 检查的结果 — everything that was found wrong; nothing in it means the record is sound.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CheckReport {
    /// 分录数
    pub entries: u32,
    /// What SQLite's own check of pages, indexes and column rules says.
    pub integrity: Vec<String>,
    /// Tables that hold a row which names a row that is not there.
    pub dangling: Vec<String>,
    /// 没有增减的分录
    pub without_legs: Vec<EntryId>,
    /// 日期与分录不同的腿，按分录
    pub astray_legs: Vec<EntryId>,
    /// 按笔相加与按月记下的增减不等的账户
    pub unequal_balances: Vec<AccountId>,
    /// 分录与结算单不等的结算；没有结算单的，与当时的估算不等
    pub unequal_settlements: Vec<SettlementId>,
}

impl CheckReport {
    /// Whether nothing is wrong.
    pub fn is_sound(&self) -> bool {
        let entries = self.entries;
        *self
            == CheckReport {
                entries,
                ..CheckReport::default()
            }
    }
}

const WITHOUT_LEGS: &str =
    "SELECT id FROM entry WHERE id NOT IN (SELECT entry FROM leg) ORDER BY id";

const ASTRAY: &str = "SELECT DISTINCT e.id FROM leg l JOIN entry e ON e.id = l.entry
    WHERE l.day <> e.day ORDER BY e.id";

const UNEQUAL: &str = "
    WITH by_leg AS (
        SELECT account, coalesce(sub, '') AS sub, substr(day, 1, 7) AS month, sum(fen) AS fen
        FROM leg GROUP BY 1, 2, 3
    ), by_month AS (SELECT account, sub, month, fen FROM account_month)
    SELECT account FROM (SELECT * FROM by_leg EXCEPT SELECT * FROM by_month)
    UNION
    SELECT account FROM (SELECT * FROM by_month EXCEPT SELECT * FROM by_leg)
    ORDER BY account";

/// What the uncorrected entries of a settlement took from accounts of each kind.
const TAKEN: &str = "SELECT a.kind, -sum(l.fen) AS fen
    FROM entry e JOIN leg l ON l.entry = e.id JOIN account a ON a.id = l.account
    WHERE e.settlement = ?1 AND e.corrects IS NULL AND e.kind <> 'refund' GROUP BY a.kind";

/// The same with all corrections: what stands once the slip was typed in.
const TAKEN_NOW: &str = "SELECT a.kind, -sum(l.fen) AS fen
    FROM entry e JOIN leg l ON l.entry = e.id JOIN account a ON a.id = l.account
    WHERE e.settlement = ?1 AND e.kind <> 'refund' GROUP BY a.kind";

impl Ledger {
    /// 检查 — reads everything and compares what can be known in two ways.
    ///
    /// # Errors
    /// When a row cannot be read; what can be read but is wrong stands in the report.
    pub fn check(&self) -> Result<CheckReport, StoreError> {
        let entry = |sql| self.rows("entry", sql, [], |row| row.get("id"));
        let report = CheckReport {
            entries: self.entry_count()?,
            integrity: self.integrity()?,
            dangling: self.texts("SELECT DISTINCT \"table\" FROM pragma_foreign_key_check")?,
            without_legs: entry(WITHOUT_LEGS)?,
            astray_legs: entry(ASTRAY)?,
            unequal_balances: self.unequal_balances()?,
            unequal_settlements: self.unequal_settlements()?,
        };
        // Every stored value must be readable, also where no sum needs it.
        self.household()?;
        Ok(report)
    }

    fn texts(&self, sql: &str) -> Result<Vec<String>, StoreError> {
        let mut statement = self.connection.prepare(sql)?;
        let texts = statement.query_map([], |row| row.get(0))?;
        Ok(texts.collect::<Result<_, _>>()?)
    }

    fn integrity(&self) -> Result<Vec<String>, StoreError> {
        let mut found = self.texts("PRAGMA integrity_check")?;
        found.retain(|line| line != "ok");
        Ok(found)
    }

    /// Balances are added up from months, which repeat what the legs say.
    fn unequal_balances(&self) -> Result<Vec<AccountId>, StoreError> {
        self.rows("account", UNEQUAL, [], |row| row.get("account"))
    }

    /// The entries that recorded a settlement took what its slip says; without one, what the pinned
    /// estimate says, where it is exact.
    fn unequal_settlements(&self) -> Result<Vec<SettlementId>, StoreError> {
        let mut unequal = Vec::new();
        for recorded in settlement::all(self)? {
            let sql = match recorded.slip {
                Some(_) => TAKEN_NOW,
                None => TAKEN,
            };
            let taken = self.rows("account", sql, values![recorded.id], |row| {
                Ok((row.get::<AccountKind>("kind")?, row.get::<Yuan>("fen")?))
            })?;
            let differs = |(kind, taken): &(AccountKind, Yuan)| match &recorded.slip {
                Some(slip) => of_slip(slip, *kind).is_some_and(|said| !said.contains(taken)),
                None => of_estimate(&recorded, *kind).is_some_and(|said| said != *taken),
            };
            if taken.iter().any(differs) {
                unequal.push(recorded.id);
            }
        }
        Ok(unequal)
    }
}

fn of_estimate(recorded: &RecordedSettlement, kind: AccountKind) -> Option<Yuan> {
    let payers = &recorded.estimate.payers;
    match kind {
        AccountKind::Insurance => payers.accounts_paid.exact(),
        AccountKind::Cash => payers.cash_paid.exact(),
    }
}

/// What a slip may have taken from accounts of this kind: the relatives' part only where their account
/// is recorded here. Nothing where the slip leaves it open.
fn of_slip(slip: &Slip, kind: AccountKind) -> Option<Vec<Yuan>> {
    match kind {
        AccountKind::Insurance => {
            let own = slip.own_account_paid()?;
            let aid = slip.mutual_aid_paid.unwrap_or_default();
            Some(vec![own, aid, own + aid])
        }
        AccountKind::Cash => slip.cash_paid.map(|cash| vec![cash]),
    }
}

#[cfg(test)]
mod tests;
