//! `onramp env scan`: keys that others may read, and what to do about each.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::leaks::{LeakJson, print_leaks};
use super::progress::Line;
use crate::cli::args::EnvScanFlags;
use crate::cli::context::Context;
use crate::cli::output::{Failure, Outcome, print_json, print_line};
use crate::domain::clean_text::CleanText;
use crate::domain::diagnosis::TroubleKind;
use crate::domain::sighting::short_path;
use crate::domain::symptom::{FileProblem, FileTrouble, Symptom};
use crate::jobs::hygiene;
use crate::project::Project;
use crate::project::scan::{self, Found, Limits, Watch, docker_gap};
use crate::text::{Phrase, Said};
use crate::ui::plain::change_lines;

const NONE: Phrase = Phrase::new("No key found in {} files.", "在 {} 个文件中没有发现密钥。");
const NONE_IN_BLOBS: Phrase = Phrase::new(
    "No key found in {} files and versions of files.",
    "在 {} 个文件及其历史版本中没有发现密钥。",
);
const PLACEHOLDERS: Phrase = Phrase::new(
    "placeholders and test keys passed over: {}; --json lists them.",
    "略过了 {} 个占位符和测试密钥；--json 可列出。",
);
const IN_THEIR_PLACE: Phrase = Phrase::new(
    "{} keys stand where they belong: in files that git does not take.",
    "{} 个密钥在应在的位置：git 不会提交的文件中。",
);
const SKIPPED: Phrase = Phrase::new(
    "Not looked into: {} without text, {} larger than 8 MiB, {} not readable.",
    "未检查：{} 个非文本文件，{} 个大于 8 MiB，{} 个无法读取。",
);
const NO_HISTORY: Phrase = Phrase::new(
    "There is no git history here, or git does not answer",
    "这里没有 git 历史，或 git 没有响应",
);
const DOCKER: Phrase = Phrase::new(
    "warning: {} copies the whole folder, and nothing in .dockerignore keeps {} out of the image. To mend it: onramp \
     env scan --mend",
    "警告：{} 会复制整个目录，而 .dockerignore 没有把 {} 排除在镜像之外。修复方法：onramp env scan --mend",
);
const NOTHING_TO_MEND: Phrase = Phrase::new(
    "no rule is missing in .gitignore or .dockerignore",
    ".gitignore 和 .dockerignore 中没有缺少的规则",
);
const WROTE: Phrase = Phrase::new("wrote {}", "已写入 {}");

pub(super) async fn run(context: &Context, flags: EnvScanFlags) -> Outcome {
    let project = Project::at(&context.scene.folder);
    let paths = paths(context, &flags, &project)?;
    let history = flags.history;
    let line = Line::new(context);
    let stop = StopOnDrop::default();
    let work = {
        let (paths, stop, line) = (paths.clone(), stop.0.clone(), line.clone());
        tokio::task::spawn_blocking(move || look(&paths, history, &stop, &line))
    };
    let found = work.await;
    line.clear();
    let found = found
        .ok()
        .flatten()
        .ok_or_else(|| Failure::Usage(NO_HISTORY.into()))?;
    if flags.mend {
        return mend(context, &flags, &project, &found);
    }
    if flags.json {
        print_json(&ScanJson::of(&paths, &found, history, context));
    } else {
        report(context, &project, &found, history);
    }
    if found.leaks.is_empty() {
        Ok(())
    } else {
        Err(Failure::Silent(TroubleKind::Alert.exit_code()))
    }
}

/// Ends the work on its own thread when nobody waits for it any more.
#[derive(Default)]
struct StopOnDrop(Arc<AtomicBool>);

