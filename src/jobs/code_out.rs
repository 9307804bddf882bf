//! Code of an answer into a file: where it would go, what would change there, and the write itself.
//!
//! A model's word for a place is taken for no more than that. What lies outside of the project, behind a link
//! out of it, or holds settings wants a second yes; what a version control owns is not written at all. The
//! file is written exactly as it was shown, and only while it still is what was read.

mod oddity;

use std::path::Path;

use jiff::Timestamp;

use super::Scene;
use super::env_change::{self, Part};
use crate::domain::clean_text::CleanText;
use crate::domain::code_block::CodeBlock;
use crate::domain::diagnosis::Diagnosis;
use crate::domain::line_diff::{self, DiffKind, DiffLine, Step};
use crate::domain::symptom::{FileProblem, FileTrouble};
use crate::files::{self, is_binary};
use crate::flow::code_out::{CodePlan, CodeReview, CodeSaved, Doubt};
use crate::flow::env::FileChange;
use crate::project::{Placed, Project, Standing};
use crate::text::Phrase;

/// Kept lines round a change.
const CONTEXT: usize = 3;
/// What some Windows programs begin a text with.
const MARK: &str = "\u{feff}";
/// Characters of one line that are shown.
const MOST_SHOWN: usize = 500;

/// A change that was worked out and shown, ready to be written exactly so.
#[derive(Debug)]
pub struct Prepared {
    project: Project,
    placed: Placed,
    part: Part,
}

/// The blocks that carry a file's name, ready to be reviewed; of several for one file the last counts. Blocks
/// that are changes (`diff`) are no files.
pub fn named(blocks: &[CodeBlock]) -> Vec<CodePlan> {
    let mut plans: Vec<CodePlan> = Vec::new();
    for block in blocks.iter().filter(|block| !oddity::is_patch(&block.code)) {
        let Some(path) = &block.path else { continue };
        plans.retain(|plan| plan.path != *path);
        plans.push(CodePlan {
            path: path.clone(),
            code: block.code.clone(),
            is_unfinished: block.is_unfinished,
        });
    }
    plans
}

/// Whether a file of that name is read by people: an answer is written there whole, not only its code. Of a name
/// without an ending only some are (`README`, `LICENSE-MIT`): `Dockerfile` and `.gitignore` are read by programs.
pub fn is_prose(path: &str) -> bool {
    const ENDINGS: [&str; 8] = ["md", "markdown", "mdx", "txt", "text", "rst", "adoc", "org"];
    const NAMES: [&str; 12] = [
        "readme",
        "license",
        "licence",
        "copying",
        "notice",
        "authors",
        "contributing",
        "changelog",
        "changes",
        "news",
        "todo",
        "install",
    ];
    let path = Path::new(path);
    if let Some(ending) = path.extension() {
        return ENDINGS
            .iter()
            .any(|known| ending.eq_ignore_ascii_case(known));
    }
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let name = name.split('-').next().unwrap_or_default();
    NAMES.iter().any(|known| name.eq_ignore_ascii_case(known))
}

/// Works out what would change. Nothing is written.
///
/// # Errors
/// No code is written to this place, or what stands there cannot be read.
pub fn review(scene: &Scene, plan: &CodePlan) -> Result<(CodeReview, Prepared), Box<Diagnosis>> {
    let (mut review, prepared) = review_text(scene, plan)?;
    let placed = &prepared.placed;
    let is_for_patches = placed
        .path
        .extension()
        .is_some_and(|it| it == "diff" || it == "patch");
    if oddity::is_patch(&plan.code) && !is_for_patches && !is_prose(&plan.path) {
        return Err(refused(&placed.shown, IS_PATCH));
    }
    let unfinished = plan.is_unfinished.then_some(Doubt::Unfinished);
    review.doubts.extend(unfinished);
    let is_over = !review.change.is_new;
    review.doubts.extend(oddity::doubts(&plan.code, is_over));
    Ok((review, prepared))
}

/// The same for a text that is no model's code: only its place is doubted.
///
/// # Errors
/// As for [`review`].
pub fn review_text(
    scene: &Scene,
    plan: &CodePlan,
) -> Result<(CodeReview, Prepared), Box<Diagnosis>> {
    let project = Project::at(&scene.folder);
    let placed = project
        .place(&plan.path)
        .map_err(|_| refused(&plan.path, NO_PATH))?;
    let doubts = standing_doubts(&placed)?;
    let before = env_change::read(&placed.path)?;
    if is_binary(before.text()) {
        return Err(refused(&placed.shown, IS_BINARY));
    }
    let after = as_the_file_has_it(before.text(), &plan.code);
    let part = Part { before, after };
    let (change, added, removed) = shown(&part, &placed);
    let review = CodeReview {
        shown: CleanText::line(&placed.shown).into_string(),
        added,
        removed,
        is_unchanged: !part.is_change(),
        is_over: part.is_change() && !part.before.text().is_empty(),
        doubts,
        change,
    };
    let prepared = Prepared {
        project,
        placed,
        part,
    };
    Ok((review, prepared))
}

