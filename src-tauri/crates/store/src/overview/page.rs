//! 账户的一页分录 — walked from the newest line back, as far as the page goes.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use gongji_domain::{AccountId, EntryId, SubAccountId, Yuan};

use super::{EntryLine, EntryPage, OtherSide};
use crate::fields::Fields;
use crate::stored::values;
use crate::{Damage, Ledger, StoreError};

/// One entry in one part of the account, newest first; in the order of the index by day.
pub(super) const NEWEST: &str =
    "SELECT entry AS id, entry AS latest, day, sub, sum(fen) AS fen FROM leg
    WHERE account = ?1 AND (?2 IS NULL OR sub = ?2)
    GROUP BY day, entry, sub ORDER BY day DESC, entry DESC, sub DESC";

const COUNT: &str = "SELECT count(*) FROM (SELECT 1 FROM leg
    WHERE account = ?1 AND (?2 IS NULL OR sub = ?2) GROUP BY day, entry, sub)";

/// A chain is an entry with what corrects it; its line stands on the day of its latest entry. There are few
/// of them, which SQLite does not know: they come first, from their index.
const CHAINS: &str = "
    WITH part AS (
        SELECT id AS entry, corrects AS id FROM entry INDEXED BY entry_correction
            WHERE corrects IS NOT NULL
        UNION
        SELECT corrects, corrects FROM entry INDEXED BY entry_correction
            WHERE corrects IS NOT NULL
    ), chain AS (
        SELECT part.id, l.sub, max(part.entry) AS latest, sum(l.fen) AS fen,
            count(DISTINCT part.entry) AS parts
        FROM part CROSS JOIN leg l ON l.entry = part.entry
        WHERE +l.account = ?1 AND (?2 IS NULL OR l.sub = ?2)
        GROUP BY part.id, l.sub
    )
    SELECT chain.id, chain.latest, e.day, chain.sub, chain.fen, chain.parts
    FROM chain CROSS JOIN entry e ON e.id = chain.latest
    ORDER BY e.day DESC, chain.id DESC, chain.sub DESC";

const IN_CHAINS: &str = "
    SELECT id FROM entry INDEXED BY entry_correction WHERE corrects IS NOT NULL
    UNION
    SELECT corrects FROM entry INDEXED BY entry_correction WHERE corrects IS NOT NULL";

const SUM: &str = "SELECT account, sum(fen) AS fen FROM account_month
    WHERE account = ?1 AND (?2 IS NULL OR sub = ?2)";

const DETAIL: &str = "
    SELECT first.id, latest.for_month, latest.memo,
        CASE latest.kind WHEN 'correction' THEN first.kind ELSE latest.kind END AS kind,
        CASE WHEN ?3 THEN (SELECT coalesce(sum(fen), 0) FROM leg
            WHERE entry = ?1 AND +account = ?4 AND +sub IS ?5) END AS was,
        CASE WHEN ?3 THEN first.day END AS was_on,
        coalesce(latest.settlement, first.settlement) AS settlement,
        coalesce(CASE latest.kind WHEN 'correction' THEN first.for_member
            ELSE latest.for_member END, (SELECT member FROM settlement
            WHERE id = coalesce(latest.settlement, first.settlement))) AS for_member
    FROM entry first JOIN entry latest ON latest.id = ?2 WHERE first.id = ?1";

const LEGS: &str = "SELECT account, fen, sub IS 'wallet' AS in_wallet FROM leg WHERE entry = ?1
    UNION ALL
    SELECT l.account, l.fen, l.sub IS 'wallet' FROM entry e JOIN leg l ON l.entry = e.id WHERE e.corrects = ?1";

/// What is known of a line while walking.
struct Step {
    id: EntryId,
    latest: EntryId,
    on: NaiveDate,
    sub: Option<SubAccountId>,
    amount: Yuan,
    corrected: bool,
}

impl Step {
    /// Lines stand by day, then by number, then by part.
    fn place(&self) -> (NaiveDate, EntryId, &Option<SubAccountId>) {
        (self.on, self.id, &self.sub)
    }
}

