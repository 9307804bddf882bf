//! Mends what was found: worked out, shown, and done exactly as shown.

use std::path::{Path, PathBuf};

use jiff::Timestamp;

use crate::domain::clean_text::CleanText;
use crate::domain::diagnosis::Diagnosis;
use crate::domain::finding::{Cure, Finding};
use crate::domain::line_diff::DiffKind;
use crate::domain::symptom::{FileProblem, FileTrouble};
use crate::dotenv::doctor::{self, Mend};
use crate::files::{self, Snapshot};
use crate::flow::env::{CureReview, FileChange};
use crate::jobs::env_change::{
    Part, change_ignore, explain, read, save_undoable, shown, shown_growth,
};
use crate::jobs::scene::Scene;
use crate::project::{Project, docker, ignore_file};
use crate::text::{Phrase, Said};

use super::risks::{IN_IMAGE, NOT_IGNORED, READABLE};

/// A change of one file that mends one finding or several, ready to be made.
#[derive(Debug)]
pub struct Treatment {
    /// The change as shown, values masked.
    pub review: CureReview,
    /// What it mends.
    pub mends: Vec<Finding>,
    work: Work,
}

#[derive(Debug)]
enum Work {
    /// A .env file gets other bytes; one step back is kept.
    Settings(Part),
    /// A file of rules grows.
    Rules(Part),
    /// Others lose their rights to the file.
    Private(Snapshot),
}

/// Works out what mends these findings, one change a file. Nothing is written; findings that only a
/// person can mend are passed over.
pub fn treatments(scene: &Scene, findings: &[Finding]) -> Vec<Result<Treatment, Box<Diagnosis>>> {
    let project = Project::at(&scene.folder);
    let curable: Vec<&Finding> = findings.iter().filter(|it| it.cure.is_some()).collect();
    let mut made = Vec::new();
    let mut files: Vec<&Path> = Vec::new();
    for finding in &curable {
        let Some(path) = finding.path.as_deref() else {
            continue;
        };
        let treatment = match finding.id {
            READABLE => Some(private(finding, path)),
            NOT_IGNORED => ignored(finding, path).transpose(),
            IN_IMAGE => kept_out(finding, path, &project).transpose(),
            _ if files.contains(&path) => None,
            _ => {
                files.push(path);
                let of_file = curable.iter().filter(|it| it.path.as_deref() == Some(path));
                settings(&of_file.copied().collect::<Vec<_>>(), path, &project).transpose()
            }
        };
        made.extend(treatment);
    }
    // Two files may need the same rules: the second finds them there already.
    let mut seen: Vec<PathBuf> = Vec::new();
    made.retain(|outcome| match outcome {
        Ok(Treatment {
            work: Work::Rules(part),
            ..
        }) => {
            let is_new = !seen.contains(&part.before.target);
            seen.push(part.before.target.clone());
            is_new
        }
        _ => true,
    });
    made
}

/// Works out what mends one finding.
///
/// # Errors
/// The file is not what it was, or the change would make some program read another value otherwise.
pub fn treatment(scene: &Scene, finding: &Finding) -> Result<Treatment, Box<Diagnosis>> {
    let mut made = treatments(scene, std::slice::from_ref(finding)).into_iter();
    made.next().unwrap_or_else(|| {
        let path = finding.path.clone().unwrap_or_default();
        Err(explain(&FileTrouble {
            path,
            kind: FileProblem::Changed,
            detail: CleanText::default(),
        }))
    })
}

/// Makes a change exactly as it was shown.
///
/// # Errors
/// The file changed since, or cannot be written.
pub fn apply(scene: &Scene, treatment: &Treatment, now: Timestamp) -> Result<Said, Box<Diagnosis>> {
    const DONE: Phrase = Phrase::new("mended {}", "已修正 {}");
    match &treatment.work {
        Work::Settings(part) => save_undoable(scene, part, now)?,
        Work::Rules(part) => {
            files::save_shared(&part.before, &part.after).map_err(|trouble| explain(&trouble))?;
        }
        Work::Private(snapshot) => {
            files::make_private(snapshot).map_err(|trouble| explain(&trouble))?;
        }
    }
    let path = &treatment.review.change.path;
    let shown = crate::domain::sighting::short_path(path, &scene.folder);
    Ok(Said::new(DONE, &[&shown]))
}

impl Treatment {
    /// Whether it needs nobody's judgement.
    pub fn is_safe(&self) -> bool {
        let mut mends = self.mends.iter();
        mends.all(|finding| finding.cure == Some(Cure::Safe))
    }
}

