//! 一件事 — what happens to accounts as a household tells it, and what it would change.

use chrono::NaiveDate;
use gongji_domain::{
    AccountId, EntryId, EntryKind, Grade, Leg, MemberId, Message, Month, Open, PoolId, Relation,
    SettlementId, SourceRef, SubAccountId, Yuan,
};
use serde::{Deserialize, Serialize};
use specta::Type;

use crate::ApiError;

/// 一件事，哪天 — recorded in one step, as one entry with all that it changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(deny_unknown_fields)]
pub struct MovementDraft {
    /// 哪天
    pub on: NaiveDate,
    /// 备注
    pub memo: String,
    /// 什么事
    pub movement: Movement,
}

/// 什么事
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case", tag = "what")]
pub enum Movement {
    /// 一个账户上的一笔
    Plain {
        /// 哪个账户
        account: AccountId,
        /// 哪一部分
        sub: Option<SubAccountId>,
        /// 种类
        kind: EntryKind,
        /// 所属月份
        for_month: Option<Month>,
        /// 增（正）减（负）
        amount: Yuan,
        /// 替谁付的 — of spending; none for the owner of the account.
        for_member: Option<MemberId>,
    },
    /// 家人之间转钱
    Give {
        /// 从哪个账户
        from: AccountId,
        /// 从哪一部分
        sub: SubAccountId,
        /// 给谁
        to: MemberId,
        /// 对方是转出人的什么人
        relation: Relation,
        /// 怎么转
        way: GiveWay,
        /// 多少
        amount: Yuan,
        /// 几点，写成 `"21:59"`；不写为不看时段
        at: Option<String>,
    },
    /// 钱包转账没有被接收，退回来了
    Returned {
        /// 哪一笔转账
        entry: EntryId,
    },
    /// 取现
    Withdraw {
        /// 从哪个账户
        from: AccountId,
        /// 从哪一部分
        sub: SubAccountId,
        /// 多少
        amount: Yuan,
    },
    /// 退费
    Refund {
        /// 哪一次结算
        settlement: SettlementId,
        /// 退多少
        back: RefundBack,
    },
    /// 缴保费
    Premium {
        /// 从哪个账户
        from: AccountId,
        /// 从哪一部分
        sub: SubAccountId,
        /// 给谁缴
        for_member: MemberId,
        /// 对方是缴费人的什么人；给自己缴的不看
        relation: Relation,
        /// 哪一种
        premium: PremiumKind,
        /// 哪个年度；不写为接下来要缴的，只看居民医保
        #[serde(default)]
        year: Option<i32>,
        /// 多少
        amount: Yuan,
    },
    /// 账户转到别处
    MoveAway {
        /// 原来的账户
        from: AccountId,
        /// 转到哪里
        pool: PoolId,
    },
    /// 账户注销
    Close {
        /// 谁的
        member: MemberId,
        /// 为什么
        why: CloseWhy,
        /// 剩下的钱进了哪个账户；没有记的账户不写
        to: Option<AccountId>,
    },
    /// 结转
    RollOver {
        /// 哪个账户
        account: AccountId,
        /// 从哪一部分
        from: SubAccountId,
        /// 到哪一部分
        into: SubAccountId,
        /// 多少
        amount: Yuan,
    },
}

/// 家人之间怎么转
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum GiveWay {
    /// 跨省的医保钱包
    Wallet,
    /// 家庭共济账户
    FamilyAccount,
}

/// 退多少
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case", tag = "how")]
pub enum RefundBack {
    /// 整张单子都退
    Whole,
    /// 退一部分，先退谁照当地的规矩
    Part {
        /// 多少
        amount: Yuan,
    },
    /// 退费单上写了各退多少
    Stated {
        /// 各账户退回的
        legs: Vec<Leg>,
    },
}

/// 哪一种保费
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum PremiumKind {
    /// 居民医保
    Resident,
    /// 长护险
    LongTermCare,
    /// 普惠险
    InclusiveSupplement,
}

impl PremiumKind {
    /// The word used in rules and messages.
    pub fn word(self) -> &'static str {
        match self {
            PremiumKind::Resident => "resident",
            PremiumKind::LongTermCare => "long_term_care",
            PremiumKind::InclusiveSupplement => "inclusive_supplement",
        }
    }
}

/// 为什么注销
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum CloseWhy {
    /// 去世
    Died,
    /// 出境定居
    Emigrated,
}

/// 会变什么 — before anything is recorded.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct MovementView {
    /// 哪个账户变多少
    pub changes: Vec<MovementChange>,
    /// 累计数退回多少 — of a refund.
    pub counters: Vec<MovementCounter>,
    /// 为什么记不了
    pub refused: Option<ApiError>,
    /// 说明
    pub notes: Vec<Message>,
    /// 依据的规则的出处
    pub source: Option<SourceRef>,
    /// 可信等级
    pub grade: Option<Grade>,
    /// 未定之处
    pub open: Vec<Open>,
}

/// 一个账户的变化
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct MovementChange {
    /// 谁的
    pub member: String,
    /// 账户；还没有开的没有
    pub account: Option<AccountId>,
    /// 账户名称
    pub account_name: String,
    /// 子账户
    pub sub: Option<SubAccountId>,
    /// 子账户名称
    pub sub_name: Option<String>,
    /// 原来多少
    pub before: Yuan,
    /// 增减
    pub amount: Yuan,
    /// 以后多少
    pub after: Yuan,
}

/// 一个累计数的变化
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct MovementCounter {
    /// 名称
    pub name: String,
    /// 原来多少
    pub before: String,
    /// 以后多少；定不下来的没有
    pub after: Option<String>,
}
