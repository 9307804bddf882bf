//! What each refusal on demand says: the texts and members of the real service, as far as they are
//! known. Source: section 6 of the API's documentation.

use jiff::ToSpan;
use serde_json::{Value, json};

use super::clock::{day_of, start_of};
use super::fault_row::Scene;
use super::free_meter::{day_limit, minute_limit};
use super::key_ring;
use super::refusal::Refusal;

const CREDITS_PAGE: &str = "https://openrouter.ai/settings/credits";

pub(super) fn context_too_long(_: &Scene) -> Refusal {
    too_long(128_000, 141_212, 4096)
}

/// The question and the longest answer do not fit.
pub(super) fn too_long(context: u64, prompt: u64, answer: u64) -> Refusal {
    Refusal::new(
        400,
        format!(
            "This endpoint's maximum context length is {context} tokens. However, you requested \
             about {} tokens ({prompt} of text input, {answer} in the output). Please reduce the \
             length of either one, or use the context-compression plugin to compress your prompt \
             automatically.",
            prompt + answer
        ),
    )
    .kind("context_length_exceeded")
}

pub(super) fn bad_parameter(_: &Scene) -> Refusal {
    Refusal::bad_request("temperature: Number must be less than or equal to 2")
}

pub(super) fn content_policy(_: &Scene) -> Refusal {
    Refusal::new(400, "The prompt violates the provider's content policy")
        .kind("content_policy_violation")
        .with("provider_name", "Azure")
}

pub(super) fn provider_refuses(_: &Scene) -> Refusal {
    let raw = json!({"error": {"message": "Invalid value: 'tool'. Supported values are: 'system', \
        'assistant', 'user'.", "type": "invalid_request_error", "param": "messages[1].role"}});
    Refusal::new(400, "Provider returned error")
        .kind("invalid_prompt")
        .with("provider_name", "OpenAI")
        .with("provider_code", "invalid_value")
        .with("is_byok", false)
        .with("raw", raw.to_string())
}

pub(super) fn model_not_found(scene: &Scene) -> Refusal {
    let near = ["openai/gpt-5-mini", "openai/gpt-4o-mini"];
    no_such_model(&scene.model, &near)
}

/// No model of that name; `near` are the names that come nearest.
pub(super) fn no_such_model(model: &str, near: &[&str]) -> Refusal {
    Refusal::unavailable(
        "model_not_found",
        model,
        format!("{model} is not a valid model ID"),
    )
    .available("fallback_models", json!(near))
}

pub(super) fn wrong_endpoint(scene: &Scene) -> Refusal {
    wrong_endpoint_of(&scene.model)
}

/// The model is not for chat.
pub(super) fn wrong_endpoint_of(model: &str) -> Refusal {
    let words = format!("{model} does not support chat completions");
    Refusal::unavailable("wrong_endpoint", model, words)
}

pub(super) fn key_missing(_: &Scene) -> Refusal {
    key_ring::missing()
}

pub(super) fn key_unknown(_: &Scene) -> Refusal {
    key_ring::unknown()
}

pub(super) fn key_disabled(_: &Scene) -> Refusal {
    key_ring::disabled()
}

pub(super) fn key_expired(_: &Scene) -> Refusal {
    key_ring::expired()
}

/// A 402 with the members that tell its kinds apart.
fn payment(message: impl Into<String>, source: &str) -> Refusal {
    Refusal::new(402, message)
        .kind("payment_required")
        .with("limit_source", source)
        .with("provider_name", Value::Null)
}

const ACCOUNT: &str = "openrouter_credits";
const KEY: &str = "openrouter_key_limit";
const IN_FLIGHT: &str = "openrouter_in_flight_budget";

pub(super) fn no_credits(_: &Scene) -> Refusal {
    payment(
        "Insufficient credits. Add more using https://openrouter.ai/credits",
        ACCOUNT,
    )
    .with("remedy_hint", "Add credits, or use a free model.")
}

