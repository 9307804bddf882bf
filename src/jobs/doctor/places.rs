//! Every place where the keys and the base URLs stand.

use std::path::{Path, PathBuf};

use crate::domain::secret::Secret;
use crate::domain::sighting::Place;
use crate::domain::symptom::FileTrouble;
use crate::dotenv;
use crate::files::{self, Snapshot};
use crate::jobs::access::{BASES, KEY};
use crate::jobs::scene::Scene;
use crate::openrouter::BaseUrl;

use super::profiles;
use super::standing::{NAMES, Standing};

/// A file that was read.
#[derive(Debug)]
pub(super) struct Sheet {
    pub(super) path: PathBuf,
    pub(super) snapshot: Snapshot,
}

/// What stands where.
#[derive(Debug, Default)]
pub(super) struct Places {
    /// In the order of this program's precedence: environment, files, store; then the profiles.
    pub(super) standing: Vec<Standing>,
    pub(super) sheets: Vec<Sheet>,
    pub(super) troubles: Vec<FileTrouble>,
}

impl Places {
    /// Looks at everything; of the .env files at these. One of them may be taken as it will be. In the
    /// sandbox only the files of the project are looked at: nothing else has to do with it.
    pub(super) fn of(
        scene: &Scene,
        env_files: &[PathBuf],
        changed: Option<(&Path, &[u8])>,
    ) -> Self {
        let mut places = Self::default();
        let is_sandbox = scene.sandbox.is_some();
        if !is_sandbox {
            places.look_at_environment(scene);
        }
        for path in env_files {
            let later = changed.filter(|(changed, _)| changed == path);
            places.look_at_file(path, later.map(|(_, bytes)| bytes));
        }
        if !is_sandbox {
            places.look_at_store(scene);
            let profiles = profiles::standing(&scene.environment);
            places.standing.extend(profiles);
        }
        places
    }

    /// The variables in one file, in the order of its lines.
    pub(super) fn in_file<'a>(&'a self, file: &Path) -> impl Iterator<Item = &'a Standing> {
        self.standing.iter().filter(
            move |standing| matches!(&standing.place, Place::Dotenv { path, .. } if path == file),
        )
    }

    fn look_at_environment(&mut self, scene: &Scene) {
        for name in NAMES {
            if let Some(value) = scene.environment.get(name) {
                self.standing.push(Standing {
                    name,
                    place: Place::Environment((*name).to_owned()),
                    secret: Secret::new(value),
                    is_reference: false,
                });
            }
        }
    }

    fn look_at_file(&mut self, path: &Path, later: Option<&[u8]>) {
        let snapshot = match files::read(path) {
            Ok(snapshot) => snapshot,
            Err(trouble) => {
                self.troubles.push(trouble);
                return;
            }
        };
        for found in dotenv::occurrences(later.unwrap_or(snapshot.text()), NAMES) {
            let known = NAMES.iter().find(|name| **name == found.name);
            let Some(&name) = known else { continue };
            self.standing.push(Standing {
                name,
                place: Place::Dotenv {
                    path: path.into(),
                    line: found.line,
                    name: found.name,
                },
                secret: found.value,
                is_reference: found.is_reference,
            });
        }
        self.sheets.push(Sheet {
            path: path.into(),
            snapshot,
        });
    }

    /// The key that is stored for the server that would be asked.
    fn look_at_store(&mut self, scene: &Scene) {
        let base = self
            .standing
            .iter()
            .find(|standing| BASES.contains(&standing.name));
        let base = scene
            .base_url
            .as_deref()
            .or(base.map(|standing| standing.secret.expose()));
        let server = base.and_then(|base| BaseUrl::parse(base).ok());
        let held = scene.store().key(&server.unwrap_or_default().origin());
        match held {
            Ok(held) => self.standing.extend(held.map(|held| Standing {
                name: KEY,
                place: Place::Store(held.rest),
                secret: held.secret,
                is_reference: false,
            })),
            Err(trouble) => self.troubles.push(trouble),
        }
    }
}
