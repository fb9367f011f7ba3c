//! 总览、预测与办法 — what is there, when more comes, when it runs out, what then.

use chrono::{Months, NaiveDate};
use gongji_domain::{
    Amount, Entry, EntryKind, Household, Member, MemberId, Message, Open, PlanItemId, Step, Yuan,
};
use gongji_engine::{
    Advice, Balances, CreditGap, Need, Projection, ProjectionRequest, Steps, advise, credit_gaps,
    has_account, project, project_with,
};

use crate::bindings::{enrolled, insurance_account};
use crate::{ApiError, DueCredit, Gongji, MemberCard, Overview};

impl Gongji {
    /// 预测，按要求
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn projection_with(&self, request: ProjectionRequest) -> Result<Projection, ApiError> {
        let (household, balances) = self.starting_point(request.from)?;
        let library = &self.library;
        Ok(project_with(library, &household, &balances, request)?)
    }

    /// Everything a projection starts from: the record without its bulk of entries, the credits of
    /// the last three years (to see which are missing, and how they came), and the balances at the close of `today`.
    pub(crate) fn starting_point(
        &self,
        today: NaiveDate,
    ) -> Result<(Household, Balances), ApiError> {
        let store = self.store()?;
        let mut household = store.household_without_entries()?;
        let since = today.checked_sub_months(Months::new(38)).unwrap_or(today);
        for seen in store.credits_since(since)? {
            household.entries.push(Entry {
                id: seen.entry,
                on: seen.on,
                for_month: Some(seen.month),
                kind: EntryKind::Credit,
                memo: String::new(),
                legs: vec![gongji_domain::Leg {
                    account: seen.account,
                    sub: seen.sub,
                    amount: seen.amount,
                }],
                corrects: None,
                settlement: None,
                for_member: None,
            });
        }
        // Where a balance was taken over as it stood, earlier credits are in it and not overdue.
        let taken_over = [EntryKind::Opening, EntryKind::Adjustment];
        household.entries.extend(self.standing_of(&taken_over)?);
        // A premium that was paid is not to be paid again.
        household.entries.extend(self.premium_entries()?);
        let balances = self.starting_balances(today)?;
        for account in &mut household.accounts {
            // When it is to be made good hangs on the day on which it went below zero.
            if let Some(said) = &mut account.overdraft {
                said.below_since = self.store()?.below_since(account.id, today)?;
            }
        }
        Ok((household, balances))
    }

    /// The balances of the medical accounts at the close of `day`.
    pub(crate) fn starting_balances(&self, day: NaiveDate) -> Result<Balances, ApiError> {
        let mut balances = Balances::new();
        for (account, sub, balance) in self.store()?.balances(day)? {
            if let Some(sub) = sub {
                balances.insert((account, sub), balance);
            }
        }
        Ok(balances)
    }

    /// 账户空了怎么办
    ///
    /// # Errors
    /// Where less than nothing is needed, the member is not there any more, or the file cannot be read.
    pub fn advice(
        &self,
        today: NaiveDate,
        member: MemberId,
        need: Yuan,
        on: NaiveDate,
    ) -> Result<Advice, ApiError> {
        if need.is_negative() {
            let message = Message::new("error.need_negative").with("amount", need);
            return Err(ApiError::input("need", message));
        }
        let (household, balances) = self.starting_point(today)?;
        if !household.members.iter().any(|known| known.id == member) {
            return Err(ApiError::gone("member"));
        }
        let until = on
            .max(today)
            .checked_add_months(Months::new(12))
            .unwrap_or(on);
        let projection = project(&self.library, &household, &balances, today, until)?;
        Ok(advise(
            &self.library,
            &household,
            &balances,
            &projection,
            member,
            Need::Beside(need, on),
        ))
    }

