//! 结算估算 — the household's own figures made into a request, and settled.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use gongji_domain::{
    AccountId, AidOffer, Enrollment, EstimateRequest, Household, MemberFacts, MemberId, Message,
    Part, PayersAtHand, SubAccountId, Visit, Yuan,
};
use gongji_engine::{member_facts, settle};
use gongji_policy::{AidKind, Body, Rules};
use sha2::{Digest, Sha256};

use crate::bindings::{enrolled, insurance_account, name_of};
use crate::places::{classes, shown};
use crate::{ApiError, CounterNow, EstimateDraft, EstimatePrefill, EstimateView, Gongji};

/// A bound relative with the account that would pay.
pub(crate) struct DonorAtHand {
    pub(crate) offer: AidOffer,
    pub(crate) account: AccountId,
    pub(crate) sub: SubAccountId,
}

impl Gongji {
    /// 估算表单的预填
    ///
    /// # Errors
    /// Where the member is not insured on that day, or the file cannot be read.
    pub fn estimate_prefill(
        &self,
        member: MemberId,
        part: Part,
        on: NaiveDate,
    ) -> Result<EstimatePrefill, ApiError> {
        let household = self.store()?.household_without_entries()?;
        let enrollment = insured(&household, member, on)?;
        let rules = self
            .library
            .rules(&enrollment.pool, enrollment.scheme.word(), on);
        let has_rules = rules.as_ref().is_some_and(|rules| {
            rules
                .blocks
                .iter()
                .any(|held| held.file.part == part.word() && held.block.name == "rate")
        });
        let wanted = self.counters_of(enrollment, part, on);
        let counters = self
            .counters_now(&household, member, on)
            .into_iter()
            .filter(|counter| wanted.contains(&counter.id))
            .collect();
        let at_hand = self.payers_at_hand(&household, member, on)?;
        Ok(EstimatePrefill {
            has_rules,
            asks_contract: rules
                .as_ref()
                .is_some_and(|rules| asks_contract(rules, part)),
            classes: rules
                .as_ref()
                .map(|rules| shown(self.language(), classes(rules, part)))
                .unwrap_or_default(),
            counters,
            own: at_hand
                .as_ref()
                .map(|payers| payers.own.clone())
                .unwrap_or_default(),
            aid: at_hand.map(|payers| payers.aid).unwrap_or_default(),
        })
    }

    /// The counters that the rules of a benefit really look at.
    fn counters_of(&self, enrollment: &Enrollment, part: Part, on: NaiveDate) -> Vec<String> {
        let Some(rules) = self
            .library
            .rules(&enrollment.pool, enrollment.scheme.word(), on)
        else {
            return Vec::new();
        };
        let mut wanted: Vec<String> = Vec::new();
        for held in rules
            .blocks
            .iter()
            .filter(|held| held.file.part == part.word() || held.file.part == "layer")
        {
            match &held.block.body {
                Body::Deductible(rule) => {
                    wanted.push(rule.counter.clone());
                    let nth = rule.nth_counter.iter();
                    wanted.extend(nth.flat_map(|names| names.all().iter().cloned()));
                }
                Body::Rate(rule) if held.file.part != "layer" => {
                    wanted.extend(rule.counter.clone())
                }
                Body::DeductibleLimit(rule) => wanted.push(rule.counter.clone()),
                Body::Cap(cap) if held.file.part != "layer" => {
                    wanted.push(cap.counter.clone());
                    let by = cap.by_basis.iter();
                    let by = by.flat_map(|by| [&by.fund_paid, &by.cost, &by.cost_above_deductible]);
                    wanted.extend(by.flatten().cloned());
                }
                _ => {}
            }
        }
        wanted.retain(|id| id != "this_bill");
        wanted
    }

