//! An error as a server described it, in any of the shapes that servers use. Source: section 6 of
//! OpenRouter's API, and what compatible servers send.

use std::time::Duration;

use jiff::Timestamp;
use reqwest::header::HeaderMap;
use serde_json::Value;

use super::scrub::Scrub;
use super::wire::moment_of;
use crate::domain::clean_text::CleanText;
use crate::domain::symptom::{Availability, Refusal, Whose};

/// Where and when an error was met.
pub(super) struct Circumstances<'a> {
    /// HTTP status.
    pub(super) status: u16,
    /// The answer's headers.
    pub(super) headers: &'a HeaderMap,
    /// When it arrived here.
    pub(super) received: Timestamp,
    /// The answer had begun as a stream.
    pub(super) mid_stream: bool,
}

/// The longest message shown, in characters.
const LONGEST_MESSAGE: usize = 600;
/// The longest body kept for the raw view, in characters.
const LONGEST_RAW: usize = 4000;
/// No server means a longer wait than a month.
const LONGEST_WAIT: f64 = 31.0 * 86_400.0;

/// Reads the error that `body` describes; `None` when it describes none.
pub(super) fn described_in(body: &Value, at: &Circumstances<'_>, scrub: &Scrub) -> Option<Refusal> {
    error_of(body).map(|error| read(error, body, at, scrub))
}

/// Reads a body that came with an error status: whatever it says, it is a refusal.
pub(super) fn of_status(body: &Value, at: &Circumstances<'_>, scrub: &Scrub) -> Refusal {
    read(error_of(body).unwrap_or(body), body, at, scrub)
}

/// The part of a body that is the error.
fn error_of(body: &Value) -> Option<&Value> {
    let says_something = |value: &&Value| match value {
        Value::Object(_) => true,
        Value::String(text) => !text.is_empty(),
        Value::Array(list) => !list.is_empty(),
        _ => false,
    };
    if let Value::Array(list) = body {
        return list.first().and_then(error_of);
    }
    if let Some(error) = body.get("error").filter(says_something) {
        return Some(error);
    }
    let holds_answer = ["choices", "data"]
        .iter()
        .any(|field| body.get(field).is_some_and(|value| !value.is_null()));
    if holds_answer {
        return None;
    }
    if let Some(first) = body.get("errors").and_then(|errors| errors.get(0)) {
        return Some(first);
    }
    let is_called_error = ["object", "type"]
        .iter()
        .any(|field| body.get(field).and_then(Value::as_str) == Some("error"));
    // A bare message may be news of any kind; with a code beside it, it is an error.
    let has_code = ["code", "status"]
        .iter()
        .any(|field| body.get(field).is_some());
    let is_coded = has_code && body.get("message").is_some_and(Value::is_string);
    let has_detail = body
        .get("detail")
        .is_some_and(|detail| says_something(&detail));
    (is_called_error || is_coded || has_detail).then_some(body)
}

fn read(error: &Value, body: &Value, at: &Circumstances<'_>, scrub: &Scrub) -> Refusal {
    let metadata = error.get("metadata").unwrap_or(&Value::Null);
    let availability = error.get("availability").filter(|value| value.is_object());
    let word = |value: Option<&Value>| word(value, scrub);
    let code = word(error.get("code"))
        .filter(|code| code.parse::<f64>().is_err())
        .or_else(|| word(error.get("type")));
    let error_type = word(metadata.get("error_type")).or_else(|| word(error.get("error_type")));
    let named = [error_type.as_deref(), code.as_deref()];
    let mut reasons = words(metadata.get("reason"), scrub);
    reasons.extend(words(metadata.get("reasons"), scrub));
    reasons.extend(words(metadata.get("patterns"), scrub));
    Refusal {
        status: status_of(error, body, at.status, &named),
        message: message_of(error, body, metadata, scrub),
        limit_source: word(metadata.get("limit_source")),
        reasons,
        provider: word(metadata.get("provider_name")),
        retry_after: retry_after(availability, metadata, at),
        resets_at: resets_at(metadata, at),
        mid_stream: at.mid_stream,
        of_facts: false,
        whose: Whose::default(),
        raw: raw(body, scrub),
        availability: availability.map(|value| availability_of(value, scrub)),
        code,
        error_type,
    }
}

