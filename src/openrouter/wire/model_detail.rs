//! `GET /model/{author}/{slug}` and `GET /models/{author}/{slug}/endpoints`.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use serde::Deserialize;

use super::account::{word, words};
use super::catalogue::clean;
use super::scalars::{Count, Figure, Flag, Money, Text};
use super::shapes::{Fields, Rows, Words};
use crate::domain::clean_text::CleanText;
use crate::domain::model_detail::{Endpoint, LongPrice, ModelDetail, Prices};

/// A latency below this cannot be milliseconds: the documentation's own example is in seconds.
const LEAST_MS: u64 = 20;

/// A model as both endpoints tell of it; each leaves out what the other has.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(in crate::openrouter) struct DetailWire {
    id: Text,
    description: Text,
    architecture: Fields<ArchitectureWire>,
    pricing: Fields<PricesWire>,
    top_provider: Fields<TopProviderWire>,
    knowledge_cutoff: Text,
    alias_target: Fields<AliasWire>,
    endpoints: Rows<EndpointWire>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct ArchitectureWire {
    tokenizer: Text,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct TopProviderWire {
    is_moderated: Flag,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct AliasWire {
    slug: Text,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct PricesWire {
    prompt: Money,
    completion: Money,
    input_cache_read: Money,
    input_cache_write: Money,
    internal_reasoning: Money,
    request: Money,
    image: Money,
    audio: Money,
    web_search: Money,
    overrides: Rows<OverrideWire>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct OverrideWire {
    min_prompt_tokens: Count,
    utc_start: Count,
    prompt: Money,
    completion: Money,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct EndpointWire {
    provider_name: Text,
    tag: Text,
    context_length: Count,
    max_completion_tokens: Count,
    quantization: Text,
    pricing: Fields<PricesWire>,
    supported_parameters: Words,
    /// Below zero: not well.
    status: Text,
    uptime_last_1d: Figure,
    latency_last_30m: Fields<SpreadWire>,
    throughput_last_30m: Fields<SpreadWire>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct SpreadWire {
    p50: Figure,
}

impl DetailWire {
    /// `None` for an answer without an id: it is no model.
    pub(in crate::openrouter) fn detail(self) -> Option<ModelDetail> {
        let top = self.top_provider.0.unwrap_or_default();
        let endpoints = self.endpoints.0.unwrap_or_default().into_iter();
        let text = self.description.0.unwrap_or_default();
        Some(ModelDetail {
            id: word(self.id)?,
            description: CleanText::new(text.trim()),
            tokenizer: word(self.architecture.0.unwrap_or_default().tokenizer),
            knowledge_cutoff: word(self.knowledge_cutoff),
            is_moderated: top.is_moderated.0,
            alias_of: self.alias_target.0.and_then(|alias| word(alias.slug)),
            prices: self.pricing.0.unwrap_or_default().prices(),
            endpoints: endpoints.map(EndpointWire::endpoint).collect(),
        })
    }
}

impl PricesWire {
    fn prices(self) -> Prices {
        let overrides = self.overrides.0.unwrap_or_default().into_iter();
        // Those of certain hours need a clock to be told.
        let mut long: Vec<LongPrice> = overrides
            .filter(|it| it.utc_start.0.is_none())
            .filter_map(|it| {
                Some(LongPrice {
                    over: it.min_prompt_tokens.0?,
                    prompt: it.prompt.price(),
                    completion: it.completion.price(),
                })
            })
            .collect();
        long.sort_by_key(|price| price.over);
        Prices {
            prompt: self.prompt.price(),
            completion: self.completion.price(),
            cache_read: self.input_cache_read.price(),
            cache_write: self.input_cache_write.price(),
            reasoning: self.internal_reasoning.price(),
            request: self.request.price(),
            image: self.image.price(),
            audio: self.audio.price(),
            web_search: self.web_search.price(),
            long,
        }
    }
}

impl EndpointWire {
    fn endpoint(self) -> Endpoint {
        let median = |spread: Fields<SpreadWire>| spread.0.and_then(|spread| spread.p50.0);
        let status = self.status.0.unwrap_or_default();
        Endpoint {
            provider: words(self.provider_name),
            tag: words(self.tag),
            // The sandbox's and some servers' way to say "not known".
            context_length: self.context_length.0.filter(|tokens| *tokens > 0),
            max_completion_tokens: self.max_completion_tokens.0,
            quantization: word(self.quantization).filter(|format| format.as_str() != "unknown"),
            prices: self.pricing.0.unwrap_or_default().prices(),
            supported_parameters: clean(&self.supported_parameters),
            is_degraded: status.starts_with('-'),
            uptime_day: self.uptime_last_1d.0,
            latency_ms: median(self.latency_last_30m).and_then(millis),
            throughput: median(self.throughput_last_30m),
        }
    }
}

/// A latency in milliseconds, whichever unit it came in.
fn millis(latency: Decimal) -> Option<u64> {
    let latency = if latency < Decimal::from(LEAST_MS) {
        latency * Decimal::ONE_THOUSAND
    } else {
        latency
    };
    latency.round().to_u64()
}

#[cfg(test)]
mod tests {
    use super::super::{One, from_json};
    use super::*;
    use crate::domain::money::Usd;

    fn read(json: &str) -> ModelDetail {
        let envelope: One<DetailWire> = from_json(json).unwrap();
        envelope.data.0.unwrap().detail().unwrap()
    }

    #[test]
    fn endpoints_are_read_whole() {
        let detail = read(
            r#"{ "data": { "id": "openai/gpt-5-mini", "name": "OpenAI: GPT-5 Mini", "created": 1754587407,
               "description": " Compact reasoning model.\nSecond\u001b[31m line. ",
               "architecture": { "tokenizer": "GPT", "instruct_type": null },
               "endpoints": [ { "name": "OpenAI | x", "provider_name": "OpenAI", "tag": "openai",
               "context_length": 400000, "max_completion_tokens": 128000, "quantization": null, "status": 0,
               "pricing": { "prompt": "0.00000025", "completion": "0.000002", "input_cache_read": "2.5e-8",
                 "overrides": [{"min_prompt_tokens": 200000, "prompt": "0.0000005"},
                               {"utc_start": 100, "utc_end": 700, "prompt": "0"}] },
               "supported_parameters": ["max_tokens", "reasoning"], "uptime_last_1d": 99.91,
               "latency_last_30m": { "p50": 2310, "p99": 14800 }, "throughput_last_30m": { "p50": 71.5 } },
               null ] } }"#,
        );
        assert_eq!(
            detail.description.as_str(),
            "Compact reasoning model.\nSecond␛[31m line."
        );
        assert_eq!(detail.tokenizer, Some("GPT".into()));
        let [endpoint] = detail.endpoints.try_into().unwrap();
        let expected = Endpoint {
            provider: "OpenAI".into(),
            tag: "openai".into(),
            context_length: Some(400_000),
            max_completion_tokens: Some(128_000),
            quantization: None,
            prices: Prices {
                prompt: Usd::parse("0.00000025"),
                completion: Usd::parse("0.000002"),
                cache_read: Usd::parse("0.000000025"),
                long: vec![LongPrice {
                    over: 200_000,
                    prompt: Usd::parse("0.0000005"),
                    completion: None,
                }],
                ..Prices::default()
            },
            supported_parameters: vec!["max_tokens".into(), "reasoning".into()],
            is_degraded: false,
            uptime_day: Some(Decimal::new(9991, 2)),
            latency_ms: Some(2310),
            throughput: Some(Decimal::new(715, 1)),
        };
        assert_eq!(endpoint, expected);
    }

    #[test]
    fn what_is_odd_or_absent_is_not_told() {
        let detail = read(
            r#"{"data":{"id":"a/b","description":null,"architecture":5,"pricing":{"prompt":"-1"},
               "alias_target":{"slug":"a/c"},"top_provider":{"is_moderated":true},
               "endpoints":[{"status":-2,"quantization":"unknown","context_length":0,
               "latency_last_30m":{"p50":0.25},"throughput_last_30m":null,"uptime_last_1d":"?"}]}}"#,
        );
        assert!(detail.description.is_empty() && detail.is_moderated);
        assert_eq!(detail.alias_of, Some("a/c".into()));
        assert_eq!(detail.prices, Prices::default());
        let endpoint = &detail.endpoints[0];
        assert!(endpoint.is_degraded);
        assert_eq!(endpoint.latency_ms, Some(250));
        assert_eq!(
            (
                &endpoint.quantization,
                endpoint.context_length,
                endpoint.throughput,
                endpoint.uptime_day
            ),
            (&None, None, None, None)
        );
    }
}
