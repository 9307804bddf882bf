//! What can be asked of the analytics: the documented sums, and the ways to split them.

use serde_json::{Value, json};

use super::analytics::Granularity;
use super::analytics_filter::OPERATORS;
use super::history::{Amount, Use};
use super::world::World;

/// One sum. Source: section 3.2 of the API's documentation.
#[derive(Clone, Copy)]
pub(super) struct Metric {
    /// Its name in questions and rows.
    pub(super) name: &'static str,
    label: &'static str,
    format: &'static str,
    is_rate: bool,
    /// It is told for 31 days only.
    pub(super) is_short: bool,
    /// The sum as the service writes it: counts as texts, money and rates as numbers.
    pub(super) value: fn(&Amount) -> Value,
}

/// One way to split the sums.
pub(super) struct Dimension {
    /// Its name in questions and rows.
    pub(super) name: &'static str,
    label: &'static str,
    /// It is told for 31 days only.
    pub(super) is_short: bool,
    /// What a row shows: names in place of ids.
    pub(super) shown: fn(&Use, &World) -> Value,
    /// What a filter compares: ids.
    pub(super) compared: fn(&Use, &World) -> Vec<String>,
}

fn text_of(count: u64) -> Value {
    json!(count.to_string())
}

/// Nothing of that kind happens in a sandbox.
fn unused(_: &Amount) -> Value {
    Value::Null
}

const fn count(name: &'static str, label: &'static str, value: fn(&Amount) -> Value) -> Metric {
    Metric {
        name,
        label,
        format: "number",
        is_rate: false,
        is_short: false,
        value,
    }
}

const fn money(name: &'static str, label: &'static str, value: fn(&Amount) -> Value) -> Metric {
    Metric {
        format: "currency",
        ..count(name, label, value)
    }
}

const fn rate(
    name: &'static str,
    label: &'static str,
    format: &'static str,
    value: fn(&Amount) -> Value,
) -> Metric {
    Metric {
        format,
        is_rate: true,
        ..count(name, label, value)
    }
}

const fn short(metric: Metric) -> Metric {
    Metric {
        is_short: true,
        ..metric
    }
}

/// All sums.
pub(super) const METRICS: &[Metric] = &[
    count("request_count", "Request Count", |it| text_of(it.requests)),
    count("tokens_total", "Total Tokens", |it| {
        text_of(it.prompt + it.completion)
    }),
    count("tokens_prompt", "Prompt Tokens", |it| text_of(it.prompt)),
    count("tokens_completion", "Completion Tokens", |it| {
        text_of(it.completion)
    }),
    count("reasoning_tokens", "Reasoning Tokens", |it| {
        text_of(it.reasoning)
    }),
    count("cached_tokens", "Cached Tokens", |it| text_of(it.cached)),
    money("total_usage", "Total Usage", |it| json!(it.usage + it.byok)),
    money("credits_usage", "Credits Usage", |it| json!(it.usage)),
    money("byok_usage", "BYOK Usage", |it| json!(it.byok)),
    money("usage_upstream", "Upstream Usage", |it| {
        json!(it.usage + it.byok)
    }),
    money("usage_cache", "Cache Usage", unused),
    money("usage_data", "Data Usage", unused),
    money("usage_web", "Web Usage", unused),
    rate("cache_hit_rate", "Cache Hit Rate", "percent", hit_rate),
    short(money("openrouter_usage", "OpenRouter Usage", unused)),
    short(money("byok_fees", "BYOK Fees", unused)),
    short(money("usage_file", "File Usage", unused)),
    short(rate("avg_latency", "Average Latency", "latency", unused)),
    short(rate("p50_latency", "p50 Latency", "latency", unused)),
    short(rate("p90_latency", "p90 Latency", "latency", unused)),
    short(rate("p99_latency", "p99 Latency", "latency", unused)),
    short(rate(
        "avg_throughput",
        "Average Throughput",
        "throughput",
        unused,
    )),
    short(rate(
        "p50_throughput",
        "p50 Throughput",
        "throughput",
        unused,
    )),
    short(rate(
        "p90_throughput",
        "p90 Throughput",
        "throughput",
        unused,
    )),
    short(rate(
        "p99_throughput",
        "p99 Throughput",
        "throughput",
        unused,
    )),
    short(count(
        "guardrail_invoked_count",
        "Guardrails Invoked",
        |_| text_of(0),
    )),
    short(count("response_cached_count", "Cached Responses", |_| {
        text_of(0)
    })),
];

