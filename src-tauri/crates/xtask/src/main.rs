//! 工程任务 — set-up, start, test, bindings, icons: `cargo xtask <task>`.
//!
//! Exit codes: 0 fine, 1 a step failed, 2 the machine lacks something (or the task is not known),
//! and the sentence says what to do about it.

mod figures;
mod front_end;
mod ground;
mod icons;
mod start;
mod step;
mod test;
mod tree;
mod window;

use std::process::ExitCode;

use crate::step::{Failure, Outcome};

const USAGE: &str = "\
cargo xtask start              sets up what is missing, builds, opens the window
cargo xtask test               every test: front end, Rust, cases, window
cargo xtask test --core        the fast loop: domain, policy, engine
cargo xtask test --window      builds and runs the window test alone
cargo xtask test --looks       every screen in every look, pictures in target/e2e
cargo xtask bindings           writes ui/src/api/bindings.ts from the Rust types
cargo xtask icons              draws icons/ from icons/icon.svg
cargo xtask guard [pool…]      which figures of the policy files no case sees
cargo xtask figures <folder>   which figures of the rule sheets in <folder> were not copied";

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match run(&words) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("\nxtask: {failure}");
            failure.exit_code()
        }
    }
}

fn run(words: &[&str]) -> Outcome {
    match words {
        ["start"] => start::start(),
        ["test"] => test::everything(),
        ["test", "--core"] => test::core(),
        ["test", "--window"] => test::window_alone(window::test),
        ["test", "--looks"] => test::window_alone(window::looks),
        ["bindings"] => test::write_bindings(),
        ["icons"] => icons::draw(),
        ["guard", pools @ ..] => test::guard(pools),
        ["figures", folder] => figures::left_out(folder),
        _ => Err(Failure::Usage(USAGE)),
    }
}
