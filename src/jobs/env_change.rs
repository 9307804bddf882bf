//! A change to a .env file and what goes with it: worked out, shown, written, taken back.

use std::path::{Path, PathBuf};

use jiff::Timestamp;

use super::access::{BASES, KEY};
use super::{Scene, doctor};
use crate::diagnosis;
use crate::domain::clean_text::CleanText;
use crate::domain::diagnosis::Diagnosis;
use crate::domain::line_diff::{DiffKind, DiffLine};
use crate::domain::secret::redact;
use crate::domain::symptom::{FileProblem, FileTrouble, Symptom};
use crate::dotenv;
use crate::dotenv::template::{self, Service};
use crate::files::undo::Undone;
use crate::files::{self, Snapshot};
use crate::flow::env::{EnvPlan, EnvReview, EnvSaved, FileChange};
use crate::project::git;
use crate::project::ignore_file;
use crate::text::{Phrase, Said};

/// A change that was worked out and shown, ready to be written exactly so.
#[derive(Debug)]
pub struct Prepared {
    env: Part,
    also: Vec<Part>,
    line: usize,
}

/// One file of a change.
#[derive(Debug)]
pub(super) struct Part {
    pub(super) before: Snapshot,
    pub(super) after: Vec<u8>,
}

impl Part {
    pub(super) fn is_change(&self) -> bool {
        self.before.bytes.as_deref() != Some(self.after.as_slice())
    }
}

/// Works a change out. Nothing is written.
///
/// # Errors
/// The file cannot be read, or cannot be changed without risk to another value.
pub fn review(scene: &Scene, plan: &EnvPlan) -> Result<(EnvReview, Prepared), Box<Diagnosis>> {
    let (env, said) = change_env(plan)?;
    let facts = git::facts(&env.before.target);
    let mut also = Vec::new();
    if plan.with_ignore && facts.would_be_added() {
        also.extend(change_ignore(&env.before.target)?);
    }
    if plan.with_example {
        also.extend(make_example(&env)?);
    }
    let line = dotenv::lookup(&env.after, KEY).map_or(0, |(_, line)| line);
    let review = EnvReview {
        files: [shown(&env)]
            .into_iter()
            .chain(also.iter().map(shown_growth))
            .collect(),
        warnings: link(&env).into_iter().chain(said).collect(),
        findings: doctor::of_change(scene, &env.before, &env.after),
        is_tracked: facts.is_tracked == Some(true) && env.is_change(),
        could_ignore: facts.would_be_added(),
        shadowed_by: shadow(scene, plan),
    };
    Ok((review, Prepared { env, also, line }))
}

/// Writes a change exactly as it was shown, and reads it back.
///
/// # Errors
/// A file changed since, or could not be written; what was written before it stands.
pub fn write(
    scene: &Scene,
    prepared: Prepared,
    now: Timestamp,
) -> Result<EnvSaved, Box<Diagnosis>> {
    let Prepared { env, also, line } = prepared;
    let path = env.before.named.clone();
    let was_unchanged = !env.is_change();
    // The rule that hides the file comes first: the key is never in a file that git would take.
    let mut written = Vec::new();
    for part in also.iter().filter(|part| part.is_change()) {
        files::save_shared(&part.before, &part.after).map_err(|trouble| explain(&trouble))?;
        written.push(part.before.named.clone());
    }
    if !was_unchanged {
        save_undoable(scene, &env, now)?;
    }
    Ok(EnvSaved {
        path,
        line,
        was_unchanged,
        also: written,
    })
}

/// Takes the last change of a file back.
///
/// # Errors
/// There is none, or the file was changed since.
pub fn undo(scene: &Scene, path: &Path, now: Timestamp) -> Result<Said, Box<Diagnosis>> {
    const RESTORED: Phrase = Phrase::new("put {} back as it was", "已将 {} 恢复原状");
    const REMOVED: Phrase = Phrase::new("removed {}, which was new", "已删除新建的 {}");
    let undone = files::undo::undo(&scene.paths.undo(), path, now);
    let shown = CleanText::line(&path.display().to_string());
    match undone.map_err(|trouble| explain(&trouble))? {
        Undone::Restored(_) => Ok(Said::new(RESTORED, &[&shown])),
        Undone::Removed(_) => Ok(Said::new(REMOVED, &[&shown])),
        Undone::Nothing => Err(nothing_to_undo(path)),
    }
}

