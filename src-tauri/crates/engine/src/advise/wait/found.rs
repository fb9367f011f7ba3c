//! 现在看还是等等 — what is told of the days.

use chrono::NaiveDate;
use gongji_domain::{Amount, Message, Open, SourceRef, Step};
use serde::{Deserialize, Serialize};
use specta::Type;

use crate::project::Addend;

/// 现在看还是等等
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct WaitComparison {
    /// 计划的日子
    pub planned: NaiveDate,
    /// 全家的账比到哪天
    pub until: NaiveDate,
    /// 计划的那天在前，其余按日子
    pub rows: Vec<WaitRow>,
    /// 结论
    pub verdict: WaitVerdict,
    /// 结论，一句话
    pub what: Message,
    /// 结论说的是哪一天；没有更好的日子则无
    pub better: Option<NaiveDate>,
    /// 未定之处
    pub unknown: Vec<Open>,
}

/// 一个日子
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct WaitRow {
    /// 哪天
    pub on: NaiveDate,
    /// 为什么看这一天
    pub why: Message,
    /// 各基金合计
    pub fund_paid: Amount,
    /// 本人账户
    pub own_account_paid: Amount,
    /// 家人账户
    pub mutual_aid_paid: Amount,
    /// 现金
    pub cash_paid: Amount,
    /// 这一笔怎样结的
    pub steps: Vec<Step>,
    /// 这一笔的出处
    pub sources: Vec<SourceRef>,
    /// 全家到那时一共自己付（账户和现金）
    pub patient_in_all: Amount,
    /// 是哪几样加起来的
    pub patient_of: Vec<Addend>,
    /// 其中现金
    pub cash_in_all: Amount,
    /// 现金是哪几样加起来的
    pub cash_of: Vec<Addend>,
}

/// 结论的种类
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Type,
)]
#[serde(rename_all = "snake_case")]
pub enum WaitVerdict {
    /// 急的、开好处方的：不比
    Never,
    /// 算不出来
    NotKnown,
    /// 没有差别
    NoDifference,
    /// 换一天，一共少付
    Cheaper,
    /// 换一天，一共一样，现金少付
    LessCash,
    /// 换一天只是把现金挪到以后
    OnlyMoves,
    /// 计划的那天最好
    PlannedIsBest,
}
