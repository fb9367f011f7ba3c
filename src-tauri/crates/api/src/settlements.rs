//! 已记结算 — what happened, with its slip once it is there.

use chrono::NaiveDate;
use gongji_domain::{
    Amount, Entry, EntryKind, EstimateRequest, Household, Leg, MemberId, Message,
    RecordedSettlement, SettlementEstimate, SettlementId, Slip, Yuan,
};
use gongji_engine::slip_lines;
use gongji_store::{StoreError, Tx, entry, settlement};

use crate::bindings::insurance_account;
use crate::estimates::DonorAtHand;
use crate::movements::net;
use crate::paid::Accounts;
use crate::slips::checked;
use crate::{ApiError, EstimateDraft, Gongji, SettlementRefund, SettlementRow, Status};

impl Gongji {
    /// 记下一次结算 — the estimate as it stood, its rules pinned, the slip where there is one, and what
    /// each account paid.
    ///
    /// # Errors
    /// Where it is still open what an account paid, the day lies in the future, a line of the slip is
    /// wrong, or the file cannot be written.
    pub fn settlement_record(
        &mut self,
        today: NaiveDate,
        draft: &EstimateDraft,
        slip: Option<&Slip>,
    ) -> Result<Status, ApiError> {
        if draft.settled_on > today {
            return Err(ApiError::input(
                "settled_on",
                Message::new("error.in_future"),
            ));
        }
        let slip = slip.map(checked).transpose()?;
        let view = self.estimate(draft)?;
        let household = self.store()?.household_without_entries()?;
        let donors = self.donors_at_hand(&household, draft.member, draft.settled_on)?;
        let made = (&view.request, &view.estimate);
        let accounts = self.accounts(&household, draft.member, made, &donors)?;
        let paid = match &slip {
            Some(slip) => accounts.as_printed(slip)?,
            None => accounts.as_estimated()?,
        };
        let total = slip.as_ref().map_or(draft.bill.total, |slip| slip.total);
        let label = Message::new("step_name.settlement")
            .with("name", &view.member_name)
            .with("total", total);
        self.store_mut()?.command(&label, |tx| {
            let id = settlement::next_id(tx)?;
            settlement::insert(
                tx,
                &RecordedSettlement {
                    id,
                    member: draft.member,
                    request: view.request,
                    estimate: view.estimate,
                    slip,
                },
            )?;
            spend(tx, id, draft.settled_on, paid.legs, None)
        })?;
        self.status(today)
    }

    /// 补录结算单 — of a settlement that was recorded as estimated. Where the slip says something else of
    /// the accounts, what was booked is reversed and booked as the slip says.
    ///
    /// # Errors
    /// Where the settlement is not there or has its slip already, a line is wrong, or the file cannot be
    /// written.
    pub fn slip_add(
        &mut self,
        today: NaiveDate,
        id: SettlementId,
        slip: &Slip,
    ) -> Result<Status, ApiError> {
        let slip = checked(slip)?;
        let household = self.store()?.household()?;
        let recorded = household.settlements.iter().find(|known| known.id == id);
        let recorded = recorded.ok_or_else(|| ApiError::gone("settlement"))?;
        if recorded.slip.is_some() {
            return Err(ApiError::input("slip", Message::new("error.slip_there")));
        }
        let on = recorded.request.visit.settled_on;
        let donors = self.donors_at_hand(&household, recorded.member, on)?;
        let made = (&recorded.request, &recorded.estimate);
        let accounts = self.accounts(&household, recorded.member, made, &donors)?;
        let paid = accounts.as_printed(&slip)?;
        let standing = standing(&household, id);
        let label = Message::new("step_name.slip").with("total", slip.total);
        self.store_mut()?.command(&label, |tx| {
            settlement::add_slip(tx, id, &slip)?;
            let Some(booked) = standing else {
                return spend(tx, id, on, paid.legs, None);
            };
            if booked.legs == paid.legs {
                return Ok(());
            }
            let first = booked.corrects.unwrap_or(booked.id);
            let reversal = Entry {
                id: entry::next_id(tx)?,
                kind: EntryKind::Correction,
                memo: String::new(),
                legs: booked.legs.into_iter().map(reversed).collect(),
                corrects: Some(first),
                settlement: Some(id),
                ..booked
            };
            entry::insert(tx, &reversal)?;
            spend(tx, id, on, paid.legs, Some(first))
        })?;
        self.status(today)
    }

