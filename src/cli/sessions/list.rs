//! `onramp sessions list` and `search`.

use jiff::Timestamp;
use serde::Serialize;

use super::{failed, open};
use crate::archive::{Archive, Which};
use crate::cli::args::sessions::{ListedFlags, SessionsSearchFlags};
use crate::cli::context::Context;
use crate::cli::output::{Failure, Outcome, print_json, print_line, room};
use crate::domain::clean_text::CleanText;
use crate::domain::kept::{Hit, Kept, Snippet};
use crate::domain::money::Usd;
use crate::project::Project;
use crate::text::Phrase;
use crate::ui::theme::Tone;
use crate::ui::wrap::{clip, pad, width};

/// So many are shown to a person who names no number. JSON holds all.
const USUAL: usize = 50;
/// A title is shown at least so wide.
const NARROWEST: usize = 24;
/// Letters at the end of an id that name it.
const SHORT: usize = 4;

const HEAD: [Phrase; 6] = [
    Phrase::new("id", "标识"),
    Phrase::new("last (UTC)", "最近 (UTC)"),
    Phrase::new("cost", "费用"),
    Phrase::new("title", "标题"),
    Phrase::new("model", "模型"),
    Phrase::new("project", "项目"),
];
pub(super) const NONE_HERE: Phrase = Phrase::new(
    "no conversation of this project is kept; --all lists those of others",
    "此项目没有保存的对话；--all 可列出其他项目的",
);
const NONE: Phrase = Phrase::new("no conversation is kept", "没有保存的对话");
const NOTHING_FOUND: Phrase = Phrase::new("no conversation holds that", "没有包含这些词的对话");
const MORE: Phrase = Phrase::new(
    "there are more; -n {} shows them",
    "还有更多；可用 -n {} 显示",
);

pub(super) fn list(context: &Context, flags: &ListedFlags) -> Outcome {
    let root = root(context);
    let which = which(flags, &root);
    let most = most(flags);
    let mut kept = match open(context)? {
        // One more tells whether there are more.
        Some(archive) => archive
            .list(which, 0, most.saturating_add(1))
            .map_err(failed)?,
        None => Vec::new(),
    };
    let has_more = kept.len() > most;
    kept.truncate(most);
    if flags.json {
        let rows: Vec<KeptJson<'_>> = kept.iter().map(KeptJson::of).collect();
        print_json(&rows);
        return Ok(());
    }
    if kept.is_empty() {
        let words = if flags.all_projects { NONE } else { NONE_HERE };
        context.note(words.say(context.lang));
        return Ok(());
    }
    for line in table(context, &kept, flags.all_projects) {
        print_line(&line);
    }
    if has_more {
        context.note(&MORE.fill(context.lang, &[&(most * 4)]));
    }
    Ok(())
}

pub(super) fn search(context: &Context, flags: &SessionsSearchFlags) -> Outcome {
    let words = flags.words.join(" ");
    let flags = &flags.listed;
    let root = root(context);
    let which = which(flags, &root);
    let hits = match open(context)? {
        Some(archive) => archive.search(&words, which, most(flags)).map_err(failed)?,
        None => Vec::new(),
    };
    if flags.json {
        let rows: Vec<HitJson<'_>> = hits.iter().map(HitJson::of).collect();
        print_json(&rows);
        return Ok(());
    }
    if hits.is_empty() {
        context.note(NOTHING_FOUND.say(context.lang));
        return Ok(());
    }
    let (kept, snippets): (Vec<Kept>, Vec<Snippet>) =
        hits.into_iter().map(|hit| (hit.kept, hit.snippet)).unzip();
    let mut lines = table(context, &kept, flags.all_projects).into_iter();
    lines.next().into_iter().for_each(|head| print_line(&head));
    for (line, snippet) in lines.zip(snippets) {
        print_line(&line);
        let hit = context.paint(Tone::Accent, &snippet.hit);
        print_line(&format!("      {}{hit}{}", snippet.before, snippet.after));
    }
    Ok(())
}

/// The id of this project's latest conversation; `None` where it has none.
pub(super) fn latest(context: &Context, archive: &Archive) -> Result<Option<String>, Failure> {
    let root = root(context);
    let listed = archive.list(Which::Project(&root), 0, 1).map_err(failed)?;
    Ok(listed.into_iter().next().map(|kept| kept.id))
}

/// The root of this project, as conversations are tagged with it.
fn root(context: &Context) -> String {
    let project = Project::at(&context.scene.folder);
    project.root.to_string_lossy().into_owned()
}

