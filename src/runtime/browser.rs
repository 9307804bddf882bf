//! The browser beside the person.

use crate::domain::environment::Environment;

/// Opens a page; whether a program took it.
pub fn open(environment: &Environment, url: &str) -> bool {
    // By custom a list of programs; VS Code and others name the one beside the person there.
    let browser = environment.get("BROWSER");
    let opened = match browser.and_then(|list| list.split(':').next()) {
        Some(browser) => open::with_detached(url, browser),
        None => open::that_detached(url),
    };
    opened.is_ok()
}
