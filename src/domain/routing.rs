//! Who may answer: what a person may wish of the providers behind a model.

use serde::{Deserialize, Serialize};

use super::money::Usd;

/// Wishes about providers; OpenRouter alone has a choice. What is `None`, empty or false is not sent.
/// Source: `POST /chat/completions`, `provider`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a wish of its own, by the API's name"
)]
pub struct Routing {
    /// Providers to try first, by slug, in this order.
    pub order: Vec<String>,
    /// Only these providers.
    pub only: Vec<String>,
    /// None of these providers.
    pub ignore: Vec<String>,
    /// What the providers are sorted by; balancing between them ends.
    pub sort: Option<SortProviders>,
    /// No provider but the first, or those of `order`.
    pub no_fallbacks: bool,
    /// Only providers that heed every parameter sent.
    pub require_parameters: bool,
    /// Only providers that keep no prompt for training.
    pub denies_collection: bool,
    /// Only providers that keep nothing at all (zero data retention).
    pub zdr: bool,
    /// What a request may cost at most: dearer providers do not answer.
    pub max_price: MaxPrice,
}

impl Routing {
    /// Nothing is wished.
    pub fn is_default(&self) -> bool {
        *self == Self::default()
    }

    /// What is wished that a server has to promise: it must not be dropped, even if that is said.
    pub fn promise(&self) -> Option<Promise> {
        if self.zdr || self.denies_collection {
            return Some(Promise::Privacy);
        }
        (self.max_price != MaxPrice::default()).then_some(Promise::Price)
    }
}

/// What OpenRouter alone promises: without it nothing is to be sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Promise {
    /// What becomes of the question.
    Privacy,
    /// That no dearer provider answers.
    Price,
}

/// What providers are sorted by, the best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SortProviders {
    /// The cheapest.
    Price,
    /// The most tokens a second.
    Throughput,
    /// The soonest first token.
    Latency,
}

impl SortProviders {
    /// All there are.
    pub const ALL: [Self; 3] = [Self::Price, Self::Throughput, Self::Latency];

    /// The API's word.
    pub fn word(self) -> &'static str {
        match self {
            Self::Price => "price",
            Self::Throughput => "throughput",
            Self::Latency => "latency",
        }
    }

    /// The one of that word.
    pub fn named(word: &str) -> Option<Self> {
        let word = word.trim();
        Self::ALL
            .into_iter()
            .find(|sort| sort.word().eq_ignore_ascii_case(word))
    }
}

/// The dearest a provider may be.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct MaxPrice {
    /// USD per million tokens of the question.
    pub prompt: Option<Usd>,
    /// USD per million tokens of the answer.
    pub completion: Option<Usd>,
    /// USD per request.
    pub request: Option<Usd>,
}

impl MaxPrice {
    /// What a person typed, USD per million tokens read and written: `1,5`, `1,`, `,5`, or `3` for both.
    pub fn parse(text: &str) -> Option<Self> {
        let bound = |text: &str| match text.trim() {
            "" => Some(None),
            text => Usd::typed(text).map(Some),
        };
        let (read, written) = text.split_once(',').unwrap_or((text, text));
        let price = Self {
            prompt: bound(read)?,
            completion: bound(written)?,
            request: None,
        };
        (price != Self::default()).then_some(price)
    }

    /// The same as it is typed; `None` where nothing is bounded.
    pub fn typed(&self) -> Option<String> {
        let bound = |price: Option<Usd>| price.map_or(String::new(), |it| it.decimal().to_string());
        let is_bounded = self.prompt.is_some() || self.completion.is_some();
        is_bounded.then(|| format!("{},{}", bound(self.prompt), bound(self.completion)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_wished_is_told_from_nothing() {
        assert!(Routing::default().is_default());
        let zdr = Routing {
            zdr: true,
            ..Routing::default()
        };
        assert!(!zdr.is_default());
        for sort in SortProviders::ALL {
            assert_eq!(SortProviders::named(sort.word()), Some(sort));
        }
    }

    #[test]
    fn what_becomes_of_a_question_and_what_it_costs_are_promises_and_an_order_is_none() {
        let bounded = Routing {
            max_price: MaxPrice::parse(",5").unwrap(),
            ..Routing::default()
        };
        assert_eq!(bounded.promise(), Some(Promise::Price));
        let both = Routing {
            zdr: true,
            ..bounded
        };
        assert_eq!(both.promise(), Some(Promise::Privacy));
        let sorted = Routing {
            sort: Some(SortProviders::Price),
            ..Routing::default()
        };
        assert_eq!(sorted.promise(), None);
    }
}
