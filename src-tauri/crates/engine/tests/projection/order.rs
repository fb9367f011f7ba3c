//! 先后 — in which order a household is written down changes nothing; what comes first on one day is a
//! rule (ARCHITECTURE.md, the order of a day).

use std::collections::BTreeMap;

use gongji_domain::{BindingId, MemberId, PlanItemId};
use gongji_engine::Projection;
use proptest::prelude::*;

use crate::family::{ANY, Home, family};
use crate::many::cases;

fn text<T: serde::Serialize>(of: &T) -> String {
    serde_json::to_string(of).unwrap()
}

fn sorted<T: serde::Serialize>(of: &[T]) -> Vec<String> {
    let mut texts: Vec<String> = of.iter().map(text).collect();
    texts.sort_unstable();
    texts
}

/// What sums are made of stands in the order of the events.
fn sort_addends(projection: &mut Projection) {
    let months = projection.cash.iter_mut().chain(&mut projection.cash_peak);
    let of_months = months.map(|month| &mut month.of);
    let of_shared = projection.shared.iter_mut().map(|shared| &mut shared.of);
    for of in of_months.chain(of_shared) {
        of.sort_by_cached_key(text);
    }
    for outlook in &mut projection.members {
        outlook.cash_of.sort_by_cached_key(text);
        if let Some(peak) = &mut outlook.cash_peak {
            peak.of.sort_by_cached_key(text);
        }
    }
    for line in projection.forks.iter_mut().flat_map(|fork| &mut fork.lines) {
        line.credited_of.sort_by_cached_key(text);
        line.cash_of.sort_by_cached_key(text);
    }
}

/// Everything a projection says, without the order in which equal days stand.
fn said(projection: &Projection) -> BTreeMap<&'static str, Vec<String>> {
    let mut projection = projection.clone();
    sort_addends(&mut projection);
    BTreeMap::from([
        ("events", sorted(&projection.events)),
        ("months", sorted(&projection.months)),
        ("members", sorted(&projection.members)),
        ("cash", sorted(&projection.cash)),
        ("shared", sorted(&projection.shared)),
        ("forks", sorted(&projection.forks)),
        ("unknown", sorted(&projection.unknown)),
        ("policy", sorted(&projection.policy.blocks)),
    ])
}

fn same(one: &Projection, other: &Projection) {
    let (one, other) = (said(one), said(other));
    for (name, lines) in &one {
        let theirs = &other[name];
        let lost: Vec<_> = lines.iter().filter(|line| !theirs.contains(line)).collect();
        let new: Vec<_> = theirs.iter().filter(|line| !lines.contains(line)).collect();
        assert!(
            lost.is_empty() && new.is_empty(),
            "{name}: {lost:#?} became {new:#?}"
        );
    }
}

/// `of` in the order that `by` says.
fn shuffled<T>(of: &mut [T], by: u64) {
    let mut state = by;
    for at in (1..of.len()).rev() {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        of.swap(at, (state >> 33) as usize % (at + 1));
    }
}

fn shuffle(home: &mut Home, by: u64) {
    let household = &mut home.household;
    shuffled(&mut household.members, by);
    shuffled(&mut household.enrollments, by ^ 1);
    shuffled(&mut household.accounts, by ^ 2);
    shuffled(&mut household.entries, by ^ 3);
    shuffled(&mut household.plans, by ^ 4);
    shuffled(&mut household.bindings, by ^ 5);
    shuffled(&mut household.stated_counters, by ^ 6);
    shuffled(&mut household.credit_days, by ^ 7);
    // By rank the bindings are ordered; their numbers only name them.
    let last = household.bindings.len() as u32;
    for binding in &mut household.bindings {
        binding.id = BindingId(last + 1 - binding.id.0);
    }
}

/// Whether two members share money, directly or through others.
fn connected(home: &Home, one: MemberId, other: MemberId) -> bool {
    let mut reached = vec![one];
    let mut at = 0;
    while at < reached.len() {
        for binding in &home.household.bindings {
            for (here, there) in [
                (binding.donor, binding.recipient),
                (binding.recipient, binding.donor),
            ] {
                if here == reached[at] && !reached.contains(&there) {
                    reached.push(there);
                }
            }
        }
        at += 1;
    }
    reached.contains(&other)
}

/// Bills of people who share money fall on one day: their order is that of the plans' numbers.
fn bills_meet(home: &Home) -> bool {
    let plans = &home.household.plans;
    let days = |at: usize| plans[at].days(home.from, home.until).collect::<Vec<_>>();
    (0..plans.len()).any(|one| {
        (0..one).any(|other| {
            connected(home, plans[one].member, plans[other].member)
                && days(one).iter().any(|day| days(other).contains(day))
        })
    })
}

proptest! {
    #![proptest_config(cases(32))]

    #[test]
    fn the_order_of_the_record_changes_nothing(
        family in any::<bool>().prop_flat_map(|stated| family(&ANY, stated)),
        by in any::<u64>(),
    ) {
        let home = family.home();
        let mut other = home.clone();
        shuffle(&mut other, by);
        let mut projections = [home.project(), other.project()];
        // What is open about a binding bears its number.
        for open in projections.iter_mut().flat_map(|projection| &mut projection.unknown) {
            if open.key.starts_with("aid:") {
                open.key.truncate(4);
            }
            // Of several people before one open point the question of the first is shown; and where
            // there are more combinations than are looked at, which of them are depends on the order.
            open.ask = None;
            open.readings.clear();
        }
        same(&projections[0], &projections[1]);
    }

    /// The numbers of plans decide where two bills on one day share money, and nowhere else.
    #[test]
    fn the_numbers_of_the_plans_change_nothing_by_themselves(family in family(&ANY, true)) {
        let home = family.home();
        prop_assume!(!bills_meet(&home));
        let mut other = home.clone();
        let last = other.household.plans.len() as u32;
        for plan in &mut other.household.plans {
            plan.id = PlanItemId(last + 1 - plan.id.0);
        }
        let mut projection = other.project();
        for event in &mut projection.events {
            event.plan = event.plan.map(|plan| PlanItemId(last + 1 - plan.0));
        }
        let of_members = projection.members.iter_mut().map(|member| &mut member.run_out);
        let lines = projection.forks.iter_mut().flat_map(|fork| &mut fork.lines);
        for run_out in of_members.chain(lines.map(|line| &mut line.run_out)).flatten() {
            run_out.plan = run_out.plan.map(|plan| PlanItemId(last + 1 - plan.0));
        }
        same(&home.project(), &projection);
    }
}
