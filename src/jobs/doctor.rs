//! Which key would my program read, and what stands in its way? Every place is looked at, nothing is
//! changed; `cure` mends what can be mended once the person has seen how.

pub mod cure;
mod places;
mod profiles;
mod risks;
mod shadows;
mod standing;
mod winners;

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use crate::diagnosis;
use crate::domain::environment::Environment;
use crate::domain::finding::{Finding, Severity};
use crate::domain::key_table::KeyTable;
use crate::domain::sighting::Sighting;
use crate::domain::symptom::{FileProblem, FileTrouble, Symptom};
use crate::dotenv::{self, doctor::Noticed};
use crate::files::Snapshot;
use crate::project::Project;
use crate::text::{Lang, Phrase};

use super::access::KEY;
use super::scene::Scene;
use places::Places;

/// The variables of interest that the person's shell profiles set, with their values.
pub fn in_profiles(environment: &Environment) -> Vec<Sighting> {
    let standing = profiles::standing(environment).into_iter();
    let sighting = standing.map(|standing| Sighting {
        place: standing.place,
        secret: standing.secret,
    });
    sighting.collect()
}

/// What was found.
#[derive(Debug)]
pub struct Checkup {
    /// Where the keys and the base URLs stand, and which of them each kind of program reads.
    pub table: KeyTable,
    /// What deserves a word, the worst first.
    pub findings: Vec<Finding>,
    /// Some key stands where a program would find it; a placeholder is none.
    pub has_key: bool,
    /// A file could not be read.
    pub is_incomplete: bool,
}

impl Checkup {
    /// The worst finding.
    pub fn worst(&self) -> Option<Severity> {
        self.findings.iter().map(|finding| finding.severity).max()
    }
}

/// Examines the project, or one file of it.
pub fn examine(scene: &Scene, only: Option<&Path>) -> Checkup {
    let project = Project::at(&scene.folder);
    let named = only.or(scene.env_file.as_deref());
    let env_files = env_files(scene, &project, named);
    let mut places = Places::of(scene, &env_files, None);
    // A file that was named is meant to be there.
    let missing = places
        .sheets
        .iter()
        .filter(|sheet| named.is_some() && sheet.snapshot.bytes.is_none())
        .map(|sheet| missing(&sheet.path));
    let missing: Vec<FileTrouble> = missing.collect();
    places.troubles.extend(missing);

    let in_use = project.readers();
    let mut findings: Vec<Finding> = places.troubles.iter().map(unreadable).collect();
    for sheet in &places.sheets {
        let noticed = dotenv::doctor::examine(sheet.snapshot.text(), &in_use);
        findings.extend(noticed.iter().map(|it| it.finding(&sheet.path)));
        findings.extend(risks::of_file(sheet, &places, &project));
    }
    if named.is_none() {
        findings.extend(risks::of_templates(&project));
        findings.extend(risks::of_tools(&project));
    }
    let programs = winners::programs(&project, named.map(|_| env_files.as_slice()));
    findings.extend(shadows::all(&places, &programs, scene));
    let has_key = has_key(&places);
    if !has_key {
        findings.push(no_key(&places));
    }
    findings.sort_by_key(|finding| std::cmp::Reverse(finding.severity));
    Checkup {
        table: winners::table(&places, &programs),
        findings,
        has_key,
        is_incomplete: places.troubles.iter().any(|trouble| !is_pipe(trouble)),
    }
}

/// Where the keys stand and which program reads which, as [`examine`] finds it; nothing is judged.
pub fn key_table(scene: &Scene) -> KeyTable {
    let project = Project::at(&scene.folder);
    let named = scene.env_file.as_deref();
    let env_files = env_files(scene, &project, named);
    let programs = winners::programs(&project, named.map(|_| env_files.as_slice()));
    winners::table(&Places::of(scene, &env_files, None), &programs)
}

fn env_files(scene: &Scene, project: &Project, named: Option<&Path>) -> Vec<PathBuf> {
    match named {
        Some(file) => vec![super::access::absolute(&scene.folder, file)],
        None => project.env_files(),
    }
}

/// What deserves a word about a file that is about to be changed, and will still be true afterwards;
/// the worst first. What the review of the change says itself is left out.
pub(super) fn of_change(scene: &Scene, before: &Snapshot, after: &[u8]) -> Vec<Finding> {
    let project = Project::at(&scene.folder);
    let in_use = project.readers();
    let path = &before.named;
    let told = |it: &Noticed| (it.id, it.words.say(Lang::En));
    let later = dotenv::doctor::examine(after, &in_use);
    let later: HashSet<(&str, String)> = later.iter().map(told).collect();
    let noticed = dotenv::doctor::examine(before.text(), &in_use);
    let stays = noticed.iter().filter(|it| later.contains(&told(it)));
    let mut findings: Vec<Finding> = stays.map(|it| it.finding(path)).collect();
    if scene.sandbox.is_none() {
        let mut files = project.env_files();
        if !files.contains(path) {
            files.push(path.clone());
        }
        let places = Places::of(scene, &files, Some((path, after)));
        let programs = winners::programs(&project, None);
        let about_files = shadows::between_files(&places, &programs, scene);
        findings.extend(about_files);
    }
    if before.bytes.is_some() {
        findings.extend(risks::of_mode(before));
    }
    findings.extend(risks::of_image(path, &project));
    findings.sort_by_key(|finding| std::cmp::Reverse(finding.severity));
    findings
}

fn has_key(places: &Places) -> bool {
    places.standing.iter().any(|standing| {
        standing.name == KEY
            && (standing.is_reference || dotenv::doctor::is_key(standing.secret.expose()))
    })
}

fn no_key(places: &Places) -> Finding {
    const WORDS: Phrase = Phrase::new(
        "OPENROUTER_API_KEY has a value nowhere: not in the environment, not in a .env file, not in onramp's store",
        "哪里都没有 OPENROUTER_API_KEY 的值：环境变量、.env 文件和 onramp 的存储中都没有",
    );
    const ADVICE: Phrase = Phrase::new(
        "onramp setup brings one; or: onramp env set OPENROUTER_API_KEY",
        "运行 onramp setup 获取；或：onramp env set OPENROUTER_API_KEY",
    );
    let finding = Finding::new("no-key", Severity::Trouble, WORDS, ADVICE);
    match places
        .sheets
        .first()
        .filter(|it| it.snapshot.bytes.is_some())
    {
        Some(sheet) => finding.at(&sheet.path, None),
        None => finding,
    }
}

fn missing(path: &Path) -> FileTrouble {
    FileTrouble {
        path: path.into(),
        kind: FileProblem::Missing,
        detail: crate::domain::clean_text::CleanText::default(),
    }
}

/// A pipe is served by a password manager: nothing is wrong with it.
fn is_pipe(trouble: &FileTrouble) -> bool {
    diagnosis::explain(&Symptom::File(trouble.clone())).id == "file-is-a-pipe"
}

fn unreadable(trouble: &FileTrouble) -> Finding {
    const GIVEN: Phrase = Phrase::new("see what stands at that path", "查看该路径处是什么");
    let diagnosis = diagnosis::explain(&Symptom::File(trouble.clone()));
    let advice = diagnosis.fixes.first().map(|fix| fix.words.clone());
    let severity = if is_pipe(trouble) {
        Severity::Note
    } else {
        Severity::Trouble
    };
    Finding::new(
        diagnosis.id,
        severity,
        diagnosis.title,
        advice.unwrap_or_else(|| GIVEN.into()),
    )
    .at(PathBuf::from(&trouble.path), None)
}