fn nothing_to_undo(path: &Path) -> Box<Diagnosis> {
    const NOTHING: Phrase = Phrase::new(
        "One step back is kept for each file, for seven days; there is none for this one, or it was taken already.",
        "每个文件保留一步撤销，为期七天；此文件没有可撤销的步骤，或已经撤销过。",
    );
    let mut diagnosis = explain(&FileTrouble {
        path: path.into(),
        kind: FileProblem::Missing,
        detail: CleanText::default(),
    });
    diagnosis.title = Phrase::new("There is nothing to take back", "没有可撤销的修改").into();
    diagnosis.cause = NOTHING.into();
    diagnosis.fixes.clear();
    diagnosis
}

/// A change of one file from the command line.
#[derive(Debug)]
pub struct Change {
    /// The change as shown, values masked.
    pub shown: FileChange,
    /// What deserves a word.
    pub warnings: Vec<Said>,
    /// The file is tracked by git; `None` where git cannot tell.
    pub is_tracked: Option<bool>,
    /// `git add .` would take the file.
    pub would_be_added: bool,
    env: Part,
}

impl Change {
    /// Whether anything changes.
    pub fn is_change(&self) -> bool {
        self.env.is_change()
    }

    /// The line of a variable in the changed file, from 1.
    pub fn line_of(&self, name: &str) -> Option<usize> {
        dotenv::lookup(&self.env.after, name).map(|(_, line)| line)
    }

    fn of(env: Part, edited: Vec<Said>) -> Self {
        let facts = git::facts(&env.before.target);
        let mut warnings = warnings(&env);
        warnings.extend(edited);
        Self {
            shown: shown(&env),
            warnings,
            is_tracked: facts.is_tracked,
            would_be_added: facts.would_be_added(),
            env,
        }
    }
}

/// Works out the setting of variables in a file. Nothing is written. `force` overwrites a reference to
/// a password manager.
///
/// # Errors
/// The file cannot be read, or cannot be changed without risk to another value.
pub fn to_set(
    path: &Path,
    changes: &[(&str, &str)],
    force: bool,
) -> Result<Change, Box<Diagnosis>> {
    let before = read(path)?;
    let bytes = before.bytes.as_deref().unwrap_or_default();
    let edited = dotenv::set(bytes, changes, force)
        .map_err(|refusal| unsafe_edit(&before.named, &refusal))?;
    let after = edited.bytes;
    let said = edited.warnings.iter().map(dotenv::Warning::said).collect();
    Ok(Change::of(Part { before, after }, said))
}

/// Works out the removal of variables from a file. Nothing is written.
///
/// # Errors
/// As [`to_set`].
pub fn to_unset(path: &Path, names: &[&str]) -> Result<Change, Box<Diagnosis>> {
    let before = read(path)?;
    let bytes = before.bytes.as_deref().unwrap_or_default();
    let edited =
        dotenv::unset(bytes, names).map_err(|refusal| unsafe_edit(&before.named, &refusal))?;
    let after = edited.bytes;
    let said = edited.warnings.iter().map(dotenv::Warning::said).collect();
    Ok(Change::of(Part { before, after }, said))
}

/// Writes a change of one file exactly as it was shown; the last state can be restored.
///
/// # Errors
/// The file changed since, or could not be written.
pub fn write_one(scene: &Scene, change: &Change, now: Timestamp) -> Result<(), Box<Diagnosis>> {
    save_undoable(scene, &change.env, now)
}

fn change_env(plan: &EnvPlan) -> Result<(Part, Vec<Said>), Box<Diagnosis>> {
    let before = read(&plan.path)?;
    let base = [(KEY, plan.key.expose()), (BASES[0], plan.base_url.as_str())];
    let bytes = before.bytes.as_deref().unwrap_or_default();
    let edited = if plan.groups.is_empty() {
        dotenv::set(bytes, &base, false)
    } else {
        let service = Service {
            key: plan.key.clone(),
            base_url: plan.base_url.clone(),
            secret_key: template::random_secret().map_err(|_| no_random(&plan.path))?,
        };
        template::complete(bytes, &service, &plan.groups, false)
    };
    let edited = edited.map_err(|refusal| unsafe_edit(&before.named, &refusal))?;
    Ok((
        Part {
            before,
            after: edited.bytes,
        },
        edited.warnings.iter().map(dotenv::Warning::said).collect(),
    ))
}

/// The system gives no randomness: no secret can be made, so nothing is written.
pub(super) fn no_random(path: &Path) -> Box<Diagnosis> {
    explain(&FileTrouble {
        path: path.into(),
        kind: FileProblem::Other,
        detail: CleanText::new("the system gives no random numbers"),
    })
}

