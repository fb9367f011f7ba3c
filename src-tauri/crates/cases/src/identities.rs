//! What holds for every settlement, whether a case writes it or not.

use gongji_domain::{Amount, EstimateRequest, Payer, SettlementEstimate, Slice, Yuan};

/// The identities of a settlement that this estimate breaks, each in words; empty where all hold.
/// Sums are checked where everything is determined, ranges for their order and signs.
pub fn broken_identities(request: &EstimateRequest, estimate: &SettlementEstimate) -> Vec<String> {
    let mut broken = Vec::new();
    signs(estimate, &mut broken);
    sources(estimate, &mut broken);
    let exact = estimate.unknown.is_empty()
        && amounts(estimate)
            .iter()
            .all(|(_, amount)| amount.exact().is_some());
    if exact {
        sums(request, estimate, &mut broken);
        matrix(estimate, &mut broken);
    }
    broken
}

fn amounts(estimate: &SettlementEstimate) -> Vec<(String, Amount)> {
    super::flat(estimate)
        .into_iter()
        .filter_map(|(name, figure)| match figure {
            super::flat::Flat::Amount(amount) => Some((name, amount)),
            super::flat::Flat::Text(_) => None,
        })
        .collect()
}

fn signs(estimate: &SettlementEstimate, broken: &mut Vec<String>) {
    for (name, amount) in amounts(estimate) {
        if amount.min().is_some_and(Yuan::is_negative) {
            broken.push(format!("{name} 是负数"));
        }
        if amount.min() > amount.max() {
            broken.push(format!("{name} 的下限大于上限"));
        }
    }
}

fn sources(estimate: &SettlementEstimate, broken: &mut Vec<String>) {
    for step in estimate
        .steps
        .iter()
        .filter(|step| step.rule.is_some() && step.source.is_none())
    {
        broken.push(format!("步骤 {} 没有出处", step.what.code));
    }
}

fn sums(request: &EstimateRequest, estimate: &SettlementEstimate, broken: &mut Vec<String>) {
    let of = |amount: Amount| amount.exact().unwrap_or_default();
    let (lines, payers, reasons) = (&estimate.lines, &estimate.payers, &estimate.reasons);
    let mut same = |what: &str, left: Yuan, right: Yuan| {
        if left != right {
            broken.push(format!("{what}：{left} ≠ {right}"));
        }
    };
    let by_line = of(lines.full_self_pay)
        + of(lines.over_limit)
        + of(lines.upfront_copay)
        + of(lines.in_scope);
    same("总额 = 请求里的总额", of(lines.total), request.bill.total);
    same(
        "总额 = 全自费 + 超限价 + 先行自付 + 政策范围内",
        of(lines.total),
        by_line,
    );
    let funds: Yuan = [
        payers.pool_paid,
        payers.retiree_supplement_paid,
        payers.large_expense_subsidy_paid,
        payers.serious_illness_paid,
        payers.civil_servant_subsidy_paid,
        payers.employer_supplement_paid,
        payers.medical_assistance_paid,
    ]
    .into_iter()
    .map(of)
    .sum();
    same("基金合计 = 各基金之和", of(payers.fund_paid), funds);
    same(
        "总额 = 基金 + 个人负担",
        of(lines.total),
        funds + of(payers.patient_paid),
    );
    let member = of(payers.own_account_paid) + of(payers.mutual_aid_paid) + of(payers.cash_paid);
    same(
        "个人负担 = 本人账户 + 共济 + 现金",
        of(payers.patient_paid),
        member,
    );
    same(
        "本人账户 = 各子账户之和",
        of(payers.own_account_paid),
        payers.own.values().copied().map(of).sum(),
    );
    same(
        "共济 = 各授权人之和",
        of(payers.mutual_aid_paid),
        payers.aid.iter().map(|donor| of(donor.paid)).sum(),
    );
    let whys = of(reasons.full_self_pay)
        + of(reasons.over_limit)
        + of(reasons.upfront_copay)
        + of(reasons.not_paid)
        + of(reasons.account_segment)
        + of(reasons.deductible)
        + of(reasons.coinsurance)
        + of(reasons.over_cap);
    same(
        "各原因之和 = 总额 − 统筹",
        whys,
        of(lines.total) - of(payers.pool_paid),
    );
}

fn matrix(estimate: &SettlementEstimate, broken: &mut Vec<String>) {
    let sum = |wanted: &dyn Fn(Slice, Payer) -> bool| -> Yuan {
        estimate
            .matrix
            .iter()
            .filter(|cell| wanted(cell.slice, cell.payer))
            .filter_map(|cell| cell.amount.exact())
            .sum()
    };
    let whole = sum(&|_, _| true);
    if Some(whole) != estimate.lines.total.exact() {
        broken.push(format!("各格之和 {whole} 不等于总额"));
    }
    let pool = sum(&|_, payer| payer == Payer::Pool);
    if Some(pool) != estimate.payers.pool_paid.exact() {
        broken.push(format!("统筹各格之和 {pool} 不等于统筹支付"));
    }
}
