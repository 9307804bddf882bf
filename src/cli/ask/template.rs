//! `onramp ask --template`: the question of a template. One that the project brings is shown before it is used.

use super::Failed;
use super::question::{self, Words};
use crate::cli::args::AskFlags;
use crate::cli::beside::beside;
use crate::cli::confirm;
use crate::cli::context::Context;
use crate::cli::output::{Failure, complain};
use crate::domain::clean_text::CleanText;
use crate::domain::source::Source;
use crate::domain::symptom::Symptom;
use crate::domain::template::Origin;
use crate::flow::talk::TemplateWanted;
use crate::jobs::templates::{self, Unfilled};
use crate::text::{Phrase, Said};

const WANTS_MORE: Phrase = Phrase::new(
    "the template {} wants a question: onramp ask -t {} \"…\"",
    "模板 {} 需要问题内容：onramp ask -t {} \"…\"",
);
const FOREIGN: Phrase = Phrase::new(
    "the template {} is the project's, somebody else's words; --trust-template sends it without showing it",
    "模板 {} 来自项目，由他人编写；--trust-template 可不经显示直接发送",
);
const SEND_IT: Phrase = Phrase::new(
    "The project's template makes this question of it. Send it?",
    "项目的模板生成了以上问题。发送吗？",
);
const NOT_SENT: Phrase = Phrase::new("nothing was sent", "没有发送任何内容");

/// The question that a template makes of what was typed, and the files that it names; `None` where the person does
/// not want it.
pub(super) async fn question(
    context: &Context,
    flags: &AskFlags,
    name: &str,
    words: &Words,
) -> Result<Option<(String, Vec<Source>)>, Failed> {
    let wanted = TemplateWanted {
        name: name.to_owned(),
        typed: words.typed.clone(),
        piped: words.piped.clone(),
        sources: question::sources(context, flags, words),
        lang: context.lang,
    };
    let scene = context.scene.clone();
    let filled = beside(move || templates::fill(&scene, &wanted)).await;
    let filled = filled.map_err(|unfilled| match unfilled {
        Unfilled::Unknown(said) => Failed::Ended(Failure::Usage(said)),
        Unfilled::Bad(said) => Failed::Asked(Symptom::BadTemplate(said)),
    })?;
    let shown = CleanText::line(name);
    if filled.wants_input {
        return Err(Failure::Usage(Said::new(WANTS_MORE, &[&shown, &shown])).into());
    }
    if filled.origin == Origin::Project && !flags.trust_template {
        if !confirm::is_somebody_there() {
            return Err(Failure::Usage(Said::new(FOREIGN, &[&shown])).into());
        }
        complain(&format!("{}\n\n", filled.text));
        if let Some(said) = filled.unseen_said() {
            context.note(&said.say(context.lang));
        }
        if !confirm::ask_beside(context, SEND_IT, false).await {
            context.note(NOT_SENT.say(context.lang));
            return Ok(None);
        }
    }
    Ok(Some((filled.sent, filled.named)))
}
