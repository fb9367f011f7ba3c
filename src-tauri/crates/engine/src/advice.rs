//! 账户空了怎么办 — options in order, each with amount, day, condition and source.

use chrono::NaiveDate;
use gongji_domain::{Amount, Grade, MemberId, Message, SourceRef};
use serde::{Deserialize, Serialize};
use specta::Type;

/// 办法 — for one member, one need, one day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct Advice {
    /// 成员
    pub member: MemberId,
    /// 哪天
    pub on: NaiveDate,
    /// 需要多少（个人负担）
    pub need: Amount,
    /// 按先后
    pub options: Vec<AdviceOption>,
}

/// 办法的种类
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Type,
)]
#[serde(rename_all = "snake_case")]
pub enum OptionKind {
    /// 报销照旧：账户没钱不影响统筹
    PoolStillPays,
    /// 本人账户里还有的
    OwnAccount,
    /// 本人说的可以透支的
    Overdraft,
    /// 该到没到的划入：查一下到了没有
    OverdueCredit,
    /// 已绑定的家人账户
    MutualAid,
    /// 可以绑定而还没有绑定的家人
    BindRelative,
    /// 家人先把钱转进家庭共济账户
    FamilyAccount,
    /// 跨省钱包转账
    WalletTransfer,
    /// 跨省的共济额度：家人留出一部分给用
    Reservation,
    /// 账户里可以取出来的部分
    Withdraw,
    /// 等下一次划入（急诊、处方药不要等）
    WaitForCredit,
    /// 现金
    Cash,
    /// 大病、大额的起付线还差多少
    SecondLayerNear,
    /// 以后还能理赔的：惠民保、商业保险
    ClaimLater,
    /// 付现金有困难的：缓交、分期、医疗救助——没有收进规则，说明要去问谁
    Relief,
    /// 规则不知道
    NotKnown,
}

/// 一种办法
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct AdviceOption {
    /// 种类
    pub kind: OptionKind,
    /// 说明
    pub what: Message,
    /// 能解决多少
    pub amount: Amount,
    /// 怎么算的；没有算过的没有
    pub how: Option<Message>,
    /// 最早哪天
    pub earliest: Option<NaiveDate>,
    /// 最晚哪天
    pub latest: Option<NaiveDate>,
    /// 条件
    pub condition: Option<Message>,
    /// 出处
    pub source: Option<SourceRef>,
    /// 可信等级
    pub grade: Option<Grade>,
}
