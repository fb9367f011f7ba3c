//! 政策库 — the policy files that are shipped inside the program, and folders laid over them.

use std::collections::BTreeMap;
use std::path::Path;

use gongji_policy::Library;
use include_dir::{Dir, include_dir};

static SHIPPED: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../../policies");

/// The shipped policy files as `(path, text)`.
pub fn shipped_files() -> BTreeMap<String, String> {
    let mut files = BTreeMap::new();
    collect(&SHIPPED, &mut files);
    files
}

/// The shipped library; `with_claimed` switches on figures that are only leads.
pub fn shipped_library(with_claimed: bool) -> Library {
    Library::read(shipped_files(), with_claimed)
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
                files.insert(name, std::fs::read_to_string(&path)?);
            }
        }
    }
    Ok(())
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
