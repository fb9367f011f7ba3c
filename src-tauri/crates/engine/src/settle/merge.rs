//! The answer: what every reading agrees on, the range where they differ, and the question.

use std::collections::BTreeMap;

use gongji_domain::{
    AidPaid, Amount, BlockRef, Cell, EstimateRequest, Lines, Open, OpenReading, Payer, Payers,
    Reasons, SettlementEstimate, Slice, SubAccountId, Yuan,
};
use gongji_policy::{Body, Rules};

use super::{Settled, policy_used};
use crate::open::{Explored, OpenPoint};

type Runs = Explored<Option<Settled>>;

/// Merges the runs of one request.
pub(crate) fn estimate(
    rules: &Rules<'_>,
    request: &EstimateRequest,
    explored: &Runs,
    hash: &str,
) -> SettlementEstimate {
    let merged = Merged { runs: explored };
    let mut used: Vec<BlockRef> = Vec::new();
    let mut weakest = None;
    for run in merged.settled() {
        for block in &run.used {
            if !used.contains(block) {
                used.push(block.clone());
            }
        }
        weakest = weakest.max(run.weakest);
    }
    SettlementEstimate {
        lines: merged.lines(),
        payers: merged.payers(request),
        reasons: merged.reasons(),
        matrix: merged.matrix(),
        so_far: merged.so_far(rules, request),
        steps: merged
            .settled()
            .next()
            .map(|first| first.steps.clone())
            .unwrap_or_default(),
        unknown: merged.open(),
        policy: policy_used(used, weakest, hash),
    }
}

struct Merged<'a> {
    runs: &'a Runs,
}

