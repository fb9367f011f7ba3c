//! 如果…… — the household as it would be, for one projection beside the scheduled one. Nothing is kept.

use chrono::NaiveDate;
use gongji_domain::{
    Amount, Bill, Binding, BindingId, EmploymentStatus, Enrollment, EnrollmentId, Household,
    MemberId, Month, Part, PlanItemId, PlannedSpending, Relation, Yuan,
};
use serde::{Deserialize, Serialize};
use specta::Type;

use crate::project::amounts::{minus, plus};
use crate::projection::{MemberOutlook, Projection};

/// 如果…… — any number of suppositions at once.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(deny_unknown_fields, default)]
pub struct Scenario {
    /// 看病
    pub spendings: Vec<SupposedSpending>,
    /// 停缴
    pub stops: Vec<SupposedStop>,
    /// 退休
    pub retirements: Vec<SupposedRetirement>,
    /// 加一项共济
    pub bindings: Vec<SupposedBinding>,
}

/// 如果看一次病
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(deny_unknown_fields)]
pub struct SupposedSpending {
    /// 谁
    pub member: MemberId,
    /// 哪天
    pub on: NaiveDate,
    /// 名称
    #[serde(default)]
    pub title: String,
    /// 待遇
    pub part: Part,
    /// 机构类别
    #[serde(default)]
    pub class: Option<String>,
    /// 费用
    pub bill: Bill,
}

/// 如果从这个月起停缴
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(deny_unknown_fields)]
pub struct SupposedStop {
    /// 谁
    pub member: MemberId,
    /// 从哪个月起
    pub month: Month,
}

/// 如果这个月退休
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(deny_unknown_fields)]
pub struct SupposedRetirement {
    /// 谁
    pub member: MemberId,
    /// 哪个月
    pub month: Month,
    /// 那时累计缴费几个月
    #[serde(default)]
    pub insured_months: Option<u32>,
    /// 那时每月养老金
    #[serde(default)]
    pub pension: Option<Yuan>,
}

/// 如果加一项共济
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(deny_unknown_fields)]
pub struct SupposedBinding {
    /// 谁的账户
    pub donor: MemberId,
    /// 给谁用
    pub recipient: MemberId,
    /// 使用人是授权人的什么人
    pub relation: Relation,
    /// 从哪天起
    pub from: NaiveDate,
}

impl Scenario {
    /// 什么也没有假设
    pub fn is_empty(&self) -> bool {
        *self == Scenario::default()
    }

    /// Everybody it speaks of.
    pub fn members(&self) -> impl Iterator<Item = MemberId> + '_ {
        let bindings = self.bindings.iter();
        let of_bindings = bindings.flat_map(|supposed| [supposed.donor, supposed.recipient]);
        (self.spendings.iter().map(|supposed| supposed.member))
            .chain(self.stops.iter().map(|supposed| supposed.member))
            .chain(self.retirements.iter().map(|supposed| supposed.member))
            .chain(of_bindings)
    }

    /// The household in which all of it is so.
    pub fn applied(&self, household: &Household) -> Household {
        let mut other = household.clone();
        for supposed in &self.retirements {
            retire(&mut other, supposed);
        }
        for supposed in &self.stops {
            stop(&mut other, *supposed);
        }
        for supposed in &self.spendings {
            let last = other.plans.iter().map(|plan| plan.id.0).max();
            other.plans.push(PlannedSpending {
                id: PlanItemId(last.unwrap_or(0) + 1),
                member: supposed.member,
                title: supposed.title.clone(),
                part: supposed.part,
                class: supposed.class.clone(),
                bill: supposed.bill.clone(),
                first_on: supposed.on,
                recurrence: None,
                urgent: true,
            });
        }
        for supposed in &self.bindings {
            bind(&mut other, supposed);
        }
        other
    }
}

/// Whoever is in service in that month retires in it; what was stated to come after it no longer does.
fn retire(household: &mut Household, supposed: &SupposedRetirement) {
    let last = supposed.month.last_day();
    let is_theirs = |enrollment: &Enrollment| enrollment.member == supposed.member;
    household.enrollments.retain(|enrollment| {
        let comes = enrollment.from > last && enrollment.status == EmploymentStatus::Retired;
        !(is_theirs(enrollment) && comes)
    });
    let theirs = household.enrollments.iter_mut();
    let works = theirs
        .filter(|enrollment| is_theirs(enrollment) && enrollment.from <= last)
        .max_by_key(|enrollment| (enrollment.from, enrollment.id))
        .filter(|enrollment| enrollment.status == EmploymentStatus::Active);
    if let Some(works) = works {
        works.retired_on = Some(last);
        works.insured_months = supposed.insured_months.or(works.insured_months);
        works.pension = supposed.pension.or(works.pension);
    }
}

