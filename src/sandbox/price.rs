//! What a model costs, exactly: decimals from the list to the bill.

use rust_decimal::Decimal;
use serde_json::{Map, Value, json};

use crate::domain::money::Usd;

/// Prices in USD a token; negative where they depend on the model that is chosen in the end.
#[derive(Clone, Debug)]
pub(super) struct Price {
    /// A token read.
    pub(super) prompt: Usd,
    /// A token written.
    pub(super) completion: Usd,
    /// A token read from a cache.
    pub(super) cache_read: Option<Usd>,
    /// A token written into a cache.
    pub(super) cache_write: Option<Usd>,
    /// One web search.
    pub(super) search: Option<Usd>,
    /// Other prices for long prompts.
    pub(super) above: Option<Above>,
}

/// Prices of prompts longer than so many tokens.
#[derive(Clone, Debug)]
pub(super) struct Above {
    /// Longer than this.
    pub(super) tokens: u64,
    /// A token read.
    pub(super) prompt: Usd,
    /// A token written.
    pub(super) completion: Usd,
}

/// What one answer costs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Cost {
    /// For what was read.
    pub(super) prompt: Usd,
    /// For what was written.
    pub(super) completion: Usd,
}

impl Cost {
    /// Both together.
    pub(super) fn total(self) -> Usd {
        self.prompt + self.completion
    }
}

impl Price {
    /// So much a million tokens read and written, and nothing else.
    pub(super) fn per_million(prompt: Usd, completion: Usd) -> Self {
        Self {
            prompt: millionth(prompt),
            completion: millionth(completion),
            cache_read: None,
            cache_write: None,
            search: None,
            above: None,
        }
    }

    /// It depends on the model that is chosen in the end.
    pub(super) fn is_variable(&self) -> bool {
        self.prompt.is_negative()
    }

    /// Neither reading nor writing costs anything.
    pub(super) fn is_free(&self) -> bool {
        self.prompt.is_zero() && self.completion.is_zero()
    }

    /// The prices of a token read and of one written, for a prompt of so many tokens.
    pub(super) fn rates(&self, prompt_tokens: u64) -> (Usd, Usd) {
        match &self.above {
            Some(above) if prompt_tokens > above.tokens => (above.prompt, above.completion),
            _ => (self.prompt, self.completion),
        }
    }

    /// The bill. `cached` of the `prompt` tokens came from a cache; `completion` includes reasoning.
    pub(super) fn cost(&self, prompt: u64, cached: u64, completion: u64) -> Cost {
        let (read, write) = self.rates(prompt);
        let cached = cached.min(prompt);
        let cache_read = self.cache_read.unwrap_or(read);
        Cost {
            prompt: read.times(prompt - cached) + cache_read.times(cached),
            completion: write.times(completion),
        }
    }

    /// The bill of many short requests together: the prices of long prompts do not apply.
    pub(super) fn cost_of_many(&self, prompt: u64, cached: u64, completion: u64) -> Usd {
        let cache_read = self.cache_read.unwrap_or(self.prompt);
        self.prompt.times(prompt - cached)
            + cache_read.times(cached)
            + self.completion.times(completion)
    }

    /// The same model where it costs so many percent.
    pub(super) fn at_percent(&self, percent: i64) -> Self {
        let factor = Decimal::new(percent, 2);
        Self {
            prompt: self.prompt * factor,
            completion: self.completion * factor,
            cache_read: self.cache_read.map(|price| price * factor),
            cache_write: self.cache_write.map(|price| price * factor),
            search: self.search,
            above: self.above.as_ref().map(|above| Above {
                tokens: above.tokens,
                prompt: above.prompt * factor,
                completion: above.completion * factor,
            }),
        }
    }

    /// `pricing`: decimal strings, `-1` where it depends.
    pub(super) fn to_json(&self) -> Value {
        if self.is_variable() {
            return json!({ "prompt": "-1", "completion": "-1" });
        }
        let mut pricing = Map::new();
        let mut put = |name: &str, price: Option<Usd>| {
            if let Some(price) = price {
                pricing.insert(name.to_owned(), json!(exact(price)));
            }
        };
        put("prompt", Some(self.prompt));
        put("completion", Some(self.completion));
        put("input_cache_read", self.cache_read);
        put("input_cache_write", self.cache_write);
        put("web_search", self.search);
        if let Some(above) = &self.above {
            let rule = json!({
                "min_prompt_tokens": above.tokens,
                "prompt": exact(above.prompt),
                "completion": exact(above.completion),
            });
            pricing.insert("overrides".to_owned(), json!([rule]));
        }
        Value::Object(pricing)
    }
}

/// The price of one of a million.
pub(super) fn millionth(price: Usd) -> Usd {
    price * Decimal::new(1, 6)
}

/// The decimal as OpenRouter writes it: no exponent, no zeros at the end.
pub(super) fn exact(price: Usd) -> String {
    price.decimal().normalize().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sonnet() -> Price {
        Price {
            cache_read: Usd::parse("0.0000003"),
            above: Some(Above {
                tokens: 200_000,
                prompt: Usd::parse("0.000006").unwrap(),
                completion: Usd::parse("0.0000225").unwrap(),
            }),
            ..Price::per_million(Usd::from_cents(300), Usd::from_cents(1500))
        }
    }

    #[test]
    fn the_bill_is_exact_to_the_last_digit() {
        let cost = sonnet().cost(812, 512, 45);
        assert_eq!(exact(cost.prompt), "0.0010536");
        assert_eq!(exact(cost.total()), "0.0017286");
    }

    #[test]
    fn a_long_prompt_pays_the_long_price() {
        let price = sonnet();
        assert_eq!(exact(price.cost(200_000, 0, 0).prompt), "0.6");
        assert_eq!(exact(price.cost(200_001, 0, 0).prompt), "1.200006");
    }

    #[test]
    fn a_router_names_no_price() {
        let price = Price::per_million(Usd::from_cents(-100), Usd::from_cents(-100));
        assert_eq!(price.to_json(), json!({"prompt": "-1", "completion": "-1"}));
    }
}
