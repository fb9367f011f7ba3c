use std::fmt;

use serde::{Deserialize, Serialize};
use specta::Type;

/// 原因 — why a part of the bill is treated as it is. The slices of a settlement add up to its total.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Type,
)]
#[serde(rename_all = "snake_case")]
pub enum Slice {
    /// 全自费 — outside the catalogue.
    FullSelfPay,
    /// 超限价 — above a price limit.
    OverLimit,
    /// 先行自付 — the share of class B items that is paid before the pool looks at the rest.
    UpfrontCopay,
    /// 不予支付 — the pool does not pay this kind of bill at all.
    NotPaid,
    /// 账户段 — what the own account must pay before the pool pays anything.
    AccountSegment,
    /// 起付线 — what the member bears before the pool pays.
    Deductible,
    /// 统筹支付 — what the printed ratio gives.
    Pooled,
    /// 按比例自付 — the member's share under the ratio.
    Coinsurance,
    /// 超封顶线 — cost above a cap.
    OverCap,
}

/// 付款方 — who pays a part of a slice.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Type,
)]
#[serde(rename_all = "snake_case")]
pub enum Payer {
    /// 统筹基金
    Pool,
    /// 退休人员统一补充医疗保险
    RetireeSupplement,
    /// 职工大额医疗费用补助
    LargeExpenseSubsidy,
    /// 大病保险
    SeriousIllness,
    /// 公务员医疗补助
    CivilServantSubsidy,
    /// 企业补充医疗保险
    EmployerSupplement,
    /// 医疗救助
    MedicalAssistance,
    /// 本人个人账户
    OwnAccount,
    /// 家庭共济
    MutualAid,
    /// 现金
    Cash,
}

impl Slice {
    /// Every slice, in the order of the slip.
    pub const ALL: [Slice; 9] = [
        Slice::FullSelfPay,
        Slice::OverLimit,
        Slice::UpfrontCopay,
        Slice::NotPaid,
        Slice::AccountSegment,
        Slice::Deductible,
        Slice::Pooled,
        Slice::Coinsurance,
        Slice::OverCap,
    ];

    /// 政策范围内 — the five slices that `in_scope` stands for in a counter.
    pub const IN_SCOPE: [Slice; 5] = [
        Slice::AccountSegment,
        Slice::Deductible,
        Slice::Pooled,
        Slice::Coinsurance,
        Slice::OverCap,
    ];

    /// The word used in files and on the wire.
    pub fn word(self) -> &'static str {
        match self {
            Slice::FullSelfPay => "full_self_pay",
            Slice::OverLimit => "over_limit",
            Slice::UpfrontCopay => "upfront_copay",
            Slice::NotPaid => "not_paid",
            Slice::AccountSegment => "account_segment",
            Slice::Deductible => "deductible",
            Slice::Pooled => "pooled",
            Slice::Coinsurance => "coinsurance",
            Slice::OverCap => "over_cap",
        }
    }
}

impl Payer {
    /// Every payer, funds first, in the order of the slip.
    pub const ALL: [Payer; 10] = [
        Payer::Pool,
        Payer::RetireeSupplement,
        Payer::LargeExpenseSubsidy,
        Payer::SeriousIllness,
        Payer::CivilServantSubsidy,
        Payer::EmployerSupplement,
        Payer::MedicalAssistance,
        Payer::OwnAccount,
        Payer::MutualAid,
        Payer::Cash,
    ];

    /// Whether this is a fund (and not the member's side).
    pub fn is_fund(self) -> bool {
        !matches!(self, Payer::OwnAccount | Payer::MutualAid | Payer::Cash)
    }

    /// The word used in files and on the wire.
    pub fn word(self) -> &'static str {
        match self {
            Payer::Pool => "pool",
            Payer::RetireeSupplement => "retiree_supplement",
            Payer::LargeExpenseSubsidy => "large_expense_subsidy",
            Payer::SeriousIllness => "serious_illness",
            Payer::CivilServantSubsidy => "civil_servant_subsidy",
            Payer::EmployerSupplement => "employer_supplement",
            Payer::MedicalAssistance => "medical_assistance",
            Payer::OwnAccount => "own_account",
            Payer::MutualAid => "mutual_aid",
            Payer::Cash => "cash",
        }
    }
}

impl fmt::Display for Slice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

impl fmt::Display for Payer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}
