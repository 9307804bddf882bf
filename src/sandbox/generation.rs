//! Answers that were given, to be looked up by their id.

use std::collections::HashMap;
use std::time::Duration;

use jiff::Timestamp;
use serde_json::{Value, json};

use super::history::Amount;
use super::ids::letters;
use super::key::WORKSPACE;

/// One answer, given or broken off.
#[derive(Clone, Debug)]
pub(super) struct Generation {
    /// `gen-…`.
    pub(super) id: String,
    /// Whose it is.
    pub(super) account: usize,
    /// The model that answered.
    pub(super) model: String,
    /// Its permanent slug.
    pub(super) permaslug: String,
    /// Who ran it.
    pub(super) provider: &'static str,
    /// The endpoint's id.
    pub(super) endpoint: String,
    /// When it began.
    pub(super) created_at: Timestamp,
    /// What it used and cost.
    pub(super) amount: Amount,
    /// It was streamed.
    pub(super) is_streamed: bool,
    /// The client left before its end.
    pub(super) is_cancelled: bool,
    /// Why the model stopped; `None` where it was stopped.
    pub(super) finish_reason: Option<&'static str>,
    /// Time to the first token.
    pub(super) latency: Duration,
    /// Time to the last.
    pub(super) duration: Duration,
    /// The router that chose the model.
    pub(super) router: Option<String>,
    /// What the client said of itself.
    pub(super) referer: Option<String>,
    /// The client's program.
    pub(super) user_agent: Option<String>,
    /// The person behind the client, as the request named them.
    pub(super) external_user: Option<String>,
    /// The conversation, as the request named it.
    pub(super) session_id: Option<String>,
}

/// Facts that an answer of the sandbox never has; clients insist on the members all the same.
const NOT_HERE: [&str; 12] = [
    "cache_discount",
    "moderation_latency",
    "service_tier",
    "preset_id",
    "app_id",
    "web_search_engine",
    "num_search_results",
    "num_fetches",
    "num_media_prompt",
    "num_media_completion",
    "num_input_audio_prompt",
    "response_cache_source_id",
];

/// A new id in the form of the real service.
pub(super) fn new_id(now: Timestamp) -> String {
    format!("gen-{}-{}", now.as_second(), letters(20))
}

impl Generation {
    fn to_json(&self) -> Value {
        let amount = &self.amount;
        let is_byok = !amount.byok.is_zero();
        let millis = |time: Duration| u64::try_from(time.as_millis()).unwrap_or(u64::MAX);
        let mut shown = json!({
            "id": self.id,
            "request_id": format!("req-{}", self.id),
            "upstream_id": format!("chatcmpl-{}", self.id),
            "model": self.model,
            "created_at": self.created_at,
            "origin": self.referer.as_deref().unwrap_or_default(),
            "total_cost": amount.usage,
            "usage": amount.usage,
            "is_byok": is_byok,
            "data_region": "global",
            "provider_name": self.provider,
            "api_type": "completions",
            "streamed": self.is_streamed,
            "cancelled": self.is_cancelled,
            "finish_reason": self.finish_reason,
            "native_finish_reason": self.finish_reason,
            "tokens_prompt": amount.prompt,
            "tokens_completion": amount.completion,
            "native_tokens_prompt": amount.prompt,
            "native_tokens_completion": amount.completion,
            "native_tokens_reasoning": amount.reasoning,
            "native_tokens_cached": amount.cached,
            "native_tokens_completion_images": 0,
            "latency": millis(self.latency),
            "generation_time": millis(self.duration),
            "router": self.router,
            "session_id": self.session_id,
            "external_user": self.external_user,
            "http_referer": self.referer,
            "user_agent": self.user_agent,
            "workspace_id": WORKSPACE,
            "provider_responses": [{
                "provider_name": self.provider,
                "model_permaslug": self.permaslug,
                "status": 200,
                "latency": millis(self.latency),
                "is_byok": is_byok,
                "endpoint_id": self.endpoint,
                "id": self.id,
            }],
        });
        shown["upstream_inference_cost"] = json!(is_byok.then_some(amount.byok));
        for name in NOT_HERE {
            shown[name] = Value::Null;
        }
        shown
    }
}

/// All answers of this run.
#[derive(Clone, Debug, Default)]
pub(super) struct Generations {
    by_id: HashMap<String, (Timestamp, Generation)>,
}

impl Generations {
    /// Keeps an answer; it is found from `findable_at` on, as the real service is a little late.
    pub(super) fn keep(&mut self, generation: Generation, findable_at: Timestamp) {
        let id = generation.id.clone();
        self.by_id.insert(id, (findable_at, generation));
    }

    /// The answer of that id, where that account may see it by now.
    pub(super) fn find(&self, id: &str, account: usize, now: Timestamp) -> Option<Value> {
        let (findable_at, generation) = self.by_id.get(id)?;
        let is_visible = *findable_at <= now && generation.account == account;
        is_visible.then(|| generation.to_json())
    }
}
