//! What the list says about one model.

use super::clean_text::CleanText;
use super::media::MediaKind;
use super::money::Usd;
use super::tuning::Effort;

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
    /// The words for how hard it may think; empty when it does not think, or any word goes.
    pub efforts: Vec<CleanText>,
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

    /// Whether pictures and documents of this kind may be sent to it; of a model whose list names nothing nothing is
    /// known, and they may.
    pub fn reads(&self, kind: MediaKind) -> bool {
        let known = &self.input_modalities;
        known.is_empty() || known.iter().any(|word| **word == *kind.modality())
    }

    /// Whether it takes a parameter, by the API's name; where the list names none nothing is known, and it may.
    pub fn takes(&self, parameter: &str) -> bool {
        let known = &self.supported_parameters;
        known.is_empty() || known.iter().any(|name| **name == *parameter)
    }

    /// Whether it thinks as hard as that. Not to think at all is none of the words that a list names.
    pub fn takes_effort(&self, effort: Effort) -> bool {
        let known = &self.efforts;
        let is_known = known.is_empty() || known.iter().any(|word| **word == *effort.word());
        is_known || effort == Effort::None
    }

    /// The longest answer to ask for, in tokens, where so many are wished and the question takes about so many: no
    /// longer than the model can give, nor than its context leaves beside the question. Providers that cannot give
    /// what is asked for are passed over, or refuse it. A question that fills the context by itself changes nothing:
    /// the server tells that best.
    pub fn longest_answer(&self, wished: u32, prompt_tokens: u64) -> u32 {
        // The count of the question is a guess.
        let read = prompt_tokens + prompt_tokens / 5 + 64;
        let room = self.context_length.map(|most| most.saturating_sub(read));
        let most = [room.filter(|room| *room > 0), self.max_completion_tokens];
        let most = most.into_iter().flatten().min();
        most.map_or(wished, |most| {
            u32::try_from(most).unwrap_or(u32::MAX).min(wished)
        })
        .max(1)
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

/// Whether a list names prices, as OpenRouter's does and many a vendor's does not.
pub fn names_prices(models: &[ModelCard]) -> bool {
    models.iter().any(|model| model.prompt_price.is_some())
}

/// A price per token as USD per million tokens: cents, and what of a cent there is.
pub fn per_million(price: Usd) -> String {
    let amount = price.times(1_000_000).decimal().round_dp(4).normalize();
    format!("{amount:.*}", amount.scale().max(2) as usize)
}

/// The suffixes that any model takes, and that no list tells of. Source: OpenRouter's documentation.
pub const ANY_VARIANTS: [&str; 4] = [":nitro", ":floor", ":exacto", ":online"];

/// The id without what any model may carry behind it.
pub fn base_id(id: &str) -> &str {
    let mut id = id;
    while let Some(base) = ANY_VARIANTS
        .iter()
        .find_map(|suffix| id.strip_suffix(suffix))
    {
        id = base;
    }
    id
}

/// What of a typed name is to be looked for in a list: what stands before a suffix that any model takes, be that
/// whole or only begun; and the suffix, where it is whole.
pub fn sought(typed: &str) -> (&str, &str) {
    let (base, suffix) = typed.split_at(base_id(typed).len());
    let is_begun = |begun: &str| {
        let names = ANY_VARIANTS
            .iter()
            .map(|suffix| suffix.trim_start_matches(':'));
        names.into_iter().any(|name| name.starts_with(begun))
    };
    match typed.rsplit_once(':') {
        Some((stem, begun)) if suffix.is_empty() && is_begun(begun) => (stem, ""),
        _ => (base, suffix),
    }
}

/// The card of an id in a list; of one with a suffix that any model takes, its model's.
pub fn card_of<'a>(models: &'a [ModelCard], id: &str) -> Option<&'a ModelCard> {
    let of = |id: &str| models.iter().find(|card| card.id.as_str() == id);
    of(id).or_else(|| of(base_id(id)))
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_asked_for_no_longer_than_it_can_be() {
        let card = |context, most| ModelCard {
            context_length: context,
            max_completion_tokens: most,
            ..ModelCard::default()
        };
        assert_eq!(card(None, None).longest_answer(8192, 10), 8192);
        assert_eq!(card(Some(4096), None).longest_answer(8192, 10), 4096 - 76);
        assert_eq!(card(Some(4096), Some(512)).longest_answer(8192, 10), 512);
        assert_eq!(
            card(Some(128_000), Some(16_384)).longest_answer(8192, 10),
            8192
        );
        // What does not fit at all is the server's to say.
        assert_eq!(card(Some(4096), None).longest_answer(8192, 5000), 8192);
    }

    #[test]
    fn a_price_shows_its_cents_and_what_of_a_cent_there_is() {
        let shown = |price: &str| per_million(Usd::parse(price).unwrap());
        assert_eq!(shown("0.000002"), "2.00");
        assert_eq!(shown("0.00000025"), "0.25");
        assert_eq!(shown("0.000000025"), "0.025");
        assert_eq!(shown("0.00000012345678"), "0.1235");
    }

    #[test]
    fn a_suffix_that_any_model_takes_leads_to_its_model_and_a_listed_one_to_its_own() {
        let models = ["a/b", "a/b:free"].map(|id| ModelCard {
            id: id.into(),
            ..ModelCard::default()
        });
        let found = |id| card_of(&models, id).map(|card| card.id.as_str());
        assert_eq!(found("a/b:nitro"), Some("a/b"));
        assert_eq!(found("a/b:free"), Some("a/b:free"));
        assert_eq!(found("a/b:free:online"), Some("a/b:free"));
        assert_eq!(found("a/c:nitro"), None);
    }
}
