//! Kept conversations, for a screen.

use crate::archive::{Archive, Which};
use crate::diagnosis;
use crate::domain::conversation::Conversation;
use crate::domain::diagnosis::Diagnosis;
use crate::domain::kept::{Kept, Shelf};
use crate::domain::symptom::{FileTrouble, Symptom};
use crate::jobs::scene::Scene;
use crate::project::Project;

/// At most so many are listed.
const MOST: usize = 60;

/// Whose conversations are meant here.
pub fn shelf(scene: &Scene) -> Shelf {
    match scene.sandbox {
        Some(_) => Shelf::Simulated,
        None => Shelf::Real,
    }
}

/// The latest, or those in which words are found, the best fitting first.
///
/// # Errors
/// The archive cannot be read; so for everything here.
pub fn list(scene: &Scene, words: &str) -> Result<Vec<Kept>, Box<Diagnosis>> {
    with(scene, |archive| {
        if words.trim().is_empty() {
            return archive.list(Which::All, 0, MOST);
        }
        let hits = archive.search(words, Which::All, MOST)?;
        Ok(hits.into_iter().map(|hit| hit.kept).collect())
    })
}

/// One, whole; `None` where it is gone.
pub fn load(scene: &Scene, id: &str) -> Result<Option<Conversation>, Box<Diagnosis>> {
    with(scene, |archive| {
        Ok(archive.load(id)?.map(|(conversation, _)| conversation))
    })
}

/// What was asked in this project lately, at most so many questions, the last one last. None where the archive cannot be
/// read: its trouble is told when something is kept.
pub fn questions(scene: &Scene, limit: usize) -> Vec<String> {
    if !Archive::exists(&scene.paths.state) {
        return Vec::new();
    }
    let root = Project::at(&scene.folder).root;
    with(scene, |archive| {
        archive.questions(&root.to_string_lossy(), limit)
    })
    .unwrap_or_default()
}

fn with<T>(
    scene: &Scene,
    work: impl FnOnce(&Archive) -> Result<T, FileTrouble>,
) -> Result<T, Box<Diagnosis>> {
    let opened = Archive::open(&scene.paths.state, shelf(scene));
    let outcome = opened.and_then(|opened| work(&opened.archive));
    outcome.map_err(|trouble| Box::new(diagnosis::explain(&Symptom::File(trouble))))
}
