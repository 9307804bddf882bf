//! Saves a file so that a crash leaves the old bytes or the new, never half of each.
//!
//! Written to a private neighbour, synced, then renamed over. Mode, owner and links are kept; a
//! file that changed since it was read is left alone.

use std::io::{self, ErrorKind, Write};
use std::path::Path;

use super::folder::Folder;
use super::os::Meta;
use super::snapshot::{Snapshot, is_unchanged, read, refuse_special};
use super::temp::Temp;
use super::{in_place, os, trouble};
use crate::domain::symptom::{FileProblem, FileTrouble};

/// Saves new bytes over what was read, and reads them back. The same bytes again write nothing.
///
/// A new file is for its owner only (mode 0600). Nothing is written when the file is not what was
/// read any more (`Changed`), when it may not be written (`NoPermission`), and when it would have
/// to change its owner.
pub fn save(before: &Snapshot, bytes: &[u8]) -> Result<Snapshot, FileTrouble> {
    save_born(before, bytes, Birth::Private)
}

/// Saves as [`save`] does; a new file is for all who may see its folder, as files for a repository are.
pub fn save_shared(before: &Snapshot, bytes: &[u8]) -> Result<Snapshot, FileTrouble> {
    save_born(before, bytes, Birth::Shared)
}

/// Saves as [`save_shared`] does, in a folder that is made where it is missing; a new file can be run, as a
/// hook of a repository must.
pub fn save_runnable(before: &Snapshot, bytes: &[u8]) -> Result<Snapshot, FileTrouble> {
    let folder = before.folder();
    if !folder.exists() {
        std::fs::create_dir(folder).map_err(|error| trouble::of(folder, &error))?;
        // Its links were not resolved while it was missing.
        return save_born(&read(&before.named)?, bytes, Birth::Runnable);
    }
    save_born(before, bytes, Birth::Runnable)
}

/// Whether [`save`] would be refused because the file may not be written. Nothing is written.
///
/// # Errors
/// It is read-only, or its folder is not there or takes no neighbour.
pub fn may_save(before: &Snapshot) -> Result<(), FileTrouble> {
    if !before.folder().is_dir() {
        return Err(FileTrouble::new(before.folder(), FileProblem::Missing, ""));
    }
    let refused = |path: &Path, detail| FileTrouble::new(path, FileProblem::NoPermission, detail);
    if before.meta.is_some_and(|meta| meta.is_read_only()) || !os::may_write(&before.target) {
        return Err(refused(&before.target, "the file is read-only"));
    }
    if !os::may_write(before.folder()) {
        return Err(refused(before.folder(), "the folder is read-only"));
    }
    Ok(())
}

/// Makes a folder and those above it that are missing, for all who may see the one they stand in.
pub fn make_folders(path: &Path) -> Result<(), FileTrouble> {
    std::fs::DirBuilder::new()
        .recursive(true)
        .create(path)
        .map_err(|error| trouble::of(path, &error))
}

/// Whom a new file is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Birth {
    /// Its owner.
    Private,
    /// All who may see its folder.
    Shared,
    /// The same, to run it.
    Runnable,
}

fn save_born(before: &Snapshot, bytes: &[u8], birth: Birth) -> Result<Snapshot, FileTrouble> {
    if before.bytes.as_deref() == Some(bytes) {
        return Ok(before.clone());
    }
    let failed = |error: io::Error| trouble::of(&before.target, &error);
    let folder = Folder::lock(before.folder())?;
    in_place::mend(&folder, &before.target);
    refuse_changed(before)?;
    match before.meta {
        None => create(before, &folder, bytes, birth).map_err(failed)?,
        Some(meta) => {
            if meta.is_read_only() || !os::may_write(&before.target) {
                let detail = "the file is read-only";
                return Err(FileTrouble::new(
                    &before.target,
                    FileProblem::NoPermission,
                    detail,
                ));
            }
            let temp = successor(before, &folder, bytes).map_err(failed)?;
            refuse_changed(before)?;
            if meta.has_other_names() {
                in_place::write(before, &folder, temp, bytes)?;
            } else {
                match os::rename(&temp.path, &before.target) {
                    Err(error) if os::is_mounted(&error) => {
                        in_place::write(before, &folder, temp, bytes)?;
                    }
                    answer => answer.map_err(failed)?,
                }
            }
        }
    }
    folder.sync();
    read_back(before, bytes)
}

/// Saves a file of this program's own: for its owner only (mode 0600), whatever stands there, in
/// folders that are made where they are missing (mode 0700).
pub fn save_private(path: &Path, bytes: &[u8]) -> Result<(), FileTrouble> {
    save_parts(path, &[bytes]).map(drop)
}

