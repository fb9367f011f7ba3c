use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use specta::Type;

use crate::{BlockRef, Grade, Message, Payer, Slice, SourceRef, SubAccountId, Yuan};

/// 金额，或其范围，或不知道 — on the wire `"600.00"`, `{"min": …, "max": …}` or `"unknown"`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, Type)]
#[serde(untagged)]
pub enum Amount {
    /// Determined to the fen.
    Exact(Yuan),
    /// The rules or the record leave it open between these two.
    Range {
        /// The least it can be.
        min: Yuan,
        /// The most it can be.
        max: Yuan,
    },
    /// Nothing is known that could bound it.
    Unknown(NotKnown),
}

/// The word `unknown` on the wire.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum NotKnown {
    /// 不知道
    Unknown,
}

impl Amount {
    /// Not known at all.
    pub const UNKNOWN: Amount = Amount::Unknown(NotKnown::Unknown);

    /// Between `min` and `max`, exact where they meet.
    pub fn between(min: Yuan, max: Yuan) -> Amount {
        if min == max {
            Amount::Exact(min)
        } else {
            Amount::Range { min, max }
        }
    }

    /// The amount, where it is determined.
    pub fn exact(self) -> Option<Yuan> {
        match self {
            Amount::Exact(yuan) => Some(yuan),
            Amount::Range { .. } | Amount::Unknown(_) => None,
        }
    }

    /// The least it can be, where anything is known.
    pub fn min(self) -> Option<Yuan> {
        match self {
            Amount::Exact(yuan) => Some(yuan),
            Amount::Range { min, .. } => Some(min),
            Amount::Unknown(_) => None,
        }
    }

    /// The most it can be, where anything is known.
    pub fn max(self) -> Option<Yuan> {
        match self {
            Amount::Exact(yuan) => Some(yuan),
            Amount::Range { max, .. } => Some(max),
            Amount::Unknown(_) => None,
        }
    }
}

/// 结算单的费用各行
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(deny_unknown_fields)]
pub struct Lines {
    /// 医疗费总额
    pub total: Amount,
    /// 全自费
    pub full_self_pay: Amount,
    /// 超限价自费
    pub over_limit: Amount,
    /// 先行自付
    pub upfront_copay: Amount,
    /// 不予支付
    pub not_paid: Amount,
    /// 符合政策范围
    pub in_scope: Amount,
    /// 账户段
    pub account_segment: Amount,
    /// 实际支付起付线
    pub deductible_paid: Amount,
    /// 按比例自付
    pub coinsurance: Amount,
    /// 超封顶线自付 — what no fund took over.
    pub over_cap: Amount,
}

/// 谁付多少
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(deny_unknown_fields)]
pub struct Payers {
    /// 统筹基金支出
    pub pool_paid: Amount,
    /// 退休人员统一补充医疗保险支出
    pub retiree_supplement_paid: Amount,
    /// 职工大额医疗费用补助支出
    pub large_expense_subsidy_paid: Amount,
    /// 大病保险支出
    pub serious_illness_paid: Amount,
    /// 公务员医疗补助支出
    pub civil_servant_subsidy_paid: Amount,
    /// 企业补充医疗保险支出
    pub employer_supplement_paid: Amount,
    /// 医疗救助支出
    pub medical_assistance_paid: Amount,
    /// 基金支付总额
    pub fund_paid: Amount,
    /// 个人负担总金额
    pub patient_paid: Amount,
    /// 本人账户支付
    pub own_account_paid: Amount,
    /// 其中各子账户
    pub own: BTreeMap<SubAccountId, Amount>,
    /// 账户共济支付
    pub mutual_aid_paid: Amount,
    /// 其中各授权人
    pub aid: Vec<AidPaid>,
    /// 个人账户支出合计（本人 + 共济）
    pub accounts_paid: Amount,
    /// 个人现金支出
    pub cash_paid: Amount,
}

/// 一位授权人付了多少
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(deny_unknown_fields)]
pub struct AidPaid {
    /// 姓名
    pub name: String,
    /// 支付金额
    pub paid: Amount,
    /// 支付后余额
    pub balance_after: Amount,
    /// 没有用到的原因（例如规则不允许）
    #[serde(default)]
    pub refused: Option<Message>,
}

