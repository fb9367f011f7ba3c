use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use specta::Type;

use crate::Yuan;

/// 费用 — one bill as the slip splits it: total = full self-pay + over limit + upfront copay + in scope.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(deny_unknown_fields)]
pub struct Bill {
    /// 医疗费总额
    pub total: Yuan,
    /// 全自费；没有填则无，按 0 算
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub full_self_pay: Option<Yuan>,
    /// 超限价自费；没有填则无，按 0 算
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub over_limit: Option<Yuan>,
    /// 先行自付；没有填则无，按 0 算
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub upfront_copay: Option<Yuan>,
    /// 个人账户不能付的部分 — of the member's share, what must be cash although the account has money.
    #[serde(default)]
    pub not_account_payable: Yuan,
    /// 其中按项目另有比例的政策范围内费用 — by the `item` of the rules, such as `essential_drug`.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub by_item: BTreeMap<String, Yuan>,
}

/// Why a bill cannot be settled.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BillProblem {
    /// A part is negative.
    #[error("{0} 不能是负数")]
    Negative(&'static str),
    /// The parts outside the scope exceed the total.
    #[error("全自费、超限价、先行自付加起来比总额还多 {0} 元")]
    PartsExceedTotal(Yuan),
    /// The items exceed what is in scope.
    #[error("分项费用加起来比政策范围内费用还多 {0} 元")]
    ItemsExceedScope(Yuan),
}

impl Bill {
    /// A bill of which everything is in scope.
    pub fn of_total(total: Yuan) -> Bill {
        Bill {
            total,
            ..Bill::default()
        }
    }

    /// 政策范围以外 — the three parts together; what was left empty counts as nothing.
    pub fn outside(&self) -> Yuan {
        [self.full_self_pay, self.over_limit, self.upfront_copay]
            .into_iter()
            .flatten()
            .sum()
    }

    /// 符合政策范围 — what the rules look at.
    ///
    /// # Errors
    /// Where a part is negative or the parts do not fit into the total.
    pub fn in_scope(&self) -> Result<Yuan, BillProblem> {
        for (name, amount) in [
            ("总额", self.total),
            ("全自费", self.full_self_pay.unwrap_or_default()),
            ("超限价", self.over_limit.unwrap_or_default()),
            ("先行自付", self.upfront_copay.unwrap_or_default()),
            ("账户不能付的部分", self.not_account_payable),
        ] {
            if amount.is_negative() {
                return Err(BillProblem::Negative(name));
            }
        }
        let scope = self.total - self.outside();
        if scope.is_negative() {
            return Err(BillProblem::PartsExceedTotal(-scope));
        }
        if self.by_item.values().any(|amount| amount.is_negative()) {
            return Err(BillProblem::Negative("分项费用"));
        }
        let items: Yuan = self.by_item.values().copied().sum();
        if items > scope {
            return Err(BillProblem::ItemsExceedScope(items - scope));
        }
        Ok(scope)
    }
}
