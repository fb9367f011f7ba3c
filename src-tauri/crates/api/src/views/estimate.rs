//! 估算 — what the front ends see of it.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use gongji_domain::{
    Bill, EstimateRequest, MemberId, Part, SettlementEstimate, SubAccountId, Yuan,
};
use serde::{Deserialize, Serialize};
use specta::Type;

use crate::{ClassChoice, CounterNow};

/// 估算表单的预填
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct EstimatePrefill {
    /// 当地有没有这一待遇的规则
    pub has_rules: bool,
    /// 签约或选点影不影响结果
    pub asks_contract: bool,
    /// 机构类别
    pub classes: Vec<ClassChoice>,
    /// 这一待遇用到的累计数及其现值
    pub counters: Vec<CounterNow>,
    /// 本人账户余额
    pub own: BTreeMap<SubAccountId, Yuan>,
    /// 可用的授权人
    pub aid: Vec<gongji_domain::AidOffer>,
}

/// 估算表单
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(deny_unknown_fields)]
pub struct EstimateDraft {
    /// 成员
    pub member: MemberId,
    /// 待遇
    pub part: Part,
    /// 机构类别
    pub class: Option<String>,
    /// 结算日
    pub settled_on: NaiveDate,
    /// 入院日
    pub admitted_on: Option<NaiveDate>,
    /// 签约或选点
    pub contract: bool,
    /// 使用个人账户
    pub use_account: bool,
    /// 费用
    pub bill: Bill,
    /// 这一次改填的累计数（不写入账本）
    pub so_far: BTreeMap<String, String>,
}

/// 估算结果
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct EstimateView {
    /// 成员姓名
    pub member_name: String,
    /// 参保地名称
    pub place: String,
    /// 机构类别名称
    pub class_name: Option<String>,
    /// 请求
    pub request: EstimateRequest,
    /// 估算
    pub estimate: SettlementEstimate,
    /// 请求的散列
    pub input_hash: String,
}

/// 打印的样式
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Type,
)]
#[serde(rename_all = "snake_case")]
pub enum PaperForm {
    /// A4 全文
    Full,
    /// 大字一页，给窗口看
    Counter,
}
