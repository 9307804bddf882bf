//! Names of kept files that tell nothing of what they are about.

use sha2::{Digest, Sha256};

/// A hash of these parts, one after the other: 32 hex digits.
pub(super) fn name_of(parts: &[&str]) -> String {
    let mut digest = Sha256::new();
    for part in parts {
        digest.update(part);
    }
    let digest = digest.finalize();
    let hexed = digest.iter().take(16).map(|byte| format!("{byte:02x}"));
    hexed.collect::<Vec<_>>().concat()
}
