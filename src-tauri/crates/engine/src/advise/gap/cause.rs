//! 划入的差 — what is told of a credit that is missing or different.

use chrono::NaiveDate;
use gongji_domain::{AccountId, Amount, MemberId, Message, Month, SourceRef, SubAccountId, Yuan};
use serde::{Deserialize, Serialize};
use specta::Type;

/// 差在哪一笔划入
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct CreditGap {
    /// 成员
    pub member: MemberId,
    /// 账户
    pub account: AccountId,
    /// 子账户
    pub sub: SubAccountId,
    /// 所属月份
    pub month: Month,
    /// 最晚应到
    pub due: NaiveDate,
    /// 应到（净额）
    pub expected: Amount,
    /// 到了多少；没有到则无
    pub came: Option<Yuan>,
    /// 可能的原因，最可能的在前，最多三条
    pub causes: Vec<GapCause>,
}

/// 原因的种类 — of equally well founded causes the earlier one stands first.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Type,
)]
#[serde(rename_all = "snake_case")]
pub enum GapKind {
    /// 和别的月份记在一笔里
    Merged,
    /// 记到别的月份了
    OtherMonth,
    /// 记到别的账户了
    OtherAccount,
    /// 已经在填写的余额里
    InBalance,
    /// 缴费晚了或没有缴
    PaidLate,
    /// 这里一向到得晚，或遇到休息日
    ComesLate,
    /// 代扣和预计的不同
    Withheld,
    /// 退休前后换算法
    Retired,
    /// 年龄换档
    Age,
    /// 缴费基数不同
    Base,
    /// 规则换了，还按以前的划
    Rules,
    /// 自己填的固定数变了
    Entered,
    /// 换了参保地、险种或参保方式
    Moved,
    /// 停保、欠费
    Stopped,
}

/// 可能的原因
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct GapCause {
    /// 种类
    pub kind: GapKind,
    /// 说明
    pub what: Message,
    /// 凭什么这样说
    pub evidence: Vec<Message>,
    /// 怎么办
    pub action: Message,
    /// 出处
    pub source: Option<SourceRef>,
}
