//! Use cases: what any front end may ask.

pub mod cases;
mod error;
mod library;
mod texts;
mod views;

pub use error::{ApiError, ErrorCode};
pub use library::{lay_over, shipped_files, shipped_library};
pub use texts::{Language, keys, label, text};
pub use views::*;
