//! Tokens, and what they cost on a model of the list.

use super::span::Span;
use crate::domain::model_card::ModelCard;
use crate::domain::money::Usd;
use crate::domain::spend::Used;

/// What is read and written, in tokens, by so many requests.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tokens {
    /// How many requests.
    pub requests: u64,
    /// Tokens read, those from a cache included.
    pub prompt: u64,
    /// Of these, tokens from a cache.
    pub cached: u64,
    /// Tokens written, reasoning included.
    pub completion: u64,
}

impl Tokens {
    /// What was used.
    pub fn of(used: &Used) -> Self {
        Self {
            requests: used.requests,
            prompt: used.prompt_tokens,
            cached: used.cached_tokens.min(used.prompt_tokens),
            completion: used.completion_tokens,
        }
    }

    /// What the use of these days comes to in a month.
    pub fn a_month(used: &Used, span: Span) -> Self {
        let tokens = Self::of(used);
        Self {
            requests: span.count_a_month(tokens.requests),
            prompt: span.count_a_month(tokens.prompt),
            cached: span.count_a_month(tokens.cached),
            completion: span.count_a_month(tokens.completion),
        }
    }

    /// What they cost at the list's prices, USD; `None` where these are unknown or variable. A token
    /// from a cache costs as any other where the list names no price for it. Prices of long prompts,
    /// of cache writes, of pictures and of searches are not part of it: the bill is `usage.cost`.
    pub fn cost_on(self, card: &ModelCard) -> Option<Usd> {
        let prompt = known(card.prompt_price)?;
        let completion = known(card.completion_price)?;
        let cached = known(card.cache_read_price).unwrap_or(prompt);
        let from_cache = self.cached.min(self.prompt);
        Some(
            prompt.times(self.prompt - from_cache)
                + cached.times(from_cache)
                + completion.times(self.completion)
                + card.request_price.times(self.requests),
        )
    }

    /// All tokens together.
    pub fn total(self) -> u64 {
        self.prompt.saturating_add(self.completion)
    }
}

/// A price below zero means "depends on the routed model". Source: `GET /models`, `pricing`.
fn known(price: Option<Usd>) -> Option<Usd> {
    price.filter(|price| !price.is_negative())
}

#[cfg(test)]
mod tests {
    use super::*;

    const TOKENS: Tokens = Tokens {
        requests: 10,
        prompt: 1_000_000,
        cached: 400_000,
        completion: 100_000,
    };

    fn card() -> ModelCard {
        ModelCard {
            prompt_price: Usd::parse("0.000003"),
            completion_price: Usd::parse("0.000015"),
            cache_read_price: Usd::parse("0.0000003"),
            ..ModelCard::default()
        }
    }

    #[test]
    fn tokens_cost_what_one_reckons_by_hand() {
        // 600,000 × $3/M + 400,000 × $0.30/M + 100,000 × $15/M = 1.80 + 0.12 + 1.50
        assert_eq!(TOKENS.cost_on(&card()), Some(Usd::from_cents(342)));
        let by_request = ModelCard {
            request_price: Usd::from_cents(1),
            ..card()
        };
        assert_eq!(TOKENS.cost_on(&by_request), Some(Usd::from_cents(352)));
    }

    #[test]
    fn without_a_price_for_the_cache_a_cached_token_costs_as_any_other() {
        let without = ModelCard {
            cache_read_price: None,
            ..card()
        };
        assert_eq!(TOKENS.cost_on(&without), Some(Usd::from_cents(450)));
    }

    #[test]
    fn a_variable_price_is_never_multiplied() {
        let minus_one = Some(Usd::from_cents(-100));
        for price in [None, minus_one] {
            let variable = ModelCard {
                completion_price: price,
                ..card()
            };
            assert_eq!(TOKENS.cost_on(&variable), None);
        }
    }
}
