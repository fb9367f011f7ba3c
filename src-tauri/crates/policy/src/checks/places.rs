//! P19: the folder and the header say the same place.

use super::Finding;
use crate::draft::FileDraft;
use crate::library::{NATION, OWN, Pool};
use crate::problem::{Code, Severity};

/// 部分 — every word a file's `part` may be.
pub(super) const PARTS: [&str; 16] = [
    "counters",
    "providers",
    "membership",
    "constants",
    "general_outpatient",
    "inpatient",
    "chronic_outpatient",
    "pharmacy",
    "layer",
    "assistance",
    "personal_account",
    "mutual_aid",
    "away",
    "premium",
    "rounding",
    "calendar",
];

/// What is wrong with where the file stands, if anything.
pub(super) fn of_file(index: usize, file: &FileDraft<'_>, pools: &[Pool]) -> Option<Finding> {
    if !file.loadable {
        return None;
    }
    let finding = |code, sentence| {
        Some(Finding {
            file: index,
            draft: None,
            line: 0,
            code,
            severity: Severity::Error,
            sentence,
        })
    };
    // The household's own rules have the same folders, one further down.
    let (pool, scheme, part) = (
        file.pool.0.trim_start_matches(OWN),
        file.scheme.as_str(),
        file.part.as_str(),
    );
    if !PARTS.contains(&part) {
        let known = PARTS.join("、");
        return finding(
            Code::P01,
            format!("部分「{part}」不是这里的词，可以写：{known}。"),
        );
    }
    if !["employee", "resident", "any"].contains(&scheme) {
        let sentence = format!("险种「{scheme}」不是这里的词，可以写：employee、resident、any。");
        return finding(Code::P01, sentence);
    }
    if pool != NATION && !pools.iter().any(|held| held.id.0 == pool) {
        let sentence = format!("统筹区「{pool}」不在 pools.toml 的名单里。");
        return finding(Code::P19, sentence);
    }
    if scheme == "any" && pool != NATION {
        let sentence =
            "scheme = \"any\" 只用在全国一层，各地要写 employee 或 resident。".to_owned();
        return finding(Code::P19, sentence);
    }
    let folders: Vec<&str> = file.path.trim_start_matches(OWN).split('/').collect();
    let rest = folders[0].strip_prefix(pool);
    if !rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('-')) {
        let sentence = format!("文件写着统筹区「{pool}」，却在文件夹「{}」里。", folders[0]);
        return finding(Code::P19, sentence);
    }
    let (within, name) = match folders.as_slice() {
        [_, name] => ("any", *name),
        [_, within, name] => (*within, *name),
        _ => {
            let sentence = "文件要放在 统筹区/险种/部分.toml 这一层。".to_owned();
            return finding(Code::P19, sentence);
        }
    };
    if within != scheme {
        let sentence = format!("文件写着险种「{scheme}」，却在「{within}」的文件夹里。");
        return finding(Code::P19, sentence);
    }
    let wanted = part.replace('_', "-");
    let stem = name.trim_end_matches(".toml");
    let fits = stem == wanted || (part == "layer" && stem.starts_with("layer-"));
    if !fits {
        let sentence = format!("文件写着部分「{part}」，文件名应为 {wanted}.toml，而不是 {name}。");
        return finding(Code::P19, sentence);
    }
    None
}
