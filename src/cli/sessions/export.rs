//! `onramp sessions export`: to standard output, or to a file after what would change there was shown.

use jiff::Timestamp;

use super::{load, say};
use crate::cli::args::sessions::{SessionsExportFlags, TalkFormat};
use crate::cli::confirm;
use crate::cli::context::Context;
use crate::cli::output::{Failure, Outcome, complain};
use crate::domain::symptom::{FileProblem, FileTrouble, Symptom};
use crate::flow::code_out::{CodePlan, CodeReview, Doubt};
use crate::jobs::code_out;
use crate::jobs::talk_out::{self, Telling};
use crate::runtime::signals::tidy_up_on_signal;
use crate::text::{Phrase, Said};
use crate::ui::plain::change_lines;

const WRITE: Phrase = Phrase::new("Write this change?", "写入此更改？");
const WROTE: Phrase = Phrase::new("wrote {}", "已写入 {}");
const LEFT: Phrase = Phrase::new("nothing was written", "没有写入任何内容");
const IS_SO: Phrase = Phrase::new("{} is so already", "{} 已经是这样");
const DIFFERS: Phrase = Phrase::new(
    "Something else stands in this file. Nothing was written; --yes writes over it.",
    "此文件中已有其他内容。没有写入；--yes 可覆盖。",
);
const DOUBTFUL: Phrase = Phrase::new(
    "{} Nothing was written; --yes writes it.",
    "{}没有写入；--yes 可写入。",
);

pub(super) fn run(context: &Context, flags: SessionsExportFlags) -> Outcome {
    let (kept, talk) = load(context, &flags.which.talk)?;
    let telling = Telling {
        talk: &talk,
        server: &kept.server,
        every_branch: flags.all_branches,
        lang: context.lang,
    };
    let named = flags.output.as_deref();
    let is_json = match flags.format {
        Some(format) => format == TalkFormat::Json,
        None => named.is_some_and(|path| path.to_ascii_lowercase().ends_with(".json")),
    };
    let text = if is_json {
        talk_out::json(&telling)
    } else {
        talk_out::markdown(&telling)
    };
    let Some(path) = flags.output else {
        say(&text);
        return Ok(());
    };
    let plan = CodePlan {
        path,
        code: text,
        is_unfinished: false,
    };
    write(context, &plan, flags.yes)
}

/// Writes a text to the file that the person named, never over something unseen.
fn write(context: &Context, plan: &CodePlan, is_agreed: bool) -> Outcome {
    let lang = context.lang;
    let (review, prepared) = code_out::review_text(&context.scene, plan)?;
    if review.is_unchanged {
        context.note(&IS_SO.fill(lang, &[&review.shown]));
        return Ok(());
    }
    if let Some(why) = why_ask(&review).filter(|_| !is_agreed) {
        if !confirm::is_somebody_there() {
            return Err(refused(&review, why));
        }
        for line in change_lines(&review.change) {
            complain(&format!("{line}\n"));
        }
        for doubt in &review.doubts {
            complain(&format!("{}\n", doubt.said().say(lang)));
        }
        if !confirm::ask(context, WRITE, false) {
            context.note(LEFT.say(lang));
            return Ok(());
        }
    }
    // A system that tells of no signals still ends the command by them.
    let _ = tidy_up_on_signal();
    let saved = code_out::write(&context.scene, prepared, Timestamp::now())?;
    context.note(&WROTE.fill(lang, &[&saved.shown]));
    Ok(())
}

/// Why the person is asked first. A place outside of the project is no reason: they typed it themselves.
fn why_ask(review: &CodeReview) -> Option<Said> {
    let doubt = review.doubts.iter().find(|doubt| **doubt != Doubt::Outside);
    if let Some(doubt) = doubt {
        return Some(Said::joined(DOUBTFUL, &[doubt.said()]));
    }
    (!review.change.is_new).then(|| DIFFERS.into())
}

fn refused(review: &CodeReview, why: Said) -> Failure {
    let trouble = FileTrouble::new(&review.change.path, FileProblem::Forbidden, "");
    let mut diagnosis = crate::diagnosis::explain(&Symptom::File(trouble));
    diagnosis.cause = why;
    diagnosis.into()
}
