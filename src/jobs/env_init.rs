//! A project's first .env file: copied from its template, or made from the service template. Nothing
//! that stands is overwritten.

use std::path::{Path, PathBuf};

use jiff::Timestamp;

use super::access::KEY;
use super::env_change::{
    Part, explain, make_example, no_random, read, save_undoable, shown, shown_growth, unsafe_edit,
};
use super::scene::Scene;
use crate::domain::clean_text::CleanText;
use crate::domain::diagnosis::Diagnosis;
use crate::domain::service_group::ServiceGroup;
use crate::domain::sighting::short_path;
use crate::domain::symptom::{FileProblem, FileTrouble};
use crate::dotenv::{self, template};
use crate::files::{self, Snapshot};
use crate::flow::env::FileChange;
use crate::openrouter::BaseUrl;
use crate::project::{Project, git};
use crate::text::{Phrase, Said};

/// What is asked for.
#[derive(Clone, Debug, Default)]
pub struct Wish {
    /// The file; the one that suits the project where none is named.
    pub file: Option<PathBuf>,
    /// From the service template, although the project has one of its own. A file that stands gets
    /// what it lacks.
    pub from_service: bool,
    /// Which groups of it.
    pub groups: Vec<ServiceGroup>,
    /// `.env.example` beside it, where there is none.
    pub with_example: bool,
}

/// What would be made.
#[derive(Debug)]
pub struct Plan {
    /// The file.
    pub path: PathBuf,
    /// Where it comes from, and why this file.
    pub because: Vec<Said>,
    /// The changes as shown, values masked.
    pub shown: Vec<FileChange>,
    /// What deserves a word.
    pub warnings: Vec<Said>,
    env: Part,
    example: Option<Part>,
}

impl Plan {
    /// Whether the file has no key yet once it is made.
    pub fn wants_key(&self) -> bool {
        let key = dotenv::lookup(&self.env.after, KEY);
        !key.is_some_and(|(key, _)| dotenv::doctor::is_key(key.expose()))
    }

    /// Whether anything would be written.
    pub fn is_change(&self) -> bool {
        self.env.is_change() || self.example.as_ref().is_some_and(Part::is_change)
    }
}

/// Works out what would be made. Nothing is written.
///
/// # Errors
/// The file stands already and nothing was asked for that could be added to it; a file cannot be read.
pub fn plan(scene: &Scene, wish: &Wish) -> Result<Plan, Box<Diagnosis>> {
    let project = Project::at(&scene.folder);
    let (path, mut because) = choose(scene, &project, wish);
    let before = read(&path)?;
    let stands = before.bytes.is_some();
    if stands && !wish.from_service && !wish.with_example {
        return Err(stands_already(&path));
    }
    let env = match template_for(&path, &project).filter(|_| !wish.from_service) {
        // Only the example was asked for.
        _ if stands && !wish.from_service => unchanged(before),
        Some(template) => {
            because.push(copied(&template, &scene.folder));
            Part {
                before,
                after: read(&template)?.text().to_vec(),
            }
        }
        None => {
            because.push(FROM_SERVICE.into());
            from_service(before, &wish.groups)?
        }
    };
    let example = if wish.with_example {
        make_example(&env)?
    } else {
        None
    };
    let mut warnings: Vec<Said> = Vec::new();
    if env.is_change() {
        warnings.extend(not_hidden(&env.before, &scene.folder));
    }
    let mut changes = vec![shown(&env)];
    changes.extend(example.iter().map(shown_growth));
    Ok(Plan {
        shown: changes,
        path,
        because,
        warnings,
        env,
        example,
    })
}

/// Makes it exactly as it was shown; one step back is kept.
///
/// # Errors
/// Something stands there by now, or it could not be written.
pub fn write(scene: &Scene, plan: &Plan, now: Timestamp) -> Result<(), Box<Diagnosis>> {
    if plan.env.is_change() {
        save_undoable(scene, &plan.env, now)?;
    }
    if let Some(example) = &plan.example {
        files::save_shared(&example.before, &example.after).map_err(|trouble| explain(&trouble))?;
    }
    Ok(())
}

const FROM_SERVICE: Phrase = Phrase::new("from the service template", "取自服务模板");

/// The file, and what speaks for it where nobody named it.
fn choose(scene: &Scene, project: &Project, wish: &Wish) -> (PathBuf, Vec<Said>) {
    const WHY: Phrase = Phrase::new("{}: {}", "{}：{}");
    let named = wish.file.as_ref().or(scene.env_file.as_ref());
    if let Some(named) = named {
        return (super::access::absolute(&scene.folder, named), Vec::new());
    }
    let Some(target) = project.targets().into_iter().next() else {
        return (scene.folder.join(".env"), Vec::new());
    };
    let name = Said::verbatim(short_path(&target.path, &project.folder));
    (target.path, vec![Said::joined(WHY, &[name, target.why])])
}

/// The template beside the file, else the nearest one.
fn template_for(path: &Path, project: &Project) -> Option<PathBuf> {
    let templates = project.templates();
    let beside = templates
        .iter()
        .find(|template| template.parent() == path.parent());
    beside.or(templates.first()).cloned()
}

fn copied(template: &Path, folder: &Path) -> Said {
    const COPIED: Phrase = Phrase::new("copied from {}, byte for byte", "逐字节复制自 {}");
    Said::new(COPIED, &[&short_path(template, folder)])
}

fn unchanged(before: Snapshot) -> Part {
    let after = before.text().to_vec();
    Part { before, after }
}

fn from_service(before: Snapshot, groups: &[ServiceGroup]) -> Result<Part, Box<Diagnosis>> {
    let secret = template::random_secret().map_err(|_| no_random(&before.named))?;
    let edited = template::without_key(before.text(), BaseUrl::DEFAULT, &secret, groups)
        .map_err(|refusal| unsafe_edit(&before.named, &refusal))?;
    Ok(Part {
        before,
        after: edited.bytes,
    })
}

/// Git would take the new file along.
fn not_hidden(file: &Snapshot, folder: &Path) -> Option<Said> {
    const OPEN: Phrase = Phrase::new(
        "git does not ignore {}: onramp env doctor --fix adds it to .gitignore",
        "git 没有忽略 {}：onramp env doctor --fix 可将其加入 .gitignore",
    );
    let facts = git::facts(&file.target);
    let is_open = facts.in_repository == Some(true) && facts.is_ignored == Some(false);
    is_open.then(|| Said::new(OPEN, &[&short_path(&file.named, folder)]))
}

fn stands_already(path: &Path) -> Box<Diagnosis> {
    const TITLE: Phrase = Phrase::new("The file stands already", "文件已存在");
    const CAUSE: Phrase = Phrase::new(
        "{} stands already, and nothing in it is overwritten. `onramp env set NAME` changes a value; \
         `onramp env init --template` adds what it lacks.",
        "{} 已存在，不会覆盖其中内容。`onramp env set NAME` 可修改某个值；`onramp env init --template` 可补上缺少的变量。",
    );
    let mut diagnosis = explain(&FileTrouble {
        path: path.into(),
        kind: FileProblem::Unsafe,
        detail: CleanText::default(),
    });
    diagnosis.title = TITLE.into();
    diagnosis.cause = Said::new(CAUSE, &[&CleanText::line(&path.display().to_string())]);
    diagnosis.fixes.clear();
    diagnosis
}