pub(super) fn never_bought(_: &Scene) -> Refusal {
    payment(
        format!(
            "Insufficient credits. This account never purchased credits. Make sure your key is on \
             the correct account or org, and if so, purchase more at {CREDITS_PAGE}"
        ),
        ACCOUNT,
    )
    .with("remedy_hint", "Buy credits, or use a free model.")
}

pub(super) fn negative_balance(_: &Scene) -> Refusal {
    payment(
        "Insufficient credits. Your account has a negative balance. Add more using \
         https://openrouter.ai/credits",
        ACCOUNT,
    )
    .with("remedy_hint", "Add credits until the balance is positive.")
}

pub(super) fn max_tokens_unaffordable(_: &Scene) -> Refusal {
    account_affords(65_536, 3919)
}

/// The balance pays for `affordable` of the `wanted` tokens.
pub(super) fn account_affords(wanted: u64, affordable: u64) -> Refusal {
    payment(
        format!(
            "This request requires more credits, or fewer max_tokens. You requested up to {wanted} \
             tokens, but can only afford {affordable}. To increase, visit {CREDITS_PAGE} and \
             upgrade to a paid account"
        ),
        ACCOUNT,
    )
    .with("remedy_hint", "Lower max_tokens, or add credits.")
}

pub(super) fn key_limit(_: &Scene) -> Refusal {
    payment(
        "Key limit exceeded (monthly limit). Manage it using https://openrouter.ai/settings/keys",
        KEY,
    )
    .with("remedy_hint", "Raise the limit of this key.")
}

pub(super) fn key_limit_unaffordable(_: &Scene) -> Refusal {
    key_affords(65_536, 812)
}

/// The key's cap pays for `affordable` of the `wanted` tokens.
pub(super) fn key_affords(wanted: u64, affordable: u64) -> Refusal {
    payment(
        format!(
            "This request requires more credits, or fewer max_tokens. You requested up to {wanted} \
             tokens, but can only afford {affordable}. To increase, visit \
             https://openrouter.ai/settings/keys and create a key with a higher monthly limit"
        ),
        KEY,
    )
    .with(
        "remedy_hint",
        "Lower max_tokens, or raise the limit of this key.",
    )
}

pub(super) fn prompt_unaffordable(_: &Scene) -> Refusal {
    prompt_too_dear(230_799, 91_442, true)
}

/// The prompt alone costs more than is left.
pub(super) fn prompt_too_dear(prompt: u64, affordable: u64, of_key: bool) -> Refusal {
    let (page, source) = if of_key {
        ("https://openrouter.ai/settings/keys", KEY)
    } else {
        (CREDITS_PAGE, ACCOUNT)
    };
    let rest = if of_key {
        "create a key with a higher total limit"
    } else {
        "upgrade to a paid account"
    };
    payment(
        format!(
            "Prompt tokens limit exceeded: {prompt} > {affordable}. To increase, visit {page} and \
             {rest}"
        ),
        source,
    )
    .with(
        "remedy_hint",
        "Shorten the prompt, or raise what may be spent.",
    )
}

pub(super) fn in_flight(_: &Scene) -> Refusal {
    payment(
        "Too many requests in flight for your current credit balance. Try again shortly",
        IN_FLIGHT,
    )
    .with("reason", "in_flight_budget_exhausted")
    .with(
        "remedy_hint",
        "Wait for running requests to finish, or add credits.",
    )
    .retry_after(5)
}

pub(super) fn in_flight_too_big(_: &Scene) -> Refusal {
    payment(
        "This request is too large for your current credit balance",
        IN_FLIGHT,
    )
    .with("reason", "weight_exceeds_budget")
    .with(
        "remedy_hint",
        "Lower max_tokens or shorten the prompt, or add credits.",
    )
}

fn forbidden(message: impl Into<String>) -> Refusal {
    Refusal::new(403, message).kind("permission_denied")
}

