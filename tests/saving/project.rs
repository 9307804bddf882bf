//! A folder to save in.

use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;

use onramp::domain::symptom::{FileProblem, FileTrouble};
use onramp::files::{Snapshot, read};
use tempfile::TempDir;

/// A folder with a .env file in it.
pub(crate) struct Project {
    pub(crate) folder: TempDir,
}

impl Project {
    pub(crate) fn empty() -> Self {
        Self {
            folder: tempfile::tempdir().unwrap(),
        }
    }

    pub(crate) fn with(text: &str) -> Self {
        let project = Self::empty();
        fs::write(project.path(".env"), text).unwrap();
        project
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().canonicalize().unwrap().join(name)
    }

    pub(crate) fn read(&self) -> Snapshot {
        read(&self.path(".env")).unwrap()
    }

    pub(crate) fn text(&self) -> String {
        fs::read_to_string(self.path(".env")).unwrap()
    }

    pub(crate) fn mode(&self, name: &str) -> u32 {
        fs::metadata(self.path(name)).unwrap().permissions().mode() & 0o7777
    }

    pub(crate) fn chmod(&self, name: &str, mode: u32) {
        fs::set_permissions(self.path(name), Permissions::from_mode(mode)).unwrap();
    }

    /// Every name in the folder, sorted.
    pub(crate) fn names(&self) -> Vec<String> {
        let entries = fs::read_dir(self.folder.path()).unwrap();
        let mut names: Vec<String> = entries
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }
}

/// What was in the way.
pub(crate) fn kind<T: std::fmt::Debug>(outcome: Result<T, FileTrouble>) -> FileProblem {
    outcome.unwrap_err().kind
}
