//! 政策库 — the policy files that are shipped inside the program, and folders laid over them.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Arc, OnceLock};

use gongji_policy::Library;
use include_dir::{Dir, include_dir};

static SHIPPED: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../../policies");

/// The shipped policy files as `(path, text)`.
pub fn shipped_files() -> BTreeMap<String, String> {
    let mut files = BTreeMap::new();
    collect(&SHIPPED, &mut files);
    files
}

/// The shipped library; `with_claimed` switches on figures that are only leads. It belongs to the
/// program and not to a household file, so it is read once, however often a file is opened.
pub fn shipped_library(with_claimed: bool) -> Arc<Library> {
    static SOUND: OnceLock<Arc<Library>> = OnceLock::new();
    static WITH_LEADS: OnceLock<Arc<Library>> = OnceLock::new();
    let once = if with_claimed { &WITH_LEADS } else { &SOUND };
    let read = || Arc::new(Library::read(shipped_files(), with_claimed));
    Arc::clone(once.get_or_init(read))
}

/// The policy files below `folder`, with paths relative to it, laid over `files`.
///
/// # Errors
/// Where the folder or a file in it cannot be read, or a file is not UTF-8.
pub fn lay_over(files: &mut BTreeMap<String, String>, folder: &Path) -> std::io::Result<()> {
    let mut waiting = vec![folder.to_path_buf()];
    // An unreadable root is the caller's mistake and must not look like an empty library.
    while let Some(at) = waiting.pop() {
        for entry in std::fs::read_dir(&at)? {
            let path = entry?.path();
            if path.is_dir() {
                waiting.push(path);
            } else if path.extension().is_some_and(|ending| ending == "toml") {
                let name = path
                    .strip_prefix(folder)
                    .unwrap_or(&path)
                    .to_string_lossy()
                    .replace('\\', "/");
                let text = std::fs::read_to_string(&path)?;
                let text = match files.get(POOLS) {
                    Some(known) if name == POOLS => with_new_pools(known, &text),
                    _ => text,
                };
                files.insert(name, text);
            }
        }
    }
    Ok(())
}

const POOLS: &str = "pools.toml";

/// The list of pools with those entries of `more` that it does not have yet: a folder laid over the
/// library adds places, it does not take any away.
fn with_new_pools(known: &str, more: &str) -> String {
    let (Ok(listed), Ok(added)) = (known.parse::<toml::Table>(), more.parse::<toml::Table>())
    else {
        // What cannot be read is reported by the reader, with its line.
        return more.to_owned();
    };
    let mut text = known.to_owned();
    for kind in ["province", "pool"] {
        let entries = |table: &toml::Table| {
            table
                .get(kind)
                .and_then(toml::Value::as_array)
                .cloned()
                .unwrap_or_default()
        };
        let ids: Vec<_> = entries(&listed)
            .iter()
            .map(|entry| entry.get("id").cloned())
            .collect();
        for entry in entries(&added)
            .into_iter()
            .filter(|entry| !ids.contains(&entry.get("id").cloned()))
        {
            text.push_str(&format!(
                "\n[[{kind}]]\n{entry_text}",
                entry_text = toml::to_string(&entry).unwrap_or_default()
            ));
        }
    }
    text
}

fn collect(folder: &Dir<'_>, files: &mut BTreeMap<String, String>) {
    for file in folder.files() {
        if let Some(text) = file.contents_utf8()
            && file
                .path()
                .extension()
                .is_some_and(|ending| ending == "toml")
        {
            files.insert(
                file.path().to_string_lossy().replace('\\', "/"),
                text.to_owned(),
            );
        }
    }
    for inner in folder.dirs() {
        collect(inner, files);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_laid_over_adds_places_and_takes_none_away() {
        let known = "[[pool]]\nid = \"110000\"\nname = \"北京市\"\n";
        let more = "[[pool]]\nid = \"110000\"\nname = \"别名\"\n[[pool]]\nid = \"999900\"\nname = \"甲地\"\n";
        let table: toml::Table = with_new_pools(known, more).parse().expect("TOML");
        let names: Vec<_> = table["pool"]
            .as_array()
            .expect("pools")
            .iter()
            .map(|pool| pool["name"].as_str())
            .collect();
        assert_eq!(names, [Some("北京市"), Some("甲地")]);
    }
}