/// 个人负担从哪里来 — adds up to total − pool_paid.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(deny_unknown_fields)]
pub struct Reasons {
    /// 全自费
    pub full_self_pay: Amount,
    /// 超限价
    pub over_limit: Amount,
    /// 先行自付
    pub upfront_copay: Amount,
    /// 不予支付
    pub not_paid: Amount,
    /// 账户段
    pub account_segment: Amount,
    /// 起付线
    pub deductible: Amount,
    /// 按比例自付（含其他基金按比例付的部分，见各基金）
    pub coinsurance: Amount,
    /// 超封顶线
    pub over_cap: Amount,
}

/// One cell of the settlement: a slice and the payer of this part of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(deny_unknown_fields)]
pub struct Cell {
    /// 原因
    pub slice: Slice,
    /// 付款方
    pub payer: Payer,
    /// 金额
    pub amount: Amount,
}

/// Name of a step of the settlement, in the order of the law.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Type,
)]
#[serde(rename_all = "snake_case")]
pub enum StepName {
    /// 身份、年度、机构类别、第几次
    Facts,
    /// 能不能报
    Gate,
    /// 政策范围
    Scope,
    /// 账户段
    AccountFirst,
    /// 起付线
    Deductible,
    /// 费用封顶
    CostCaps,
    /// 分段比例
    Bands,
    /// 基金封顶
    FundCaps,
    /// 取整
    Round,
    /// 补充层
    Layers,
    /// 付款：本人账户、共济、现金
    Payers,
    /// 只算现金的补充层
    CashLayers,
    /// 累计
    Count,
    /// 核对
    Check,
}

/// 步骤 — one figure of the settlement and where it comes from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// Which step of the pipeline.
    pub name: StepName,
    /// What was done, for people.
    pub what: Message,
    /// The arithmetic with its figures filled in, such as `(2000.00 − 1800.00) × 70%`.
    #[serde(default)]
    pub formula: Option<String>,
    /// What came out, where it is an amount.
    #[serde(default)]
    pub result: Option<Yuan>,
    /// 规则段
    #[serde(default)]
    pub rule: Option<BlockRef>,
    /// 出处 — of every figure that comes from a rule.
    #[serde(default)]
    pub source: Option<SourceRef>,
    /// 可信等级 — of this step's figure.
    #[serde(default)]
    pub grade: Option<Grade>,
    /// 说明 — the file's own note on the block.
    #[serde(default)]
    pub note: Option<String>,
    /// 沿用 — the block's period is over and its figure is carried forward.
    #[serde(default)]
    pub assumed: bool,
}

/// 未定之处 — something the rules or the record leave open and the question that would settle it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(deny_unknown_fields)]
pub struct Open {
    /// Machine-readable name: `rule`, `counter:op_fund`, `cell:inpatient.rate`, `balance:book`, …
    pub key: String,
    /// What is open, for people.
    pub what: Message,
    /// 要问的问题 — in the file's own words where it gives one.
    #[serde(default)]
    pub ask: Option<String>,
    /// 两种（或几种）读法各得多少
    #[serde(default)]
    pub readings: Vec<OpenReading>,
}

/// One reading of something open and what it leads to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(deny_unknown_fields)]
pub struct OpenReading {
    /// The reading, for people.
    pub what: Message,
    /// 基金支付总额 under this reading.
    pub fund_paid: Amount,
    /// 个人负担 under this reading.
    pub patient_paid: Amount,
}

/// 用到的政策
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(deny_unknown_fields)]
pub struct PolicyUsed {
    /// 规则段
    pub blocks: Vec<BlockRef>,
    /// SHA-256 over the policy library's files.
    pub hash: String,
    /// 其中最弱的可信等级
    #[serde(default)]
    pub weakest: Option<Grade>,
}

/// 结算估算 — who pays what of a bill, why, and what remains open. Never a settlement document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(deny_unknown_fields)]
pub struct SettlementEstimate {
    /// 费用各行
    pub lines: Lines,
    /// 谁付多少
    pub payers: Payers,
    /// 个人负担从哪里来
    pub reasons: Reasons,
    /// 原因 × 付款方
    pub matrix: Vec<Cell>,
    /// 结算后的累计数 — `"unknown"` where it cannot be told.
    pub so_far: BTreeMap<String, String>,
    /// 步骤
    pub steps: Vec<Step>,
    /// 未定之处
    pub unknown: Vec<Open>,
    /// 用到的政策
    pub policy: PolicyUsed,
}
