//! `gongji print estimate`

use std::path::Path;

use chrono::NaiveDate;
use gongji_api::{PaperForm, print_request};
use gongji_engine::settle;

use crate::args::Args;
use crate::estimate::request;
use crate::input::{self, Stop};
use crate::output::out;

pub(crate) fn estimate(
    args: &Args,
    from: &Path,
    out: &Path,
    counter: bool,
    today: NaiveDate,
) -> Result<u8, Stop> {
    let request = request(args, from)?;
    let library = input::library(args)?;
    let estimate = settle(&library, &request).map_err(|error| Stop {
        code: input::UNREADABLE,
        sentence: format!("{}：{error}", from.display()),
    })?;
    let form = if counter {
        PaperForm::Counter
    } else {
        PaperForm::Full
    };
    let bytes = print_request(
        input::language(args),
        &library,
        &request,
        &estimate,
        today,
        form,
    )
    .map_err(|error| Stop::api(args, &error))?;
    std::fs::write(out, bytes).map_err(|error| Stop::cannot_write(args, out, &error))?;
    out!("{}", out.display());
    Ok(0)
}
