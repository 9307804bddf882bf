//! What the list says about one model.

use super::clean_text::CleanText;
use super::money::Usd;

/// The model that tests and questions go to while the person has named none.
pub const DEFAULT_MODEL: &str = "openai/gpt-5-mini";
/// Its name on OpenAI's own server.
pub const DEFAULT_OPENAI_MODEL: &str = "gpt-5-mini";
/// The router that picks a free model able to do the request. Source: OpenRouter's documentation.
pub const FREE_ROUTER: &str = "openrouter/free";

/// One model of the list. Source: `GET /models`; another vendor's server fills only `id`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ModelCard {
    /// What to send as `model`.
    pub id: CleanText,
    /// "Author: Model".
    pub name: CleanText,
    /// Prompt and answer together, in tokens.
    pub context_length: Option<u64>,
    /// The longest answer, in tokens.
    pub max_completion_tokens: Option<u64>,
    /// USD per prompt token; `None` when unknown or dependent on the routed model.
    pub prompt_price: Option<Usd>,
    /// USD per answer token; `None` when unknown or dependent on the routed model.
    pub completion_price: Option<Usd>,
    /// USD per prompt token read from a cache; `None` where the list names none.
    pub cache_read_price: Option<Usd>,
    /// USD per request on top of the tokens; zero when none is charged.
    pub request_price: Usd,
    /// What it reads: `text`, `image`, `file`, …
    pub input_modalities: Vec<CleanText>,
    /// What it writes.
    pub output_modalities: Vec<CleanText>,
    /// Parameters it accepts; empty when unknown.
    pub supported_parameters: Vec<CleanText>,
    /// Unix seconds of its arrival.
    pub created: Option<i64>,
    /// `YYYY-MM-DD` of its retirement, where one is planned.
    pub expiration_date: Option<CleanText>,
}

impl ModelCard {
    /// Costs nothing: both prices are exactly zero.
    pub fn is_free(&self) -> bool {
        let zero = |price: Option<Usd>| price.is_some_and(Usd::is_zero);
        zero(self.prompt_price) && zero(self.completion_price) && self.request_price.is_zero()
    }

    /// The price of a request with these token counts, USD, from the list's prices; `None` where
    /// they are unknown or variable. The bill itself is `usage.cost`.
    pub fn price_of(&self, prompt_tokens: u64, completion_tokens: u64) -> Option<Usd> {
        Some(
            self.prompt_price?.times(prompt_tokens)
                + self.completion_price?.times(completion_tokens)
                + self.request_price,
        )
    }
}

/// One company that runs models. Source: `GET /providers`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Provider {
    /// Its name, for people.
    pub name: CleanText,
    /// Its name in requests.
    pub slug: CleanText,
    /// The page that says what it does with prompts.
    pub privacy_policy_url: Option<CleanText>,
    /// The page that says whether it is up.
    pub status_page_url: Option<CleanText>,
    /// The country it is in, two letters.
    pub headquarters: Option<CleanText>,
}
