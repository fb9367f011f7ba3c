use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Deserializer, Serialize};
use specta::Type;

use crate::{
    Bill, EmploymentStatus, Month, Part, PoolId, Relation, Scheme, Special, SubAccountId, Yuan,
};

/// 结算请求 — everything one settlement depends on; the same shape on the command line, in cases,
/// and behind the form of the window.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(deny_unknown_fields)]
pub struct EstimateRequest {
    /// 统筹区
    pub pool: PoolId,
    /// 险种
    pub scheme: Scheme,
    /// 参保方式
    #[serde(default = "with_account")]
    pub plan: String,
    /// 待遇
    pub part: Part,
    /// 参保人
    pub member: MemberFacts,
    /// 就诊
    pub visit: Visit,
    /// 本期已发生 — the pool's counters before this bill, yuan or a count, as decimal strings.
    /// Absent, or all zero: this is the first bill of its period and every counter stands at zero.
    /// Otherwise a counter that is left out is unknown.
    #[serde(default, deserialize_with = "figures")]
    #[specta(type = Option<BTreeMap<String, String>>)]
    pub so_far: Option<BTreeMap<String, String>>,
    /// 费用
    pub bill: Bill,
    /// 可用的账户 — absent: the balances are not known.
    #[serde(default)]
    pub payers: Option<PayersAtHand>,
}

/// 参保人的情况 — what rows of the rules select on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(deny_unknown_fields)]
pub struct MemberFacts {
    /// 参保状态
    pub status: EmploymentStatus,
    /// 出生日期
    #[serde(default)]
    pub born: Option<NaiveDate>,
    /// 退休日期
    #[serde(default)]
    pub retired_on: Option<NaiveDate>,
    /// 累计缴费月数
    #[serde(default)]
    pub insured_months: Option<u32>,
    /// 特殊身份
    #[serde(default)]
    pub special: Special,
    /// 缴费档次、人群 — a word of the rows that select on it.
    #[serde(default)]
    pub tier: Option<String>,
    /// 单位性质 — a word of the rows that select on it.
    #[serde(default)]
    pub employer: Option<String>,
    /// 连续缴费年数
    #[serde(default)]
    pub continuous_years: Option<u32>,
    /// 参保与缴费的经过 — absent: the status alone says whether the pool pays.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contributions: Option<Contributions>,
}

/// 参保与缴费的经过 — what decides whether the pool pays on a day; of what is not stated nothing is
/// asked.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(deny_unknown_fields, default)]
pub struct Contributions {
    /// 首次参保的日子
    pub first_insured: Option<NaiveDate>,
    /// 停缴的月份 — the first month without a contribution.
    pub stopped_in: Option<Month>,
    /// 恢复缴费的月份
    pub resumed_in: Option<Month>,
    /// 中断的月份补缴了没有
    pub back_paid: Option<bool>,
}

/// 就诊 — where, when and how the bill is settled.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(deny_unknown_fields)]
pub struct Visit {
    /// 结算日 — decides which rules are in force.
    pub settled_on: NaiveDate,
    /// 机构类别 — as the pool maps institutions. A pharmacy visit needs none.
    #[serde(default)]
    pub class: Option<String>,
    /// 入院日
    #[serde(default)]
    pub admitted_on: Option<NaiveDate>,
    /// 签约或选点
    #[serde(default)]
    pub contract: bool,
    /// 异地就医情形
    #[serde(default)]
    pub away: Option<String>,
    /// 是否使用个人账户 — the patient may refuse it.
    #[serde(default = "yes")]
    pub use_account: bool,
    /// 是否本期第一次 — `true` sets every counter that is left out to zero, `false` makes it unknown;
    /// absent: as [`EstimateRequest::so_far`] says.
    #[serde(default)]
    pub first_of_period: Option<bool>,
}

/// 可用的账户 — what could pay the member's share.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(deny_unknown_fields)]
pub struct PayersAtHand {
    /// 本人账户余额，按子账户
    #[serde(default)]
    pub own: BTreeMap<SubAccountId, Yuan>,
    /// 共济授权人
    #[serde(default)]
    pub aid: Vec<AidOffer>,
}

/// 共济授权人 — a relative whose account is bound to the patient.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(deny_unknown_fields)]
pub struct AidOffer {
    /// 姓名
    pub name: String,
    /// 患者是授权人的什么人
    pub relation: Relation,
    /// 授权人的统筹区
    pub pool: PoolId,
    /// 授权人的险种
    #[serde(default = "employee")]
    pub scheme: Scheme,
    /// 授权人的参保状态
    #[serde(default = "active")]
    pub status: EmploymentStatus,
    /// 授权人账户余额
    pub balance: Yuan,
    /// 绑定（备案）日期
    pub bound_on: NaiveDate,
    /// 备案顺序，从 1 起
    pub rank: u32,
}

/// Counters come as decimal strings; a count may also be written as a whole number.
fn figures<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<BTreeMap<String, String>>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Figure {
        Text(String),
        Count(u32),
    }
    let figures = Option::<BTreeMap<String, Figure>>::deserialize(deserializer)?;
    Ok(figures.map(|figures| {
        figures
            .into_iter()
            .map(|(name, figure)| match figure {
                Figure::Text(text) => (name, text),
                Figure::Count(count) => (name, count.to_string()),
            })
            .collect()
    }))
}

fn with_account() -> String {
    "with_account".to_owned()
}

fn employee() -> Scheme {
    Scheme::Employee
}

fn active() -> EmploymentStatus {
    EmploymentStatus::Active
}

fn yes() -> bool {
    true
}
