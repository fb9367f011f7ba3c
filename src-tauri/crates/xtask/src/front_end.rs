//! The front end: its packages from the lock file, its checks, its built pages in `ui/dist`.

use std::fs;
use std::process::Command;

use crate::step::{Outcome, at, finish, program, run, skip, step};
use crate::tree::{below, newest};

/// What the built pages are made from.
const SOURCES: [&str; 7] = [
    "ui/src",
    "ui/public",
    "ui/index.html",
    "ui/vite.config.ts",
    "ui/tsconfig.json",
    "ui/package-lock.json",
    "src-tauri/crates/api/messages",
];

/// Installs exactly what the lock file names, and only when it names something else than what is
/// there: a copy of it stays with the packages it stood for.
pub fn install() -> Outcome {
    let name = "front-end packages";
    let lock = below("ui/package-lock.json");
    let installed = below("ui/node_modules/.gongji-installed.json");
    let wanted = at(name, &lock, fs::read(&lock))?;
    if fs::read(&installed).is_ok_and(|there| there == wanted) {
        skip(name, "as the lock file says");
        return Ok(());
    }
    step(name, || {
        finish(name, npm(&["ci", "--no-audit", "--no-fund"]))?;
        at(name, &installed, fs::write(&installed, &wanted))
    })
}

/// Builds the pages if something they are made from is newer.
pub fn build_if_changed() -> Outcome {
    let sources = SOURCES.map(below);
    let page = below("ui/dist/index.html");
    let built = newest([page.as_path()]);
    if built.is_some() && built >= newest(sources.iter().map(|source| source.as_path())) {
        skip("front end", "built already");
        return Ok(());
    }
    build()
}

/// Builds the pages.
pub fn build() -> Outcome {
    run("front end: build", npm(&["run", "build"]))
}

/// Format, lint and types.
pub fn lint() -> Outcome {
    run("front end: lint", npm(&["run", "lint"]))
}

/// The front end's own tests.
pub fn test() -> Outcome {
    run("front end: tests", npm(&["test"]))
}

/// The shell does not compile without a folder of pages; for the bindings an empty one will do,
/// because they are what the pages are then built with.
pub fn ensure_folder() -> Outcome {
    let dist = below("ui/dist");
    at("bindings", &dist, fs::create_dir_all(&dist))
}

fn npm(args: &[&str]) -> Command {
    let mut npm = program("npm", args);
    npm.current_dir(below("ui"));
    npm
}

/// Runs a script of Node in the project's folder.
pub fn node(args: impl IntoIterator<Item = impl AsRef<std::ffi::OsStr>>) -> Command {
    program("node", args)
}
