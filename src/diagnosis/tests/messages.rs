//! Every message text that the API fact sheet quotes, and those of compatible servers: where nothing
//! steadier was sent, words tell the members of a status's family apart.

use super::cases::{Case, check, said};

/// A message, and the id it leads to.
type Text = (&'static str, &'static str);

pub(super) const AFFORD: &str = "This request requires more credits, or fewer max_tokens. You requested up to \
    65536 tokens, but can only afford 3919. To increase, visit https://openrouter.ai/settings/credits and";
pub(super) const PROMPT: &str = "Prompt tokens limit exceeded: 230799 > 91442. To increase, visit";
const AFFORD_KEY: &str = "This request requires more credits, or fewer max_tokens. You requested up to 65536 \
    tokens, but can only afford 3919. To increase, visit https://openrouter.ai/settings/keys and create a key \
    with a higher monthly limit";

pub(super) fn all() -> Vec<Case> {
    let known: [(u16, u8, &[Text]); 9] = [
        (400, 9, BAD_REQUEST),
        (401, 4, UNAUTHORISED),
        (402, 5, PAYMENT),
        (403, 4, FORBIDDEN_TO_THE_KEY),
        (403, 5, FORBIDDEN_BY_A_LIMIT),
        (403, 9, FORBIDDEN),
        (404, 9, NOT_FOUND),
        (404, 3, NO_SUCH_PATH),
        (429, 6, TOO_MANY),
    ];
    let of = |(status, exit_code, texts): (u16, u8, &'static [Text])| {
        let case = move |(text, id): &Text| (said(status, text), *id, exit_code);
        texts.iter().map(case)
    };
    let elsewhere = [
        (
            said(400, "Invalid code_challenge_method"),
            "sign-in-code-refused",
            4,
        ),
        (
            said(400, "Your credit balance is too low"),
            "insufficient-quota",
            5,
        ),
        (said(422, "messages: must be a list"), "bad-parameter", 9),
    ];
    known.into_iter().flat_map(of).chain(elsewhere).collect()
}

const BAD_REQUEST: &[Text] = &[
    ("gpt5 is not a valid model ID", "unknown-model"),
    (
        "This endpoint's maximum context length is 131072 tokens. However, you requested about 200000",
        "context-too-long",
    ),
    (
        "max_tokens: 100000 > 64000, which is the maximum allowed number of output tokens",
        "max-tokens-too-large",
    ),
    (
        "max_tokens is too large: 100000. This model supports at most 16384 completion tokens",
        "max-tokens-too-large",
    ),
    (
        "Unsupported value: 'temperature' does not support 0.2 with this model",
        "bad-parameter",
    ),
    (
        "Unrecognized request argument supplied: models",
        "bad-parameter",
    ),
    ("Invalid request parameters", "bad-parameter"),
    (
        "This model does not support image inputs",
        "constraint-filtered",
    ),
    ("Invalid argument", "bad-request"),
];

const UNAUTHORISED: &[Text] = &[
    ("Missing Authentication header", "no-auth-sent"),
    ("No auth credentials found", "no-auth-sent"),
    ("User not found.", "key-refused"),
    ("Invalid credentials", "key-refused"),
    (
        "Invalid credentials (OAuth session expired, disabled/invalid API key)",
        "key-refused",
    ),
    ("This API key is disabled", "key-disabled"),
    ("API key expired", "key-expired"),
    (
        "A management key cannot be used here",
        "management-key-for-inference",
    ),
];

const PAYMENT: &[Text] = &[
    (
        "Insufficient credits. Add more using https://openrouter.ai/credits",
        "credits-used-up",
    ),
    (
        "Insufficient credits. This account never purchased credits. Make sure your key is on the correct",
        "credits-never-bought",
    ),
    ("Your account has a negative balance", "balance-negative"),
    (AFFORD, "cannot-afford-max-tokens"),
    (AFFORD_KEY, "key-limit-below-max-tokens"),
    (PROMPT, "prompt-too-dear"),
];

const FORBIDDEN_TO_THE_KEY: &[Text] = &[
    (
        "Only management keys can perform this operation",
        "not-a-management-key",
    ),
    ("Invalid code or code_verifier", "sign-in-code-refused"),
    ("Authorization code expired", "sign-in-code-expired"),
];

const FORBIDDEN_BY_A_LIMIT: &[Text] = &[
    (
        "Key limit exceeded (monthly limit). Manage it using",
        "key-limit-used-up",
    ),
    (
        "Workspace monthly budget of $500.00 exceeded. …",
        "budget-used-up",
    ),
];

const FORBIDDEN: &[Text] = &[
    (
        "Request blocked: prompt injection patterns detected",
        "guardrail",
    ),
    (
        "openai/gpt-5 requires moderation. Your input was flagged",
        "moderation",
    ),
    (
        "Country, region, or territory not supported",
        "region-refused",
    ),
];

const NOT_FOUND: &[Text] = &[
    (
        "No endpoints found matching your data policy (Free model publication)",
        "privacy-restricted",
    ),
    (
        "No endpoints found that support tool use. To learn more about provider routing, visit",
        "constraint-filtered",
    ),
    ("No endpoints found for openai/gpt-9.", "no-endpoint"),
    (
        "model 'llama9' not found, try pulling it first",
        "unknown-model",
    ),
    ("Resource not found", "not-found"),
];

const NO_SUCH_PATH: &[Text] = &[
    ("Not Found", "not-this-api"),
    ("", "not-this-api"),
    ("Cannot POST /chat/completions", "not-this-api"),
    ("Invalid URL (POST /v2/chat/completions)", "not-this-api"),
];

const TOO_MANY: &[Text] = &[
    (
        "Rate limit exceeded: free-models-per-day. Add 10 credits to unlock 1000 free model requests per day",
        "free-per-day",
    ),
    (
        "Rate limit exceeded: free-models-per-min.",
        "free-per-minute",
    ),
    (
        "qwen/qwen3-coder:free is temporarily rate-limited upstream. Please retry shortly",
        "provider-rate-limited",
    ),
    ("The model is at capacity", "capacity"),
    ("Rate limit exceeded", "rate-limited"),
];

#[test]
fn every_message_the_documentation_quotes_is_known() {
    check(&all());
}
