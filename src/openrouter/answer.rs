//! Chunks into pieces of an answer: what a server of any make says, told in one way.
//!
//! The end is told once, by [`Delta::Done`] or [`Delta::Broke`]; usage right before it, whichever
//! chunks it came on. A later null never takes back a finish reason, and an answer that just stops
//! is never taken for a finished one.

use jiff::Timestamp;
use reqwest::header::HeaderMap;
use serde_json::Value;

use super::refusal::{Circumstances, described_in};
use super::scrub::Scrub;
use super::sse::SseItem;
use super::wire::chat::{ChoiceWire, ChunkWire};
use super::wire::from_json;
use crate::domain::chat::{AnswerHead, Delta, Usage};
use crate::domain::clean_text::CleanText;
use crate::domain::symptom::{NO_EVENT, NetworkTrouble, Refusal, Symptom, Whose};

/// Reads one answer.
#[derive(Debug)]
pub(super) struct AnswerReader {
    headers: HeaderMap,
    received: Timestamp,
    scrub: Scrub,
    has_head: bool,
    has_text: bool,
    progress: Progress,
    /// Of several parallel answers the first one met is ours; one was asked for.
    choice: Option<u64>,
    /// Those that were told: number and name.
    tool_calls: Vec<(u64, CleanText)>,
    usage: Option<Usage>,
    /// No more bytes come: what is still to be read is the rest.
    is_rest: bool,
}

/// How far the answer has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Progress {
    /// The model may say more.
    Open,
    /// It said why it stopped; usage may follow.
    Finished,
    /// The end was told.
    Over,
}

impl AnswerReader {
    pub(super) fn new(headers: &HeaderMap, received: Timestamp, scrub: &Scrub) -> Self {
        Self {
            headers: headers.clone(),
            received,
            scrub: scrub.clone(),
            has_head: false,
            has_text: false,
            progress: Progress::Open,
            choice: None,
            tool_calls: Vec::new(),
            usage: None,
            is_rest: false,
        }
    }

    /// The bytes have ended: the items that still come are what they left half said.
    pub(super) fn begin_rest(&mut self) {
        self.is_rest = true;
    }

    /// Nothing more can follow.
    pub(super) fn is_over(&self) -> bool {
        self.progress == Progress::Over
    }

    /// One item of a stream.
    pub(super) fn item(&mut self, item: SseItem, deltas: &mut Vec<Delta>) {
        if self.is_over() {
            return;
        }
        match item {
            SseItem::Comment(_) => deltas.push(Delta::KeepAlive),
            SseItem::Event { name, data } => match data.trim() {
                "" => {}
                "[DONE]" => self.done(deltas),
                data => self.chunk(data, name == "error", deltas),
            },
            SseItem::Stray(line) => self.stray(&line, deltas),
        }
    }

    /// A line that belongs to no event: older builds of llama.cpp write `error: {…}`, some servers
    /// a bare JSON object.
    fn stray(&mut self, line: &str, deltas: &mut Vec<Delta>) {
        let json = line.strip_prefix("error:").unwrap_or(line).trim();
        if json.starts_with('{') {
            self.chunk(json, json.len() < line.len(), deltas);
        }
    }

    fn chunk(&mut self, json: &str, is_error: bool, deltas: &mut Vec<Delta>) {
        let mut chunk = match from_json::<ChunkWire>(json) {
            Ok(chunk) => chunk,
            Err(_) if is_error => {
                return self.broke(self.refusal_of(json, &Value::from(json)), deltas);
            }
            Err(error) => {
                // An event that the end of the bytes tore in two is a connection's end; one that has an end and is no
                // event is the server's.
                let what = if error.is_eof() && self.is_rest {
                    "a torn event"
                } else {
                    NO_EVENT
                };
                let words = format!("{what}: {}", self.scrub.snippet(json));
                return self.cut(&words, deltas);
            }
        };
        let error = self.error_in(json, &chunk, is_error, true);
        self.take_in(&mut chunk, deltas);
        match error {
            Some(refusal) => self.broke(refusal, deltas),
            None => self.finish_if_told(&chunk, deltas),
        }
    }

