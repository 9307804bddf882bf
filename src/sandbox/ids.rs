//! Names for things: of chance where nobody may guess them, derived where they must stay the same.

use std::fmt::Write as _;

use sha2::{Digest, Sha256};

const LETTERS: &[u8; 62] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

/// So many letters and digits of chance.
pub(super) fn letters(count: usize) -> String {
    let mut bytes = vec![0_u8; count];
    // Without a source of chance the ids repeat; nothing in a sandbox depends on their secrecy
    // more than that.
    let _ = getrandom::fill(&mut bytes);
    bytes
        .into_iter()
        .map(|byte| char::from(LETTERS[usize::from(byte) % LETTERS.len()]))
        .collect()
}

/// Lowercase hex of the SHA-256 of a text: how OpenRouter names a key in paths and filters.
pub(super) fn sha256_hex(text: &str) -> String {
    let mut hex = String::with_capacity(64);
    for byte in Sha256::digest(text.as_bytes()) {
        let _ = write!(hex, "{byte:02x}");
    }
    hex
}

/// A UUID that belongs to a text and never changes.
pub(super) fn uuid_of(text: &str) -> String {
    let hex = sha256_hex(text);
    let mut uuid = String::with_capacity(36);
    for (at, digit) in hex.chars().take(32).enumerate() {
        if matches!(at, 8 | 12 | 16 | 20) {
            uuid.push('-');
        }
        uuid.push(if at == 12 { '5' } else { digit });
    }
    uuid
}

/// A number below `below` that belongs to a text and never changes.
pub(super) fn number_of(text: &str, below: u64) -> u64 {
    let digest = Sha256::digest(text.as_bytes());
    let mut eight = [0_u8; 8];
    eight.copy_from_slice(&digest[..8]);
    u64::from_be_bytes(eight) % below.max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_derived_uuid_has_the_shape_of_one() {
        let uuid = uuid_of("openai/gpt-5-mini openai");
        let lengths: Vec<usize> = uuid.split('-').map(str::len).collect();
        assert_eq!(lengths, [8, 4, 4, 4, 12]);
        assert_eq!(uuid, uuid_of("openai/gpt-5-mini openai"));
    }

    #[test]
    fn the_hash_of_a_key_is_that_of_the_documentation() {
        assert_eq!(
            sha256_hex("abc"),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        );
    }
}