/// The mends of a .env file that can be made together.
fn settings(
    findings: &[&Finding],
    path: &Path,
    project: &Project,
) -> Result<Option<Treatment>, Box<Diagnosis>> {
    let before = read(path)?;
    let noticed = doctor::examine(before.text(), &project.readers());
    let mut known: Vec<&Finding> = Vec::new();
    let mut mends: Vec<&Mend> = Vec::new();
    for finding in findings {
        let mut noticed = noticed.iter();
        let found = noticed.find(|it| it.id == finding.id && Some(it.line) == finding.line);
        if let Some(mend) = found.and_then(|it| it.mend.as_ref()) {
            known.push(finding);
            mends.push(mend);
        }
    }
    let after = if let ([mend], [_]) = (mends.as_slice(), known.as_slice()) {
        let refused = |refusal| crate::jobs::env_change::unsafe_edit(path, &refusal);
        doctor::mended(before.text(), &[mend]).map_err(refused)?
    } else {
        let (after, made) = doctor::mended_where_possible(before.text(), &mends);
        let mut made = made.into_iter();
        known.retain(|_| made.next().unwrap_or(false));
        after
    };
    let part = Part { before, after };
    if !part.is_change() {
        return Ok(None);
    }
    let mut change = shown(&part);
    if known.iter().any(|finding| UNREADABLE.contains(&finding.id)) {
        veil(&mut change);
    }
    Ok(Some(Treatment {
        review: CureReview {
            change,
            note: invisible(&part),
        },
        mends: known.into_iter().cloned().collect(),
        work: Work::Settings(part),
    }))
}

/// Findings about lines that are no assignments: such a line may be a part of a secret.
const UNREADABLE: &[&str] = &["no-assignment", "bare-name"];

/// Hides what such a line holds, once it is a comment: other comments are shown as they are.
fn veil(change: &mut FileChange) {
    for line in &mut change.lines {
        if line.kind == DiffKind::Added && line.text.starts_with("# ") {
            line.text = CleanText::new("# ••••••••");
        }
    }
}

/// A change that no line shows: line ends, or a mark before the first line.
fn invisible(part: &Part) -> Option<Said> {
    const LINE_ENDS: Phrase =
        Phrase::new("{} line ends CR LF become LF", "{} 处 CR LF 换行改为 LF");
    const BOM: Phrase = Phrase::new(
        "the byte order mark (3 bytes) before the first line goes",
        "去掉第一行前的字节顺序标记（3 个字节）",
    );
    let before = part.before.text();
    let returns = |bytes: &[u8]| bytes.windows(2).filter(|two| two == b"\r\n").count();
    let gone = returns(before).saturating_sub(returns(&part.after));
    let bom = crate::dotenv::syntax::BOM;
    let loses_bom = before.starts_with(bom) && !part.after.starts_with(bom);
    match (loses_bom, gone) {
        (false, 0) => None,
        (true, 0) => Some(BOM.into()),
        (false, gone) => Some(Said::new(LINE_ENDS, &[&gone])),
        (true, gone) => Some(Said::from(BOM).then(Said::new(LINE_ENDS, &[&gone]))),
    }
}

fn private(finding: &Finding, path: &Path) -> Result<Treatment, Box<Diagnosis>> {
    const MODE: Phrase = Phrase::new("mode {} → 0600", "权限 {} → 0600");
    let snapshot = read(path)?;
    let mode = snapshot.mode().unwrap_or_default();
    Ok(Treatment {
        review: CureReview {
            change: FileChange {
                path: snapshot.named.clone(),
                is_new: false,
                lines: Vec::new(),
            },
            note: Some(Said::new(MODE, &[&format!("{mode:04o}")])),
        },
        mends: vec![finding.clone()],
        work: Work::Private(snapshot),
    })
}

fn ignored(finding: &Finding, path: &Path) -> Result<Option<Treatment>, Box<Diagnosis>> {
    let target = read(path)?.target;
    Ok(change_ignore(&target)?.map(|part| rules(finding, part)))
}

fn kept_out(
    finding: &Finding,
    path: &Path,
    project: &Project,
) -> Result<Option<Treatment>, Box<Diagnosis>> {
    let folders: Vec<&Path> = project.folders().collect();
    let Some(taken) = docker::taken_by(path, &folders) else {
        return Ok(None);
    };
    let before = read(&taken.ignore_file)?;
    // What is no text is left alone: the finding stands.
    let Ok(after) = ignore_file::with_rules(before.text(), &taken.rules) else {
        return Ok(None);
    };
    let part = Part { before, after };
    Ok(part.is_change().then(|| rules(finding, part)))
}

fn rules(finding: &Finding, part: Part) -> Treatment {
    Treatment {
        review: CureReview {
            change: shown_growth(&part),
            note: None,
        },
        mends: vec![finding.clone()],
        work: Work::Rules(part),
    }
}
