//! Writes over a file where it stands: for one with several names, whose other names must not be
//! cut off, and for one that is mounted by itself, which cannot be renamed over.
//!
//! A kill can tear such a write. So the old bytes lie in a copy beside the file, and the new ones in
//! the neighbour, until it has succeeded; the next save in the folder finds the pair and mends.

use std::io::{self, Write};
use std::path::Path;

use super::folder::Folder;
use super::snapshot::{Snapshot, bytes_of};
use super::temp::{self, COPY_PREFIX, TEMP_PREFIX, Temp};
use super::{os, trouble};
use crate::domain::symptom::{FileProblem, FileTrouble};

/// Writes the bytes over the file. The neighbour holds them already.
pub(super) fn write(
    before: &Snapshot,
    folder: &Folder,
    neighbour: Temp,
    bytes: &[u8],
) -> Result<(), FileTrouble> {
    let failed = |error: io::Error| trouble::of(&before.target, &error);
    let copy = folder.path.join(format!("{COPY_PREFIX}{}", neighbour.id));
    keep(folder, &copy, before.text()).map_err(failed)?;
    neighbour.outlive_signals();
    folder.sync();
    let Err(error) = overwrite(&before.target, bytes) else {
        // The copy first: a neighbour alone is swept, a pair would be mended.
        temp::remove(&copy);
        return Ok(());
    };
    if overwrite(&before.target, before.text()).is_ok() {
        temp::remove(&copy);
        return Err(failed(error));
    }
    neighbour.leave();
    let detail = format!("{error}; the bytes from before are in {}", copy.display());
    Err(FileTrouble::new(
        &before.target,
        FileProblem::Other,
        &detail,
    ))
}

/// Undoes an in-place write of this file that a kill has torn, and clears up after one that it has
/// not. Pairs that belong to other files are left alone.
pub(super) fn mend(folder: &Folder, target: &Path) {
    for id in folder.copies() {
        let copy = folder.path.join(format!("{COPY_PREFIX}{id}"));
        let neighbour = folder.path.join(format!("{TEMP_PREFIX}{id}"));
        let (Some(now), Some(old)) = (bytes_of(target), bytes_of(&copy)) else {
            continue;
        };
        let new = bytes_of(&neighbour);
        let is_whole = now == old || Some(&now) == new.as_ref();
        let is_torn = new.is_some_and(|new| is_torn(&now, &old, &new));
        if is_whole || (is_torn && overwrite(target, &old).is_ok()) {
            temp::remove(&copy);
            temp::remove(&neighbour);
        }
    }
}

/// Whether the bytes are the new ones up to a point and the old ones behind it.
fn is_torn(now: &[u8], old: &[u8], new: &[u8]) -> bool {
    let written = now
        .iter()
        .zip(new)
        .take_while(|(now, new)| now == new)
        .count();
    now.len() == old.len().max(written) && now[written..] == *old.get(written..).unwrap_or_default()
}

/// Makes the copy. It bears its name only when it is whole: nothing could be mended with half of one.
fn keep(folder: &Folder, copy: &Path, bytes: &[u8]) -> io::Result<()> {
    let temp = Temp::create(&folder.path)?;
    let mut file = &temp.file;
    file.write_all(bytes)?;
    file.sync_all()?;
    os::rename(&temp.path, copy)
}

fn overwrite(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let file = os::open_to_overwrite(path)?;
    os::write_from_start(&file, bytes)?;
    file.set_len(bytes.len() as u64)?;
    file.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::files::{read, save, save_private};

    const ID: &str = "0123456789abcdef";

    /// A folder in which a kill has left this file, with the pair beside it.
    fn torn(now: &str, old: &str, new: &str) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in [
            (".env", now),
            (&format!("{COPY_PREFIX}{ID}"), old),
            (&format!("{TEMP_PREFIX}{ID}"), new),
        ] {
            // Bytes first, then the names: saving into the folder would sweep and mend.
            let elsewhere = folder.path().join("making").join(name);
            save_private(&elsewhere, text.as_bytes()).unwrap();
            os::rename(&elsewhere, &folder.path().join(name)).unwrap();
        }
        folder
    }

    fn count(folder: &Path) -> usize {
        std::fs::read_dir(folder).unwrap().count()
    }

    #[test]
    fn a_torn_file_gets_its_old_bytes_back_and_is_not_written_over() {
        let folder = torn("A=new\nB=old\n", "A=old\nB=old\n", "A=new\nB=new\n");
        let before = read(&folder.path().join(".env")).unwrap();
        let refused = save(&before, b"A=2\n").unwrap_err();
        assert_eq!(refused.kind, FileProblem::Changed);
        let mended = read(&folder.path().join(".env")).unwrap();
        assert_eq!(mended.text(), b"A=old\nB=old\n");
        assert_eq!(count(folder.path()), 2);
        save(&mended, b"A=2\n").unwrap();
    }

    #[test]
    fn a_pair_that_is_not_needed_goes_and_one_of_another_file_stays() {
        for now in ["A=old\n", "A=new\n"] {
            let folder = torn(now, "A=old\n", "A=new\n");
            save(&read(&folder.path().join(".env")).unwrap(), b"A=2\n").unwrap();
            assert_eq!(count(folder.path()), 2, "{now}");
        }
        let folder = torn("B=1\n", "A=old\n", "A=new\n");
        save(&read(&folder.path().join(".env")).unwrap(), b"B=2\n").unwrap();
        assert_eq!(count(folder.path()), 4);
    }

    #[test]
    fn every_torn_state_is_known_and_a_person_s_edit_is_none() {
        for (old, new) in [
            ("abc", "xyz123"),
            ("abcdef", "xy"),
            ("abc", "abd"),
            ("", "x"),
        ] {
            for written in 0..=new.len() {
                let rest = old.get(written..).unwrap_or_default();
                let torn = format!("{}{rest}", new.split_at(written).0);
                assert!(
                    is_torn(torn.as_bytes(), old.as_bytes(), new.as_bytes()),
                    "{torn}"
                );
            }
        }
        assert!(!is_torn(b"abq", b"abc", b"xyz"));
        assert!(!is_torn(b"xbcd", b"abc", b"xyz"));
    }
}
