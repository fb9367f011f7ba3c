//! 首次设置 — what the front ends see of it.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use gongji_domain::{EmploymentStatus, PoolId, Relation, Scheme, Special, SubAccountId, Yuan};
use serde::{Deserialize, Serialize};
use specta::Type;

/// 首次设置 — one family; saving it is one step.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(deny_unknown_fields)]
pub struct SetupDraft {
    /// 家庭名称
    pub name: String,
    /// 成员
    pub members: Vec<MemberDraft>,
    /// 绑定，成员以 `members` 中的位置（从 0 起）表示
    pub bindings: Vec<SetupBinding>,
}

/// 一位成员的草稿
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(deny_unknown_fields)]
pub struct MemberDraft {
    /// 姓名
    pub name: String,
    /// 出生日期
    pub born: Option<NaiveDate>,
    /// 参保；无则先不填
    pub enrollment: Option<EnrollmentDraft>,
    /// 医保账户余额，按子账户
    pub balances: BTreeMap<SubAccountId, Yuan>,
    /// 余额截至
    pub balances_as_of: Option<NaiveDate>,
    /// 现金账户余额
    pub cash: Option<Yuan>,
    /// 本年度累计数
    pub counters: BTreeMap<String, String>,
    /// 累计数截至
    pub counters_as_of: Option<NaiveDate>,
    /// 每月到账日
    pub credit_day: Option<u32>,
}

/// 参保的草稿
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(deny_unknown_fields)]
pub struct EnrollmentDraft {
    /// 统筹区
    pub pool: PoolId,
    /// 险种
    pub scheme: Scheme,
    /// 参保方式
    pub plan: String,
    /// 参保状态
    pub status: EmploymentStatus,
    /// 自
    pub from: NaiveDate,
    /// 至（含）；没有的，到下一段开始为止
    pub until: Option<NaiveDate>,
    /// 缴费基数
    pub contribution_base: Option<Yuan>,
    /// 退休日期
    pub retired_on: Option<NaiveDate>,
    /// 累计缴费月数
    pub insured_months: Option<u32>,
    /// 特殊身份
    pub special: Special,
    /// 本人养老金（每月）
    pub pension: Option<Yuan>,
    /// 固定划入额
    pub frozen_credit: Option<Yuan>,
    /// 原单位性质
    pub employer: Option<String>,
    /// 首次参保
    pub first_enrollment: bool,
    /// 此前断缴的月份补缴了没有；无则没有记
    pub back_paid: Option<bool>,
    /// 补缴日
    pub back_paid_on: Option<NaiveDate>,
}

/// 首次设置里的绑定
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(deny_unknown_fields)]
pub struct SetupBinding {
    /// 授权人（位置）
    pub donor: u32,
    /// 使用人（位置）
    pub recipient: u32,
    /// 使用人是授权人的什么人
    pub relation: Relation,
    /// 绑定日期
    pub bound_on: NaiveDate,
}
