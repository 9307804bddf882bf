//! One answer, put together from what streams in.

use std::time::{Duration, Instant};

use crate::diagnosis;
use crate::domain::chat::{Answer, ChatRequest, Delta, FinishReason, Usage};
use crate::domain::symptom::{Refusal, Symptom};
use crate::jobs::recorder::{Entry, Recorder};
use crate::openrouter::{ChatStream, OpenRouter};

/// An answer as it stands, whole or as much as came, and how it came.
#[derive(Clone, Debug, Default)]
pub struct Heard {
    /// The answer.
    pub answer: Answer,
    /// From the request to the first piece of text or reasoning.
    pub first_token: Option<Duration>,
    /// From the request to the end.
    pub took: Duration,
    /// Signs of life from the server before and between the pieces.
    pub keep_alives: usize,
    /// Pieces of text and reasoning, as they arrived.
    pub pieces: usize,
}

/// Asks and listens; each delta is told as it comes. The ledger is told of it where there is a recorder;
/// dropping the future stops the request, and the ledger learns that too.
///
/// # Errors
/// What was seen, with whatever had come by then.
pub async fn ask(
    client: &OpenRouter,
    request: &ChatRequest,
    recorder: Option<&Recorder>,
    mut tell: impl FnMut(&Delta),
) -> Result<Heard, (Symptom, Heard)> {
    let mut entry = Entry::begin(recorder, client, request);
    entry.written().await;
    let outcome = listen(client.chat(request), &mut entry, &mut tell).await;
    let (heard, symptom) = match &outcome {
        Ok(heard) => (heard, None),
        Err((symptom, heard)) => (heard, Some(symptom)),
    };
    log(client, request, heard, symptom);
    entry.ended(heard, symptom);
    outcome
}

async fn listen(
    asked: impl Future<Output = Result<ChatStream, Symptom>>,
    entry: &mut Entry,
    tell: &mut impl FnMut(&Delta),
) -> Result<Heard, (Symptom, Heard)> {
    let mut heard = Heard::default();
    let began = Instant::now();
    let mut stream = match asked.await {
        Ok(stream) => stream,
        Err(symptom) => return Err((symptom, heard)),
    };
    if let Some(head) = stream.head() {
        // Long before a model that thinks says its first word.
        entry.started(&head);
    }
    while let Some(delta) = stream.next().await {
        match &delta {
            Delta::Text(_) | Delta::Reasoning(_) => {
                heard.first_token.get_or_insert_with(|| began.elapsed());
                heard.pieces += 1;
                entry.spoke();
            }
            Delta::KeepAlive => heard.keep_alives += 1,
            Delta::Started(who) => entry.started(who),
            _ => {}
        }
        tell(&delta);
        heard.took = began.elapsed();
        match delta {
            Delta::Broke(symptom) => return Err((*symptom, heard)),
            delta => heard.answer.absorb(delta),
        }
    }
    match failed_at_the_end(&heard.answer) {
        Some(symptom) => Err((symptom, heard)),
        None => Ok(heard),
    }
}

/// What an answer that ended without an error lacks: words, or its end, which a content filter took. `None`: nothing.
pub fn shortcoming(answer: &Answer) -> Option<Symptom> {
    if answer.finish == Some(FinishReason::ContentFilter) {
        return Some(Symptom::Refused(Box::new(Refusal {
            code: Some("content_filter".into()),
            message: "finish_reason: content_filter".into(),
            provider: answer.head.provider.clone(),
            mid_stream: true,
            ..Refusal::default()
        })));
    }
    // One that was cut in its thoughts says so by its length.
    let is_wordless = answer.text.trim().is_empty() && !answer.is_cut_short();
    is_wordless.then(|| Symptom::Wordless {
        tool: answer.tool_calls.first().cloned(),
    })
}

/// An answer whose finish reason says that it failed, without an error that says why.
fn failed_at_the_end(answer: &Answer) -> Option<Symptom> {
    let failed = answer.finish == Some(FinishReason::Error);
    failed.then(|| {
        Symptom::Refused(Box::new(Refusal {
            message: "finish_reason: error".into(),
            provider: answer.head.provider.clone(),
            mid_stream: true,
            ..Refusal::default()
        }))
    })
}

/// The same without streaming.
///
/// # Errors
/// What was seen.
pub async fn ask_at_once(
    client: &OpenRouter,
    request: &ChatRequest,
    recorder: Option<&Recorder>,
) -> Result<Heard, Symptom> {
    let mut entry = Entry::begin(recorder, client, request);
    entry.written().await;
    let outcome = listen(client.chat_at_once(request), &mut entry, &mut |_| {}).await;
    // It came in one piece, and what came of a broken one is no answer.
    let (mut heard, symptom) = match outcome {
        Ok(heard) => (heard, None),
        Err((symptom, heard)) => (heard, Some(symptom)),
    };
    heard.first_token = None;
    log(client, request, &heard, symptom.as_ref());
    entry.ended(&heard, symptom.as_ref());
    match symptom {
        None => Ok(heard),
        Some(symptom) => Err(symptom),
    }
}

/// What was asked of whom and how it ended, for the log: no word of the question or the answer.
fn log(client: &OpenRouter, request: &ChatRequest, heard: &Heard, symptom: Option<&Symptom>) {
    let usage = heard.usage();
    tracing::debug!(
        server = %client.base(),
        model = ?request.model,
        ms = heard.took.as_millis(),
        prompt_tokens = usage.prompt_tokens,
        completion_tokens = usage.completion_tokens,
        trouble = symptom.map(|symptom| diagnosis::explain(symptom).id),
        "asked for an answer"
    );
}

impl Heard {
    /// What it used, as far as the server said.
    pub fn usage(&self) -> Usage {
        self.answer.usage.clone().unwrap_or_default()
    }

    /// Tokens a second between the first token and the end; `None` when too little came to tell.
    pub fn tokens_per_second(&self) -> Option<f64> {
        let span = self.took.checked_sub(self.first_token?)?.as_secs_f64();
        let tokens = self.usage().completion_tokens?;
        if span < 0.05 || tokens < 5 {
            return None;
        }
        #[expect(clippy::cast_precision_loss, reason = "a rate for the eye")]
        Some(tokens as f64 / span)
    }
}