    /// A whole answer, where one came instead of a stream or was asked for.
    pub(super) fn whole(&mut self, json: &str, deltas: &mut Vec<Delta>) -> serde_json::Result<()> {
        let mut chunk: ChunkWire = from_json(json)?;
        let error = self.error_in(json, &chunk, false, false);
        let has_choices = chunk.choices.0.is_some();
        self.take_in(&mut chunk, deltas);
        match error {
            Some(refusal) => self.broke(refusal, deltas),
            None if has_choices => {
                self.finish_if_told(&chunk, deltas);
                self.done(deltas);
            }
            None => {
                let symptom = Symptom::Misshapen {
                    status: 200,
                    detail: self.scrub.snippet(&format!("no choices: {json}")),
                    // The stream knows, and says it.
                    whose: Whose::default(),
                };
                self.end_with(Delta::Broke(Box::new(symptom)), deltas);
            }
        }
        Ok(())
    }

    /// The bytes have ended.
    pub(super) fn end(&mut self, deltas: &mut Vec<Delta>) {
        if self.is_over() {
            return;
        }
        if self.progress == Progress::Finished {
            self.done(deltas);
        } else {
            self.cut("it ended before the model said that it was done", deltas);
        }
    }

    /// The bytes cannot be had any more.
    pub(super) fn fail(&mut self, symptom: Symptom, deltas: &mut Vec<Delta>) {
        if self.is_over() {
            return;
        }
        if self.progress == Progress::Finished {
            // The answer is complete; only its usage may be missing.
            return self.done(deltas);
        }
        match symptom {
            Symptom::Network {
                trouble, detail, ..
            } if self.has_head || self.has_text => {
                let how = match trouble {
                    NetworkTrouble::IdleTimeout => "silence",
                    NetworkTrouble::Reset => "connection closed",
                    _ => "connection failed",
                };
                self.cut(&format!("{how}: {detail}"), deltas);
            }
            symptom => self.end_with(Delta::Broke(Box::new(symptom)), deltas),
        }
    }

    /// What could not be read at all.
    pub(super) fn cut(&mut self, how: &str, deltas: &mut Vec<Delta>) {
        let symptom = Symptom::StreamCut {
            had_text: self.has_text,
            detail: self.scrub.line(how).shortened(400),
        };
        self.end_with(Delta::Broke(Box::new(symptom)), deltas);
    }

    fn take_in(&mut self, chunk: &mut ChunkWire, deltas: &mut Vec<Delta>) {
        if !self.has_head {
            let head = chunk.take_head();
            if chunk.choices.0.is_some() || head.generation_id.is_some() {
                self.has_head = true;
                deltas.push(Delta::Started(self.complete(head)));
            }
        }
        if let Some(usage) = chunk.usage.0.take() {
            self.add_usage(&usage.usage());
        }
        if let Some(choice) = self.ours(chunk) {
            let mut spoken = choice.take_spoken();
            let reasoning = spoken.reasoning();
            let text = spoken.text();
            let has_words = !reasoning.is_empty() || !text.is_empty();
            if !reasoning.is_empty() {
                say(Delta::Reasoning(reasoning), deltas);
            }
            if !text.is_empty() {
                say(Delta::Text(text), deltas);
            }
            for call in spoken.tool_calls() {
                if !self.tool_calls.contains(&call) {
                    deltas.push(Delta::ToolCall(call.1.clone()));
                    self.tool_calls.push(call);
                }
            }
            self.has_text |= has_words;
        }
    }

    /// A server that names no id in its chunks may name it in a header.
    fn complete(&self, mut head: AnswerHead) -> AnswerHead {
        head.generation_id = head.generation_id.or_else(|| self.id_of_headers());
        head
    }

    /// What the headers tell of who answers.
    pub(super) fn head(&self) -> Option<AnswerHead> {
        let generation_id = Some(self.id_of_headers()?);
        Some(AnswerHead {
            generation_id,
            ..AnswerHead::default()
        })
    }

    fn id_of_headers(&self) -> Option<CleanText> {
        let header = self.headers.get("x-generation-id");
        header
            .and_then(|value| value.to_str().ok())
            .map(CleanText::line)
            .filter(|id| !id.is_empty())
    }

