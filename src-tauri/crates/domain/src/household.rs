use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use specta::Type;

use crate::{
    AccountId, BindingId, EmploymentStatus, EnrollmentId, EntryId, EstimateRequest, MemberId,
    Month, PlannedPremium, PlannedSpending, PolicyFileId, PoolId, Relation, Scheme,
    SettlementEstimate, SettlementId, Slip, Special, StatementId, SubAccountId, Yuan,
};

/// 家庭 — the whole record of one household: what the store holds, what the JSON file carries,
/// what a projection starts from. Lists are ordered by number.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(deny_unknown_fields)]
pub struct Household {
    /// 名称
    pub name: String,
    /// 是否演示家庭
    pub demo: bool,
    /// 成员
    pub members: Vec<Member>,
    /// 参保关系
    pub enrollments: Vec<Enrollment>,
    /// 账户
    pub accounts: Vec<Account>,
    /// 分录
    pub entries: Vec<Entry>,
    /// 本人填写的余额
    pub stated_balances: Vec<StatedBalance>,
    /// 本人填写的累计数
    pub stated_counters: Vec<StatedCounter>,
    /// 本人填写的到账日
    pub credit_days: Vec<StatedCreditDay>,
    /// 没有到账的月份
    pub missing_credits: Vec<MissingCredit>,
    /// 共济绑定
    pub bindings: Vec<Binding>,
    /// 计划支出
    pub plans: Vec<PlannedSpending>,
    /// 计划缴费
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub premiums: Vec<PlannedPremium>,
    /// 已记结算
    pub settlements: Vec<RecordedSettlement>,
    /// 自己加的政策文件
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub policies: Vec<HouseholdPolicy>,
}

/// 成员
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(deny_unknown_fields)]
pub struct Member {
    /// 编号
    pub id: MemberId,
    /// 姓名 — two members may share one.
    pub name: String,
    /// 出生日期
    #[serde(default)]
    pub born: Option<NaiveDate>,
    /// 备注
    #[serde(default)]
    pub note: String,
}

/// 参保关系 — where, how and as what a member is insured, from a day until the next one of the same
/// member begins or `until` has passed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(deny_unknown_fields)]
pub struct Enrollment {
    /// 编号
    pub id: EnrollmentId,
    /// 成员
    pub member: MemberId,
    /// 自
    pub from: NaiveDate,
    /// 至（含）
    #[serde(default)]
    pub until: Option<NaiveDate>,
    /// 统筹区
    pub pool: PoolId,
    /// 险种
    pub scheme: Scheme,
    /// 参保方式
    pub plan: String,
    /// 参保状态
    pub status: EmploymentStatus,
    /// 缴费基数（每月，未夹在上下限之间）
    #[serde(default)]
    pub contribution_base: Option<Yuan>,
    /// 退休日期
    #[serde(default)]
    pub retired_on: Option<NaiveDate>,
    /// 累计缴费月数
    #[serde(default)]
    pub insured_months: Option<u32>,
    /// 特殊身份
    #[serde(default)]
    pub special: Special,
    /// 本人养老金（每月）
    #[serde(default)]
    pub pension: Option<Yuan>,
    /// 固定划入额 — where the place froze a sum that differs from person to person: what is credited
    /// each time, for a month or for a year as the rule says.
    #[serde(default)]
    pub frozen_credit: Option<Yuan>,
    /// 原单位性质 — a word of the rows that select on it, such as `enterprise`.
    #[serde(default)]
    pub employer: Option<String>,
    /// 首次参保 — the member had never been in this scheme before, anywhere.
    #[serde(default)]
    pub first_enrollment: bool,
    /// 此前断缴的月份补缴了没有 — of the gap before this enrollment; none where it is not recorded.
    #[serde(default)]
    pub back_paid: Option<bool>,
    /// 补缴日 — none where only the fact is known.
    #[serde(default)]
    pub back_paid_on: Option<NaiveDate>,
}

/// 账户的种类
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Type,
)]
#[serde(rename_all = "snake_case")]
pub enum AccountKind {
    /// 医保个人账户 — split into the sub-accounts that the pool's rules name.
    Insurance,
    /// 现金与银行账户
    Cash,
}

