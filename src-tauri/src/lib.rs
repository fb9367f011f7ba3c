//! 外壳 — the only code that knows Tauri: it opens the window, reads the clock and the platform's
//! folders, and hands every command to [`gongji_api`] as it stands.

mod clock;
mod commands;
mod environment;
mod ledger;
mod paths;
#[cfg(debug_assertions)]
mod witness;

#[cfg(test)]
mod bindings;

use tauri::{Builder, Manager, Wry};

use crate::ledger::Ledger;

/// 启动失败 — why no window could be opened at all. A ledger that cannot be opened is not among
/// the reasons: the window opens and says so.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// 没有显示器
    #[error("there is no display: neither DISPLAY nor WAYLAND_DISPLAY is set")]
    NoDisplay,
    /// 测试用的日期写错了
    #[error(transparent)]
    Clock(#[from] clock::NotADate),
    /// 重新启动自己时失败
    #[error("could not start again with a different environment: {0}")]
    Restart(#[from] std::io::Error),
    /// 窗口打不开
    #[error("the window could not be opened: {0}")]
    Window(#[from] tauri::Error),
}

/// Opens the window and stays until it is closed.
///
/// # Errors
/// Where no window can be opened; the sentence is for the terminal.
pub fn run() -> Result<(), StartError> {
    let clock = clock::Clock::from_environment()?;
    environment::settle()?;

    let mut app = Builder::<Wry>::default();
    if environment::session_bus_answers() {
        // The second instance raises the first one's window and ends. What keeps two programs from
        // writing one file is the store's own lock, with or without this.
        app = app.plugin(tauri_plugin_single_instance::init(|app, _, _| raise(app)));
    }
    app = app
        .plugin(tauri_plugin_dialog::init())
        .plugin(tauri_plugin_opener::init())
        .plugin(tauri_plugin_window_state::Builder::default().build())
        .plugin(stay_at_home());
    #[cfg(debug_assertions)]
    if witness::wanted() {
        app = app.plugin(witness::plugin());
    }

    app.setup(move |app| {
        let paths = paths::resolve(app.path())?;
        app.manage(Ledger::new(gongji_api::Gongji::open(paths), clock));
        Ok(())
    })
    .invoke_handler(commands::registry().invoke_handler())
    .run(tauri::generate_context!())?;
    Ok(())
}

/// Brings the window that is already open to the front.
fn raise(app: &tauri::AppHandle) {
    if let Some(window) = app.get_webview_window("main") {
        // A window manager may refuse any of these; there is nothing to do about it.
        let _ = window.unminimize();
        let _ = window.show();
        let _ = window.set_focus();
    }
}

/// A link can never take the window away from the program's own pages.
fn stay_at_home() -> tauri::plugin::TauriPlugin<Wry> {
    tauri::plugin::Builder::new("stay-at-home")
        .on_navigation(|_, url| {
            url.scheme() == "tauri" || url.host_str() == Some("tauri.localhost")
        })
        .build()
}
