//! One model of the list, and what the API says of it.

use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};
use serde_json::{Value, json};

use super::clock::{day_of, start_of};
use super::price::Price;
use super::provider::Provider;

/// A model that can be asked for, one per variant.
#[derive(Clone, Debug)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "independent claims, each a word of the table"
)]
pub(super) struct Model {
    /// What a request names: `author/slug`, with the variant.
    pub(super) id: String,
    /// The permanent slug: what activity and guardrails use.
    pub(super) canonical: String,
    /// `Author: Name`.
    pub(super) name: String,
    /// The tokenizer's name.
    pub(super) tokenizer: &'static str,
    /// The day it was published.
    pub(super) published: Date,
    /// Tokens it takes, question and answer together.
    pub(super) context: Option<u64>,
    /// The longest answer.
    pub(super) max_completion: Option<u64>,
    /// What it costs at its first provider.
    pub(super) price: Price,
    /// What it reads: letters of [`MODALITIES`].
    pub(super) reads: &'static str,
    /// What it writes.
    pub(super) writes: &'static str,
    /// Whether it reasons.
    pub(super) thinking: Thinking,
    /// It calls tools.
    pub(super) has_tools: bool,
    /// It keeps to a JSON schema.
    pub(super) has_schema: bool,
    /// What it is asked passes a moderation first.
    pub(super) is_moderated: bool,
    /// The end of what it has read.
    pub(super) cutoff: Option<&'static str>,
    /// Days from today until it is retired.
    pub(super) expires_in: Option<i64>,
    /// Every provider that serves it may train on prompts.
    pub(super) trains: bool,
    /// Who serves it; the first one sets the price.
    pub(super) providers: Vec<&'static Provider>,
    /// The model behind an alias: its id and name.
    pub(super) alias_of: Option<(String, String)>,
}

/// Whether a model reasons before it answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Thinking {
    /// Never.
    None,
    /// Unless told not to.
    Usual,
    /// Always.
    Always,
}

/// Letters of the table and the modalities they stand for.
const MODALITIES: [(char, &str); 6] = [
    ('t', "text"),
    ('i', "image"),
    ('f', "file"),
    ('a', "audio"),
    ('v', "video"),
    ('e', "embeddings"),
];

/// The modalities behind some letters.
pub(super) fn modalities(letters: &str) -> Vec<&'static str> {
    letters
        .chars()
        .filter_map(|letter| MODALITIES.iter().find(|(known, _)| *known == letter))
        .map(|(_, word)| *word)
        .collect()
}

impl Model {
    /// Before the slash.
    pub(super) fn author(&self) -> &str {
        self.id.split('/').next().unwrap_or_default()
    }

    /// Routes to another model: it answers nothing itself.
    pub(super) fn is_router(&self) -> bool {
        self.author() == "openrouter"
    }

    /// Costs nothing: limits of free models apply.
    pub(super) fn is_free(&self) -> bool {
        self.price.is_free()
    }

    /// Answers with text.
    pub(super) fn writes_text(&self) -> bool {
        self.writes.contains('t')
    }

    /// The longest answer after a prompt of so many tokens, as the check of the credits assumes it
    /// when the request names none.
    pub(super) fn room_after(&self, prompt_tokens: u64) -> u64 {
        let context = self.context.unwrap_or(128_000);
        let room = context.saturating_sub(prompt_tokens).max(1);
        self.max_completion.map_or(room, |most| most.min(room))
    }

    /// The parameters it heeds.
    pub(super) fn parameters(&self) -> Vec<&'static str> {
        let mut known = vec!["max_tokens", "seed"];
        // OpenAI's reasoning models take no sampling parameters.
        if !(self.author() == "openai" && self.thinking != Thinking::None) {
            known.extend(["frequency_penalty", "presence_penalty", "stop"]);
            known.extend(["temperature", "top_p"]);
        }
        if !matches!(
            self.author(),
            "openai" | "anthropic" | "google" | "openrouter"
        ) {
            known.extend(["logit_bias", "min_p", "repetition_penalty", "top_k"]);
        }
        if self.thinking != Thinking::None {
            known.extend(["include_reasoning", "reasoning"]);
        }
        if self.has_tools {
            known.extend(["tool_choice", "tools"]);
        }
        if self.has_schema {
            known.extend(["response_format", "structured_outputs"]);
        }
        known.sort_unstable();
        known
    }

    /// One row of `GET /models`.
    pub(super) fn to_json(&self, now: Timestamp) -> Value {
        let mut row = json!({
            "id": self.id,
            "canonical_slug": self.canonical,
            "name": self.name,
            "created": start_of(self.published).as_second(),
            "description": self.description(),
            "context_length": self.context,
            "architecture": self.architecture(),
            "pricing": self.price.to_json(),
            "top_provider": {
                "context_length": self.context,
                "max_completion_tokens": self.max_completion,
                "is_moderated": self.is_moderated,
            },
            "per_request_limits": null,
            "supported_parameters": self.parameters(),
            "default_parameters": self.default_parameters(),
            "supported_voices": null,
            "links": { "details": format!("/api/v1/models/{}/endpoints", self.id) },
            "expiration_date": self.expiration(now),
            "knowledge_cutoff": self.cutoff,
            "hugging_face_id": null,
        });
        if self.thinking != Thinking::None {
            row["reasoning"] = json!({
                "mandatory": self.thinking == Thinking::Always,
                "supported_efforts": ["high", "medium", "low"],
                "default_effort": "medium",
                "default_enabled": true,
            });
        }
        if let Some((slug, name)) = &self.alias_of {
            row["alias_target"] = json!({ "slug": slug, "name": name });
        }
        row
    }

    /// `architecture` of a model.
    pub(super) fn architecture(&self) -> Value {
        let (reads, writes) = (modalities(self.reads), modalities(self.writes));
        let instruct_type = (self.tokenizer == "Llama3").then_some("llama3");
        json!({
            "modality": format!("{}->{}", reads.join("+"), writes.join("+")),
            "input_modalities": reads,
            "output_modalities": writes,
            "tokenizer": self.tokenizer,
            "instruct_type": instruct_type,
        })
    }

    /// A sentence about it, made of its traits.
    pub(super) fn description(&self) -> String {
        if let Some((slug, _)) = &self.alias_of {
            return format!("Always the newest model of its family, today `{slug}`.");
        }
        if self.is_router() {
            return "Chooses a model for every request; the answer names it.".to_owned();
        }
        let mut can = Vec::new();
        match self.thinking {
            Thinking::Always => can.push("reasons before it answers"),
            Thinking::Usual => can.push("can reason before it answers"),
            Thinking::None => {}
        }
        if self.has_tools {
            can.push("calls tools");
        }
        if self.reads.contains('i') {
            can.push("reads images");
        }
        if self.writes.contains('i') {
            can.push("draws images");
        }
        if can.is_empty() {
            can.push("answers in text");
        }
        format!("{} {}.", self.name.replace(": ", "'s "), can.join(", "))
    }

    /// The day of its retirement, where that is planned.
    fn expiration(&self, now: Timestamp) -> Option<String> {
        let days = self.expires_in?;
        Some(day_of(now).saturating_add(days.days()).to_string())
    }

    fn default_parameters(&self) -> Value {
        match (self.thinking, self.author()) {
            (_, "openai" | "openrouter") => Value::Null,
            (Thinking::None, _) => json!({ "temperature": null, "top_p": null }),
            _ => json!({ "temperature": 1, "top_p": 0.95, "frequency_penalty": null }),
        }
    }
}