    /// 一笔计划支出怎样结 — the steps by which it is settled on that day, as the projection has it; none where
    /// nothing can be settled.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn planned_steps(
        &self,
        today: NaiveDate,
        plan: PlanItemId,
        on: NaiveDate,
    ) -> Result<Vec<Step>, ApiError> {
        let projection = self.projection_with(ProjectionRequest {
            from: today,
            until: on,
            with_interest: false,
            steps: Steps::Of(plan, on),
            beside: false,
        })?;
        let mut bills = projection.events.iter();
        let bill = bills.find(|event| event.plan == Some(plan) && event.on == on);
        Ok(bill.map_or_else(Vec::new, |bill| bill.steps.to_vec()))
    }

    /// 总览 — a card a member, projected over a year.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn overview(&self, today: NaiveDate) -> Result<Overview, ApiError> {
        let (household, balances) = self.starting_point(today)?;
        let until = today.checked_add_months(Months::new(12)).unwrap_or(today);
        let projection = project(&self.library, &household, &balances, today, until)?;
        let mut recorded = household.clone();
        // What was withheld on its own belongs to the sum that came.
        let withheld = self.standing_of(&[EntryKind::Withheld])?;
        recorded.entries.extend(withheld);
        let gaps = credit_gaps(&self.library, &recorded, &projection);
        let mut cards = Vec::new();
        for member in &household.members {
            let gaps = gaps.iter().filter(|gap| gap.member == member.id);
            let (missing, other_sums): (Vec<_>, Vec<_>) =
                gaps.cloned().partition(|gap| gap.came.is_none());
            let mut card = self.card(today, &household, &balances, &projection, member)?;
            card.due = due(&household, missing);
            card.other_sums = other_sums;
            cards.push(card);
        }
        Ok(Overview { today, cards })
    }

    fn card(
        &self,
        today: NaiveDate,
        household: &Household,
        balances: &Balances,
        projection: &Projection,
        member: &Member,
    ) -> Result<MemberCard, ApiError> {
        let enrollment = enrolled(household, member.id, today);
        let outlook = projection
            .members
            .iter()
            .find(|outlook| outlook.member == member.id);
        let account = insurance_account(household, member.id, today);
        let mut subs = Vec::new();
        let mut as_of = None;
        if let Some(account) = account {
            as_of = self.store()?.last_entry_day(account.id)?;
            if as_of.is_some() {
                subs = self.sub_balances(household, account, today)?;
            }
        }
        let has_account = enrollment.and_then(|enrollment| {
            let rules = self
                .library
                .rules(&enrollment.pool, enrollment.scheme.word(), today)?;
            has_account(&rules, enrollment.scheme, &enrollment.plan)
        });
        let run_out = outlook.and_then(|outlook| outlook.run_out.clone());
        let advice = run_out.as_ref().map_or_else(Vec::new, |run_out| {
            let need = Need::RunOut(run_out);
            let library = &self.library;
            advise(library, household, balances, projection, member.id, need).options
        });
        Ok(MemberCard {
            member: member.clone(),
            enrollment: enrollment.cloned(),
            place: enrollment
                .map(|enrollment| self.place_shown(&enrollment.pool))
                .unwrap_or_default(),
            has_rules: enrollment.is_some_and(|enrollment| self.has_rules(&enrollment.pool)),
            has_account,
            account: account.map(|account| account.id),
            balance: outlook.map_or(Amount::UNKNOWN, |outlook| outlook.balance),
            subs,
            as_of,
            next_credit: outlook.and_then(|outlook| outlook.next_credit.clone()),
            due: Vec::new(),
            other_sums: Vec::new(),
            lowest_before_credit: outlook.and_then(|outlook| outlook.lowest_before_credit.clone()),
            run_out,
            projected_until: projection.until,
            advice,
            unknown: asked_of(
                projection,
                member.id,
                enrollment.map(|enrollment| self.place_name(&enrollment.pool)),
            ),
        })
    }
}

/// So many months from `today` on: thirty years at most.
pub(crate) fn ahead(today: NaiveDate, months: u32) -> ProjectionRequest {
    let until = today
        .checked_add_months(Months::new(months.clamp(1, 360)))
        .unwrap_or(today);
    ProjectionRequest {
        from: today,
        until,
        with_interest: false,
        steps: Steps::None,
        beside: true,
    }
}

/// The open points that concern a member: the member's own, those of the place, and those of no place.
fn asked_of(projection: &Projection, member: MemberId, place: Option<String>) -> Vec<Open> {
    let of_other = |open: &Open| {
        let whose = open.what.params.contains_key("whose");
        whose
            && open
                .key
                .rsplit_once('@')
                .is_some_and(|(_, id)| id != member.to_string())
    };
    let concerns = |open: &&Open| match open.what.params.get("place") {
        _ if of_other(open) => false,
        Some(of) => Some(of) == place.as_ref(),
        None => place.is_some(),
    };
    projection
        .unknown
        .iter()
        .filter(concerns)
        .cloned()
        .collect()
}

/// Credits that should have come by now and were not recorded.
fn due(household: &Household, gaps: Vec<CreditGap>) -> Vec<DueCredit> {
    gaps.into_iter()
        .map(|gap| DueCredit {
            missing: household
                .missing_credits
                .iter()
                .any(|noted| noted.account == gap.account && noted.month == gap.month),
            account: gap.account,
            sub: gap.sub,
            month: gap.month,
            due: gap.due,
            net: gap.expected,
            causes: gap.causes,
        })
        .collect()
}
