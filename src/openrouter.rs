//! OpenRouter over the network, and every server that speaks like it: one method per endpoint.
//!
//! It says what it saw, as values of `domain` or as a [`Symptom`], and judges nothing. Every method
//! lives beside the endpoint it asks:
//!
//! ```text
//! account      GET /key, /credits, /activity, /generation; who is this server?
//! analytics    /analytics: further back than the activity, and today
//! management   /keys: list, make, change, delete
//! guardrails   /workspaces, /guardrails: what every key may spend
//! catalogue    GET /models, /models/user, /model/…, /providers
//! chat         POST /chat/completions, streamed or whole
//! oauth        POST /auth/keys, and the page that leads there
//! probe        the way there, step by step, before anything is asked
//! ```
//!
//! Beneath them: `network`, `proxy` and `tls` say how requests travel, `transport` sends and waits,
//! `failure` names what went wrong on the way, `greeting` tells how far it came, `reply`
//! and `refusal` read what came back, `sse` and `answer` turn a stream into pieces of an answer,
//! `wire` is the JSON, `scrub` keeps keys out of everything that is reported.

mod account;
mod analytics;
mod answer;
mod base_url;
mod catalogue;
mod chat;
mod client;
mod failure;
mod greeting;
mod guardrails;
mod management;
mod network;
mod oauth;
mod probe;
mod proxy;
mod refusal;
mod reply;
mod scrub;
pub mod sse;
mod tls;
mod transport;
mod wire;

pub use account::Dialect;
pub use base_url::BaseUrl;
pub use chat::ChatStream;
pub use client::OpenRouter;
pub use network::{Network, Timeouts, Trusted};
pub use oauth::{Pkce, authorize_url};
pub use probe::{Encrypted, Reached};
pub use proxy::is_proxy_address;

#[cfg(doc)]
use crate::domain::symptom::Symptom;
