//! 数据放在哪里 — the folder of the platform, or the one the environment names.

use std::env;
use std::path::PathBuf;

use gongji_api::Paths;
use tauri::Wry;
use tauri::path::PathResolver;

/// The variable that names a data folder, for tests and for a ledger on a stick.
const DATA_DIR: &str = "GONGJI_DATA_DIR";

/// Where the household's file lies.
pub fn resolve(platform: &PathResolver<Wry>) -> tauri::Result<Paths> {
    let own = env::var_os(DATA_DIR).filter(|folder| !folder.is_empty());
    let data = match own {
        Some(folder) => PathBuf::from(folder),
        None => platform.app_data_dir()?,
    };
    Ok(Paths { data })
}
