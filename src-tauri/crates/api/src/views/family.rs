//! 家庭共济 — what the front ends see of it.

use chrono::NaiveDate;
use gongji_domain::{Amount, Binding, BindingId, MemberId, Relation};
use gongji_engine::AidVerdict;
use serde::{Deserialize, Serialize};
use specta::Type;

/// 绑定的草稿
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(deny_unknown_fields)]
pub struct BindingDraft {
    /// 授权人
    pub donor: MemberId,
    /// 使用人
    pub recipient: MemberId,
    /// 使用人是授权人的什么人
    pub relation: Relation,
    /// 绑定日期
    pub bound_on: NaiveDate,
}

/// 共济关系页
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct BindingsView {
    /// 绑定，按使用人与备案顺序
    pub bindings: Vec<BindingRow>,
}

/// 一条绑定
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct BindingRow {
    /// 绑定
    pub binding: Binding,
    /// 授权人姓名
    pub donor_name: String,
    /// 使用人姓名
    pub recipient_name: String,
    /// 授权人余额
    pub donor_balance: Amount,
    /// 今天能不能用，为什么
    pub verdict: AidVerdict,
}

/// 共济绑定的先后移动
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(deny_unknown_fields)]
pub struct BindingMove {
    /// 绑定
    pub binding: BindingId,
    /// 新的顺序，从 1 起
    pub rank: u32,
}
