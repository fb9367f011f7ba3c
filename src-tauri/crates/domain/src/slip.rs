use serde::{Deserialize, Serialize};
use specta::Type;

use crate::Yuan;

/// 结算单 — the lines of the official slip as they are printed, so far as somebody typed them. What was
/// left empty is not known; it is not nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(deny_unknown_fields)]
pub struct Slip {
    /// 单号
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<String>,
    /// 医院名称
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hospital: Option<String>,
    /// 医疗费总额
    pub total: Yuan,
    /// 全自费
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub full_self_pay: Option<Yuan>,
    /// 超限价自费
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub over_limit: Option<Yuan>,
    /// 先行自付
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub upfront_copay: Option<Yuan>,
    /// 符合政策范围
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub in_scope: Option<Yuan>,
    /// 实际支付起付线
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deductible_paid: Option<Yuan>,
    /// 统筹基金支出
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pool_paid: Option<Yuan>,
    /// 退休人员统一补充医疗保险支出
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retiree_supplement_paid: Option<Yuan>,
    /// 职工大额医疗费用补助支出
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub large_expense_subsidy_paid: Option<Yuan>,
    /// 大病保险支出
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub serious_illness_paid: Option<Yuan>,
    /// 公务员医疗补助支出
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub civil_servant_subsidy_paid: Option<Yuan>,
    /// 企业补充医疗保险支出
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub employer_supplement_paid: Option<Yuan>,
    /// 医疗救助支出
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub medical_assistance_paid: Option<Yuan>,
    /// 其他基金支出
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub other_fund_paid: Option<Yuan>,
    /// 基金支付总额
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fund_paid: Option<Yuan>,
    /// 个人负担总金额
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub patient_paid: Option<Yuan>,
    /// 个人账户支出 — as printed; whether the shared money is in it differs from slip to slip.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub accounts_paid: Option<Yuan>,
    /// 账户共济支付
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mutual_aid_paid: Option<Yuan>,
    /// 个人现金支出
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cash_paid: Option<Yuan>,
    /// 医院负担
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hospital_paid: Option<Yuan>,
}

/// 结算单的一行
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Type,
)]
#[serde(rename_all = "snake_case")]
pub enum SlipLine {
    /// 医疗费总额
    Total,
    /// 全自费
    FullSelfPay,
    /// 超限价自费
    OverLimit,
    /// 先行自付
    UpfrontCopay,
    /// 符合政策范围
    InScope,
    /// 实际支付起付线
    DeductiblePaid,
    /// 统筹基金支出
    PoolPaid,
    /// 退休人员统一补充医疗保险支出
    RetireeSupplementPaid,
    /// 职工大额医疗费用补助支出
    LargeExpenseSubsidyPaid,
    /// 大病保险支出
    SeriousIllnessPaid,
    /// 公务员医疗补助支出
    CivilServantSubsidyPaid,
    /// 企业补充医疗保险支出
    EmployerSupplementPaid,
    /// 医疗救助支出
    MedicalAssistancePaid,
    /// 其他基金支出
    OtherFundPaid,
    /// 基金支付总额
    FundPaid,
    /// 个人负担总金额
    PatientPaid,
    /// 个人账户支出
    AccountsPaid,
    /// 账户共济支付
    MutualAidPaid,
    /// 个人现金支出
    CashPaid,
    /// 医院负担
    HospitalPaid,
}

/// 两个数本该相等 — what a slip says in two ways.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Type,
)]
#[serde(rename_all = "snake_case")]
pub enum SlipIdentity {
    /// 总额 = 全自费 + 超限价 + 先行自付 + 政策范围
    Lines,
    /// 总额 = 基金 + 个人负担 + 医院负担
    Payers,
    /// 基金支付总额 = 各项基金之和
    Funds,
    /// 个人负担 = 账户 + 现金
    Patient,
}

/// 对不上 — a slip that contradicts itself, with both sums; it is kept all the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct SlipContradiction {
    /// 哪两个数
    pub identity: SlipIdentity,
    /// 单子上写的合计
    pub printed: Yuan,
    /// 各行加起来
    pub added: Yuan,
}

