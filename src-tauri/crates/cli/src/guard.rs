//! `gongji cases guard`

use std::path::PathBuf;

use gongji_api::cases::{Change, Guards, guard, read};
use gongji_api::shipped_files;

use crate::args::Args;
use crate::cases::find;
use crate::input::{self, NO, Stop};

/// Changes every figure of the named places and lists those that no case noticed.
pub(crate) fn run_all(args: &Args, paths: &[PathBuf], pools: &[String]) -> Result<u8, Stop> {
    let mut files = shipped_files();
    input::overlay(&mut files, &args.overlays)?;
    let mut found = Vec::new();
    for path in paths {
        find(path, &mut found)?;
    }
    found.sort();
    let mut read_files = Vec::new();
    for path in &found {
        let text = input::read(path)?;
        let cases = read(&text).map_err(|problem| Stop {
            code: NO,
            sentence: format!("{}：{problem}", path.display()),
        })?;
        let beside = |name: &str| std::fs::read_to_string(path.with_file_name(name)).ok();
        read_files.push((text, cases, beside));
    }
    let guards: Vec<Guards<'_>> = read_files
        .iter()
        .map(|(text, cases, beside)| Guards {
            cases,
            text,
            beside,
        })
        .collect();
    let wanted = |name: &&String| {
        name.contains('/')
            && (pools.is_empty()
                || pools
                    .iter()
                    .any(|pool| name.starts_with(&format!("{pool}-"))))
    };
    let mut changes = Vec::new();
    for name in files.keys().filter(wanted) {
        changes.extend(guard(&files, name, &guards, args.with_claimed));
    }
    let survivors: Vec<&Change> = changes
        .iter()
        .filter(|change| change.noticed.is_none())
        .collect();
    if args.json {
        println!("{:#}", serde_json::json!({ "changes": changes }));
    } else {
        for change in &survivors {
            println!(
                "{}:{}  {} → {}",
                change.file, change.line, change.found, change.changed
            );
        }
        println!(
            "改动 {} 处，{} 处有算例或检查发觉，{} 处没有",
            changes.len(),
            changes.len() - survivors.len(),
            survivors.len()
        );
    }
    Ok(if survivors.is_empty() { 0 } else { NO })
}
