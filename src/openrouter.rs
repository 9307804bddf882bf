//! OpenRouter over the network, and every server that speaks like it: one method per endpoint.
//!
//! It says what it saw, as values of `domain` or as a [`Symptom`], and judges nothing. Every method
//! lives beside the endpoint it asks:
//!
//! ```text
//! account      GET /key, /credits, /activity, /generation; who is this server?
//! management   /keys: list, make, change, delete
//! catalogue    GET /models, /models/user, /model/…, /providers
//! chat         POST /chat/completions, streamed or whole
//! oauth        POST /auth/keys, and the page that leads there
//! ```
//!
//! Beneath them: `transport` sends and waits, `failure` names what went wrong on the way, `reply`
//! and `refusal` read what came back, `sse` and `answer` turn a stream into pieces of an answer,
//! `wire` is the JSON, `scrub` keeps keys out of everything that is reported.

mod account;
mod answer;
mod base_url;
mod catalogue;
mod chat;
mod client;
mod failure;
mod management;
mod oauth;
mod refusal;
mod reply;
mod scrub;
pub mod sse;
mod transport;
mod wire;

use sha2::{Digest, Sha256};

pub use account::Dialect;
pub use base_url::BaseUrl;
pub use chat::ChatStream;
pub use client::OpenRouter;
pub use oauth::{Pkce, authorize_url};
pub use transport::Timeouts;

use crate::domain::secret::Secret;
#[cfg(doc)]
use crate::domain::symptom::Symptom;

/// The id of a key in paths and deep links: lowercase hex SHA-256 of the whole key. Source: the
/// documentation of `GET /keys/{hash}`.
pub fn key_hash(key: &Secret) -> String {
    let mut hex = String::with_capacity(64);
    for byte in Sha256::digest(key.expose()) {
        hex.push_str(&format!("{byte:02x}"));
    }
    hex
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_known_by_the_hash_of_its_text() {
        assert_eq!(
            key_hash(&Secret::new("abc")),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        );
    }
}
