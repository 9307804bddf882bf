//! Where a new key goes. The server tells it once, so the place is looked at before the key is made.

use std::path::{Path, PathBuf};

use jiff::Timestamp;

use crate::diagnosis;
use crate::domain::clean_text::CleanText;
use crate::domain::diagnosis::Diagnosis;
use crate::domain::secret::Secret;
use crate::domain::sighting::{Place, short_path};
use crate::domain::symptom::{FileProblem, FileTrouble, Symptom};
use crate::files;
use crate::flow::env::{EnvPlan, FileChange};
use crate::flow::keys::{Haven, Lodging};
use crate::jobs::access::KEY;
use crate::jobs::env_change;
use crate::jobs::look;
use crate::jobs::scene::Scene;
use crate::openrouter::BaseUrl;
use crate::project::{Project, mode_of};
use crate::text::{Phrase, Said};

/// Why a place is no place for a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unfit {
    /// It cannot be read, or not be changed without risk.
    Trouble(Box<Diagnosis>),
    /// Git tracks the file: the key would be in the next commit.
    Tracked(PathBuf),
    /// The store holds another key for this server, shown masked, and perhaps its only copy.
    Holds(String),
}

impl Unfit {
    /// Why, and that no key was made.
    pub fn said(&self) -> Said {
        const TRACKED: Phrase = Phrase::new(
            "Git tracks {}: a key in it would be in the next commit. No key was made.",
            "{} 被 git 跟踪：写入的密钥会进入下一次提交。没有创建密钥。",
        );
        const HOLDS: Phrase = Phrase::new(
            "onramp's store holds another key for this server: {}. No key was made.",
            "onramp 的存储中已有此服务器的另一个密钥：{}。没有创建密钥。",
        );
        match self {
            Self::Trouble(diagnosis) => diagnosis.cause.clone(),
            Self::Tracked(path) => {
                Said::new(TRACKED, &[&CleanText::line(&path.display().to_string())])
            }
            Self::Holds(mask) => Said::new(HOLDS, &[mask]),
        }
    }

    /// The same as a trouble.
    pub fn explained(self) -> Box<Diagnosis> {
        let cause = self.said();
        let path = match self {
            Self::Trouble(diagnosis) => return diagnosis,
            Self::Tracked(path) => path,
            Self::Holds(_) => PathBuf::new(),
        };
        let mut diagnosis = explain(FileTrouble::new(&path, FileProblem::Unsafe, ""));
        diagnosis.cause = cause;
        diagnosis.fixes.clear();
        diagnosis
    }
}

/// Where a key was put.
#[derive(Debug, Default)]
pub struct Kept {
    /// Where; `None`: it was only handed over.
    pub place: Option<Place>,
    /// The files that changed, values masked.
    pub changed: Vec<FileChange>,
    /// What deserves a word.
    pub warnings: Vec<Said>,
}

/// Whether a key can go there. Nothing is written. `force` takes a tracked file, and replaces a stored key.
///
/// # Errors
/// Why it should not.
pub fn look(scene: &Scene, server: &BaseUrl, haven: &Haven, force: bool) -> Result<(), Unfit> {
    match haven {
        Haven::Hands => Ok(()),
        Haven::Env(path) => {
            // The shape of a key is all that a review needs.
            let stand_in = Secret::new(format!("sk-or-v1-{}", "0".repeat(64)));
            let plan = plan(path, server, &stand_in);
            let (review, _) = env_change::review(scene, &plan).map_err(Unfit::Trouble)?;
            let may_save = files::read(path).and_then(|before| files::may_save(&before));
            may_save.map_err(|trouble| Unfit::Trouble(explain(trouble)))?;
            if review.is_tracked && !force {
                return Err(Unfit::Tracked(path.clone()));
            }
            Ok(())
        }
        Haven::Store => {
            let held = scene.store().key(&server.origin());
            let held = held.map_err(|trouble| Unfit::Trouble(explain(trouble)))?;
            match held.filter(|_| !force) {
                Some(held) => Err(Unfit::Holds(held.secret.mask())),
                None => Ok(()),
            }
        }
    }
}

/// A name for a key that was given none: the project's, and the environment of the file it goes into.
pub fn suggested_name(project: &Project, haven: &Haven) -> String {
    let mode = match haven {
        Haven::Env(path) => mode_of(path),
        Haven::Store | Haven::Hands => None,
    };
    match mode {
        Some(mode) => format!("{} {}", project.name, CleanText::line(&mode)),
        None => project.name.clone(),
    }
}

