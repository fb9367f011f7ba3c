use std::fmt;

use serde::{Deserialize, Serialize};
use specta::Type;

/// Number of a row of the household record; two rows of one kind never share it.
macro_rules! numbers {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Type)]
        #[serde(transparent)]
        pub struct $name(pub u32);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }
    )*};
}

numbers! {
    /// 成员 — a [`crate::Member`]'s number.
    MemberId,
    /// 参保关系 — an [`crate::Enrollment`]'s number.
    EnrollmentId,
    /// 账户 — an [`crate::Account`]'s number.
    AccountId,
    /// 分录 — an [`crate::Entry`]'s number.
    EntryId,
    /// 共济绑定 — a [`crate::Binding`]'s number.
    BindingId,
    /// 计划支出 — a [`crate::PlannedSpending`]'s number.
    PlanItemId,
    /// 计划缴费 — a [`crate::PlannedPremium`]'s number.
    PlannedPremiumId,
    /// 已记结算 — a [`crate::RecordedSettlement`]'s number.
    SettlementId,
    /// 本人填写的数 — a stated figure's number.
    StatementId,
    /// 自己加的政策文件 — a [`crate::HouseholdPolicy`]'s number.
    PolicyFileId,
}

/// 统筹区 — the identifier of a pool, as in `policies/pools.toml` (`"110000"`, `"610000-benji"`).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Type)]
#[serde(transparent)]
pub struct PoolId(pub String);

/// 子账户 — the identifier of a sub-account, as the pool's rules name it (`"book"`, `"current"`).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Type)]
#[serde(transparent)]
pub struct SubAccountId(pub String);

macro_rules! names {
    ($($name:ident),*) => {$(
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> $name {
                $name(text.to_owned())
            }
        }
    )*};
}

names!(PoolId, SubAccountId);