/// From the first day of that month on nothing is paid in any more; the account stays usable.
fn stop(household: &mut Household, supposed: SupposedStop) {
    let first = supposed.month.first_day();
    let is_theirs = |enrollment: &Enrollment| enrollment.member == supposed.member;
    household
        .enrollments
        .retain(|enrollment| !(is_theirs(enrollment) && enrollment.from >= first));
    let next = household.enrollments.iter().map(|known| known.id.0).max();
    let theirs = household.enrollments.iter();
    let last = theirs
        .filter(|enrollment| is_theirs(enrollment))
        .max_by_key(|enrollment| (enrollment.from, enrollment.id));
    let Some(last) = last.filter(|last| last.until.is_none_or(|until| until >= first)) else {
        return;
    };
    let stopped = Enrollment {
        id: EnrollmentId(next.unwrap_or(0) + 1),
        from: first,
        until: None,
        status: EmploymentStatus::Suspended,
        retired_on: None,
        first_enrollment: false,
        back_paid: None,
        back_paid_on: None,
        ..last.clone()
    };
    household.enrollments.push(stopped);
}

fn bind(household: &mut Household, supposed: &SupposedBinding) {
    let last = household.bindings.iter().map(|known| known.id.0).max();
    let rank = household
        .bindings
        .iter()
        .filter(|known| known.recipient == supposed.recipient)
        .map(|known| known.rank)
        .max();
    household.bindings.push(Binding {
        id: BindingId(last.unwrap_or(0) + 1),
        donor: supposed.donor,
        recipient: supposed.recipient,
        relation: supposed.relation,
        bound_on: supposed.from,
        ended_on: None,
        rank: rank.unwrap_or(0) + 1,
    });
}

/// 两种情形差多少 — of one member: as planned, as supposed, and by how much the second is more.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct Difference {
    /// 成员
    pub member: MemberId,
    /// 哪天不够用（最早），照计划
    pub run_out: Option<NaiveDate>,
    /// 如果……
    pub run_out_then: Option<NaiveDate>,
    /// 一共要付的现金，照计划
    pub cash: Amount,
    /// 如果……
    pub cash_then: Amount,
    /// 多付多少现金
    pub cash_more: Amount,
    /// 账户最少剩，照计划
    pub lowest: Amount,
    /// 如果……
    pub lowest_then: Amount,
    /// 最低点高多少（负数是更低）
    pub lowest_more: Amount,
    /// 最后的余额，照计划
    pub closing: Amount,
    /// 如果……
    pub closing_then: Amount,
}

/// 比一比 — the projection of what is supposed, and how it differs from the scheduled one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct Comparison {
    /// 如果……的预测
    pub projection: Projection,
    /// 每位成员差多少
    pub differences: Vec<Difference>,
    /// 全家多付多少现金
    pub cash_more: Amount,
}

/// Lays the two beside one another.
pub fn compare(scheduled: &Projection, supposed: Projection) -> Comparison {
    let outlook = |member| supposed.members.iter().find(|one| one.member == member);
    let differences: Vec<Difference> = scheduled
        .members
        .iter()
        .filter_map(|before| {
            let then = outlook(before.member)?;
            let lowest = [lowest(before), lowest(then)];
            let run_out = |one: &MemberOutlook| one.run_out.as_ref().map(|out| out.earliest);
            Some(Difference {
                member: before.member,
                run_out: run_out(before),
                run_out_then: run_out(then),
                cash: before.cash,
                cash_then: then.cash,
                cash_more: minus(then.cash, before.cash),
                lowest: lowest[0],
                lowest_then: lowest[1],
                lowest_more: minus(lowest[1], lowest[0]),
                closing: closing(scheduled, before.member),
                closing_then: closing(&supposed, before.member),
            })
        })
        .collect();
    let zero = Amount::Exact(Yuan::ZERO);
    let cash_more = differences.iter().map(|one| one.cash_more);
    Comparison {
        cash_more: cash_more.fold(zero, plus),
        differences,
        projection: supposed,
    }
}

fn lowest(outlook: &MemberOutlook) -> Amount {
    let low = outlook.lowest.as_ref();
    low.map_or(Amount::UNKNOWN, |low| low.amount)
}

fn closing(projection: &Projection, member: MemberId) -> Amount {
    let mut rows = projection.months.iter().rev();
    let last = rows.find(|row| row.member == member);
    last.map_or(Amount::UNKNOWN, |row| row.closing)
}

#[cfg(test)]
mod tests;