impl SlipLine {
    /// Every line, in the order of the slip.
    pub const ALL: [SlipLine; 20] = [
        SlipLine::Total,
        SlipLine::FullSelfPay,
        SlipLine::OverLimit,
        SlipLine::UpfrontCopay,
        SlipLine::InScope,
        SlipLine::DeductiblePaid,
        SlipLine::PoolPaid,
        SlipLine::RetireeSupplementPaid,
        SlipLine::LargeExpenseSubsidyPaid,
        SlipLine::SeriousIllnessPaid,
        SlipLine::CivilServantSubsidyPaid,
        SlipLine::EmployerSupplementPaid,
        SlipLine::MedicalAssistancePaid,
        SlipLine::OtherFundPaid,
        SlipLine::FundPaid,
        SlipLine::PatientPaid,
        SlipLine::AccountsPaid,
        SlipLine::MutualAidPaid,
        SlipLine::CashPaid,
        SlipLine::HospitalPaid,
    ];

    /// 各项基金 — the lines that the fund's total adds up.
    pub const FUNDS: [SlipLine; 8] = [
        SlipLine::PoolPaid,
        SlipLine::RetireeSupplementPaid,
        SlipLine::LargeExpenseSubsidyPaid,
        SlipLine::SeriousIllnessPaid,
        SlipLine::CivilServantSubsidyPaid,
        SlipLine::EmployerSupplementPaid,
        SlipLine::MedicalAssistancePaid,
        SlipLine::OtherFundPaid,
    ];

    /// The word used in files and on the wire.
    pub fn word(self) -> &'static str {
        match self {
            SlipLine::Total => "total",
            SlipLine::FullSelfPay => "full_self_pay",
            SlipLine::OverLimit => "over_limit",
            SlipLine::UpfrontCopay => "upfront_copay",
            SlipLine::InScope => "in_scope",
            SlipLine::DeductiblePaid => "deductible_paid",
            SlipLine::PoolPaid => "pool_paid",
            SlipLine::RetireeSupplementPaid => "retiree_supplement_paid",
            SlipLine::LargeExpenseSubsidyPaid => "large_expense_subsidy_paid",
            SlipLine::SeriousIllnessPaid => "serious_illness_paid",
            SlipLine::CivilServantSubsidyPaid => "civil_servant_subsidy_paid",
            SlipLine::EmployerSupplementPaid => "employer_supplement_paid",
            SlipLine::MedicalAssistancePaid => "medical_assistance_paid",
            SlipLine::OtherFundPaid => "other_fund_paid",
            SlipLine::FundPaid => "fund_paid",
            SlipLine::PatientPaid => "patient_paid",
            SlipLine::AccountsPaid => "accounts_paid",
            SlipLine::MutualAidPaid => "mutual_aid_paid",
            SlipLine::CashPaid => "cash_paid",
            SlipLine::HospitalPaid => "hospital_paid",
        }
    }
}

impl SlipIdentity {
    /// The word used on the wire.
    pub fn word(self) -> &'static str {
        match self {
            SlipIdentity::Lines => "lines",
            SlipIdentity::Payers => "payers",
            SlipIdentity::Funds => "funds",
            SlipIdentity::Patient => "patient",
        }
    }
}

impl Slip {
    /// What stands in a line; nothing where it was left empty.
    pub fn line(&self, line: SlipLine) -> Option<Yuan> {
        match line {
            SlipLine::Total => Some(self.total),
            SlipLine::FullSelfPay => self.full_self_pay,
            SlipLine::OverLimit => self.over_limit,
            SlipLine::UpfrontCopay => self.upfront_copay,
            SlipLine::InScope => self.in_scope,
            SlipLine::DeductiblePaid => self.deductible_paid,
            SlipLine::PoolPaid => self.pool_paid,
            SlipLine::RetireeSupplementPaid => self.retiree_supplement_paid,
            SlipLine::LargeExpenseSubsidyPaid => self.large_expense_subsidy_paid,
            SlipLine::SeriousIllnessPaid => self.serious_illness_paid,
            SlipLine::CivilServantSubsidyPaid => self.civil_servant_subsidy_paid,
            SlipLine::EmployerSupplementPaid => self.employer_supplement_paid,
            SlipLine::MedicalAssistancePaid => self.medical_assistance_paid,
            SlipLine::OtherFundPaid => self.other_fund_paid,
            SlipLine::FundPaid => self.fund_paid,
            SlipLine::PatientPaid => self.patient_paid,
            SlipLine::AccountsPaid => self.accounts_paid,
            SlipLine::MutualAidPaid => self.mutual_aid_paid,
            SlipLine::CashPaid => self.cash_paid,
            SlipLine::HospitalPaid => self.hospital_paid,
        }
    }

