//! The figures that were learned last, for a status line and for when there is no network. One file per
//! server and key: another key's figures are never shown as this one's.

use std::path::PathBuf;

use super::file_name;

use crate::domain::figures::Figures;
use crate::domain::symptom::FileTrouble;
use crate::files;
use crate::jobs::access::Access;
use crate::jobs::scene::Scene;

/// What was learned last about this key on this server. A file that cannot be read counts as none: all of
/// it can be asked for again.
pub fn kept(scene: &Scene, access: &Access) -> Option<Figures> {
    let bytes = files::read(&file(scene, access)).ok()?.bytes?;
    serde_json::from_slice(&bytes).ok()
}

/// Keeps the figures for the next time.
///
/// # Errors
/// The file cannot be written.
pub fn keep(scene: &Scene, access: &Access, figures: &Figures) -> Result<(), FileTrouble> {
    let bytes = serde_json::to_vec(figures).expect("figures are numbers and texts");
    files::save_private(&file(scene, access), &bytes)
}

fn file(scene: &Scene, access: &Access) -> PathBuf {
    scene.paths.cache.join("usage").join(file_name(access, ""))
}