/// The code, else `http_status`, else the status line; under a 200 also what the words stand for.
fn status_of(error: &Value, body: &Value, http: u16, named: &[Option<&str>]) -> u16 {
    let fields = [
        error.get("code"),
        error.get("http_status"),
        error.get("status"),
        body.get("code"),
        body.get("status"),
    ];
    let told = fields
        .into_iter()
        .flatten()
        .filter_map(whole_number)
        // Providers number their errors too; those numbers are no statuses.
        .find(|status| (400..600).contains(status));
    match told {
        Some(status) => u16::try_from(status).unwrap_or(http),
        None if http >= 400 => http,
        None => named
            .iter()
            .flatten()
            .find_map(|name| meaning(name))
            .unwrap_or(http),
    }
}

/// The status that a stable word stands for. Source: section 6.3 of OpenRouter's API, and the words
/// of OpenAI and Anthropic that servers in front of them pass on.
fn meaning(name: &str) -> Option<u16> {
    Some(match name {
        "context_length_exceeded"
        | "max_tokens_exceeded"
        | "token_limit_exceeded"
        | "string_too_long"
        | "invalid_request"
        | "invalid_request_error"
        | "invalid_prompt"
        | "content_policy_violation"
        | "refusal"
        | "invalid_image"
        | "image_too_large"
        | "image_too_small"
        | "unsupported_image_format"
        | "image_download_failed" => 400,
        "authentication" | "authentication_error" | "invalid_api_key" => 401,
        "payment_required" => 402,
        "permission_denied" => 403,
        "not_found" | "image_not_found" => 404,
        "precondition_failed" => 412,
        "payload_too_large" => 413,
        "unprocessable" => 422,
        "rate_limit_exceeded" | "rate_limit_error" | "insufficient_quota" => 429,
        "server" | "unmapped" | "server_error" | "internal_server_error" | "api_error" => 500,
        "provider_unavailable" => 502,
        "provider_overloaded" => 503,
        "timeout" => 504,
        "overloaded_error" => 529,
        _ => return None,
    })
}

fn message_of(error: &Value, body: &Value, metadata: &Value, scrub: &Scrub) -> CleanText {
    let own = said(error).or_else(|| said(body)).unwrap_or_default();
    // OpenRouter passes a provider's error on under these words.
    let passed_on = own.is_empty() || own.eq_ignore_ascii_case("provider returned error");
    let upstream = metadata.get("raw").filter(|_| passed_on).and_then(upstream);
    scrub
        .line(&upstream.unwrap_or(own))
        .shortened(LONGEST_MESSAGE)
}

