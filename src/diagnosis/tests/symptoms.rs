//! Everything but a described error: pages, silence, broken ways, settings, files.

use std::net::{Ipv4Addr, Ipv6Addr};

use super::cases::{Case, by_proxy, check, network, page, plain, text, unusable_proxy};
use super::found;
use crate::domain::budget::{BudgetSpan, Next, Reached};
use crate::domain::money::Usd;
use crate::domain::outgoing::{SecretKind, SecretSpot};
use crate::domain::pasted_key::Stripped;
use crate::domain::symptom::{BadUrl, NetworkTrouble, Refusal, Symptom, Whose};

pub(super) fn all() -> Vec<Case> {
    [
        answers(),
        ways(),
        certificates(),
        settings(),
        found::files(),
        found::leaks(),
        found::questions(),
        remarks(),
    ]
    .concat()
}

fn answers() -> Vec<Case> {
    let misshapen = |status, detail| Symptom::Misshapen {
        status,
        detail: text(detail),
        whose: Whose::OpenRouter,
    };
    let cut = |detail| Symptom::StreamCut {
        had_text: true,
        detail: text(detail),
    };
    let redirected = Symptom::Redirected {
        status: 302,
        to: text("login.hotel.example"),
    };
    vec![
        (
            page(200, "<title>Hotel Wi-Fi login</title>"),
            "captive-portal",
            7,
        ),
        (page(511, ""), "captive-portal", 7),
        (
            page(200, "<html><title>OpenRouter</title>"),
            "not-this-api",
            3,
        ),
        (page(404, "<html>404"), "not-this-api", 3),
        (
            page(200, "<html><h1>It works!</h1>"),
            "html-instead-of-json",
            7,
        ),
        (
            page(403, "<title>Attention Required! | Cloudflare"),
            "gateway-blocked",
            7,
        ),
        (page(403, "<h1>Forbidden</h1>"), "gateway-blocked", 7),
        (
            page(503, "<title>Just a moment...</title>"),
            "gateway-blocked",
            7,
        ),
        (page(502, "<center>nginx</center>"), "gateway-error", 8),
        (
            page(503, "<h1>Service Unavailable</h1>"),
            "gateway-error",
            8,
        ),
        (plain(522, "error code: 522"), "gateway-error", 8),
        (page(429, "<title>Too Many Requests"), "rate-limited", 6),
        (
            page(413, "<h1>413 Request Entity Too Large"),
            "payload-too-large",
            9,
        ),
        (page(504, "<h1>504 Gateway Time-out"), "timeout", 8),
        (page(407, ""), "proxy-auth", 7),
        (plain(200, ""), "empty-answer", 8),
        (plain(200, "OK"), "misshapen-answer", 8),
        (plain(401, ""), "key-refused", 4),
        (plain(502, "Bad Gateway"), "provider-down", 8),
        (plain(404, "404 page not found"), "not-this-api", 3),
        (
            misshapen(200, "missing field `data`: {}"),
            "misshapen-answer",
            8,
        ),
        (misshapen(404, "{\"status\":\"no\"}"), "not-this-api", 3),
        (
            misshapen(404, "{\"msg\":\"model not found\"}"),
            "unknown-model",
            9,
        ),
        (misshapen(401, "{\"status\":\"no\"}"), "key-refused", 4),
        (redirected, "redirected", 7),
        (cut("end of input"), "stream-cut", 7),
        (cut("nothing for 60 s: idle"), "stream-idle", 7),
        (cut("not an event: null"), "stream-garbled", 8),
    ]
}

fn ways() -> Vec<Case> {
    vec![
        (
            network(NetworkTrouble::Dns, "failed to lookup address"),
            "dns",
            7,
        ),
        (
            network(NetworkTrouble::ConnectRefused, ""),
            "connection-refused",
            7,
        ),
        (
            network(NetworkTrouble::ConnectTimeout, ""),
            "connect-timeout",
            7,
        ),
        (
            network(NetworkTrouble::Tls, "received corrupt message"),
            "tls",
            7,
        ),
        (
            network(NetworkTrouble::FirstByteTimeout, ""),
            "first-byte-timeout",
            7,
        ),
        (network(NetworkTrouble::IdleTimeout, ""), "stream-idle", 7),
        (network(NetworkTrouble::Reset, ""), "connection-reset", 7),
        (
            network(NetworkTrouble::Other, "head too large"),
            "network-error",
            7,
        ),
        (
            by_proxy(NetworkTrouble::Proxy, "unsuccessful"),
            "proxy-failed",
            7,
        ),
        (
            by_proxy(NetworkTrouble::ProxyUnreachable, "Connection refused"),
            "proxy-unreachable",
            7,
        ),
        (
            by_proxy(NetworkTrouble::ProxySilent, "operation timed out"),
            "proxy-silent",
            7,
        ),
        (
            network(NetworkTrouble::NotHttp, "invalid HTTP version parsed"),
            "not-http",
            7,
        ),
        (
            by_proxy(NetworkTrouble::HandshakeTimeout, ""),
            "handshake-silent",
            7,
        ),
        (
            by_proxy(NetworkTrouble::Dns, "failed to lookup address"),
            "dns",
            7,
        ),
        (by_proxy(NetworkTrouble::ProxyAuth, ""), "proxy-auth", 7),
    ]
}

