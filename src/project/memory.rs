//! What the wizard remembers of a project between two runs, in the program's state folder.
//!
//! Never inside the project, and nothing secret. A file that cannot be understood counts as nothing
//! remembered: all of it can be asked again.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::domain::symptom::FileTrouble;
use crate::files;

/// How far the wizard came in a project.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Progress {
    /// The names of the steps that were skipped.
    pub skipped: Vec<String>,
    /// The step the person was at.
    pub at: Option<String>,
    /// The steps whose page was confirmed, where no fact can prove them.
    pub confirmed: Vec<String>,
    /// The models the person chose, by the origin of the server: one server's names mean nothing to another.
    pub models: BTreeMap<String, String>,
    /// The person's rules for models.
    pub rules: Option<String>,
}

impl Progress {
    /// What is remembered of the project at `root` in this state folder.
    pub fn load(state: &Path, root: &Path) -> Self {
        let snapshot = files::read(&file(state, root)).ok();
        let bytes = snapshot.and_then(|snapshot| snapshot.bytes);
        bytes
            .and_then(|bytes| serde_json::from_slice(&bytes).ok())
            .unwrap_or_default()
    }

    /// The model the person chose of the server at this origin.
    pub fn model(&self, origin: &str) -> Option<&str> {
        self.models.get(origin).map(String::as_str)
    }

    /// From now on this is the model of the server at this origin.
    pub fn choose_model(&mut self, origin: &str, model: String) {
        self.models.insert(origin.to_owned(), model);
    }

    /// Remembers this of the project at `root`.
    pub fn save(&self, state: &Path, root: &Path) -> Result<(), FileTrouble> {
        let mut bytes = serde_json::to_vec_pretty(self).expect("lists of strings are always JSON");
        bytes.push(b'\n');
        files::save_private(&file(state, root), &bytes)
    }
}

/// One file per project, named after its path without telling it.
fn file(state: &Path, root: &Path) -> PathBuf {
    let digest = Sha256::digest(root.as_os_str().as_encoded_bytes());
    let hexed = digest.iter().take(16).map(|byte| format!("{byte:02x}"));
    let name = hexed.collect::<Vec<_>>().concat();
    state.join("projects").join(name + ".json")
}

#[cfg(test)]
mod tests {
    use super::*;

    const ORIGIN: &str = "https://openrouter.ai";

    fn progress() -> Progress {
        Progress {
            skipped: vec!["credits".to_owned()],
            at: Some("env".to_owned()),
            confirmed: vec!["account".to_owned()],
            models: BTreeMap::from([(ORIGIN.to_owned(), "openrouter/free".to_owned())]),
            rules: Some("Be brief.".to_owned()),
        }
    }

    #[test]
    fn each_project_is_remembered_by_itself() {
        let state = tempfile::tempdir().unwrap();
        let (one, other) = (Path::new("/one"), Path::new("/other"));
        progress().save(state.path(), one).unwrap();
        assert_eq!(Progress::load(state.path(), one), progress());
        assert_eq!(Progress::load(state.path(), other), Progress::default());
    }

    #[test]
    fn each_server_has_a_model_of_its_own() {
        let mut progress = progress();
        progress.choose_model("http://localhost:11434", "qwen3".to_owned());
        assert_eq!(progress.model(ORIGIN), Some("openrouter/free"));
        assert_eq!(progress.model("http://localhost:11434"), Some("qwen3"));
        assert_eq!(progress.model("http://localhost:8000"), None);
    }

    #[test]
    fn the_file_does_not_tell_the_path() {
        let file = file(
            Path::new("state"),
            Path::new("/home/someone/secret-project"),
        );
        let name = file.file_name().unwrap().to_str().unwrap();
        assert_eq!(name.len(), "0123456789abcdef0123456789abcdef.json".len());
        assert!(!name.contains("secret"));
    }

    #[test]
    fn a_broken_file_counts_as_nothing_remembered_and_is_replaced() {
        let state = tempfile::tempdir().unwrap();
        let root = Path::new("/one");
        files::save_private(&file(state.path(), root), b"{\"skipped\": 7").unwrap();
        assert_eq!(Progress::load(state.path(), root), Progress::default());
        progress().save(state.path(), root).unwrap();
        assert_eq!(Progress::load(state.path(), root), progress());
    }

    #[test]
    fn fields_of_another_version_are_no_trouble() {
        let state = tempfile::tempdir().unwrap();
        let root = Path::new("/one");
        files::save_private(&file(state.path(), root), br#"{"at":"key","mood":"good"}"#).unwrap();
        assert_eq!(
            Progress::load(state.path(), root).at.as_deref(),
            Some("key")
        );
    }
}
