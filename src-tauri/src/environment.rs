//! What the process must know of its surroundings before a window exists.
//!
//! A process may not change its own environment safely once it runs, so where a variable has to be
//! different the program starts itself again, in place, with the variable set.

use std::env;
use std::ffi::OsString;
use std::path::Path;
use std::process::Command;

use crate::StartError;

/// Lets a WebDriver steer the web view. Obeyed in debug builds only: the window test needs it, and
/// nobody else has a use for a door into the page that shows a family's money.
pub const AUTOMATION: &str = "TAURI_WEBVIEW_AUTOMATION";

/// Asks WebKitGTK to draw without a GPU's buffers.
const NO_DMABUF: &str = "WEBKIT_DISABLE_DMABUF_RENDERER";

/// A change to the environment: a variable, and its value or its removal.
type Change = (&'static str, Option<&'static str>);

/// Starts again with the environment this machine needs, or returns when it is already so.
pub fn settle() -> Result<(), StartError> {
    if cfg!(target_os = "linux") && !has_display(|name| env::var_os(name)) {
        return Err(StartError::NoDisplay);
    }
    let has_gpu = Path::new("/dev/dri").exists();
    let changes = wanted(|name| env::var_os(name), has_gpu, cfg!(debug_assertions));
    if changes.is_empty() {
        return Ok(());
    }
    start_again(&changes)
}

fn has_display(variable: impl Fn(&str) -> Option<OsString>) -> bool {
    ["DISPLAY", "WAYLAND_DISPLAY"]
        .iter()
        .any(|name| variable(name).is_some_and(|value| !value.is_empty()))
}

/// What has to be different. Once made, a change is not wanted again: that ends the starting.
fn wanted(
    variable: impl Fn(&str) -> Option<OsString>,
    has_gpu: bool,
    automation_allowed: bool,
) -> Vec<Change> {
    let mut changes = Vec::new();
    // The user's own setting stands, whatever it says.
    if cfg!(target_os = "linux") && !has_gpu && variable(NO_DMABUF).is_none() {
        changes.push((NO_DMABUF, Some("1")));
    }
    if !automation_allowed && variable(AUTOMATION).is_some() {
        changes.push((AUTOMATION, None));
    }
    changes
}

fn start_again(changes: &[Change]) -> Result<(), StartError> {
    let mut again = Command::new(env::current_exe()?);
    again.args(env::args_os().skip(1));
    for (name, value) in changes {
        match value {
            Some(value) => again.env(name, value),
            None => again.env_remove(name),
        };
    }
    become_it(again)
}

/// Takes the place of this process: same number, same terminal, same parent.
#[cfg(unix)]
fn become_it(mut again: Command) -> Result<(), StartError> {
    use std::os::unix::process::CommandExt;
    Err(again.exec().into())
}

#[cfg(not(unix))]
fn become_it(mut again: Command) -> Result<(), StartError> {
    let status = again.status()?;
    std::process::exit(status.code().unwrap_or(1));
}

/// Whether a second instance can find the first one. Elsewhere the system itself provides for it;
/// on Linux it takes a session bus, and a bus that is named but dead must not stop the window.
pub fn session_bus_answers() -> bool {
    #[cfg(target_os = "linux")]
    return env::var("DBUS_SESSION_BUS_ADDRESS").is_ok_and(|address| bus_answers(&address));
    #[cfg(not(target_os = "linux"))]
    return true;
}

/// Tries each address of a list like `unix:path=/run/user/1000/bus,guid=…;unix:abstract=…`.
#[cfg(target_os = "linux")]
fn bus_answers(addresses: &str) -> bool {
    use std::os::linux::net::SocketAddrExt;
    use std::os::unix::net::{SocketAddr, UnixStream};

    addresses
        .split(';')
        .filter_map(|address| address.strip_prefix("unix:"))
        .flat_map(|address| address.split(','))
        .filter_map(|pair| pair.split_once('='))
        .any(|(key, value)| match key {
            "path" => UnixStream::connect(value).is_ok(),
            "abstract" => SocketAddr::from_abstract_name(value)
                .is_ok_and(|name| UnixStream::connect_addr(&name).is_ok()),
            _ => false,
        })
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    fn given<'a>(pairs: &'a [(&str, &str)]) -> impl Fn(&str) -> Option<OsString> + 'a {
        move |name| {
            pairs
                .iter()
                .find(|(known, _)| *known == name)
                .map(|(_, value)| value.into())
        }
    }

    #[test]
    fn without_a_gpu_the_renderer_is_chosen_once_and_the_users_choice_stands() {
        assert_eq!(wanted(given(&[]), false, true), [(NO_DMABUF, Some("1"))]);
        assert_eq!(wanted(given(&[]), true, true), []);
        for choice in ["0", "1", ""] {
            assert_eq!(wanted(given(&[(NO_DMABUF, choice)]), false, true), []);
        }
    }

    #[test]
    fn a_release_build_starts_without_the_door_for_a_driver() {
        let driven = [(AUTOMATION, "true")];
        assert_eq!(wanted(given(&driven), true, false), [(AUTOMATION, None)]);
        assert_eq!(wanted(given(&driven), true, true), []);
    }

    #[test]
    fn a_display_is_one_that_is_named() {
        assert!(!has_display(given(&[])));
        assert!(!has_display(given(&[("DISPLAY", "")])));
        assert!(has_display(given(&[("DISPLAY", ":1")])));
        assert!(has_display(given(&[("WAYLAND_DISPLAY", "wayland-0")])));
    }

    #[test]
    fn a_bus_answers_only_where_somebody_listens() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("bus");
        let address = format!("unix:path={},guid=0123", path.display());
        assert!(!bus_answers(&address));
        let _listener = std::os::unix::net::UnixListener::bind(&path).unwrap();
        assert!(bus_answers(&address));
        assert!(bus_answers(&format!("unix:path=/nowhere;{address}")));
        assert!(!bus_answers("tcp:host=localhost,port=1"));
        assert!(!bus_answers(""));
    }
}
