//! Files of this program's own that an engine writes: made whole, kept private, moved out of the way.
//!
//! None of this opens a file that is there: a database locks its file for the whole process, and whoever
//! opens and closes that file beside it takes the locks away.

use std::io::ErrorKind;
use std::path::Path;

use super::folder::Folder;
use super::snapshot::refuse_special;
use super::temp::Temp;
use super::{os, trouble};
use crate::domain::symptom::{FileProblem, FileTrouble};

/// Makes a folder and those above it that are missing, for their owner only (mode 0700).
pub fn make_folder(path: &Path) -> Result<(), FileTrouble> {
    os::create_private_folders(path).map_err(|error| trouble::of(path, &error))
}

/// A folder in which nobody else makes files or moves them aside, as long as this lives.
#[derive(Debug)]
pub struct Held(Folder);

/// Holds a folder; whoever else does is waited for.
///
/// # Errors
/// It is no folder, or it stays held for two seconds.
pub fn hold(folder: &Path) -> Result<Held, FileTrouble> {
    Folder::lock(folder).map(Held)
}

/// As [`hold`], without waiting; `None` where another program holds it.
///
/// # Errors
/// It is no folder.
pub fn hold_now(folder: &Path) -> Result<Option<Held>, FileTrouble> {
    Ok(Folder::lock_now(folder)?.map(Held))
}

/// Removes a file of this program's own that held a secret, its bytes overwritten first. One that is not
/// there is no error.
///
/// # Errors
/// No regular file, or the system's.
pub fn wipe(path: &Path) -> Result<(), FileTrouble> {
    let failed = |error| trouble::of(path, &error);
    let file = match os::open_to_overwrite(path) {
        Ok(file) => file,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(failed(error)),
    };
    let metadata = file.metadata().map_err(failed)?;
    refuse_special(path, &metadata)?;
    let length = usize::try_from(metadata.len()).unwrap_or(usize::MAX);
    os::write_from_start(&file, &vec![b'0'; length]).map_err(failed)?;
    file.sync_all().map_err(failed)?;
    super::remove(path)
}

impl Held {
    /// Makes a file that is not there yet, mode 0600. It is filled under another name first, so that
    /// nobody ever meets it half made.
    ///
    /// # Errors
    /// A file of that name is there, the filling failed, or the system's.
    pub fn make(
        &self,
        path: &Path,
        fill: impl FnOnce(&Path) -> Result<(), FileTrouble>,
    ) -> Result<(), FileTrouble> {
        let failed = |error| trouble::of(path, &error);
        let temp = Temp::create(&self.0.path).map_err(failed)?;
        fill(&temp.path)?;
        temp.file.sync_all().map_err(failed)?;
        os::rename_to_free(&temp.path, path).map_err(failed)?;
        self.0.sync();
        Ok(())
    }

    /// Gives a file another name that is free. One that is not there is no error.
    pub fn move_aside(&self, from: &Path, to: &Path) -> Result<(), FileTrouble> {
        if std::fs::symlink_metadata(from).is_err_and(|error| error.kind() == ErrorKind::NotFound) {
            return Ok(());
        }
        os::rename_to_free(from, to).map_err(|error| trouble::of(from, &error))?;
        self.0.sync();
        Ok(())
    }
}

/// A file as it can be known without opening it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Glimpse {
    /// How many bytes it has.
    pub bytes: u64,
    /// Which file it is, whatever its name; `None` where the system does not say.
    pub identity: Option<(u64, u64)>,
}

/// What can be known of a file; `None` where nothing is there. Rights of others on it are taken away.
///
/// # Errors
/// No regular file, or a folder that cannot be looked into.
pub fn glimpse(path: &Path) -> Result<Option<Glimpse>, FileTrouble> {
    let failed = |error| trouble::of(path, &error);
    let metadata = match std::fs::metadata(path) {
        Ok(metadata) => metadata,
        Err(error) if error.kind() == ErrorKind::NotFound => return no_link(path),
        Err(error) => return Err(failed(error)),
    };
    refuse_special(path, &metadata)?;
    os::keep_private(path, &metadata).map_err(failed)?;
    Ok(Some(Glimpse {
        bytes: metadata.len(),
        identity: os::identity(&metadata),
    }))
}

/// Nothing is there, and not even a link that leads nowhere: what is made must not be made elsewhere.
fn no_link(path: &Path) -> Result<Option<Glimpse>, FileTrouble> {
    match std::fs::symlink_metadata(path) {
        Ok(_) => {
            let detail = "the link leads nowhere";
            Err(FileTrouble::new(path, FileProblem::BrokenLink, detail))
        }
        Err(_) => Ok(None),
    }
}