/// The words in an error of any shape.
fn said(error: &Value) -> Option<String> {
    let text = match error {
        Value::String(text) => text.clone(),
        // FastAPI names each field that does not fit.
        Value::Array(list) => {
            let said: Vec<String> = list.iter().filter_map(said).collect();
            said.join("; ")
        }
        Value::Object(fields) => ["message", "msg", "detail", "error", "error_description"]
            .iter()
            .find_map(|name| fields.get(*name).and_then(said))?,
        _ => return None,
    };
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

/// A provider's own words: an object, JSON in a string, or a plain string.
fn upstream(raw: &Value) -> Option<String> {
    let Value::String(text) = raw else {
        return said(raw);
    };
    let text = text.trim();
    let inner = serde_json::from_str::<Value>(text.strip_prefix("data:").unwrap_or(text)).ok();
    inner
        .as_ref()
        .and_then(said)
        .or_else(|| (!text.is_empty()).then(|| text.to_owned()))
}

fn availability_of(value: &Value, scrub: &Scrub) -> Availability {
    Availability {
        code: word(value.get("code"), scrub).unwrap_or_default(),
        retryable: value.get("retryable") == Some(&Value::Bool(true)),
        fallback_models: words(value.get("fallback_models"), scrub),
        excluded_by: words(value.get("excluded_by"), scrub),
        constraint: value
            .get("constraint")
            .and_then(|constraint| word(constraint.get("field"), scrub)),
    }
}

/// How long to wait: the header in seconds, milliseconds or as a date, else the body's word.
fn retry_after(
    availability: Option<&Value>,
    metadata: &Value,
    at: &Circumstances<'_>,
) -> Option<Duration> {
    let header = |name: &str| at.headers.get(name)?.to_str().ok().map(str::to_owned);
    let inner = |name: &str| header_in(metadata, name);
    let seconds = |text: String| text.trim().parse::<f64>().ok();
    let dated = |text: &String| until(text, header("date").as_deref(), at.received);
    let asked = header("retry-after-ms")
        .and_then(seconds)
        .map(|millis| millis / 1e3)
        .or_else(|| {
            let text = header("retry-after").or_else(|| inner("retry-after"))?;
            dated(&text).or_else(|| seconds(text))
        })
        .or_else(|| number(availability?.get("retry_after")?))
        .or_else(|| number(metadata.get("retry_after")?))?;
    (0.0..=LONGEST_WAIT)
        .contains(&asked)
        .then(|| Duration::from_secs_f64(asked))
}

/// Seconds until an HTTP date. The server's own clock is the one the date was made by.
fn until(date: &str, servers_clock: Option<&str>, received: Timestamp) -> Option<f64> {
    let read = |text: &str| {
        let parser = jiff::fmt::rfc2822::DateTimeParser::new();
        parser.parse_timestamp(text.trim()).ok()
    };
    let now = servers_clock.and_then(read).unwrap_or(received);
    Some(
        now.until(read(date)?)
            .ok()?
            .total(jiff::Unit::Second)
            .ok()?
            .max(0.0),
    )
}

/// When the limit resets: epoch milliseconds in a header, which may stand in the body only.
fn resets_at(metadata: &Value, at: &Circumstances<'_>) -> Option<Timestamp> {
    const NAME: &str = "x-ratelimit-reset";
    let header = at.headers.get(NAME).and_then(|value| value.to_str().ok());
    let told = header
        .map(str::to_owned)
        .or_else(|| header_in(metadata, NAME));
    let reset = told.and_then(|text| match text.trim().parse::<f64>() {
        // Too small for a date: other servers count the seconds from now.
        Ok(seconds) if (0.0..=LONGEST_WAIT).contains(&seconds) => at
            .received
            .checked_add(Duration::from_secs_f64(seconds))
            .ok(),
        _ => moment_of(&text),
    });
    reset.or_else(|| moment_of(metadata.get("resets_at")?.as_str()?))
}

/// A header that stands in `metadata.headers`, in whatever case.
fn header_in(metadata: &Value, name: &str) -> Option<String> {
    let headers = metadata.get("headers")?.as_object()?;
    let (_, value) = headers
        .iter()
        .find(|(key, _)| key.eq_ignore_ascii_case(name))?;
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

fn number(value: &Value) -> Option<f64> {
    match value {
        Value::Number(number) => number.as_f64(),
        Value::String(text) => text.trim().parse().ok(),
        _ => None,
    }
}

fn whole_number(value: &Value) -> Option<i64> {
    match value {
        Value::Number(number) => number.as_i64().or_else(|| {
            let text = number.to_string();
            text.strip_suffix(".0")?.parse().ok()
        }),
        Value::String(text) => text.trim().parse().ok(),
        _ => None,
    }
}

/// A string that says something. A proxy written in Python says `"None"` for nothing.
fn word(value: Option<&Value>, scrub: &Scrub) -> Option<CleanText> {
    let text = scrub.line(value?.as_str()?).shortened(120);
    (!matches!(text.as_str(), "" | "None" | "null")).then_some(text)
}

/// A list of strings, or one string.
fn words(value: Option<&Value>, scrub: &Scrub) -> Vec<CleanText> {
    match value {
        Some(Value::Array(list)) => list
            .iter()
            .take(20)
            .filter_map(|value| word(Some(value), scrub))
            .collect(),
        other => word(other, scrub).into_iter().collect(),
    }
}

/// The body for the raw view, without the account's name.
fn raw(body: &Value, scrub: &Scrub) -> CleanText {
    let mut body = body.clone();
    forget_users(&mut body);
    scrub.text(&body.to_string()).shortened(LONGEST_RAW)
}

fn forget_users(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            fields.retain(|name, _| !matches!(name.as_str(), "user_id" | "creator_user_id"));
            fields.values_mut().for_each(forget_users);
        }
        Value::Array(list) => list.iter_mut().for_each(forget_users),
        _ => {}
    }
}

#[cfg(test)]
mod tests;
