//! Where the program keeps its own files.

use std::path::{Path, PathBuf};

use etcetera::BaseStrategy;

use crate::domain::environment::Environment;
use crate::text::Phrase;

/// The program's own folders, all absolute. None of them need exist yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paths {
    /// Credentials and preferences.
    pub config: PathBuf,
    /// What is remembered of projects, what undo needs, and the ledger.
    pub state: PathBuf,
    /// What can be fetched again.
    pub cache: PathBuf,
}

impl Paths {
    /// The folders under `ONRAMP_HOME` where that is set, else those of this system: the XDG folders
    /// on Linux and macOS, `AppData` on Windows.
    pub fn find(environment: &Environment) -> Result<Self, NoHome> {
        if let Some(home) = environment.get("ONRAMP_HOME") {
            return Self::under(Path::new(home));
        }
        let base = etcetera::choose_base_strategy().map_err(|_| NoHome)?;
        let state = base.state_dir().unwrap_or_else(|| base.data_dir());
        Self::named_onramp(&base.config_dir(), &state, &base.cache_dir())
    }

    /// All under one folder, which may be relative to the current one.
    /// Where the bytes of changed files are kept for a step back.
    pub fn undo(&self) -> PathBuf {
        self.state.join("undo")
    }

    fn under(home: &Path) -> Result<Self, NoHome> {
        let home = std::path::absolute(home).map_err(|_| NoHome)?;
        Ok(Self {
            state: home.join("state"),
            cache: home.join("cache"),
            config: home,
        })
    }

    fn named_onramp(config: &Path, state: &Path, cache: &Path) -> Result<Self, NoHome> {
        // A relative HOME would scatter keys over every folder the program is started in.
        if ![config, state, cache].iter().all(|path| path.is_absolute()) {
            return Err(NoHome);
        }
        Ok(Self {
            config: config.join("onramp"),
            state: state.join("onramp"),
            cache: cache.join("onramp"),
        })
    }
}

/// The system names no home folder, so there is no place for the program's own files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoHome;

impl NoHome {
    /// What to say about it.
    pub const WORDS: Phrase = Phrase::new(
        "No home folder is known here. Set HOME, or set ONRAMP_HOME to a folder for onramp's own files.",
        "这里没有可用的主目录。请设置 HOME，或把 ONRAMP_HOME 设为 onramp 存放自身文件的目录。",
    );
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn onramp_home_holds_everything() {
        let home = std::env::temp_dir().join("h");
        let environment = Environment::new([("ONRAMP_HOME", home.as_os_str())]);
        assert_eq!(
            Paths::find(&environment),
            Ok(Paths {
                config: home.clone(),
                state: home.join("state"),
                cache: home.join("cache"),
            })
        );
    }

    #[test]
    fn a_relative_onramp_home_is_made_absolute() {
        let paths = Paths::under(Path::new("mine")).unwrap();
        assert!(paths.config.is_absolute());
        assert!(paths.config.ends_with("mine"));
    }

    #[test]
    fn without_onramp_home_every_folder_is_named_onramp() {
        let absolute = std::env::temp_dir();
        let paths = Paths::named_onramp(&absolute, &absolute, &absolute).unwrap();
        for path in [paths.config, paths.state, paths.cache] {
            assert_eq!(path, absolute.join("onramp"));
        }
    }

    #[test]
    fn a_home_that_is_no_absolute_path_is_an_error_not_a_guess() {
        let absolute = std::env::temp_dir();
        let nowhere = Path::new(".config");
        assert_eq!(
            Paths::named_onramp(nowhere, &absolute, &absolute),
            Err(NoHome)
        );
    }
}
