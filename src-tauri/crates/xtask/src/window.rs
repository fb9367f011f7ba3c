//! The window test: the real window, steered from outside on a display of its own.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Stdio};

use crate::step::{Failure, Outcome, finish, program, skip, step};
use crate::{front_end, tree};

const NAME: &str = "window test";

/// Asks for every look and for pictures; without it every screen is checked in the two looks that
/// differ most.
const PICTURES: &str = "GONGJI_PICTURES";

/// The window as it was built: the story of a family, and nothing clipped, out of reach or without
/// a name on any screen. All of `tests/e2e/*.test.mjs`.
pub fn test() -> Outcome {
    run(|_| true, false)
}

/// Every screen in every look, with pictures: it takes minutes, and somebody has to look at them.
pub fn looks() -> Outcome {
    run(is_looks, true)
}

fn is_looks(file: &Path) -> bool {
    file.file_name()
        .is_some_and(|name| name == "looks.test.mjs")
}

fn run(wanted: impl Fn(&Path) -> bool, pictures: bool) -> Outcome {
    if !cfg!(target_os = "linux") {
        // The web views of macOS and Windows have no driver that could steer this window.
        skip(NAME, "runs on Linux only");
        return Ok(());
    }
    step(NAME, || {
        let display = Display::open()?;
        let mut node = front_end::node(["--test", "--test-concurrency=1"]);
        let mut files = tree::files(&tree::below("tests/e2e"), ".test.mjs");
        files.retain(|file| wanted(file.as_ref()));
        node.args(files)
            .env("GONGJI_APP", tree::built("gongji-app"))
            .env_remove("WAYLAND_DISPLAY")
            .env("DISPLAY", &display.name)
            .env_remove(PICTURES);
        if pictures {
            node.env(PICTURES, "1");
        }
        finish(NAME, node)
    })
}

/// A virtual display, there as long as this value is.
struct Display {
    name: String,
    server: Child,
}

impl Display {
    /// Opens one under a number that the server itself finds free.
    fn open() -> Outcome<Self> {
        let words = [
            "-displayfd",
            "1",
            "-screen",
            "0",
            "1600x1200x24",
            "-nolisten",
            "tcp",
            "-noreset",
        ];
        let mut server = program("Xvfb", words)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|source| Failure::Io {
                step: NAME.to_owned(),
                what: "Xvfb".to_owned(),
                source,
            })?;
        let number = server
            .stdout
            .take()
            .and_then(|out| BufReader::new(out).lines().next())
            .and_then(Result::ok)
            .unwrap_or_default();
        let display = Self {
            name: format!(":{number}"),
            server,
        };
        if number.is_empty() {
            return Err(Failure::Step {
                step: NAME.to_owned(),
                how: "Xvfb did not open a display".to_owned(),
            });
        }
        Ok(display)
    }
}

impl Drop for Display {
    fn drop(&mut self) {
        // It may have ended by itself; either way nothing of it stays.
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}
