//! `writer FILE` records entries until it is killed; `writer --check FILE` says whether the record
//! is sound and prints how many entries it holds. For tests that kill the writer.

use std::io::stdout;
use std::path::PathBuf;
use std::process::ExitCode;

use gongji_store::{Store, StoreError, selftest_writer};

fn main() -> Result<ExitCode, StoreError> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.as_slice() {
        [file] => selftest_writer(&PathBuf::from(file), stdout()).map(|()| ExitCode::SUCCESS),
        [flag, file] if flag == "--check" => {
            let report = Store::open(&PathBuf::from(file))?.check()?;
            println!("{}", report.entries);
            Ok(ExitCode::from(u8::from(!report.is_sound())))
        }
        _ => {
            eprintln!("writer [--check] FILE");
            Ok(ExitCode::from(2))
        }
    }
}
