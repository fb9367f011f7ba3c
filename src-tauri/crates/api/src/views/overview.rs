//! 总览 — what the front ends see of it.

use chrono::NaiveDate;
use gongji_domain::{AccountId, Amount, Enrollment, Member, Month, Open, SubAccountId, Yuan};
use gongji_engine::{AdviceOption, CreditGap, GapCause, LowPoint, NextCredit, RunOut};
use serde::{Deserialize, Serialize};
use specta::Type;

use crate::SubBalance;

/// 总览
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct Overview {
    /// 今天
    pub today: NaiveDate,
    /// 每位成员一张卡
    pub cards: Vec<MemberCard>,
}

/// 成员卡
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct MemberCard {
    /// 成员
    pub member: Member,
    /// 参保；无则没有填
    pub enrollment: Option<Enrollment>,
    /// 参保地名称
    pub place: String,
    /// 当地有没有规则
    pub has_rules: bool,
    /// 有没有个人账户；无则未知
    pub has_account: Option<bool>,
    /// 医保账户
    pub account: Option<AccountId>,
    /// 余额合计
    pub balance: Amount,
    /// 各子账户
    pub subs: Vec<SubBalance>,
    /// 最后一笔记录或填写的日期
    pub as_of: Option<NaiveDate>,
    /// 下一次划入
    pub next_credit: Option<NextCredit>,
    /// 该到而没有记的划入，最早的在前
    pub due: Vec<DueCredit>,
    /// 到的数和规定的不一样的划入
    pub other_sums: Vec<CreditGap>,
    /// 下一次划入之前的最低点
    pub lowest_before_credit: Option<LowPoint>,
    /// 用完
    pub run_out: Option<RunOut>,
    /// 预测到哪天
    pub projected_until: NaiveDate,
    /// 用完怎么办
    pub advice: Vec<AdviceOption>,
    /// 未定之处
    pub unknown: Vec<Open>,
}

/// 该到而没有记的划入
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct DueCredit {
    /// 账户
    pub account: AccountId,
    /// 子账户
    pub sub: SubAccountId,
    /// 所属月份
    pub month: Month,
    /// 最晚应到
    pub due: NaiveDate,
    /// 净额
    pub net: Amount,
    /// 已记为没有到
    pub missing: bool,
    /// 可能的原因，最可能的在前
    pub causes: Vec<GapCause>,
}

/// 「到账了」
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(deny_unknown_fields)]
pub struct CreditAnswer {
    /// 账户
    pub account: AccountId,
    /// 子账户
    pub sub: SubAccountId,
    /// 所属月份
    pub month: Month,
    /// 到账日；无则没有到
    pub arrived_on: Option<NaiveDate>,
    /// 净额；无则没有到
    pub amount: Option<Yuan>,
}
