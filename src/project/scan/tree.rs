//! The files of a folder, as git would take them: what its rules ignore is left out, what it tracks in spite
//! of them is not.

use std::collections::BTreeSet;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

use ignore::{DirEntry, WalkState};

use super::found::{End, Found, is_env_file};
use super::matcher::{self, Match};
use super::watch::{Progress, Watch};
use super::{MOST_BYTES, standing};
use crate::domain::leak::Standing;
use crate::files::{Peek, Peeker};
use crate::project::walk::walk;

/// What bounds a scan.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// The most files looked at.
    pub files: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { files: usize::MAX }
    }
}

/// Looks for keys in the files under `folder`, or in the one file it is. Links are not followed.
///
/// Blocks, and uses every core.
pub fn tree(folder: &Path, limits: Limits, watch: &Watch<'_>) -> Found {
    let tally = Tally::default();
    walk(folder).build_parallel().run(|| {
        let mut peeker = Peeker::default();
        let (tally, watch) = (&tally, watch);
        Box::new(move |entry| {
            let flow = if let Ok(entry) = entry {
                tally.take(&entry, &mut peeker, limits, watch)
            } else {
                tally.unreadable.fetch_add(1, Ordering::Relaxed);
                ControlFlow::Continue(())
            };
            match flow {
                ControlFlow::Continue(()) => WalkState::Continue,
                ControlFlow::Break(()) => WalkState::Quit,
            }
        })
    });
    if tally.end() == End::Whole && folder.is_dir() {
        let mut peeker = Peeker::default();
        for file in standing::tracked_and_ignored(folder) {
            if is_file_inside(&file, folder)
                && tally.look(&file, &mut peeker, limits, watch).is_break()
            {
                break;
            }
        }
    }
    tally.found()
}

/// Whether a name that git lists is a file here. It may not be checked out, and a link on the way may lead
/// out of the folder.
fn is_file_inside(path: &Path, folder: &Path) -> bool {
    let is_inside = |real: PathBuf| folder.canonicalize().is_ok_and(|it| real.starts_with(it));
    std::fs::symlink_metadata(path).is_ok_and(|facts| facts.is_file())
        && path.canonicalize().is_ok_and(is_inside)
}

/// What the threads have found so far.
#[derive(Default)]
struct Tally {
    matches: Mutex<Vec<(PathBuf, Match)>>,
    looked_at: AtomicUsize,
    binary: AtomicUsize,
    large: AtomicUsize,
    unreadable: AtomicUsize,
    end: Mutex<End>,
}

impl Tally {
    fn take(
        &self,
        entry: &DirEntry,
        peeker: &mut Peeker,
        limits: Limits,
        watch: &Watch<'_>,
    ) -> ControlFlow<()> {
        if watch.is_over() {
            return self.stop(watch);
        }
        if !entry.file_type().is_some_and(|kind| kind.is_file()) {
            return ControlFlow::Continue(());
        }
        self.look(entry.path(), peeker, limits, watch)
    }

    fn look(
        &self,
        file: &Path,
        peeker: &mut Peeker,
        limits: Limits,
        watch: &Watch<'_>,
    ) -> ControlFlow<()> {
        if watch.is_over() {
            return self.stop(watch);
        }
        let before = self.looked_at.fetch_add(1, Ordering::Relaxed);
        if before >= limits.files {
            self.looked_at.fetch_sub(1, Ordering::Relaxed);
            *lock(&self.end) = End::Bounded;
            return ControlFlow::Break(());
        }
        let done = before + 1;
        if done.is_multiple_of(Watch::STEP) {
            (watch.tell)(Progress { done, of: None });
        }
        let passed_over = match peeker.look(file, MOST_BYTES) {
            Ok(Peek::Text(text)) => {
                let found = matcher::find(text);
                if !found.is_empty() {
                    let found = found.into_iter().map(|found| (file.to_owned(), found));
                    lock(&self.matches).extend(found);
                }
                return ControlFlow::Continue(());
            }
            Ok(Peek::Binary) => &self.binary,
            Ok(Peek::Large) => &self.large,
            Err(_) => &self.unreadable,
        };
        passed_over.fetch_add(1, Ordering::Relaxed);
        ControlFlow::Continue(())
    }

    fn stop(&self, watch: &Watch<'_>) -> ControlFlow<()> {
        let is_stopped = watch.stop.load(Ordering::Relaxed);
        *lock(&self.end) = if is_stopped {
            End::Stopped
        } else {
            End::Bounded
        };
        ControlFlow::Break(())
    }

    fn end(&self) -> End {
        *lock(&self.end)
    }

    /// What was found, with how each file stands.
    fn found(self) -> Found {
        let mut found = Found {
            end: self.end(),
            looked_at: self.looked_at.into_inner(),
            ..Found::default()
        };
        found.skipped.binary = self.binary.into_inner();
        found.skipped.large = self.large.into_inner();
        found.skipped.unreadable = self.unreadable.into_inner();
        let matches = self
            .matches
            .into_inner()
            .unwrap_or_else(PoisonError::into_inner);
        let files: BTreeSet<PathBuf> = matches.iter().map(|(path, _)| path.clone()).collect();
        let verdicts = standing::of(&files);
        for (path, one) in &matches {
            match verdicts.get(path).cloned().flatten() {
                // Where nothing is committed, a key belongs into the .env file.
                Some(Standing::Outside) if is_env_file(path) => found.in_their_place += 1,
                Some(standing) => found.add(one, path, standing),
                None => found.in_their_place += 1,
            }
        }
        found.sort();
        found
    }
}

fn lock<T>(what: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    what.lock().unwrap_or_else(PoisonError::into_inner)
}
