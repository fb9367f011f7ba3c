//! The window of 共济账本.
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

use std::process::ExitCode;

/// A projection makes and drops thousands of small values; with the allocator of the C library it takes a
/// third longer.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    match gongji_shell::run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("gongji-app: {error}");
            ExitCode::FAILURE
        }
    }
}