impl Merged<'_> {
    fn settled(&self) -> impl Iterator<Item = &Settled> {
        self.runs
            .runs
            .iter()
            .filter_map(|(_, settled)| settled.as_ref())
    }

    fn has_rule(&self) -> bool {
        self.settled().all(|settled| settled.has_rule)
    }

    /// Least and greatest of a figure that is an input of the bill: known whatever the rules say.
    fn given(&self, figure: impl Fn(&Settled) -> Yuan) -> Amount {
        self.settled()
            .next()
            .map_or(Amount::UNKNOWN, |settled| Amount::Exact(figure(settled)))
    }

    /// Least and greatest of a figure that the rules determine.
    fn ruled(&self, figure: impl Fn(&Settled) -> Yuan) -> Amount {
        if !self.has_rule() || self.runs.too_many {
            return Amount::UNKNOWN;
        }
        let least = self.settled().map(&figure).min();
        let most = self.settled().map(&figure).max();
        match (least, most) {
            (Some(least), Some(most)) => Amount::between(least, most),
            _ => Amount::UNKNOWN,
        }
    }

    fn lines(&self) -> Lines {
        Lines {
            total: self.given(|settled| settled.bill_total),
            full_self_pay: self.given(|settled| settled.slice(Slice::FullSelfPay)),
            over_limit: self.given(|settled| settled.slice(Slice::OverLimit)),
            upfront_copay: self.given(|settled| settled.slice(Slice::UpfrontCopay)),
            not_paid: self.ruled(|settled| settled.slice(Slice::NotPaid)),
            in_scope: self.given(|settled| settled.bill_scope),
            account_segment: self.ruled(|settled| settled.slice(Slice::AccountSegment)),
            deductible_paid: self.ruled(|settled| settled.slice(Slice::Deductible)),
            coinsurance: self.ruled(|settled| settled.slice(Slice::Coinsurance)),
            over_cap: self.ruled(|settled| settled.matrix.slice_left_to_member(Slice::OverCap)),
        }
    }

    fn payers(&self, request: &EstimateRequest) -> Payers {
        let by = |payer: Payer| self.ruled(move |settled| settled.paid_by(payer));
        Payers {
            pool_paid: by(Payer::Pool),
            retiree_supplement_paid: by(Payer::RetireeSupplement),
            large_expense_subsidy_paid: by(Payer::LargeExpenseSubsidy),
            serious_illness_paid: by(Payer::SeriousIllness),
            civil_servant_subsidy_paid: by(Payer::CivilServantSubsidy),
            employer_supplement_paid: by(Payer::EmployerSupplement),
            medical_assistance_paid: by(Payer::MedicalAssistance),
            fund_paid: self.ruled(fund_paid),
            patient_paid: self.ruled(patient_paid),
            own_account_paid: by(Payer::OwnAccount),
            own: self.own(),
            mutual_aid_paid: by(Payer::MutualAid),
            aid: self.aid(request),
            accounts_paid: self.ruled(|settled| {
                settled.paid_by(Payer::OwnAccount) + settled.paid_by(Payer::MutualAid)
            }),
            cash_paid: by(Payer::Cash),
        }
    }

    fn own(&self) -> BTreeMap<SubAccountId, Amount> {
        let mut subs: Vec<&SubAccountId> = self
            .settled()
            .flat_map(|settled| settled.own().keys())
            .collect();
        subs.sort();
        subs.dedup();
        subs.into_iter()
            .map(|sub| {
                let paid =
                    self.ruled(|settled| settled.own().get(sub).copied().unwrap_or_default());
                (sub.clone(), paid)
            })
            .collect()
    }

    fn aid(&self, request: &EstimateRequest) -> Vec<AidPaid> {
        let offers = request
            .payers
            .as_ref()
            .map_or(&[][..], |payers| &payers.aid);
        offers
            .iter()
            .enumerate()
            .map(|(index, offer)| {
                let paid = |settled: &Settled| settled.aid().nth(index).unwrap_or_default();
                AidPaid {
                    name: offer.name.clone(),
                    paid: self.ruled(paid),
                    balance_after: self.ruled(|settled| offer.balance - paid(settled)),
                    refused: self
                        .settled()
                        .next()
                        .and_then(|settled| settled.accounts.aid.get(index))
                        .and_then(|donor| donor.refused.clone()),
                }
            })
            .collect()
    }

    /// The reasons add up to total − pool_paid: what another fund took stays in its slice here.
    fn reasons(&self) -> Reasons {
        let slice = |slice: Slice| self.ruled(move |settled| settled.slice(slice));
        Reasons {
            full_self_pay: self.given(|settled| settled.slice(Slice::FullSelfPay)),
            over_limit: self.given(|settled| settled.slice(Slice::OverLimit)),
            upfront_copay: self.given(|settled| settled.slice(Slice::UpfrontCopay)),
            not_paid: slice(Slice::NotPaid),
            account_segment: slice(Slice::AccountSegment),
            deductible: slice(Slice::Deductible),
            coinsurance: self.ruled(|settled| {
                settled.slice(Slice::Coinsurance) + settled.slice(Slice::Pooled)
                    - settled.paid_by(Payer::Pool)
            }),
            over_cap: slice(Slice::OverCap),
        }
    }

    fn matrix(&self) -> Vec<Cell> {
        let mut cells = Vec::new();
        for slice in Slice::ALL {
            for payer in Payer::ALL {
                let amount = self.ruled(|settled| cell(settled, slice, payer));
                if amount != Amount::Exact(Yuan::ZERO) && amount != Amount::UNKNOWN {
                    cells.push(Cell {
                        slice,
                        payer,
                        amount,
                    });
                }
            }
        }
        cells
    }

    /// The pool's counters afterwards: what was stated, changed by this bill.
    fn so_far(&self, rules: &Rules<'_>, request: &EstimateRequest) -> BTreeMap<String, String> {
        let mut after = request.so_far.clone().unwrap_or_default();
        let Some(first) = self.settled().next() else {
            return after;
        };
        for (id, value) in &first.counters {
            let agreed = self
                .settled()
                .all(|settled| settled.counters.get(id) == Some(value))
                && !self.runs.too_many;
            let definition = rules.blocks.iter().find_map(|held| match &held.block.body {
                Body::Counter(counter) if held.block.head.id.as_deref() == Some(id) => {
                    Some(counter)
                }
                _ => None,
            });
            let text = match (agreed, value, definition) {
                (true, Some(value), Some(counter)) => super::counter_text(counter, *value),
                _ => "unknown".to_owned(),
            };
            after.insert(id.clone(), text);
        }
        after
    }

    /// The open points that make a difference, each with what its readings lead to.
    fn open(&self) -> Vec<Open> {
        self.runs
            .points
            .iter()
            .filter(|point| self.runs.too_many || point.readings.len() < 2 || self.matters(point))
            .map(|point| Open {
                key: point.key.clone(),
                what: point.what.clone(),
                ask: point.ask.clone(),
                readings: if self.has_rule() && !self.runs.too_many {
                    self.readings(point)
                } else {
                    Vec::new()
                },
            })
            .collect()
    }

    fn under(&self, point: &OpenPoint, reading: usize) -> Vec<&Settled> {
        self.runs
            .runs
            .iter()
            .filter(|(world, _)| world.get(&point.key) == Some(&reading))
            .filter_map(|(_, settled)| settled.as_ref())
            .collect()
    }

    /// Whether the readings of `point` lead to different sets of results.
    fn matters(&self, point: &OpenPoint) -> bool {
        let results = |reading: usize| {
            let mut results: Vec<_> = self
                .under(point, reading)
                .iter()
                .map(|settled| {
                    let mut shares: Vec<_> = settled
                        .matrix
                        .shares
                        .iter()
                        .map(|share| (share.key.slice, share.payer, share.amount))
                        .collect();
                    shares.sort_unstable();
                    (shares, settled.aid().collect::<Vec<_>>())
                })
                .collect();
            results.sort();
            results.dedup();
            results
        };
        let first = results(0);
        (1..point.readings.len()).any(|reading| results(reading) != first)
    }

    fn readings(&self, point: &OpenPoint) -> Vec<OpenReading> {
        point
            .readings
            .iter()
            .enumerate()
            .map(|(index, what)| {
                let under = self.under(point, index);
                let span = |figure: fn(&Settled) -> Yuan| {
                    let least = under.iter().map(|settled| figure(settled)).min();
                    let most = under.iter().map(|settled| figure(settled)).max();
                    least.zip(most).map_or(Amount::UNKNOWN, |(least, most)| {
                        Amount::between(least, most)
                    })
                };
                OpenReading {
                    what: what.clone(),
                    fund_paid: span(fund_paid),
                    patient_paid: span(patient_paid),
                }
            })
            .collect()
    }
}

fn cell(settled: &Settled, slice: Slice, payer: Payer) -> Yuan {
    settled
        .matrix
        .shares
        .iter()
        .filter(|share| share.key.slice == slice && share.payer == payer)
        .map(|share| share.amount)
        .sum()
}

fn fund_paid(settled: &Settled) -> Yuan {
    Payer::ALL
        .into_iter()
        .filter(|payer| payer.is_fund())
        .map(|payer| settled.paid_by(payer))
        .sum()
}

fn patient_paid(settled: &Settled) -> Yuan {
    settled.total() - fund_paid(settled)
}
