//! 预测的结果 — what a projection says, day by day and month by month.

use std::sync::Arc;

use chrono::NaiveDate;
use gongji_domain::{
    AccountId, Amount, MemberId, Message, Month, Open, PlanItemId, PlannedPremiumId, PolicyUsed,
    SourceRef, Step, SubAccountId,
};
use serde::{Deserialize, Serialize};
use specta::Type;

use crate::project::{Addend, CashMonth, Fork, MoneyToReturn, SharedMoney};

/// 预测 — from the day after `from` to `until`. Everything up to `from` is record, never projected.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct Projection {
    /// 实际至
    pub from: NaiveDate,
    /// 预测到
    pub until: NaiveDate,
    /// 事件，按日
    pub events: Vec<ProjectedEvent>,
    /// 逐月，按月、成员
    pub months: Vec<MonthRow>,
    /// 每位成员的结论
    pub members: Vec<MemberOutlook>,
    /// 全家要付现金的月份
    pub cash: Vec<CashMonth>,
    /// 全家要付现金最多的一个月
    pub cash_peak: Option<CashMonth>,
    /// 共济：谁的钱给谁用，一共多少
    pub shared: Vec<SharedMoney>,
    /// 预计退休的人：接着工作、退休，两条线各怎样
    pub forks: Vec<Fork>,
    /// 未定之处
    pub unknown: Vec<Open>,
    /// 用到的政策
    pub policy: PolicyUsed,
}

/// 事件的种类
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Type,
)]
#[serde(rename_all = "snake_case")]
pub enum EventKind {
    /// 划入
    Credit,
    /// 应到而未记的划入（日期已过）
    OverdueCredit,
    /// 计划支出
    Spending,
    /// 计划缴费
    Premium,
    /// 用现金补上透支
    Repayment,
    /// 年度更替：累计数归零
    YearEnd,
    /// 身份、年龄变化使规则改变
    Change,
    /// 账户用完
    RunOut,
    /// 年度结束后一次结的补充层
    YearlyLayer,
}

/// 事件 — something that is expected to happen on a day, with what it does to the member's account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct ProjectedEvent {
    /// 最早
    pub earliest: NaiveDate,
    /// 最晚（也用来排先后、算余额）
    pub on: NaiveDate,
    /// 成员
    pub member: MemberId,
    /// 种类
    pub kind: EventKind,
    /// 说明
    pub what: Arc<Message>,
    /// 本人医保账户的变化
    pub change: Amount,
    /// 本人医保账户的余额（之后）
    pub balance: Amount,
    /// 支出的分担，按付款方
    pub split: Option<EventSplit>,
    /// 哪一项计划
    pub plan: Option<PlanItemId>,
    /// 哪一项计划缴费
    pub premium: Option<PlannedPremiumId>,
    /// 划入所属月份；缴费的，那个年度的第一个月
    pub for_month: Option<Month>,
    /// 应划（毛额）
    pub gross: Option<Amount>,
    /// 代扣
    pub withheld: Option<Amount>,
    /// 算式
    pub formula: Option<String>,
    /// 账户的各部分各变化多少 — where the request asks for every step; parts that stay as they are are left out.
    pub parts: Vec<PartChange>,
    /// 依据
    pub ground: Ground,
    /// 怎样结的，一步一步 — of a bill, where the request asks for it; of several readings the one under which
    /// most is paid in cash.
    pub steps: Arc<[Step]>,
    /// 出处
    pub sources: Arc<[SourceRef]>,
    /// 沿用旧数，未公布
    pub assumed: bool,
    /// 只在哪种可能里有；都有的没有
    pub only: Option<Message>,
}

/// 依据 — what an event rests on.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Type,
)]
#[serde(rename_all = "snake_case")]
pub enum Ground {
    /// 规则：出处列在 `sources`
    Rule,
    /// 家里自己记下的：参保经历、本人填写的数
    Record,
    /// 照以往到账的数推断
    Learned,
    /// 没有收进来的规则
    NoRule,
}

/// 账户一部分的变化
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct PartChange {
    /// 子账户
    pub sub: SubAccountId,
    /// 增（正）减（负）
    pub change: Amount,
}

