//! HTTP statuses, and how the words of a message tell the members of one family apart.
//!
//! Source: sections 6.2 and 6.5 of the API fact sheet and the error texts it quotes; those of OpenAI
//! and its likes from their own answers.

use super::words::{self, Rule};
use crate::diagnosis::catalogue::{
    account, answer, key, model, network, policy, rate, request, secure, server, unknown,
};
use crate::diagnosis::trouble::Trouble;

/// The trouble, and whether the words named it; else it is the status's usual one.
pub(super) fn judge(status: u16, message: &str) -> (&'static Trouble, bool) {
    let (rules, usual) = family(status);
    match words::pick(message, rules) {
        Some(trouble) => (trouble, true),
        None => (usual, false),
    }
}

fn family(status: u16) -> (&'static [Rule], &'static Trouble) {
    match status {
        400 => (BAD_REQUEST, &request::BAD_REQUEST),
        401 => (UNAUTHORISED, &key::KEY_REFUSED),
        402 => (PAYMENT, &account::CREDITS_USED_UP),
        403 => (FORBIDDEN, &key::KEY_NOT_ALLOWED),
        404 => (NOT_FOUND, &request::NOT_FOUND),
        405 => (&[], &answer::NOT_THIS_API),
        407 => (&[], &network::PROXY_AUTH),
        408 | 504 | 524 => (&[], &server::TIMEOUT),
        409 => (&[], &request::CONFLICT),
        413 => (&[], &request::PAYLOAD),
        422 => (BAD_REQUEST, &request::UNPROCESSABLE),
        429 => (TOO_MANY, &rate::RATE_LIMITED),
        451 => (&[], &policy::REGION),
        500 => (&[], &server::SERVER_ERROR),
        502 => (&[], &server::PROVIDER_DOWN),
        503 | 529 => (UNAVAILABLE, &server::OVERLOADED),
        511 => (&[], &answer::CAPTIVE_PORTAL),
        _ => (&[], class(status)),
    }
}

/// A status without a meaning of its own, by its hundreds.
fn class(status: u16) -> &'static Trouble {
    match status / 100 {
        4 => &unknown::REFUSAL,
        // A success or no status at all: an error inside an answer that had begun well.
        ..=2 | 5 => &unknown::SERVER,
        _ => &unknown::UNKNOWN,
    }
}

const BAD_REQUEST: &[Rule] = &[
    (&["budget has been exceeded"], &account::BUDGET),
    (&["api key not valid"], &key::KEY_REFUSED),
    (&["http request to an https server"], &secure::PLAIN_HTTP),
    (&["not a valid model"], &model::UNKNOWN_MODEL),
    (&["model", "does not exist"], &model::UNKNOWN_MODEL),
    (&["model", "not found"], &model::UNKNOWN_MODEL),
    (&["invalid model name"], &model::UNKNOWN_MODEL),
    (&["maximum context length"], &request::CONTEXT_TOO_LONG),
    (&["context", "exceed"], &request::CONTEXT_TOO_LONG),
    (&["prompt is too long"], &request::CONTEXT_TOO_LONG),
    (&["max_tokens is too large"], &request::MAX_TOKENS),
    (
        &["maximum allowed number of output tokens"],
        &request::MAX_TOKENS,
    ),
    (&["completion tokens", "at most"], &request::MAX_TOKENS),
    (&["code_challenge"], &key::SIGN_IN_REFUSED),
    (&["content policy"], &policy::CONTENT_POLICY),
    (&["usage policy"], &policy::CONTENT_POLICY),
    (&["content management policy"], &policy::CONTENT_POLICY),
    (&["credit balance is too low"], &account::INSUFFICIENT_QUOTA),
    (&["not support", "image"], &model::CONSTRAINT),
    (&["not support", "tool"], &model::CONSTRAINT),
    (&["image", "invalid"], &request::BAD_IMAGE),
    (&["image", "download"], &request::BAD_IMAGE),
    (&["image", "too large"], &request::BAD_IMAGE),
    (&["image", "format"], &request::BAD_IMAGE),
    (&["unsupported parameter"], &request::BAD_PARAMETER),
    (&["unsupported value"], &request::BAD_PARAMETER),
    (&["unrecognized", "argument"], &request::BAD_PARAMETER),
    (&["invalid value"], &request::BAD_PARAMETER),
    (&["invalid type"], &request::BAD_PARAMETER),
    (&["invalid", "parameter"], &request::BAD_PARAMETER),
    (&["must be"], &request::BAD_PARAMETER),
    (&["extra inputs"], &request::BAD_PARAMETER),
];

