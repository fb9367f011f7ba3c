//! 依据 — what a posting rests on: formulas, rules, sources, grade, steps.

use gongji_domain::{BlockRef, Grade, Message, SourceRef, Yuan};
use gongji_policy::InForce;

use super::CreditStep;

/// What has been found out about one posting, with everything it rests on.
#[derive(Default)]
pub(super) struct Ground {
    pub(super) formulas: Vec<String>,
    pub(super) rules: Vec<BlockRef>,
    pub(super) sources: Vec<SourceRef>,
    pub(super) grade: Option<Grade>,
    pub(super) assumed: bool,
    pub(super) steps: Vec<CreditStep>,
    /// How many steps were made, told or not.
    pub(super) made: usize,
    /// Nobody reads the steps: a projection makes thousands of postings and shows none.
    silent: bool,
}

impl Ground {
    /// A ground that tells its steps, or does not.
    pub(super) fn that(explains: bool) -> Ground {
        Ground {
            silent: !explains,
            ..Ground::default()
        }
    }

    pub(super) fn cite(&mut self, held: &InForce<'_>) {
        let head = &held.block.head;
        let is_held = |rule: &BlockRef| {
            rule.from == head.from
                && rule.id == head.id
                && rule.block == held.block.name
                && rule.file == held.file.path
        };
        if !self.rules.iter().any(is_held) {
            self.rules.push(held.reference());
            if let Some(source) = held.source()
                && !self.sources.contains(&source)
            {
                self.sources.push(source);
            }
        }
        self.grade = self.grade.max(Some(held.grade));
        self.assumed |= held.assumed;
    }

    pub(super) fn step(
        &mut self,
        what: impl FnOnce() -> Message,
        held: Option<&InForce<'_>>,
        formula: Option<&str>,
        result: Option<Yuan>,
    ) {
        if let Some(held) = held {
            self.cite(held);
        }
        self.made += 1;
        if self.silent {
            return;
        }
        self.steps.push(CreditStep {
            what: what(),
            formula: formula.map(str::to_owned),
            result,
            rule: held.map(InForce::reference),
            source: held.and_then(InForce::source),
            note: held.and_then(|held| held.block.head.note.clone()),
            assumed: held.is_some_and(|held| held.assumed),
        });
    }

    /// Takes over what `part` rests on.
    pub(super) fn take(&mut self, part: Ground) {
        self.formulas.extend(part.formulas);
        for rule in part.rules {
            if !self.rules.contains(&rule) {
                self.rules.push(rule);
            }
        }
        for source in part.sources {
            if !self.sources.contains(&source) {
                self.sources.push(source);
            }
        }
        self.grade = self.grade.max(part.grade);
        self.assumed |= part.assumed;
        self.made += part.made;
        self.steps.extend(part.steps);
    }
}
