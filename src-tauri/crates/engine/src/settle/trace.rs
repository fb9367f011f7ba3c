//! 记下来 — what a settlement says about itself: everything, only what it rests on, or nothing.

use gongji_domain::{Grade, Message, Step, StepName, Yuan};
use gongji_policy::InForce;

/// 一步 — what was done, the arithmetic, and what came out.
pub(crate) struct Said {
    pub(crate) what: Message,
    pub(crate) formula: Option<String>,
    pub(crate) result: Option<Yuan>,
}

impl Said {
    pub(crate) fn new(what: Message) -> Said {
        Said {
            what,
            formula: None,
            result: None,
        }
    }

    pub(crate) fn result(self, result: Yuan) -> Said {
        Said {
            result: Some(result),
            ..self
        }
    }

    pub(crate) fn formula(self, formula: String) -> Said {
        Said {
            formula: Some(formula),
            ..self
        }
    }
}

/// Where the steps of a settlement go. What nobody keeps is not put into words.
pub(crate) trait Notes<'a> {
    /// `held` decided something.
    fn cite(&mut self, held: &InForce<'a>);
    /// A figure stands in a row that is trusted less than its block.
    fn weaken(&mut self, grade: Option<Grade>);
    /// A step was done, by `held` where it rests on a rule.
    fn step(&mut self, name: StepName, held: Option<&InForce<'a>>, said: impl FnOnce() -> Said);
}

/// 不记
pub(crate) struct Silent;

impl<'a> Notes<'a> for Silent {
    fn cite(&mut self, _: &InForce<'a>) {}
    fn weaken(&mut self, _: Option<Grade>) {}
    fn step(&mut self, _: StepName, _: Option<&InForce<'a>>, _: impl FnOnce() -> Said) {}
}

/// 依据 — the blocks that decided something, each once, in the order in which they did.
#[derive(Debug, Default)]
pub(crate) struct Grounds<'a> {
    pub(crate) blocks: Vec<InForce<'a>>,
    pub(crate) weakest: Option<Grade>,
}

impl<'a> Notes<'a> for Grounds<'a> {
    fn cite(&mut self, held: &InForce<'a>) {
        let known = |known: &InForce<'a>| std::ptr::eq(known.block, held.block);
        if !self.blocks.iter().any(known) {
            self.blocks.push(*held);
        }
        self.weaken(Some(held.grade));
    }

    fn weaken(&mut self, grade: Option<Grade>) {
        self.weakest = self.weakest.max(grade);
    }

    fn step(&mut self, _: StepName, held: Option<&InForce<'a>>, _: impl FnOnce() -> Said) {
        if let Some(held) = held {
            self.cite(held);
        }
    }
}

/// 全部步骤
#[derive(Debug, Default)]
pub(crate) struct Trace<'a> {
    pub(crate) grounds: Grounds<'a>,
    pub(crate) steps: Vec<Step>,
}

impl<'a> Notes<'a> for Trace<'a> {
    fn cite(&mut self, held: &InForce<'a>) {
        self.grounds.cite(held);
    }

    fn weaken(&mut self, grade: Option<Grade>) {
        self.grounds.weaken(grade);
    }

    fn step(&mut self, name: StepName, held: Option<&InForce<'a>>, said: impl FnOnce() -> Said) {
        if let Some(held) = held {
            self.cite(held);
        }
        let said = said();
        self.steps.push(Step {
            name,
            what: said.what,
            formula: said.formula,
            result: said.result,
            rule: held.map(InForce::reference),
            source: held.and_then(InForce::source),
            grade: held.map(|held| held.grade),
            note: held.and_then(|held| held.block.head.note.clone()),
            assumed: held.is_some_and(|held| held.assumed),
        });
    }
}
