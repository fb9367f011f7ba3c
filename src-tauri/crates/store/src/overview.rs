//! What the screens ask all the time, answered by SQL over an index.

mod page;

use std::collections::BTreeMap;

use chrono::NaiveDate;
use gongji_domain::{
    AccountId, EntryId, EntryKind, MemberId, Month, SettlementId, SubAccountId, Yuan,
};

use crate::stored::values;
use crate::{Ledger, StoreError};

/// 账户的一页分录
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EntryPage {
    /// Lines, newest first.
    pub lines: Vec<EntryLine>,
    /// 一共几行
    pub total: u32,
}

/// 分录的一行 — one entry in one sub-account, its corrections folded in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EntryLine {
    /// 编号 — of the entry that was first recorded; a further correction names it.
    pub id: EntryId,
    /// 到账（发生）日
    pub on: NaiveDate,
    /// 所属月份
    pub for_month: Option<Month>,
    /// 种类
    pub kind: EntryKind,
    /// 摘要
    pub memo: String,
    /// 子账户
    pub sub: Option<SubAccountId>,
    /// 增减 — what stands now.
    pub amount: Yuan,
    /// 之后的余额
    pub balance: Yuan,
    /// 更正前的金额 — of a corrected entry.
    pub was: Option<Yuan>,
    /// 更正前的日期 — of a corrected entry.
    pub was_on: Option<NaiveDate>,
    /// 属于哪一次结算
    pub settlement: Option<SettlementId>,
    /// 为谁付的 — as was recorded, or the patient of the settlement.
    pub for_member: Option<MemberId>,
    /// 同一笔里别的账户
    pub others: Vec<OtherSide>,
}

/// 同一笔里别的账户 — and how it changed there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OtherSide {
    /// 账户
    pub account: AccountId,
    /// 增减
    pub amount: Yuan,
    /// 是不是进了医保钱包
    pub in_wallet: bool,
}

/// 家人付的 — what others' accounts paid for a member.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PaidForMember {
    /// 编号 — of the entry that was first recorded.
    pub entry: EntryId,
    /// 日期
    pub on: NaiveDate,
    /// 种类
    pub kind: EntryKind,
    /// 付钱的账户
    pub account: AccountId,
    /// 增减 of that account — what stands now.
    pub amount: Yuan,
}

/// 月末余额
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MonthClosing {
    /// 账户
    pub account: AccountId,
    /// 月份
    pub month: Month,
    /// 月末余额
    pub balance: Yuan,
}

/// 已记的划入 — with the month it is for, corrections folded in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CreditSeen {
    /// 编号 — of the entry that was first recorded.
    pub entry: EntryId,
    /// 账户
    pub account: AccountId,
    /// 子账户
    pub sub: Option<SubAccountId>,
    /// 所属月份
    pub month: Month,
    /// 到账日
    pub on: NaiveDate,
    /// 净额
    pub amount: Yuan,
}

/// The months before that of the day, and the days of its own.
const BALANCES: &str = "SELECT account, nullif(sub, '') AS sub, sum(fen) AS fen FROM (
        SELECT account, sub, fen FROM account_month WHERE month < substr(?1, 1, 7)
        UNION ALL
        SELECT account, coalesce(sub, ''), fen FROM leg
        WHERE account IN (SELECT id FROM account)
            AND day BETWEEN substr(?1, 1, 7) || '-01' AND ?1)
    GROUP BY account, sub ORDER BY account, sub";

const BALANCE: &str = "SELECT ?1 AS account, sum(fen) AS fen FROM (
        SELECT fen FROM account_month
        WHERE account = ?1 AND (?2 IS NULL OR sub = ?2) AND month < substr(?3, 1, 7)
        UNION ALL
        SELECT fen FROM leg
        WHERE account = ?1 AND (?2 IS NULL OR sub = ?2)
            AND day BETWEEN substr(?3, 1, 7) || '-01' AND ?3)";

const BELOW_SINCE: &str = "WITH closing AS (
        SELECT day, sum(sum(fen)) OVER (ORDER BY day) AS fen FROM leg
        WHERE account = ?1 AND day <= ?2 GROUP BY day
    )
    SELECT ?1 AS account, min(day) AS day FROM closing
    WHERE day > coalesce((SELECT max(day) FROM closing WHERE fen >= 0), '')";

const MONTHLY: &str = "SELECT account, month,
        sum(fen) OVER (
            PARTITION BY account ORDER BY month ROWS UNBOUNDED PRECEDING) AS fen
    FROM (SELECT account, month, sum(fen) AS fen FROM account_month GROUP BY account, month)
    ORDER BY account, month";

const PAID_FOR: &str = "
    WITH origin AS (
        SELECT DISTINCT coalesce(corrects, id) AS id FROM entry WHERE for_member = ?1
        UNION
        SELECT DISTINCT coalesce(e.corrects, e.id) FROM settlement s
            JOIN entry e ON e.settlement = s.id
        WHERE s.member = ?1
    ), part AS (
        SELECT origin.id, e.id AS entry FROM origin JOIN entry e ON e.id = origin.id
        UNION ALL
        SELECT origin.id, e.id AS entry FROM origin JOIN entry e ON e.corrects = origin.id
    )
    SELECT part.id, max(e.day) AS day, first.kind, l.account, sum(l.fen) AS fen
    FROM part
    JOIN entry e ON e.id = part.entry
    JOIN entry first ON first.id = part.id
    JOIN leg l ON l.entry = part.entry
    JOIN account a ON a.id = l.account
    WHERE a.owner <> ?1 AND (e.for_member = ?1 OR e.for_member IS NULL AND e.settlement IS NOT NULL)
    GROUP BY part.id, l.account HAVING sum(l.fen) <> 0
    ORDER BY day DESC, part.id DESC, l.account LIMIT ?2";

