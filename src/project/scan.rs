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
mod tree;
mod watch;

pub use docker::{DockerGap, docker_gap};
pub use found::{End, Found, Skipped};
pub use history::history;
pub use staged::staged;
pub use tree::{Limits, tree};
pub use watch::{Progress, Watch};

/// Larger files and blobs are not looked into: 8 MiB. Notebooks with pictures are smaller, databases are
/// not.
pub const MOST_BYTES: usize = 8 * 1024 * 1024;
