//! What a rotation would do: worked out and shown before anything is changed.

use std::path::PathBuf;

use jiff::{SignedDuration, Timestamp};

use super::places::{self, Exchanged};
use super::{Retire, shown, words};
use crate::domain::account::{ManagedKey, NewKey};
use crate::domain::clean_text::CleanText;
use crate::domain::diagnosis::Diagnosis;
use crate::domain::secret::Secret;
use crate::domain::symptom::{FileProblem, FileTrouble};
use crate::files::{self, Snapshot};
use crate::jobs::env_change::explain;
use crate::jobs::scene::Scene;
use crate::openrouter::BaseUrl;
use crate::project::Project;
use crate::text::Said;

/// What is going to happen.
#[derive(Debug)]
pub struct Plan {
    /// The key that is replaced.
    pub old: ManagedKey,
    /// What its successor is like.
    pub successor: NewKey,
    /// The files that hold the old key and will hold the successor.
    pub files: Vec<PlannedFile>,
    /// onramp's own store holds the old key and will hold the successor.
    pub in_store: bool,
    /// What becomes of the old key at the end.
    pub retire: Retire,
    /// What the person should know before.
    pub notes: Vec<Said>,
    /// The old key.
    pub(super) secret: Secret,
}

/// A file of a plan.
#[derive(Debug)]
pub struct PlannedFile {
    /// The file.
    pub path: PathBuf,
    /// The variables that hold the key, each with its line, from 1.
    pub names: Vec<(String, usize)>,
    /// The file as it was looked at.
    pub(super) before: Snapshot,
}

/// Why there is no plan.
#[derive(Debug)]
pub enum Unplanned {
    /// A file is in the way.
    Trouble(Box<Diagnosis>),
    /// The key stands nowhere where its successor could be written.
    Nowhere(Said),
}

impl From<Box<Diagnosis>> for Unplanned {
    fn from(trouble: Box<Diagnosis>) -> Self {
        Self::Trouble(trouble)
    }
}

/// Works a rotation out. Nothing is changed, and nobody is asked.
///
/// # Errors
/// The key stands nowhere, or a file that holds it cannot be changed safely.
pub fn plan(
    scene: &Scene,
    server: &BaseUrl,
    old: ManagedKey,
    retire: Retire,
    now: Timestamp,
) -> Result<Plan, Unplanned> {
    let hash = old.hash.to_string();
    let mut notes = Vec::new();
    let sheets = sheets(scene, &hash, &mut notes)?;
    let stored = stored(scene, server, &hash)?;
    let secret = sheets
        .first()
        .map(|(_, key)| key.clone())
        .or(stored.clone());
    let Some(secret) = secret else {
        return Err(Unplanned::Nowhere(words::nowhere(scene, &old)));
    };
    let mut planned = Vec::new();
    for (before, _) in sheets {
        let Exchanged { names, remains, .. } = places::exchange(&before, &secret, &stand_in())?;
        files::may_save(&before).map_err(|trouble| explain(&trouble))?;
        if !remains.is_empty() {
            notes.push(words::remains(&shown(scene, &before.named), &remains));
        }
        planned.push(PlannedFile {
            path: before.named.clone(),
            names,
            before,
        });
    }
    notes.extend(words::elsewhere(scene, &hash));
    notes.extend(words::about_limit(&old));
    let successor = NewKey {
        name: old.name.to_string(),
        limit: old.limit,
        limit_reset: old.limit_reset.as_ref().map(CleanText::to_string),
        include_byok_in_limit: old.include_byok_in_limit,
        expires_at: expiry(&old, now),
    };
    Ok(Plan {
        successor,
        files: planned,
        in_store: stored.is_some(),
        retire,
        notes,
        secret,
        old,
    })
}

/// The files that hold the key, each once whatever its names, with the key.
fn sheets(
    scene: &Scene,
    hash: &str,
    notes: &mut Vec<Said>,
) -> Result<Vec<(Snapshot, Secret)>, Box<Diagnosis>> {
    let everywhere = Project::at(&scene.folder).env_files_everywhere();
    if everywhere.is_cut {
        notes.push(words::not_everywhere());
    }
    let named = scene.env_file.as_ref().map(|file| scene.folder.join(file));
    let mut sheets: Vec<(Snapshot, Secret)> = Vec::new();
    for path in named.iter().chain(&everywhere.files) {
        let is_named = named.as_ref() == Some(path);
        let sheet = match files::read(path) {
            Ok(sheet) if is_named && sheet.bytes.is_none() => {
                return Err(explain(&FileTrouble::new(path, FileProblem::Missing, "")));
            }
            Ok(sheet) => sheet,
            Err(trouble) if is_named => return Err(explain(&trouble)),
            // Whether it holds the key cannot be known.
            Err(_) => {
                notes.push(words::unread(&shown(scene, path)));
                continue;
            }
        };
        let is_known = sheets.iter().any(|(other, _)| other.target == sheet.target);
        if let Some(key) = places::holds(sheet.text(), hash).filter(|_| !is_known) {
            sheets.push((sheet, key));
        }
    }
    Ok(sheets)
}

fn stored(scene: &Scene, server: &BaseUrl, hash: &str) -> Result<Option<Secret>, Box<Diagnosis>> {
    if scene.sandbox.is_some() {
        return Ok(None);
    }
    let held = scene.store().key(&server.origin());
    let held = held.map_err(|trouble| explain(&trouble))?;
    let secret = held.map(|held| held.secret);
    Ok(secret.filter(|key| key.hash() == hash))
}

/// The successor lives as long as the old key did; where that is not known, until the same day.
fn expiry(old: &ManagedKey, now: Timestamp) -> Option<Timestamp> {
    let end = old.expires_at?;
    let lifetime = old.created_at.map(|born| end.duration_since(born));
    match lifetime.filter(|lifetime| *lifetime > SignedDuration::ZERO) {
        Some(lifetime) => now.checked_add(lifetime).ok().or(Some(end)),
        None => Some(end),
    }
}

/// A key of the successor's shape, to see that it can be written.
fn stand_in() -> Secret {
    Secret::new(format!("sk-or-v1-{}", "0".repeat(64)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    #[test]
    fn the_successor_lives_as_long_as_the_old_key_did() {
        let mut old = ManagedKey {
            created_at: Some(at("2026-01-01T00:00:00Z")),
            expires_at: Some(at("2026-04-01T00:00:00Z")),
            ..ManagedKey::default()
        };
        let now = at("2026-03-25T12:00:00Z");
        assert_eq!(expiry(&old, now), Some(at("2026-06-23T12:00:00Z")));
        old.created_at = None;
        assert_eq!(expiry(&old, now), old.expires_at);
        old.expires_at = None;
        assert_eq!(expiry(&old, now), None);
    }
}
