//! 什么时候退休没有填 — who may retire when is nowhere in the policy library, so the figures go on with work,
//! and beside them stands where the line would lead on which the member retires as soon as may be.

use std::collections::BTreeMap;

use chrono::{Months, NaiveDate};
use gongji_domain::{
    EmploymentStatus, Enrollment, Household, Member, Message, Month, Open, Scheme,
};
use gongji_policy::Library;

use super::merge::Cases;
use super::{Expected, Fork, Window, enrollments};
use crate::projection::Projection;
use crate::settle::EngineError;
use crate::standing::retirement_takes_effect;

/// From this age on a member in service is asked when they retire. That is no age of any rule.
const ASKED_FROM: u32 = 50;

/// A member in service in the projected time of whom nobody said when they retire.
pub(in crate::project) struct Unstated<'h> {
    member: &'h Member,
    works: &'h Enrollment,
    /// As it would be, did they retire in the first month that is asked about.
    retires: Enrollment,
    place: String,
}

impl<'h> Unstated<'h> {
    pub(in crate::project) fn of(
        library: &Library,
        household: &'h Household,
        window: Window,
    ) -> Vec<Unstated<'h>> {
        let members = household.members.iter();
        members
            .filter_map(|member| Unstated::member(library, household, member, window))
            .collect()
    }

    fn member(
        library: &Library,
        household: &'h Household,
        member: &'h Member,
        window: Window,
    ) -> Option<Unstated<'h>> {
        let of_member = || enrollments(household, member.id);
        let stated = |enrollment: &Enrollment| {
            enrollment.status == EmploymentStatus::Retired || enrollment.retired_on.is_some()
        };
        if of_member().any(stated) {
            return None;
        }
        let asked = member
            .born?
            .checked_add_months(Months::new(12 * ASKED_FROM))?;
        let asked = asked.max(window.first());
        if !window.holds(asked) {
            return None;
        }
        let works = of_member()
            .filter(|enrollment| enrollment.from <= asked)
            .max_by_key(|enrollment| (enrollment.from, enrollment.id))
            .filter(|works| {
                works.until.is_none_or(|until| until >= asked)
                    && works.status == EmploymentStatus::Active
                    && works.scheme == Scheme::Employee
            })?;
        let month = Month::of(asked);
        let retired_on = month.last_day();
        let from = retirement_takes_effect(library, &works.pool, works.scheme, retired_on)
            .unwrap_or_else(|| month.plus(1).first_day())
            .max(asked);
        let place = library.pool(&works.pool);
        Some(Unstated {
            member,
            works,
            retires: Enrollment {
                from,
                status: EmploymentStatus::Retired,
                contribution_base: None,
                retired_on: Some(retired_on),
                ..works.clone()
            },
            place: place.map_or_else(|| works.pool.0.clone(), |pool| pool.name.clone()),
        })
    }

    /// The question.
    pub(in crate::project) fn open(&self) -> Open {
        Open {
            key: self.expected().key(),
            what: self.said(),
            ask: None,
            readings: Vec::new(),
        }
    }

    fn said(&self) -> Message {
        Message::new("open.retirement_not_stated")
            .with("name", &self.member.name)
            .with("place", &self.place)
            .with("month", self.expected().month())
    }

    fn expected(&self) -> Expected<'_> {
        Expected {
            member: self.member,
            retires: &self.retires,
            works: self.works,
        }
    }

    /// Both lines, where they part inside the projected time.
    pub(in crate::project) fn fork(
        &self,
        household: &Household,
        until: NaiveDate,
        project: impl Fn(&Household) -> Result<Projection, EngineError>,
    ) -> Result<Option<Fork>, EngineError> {
        if self.retires.from > until {
            return Ok(None);
        }
        let mut retiring = household.clone();
        for enrollment in &mut retiring.enrollments {
            if enrollment.id == self.works.id {
                enrollment.until = self.retires.from.pred_opt();
            }
        }
        let highest = retiring.enrollments.iter().map(|known| known.id).max();
        let mut retires = self.retires.clone();
        retires.id.0 = highest.map_or(1, |id| id.0.saturating_add(1));
        retiring.enrollments.push(retires);
        let expected = self.expected();
        let world = |reading| BTreeMap::from([(expected.key(), reading)]);
        let cases = Cases {
            runs: vec![
                (world(0), project(household)?),
                (world(1), project(&retiring)?),
            ],
            too_many: false,
        };
        let what = Message::new("project.retirement_not_stated")
            .with("name", &self.member.name)
            .with("month", expected.month());
        Ok(Some(Fork {
            what,
            ..cases.fork(&expected)
        }))
    }
}
