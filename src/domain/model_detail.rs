//! What a server tells of one model beyond its row in the list: what it is, what all of it costs, and who
//! runs it.

use rust_decimal::Decimal;

use super::clean_text::CleanText;
use super::money::Usd;

/// One model, whole. Source: `GET /model/{author}/{slug}` and `GET /models/{author}/{slug}/endpoints`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ModelDetail {
    /// The model's id as the server has it.
    pub id: CleanText,
    /// What its maker says of it; may hold line breaks, and Markdown.
    pub description: CleanText,
    /// The name of what cuts its words into tokens.
    pub tokenizer: Option<CleanText>,
    /// The end of what it has read, a date.
    pub knowledge_cutoff: Option<CleanText>,
    /// What is asked passes a moderation first.
    pub is_moderated: bool,
    /// The model that answers in the place of an alias today.
    pub alias_of: Option<CleanText>,
    /// What it costs at its first provider.
    pub prices: Prices,
    /// Who runs it, as the server orders them.
    pub endpoints: Vec<Endpoint>,
}

/// Everything that may be charged, USD each; `None`: not charged, or not told. Source: `pricing`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Prices {
    /// A token of the question.
    pub prompt: Option<Usd>,
    /// A token of the answer.
    pub completion: Option<Usd>,
    /// A token read from a cache.
    pub cache_read: Option<Usd>,
    /// A token written into a cache.
    pub cache_write: Option<Usd>,
    /// A token of thinking; without it thinking costs what the answer does.
    pub reasoning: Option<Usd>,
    /// A request, on top of its tokens.
    pub request: Option<Usd>,
    /// A picture read.
    pub image: Option<Usd>,
    /// A token of sound.
    pub audio: Option<Usd>,
    /// A search of the web.
    pub web_search: Option<Usd>,
    /// Other prices for long questions, the shortest first.
    pub long: Vec<LongPrice>,
}

/// What a long question costs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LongPrice {
    /// For questions of more tokens than this.
    pub over: u64,
    /// A token of the question; `None`: as in a short one.
    pub prompt: Option<Usd>,
    /// A token of the answer; `None`: as after a short one.
    pub completion: Option<Usd>,
}

/// One model at one provider.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Endpoint {
    /// The provider, for people.
    pub provider: CleanText,
    /// Its name in wishes about providers.
    pub tag: CleanText,
    /// Question and answer together, in tokens.
    pub context_length: Option<u64>,
    /// The longest answer, in tokens.
    pub max_completion_tokens: Option<u64>,
    /// The number format it runs in; `None` where nobody tells.
    pub quantization: Option<CleanText>,
    /// What it costs there.
    pub prices: Prices,
    /// Parameters that are heeded there.
    pub supported_parameters: Vec<CleanText>,
    /// It does not answer as it should just now.
    pub is_degraded: bool,
    /// Percent of the last day that it answered.
    pub uptime_day: Option<Decimal>,
    /// Milliseconds to the first token, the median of half an hour; only those with a key are told.
    pub latency_ms: Option<u64>,
    /// Tokens a second, the median of half an hour; only those with a key are told.
    pub throughput: Option<Decimal>,
}