    /// 记下的结算 of a member, the newest first.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn settlements(&self, member: MemberId) -> Result<Vec<SettlementRow>, ApiError> {
        let all = settlement::all(self.store()?)?;
        let mut rows: Vec<SettlementRow> = all
            .into_iter()
            .filter(|recorded| recorded.member == member)
            .map(|recorded| {
                let refunds = self.refunds_of(recorded.id)?;
                Ok(self.row(recorded, refunds))
            })
            .collect::<Result<_, ApiError>>()?;
        rows.sort_by_key(|row| std::cmp::Reverse((row.on, row.id)));
        Ok(rows)
    }

    /// 退费 — each as it stands after its corrections; one that was corrected away is none.
    fn refunds_of(&self, id: SettlementId) -> Result<Vec<SettlementRefund>, ApiError> {
        let store = self.store()?;
        let mut refunds = Vec::new();
        let of_settlement = entry::of_settlement(store, id)?;
        let firsts = of_settlement
            .iter()
            .filter(|entry| entry.kind == EntryKind::Refund && entry.corrects.is_none());
        for first in firsts {
            let chain = entry::chain(store, first.id)?;
            let amount: Yuan = net(chain.iter()).iter().map(|leg| leg.amount).sum();
            let on = chain.last().map_or(first.on, |latest| latest.on);
            if !amount.is_zero() {
                refunds.push(SettlementRefund {
                    id: first.id,
                    on,
                    amount,
                });
            }
        }
        refunds.sort_by_key(|refund| refund.on);
        Ok(refunds)
    }

    fn row(&self, recorded: RecordedSettlement, refunds: Vec<SettlementRefund>) -> SettlementRow {
        let RecordedSettlement {
            id,
            request,
            estimate,
            slip,
            ..
        } = recorded;
        let (lines, payers) = (&estimate.lines, &estimate.payers);
        let printed = |line: fn(&Slip) -> Option<Yuan>, ours: Amount| {
            slip.as_ref().and_then(line).map_or(ours, Amount::Exact)
        };
        let differs = |line: &gongji_engine::LineDifference| {
            line.estimated.is_some() && line.difference != Some(Yuan::ZERO)
        };
        let differing = slip.as_ref().map(|slip| {
            let lines = slip_lines(&estimate, slip);
            u32::try_from(lines.iter().filter(|line| differs(line)).count()).unwrap_or(u32::MAX)
        });
        let patient = slip.as_ref().and_then(Slip::patient);
        SettlementRow {
            id,
            on: request.visit.settled_on,
            part: request.part,
            class_name: self.class_name(&request),
            total: printed(|slip| Some(slip.total), lines.total),
            fund_paid: printed(Slip::funds, payers.fund_paid),
            accounts_paid: printed(accounts_of, payers.accounts_paid),
            cash_paid: printed(|slip| slip.cash_paid, payers.cash_paid),
            differing,
            difference: patient
                .zip(payers.patient_paid.exact())
                .map(|(printed, ours)| printed - ours),
            slip,
            refunds,
        }
    }

    /// Whose accounts a settlement touches.
    pub(crate) fn accounts<'a>(
        &self,
        household: &'a Household,
        member: MemberId,
        (request, estimate): (&'a EstimateRequest, &'a SettlementEstimate),
        donors: &'a [DonorAtHand],
    ) -> Result<Accounts<'a>, ApiError> {
        let own = insurance_account(household, member, request.visit.settled_on);
        let subs = match own {
            Some(account) => self.sub_balances(household, account, request.visit.settled_on)?,
            None => Vec::new(),
        };
        Ok(Accounts {
            household,
            member,
            own: own.map(|account| account.id),
            at_hand: request.payers.as_ref(),
            payers: &estimate.payers,
            donors,
            subs: subs.into_iter().filter_map(|sub| sub.sub).collect(),
        })
    }
}

/// The accounts' part with the relatives' money.
fn accounts_of(slip: &Slip) -> Option<Yuan> {
    let accounts = slip.accounts_paid?;
    let beside = slip.aid_stands_beside();
    let aid = slip.mutual_aid_paid.filter(|_| beside);
    Some(accounts + aid.unwrap_or_default())
}

/// What stands in the accounts for a settlement: the latest entry that is no reversal.
fn standing(household: &Household, id: SettlementId) -> Option<Entry> {
    let entries = household.entries.iter().rev();
    let mut booked = entries.filter(|entry| entry.settlement == Some(id));
    booked
        .find(|entry| !matches!(entry.kind, EntryKind::Correction | EntryKind::Refund))
        .cloned()
}

fn reversed(leg: Leg) -> Leg {
    Leg {
        amount: -leg.amount,
        ..leg
    }
}

/// Books what the accounts paid; nothing where none did.
fn spend(
    tx: &Tx<'_>,
    id: SettlementId,
    on: NaiveDate,
    legs: Vec<Leg>,
    corrects: Option<gongji_domain::EntryId>,
) -> Result<(), StoreError> {
    if legs.is_empty() {
        return Ok(());
    }
    let entry = Entry {
        id: entry::next_id(tx)?,
        on,
        for_month: None,
        kind: EntryKind::Spending,
        memo: String::new(),
        legs,
        corrects,
        settlement: Some(id),
        for_member: None,
    };
    entry::insert(tx, &entry)
}
