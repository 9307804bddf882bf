//! From the model that a request names to the endpoint that answers.

use serde_json::{Value, json};

use super::ask::Ask;
use super::catalog::catalog;
use super::endpoint::Endpoint;
use super::fault::Fault;
use super::fault_refusals::{
    no_longer_free, no_such_model, privacy_restricted, retired, sees_no_images, wrong_endpoint_of,
};
use super::model::Model;
use super::refusal::Refusal;
use super::replies;

/// Who answers, and how it came to that.
#[derive(Clone, Debug)]
pub(super) struct Route {
    /// The name in the request.
    pub(super) requested: String,
    /// The name in the answer: the model that really answers.
    pub(super) answers_as: String,
    /// The model at its provider.
    pub(super) endpoint: Endpoint,
    /// A trouble that the name asks for.
    pub(super) fault: Option<Fault>,
    /// An answer of so many tokens, at so many a second, that the name asks for.
    pub(super) bench: Option<Bench>,
    /// How the model was found: a word of the routing metadata.
    pub(super) strategy: &'static str,
}

/// An answer of a fixed length, for benchmarks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Bench {
    /// Tokens.
    pub(super) tokens: usize,
    /// Tokens a second; 0 is as fast as it goes.
    pub(super) rate: u32,
}

/// Suffixes that any model takes: they sort its providers or add a search.
const DYNAMIC: [&str; 4] = ["nitro", "floor", "exacto", "online"];

impl Route {
    /// Finds who answers a request for `requested`.
    pub(super) fn find(requested: &str, ask: &Ask) -> Result<Self, Refusal> {
        let (name, variant) = strip_dynamic(requested);
        if let Some(own) = name.strip_prefix("sandbox/")
            && let Some(route) = Self::to_sandbox(requested, own)
        {
            return Ok(route);
        }
        let model = find_model(name)?;
        let (model, strategy) = follow(model, ask)?;
        if !model.writes_text() {
            return Err(wrong_endpoint_of(&model.id));
        }
        if ask.has_images() && !model.reads.contains('i') {
            return Err(sees_no_images(&model.id));
        }
        let endpoints = Endpoint::all_of(model);
        let endpoint = ask.provider.choose(&model.id, endpoints, variant)?;
        Ok(Self {
            requested: requested.to_owned(),
            answers_as: model.id.clone(),
            endpoint,
            fault: None,
            bench: None,
            strategy,
        })
    }

    /// The routing facts that `X-OpenRouter-Metadata: enabled` asks for.
    pub(super) fn metadata(&self) -> Value {
        let all = Endpoint::all_of(self.endpoint.model);
        let available: Vec<Value> = all
            .iter()
            .map(|endpoint| {
                json!({
                    "model": endpoint.model.id,
                    "provider": endpoint.provider.name,
                    "selected": endpoint.provider.slug == self.endpoint.provider.slug,
                })
            })
            .collect();
        json!({
            "attempt": 1,
            "attempts": [{
                "model": self.answers_as,
                "provider": self.endpoint.provider.name,
                "status": 200,
            }],
            "endpoints": { "available": available, "total": available.len() },
            "is_byok": false,
            "pipeline": [],
            "region": "local",
            "requested": self.requested,
            "strategy": self.strategy,
            "summary": format!("available={}", available.len()),
        })
    }

    /// The sandbox's own models: a fault by its name, or an answer of a fixed length.
    fn to_sandbox(requested: &str, own: &str) -> Option<Self> {
        let fault = Fault::by_model(own);
        let bench = Bench::named(own);
        let row = own_row(own)?;
        let model = row_of(row)?;
        Some(Self {
            requested: requested.to_owned(),
            answers_as: format!("sandbox/{own}"),
            endpoint: Endpoint::all_of(model).into_iter().next()?,
            fault,
            bench,
            strategy: "direct",
        })
    }
}

/// The row of the catalogue that an own name of the sandbox belongs to: a fault has several names, and
/// an answer may have any length.
fn own_row(own: &str) -> Option<&'static str> {
    match (Fault::by_model(own), Bench::named(own)) {
        (Some(fault), _) => Some(fault.row().name),
        (None, Some(_)) => Some("tokens-20000"),
        (None, None) => None,
    }
}

fn row_of(own: &str) -> Option<&'static Model> {
    catalog().find(&format!("sandbox/{own}"))
}

/// The model of that name; suffixes that any model takes are no part of it.
pub(super) fn known(requested: &str) -> Option<&'static Model> {
    let (name, _) = strip_dynamic(requested);
    let own = name.strip_prefix("sandbox/").and_then(own_row);
    own.and_then(row_of).or_else(|| catalog().find(name))
}

impl Bench {
    /// `tokens-20000`, or `tokens-6000@300` for so many a second.
    fn named(name: &str) -> Option<Self> {
        let rest = name.strip_prefix("tokens-")?;
        let (tokens, rate) = rest.split_once('@').unwrap_or((rest, "0"));
        let tokens = tokens.parse().ok().filter(|&tokens| tokens <= 2_000_000)?;
        Some(Self {
            tokens,
            rate: rate.parse().ok()?,
        })
    }
}

