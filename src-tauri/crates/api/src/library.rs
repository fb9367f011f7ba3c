//! 政策库 — the policy files that are shipped inside the program, and folders laid over them.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Arc, OnceLock};

use gongji_domain::HouseholdPolicy;
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

/// 政策库的底子 — the files that everybody has, before what one household added: those that are shipped,
/// or those with folders laid over them.
#[derive(Clone, Debug, Default)]
pub struct Shelf {
    /// In place of the shipped files.
    files: Option<Arc<BTreeMap<String, String>>>,
    /// 采用「仅线索」的数字
    pub(crate) with_claimed: bool,
}

impl Shelf {
    /// What is shipped with the program.
    pub fn shipped(with_claimed: bool) -> Shelf {
        Shelf {
            files: None,
            with_claimed,
        }
    }

    /// These files and no others.
    pub fn of(files: BTreeMap<String, String>, with_claimed: bool) -> Shelf {
        Shelf {
            files: Some(Arc::new(files)),
            with_claimed,
        }
    }

    /// The library of these files with what a household added: a file of a pack stands in the place of
    /// one with its path, and its list of pools adds to the list.
    pub(crate) fn library(&self, added: &[HouseholdPolicy]) -> Arc<Library> {
        if self.files.is_none() && added.is_empty() {
            return shipped_library(self.with_claimed);
        }
        let mut files = match &self.files {
            Some(files) => BTreeMap::clone(files),
            None => shipped_files(),
        };
        for file in added {
            put(&mut files, &file.path, &file.text);
        }
        Arc::new(Library::read(files, self.with_claimed))
    }

    /// The text of one of these files.
    pub(crate) fn text(&self, path: &str) -> Option<&str> {
        match &self.files {
            Some(files) => files.get(path).map(String::as_str),
            None => SHIPPED.get_file(path)?.contents_utf8(),
        }
    }
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
                put(files, &name, &std::fs::read_to_string(&path)?);
            }
        }
    }
    Ok(())
}

/// The list of pools of the library, and of a folder laid over it.
pub(crate) const POOLS: &str = "pools.toml";

/// One file more; a list of pools adds to the list that is there.
fn put(files: &mut BTreeMap<String, String>, path: &str, text: &str) {
    // A household keeps one list for each of its packs.
    let is_pools = path.rsplit('/').next() == Some(POOLS);
    let known = files.get(POOLS).filter(|_| is_pools);
    match known.and_then(|known| with_new_pools(known, text)) {
        Some(together) => files.insert(POOLS.to_owned(), together),
        // What cannot be read is reported by the reader, with its line.
        None => files.insert(path.to_owned(), text.to_owned()),
    };
}

/// The list of pools with those entries of `more` that it does not have yet: a folder laid over the
/// library adds places, it does not take any away.
/// `None` where either cannot be read.
fn with_new_pools(known: &str, more: &str) -> Option<String> {
    let listed: toml::Table = known.parse().ok()?;
    let added: toml::Table = more.parse().ok()?;
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
    Some(text)
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
        let text = with_new_pools(known, more).expect("two lists");
        let table: toml::Table = text.parse().expect("TOML");
        let names: Vec<_> = table["pool"]
            .as_array()
            .expect("pools")
            .iter()
            .map(|pool| pool["name"].as_str())
            .collect();
        assert_eq!(names, [Some("北京市"), Some("甲地")]);
    }
}