    /// The lines that were filled in, in the order of the slip.
    pub fn filled(&self) -> impl Iterator<Item = (SlipLine, Yuan)> {
        SlipLine::ALL
            .into_iter()
            .filter_map(|line| Some((line, self.line(line)?)))
    }

    /// 基金付的 — as printed; else what its lines add up to, where any was filled in.
    pub fn funds(&self) -> Option<Yuan> {
        self.fund_paid
            .or_else(|| self.sum(&SlipLine::FUNDS).map(|(sum, _)| sum))
    }

    /// 个人负担 — as printed; else the total less what the funds and the hospital bear.
    pub fn patient(&self) -> Option<Yuan> {
        let rest = || Some(self.total - self.funds()? - self.hospital_paid.unwrap_or_default());
        self.patient_paid.or_else(rest)
    }

    /// 共济另列 — the shared money stands beside the account's line and not in it: only so does the
    /// patient's part come out, or it is more than the whole line. Else it is in it, as the national
    /// slip defines it.
    pub fn aid_stands_beside(&self) -> bool {
        let (Some(accounts), Some(aid)) = (self.accounts_paid, self.mutual_aid_paid) else {
            return false;
        };
        let adds_up = self
            .patient()
            .zip(self.cash_paid)
            .is_some_and(|(patient, cash)| accounts + aid + cash == patient);
        !aid.is_zero() && (adds_up || aid > accounts)
    }

    /// 本人账户付的 — without the relatives' part; nothing where the slip does not tell them apart.
    pub fn own_account_paid(&self) -> Option<Yuan> {
        let (accounts, aid) = (self.accounts_paid?, self.mutual_aid_paid?);
        Some(match self.aid_stands_beside() {
            true => accounts,
            false => accounts - aid,
        })
    }

    /// 对不上的地方 — what is said in two ways that differ. Lines that were left empty may hide
    /// something, so that too little is no contradiction there; too much always is.
    pub fn contradictions(&self) -> Vec<SlipContradiction> {
        let mut found = Vec::new();
        let mut compare = |identity, printed: Yuan, added: Yuan, is_whole: bool| {
            if added > printed || (is_whole && added != printed) {
                found.push(SlipContradiction {
                    identity,
                    printed,
                    added,
                });
            }
        };
        let parts = [
            SlipLine::FullSelfPay,
            SlipLine::OverLimit,
            SlipLine::UpfrontCopay,
            SlipLine::InScope,
        ];
        if let Some((added, is_whole)) = self.sum(&parts) {
            compare(SlipIdentity::Lines, self.total, added, is_whole);
        }
        if let (Some(funds), Some(patient)) = (self.funds(), self.patient_paid) {
            let added = funds + patient + self.hospital_paid.unwrap_or_default();
            let is_whole = self.fund_paid.is_some();
            compare(SlipIdentity::Payers, self.total, added, is_whole);
        }
        if let (Some(printed), Some((added, is_whole))) =
            (self.fund_paid, self.sum(&SlipLine::FUNDS))
        {
            compare(SlipIdentity::Funds, printed, added, is_whole);
        }
        if let (Some(patient), Some(accounts), Some(cash)) =
            (self.patient(), self.accounts_paid, self.cash_paid)
        {
            let beside = self.aid_stands_beside();
            let aid = self.mutual_aid_paid.filter(|_| beside).unwrap_or_default();
            let is_whole = self.mutual_aid_paid.is_some();
            compare(
                SlipIdentity::Patient,
                patient,
                accounts + aid + cash,
                is_whole,
            );
        }
        found
    }

    /// The sum of the lines that were filled in, and whether all were.
    fn sum(&self, lines: &[SlipLine]) -> Option<(Yuan, bool)> {
        let filled: Vec<Yuan> = lines.iter().filter_map(|line| self.line(*line)).collect();
        let is_whole = filled.len() == lines.len();
        (!filled.is_empty()).then(|| (filled.into_iter().sum(), is_whole))
    }
}

#[cfg(test)]
#[path = "slip_tests.rs"]
mod tests;
