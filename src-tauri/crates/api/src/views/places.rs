//! 统筹区与表单 — what the front ends see of it.

use gongji_domain::{Part, PoolId, SubAccountId, Yuan};
use serde::{Deserialize, Serialize};
use specta::Type;

/// 统筹区的选择项
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct Place {
    /// 统筹区
    pub pool: PoolId,
    /// 名称
    pub name: String,
    /// 省份名称
    pub province: String,
    /// 有没有规则
    pub has_rules: bool,
}

/// 某地的表单 — what can be chosen and asked there on a day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct PlaceForm {
    /// 统筹区
    pub pool: PoolId,
    /// 名称
    pub name: String,
    /// 有没有规则
    pub has_rules: bool,
    /// 参保方式
    pub plans: Vec<PlanChoice>,
    /// 子账户
    pub subs: Vec<SubChoice>,
    /// 各待遇的机构类别
    pub classes: Vec<ClassChoice>,
    /// 累计数
    pub counters: Vec<CounterChoice>,
    /// 缴费基数上下限
    pub base: Option<BaseRange>,
    /// 规则写的到账日说明
    pub arrival: Option<String>,
    /// 规则要问退休人员本人的
    pub of_retirees: OfRetirees,
}

/// 只有退休人员自己知道、规则又要用的
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct OfRetirees {
    /// 本人养老金
    pub pension: bool,
    /// 固定划入额
    pub frozen_credit: bool,
    /// 原单位性质，可选的词；空则不问
    pub employers: Vec<String>,
}

/// 参保方式的选择项
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct PlanChoice {
    /// 标识
    pub id: String,
    /// 名称
    pub name: String,
    /// 有没有个人账户；无则未查到
    pub has_account: Option<bool>,
}

/// 子账户的选择项
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct SubChoice {
    /// 标识
    pub id: SubAccountId,
    /// 名称
    pub name: String,
    /// 能不能提现
    pub withdrawable: bool,
}

/// 机构类别的选择项
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct ClassChoice {
    /// 待遇
    pub part: Part,
    /// 标识
    pub id: String,
    /// 名称
    pub name: String,
}

/// 累计数的选择项
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct CounterChoice {
    /// 标识
    pub id: String,
    /// 名称
    pub name: String,
    /// 是次数（否则是金额）
    pub is_count: bool,
    /// 哪些待遇用到
    pub parts: Vec<Part>,
}

/// 缴费基数上下限
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct BaseRange {
    /// 下限；无则未查到
    pub floor: Option<Yuan>,
    /// 上限；无则未查到
    pub cap: Option<Yuan>,
    /// 沿用
    pub assumed: bool,
}
