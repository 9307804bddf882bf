//! An answer on its way out: its text or its code to stdout, or into files after what stands there was looked at.

use jiff::Timestamp;

use super::out::{self, Out};
use crate::cli::args::AskFlags;
use crate::cli::confirm;
use crate::cli::context::Context;
use crate::cli::output;
use crate::domain::clean_text::CleanText;
use crate::domain::code_block::{self, CodeBlock};
use crate::domain::diagnosis::Diagnosis;
use crate::domain::symptom::{FileProblem, FileTrouble, Symptom};
use crate::flow::code_out::{CodePlan, CodeReview, Doubt};
use crate::jobs::answer::Heard;
use crate::jobs::code_out;
use crate::text::{Phrase, Said};
use crate::ui::plain::change_lines;

const WROTE: Phrase = Phrase::new(
    "wrote {}: {} lines added, {} removed",
    "已写入 {}：增加 {} 行，删除 {} 行",
);
const UNCHANGED: Phrase = Phrase::new("{} holds this already", "{} 的内容已经如此");
const WRITE_IT: Phrase = Phrase::new("Write it?", "要写入吗？");
const WHOLE: Phrase = Phrase::new(
    "the answer holds no code: it is written whole",
    "回答中没有代码：已写入全部内容",
);
const JOINED: Phrase = Phrase::new(
    "{} blocks of code, one after the other",
    "{} 个代码块，依次相连",
);
const NOT_WRITTEN: Phrase = Phrase::new("{} is not written: {}", "未写入 {}：{}");

/// What became of an answer.
#[derive(Default)]
pub(super) struct Delivered {
    pub(super) files: Vec<FileTold>,
    /// What was asked for and could not be done, the first of several.
    pub(super) trouble: Option<Box<Diagnosis>>,
}

/// What became of a file.
pub(super) struct FileTold {
    pub(super) path: String,
    /// It holds the code now; without having been written where it did before.
    pub(super) outcome: Result<IsNew, &'static str>,
}

/// Whether a file was written, or stood like this already.
pub(super) type IsNew = bool;

/// Hands an answer over; `was_shown` when its text went to stdout as it came.
pub(super) async fn deliver(
    context: &Context,
    flags: &AskFlags,
    heard: &Heard,
    was_shown: bool,
) -> Delivered {
    let text = &heard.answer.text;
    let blocks = code_block::find(text);
    let mut delivered = Delivered::default();
    if (flags.code || (flags.answer_file.is_some() && text.is_empty())) && blocks.is_empty() {
        if !flags.json {
            out::beside(text);
        }
        delivered.lacks_code(false);
        return delivered;
    }
    if let Some(path) = &flags.answer_file {
        let code = content(context, flags, path, text, &blocks);
        let plan = CodePlan {
            path: path.clone(),
            code: code.clone(),
        };
        delivered.write(context, flags, &plan).await;
        if delivered.trouble.is_some() && !flags.json {
            // It was paid for.
            Out::new().whole(&code);
        }
        return delivered;
    }
    if !was_shown && !flags.json {
        if flags.code {
            Out::new().whole(&joined(&blocks));
        } else {
            Out::new().whole(text);
        }
    }
    if flags.save_all {
        let plans = code_out::named(&blocks);
        if plans.is_empty() {
            delivered.lacks_code(true);
        }
        for plan in &plans {
            delivered.write(context, flags, plan).await;
        }
    }
    delivered
}

impl Delivered {
    fn lacks_code(&mut self, named: bool) {
        let symptom = Symptom::NoCode { named };
        self.trouble = Some(Box::new(crate::cli::judged(&symptom)));
    }

    /// Writes a file, or tells why not; further files are not kept from being written.
    async fn write(&mut self, context: &Context, flags: &AskFlags, plan: &CodePlan) {
        let path = CleanText::line(&plan.path).into_string();
        let outcome = match write(context, flags, plan).await {
            Ok(is_new) => Ok(is_new),
            Err(diagnosis) => {
                if flags.save_all {
                    let title = diagnosis.title.say(context.lang);
                    context.note(&NOT_WRITTEN.fill(context.lang, &[&path, &title]));
                }
                let id = diagnosis.id;
                self.trouble.get_or_insert(diagnosis);
                Err(id)
            }
        };
        self.files.push(FileTold { path, outcome });
    }
}

/// Writes code into a file; true when it was not there already.
async fn write(
    context: &Context,
    flags: &AskFlags,
    plan: &CodePlan,
) -> Result<IsNew, Box<Diagnosis>> {
    let lang = context.lang;
    let (review, prepared) = code_out::review(&context.scene, plan)?;
    if !review.is_unchanged {
        agreed(context, flags, &review).await?;
    }
    let saved = code_out::write(&context.scene, prepared, Timestamp::now())?;
    if saved.was_unchanged {
        context.note(&UNCHANGED.fill(lang, &[&saved.shown]));
    } else {
        let counts = [&review.added as &dyn std::fmt::Display, &review.removed];
        context.note(&WROTE.fill(lang, &[&saved.shown, counts[0], counts[1]]));
    }
    Ok(!saved.was_unchanged)
}

