//! `cargo xtask test`: everything that has to hold, the quick things first.

use std::process::Command;

use crate::ground::{self, Need};
use crate::step::{Outcome, answer, cargo, program, run, skip};
use crate::{front_end, tree, window};

/// All of it.
pub fn everything() -> Outcome {
    ground::prepare(Need::Test)?;
    run("Rust: format", cargo(["fmt", "--all", "--check"]))?;
    front_end::install()?;
    front_end::lint()?;
    front_end::test()?;
    // The shell carries the pages inside it, so they come before anything in Rust.
    front_end::build()?;
    run("Rust: build", cargo(["build", "--workspace", "--bins"]))?;
    run("Rust: tests", all_tests())?;
    accounting()?;
    run("policies: check", gongji(["policies", "check"]))?;
    run("cases: run", gongji(["cases", "run", "tests/cases"]))?;
    window::test()?;
    // A second pass over every crate, so it comes last and once.
    run("Rust: clippy", clippy())
}

/// The fast loop: no web view, no typst.
pub fn core() -> Outcome {
    let crates = ["gongji-domain", "gongji-policy", "gongji-engine"];
    run(
        "Rust: tests of the core",
        tests(crates.iter().flat_map(|name| ["--package", name])),
    )
}

/// The window test, after building what it drives.
pub fn window_alone(test: fn() -> Outcome) -> Outcome {
    ground::prepare(Need::Test)?;
    front_end::install()?;
    front_end::build_if_changed()?;
    run("Rust: build", cargo(["build", "--workspace", "--bins"]))?;
    test()
}

/// Changes every figure of the policy files (of these pools; of all without one) and lists those that
/// no case notices. Optimised: it settles every case some thousand times.
pub fn guard(pools: &[&str]) -> Outcome {
    let words = [
        "run",
        "--quiet",
        "--release",
        "--package",
        "gongji-cases",
        "--bin",
        "guard",
        "--",
    ];
    run("figures: guard", cargo(words.iter().chain(pools).copied()))
}

/// Other programs read what we export; those that are not installed are said to be not run.
fn accounting() -> Outcome {
    for (name, needs) in [
        ("hledger", &["hledger"][..]),
        ("beancount", &["bean-check", "bean-query"]),
    ] {
        let step = format!("export: {name}");
        if needs.iter().all(|program| ground::on_path(program)) {
            let filter = format!("{name}_comes_to_the_same_balances");
            let words = ["test", "--workspace", "--test", "accounting"];
            let mut command = cargo(words);
            command.args(["--", "--ignored", "--exact", &filter]);
            run(&step, command)?;
        } else {
            skip(&step, "not run: it is not installed");
        }
    }
    Ok(())
}

/// Writes the TypeScript types from the Rust ones; the test that guards them does the writing.
pub fn write_bindings() -> Outcome {
    front_end::ensure_folder()?;
    let mut test = cargo(["test", "--package", "gongji-shell", "--lib", "bindings"]);
    test.env("GONGJI_WRITE_BINDINGS", "1");
    run("bindings", test)
}

fn all_tests() -> Command {
    tests(["--workspace"])
}

/// `cargo nextest` where it is installed, otherwise `cargo test`.
fn tests<'a>(which: impl IntoIterator<Item = &'a str>) -> Command {
    let nextest = answer(cargo(["nextest", "--version"])).is_some();
    let mut command = match nextest {
        true => cargo(["nextest", "run"]),
        false => cargo(["test", "--all-targets"]),
    };
    command.args(which);
    command
}

fn clippy() -> Command {
    cargo([
        "clippy",
        "--workspace",
        "--all-targets",
        "--",
        "--deny",
        "warnings",
    ])
}

/// Our own command line, as it was just built.
fn gongji<const N: usize>(words: [&str; N]) -> Command {
    program(tree::built("gongji"), words)
}
