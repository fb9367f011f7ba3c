//! 演示家庭 — a family that shows what the ledger does; every figure in it is invented for people who
//! do not exist, under the real rules.

use chrono::{Days, Months, NaiveDate};
use gongji_domain::{
    Bill, EmploymentStatus, EnrollmentId, Household, Member, MemberId, Message, Month, Part,
    PlannedPremium, PlannedPremiumId, PlannedSpending, PoolId, Recurrence, Relation, Scheme,
    Special, SubAccountId, Yuan,
};
use gongji_engine::PremiumAsked;
use gongji_store::{binding, household, planned_premium, planned_spending};

use crate::setup::{drafted, insert_member};
use crate::{ApiError, EnrollmentDraft, Gongji, MemberDraft};

impl Gongji {
    /// Fills an empty file with the demo family, as it stands on `today`.
    ///
    /// # Errors
    /// Where the file cannot be written.
    pub fn fill_demo(&mut self, today: NaiveDate) -> Result<(), ApiError> {
        let drafts = family(today);
        let names: Vec<String> = drafts
            .iter()
            .map(|draft| {
                draft
                    .enrollment
                    .as_ref()
                    .map_or_else(String::new, |of| self.place_name(&of.pool))
            })
            .collect();
        let premium = drafts.get(CHILD).and_then(|of| self.premium_of(today, of));
        self.store_mut()?
            .command(&Message::new("step_name.demo"), |tx| {
                household::set(tx, "演示家庭", true)?;
                let mut ids = Vec::new();
                for (draft, name) in drafts.iter().zip(&names) {
                    ids.push(insert_member(tx, today, draft, name)?);
                }
                let [mother, father, child, grandfather] = ids[..] else {
                    return Ok(());
                };
                for (donor, recipient, relation, rank) in [
                    (mother, child, Relation::Child, 1),
                    (father, child, Relation::Child, 2),
                    (father, grandfather, Relation::Parent, 1),
                ] {
                    let id = binding::next_id(tx)?;
                    let bound_on = today.checked_sub_months(Months::new(6)).unwrap_or(today);
                    binding::insert(
                        tx,
                        &gongji_domain::Binding {
                            id,
                            donor,
                            recipient,
                            relation,
                            bound_on,
                            ended_on: None,
                            rank,
                        },
                    )?;
                }
                for plan in plans(today, mother, grandfather) {
                    planned_spending::insert(
                        tx,
                        &PlannedSpending {
                            id: planned_spending::next_id(tx)?,
                            ..plan
                        },
                    )?;
                }
                if let Some(premium) = premium {
                    let paid = PlannedPremium {
                        id: planned_premium::next_id(tx)?,
                        member: child,
                        paid_by: Some(father),
                        relation: Some(Relation::Child),
                        ..premium
                    };
                    planned_premium::insert(tx, &paid)?;
                }
                Ok(())
            })?;
        Ok(())
    }

    /// The next year of the child's premium: as the rules say where they do; where they do not yet, on a day of
    /// the family's own, and they suppose that it stays what it was.
    fn premium_of(&self, today: NaiveDate, child: &MemberDraft) -> Option<PlannedPremium> {
        let insured = drafted(EnrollmentId(0), MemberId(0), child.enrollment.as_ref()?);
        let household = Household {
            members: vec![Member {
                id: MemberId(0),
                name: child.name.clone(),
                born: child.born,
                note: String::new(),
            }],
            ..Household::default()
        };
        let year = self.premium_year(&household, &insured, today);
        let of = |year| self.premium_due(&household, &insured, PremiumAsked::of_year(year));
        let (due, before) = (of(year), of(year - 1));
        let own = due.deadline().is_none();
        let usual = NaiveDate::from_ymd_opt(year - 1, 12, 15).filter(|day| *day > today);
        Some(PlannedPremium {
            id: PlannedPremiumId(0),
            member: MemberId(0),
            paid_by: None,
            relation: None,
            from_year: year,
            until_year: None,
            pay_on: usual
                .or(today.checked_add_days(Days::new(24)))
                .filter(|_| own),
            amount: before.amount.exact().filter(|_| !due.known()),
        })
    }
}

/// The place of the child among the members.
const CHILD: usize = 2;

fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap_or_default()
}

fn family(today: NaiveDate) -> Vec<MemberDraft> {
    let since = Month::of(today).plus(-24).first_day();
    let beijing = |scheme, plan: &str, status, base: Option<i64>, retired_on| EnrollmentDraft {
        pool: PoolId::from("110000"),
        scheme,
        plan: plan.to_owned(),
        status,
        from: since,
        until: None,
        contribution_base: base.map(|yuan| Yuan::from_fen(yuan * 100)),
        retired_on,
        insured_months: None,
        special: Special::None,
        pension: None,
        frozen_credit: None,
        employer: None,
        first_enrollment: false,
        back_paid: None,
        back_paid_on: None,
    };
    let member = |name: &str, born, enrollment, book: Option<i64>| MemberDraft {
        name: name.to_owned(),
        born: Some(born),
        enrollment: Some(enrollment),
        balances: book
            .map(|fen| (SubAccountId::from("book"), Yuan::from_fen(fen)))
            .into_iter()
            .collect(),
        balances_as_of: Some(today),
        cash: None,
        counters: Default::default(),
        counters_as_of: Some(today),
        credit_day: None,
    };
    let active = EmploymentStatus::Active;
    let with_account = "with_account";
    let mut mother = member(
        "林芳",
        day(1986, 4, 12),
        beijing(Scheme::Employee, with_account, active, Some(12_000), None),
        Some(38_640),
    );
    mother.counters = [("op_deductible", "1800.00"), ("op_fund", "2350.00")]
        .map(|(id, value)| (id.to_owned(), value.to_owned()))
        .into();
    let father = member(
        "周明",
        day(1984, 9, 3),
        beijing(Scheme::Employee, with_account, active, Some(18_000), None),
        Some(421_500),
    );
    let child = member(
        "周小雨",
        day(2016, 6, 1),
        beijing(Scheme::Resident, "child_student", active, None, None),
        None,
    );
    let retired = EmploymentStatus::Retired;
    let mut grandfather = member(
        "周国强",
        day(1955, 2, 20),
        beijing(
            Scheme::Employee,
            with_account,
            retired,
            None,
            Some(day(2015, 2, 28)),
        ),
        Some(15_220),
    );
    grandfather.counters = [("op_deductible", "1300.00"), ("op_fund", "4120.00")]
        .map(|(id, value)| (id.to_owned(), value.to_owned()))
        .into();
    vec![mother, father, child, grandfather]
}

fn plans(today: NaiveDate, mother: MemberId, grandfather: MemberId) -> Vec<PlannedSpending> {
    let id = gongji_domain::PlanItemId(0);
    let soon = |days: u64| today.checked_add_days(Days::new(days)).unwrap_or(today);
    let bill = |yuan: i64| Bill::of_total(Yuan::from_fen(yuan * 100));
    vec![
        PlannedSpending {
            id,
            member: grandfather,
            title: "降压药复诊".to_owned(),
            part: Part::GeneralOutpatient,
            class: Some("community".to_owned()),
            bill: bill(620),
            first_on: soon(6),
            recurrence: Recurrence::every_days(28).ok(),
            urgent: true,
        },
        PlannedSpending {
            id,
            member: mother,
            title: "牙科复查".to_owned(),
            part: Part::GeneralOutpatient,
            class: Some("hospital".to_owned()),
            bill: bill(1_450),
            first_on: soon(20),
            recurrence: None,
            urgent: false,
        },
    ]
}
