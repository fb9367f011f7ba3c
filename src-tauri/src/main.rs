//! The window of 共济账本.
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

use std::process::ExitCode;

fn main() -> ExitCode {
    match gongji_shell::run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("gongji-app: {error}");
            ExitCode::FAILURE
        }
    }
}
