//! `GET /models` and its sisters, `GET /providers`; also the lists of other vendors' servers.

use jiff::Timestamp;
use serde::Deserialize;

use super::account::{word, words};
use super::json::from_json;
use super::scalars::{Count, Moment, Money, Text};
use super::shapes::{Fields, Rows, Words};
use crate::domain::clean_text::CleanText;
use crate::domain::model_card::{ModelCard, Provider};

/// A page of models.
pub(in crate::openrouter) struct ModelsPage {
    /// `None`: this is no list of models.
    pub(in crate::openrouter) models: Option<Vec<ModelWire>>,
    /// How many there are altogether, where the server says so.
    pub(in crate::openrouter) total: Option<u64>,
    /// Where it says the list goes on. The schema's own example names a next page for ever.
    pub(in crate::openrouter) next: Option<String>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct ModelsWire {
    object: Text,
    data: Rows<ModelWire>,
    total_count: Count,
    links: Fields<LinksWire>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct LinksWire {
    next: Text,
}

impl ModelsPage {
    /// Reads OpenRouter's page, OpenAI's, or a bare list.
    pub(in crate::openrouter) fn read(json: &str) -> Result<Self, serde_json::Error> {
        if json.trim_start().starts_with('[') {
            let rows: Rows<ModelWire> = from_json(json)?;
            return Ok(Self {
                models: rows.0,
                total: None,
                next: None,
            });
        }
        let page: ModelsWire = from_json(json)?;
        // A server without models says `data: null`.
        let is_list = page.object.0.as_deref() == Some("list");
        Ok(Self {
            models: page.data.0.or_else(|| is_list.then(Vec::new)),
            total: page.total_count.0,
            next: page.links.0.and_then(|links| links.next.0),
        })
    }
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(in crate::openrouter) struct ModelWire {
    id: Text,
    name: Text,
    created: Moment,
    context_length: Count,
    /// vLLM's name for it.
    max_model_len: Count,
    architecture: Fields<ArchitectureWire>,
    pricing: Fields<PricingWire>,
    top_provider: Fields<TopProviderWire>,
    supported_parameters: Words,
    expiration_date: Text,
    reasoning: Fields<ReasoningWire>,
    meta: Fields<MetaWire>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct ReasoningWire {
    supported_efforts: Words,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct ArchitectureWire {
    input_modalities: Words,
    output_modalities: Words,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct PricingWire {
    prompt: Money,
    completion: Money,
    input_cache_read: Money,
    request: Money,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct TopProviderWire {
    context_length: Count,
    max_completion_tokens: Count,
}

/// llama.cpp's facts about a model.
#[derive(Default, Deserialize)]
#[serde(default)]
struct MetaWire {
    n_ctx: Count,
}

impl ModelWire {
    /// `None` for a row without an id: nothing can be asked of it.
    pub(in crate::openrouter) fn card(self) -> Option<ModelCard> {
        let id = word(self.id)?;
        let name = word(self.name).unwrap_or_else(|| id.clone());
        let architecture = self.architecture.0.unwrap_or_default();
        let pricing = self.pricing.0.unwrap_or_default();
        let top = self.top_provider.0.unwrap_or_default();
        let context = [
            self.context_length,
            self.max_model_len,
            top.context_length,
            self.meta.0.unwrap_or_default().n_ctx,
        ];
        Some(ModelCard {
            id,
            name,
            context_length: context.into_iter().find_map(|count| count.0),
            max_completion_tokens: top.max_completion_tokens.0,
            prompt_price: pricing.prompt.price(),
            completion_price: pricing.completion.price(),
            cache_read_price: pricing.input_cache_read.price(),
            request_price: pricing.request.price().unwrap_or_default(),
            input_modalities: clean(&architecture.input_modalities),
            output_modalities: clean(&architecture.output_modalities),
            supported_parameters: clean(&self.supported_parameters),
            efforts: clean(&self.reasoning.0.unwrap_or_default().supported_efforts),
            created: self.created.0.map(Timestamp::as_second),
            expiration_date: word(self.expiration_date),
        })
    }
}

pub(super) fn clean(words: &Words) -> Vec<CleanText> {
    words.0.iter().map(|word| CleanText::line(word)).collect()
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(in crate::openrouter) struct ProviderWire {
    name: Text,
    slug: Text,
    privacy_policy_url: Text,
    status_page_url: Text,
    headquarters: Text,
}

impl ProviderWire {
    pub(in crate::openrouter) fn provider(self) -> Provider {
        Provider {
            name: words(self.name),
            slug: words(self.slug),
            privacy_policy_url: word(self.privacy_policy_url),
            status_page_url: word(self.status_page_url),
            headquarters: word(self.headquarters),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::money::Usd;

    fn cards(json: &str) -> Vec<ModelCard> {
        let page = ModelsPage::read(json).unwrap();
        let rows = page.models.unwrap().into_iter();
        rows.filter_map(ModelWire::card).collect()
    }

    fn texts(words: &[&str]) -> Vec<CleanText> {
        words.iter().copied().map(CleanText::from).collect()
    }

    #[test]
    fn a_model_of_openrouter_is_read_whole() {
        let [card] = cards(
            r#"{"data":[{ "id": "openai/gpt-5-mini", "name": "OpenAI: GPT-5 Mini", "created": 1754587407,
               "context_length": 400000, "architecture": { "modality": "text+image->text",
               "input_modalities": ["text", "image"], "output_modalities": ["text"], "instruct_type": null },
               "pricing": { "prompt": "0.00000025", "completion": "0.000002",
               "input_cache_read": "0.000000025", "overrides": [{"x":1}] },
               "top_provider": { "max_completion_tokens": 128000 }, "per_request_limits": null,
               "supported_parameters": ["max_tokens", "tools"],
               "reasoning": { "mandatory": true, "supported_efforts": ["high", "low"] }, "expiration_date": "2026-12-31" }],
               "total_count": 1, "links": { "next": null } }"#,
        )
        .try_into()
        .unwrap();
        let expected = ModelCard {
            id: "openai/gpt-5-mini".into(),
            name: "OpenAI: GPT-5 Mini".into(),
            context_length: Some(400_000),
            max_completion_tokens: Some(128_000),
            prompt_price: Usd::parse("0.00000025"),
            completion_price: Usd::parse("0.000002"),
            cache_read_price: Usd::parse("0.000000025"),
            request_price: Usd::ZERO,
            input_modalities: texts(&["text", "image"]),
            output_modalities: texts(&["text"]),
            supported_parameters: texts(&["max_tokens", "tools"]),
            efforts: texts(&["high", "low"]),
            created: Some(1_754_587_407),
            expiration_date: Some("2026-12-31".into()),
        };
        assert_eq!(card, expected);
    }

    #[test]
    fn a_price_that_depends_on_the_route_is_unknown_and_zero_is_free() {
        let cards = cards(
            r#"{"data":[{"id":"openrouter/auto","pricing":{"prompt":"-1","completion":"-1"}},
               {"id":"a/b:free","pricing":{"prompt":"0","completion":0}},
               {"id":"c/d","pricing":null,"context_length":null,"architecture":null},
               {"name":"no id"}, null]}"#,
        );
        assert_eq!(cards.len(), 3);
        assert_eq!(cards[0].prompt_price, None);
        assert!(cards[1].is_free() && !cards[0].is_free() && !cards[2].is_free());
    }

    #[test]
    fn lists_of_other_servers_are_read() {
        let openai =
            cards(r#"{"object":"list","data":[{"id":"gpt-5-mini","object":"model","created":1}]}"#);
        assert_eq!(openai[0].name.as_str(), "gpt-5-mini");
        assert_eq!(cards(r#"[{"id":"bare"}]"#)[0].id.as_str(), "bare");
        let vllm = cards(r#"{"data":[{"id":"m","max_model_len":8192}]}"#);
        assert_eq!(vllm[0].context_length, Some(8192));
        let llama = cards(r#"{"data":[{"id":"m","meta":{"n_ctx":4096}}]}"#);
        assert_eq!(llama[0].context_length, Some(4096));
        assert!(cards(r#"{"object":"list","data":null}"#).is_empty());
        for json in ["{}", r#"{"data":{}}"#, r#"{"error":"x"}"#, "5"] {
            assert!(
                ModelsPage::read(json).is_err() || ModelsPage::read(json).unwrap().models.is_none()
            );
        }
    }
}
