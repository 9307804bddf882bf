//! An error that the server described, by what is steadiest in it: availability, then the limit's
//! source, then the error type, then the code word, then status and message.
//!
//! Source: sections 6.1 to 6.6 of the API fact sheet, "Errors and limits".

use super::status;
use super::words::{self, Rule};
use crate::diagnosis::catalogue::{
    account, answer, key, model, policy, rate, request, server, unknown,
};
use crate::diagnosis::trouble::Trouble;
use crate::domain::symptom::Refusal;

/// What one field of a refusal says.
enum Verdict {
    /// It names the trouble.
    Is(&'static Trouble),
    /// It names a family, which the message tells apart, as this status does.
    Like(u16),
}

use Verdict::{Is, Like};

/// The row.
pub(super) fn judge(refusal: &Refusal) -> &'static Trouble {
    let trouble = by_fields(refusal).unwrap_or_else(|| by_status(refusal.status, refusal));
    if refusal.of_facts && speaks_of_a_model(trouble) {
        return &server::OUT_OF_SERVICE;
    }
    if refusal.mid_stream && is_the_servers_own(trouble) {
        return &server::STREAM_ERROR;
    }
    trouble
}

/// The first field that names the trouble itself, else the first that names its family.
fn by_fields(refusal: &Refusal) -> Option<&'static Trouble> {
    let about = refusal.availability.as_ref();
    let verdicts = [
        about.and_then(|about| by_availability(&about.code)),
        by_limit(refusal),
        refusal.error_type.as_deref().and_then(by_type),
        refusal.code.as_deref().and_then(by_code),
    ];
    let mut family = None;
    for verdict in verdicts.into_iter().flatten() {
        match verdict {
            Is(trouble) => return Some(trouble),
            Like(status) => family = family.or(Some(status)),
        }
    }
    family.map(|status| by_status(status, refusal))
}

/// Source: `error.availability.code`, section 6.4.
fn by_availability(code: &str) -> Option<Verdict> {
    Some(Is(match code {
        "model_not_found" => &model::UNKNOWN_MODEL,
        "wrong_endpoint" => &model::WRONG_ENDPOINT,
        "no_endpoints" | "model_unavailable_upstream" => &model::NO_ENDPOINT,
        "model_deprecated" => &model::MODEL_RETIRED,
        "privacy_restricted" => &model::PRIVACY,
        "constraint_filtered" => &model::CONSTRAINT,
        "free_variant_ended" => &model::FREE_ENDED,
        "region_restricted" => &policy::REGION,
        "capacity_exhausted" => &rate::CAPACITY,
        "temporarily_unavailable" => &server::OVERLOADED,
        _ => return None,
    }))
}

/// Source: `error.metadata.limit_source` and `reason`, sections 6.1 and 6.5.
fn by_limit(refusal: &Refusal) -> Option<Verdict> {
    let reason = |name: &str| refusal.reasons.iter().any(|reason| &**reason == name);
    let source = refusal.limit_source.as_deref().unwrap_or_default();
    Some(match source {
        "openrouter_guardrail_budget" | "openrouter_workspace_budget" => Is(&account::BUDGET),
        "openrouter_key_limit" => {
            Is(words::pick(&refusal.message, OF_THE_KEY).unwrap_or(&account::KEY_LIMIT))
        }
        "openrouter_credits" => Like(402),
        "openrouter_free_tier_per_minute" => Is(&rate::FREE_PER_MINUTE),
        "openrouter_free_tier_daily" => Is(&rate::FREE_PER_DAY),
        "upstream_provider_shared_pool" => Is(&rate::PROVIDER_LIMIT),
        _ if reason("weight_exceeds_budget") => Is(&account::TOO_BIG_FOR_BALANCE),
        "openrouter_in_flight_budget" => Is(&account::IN_FLIGHT_HOLD),
        _ if reason("in_flight_budget_exhausted") => Is(&account::IN_FLIGHT_HOLD),
        _ => return None,
    })
}

/// The key's limit leaves something, only not enough for this request.
const OF_THE_KEY: &[Rule] = &[
    (&["can only afford"], &account::KEY_CANNOT_AFFORD),
    (&["fewer max_tokens"], &account::KEY_CANNOT_AFFORD),
    (&["prompt tokens limit"], &account::PROMPT_TOO_DEAR),
];