fn which<'a>(flags: &ListedFlags, root: &'a str) -> Which<'a> {
    if flags.all_projects {
        Which::All
    } else {
        Which::Project(root)
    }
}

fn most(flags: &ListedFlags) -> usize {
    let usual = if flags.json { usize::MAX } else { USUAL };
    flags
        .limit
        .map_or(usual, |limit| usize::try_from(limit).unwrap_or(usize::MAX))
}

/// The lines of the table, its head first.
fn table(context: &Context, kept: &[Kept], with_project: bool) -> Vec<String> {
    let lang = context.lang;
    let columns = if with_project { 6 } else { 5 };
    let head = HEAD.map(|head| head.say(lang).to_owned());
    let mut rows = vec![head[..columns].to_vec()];
    rows.extend(kept.iter().map(|it| row(it, kept)[..columns].to_vec()));
    let mut widths: Vec<usize> = (0..columns)
        .map(|at| rows.iter().map(|row| width(&row[at])).max().unwrap_or(0))
        .collect();
    if let Some(room) = room() {
        let others: usize = widths.iter().sum::<usize>() - widths[TITLE] + 2 * (columns - 1);
        widths[TITLE] = widths[TITLE].min(room.saturating_sub(others).max(NARROWEST));
    }
    let lines = rows.iter().map(|row| {
        let cells = row.iter().zip(&widths).enumerate();
        let cells = cells.map(|(at, (cell, &columns))| match at {
            COST => format!("{}{cell}", " ".repeat(columns.saturating_sub(width(cell)))),
            _ => pad(&clip(cell, columns), columns),
        });
        let line = cells.collect::<Vec<_>>().join("  ");
        line.trim_end().to_owned()
    });
    lines.collect()
}

const COST: usize = 2;
const TITLE: usize = 3;

fn row(kept: &Kept, all: &[Kept]) -> [String; 6] {
    let cost = kept.cost.map(|cost| cost.to_string());
    let model = kept.model.as_ref().map(ToString::to_string);
    let project = kept.project.as_deref().map(|path| {
        let name = path.rsplit(['/', '\\']).find(|part| !part.is_empty());
        name.unwrap_or_default().to_owned()
    });
    [
        short(kept, all).to_owned(),
        kept.touched.strftime("%Y-%m-%d %H:%M").to_string(),
        cost.unwrap_or_else(|| "-".into()),
        kept.title.to_string(),
        model.unwrap_or_else(|| "-".into()),
        project.unwrap_or_else(|| "-".into()),
    ]
}

/// The letters at the end of an id, where no other one listed ends so; else all of it.
fn short<'a>(kept: &'a Kept, all: &[Kept]) -> &'a str {
    let end = |id: &'a str| id.len().checked_sub(SHORT).and_then(|at| id.get(at..));
    match end(&kept.id) {
        Some(end) if all.iter().filter(|it| it.id.ends_with(end)).count() == 1 => end,
        _ => &kept.id,
    }
}

/// A kept conversation as scripts read it: a contract.
#[derive(Serialize)]
struct KeptJson<'a> {
    id: &'a str,
    title: &'a CleanText,
    project: Option<&'a CleanText>,
    server: &'a CleanText,
    begun: Timestamp,
    touched: Timestamp,
    turns: u64,
    model: Option<&'a CleanText>,
    cost_usd: Option<Usd>,
}

/// The same with what was found.
#[derive(Serialize)]
struct HitJson<'a> {
    #[serde(flatten)]
    kept: KeptJson<'a>,
    found: FoundJson<'a>,
}

#[derive(Serialize)]
struct FoundJson<'a> {
    /// The number of the turn; null: it is the title.
    turn: Option<usize>,
    before: &'a CleanText,
    hit: &'a CleanText,
    after: &'a CleanText,
}

impl<'a> KeptJson<'a> {
    fn of(kept: &'a Kept) -> Self {
        Self {
            id: &kept.id,
            title: &kept.title,
            project: kept.project.as_ref(),
            server: &kept.server,
            begun: kept.begun,
            touched: kept.touched,
            turns: kept.turns,
            model: kept.model.as_ref(),
            cost_usd: kept.cost,
        }
    }
}

impl<'a> HitJson<'a> {
    fn of(hit: &'a Hit) -> Self {
        Self {
            kept: KeptJson::of(&hit.kept),
            found: FoundJson {
                turn: hit.turn,
                before: &hit.snippet.before,
                hit: &hit.snippet.hit,
                after: &hit.snippet.after,
            },
        }
    }
}
