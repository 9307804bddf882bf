//! The sandbox asked from outside, as any client would.

mod accounts;
mod analytics;
mod chat;
mod doors;
mod models;
mod sign_in;
mod streams;
mod troubles;

use std::time::Duration;

use jiff::Timestamp;
use reqwest::header::HeaderMap;
use serde_json::{Value, json};

use super::seeded::seeded_keys;
use super::{Clock, Fault, Options, Sandbox};

/// A client before a running sandbox.
struct Visitor {
    sandbox: Sandbox,
    http: reqwest::Client,
    clock: Clock,
}

/// What came back.
struct Seen {
    status: u16,
    headers: HeaderMap,
    text: String,
}

impl Seen {
    fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|error| panic!("{error}: {}", self.text))
    }

    fn error(&self) -> Value {
        self.json()["error"].clone()
    }

    fn message(&self) -> String {
        self.error()["message"].as_str().unwrap().to_owned()
    }

    fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |v| v.to_str().unwrap())
    }

    /// The objects behind `data:`, without the end mark.
    fn events(&self) -> Vec<Value> {
        let lines = self
            .text
            .lines()
            .filter_map(|line| line.strip_prefix("data: "));
        lines
            .filter(|data| *data != "[DONE]")
            .map(|data| serde_json::from_str(data).unwrap())
            .collect()
    }
}

/// Noon of a Tuesday.
fn noon() -> Timestamp {
    "2026-11-24T12:00:00Z".parse().unwrap()
}

/// A sandbox at full speed, at noon.
async fn visit() -> Visitor {
    visit_with(None).await
}

/// The same, in trouble.
async fn visit_in_trouble(fault: &str) -> Visitor {
    visit_with(Some(fault.parse().unwrap())).await
}

async fn visit_with(fault: Option<Fault>) -> Visitor {
    let clock = Clock::standing(noon());
    let options = Options {
        fault,
        tokens_per_second: 0,
        generation_delay: Duration::ZERO,
        slow_pause: Duration::ZERO,
        clock: clock.clone(),
        ..Options::default()
    };
    // A client wants a provider of cryptography even where it speaks plain HTTP.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let http = reqwest::Client::builder()
        .no_proxy()
        .tls_certs_only([])
        .redirect(reqwest::redirect::Policy::none())
        .build()
        .unwrap();
    Visitor {
        sandbox: Sandbox::start(options).await.unwrap(),
        http,
        clock,
    }
}

/// The secret of a seeded key.
fn key(name: &str) -> String {
    let seeded = seeded_keys().iter().find(|key| key.name == name).unwrap();
    seeded.secret().expose().to_owned()
}

impl Visitor {
    fn url(&self, path: &str) -> String {
        format!("{}{path}", self.sandbox.base_url())
    }

    async fn see(&self, request: reqwest::RequestBuilder) -> Seen {
        let response = request.send().await.unwrap();
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        let bytes = response.bytes().await.unwrap();
        Seen {
            status,
            headers,
            text: String::from_utf8(bytes.to_vec()).unwrap(),
        }
    }

    async fn get(&self, path: &str, name: &str) -> Seen {
        self.see(self.http.get(self.url(path)).bearer_auth(key(name)))
            .await
    }

    async fn post(&self, path: &str, name: &str, body: Value) -> Seen {
        let request = self.http.post(self.url(path)).bearer_auth(key(name));
        self.see(request.json(&body)).await
    }

    /// Asks a model, with the body's usual members filled in.
    async fn ask(&self, name: &str, more: Value) -> Seen {
        self.post("/chat/completions", name, asked(more)).await
    }

    /// The same in events.
    async fn listen(&self, more: Value) -> Seen {
        let mut body = asked(more);
        body["stream"] = json!(true);
        self.post("/chat/completions", "inference", body).await
    }
}

/// A body for chat.
fn asked(more: Value) -> Value {
    let mut body = json!({
        "model": "openai/gpt-4o-mini",
        "max_tokens": 400,
        "messages": [{ "role": "user", "content": "What is a borrow checker?" }],
    });
    if let Value::Object(members) = more {
        body.as_object_mut().unwrap().extend(members);
    }
    body
}
