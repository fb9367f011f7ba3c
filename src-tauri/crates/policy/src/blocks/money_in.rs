//! 钱怎么进来 — sub-accounts, credits, what is withheld, advanced, cleared and paid in interest.

use chrono::NaiveDate;
use gongji_domain::{Month, Yuan};
use serde::Deserialize;

use super::MeasuredIn;
use crate::cells::Cell;
use crate::terms::*;

blocks! {
    /// 子账户
    SubAccount {
        /// 名称
        name: String,
        /// 年末并入；`none` 为不并入
        rolls_into: String,
        /// 何时并入：`year_start`、`never`、`unknown` 或 "MM-DD"
        on: String,
        /// 能不能提现；不写为未查到
        withdrawable: Option<bool>,
        /// 归个人还是家庭
        owner: Option<String>,
        /// 哪些参保方式
        #[serde(default)]
        plans: Vec<String>,
    }
    /// 缴费基数上下限
    Base {
        /// 下限
        floor: Cell,
        /// 上限
        cap: Cell,
        /// 追溯差额在哪个月补收
        trued_up_in: Option<NaiveDate>,
    }
    /// 划入
    Credit {
        /// 划入哪个子账户
        into: String,
        /// 每月 / 每年
        per: Period,
        /// 以后会调整
        #[serde(default)]
        provisional: bool,
        /// 以常数的百分比计
        measured_in: Option<MeasuredIn>,
        /// 列头
        #[serde(default)]
        class: Vec<String>,
        /// 行
        rows: Vec<crate::Row>,
    }
    /// 代扣
    Withheld {
        /// 名称
        name: String,
        /// 每月 / 每年
        per: Period,
        /// 何时扣：with_credit 或 "MM-DD"
        on: String,
        /// 列头
        #[serde(default)]
        class: Vec<String>,
        /// 行
        rows: Vec<crate::Row>,
    }
    /// 到账
    Arrival {
        /// 只给哪种参保状态；不写为不分
        status: Option<String>,
        /// 方式
        kind: ArrivalKind,
        /// 几日（或几个工作日）
        day: Option<u32>,
        /// 所属月份之后几个月
        #[serde(default)]
        month_offset: i32,
        /// 「几日前」：最晚这一天
        #[serde(default)]
        latest: bool,
        /// 「几日前」的，所属月份几日起就可能到；不写为最晚那个月的 1 日起
        earliest_day: Option<u32>,
        /// 遇节假日
        holiday: Holiday,
    }
    /// 节假日安排 — the days of a year that differ from the week: without it a rule that looks at
    /// working days gives a range.
    Calendar {
        /// 年份
        year: i32,
        /// 放假的日子（周末之外的，写上也无妨）
        off: Vec<NaiveDate>,
        /// 调休上班的周末
        works: Vec<NaiveDate>,
    }
    /// 预划 — the credits of several months at once, before they are earned.
    Advance {
        /// 日期 "MM-DD"
        on: String,
        /// 预划几个月（1 到 24；长于一年的是过渡年度）
        covers: u32,
        /// 只给哪种参保状态；不写为不分
        status: Option<String>,
        /// 按哪个月的基数、身份和年龄估
        estimate_by: EstimateBy,
        /// 期内跨年龄
        age_crossing: AgeCrossing,
        /// 期中参保
        joiner: Joiner,
        /// 期中停保
        leaver: Leaver,
        /// 不够退的
        shortfall: Shortfall,
    }
    /// 年度清算 — what was advanced against what was really due. `closing_balance` among `adds`: the
    /// whole sum replaces the balances that it takes up; without it the sum is added.
    Clearing {
        /// 日期 "MM-DD"
        on: String,
        /// 加
        adds: Vec<ClearingTerm>,
        /// 减
        takes: Vec<ClearingTerm>,
        /// 落在哪个子账户
        lands_in: String,
        /// 和数是否再按 `lands_in` 的利率计息
        interest: bool,
    }
    /// 计息
    Interest {
        /// 何时入账："MM-DD"、`quarter_end`（`quarterly`）或 `year_end`
        posted: String,
        /// 按什么余额计；不写为未查到
        measured_on: Option<MeasuredOn>,
        /// 条件；不写为没有条件
        condition: Option<InterestCondition>,
        /// 行（按 sub）
        rows: Vec<crate::Row>,
    }
    /// 一次性划入
    OneOff {
        /// 日期
        on: NaiveDate,
        /// 划入哪个子账户；不写为平时划入的那个
        into: Option<String>,
        /// 只给哪种参保状态；不写为不分
        status: Option<String>,
        /// 几个月的数；有 `back_to` 时是补几个月，不写为补到这一天的前一个月
        months: Option<u32>,
        /// 金额
        amount: Option<Yuan>,
        /// 追溯到这个月：从那个月起少划的，一次补齐
        back_to: Option<Month>,
    }
    /// 余额划转
    Sweep {
        /// 超过多少
        above: Yuan,
        /// 划入哪个子账户
        into: String,
        /// 从哪个子账户划；不写为另外唯一的那个
        of: Option<String>,
        /// 日期 "MM-DD"；不写为年初并入之后
        on: Option<String>,
    }
    /// 账户用途与先后
    AccountUse {
        /// 哪些待遇
        benefits: Vec<String>,
        /// 先后
        order: Vec<UseStep>,
    }
    /// 一个子账户何时付什么
    UseStep {
        /// 子账户
        sub: String,
        /// 统筹之前还是之后
        when: When,
        /// 能付哪些原因
        may_pay: Vec<String>,
    }
    /// 退费先后
    RefundOrder {
        /// 付款方
        order: Vec<String>,
    }
}
