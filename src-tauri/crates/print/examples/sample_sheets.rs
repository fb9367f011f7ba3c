//! Prints the test sheets into a folder, to be looked at: `cargo run --example sample_sheets -- DIR`.
#![allow(clippy::unwrap_used)]

#[path = "../tests/sheets/mod.rs"]
mod sheets;

use std::time::Instant;

use gongji_print::{Form, pdf, svg_pages};

fn main() {
    let folder = std::env::args().nth(1).expect("a folder to print into");
    let samples = [
        ("short", sheets::short()),
        ("long", sheets::long()),
        ("ranges", sheets::ranges()),
        ("unknown", sheets::unknown()),
        ("english", sheets::in_english()),
        ("huge", sheets::huge()),
        (
            "markup",
            sheets::hostile("#panic(\"x\") *_$ [](<a>) 喆堃龑 𠀀𪜀 👩‍👩‍👧 \u{202e}ab\u{202c}"),
        ),
        ("endless", sheets::hostile(&"长".repeat(10_000))),
        ("unbroken", sheets::hostile(&"W".repeat(10_000))),
    ];
    for (name, sheet) in samples {
        for form in [Form::Full, Form::Counter] {
            let start = Instant::now();
            let paper = pdf(&sheet, form).unwrap();
            let printed = start.elapsed();
            let start = Instant::now();
            let pages = svg_pages(&sheet, form).unwrap();
            println!(
                "{name} {form:?}: {} bytes, {} pages, PDF {printed:?}, then SVG {:?}",
                paper.len(),
                pages.len(),
                start.elapsed()
            );
            let path = format!("{folder}/{name}-{form:?}");
            std::fs::write(format!("{path}.pdf"), paper).unwrap();
            std::fs::write(format!("{path}.svg"), &pages[0]).unwrap();
        }
    }
}