#[expect(
    clippy::cast_precision_loss,
    reason = "a sandbox reads fewer than 2^53 tokens"
)]
fn hit_rate(amount: &Amount) -> Value {
    match amount.prompt {
        0 => Value::Null,
        prompt => json!(amount.cached as f64 / prompt as f64),
    }
}

const fn by(
    name: &'static str,
    label: &'static str,
    shown: fn(&Use, &World) -> Value,
    compared: fn(&Use, &World) -> Vec<String>,
) -> Dimension {
    Dimension {
        name,
        label,
        is_short: false,
        shown,
        compared,
    }
}

/// A way to split of which a sandbox knows nothing: all is in the bucket of what is not set.
const fn unset(name: &'static str, label: &'static str) -> Dimension {
    Dimension {
        is_short: true,
        ..by(name, label, |_, _| Value::Null, |_, _| Vec::new())
    }
}

/// All ways to split.
pub(super) const DIMENSIONS: &[Dimension] = &[
    by(
        "model",
        "Model",
        |it, _| json!(it.model),
        |it, _| vec![it.model.clone(), it.permaslug.clone()],
    ),
    by(
        "variant",
        "Variant",
        |it, _| json!(variant(it)),
        |it, _| vec![variant(it).to_owned()],
    ),
    by(
        "api_key_id",
        "API Key",
        |it, world| json!(world.keys.by_hash(&it.key).map(|key| &key.name)),
        |it, _| vec![it.key.clone()],
    ),
    by(
        "user",
        "User",
        |_, _| json!("Sandbox User"),
        |it, world| {
            let account = world.accounts.get(it.account);
            account
                .map(|account| account.user_id.to_owned())
                .into_iter()
                .collect()
        },
    ),
    by(
        "workspace",
        "Workspace",
        |_, _| json!("Default"),
        |_, _| vec![super::key::WORKSPACE.to_owned()],
    ),
    Dimension {
        is_short: false,
        ..unset("app", "App")
    },
    Dimension {
        is_short: true,
        ..by(
            "provider",
            "Provider",
            |it, _| json!(it.provider),
            |it, _| vec![it.provider.to_owned()],
        )
    },
    unset("origin", "Origin"),
    unset("country", "Country"),
    unset("finish_reason", "Finish Reason"),
    unset("external_user", "External User"),
    unset("context_length_bucket", "Context Length"),
    unset("generation_id", "Generation"),
];

fn variant(it: &Use) -> &str {
    it.model.split_once(':').map_or("standard", |(_, end)| end)
}

/// `data` of `GET /analytics/meta`.
pub(super) fn meta_json() -> Value {
    let metrics = METRICS.iter().map(|metric| {
        json!({
            "name": metric.name,
            "display_label": metric.label,
            "is_rate": metric.is_rate,
            "display_format": metric.format,
        })
    });
    let dimensions = DIMENSIONS
        .iter()
        .map(|dimension| json!({ "name": dimension.name, "display_label": dimension.label }));
    let operators = OPERATORS.iter().map(|(name, takes_a_list)| {
        let kind = if *takes_a_list { "array" } else { "scalar" };
        json!({ "name": name, "value_type": kind })
    });
    let granularities = Granularity::ALL.iter().map(|(name, _)| {
        let (first, rest) = name.split_at(1);
        json!({ "name": name, "display_label": first.to_ascii_uppercase() + rest })
    });
    json!({
        "metrics": metrics.collect::<Vec<_>>(),
        "dimensions": dimensions.collect::<Vec<_>>(),
        "operators": operators.collect::<Vec<_>>(),
        "granularities": granularities.collect::<Vec<_>>(),
    })
}
