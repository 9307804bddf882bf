//! An answer on its way out: its text or its code to stdout, or into files after what stands there was looked at.

use jiff::Timestamp;

use super::content::{content, is_only_words, joined};
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

const WROTE_LINE: Phrase = Phrase::new(
    "wrote {}: {} line added, {} removed",
    "已写入 {}：增加 {} 行，删除 {} 行",
);
const WROTE: Phrase = Phrase::new(
    "wrote {}: {} lines added, {} removed",
    "已写入 {}：增加 {} 行，删除 {} 行",
);
const UNCHANGED: Phrase = Phrase::new("{} holds this already", "{} 的内容已经如此");
const WRITE_IT: Phrase = Phrase::new("Write it?", "要写入吗？");
const NOT_WRITTEN: Phrase = Phrase::new("{} is not written: {}", "未写入 {}：{}");

/// What became of an answer.
#[derive(Default)]
pub(super) struct Delivered {
    /// The blocks of code in it, where anything asks for them.
    pub(super) blocks: Vec<CodeBlock>,
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

/// What the command line agrees to before anything is shown.
#[derive(Clone, Copy)]
pub(super) struct Agreed {
    /// A place outside of the project, behind a link out of it, or a file of settings.
    place: bool,
    /// Writing over what stands there, and what may be only a part.
    over: bool,
}

impl Agreed {
    /// To the one place that the person typed.
    pub(super) fn to_typed(flags: &AskFlags) -> Self {
        Self {
            place: flags.any_file,
            over: flags.overwrite,
        }
    }

    /// To places that a model names: nobody has seen them, so that no flag agrees to where they are.
    fn to_named_by_model(flags: &AskFlags) -> Self {
        Self {
            place: false,
            over: flags.overwrite,
        }
    }
}

/// Hands an answer over; `was_shown` when its text went to stdout as it came.
pub(super) async fn deliver(
    context: &Context,
    flags: &AskFlags,
    heard: &Heard,
    was_shown: bool,
) -> Delivered {
    let text = &heard.answer.text;
    let mut delivered = Delivered::default();
    if flags.json || flags.code || flags.answer_file.is_some() || flags.save_all {
        delivered.blocks = code_block::find(text);
    }
    let blocks = &delivered.blocks;
    let is_no_content = |path: &String| text.is_empty() || is_only_words(path, text);
    if (flags.code || flags.answer_file.as_ref().is_some_and(is_no_content)) && blocks.is_empty() {
        if !flags.json {
            out::beside(text);
        }
        delivered.lacks_code(false);
        return delivered;
    }
    if let Some(path) = &flags.answer_file {
        let is_whole = !heard.answer.is_cut_short();
        let plan = content(context, flags, path, (text, is_whole), blocks);
        let agreed = Agreed::to_typed(flags);
        delivered.write(context, flags, agreed, &plan).await;
        if delivered.trouble.is_some() && !flags.json {
            // It was paid for.
            Out::new().whole(&plan.code, context);
        }
        return delivered;
    }
    if !was_shown && !flags.json {
        if flags.code {
            Out::new().whole(&joined(blocks), context);
        } else {
            Out::new().whole(text, context);
        }
    }
    if flags.save_all {
        let plans = code_out::named(blocks);
        if plans.is_empty() {
            delivered.lacks_code(true);
        }
        let agreed = Agreed::to_named_by_model(flags);
        for plan in &plans {
            delivered.write(context, flags, agreed, plan).await;
        }
    }
    delivered
}

impl Delivered {
    /// Of an answer that broke off nothing is handed over.
    pub(super) fn broken(text: &str, trouble: Diagnosis) -> Self {
        Self {
            blocks: code_block::find(text),
            files: Vec::new(),
            trouble: Some(Box::new(trouble)),
        }
    }

    fn lacks_code(&mut self, named: bool) {
        let symptom = Symptom::NoCode { named };
        self.trouble = Some(Box::new(crate::cli::judged(&symptom)));
    }

    /// Writes a file, or tells why not; further files are not kept from being written.
    async fn write(
        &mut self,
        context: &Context,
        flags: &AskFlags,
        agreed: Agreed,
        plan: &CodePlan,
    ) {
        let path = CleanText::line(&plan.path).into_string();
        let outcome = match write(context, agreed, plan).await {
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
    agreed: Agreed,
    plan: &CodePlan,
) -> Result<IsNew, Box<Diagnosis>> {
    let lang = context.lang;
    let (review, prepared) = code_out::review(&context.scene, plan)?;
    if !review.is_unchanged {
        ask_for_the_rest(context, agreed, &review).await?;
    }
    let saved = code_out::write(&context.scene, prepared, Timestamp::now())?;
    if saved.was_unchanged {
        context.note(&UNCHANGED.fill(lang, &[&saved.shown]));
    } else {
        let counts = [&review.added as &dyn std::fmt::Display, &review.removed];
        let wrote = Phrase::counted(review.added as u64, WROTE_LINE, WROTE);
        context.note(&wrote.fill(lang, &[&saved.shown, counts[0], counts[1]]));
    }
    Ok(!saved.was_unchanged)
}

/// Shows what would change and asks, where it is not agreed to already and somebody is there.
async fn ask_for_the_rest(
    context: &Context,
    agreed: Agreed,
    review: &CodeReview,
) -> Result<(), Box<Diagnosis>> {
    let lacking = lacking(review, agreed);
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

/// What is not agreed to: the place, that something stands there, or that it may be only a part.
pub(super) fn lacking(review: &CodeReview, agreed: Agreed) -> Option<Box<Diagnosis>> {
    let place = review.doubts.iter().find(|doubt| is_of_place(**doubt));
    let place = place.filter(|_| !agreed.place);
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
    if review.doubts.contains(&Doubt::Unfinished) && !agreed.over {
        return Some(judged(FileProblem::Unfinished));
    }
    (review.is_over && !agreed.over).then(|| judged(FileProblem::Exists))
}

fn is_of_place(doubt: Doubt) -> bool {
    match doubt {
        Doubt::Outside | Doubt::LinkedOut | Doubt::EnvFile => true,
        Doubt::Unfinished | Doubt::Elided(_) | Doubt::Unseen(_) => false,
    }
}