    /// 估算
    ///
    /// # Errors
    /// Where a field is wrong, the member is not insured on that day, or the file cannot be read.
    pub fn estimate(&self, draft: &EstimateDraft) -> Result<EstimateView, ApiError> {
        let household = self.store()?.household_without_entries()?;
        let enrollment = insured(&household, draft.member, draft.settled_on)?;
        let request = self.request(&household, enrollment, draft)?;
        let estimate = settle(&self.library, &request)?;
        let class_name = self.class_name(&request);
        Ok(EstimateView {
            member_name: name_of(&household, draft.member),
            place: self.place_shown(&enrollment.pool),
            class_name,
            input_hash: input_hash(&request),
            request,
            estimate,
        })
    }

    /// What the place calls the class of institution that is asked for.
    pub(crate) fn class_name(&self, request: &EstimateRequest) -> Option<String> {
        let class = request.visit.class.as_ref()?;
        let (scheme, day) = (request.scheme.word(), request.visit.settled_on);
        let rules = self.library.rules(&request.pool, scheme, day);
        let classes = rules.map(|rules| classes(&rules, request.part));
        let mut known = classes.into_iter().flatten();
        let found = known.find(|known| known.id == *class);
        Some(found.map_or_else(|| class.clone(), |known| self.named(&known.name, class)))
    }

    fn request(
        &self,
        household: &Household,
        enrollment: &Enrollment,
        draft: &EstimateDraft,
    ) -> Result<EstimateRequest, ApiError> {
        let member = self.facts(household, draft.member, draft.settled_on);
        let mut so_far: BTreeMap<String, String> = self
            .counters_now(household, draft.member, draft.settled_on)
            .into_iter()
            .filter_map(|CounterNow { id, value, .. }| Some((id, value?)))
            .collect();
        so_far.extend(
            draft
                .so_far
                .iter()
                .filter(|(_, value)| !value.is_empty())
                .map(|(id, value)| (id.clone(), value.clone())),
        );
        Ok(EstimateRequest {
            pool: enrollment.pool.clone(),
            scheme: enrollment.scheme,
            plan: enrollment.plan.clone(),
            part: draft.part,
            member: member.ok_or_else(|| ApiError::gone("member"))?,
            visit: Visit {
                settled_on: draft.settled_on,
                class: draft.class.clone(),
                admitted_on: draft.admitted_on,
                contract: draft.contract,
                away: None,
                use_account: draft.use_account,
                first_of_period: Some(false),
            },
            so_far: Some(so_far),
            bill: draft.bill.clone(),
            payers: self.payers_at_hand(household, draft.member, draft.settled_on)?,
        })
    }

    /// What is recorded of a member by the day of a bill, gaps and waiting periods with it; as the
    /// projection takes it.
    fn facts(&self, household: &Household, member: MemberId, on: NaiveDate) -> Option<MemberFacts> {
        member_facts(&self.library, household, member, on)
    }

