//! What a rotation writes down before it does it, so that the next run can take it up.
//!
//! Two files in the state folder, both mode 0600: the journal, which holds no secret, and the secrets, which
//! are written once, as soon as the server has told the successor, and overwritten at the end. Where the
//! secrets are missing, the successor was never heard of. What was written since is seen in the files themselves.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::{Refused, Retire};
use crate::domain::clean_text::CleanText;
use crate::domain::secret::Secret;
use crate::domain::symptom::{FileProblem, FileTrouble};
use crate::files::{self, private};
use crate::jobs::hashed::name_of;
use crate::jobs::scene::Scene;
use crate::openrouter::BaseUrl;

/// What is about to happen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Journal {
    /// The hash of the key that is replaced.
    pub(super) old: String,
    /// Its name, and in the end the successor's.
    pub(super) name: String,
    /// What the successor is called until then. Nobody else has a key of this name.
    pub(super) working_name: String,
    /// What becomes of the old key.
    pub(super) retire: Retire,
    /// It was switched off before all this.
    pub(super) was_disabled: bool,
    /// The files that hold it.
    pub(super) files: Vec<PathBuf>,
    /// onramp's own store holds it.
    pub(super) in_store: bool,
    /// It is being put back.
    pub(super) undoing: bool,
}

/// Both keys. Neither is shown by `Debug`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Keys {
    /// The key that is replaced.
    pub(super) old: Secret,
    /// Its successor.
    pub(super) new: Secret,
    /// What the server calls the successor in paths.
    pub(super) hash: String,
}

#[derive(Serialize, Deserialize)]
struct KeysOnDisk {
    old: String,
    new: String,
    hash: String,
}

/// Where a rotation on one server writes down what it does; nobody else does, as long as this lives.
#[derive(Debug)]
pub(super) struct Desk {
    journal: PathBuf,
    secrets: PathBuf,
    _lock: private::Held,
}

impl Desk {
    pub(super) fn open(scene: &Scene, server: &BaseUrl) -> Result<Self, Refused> {
        let stem = stem(scene, server);
        // A folder of its own: a save locks the folder that it saves in.
        let locked = folder(scene).join(format!("{stem}.lock"));
        private::make_folder(&locked)?;
        let lock = private::hold_now(&locked)?.ok_or(Refused::Busy)?;
        Ok(Self {
            journal: journal_path(scene, server),
            secrets: folder(scene).join(format!("{stem}.secrets")),
            _lock: lock,
        })
    }

    /// Writes down what is about to happen.
    pub(super) fn write(&self, journal: &Journal) -> Result<(), FileTrouble> {
        let bytes = serde_json::to_vec(journal).map_err(|error| odd(&self.journal, &error))?;
        files::save_private(&self.journal, &bytes)
    }

    /// Keeps the keys.
    pub(super) fn keep(&self, keys: &Keys) -> Result<(), FileTrouble> {
        let keys = KeysOnDisk {
            old: keys.old.expose().to_owned(),
            new: keys.new.expose().to_owned(),
            hash: keys.hash.clone(),
        };
        let bytes = serde_json::to_vec(&keys).map_err(|error| odd(&self.secrets, &error))?;
        files::save_private(&self.secrets, &bytes)
    }

    /// What an earlier run has written down.
    ///
    /// # Errors
    /// It cannot be read. It is left alone then: it may be the only copy of a key.
    pub(super) fn read(&self) -> Result<Option<(Journal, Option<Keys>)>, FileTrouble> {
        let Some(journal) = read_journal(&self.journal)? else {
            // Killed between the two: all had been done.
            private::wipe(&self.secrets)?;
            return Ok(None);
        };
        let Some(bytes) = files::read(&self.secrets)?.bytes else {
            return Ok(Some((journal, None)));
        };
        let keys: KeysOnDisk =
            serde_json::from_slice(&bytes).map_err(|error| odd(&self.secrets, &error))?;
        let keys = Keys {
            old: Secret::new(keys.old),
            new: Secret::new(keys.new),
            hash: keys.hash,
        };
        Ok(Some((journal, Some(keys))))
    }

    /// Wipes all of it away.
    pub(super) fn clear(&self) -> Result<(), FileTrouble> {
        files::remove(&self.journal)?;
        private::wipe(&self.secrets)
    }
}

/// What an earlier run has written down, looked at and left.
pub(super) fn peek(scene: &Scene, server: &BaseUrl) -> Result<Option<Journal>, FileTrouble> {
    read_journal(&journal_path(scene, server))
}

fn read_journal(path: &std::path::Path) -> Result<Option<Journal>, FileTrouble> {
    let Some(bytes) = files::read(path)?.bytes else {
        return Ok(None);
    };
    let journal = serde_json::from_slice(&bytes).map_err(|error| odd(path, &error))?;
    Ok(Some(journal))
}

fn folder(scene: &Scene) -> PathBuf {
    scene.paths.state.join("rotation")
}

fn stem(scene: &Scene, server: &BaseUrl) -> String {
    name_of(&[&scene.name_in_ledger(server)])
}

fn journal_path(scene: &Scene, server: &BaseUrl) -> PathBuf {
    folder(scene).join(format!("{}.json", stem(scene, server)))
}

/// The words of the parser may quote what it read, which may be a key: only the place is told.
fn odd(path: &std::path::Path, error: &serde_json::Error) -> FileTrouble {
    FileTrouble {
        path: path.into(),
        kind: FileProblem::Unsafe,
        detail: CleanText::line(&format!(
            "line {}, column {}: not the journal of a rotation; move it away to begin anew",
            error.line(),
            error.column()
        )),
    }
}