/// 一次支出谁付多少
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct EventSplit {
    /// 总额
    pub total: Amount,
    /// 各基金合计
    pub fund_paid: Amount,
    /// 本人账户
    pub own_account_paid: Amount,
    /// 共济
    pub mutual_aid_paid: Amount,
    /// 各授权人
    pub aid: Vec<DonorShare>,
    /// 现金
    pub cash_paid: Amount,
}

/// 一位授权人替别人付了多少
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct DonorShare {
    /// 授权人
    pub donor: MemberId,
    /// 金额
    pub paid: Amount,
    /// 授权人余额（之后）
    pub balance: Amount,
}

/// 一位成员的一个月
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct MonthRow {
    /// 月份
    pub month: Month,
    /// 成员
    pub member: MemberId,
    /// 月初余额
    pub opening: Amount,
    /// 划入（净额）
    pub credited: Amount,
    /// 本人账户为自己支付
    pub own_paid: Amount,
    /// 本人账户为家人支付
    pub aid_given: Amount,
    /// 家人账户为自己支付
    pub aid_taken: Amount,
    /// 现金
    pub cash_paid: Amount,
    /// 月末余额
    pub closing: Amount,
    /// 月内最低
    pub lowest: Amount,
    /// 含沿用的数
    pub assumed: bool,
}

/// 一位成员的前景
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct MemberOutlook {
    /// 成员
    pub member: MemberId,
    /// 医保账户；没有账户则无
    pub account: Option<AccountId>,
    /// 起点余额
    pub balance: Amount,
    /// 下一次划入
    pub next_credit: Option<NextCredit>,
    /// 下一次划入之前的最低点
    pub lowest_before_credit: Option<LowPoint>,
    /// 整个预测期的最低点
    pub lowest: Option<LowPoint>,
    /// 用完
    pub run_out: Option<RunOut>,
    /// 第一次要付现金
    pub first_cash: Option<LowPoint>,
    /// 整个预测期一共要付的现金
    pub cash: Amount,
    /// 这些现金是哪几样加起来的
    pub cash_of: Vec<Addend>,
    /// 要付现金最多的一个月
    pub cash_peak: Option<CashMonth>,
    /// 从某个月起停保，要退回多少 — only where credits are advanced; two years at most.
    pub to_return: Vec<MoneyToReturn>,
}

/// 下一次划入
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct NextCredit {
    /// 子账户
    pub sub: SubAccountId,
    /// 所属月份
    pub for_month: Month,
    /// 最早；无则日子未知
    pub earliest: Option<NaiveDate>,
    /// 最晚；无则日子未知
    pub latest: Option<NaiveDate>,
    /// 日子从哪里来
    pub day: DayKnown,
    /// 毛额
    pub gross: Amount,
    /// 代扣
    pub withheld: Amount,
    /// 净额
    pub net: Amount,
    /// 算式
    pub formula: Option<String>,
    /// 出处
    pub sources: Arc<[SourceRef]>,
    /// 沿用旧数
    pub assumed: bool,
    /// 规则没有写明，照以往到账的数推断
    pub learned: bool,
}

/// 到账日从哪里来
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Type,
)]
#[serde(rename_all = "snake_case")]
pub enum DayKnown {
    /// 规则写明
    Rule,
    /// 本人填写
    Stated,
    /// 规则只给出范围
    Range,
    /// 规则没有写，照以往到账的日子
    Learned,
    /// 未知
    Unknown,
}

/// 最低点
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct LowPoint {
    /// 哪天
    pub on: NaiveDate,
    /// 多少
    pub amount: Amount,
    /// 从哪件事来；没有事件的，是起点的余额
    pub because: Option<Because>,
}

/// 来由 — the event that a figure comes from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct Because {
    /// 说明
    pub what: Arc<Message>,
    /// 算式
    pub formula: Option<String>,
    /// 出处
    pub sources: Arc<[SourceRef]>,
}

/// 用完 — the first day on which the own account cannot pay all it is asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct RunOut {
    /// 最早哪天
    pub earliest: NaiveDate,
    /// 最晚哪天；无则另一种读法下不会用完
    pub latest: Option<NaiveDate>,
    /// 因为哪一项计划
    pub plan: Option<PlanItemId>,
    /// 因为哪一项计划缴费
    pub premium: Option<PlannedPremiumId>,
    /// 当天账户差多少 — what relatives and cash have to pay in its place
    pub short: Amount,
    /// 从哪件事来
    pub because: Option<Because>,
}