    /// 照记录补上 — what a request leaves out of the contributions, counters and accounts of `member`, as
    /// recorded by its day.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn fill_request(
        &self,
        member: MemberId,
        request: &mut EstimateRequest,
    ) -> Result<(), ApiError> {
        let household = self.store()?.household_without_entries()?;
        let on = request.visit.settled_on;
        if request.member.contributions.is_none() {
            let facts = self.facts(&household, member, on);
            request.member.contributions = facts.and_then(|facts| facts.contributions);
        }
        if request.so_far.is_none() {
            let counters = self.counters_now(&household, member, on).into_iter();
            let known = counters.filter_map(|CounterNow { id, value, .. }| Some((id, value?)));
            request.so_far = Some(known.collect());
        }
        if request.payers.is_none() {
            request.payers = self.payers_at_hand(&household, member, on)?;
        }
        Ok(())
    }

    /// The accounts that could pay; `None` where the own balance was never stated.
    pub(crate) fn payers_at_hand(
        &self,
        household: &Household,
        member: MemberId,
        on: NaiveDate,
    ) -> Result<Option<PayersAtHand>, ApiError> {
        let own_account = insurance_account(household, member, on);
        let mut payers = PayersAtHand::default();
        if let Some(account) = own_account {
            if !crate::members::has_record(self.store()?, account.id)? {
                return Ok(None);
            }
            for sub in self.sub_balances(household, account, on)? {
                if let Some(id) = sub.sub {
                    payers.own.insert(id, sub.balance);
                }
            }
        }
        payers.aid = self
            .donors_at_hand(household, member, on)?
            .into_iter()
            .map(|donor| donor.offer)
            .collect();
        Ok(Some(payers))
    }

    /// The bound relatives whose balance is known, in the order of registration.
    pub(crate) fn donors_at_hand(
        &self,
        household: &Household,
        member: MemberId,
        on: NaiveDate,
    ) -> Result<Vec<DonorAtHand>, ApiError> {
        let mut donors = Vec::new();
        for bound in household.bindings.iter().filter(|bound| {
            bound.recipient == member
                && bound.bound_on <= on
                && bound.ended_on.is_none_or(|ended| ended > on)
        }) {
            let Some(enrollment) = enrolled(household, bound.donor, on) else {
                continue;
            };
            // A donor whose balance was never stated cannot be counted on.
            let Some((account, sub, balance)) = self.payable(household, bound.donor, on)? else {
                continue;
            };
            let offer = AidOffer {
                name: name_of(household, bound.donor),
                relation: bound.relation,
                pool: enrollment.pool.clone(),
                scheme: enrollment.scheme,
                status: enrollment.status,
                balance,
                bound_on: bound.bound_on,
                rank: bound.rank,
            };
            donors.push(DonorAtHand {
                offer,
                account,
                sub,
            });
        }
        donors.sort_by_key(|donor| donor.offer.rank);
        Ok(donors)
    }

    /// What a donor's account may give: the first sub-account that the place's rule lets pay for others.
    pub(crate) fn payable(
        &self,
        household: &Household,
        donor: MemberId,
        on: NaiveDate,
    ) -> Result<Option<(AccountId, SubAccountId, Yuan)>, ApiError> {
        let Some(account) = insurance_account(household, donor, on) else {
            return Ok(None);
        };
        if !crate::members::has_record(self.store()?, account.id)? {
            return Ok(None);
        }
        let Some(sub) = self.aid_pays_from(household, donor, on).into_iter().next() else {
            return Ok(None);
        };
        let balance = self.store()?.balance_on(account.id, Some(&sub), on)?;
        Ok(Some((account.id, sub, balance.or_zero())))
    }

    fn aid_pays_from(
        &self,
        household: &Household,
        donor: MemberId,
        on: NaiveDate,
    ) -> Vec<SubAccountId> {
        enrolled(household, donor, on)
            .and_then(|enrollment| {
                self.library
                    .rules(&enrollment.pool, enrollment.scheme.word(), on)
            })
            .and_then(|rules| {
                rules.blocks.iter().find_map(|held| match &held.block.body {
                    Body::Aid(aid)
                        if matches!(aid.kind, AidKind::Binding | AidKind::FamilyAccount) =>
                    {
                        Some(
                            aid.pays_from
                                .iter()
                                .map(|sub| SubAccountId(sub.clone()))
                                .collect(),
                        )
                    }
                    _ => None,
                })
            })
            .unwrap_or_default()
    }
}

/// Whether any row of the benefit, or of a layer above it, is chosen by a contract.
fn asks_contract(rules: &Rules<'_>, part: Part) -> bool {
    rules
        .blocks
        .iter()
        .filter(|held| held.file.part == part.word() || held.file.part == "layer")
        .filter_map(|held| held.block.body.table())
        .any(|table| table.rows.iter().any(|row| row.contract.is_some()))
}

fn insured(
    household: &Household,
    member: MemberId,
    on: NaiveDate,
) -> Result<&Enrollment, ApiError> {
    enrolled(household, member, on).ok_or_else(|| {
        ApiError::input("settled_on", Message::new("error.not_insured_then"))
            .hint("hint.not_insured_then")
    })
}

/// SHA-256 over the request as it is written on the wire.
pub(crate) fn input_hash(request: &EstimateRequest) -> String {
    let text = serde_json::to_string(request).unwrap_or_default();
    Sha256::digest(text.as_bytes())
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

#[cfg(test)]
mod tests;
