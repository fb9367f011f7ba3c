//! 缴保费 — from an account, for oneself or a relative, by the rules of the place that keeps it.

use chrono::NaiveDate;
use gongji_domain::{
    Account, EntryKind, MemberId, Message, Month, Relation, Scheme, SubAccountId, Yuan,
};
use gongji_engine::{Allowed, PremiumAsked, PremiumPayer};

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
    year: Option<i32>,
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
            year,
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
            year: *year,
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
            self.compare(&paying, &mut planned)?;
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
        let rules = self.rules_of(paying.account);
        let word = paying.premium.word();
        let judged = PremiumPayer::of(verdict, rules.as_ref(), paying.relation, word);
        if judged.allowed == Allowed::No {
            planned.refuse("for_member", judged.reason, judged.source.as_ref());
            return Ok(());
        }
        if !judged.listed {
            planned.note("movement.no_premium_rule");
            return Ok(());
        }
        planned.view.source = judged.source.clone();
        planned.view.grade = judged.grade;
        match judged.keeps {
            Some(kept) if !kept.is_zero() => {
                let left = self.holds(paying.account.id, Some(paying.sub))? - paying.amount;
                if left < kept {
                    let reason = Message::new("transfer.keeps_back").with("kept", kept);
                    planned.refuse("amount", reason, judged.source.as_ref());
                }
            }
            None => planned.note("movement.reserve_unknown"),
            Some(_) => {}
        }
        Ok(())
    }

    /// What the notice says the year costs; another sum is told and not refused, because it was paid.
    fn compare(&self, paying: &Paying<'_>, planned: &mut Planned) -> Result<(), ApiError> {
        let insured = enrolled(self.household, paying.for_member, self.on);
        let Some(insured) = insured.filter(|insured| insured.scheme == Scheme::Resident) else {
            return Ok(());
        };
        let mut recorded = self.household.clone();
        recorded.entries.extend(self.gongji.premium_entries()?);
        let year = match paying.year {
            Some(year) => year,
            None => self.gongji.premium_year(&recorded, insured, self.on),
        };
        planned.for_month = NaiveDate::from_ymd_opt(year, 1, 1).map(Month::of);
        let asked = PremiumAsked {
            year: Some(year),
            on: self.on,
        };
        let due = self.gongji.premium_due(self.household, insured, asked);
        let (Some(least), Some(most)) = (due.amount.min(), due.amount.max()) else {
            return Ok(());
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
        Ok(())
    }
}
