//! `onramp sessions`: kept conversations, listed, found, shown, exported, renamed, deleted for good.

mod delete;
mod export;
mod list;

use std::io::IsTerminal;

use super::args::sessions::{SessionsRenameFlags, SessionsShowFlags, SessionsVerb};
use super::context::Context;
use super::output::{self, Failure, Outcome, print_line};
use crate::archive::{Archive, Named};
use crate::domain::clean_text::CleanText;
use crate::domain::conversation::Conversation;
use crate::domain::kept::{Kept, Shelf};
use crate::domain::symptom::{FileTrouble, Symptom};
use crate::jobs::talk_out::{self, Telling};
use crate::text::{Phrase, Said};
use crate::ui::theme::Tone;

const SET_ASIDE: Phrase = Phrase::new(
    "the kept conversations were damaged and begin anew; the old file: {}",
    "保存的对话已损坏，已重新开始；旧文件：{}",
);
const UNKNOWN: Phrase = Phrase::new(
    "no kept conversation is called “{}”; onramp sessions list --all shows them",
    "没有标识为“{}”的对话；onramp sessions list --all 可列出全部",
);
const AMBIGUOUS: Phrase = Phrase::new(
    "“{}” fits several conversations: {}",
    "“{}”对应多个对话：{}",
);
const RENAMED: Phrase = Phrase::new("it is called “{}” now", "现在的标题是“{}”");
const NO_TITLE: Phrase = Phrase::new("the title is empty", "标题为空");

pub(super) fn run(context: &Context, verb: SessionsVerb) -> Outcome {
    match verb {
        SessionsVerb::List(flags) => list::list(context, &flags.listed),
        SessionsVerb::Search(flags) => list::search(context, &flags),
        SessionsVerb::Show(flags) => show(context, &flags),
        SessionsVerb::Export(flags) => export::run(context, flags),
        SessionsVerb::Rename(flags) => rename(context, &flags),
        SessionsVerb::Delete(flags) => delete::run(context, &flags),
    }
}

/// The whole id of the conversation that a short one names.
///
/// # Errors
/// There is none, there are several, or the archive could not be read; so for `latest`.
pub(super) fn named(context: &Context, short: &str) -> Result<String, Failure> {
    find(context, short).map(|(_, kept)| kept.id)
}

/// The id of this project's latest conversation.
pub(super) fn latest(context: &Context) -> Result<String, Failure> {
    let latest = match open(context)? {
        Some(archive) => list::latest(context, &archive)?,
        None => None,
    };
    latest.ok_or_else(|| Failure::Usage(list::NONE_HERE.into()))
}

/// The archive, with the conversations that were held with the sandbox where that is asked for; `None` where
/// nothing was ever kept.
fn open(context: &Context) -> Result<Option<Archive>, Failure> {
    let state = &context.scene.paths.state;
    if !Archive::exists(state) {
        return Ok(None);
    }
    let shelf = if context.wants_sandbox {
        Shelf::Simulated
    } else {
        Shelf::Real
    };
    let opened = Archive::open(state, shelf).map_err(failed)?;
    if let Some(aside) = opened.set_aside {
        context.note(&SET_ASIDE.fill(context.lang, &[&aside.display()]));
    }
    Ok(Some(opened.archive))
}

fn failed(trouble: FileTrouble) -> Failure {
    super::diagnosed(&Symptom::File(trouble))
}

/// The archive and the one conversation that is meant there.
fn find(context: &Context, short: &str) -> Result<(Archive, Kept), Failure> {
    let unknown = || Failure::Usage(Said::new(UNKNOWN, &[&CleanText::line(short).shortened(60)]));
    let archive = open(context)?.ok_or_else(unknown)?;
    let id = match archive.named(short).map_err(failed)? {
        Named::One(id) => id,
        Named::Nothing => return Err(unknown()),
        Named::Several(ids) => {
            let short = CleanText::line(short).shortened(60);
            let said = Said::new(AMBIGUOUS, &[&short, &ids.join(", ")]);
            return Err(Failure::Usage(said));
        }
    };
    let kept = archive.kept(&id).map_err(failed)?.ok_or_else(unknown)?;
    Ok((archive, kept))
}

/// One conversation, whole.
fn load(context: &Context, short: &str) -> Result<(Kept, Conversation), Failure> {
    let (archive, kept) = find(context, short)?;
    let loaded = archive.load(&kept.id).map_err(failed)?;
    let Some((talk, _)) = loaded else {
        let short = CleanText::line(short).shortened(60);
        return Err(Failure::Usage(Said::new(UNKNOWN, &[&short])));
    };
    Ok((kept, talk))
}

fn show(context: &Context, flags: &SessionsShowFlags) -> Outcome {
    let (kept, talk) = load(context, &flags.which.talk)?;
    let telling = Telling {
        talk: &talk,
        server: &kept.server,
        every_branch: flags.all_branches,
        lang: context.lang,
    };
    if flags.json {
        output::put(&talk_out::json(&telling));
        return Ok(());
    }
    print_line(&context.paint(Tone::Strong, &telling.title()));
    for (name, value) in telling.facts() {
        print_line(&format!("  {name}: {value}"));
    }
    if let Some(rules) = &talk.system {
        print_line(&format!("  {}:", telling.rules_head()));
        for line in rules.trim_end().lines() {
            say(&format!("    {line}\n"));
        }
    }
    for section in telling.sections() {
        print_line("");
        let head = format!("── {} · {}", section.who, section.about);
        print_line(&context.paint(Tone::Accent, &head));
        let text = section.text.trim_end();
        if !text.is_empty() {
            say(&format!("{text}\n"));
        }
        if let Some(end) = section.end {
            print_line(&context.paint(Tone::Warn, &format!("({end})")));
        }
    }
    Ok(())
}

fn rename(context: &Context, flags: &SessionsRenameFlags) -> Outcome {
    let title = flags.title.join(" ");
    if title.trim().is_empty() {
        return Err(Failure::Usage(NO_TITLE.into()));
    }
    let (archive, kept) = find(context, &flags.which.talk)?;
    archive.rename(&kept.id, &title).map_err(failed)?;
    let shown = CleanText::line(&title);
    context.note(&RENAMED.fill(context.lang, &[&shown]));
    Ok(())
}

/// Prints what somebody said: harmless on a terminal, verbatim into a pipe or a file.
fn say(text: &str) -> bool {
    if std::io::stdout().is_terminal() {
        output::put(&CleanText::new(text))
    } else {
        output::put(text)
    }
}
