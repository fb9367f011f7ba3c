//! 逐行比 — each line of the slip beside the same line of an estimate.

use gongji_domain::{Amount, SettlementEstimate, Slip, SlipLine, Yuan};

use super::LineDifference;

/// 一致到什么程度 — of one estimate with the slip.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Match {
    /// The lines that agree, in the order of the slip.
    pub(super) agreeing: Vec<SlipLine>,
    /// How many lines there are to compare.
    pub(super) compared: usize,
    /// What is still between the two, over all lines.
    pub(super) left: Yuan,
}

impl Match {
    pub(super) fn of(estimate: &SettlementEstimate, slip: &Slip) -> Match {
        Match::within(estimate, slip, Yuan::ZERO)
    }

    /// The same, where a difference of at most `most` is none.
    pub(super) fn within(estimate: &SettlementEstimate, slip: &Slip, most: Yuan) -> Match {
        let mut matched = Match {
            agreeing: Vec::new(),
            compared: 0,
            left: Yuan::ZERO,
        };
        for (line, printed) in slip.filled() {
            let Some(amount) = estimated(line, estimate, slip) else {
                continue;
            };
            matched.compared += 1;
            let apart = apart(amount, printed);
            if amount.exact().is_some() && apart <= most {
                matched.agreeing.push(line);
            } else {
                matched.left += apart;
            }
        }
        matched
    }

    pub(super) fn is_whole(&self) -> bool {
        self.agreeing.len() == self.compared
    }

    /// More lines agree. That figures merely come closer says nothing about why they differ.
    pub(super) fn is_better_than(&self, other: &Match) -> bool {
        self.agreeing.len() > other.agreeing.len()
    }
}

/// Every line of the slip that was filled in, beside the same line of the estimate.
pub fn lines(estimate: &SettlementEstimate, slip: &Slip) -> Vec<LineDifference> {
    slip.filled()
        .map(|(line, printed)| {
            let estimated = estimated(line, estimate, slip);
            let exact = estimated.and_then(Amount::exact);
            LineDifference {
                line,
                estimated,
                slip: printed,
                difference: exact.map(|ours| printed - ours),
            }
        })
        .collect()
}

/// The lines that the estimate leaves open.
pub(super) fn open_lines(estimate: &SettlementEstimate, slip: &Slip) -> Vec<SlipLine> {
    let open = |line: &SlipLine| {
        estimated(*line, estimate, slip).is_some_and(|amount| amount.exact().is_none())
    };
    slip.filled().map(|(line, _)| line).filter(open).collect()
}

/// What the estimate says of a line; nothing of what it never estimates. The account's line is with or
/// without the relatives' money, as the slip prints it.
pub(super) fn estimated(
    line: SlipLine,
    estimate: &SettlementEstimate,
    slip: &Slip,
) -> Option<Amount> {
    let (lines, payers) = (&estimate.lines, &estimate.payers);
    Some(match line {
        SlipLine::Total => lines.total,
        SlipLine::FullSelfPay => lines.full_self_pay,
        SlipLine::OverLimit => lines.over_limit,
        SlipLine::UpfrontCopay => lines.upfront_copay,
        SlipLine::InScope => lines.in_scope,
        SlipLine::DeductiblePaid => lines.deductible_paid,
        SlipLine::PoolPaid => payers.pool_paid,
        SlipLine::RetireeSupplementPaid => payers.retiree_supplement_paid,
        SlipLine::LargeExpenseSubsidyPaid => payers.large_expense_subsidy_paid,
        SlipLine::SeriousIllnessPaid => payers.serious_illness_paid,
        SlipLine::CivilServantSubsidyPaid => payers.civil_servant_subsidy_paid,
        SlipLine::EmployerSupplementPaid => payers.employer_supplement_paid,
        SlipLine::MedicalAssistancePaid => payers.medical_assistance_paid,
        SlipLine::FundPaid => payers.fund_paid,
        SlipLine::PatientPaid => payers.patient_paid,
        SlipLine::AccountsPaid if slip.aid_stands_beside() => payers.own_account_paid,
        SlipLine::AccountsPaid => payers.accounts_paid,
        SlipLine::MutualAidPaid => payers.mutual_aid_paid,
        SlipLine::CashPaid => payers.cash_paid,
        SlipLine::OtherFundPaid | SlipLine::HospitalPaid => return None,
    })
}

/// How far the amount can be from what is printed.
fn apart(amount: Amount, printed: Yuan) -> Yuan {
    let between = |one: Yuan| {
        let apart = one - printed;
        if apart.is_negative() { -apart } else { apart }
    };
    match amount {
        Amount::Exact(yuan) => between(yuan),
        Amount::Range { min, max } => between(min).max(between(max)),
        Amount::Unknown(_) => between(Yuan::ZERO),
    }
}
