//! A folder in which a file is saved: locked against other saves, swept of what a killed one left.

use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::temp::{self, COPY_PREFIX, TEMP_PREFIX, id_of};
use super::{os, trouble};
use crate::domain::symptom::{FileProblem, FileTrouble};

/// How long another save in the same folder is waited for.
const TRIES: u32 = 200;
const PAUSE: Duration = Duration::from_millis(10);

/// A folder that is locked as long as this lives, where the file system knows locks.
#[derive(Debug)]
pub(super) struct Folder {
    pub(super) path: PathBuf,
    handle: Option<File>,
    is_locked: bool,
}

impl Folder {
    /// Locks the folder and sweeps it.
    pub(super) fn lock(path: &Path) -> Result<Self, FileTrouble> {
        Self::lock_within(path, TRIES)?.ok_or_else(|| {
            let detail = "another program holds the lock on this folder";
            FileTrouble::new(path, FileProblem::Other, detail)
        })
    }

    /// The same without waiting; `None` where it is locked.
    pub(super) fn lock_now(path: &Path) -> Result<Option<Self>, FileTrouble> {
        Self::lock_within(path, 1)
    }

    fn lock_within(path: &Path, tries: u32) -> Result<Option<Self>, FileTrouble> {
        let metadata = std::fs::metadata(path).map_err(|error| trouble::of(path, &error))?;
        if !metadata.is_dir() {
            let detail = "its folder is no folder";
            return Err(FileTrouble::new(path, FileProblem::NotARegularFile, detail));
        }
        // A folder that may be written but not read can be neither locked nor synced.
        let handle = os::open_folder(path).ok();
        let is_locked = match handle.as_ref().map(|handle| wait_for_lock(handle, tries)) {
            Some(Lock::Ours) => true,
            Some(Lock::Theirs) => return Ok(None),
            Some(Lock::Unknown) | None => false,
        };
        let folder = Self {
            path: path.to_owned(),
            handle,
            is_locked,
        };
        folder.sweep();
        Ok(Some(folder))
    }

    /// Makes what was renamed or removed here last. Not every file system can.
    pub(super) fn sync(&self) {
        if let Some(handle) = &self.handle {
            let _ = handle.sync_all();
        }
    }

    /// The ids of the copies that killed in-place writes left.
    pub(super) fn copies(&self) -> Vec<String> {
        let names = self.names();
        names
            .iter()
            .filter_map(|name| id_of(name, COPY_PREFIX))
            .map(str::to_owned)
            .collect()
    }

    /// Removes the neighbours that killed saves left. Whoever holds the lock is the only one who
    /// has a living one; one that belongs to a copy is kept for mending.
    fn sweep(&self) {
        if !self.is_locked {
            return;
        }
        let names = self.names();
        for name in &names {
            if let Some(id) = id_of(name, TEMP_PREFIX)
                && !names.contains(&format!("{COPY_PREFIX}{id}"))
            {
                temp::remove(&self.path.join(name));
            }
        }
    }

    fn names(&self) -> Vec<String> {
        let entries = std::fs::read_dir(&self.path)
            .into_iter()
            .flatten()
            .flatten();
        let names = entries.filter_map(|entry| entry.file_name().into_string().ok());
        names.filter(|name| name.starts_with(".env.")).collect()
    }
}

/// Whose a lock is.
enum Lock {
    Ours,
    Theirs,
    /// The file system knows no locks.
    Unknown,
}

fn wait_for_lock(handle: &File, tries: u32) -> Lock {
    for left in (0..tries).rev() {
        match handle.try_lock() {
            Ok(()) => return Lock::Ours,
            Err(TryLockError::WouldBlock) if left > 0 => std::thread::sleep(PAUSE),
            Err(TryLockError::WouldBlock) => {}
            Err(TryLockError::Error(_)) => return Lock::Unknown,
        }
    }
    Lock::Theirs
}
