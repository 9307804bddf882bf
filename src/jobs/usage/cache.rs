//! The figures that were learned last, for a status line and for when there is no network. One file per
//! server and key: another key's figures are never shown as this one's. Of the sandboxes inside this program
//! there is one file for all of them, which tells whose it is, so that they leave no heap behind.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use crate::domain::figures::Figures;
use crate::domain::symptom::FileTrouble;
use crate::files;
use crate::jobs::access::Access;
use crate::jobs::hashed::name_of;
use crate::jobs::scene::Scene;

/// Figures in their file.
#[derive(Serialize)]
struct Kept<'a> {
    /// Who told them: scheme, host and port.
    server: String,
    #[serde(flatten)]
    figures: &'a Figures,
}

/// Whose figures a file holds. Amounts are read from their text, which a flattened form would not keep: so the
/// figures are read apart from it.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Whose {
    server: Option<String>,
}

/// What was learned last about this key on this server. A file that cannot be read counts as none: all of
/// it can be asked for again.
pub fn kept(scene: &Scene, access: &Access) -> Option<Figures> {
    let bytes = files::read(&file(scene, access)).ok()?.bytes?;
    let whose: Whose = serde_json::from_slice(&bytes).ok()?;
    let is_meant = whose
        .server
        .is_none_or(|server| server == access.server.origin());
    is_meant
        .then(|| serde_json::from_slice(&bytes).ok())
        .flatten()
}

/// Keeps the figures for the next time.
///
/// # Errors
/// The file cannot be written.
pub fn keep(scene: &Scene, access: &Access, figures: &Figures) -> Result<(), FileTrouble> {
    let kept = Kept {
        server: access.server.origin(),
        figures,
    };
    let bytes = serde_json::to_vec(&kept).expect("figures are numbers and texts");
    files::save_private(&file(scene, access), &bytes)
}

fn file(scene: &Scene, access: &Access) -> PathBuf {
    let server = scene.name_in_ledger(&access.server);
    let key = match &scene.sandbox {
        Some(_) => String::new(),
        None => access.secret().map(|key| key.hash()).unwrap_or_default(),
    };
    let name = name_of(&[&server, &key, ""]) + ".json";
    scene.paths.cache.join("usage").join(name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::secret::Secret;
    use crate::jobs::access;
    use crate::jobs::scene::SandboxAccess;

    #[test]
    fn sandboxes_leave_one_file_and_take_no_others_figures() {
        let folder = tempfile::tempdir().unwrap();
        let sandbox = |port: u16| Scene {
            sandbox: Some(SandboxAccess {
                base_url: format!("http://127.0.0.1:{port}/api/v1"),
                api_key: Secret::new("k"),
                management_key: Secret::new("m"),
            }),
            ..Scene::in_folder(folder.path())
        };
        let known = |port| {
            let scene = sandbox(port);
            let server = format!("http://127.0.0.1:{port}/api/v1");
            let access = access::in_use(&scene, Some(&Secret::new("k")), &server).unwrap();
            let was = kept(&scene, &access).is_some();
            keep(&scene, &access, &Figures::default()).unwrap();
            was
        };
        assert_eq!(
            [known(1), known(1), known(2), known(1)],
            [false, true, false, false]
        );
        let files = std::fs::read_dir(folder.path().join("cache/usage")).unwrap();
        assert_eq!(files.count(), 1);
    }
}
