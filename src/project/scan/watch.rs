//! Who waits for a scan: may stop it, and hears how far it is.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;

/// How far a scan is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// Files or blobs looked at.
    pub done: usize,
    /// Of so many, where that is known.
    pub of: Option<usize>,
}

/// Who waits for a scan.
#[derive(Clone, Copy)]
pub struct Watch<'a> {
    /// Set by whoever wants it to stop, from any thread.
    pub stop: &'a AtomicBool,
    /// It stops by itself then.
    pub until: Option<Instant>,
    /// Hears how far it is, now and then, from any thread.
    pub tell: &'a (dyn Fn(Progress) + Sync),
}

impl Watch<'_> {
    /// Whether to stop now.
    pub(super) fn is_over(&self) -> bool {
        self.stop.load(Ordering::Relaxed) || self.until.is_some_and(|until| Instant::now() >= until)
    }

    /// How often it is told how far the scan is: each so many files.
    pub(super) const STEP: usize = 256;
}
