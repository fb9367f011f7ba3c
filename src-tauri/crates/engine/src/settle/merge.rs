//! The answer: what every reading agrees on, the range where they differ, and the question.

use std::collections::BTreeMap;

use gongji_domain::{
    AidPaid, Amount, Cell, EstimateRequest, Lines, Open, OpenReading, Payer, Payers, PolicyUsed,
    Reasons, SettlementEstimate, Slice, SubAccountId, Yuan,
};
use gongji_policy::InForce;

use super::counters::text_of;
use super::donors::Donor;
use super::run::Slip;
use super::terms::Terms;
use super::trace::Trace;
use crate::open::{Explored, OpenPoint};

/// One run: what it came to, and how.
pub(crate) type Told<'a> = (Slip, Trace<'a>);

/// Merges the runs of one request.
pub(crate) fn estimate(
    terms: &Terms<'_>,
    donors: &[Donor<'_>],
    request: &EstimateRequest,
    explored: &Explored<Told<'_>>,
    hash: &str,
) -> SettlementEstimate {
    let merged = Merged {
        terms,
        donors,
        runs: explored,
    };
    SettlementEstimate {
        lines: merged.lines(),
        payers: merged.payers(request),
        reasons: merged.reasons(),
        matrix: merged.matrix(),
        so_far: merged.so_far(request),
        steps: merged
            .traces()
            .next()
            .map(|first| first.steps.clone())
            .unwrap_or_default(),
        unknown: merged.open(),
        policy: merged.policy(hash),
    }
}

struct Merged<'a> {
    terms: &'a Terms<'a>,
    donors: &'a [Donor<'a>],
    runs: &'a Explored<Told<'a>>,
}

impl<'a> Merged<'a> {
    fn settled(&self) -> impl Iterator<Item = &'a Slip> {
        self.runs.runs.iter().map(|(_, (slip, _))| slip)
    }

    fn traces(&self) -> impl Iterator<Item = &'a Trace<'a>> {
        self.runs.runs.iter().map(|(_, (_, trace))| trace)
    }

    /// The blocks that any of the runs used.
    fn policy(&self, hash: &str) -> PolicyUsed {
        let mut used: Vec<InForce<'_>> = Vec::new();
        for held in self.traces().flat_map(|trace| &trace.grounds.blocks) {
            if !used
                .iter()
                .any(|known| std::ptr::eq(known.block, held.block))
            {
                used.push(*held);
            }
        }
        PolicyUsed {
            blocks: used.iter().map(InForce::reference).collect(),
            hash: hash.to_owned(),
            weakest: self
                .traces()
                .filter_map(|trace| trace.grounds.weakest)
                .max(),
        }
    }

    fn has_rule(&self) -> bool {
        self.settled().all(|settled| settled.has_rule)
    }

    /// Least and greatest of a figure of the bill itself: known where no rule is.
    fn given(&self, figure: impl Fn(&Slip) -> Yuan) -> Amount {
        let least = self.settled().map(&figure).min();
        let most = self.settled().map(&figure).max();
        let span = least.zip(most);
        span.map_or(Amount::UNKNOWN, |(least, most)| {
            Amount::between(least, most)
        })
    }

    /// Least and greatest of a figure that the rules determine.
    fn ruled(&self, figure: impl Fn(&Slip) -> Yuan) -> Amount {
        if !self.has_rule() || self.runs.too_many() {
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
            total: self.given(|settled| settled.total),
            full_self_pay: self.given(|settled| settled.slice(Slice::FullSelfPay)),
            over_limit: self.given(|settled| settled.slice(Slice::OverLimit)),
            upfront_copay: self.given(|settled| settled.slice(Slice::UpfrontCopay)),
            not_paid: self.ruled(|settled| settled.slice(Slice::NotPaid)),
            in_scope: self.given(|settled| settled.scope),
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
            own: self.own(request),
            mutual_aid_paid: by(Payer::MutualAid),
            aid: self.aid(request),
            accounts_paid: self.ruled(|settled| {
                settled.paid_by(Payer::OwnAccount) + settled.paid_by(Payer::MutualAid)
            }),
            cash_paid: by(Payer::Cash),
        }
    }

    fn own(&self, request: &EstimateRequest) -> BTreeMap<SubAccountId, Amount> {
        let asked = request.visit.use_account && self.settled().any(|slip| slip.has_rule);
        let subs = self.terms.subs().iter().enumerate();
        subs.filter(|_| asked)
            .map(|(number, sub)| {
                let paid = |settled: &Slip| settled.own.get(number).copied().unwrap_or_default();
                (sub.clone(), self.ruled(paid))
            })
            .collect()
    }

    fn aid(&self, request: &EstimateRequest) -> Vec<AidPaid> {
        let offers = request.payers.iter().flat_map(|payers| &payers.aid);
        offers
            .enumerate()
            .map(|(number, offer)| {
                let paid = |settled: &Slip| settled.aid.get(number).copied().unwrap_or_default();
                let donor = self.donors.get(number);
                AidPaid {
                    name: offer.name.clone(),
                    paid: self.ruled(paid),
                    balance_after: self.ruled(|settled| offer.balance - paid(settled)),
                    refused: donor.and_then(|donor| donor.refused.clone()),
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
                let amount = self.ruled(|settled| settled.matrix.cell(slice, payer));
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
    fn so_far(&self, request: &EstimateRequest) -> BTreeMap<String, String> {
        let mut after = request.so_far.clone().unwrap_or_default();
        let Some(first) = self.settled().next() else {
            return after;
        };
        for (place, (number, value)) in first.after.iter().enumerate() {
            let Some(counter) = self.terms.counters.get(*number) else {
                continue;
            };
            let same = |settled: &Slip| settled.after.get(place) == Some(&(*number, *value));
            let agreed = self.settled().all(same) && !self.runs.too_many();
            let text = match value {
                Some(value) if agreed => text_of(counter.is_count, *value),
                _ => "unknown".to_owned(),
            };
            after.insert(counter.id.clone(), text);
        }
        after
    }

    /// The open points that make a difference, each with what its readings lead to.
    fn open(&self) -> Vec<Open> {
        self.runs
            .points
            .iter()
            .filter(|point| self.runs.too_many() || point.readings.len() < 2 || self.matters(point))
            .map(|point| Open {
                key: point.key.clone(),
                what: point.what.clone(),
                ask: point.ask.clone(),
                readings: if self.has_rule() && !self.runs.too_many() {
                    self.readings(point)
                } else {
                    Vec::new()
                },
            })
            .collect()
    }

    fn under(&self, point: &OpenPoint, reading: usize) -> Vec<&Slip> {
        let runs = self.runs.runs.iter();
        runs.filter(|(world, _)| world.get(&point.key) == Some(&reading))
            .map(|(_, (slip, _))| slip)
            .collect()
    }

    fn matters(&self, point: &OpenPoint) -> bool {
        self.runs.matters(&point.key, |(one, _), (other, _)| {
            (&one.matrix, &one.aid) == (&other.matrix, &other.aid)
        })
    }

    fn readings(&self, point: &OpenPoint) -> Vec<OpenReading> {
        point
            .readings
            .iter()
            .enumerate()
            .map(|(index, what)| {
                let under = self.under(point, index);
                let span = |figure: fn(&Slip) -> Yuan| {
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

pub(super) fn fund_paid(settled: &Slip) -> Yuan {
    Payer::ALL
        .into_iter()
        .filter(|payer| payer.is_fund())
        .map(|payer| settled.paid_by(payer))
        .sum()
}

fn patient_paid(settled: &Slip) -> Yuan {
    settled.total() - fund_paid(settled)
}