/// Shows what would change and asks, where the flags do not agree to it already and somebody is there.
async fn agreed(
    context: &Context,
    flags: &AskFlags,
    review: &CodeReview,
) -> Result<(), Box<Diagnosis>> {
    let lacking = lacking(review, flags);
    let remarks = review.doubts.iter().filter(|doubt| !is_of_place(**doubt));
    for remark in remarks {
        context.note(&format!(
            "{}: {}",
            review.shown,
            remark.said().say(context.lang)
        ));
    }
    let Some(diagnosis) = lacking else {
        return Ok(());
    };
    if !confirm::is_somebody_there() {
        return Err(diagnosis);
    }
    let mut lines = change_lines(&review.change);
    let places = review.doubts.iter().filter(|doubt| is_of_place(**doubt));
    lines.extend(places.map(|doubt| doubt.said().say(context.lang)));
    output::complain(&format!("{}\n", lines.join("\n")));
    if confirm::ask_beside(context, WRITE_IT, false).await {
        return Ok(());
    }
    Err(diagnosis)
}

/// What the flags do not agree to: the place, or that something stands there.
pub(super) fn lacking(review: &CodeReview, flags: &AskFlags) -> Option<Box<Diagnosis>> {
    let place = review.doubts.iter().find(|doubt| is_of_place(**doubt));
    let place = place.filter(|_| !flags.any_file);
    let judged = |problem| {
        let path = std::path::Path::new(&review.shown);
        let trouble = FileTrouble::new(path, problem, "");
        Box::new(crate::cli::judged(&Symptom::File(trouble)))
    };
    if let Some(doubt) = place {
        let mut diagnosis = judged(FileProblem::WantsConsent);
        let named = Said::verbatim(&review.shown);
        let both = Phrase::new("{}: {}", "{}：{}");
        diagnosis.cause = Said::joined(both, &[named, doubt.said()]);
        return Some(diagnosis);
    }
    (review.is_over && !flags.overwrite).then(|| judged(FileProblem::Exists))
}

fn is_of_place(doubt: Doubt) -> bool {
    match doubt {
        Doubt::Outside | Doubt::LinkedOut | Doubt::EnvFile => true,
        Doubt::Elided(_) | Doubt::Unseen(_) => false,
    }
}

/// What goes into a file: the code, or into a text the whole answer.
fn content(
    context: &Context,
    flags: &AskFlags,
    path: &str,
    text: &str,
    blocks: &[CodeBlock],
) -> String {
    let wants_code = flags.code || !code_out::is_prose(path);
    if wants_code && !blocks.is_empty() {
        let blocks = code_for(path, blocks);
        if blocks.len() > 1 {
            context.note(&JOINED.fill(context.lang, &[&blocks.len()]));
        }
        return joined(&blocks);
    }
    if wants_code {
        context.note(WHOLE.say(context.lang));
    }
    let end = if text.ends_with('\n') { "" } else { "\n" };
    format!("{text}{end}")
}

/// The blocks that belong into a file: the last that carries its name, else those in its language, else all.
fn code_for(path: &str, blocks: &[CodeBlock]) -> Vec<CodeBlock> {
    let wanted = std::path::Path::new(path);
    let carries_name = |block: &&CodeBlock| {
        let named = block.path.as_deref().map(std::path::Path::new);
        named.is_some_and(|named| named.file_name() == wanted.file_name())
    };
    if let Some(block) = blocks.iter().rev().find(carries_name) {
        return vec![block.clone()];
    }
    let ending = wanted.extension().unwrap_or_default().to_string_lossy();
    let is_of_it = |block: &&CodeBlock| {
        let lang = block.lang.as_deref().unwrap_or_default();
        code_block::is_language_of(lang, &ending)
    };
    let of_it: Vec<CodeBlock> = blocks.iter().filter(is_of_it).cloned().collect();
    if of_it.is_empty() {
        return blocks.to_vec();
    }
    of_it
}

/// Blocks one after the other, with an empty line between them.
fn joined(blocks: &[CodeBlock]) -> String {
    let codes = blocks.iter().map(|block| {
        let end = if block.code.ends_with('\n') { "" } else { "\n" };
        format!("{}{end}", block.code)
    });
    codes.collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn block(lang: &str, path: Option<&str>, code: &str) -> CodeBlock {
        CodeBlock {
            lang: Some(lang.into()),
            path: path.map(Into::into),
            code: code.into(),
        }
    }

    #[test]
    fn a_file_gets_the_code_that_is_meant_for_it() {
        let blocks = [
            block("bash", None, "cargo run"),
            block("rust", Some("src/a.rs"), "a\n"),
            block("rust", None, "b\n"),
        ];
        let of = |path: &str| joined(&code_for(path, &blocks));
        assert_eq!(of("a.rs"), "a\n");
        assert_eq!(of("c.rs"), "a\n\nb\n");
        assert_eq!(of("run.sh"), "cargo run\n");
        assert_eq!(of("x.py"), "cargo run\n\na\n\nb\n");
    }
}