/// The words are those of rustls.
fn certificates() -> Vec<Case> {
    let early = "invalid peer certificate: certificate not valid yet: verification time 1735689600 (UNIX), but \
        certificate is not valid before 1767225600 (31536000 seconds in the future)";
    let late = "invalid peer certificate: certificate expired: verification time 1893456000 (UNIX), but \
        certificate is not valid after 1767225600 (126230400 seconds ago)";
    let name = "invalid peer certificate: certificate not valid for name \"openrouter.ai\"; certificate is \
        only valid for DnsName(\"hotel.example\")";
    [
        (
            "invalid peer certificate: UnknownIssuer",
            "certificate-untrusted",
        ),
        ("UnknownIssuer; issued by My CA", "certificate-untrusted"),
        (
            "UnknownIssuer; issued by Zscaler Inc., Zscaler Root CA",
            "certificate-intercepted",
        ),
        (
            "UnknownIssuer; issued by mitmproxy",
            "certificate-intercepted",
        ),
        (early, "clock-skew"),
        ("invalid peer certificate: NotValidYet", "clock-skew"),
        (late, "certificate-expired"),
        ("invalid peer certificate: Expired", "certificate-expired"),
        (name, "certificate-wrong-name"),
        (
            "invalid peer certificate: NotValidForName",
            "certificate-wrong-name",
        ),
    ]
    .map(|(detail, id)| (network(NetworkTrouble::Certificate, detail), id, 7))
    .to_vec()
}

/// What stops a question before it is sent, and what a test of the way and of the models remarks on.
fn remarks() -> Vec<Case> {
    vec![
        (
            Symptom::BudgetReached(Reached {
                span: BudgetSpan::Day,
                limit: Usd::from_cents(100),
                spent: Usd::from_cents(99),
                next: Next::About(Usd::from_cents(2)),
            }),
            "budget-reached",
            5,
        ),
        (
            Symptom::SecretsOutgoing(vec![SecretSpot {
                source: Some("notes.md".into()),
                line: 3,
                column: 14,
                kind: SecretKind::PrivateKey,
                masked: String::new(),
            }]),
            "secret-in-question",
            11,
        ),
        (
            Symptom::ClockSkew {
                ahead_secs: -86_400,
            },
            "clock-skew",
            7,
        ),
        (
            Symptom::LimitUsedUp {
                limit: Some(Usd::from_cents(500)),
                reset: Some(text("monthly")),
            },
            "key-limit-used-up",
            5,
        ),
        (plain(403, "error code: 1020"), "gateway-blocked", 7),
        (
            page(400, "<h1>The plain HTTP request was sent to HTTPS port"),
            "http-to-https-port",
            3,
        ),
        (Symptom::ClockSkew { ahead_secs: 400 }, "clock-skew", 7),
        (
            Symptom::SilentFamily {
                host: text("openrouter.ai"),
                silent: Ipv6Addr::LOCALHOST.into(),
                answered: Ipv4Addr::LOCALHOST.into(),
            },
            "address-family-silent",
            11,
        ),
        (
            Symptom::WrongPath {
                url: text("https://gateway.example/llm"),
                right: "https://gateway.example/llm/api/v1".into(),
            },
            "base-url-wrong-path",
            3,
        ),
        (
            Symptom::UnlistedModel {
                asked: text("gpt-4"),
                listed: 412,
                near: vec![text("openai/gpt-4")],
            },
            "unknown-model",
            9,
        ),
        (
            Symptom::RetiringModel {
                model: text("openai/gpt-4"),
                day: text("2026-12-31"),
                successors: vec![text("openai/gpt-5-mini")],
                is_past: false,
            },
            "model-retiring",
            11,
        ),
        (
            Symptom::RetiringModel {
                model: text("openai/gpt-4"),
                day: text("2026-12-31"),
                successors: vec![text("openai/gpt-5-mini")],
                is_past: true,
            },
            "model-past-its-day",
            11,
        ),
        (
            by_proxy(
                NetworkTrouble::Certificate,
                "UnknownIssuer; issued by My CA",
            ),
            "certificate-intercepted",
            7,
        ),
    ]
}

fn settings() -> Vec<Case> {
    let url = |reason| Symptom::BadBaseUrl {
        url: text("http://far.example/v1"),
        reason,
    };
    vec![
        (Symptom::NoKey, "no-key", 3),
        (
            Symptom::KeyWanted(Box::new(Refusal {
                status: 401,
                whose: Whose::Another,
                ..Refusal::default()
            })),
            "key-wanted",
            3,
        ),
        (Symptom::PlaceholderKey, "placeholder-key", 3),
        (
            Symptom::MalformedKey {
                chars: 146,
                around: vec![Stripped::Quotes],
            },
            "malformed-key",
            4,
        ),
        (
            Symptom::WrongVendor {
                vendor: "Anthropic",
            },
            "other-vendor-key",
            4,
        ),
        (Symptom::ManagementKey, "management-key-for-inference", 4),
        (Symptom::NotAManagementKey, "not-a-management-key", 4),
        (
            Symptom::NoManagementKey {
                key_in_use_is_one: true,
            },
            "no-management-key",
            3,
        ),
        (Symptom::KeyGone(text("laptop")), "key-gone", 9),
        (url(BadUrl::NotAUrl), "base-url-invalid", 3),
        (url(BadUrl::Scheme), "base-url-scheme", 3),
        (url(BadUrl::PlainHttp), "base-url-plain-http", 3),
        (url(BadUrl::Credentials), "base-url-credentials", 3),
        (
            Symptom::UrlNamedByFile {
                url: text("https://far.example/v1"),
                path: "/home/ada/shop/.env".into(),
                line: 2,
            },
            "base-url-named-by-file",
            3,
        ),
        (
            Symptom::SettingsIgnored(vec![unusable_proxy()]),
            "setting-ignored",
            11,
        ),
        (
            Symptom::Listen(text("Address already in use")),
            "cannot-listen",
            7,
        ),
    ]
}

#[test]
fn every_other_symptom_is_known() {
    check(&all());
}
