//! The real program, and what it says.

use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;

pub fn gongji(words: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_gongji"))
        .args(words)
        .output()
        .expect("the program starts")
}

pub fn fine(words: &[&str]) -> String {
    let output = gongji(words);
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{words:?}: {said}");
    String::from_utf8(output.stdout).expect("UTF-8")
}

pub fn json(words: &[&str]) -> Value {
    serde_json::from_str(&fine(words)).expect("one JSON document")
}

/// Runs a command that must not succeed; its code, and a sentence on stderr.
pub fn refused(words: &[&str], code: i32) -> String {
    let output = gongji(words);
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(code), "{words:?}: {said}");
    assert!(!said.trim().is_empty(), "{words:?} says nothing");
    said
}

pub fn write(folder: &Path, name: &str, text: &str) -> String {
    let path = folder.join(name);
    std::fs::write(&path, text).expect("a written file");
    path.to_string_lossy().into_owned()
}
