//! `POST /chat/completions`: the chunks and whole answers of every server that speaks this dialect.

use serde::Deserialize;

use super::account::word;
use super::scalars::{Count, Flag, Money, Presence, Text};
use super::shapes::{Fields, Rows, Words};
use crate::domain::chat::{AnswerHead, FinishReason, Usage};
use crate::domain::clean_text::CleanText;

/// One event of a stream, or a whole answer.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(in crate::openrouter) struct ChunkWire {
    id: Text,
    model: Text,
    provider: Text,
    pub(in crate::openrouter) choices: Rows<ChoiceWire>,
    pub(in crate::openrouter) usage: Fields<UsageWire>,
    pub(in crate::openrouter) error: Presence,
}

impl ChunkWire {
    /// Who answers, as far as this chunk says it.
    pub(in crate::openrouter) fn take_head(&mut self) -> AnswerHead {
        AnswerHead {
            generation_id: word(std::mem::take(&mut self.id)),
            model: word(std::mem::take(&mut self.model)),
            provider: word(std::mem::take(&mut self.provider)),
        }
    }
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(in crate::openrouter) struct ChoiceWire {
    pub(in crate::openrouter) index: Count,
    delta: Fields<SpokenWire>,
    message: Fields<SpokenWire>,
    finish_reason: Text,
    pub(in crate::openrouter) error: Presence,
}

impl ChoiceWire {
    /// What is said: in a stream `delta`, in a whole answer `message`. Servers mix them up.
    pub(in crate::openrouter) fn take_spoken(&mut self) -> SpokenWire {
        let message = self.message.0.take();
        self.delta.0.take().or(message).unwrap_or_default()
    }

    /// Why the model stopped; the empty word and written-out nulls say nothing.
    pub(in crate::openrouter) fn finish(&self) -> Option<FinishReason> {
        let word = CleanText::line(self.finish_reason.0.as_deref()?).shortened(60);
        Some(match word.to_ascii_lowercase().as_str() {
            "" | "null" | "none" => return None,
            "stop" => FinishReason::Stop,
            "length" => FinishReason::Length,
            "tool_calls" => FinishReason::ToolCalls,
            "content_filter" => FinishReason::ContentFilter,
            "error" => FinishReason::Error,
            _ => FinishReason::Other(word),
        })
    }
}

/// A piece of a message, or a whole one.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(in crate::openrouter) struct SpokenWire {
    content: Words,
    refusal: Text,
    reasoning: Text,
    reasoning_content: Text,
    reasoning_details: Rows<ReasoningWire>,
    tool_calls: Rows<ToolCallWire>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct ReasoningWire {
    text: Text,
    summary: Text,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct ToolCallWire {
    index: Count,
    function: Fields<FunctionWire>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct FunctionWire {
    name: Text,
}

impl SpokenWire {
    /// The answer's text; a refusal is the model's text too.
    pub(in crate::openrouter) fn text(&mut self) -> String {
        let mut text = take_joined(&mut self.content.0);
        text.push_str(self.refusal.0.as_deref().unwrap_or_default());
        text
    }

    /// The reasoning. OpenRouter says it twice, in `reasoning` and in its details; other servers
    /// once, under either name.
    pub(in crate::openrouter) fn reasoning(&mut self) -> String {
        let details = self.reasoning_details.0.take().unwrap_or_default();
        let mut detailed: Vec<String> = details
            .into_iter()
            .filter_map(|detail| detail.text.0.or(detail.summary.0))
            .collect();
        let detailed = take_joined(&mut detailed);
        if !detailed.is_empty() {
            return detailed;
        }
        let plain = self.reasoning.0.take().filter(|text| !text.is_empty());
        plain
            .or_else(|| self.reasoning_content.0.take())
            .unwrap_or_default()
    }

    /// The tools it asks for: number and name. The arguments come in pieces, and some servers
    /// repeat the name with each.
    pub(in crate::openrouter) fn tool_calls(&mut self) -> Vec<(u64, CleanText)> {
        let calls = self.tool_calls.0.take().unwrap_or_default();
        calls
            .into_iter()
            .filter_map(|call| {
                let name = word(call.function.0?.name)?;
                Some((call.index.0.unwrap_or_default(), name))
            })
            .collect()
    }
}

/// One text out of several; the usual single one is not copied.
fn take_joined(pieces: &mut Vec<String>) -> String {
    match pieces.as_mut_slice() {
        [only] => std::mem::take(only),
        several => several.concat(),
    }
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(in crate::openrouter) struct UsageWire {
    prompt_tokens: Count,
    completion_tokens: Count,
    cost: Money,
    is_byok: Flag,
    cost_details: Fields<CostDetailsWire>,
    prompt_tokens_details: Fields<PromptDetailsWire>,
    completion_tokens_details: Fields<CompletionDetailsWire>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct CostDetailsWire {
    upstream_inference_cost: Money,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct PromptDetailsWire {
    cached_tokens: Count,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct CompletionDetailsWire {
    reasoning_tokens: Count,
}

impl UsageWire {
    pub(in crate::openrouter) fn usage(self) -> Usage {
        let prompt = self.prompt_tokens_details.0.unwrap_or_default();
        let completion = self.completion_tokens_details.0.unwrap_or_default();
        // What the provider took is told of other requests, too: there it is a part of the cost.
        let upstream = self.cost_details.0.unwrap_or_default();
        let upstream = upstream
            .upstream_inference_cost
            .0
            .filter(|_| self.is_byok.0);
        Usage {
            prompt_tokens: self.prompt_tokens.0,
            completion_tokens: self.completion_tokens.0,
            reasoning_tokens: completion.reasoning_tokens.0,
            cached_tokens: prompt.cached_tokens.0,
            cost: self.cost.0,
            byok_cost: upstream,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::from_json;
    use super::*;
    use crate::domain::money::Usd;

    #[test]
    fn what_ran_on_an_own_provider_key_costs_no_credits() {
        let usage = |json: &str| from_json::<UsageWire>(json).unwrap().usage();
        let usd = |text: &str| Usd::parse(text);
        let own = usage(
            r#"{"cost":0.00005,"is_byok":true,"cost_details":{"upstream_inference_cost":0.001}}"#,
        );
        assert_eq!((own.cost, own.byok_cost), (usd("0.00005"), usd("0.001")));
        for other in [
            r#"{"cost":0.001,"is_byok":false,"cost_details":{"upstream_inference_cost":0.001}}"#,
            r#"{"cost":0.001,"cost_details":{"upstream_inference_cost":0.001}}"#,
            r#"{"cost":0.001,"is_byok":true,"cost_details":{"upstream_inference_cost":null}}"#,
            r#"{"cost":0.001,"is_byok":true,"cost_details":null}"#,
        ] {
            let other = usage(other);
            assert_eq!((other.cost, other.byok_cost), (usd("0.001"), None));
        }
    }
}
