//! Every limit source, error type, availability code and status that the API fact sheet names, and what
//! compatible servers send.

use super::cases::{Case, check, coded, limited, refused, said, text, typed, unavailable};
use super::messages::{self, AFFORD, PROMPT};
use crate::domain::symptom::{Availability, Refusal};

pub(super) fn all() -> Vec<Case> {
    [
        availability(),
        limits(),
        error_types(),
        code_words(),
        statuses(),
        messages::all(),
        of_facts(),
        odd(),
    ]
    .concat()
}

/// No model was asked: what is said of one elsewhere means the server itself.
fn of_facts() -> Vec<Case> {
    let asked = |status, error_type: Option<&str>| {
        refused(Refusal {
            status,
            error_type: error_type.map(text),
            of_facts: true,
            ..Refusal::default()
        })
    };
    vec![
        (asked(500, None), "out-of-service", 8),
        (asked(502, None), "out-of-service", 8),
        (asked(503, Some("provider_overloaded")), "out-of-service", 8),
        (asked(504, None), "out-of-service", 8),
        (asked(401, None), "key-refused", 4),
        (asked(429, None), "rate-limited", 6),
    ]
}

fn availability() -> Vec<Case> {
    vec![
        (unavailable(400, "model_not_found"), "unknown-model", 9),
        (
            unavailable(400, "wrong_endpoint"),
            "wrong-endpoint-for-model",
            9,
        ),
        (unavailable(404, "no_endpoints"), "no-endpoint", 9),
        (
            unavailable(404, "model_unavailable_upstream"),
            "no-endpoint",
            9,
        ),
        (unavailable(404, "model_deprecated"), "model-retired", 9),
        (
            unavailable(404, "privacy_restricted"),
            "privacy-restricted",
            9,
        ),
        (
            unavailable(404, "constraint_filtered"),
            "constraint-filtered",
            9,
        ),
        (
            unavailable(404, "free_variant_ended"),
            "free-variant-ended",
            9,
        ),
        (unavailable(403, "region_restricted"), "region-refused", 9),
        (unavailable(429, "capacity_exhausted"), "capacity", 6),
        (unavailable(503, "temporarily_unavailable"), "overloaded", 8),
        (said(503, "Loading model"), "model-loading", 8),
        (
            said(404, "Invalid URL (GET /wrong/models)"),
            "not-this-api",
            3,
        ),
        (
            said(402, "Too many requests in flight for your current balance"),
            "in-flight-hold",
            5,
        ),
        (
            said(
                404,
                "No endpoints available matching your guardrail restrictions",
            ),
            "guardrail",
            9,
        ),
        (
            coded(400, "expired_key", "Authentication Error"),
            "key-expired",
            4,
        ),
        (
            coded(401, "key_model_access_denied", "no"),
            "key-not-allowed",
            4,
        ),
        (
            coded(400, "budget_exceeded", "Budget has been exceeded"),
            "budget-used-up",
            5,
        ),
        (
            said(401, "You have insufficient permissions"),
            "key-not-allowed",
            4,
        ),
        (
            said(400, "API key not valid. Please pass one"),
            "key-refused",
            4,
        ),
        // A code of tomorrow: the status still tells the family.
        (unavailable(429, "moon_in_the_way"), "rate-limited", 6),
    ]
}

