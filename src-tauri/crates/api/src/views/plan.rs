//! 计划支出 — what the front ends see of it and fill in.

use chrono::NaiveDate;
use gongji_domain::{Bill, MemberId, Part, PlannedSpending, Recurrence};
use serde::{Deserialize, Serialize};
use specta::Type;

/// 计划支出视图
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct PlanView {
    /// 计划支出
    pub plan: PlannedSpending,
    /// 多久一次，写成话
    pub often: String,
    /// 多久一次，表单里的样子
    pub repeat: Repeat,
}

/// 计划支出的草稿
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(deny_unknown_fields)]
pub struct PlanDraft {
    /// 成员
    pub member: MemberId,
    /// 名称
    pub title: String,
    /// 待遇
    pub part: Part,
    /// 机构类别
    pub class: Option<String>,
    /// 每次费用
    pub bill: Bill,
    /// 从哪天起
    pub first_on: NaiveDate,
    /// 多久一次
    pub repeat: Repeat,
    /// 不能推迟
    pub urgent: bool,
}

/// 一项计划的日子 — what a form says means, before it is sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct PlanDays {
    /// 多久一次，写成话
    pub often: String,
    /// 接下来的几天
    pub days: Vec<NaiveDate>,
    /// 后面还有没有
    pub goes_on: bool,
}

/// 多久一次 — as the form of a plan fills it in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum Repeat {
    /// 一次
    Once,
    /// 每隔几天、几周、几个月、几年
    Every {
        /// 几
        every: u32,
        /// 天、周、月、年
        unit: RepeatUnit,
        /// 按周的，星期几；没有选就和第一天一样
        weekdays: Vec<DayOfWeek>,
        /// 按月的，哪一天
        on: RepeatDay,
        /// 到什么时候
        ends: RepeatEnd,
    },
    /// 表单里没有的样子，照原来的
    Rule {
        /// 规则
        rule: Recurrence,
    },
}

/// 天、周、月、年
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum RepeatUnit {
    /// 天
    Days,
    /// 周
    Weeks,
    /// 月
    Months,
    /// 年
    Years,
}

/// 星期几
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum DayOfWeek {
    /// 周一
    Monday,
    /// 周二
    Tuesday,
    /// 周三
    Wednesday,
    /// 周四
    Thursday,
    /// 周五
    Friday,
    /// 周六
    Saturday,
    /// 周日
    Sunday,
}

/// 每月哪一天
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum RepeatDay {
    /// 和第一天同一日，没有这一日的月份取月末
    Same,
    /// 几日，没有这一日的月份取月末
    Number {
        /// 1 到 31
        day: u32,
    },
    /// 最后一天
    Last,
    /// 第几个星期几
    Weekday {
        /// 第几个，−1 是最后一个
        nth: i32,
        /// 星期几
        weekday: DayOfWeek,
    },
}

/// 到什么时候
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum RepeatEnd {
    /// 一直
    Never,
    /// 一共几次
    Times {
        /// 几次
        times: u32,
    },
    /// 到哪天为止（含）
    Until {
        /// 哪天
        day: NaiveDate,
    },
}
