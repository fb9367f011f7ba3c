//! What the window test needs and a reader never gets: in debug builds driven by a WebDriver,
//! every violation of the content security policy is kept from the first byte of the page on.

use std::env;

use tauri::Wry;
use tauri::plugin::{Builder, TauriPlugin};

use crate::environment::AUTOMATION;

const KEEP_VIOLATIONS: &str = r#"
window.__violations = [];
document.addEventListener("securitypolicyviolation", (event) => {
  window.__violations.push(`${event.effectiveDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`);
});
"#;

/// Whether a WebDriver is at the wheel.
pub fn wanted() -> bool {
    env::var_os(AUTOMATION).is_some()
}

/// Keeps the violations in `window.__violations`.
pub fn plugin() -> TauriPlugin<Wry> {
    Builder::new("witness")
        .js_init_script(KEEP_VIOLATIONS)
        .build()
}
