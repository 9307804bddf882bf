//! One step back for each file: what was there before the last save, kept outside the project.
//!
//! An entry is a private file in a folder of this program's own: a line of JSON, then the bytes from
//! before. It is short-lived, since it is a second copy of somebody's secrets.

use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::save::{remove, remove_unchanged, rename_private, save, save_parts, save_shared};
use super::snapshot::{Snapshot, open_regular, read, read_regular};
use crate::domain::symptom::{FileProblem, FileTrouble};

/// How long an entry is good for.
pub const LIFETIME: SignedDuration = SignedDuration::from_hours(7 * 24);

/// How an entry's name ends.
const ENTRY: &str = ".undo";
/// How its name ends until the save it belongs to has succeeded.
const PENDING: &str = ".undo-pending";

/// Larger is no head: it holds one path and little else.
const MOST_HEAD: u64 = 64 * 1024;

/// What came of going a step back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Undone {
    /// The bytes from before are there again.
    Restored(Box<Snapshot>),
    /// The file was new; it is gone again.
    Removed(PathBuf),
    /// Nothing was saved here by this program within the last seven days.
    Nothing,
}

/// The first line of an entry.
#[derive(Debug, Serialize, Deserialize)]
struct Head {
    /// The file, links resolved.
    target: PathBuf,
    /// SHA-256 of what was written, lowercase hex.
    written: String,
    /// When.
    saved_at: Timestamp,
    /// There was a file before.
    existed: bool,
}

/// Saves as [`save`] does, and keeps what was there before in `state` for [`undo`]. The same bytes
/// again keep the entry that is there.
pub fn save_with_undo(
    state: &Path,
    before: &Snapshot,
    bytes: &[u8],
    now: Timestamp,
) -> Result<Snapshot, FileTrouble> {
    save_by(save, state, before, bytes, now)
}

/// The same for a file that is no secret: a new one is saved as [`save_shared`] does.
pub fn save_shared_with_undo(
    state: &Path,
    before: &Snapshot,
    bytes: &[u8],
    now: Timestamp,
) -> Result<Snapshot, FileTrouble> {
    save_by(save_shared, state, before, bytes, now)
}

fn save_by(
    save: fn(&Snapshot, &[u8]) -> Result<Snapshot, FileTrouble>,
    state: &Path,
    before: &Snapshot,
    bytes: &[u8],
    now: Timestamp,
) -> Result<Snapshot, FileTrouble> {
    sweep(state, now);
    if before.bytes.as_deref() == Some(bytes) {
        return save(before, bytes);
    }
    let head = Head {
        target: before.target.clone(),
        written: digest(bytes),
        saved_at: now,
        existed: before.bytes.is_some(),
    };
    let pending = entry_path(state, &before.target, PENDING);
    let line = serde_json::to_vec(&head)
        .map_err(|error| FileTrouble::new(&pending, FileProblem::Other, &error.to_string()))?;
    let entry = [&line, &b"\n"[..], before.text()];
    let kept = save_parts(&pending, &entry)?;
    // A save that fails must not cost the step back that was possible before.
    let saved = save(before, bytes);
    if saved.is_err() {
        remove(&pending)?;
        return saved;
    }
    let settled = entry_path(state, &before.target, ENTRY);
    if rename_private(&pending, kept, &settled).is_err() && save_parts(&settled, &entry).is_ok() {
        remove(&pending)?;
    }
    saved
}

/// Goes back to what was there before the last save, if the file still is what was written then;
/// else `Changed`. A file that the save had created is removed.
pub fn undo(state: &Path, path: &Path, now: Timestamp) -> Result<Undone, FileTrouble> {
    sweep(state, now);
    let current = read(path)?;
    let pending = entry_path(state, &current.target, PENDING);
    let settled = entry_path(state, &current.target, ENTRY);
    let is_ours = |head: &Head| digest(current.text()) == head.written && current.bytes.is_some();
    // A program that was killed right behind its save has left the entry pending.
    let killed = entry(&pending).filter(|(head, _)| is_ours(head));
    let Some((head, bytes)) = killed.or_else(|| entry(&settled)) else {
        return Ok(Undone::Nothing);
    };
    if !is_ours(&head) {
        let detail = "it was changed since this program wrote it";
        return Err(FileTrouble::new(
            &current.target,
            FileProblem::Changed,
            detail,
        ));
    }
    let undone = if head.existed {
        Undone::Restored(Box::new(save(&current, &bytes)?))
    } else {
        remove_unchanged(&current)?;
        Undone::Removed(current.target)
    };
    remove(&pending)?;
    remove(&settled)?;
    Ok(undone)
}

/// Forgets the step back of a file that still is what was written then: it would lead to what is good for nothing by now.
pub fn forget(state: &Path, path: &Path) -> Result<(), FileTrouble> {
    let current = read(path)?;
    for ending in [PENDING, ENTRY] {
        let path = entry_path(state, &current.target, ending);
        if head(&path).is_some_and(|head| digest(current.text()) == head.written) {
            remove(&path)?;
        }
    }
    Ok(())
}

/// Removes the entries that are too old, and what cannot be read as one.
pub fn sweep(state: &Path, now: Timestamp) {
    let files = std::fs::read_dir(state).into_iter().flatten().flatten();
    for path in files.map(|file| file.path()) {
        let name = path.to_string_lossy();
        let is_ours = name.ends_with(ENTRY) || name.ends_with(PENDING);
        let is_fresh = |head: &Head| now.duration_since(head.saved_at) <= LIFETIME;
        if is_ours && !head(&path).as_ref().is_some_and(is_fresh) {
            // Somebody else may have swept it meanwhile.
            let _ = remove(&path);
        }
    }
}

/// The first line of an entry; the bytes behind it, many perhaps, stay unread.
fn head(path: &Path) -> Option<Head> {
    let (file, _) = open_regular(path).ok()?;
    let mut line = Vec::new();
    let mut reader = BufReader::new(file).take(MOST_HEAD);
    reader.read_until(b'\n', &mut line).ok()?;
    let line = line.strip_suffix(b"\n")?;
    serde_json::from_slice(line).ok()
}

fn entry(path: &Path) -> Option<(Head, Vec<u8>)> {
    let (mut bytes, _) = read_regular(path).ok()?;
    let line_end = bytes.iter().position(|&byte| byte == b'\n')?;
    let head = serde_json::from_slice(&bytes[..line_end]).ok()?;
    bytes.drain(..=line_end);
    Some((head, bytes))
}

fn entry_path(state: &Path, target: &Path, ending: &str) -> PathBuf {
    state.join(format!(
        "{}{ending}",
        digest(target.as_os_str().as_encoded_bytes())
    ))
}

fn digest(bytes: &[u8]) -> String {
    let mut digits = String::with_capacity(64);
    for byte in Sha256::digest(bytes) {
        digits.push_str(&format!("{byte:02x}"));
    }
    digits
}

#[cfg(test)]
#[path = "undo_tests.rs"]
mod tests;