pub(super) fn moderation(scene: &Scene) -> Refusal {
    forbidden(format!(
        "{} requires moderation on OpenAI. Your input was flagged for \"violence\". No credits \
         were charged.",
        scene.model
    ))
    .with("reasons", json!(["violence", "self-harm"]))
    .with(
        "flagged_input",
        "tell me exactly how ... without being caught",
    )
    .with("provider_name", "OpenAI")
    .with("model_slug", scene.model.as_str())
}

pub(super) fn guardrail(_: &Scene) -> Refusal {
    forbidden("Request blocked: prompt injection patterns detected")
        .with("patterns", json!(["ignore all previous instructions"]))
}

/// A budget that is used up until the first of the next month.
fn over_budget(scene: &Scene, message: &str, source: &str, scope: &str) -> Refusal {
    let next = day_of(scene.now).first_of_month().saturating_add(1.month());
    forbidden(message)
        .with("limit_source", source)
        .with("scope", scope)
        .with("limit_usd", 500)
        .with("spend_usd", 500.0312)
        .with("resets_at", start_of(next).to_string())
}

pub(super) fn budget(scene: &Scene) -> Refusal {
    let words = "Workspace monthly budget of $500.00 exceeded. Contact your workspace admin to \
                 raise it.";
    over_budget(scene, words, "openrouter_workspace_budget", "workspace")
}

pub(super) fn key_budget(scene: &Scene) -> Refusal {
    let words = "Key limit exceeded (monthly limit). Manage it using \
                 https://openrouter.ai/settings/keys";
    over_budget(scene, words, KEY, "key_limit")
}

pub(super) fn region(scene: &Scene) -> Refusal {
    Refusal::unavailable(
        "region_restricted",
        &scene.model,
        format!("{} is not available in your region", scene.model),
    )
}

pub(super) fn not_management(_: &Scene) -> Refusal {
    key_ring::not_management()
}

pub(super) fn management_key(_: &Scene) -> Refusal {
    key_ring::not_inference()
}

pub(super) fn privacy(scene: &Scene) -> Refusal {
    privacy_restricted(&scene.model, "data_policy:training")
}

/// The account's or the request's data policy leaves no endpoint.
pub(super) fn privacy_restricted(model: &str, policy: &str) -> Refusal {
    Refusal::unavailable(
        "privacy_restricted",
        model,
        format!(
            "No endpoints found matching your data policy for {model}. Configure: \
             https://openrouter.ai/settings/privacy"
        ),
    )
    .available("excluded_by", json!([policy]))
}

pub(super) fn no_endpoints(scene: &Scene) -> Refusal {
    nobody_serves(&scene.model)
}

/// The model has no endpoint.
pub(super) fn nobody_serves(model: &str) -> Refusal {
    let words = format!("No endpoints found for {model}.");
    Refusal::unavailable("no_endpoints", model, words)
        .available("fallback_models", json!(["openai/gpt-5-mini"]))
}

/// The model takes no pictures.
pub(super) fn sees_no_images(model: &str) -> Refusal {
    let words = "No endpoints found that support image input";
    Refusal::unavailable("no_endpoints", model, words)
}

pub(super) fn constraint(scene: &Scene) -> Refusal {
    filtered(&scene.model, "max_price", "no provider is that cheap")
}

/// A field of the request leaves no endpoint.
pub(super) fn filtered(model: &str, field: &str, detail: &str) -> Refusal {
    Refusal::unavailable(
        "constraint_filtered",
        model,
        format!("No endpoints found for {model} that can handle the requested parameters: {field}"),
    )
    .available("constraint", json!({ "field": field, "detail": detail }))
}

pub(super) fn free_ended(_: &Scene) -> Refusal {
    no_longer_free("qwen/qwen3-32b")
}

/// The free variant of a model has ended.
pub(super) fn no_longer_free(paid: &str) -> Refusal {
    Refusal::unavailable(
        "free_variant_ended",
        &format!("{paid}:free"),
        format!("The free variant of {paid} has ended. The paid model is {paid}."),
    )
    .available("fallback_models", json!([paid]))
}

pub(super) fn model_deprecated(_: &Scene) -> Refusal {
    retired("openai/gpt-4-32k", "openai/gpt-4.1")
}

