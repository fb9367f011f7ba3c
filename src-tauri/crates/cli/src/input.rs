//! What commands read, and how they stop.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

use gongji_api::{
    ApiError, ErrorCode, Language, Shelf, json_fault, lay_over, shipped_files, text, text_of,
};
use gongji_policy::Library;
use serde::de::DeserializeOwned;

use crate::args::{Args, Lang};

/// The answer is no: a case fails, a check finds errors.
pub(crate) const NO: u8 = 1;
/// Wrong use.
const WRONG_USE: u8 = 2;
/// The input cannot be read.
pub(crate) const UNREADABLE: u8 = 3;

/// Why a command stopped: its exit code and a sentence for stderr.
#[derive(Debug)]
pub(crate) struct Stop {
    pub(crate) code: u8,
    pub(crate) sentence: String,
}

impl Stop {
    pub(crate) fn wrong_use(sentence: String) -> Stop {
        Stop {
            code: WRONG_USE,
            sentence,
        }
    }

    pub(crate) fn unreadable(path: &Path, why: &dyn std::fmt::Display) -> Stop {
        Stop {
            code: UNREADABLE,
            sentence: format!("读不了 {}：{why}", path.display()),
        }
    }

    /// What keeps a file from being read, and what to do.
    pub(crate) fn cannot_read(args: &Args, path: &Path, error: &io::Error) -> Stop {
        Stop::api(args, &ApiError::cannot_read(path, error))
    }

    /// What keeps a file from being written, and what to do.
    pub(crate) fn cannot_write(args: &Args, path: &Path, error: &io::Error) -> Stop {
        Stop::api(args, &ApiError::cannot_write(path, error))
    }

    /// What is wrong with a document that was read.
    pub(crate) fn of_document(args: &Args, path: &Path, error: &ApiError) -> Stop {
        Stop {
            code: UNREADABLE,
            sentence: format!("{}：{}", path.display(), Stop::api(args, error).sentence),
        }
    }

    /// What the ledger says, as a sentence and, where it has one, what to do.
    pub(crate) fn api(args: &Args, error: &ApiError) -> Stop {
        let language = language(args);
        let mut sentence = text(language, &error.message);
        if let Some(hint) = &error.hint {
            sentence.push('\n');
            sentence.push_str(&text(language, hint));
        }
        let code = match error.code {
            ErrorCode::Input | ErrorCode::Forbidden | ErrorCode::Gone => NO,
            ErrorCode::ReadOnly | ErrorCode::File | ErrorCode::Busy | ErrorCode::Internal => {
                UNREADABLE
            }
        };
        Stop { code, sentence }
    }
}

pub(crate) fn language(args: &Args) -> Language {
    match args.lang {
        Lang::Zh => Language::Chinese,
        Lang::En => Language::English,
    }
}

/// The shipped library with the folders of `--policies` laid over it.
pub(crate) fn library(args: &Args) -> Result<Library, Stop> {
    library_with(args, args.with_claimed)
}

/// The same files for a household file, whose own are laid over them.
pub(crate) fn shelf(args: &Args) -> Result<Shelf, Stop> {
    if args.overlays.is_empty() {
        return Ok(Shelf::shipped(args.with_claimed));
    }
    let mut files = shipped_files();
    overlay(&mut files, &args.overlays)?;
    Ok(Shelf::of(files, args.with_claimed))
}

/// The same, with or without figures that are only leads.
pub(crate) fn library_with(args: &Args, with_claimed: bool) -> Result<Library, Stop> {
    let mut files = shipped_files();
    overlay(&mut files, &args.overlays)?;
    Ok(Library::read(files, with_claimed))
}

pub(crate) fn overlay(
    files: &mut BTreeMap<String, String>,
    folders: &[PathBuf],
) -> Result<(), Stop> {
    for folder in folders {
        lay_over(files, folder).map_err(|error| Stop::unreadable(folder, &error))?;
    }
    Ok(())
}

/// The words of a file, whatever Chinese program wrote them.
pub(crate) fn words(args: &Args, path: &Path) -> Result<String, Stop> {
    let bytes = std::fs::read(path).map_err(|error| Stop::cannot_read(args, path, &error))?;
    text_of(bytes).map_err(|error| Stop::of_document(args, path, &error))
}

/// What a JSON file says.
pub(crate) fn json<T: DeserializeOwned>(args: &Args, path: &Path) -> Result<T, Stop> {
    serde_json::from_str(&words(args, path)?).map_err(|error| Stop {
        code: UNREADABLE,
        sentence: format!(
            "{}：{}",
            path.display(),
            text(language(args), &json_fault(&error))
        ),
    })
}

pub(crate) fn read(path: &Path) -> Result<String, Stop> {
    std::fs::read_to_string(path).map_err(|error| Stop::unreadable(path, &error))
}
