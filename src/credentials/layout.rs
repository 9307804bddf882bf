//! How the store lies in its file.
//!
//! ```json
//! { "servers": { "https://openrouter.ai": { "api_key": "…", "management_key": { "in": "keyring" } } } }
//! ```
//!
//! A key stands here whole, or it is said that the keyring of the system has it.
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

/// Where a key is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Kept {
    /// In the one file where a secret stands whole.
    Here(Secret),
    /// In the keyring.
    InKeyring,
}

/// A key by its kind, as the file and the keyring name it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// The API key.
    Api,
    /// The management key, which makes and limits API keys and never answers a model call.
    Management,
}

/// What stands in place of a key that the keyring has.
#[derive(Serialize, Deserialize)]
struct Elsewhere {
    r#in: Rest,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Rest {
    Keyring,
}

/// The two ways a key is told.
#[derive(Deserialize)]
#[serde(untagged)]
enum Told {
    Whole(String),
    Elsewhere(Elsewhere),
}

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

    /// Where a key of a server is; `None`: it is not kept.
    pub(super) fn kept(&self, origin: &str, kind: Kind) -> Option<&Kept> {
        let entry = self.servers.get(origin)?;
        let kept = match kind {
            Kind::Api => &entry.api_key,
            Kind::Management => &entry.management_key,
        };
        let is_empty = |kept: &Kept| matches!(kept, Kept::Here(secret) if secret.is_empty());
        kept.as_ref().filter(|kept| !is_empty(kept))
    }

    pub(super) fn set(&mut self, origin: String, kind: Kind, kept: Kept) {
        let entry = self.servers.entry(origin).or_default();
        match kind {
            Kind::Api => entry.api_key = Some(kept),
            Kind::Management => entry.management_key = Some(kept),
        }
    }

    /// The servers of which something is kept.
    pub(super) fn servers(&self) -> impl Iterator<Item = &String> {
        self.servers.keys()
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
        match self {
            Self::Here(secret) => serializer.serialize_str(secret.expose()),
            Self::InKeyring => Elsewhere {
                r#in: Rest::Keyring,
            }
            .serialize(serializer),
        }
    }
}

impl<'de> Deserialize<'de> for Kept {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Told::deserialize(deserializer).map(|told| match told {
            Told::Whole(text) => Self::Here(Secret::new(text)),
            Told::Elsewhere(Elsewhere {
                r#in: Rest::Keyring,
            }) => Self::InKeyring,
        })
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
        let key = Kept::Here(Secret::new("k"));
        layout.set(SERVER.to_owned(), Kind::Api, key);
        layout.set(SERVER.to_owned(), Kind::Management, Kept::InKeyring);
        let printed: Value = serde_json::from_slice(&layout.print()).unwrap();
        let expected = serde_json::json!({
            "servers": {
                SERVER: { "api_key": "k", "management_key": { "in": "keyring" }, "label": "mine" },
            },
            "version": 7,
        });
        assert_eq!(printed, expected);
        let again = Layout::parse(&layout.print()).ok().unwrap();
        let kept = again.kept(SERVER, Kind::Management);
        assert_eq!(kept, Some(&Kept::InKeyring));
    }

    #[test]
    fn an_empty_key_is_no_key() {
        let text = r#"{"servers":{"https://openrouter.ai":{"api_key":"","management_key":null}}}"#;
        let layout = Layout::parse(text.as_bytes()).ok().unwrap();
        assert_eq!(layout.kept(SERVER, Kind::Api), None);
        assert_eq!(layout.kept(SERVER, Kind::Management), None);
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
        let elsewhere = br#"{"servers":{"https://openrouter.ai":{"api_key":{"in":"the cellar"}}}}"#;
        assert!(Layout::parse(elsewhere).is_err());
        assert!(Layout::parse(b"\xff\xfe").is_err());
    }
}
