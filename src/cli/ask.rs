//! `onramp ask`: one answer, streamed to stdout or written into files; what it cost goes to stderr.
//!
//! ```text
//! Words ─ gathered with its files ─> Ready ─ may it go? ─> put ─> heard ─> delivered
//!                                      └ --estimate: told, and nothing is sent
//! ```

mod consent;
mod content;
mod deliver;
mod estimate;
mod json;
mod out;
mod question;
mod ready;
mod template;

use std::pin::pin;

use futures_util::future::{Either, select};
use jiff::Timestamp;

use self::deliver::Delivered;
use self::json::{AnswerJson, ErrorJson};
use self::out::Out;
use self::question::Words;
use self::ready::Ready;
use super::args::AskFlags;
use super::context::Context;
use super::output::{DiagnosisJson, Failure, Outcome, print_json};
use crate::domain::chat::Delta;
use crate::domain::diagnosis::Diagnosis;
use crate::domain::spend::Purpose;
use crate::domain::symptom::Symptom;
use crate::jobs::answer::{self, Heard};
use crate::jobs::recorder::Recorder;
use crate::jobs::unfinished::complete_unfinished;
use crate::jobs::wrong_path::or_wrong_path;
use crate::jobs::{access, near_models};
use crate::openrouter::OpenRouter;

pub(super) async fn run(context: &Context, mut flags: AskFlags) -> Outcome {
    // As everywhere on a command line.
    flags.answer_file = flags.answer_file.filter(|file| file != "-");
    let mut words = Words::read(context, &flags).await?;
    let diagnosis = match ask(context, &flags, &mut words).await {
        // The reader closed the pipe and wants no more, nor does anybody else: the request ended with it.
        Ok(()) | Err(Failed::NobodyReads) => return Ok(()),
        Err(Failed::Ended(failure)) => return Err(failure),
        Err(Failed::Asked(symptom)) => Box::new(super::judged(&symptom)),
        Err(Failed::Judged(diagnosis)) => diagnosis,
    };
    if flags.json {
        print_json(&ErrorJson {
            error: DiagnosisJson::of(&diagnosis, context.lang),
        });
        return Err(Failure::Silent(diagnosis.kind.exit_code()));
    }
    Err(diagnosis.into())
}

/// Why there is no answer, or not all that was asked for.
enum Failed {
    /// What was seen.
    Asked(Symptom),
    /// What it means is known already.
    Judged(Box<Diagnosis>),
    /// All that there is to say was said, or is said of the command line.
    Ended(Failure),
    NobodyReads,
}

impl From<Symptom> for Failed {
    fn from(symptom: Symptom) -> Self {
        Self::Asked(symptom)
    }
}

impl From<Box<Diagnosis>> for Failed {
    fn from(diagnosis: Box<Diagnosis>) -> Self {
        Self::Judged(diagnosis)
    }
}

impl From<Failure> for Failed {
    fn from(failure: Failure) -> Self {
        Self::Ended(failure)
    }
}

async fn ask(context: &Context, flags: &AskFlags, words: &mut Words) -> Result<(), Failed> {
    if let Some(name) = &flags.template {
        let Some((made, named)) = template::question(context, flags, name, words).await? else {
            return Ok(());
        };
        words.made = Some(made);
        words.named = named;
    }
    let words = &*words;
    if flags.estimate {
        return estimate::tell(context, flags, words).await;
    }
    consent::target(context, flags)?;
    let access = context.access()?;
    let client = access.client(&context.scene.network)?;
    let answered = async {
        let ready = Ready::make(context, flags, words, &access, &client).await?;
        consent::to_send(context, flags, &ready, &access).await?;
        let put = put(context, flags, &ready, &client).await;
        if !matches!(put, Err(Failed::NobodyReads)) {
            out::tell_retirement(context, &access, &ready.request.model);
        }
        put
    };
    match answered.await {
        Err(Failed::Asked(symptom)) => {
            let symptom = access::or_no_key(symptom, access.key.as_ref());
            Err(Failed::Asked(or_wrong_path(symptom, &client).await))
        }
        answered => answered,
    }
}

