//! 预计退休的两条线 — a stated retirement to come may not come: from its day on the projection goes both
//! ways, and every amount says how far they lie apart.
//!
//! What is stated to come is an enrollment as a retiree that begins after the record ends. The question
//! is a reading like any other; each combination of answers is a projection of a household in which those
//! who go on working have no such enrollment.

mod merge;
mod sums;
mod unstated;

use std::collections::BTreeMap;

use chrono::NaiveDate;
use gongji_domain::{
    Amount, EmploymentStatus, Enrollment, Household, Member, MemberId, Message, Month, Scheme,
};
use serde::{Deserialize, Serialize};
use specta::Type;

use super::addends::Addend;
use super::agenda::Window;
use crate::open::{OpenPoint, explore};
use crate::projection::{LowPoint, Projection, RunOut};
use crate::settle::EngineError;

pub(super) use unstated::Unstated;

/// Six members who are expected to retire; of more, what differs is not known.
const MOST_COMBINATIONS: usize = 64;

/// 分成两条线的地方 — one member who is expected to retire.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct Fork {
    /// 成员
    pub member: MemberId,
    /// 从哪天起分开
    pub from: NaiveDate,
    /// 问的是什么
    pub what: Message,
    /// 两条线：接着工作、退休
    pub lines: Vec<ForkLine>,
}

/// 其中一条线上，这位成员到最后怎样
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct ForkLine {
    /// 哪一条
    pub what: Message,
    /// 整个预测期一共划入
    pub credited: Amount,
    /// 划入是哪几样加起来的；几种可能里不一样的，没有
    pub credited_of: Vec<Addend>,
    /// 最后一个月的月末余额
    pub closing: Amount,
    /// 整个预测期的最低点
    pub lowest: Option<LowPoint>,
    /// 用完
    pub run_out: Option<RunOut>,
    /// 一共要付的现金
    pub cash: Amount,
    /// 现金是哪几样加起来的；几种可能里不一样的，没有
    pub cash_of: Vec<Addend>,
}

/// A member in service of whom it is stated that they will retire.
pub(super) struct Expected<'h> {
    member: &'h Member,
    retires: &'h Enrollment,
    works: &'h Enrollment,
}

impl<'h> Expected<'h> {
    /// Those in the projected time, each member's first.
    pub(super) fn of(household: &'h Household, window: Window) -> Vec<Expected<'h>> {
        let of_member = |member: &'h Member| {
            let mut all: Vec<&Enrollment> = enrollments(household, member.id).collect();
            all.sort_by_key(|enrollment| (enrollment.from, enrollment.id));
            let pairs = all.windows(2).map(|pair| (pair[0], pair[1]));
            let mut pairs = pairs.filter(|(works, retires)| {
                window.holds(retires.from)
                    && retires.status == EmploymentStatus::Retired
                    && works.status == EmploymentStatus::Active
                    && works.scheme == Scheme::Employee
                    && works.retired_on.is_none()
            });
            pairs.next().map(|(works, retires)| Expected {
                member,
                retires,
                works,
            })
        };
        household.members.iter().filter_map(of_member).collect()
    }

    fn key(&self) -> String {
        format!("retirement:{}", self.member.id)
    }

    /// 预计哪个月退休
    fn month(&self) -> Month {
        self.retires
            .retired_on
            .map_or(Month::of(self.retires.from).plus(-1), Month::of)
    }

    fn point(&self) -> OpenPoint {
        let month = self.month();
        OpenPoint {
            key: self.key(),
            what: Message::new("open.retirement_expected")
                .with("name", &self.member.name)
                .with("month", month),
            ask: None,
            readings: vec![
                Message::new("reading.goes_on_working"),
                Message::new("reading.retires").with("month", month),
            ],
        }
    }
}

/// The household in which these members go on working.
fn goes_on(household: &Household, working: &[&Expected<'_>]) -> Household {
    let mut other = household.clone();
    let gone = |enrollment: &Enrollment| {
        working
            .iter()
            .any(|expected| expected.retires.id == enrollment.id)
    };
    other.enrollments.retain(|enrollment| !gone(enrollment));
    for expected in working {
        let ends = expected.retires.from.pred_opt();
        for enrollment in &mut other.enrollments {
            // It was said to end only because retirement begins.
            if enrollment.id == expected.works.id && enrollment.until == ends {
                enrollment.until = None;
            }
        }
    }
    other
}

/// Projects every combination of who retires and who goes on, and says what they have in common.
pub(super) fn forked(
    household: &Household,
    expected: &[Expected<'_>],
    project: impl Fn(&Household) -> Result<Projection, EngineError>,
) -> Result<Projection, EngineError> {
    let explored = explore(MOST_COMBINATIONS, |readings| {
        let working: Vec<&Expected<'_>> = expected
            .iter()
            .filter(|one| readings.choose(&one.key(), || one.point()) == 0)
            .collect();
        project(&goes_on(household, &working))
    });
    let too_many = explored.too_many();
    let mut runs = Vec::new();
    for (world, result) in explored.runs {
        runs.push((world, result?));
    }
    let cases = merge::Cases { runs, too_many };
    Ok(cases.merged(expected))
}

fn enrollments(household: &Household, member: MemberId) -> impl Iterator<Item = &Enrollment> {
    let all = household.enrollments.iter();
    all.filter(move |enrollment| enrollment.member == member)
}

/// One combination: who goes on working (0) and who retires (1), by key.
type World = BTreeMap<String, usize>;
