//! Answers that are not this API's: pages, other JSON, broken streams.

use super::status;
use super::words::{self, Rule};
use crate::diagnosis::catalogue::{answer, network, rate, request, secure, server};
use crate::diagnosis::trouble::Trouble;
use crate::domain::symptom::NO_EVENT;

/// Something that is not JSON: who wrote it shows in its status and its first words.
pub(super) fn not_json(code: u16, is_html: bool, snippet: &str) -> &'static Trouble {
    let is_empty = snippet.trim().is_empty();
    match code {
        404 | 405 => &answer::NOT_THIS_API,
        407 => &network::PROXY_AUTH,
        511 => &answer::CAPTIVE_PORTAL,
        408 | 504 | 524 => &server::TIMEOUT,
        413 => &request::PAYLOAD,
        429 => &rate::RATE_LIMITED,
        ..=399 if is_empty => &answer::EMPTY,
        ..=399 if is_html => words::pick(snippet, PAGES).unwrap_or(&answer::HTML_PAGE),
        ..=399 => words::pick(snippet, PAGES).unwrap_or(&answer::MISSHAPEN),
        503 if words::pick(snippet, SHIELDS).is_some() => &answer::GATEWAY_BLOCKED,
        500..=599 if is_html => &answer::GATEWAY_ERROR,
        // Cloudflare's own statuses: the server behind it is away.
        520..=527 => &answer::GATEWAY_ERROR,
        // Cloudflare's words where it sends no page; they are no word about the key.
        401 | 403 if words::pick(snippet, CODES).is_some() => &answer::GATEWAY_BLOCKED,
        400..=499 if is_html => words::pick(snippet, PAGES).unwrap_or(&answer::GATEWAY_BLOCKED),
        _ => status::judge(code, snippet).0,
    }
}

/// Pages that stand in for an answer.
const PAGES: &[Rule] = &[
    (&["captive"], &answer::CAPTIVE_PORTAL),
    (&["wi-fi"], &answer::CAPTIVE_PORTAL),
    (&["wifi"], &answer::CAPTIVE_PORTAL),
    (&["hotspot"], &answer::CAPTIVE_PORTAL),
    (&["hot spot"], &answer::CAPTIVE_PORTAL),
    (&["network login"], &answer::CAPTIVE_PORTAL),
    (&["network access"], &answer::CAPTIVE_PORTAL),
    (&["上网认证"], &answer::CAPTIVE_PORTAL),
    (&["网络认证"], &answer::CAPTIVE_PORTAL),
    (&["无线网络"], &answer::CAPTIVE_PORTAL),
    (
        &["plain http request was sent to https"],
        &secure::PLAIN_HTTP,
    ),
    (&["just a moment"], &answer::GATEWAY_BLOCKED),
    (&["attention required"], &answer::GATEWAY_BLOCKED),
    (&["captcha"], &answer::GATEWAY_BLOCKED),
    (&["access denied"], &answer::GATEWAY_BLOCKED),
    (&["blocked"], &answer::GATEWAY_BLOCKED),
    // OpenRouter's website answers every path without /api/v1 with a page of its own.
    (&["openrouter"], &answer::NOT_THIS_API),
    (&["/_next/"], &answer::NOT_THIS_API),
];

const CODES: &[Rule] = &[(&["error code: 10"], &answer::GATEWAY_BLOCKED)];

/// A shield that wants to see a browser first.
const SHIELDS: &[Rule] = &[
    (&["just a moment"], &answer::GATEWAY_BLOCKED),
    (&["captcha"], &answer::GATEWAY_BLOCKED),
    (&["challenge"], &answer::GATEWAY_BLOCKED),
];

/// JSON of another shape: beside an error status, what that status means.
pub(super) fn misshapen(code: u16, detail: &str) -> &'static Trouble {
    match code {
        ..=399 => &answer::MISSHAPEN,
        404 => match status::judge(code, detail) {
            (trouble, true) => trouble,
            (_, false) => &answer::NOT_THIS_API,
        },
        _ => status::judge(code, detail).0,
    }
}

/// A stream without its end: cut, or fallen silent.
pub(super) fn stream_cut(detail: &str) -> &'static Trouble {
    const SILENCE: &[Rule] = &[
        (&["idle"], &answer::STREAM_IDLE),
        (&["silen"], &answer::STREAM_IDLE),
        (&["timed out"], &answer::STREAM_IDLE),
        (&["timeout"], &answer::STREAM_IDLE),
        (&["nothing came"], &answer::STREAM_IDLE),
    ];
    if detail.starts_with(NO_EVENT) {
        return &answer::STREAM_GARBLED;
    }
    words::pick(detail, SILENCE).unwrap_or(&answer::STREAM_CUT)
}