fn limits() -> Vec<Case> {
    let in_flight = "openrouter_in_flight_budget";
    vec![
        (
            limited(403, "openrouter_guardrail_budget", "", ""),
            "budget-used-up",
            5,
        ),
        (
            limited(403, "openrouter_workspace_budget", "", ""),
            "budget-used-up",
            5,
        ),
        (
            limited(403, "openrouter_key_limit", "", ""),
            "key-limit-used-up",
            5,
        ),
        (
            limited(402, "openrouter_key_limit", "", ""),
            "key-limit-used-up",
            5,
        ),
        (
            limited(402, "openrouter_key_limit", "", AFFORD),
            "key-limit-below-max-tokens",
            5,
        ),
        (
            limited(402, "openrouter_key_limit", "", PROMPT),
            "prompt-too-dear",
            5,
        ),
        (
            limited(402, "openrouter_credits", "", ""),
            "credits-used-up",
            5,
        ),
        (
            limited(402, "openrouter_credits", "", AFFORD),
            "cannot-afford-max-tokens",
            5,
        ),
        (
            limited(402, in_flight, "in_flight_budget_exhausted", ""),
            "in-flight-hold",
            5,
        ),
        (
            limited(402, in_flight, "weight_exceeds_budget", ""),
            "too-big-for-balance",
            5,
        ),
        (limited(402, in_flight, "", ""), "in-flight-hold", 5),
        (
            limited(402, "", "in_flight_budget_exhausted", ""),
            "in-flight-hold",
            5,
        ),
        (
            limited(429, "openrouter_free_tier_per_minute", "", ""),
            "free-per-minute",
            6,
        ),
        (
            limited(429, "openrouter_free_tier_daily", "", ""),
            "free-per-day",
            6,
        ),
        (
            limited(429, "upstream_provider_shared_pool", "", ""),
            "provider-rate-limited",
            6,
        ),
        (
            limited(429, "openrouter_new_source", "", ""),
            "rate-limited",
            6,
        ),
    ]
}

fn error_types() -> Vec<Case> {
    let image = [
        "invalid_image",
        "image_too_large",
        "image_too_small",
        "unsupported_image_format",
    ];
    let images = image
        .into_iter()
        .chain(["image_download_failed", "image_not_found"])
        .map(|error_type| (typed(400, error_type), "bad-image", 9));
    let others = vec![
        (typed(400, "context_length_exceeded"), "context-too-long", 9),
        (typed(400, "token_limit_exceeded"), "context-too-long", 9),
        (typed(400, "max_tokens_exceeded"), "max-tokens-too-large", 9),
        (typed(400, "string_too_long"), "bad-parameter", 9),
        (typed(400, "invalid_request"), "bad-request", 9),
        (typed(400, "invalid_prompt"), "bad-request", 9),
        (typed(400, "content_policy_violation"), "content-policy", 9),
        (typed(400, "refusal"), "content-policy", 9),
        (typed(401, "authentication"), "key-refused", 4),
        (typed(402, "payment_required"), "credits-used-up", 5),
        (typed(403, "permission_denied"), "key-not-allowed", 4),
        (typed(404, "not_found"), "not-found", 9),
        (typed(412, "precondition_failed"), "unknown-refusal", 9),
        (typed(413, "payload_too_large"), "payload-too-large", 9),
        (typed(422, "unprocessable"), "unprocessable", 9),
        (typed(429, "rate_limit_exceeded"), "rate-limited", 6),
        (typed(500, "server"), "server-error", 8),
        (typed(500, "unmapped"), "server-error", 8),
        (typed(502, "provider_unavailable"), "provider-down", 8),
        (typed(503, "provider_overloaded"), "overloaded", 8),
        (typed(504, "timeout"), "timeout", 8),
        // A type of tomorrow: the status still tells the family.
        (typed(418, "teapot"), "unknown-refusal", 9),
        (typed(500, "teapot"), "server-error", 8),
    ];
    images.chain(others).collect()
}