/// The name without suffixes that any model takes, and the last of those that sort providers.
fn strip_dynamic(requested: &str) -> (&str, Option<&str>) {
    let mut name = requested;
    let mut variant = None;
    while let Some((rest, suffix)) = name.rsplit_once(':')
        && DYNAMIC.contains(&suffix)
    {
        name = rest;
        if suffix != "online" {
            variant = Some(suffix);
        }
    }
    (name, variant)
}

/// The model of that name, or why there is none.
fn find_model(name: &str) -> Result<&'static Model, Refusal> {
    if let Some(model) = catalog().find(name) {
        return Ok(model);
    }
    if let Some(successor) = catalog().successor(name) {
        return Err(retired(name, successor));
    }
    if let Some(paid) = name.strip_suffix(":free")
        && catalog().find(paid).is_some()
    {
        return Err(no_longer_free(paid));
    }
    Err(no_such_model(name, &catalog().nearest(name)))
}

/// Follows routers and aliases to a model that answers itself.
fn follow(model: &'static Model, ask: &Ask) -> Result<(&'static Model, &'static str), Refusal> {
    let (target, strategy) = if let Some((slug, _)) = &model.alias_of {
        (slug.as_str(), "latest")
    } else {
        match model.id.as_str() {
            "openrouter/free" => (free_choice(ask), "free"),
            "openrouter/pareto-code" => ("qwen/qwen3-coder", "pareto"),
            "openrouter/fusion" => ("anthropic/claude-sonnet-4.5", "fusion"),
            "openrouter/bodybuilder" => ("openai/gpt-5-mini", "bodybuilder"),
            _ if model.is_router() => (auto_choice(ask), "auto"),
            _ => return Ok((model, "direct")),
        }
    };
    match catalog().find(target) {
        Some(target) => Ok((target, strategy)),
        None => Err(no_such_model(target, &[])),
    }
}

/// What `openrouter/auto` chooses: by the task.
fn auto_choice(ask: &Ask) -> &'static str {
    if ask.has_images() || replies::asks_for_code(ask) {
        "anthropic/claude-sonnet-4.5"
    } else if ask.prompt_tokens > 2000 {
        "google/gemini-2.5-flash"
    } else {
        "openai/gpt-5-mini"
    }
}

/// What `openrouter/free` chooses: a free model able to do the request.
fn free_choice(ask: &Ask) -> &'static str {
    if replies::asks_for_code(ask) {
        "openai/gpt-oss-120b:free"
    } else {
        "meta-llama/llama-3.3-70b-instruct:free"
    }
}

/// The account's settings hide a model from its list of usable ones: `GET /models/user`.
pub(super) fn is_allowed(model: &'static Model) -> Result<(), Refusal> {
    if Endpoint::all_of(model).iter().all(Endpoint::trains) {
        return Err(privacy_restricted(&model.id, "data_policy:training"));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn route(model: &str, question: &str) -> Result<Route, Refusal> {
        let body = json!({"messages": [{"role": "user", "content": question}]});
        Route::find(model, &Ask::read(&body).unwrap())
    }

    fn answers(model: &str, question: &str) -> String {
        route(model, question).unwrap().answers_as
    }

    fn code(model: &str) -> Value {
        let body = route(model, "hi").unwrap_err().body();
        body["error"]["availability"].clone()
    }

    #[test]
    fn aliases_and_routers_answer_as_a_concrete_model() {
        assert_eq!(
            answers("~anthropic/claude-sonnet-latest", "hi"),
            "anthropic/claude-sonnet-5.5"
        );
        assert_eq!(answers("openrouter/auto", "hi"), "openai/gpt-5-mini");
        assert_eq!(
            answers("openrouter/auto", "write a rust function"),
            "anthropic/claude-sonnet-4.5"
        );
        assert!(answers("openrouter/free", "hi").ends_with(":free"));
    }

    #[test]
    fn suffixes_sort_providers_and_may_be_combined() {
        assert_eq!(
            answers("openai/gpt-5-mini:nitro", "hi"),
            "openai/gpt-5-mini"
        );
        assert_eq!(
            answers("openai/gpt-oss-20b:free:online", "hi"),
            "openai/gpt-oss-20b:free"
        );
    }

    #[test]
    fn what_is_not_to_be_had_says_why() {
        let missing = code("openai/gpt-5-mni");
        assert_eq!(missing["code"], "model_not_found");
        assert_eq!(missing["fallback_models"][0], "openai/gpt-5-mini");
        let gone = code("openai/gpt-4-32k");
        assert_eq!(gone["code"], "model_deprecated");
        let paid = code("anthropic/claude-sonnet-4.5:free");
        assert_eq!(
            paid["fallback_models"],
            json!(["anthropic/claude-sonnet-4.5"])
        );
        assert_eq!(
            code("openai/text-embedding-3-small")["code"],
            "wrong_endpoint"
        );
    }

    #[test]
    fn the_sandbox_has_models_of_its_own() {
        assert_eq!(
            route("sandbox/402", "hi")
                .unwrap()
                .fault
                .unwrap()
                .row()
                .name,
            "no-credits"
        );
        assert_eq!(
            route("sandbox/tokens-6000@300", "hi").unwrap().bench,
            Some(Bench {
                tokens: 6000,
                rate: 300
            })
        );
        assert!(route("sandbox/nonsense", "hi").is_err());
    }
}
