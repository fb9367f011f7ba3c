//! 成员、账户与分录 — what the front ends see of it.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use gongji_domain::{
    AccountId, AccountKind, Enrollment, EnrollmentId, EntryId, EntryKind, Member, MemberId,
    Message, Month, Overdraft, PoolId, SettlementId, SubAccountId, Yuan,
};
use gongji_engine::BalanceExplained;
use serde::{Deserialize, Serialize};
use specta::Type;

use crate::{PlanView, PremiumView};

/// 子账户余额
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct SubBalance {
    /// 子账户；现金账户没有
    pub sub: Option<SubAccountId>,
    /// 名称
    pub name: String,
    /// 余额
    pub balance: Yuan,
    /// 能不能提现
    pub withdrawable: bool,
}

/// 成员详情
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct MemberDetail {
    /// 成员
    pub member: Member,
    /// 参保关系，早的在前
    pub enrollments: Vec<Enrollment>,
    /// 中间断开的各段，早的在前
    pub gaps: Vec<EnrollmentGap>,
    /// 参保地名称，按统筹区
    pub places: BTreeMap<PoolId, String>,
    /// 账户
    pub accounts: Vec<AccountView>,
    /// 累计数的现值
    pub counters: Vec<CounterNow>,
    /// 本人填写的到账日
    pub credit_day: Option<u32>,
    /// 计划支出
    pub plans: Vec<PlanView>,
    /// 计划缴费
    pub premiums: Vec<PremiumView>,
    /// 接下来要缴哪个年度的居民医保费；不是居民的没有
    pub premium_year: Option<i32>,
    /// 家人的账户替这位成员付的，新的在前
    pub paid_for: Vec<PaidForRow>,
}

/// 断开的一段 — in which no enrollment is recorded: between two of them, or since the last one ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct EnrollmentGap {
    /// 自
    pub from: NaiveDate,
    /// 至（含）；到今天还断着的没有
    pub until: Option<NaiveDate>,
    /// 断了几个月
    pub months: u32,
    /// 恢复以后的那一段
    pub before: Option<EnrollmentId>,
}

/// 家人的账户付的一笔
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct PaidForRow {
    /// 编号
    pub id: EntryId,
    /// 哪天
    pub on: NaiveDate,
    /// 种类
    pub kind: EntryKind,
    /// 谁的账户
    pub by: String,
    /// 那个账户的增减
    pub amount: Yuan,
}

/// 账户视图
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct AccountView {
    /// 账户
    pub id: AccountId,
    /// 种类
    pub kind: AccountKind,
    /// 名称
    pub name: String,
    /// 从哪天起记账
    pub opened_on: NaiveDate,
    /// 各子账户余额
    pub subs: Vec<SubBalance>,
    /// 合计
    pub balance: Yuan,
    /// 最近的核对
    pub checks: Vec<BalanceCheck>,
    /// 本人说的可透支额
    pub overdraft: Option<Overdraft>,
    /// 最近一笔划入的所属月份
    pub last_credited: Option<Month>,
}

/// 余额核对 — what was stated, what the record says, and the difference.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct BalanceCheck {
    /// 截至
    pub as_of: NaiveDate,
    /// 子账户
    pub sub: Option<SubAccountId>,
    /// 填写的余额
    pub stated: Yuan,
    /// 记录算出的余额
    pub recorded: Yuan,
    /// 差额 = 填写 − 记录
    pub difference: Yuan,
    /// 是不是从这个数记起 — then it is no check: nothing was recorded before.
    pub began: bool,
    /// 差额的来历 — of the newest check of each sub-account where they differ.
    pub explained: Option<BalanceExplained>,
}

/// 累计数的现值
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct CounterNow {
    /// 标识
    pub id: String,
    /// 名称
    pub name: String,
    /// 是次数
    pub is_count: bool,
    /// 现值；无则未知
    pub value: Option<String>,
    /// 填写的截至日
    pub stated_as_of: Option<NaiveDate>,
    /// 之后又记了几笔结算
    pub recorded_since: u32,
    /// 本年度起
    pub year_from: NaiveDate,
}

/// 账户的一页分录
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct EntryPage {
    /// 行，新的在前
    pub rows: Vec<EntryRow>,
    /// 一共几行
    pub total: u32,
}

