//! 自己加的规则 — a folder of policy files from somewhere, and what the household knows better about its
//! own place. Both are looked at before they are added, kept in the household's file, and can be
//! undone.

mod document;
mod folder;
mod packs;
mod stated;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use chrono::NaiveDate;
use gongji_domain::{HouseholdPolicy, Message, PolicyFileId};
use gongji_policy::{Library, Problem, Severity};
use gongji_store::policy_file;

use crate::{
    ApiError, Gongji, Language, OwnRules, PolicyChange, RulesPreview, RulesProblem, Status,
};

impl Gongji {
    /// 自己加的规则，用这种语言说
    pub fn own_rules(&self, language: Language) -> OwnRules {
        OwnRules {
            packs: self.packs(),
            rules: self.stated_rules(language),
        }
    }

    /// What would be different with the rules `new`: what is wrong with them, or else which blocks
    /// differ and what comes out otherwise. A block that is wrong is not there, and would look removed.
    fn preview(
        &self,
        today: NaiveDate,
        new: &Library,
        changes: impl FnOnce() -> Vec<PolicyChange>,
    ) -> Result<RulesPreview, ApiError> {
        let problems: Vec<RulesProblem> = new_problems(&self.library, new).map(told).collect();
        let refused = problems.iter().any(|problem| problem.error);
        let (blocks, impacts) = match refused {
            true => (Vec::new(), Vec::new()),
            false => (changes(), self.impacts(today, &self.library, new)?),
        };
        Ok(RulesPreview {
            name: String::new(),
            replaces: false,
            files: 0,
            problems,
            refused,
            blocks,
            impacts,
            seen: new.hash.clone(),
        })
    }

    /// Rules with an error are not kept: their part would answer nothing any more.
    fn refuse_errors(&self, field: &str, new: &Library) -> Result<(), ApiError> {
        let mut errors = new_problems(&self.library, new).filter(|problem| is_error(problem));
        match errors.next() {
            None => Ok(()),
            Some(first) => Err(ApiError::input(
                field,
                Message::new("error.rules_unsound")
                    .with("file", &first.file)
                    .with("line", first.line)
                    .with("sentence", &first.sentence),
            )),
        }
    }

    /// Puts these files in the place of those that were added, as one step.
    fn keep(
        &mut self,
        today: NaiveDate,
        label: &Message,
        files: &[HouseholdPolicy],
    ) -> Result<Status, ApiError> {
        self.store_mut()?.command(label, |tx| {
            let before = policy_file::all(tx)?;
            let kept: BTreeSet<&str> = files.iter().map(|file| file.path.as_str()).collect();
            let gone = before
                .iter()
                .filter(|file| !kept.contains(file.path.as_str()));
            for gone in gone {
                policy_file::delete(tx, gone.id)?;
            }
            for file in files {
                let mut file = file.clone();
                match before.iter().find(|known| known.path == file.path) {
                    Some(known) if *known == file => {}
                    Some(known) => {
                        file.id = known.id;
                        policy_file::update(tx, &file)?;
                    }
                    None => {
                        file.id = policy_file::next_id(tx)?;
                        policy_file::insert(tx, &file)?;
                    }
                }
            }
            Ok(())
        })?;
        self.read_rules_anew();
        self.status(today)
    }
}

/// A file that is to be added.
fn added(today: NaiveDate, path: String, pack: Option<&str>, text: String) -> HouseholdPolicy {
    HouseholdPolicy {
        // Numbered when it is recorded.
        id: PolicyFileId(0),
        path,
        pack: pack.map(str::to_owned),
        added_on: today,
        text,
    }
}

fn is_error(problem: &Problem) -> bool {
    problem.severity == Severity::Error
}

/// The problems that only the new rules have.
fn new_problems<'n>(old: &Library, new: &'n Library) -> impl Iterator<Item = &'n Problem> {
    new.problems
        .iter()
        .filter(|problem| !old.problems.contains(problem))
}

/// The errors of one file.
fn problems_of(library: &Library, path: &str) -> impl Iterator<Item = RulesProblem> {
    let of_file = library.problems.iter();
    of_file
        .filter(move |problem| problem.file == path && is_error(problem))
        .map(told)
}

fn told(problem: &Problem) -> RulesProblem {
    RulesProblem {
        file: problem.file.clone(),
        line: u32::try_from(problem.line).unwrap_or_default(),
        excerpt: problem.excerpt.clone(),
        sentence: problem.sentence.clone(),
        error: is_error(problem),
    }
}
