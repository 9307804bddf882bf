//! What a client says of itself in its headers.

use axum::http::HeaderMap;

/// What a client says of itself. Source: sections 5.1 and 8.
#[derive(Clone, Debug, Default)]
pub(super) struct Client {
    /// The app's URL.
    pub(super) referer: Option<String>,
    /// The program.
    pub(super) user_agent: Option<String>,
    /// It wants to know how its request was routed.
    pub(super) wants_metadata: bool,
}

impl Client {
    /// Reads the headers.
    pub(super) fn read(headers: &HeaderMap) -> Self {
        let text = |name: &str| {
            let value = headers.get(name)?.to_str().ok()?;
            Some(value.to_owned())
        };
        Self {
            referer: text("http-referer").or_else(|| text("referer")),
            user_agent: text("user-agent"),
            wants_metadata: text("x-openrouter-metadata").is_some_and(|level| level == "enabled"),
        }
    }
}
