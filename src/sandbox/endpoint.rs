//! One model at one provider.

use serde_json::{Value, json};

use super::ids::{number_of, uuid_of};
use super::model::Model;
use super::price::Price;
use super::provider::Provider;

/// One model at one provider.
#[derive(Clone, Debug)]
pub(super) struct Endpoint {
    /// The model.
    pub(super) model: &'static Model,
    /// Who runs it.
    pub(super) provider: &'static Provider,
    /// What it costs there.
    pub(super) price: Price,
    /// The number format it runs in; unknown at the model's own maker.
    pub(super) quantization: Option<&'static str>,
    /// Median tokens a second.
    pub(super) speed: u64,
    /// Median milliseconds to the first token.
    pub(super) latency: u64,
}

/// What the further providers of a model charge, in percent of the first one.
const DEARER: [i64; 4] = [100, 108, 120, 135];

impl Endpoint {
    /// All endpoints of a model, the cheapest first.
    pub(super) fn all_of(model: &'static Model) -> Vec<Self> {
        let places = model.providers.iter().zip(DEARER);
        places
            .map(|(&provider, percent)| {
                let name = format!("{} {}", model.id, provider.slug);
                let is_first = percent == 100;
                Self {
                    model,
                    provider,
                    price: model.price.at_percent(percent),
                    quantization: (!is_first).then_some("fp8"),
                    speed: 40 + number_of(&name, 110),
                    latency: 350 + number_of(&name, 1900),
                }
            })
            .collect()
    }

    /// The id of this endpoint in activity rows.
    pub(super) fn id(&self) -> String {
        uuid_of(&format!("{} {}", self.model.canonical, self.provider.slug))
    }

    /// Its name in `provider.order`, `only` and `ignore`.
    pub(super) fn tag(&self) -> String {
        match self.quantization {
            Some(format) => format!("{}/{format}", self.provider.slug),
            None => self.provider.slug.to_owned(),
        }
    }

    /// Nothing is kept of a request.
    pub(super) fn keeps_nothing(&self) -> bool {
        self.provider.keeps_nothing() && !self.trains()
    }

    /// Prompts may be trained on.
    pub(super) fn trains(&self) -> bool {
        self.model.trains || self.provider.trains()
    }

    /// One row of `endpoints`. Latency and throughput are told only to those who bring a key.
    pub(super) fn to_json(&self, has_key: bool) -> Value {
        let (latency, speed) = if has_key {
            (spread(self.latency, 1), spread(self.speed, -1))
        } else {
            (Value::Null, Value::Null)
        };
        let down = self.trouble();
        let uptime = |offset: u64| json!(f64_of(9990 - offset - down * 120) / 100.0);
        json!({
            "name": format!("{} | {}", self.provider.name, self.model.canonical),
            "model_id": self.model.id,
            "model_name": self.model.name,
            "provider_name": self.provider.name,
            "tag": self.tag(),
            "context_length": self.model.context.unwrap_or(0),
            "max_completion_tokens": self.model.max_completion,
            "max_prompt_tokens": null,
            "quantization": self.quantization,
            "status": if down > 0 { -2 } else { 0 },
            "pricing": self.price.to_json(),
            "supported_parameters": self.model.parameters(),
            "supports_implicit_caching": self.price.cache_read.is_some(),
            "uptime_last_5m": if down > 0 { uptime(60) } else { json!(100) },
            "uptime_last_30m": uptime(6),
            "uptime_last_1d": uptime(19),
            "latency_last_30m": latency,
            "throughput_last_30m": speed,
            // Members that clients newer than the schema insist on.
            "native_tools": {},
            "service_tier": null,
            "supports_diarization": false,
            "supports_tool_choice": {
                "auto": self.model.has_tools,
                "function": self.model.has_tools,
                "none": self.model.has_tools,
                "required": self.model.has_tools,
            },
        })
    }

    /// One endpoint in forty is not well today, and never a model's only one.
    fn trouble(&self) -> u64 {
        let name = format!("status {} {}", self.model.id, self.provider.slug);
        u64::from(self.quantization.is_some() && number_of(&name, 40) == 0)
    }
}

/// Percentiles around a median; `direction` −1 where more is better.
fn spread(median: u64, direction: i8) -> Value {
    let at = |percent: u64| f64_of(median * percent) / 100.0;
    if direction < 0 {
        json!({ "p50": at(100), "p75": at(86), "p90": at(70), "p99": at(41) })
    } else {
        json!({ "p50": at(100), "p75": at(168), "p90": at(262), "p99": at(610) })
    }
}

/// Small whole numbers as JSON's.
fn f64_of(number: u64) -> f64 {
    u32::try_from(number).map_or(f64::MAX, f64::from)
}

#[cfg(test)]
mod tests {
    use super::super::catalog::catalog;
    use super::*;

    #[test]
    fn further_providers_cost_a_little_more() {
        let model = catalog().find("openai/gpt-5-mini").unwrap();
        let all = Endpoint::all_of(model);
        assert_eq!(all.len(), 2);
        assert_eq!(all[0].price.prompt, model.price.prompt);
        assert!(all[1].price.prompt > model.price.prompt);
        assert_eq!(all[1].tag(), "azure/fp8");
    }

    #[test]
    fn speed_is_told_only_to_those_who_bring_a_key() {
        let model = catalog().find("openai/gpt-5-mini").unwrap();
        let endpoint = &Endpoint::all_of(model)[0];
        assert!(endpoint.to_json(false)["latency_last_30m"].is_null());
        assert!(endpoint.to_json(true)["latency_last_30m"]["p50"].is_number());
    }
}