/// Saves as [`save_private`] does, the parts one behind the other; what the file is now.
pub(super) fn save_parts(path: &Path, parts: &[&[u8]]) -> Result<Meta, FileTrouble> {
    let failed = |error: io::Error| trouble::of(path, &error);
    let named = std::path::absolute(path).map_err(failed)?;
    if let Some(folder) = named.parent() {
        os::create_private_folders(folder).map_err(failed)?;
    }
    // A link to a file kept elsewhere stays a link.
    let target = match named.canonicalize() {
        Ok(target) => target,
        Err(error) if error.kind() == ErrorKind::NotFound => named,
        Err(error) => return Err(failed(error)),
    };
    match std::fs::symlink_metadata(&target) {
        Ok(metadata) => refuse_special(&target, &metadata)?,
        Err(error) if error.kind() == ErrorKind::NotFound => {}
        Err(error) => return Err(failed(error)),
    }
    let folder = Folder::lock(target.parent().unwrap_or(Path::new("/")))?;
    let temp = written(&folder, parts).map_err(failed)?;
    let metadata = temp.file.metadata().map_err(failed)?;
    os::rename(&temp.path, &target).map_err(failed)?;
    folder.sync();
    Ok(Meta::of(&metadata))
}

/// Gives a file of this program's own another name in its folder, over what stands there. It must
/// still be the file that [`save_parts`] has told of: another run may have put its own in its place.
pub(super) fn rename_private(from: &Path, is: Meta, to: &Path) -> Result<(), FileTrouble> {
    let failed = |error: io::Error| trouble::of(from, &error);
    // Whoever saves here holds the lock: behind this look nothing takes the place.
    let folder = Folder::lock(to.parent().unwrap_or(Path::new("/")))?;
    if Meta::of(&std::fs::symlink_metadata(from).map_err(failed)?) != is {
        let detail = "another program put its own in its place";
        return Err(FileTrouble::new(from, FileProblem::Changed, detail));
    }
    os::rename(from, to).map_err(failed)?;
    folder.sync();
    Ok(())
}

/// Removes a file of this program's own. One that is not there is no error.
#[expect(clippy::disallowed_methods, reason = "the one door to files")]
pub fn remove(path: &Path) -> Result<(), FileTrouble> {
    match std::fs::symlink_metadata(path) {
        Ok(metadata) if metadata.is_symlink() => {}
        Ok(metadata) => refuse_special(path, &metadata)?,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(trouble::of(path, &error)),
    }
    std::fs::remove_file(path).map_err(|error| trouble::of(path, &error))
}

/// Removes a person's file, if it still is what was read.
pub fn remove_unchanged(before: &Snapshot) -> Result<(), FileTrouble> {
    let folder = Folder::lock(before.folder())?;
    refuse_changed(before)?;
    remove(&before.target)?;
    folder.sync();
    Ok(())
}

/// Refuses a file that is not what was read any more: other bytes, another file, another mode.
fn refuse_changed(before: &Snapshot) -> Result<(), FileTrouble> {
    if is_unchanged(before)? {
        return Ok(());
    }
    let detail = "another program changed it since it was read";
    Err(FileTrouble::new(
        &before.target,
        FileProblem::Changed,
        detail,
    ))
}

fn read_back(before: &Snapshot, bytes: &[u8]) -> Result<Snapshot, FileTrouble> {
    let after = read(&before.named)?;
    if after.bytes.as_deref() == Some(bytes) {
        return Ok(after);
    }
    let detail = "another program changed it right after it was written";
    Err(FileTrouble::new(
        &before.target,
        FileProblem::Changed,
        detail,
    ))
}

fn create(before: &Snapshot, folder: &Folder, bytes: &[u8], birth: Birth) -> io::Result<()> {
    let temp = written(folder, &[bytes])?;
    if birth != Birth::Private {
        os::share_as(&temp.file, &folder.path)?;
    }
    if birth == Birth::Runnable {
        os::make_runnable(&temp.file)?;
    }
    os::rename_to_free(&temp.path, &before.target)
}

/// The neighbour that shall take the file's place, with the file's owner and mode.
fn successor(before: &Snapshot, folder: &Folder, bytes: &[u8]) -> io::Result<Temp> {
    let temp = Temp::create(&folder.path)?;
    os::adopt(&temp.file, &os::open(&before.target)?)?;
    fill(&temp, &[bytes])?;
    Ok(temp)
}

fn written(folder: &Folder, parts: &[&[u8]]) -> io::Result<Temp> {
    let temp = Temp::create(&folder.path)?;
    fill(&temp, parts)?;
    Ok(temp)
}

fn fill(temp: &Temp, parts: &[&[u8]]) -> io::Result<()> {
    let mut file = &temp.file;
    for part in parts {
        file.write_all(part)?;
    }
    file.sync_all()
}
