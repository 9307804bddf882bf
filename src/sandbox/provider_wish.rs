//! Which providers may answer: the `provider` object of a request.

use serde_json::Value;

use super::body::{flag, text, texts, wrong};
use super::endpoint::Endpoint;
use super::fault_refusals::{filtered, nobody_serves, privacy_restricted};
use super::price::millionth;
use super::refusal::Refusal;
use crate::domain::money::Usd;

/// Which providers may answer, and in which order.
#[derive(Clone, Debug, Default)]
pub(super) struct ProviderWish {
    order: Vec<String>,
    only: Vec<String>,
    ignore: Vec<String>,
    quantizations: Vec<String>,
    may_fall_back: bool,
    keeps_nothing: bool,
    sort: Option<String>,
    max_prompt: Option<Usd>,
    max_completion: Option<Usd>,
    needed: Vec<&'static str>,
}

/// Parameters of a request that a model may not know.
const TUNABLE: [&str; 12] = [
    "frequency_penalty",
    "logit_bias",
    "min_p",
    "presence_penalty",
    "reasoning",
    "repetition_penalty",
    "response_format",
    "stop",
    "temperature",
    "tools",
    "top_k",
    "top_p",
];

/// The members that `provider` may have. Source: section 5.2: no extra keys allowed.
const KNOWN: [&str; 13] = [
    "order",
    "only",
    "ignore",
    "allow_fallbacks",
    "require_parameters",
    "data_collection",
    "zdr",
    "enforce_distillable_text",
    "quantizations",
    "sort",
    "max_price",
    "preferred_min_throughput",
    "preferred_max_latency",
];

impl ProviderWish {
    /// Reads `provider`.
    pub(super) fn read(body: &Value) -> Result<Self, Refusal> {
        let wish = &body["provider"];
        if wish.is_null() {
            return Ok(Self {
                may_fall_back: true,
                ..Self::default()
            });
        }
        let Value::Object(members) = wish else {
            return Err(wrong("provider", "object", wish));
        };
        if let Some(extra) = members.keys().find(|key| !KNOWN.contains(&key.as_str())) {
            return Err(Refusal::bad_request(format!(
                "provider: Unrecognized key: \"{extra}\""
            )));
        }
        // The account here never lets a provider train on prompts; `deny` asks for nothing more.
        if !matches!(
            text(wish, "data_collection")?,
            None | Some("allow" | "deny")
        ) {
            return Err(Refusal::bad_request(
                "provider.data_collection: Invalid option",
            ));
        }
        // Where it is true: the parameters that an endpoint must heed.
        let requires = flag(wish, "require_parameters")? == Some(true);
        let sent = TUNABLE.iter().filter(|name| !body[**name].is_null());
        Ok(Self {
            order: texts(wish, "order")?,
            only: texts(wish, "only")?,
            ignore: texts(wish, "ignore")?,
            quantizations: texts(wish, "quantizations")?,
            may_fall_back: flag(wish, "allow_fallbacks")?.unwrap_or(true),
            keeps_nothing: flag(wish, "zdr")? == Some(true),
            sort: read_sort(&wish["sort"])?,
            max_prompt: price(&wish["max_price"]["prompt"])?,
            max_completion: price(&wish["max_price"]["completion"])?,
            needed: sent.copied().filter(|_| requires).collect(),
        })
    }

    /// The endpoint that answers: the first that fits. A wish that none fits is named.
    pub(super) fn choose(
        &self,
        model: &str,
        mut endpoints: Vec<Endpoint>,
        variant: Option<&str>,
    ) -> Result<Endpoint, Refusal> {
        // The account's own privacy settings come first: no training on prompts.
        endpoints.retain(|endpoint| !endpoint.trains());
        if endpoints.is_empty() {
            return Err(privacy_restricted(model, "data_policy:training"));
        }
        if self.keeps_nothing {
            endpoints.retain(Endpoint::keeps_nothing);
            if endpoints.is_empty() {
                return Err(privacy_restricted(model, "data_policy:zdr"));
            }
        }
        let steps: [(&str, Fits); 6] = [
            ("only", &|e| self.only.is_empty() || names(&self.only, e)),
            ("ignore", &|e| !names(&self.ignore, e)),
            ("order", &|e| {
                self.may_fall_back || self.order.is_empty() || names(&self.order, e)
            }),
            ("quantization", &|e| self.takes_quantization(e)),
            ("max_price", &|e| self.is_cheap_enough(e)),
            ("require_parameters", &|e| self.heeds_all(e)),
        ];
        for (field, fits) in steps {
            endpoints.retain(|endpoint| fits(endpoint));
            if endpoints.is_empty() {
                return Err(filtered(model, field, "no endpoint is left"));
            }
        }
        self.sort(&mut endpoints, variant);
        let first = endpoints.into_iter().next();
        first.ok_or_else(|| nobody_serves(model))
    }

    fn takes_quantization(&self, endpoint: &Endpoint) -> bool {
        let format = endpoint.quantization.unwrap_or("unknown");
        self.quantizations.is_empty() || self.quantizations.iter().any(|wanted| wanted == format)
    }

    fn heeds_all(&self, endpoint: &Endpoint) -> bool {
        let known = endpoint.model.parameters();
        self.needed.iter().all(|name| known.contains(name))
    }

    fn is_cheap_enough(&self, endpoint: &Endpoint) -> bool {
        let fits = |most: Option<Usd>, price: Usd| most.is_none_or(|most| price <= millionth(most));
        fits(self.max_prompt, endpoint.price.prompt)
            && fits(self.max_completion, endpoint.price.completion)
    }