/// The places where a new key may go, those for this project first.
pub fn lodgings(scene: &Scene) -> Vec<Lodging> {
    const STORE: Phrase = Phrase::new("onramp's own store", "onramp 的存储");
    const HANDS: Phrase = Phrase::new("shown once, kept nowhere", "仅显示一次，不保存");
    let project = Project::at(&scene.folder);
    let files = look::env_files(scene, &project).into_iter().map(|file| {
        let said = Said::verbatim(short_path(&file.path, &scene.folder));
        (Haven::Env(file.path), said)
    });
    // The sandbox within this program keeps nothing.
    let store = (scene.sandbox.is_none()).then(|| (Haven::Store, STORE.into()));
    let all = files.chain(store).chain([(Haven::Hands, HANDS.into())]);
    all.map(|(haven, said)| Lodging {
        name: suggested_name(&project, &haven),
        haven,
        said,
    })
    .collect()
}

/// Puts a key there. Whatever stands on the way of a .env file to a commit is mended first, as the wizard does.
///
/// # Errors
/// It could not be written. The key is then nowhere but with the caller.
pub fn keep(
    scene: &Scene,
    server: &BaseUrl,
    haven: &Haven,
    key: &Secret,
    now: Timestamp,
) -> Result<Kept, Box<Diagnosis>> {
    match haven {
        Haven::Hands => Ok(Kept::default()),
        Haven::Env(path) => {
            let (review, prepared) = env_change::review(scene, &plan(path, server, key))?;
            let saved = env_change::write(scene, prepared, now)?;
            let place = Place::Dotenv {
                path: saved.path,
                line: saved.line,
                name: KEY.into(),
            };
            Ok(Kept {
                place: Some(place),
                changed: review.files,
                warnings: review
                    .warnings
                    .into_iter()
                    .chain(review.shadowed_by)
                    .collect(),
            })
        }
        Haven::Store => {
            let put = scene.store().keep_key(&server.origin(), key);
            let put = put.map_err(explain)?;
            Ok(Kept {
                place: Some(put.place()),
                warnings: put.refused_said().into_iter().collect(),
                ..Kept::default()
            })
        }
    }
}

fn plan(path: &Path, server: &BaseUrl, key: &Secret) -> EnvPlan {
    EnvPlan {
        path: path.into(),
        key: key.clone(),
        base_url: server.to_string(),
        groups: Vec::new(),
        with_ignore: true,
        with_example: false,
    }
}

fn explain(trouble: FileTrouble) -> Box<Diagnosis> {
    Box::new(diagnosis::explain(&Symptom::File(trouble)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key() -> Secret {
        Secret::new(format!("sk-or-v1-{}", "deadbeef".repeat(8)))
    }

    #[test]
    fn a_key_goes_into_the_file_with_the_servers_address() {
        let folder = tempfile::tempdir().unwrap();
        let scene = Scene::in_folder(folder.path());
        let path = folder.path().join(".env.production");
        files::save_private(&path, b"A=1\n").unwrap();
        let haven = Haven::Env(path.clone());
        let server = BaseUrl::default();
        assert_eq!(look(&scene, &server, &haven, false), Ok(()));
        let kept = keep(&scene, &server, &haven, &key(), Timestamp::UNIX_EPOCH).unwrap();
        let bytes = files::read(&path).unwrap().bytes.unwrap();
        let text = String::from_utf8(bytes).unwrap();
        let expected = format!(
            "A=1\nOPENROUTER_API_KEY={}\nOPENROUTER_API_BASE={server}\n",
            key().expose()
        );
        assert_eq!(text, expected);
        assert_eq!(kept.place.unwrap().line().unwrap().1, 2);
        assert!(!format!("{:?}", kept.changed).contains(key().expose()));
    }

    #[test]
    fn a_folder_that_is_not_there_is_no_place() {
        let folder = tempfile::tempdir().unwrap();
        let scene = Scene::in_folder(folder.path());
        let haven = Haven::Env(folder.path().join("mistyped/.env"));
        let unfit = look(&scene, &BaseUrl::default(), &haven, false).unwrap_err();
        assert_eq!(unfit.explained().id, "file-missing");
    }

    #[test]
    fn the_only_copy_of_another_key_is_not_replaced_unasked() {
        let folder = tempfile::tempdir().unwrap();
        let scene = Scene::in_folder(folder.path());
        let server = BaseUrl::default();
        assert_eq!(look(&scene, &server, &Haven::Store, false), Ok(()));
        keep(
            &scene,
            &server,
            &Haven::Store,
            &key(),
            Timestamp::UNIX_EPOCH,
        )
        .unwrap();
        let held = Unfit::Holds(key().mask());
        assert_eq!(look(&scene, &server, &Haven::Store, false), Err(held));
        assert_eq!(look(&scene, &server, &Haven::Store, true), Ok(()));
    }
}