    fn ours<'a>(&mut self, chunk: &'a mut ChunkWire) -> Option<&'a mut ChoiceWire> {
        let choices = chunk.choices.0.as_mut()?;
        let first = choices.first()?.index.0.unwrap_or(0);
        let ours = *self.choice.get_or_insert(first);
        choices
            .iter_mut()
            .find(|choice| choice.index.0.is_none_or(|index| index == ours))
    }

    fn finish_if_told(&mut self, chunk: &ChunkWire, deltas: &mut Vec<Delta>) {
        if self.progress == Progress::Finished {
            return;
        }
        let ours = self.choice;
        let choices = chunk.choices.0.iter().flatten();
        let reason = choices
            .filter(|choice| choice.index.0.is_none_or(|index| Some(index) == ours))
            .find_map(ChoiceWire::finish);
        if let Some(reason) = reason {
            self.progress = Progress::Finished;
            deltas.push(Delta::Finished(reason));
        }
    }

    /// Usage may come on every chunk, as running totals, or in parts.
    fn add_usage(&mut self, newer: &Usage) {
        let older = self.usage.take().unwrap_or_default();
        self.usage = Some(Usage {
            prompt_tokens: newer.prompt_tokens.or(older.prompt_tokens),
            completion_tokens: newer.completion_tokens.or(older.completion_tokens),
            reasoning_tokens: newer.reasoning_tokens.or(older.reasoning_tokens),
            cached_tokens: newer.cached_tokens.or(older.cached_tokens),
            cost: newer.cost.or(older.cost),
            byok_cost: newer.byok_cost.or(older.byok_cost),
        });
    }

    /// The error that a chunk describes beside its choices, in one of them, or instead of them.
    fn error_in(
        &self,
        json: &str,
        chunk: &ChunkWire,
        is_error: bool,
        mid_stream: bool,
    ) -> Option<Refusal> {
        let choices = chunk.choices.0.as_ref();
        let in_choice = choices.is_some_and(|list| list.iter().any(|choice| choice.error.0));
        let is_bare = choices.is_none() && chunk.usage.0.is_none();
        if !(is_error || chunk.error.0 || in_choice || is_bare) {
            return None;
        }
        let body: Value = from_json(json).ok()?;
        let at = self.circumstances(mid_stream);
        let in_choices = || {
            let mut list = body.get("choices")?.as_array()?.iter();
            list.find_map(|choice| described_in(choice, &at, &self.scrub))
        };
        described_in(&body, &at, &self.scrub)
            .or_else(in_choices)
            .or_else(|| is_error.then(|| self.refusal_of(json, &body)))
    }

    /// An event that is called an error, whatever it says.
    fn refusal_of(&self, raw: &str, body: &Value) -> Refusal {
        let at = self.circumstances(true);
        let mut refusal = super::refusal::of_status(body, &at, &self.scrub);
        if refusal.message.is_empty() {
            refusal.message = self.scrub.snippet(raw);
        }
        refusal
    }

    fn circumstances(&self, mid_stream: bool) -> Circumstances<'_> {
        Circumstances {
            status: 200,
            headers: &self.headers,
            received: self.received,
            mid_stream,
        }
    }

    fn broke(&mut self, refusal: Refusal, deltas: &mut Vec<Delta>) {
        let symptom = Symptom::Refused(Box::new(refusal));
        self.end_with(Delta::Broke(Box::new(symptom)), deltas);
    }

    fn done(&mut self, deltas: &mut Vec<Delta>) {
        self.end_with(Delta::Done, deltas);
    }

    fn end_with(&mut self, last: Delta, deltas: &mut Vec<Delta>) {
        deltas.extend(self.usage.take().map(Delta::Usage));
        deltas.push(last);
        self.progress = Progress::Over;
    }
}

/// Tells a piece. What arrived together is told together: who listens draws or writes once for it.
fn say(piece: Delta, deltas: &mut Vec<Delta>) {
    match (deltas.last_mut(), &piece) {
        (Some(Delta::Text(said)), Delta::Text(more))
        | (Some(Delta::Reasoning(said)), Delta::Reasoning(more)) => said.push_str(more),
        _ => deltas.push(piece),
    }
}

#[cfg(test)]
mod tests;
