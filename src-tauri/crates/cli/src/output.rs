//! 说出来 — the one place that writes to stdout and stderr. Whoever listens may stop listening, as `head`
//! does after its lines: what is said then goes nowhere, and the program ends as if it had been heard.

use std::fmt::Arguments;
use std::io::{self, ErrorKind, Write};
use std::sync::atomic::{AtomicBool, Ordering};

/// Whether nobody listens to stdout any more.
static CLOSED: AtomicBool = AtomicBool::new(false);

/// A line on stdout.
pub(crate) fn line(words: Arguments<'_>) {
    if CLOSED.load(Ordering::Relaxed) {
        return;
    }
    let mut out = io::stdout().lock();
    if let Err(error) = writeln!(out, "{words}") {
        CLOSED.store(true, Ordering::Relaxed);
        // A full disk behind stdout is another matter than a closed pipe.
        if error.kind() != ErrorKind::BrokenPipe {
            aside_line(format_args!("{error}"));
        }
    }
}

/// A line on stderr; there is nowhere to say that it cannot be written.
pub(crate) fn aside_line(words: Arguments<'_>) {
    let _ = writeln!(io::stderr().lock(), "{words}");
}

/// A line on stdout, formatted.
macro_rules! out {
    ($($words:tt)*) => { $crate::output::line(format_args!($($words)*)) };
}

/// A line on stderr, formatted.
macro_rules! aside {
    ($($words:tt)*) => { $crate::output::aside_line(format_args!($($words)*)) };
}

pub(crate) use {aside, out};
