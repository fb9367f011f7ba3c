//! The ground under the project: what has to be on the machine before anything is built.

use std::process::Command;

use crate::step::{Advice, Failure, Outcome, answer, finish, program, skip, step};

/// What a task needs of the machine.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// Building the window and opening it.
    Start,
    /// The same, and every test.
    Test,
}

/// Debian's and Ubuntu's names.
const BUILD_DEBIAN: [&str; 4] = [
    "build-essential",
    "pkg-config",
    "libwebkit2gtk-4.1-dev",
    "fonts-noto-cjk",
];
const TEST_DEBIAN: [&str; 7] = [
    "webkit2gtk-driver",
    "xvfb",
    "xauth",
    "poppler-utils",
    "qpdf",
    // Other programs must read what is exported.
    "hledger",
    "beancount",
];

const FEDORA: &str = "sudo dnf install gcc gcc-c++ make pkgconf-pkg-config webkit2gtk4.1-devel \
    google-noto-sans-cjk-fonts";
const FEDORA_TEST: &str =
    " /usr/bin/WebKitWebDriver /usr/bin/Xvfb /usr/bin/xauth poppler-utils qpdf";
const ARCH: &str = "sudo pacman -S --needed base-devel pkgconf webkit2gtk-4.1 noto-fonts-cjk";
const ARCH_TEST: &str = " xorg-server-xvfb xorg-xauth poppler qpdf";

/// Makes sure that everything `need` asks for is there: installs it on Debian and Ubuntu for root,
/// otherwise stops with the exact command.
pub fn prepare(need: Need) -> Outcome {
    system(need)?;
    node()
}

fn system(need: Need) -> Outcome {
    if cfg!(target_os = "macos") {
        return mac();
    }
    if cfg!(windows) {
        return windows();
    }
    if installed_by_dpkg("dpkg") {
        return debian(need);
    }
    other_linux(need)
}

// ── Debian and Ubuntu

fn debian(need: Need) -> Outcome {
    let name = "system packages";
    let missing: Vec<&str> = debian_packages(need)
        .filter(|package| !installed_by_dpkg(package))
        .collect();
    if missing.is_empty() {
        skip(name, "all there");
        return Ok(());
    }
    if !is_root() {
        return Err(Failure::Missing(Advice {
            missing: missing.join(", "),
            remedy: format!("  sudo apt-get update && sudo {}", apt(&missing).join(" ")),
        }));
    }
    step(name, || {
        finish(name, apt_get(&["apt-get", "update"]))?;
        finish(name, apt_get(&apt(&missing)))
    })
}

fn debian_packages(need: Need) -> impl Iterator<Item = &'static str> {
    let test = TEST_DEBIAN.into_iter().filter(move |_| need == Need::Test);
    BUILD_DEBIAN.into_iter().chain(test)
}

fn apt<'a>(packages: &[&'a str]) -> Vec<&'a str> {
    let mut words = vec!["apt-get", "install", "--yes", "--no-install-recommends"];
    words.extend(packages);
    words
}

fn apt_get(words: &[&str]) -> Command {
    let mut command = program(words[0], &words[1..]);
    command.env("DEBIAN_FRONTEND", "noninteractive");
    command
}

fn installed_by_dpkg(package: &str) -> bool {
    let query = ["--show", "--showformat=${db:Status-Status}", package];
    answer(program("dpkg-query", query)).is_some_and(|status| status == "installed")
}

fn is_root() -> bool {
    answer(program("id", ["-u"])).is_some_and(|user| user == "0")
}

// ── Other systems: what is missing is found by what it provides

fn other_linux(need: Need) -> Outcome {
    let mut missing: Vec<&str> = ["webkit2gtk-4.1"]
        .into_iter()
        .filter(|library| answer(program("pkg-config", ["--modversion", library])).is_none())
        .collect();
    let tools: &[&str] = match need {
        Need::Start => &["cc"],
        Need::Test => &["cc", "WebKitWebDriver", "Xvfb", "pdftotext", "qpdf"],
    };
    missing.extend(tools.iter().filter(|tool| !on_path(tool)));
    if missing.is_empty() {
        return Ok(());
    }
    let (fedora, arch) = match need {
        Need::Start => ("", ""),
        Need::Test => (FEDORA_TEST, ARCH_TEST),
    };
    let packages: Vec<&str> = debian_packages(need).collect();
    Err(Failure::Missing(Advice {
        missing: missing.join(", "),
        remedy: format!(
            "  Fedora:         {FEDORA}{fedora}\n  Arch:           {ARCH}{arch}\n  Debian, Ubuntu: sudo {}",
            apt(&packages).join(" ")
        ),
    }))
}