/// 分录的一行 — a corrected entry is one line: what stands now, and what it was.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct EntryRow {
    /// 编号
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
    /// 增减
    pub amount: Yuan,
    /// 之后的余额
    pub balance: Yuan,
    /// 更正前的金额
    pub was: Option<Yuan>,
    /// 更正前的日期
    pub was_on: Option<NaiveDate>,
    /// 属于哪一次结算
    pub settlement: Option<SettlementId>,
    /// 为谁付的 — where it was not for the owner of the account.
    pub for_member: Option<MemberId>,
    /// 那个人的姓名
    pub for_whom: Option<String>,
    /// 同一笔里别的账户
    pub others: Vec<OtherAccount>,
}

/// 同一笔里别的账户
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct OtherAccount {
    /// 谁的
    pub member: String,
    /// 是不是同一个人的
    pub same_member: bool,
    /// 账户名称
    pub name: String,
    /// 那边的增减
    pub amount: Yuan,
    /// 是不是进了医保钱包
    pub in_wallet: bool,
}

/// 记一笔
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(deny_unknown_fields)]
pub struct EntryDraft {
    /// 账户
    pub account: AccountId,
    /// 子账户
    pub sub: Option<SubAccountId>,
    /// 日期
    pub on: NaiveDate,
    /// 所属月份
    pub for_month: Option<Month>,
    /// 种类
    pub kind: EntryKind,
    /// 摘要
    pub memo: String,
    /// 增（正）减（负）
    pub amount: Yuan,
    /// 替谁付的 — of spending; none for the owner of the account.
    pub for_member: Option<MemberId>,
}

/// 从更早的日子记起
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(deny_unknown_fields)]
pub struct BeginningDraft {
    /// 账户
    pub account: AccountId,
    /// 新的开始记账的日子
    pub on: NaiveDate,
    /// 那天终了各部分的余额
    pub balances: Vec<BeginningBalance>,
}

/// 开始记账时一部分的余额
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(deny_unknown_fields)]
pub struct BeginningBalance {
    /// 子账户；现金账户没有
    pub sub: Option<SubAccountId>,
    /// 余额
    pub amount: Yuan,
}

/// 填写余额
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(deny_unknown_fields)]
pub struct BalanceDraft {
    /// 账户
    pub account: AccountId,
    /// 子账户
    pub sub: Option<SubAccountId>,
    /// 截至
    pub as_of: NaiveDate,
    /// 余额
    pub amount: Yuan,
    /// 差额是否记一笔调整
    pub book_difference: bool,
}

/// 填写累计数
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(deny_unknown_fields)]
pub struct CounterDraft {
    /// 成员
    pub member: MemberId,
    /// 累计数
    pub counter: String,
    /// 截至
    pub as_of: NaiveDate,
    /// 数值
    pub value: String,
}

/// 可透支额 — what the member knows about an account, and from where.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(deny_unknown_fields)]
pub struct OverdraftDraft {
    /// 最多能透支多少
    pub limit: Yuan,
    /// 从哪里知道的
    pub source: String,
    /// 低于零以后最迟几个月要用现金补上，1 到 12；由以后的划入补的不写
    pub repay_within: Option<u32>,
}

/// 看过的分录表 — what importing it would do; nothing is recorded yet.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct TablePreview {
    /// 会记下的笔数；有读不了的行就是零
    pub entries: u32,
    /// 已经记过、不会再记的笔数
    pub duplicates: u32,
    /// 它们在文件里的行号，最多列二百行
    pub duplicate_lines: Vec<u32>,
    /// 有几处读不了
    pub faults: u32,
    /// 读不了的行，最多列二百行
    pub fault_lines: Vec<TableFault>,
    /// 有几处可疑：会记下，但是表单不会收
    pub doubts: u32,
    /// 可疑的行，最多列二百行
    pub doubt_lines: Vec<TableFault>,
    /// 看的是哪一份文件
    pub seen: String,
}

/// 分录表里读不了的、可疑的一行
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct TableFault {
    /// 第几行
    pub line: u32,
    /// 什么不对
    pub what: Message,
    /// 怎么办，没有写在 `what` 里的
    pub hint: Option<Message>,
}
