//! Where things stand in the project.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::time::SystemTime;
use std::{env, fs};

/// The folder of the project. Cargo says where this crate stands now, which is not where it was
/// compiled if the whole checkout has been moved since.
pub fn root() -> PathBuf {
    let here = env::var_os("CARGO_MANIFEST_DIR").unwrap_or(env!("CARGO_MANIFEST_DIR").into());
    Path::new(&here)
        .ancestors()
        .nth(3)
        .unwrap_or(Path::new("."))
        .to_path_buf()
}

/// The cargo that runs this task.
pub fn cargo() -> OsString {
    env::var_os("CARGO").unwrap_or("cargo".into())
}

/// A path below the project's folder.
pub fn below(path: &str) -> PathBuf {
    root().join(path)
}

/// A program that cargo built here.
pub fn built(name: &str) -> PathBuf {
    let target = match env::var_os("CARGO_TARGET_DIR") {
        Some(folder) => root().join(folder),
        None => below("target"),
    };
    target
        .join("debug")
        .join(format!("{name}{}", env::consts::EXE_SUFFIX))
}

/// A path as people read it: from the project's folder on, and programs by their name.
pub fn shown(path: &Path) -> String {
    if path == Path::new(&cargo()) {
        return "cargo".to_owned();
    }
    path.strip_prefix(root())
        .unwrap_or(path)
        .display()
        .to_string()
}

/// When the newest of these files, and of all files below these folders, was written.
pub fn newest<'a>(paths: impl IntoIterator<Item = &'a Path>) -> Option<SystemTime> {
    paths.into_iter().filter_map(newest_of).max()
}

fn newest_of(path: &Path) -> Option<SystemTime> {
    let meta = fs::metadata(path).ok()?;
    if meta.is_file() {
        return meta.modified().ok();
    }
    let below: Vec<PathBuf> = fs::read_dir(path)
        .ok()?
        .filter_map(|entry| Some(entry.ok()?.path()))
        .collect();
    // A folder's own time tells of files that went away.
    meta.modified()
        .ok()
        .max(newest(below.iter().map(PathBuf::as_path)))
}

/// The files of a folder with this ending, in the order of their names.
pub fn files(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let mut found: Vec<PathBuf> = fs::read_dir(folder)
        .into_iter()
        .flatten()
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.to_string_lossy().ends_with(ending))
        .collect();
    found.sort();
    found
}
