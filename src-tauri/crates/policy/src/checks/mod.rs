//! 检查 — P01 to P21 over what was read. A check looks and tells; only [`all`] changes anything.

mod amounts;
mod bounds;
mod order;
mod places;
mod references;
mod tables;
mod unread;
mod words;
mod world;

use crate::draft::{Draft, FileDraft};
use crate::library::Pool;
use crate::problem::{Code, Severity};
use world::World;

/// 发现 — a problem before it is written into its file.
struct Finding {
    file: usize,
    /// The block it speaks of; `None` = the whole file.
    draft: Option<usize>,
    line: usize,
    code: Code,
    severity: Severity,
    sentence: String,
}

/// Where a check stands: one block of one file.
#[derive(Clone, Copy)]
struct At<'w, 't> {
    world: &'w World<'w, 't>,
    file_index: usize,
    draft_index: usize,
    file: &'w FileDraft<'t>,
    draft: &'w Draft,
}

impl At<'_, '_> {
    fn error(&self, line: usize, code: Code, sentence: String) -> Finding {
        Finding {
            file: self.file_index,
            draft: Some(self.draft_index),
            line,
            code,
            severity: Severity::Error,
            sentence,
        }
    }

    fn warning(&self, line: usize, code: Code, sentence: String) -> Finding {
        Finding {
            severity: Severity::Warning,
            ..self.error(line, code, sentence)
        }
    }
}

/// Runs every check; what it finds stands in the files' problems, and blocks with errors are unsound.
pub(crate) fn all(files: &mut [FileDraft<'_>], pools: &[Pool]) {
    let found = look(files, pools);
    for finding in found {
        let file = &mut files[finding.file];
        file.report(
            finding.line,
            finding.code,
            finding.severity,
            finding.sentence,
        );
        if finding.severity == Severity::Error {
            match finding.draft {
                Some(draft) => file.drafts[draft].sound = false,
                None => file.loadable = false,
            }
        }
    }
}

fn look(files: &[FileDraft<'_>], pools: &[Pool]) -> Vec<Finding> {
    let world = World::of(files, pools);
    let mut found = Vec::new();
    for (file_index, file) in files.iter().enumerate() {
        found.extend(places::of_file(file_index, file, pools));
        for (draft_index, draft) in file.drafts.iter().enumerate() {
            let at = At {
                world: &world,
                file_index,
                draft_index,
                file,
                draft,
            };
            words::check(&at, &mut found);
            references::check(&at, &mut found);
            amounts::check(&at, &mut found);
            bounds::check(&at, &mut found);
            tables::check(&at, &mut found);
            unread::check(&at, &mut found);
        }
    }
    order::check(&world, &mut found);
    found
}
