//! One step of a task: it says what it does and how long it took, and a failing one names itself.

use std::ffi::OsStr;
use std::path::Path;
use std::process::{Command, ExitCode, Stdio};
use std::time::Instant;
use std::{fmt, io};

use crate::tree;

/// What a task ends with.
pub type Outcome<T = ()> = Result<T, Failure>;

/// Why a task stopped.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// The task is not known.
    #[error("which task?\n\n{0}")]
    Usage(&'static str),
    /// The machine lacks something only its owner should add.
    #[error("{0}")]
    Missing(Advice),
    /// A program ran and failed.
    #[error("the step “{step}” failed ({how})")]
    Step { step: String, how: String },
    /// A program could not be run, a file could not be read.
    #[error("the step “{step}” failed: {what}: {source}")]
    Io {
        step: String,
        what: String,
        source: io::Error,
    },
}

impl Failure {
    /// 2 where the machine or the words are wrong, 1 where the work failed.
    pub fn exit_code(&self) -> ExitCode {
        match self {
            Self::Usage(_) | Self::Missing(_) => ExitCode::from(2),
            Self::Step { .. } | Self::Io { .. } => ExitCode::from(1),
        }
    }
}

/// What is missing, and the command or the place that provides it.
#[derive(Debug)]
pub struct Advice {
    pub missing: String,
    pub remedy: String,
}

impl fmt::Display for Advice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "this machine lacks {}\n\n{}\n\nThen run the same command again.",
            self.missing, self.remedy
        )
    }
}

/// Does `work` as the step `name`: a line before, a line with the seconds after.
pub fn step<T>(name: &str, work: impl FnOnce() -> Outcome<T>) -> Outcome<T> {
    println!("\n── {name}");
    let begun = Instant::now();
    let done = work()?;
    println!("   {name}: {} s", begun.elapsed().as_secs());
    Ok(done)
}

/// Says that a step has nothing to do.
pub fn skip(name: &str, why: &str) {
    println!("\n── {name}: {why}");
}

/// A program with its arguments, in the folder of the project.
pub fn program<A: AsRef<OsStr>>(
    name: impl AsRef<OsStr>,
    args: impl IntoIterator<Item = A>,
) -> Command {
    let mut command = if cfg!(windows) && name.as_ref() == "npm" {
        // A batch file there, and only the shell starts those.
        let mut shell = Command::new("cmd");
        shell.args(["/C", "npm"]);
        shell
    } else {
        Command::new(name)
    };
    command.args(args).current_dir(tree::root());
    command
}

/// A command of the cargo that runs this task.
pub fn cargo<'a>(args: impl IntoIterator<Item = &'a str>) -> Command {
    program(tree::cargo(), args)
}

/// Runs the step `name` as one program.
pub fn run(name: &str, command: Command) -> Outcome {
    step(name, || finish(name, command))
}

/// Runs a program to its end, which must be a good one.
pub fn finish(name: &str, mut command: Command) -> Outcome {
    let line = shown(&command);
    println!("   $ {line}");
    let status = command.status().map_err(|source| Failure::Io {
        step: name.to_owned(),
        what: line,
        source,
    })?;
    match status.success() {
        true => Ok(()),
        false => Err(Failure::Step {
            step: name.to_owned(),
            how: status.to_string(),
        }),
    }
}

/// What a program prints, or nothing where it is not there or fails.
pub fn answer(mut command: Command) -> Option<String> {
    let output = command.stderr(Stdio::null()).output().ok()?;
    let text = String::from_utf8_lossy(&output.stdout).trim().to_owned();
    output.status.success().then_some(text)
}

/// Gives a failing file operation the names a reader needs.
pub fn at<T>(name: &str, path: &Path, result: io::Result<T>) -> Outcome<T> {
    result.map_err(|source| Failure::Io {
        step: name.to_owned(),
        what: tree::shown(path),
        source,
    })
}

fn shown(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    words
        .map(|word| tree::shown(Path::new(word)))
        .collect::<Vec<_>>()
        .join(" ")
}