const CREDITS: &str = "
    WITH origin AS (
        SELECT DISTINCT coalesce(corrects, id) AS id FROM entry WHERE kind = 'credit' AND day >= ?1
    ), part AS (
        SELECT origin.id, e.id AS entry FROM origin JOIN entry e ON e.id = origin.id
        UNION ALL
        SELECT origin.id, e.id AS entry FROM origin JOIN entry e ON e.corrects = origin.id
    ), chain AS (
        SELECT part.id, l.account, l.sub, max(part.entry) AS latest, sum(l.fen) AS fen
        FROM part JOIN leg l ON l.entry = part.entry
        GROUP BY part.id, l.account, l.sub HAVING sum(l.fen) <> 0
    )
    SELECT chain.id, chain.account, chain.sub, chain.fen, latest.day,
        coalesce(latest.for_month, first.for_month) AS for_month
    FROM chain
    JOIN entry first ON first.id = chain.id
    JOIN entry latest ON latest.id = chain.latest
    WHERE latest.day >= ?1 AND coalesce(latest.for_month, first.for_month) IS NOT NULL
        AND latest.kind IN ('credit', 'correction')
    ORDER BY latest.day, chain.id, chain.account, chain.sub";

impl Ledger {
    /// 余额 — of every sub-account at the end of a day; one without an entry by then is left out.
    pub fn balances(
        &self,
        as_of: NaiveDate,
    ) -> Result<Vec<(AccountId, Option<SubAccountId>, Yuan)>, StoreError> {
        self.rows("leg", BALANCES, values![bound(as_of)], |row| {
            Ok((row.get("account")?, row.get("sub")?, row.get("fen")?))
        })
    }

    /// 某日余额 — of one sub-account at the end of a day, or of the whole account.
    pub fn balance_on(
        &self,
        account: AccountId,
        sub: Option<&SubAccountId>,
        day: NaiveDate,
    ) -> Result<Yuan, StoreError> {
        let sum = self.row("leg", BALANCE, values![account, sub, bound(day)], |row| {
            row.get::<Option<Yuan>>("fen")
        })?;
        Ok(sum.flatten().unwrap_or_default())
    }

    /// 每天的余额 — of a part of an account, or the whole, at the close of each day on which it changed.
    pub fn daily_balances(
        &self,
        account: AccountId,
        sub: Option<&SubAccountId>,
    ) -> Result<BTreeMap<NaiveDate, Yuan>, StoreError> {
        let sql = "SELECT day, sum(fen) AS fen FROM leg WHERE account = ?1
            AND (?2 IS NULL OR sub = ?2) GROUP BY day ORDER BY day";
        let changes = self.rows("leg", sql, values![account, sub], |row| {
            Ok((row.get("day")?, row.get::<Yuan>("fen")?))
        })?;
        let mut balance = Yuan::ZERO;
        let closed = changes.into_iter().map(|(day, change)| {
            balance += change;
            (day, balance)
        });
        Ok(closed.collect())
    }

    /// 月末余额 — of every account for each month in which it changed.
    pub fn monthly_closing_balances(&self) -> Result<Vec<MonthClosing>, StoreError> {
        self.rows("leg", MONTHLY, [], |row| {
            Ok(MonthClosing {
                account: row.get("account")?,
                month: row.get("month")?,
                balance: row.get("fen")?,
            })
        })
    }

    /// 家人付的 — what accounts of others paid for a member, newest first.
    pub fn paid_for(&self, member: MemberId, limit: u32) -> Result<Vec<PaidForMember>, StoreError> {
        self.rows("entry", PAID_FOR, values![member, limit], |row| {
            Ok(PaidForMember {
                entry: row.get("id")?,
                on: row.get("day")?,
                kind: row.get("kind")?,
                account: row.get("account")?,
                amount: row.get("fen")?,
            })
        })
    }

    /// 分录数
    pub fn entry_count(&self) -> Result<u32, StoreError> {
        let count = self.integer("SELECT count(*) FROM entry", [])?;
        Ok(u32::try_from(count).unwrap_or(u32::MAX))
    }

    /// 低于零，从哪天起 — of an account that is below zero at the close of `day`: the day since which it has
    /// been; none of one that is not.
    pub fn below_since(
        &self,
        account: AccountId,
        day: NaiveDate,
    ) -> Result<Option<NaiveDate>, StoreError> {
        let values = values![account, day];
        let day = self.row("leg", BELOW_SINCE, values, |row| row.get("day"))?;
        Ok(day.flatten())
    }

    /// 最后一笔的日期
    pub fn last_entry_day(&self, account: AccountId) -> Result<Option<NaiveDate>, StoreError> {
        let sql = "SELECT account, max(day) AS day FROM leg WHERE account = ?1";
        let day = self.row("leg", sql, values![account], |row| row.get("day"))?;
        Ok(day.flatten())
    }

    /// 已记的划入 — those with a month that arrived on `day` or later, by day.
    pub fn credits_since(&self, day: NaiveDate) -> Result<Vec<CreditSeen>, StoreError> {
        self.rows("entry", CREDITS, values![day], |row| {
            Ok(CreditSeen {
                entry: row.get("id")?,
                account: row.get("account")?,
                sub: row.get("sub")?,
                month: row.get("for_month")?,
                on: row.get("day")?,
                amount: row.get("fen")?,
            })
        })
    }
}

/// The latest day that still compares with stored days as text; entries lie well before it.
fn bound(day: NaiveDate) -> NaiveDate {
    NaiveDate::from_ymd_opt(9999, 12, 31).map_or(day, |last| day.min(last))
}

#[cfg(test)]
mod tests;