/// Source: `error.metadata.error_type`, section 6.3.
fn by_type(error_type: &str) -> Option<Verdict> {
    Some(match error_type {
        "context_length_exceeded" | "token_limit_exceeded" => Is(&request::CONTEXT_TOO_LONG),
        "max_tokens_exceeded" => Is(&request::MAX_TOKENS),
        "string_too_long" => Is(&request::BAD_PARAMETER),
        "content_policy_violation" | "refusal" => Is(&policy::CONTENT_POLICY),
        "invalid_image"
        | "image_too_large"
        | "image_too_small"
        | "unsupported_image_format"
        | "image_download_failed"
        | "image_not_found" => Is(&request::BAD_IMAGE),
        "payload_too_large" => Is(&request::PAYLOAD),
        "unprocessable" => Is(&request::UNPROCESSABLE),
        "server" | "unmapped" => Is(&server::SERVER_ERROR),
        "provider_unavailable" => Is(&server::PROVIDER_DOWN),
        "provider_overloaded" => Is(&server::OVERLOADED),
        "timeout" => Is(&server::TIMEOUT),
        "invalid_request" | "invalid_prompt" => Like(400),
        "authentication" => Like(401),
        "payment_required" => Like(402),
        "permission_denied" => Like(403),
        "not_found" => Like(404),
        "precondition_failed" => Like(412),
        "rate_limit_exceeded" => Like(429),
        _ => return None,
    })
}

/// Source: `error.code` or `error.type` where it is a word, as OpenAI, Anthropic and their likes send
/// it, section 13.1; the error of a sign-in page, section 7.1. Words that say no more than the status
/// does, such as `invalid_request_error`, are left to the status.
fn by_code(code: &str) -> Option<Verdict> {
    Some(match code {
        "invalid_api_key" => Like(401),
        "expired_key" => Is(&key::KEY_EXPIRED),
        "key_model_access_denied" => Is(&key::KEY_NOT_ALLOWED),
        "budget_exceeded" => Is(&account::BUDGET),
        "insufficient_quota" | "billing_hard_limit_reached" => Is(&account::INSUFFICIENT_QUOTA),
        "model_not_found" => Is(&model::UNKNOWN_MODEL),
        "context_length_exceeded" => Is(&request::CONTEXT_TOO_LONG),
        "unsupported_parameter"
        | "unsupported_value"
        | "unknown_parameter"
        | "string_above_max_length" => Is(&request::BAD_PARAMETER),
        "content_filter" | "content_policy_violation" => Is(&policy::CONTENT_POLICY),
        "unsupported_country_region_territory" => Is(&policy::REGION),
        "rate_limit_exceeded" => Like(429),
        "request_too_large" => Is(&request::PAYLOAD),
        "overloaded_error" => Is(&server::OVERLOADED),
        "server_error" => Is(&server::SERVER_ERROR),
        "access_denied" => Is(&key::SIGN_IN_DENIED),
        _ => return None,
    })
}

/// By the family of a status; the message tells its members apart.
fn by_status(status: u16, refusal: &Refusal) -> &'static Trouble {
    let (trouble, is_certain) = status::judge(status, &refusal.message);
    match status {
        // Moderation lists what it took exception to; its words vary.
        403 if !is_certain && !refusal.reasons.is_empty() => &policy::MODERATION,
        // OpenRouter names a provider where the limit is that provider's.
        404 if !is_certain && is_bare(&refusal.message) => &answer::NOT_THIS_API,
        429 if !is_certain && refusal.provider.is_some() => &rate::PROVIDER_LIMIT,
        _ => trouble,
    }
}

/// A 404 that names nothing: the path itself is unknown.
fn is_bare(message: &str) -> bool {
    let words = message.trim().trim_end_matches('.').to_lowercase();
    matches!(words.as_str(), "" | "not found" | "404 not found")
}

/// Faults that are told of a model or its provider. Where none was asked the same status means the server itself.
fn speaks_of_a_model(trouble: &Trouble) -> bool {
    [
        &server::PROVIDER_DOWN,
        &server::OVERLOADED,
        &server::TIMEOUT,
        &server::SERVER_ERROR,
    ]
    .iter()
    .any(|own| own.id == trouble.id)
}

/// Faults of the server or the provider that, in the middle of an answer, are one and the same thing.
fn is_the_servers_own(trouble: &Trouble) -> bool {
    [
        &server::PROVIDER_DOWN,
        &server::SERVER_ERROR,
        &unknown::SERVER,
        &unknown::UNKNOWN,
    ]
    .iter()
    .any(|own| own.id == trouble.id)
}
