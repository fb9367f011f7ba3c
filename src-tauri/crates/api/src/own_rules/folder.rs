//! 政策包 — policy files read from a folder, or one by itself, before anything is done with them.

use std::collections::BTreeMap;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use gongji_domain::Message;

use crate::library::POOLS;

/// Nobody writes that much by hand; what is larger is no pack, and would only make the window wait.
const MOST_FILES: usize = 2_000;
const MOST_ENTRIES: usize = 20_000;
const MOST_BYTES: u64 = 20_000_000;
const MOST_BYTES_OF_ONE: u64 = 1_000_000;
const DEEPEST: usize = 6;

/// What the reasons are that go with the shipped files alone.
const LEFT_OUT: &str = "left-out.toml";

/// A pack as it lies on the disk.
pub(super) struct Pack {
    /// The folder's name, or the file's.
    pub(super) name: String,
    /// By their path in the library.
    pub(super) texts: BTreeMap<String, String>,
}

/// Reads the policy files below a folder, or a single one.
///
/// # Errors
/// A sentence: where nothing can be read, or what is there is no policy pack.
pub(super) fn read(at: &Path) -> Result<Pack, Message> {
    let at = at.canonicalize().map_err(|error| unreadable(at, &error))?;
    let name = at.file_stem().filter(|_| at.is_file()).or(at.file_name());
    let name = name.map_or_else(
        || at.display().to_string(),
        |name| name.to_string_lossy().into_owned(),
    );
    let mut texts = BTreeMap::new();
    for (path, text) in texts_of(&at)? {
        let Some(within) = place_in_library(&name, &path) else {
            continue;
        };
        if texts.contains_key(&within) {
            return Err(Message::new("error.pack_twice").with("file", within));
        }
        texts.insert(within, text);
    }
    if texts.is_empty() {
        return Err(of("error.pack_empty", &at));
    }
    Ok(Pack { name, texts })
}

/// Where a file belongs, by the folders it lies in: `统筹区/险种/部分.toml`. So a pack is the same
/// whichever of its folders was chosen.
fn place_in_library(pack: &str, path: &Path) -> Option<String> {
    let names: Vec<_> = path.iter().map(|name| name.to_string_lossy()).collect();
    let (file, folders) = names.split_last()?;
    match file.as_ref() {
        LEFT_OUT => return None,
        // Every pack may have a list of its own.
        POOLS => return Some(format!("{pack}/{POOLS}")),
        _ => {}
    }
    let scheme = folders.last().map(AsRef::as_ref);
    let kept = match scheme {
        Some("employee" | "resident" | "any") => 3,
        _ => 2,
    };
    Some(names[names.len().saturating_sub(kept)..].join("/"))
}

fn texts_of(at: &Path) -> Result<Vec<(PathBuf, String)>, Message> {
    let files = match at.is_file() {
        true if is_policy(at) => vec![at.to_path_buf()],
        true => Vec::new(),
        false => files_below(at)?,
    };
    let mut bytes = 0;
    let mut texts = Vec::new();
    for path in files {
        let size = std::fs::metadata(&path).map_err(|error| unreadable(&path, &error))?;
        if size.len() > MOST_BYTES_OF_ONE {
            return Err(of("error.pack_file_too_big", &path));
        }
        bytes += size.len();
        if bytes > MOST_BYTES {
            return Err(of("error.pack_too_big", at));
        }
        let text = std::fs::read_to_string(&path).map_err(|error| match error.kind() {
            ErrorKind::InvalidData => of("error.pack_no_text", &path),
            _ => unreadable(&path, &error),
        })?;
        texts.push((path, text));
    }
    Ok(texts)
}

fn files_below(folder: &Path) -> Result<Vec<PathBuf>, Message> {
    let mut files = Vec::new();
    let mut seen = 0;
    let mut waiting = vec![(folder.to_path_buf(), 0)];
    while let Some((at, depth)) = waiting.pop() {
        let entries = std::fs::read_dir(&at).map_err(|error| unreadable(&at, &error))?;
        for entry in entries {
            let entry = entry.map_err(|error| unreadable(&at, &error))?;
            let path = entry.path();
            let hidden = entry.file_name().to_string_lossy().starts_with('.');
            // A link to a folder is not followed: it may lead back to where it is.
            let is_folder = entry.file_type().is_ok_and(|kind| kind.is_dir());
            if is_folder && !hidden && depth < DEEPEST {
                waiting.push((path, depth + 1));
            } else if !is_folder && is_policy(&path) {
                files.push(path);
            }
            seen += 1;
            if seen > MOST_ENTRIES || files.len() > MOST_FILES {
                return Err(of("error.pack_too_big", folder));
            }
        }
    }
    files.sort();
    Ok(files)
}

fn is_policy(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending == "toml")
}

fn of(code: &str, path: &Path) -> Message {
    Message::new(code).with("path", path.display())
}

fn unreadable(path: &Path, error: &std::io::Error) -> Message {
    of("error.pack_unreadable", path).with("detail", error)
}