    /// The wished order, else the variant's or the wished measure; endpoints come cheapest first.
    fn sort(&self, endpoints: &mut [Endpoint], variant: Option<&str>) {
        match self.sort.as_deref().or(variant) {
            Some("throughput" | "nitro") => endpoints.sort_by_key(|e| std::cmp::Reverse(e.speed)),
            Some("latency") => endpoints.sort_by_key(|e| e.latency),
            _ => {}
        }
        if !self.order.is_empty() {
            endpoints.sort_by_key(|endpoint| {
                let place = self.order.iter().position(|name| is_named(name, endpoint));
                place.unwrap_or(usize::MAX)
            });
        }
    }
}

/// What endpoints are sorted by: a word, or an object with the word in `by`.
fn read_sort(sort: &Value) -> Result<Option<String>, Refusal> {
    let invalid = || Refusal::bad_request("provider.sort: Invalid option");
    let word = match sort {
        Value::Null => return Ok(None),
        Value::String(word) => word.as_str(),
        Value::Object(members) => {
            if members
                .keys()
                .any(|key| !matches!(key.as_str(), "by" | "partition"))
                || !matches!(
                    sort["partition"].as_str().unwrap_or("model"),
                    "model" | "none"
                )
            {
                return Err(invalid());
            }
            sort["by"].as_str().unwrap_or("price")
        }
        other => return Err(wrong("provider.sort", "string", other)),
    };
    match word {
        "price" | "throughput" | "latency" | "exacto" => Ok(Some(word.to_owned())),
        _ => Err(invalid()),
    }
}

/// Whether an endpoint meets one part of a wish.
type Fits<'a> = &'a dyn Fn(&Endpoint) -> bool;

fn names(list: &[String], endpoint: &Endpoint) -> bool {
    list.iter().any(|name| is_named(name, endpoint))
}

/// Whether a name is an endpoint's tag, the base of it, or its provider's display name.
fn is_named(name: &str, endpoint: &Endpoint) -> bool {
    name.eq_ignore_ascii_case(&endpoint.tag())
        || name.eq_ignore_ascii_case(endpoint.provider.slug)
        || name.eq_ignore_ascii_case(endpoint.provider.name)
}

/// A price in a wish: the documentation shows numbers, the schema texts.
fn price(value: &Value) -> Result<Option<Usd>, Refusal> {
    match value {
        Value::Null => Ok(None),
        Value::Number(_) | Value::String(_) => Usd::parse(&value.to_string())
            .map(Some)
            .ok_or_else(|| Refusal::bad_request("provider.max_price: Invalid number")),
        other => Err(wrong("provider.max_price", "number", other)),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::catalog::catalog;
    use super::*;

    fn chosen(model: &str, wish: &Value) -> Result<String, Value> {
        let endpoints = Endpoint::all_of(catalog().find(model).unwrap());
        let wish = ProviderWish::read(&json!({ "provider": wish })).unwrap();
        wish.choose(model, endpoints, None)
            .map(|endpoint| endpoint.tag())
            .map_err(|refusal| refusal.body()["error"]["availability"].clone())
    }

    #[test]
    fn the_cheapest_answers_unless_another_is_wished() {
        let model = "meta-llama/llama-3.3-70b-instruct";
        assert_eq!(chosen(model, &json!({})).unwrap(), "deepinfra");
        assert_eq!(
            chosen(model, &json!({"order": ["groq"]})).unwrap(),
            "groq/fp8"
        );
        assert_eq!(
            chosen(model, &json!({"ignore": ["deepinfra"]})).unwrap(),
            "together/fp8"
        );
        assert_eq!(
            chosen(model, &json!({"only": ["Fireworks"]})).unwrap(),
            "fireworks/fp8"
        );
    }

    #[test]
    fn a_wish_that_nobody_meets_is_named() {
        let model = "openai/gpt-5-mini";
        let field = |wish| chosen(model, &wish).unwrap_err()["constraint"]["field"].clone();
        assert_eq!(field(json!({"only": ["groq"]})), "only");
        assert_eq!(field(json!({"max_price": {"prompt": 0.01}})), "max_price");
        assert_eq!(field(json!({"quantizations": ["int4"]})), "quantization");
    }

    #[test]
    fn required_parameters_shut_out_who_does_not_heed_them() {
        let wish = |temperature: Value| {
            let body =
                json!({"temperature": temperature, "provider": {"require_parameters": true}});
            let endpoints = Endpoint::all_of(catalog().find("openai/gpt-5-mini").unwrap());
            ProviderWish::read(&body)
                .unwrap()
                .choose("openai/gpt-5-mini", endpoints, None)
                .map_err(|refusal| refusal.body())
        };
        assert!(wish(Value::Null).is_ok());
        let field = &wish(json!(1)).unwrap_err()["error"]["availability"]["constraint"]["field"];
        assert_eq!(field, "require_parameters");
    }

    #[test]
    fn privacy_is_told_apart_from_the_rest() {
        let zdr = chosen(
            "anthropic/claude-3-haiku",
            &json!({"only": ["anthropic"], "zdr": true}),
        );
        assert_eq!(zdr.unwrap_err()["code"], "privacy_restricted");
        let trains = chosen("stealth/crouton-alpha", &json!({})).unwrap_err();
        assert_eq!(trains["excluded_by"], json!(["data_policy:training"]));
    }

    #[test]
    fn an_unknown_member_or_word_is_refused() {
        for wish in [
            json!({"max_prize": 1}),
            json!({"sort": "beauty"}),
            json!({"sort": {"by": "price", "partition": "half"}}),
            json!({"zdr": "yes"}),
            json!({"data_collection": "maybe"}),
            json!({"max_price": {"prompt": "cheap"}}),
        ] {
            assert!(
                ProviderWish::read(&json!({"provider": wish})).is_err(),
                "{wish}"
            );
        }
    }
}
