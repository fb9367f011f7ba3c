//! `cargo xtask start`: from a fresh checkout to the open window.

use crate::ground::{self, Need};
use crate::step::{Advice, Failure, Outcome, cargo, program, run, skip};
use crate::{front_end, tree};

/// Sets up what is missing, builds, opens the window and stays until it is closed.
pub fn start() -> Outcome {
    ground::prepare(Need::Start)?;
    front_end::install()?;
    front_end::build_if_changed()?;
    run(
        "window: build",
        cargo(["build", "--package", "gongji-shell"]),
    )?;
    let app = tree::built("gongji-app");
    if !ground::has_display() {
        skip(
            "window",
            "everything is built, and there is no display to show it on",
        );
        return Err(Failure::Missing(Advice {
            missing: "a display (neither DISPLAY nor WAYLAND_DISPLAY is set)".to_owned(),
            remedy: format!(
                "  Log in at the screen, or start it there: {}",
                tree::shown(&app)
            ),
        }));
    }
    run("window (until it is closed)", program(&app, [""; 0]))
}
