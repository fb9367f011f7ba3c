//! 视事实而定的数 — a figure of the rules, or the figures among which an open fact decides.

use gongji_domain::Grade;

use crate::open::{OpenPoint, Readings};

/// 一个数 — as it stands in the rules, with the grade of its row where that is weaker.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Figure<T> {
    pub(crate) value: T,
    pub(crate) weakest: Option<Grade>,
}

/// A figure that may turn on facts nobody stated, or on how often something happened before.
#[derive(Clone, Debug)]
pub(crate) enum Tree<T> {
    /// It is known.
    Known(Figure<T>),
    /// The rules do not say.
    Unknown,
    /// One branch a reading of the fact.
    ByFact(Box<OpenPoint>, Vec<Tree<T>>),
    /// From the n-th time on, ascending.
    ByNth(Vec<(u32, Tree<T>)>),
}

impl<T> Tree<T> {
    /// The figure for the `nth` time, under the readings; `None` where the rules do not say.
    pub(crate) fn read(&self, nth: Option<u32>, readings: &mut Readings) -> Option<&Figure<T>> {
        match self {
            Tree::Known(figure) => Some(figure),
            Tree::Unknown => None,
            Tree::ByFact(point, branches) => {
                let chosen = readings.choose(&point.key, || OpenPoint::clone(point));
                let branch = branches.get(chosen).or(branches.last())?;
                branch.read(nth, readings)
            }
            Tree::ByNth(branches) => {
                let reached = |(from, _): &&(u32, Tree<T>)| nth.is_some_and(|nth| *from <= nth);
                let (_, branch) = branches.iter().rev().find(reached)?;
                branch.read(nth, readings)
            }
        }
    }

    /// Every figure it may come to.
    pub(crate) fn all(&self, mut look: impl FnMut(&T)) {
        self.each(&mut look);
    }

    fn each(&self, look: &mut dyn FnMut(&T)) {
        match self {
            Tree::Known(figure) => look(&figure.value),
            Tree::Unknown => {}
            Tree::ByFact(_, branches) => branches.iter().for_each(|branch| branch.each(look)),
            Tree::ByNth(branches) => branches.iter().for_each(|(_, branch)| branch.each(look)),
        }
    }

    /// The same tree over other values.
    pub(crate) fn map<U>(self, change: &dyn Fn(T) -> U) -> Tree<U> {
        match self {
            Tree::Known(figure) => Tree::Known(Figure {
                value: change(figure.value),
                weakest: figure.weakest,
            }),
            Tree::Unknown => Tree::Unknown,
            Tree::ByFact(point, branches) => {
                let branches = branches.into_iter().map(|branch| branch.map(change));
                Tree::ByFact(point, branches.collect())
            }
            Tree::ByNth(branches) => {
                let branches = branches.into_iter();
                Tree::ByNth(
                    branches
                        .map(|(from, branch)| (from, branch.map(change)))
                        .collect(),
                )
            }
        }
    }
}