const UNAUTHORISED: &[Rule] = &[
    (&["insufficient permissions"], &key::KEY_NOT_ALLOWED),
    (&["missing scopes"], &key::KEY_NOT_ALLOWED),
    (&["missing authentication"], &key::NO_AUTH_SENT),
    (&["no auth credentials"], &key::NO_AUTH_SENT),
    (&["no cookie auth"], &key::NO_AUTH_SENT),
    (&["didn't provide an api key"], &key::NO_AUTH_SENT),
    (&["did not provide an api key"], &key::NO_AUTH_SENT),
    (&["no api key"], &key::NO_AUTH_SENT),
    (&["management key", "required"], &key::NOT_A_MANAGEMENT_KEY),
    (&["management key"], &key::MANAGEMENT_KEY),
    (&["provisioning key"], &key::MANAGEMENT_KEY),
    // OpenRouter's catch-all: "Invalid credentials (OAuth session expired, disabled/invalid API key)".
    (&["oauth session expired"], &key::KEY_REFUSED),
    (&["disabled"], &key::KEY_DISABLED),
    (&["expired"], &key::KEY_EXPIRED),
    (&["invalid credentials"], &key::KEY_REFUSED),
];

const PAYMENT: &[Rule] = &[
    (&["in flight"], &account::IN_FLIGHT_HOLD),
    (
        &["can only afford", "higher", "limit"],
        &account::KEY_CANNOT_AFFORD,
    ),
    (&["can only afford"], &account::CANNOT_AFFORD),
    (&["fewer max_tokens"], &account::CANNOT_AFFORD),
    (&["prompt tokens limit"], &account::PROMPT_TOO_DEAR),
    (&["never purchased"], &account::NEVER_BOUGHT),
    (&["negative"], &account::BALANCE_NEGATIVE),
    (&["in-flight"], &account::IN_FLIGHT_HOLD),
    (&["in_flight"], &account::IN_FLIGHT_HOLD),
    (&["budget"], &account::BUDGET),
    (&["key limit"], &account::KEY_LIMIT),
    (&["limit exceeded"], &account::KEY_LIMIT),
];

const FORBIDDEN: &[Rule] = &[
    (&["only management keys"], &key::NOT_A_MANAGEMENT_KEY),
    (&["only provisioning keys"], &key::NOT_A_MANAGEMENT_KEY),
    (&["management key", "required"], &key::NOT_A_MANAGEMENT_KEY),
    (&["management key", "cannot"], &key::MANAGEMENT_KEY),
    (&["authorization code expired"], &key::SIGN_IN_EXPIRED),
    (&["code_verifier"], &key::SIGN_IN_REFUSED),
    (&["invalid code"], &key::SIGN_IN_REFUSED),
    (&["key limit"], &account::KEY_LIMIT),
    (&["budget"], &account::BUDGET),
    (&["guardrail"], &policy::GUARDRAIL),
    (&["request blocked"], &policy::GUARDRAIL),
    (&["prompt injection"], &policy::GUARDRAIL),
    (&["moderation"], &policy::MODERATION),
    (&["flagged"], &policy::MODERATION),
    (&["content policy"], &policy::CONTENT_POLICY),
    (&["terms of service"], &policy::CONTENT_POLICY),
    (&["country"], &policy::REGION),
    (&["region"], &policy::REGION),
    (&["location is not supported"], &policy::REGION),
];

const NOT_FOUND: &[Rule] = &[
    (&["api key not found"], &key::KEY_GONE),
    (&["guardrail"], &policy::GUARDRAIL),
    (&["data policy"], &model::PRIVACY),
    (&["privacy"], &model::PRIVACY),
    (&["no endpoints found that support"], &model::CONSTRAINT),
    (&["no endpoints found that can handle"], &model::CONSTRAINT),
    (&["no endpoints found matching"], &model::CONSTRAINT),
    (&["no endpoints"], &model::NO_ENDPOINT),
    (&["no allowed providers"], &model::NO_ENDPOINT),
    (&["deprecated"], &model::MODEL_RETIRED),
    (&["retired"], &model::MODEL_RETIRED),
    (&["image not found"], &request::BAD_IMAGE),
    // How web servers and frameworks say that nothing stands at a path; some name the path, and that
    // may hold the word of any rule below.
    (&["invalid url"], &answer::NOT_THIS_API),
    (&["page not found"], &answer::NOT_THIS_API),
    (&["file not found"], &answer::NOT_THIS_API),
    (&["unknown request url"], &answer::NOT_THIS_API),
    (&["cannot post"], &answer::NOT_THIS_API),
    (&["cannot get"], &answer::NOT_THIS_API),
    (&["no route"], &answer::NOT_THIS_API),
    (&["model"], &model::UNKNOWN_MODEL),
];

const UNAVAILABLE: &[Rule] = &[(&["loading model"], &server::LOADING)];

const TOO_MANY: &[Rule] = &[
    (&["free-models-per-day"], &rate::FREE_PER_DAY),
    (&["free-models-per-min"], &rate::FREE_PER_MINUTE),
    (&["upstream"], &rate::PROVIDER_LIMIT),
    (
        &["exceeded your current quota"],
        &account::INSUFFICIENT_QUOTA,
    ),
    (&["insufficient_quota"], &account::INSUFFICIENT_QUOTA),
    (&["at capacity"], &rate::CAPACITY),
    (&["overloaded"], &rate::CAPACITY),
];
