use serde::{Deserialize, Serialize};
use specta::Type;

/// 险种 — which of the two basic medical insurances.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Type,
)]
#[serde(rename_all = "snake_case")]
pub enum Scheme {
    /// 职工基本医疗保险
    Employee,
    /// 城乡居民基本医疗保险
    Resident,
}

/// 参保状态 — what the enrollment is at the moment.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Type,
)]
#[serde(rename_all = "snake_case")]
pub enum EmploymentStatus {
    /// 在职
    Active,
    /// 退休
    Retired,
    /// 停保
    Suspended,
    /// 欠费
    InArrears,
    /// 终止
    Ended,
}

/// 特殊身份 — the groups for whom places write rows of their own.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Type,
)]
#[serde(rename_all = "snake_case")]
pub enum Special {
    /// 无
    #[default]
    None,
    /// 困难人员
    Hardship,
    /// 建国前参加革命工作的老工人
    FoundingEra,
}

impl Scheme {
    /// The word used in files and on the wire.
    pub fn word(self) -> &'static str {
        match self {
            Scheme::Employee => "employee",
            Scheme::Resident => "resident",
        }
    }
}

impl EmploymentStatus {
    /// The word used in files and on the wire.
    pub fn word(self) -> &'static str {
        match self {
            EmploymentStatus::Active => "active",
            EmploymentStatus::Retired => "retired",
            EmploymentStatus::Suspended => "suspended",
            EmploymentStatus::InArrears => "in_arrears",
            EmploymentStatus::Ended => "ended",
        }
    }

    /// Whether contributions count, so that the pool pays and aid may be given.
    pub fn in_good_standing(self) -> bool {
        matches!(self, EmploymentStatus::Active | EmploymentStatus::Retired)
    }
}

impl Special {
    /// The word used in files and on the wire.
    pub fn word(self) -> &'static str {
        match self {
            Special::None => "none",
            Special::Hardship => "hardship",
            Special::FoundingEra => "founding_era",
        }
    }
}
