//! `gongji policies …`

use std::collections::BTreeMap;
use std::path::PathBuf;

use gongji_api::shipped_files;
use gongji_policy::{Library, Severity};

use crate::args::Args;
use crate::input::{self, NO, Stop};

pub(crate) fn check(args: &Args, folders: &[PathBuf]) -> Result<u8, Stop> {
    let mut files = if folders.is_empty() { shipped_files() } else { BTreeMap::new() };
    input::overlay(&mut files, folders)?;
    input::overlay(&mut files, &args.overlays)?;
    let library = Library::read(files, args.with_claimed);
    let errors = library.problems.iter().filter(|problem| problem.severity == Severity::Error).count();
    if args.json {
        let rows: Vec<_> = library
            .problems
            .iter()
            .map(|problem| {
                serde_json::json!({
                    "code": problem.code.to_string(),
                    "severity": if problem.severity == Severity::Error { "error" } else { "warning" },
                    "file": problem.file,
                    "line": problem.line,
                    "excerpt": problem.excerpt,
                    "sentence": problem.sentence,
                })
            })
            .collect();
        println!("{:#}", serde_json::json!({ "files": library.files.len(), "problems": rows }));
    } else {
        for problem in &library.problems {
            println!("{problem}\n");
        }
        let warnings = library.problems.len() - errors;
        println!("{} 个文件，{errors} 个错误，{warnings} 个警告", library.files.len());
    }
    Ok(if errors == 0 { 0 } else { NO })
}