async fn put(
    context: &Context,
    flags: &AskFlags,
    ready: &Ready,
    client: &OpenRouter,
) -> Result<(), Failed> {
    let recorder = context.recorder(Purpose::Ask);
    let question = put_question(context, flags, ready, client, &recorder);
    // Beside the answer, and no longer than it: what became of requests that were cut off.
    let earlier = complete_unfinished(client, &recorder, Timestamp::now());
    let outcome = match select(pin!(question), pin!(earlier)).await {
        Either::Left((outcome, _)) => outcome,
        Either::Right(((), question)) => question.await,
    };
    match outcome {
        Err(Failed::Asked(symptom)) => {
            let model = &ready.request.model;
            let symptom = near_models::with_near(symptom, model, client).await;
            Err(Failed::Asked(symptom))
        }
        outcome => outcome,
    }
}

async fn put_question(
    context: &Context,
    flags: &AskFlags,
    ready: &Ready,
    client: &OpenRouter,
    recorder: &Recorder,
) -> Result<(), Failed> {
    let request = &ready.request;
    let streams = !flags.json && !flags.no_stream && !flags.code && flags.answer_file.is_none();
    let heard = if streams {
        stream(context, flags, ready, client, recorder).await?
    } else if flags.no_stream {
        answer::ask_at_once(client, request, Some(recorder)).await?
    } else {
        match answer::ask(client, request, Some(recorder), |_| {}).await {
            Ok(heard) => heard,
            Err((symptom, partial)) if has_come(&partial) => {
                return Err(tell_partial(context, flags, ready, &partial, symptom));
            }
            Err((symptom, _)) => return Err(symptom.into()),
        }
    };
    let mut delivered = deliver::deliver(context, flags, &heard, streams).await;
    // Whoever has a part written by force knows that it is one.
    if delivered.trouble.is_none() && !flags.overwrite {
        let shortcoming = answer::shortcoming(&heard.answer);
        delivered.trouble = shortcoming.map(|symptom| Box::new(super::judged(&symptom)));
    }
    let trouble = delivered.trouble.as_deref();
    if flags.json {
        print_json(&AnswerJson::of(&heard, ready, &delivered, context.lang));
    } else {
        out::tell_cost(context, &heard, request);
    }
    match trouble {
        None => Ok(()),
        Some(trouble) if flags.json => Err(Failure::Silent(trouble.kind.exit_code()).into()),
        Some(_) => Err(delivered
            .trouble
            .into_iter()
            .next()
            .map_or(Failed::NobodyReads, Failed::Judged)),
    }
}

async fn stream(
    context: &Context,
    flags: &AskFlags,
    ready: &Ready,
    client: &OpenRouter,
    recorder: &Recorder,
) -> Result<Heard, Failed> {
    let request = &ready.request;
    let mut out = Out::new();
    let closed = tokio::sync::Notify::new();
    let heard = |delta: &Delta| {
        if let Delta::Text(text) = delta
            && !out.write(text)
            // Files are wanted, whoever reads.
            && !flags.save_all
        {
            closed.notify_one();
        }
    };
    let outcome = tokio::select! {
        outcome = answer::ask(client, request, Some(recorder), heard) => outcome,
        () = closed.notified() => return Err(Failed::NobodyReads),
    };
    match outcome {
        Ok(whole) => {
            out.end(context);
            Ok(whole)
        }
        Err((symptom, partial)) => {
            if has_come(&partial) {
                out.end(context);
                out::tell_cost(context, &partial, request);
            }
            Err(symptom.into())
        }
    }
}

/// Whether anything came of an answer that broke off: words, or what it cost.
fn has_come(partial: &Heard) -> bool {
    partial.pieces > 0 || partial.answer.usage.is_some()
}

/// What came of an answer that broke off is not lost: it was paid for.
fn tell_partial(
    context: &Context,
    flags: &AskFlags,
    ready: &Ready,
    partial: &Heard,
    symptom: Symptom,
) -> Failed {
    if !flags.json {
        out::beside(&partial.answer.text);
        out::tell_cost(context, partial, &ready.request);
        return symptom.into();
    }
    let trouble = super::judged(&symptom);
    let code = trouble.kind.exit_code();
    let delivered = Delivered::broken(&partial.answer.text, trouble);
    print_json(&AnswerJson::of(partial, ready, &delivered, context.lang));
    Failure::Silent(code).into()
}
