//! What a scan found, and what it passed over.

use std::path::Path;

use super::matcher::Match;
use crate::domain::leak::{Leak, Standing};
use crate::project::env_files;

/// How a scan ended.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum End {
    /// Everything was looked at.
    #[default]
    Whole,
    /// A limit of files or of time was reached.
    Bounded,
    /// It was stopped.
    Stopped,
}

/// What was passed over, and why.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Skipped {
    /// No text.
    pub binary: usize,
    /// Larger than [`super::MOST_BYTES`].
    pub large: usize,
    /// The system does not let them be read.
    pub unreadable: usize,
}

/// What a scan found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// Keys where others may read them, by path and line.
    pub leaks: Vec<Leak>,
    /// What has the shape of a key and is none: placeholders, keys made up for tests.
    pub placeholders: Vec<Leak>,
    /// Keys in files that git ignores, or in `.env` files outside of any repository: where they belong.
    pub in_their_place: usize,
    /// Files or blobs looked at, those passed over included.
    pub looked_at: usize,
    /// What was passed over.
    pub skipped: Skipped,
    /// How it ended.
    pub end: End,
}

impl Found {
    /// This, and what another scan found.
    #[must_use]
    pub fn and(mut self, other: Self) -> Self {
        self.leaks.extend(other.leaks);
        self.placeholders.extend(other.placeholders);
        self.in_their_place += other.in_their_place;
        self.looked_at += other.looked_at;
        self.skipped.binary += other.skipped.binary;
        self.skipped.large += other.skipped.large;
        self.skipped.unreadable += other.skipped.unreadable;
        if self.end == End::Whole {
            self.end = other.end;
        }
        self
    }

    pub(super) fn add(&mut self, found: &Match, path: &Path, standing: Standing) {
        let leak = leak(found, path, standing);
        if found.is_random {
            self.leaks.push(leak);
        } else {
            self.placeholders.push(leak);
        }
    }

    pub(super) fn sort(&mut self) {
        let place = |leak: &Leak| (leak.path.clone(), leak.line, leak.column);
        // A file that git's rules and the walk's judge differently was looked at twice.
        for leaks in [&mut self.leaks, &mut self.placeholders] {
            leaks.sort_by_key(place);
            leaks.dedup();
        }
    }
}

fn leak(found: &Match, path: &Path, standing: Standing) -> Leak {
    Leak {
        vendor: found.vendor,
        key_masked: found.key.mask(),
        is_env_file: is_env_file(path),
        path: path.to_owned(),
        line: found.line,
        column: found.column,
        standing,
    }
}

/// Whether it is a `.env` file that programs read, and no template.
pub(super) fn is_env_file(path: &Path) -> bool {
    path.file_name()
        .and_then(|name| name.to_str())
        .is_some_and(env_files::is_read)
}
