//! How the store lies in its file.
//!
//! ```json
//! { "servers": { "https://openrouter.ai": { "api_key": "…", "management_key": "…" } } }
//! ```
//!
//! Fields that this version does not know stay as they are.

use std::collections::BTreeMap;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::{Map, Value};

use crate::domain::secret::Secret;

/// The whole store. No `Debug`: unknown fields may hold secrets.
#[derive(Default, Serialize, Deserialize)]
pub(super) struct Layout {
    #[serde(default)]
    servers: BTreeMap<String, Entry>,
    #[serde(flatten)]
    others: Map<String, Value>,
}

/// The keys of one server.
#[derive(Default, Serialize, Deserialize)]
struct Entry {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    api_key: Option<Kept>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    management_key: Option<Kept>,
    #[serde(flatten)]
    others: Map<String, Value>,
}

/// A secret in the one file where it stands whole.
struct Kept(Secret);

/// Where a file stopped making sense, from 1. Only the place: the words of the parser quote the file.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct BrokenAt {
    pub(super) line: usize,
    pub(super) column: usize,
}

impl Layout {
    pub(super) fn parse(bytes: &[u8]) -> Result<Self, BrokenAt> {
        // Some editors on Windows put a byte order mark in front.
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        serde_json::from_slice(bytes).map_err(|error| BrokenAt {
            line: error.line(),
            column: error.column(),
        })
    }

    pub(super) fn print(&self) -> Vec<u8> {
        let mut bytes =
            serde_json::to_vec_pretty(self).expect("maps from strings to strings are always JSON");
        bytes.push(b'\n');
        bytes
    }

    /// The API key and the management key of a server.
    pub(super) fn keys(&self, origin: &str) -> (Option<Secret>, Option<Secret>) {
        let Some(entry) = self.servers.get(origin) else {
            return (None, None);
        };
        let open = |kept: &Option<Kept>| {
            let secret = kept.as_ref().map(|kept| kept.0.clone());
            secret.filter(|secret| !secret.is_empty())
        };
        (open(&entry.api_key), open(&entry.management_key))
    }

    pub(super) fn set_key(&mut self, origin: String, key: Secret) {
        self.servers.entry(origin).or_default().api_key = Some(Kept(key));
    }

    pub(super) fn set_management_key(&mut self, origin: String, key: Secret) {
        self.servers.entry(origin).or_default().management_key = Some(Kept(key));
    }

    /// Whether there was something to remove.
    pub(super) fn remove(&mut self, origin: &str) -> bool {
        self.servers.remove(origin).is_some()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.servers.is_empty() && self.others.is_empty()
    }
}

impl Serialize for Kept {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.0.expose())
    }
}

impl<'de> Deserialize<'de> for Kept {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(|text| Self(Secret::new(text)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SERVER: &str = "https://openrouter.ai";

    #[test]
    fn unknown_fields_stay() {
        let text = r#"{"servers":{"https://openrouter.ai":{"label":"mine"}},"version":7}"#;
        let mut layout = Layout::parse(text.as_bytes()).ok().unwrap();
        layout.set_key(SERVER.to_owned(), Secret::new("k"));
        let printed: Value = serde_json::from_slice(&layout.print()).unwrap();
        let expected = serde_json::json!({
            "servers": { SERVER: { "api_key": "k", "label": "mine" } },
            "version": 7,
        });
        assert_eq!(printed, expected);
    }

    #[test]
    fn an_empty_key_is_no_key() {
        let text = r#"{"servers":{"https://openrouter.ai":{"api_key":"","management_key":null}}}"#;
        let layout = Layout::parse(text.as_bytes()).ok().unwrap();
        assert_eq!(layout.keys(SERVER), (None, None));
    }

    #[test]
    fn a_byte_order_mark_is_no_trouble() {
        assert!(Layout::parse(b"\xef\xbb\xbf{}").is_ok());
    }

    #[test]
    fn what_does_not_fit_is_named_by_its_place_only() {
        let at = Layout::parse(b"{\n \"servers\": 3}").err().unwrap();
        assert_eq!(at.line, 2);
        assert!(Layout::parse(b"").is_err());
        assert!(Layout::parse(b"[]").is_err());
        assert!(Layout::parse(b"\xff\xfe").is_err());
    }
}
