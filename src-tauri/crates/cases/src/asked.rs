//! The shape of cases that ask a rule alone: what a year of insurance costs, and the like.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use gongji_domain::{Contributions, EmploymentStatus, Part, PoolId, Scheme, Special, Yuan};
use gongji_policy::AidKind;
use serde::Deserialize;

use super::file::{Expected, Kind};

/// 缴费算例
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PremiumCase {
    /// 名称
    pub name: String,
    /// 种类
    pub kind: Kind,
    /// 出自哪一页
    pub from_page: Option<String>,
    /// 手算的一行
    pub why: Option<String>,
    /// 谁算的
    pub by: Option<String>,
    /// 统筹区
    pub pool: Option<PoolId>,
    /// 险种
    pub scheme: Option<Scheme>,
    /// 参保方式
    pub plan: Option<String>,
    /// 参保人
    #[serde(default)]
    pub member: PremiumMember,
    /// 哪一年的；不写为 `on` 那天正在收的一年
    pub year: Option<i32>,
    /// 按哪一天知道的；不写为那一年年底
    pub on: Option<NaiveDate>,
    /// 应得：year、amount、window_from、window_until、extension_from、extension_until、wait_after、
    /// assumed、known
    pub expect: BTreeMap<String, Expected>,
    /// 应当未定的
    #[serde(default)]
    pub unknown: Vec<String>,
}

/// 缴费的参保人
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct PremiumMember {
    /// 参保状态；不写为 active
    pub status: Option<EmploymentStatus>,
    /// 出生日期
    pub born: Option<NaiveDate>,
    /// 特殊身份
    pub special: Special,
    /// 档次、人群
    pub tier: Option<String>,
    /// 单位性质
    pub employer: Option<String>,
    /// 是否连续参保
    pub continuing: Option<bool>,
    /// 连续缴费年数
    pub continuous_years: Option<u32>,
}

/// 转账算例
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TransferCase {
    /// 名称
    pub name: String,
    /// 种类
    pub kind: Kind,
    /// 出自哪一页
    pub from_page: Option<String>,
    /// 手算的一行
    pub why: Option<String>,
    /// 谁算的
    pub by: Option<String>,
    /// 统筹区
    pub pool: Option<PoolId>,
    /// 险种
    pub scheme: Option<Scheme>,
    /// 哪一种共济
    pub of: AidKind,
    /// 哪天
    pub on: NaiveDate,
    /// 几点，如 "21:59"；不写为不看时段
    pub at: Option<String>,
    /// 账户里有多少；不写为不知道
    pub balance: Option<Yuan>,
    /// 想转多少；不写为能转多少转多少
    pub wished: Option<Yuan>,
    /// 这一天（或这个月）已经转了几次
    #[serde(default)]
    pub done: u32,
    /// 没用完的共济额度
    #[serde(default)]
    pub quotas: Vec<Yuan>,
    /// 应得：allowed、in_period、available、reason、if_not_accepted
    pub expect: BTreeMap<String, Expected>,
    /// 应当未定的
    #[serde(default)]
    pub unknown: Vec<String>,
}

/// 待遇算例
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StandingCase {
    /// 名称
    pub name: String,
    /// 种类
    pub kind: Kind,
    /// 出自哪一页
    pub from_page: Option<String>,
    /// 手算的一行
    pub why: Option<String>,
    /// 谁算的
    pub by: Option<String>,
    /// 统筹区
    pub pool: Option<PoolId>,
    /// 险种
    pub scheme: Option<Scheme>,
    /// 参保与缴费的经过
    #[serde(default)]
    pub contributions: Contributions,
    /// 退休日期
    pub retired_on: Option<NaiveDate>,
    /// 哪天
    pub on: NaiveDate,
    /// 应得：standing、since、until、share、resets、retired_from
    pub expect: BTreeMap<String, Expected>,
    /// 应当未定的
    #[serde(default)]
    pub unknown: Vec<String>,
}

/// 放假安排算例
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CalendarCase {
    /// 名称
    pub name: String,
    /// 种类
    pub kind: Kind,
    /// 出自哪一页
    pub from_page: Option<String>,
    /// 手算的一行
    pub why: Option<String>,
    /// 谁算的
    pub by: Option<String>,
    /// 统筹区
    pub pool: Option<PoolId>,
    /// 险种
    pub scheme: Option<Scheme>,
    /// 哪一年
    pub year: i32,
    /// 哪天知道的
    pub on: NaiveDate,
    /// 应得：off、works、known
    pub expect: BTreeMap<String, Expected>,
}

/// 机构归类算例
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClassCase {
    /// 名称
    pub name: String,
    /// 种类
    pub kind: Kind,
    /// 出自哪一页
    pub from_page: Option<String>,
    /// 手算的一行
    pub why: Option<String>,
    /// 谁算的
    pub by: Option<String>,
    /// 统筹区
    pub pool: Option<PoolId>,
    /// 险种
    pub scheme: Option<Scheme>,
    /// 待遇
    pub part: Option<Part>,
    /// 机构
    pub institution: InstitutionFacts,
    /// 哪天
    pub on: NaiveDate,
    /// 应得：class、candidates
    pub expect: BTreeMap<String, Expected>,
    /// 应当未定的
    #[serde(default)]
    pub unknown: Vec<String>,
}

/// 机构；不写为不知道
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct InstitutionFacts {
    /// 名称
    pub name: Option<String>,
    /// 医院、药店、社区……
    pub kind: Option<String>,
    /// 等级
    pub level: Option<String>,
    /// 隶属
    pub owner: Option<String>,
    /// 等次
    pub grade: Option<String>,
    /// 价格类别
    pub price_class: Option<String>,
    /// 中医
    pub tcm: Option<bool>,
    /// 儿童医院
    pub children: Option<bool>,
    /// 开处方的机构归在哪一类
    pub prescriber: Option<String>,
}

/// 退费算例
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RefundCase {
    /// 名称
    pub name: String,
    /// 种类
    pub kind: Kind,
    /// 出自哪一页
    pub from_page: Option<String>,
    /// 手算的一行
    pub why: Option<String>,
    /// 谁算的
    pub by: Option<String>,
    /// 退哪一张单：同一文件里那一题的名称
    pub of: String,
    /// 退多少
    pub amount: Yuan,
    /// 哪天退；不写为结算那天
    pub on: Option<NaiveDate>,
    /// 应得：cash、own_account、mutual_aid、pool……，own.<子账户>、aid.<姓名>、so_far.<累计数>、beyond
    pub expect: BTreeMap<String, Expected>,
    /// 应当未定的
    #[serde(default)]
    pub unknown: Vec<String>,
}