/// 账户
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(deny_unknown_fields)]
pub struct Account {
    /// 编号
    pub id: AccountId,
    /// 所有人
    pub owner: MemberId,
    /// 种类
    pub kind: AccountKind,
    /// 统筹区 — of an insurance account.
    #[serde(default)]
    pub pool: Option<PoolId>,
    /// 名称
    pub name: String,
    /// 开始记账的日子
    pub opened_on: NaiveDate,
    /// 本人说的可透支额 — none unless the member stated one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub overdraft: Option<Overdraft>,
}

/// 本人说的可透支额 — no place with an official overdraft is known, so it is the member's own statement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(deny_unknown_fields)]
pub struct Overdraft {
    /// 最多能透支多少
    pub limit: Yuan,
    /// 从哪里知道的
    pub source: String,
    /// 哪天说的
    pub stated_on: NaiveDate,
    /// 低于零以后最迟几个月要用现金补上，1 到 12；无则由以后的划入补
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub repay_within: Option<u32>,
    /// 现在低于零的，从哪天起 — looked up from the entries for a projection, never written.
    #[serde(skip)]
    pub below_since: Option<NaiveDate>,
}

impl Overdraft {
    /// Whether the months in which it is to be made good, where there are any, are one to twelve.
    pub fn repayment_fits(&self) -> bool {
        self.repay_within
            .is_none_or(|months| (1..=12).contains(&months))
    }

    /// 最迟哪天补上 — for an account that went below zero on `since`; none where credits make it good.
    pub fn repay_by(&self, since: NaiveDate) -> Option<NaiveDate> {
        let months = chrono::Months::new(self.repay_within?);
        Some(since.checked_add_months(months).unwrap_or(NaiveDate::MAX))
    }
}

/// 分录的种类 — names the other side of its legs.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Type,
)]
#[serde(rename_all = "snake_case")]
pub enum EntryKind {
    /// 期初余额
    Opening,
    /// 划入
    Credit,
    /// 代扣
    Withheld,
    /// 看病购药支出
    Spending,
    /// 缴保费
    Premium,
    /// 利息
    Interest,
    /// 转账
    Transfer,
    /// 退费 — gives back what a settlement took.
    Refund,
    /// 取现
    Withdrawal,
    /// 年度清算 — of what was credited in advance; either way.
    Clearing,
    /// 收回 — what had been credited and is taken back.
    TakeBack,
    /// 结转 — from one part of an account into another, as the year turns.
    RollOver,
    /// 账户注销 — what was left is paid out.
    Closing,
    /// 更正 — reverses what it corrects and states it anew.
    Correction,
    /// 核对调整 — books the difference of a stated balance.
    Adjustment,
}

impl EntryKind {
    /// Every kind, in the order of the list.
    pub const ALL: [EntryKind; 15] = [
        EntryKind::Opening,
        EntryKind::Credit,
        EntryKind::Withheld,
        EntryKind::Spending,
        EntryKind::Premium,
        EntryKind::Interest,
        EntryKind::Transfer,
        EntryKind::Refund,
        EntryKind::Withdrawal,
        EntryKind::Clearing,
        EntryKind::TakeBack,
        EntryKind::RollOver,
        EntryKind::Closing,
        EntryKind::Correction,
        EntryKind::Adjustment,
    ];

    /// The word used in files and on the wire.
    pub fn word(self) -> &'static str {
        match self {
            EntryKind::Opening => "opening",
            EntryKind::Credit => "credit",
            EntryKind::Withheld => "withheld",
            EntryKind::Spending => "spending",
            EntryKind::Premium => "premium",
            EntryKind::Interest => "interest",
            EntryKind::Transfer => "transfer",
            EntryKind::Refund => "refund",
            EntryKind::Withdrawal => "withdrawal",
            EntryKind::Clearing => "clearing",
            EntryKind::TakeBack => "take_back",
            EntryKind::RollOver => "roll_over",
            EntryKind::Closing => "closing",
            EntryKind::Correction => "correction",
            EntryKind::Adjustment => "adjustment",
        }
    }
}

/// 分录 — something that happened to one or several accounts. Never overwritten: a correction is a
/// new entry that names the one it corrects.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// 编号
    pub id: EntryId,
    /// 到账（发生）日
    pub on: NaiveDate,
    /// 所属月份 — the month a credit is for; of a resident's premium the first one of its year.
    #[serde(default)]
    pub for_month: Option<Month>,
    /// 种类
    pub kind: EntryKind,
    /// 摘要
    #[serde(default)]
    pub memo: String,
    /// 各账户的增减 — at least one; what is not zero in their sum came from or went to the outside.
    pub legs: Vec<Leg>,
    /// 更正哪一笔
    #[serde(default)]
    pub corrects: Option<EntryId>,
    /// 属于哪一次结算
    #[serde(default)]
    pub settlement: Option<SettlementId>,
    /// 为谁付的 — where money of an account was paid for another member without a settlement.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub for_member: Option<MemberId>,
}

