//! 规则随时间 — the rules of a pool on any day, looked up once for each stretch without a change.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use chrono::{Months, NaiveDate};
use gongji_domain::{PoolId, Scheme};
use gongji_policy::{Body, Library, NATION, Rules, own_layer};

use crate::credit::Near;

/// Rules by pool, scheme and day.
pub(crate) struct RuleBook<'a> {
    pub(crate) library: &'a Library,
    /// Whether somebody reads the steps by which a credit came about.
    pub(crate) explains: bool,
    /// 相近年份的上下限, by the day of a stretch in which they are not known.
    pub(crate) near_limits: RefCell<BTreeMap<(PoolId, Scheme, NaiveDate), Near>>,
    pools: RefCell<BTreeMap<PoolId, [Option<Rc<Timeline<'a>>>; 2]>>,
}

/// The days on which anything changes for one pool and scheme, and the rules from each of them on.
struct Timeline<'a> {
    changes: Vec<NaiveDate>,
    rules: RefCell<BTreeMap<usize, Option<Rc<Rules<'a>>>>>,
}

impl<'a> RuleBook<'a> {
    pub(crate) fn new(library: &'a Library) -> RuleBook<'a> {
        RuleBook {
            library,
            explains: false,
            near_limits: RefCell::default(),
            pools: RefCell::default(),
        }
    }

    /// The same, for results that tell their steps.
    pub(crate) fn explaining(library: &'a Library) -> RuleBook<'a> {
        RuleBook {
            explains: true,
            ..RuleBook::new(library)
        }
    }

    /// The rules in force on `day`; `None` where the pool is not in the list. Their own `day` may be an
    /// earlier one of the same stretch: see [`RuleBook::dated`].
    pub(crate) fn on(
        &self,
        pool: &PoolId,
        scheme: Scheme,
        day: NaiveDate,
    ) -> Option<Rc<Rules<'a>>> {
        let timeline = self.timeline(pool, scheme);
        let stretch = timeline.changes.partition_point(|change| *change <= day);
        if let Some(held) = timeline.rules.borrow().get(&stretch) {
            return held.clone();
        }
        let rules = self.library.rules(pool, scheme.word(), day).map(Rc::new);
        timeline.rules.borrow_mut().insert(stretch, rules.clone());
        rules
    }

    /// The same, told of which day they are: for what looks at the calendar year.
    pub(crate) fn dated(
        &self,
        pool: &PoolId,
        scheme: Scheme,
        day: NaiveDate,
    ) -> Option<Rc<Rules<'a>>> {
        let rules = self.on(pool, scheme, day)?;
        if rules.day == day {
            return Some(rules);
        }
        let mut dated = Rules::clone(&rules);
        dated.day = day;
        Some(Rc::new(dated))
    }

    /// The days in `from..=until` on which a block of the pool, its parents or the nation begins. Next year's
    /// holidays becoming known change no rule.
    pub(crate) fn begins(
        &self,
        pool: &PoolId,
        scheme: Scheme,
        from: NaiveDate,
        until: NaiveDate,
    ) -> Vec<NaiveDate> {
        let chain = self.chain(pool);
        let files = self.library.files.iter().filter(|file| {
            chain.contains(&file.pool) && (file.scheme == scheme.word() || file.scheme == "any")
        });
        let days = files
            .flat_map(|file| &file.blocks)
            .filter(|block| !matches!(block.body, Body::Calendar(_)))
            .map(|block| block.head.from);
        days.filter(|day| (from..=until).contains(day)).collect()
    }

    /// The days from which on the rules may differ, in order.
    pub(crate) fn stretches(&self, pool: &PoolId, scheme: Scheme) -> Vec<NaiveDate> {
        self.timeline(pool, scheme).changes.clone()
    }

    /// The first day after `day` on which the rules may differ.
    pub(crate) fn next_change(
        &self,
        pool: &PoolId,
        scheme: Scheme,
        day: NaiveDate,
    ) -> Option<NaiveDate> {
        let timeline = self.timeline(pool, scheme);
        let stretch = timeline.changes.partition_point(|change| *change <= day);
        timeline.changes.get(stretch).copied()
    }

    fn timeline(&self, pool: &PoolId, scheme: Scheme) -> Rc<Timeline<'a>> {
        let place = match scheme {
            Scheme::Employee => 0,
            Scheme::Resident => 1,
        };
        let held = self
            .pools
            .borrow()
            .get(pool)
            .and_then(|schemes| schemes[place].clone());
        held.unwrap_or_else(|| {
            let timeline = Rc::new(Timeline {
                changes: self.change_days(pool, scheme),
                rules: RefCell::default(),
            });
            let mut pools = self.pools.borrow_mut();
            pools.entry(pool.clone()).or_default()[place] = Some(Rc::clone(&timeline));
            timeline
        })
    }

    /// Every day a block begins, and every day a yearly figure begins to be carried forward.
    fn change_days(&self, pool: &PoolId, scheme: Scheme) -> Vec<NaiveDate> {
        let chain = self.chain(pool);
        let mut days: Vec<NaiveDate> = self
            .library
            .files
            .iter()
            .filter(|file| chain.contains(&file.pool))
            .filter(|file| file.scheme == scheme.word() || file.scheme == "any")
            .flat_map(|file| &file.blocks)
            .flat_map(|block| {
                let carried = block.head.from.checked_add_months(Months::new(12));
                [
                    Some(block.head.from),
                    carried.filter(|_| block.head.renewed_yearly),
                ]
            })
            .flatten()
            .chain(
                self.library
                    .unsound
                    .iter()
                    .filter_map(|unsound| unsound.from),
            )
            .collect();
        days.sort_unstable();
        days.dedup();
        days
    }

    fn chain(&self, pool: &PoolId) -> Vec<PoolId> {
        chain(self.library, pool)
    }
}

/// The layers in which the rules of a pool stand: the household's own, the pool, those above it, the nation.
pub(crate) fn chain(library: &Library, pool: &PoolId) -> Vec<PoolId> {
    let mut chain = vec![own_layer(pool), pool.clone(), PoolId::from(NATION)];
    let mut at = library.pool(pool);
    while let Some(parent) = at.and_then(|pool| pool.parent.as_ref()) {
        if chain.contains(parent) {
            break;
        }
        chain.push(parent.clone());
        at = library.pool(parent);
    }
    chain
}
