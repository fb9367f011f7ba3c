//! 计划缴费 — what the front ends see of it and fill in.

use chrono::NaiveDate;
use gongji_domain::{
    Amount, Grade, MemberId, Message, Open, PlannedPremium, Relation, SourceRef, Yuan,
};
use gongji_engine::Allowed;
use serde::{Deserialize, Serialize};
use specta::Type;

/// 计划缴费的草稿
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(deny_unknown_fields)]
pub struct PremiumDraft {
    /// 给谁缴
    pub member: MemberId,
    /// 用谁的个人账户缴；无则付现金
    pub paid_by: Option<MemberId>,
    /// 参保的人是缴费人的什么人；给自己缴、付现金的不写
    pub relation: Option<Relation>,
    /// 第一个年度
    pub from_year: i32,
    /// 最后一个年度；无则一直缴
    pub until_year: Option<i32>,
    /// 第一个年度的，打算哪天缴；无则缴费期的最后一天
    pub pay_on: Option<NaiveDate>,
    /// 每年缴多少，本人知道的；规则没有写明的年度才用。不知道的不写
    pub amount: Option<Yuan>,
}

/// 一项计划缴费
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct PremiumView {
    /// 计划缴费
    pub plan: PlannedPremium,
    /// 用谁的账户
    pub payer: Option<String>,
    /// 接下来要缴的一年；没有了则无
    pub next: Option<PremiumTold>,
}

/// 一个年度的缴费 — what the rules say of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct PremiumTold {
    /// 年度
    pub year: i32,
    /// 个人缴多少
    pub amount: Amount,
    /// 照计划哪天缴；不知道则无
    pub on: Option<NaiveDate>,
    /// 集中缴费期
    pub window: Option<PaymentWindow>,
    /// 延长期（补缴期）
    pub extension: Option<PaymentWindow>,
    /// 之后才缴的等几个月
    pub wait_after: Option<u32>,
    /// 沿用别的年度的数
    pub assumed: bool,
    /// 缴多少是本人填写的
    pub stated: bool,
    /// 出处
    pub source: Option<SourceRef>,
    /// 可信等级
    pub grade: Option<Grade>,
    /// 未定之处
    pub unknown: Vec<Open>,
    /// 家人的账户能不能缴；付现金、用自己账户的没有
    pub payer: Option<PremiumPayerTold>,
}

/// 缴费期
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct PaymentWindow {
    /// 自
    pub from: NaiveDate,
    /// 至（含）
    pub until: NaiveDate,
}

/// 家人的账户能不能缴
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct PremiumPayerTold {
    /// 允不允许
    pub allowed: Allowed,
    /// 理由
    pub reason: Message,
    /// 账户至少留多少；无则不知道
    pub keeps: Option<Yuan>,
    /// 出处
    pub source: Option<SourceRef>,
    /// 可信等级
    pub grade: Option<Grade>,
}
