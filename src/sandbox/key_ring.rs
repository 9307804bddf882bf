//! All keys of the sandbox, and who stands before the door with one.

use std::collections::HashSet;

use axum::http::HeaderMap;
use axum::http::header::AUTHORIZATION;
use jiff::Timestamp;

use super::key::{Key, Kind};
use super::refusal::Refusal;
use crate::domain::secret::Secret;

/// The keys in the order they were made.
#[derive(Clone, Debug, Default)]
pub(super) struct KeyRing {
    keys: Vec<Key>,
    /// Hashes of deleted keys: they stay refused.
    deleted: HashSet<String>,
    /// The serial of the next key that is made.
    next: u16,
}

impl KeyRing {
    /// Adds a key.
    pub(super) fn add(&mut self, key: Key) {
        self.keys.push(key);
    }

    /// The key that a request brings, checked: there, alive and switched on.
    pub(super) fn admit(
        &mut self,
        headers: &HeaderMap,
        now: Timestamp,
    ) -> Result<&mut Key, Refusal> {
        let secret = bearer(headers)?;
        self.revive(&secret, now);
        let key = self
            .keys
            .iter_mut()
            .find(|key| key.secret == secret)
            .ok_or_else(unknown)?;
        if key.is_disabled {
            return Err(disabled());
        }
        if key.is_expired(now) {
            return Err(expired());
        }
        key.used_at = Some(now);
        Ok(key)
    }

    /// The inference keys of an account, the newest first.
    pub(super) fn of_account(&self, account: usize) -> impl Iterator<Item = &Key> {
        self.keys
            .iter()
            .rev()
            .filter(move |key| key.account == account && key.kind == Kind::Inference)
    }

    /// The key of that hash.
    pub(super) fn by_hash(&self, hash: &str) -> Option<&Key> {
        self.keys.iter().find(|key| key.hash == hash)
    }

    /// The key of that hash, to be changed.
    pub(super) fn by_hash_mut(&mut self, hash: &str) -> Option<&mut Key> {
        self.keys.iter_mut().find(|key| key.hash == hash)
    }

    /// Deletes a key. It stays refused for good.
    pub(super) fn delete(&mut self, hash: &str) {
        self.keys.retain(|key| key.hash != hash);
        self.deleted.insert(hash.to_owned());
    }

    /// Makes a new key and returns its hash.
    pub(super) fn mint(&mut self, name: &str, account: usize, now: Timestamp) -> String {
        loop {
            let secret = minted(self.next);
            self.next = self.next.wrapping_add(1);
            let key = Key::new(secret, name, account, now);
            let hash = key.hash.clone();
            if !self.deleted.contains(&hash) && self.by_hash(&hash).is_none() {
                self.keys.push(key);
                return hash;
            }
        }
    }

    /// A key that another run of the sandbox made works in this one too: it stands in somebody's
    /// .env by now.
    fn revive(&mut self, secret: &Secret, now: Timestamp) {
        if !is_minted(secret) || self.keys.iter().any(|key| key.secret == *secret) {
            return;
        }
        let key = Key::new(secret.clone(), "From an earlier run", 0, now);
        if !self.deleted.contains(&key.hash) {
            self.keys.push(key);
        }
    }
}

/// The beginning of every made key; a serial of four hex digits follows, and all of it eight times.
const MINT: &str = "c0de";

/// The key of that serial: of the real shape, always the same, and visibly no real one.
fn minted(serial: u16) -> Secret {
    Secret::new(format!(
        "sk-or-v1-{}",
        format!("{MINT}{serial:04x}").repeat(8)
    ))
}

fn is_minted(secret: &Secret) -> bool {
    let Some(digits) = secret.expose().strip_prefix("sk-or-v1-c0de") else {
        return false;
    };
    let serial = digits
        .get(..4)
        .and_then(|d| u16::from_str_radix(d, 16).ok());
    serial.is_some_and(|serial| minted(serial) == *secret)
}

/// The key in the Authorization header.
fn bearer(headers: &HeaderMap) -> Result<Secret, Refusal> {
    let header = headers.get(AUTHORIZATION).ok_or_else(missing)?;
    let text = header.to_str().unwrap_or_default();
    let (scheme, token) = text.split_once(' ').unwrap_or((text, ""));
    if !scheme.eq_ignore_ascii_case("bearer") || token.trim().is_empty() {
        return Err(no_credentials());
    }
    Ok(Secret::new(token.trim()))
}

/// There is no header.
pub(super) fn missing() -> Refusal {
    Refusal::new(401, "Missing Authentication header")
}

/// There is a header without a key.
pub(super) fn no_credentials() -> Refusal {
    Refusal::new(401, "No auth credentials found")
}

/// Nobody has such a key.
pub(super) fn unknown() -> Refusal {
    Refusal::new(401, "User not found.")
}

/// The key is switched off.
pub(super) fn disabled() -> Refusal {
    Refusal::new(401, "Invalid credentials: this API key is disabled")
}

/// The key is past its expiry.
pub(super) fn expired() -> Refusal {
    Refusal::new(401, "Invalid credentials: this API key has expired")
}

/// An inference key where a management key belongs.
pub(super) fn not_management() -> Refusal {
    Refusal::new(403, "Only management keys can perform this operation")
}

/// A management key where an inference key belongs.
pub(super) fn not_inference() -> Refusal {
    Refusal::new(403, "Management keys cannot be used for inference").kind("permission_denied")
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    fn bringing(secret: &Secret) -> HeaderMap {
        let mut headers = HeaderMap::new();
        let value = format!("Bearer {}", secret.expose());
        headers.insert(AUTHORIZATION, HeaderValue::from_str(&value).unwrap());
        headers
    }

    #[test]
    fn a_key_of_an_earlier_run_still_works_unless_it_was_deleted() {
        let now = Timestamp::UNIX_EPOCH;
        let mut ring = KeyRing::default();
        let headers = bringing(&minted(7));
        let hash = ring.admit(&headers, now).unwrap().hash.clone();
        ring.delete(&hash);
        assert_eq!(ring.admit(&headers, now).unwrap_err().status(), 401);
    }

    #[test]
    fn an_unknown_key_is_refused() {
        let secret = Secret::new(format!("sk-or-v1-{}", "deadbeef".repeat(8)));
        let refusal = KeyRing::default()
            .admit(&bringing(&secret), Timestamp::UNIX_EPOCH)
            .unwrap_err();
        assert_eq!(refusal.body()["error"]["message"], "User not found.");
    }

    #[test]
    fn two_new_keys_are_never_the_same() {
        let mut ring = KeyRing::default();
        let first = ring.mint("a", 0, Timestamp::UNIX_EPOCH);
        ring.delete(&first);
        assert_ne!(ring.mint("b", 0, Timestamp::UNIX_EPOCH), first);
    }
}