/// The file cannot be changed safely: the reason and the line are the editor's to tell.
pub(super) fn unsafe_edit(path: &Path, refusal: &dotenv::Refusal) -> Box<Diagnosis> {
    let mut diagnosis = explain(&FileTrouble {
        path: path.into(),
        kind: FileProblem::Unsafe,
        detail: CleanText::default(),
    });
    diagnosis.cause = refusal.said();
    diagnosis
}

pub(super) fn change_ignore(env: &Path) -> Result<Option<Part>, Box<Diagnosis>> {
    let (Some(path), Some(name)) = (ignore_file::beside(env), env.file_name()) else {
        return Ok(None);
    };
    let before = read(&path)?;
    let rules = ignore_file::rules_for(&name.to_string_lossy());
    let bytes = before.bytes.as_deref().unwrap_or_default();
    // A .gitignore that is not text is left alone: the warning that nothing hides the file stands.
    let Ok(after) = ignore_file::with_rules(bytes, &rules) else {
        return Ok(None);
    };
    let part = Part { before, after };
    Ok(part.is_change().then_some(part))
}

/// `.env.example` beside the file, unless there is one: it is the project's, and stays.
pub(super) fn make_example(env: &Part) -> Result<Option<Part>, Box<Diagnosis>> {
    let path: PathBuf = env.before.named.with_file_name(".env.example");
    let before = read(&path)?;
    if before.bytes.is_some() {
        return Ok(None);
    }
    let after = dotenv::example::example(&env.after);
    Ok(Some(Part { before, after }))
}

/// Something else that a program reads before the file: the shell's own variable.
fn shadow(scene: &Scene, plan: &EnvPlan) -> Option<Said> {
    const SHELL: Phrase = Phrase::new(
        "Your shell exports another {}; programs started from it read that one, not this file. `unset {}` ends it.",
        "您的终端导出了另一个 {}；从中启动的程序会读取它，而不是此文件。执行 `unset {}` 可取消。",
    );
    if scene.sandbox.is_some() {
        return None;
    }
    let exported = scene.environment.get(KEY)?;
    (exported != plan.key.expose()).then(|| Said::new(SHELL, &[&KEY, &KEY]))
}

fn warnings(env: &Part) -> Vec<Said> {
    files::exposure(&env.before)
        .into_iter()
        .chain(link(env))
        .collect()
}

/// The change goes to another file than the one that was named.
fn link(env: &Part) -> Option<Said> {
    const LINK: Phrase = Phrase::new(
        "{} is a link; the change goes to {}",
        "{} 是链接；改动写入 {}",
    );
    let path = |path: &Path| CleanText::line(&path.display().to_string());
    let (named, target) = (path(&env.before.named), path(&env.before.target));
    env.before
        .is_link
        .then(|| Said::new(LINK, &[&named, &target]))
}

/// The change of a file of settings, values masked.
pub(super) fn shown(part: &Part) -> FileChange {
    let before = part.before.bytes.as_deref().unwrap_or_default();
    FileChange {
        path: part.before.named.clone(),
        is_new: part.before.bytes.is_none(),
        lines: dotenv::diff::diff(before, &part.after),
    }
}

/// The change of a file that only grows, such as `.gitignore`: its new lines, as they are.
pub(super) fn shown_growth(part: &Part) -> FileChange {
    let before = String::from_utf8_lossy(part.before.bytes.as_deref().unwrap_or_default());
    let after = String::from_utf8_lossy(&part.after);
    let lines = after.lines().enumerate().skip(before.lines().count());
    let lines = lines.map(|(at, line)| DiffLine {
        kind: DiffKind::Added,
        number: at + 1,
        text: CleanText::line(&redact(line)),
    });
    FileChange {
        path: part.before.named.clone(),
        is_new: part.before.bytes.is_none(),
        lines: lines.collect(),
    }
}

pub(super) fn read(path: &Path) -> Result<Snapshot, Box<Diagnosis>> {
    files::read(path).map_err(|trouble| explain(&trouble))
}

pub(super) fn save_undoable(
    scene: &Scene,
    env: &Part,
    now: Timestamp,
) -> Result<(), Box<Diagnosis>> {
    let undo = scene.paths.undo();
    files::undo::save_with_undo(&undo, &env.before, &env.after, now)
        .map(drop)
        .map_err(|trouble| explain(&trouble))
}

pub(super) fn explain(trouble: &FileTrouble) -> Box<Diagnosis> {
    Box::new(diagnosis::explain(&Symptom::File(trouble.clone())))
}