impl Drop for StopOnDrop {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

/// What to look at: what was named, else the project, from its root.
fn paths(
    context: &Context,
    flags: &EnvScanFlags,
    project: &Project,
) -> Result<Vec<PathBuf>, Failure> {
    if flags.paths.is_empty() {
        return Ok(vec![project.root.clone()]);
    }
    let path = |named: &PathBuf| {
        let path = context.scene.folder.join(named);
        path.canonicalize().map_err(|error| {
            crate::cli::diagnosed(&Symptom::File(FileTrouble {
                path,
                kind: FileProblem::Missing,
                detail: CleanText::line(&error.to_string()),
            }))
        })
    };
    flags.paths.iter().map(path).collect()
}

/// Looks; `None` where there is no history to look through.
fn look(paths: &[PathBuf], history: bool, stop: &AtomicBool, line: &Line) -> Option<Found> {
    let watch = Watch {
        stop,
        until: None,
        tell: &|progress| line.tell(progress),
    };
    let trees = paths
        .iter()
        .map(|path| scan::tree(path, Limits::default(), &watch));
    let mut found = trees.fold(Found::default(), Found::and);
    if history {
        for path in paths {
            let folder = if path.is_dir() { path } else { path.parent()? };
            found = found.and(scan::history(folder, &watch)?);
        }
    }
    Some(found)
}

fn report(context: &Context, project: &Project, found: &Found, history: bool) {
    let lang = context.lang;
    if found.leaks.is_empty() {
        let words = if history { NONE_IN_BLOBS } else { NONE };
        print_line(&words.fill(lang, &[&found.looked_at]));
    } else {
        print_leaks(context, &found.leaks);
    }
    if let Some(gap) = docker_gap(&project.folder) {
        let (docker, env) = (
            short_path(&gap.dockerfile, &project.folder),
            short_path(&gap.env_file, &project.folder),
        );
        context.note(&DOCKER.fill(lang, &[&docker, &env]));
    }
    if !found.placeholders.is_empty() {
        context.note(&PLACEHOLDERS.fill(lang, &[&found.placeholders.len()]));
    }
    if found.in_their_place > 0 {
        context.note(&IN_THEIR_PLACE.fill(lang, &[&found.in_their_place]));
    }
    let skipped = found.skipped;
    if skipped.binary + skipped.large + skipped.unreadable > 0 {
        let parts = [skipped.binary, skipped.large, skipped.unreadable];
        context.note(&SKIPPED.fill(lang, &[&parts[0], &parts[1], &parts[2]]));
    }
}

fn mend(context: &Context, flags: &EnvScanFlags, project: &Project, found: &Found) -> Outcome {
    let lang = context.lang;
    let mending = hygiene::to_mend(&project.folder, &found.leaks)?;
    let shown = mending.shown();
    for change in &shown {
        for line in change_lines(change) {
            print_line(&line);
        }
    }
    if shown.is_empty() {
        print_line(NOTHING_TO_MEND.say(lang));
    } else if !flags.dry_run {
        mending.write()?;
        for change in &shown {
            let path = CleanText::line(&change.path.display().to_string());
            context.note(&Said::new(WROTE, &[&path]).say(lang));
        }
    }
    Ok(())
}

/// What scripts read: a contract.
#[derive(serde::Serialize)]
struct ScanJson {
    /// No key was found.
    ok: bool,
    paths: Vec<CleanText>,
    history: bool,
    findings: Vec<LeakJson>,
    placeholders: Vec<LeakJson>,
    in_their_place: usize,
    looked_at: usize,
    skipped: SkippedJson,
    docker: Option<DockerJson>,
}

#[derive(serde::Serialize)]
struct SkippedJson {
    binary: usize,
    large: usize,
    unreadable: usize,
}

#[derive(serde::Serialize)]
struct DockerJson {
    dockerfile: CleanText,
    env_file: CleanText,
}

impl ScanJson {
    fn of(paths: &[PathBuf], found: &Found, history: bool, context: &Context) -> Self {
        let text = |path: &PathBuf| CleanText::line(&path.display().to_string());
        let lang = context.lang;
        Self {
            ok: found.leaks.is_empty(),
            paths: paths.iter().map(text).collect(),
            history,
            findings: found
                .leaks
                .iter()
                .map(|it| LeakJson::of(it, lang))
                .collect(),
            placeholders: found.placeholders.iter().map(LeakJson::plain).collect(),
            in_their_place: found.in_their_place,
            looked_at: found.looked_at,
            skipped: SkippedJson {
                binary: found.skipped.binary,
                large: found.skipped.large,
                unreadable: found.skipped.unreadable,
            },
            docker: docker_gap(&context.scene.folder).map(|gap| DockerJson {
                dockerfile: text(&gap.dockerfile),
                env_file: text(&gap.env_file),
            }),
        }
    }
}