fn mac() -> Outcome {
    if answer(program("xcode-select", ["-p"])).is_some() {
        return Ok(());
    }
    Err(Failure::Missing(Advice {
        missing: "Apple's command line tools".to_owned(),
        remedy: "  xcode-select --install".to_owned(),
    }))
}

/// The compiler is there, or this program would not exist; the web view has to be asked for.
fn windows() -> Outcome {
    let key = r"HKLM\SOFTWARE\WOW6432Node\Microsoft\EdgeUpdate\Clients\{F3017226-FE2A-4295-8BDF-00C3A9A7E4C5}";
    if answer(program("reg", ["query", key, "/v", "pv"])).is_some() {
        return Ok(());
    }
    Err(Failure::Missing(Advice {
        missing: "the WebView2 runtime".to_owned(),
        remedy: "  winget install Microsoft.EdgeWebView2Runtime\n\n\
            Where the compiler is missing too:\n  \
            winget install Microsoft.VisualStudio.2022.BuildTools --override \"--add Microsoft.VisualStudio.Workload.VCTools\""
            .to_owned(),
    }))
}

/// Whether a program of this name can be started.
pub fn on_path(tool: &str) -> bool {
    std::env::var_os("PATH")
        .is_some_and(|path| std::env::split_paths(&path).any(|folder| folder.join(tool).is_file()))
}

// ── Node

const NODE_AT_LEAST: (u32, u32) = (20, 19);

fn node() -> Outcome {
    let found = answer(program("node", ["--version"]));
    let (major, minor) = NODE_AT_LEAST;
    let remedy = format!(
        "  Node {major}.{minor} or newer with npm: https://nodejs.org/ or your system's own packages"
    );
    let missing = match found.as_deref().map(version) {
        None => "Node".to_owned(),
        Some(there) if there < NODE_AT_LEAST => {
            format!("a newer Node (there is {})", found.unwrap_or_default())
        }
        Some(_) if answer(program("npm", ["--version"])).is_none() => "npm".to_owned(),
        Some(_) => return Ok(()),
    };
    Err(Failure::Missing(Advice { missing, remedy }))
}

/// `v20.19.2` as numbers; what is no number counts as nothing.
fn version(text: &str) -> (u32, u32) {
    let mut parts = text
        .trim_start_matches('v')
        .split('.')
        .map(|part| part.parse().unwrap_or(0));
    (parts.next().unwrap_or(0), parts.next().unwrap_or(0))
}

/// Whether a window can be shown here.
pub fn has_display() -> bool {
    if cfg!(any(windows, target_os = "macos")) {
        return true;
    }
    ["DISPLAY", "WAYLAND_DISPLAY"]
        .iter()
        .any(|name| std::env::var_os(name).is_some_and(|value| !value.is_empty()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_compared_as_numbers() {
        assert_eq!(version("v20.19.2"), (20, 19));
        assert!(version("v9.11.0") < NODE_AT_LEAST);
        assert!(version("v20.9.0") < NODE_AT_LEAST);
        assert!(version("v22.0.0") > NODE_AT_LEAST);
        assert_eq!(version("nonsense"), (0, 0));
    }

    #[test]
    fn without_a_compiler_the_same_packages_are_named() {
        let said = include_str!("../../../../.cargo/cc");
        let debian: Vec<_> = debian_packages(Need::Start).collect();
        let debian = apt(&debian).join(" ");
        let debian = debian.replace("build-essential pkg-config", "$packages");
        for command in [debian.as_str(), FEDORA, ARCH] {
            assert!(said.contains(command), "{command}");
        }
    }

    #[test]
    fn a_test_needs_all_that_a_start_needs() {
        let start: Vec<_> = debian_packages(Need::Start).collect();
        let test: Vec<_> = debian_packages(Need::Test).collect();
        assert_eq!(test[..start.len()], start);
        assert!(test.contains(&"webkit2gtk-driver"));
    }
}
