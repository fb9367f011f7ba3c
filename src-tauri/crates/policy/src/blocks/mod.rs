//! 规则段 — the catalogue of blocks: one struct a kind. What every block has stands in [`crate::Head`].

use chrono::NaiveDate;
use gongji_domain::{Rate, Yuan};
use serde::Deserialize;

use crate::cells::{Cell, Cells, Names, Shares};
use crate::terms::*;

macro_rules! blocks {
    ($($(#[$doc:meta])* $name:ident { $($(#[$fdoc:meta])* $field:ident : $ty:ty),* $(,)? })*) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
        #[serde(deny_unknown_fields)]
        pub struct $name { $($(#[$fdoc])* pub $field: $ty),* }
    )*};
}

mod money_in;

pub use money_in::*;

blocks! {
    /// 年度
    BenefitYear {
        /// 起始 "MM-DD"
        starts: String,
        /// 第一个年度到哪天
        first_year_ends: Option<NaiveDate>,
    }
    /// 累计数 — a sum over cells of slice × payer.
    Counter {
        /// 名称
        name: String,
        /// 计入哪些原因；`in_scope` 为政策范围内五项，`stay` / `visit` 为次数
        adds: Vec<String>,
        /// 由谁付的才计入；`any` 为不分
        paid_by: Vec<String>,
        /// 哪些待遇合并计算
        of: Vec<String>,
        /// 只在这些类别结算的
        #[serde(default)]
        at_class: Vec<String>,
        /// 周期
        per: Per,
        /// 哪一种年度
        year: Option<String>,
        /// 原因未定
        #[serde(default)]
        adds_undecided: Vec<String>,
        /// 付款方未定
        #[serde(default)]
        paid_by_undecided: Vec<String>,
    }
    /// 按年常数的出处与取整
    MeasuredIn {
        /// 常数
        constant: String,
        /// 几年前的数
        years_back: i32,
        /// 取整到
        to: RoundTo,
        /// 取整方式
        mode: RoundMode,
    }
    /// 验算：印出的金额等于常数乘以比例
    Check {
        /// 常数
        constant: String,
        /// 几年前的数
        years_back: i32,
        /// 乘以（与格一一对应）：每行一个列表；只有一行或一列的表可以只写一个列表
        times: Shares,
        /// 取整到
        to: RoundTo,
        /// 取整方式
        mode: RoundMode,
    }
    /// 先行自付
    Upfront {
        /// 列头
        #[serde(default)]
        class: Vec<String>,
        /// 行（按 item）
        rows: Vec<crate::Row>,
        /// 先后，例如先扣超限价
        #[serde(default)]
        order: Vec<String>,
        /// 之后还按比例吗
        then_rate: bool,
    }
    /// 起付线
    Deductible {
        /// 累计数，或 `this_bill`
        counter: String,
        /// 第几次看哪个累计数：一个，或每个列头一个（各类机构各数各的）
        nth_counter: Option<Names>,
        /// 从哪里扣
        #[serde(default = "from_cost")]
        taken_from: TakenFrom,
        /// 连续住院满多少天再扣一次
        again_after_days: Option<u32>,
        /// 以常数的百分比计
        measured_in: Option<MeasuredIn>,
        /// 验算
        check: Option<Check>,
        /// 列头
        class: Vec<String>,
        /// 行
        rows: Vec<crate::Row>,
    }
    /// 起付线年度合计的上限
    DeductibleLimit {
        /// 累计数
        counter: String,
        /// 列头
        class: Vec<String>,
        /// 行
        rows: Vec<crate::Row>,
    }
    /// 按比例起付
    DeductibleShare {
        /// 占什么的比例：total
        of: String,
        /// 不低于
        at_least: Option<Yuan>,
        /// 列头
        class: Vec<String>,
        /// 行
        rows: Vec<crate::Row>,
    }
    /// 支付比例
    RateTable {
        /// 阶梯从哪里量
        edges_on: EdgesOn,
        /// 阶梯站在哪个累计数上；不写为 `this_bill`
        counter: Option<String>,
        /// 列头
        class: Vec<String>,
        /// 行
        rows: Vec<crate::Row>,
    }
    /// 限额（封顶线）
    Cap {
        /// 按什么算
        basis: Basis,
        /// 累计数
        counter: String,
        /// 没说清按什么算时，每一种读法看哪个累计数
        by_basis: Option<ByBasis>,
        /// 以上怎么办
        #[serde(default = "own")]
        then: Then,
        /// 以常数的百分比计
        measured_in: Option<MeasuredIn>,
        /// 验算
        check: Option<Check>,
        /// 列头
        class: Vec<String>,
        /// 行
        rows: Vec<crate::Row>,
    }
    /// 每一种读法的累计数；没有写的，只从 `counter` 知道一个范围
    ByBasis {
        /// 按基金支付
        fund_paid: Option<String>,
        /// 按费用（含起付线）
        cost: Option<String>,
        /// 按起付线以上的费用
        cost_above_deductible: Option<String>,
    }
    /// 增减
    Adjust {
        /// 调整什么
        on: AdjustOn,
        /// 先后
        order: u32,
        /// 怎么调整
        change: Change,
        /// 几种读法（change = "unknown"）
        #[serde(default)]
        one_of: Vec<Change>,
        /// 每次
        #[serde(default = "once")]
        each: Each,
        /// 满多少个月算年限足（each = "missing_year"）；男女不同的，从少到多都写
        #[serde(default)]
        enough_months: Vec<u32>,
        /// 按标准还是按上一次
        #[serde(default = "of_standard")]
        of: OfWhat,
        /// 不低于：一格，或每个列头一格
        at_least: Option<Cells>,
        /// 不高于：一格，或每个列头一格
        at_most: Option<Cells>,
        /// 列头
        class: Vec<String>,
        /// 行
        rows: Vec<crate::Row>,
    }
    /// 已含在比例内：印出的比例 = 基金自己的比例 + 余下部分 × 份额
    Embedded {
        /// 基金
        fund: String,
        /// 哪种参保状态
        for_status: String,
        /// 余下部分的份额
        share_of_rest: Rate,
    }
    /// 额度结转
    Carry {
        /// 没用完的：part.cap
        unused_of: String,
        /// 抬高的：part.cap
        raises: String,
        /// 逐年累加吗
        accumulates: bool,
    }
    /// 不予支付
    NotPaid {
        /// 原因
        reason: String,
        /// 哪些待遇
        parts: Vec<String>,
        /// 参保方式
        plan: Option<String>,
    }
    /// 补充层
    Layer {
        /// 先后
        order: u32,
        /// 结算单上的基金
        fund: String,
        /// 计入哪些原因
        counts: Vec<String>,
        /// 由谁付的才计入
        #[serde(default = "any_payer")]
        paid_by: Vec<String>,
        /// 付什么的比例：计入的费用，或统筹本来要付、因封顶没有付的数
        #[serde(default = "from_cost")]
        share_of: TakenFrom,
        /// 哪些待遇
        of: Vec<String>,
        /// 累计数
        counter: String,
        /// 何时结
        settled: Settled,
        /// 不计入
        #[serde(default)]
        excludes: Vec<String>,
    }
    /// 补充层起付线
    Threshold {
        /// 列头
        #[serde(default)]
        class: Vec<String>,
        /// 行
        rows: Vec<crate::Row>,
    }
    /// 参保方式
    Plan {
        /// 名称
        name: String,
        /// 有没有个人账户；`unknown` 为未查到
        has_account: String,
    }
    /// 身份随时间的变化
    StatusRule {
        /// 停缴后何时停待遇
        pooling_stops: String,
        /// 几个月内可补缴
        back_pay_months: Option<u32>,
        /// 等待期
        waiting_months: Option<u32>,
        /// 什么以后要等：中断（`gap`）、首次参保（`first_enrollment`）
        #[serde(default = "after_gap")]
        waits_after: Vec<String>,
        /// 等待期内
        during_waiting: Option<String>,
        /// 退休待遇何时起
        retirement_takes_effect: String,
        /// 中断多久重新计
        after_gap_resets_months: Option<u32>,
    }
    /// 机构类别
    Class {
        /// 名称
        name: String,
        /// 哪些待遇
        parts: Vec<String>,
    }
    /// 机构归类
    ClassMap {
        /// 哪些待遇
        parts: Vec<String>,
        /// 行
        rows: Vec<ClassRow>,
    }
    /// 归类的一行
    ClassRow {
        /// 点名的机构
        #[serde(default)]
        named: Vec<String>,
        /// 医院 / 药店 / 社区
        kind: Option<String>,
        /// 等级
        level: Option<String>,
        /// 隶属
        owner: Option<String>,
        /// 等次
        grade: Option<String>,
        /// 价格类别
        price_class: Option<String>,
        /// 中医
        tcm: Option<bool>,
        /// 儿童医院
        children: Option<bool>,
        /// 归为
        class: String,
    }
    /// 家庭共济
    Aid {
        /// 哪一种
        kind: AidKind,
        /// 范围
        area: Area,
        /// 亲属
        relations: Vec<String>,
        /// 从哪些子账户付
        pays_from: Vec<String>,
        /// 本人账户先用完吗
        own_first: OwnFirst,
        /// 授权人先后
        donor_order: DonorOrder,
        /// 使用人能改先后吗
        user_may_reorder: String,
        /// 余额相同时
        tie: Option<String>,
        /// 一次结算几位授权人：`no_limit`、`unknown` 或数字
        donors_per_settlement: String,
        /// 一个使用人几位授权人
        donors_per_user: String,
        /// 一位授权人几个使用人
        users_per_donor: String,
        /// 授权人账户至少留多少
        reserve: Cell,
        /// 每次结算最多
        per_settlement: Cell,
        /// 能付哪些原因
        may_pay: Vec<String>,
        /// 哪些待遇
        benefits: Vec<String>,
        /// 哪些保费
        premiums: Vec<String>,
        /// 不能用于
        not_for: Vec<String>,
        /// 何时终止
        ends_when: Vec<String>,
        /// 终止时余下的钱
        at_end: Option<String>,
    }
    /// 转钱的限制（家庭账户、钱包）
    Transfer {
        /// 哪一种共济
        of: AidKind,
        /// 至少留多少
        keeps_back: Cell,
        /// 每笔最多
        at_most_each: Cell,
        /// 每日 / 每月
        times_per: String,
        /// 几次
        times: Option<u32>,
        /// 不开放的时段
        closed_hours: Option<String>,
        /// 对方不收
        if_not_accepted: Option<String>,
    }
    /// 共济额度
    Quota {
        /// 何时释放
        release: String,
    }
    /// 异地就医
    Away {
        /// 怎么变
        change: String,
        /// 列头
        #[serde(default)]
        class: Vec<String>,
        /// 行
        rows: Vec<crate::Row>,
    }
    /// 居民缴费
    Premium {
        /// 年度
        year: i32,
        /// 集中缴费期
        window: Option<Window>,
        /// 延长期
        extension: Option<Window>,
        /// 之后的等待期（月）
        wait_after: Option<u32>,
        /// 列头
        #[serde(default)]
        class: Vec<String>,
        /// 行
        rows: Vec<crate::Row>,
    }
    /// 起止日期
    Window {
        /// 自
        from: NaiveDate,
        /// 至
        until: NaiveDate,
    }
    /// 取整
    Rounding {
        /// 位置
        at: RoundAt,
        /// 取整到
        to: RoundTo,
        /// 取整方式
        mode: RoundMode,
        /// 单张还是累计重算
        running: Running,
    }
    /// 界限（国家层）
    Bound {
        /// 对什么
        on: String,
        /// 不低于
        at_least: Option<Cell>,
        /// 不高于
        at_most: Option<Cell>,
        /// 不短于几个月
        at_least_months: Option<u32>,
        /// 不长于几个月
        at_most_months: Option<u32>,
    }
    /// 年度常数
    Constant {
        /// 年份
        year: i32,
        /// 数值
        value: Cell,
    }
}

fn after_gap() -> Vec<String> {
    vec!["gap".to_owned()]
}
fn from_cost() -> TakenFrom {
    TakenFrom::Cost
}
fn own() -> Then {
    Then::Own
}
fn once() -> Each {
    Each::Once
}
fn of_standard() -> OfWhat {
    OfWhat::Standard
}
fn any_payer() -> Vec<String> {
    vec!["any".to_owned()]
}