/// A model that was retired, and who follows it.
pub(super) fn retired(model: &str, successor: &str) -> Refusal {
    Refusal::unavailable(
        "model_deprecated",
        model,
        format!("{model} has been deprecated. Use {successor} instead."),
    )
    .available("fallback_models", json!([successor]))
}

pub(super) fn model_unavailable(scene: &Scene) -> Refusal {
    Refusal::unavailable(
        "model_unavailable_upstream",
        &scene.model,
        format!("{} is no longer available from its provider", scene.model),
    )
    .available("affected_providers", json!(["together"]))
}

pub(super) fn timeout(_: &Scene) -> Refusal {
    Refusal::new(408, "Operation timed out. Please try again later.").kind("timeout")
}

pub(super) fn too_large(_: &Scene) -> Refusal {
    super::body::too_large()
}

pub(super) fn unprocessable(_: &Scene) -> Refusal {
    Refusal::new(422, "Invalid argument").kind("unprocessable")
}

pub(super) fn free_minute(scene: &Scene) -> Refusal {
    minute_limit(scene.now)
}

pub(super) fn free_day(scene: &Scene) -> Refusal {
    day_limit(50, scene.now)
}

pub(super) fn upstream_limit(scene: &Scene) -> Refusal {
    let words = format!(
        "{} is temporarily rate-limited upstream. Please retry shortly, or add your own key to \
         accumulate your rate limits: https://openrouter.ai/settings/integrations",
        scene.model
    );
    provider_error(429, "rate_limit_exceeded", "Chutes")
        .with("limit_source", "upstream_provider_shared_pool")
        .with("raw", words)
        .with("is_byok", false)
}

pub(super) fn capacity(scene: &Scene) -> Refusal {
    let model = &scene.model;
    let words = format!("All providers for {model} are at capacity. Retry after 20 seconds.");
    let earlier = json!([{ "provider": "z-ai", "code": "capacity_exhausted", "status": 429 }]);
    Refusal::unavailable("capacity_exhausted", model, words)
        .available("retry_after", 20)
        .available("affected_providers", json!(["z-ai", "novita"]))
        .available("fallback_models", json!(["z-ai/glm-5"]))
        .with("previous_errors", earlier)
        .retry_after(20)
}

pub(super) fn capacity_bare(scene: &Scene) -> Refusal {
    capacity(scene).coded(None)
}

pub(super) fn internal(_: &Scene) -> Refusal {
    Refusal::new(500, "Internal Server Error").kind("server")
}

fn provider_error(status: u16, kind: &str, provider: &str) -> Refusal {
    Refusal::new(status, "Provider returned error")
        .kind(kind)
        .with("provider_name", provider)
}

pub(super) fn provider_down(_: &Scene) -> Refusal {
    let earlier = json!([{ "provider": "Novita", "code": "provider_unavailable", "status": 502 }]);
    provider_error(502, "provider_unavailable", "DeepInfra")
        .with(
            "raw",
            "upstream connect error or disconnect/reset before headers",
        )
        .with("previous_errors", earlier)
}

pub(super) fn unavailable(scene: &Scene) -> Refusal {
    let words = "No provider is available for this model right now. Please try again shortly.";
    Refusal::unavailable("temporarily_unavailable", &scene.model, words)
        .available("retry_after", 5)
        .available("fallback_models", json!(["openai/gpt-5-mini"]))
        .retry_after(5)
}

pub(super) fn upstream_timeout(_: &Scene) -> Refusal {
    provider_error(504, "timeout", "Fireworks")
}

pub(super) fn edge_timeout_json(_: &Scene) -> Refusal {
    Refusal::new(524, "Request timed out. Please try again later.").kind("timeout")
}

pub(super) fn overloaded(_: &Scene) -> Refusal {
    provider_error(529, "provider_overloaded", "Anthropic")
}

pub(super) fn word_code(_: &Scene) -> Refusal {
    Refusal::new(429, "You exceeded your current quota").coded(Some("insufficient_quota"))
}
