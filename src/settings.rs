//! What the person and the machine ask for: folders, language, colours, and where we run.
//!
//! Each answer is a pure function of the [`Environment`] and of the flags; the process is asked once,
//! at [`read_environment`] and [`Machine::here`].

mod language;
mod look;
mod paths;
mod preferences;
mod whereabouts;

pub use language::{LangChoice, UnknownChoice, choose_language, system_locale};
pub use look::{ColorDepth, Ground, Look, LookWishes, ThemeChoice, UnknownTheme};
pub use paths::{NoHome, Paths};
pub use preferences::Preferences;
pub use whereabouts::{Machine, Remote, is_ci};

use crate::domain::environment::Environment;

/// The environment this process was started with.
#[expect(
    clippy::disallowed_methods,
    reason = "the one door to the process environment"
)]
pub fn read_environment() -> Environment {
    Environment::new(std::env::vars_os())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_environment_of_this_process_is_read() {
        // Cargo sets it for every test.
        assert!(read_environment().has("CARGO_PKG_NAME"));
    }
}
