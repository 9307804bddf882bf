//! Looks for keys that stand where others may read them: in the tree, in what is staged, in the history.
//!
//! ```text
//! tree     walk, as git ignores ─> peek ─┐
//! staged   git diff --cached ─> blobs  ──┼─> matcher ─> how the file stands with git ─> Leak
//! history  git cat-file ─> blobs ────────┘
//! ```
//!
//! Nothing is changed here, nothing is sent anywhere, no program that a repository names is run, and of a
//! key only its mask leaves the matcher.

mod blobs;
mod docker;
mod found;
mod history;
mod likeness;
mod matcher;
mod pattern;
mod staged;
mod standing;
mod token;
mod tree;
mod watch;
mod words;

use crate::domain::leak::Vendor;

pub use docker::{DockerGap, docker_gap};
pub use found::{End, Found, Skipped};
pub use history::history;
pub use staged::staged;
pub use token::{TokenSpot, token_in};
pub use tree::{Limits, tree};
pub use watch::{Progress, Watch};
pub use words::AnyWord;

/// A key in a text, told by its place and its mask.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeySpot {
    /// From 1.
    pub line: usize,
    /// In characters, from 1.
    pub column: usize,
    /// Whose it is.
    pub vendor: Vendor,
    /// As much of it as may be shown.
    pub masked: String,
}

/// What in a text has the shape of a key and is random enough to be one.
pub fn keys_in(text: &str) -> Vec<KeySpot> {
    let found = matcher::find(text.as_bytes()).into_iter();
    let keys = found.filter(|found| found.is_random);
    keys.map(|found| KeySpot {
        line: found.line,
        column: found.column,
        vendor: found.vendor,
        masked: found.key.mask(),
    })
    .collect()
}

/// Whether a text is random enough for a key, and no placeholder.
pub fn is_random(text: &str) -> bool {
    likeness::is_random(text.as_bytes())
}

/// Larger files and blobs are not looked into: 8 MiB. Notebooks with pictures are smaller, databases are
/// not.
pub const MOST_BYTES: usize = 8 * 1024 * 1024;