impl Ledger {
    /// 账户的一页分录 — of one sub-account or the whole account, newest first, with the balance
    /// after each.
    pub fn entries_page(
        &self,
        account: AccountId,
        sub: Option<&SubAccountId>,
        offset: u32,
        limit: u32,
    ) -> Result<EntryPage, StoreError> {
        let of = || values![account, sub];
        let mut parts = 0;
        let chains = self.rows("entry", CHAINS, of(), |row| {
            Ok((step(row, true)?, row.get::<i64>("parts")?))
        })?;
        let count = chains.len();
        let chains = chains.into_iter().map(|(step, of_chain)| {
            parts += of_chain;
            step
        });
        let chains: Vec<Step> = chains.collect();
        let all = self.integer(COUNT, rusqlite::params_from_iter(of()))?;
        let total = all - parts + i64::try_from(count).unwrap_or_default();
        Ok(EntryPage {
            lines: self.page_lines(account, sub, chains, (offset, limit))?,
            total: u32::try_from(total).unwrap_or_default(),
        })
    }

    fn page_lines(
        &self,
        account: AccountId,
        sub: Option<&SubAccountId>,
        chains: Vec<Step>,
        (offset, limit): (u32, u32),
    ) -> Result<Vec<EntryLine>, StoreError> {
        let of = || values![account, sub];
        let sum = self.row("account_month", SUM, of(), |row| {
            row.get::<Option<Yuan>>("fen")
        })?;
        let mut balance = sum.flatten().unwrap_or_default();
        let in_chains = self.rows("entry", IN_CHAINS, [], |row| row.get("id"))?;
        let in_chains: BTreeSet<EntryId> = in_chains.into_iter().collect();
        let mut chains = chains.into_iter().peekable();
        let mut statement = self.connection.prepare_cached(NEWEST)?;
        let mut rows = statement.query(rusqlite::params_from_iter(of()))?;
        let mut next_plain = || -> Result<Option<Step>, StoreError> {
            while let Some(row) = rows.next()? {
                let plain = step(&Fields::new("leg", row), false)?;
                if !in_chains.contains(&plain.id) {
                    return Ok(Some(plain));
                }
            }
            Ok(None)
        };
        let mut plain = next_plain()?;
        let mut lines = Vec::new();
        let mut passed = 0;
        while passed < offset.saturating_add(limit) {
            let chain_first = match (&plain, chains.peek()) {
                (Some(plain), Some(chain)) => chain.place() > plain.place(),
                (None, Some(_)) => true,
                (_, None) => false,
            };
            let next = match chain_first {
                true => chains.next(),
                false => std::mem::replace(&mut plain, next_plain()?),
            };
            let Some(next) = next else { break };
            let after = balance;
            balance -= next.amount;
            passed += 1;
            if passed > offset {
                lines.push(self.line(account, next, after)?);
            }
        }
        Ok(lines)
    }

    fn line(&self, account: AccountId, step: Step, balance: Yuan) -> Result<EntryLine, StoreError> {
        let of = values![step.id, step.latest, step.corrected, account, step.sub];
        let found = self.row("entry", DETAIL, of, |row| {
            Ok(EntryLine {
                id: step.id,
                on: step.on,
                for_month: row.get("for_month")?,
                kind: row.get("kind")?,
                memo: row.get("memo")?,
                sub: step.sub.clone(),
                amount: step.amount,
                balance,
                was: row.get("was")?,
                was_on: row.get("was_on")?,
                settlement: row.get("settlement")?,
                for_member: row.get("for_member")?,
                others: self.other_sides(step.id, account)?,
            })
        })?;
        found.ok_or(StoreError::Damaged(Damage::Check))
    }

    fn other_sides(
        &self,
        entry: EntryId,
        account: AccountId,
    ) -> Result<Vec<OtherSide>, StoreError> {
        let legs = self.rows("leg", LEGS, values![entry], |row| {
            Ok((row.get("account")?, row.get("fen")?, row.get("in_wallet")?))
        })?;
        let mut sums: BTreeMap<AccountId, (Yuan, bool)> = BTreeMap::new();
        for (account, amount, in_wallet) in legs {
            let side = sums.entry(account).or_default();
            *side = (side.0 + amount, side.1 || in_wallet);
        }
        sums.retain(|other, (amount, _)| *other != account && !amount.is_zero());
        let sides = sums.into_iter();
        let sides = sides.map(|(account, (amount, in_wallet))| OtherSide {
            account,
            amount,
            in_wallet,
        });
        Ok(sides.collect())
    }
}

fn step(row: &Fields<'_>, corrected: bool) -> Result<Step, StoreError> {
    Ok(Step {
        id: row.get("id")?,
        latest: row.get("latest")?,
        on: row.get("day")?,
        sub: row.get("sub")?,
        amount: row.get("fen")?,
        corrected,
    })
}