impl Entry {
    /// 最初的那一笔 — the number of the entry that a chain of corrections began with; its own where it
    /// corrects nothing.
    pub fn root(&self) -> EntryId {
        self.corrects.unwrap_or(self.id)
    }
}

/// 分录的一腿 — how one account (and sub-account) changes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(deny_unknown_fields)]
pub struct Leg {
    /// 账户
    pub account: AccountId,
    /// 子账户 — of an insurance account; none for cash.
    #[serde(default)]
    pub sub: Option<SubAccountId>,
    /// 增（正）减（负）
    pub amount: Yuan,
}

/// 本人填写的余额 — what the official app showed at the end of a day; a check, never a posting.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(deny_unknown_fields)]
pub struct StatedBalance {
    /// 编号
    pub id: StatementId,
    /// 账户
    pub account: AccountId,
    /// 子账户
    #[serde(default)]
    pub sub: Option<SubAccountId>,
    /// 截至（当日终）
    pub as_of: NaiveDate,
    /// 余额
    pub amount: Yuan,
}

/// 本人填写的累计数 — a counter of the benefit year at the end of a day; later figures are this one
/// plus what was recorded since.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(deny_unknown_fields)]
pub struct StatedCounter {
    /// 编号
    pub id: StatementId,
    /// 成员
    pub member: MemberId,
    /// 统筹区
    pub pool: PoolId,
    /// 累计数 — the counter's `id` in the pool's rules.
    pub counter: String,
    /// 截至（当日终）
    pub as_of: NaiveDate,
    /// 数值 — yuan (`"1200.00"`) or a count (`"1"`).
    pub value: String,
}

/// 本人填写的到账日 — the day of the month on which this member's credit really arrives.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(deny_unknown_fields)]
pub struct StatedCreditDay {
    /// 成员
    pub member: MemberId,
    /// 每月几日，1 到 31
    pub day: u32,
}

/// 没有到账的月份 — the user looked and the credit was not there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(deny_unknown_fields)]
pub struct MissingCredit {
    /// 账户
    pub account: AccountId,
    /// 所属月份
    pub month: Month,
    /// 哪天看的
    pub noted_on: NaiveDate,
}

/// 共济绑定 — the donor's account may pay the recipient's share.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(deny_unknown_fields)]
pub struct Binding {
    /// 编号
    pub id: BindingId,
    /// 授权人（出钱的人）
    pub donor: MemberId,
    /// 使用人
    pub recipient: MemberId,
    /// 使用人是授权人的什么人
    pub relation: Relation,
    /// 绑定（备案）日期
    pub bound_on: NaiveDate,
    /// 解除日期 — from this day on it no longer pays.
    #[serde(default)]
    pub ended_on: Option<NaiveDate>,
    /// 备案顺序，从 1 起，在同一使用人的绑定之间
    pub rank: u32,
}

/// 已记结算 — a settlement that happened, with the rules that its estimate used.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(deny_unknown_fields)]
pub struct RecordedSettlement {
    /// 编号
    pub id: SettlementId,
    /// 成员
    pub member: MemberId,
    /// 当时的请求
    pub request: EstimateRequest,
    /// 当时的估算 — pins the blocks used.
    pub estimate: SettlementEstimate,
    /// 结算单 — what was really settled, once it was typed in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub slip: Option<Slip>,
}

/// 自己加的政策文件 — kept with the household, so that its figures do not depend on a folder that may
/// be gone tomorrow.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(deny_unknown_fields)]
pub struct HouseholdPolicy {
    /// 编号
    pub id: PolicyFileId,
    /// 在政策库里的位置 — a file of the same path is replaced; below `own/` it is laid over the place's
    /// rules block by block.
    pub path: String,
    /// 属于哪个政策包；本户自己写的没有
    #[serde(default)]
    pub pack: Option<String>,
    /// 哪天加的
    pub added_on: NaiveDate,
    /// 内容（TOML）
    pub text: String,
}