/// Writes a change exactly as it was shown; folders that are missing are made, and the last state can be
/// restored (`env_change::undo`).
///
/// # Errors
/// The file, or where its name leads, changed since it was shown (`file-changed`: to be shown again), or it
/// could not be written.
pub fn write(
    scene: &Scene,
    prepared: Prepared,
    now: Timestamp,
) -> Result<CodeSaved, Box<Diagnosis>> {
    let Prepared {
        project,
        placed,
        mut part,
    } = prepared;
    if project.place_of(placed.path.clone()) != placed {
        return Err(changed(&placed.path));
    }
    let was_unchanged = !part.is_change();
    if !was_unchanged {
        if let Some(folder) = placed.path.parent()
            && !folder.exists()
        {
            files::make_folders(folder).map_err(|trouble| env_change::explain(&trouble))?;
            // Its links were not resolved while it was missing.
            let again = env_change::read(&placed.path)?;
            if again.bytes.is_some() || placed.real.as_deref() != Some(&again.target) {
                return Err(changed(&placed.path));
            }
            part.before = again;
        }
        let save = match placed.standing {
            Standing::EnvFile => files::undo::save_with_undo,
            _ => files::undo::save_shared_with_undo,
        };
        save(&scene.paths.undo(), &part.before, &part.after, now)
            .map_err(|trouble| env_change::explain(&trouble))?;
    }
    Ok(CodeSaved {
        shown: CleanText::line(&placed.shown).into_string(),
        path: placed.path,
        was_unchanged,
    })
}

const NO_PATH: Phrase = Phrase::new(
    "This is no path to a file. Nothing was written.",
    "这不是文件路径。没有写入任何内容。",
);
const IS_GITS: Phrase = Phrase::new(
    "This place belongs to the version control, which runs what stands there. Nothing was written.",
    "这个位置属于版本控制系统，其中的内容会被它执行。没有写入任何内容。",
);
const IS_FOLDER: Phrase = Phrase::new(
    "This is the name of a folder. Nothing was written.",
    "这是目录的名称。没有写入任何内容。",
);
const IS_BINARY: Phrase = Phrase::new(
    "What stands there is no text. Nothing was written.",
    "那里的文件不是文本。没有写入任何内容。",
);
const IS_PATCH: Phrase = Phrase::new(
    "This block is a change (a diff), not a file: git apply takes it. Nothing was written.",
    "这个代码块是改动（diff）而不是文件，可用 git apply 应用。没有写入任何内容。",
);

/// What to know about the place, before what is in it is looked at.
fn standing_doubts(placed: &Placed) -> Result<Vec<Doubt>, Box<Diagnosis>> {
    if placed.path.is_dir() {
        return Err(refused(&placed.shown, IS_FOLDER));
    }
    match placed.standing {
        Standing::Inside => Ok(Vec::new()),
        Standing::EnvFile => Ok(vec![Doubt::EnvFile]),
        Standing::Outside => Ok(vec![Doubt::Outside]),
        Standing::LinkedOut if placed.real.is_some() => Ok(vec![Doubt::LinkedOut]),
        Standing::LinkedOut => Err(env_change::explain(&FileTrouble::new(
            &placed.path,
            FileProblem::BrokenLink,
            "a link leads nowhere",
        ))),
        Standing::VersionControl => Err(refused(&placed.shown, IS_GITS)),
    }
}

/// The code with the line ends and the mark that the file has.
fn as_the_file_has_it(before: &[u8], code: &str) -> Vec<u8> {
    let count = |what: &[u8]| memchr::memmem::find_iter(before, what).count();
    let (all, windows) = (count(b"\n"), count(b"\r\n"));
    let mut after = if windows * 2 > all && !code.contains('\r') {
        code.replace('\n', "\r\n")
    } else {
        code.to_owned()
    };
    if before.starts_with(MARK.as_bytes()) && !after.starts_with(MARK) {
        after.insert_str(0, MARK);
    }
    after.into_bytes()
}

/// The change as lines, and how many come and go.
fn shown(part: &Part, placed: &Placed) -> (FileChange, usize, usize) {
    // Its values are masked.
    let change = if placed.standing == Standing::EnvFile {
        env_change::shown(part)
    } else {
        FileChange {
            path: part.before.named.clone(),
            is_new: part.before.bytes.is_none(),
            lines: lines(part.before.text(), &part.after),
        }
    };
    let count = |kind: DiffKind| change.lines.iter().filter(|line| line.kind == kind).count();
    let (added, removed) = (count(DiffKind::Added), count(DiffKind::Removed));
    (change, added, removed)
}

/// The text behind the mark that a file may begin with.
fn unmarked(text: &str) -> &str {
    text.strip_prefix(MARK).unwrap_or(text)
}

fn lines(before: &[u8], after: &[u8]) -> Vec<DiffLine> {
    let (before, after) = (
        String::from_utf8_lossy(before),
        String::from_utf8_lossy(after),
    );
    let (before, after) = (unmarked(&before), unmarked(&after));
    let (old, new): (Vec<&str>, Vec<&str>) = (before.lines().collect(), after.lines().collect());
    let line = |kind, lines: &[&str], at: usize| DiffLine {
        kind,
        number: at + 1,
        text: CleanText::new(&lines[at].replace('\t', "    ")).shortened(MOST_SHOWN),
    };
    let steps = line_diff::shown_steps(&old, &new, CONTEXT).into_iter();
    steps
        .map(|step| match step {
            Step::Keep(at) => line(DiffKind::Kept, &new, at),
            Step::Remove(at) => line(DiffKind::Removed, &old, at),
            Step::Add(at) => line(DiffKind::Added, &new, at),
        })
        .collect()
}

fn refused(path: &str, why: Phrase) -> Box<Diagnosis> {
    let path = CleanText::line(path);
    let mut diagnosis = env_change::explain(&FileTrouble::new(
        Path::new(path.as_str()),
        FileProblem::Forbidden,
        "",
    ));
    diagnosis.cause = why.into();
    diagnosis
}

fn changed(path: &Path) -> Box<Diagnosis> {
    env_change::explain(&FileTrouble::new(
        path,
        FileProblem::Changed,
        "it is not what was shown any more",
    ))
}

#[cfg(test)]
mod tests;
