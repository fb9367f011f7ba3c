//! 预测的三种方式 — what the front ends ask and get.

use chrono::NaiveDate;
use gongji_domain::Yuan;
use gongji_engine::{Comparison, HabitOutlook, Projection, Scenario};
use serde::{Deserialize, Serialize};
use specta::Type;

/// 预测的方式
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum ProjectionMode {
    /// 只算计划的
    #[default]
    Scheduled,
    /// 加上平时的花费
    Habits,
    /// 如果……
    Scenario,
}

/// 要一份预测
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(deny_unknown_fields)]
pub struct ProjectionAsk {
    /// 往后看几个月
    pub months: u32,
    /// 方式
    pub mode: ProjectionMode,
    /// 如果……
    #[serde(default)]
    pub scenario: Option<Scenario>,
}

/// 一份预测 — the scheduled figures are always there, and the same in every mode; what a mode adds stands
/// beside them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct ProjectionAnswer {
    /// 方式
    pub mode: ProjectionMode,
    /// 账记到哪天；一笔也没有则无
    pub actual_until: Option<NaiveDate>,
    /// 预测自哪天起
    pub projected_from: NaiveDate,
    /// 只算计划的
    pub projection: Projection,
    /// 加上平时的花费：每人一条单独的线
    pub habits: Vec<HabitOutlook>,
    /// 如果……：另一份预测和差别
    pub comparison: Option<Comparison>,
}

/// 预计退休 — what somebody in service says of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(deny_unknown_fields)]
pub struct RetirementDraft {
    /// 预计哪天退休（只看年月）；无则不填了
    pub on: Option<NaiveDate>,
    /// 到那时累计缴费几个月
    pub insured_months: Option<u32>,
    /// 到那时每月养老金
    pub pension: Option<Yuan>,
}
