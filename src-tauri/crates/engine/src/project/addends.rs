//! 加数 — what a sum is made of: the events that are alike, how many they are and what they come to.

use std::sync::Arc;

use chrono::NaiveDate;
use gongji_domain::{Amount, MemberId, Message, SourceRef, Yuan};
use serde::{Deserialize, Serialize};
use specta::Type;

use super::amounts::plus;
use crate::projection::{EventKind, EventSplit, Ground, ProjectedEvent};

/// 加数 — events that are alike: of one member, for the same reason, by the same formula and sources.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct Addend {
    /// 说明；有几次的，是第一次的
    pub what: Arc<Message>,
    /// 谁的
    pub member: MemberId,
    /// 第一次
    pub first: NaiveDate,
    /// 最后一次
    pub last: NaiveDate,
    /// 几次
    pub times: u32,
    /// 一共
    pub sum: Amount,
    /// 每一次的算式
    pub formula: Option<String>,
    /// 依据
    pub ground: Ground,
    /// 出处
    pub sources: Arc<[SourceRef]>,
    /// 只在哪种可能里有；都有的没有
    pub only: Option<Message>,
}

/// Adds up, of the events in the order of their days, the figure that is asked for. An event that has no
/// such figure, or one of nothing, is no part of the sum.
pub(crate) fn addends<'e>(
    events: impl IntoIterator<Item = &'e ProjectedEvent>,
    figure: impl Fn(&ProjectedEvent) -> Option<Amount>,
) -> Vec<Addend> {
    let mut found = Vec::new();
    for event in events {
        if let Some(amount) = figure(event) {
            add(&mut found, event, amount);
        }
    }
    found
}

/// Adds what one event comes to.
pub(super) fn add(addends: &mut Vec<Addend>, event: &ProjectedEvent, amount: Amount) {
    if amount == Amount::Exact(Yuan::ZERO) {
        return;
    }
    // The last ones are the likeliest: what recurs has changed its rule since.
    let mut known = addends.iter_mut().rev();
    if let Some(known) = known.find(|known| known.is_like(event)) {
        known.last = event.on;
        known.times += 1;
        known.sum = plus(known.sum, amount);
        return;
    }
    addends.push(Addend {
        what: Arc::clone(&event.what),
        member: event.member,
        first: event.on,
        last: event.on,
        times: 1,
        sum: amount,
        formula: event.formula.clone(),
        ground: event.ground,
        sources: Arc::clone(&event.sources),
        only: event.only.clone(),
    });
}

impl Addend {
    /// A credit is told with its month, a premium with its year: the first stands for the others.
    fn is_like(&self, event: &ProjectedEvent) -> bool {
        let same_words = match event.kind {
            EventKind::Spending => Arc::ptr_eq(&self.what, &event.what) || self.what == event.what,
            _ => self.what.code == event.what.code,
        };
        self.member == event.member
            && same_words
            && self.formula == event.formula
            && self.ground == event.ground
            && (Arc::ptr_eq(&self.sources, &event.sources) || self.sources == event.sources)
            && self.only == event.only
    }
}

/// 现金 — what an event takes of the member's cash.
pub(crate) fn cash(event: &ProjectedEvent) -> Option<Amount> {
    event.split.as_ref().map(|split| split.cash_paid)
}

/// 划入 — what an event brings to the account, or takes back from it.
pub(super) fn credited(event: &ProjectedEvent) -> Option<Amount> {
    (event.kind == EventKind::Credit).then_some(event.change)
}

/// What the account of `donor` pays for somebody else.
pub(super) fn given_by(split: &EventSplit, donor: MemberId) -> Option<Amount> {
    let mut shares = split.aid.iter();
    shares
        .find(|share| share.donor == donor)
        .map(|share| share.paid)
}
