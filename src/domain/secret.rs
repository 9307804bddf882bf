//! A secret that cannot print itself.

use std::fmt;

use secrecy::{ExposeSecret, SecretString};
use sha2::{Digest, Sha256};

use super::clean_text::seen;

/// An API key or another secret. It has no `Display`, its `Debug` shows the mask, and its memory is
/// wiped when it is dropped.
#[derive(Clone)]
pub struct Secret(SecretString);

impl Secret {
    /// Takes the text over.
    pub fn new(text: impl Into<String>) -> Self {
        Self(SecretString::from(text.into()))
    }

    /// The whole secret: for a header, a file that the person chose, or a comparison. Never for a
    /// frame, a log or an error.
    pub fn expose(&self) -> &str {
        self.0.expose_secret()
    }

    /// First twelve characters, `…`, last three: how OpenRouter labels keys on its own pages, so
    /// that a stored key can be matched with the list there. A short secret shows nothing of itself.
    pub fn mask(&self) -> String {
        let chars: Vec<char> = self.expose().chars().collect();
        if chars.len() < 24 {
            return "•".repeat(chars.len().min(8));
        }
        let head: String = chars[..12].iter().collect();
        let tail: String = chars[chars.len() - 3..].iter().collect();
        format!("{head}…{tail}")
    }

    /// Lowercase hex of its SHA-256: how OpenRouter addresses a key in paths and links. Source:
    /// `GET /keys`, `hash`.
    pub fn hash(&self) -> String {
        hex(&Sha256::digest(self.expose().as_bytes()))
    }

    /// Its length in characters: a double paste gives itself away by it.
    pub fn chars(&self) -> usize {
        self.expose().chars().count()
    }

    /// Whether there is nothing in it.
    pub fn is_empty(&self) -> bool {
        self.expose().is_empty()
    }
}

/// Bytes as lowercase hex.
pub fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

impl PartialEq for Secret {
    fn eq(&self, other: &Self) -> bool {
        self.expose() == other.expose()
    }
}

impl Eq for Secret {}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Secret({})", self.mask())
    }
}

/// Replaces everything in `text` that has the shape of a key by its mask: for server errors and raw
/// views, which may echo what was sent.
pub fn redact(text: &str) -> String {
    masked(text, redact_keys)
}

/// `text` as `mask` leaves it. An invisible character inside a secret does not hide it: where what is seen of
/// the text holds one, what is not seen is left out.
pub fn masked(text: &str, mask: impl Fn(&str) -> String) -> String {
    let masked = mask(text);
    let masked_seen = mask(&seen(text));
    if *seen(&masked) == masked_seen {
        return masked;
    }
    masked_seen
}

fn redact_keys(text: &str) -> String {
    let mut clean = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("sk-") {
        let (before, from) = rest.split_at(at);
        let end = from
            .find(|c: char| !(c.is_ascii_alphanumeric() || c == '-' || c == '_'))
            .unwrap_or(from.len());
        let (candidate, after) = from.split_at(end);
        clean.push_str(before);
        if candidate.len() >= 20 {
            clean.push_str(&Secret::new(candidate).mask());
        } else {
            clean.push_str(candidate);
        }
        rest = after;
    }
    clean.push_str(rest);
    clean
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::clean_text::CleanText;

    fn key() -> Secret {
        Secret::new(format!("sk-or-v1-{}", "deadbeef".repeat(8)))
    }

    #[test]
    fn debug_shows_only_the_mask() {
        assert_eq!(format!("{:?}", key()), "Secret(sk-or-v1-dea…eef)");
    }

    #[test]
    fn a_short_secret_shows_nothing_of_itself() {
        assert_eq!(Secret::new("hunter2").mask(), "•••••••");
    }

    #[test]
    fn a_key_echoed_by_a_server_is_masked() {
        let text = format!("bad key {} (sk-ip)", key().expose());
        assert_eq!(redact(&text), "bad key sk-or-v1-dea…eef (sk-ip)");
    }

    #[test]
    fn what_cuts_a_key_up_does_not_hide_it() {
        let cut: String = key()
            .expose()
            .chars()
            .flat_map(|c| [c, '\u{200b}'])
            .collect();
        for cut in [CleanText::new(&cut).into_string(), cut] {
            assert_eq!(redact(&cut), "sk-or-v1-dea…eef");
        }
        // Without a key, what is there is not touched.
        assert_eq!(redact("a\u{200b}b"), "a\u{200b}b");
    }
}
