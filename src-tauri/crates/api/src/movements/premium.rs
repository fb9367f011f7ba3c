//! 缴保费 — from an account, for oneself or a relative, by the rules of the place that keeps it.

use gongji_domain::{Account, EntryKind, MemberId, Message, Relation, Scheme, SubAccountId, Yuan};
use gongji_engine::{Allowed, PremiumAsked, premium};
use gongji_policy::{Aid, AidKind, Body, Cell, InForce, RowFacts};

use super::{Around, Planned, owner_name, positive};
use crate::bindings::{enrolled, name_of};
use crate::{ApiError, Movement, PremiumKind};

/// What is paid for whom.
struct Paying<'d> {
    account: &'d Account,
    sub: &'d SubAccountId,
    for_member: MemberId,
    relation: Relation,
    premium: PremiumKind,
    amount: Yuan,
}

impl Around<'_> {
    pub(super) fn premium(&self, movement: &Movement) -> Result<Planned, ApiError> {
        let Movement::Premium {
            from,
            sub,
            for_member,
            relation,
            premium,
            amount,
        } = movement
        else {
            return Err(ApiError::gone("movement"));
        };
        positive(*amount)?;
        let paying = Paying {
            account: self.insured(*from)?,
            sub,
            for_member: self.member(*for_member)?,
            relation: *relation,
            premium: *premium,
            amount: *amount,
        };
        let label = Message::new("step_name.premium")
            .with("donor", owner_name(self, paying.account))
            .with("recipient", name_of(self.household, paying.for_member))
            .with("premium", paying.premium.word())
            .with("amount", paying.amount);
        let mut planned = Planned::new(EntryKind::Premium, label);
        if paying.for_member != paying.account.owner {
            planned.for_member = Some(paying.for_member);
            self.by_rule(&paying, &mut planned)?;
        }
        if planned.view.refused.is_some() {
            return Ok(planned);
        }
        self.covers(paying.account, paying.sub, paying.amount)?;
        if paying.premium == PremiumKind::Resident {
            self.compare(&paying, &mut planned);
        }
        planned.leg(paying.account.id, Some(paying.sub), -paying.amount);
        Ok(planned)
    }

    /// For whom, and what must stay on the account.
    fn by_rule(&self, paying: &Paying<'_>, planned: &mut Planned) -> Result<(), ApiError> {
        let owner = paying.account.owner;
        let verdict = self.gongji.verdict(
            self.household,
            owner,
            paying.for_member,
            paying.relation,
            self.on,
        );
        if verdict.allowed == Allowed::No {
            planned.refuse("for_member", verdict.reason, verdict.source.as_ref());
            return Ok(());
        }
        let rules = self.rules_of(paying.account);
        let word = paying.premium.word();
        let held = rules.as_ref().into_iter().flat_map(|rules| &rules.blocks);
        let pays = held.filter_map(pays_for_relatives);
        let listed = pays.filter(|(_, aid)| aid.premiums.iter().any(|known| known == word));
        let mut listed = listed.filter(|(_, aid)| names(aid, paying.relation));
        let Some((held, aid)) = listed.next() else {
            planned.note("movement.no_premium_rule");
            return Ok(());
        };
        planned.view.source = held.source();
        planned.view.grade = Some(held.grade);
        match aid.reserve {
            Cell::Yuan(kept) if !kept.is_zero() => {
                let left = self.holds(paying.account.id, Some(paying.sub))? - paying.amount;
                if left < kept {
                    let reason = Message::new("transfer.keeps_back").with("kept", kept);
                    planned.refuse("amount", reason, held.source().as_ref());
                }
            }
            Cell::Unknown => planned.note("movement.reserve_unknown"),
            _ => {}
        }
        Ok(())
    }

    /// What the notice says the year costs; another sum is told and not refused, because it was paid.
    fn compare(&self, paying: &Paying<'_>, planned: &mut Planned) {
        let insured = enrolled(self.household, paying.for_member, self.on);
        let Some(insured) = insured.filter(|insured| insured.scheme == Scheme::Resident) else {
            return;
        };
        let mut members = self.household.members.iter();
        let born = members
            .find(|known| known.id == paying.for_member)
            .and_then(|known| known.born);
        let facts = RowFacts {
            plan: insured.plan.clone(),
            status: insured.status.word().to_owned(),
            special: insured.special.word().to_owned(),
            born,
            ..RowFacts::default()
        };
        let asked = PremiumAsked::on(self.on);
        let library = &self.gongji.library;
        let due = premium(library, &insured.pool, insured.scheme, &facts, asked);
        let (Some(least), Some(most)) = (due.amount.min(), due.amount.max()) else {
            return;
        };
        let fits = (least..=most).contains(&paying.amount);
        let code = if fits {
            "movement.premium_agrees"
        } else {
            "movement.premium_differs"
        };
        let note = Message::new(code)
            .with("year", due.year)
            .with("amount", most);
        planned.view.notes.push(note);
        if planned.view.source.is_none() {
            planned.view.source = due.source;
            planned.view.grade = due.grade;
        }
    }
}

/// The ways in which an account pays for relatives at home.
fn pays_for_relatives<'r, 'a>(held: &'r InForce<'a>) -> Option<(&'r InForce<'a>, &'a Aid)> {
    match &held.block.body {
        Body::Aid(aid) if !held.off => {
            let at_home = matches!(aid.kind, AidKind::Binding | AidKind::FamilyAccount);
            at_home.then_some((held, &**aid))
        }
        _ => None,
    }
}

fn names(aid: &Aid, relation: Relation) -> bool {
    aid.relations.iter().any(|known| known == relation.word())
}