fn code_words() -> Vec<Case> {
    let model = "The model `gpt-9` does not exist or you do not have access to it.";
    vec![
        (
            coded(401, "invalid_api_key", "Incorrect API key provided"),
            "key-refused",
            4,
        ),
        (
            coded(429, "insufficient_quota", "You exceeded your current quota"),
            "insufficient-quota",
            5,
        ),
        (
            coded(400, "billing_hard_limit_reached", ""),
            "insufficient-quota",
            5,
        ),
        (coded(404, "model_not_found", model), "unknown-model", 9),
        (
            coded(400, "context_length_exceeded", ""),
            "context-too-long",
            9,
        ),
        (coded(400, "unsupported_parameter", ""), "bad-parameter", 9),
        (coded(400, "unsupported_value", ""), "bad-parameter", 9),
        (coded(400, "content_filter", ""), "content-policy", 9),
        (
            coded(403, "unsupported_country_region_territory", ""),
            "region-refused",
            9,
        ),
        (
            coded(429, "rate_limit_exceeded", "Rate limit reached for gpt-5"),
            "rate-limited",
            6,
        ),
        (coded(500, "server_error", ""), "server-error", 8),
        (
            coded(529, "overloaded_error", "Overloaded"),
            "overloaded",
            8,
        ),
        (coded(413, "request_too_large", ""), "payload-too-large", 9),
        (
            coded(404, "invalid_request_error", "Invalid URL (POST /v2/chat)"),
            "not-this-api",
            3,
        ),
        (coded(400, "access_denied", ""), "sign-in-denied", 4),
    ]
}

fn statuses() -> Vec<Case> {
    [
        (400, "bad-request", 9),
        (401, "key-refused", 4),
        (402, "credits-used-up", 5),
        (403, "key-not-allowed", 4),
        (404, "not-found", 9),
        (405, "not-this-api", 3),
        (407, "proxy-auth", 7),
        (408, "timeout", 8),
        (409, "conflict", 9),
        (410, "unknown-refusal", 9),
        (412, "unknown-refusal", 9),
        (413, "payload-too-large", 9),
        (422, "unprocessable", 9),
        (429, "rate-limited", 6),
        (451, "region-refused", 9),
        (499, "unknown-refusal", 9),
        (500, "server-error", 8),
        (502, "provider-down", 8),
        (503, "overloaded", 8),
        (504, "timeout", 8),
        (511, "captive-portal", 7),
        (524, "timeout", 8),
        (529, "overloaded", 8),
        (599, "unknown-server-error", 8),
        (200, "unknown-server-error", 8),
        (0, "unknown-server-error", 8),
        (304, "unknown", 1),
        (999, "unknown", 1),
    ]
    .map(|(status, id, code)| (said(status, "something odd"), id, code))
    .to_vec()
}

/// Where more than one field matters.
fn odd() -> Vec<Case> {
    let flagged = refused(Refusal {
        status: 403,
        reasons: vec![text("violence")],
        ..Refusal::default()
    });
    let providers = refused(Refusal {
        status: 429,
        provider: Some(text("DeepInfra")),
        message: text("slow down"),
        ..Refusal::default()
    });
    // The availability is steadier than a status and a type that say less.
    let steadiest = refused(Refusal {
        status: 429,
        error_type: Some(text("rate_limit_exceeded")),
        availability: Some(Availability {
            code: text("capacity_exhausted"),
            ..Availability::default()
        }),
        ..Refusal::default()
    });
    // A general type must not hide a code that names the trouble.
    let named = refused(Refusal {
        status: 400,
        error_type: Some(text("invalid_request")),
        code: Some(text("context_length_exceeded")),
        ..Refusal::default()
    });
    let in_stream = |status, error_type: Option<&str>| {
        refused(Refusal {
            status,
            error_type: error_type.map(text),
            message: text("Provider disconnected unexpectedly"),
            mid_stream: true,
            ..Refusal::default()
        })
    };
    vec![
        (flagged, "moderation", 9),
        (providers, "provider-rate-limited", 6),
        (steadiest, "capacity", 6),
        (named, "context-too-long", 9),
        (
            in_stream(502, Some("provider_unavailable")),
            "stream-error",
            8,
        ),
        (in_stream(500, None), "stream-error", 8),
        (in_stream(200, None), "stream-error", 8),
        (in_stream(429, None), "rate-limited", 6),
        (in_stream(503, None), "overloaded", 8),
        (in_stream(402, None), "credits-used-up", 5),
    ]
}

#[test]
fn every_refusal_the_documentation_names_is_known() {
    check(&all());
}
