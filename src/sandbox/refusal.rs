//! An error in the shapes of the real service.

use axum::Json;
use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use serde_json::{Map, Value, json};

/// Why a request is not answered: status, words, and the members beside them. Source: section 6 of
/// the API's documentation.
#[derive(Clone, Debug)]
pub(super) struct Refusal {
    status: u16,
    error: Map<String, Value>,
    metadata: Map<String, Value>,
    headers: Vec<(&'static str, String)>,
    user_id: Option<String>,
}

impl Refusal {
    /// A refusal with an integer code equal to its status.
    pub(super) fn new(status: u16, message: impl Into<String>) -> Self {
        let mut error = Map::new();
        error.insert("code".to_owned(), json!(status));
        error.insert("message".to_owned(), Value::String(message.into()));
        Self {
            status,
            error,
            metadata: Map::new(),
            headers: Vec::new(),
            user_id: None,
        }
    }

    /// Nothing is there.
    pub(super) fn not_found(message: &str) -> Self {
        Self::new(404, message)
    }

    /// The request does not make sense.
    pub(super) fn bad_request(message: impl Into<String>) -> Self {
        Self::new(400, message).kind("invalid_request")
    }

    /// A model that is not to be had: `error.availability` beside the usual members.
    pub(super) fn unavailable(code: &'static str, model: &str, message: impl Into<String>) -> Self {
        let (status, kind, retryable) = match code {
            "model_not_found" | "wrong_endpoint" => (400, "invalid_request", false),
            "region_restricted" => (403, "permission_denied", false),
            "capacity_exhausted" => (429, "rate_limit_exceeded", true),
            "temporarily_unavailable" => (503, "provider_overloaded", true),
            _ => (404, "not_found", false),
        };
        let mut refusal = Self::new(status, message).kind(kind);
        refusal.insert("error_type", json!(kind));
        refusal.insert("http_status", json!(status));
        refusal.insert(
            "availability",
            json!({
                "code": code,
                "retryable": retryable,
                "requested_models": [model],
                "docs_url": format!("https://openrouter.ai/docs/errors#{code}"),
            }),
        );
        refusal
    }

    /// One more member of `error.availability`.
    pub(super) fn available(mut self, name: &str, value: impl Into<Value>) -> Self {
        if let Some(Value::Object(availability)) = self.error.get_mut("availability") {
            availability.insert(name.to_owned(), value.into());
        }
        self
    }

    /// The word of the stable vocabulary: `error.metadata.error_type`.
    pub(super) fn kind(self, error_type: &str) -> Self {
        self.with("error_type", error_type)
    }

    /// One more member of `error.metadata`.
    pub(super) fn with(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.metadata.insert(name.to_owned(), value.into());
        self
    }

    /// One more header.
    pub(super) fn header(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    /// Seconds to wait, as a header.
    pub(super) fn retry_after(self, seconds: u32) -> Self {
        self.header("retry-after", seconds.to_string())
    }

    /// Whose request it was; who is not let in has no name.
    pub(super) fn of_user(mut self, user_id: &str) -> Self {
        self.user_id = (self.status != 401).then(|| user_id.to_owned());
        self
    }

    /// Another `error.code`: a word, or none at all.
    pub(super) fn coded(mut self, code: Option<&str>) -> Self {
        match code {
            Some(word) => self.insert("code", json!(word)),
            None => {
                self.error.remove("code");
            }
        }
        self
    }

    /// The HTTP status.
    pub(super) fn status(&self) -> u16 {
        self.status
    }

    /// The error as the list of earlier attempts names it.
    pub(super) fn as_attempt(&self, model: &str) -> Value {
        let availability = self.error.get("availability");
        let code = availability
            .and_then(|availability| availability.get("code"))
            .or_else(|| self.metadata.get("error_type"));
        json!({ "provider": model, "code": code, "status": self.status })
    }

    /// The whole body.
    pub(super) fn body(&self) -> Value {
        let mut error = self.error.clone();
        if !self.metadata.is_empty() {
            error.insert("metadata".to_owned(), Value::Object(self.metadata.clone()));
        }
        match &self.user_id {
            Some(user) => json!({ "error": error, "user_id": user }),
            None => json!({ "error": error }),
        }
    }

    fn insert(&mut self, name: &str, value: Value) {
        self.error.insert(name.to_owned(), value);
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let mut response = (status, Json(self.body())).into_response();
        for (name, value) in self.headers {
            if let Ok(value) = HeaderValue::from_str(&value) {
                response
                    .headers_mut()
                    .insert(HeaderName::from_static(name), value);
            }
        }
        response
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_plain_shape_is_that_of_the_documentation() {
        assert_eq!(
            Refusal::new(401, "Missing Authentication header").body(),
            json!({"error": {"code": 401, "message": "Missing Authentication header"}})
        );
    }

    #[test]
    fn availability_stands_beside_the_message() {
        let body = Refusal::unavailable("capacity_exhausted", "z-ai/glm-5.1", "full")
            .available("retry_after", 20)
            .body();
        let error = &body["error"];
        assert_eq!(error["http_status"], 429);
        assert_eq!(error["error_type"], "rate_limit_exceeded");
        assert_eq!(error["availability"]["retryable"], true);
        assert_eq!(error["availability"]["retry_after"], 20);
        assert_eq!(error["metadata"]["error_type"], "rate_limit_exceeded");
    }
}
