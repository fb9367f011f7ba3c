//! 结算单 — what the front ends see of it.

use chrono::NaiveDate;
use gongji_domain::{Amount, EntryId, Message, Part, Payer, SettlementId, Slip, Yuan};
use gongji_engine::DifferenceReport;
use serde::{Deserialize, Serialize};
use specta::Type;

/// 核对单 — the slip beside the estimate, and what would be recorded of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct SlipReport {
    /// 成员姓名
    pub member_name: String,
    /// 参保地名称
    pub place: String,
    /// 机构类别名称
    pub class_name: Option<String>,
    /// 核对的结果
    pub report: DifferenceReport,
    /// 单子自己对不上的地方
    pub contradictions: Vec<Message>,
    /// 记下时，各账户扣多少；定不下来的没有
    pub posted: Option<Vec<Posted>>,
    /// 记的时候要知道的
    pub notes: Vec<Message>,
    /// 请求的散列
    pub input_hash: String,
}

/// 一个账户扣多少
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct Posted {
    /// 本人账户、共济或现金
    pub payer: Payer,
    /// 谁的账户
    pub name: String,
    /// 金额
    pub amount: Yuan,
}

/// 记下的一次结算
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct SettlementRow {
    /// 编号
    pub id: SettlementId,
    /// 结算日
    pub on: NaiveDate,
    /// 待遇
    pub part: Part,
    /// 机构类别名称
    pub class_name: Option<String>,
    /// 结算单，补录以前没有
    pub slip: Option<Slip>,
    /// 医疗费总额
    pub total: Amount,
    /// 基金支付合计，照单子；单子没有的照估算
    pub fund_paid: Amount,
    /// 个人账户（含共济）
    pub accounts_paid: Amount,
    /// 现金
    pub cash_paid: Amount,
    /// 单子与当时的估算差几行；没有单子的没有
    pub differing: Option<u32>,
    /// 个人负担：单子 − 估算；两边有一边没有就没有
    pub difference: Option<Yuan>,
    /// 后来的退费，按日
    pub refunds: Vec<SettlementRefund>,
}

/// 一次退费 — what came back to the accounts of the record; what the funds took back and cash that nobody keeps
/// a record of are not in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct SettlementRefund {
    /// 编号
    pub id: EntryId,
    /// 哪天
    pub on: NaiveDate,
    /// 退回账户多少
    pub amount: Yuan,
}
