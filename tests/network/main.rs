//! The client against servers that break: every fault as bytes on a real socket, every quirk that
//! other people's servers have.
//!
//! Nothing is timed: a fault is an event on the connection, and where a limit must run out, the test
//! sets a short one.

#![expect(
    clippy::unwrap_used,
    reason = "a step of a test that fails is a test that fails"
)]

mod corpus;
mod endpoints;
mod families;
mod faults;
mod proxied;
mod proxies;
mod quirks;
mod scripted;
mod verdicts;
mod ways;

use std::time::Duration;

use onramp::domain::chat::{ChatRequest, Delta, Message};
use onramp::domain::secret::Secret;
use onramp::domain::symptom::Symptom;
use onramp::openrouter::{BaseUrl, OpenRouter, Timeouts};

use scripted::Server;

/// Far longer than any test takes: a limit that no test means to reach.
const PATIENT: Timeouts = Timeouts {
    connect: Duration::from_secs(20),
    first_byte: Duration::from_secs(20),
    idle: Duration::from_secs(20),
};

fn test_key() -> Secret {
    Secret::new(format!("sk-or-v1-{}", "deadbeef".repeat(8)))
}

fn client_at(base: &str, timeouts: Timeouts) -> OpenRouter {
    OpenRouter::new(
        BaseUrl::parse(base).unwrap(),
        Some(test_key()),
        &timeouts.into(),
    )
    .unwrap()
}

/// A patient client of this server, its path known.
fn client_of(server: &Server) -> OpenRouter {
    client_at(&format!("{}/api/v1", server.origin), PATIENT)
}

fn question() -> ChatRequest {
    ChatRequest::new("a/b", vec![Message::user("hi")], 16)
}

/// Everything an answer says; a refusal before it counts as its break.
async fn hear(client: &OpenRouter) -> Vec<Delta> {
    let mut deltas = Vec::new();
    match client.chat(&question()).await {
        Ok(mut stream) => {
            while let Some(delta) = stream.next().await {
                deltas.push(delta);
            }
        }
        Err(symptom) => deltas.push(Delta::Broke(Box::new(symptom))),
    }
    deltas
}

/// The text of an answer, and what broke it.
fn told(deltas: &[Delta]) -> (String, Option<Symptom>) {
    let mut text = String::new();
    for delta in deltas {
        if let Delta::Text(piece) = delta {
            text.push_str(piece);
        }
    }
    match deltas.last() {
        Some(Delta::Broke(symptom)) => (text, Some((**symptom).clone())),
        Some(Delta::Done) => (text, None),
        other => panic!("neither done nor broken: {other:?}"),
    }
}
